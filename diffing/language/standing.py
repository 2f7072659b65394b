"""How things stand by each clause of a sentence: well or badly, in whatever words it is told.

One state is told by a deed ("opened a shelter"), by what is there ("a shelter took in men") and by what is amiss ("men
were left without a shelter"). The effect of a verb goes with the worth of what it acts on; a verb that does nothing to
it says that it is there; words of praise and of hardship stand by themselves, and what denies turns each of them.

>>> from diffing.language.analysis import analyse
>>> from diffing.profile import load_profile
>>> said = "The fund ran dry, and most victims were left without assistance.", "The fund paid all victims."
>>> [[one.sign for one in standings(analyse(text, load_profile("tip")))] for text in said]
[[-1, -1], [1]]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from diffing.language.clauses import Clause
from diffing.language.directions import Directions
from diffing.language.kinds import Phrase
from diffing.language.meaning import Meaning
from diffing.language.phrases import PAST
from diffing.model.events import direction_of

if TYPE_CHECKING:
    from diffing.language.analysis import Analysis

_IS = {"protection": 1, "right": 1, "violation": -1, "restriction": -1}
_UNTOLD = frozenset(("asked", "planned", "example"))
# Who claims it doubts that it is so; who is suspected is only called by it.
_CLAIMED = ("alleg", "claim", "rumor", "denounc")
_KEEPING = frozenset(("keep", "hold", "retain"))
_ONE = frozenset(("a", "an", "one", "another", "single", "the", "his", "her"))
# What is done to people alone, and what to wrongdoers alone.
_TO_WHOM = {"punish": ("person", "offender", "right"), "shield": ("offender",)}
# Behind these stands what a verb without an object acts on; behind some also what it gives or takes.
_WITH = frozenset(("with", "of"))
_THROUGH = _WITH | {"to", "from", "for", "on"}
_INSTEAD = frozenset((("instead", "of"), ("rather", "than")))
_ABLE = frozenset(("could", "can"))
_COMPARING = frozenset(("than", "from", "with", "to", "unlike", "as"))
# Behind these a deed is why or from what: "fined for leaving", "barred from seeking".
_OWN_TO = frozenset(("for", "of", "from"))
# Clauses that say which thing is meant, and not how it stands.
_DESCRIBING = frozenset(("relative", "reduced", "conditional"))


class Standing(Struct, frozen=True):
    """How a clause says that things stand: `sign` 1 for well and -1 for badly; `words` are the clause's own."""

    sign: int
    words: str
    about: str  # the noun whose worth decided, or the words where none did
    earlier: bool  # whether it says how things stood before


def standings(said: Analysis) -> tuple[Standing, ...]:
    """How things stand by each clause of a sentence that tells it."""
    return tuple(_Standings(said).read())


