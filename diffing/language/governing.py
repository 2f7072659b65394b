"""What the clauses of a sentence say of one of its noun phrases: which act on it, which befall it, who does them.

>>> from diffing.language.analysis import analyse
>>> from diffing.profile import load_profile
>>> said = analyse("Police found and sheltered 12 men, nine of whom NGOs had referred.", load_profile("tip"))
>>> [clause.verb.lemma for clause in Governs(said, 0, 99).of((26, 28), (26, 28)).acting]
['find', 'shelter']
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from diffing.language.constituents import Clause, Phrase
from diffing.language.meaning import Said, asks_money

# Clauses before a number that stands in none, of which the nearest verb is taken. Range 3 to 30; a real one needs two.
MOST_BEFORE = 8
_BY_ITSELF = frozenset(("main", "conceded", "circumstance", "conditional"))


class Governing(Struct):
    """The clauses that a noun phrase stands in, by what they say of it."""

    sentence: Governs | None = None
    phrase: Phrase | None = None
    acting: list[Clause] = field(default_factory=list)  # it is their object
    befalling: list[Clause] = field(default_factory=list)  # it is their subject and suffers them, or they describe it
    done: list[Clause] = field(default_factory=list)  # it is their subject and does them
    beside: list[Clause] = field(default_factory=list)  # it stands behind a preposition of theirs
    before: list[Clause] = field(default_factory=list)  # the last whose verbs stand before it
    doers: list[list[Phrase]] = field(default_factory=list)  # who does it, or tells it: the nearest first

    @property
    def told(self) -> list[Clause]:
        """The clauses that tell something of it."""
        return [*self.acting, *self.befalling, *self.done]

    @property
    def clause(self) -> Clause | None:
        """The first clause that it stands in, else the last one before it."""
        return next(iter((*self.acting, *self.befalling, *self.done, *self.beside, *self.before[::-1])), None)

    def places(self, clauses: Iterable[Clause]) -> list[int]:
        """Where the verbs of clauses stand, in characters; those of clauses that only ask for money are left out."""
        known = self.sentence
        heads = [c.verb.head for c in clauses if known is not None and c.verb.head not in known.priced]
        return [known.said.words.starts[head] for head in heads if known is not None]

    def named(self, verb: int) -> tuple[list[Phrase], list[Phrase]]:
        """The objects before it, and whom or what the clause of a verb (the place of a character) is about."""
        for clause in self.sentence.clauses if self.sentence is not None else ():
            if clause.verb.start <= verb < clause.verb.end:
                about = [clause.whose] if clause.whose is not None else clause.subjects
                return [one for one in clause.objects if one is not self.phrase], about
        return [], []


class Governs:
    """The clauses and noun phrases of a sentence, or of a stretch of it, and which stands in which."""

    def __init__(self, said: Said, first: int, last: int) -> None:
        self.said = said
        self.clauses = [c for c in said.clauses if first <= c.verb.start < last]
        self.parts = [p for p in said.phrases if first <= p.start < last]
        self.priced = frozenset(c.verb.head for c in self.clauses if asks_money(c, said.known))
        self.nouns = [p for p in self.parts if p.kind in ("noun", "Q")]
        self.ends = [p.end for p in self.nouns]
        self.verbs = [c.verb.start for c in self.clauses]
        self.wholes = {id(p.tail[1]): p for p in self.nouns if p.tail is not None and p.tail[0] == "of"}
        self.described: dict[int, list[Clause]] = {}
        self.roles: dict[int, list[tuple[str, Clause]]] = {}
        for clause in self.clauses:
            self.described.setdefault(id(clause.whose), []).append(clause)
            suffers = clause.passive or clause.verb.form == "state"
            roles = {id(noun): "beside" for _, noun in clause.preps}
            roles |= {id(noun): "befalling" if suffers else "done" for noun in clause.subjects}
            roles |= {id(noun): "acting" for noun in clause.objects}
            for noun, role in roles.items():
                self.roles.setdefault(noun, []).append((role, clause))

    def of(self, counted: tuple[int, int], number: tuple[int, int]) -> Governing:
        """The clauses of the noun phrase that is counted, or of the number that only says how many (in characters)."""
        at = bisect_right(self.ends, counted[0])
        phrase = self.nouns[at] if at < len(self.nouns) and self.nouns[at].start < counted[1] else None
        while phrase is not None and all(role == "beside" for role, _ in self.roles.get(id(phrase), ())):
            whole = self.wholes.get(id(phrase))  # "a total of 19 suspects", "ten of the suspects"
            if whole is None or not (self._measures(whole) or (whole.start < number[1] and number[0] < whole.end)):
                break
            phrase = whole
        found = Governing(self, phrase)
        for role, clause in self.roles.get(id(phrase), ()):
            getattr(found, role).append(clause)
        last = bisect_left(self.verbs, counted[0])
        found.before += self.clauses[max(0, last - MOST_BEFORE) : last]
        for noun in [noun for clause in found.acting if clause.verb.copula for noun in clause.subjects]:
            named = noun.tail[1] if noun.tail is not None and self._measures(noun) else noun
            found.acting += [c for c in self.described.get(id(named), ()) if c.passive]  # "those arrested were 12"
        found.doers += self._doers(found)
        return found

    def told_of(self, phrase: Phrase) -> list[Clause]:
        """The clauses that a noun phrase is the subject of."""
        return [clause for role, clause in self.roles.get(id(phrase), ()) if role in ("befalling", "done")]

    def phrase_at(self, place: int) -> Phrase | None:
        """The noun phrase in which a character stands."""
        at = bisect_right(self.ends, place)
        return self.nouns[at] if at < len(self.nouns) and self.nouns[at].start <= place else None

    def _measures(self, noun: Phrase) -> bool:
        known = self.said.known
        return noun.words[-1] in known.measures and noun.words[-1] not in known.numbers

    def _doers(self, governing: Governing) -> Iterator[list[Phrase]]:
        """Who does it, then who does what it hangs on or says it, and whom the sentence quotes."""
        clause, own = governing.clause, governing.phrase
        told = [pair for other in (*governing.befalling, *governing.done) for pair in other.preps]
        told += [
            ("by", o.tail[1]) for c in governing.done for o in c.objects if o.tail is not None and o.tail[0] == "from"
        ]
        told += [own.tail] if own is not None and own.tail is not None else []  # "nine by labor inspectors"
        yield [noun for prep, noun in told if prep == "by"]
        while clause is not None:
            named = [noun for noun in clause.doers if noun is not own]
            yield named
            # by whom what a noun names is run: "the hotline run by an NGO"
            told_of = [other for noun in named for other in self.described.get(id(noun), ()) if other.passive]
            yield [agent for other in told_of for agent in other.doers]
            clause = clause.leader if clause.kind not in _BY_ITSELF else None
        opening = self.parts[:3]
        yield [noun for noun in opening[2:] if opening[0].words == ("according",)]
