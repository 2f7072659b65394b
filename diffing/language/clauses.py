"""The clauses of a sentence: each verb with who does it, to whom, and how it hangs on the others.

The passive, what is left out in a list of deeds, relative and participial clauses are resolved here, once for all
predicates: `doer` and `patients` are the same in "Police freed 12 men", "12 men were freed by the police" and "police
officers who freed 12 men".

>>> from diffing.profile import load_profile
>>> from diffing.language.phrases import phrases
>>> from diffing.language.lexicon import lexicon
>>> from diffing.language.words import words_of
>>> known = lexicon(load_profile("hrr"))
>>> words = words_of("Police investigated, prosecuted, and convicted three traffickers.", known)
>>> for clause in clauses(phrases(words, known), known):
...     print(clause.verb.lemma, clause.doer.words, clause.patients[0].words)
investigate ('police',) ('three', 'traffickers')
prosecute ('police',) ('three', 'traffickers')
convict ('police',) ('three', 'traffickers')
"""

from __future__ import annotations

from msgspec import Struct, field

from diffing.language.kinds import Phrase
from diffing.language.lexicon import Lexicon
from diffing.language.phrases import PAST

CONCEDED = frozenset(("while", "although", "though", "even though", "whereas"))
CONDITIONAL = frozenset(("if", "unless", "whether"))
_STOPS = frozenset(".;:")

# Past tenses that are no participles: they describe nothing.
_ONLY_PAST = frozenset((
    *("fell", "rose", "grew", "broke", "took", "gave", "began", "went", "wrote", "drove", "chose", "spoke", "came"),
    *("ran", "met", "shrank", "sank", "withdrew", "became", "forbade"),
))  # fmt: skip
# Clauses that hang on each other, one on the next. Range 5 to 100; a real sentence has six. More are no prose, and each
# question about the last of them would be asked of all.
MOST_LEADERS = 20


class Clause(Struct, eq=False):
    """One verb group with its parts. `kind` is main, relative, reduced (a participle behind its noun), conceded,
    conditional, circumstance, reported, infinitive or gerund; `leader` the clause it hangs on, or None.
    """

    verb: Phrase
    kind: str = "main"
    leader: Clause | None = None
    subjects: list[Phrase] = field(default_factory=list)
    inherited: bool = False  # the subject is that of the leader
    objects: list[Phrase] = field(default_factory=list)
    preps: list[tuple[str, Phrase]] = field(default_factory=list)
    passive: bool = False
    opener: str = ""  # the small word that opens it
    whose: Phrase | None = None  # the noun that a relative clause describes

    @property
    def doer(self) -> Phrase | None:
        """Who does it, where somebody is named."""
        if not self.passive:
            return self.subjects[0] if self.subjects else None
        return next((noun for prep, noun in self.preps if prep == "by"), None)

    @property
    def patients(self) -> list[Phrase]:
        """To whom or what it is done."""
        return self.subjects if self.passive else self.objects


def clauses(parts: list[Phrase], known: Lexicon) -> list[Clause]:
    """The clauses of a sentence, in the order of their verbs."""
    return _Builder(parts, known).build()