class _Standings:
    def __init__(self, said: Analysis) -> None:
        self.said, self.known = said, said.known
        self.folded = said.words.folded
        self.meaning = Meaning(said)
        self.about: Phrase | None = None
        self.ways = Directions(said.clauses, self.meaning, self.known)
        names = ("standing_well", "standing_ill", "standing_goods", "standing_harms", "standing_little")
        self.well, self.ill, self.goods, self.harms, self.little = (self.known.listed(name) for name in names)

    def read(self) -> Iterator[Standing]:
        clauses = self.said.clauses
        for number, clause in enumerate(clauses):
            behind = self._behind(number)
            if clause.verb.form in PAST and clause.verb.lemma.startswith("un"):
                continue  # "left complaints unanswered": what they are
            over = self.meaning.over(clause.verb.head)
            earlier = self._earlier(clause, number, behind)
            describes = clause.kind in _DESCRIBING or (clause.passive and self._bare(clause))
            if (describes and not earlier) or self._untold(clause, over) or self._leads(clause):
                continue
            if sign := self._sign(clause, over, behind):
                told = self._words(clause, behind)
                about = self.said.text[self.about.start : self.about.end] if self.about is not None else told
                yield Standing(sign, told, about, earlier)

    def _bare(self, clause: Clause) -> bool:
        """Whether it is a participle that only describes what stands before it: "the gap left in 2019"."""
        bare = clause.verb.first == clause.verb.head and not clause.inherited and clause.leader is not None
        return bare and bool(clause.subjects)

    def _behind(self, number: int) -> int:
        """The word behind all that a clause tells: where the next one begins that is no part of it."""
        for other in self.said.clauses[number + 1 :]:
            if other.kind not in ("reduced", "infinitive") and not (other.verb.form in PAST and self._bare(other)):
                return other.subjects[0].first if other.subjects and not other.inherited else other.verb.first
        return len(self.folded)

    def _earlier(self, clause: Clause, number: int, behind: int) -> bool:
        """Whether it says how things stood before the period: not "more than in the previous year"."""
        if clause.verb.perfect and clause.verb.past and clause.kind not in ("main", "reported"):
            return True
        first = self.said.clauses[number - 1].verb.last if number else -1
        starts = self.said.words.starts
        for scope in self.said.scopes:
            at = sum(start < scope.trigger for start in starts)
            if scope.kind == "earlier" and first < at < behind:
                return _COMPARING.isdisjoint(self.folded[max(0, at - 2) : at])
        return False

    def _untold(self, clause: Clause, over: set[str]) -> bool:
        """Whether it is wished, planned or claimed, or what somebody may or must do by another's deed."""
        if self._instead(clause) or "must" in clause.verb.words:
            return False
        if clause.kind == "gerund" and clause.opener in _OWN_TO:
            return True
        if clause.kind == "infinitive" and clause.leader is not None:
            lead = clause.leader.verb
            if lead.lemma not in self.known.listed("standing_on") and not lead.copula:
                return True
        claimed = [scope for scope in self.said.scopes if scope.kind == "alleged" and scope.holds(clause.verb.start)]
        return not over.isdisjoint(_UNTOLD) or any(scope.words.lower().startswith(_CLAIMED) for scope in claimed)

    def _instead(self, clause: Clause) -> bool:
        """Whether it is what was not done: "instead of identifying victims"."""
        return clause.verb.ing and not _INSTEAD.isdisjoint(pairwise(self.folded[: clause.verb.first][-3:]))

    def _leads(self, clause: Clause) -> bool:
        """Whether it only leads to another deed: "began", "had to", "let the agreement lapse"."""
        led = [other for other in self.said.clauses if other.leader is clause and other.kind == "infinitive"]
        if led and clause.objects and clause.verb.lemma in self.known.listed("object_does"):
            worths = {worth for noun in clause.objects for worth in self._worths(noun, clause)}
            return not worths & {"person", "offender"}
        return not clause.objects and any(
            other.leader is clause and other.kind in ("infinitive", "gerund") and not other.opener
            and other.verb.first <= clause.verb.last + 2
            for other in self.said.clauses
        )  # fmt: skip

    def _words(self, clause: Clause, behind: int) -> str:
        first = min(clause.verb.first, *(noun.first for noun in clause.subjects), clause.verb.first)
        words = self.said.words
        return self.said.text[words.starts[first] : words.end(max(behind - 1, clause.verb.last))]

    def _sign(self, clause: Clause, over: set[str], behind: int) -> int:
        self.about = None
        words = self.folded[clause.verb.first : behind]
        praised = self._quality(words)
        if self._of_one(clause):
            return 0
        sign = self._deed(clause, words) or self._duty(clause)
        if sign and praised < 0:
            sign = -1
        elif sign > 0 and any(p == "without" and "protection" in self._worths(n, clause) for p, n in clause.preps):
            return 0  # "ran shelters without state funds"
        sign = sign or praised or self._by_itself(clause) or self._there(clause)
        patient = clause.patients[0] if clause.patients else clause.verb
        over = over - {"denied"} if self._lack_of_its_subject(clause) else over
        turned = (
            self.meaning.denied(clause, patient, over, None)
            or self._given_up(clause)
            or self._little(clause, () if praised else words)
        )
        return -sign if turned != self._instead(clause) else sign

    def _lack_of_its_subject(self, clause: Clause) -> bool:
        """Whether what denies is the subject itself, and not said of the verb: "a lack of interpreters delayed"."""
        denials = [s for s in self.said.scopes if s.kind == "denied" and s.holds(clause.verb.start)]
        inside = [any(noun.start <= s.trigger < noun.end for noun in clause.subjects) for s in denials]
        return bool(denials) and all(inside) and all(s.words.endswith(" of") for s in denials)

    def _given_up(self, clause: Clause) -> bool:
        """Whether it is what somebody ceased to do: "withdrew financing from"."""
        lead = clause.leader.verb.lemma if clause.leader is not None and not clause.leader.objects else ""
        return clause.kind == "gerund" and not clause.opener and lead in self.known.listed("standing_stopped")

    def _of_one(self, clause: Clause) -> bool:
        """Whether it befell one alone: a case."""
        nouns = clause.patients
        one = len(nouns) == 1 and nouns[0].words[0] in _ONE and not nouns[0].words[-1].endswith(("s", "en", "ce"))
        return one and any(t.worth in ("person", "offender") for t in self.meaning.things(nouns[0]))

    def _little(self, clause: Clause, words: tuple[str, ...]) -> bool:
        """Whether there is little or none of what it is told of: "few victims received", "shelters were rare"."""
        if clause.subjects and self.folded[clause.subjects[0].first - 1 : clause.subjects[0].first] == ("only",):
            return True
        nouns = [*clause.subjects[:1], *clause.objects[:1], *(noun for _, noun in clause.preps[:1])]
        verb = self.folded[max(0, clause.verb.first - 1) : clause.verb.last + 1]
        rare = clause.verb.copula and not self.little.isdisjoint(words)
        return rare or any(noun.words[0] in self.little for noun in nouns) or not self.little.isdisjoint(verb)

    def _quality(self, words: Iterable[str]) -> int:
        """What words of praise or of hardship say; hardship goes before praise."""
        words = list(words)
        found = set()
        for word in (*words, *(f"{a} {b}" for a, b in pairwise(words) if b != "place")):
            if word in self.ill:
                found.add(-1)
            elif word in self.well:
                found.add(1)
        return min(found, default=0)

    def _worths(self, noun: Phrase, clause: Clause) -> set[str]:
        """What a noun may be worth: an instrument is a safeguard unless it curbs; else by any word of it."""
        found = {
            self._of_instrument(noun, clause) if thing.name == "instruments" else thing.worth
            for thing in self.meaning.things(noun)
        } - {"neutral", ""}
        if found - {"person"}:
            return found
        for word in (" ".join(noun.words[-2:]), *reversed(noun.words)):
            for form in (word, word.removesuffix("s"), word.removesuffix("'s")):
                if form in self.goods or form in self.harms:
                    return {"protection" if form in self.goods else "violation", *found}
        if noun.tail is not None and noun.words[-1] in self.known.measures:
            return self._worths(noun.tail[1], clause)
        if found:
            return found
        for word in reversed(noun.words[:-1]):  # "the hotline's hours", "a screening tool"
            names = [name for rest, of in self.known.use(word.removesuffix("'s")).nouns if not rest for name in of]
            if good := {"protection", "right"}.intersection(self.known.classes[name].worth for name in names):
                return good
        return set()

    def _of_instrument(self, noun: Phrase, clause: Clause) -> str:
        inner = self.ways.inner(noun, clause)
        described = any(other.whose is noun and other.kind == "relative" for other in self.said.clauses)
        if inner is None:
            return "" if described and clause.verb.lemma in ("repeal", "abolish", "remove", "strike") else "protection"
        return {1: "protection", -1: "restriction", 0: ""}[inner]

    def _deed(self, clause: Clause, words: tuple[str, ...]) -> int:
        """The effect of the verb times the worth of what it acts on; 0 where that is nothing, or both."""
        acted = [*clause.objects, *(clause.patients if clause.passive else ())]
        acted += [n for p, n in clause.preps if p in _THROUGH and (p in _WITH or not acted)]
        alone = not clause.passive and not clause.objects
        for way, effects, phrase in self._effects(clause, words):
            if way == "verb" or alone or phrase:
                for noun in acted if way == "verb" else clause.subjects:
                    signs = {
                        direction_of(effect, worth)
                        for effect in effects
                        for worth in self._worths(noun, clause)
                        if worth in _TO_WHOM.get(effect, (worth,))
                    } - {0}
                    if len(signs) == 1:
                        self.about = noun
                        wrong = any(p == "to" and self._worths(n, clause) == {"offender"} for p, n in clause.preps)
                        return -signs.pop() if wrong and way == "verb" and noun in clause.patients else signs.pop()
        return 0

    def _effects(self, clause: Clause, words: tuple[str, ...]) -> Iterator[tuple[str, list[str], bool]]:
        """What the verb may do, by its way, and whether it is a phrase: with what stands behind its object first."""
        head, _, rest = clause.verb.lemma.partition(" ")
        behind = (*rest.split(), *words[clause.verb.head - clause.verb.first + 1 :])
        rows = self.known.standing.get(head, {})
        for (more, way), effects in rows.items():
            reach = 1 if len(more) == 1 and self.known.use(more[0]).letter == "P" else len(behind)
            if more and any(behind[k : k + len(more)] == more for k in range(reach)):
                yield way, effects, True
        own = {way: [p.effect for p in predicates] for way, predicates in self.known.ways.get(clause.verb.lemma, ())}
        for way in ("alone", "state", "verb"):
            effects = [*own.get(way, ()), *(() if rest else rows.get(((), way), ()))]
            if effects:
                yield way, effects, False

    def _duty(self, clause: Clause) -> int:
        """What people may do, or have to: "could change employers", "had to give notice", "firms must report"."""
        worths = {worth for noun in clause.subjects for worth in self._worths(noun, clause)}
        lead = clause.leader.verb.lemma if clause.leader is not None and clause.kind == "infinitive" else ""
        bound = "must" in clause.verb.words or lead == "have"
        if bound:
            return 1 if "offender" in worths else -1 if worths & {"person", "protection", "right"} else 0
        able = not _ABLE.isdisjoint(clause.verb.words)
        return 1 if able and worths & {"person", "protection", "right"} and "offender" not in worths else 0

    def _by_itself(self, clause: Clause) -> int:
        """Verbs that are better or worse whatever they act on."""
        lemma = clause.verb.lemma
        if lemma in _KEEPING and any("offender" in self._worths(noun, clause) for noun in clause.subjects):
            return -1  # "employers held the passports"
        if lemma in self.known.listed("upholding"):
            return 1
        return -1 if lemma in self.known.listed("thwarting") else 0

    def _there(self, clause: Clause) -> int:
        """What it is worth that a thing is there; what people go without is not."""
        for prep, noun in clause.preps:
            if prep == "without":
                for worth in self._worths(noun, clause) & _IS.keys():
                    return -_IS[worth]
        if self.known.use(self.folded[clause.verb.head]).verb is None and not clause.verb.copula:
            return 0  # nobody knows what it does
        known = any(effect != "none" for way, of, _ in self._effects(clause, ()) if way == "verb" for effect in of)
        if known and clause.objects:
            return 0
        inside = [noun for prep, noun in clause.preps if prep in ("under", "with", "in")]
        for noun in (*clause.objects, *clause.subjects, *inside):
            signs = {_IS[worth] for worth in self._worths(noun, clause) if worth in _IS}
            if len(signs) == 1:
                self.about = noun
                return signs.pop()
        return 0