class _Builder:
    def __init__(self, parts: list[Phrase], known: Lexicon) -> None:
        self.parts = parts
        self.known = known
        self.found: list[Clause] = []
        self.at: dict[int, Clause] = {}  # by the place of their verb among the phrases

    def build(self) -> list[Clause]:
        places = [i for i, part in enumerate(self.parts) if part.kind == "verb"]
        for number, i in enumerate(places):
            clause = Clause(self.parts[i])
            clause.passive = self._passive(i)
            end = places[number + 1] if number + 1 < len(places) else len(self.parts)
            self._behind(clause, i, end)
            self._before(clause, i, places[number - 1] if number else -1)
            self.found.append(clause)
            self.at[i] = clause
        self._share_objects(places)
        last = self.found[-1] if all(c.kind in ("relative", "reduced") for c in self.found) and self.found else None
        if last is not None and last.kind == "reduced" and last.leader is not None and last.leader.whose is not None:
            last.kind, last.passive, last.subjects = "main", False, [last.leader.whose]  # "the unit that held boys met"
        told = [c for c in self.found if c.kind == "main" and (c.verb.finite or c.verb.form in PAST)]
        bare = [c for c in told if not self._has_auxiliary(c.verb) and not c.inherited]
        for clause in [c for c in bare if c.passive]:
            if len(told) == 1:
                clause.passive = False  # "The school suspended from work a man who": there is no other verb to be told
            elif len(bare) < len(told):
                clause.kind = "reduced"  # "has not specified the work prohibited for children"
        return self.found

    def _passive(self, i: int) -> bool:
        verb = self.parts[i]
        if not verb.passive:
            return False
        if verb.first == verb.last == verb.head or (verb.form in PAST and not self._has_auxiliary(verb)):
            return ("verb", verb.lemma) in self.known.acts and ("alone", verb.lemma) not in self.known.acts
        return True

    def _has_auxiliary(self, verb: Phrase) -> bool:
        return any(self.known.use(word).letter == "A" for word in verb.words[: verb.head - verb.first])

    # --- what stands behind the verb

    def _behind(self, clause: Clause, i: int, end: int) -> None:
        k, prep, direct = i + 1, "", True
        listed = clause.objects  # to which list a noun behind "and" belongs: the objects, or those of the last "of"
        while k < end:
            part = self.parts[k]
            if part.kind in _STOPS or part.kind in ("R", "B", "S", "("):
                break
            if part.kind in ("P", "L") and self.parts[k - 1] in clause.objects:
                lemma = f"{clause.verb.lemma} {part.words[0]}"  # "let the men off", "sent them back to"
                if ("verb", lemma) in self.known.acts:
                    clause.verb.lemma = lemma
            if part.kind in ("P", "T"):
                prep, direct = " ".join(part.words), False
            elif part.kind in ("noun", "Q"):
                if prep:
                    clause.preps.append((prep, part))
                    listed = []
                    prep = ""
                elif direct or (self._joined(k) and not self._is_subject(k, end)):
                    if listed is clause.objects:
                        clause.objects.append(part)
                    elif clause.preps:
                        clause.preps.append((clause.preps[-1][0], part))
            elif part.kind in (",", "C"):
                direct = False
            k += 1

    def _joined(self, k: int) -> bool:
        return k > 0 and self.parts[k - 1].kind in (",", "C")

    def _is_subject(self, k: int, end: int) -> bool:
        """Whether a noun is the subject of the finite verb that comes next."""
        return (
            end < len(self.parts)
            and self.parts[end].finite
            and all(part.kind not in (",", "C") for part in self.parts[k + 1 : end])
        )

    # --- what stands before it

    def _before(self, clause: Clause, i: int, previous: int) -> None:
        """Finds the subject, the kind of the clause and what it hangs on."""
        verb = clause.verb
        start = previous + 1
        boundary = None
        for k in range(i - 1, previous, -1):
            if self.parts[k].kind in _STOPS or self.parts[k].kind in ("R", "B", "S", "("):
                start, boundary = k + 1, self.parts[k]
                break
        leader = _not_too_deep(self.at.get(previous))
        nouns = self._free_nouns(start, i)
        clause.leader = leader
        if boundary is not None and boundary.kind not in _STOPS:
            clause.opener = boundary.words[0] if len(boundary.words) == 1 else " ".join(boundary.words)
            if boundary.kind in ("R", "B"):
                self._relative(clause, start - 1, nouns)
                return
            if boundary.kind == "S":
                clause.kind = (
                    "conceded" if clause.opener in CONCEDED
                    else "conditional" if clause.opener in CONDITIONAL
                    else "main" if clause.opener in ("but", "however", "yet", "nevertheless")
                    else "circumstance"
                )  # fmt: skip
        stopped = boundary is not None and boundary.kind in _STOPS
        let = verb.form == "base" and boundary is None and leader is not None and leader.verb.lemma == "let"
        if verb.infinitive or (verb.ing and not self._has_auxiliary(verb)) or let:
            if nouns and leader is None:
                clause.subjects = nouns[:1]
            elif leader is not None and not (stopped and nouns):
                self._led(clause, leader, i)
            return
        if leader is None or stopped or boundary is not None:
            clause.subjects = nouns
            if not clause.subjects and leader is not None:
                self._inherit(clause, leader)
            return
        self._beside(clause, leader, nouns, start, i)

    def _beside(self, clause: Clause, leader: Clause, nouns: list[Phrase], start: int, i: int) -> None:
        """A finite verb behind another without a boundary: a list of deeds, or a participle that came before."""
        breaks = [k for k in range(start, i) if self.parts[k].kind in (",", "C")]
        beside = self.parts[i - 2 : i] if i > 1 else []
        if [part.kind for part in beside] == ["P", "noun"] and beside[0].words == ("with",) and self._reduced(clause):
            # "conditions improved, with crowding ended"
            clause.kind, clause.whose, clause.subjects = "reduced", beside[1], [beside[1]]
            clause.passive = ("alone", clause.verb.lemma) not in self.known.acts
            return
        if not breaks:
            noun = self.parts[i - 1] if i else None
            if (
                noun is not None
                and noun.kind == "noun"
                and leader.verb.finite
                and self._reduced(clause)
                and leader.verb.lemma not in self.known.listed("saying")
                and not self._reduced(leader)
            ):
                # "a law that sets the age for workers employed as divers"
                clause.kind, clause.whose, clause.subjects = "reduced", noun, [noun]
                clause.passive = ("alone", clause.verb.lemma) not in self.known.acts
                return
            its_own = not nouns or (leader.subjects == [leader.whose] and nouns == leader.objects)
            if leader.kind == "relative" and leader.whose is not None and its_own:
                # "the shelter that the ministry had opened was shut down", "brokers who cheated workers were fined"
                clause.subjects, clause.leader = [leader.whose], leader.leader
                return
            if self._reduced(leader):
                leader.kind, leader.whose = "reduced", leader.subjects[0] if leader.subjects else None
                clause.subjects, clause.leader = list(leader.subjects), leader.leader
                return
            if nouns[1:] and noun and beside and beside[0].kind == "noun" and beside[0].last + 1 == noun.first:
                # "put into use the manual they had drafted", "punished men for acts traffickers forced them to commit"
                clause.kind, clause.whose, clause.subjects = "relative", beside[0], [noun]
                leader.objects = [one for one in leader.objects if one is not noun]
                return
            clause.subjects = nouns
            clause.kind = "reported" if leader.verb.lemma in self.known.listed("saying") else "main"
            if not nouns:
                self._inherit(clause, leader)
            else:
                leader.objects = [noun for noun in leader.objects if noun not in nouns]
            return
        own = self._free_nouns(breaks[-1] + 1, i)
        if leader.kind == "relative" and leader.whose is not None and not own and self._set_off(leader, breaks):
            # "inspectors, who had no cars, visited farms"
            clause.subjects, clause.leader = [leader.whose], leader.leader
            return
        if own and (clause.verb.finite or clause.passive):
            clause.subjects = own
            leader.objects = [noun for noun in leader.objects if noun not in own]
            return
        if self._reduced(leader) and len(breaks) >= 2 and not own:
            # "The man, arrested in May, was freed"
            clause.subjects = list(leader.subjects)
            leader.kind, leader.whose = "reduced", leader.subjects[0] if leader.subjects else None
            clause.leader = leader.leader
            return
        self._inherit(clause, leader)

    def _set_off(self, leader: Clause, breaks: list[int]) -> bool:
        """Whether a relative clause stands between two commas, and ends at the one break behind it."""
        at = next((k for k, part in enumerate(self.parts) if part is leader.whose), len(self.parts))
        opened = at + 1 < len(self.parts) and self.parts[at + 1].kind == ","
        return opened and len(breaks) == 1 and self.parts[breaks[0]].kind == ","

    def _reduced(self, clause: Clause) -> bool:
        """Whether a verb may be a participle that only describes the noun before it."""
        verb = clause.verb
        return (
            verb.form in PAST
            and verb.words[0] not in _ONLY_PAST
            and not self._has_auxiliary(verb)
            and not clause.inherited
            and (clause.passive or not clause.objects)
        )

    def _inherit(self, clause: Clause, leader: Clause) -> None:
        """The subject is that of the verb that this one goes on: "adopted a law, hired inspectors and was praised"."""
        source = leader
        while not self._goes_on(clause, source) and source.leader is not None:
            source = source.leader
        if not self._goes_on(clause, source):
            source = leader
        clause.inherited = True
        clause.subjects, clause.kind, clause.whose = list(source.subjects), source.kind, source.whose
        clause.leader = source.leader if source.kind in ("infinitive", "gerund") else source
        verb = clause.verb
        if (
            source.passive
            and verb.form in PAST
            and not self._has_auxiliary(verb)
            and not clause.objects
            and ("verb", verb.lemma) in self.known.acts
        ):
            clause.passive = True  # "were beaten and fired"
        elif clause.passive and not self._has_auxiliary(verb) and not source.passive:
            clause.passive = False

    def _goes_on(self, clause: Clause, source: Clause) -> bool:
        """Whether a verb may stand in one list with another: both told in the same way."""
        verb, other = clause.verb, source.verb
        if source.kind == "infinitive":
            return verb.form == "base" and not self._has_auxiliary(verb)
        if source.kind == "gerund" or other.ing:
            return verb.form == "ing"
        if source.kind == "reduced":
            return clause.passive and not self._has_auxiliary(verb)
        past = verb.past or verb.form in PAST
        return past == (other.past or other.form in PAST) or self._has_auxiliary(verb)

    def _led(self, clause: Clause, leader: Clause, i: int) -> None:
        """An infinitive or a gerund: who does it is who did the verb before, or whom that verb set to it."""
        verb = clause.verb
        clause.kind = "gerund" if verb.ing else "infinitive"
        before = self.parts[i - 1] if i else None
        clause.opener = " ".join(before.words) if before is not None and before.kind in ("P", "C") else clause.opener
        describes = before is not None and before.kind == "noun" and verb.ing
        if describes and before is not None:
            clause.kind, clause.whose, clause.subjects = "relative", before, [before]
            return
        if clause.opener in ("for", "of", "from") and (leader.objects or leader.passive):
            clause.subjects = list(leader.patients)
        elif leader.verb.lemma in self.known.listed("object_does") and leader.objects:
            clause.subjects = leader.objects[:1]
        else:
            clause.subjects = list(leader.subjects)
        clause.inherited = True

    def _relative(self, clause: Clause, at: int, nouns: list[Phrase]) -> None:
        """A clause behind "who", "which" or "that"."""
        before = self.parts[at - 1] if at else None
        if before is not None and before.kind in (",", "P") and at > 1:  # "the rule under which"
            before = self.parts[at - 2]
        word = clause.opener
        noun = before if before is not None and before.kind in ("noun", "Q") else None
        verb_before = before is not None and before.kind == "verb"
        if word == "that" and (verb_before or noun is None or self._complement(noun)) and nouns:
            clause.subjects, clause.kind = nouns, "reported"
            return
        clause.kind, clause.whose = "relative", noun
        if not nouns:
            clause.subjects = [noun] if noun is not None else []
            return
        clause.subjects = nouns
        if word in ("that", "which", "whom") and noun is not None and not clause.objects and not clause.passive:
            clause.objects = [noun]

    def _complement(self, noun: Phrase) -> bool:
        """Whether "that" behind a noun says what was said: "reports that"; also behind a verb with its object."""
        return noun.words[-1].rstrip("s") in self.known.listed("said") or (
            bool(self.found) and self.found[-1].verb.lemma in self.known.listed("saying")
        )

    def _free_nouns(self, start: int, end: int) -> list[Phrase]:
        """The nouns between two places that no preposition governs, the first list of them."""
        found: list[Phrase] = []
        governed = False
        for k in range(start, end):
            part = self.parts[k]
            if part.kind in ("P", "T"):
                governed = True
            elif part.kind in ("noun", "Q"):
                if not governed and not is_time(part, self.known):
                    found.append(part)
                governed = False
        return found

    def _share_objects(self, places: list[int]) -> None:
        """ "Investigated, prosecuted, and convicted three traffickers": the last one's object is that of all."""
        for number in range(len(places) - 2, -1, -1):
            here, there = places[number], places[number + 1]
            first, second = self.at[here], self.at[there]
            between = self.parts[here + 1 : there]
            if not between or any(part.kind not in (",", "C", "L") for part in between) or first.objects:
                continue
            if first.verb.form != second.verb.form and not (first.verb.form in PAST and second.verb.form in PAST):
                continue
            if second.objects and not second.passive and not self._has_be(first.verb):
                first.objects = list(second.objects)
                first.preps = first.preps or list(second.preps)
                first.passive = False
                if first.kind == "reduced":
                    first.kind = second.kind

    def _has_be(self, verb: Phrase) -> bool:
        return verb.passive and self._has_auxiliary(verb)


def is_time(noun: Phrase, known: Lexicon) -> bool:
    """Whether a noun phrase names a date: "a decree of March 2018"."""
    return all(known.use(word).letter in ("Y", "D") or word.isdigit() for word in noun.words)


def _not_too_deep(leader: Clause | None) -> Clause | None:
    """A clause that another may hang on; None for one that hangs on `MOST_LEADERS` others itself."""
    above = leader
    for _ in range(MOST_LEADERS):
        if above is None:
            return leader
        above = above.leader
    return None
