"""The events of a sentence: which frames its clauses tell, and how each is meant.

A verb or a noun tells a predicate; its doer and its object are those of its clause; the first frame of the profile
that takes the predicate, the class of the object and the doer is the event's. What stands over it (a denial, a plan, a
law, a condition) comes from the scopes and from the clauses that it hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import zip_longest

from msgspec import Struct

from diffing.language.constituents import Clause, Phrase, Thing
from diffing.language.directions import Directions
from diffing.language.event_times import EventTime
from diffing.language.meaning import Meaning, Said, asks_money
from diffing.language.word_kinds import looks_plural
from diffing.model.events import Event, Reality
from diffing.profile import Frame, Predicate

_VIOLENT = "killings and violence"
# From so many people on a harm is no single case. The design's figure.
MANY = 10
_BEHIND_NOUN = frozenset(("of", "in", "to", "on", "against", "for", "from", "at"))
_THEM = frozenset(("them", "him", "her"))


Taken = tuple[Frame, Predicate, Phrase, Thing]
"""A frame, the predicate of it that was told, and what takes its place of an object, with its class."""


Told = Event | str
"""An event, or why a verb or a noun tells none."""


class Tried(Struct, frozen=True):
    """A predicate that a clause told and what became of it: an event, or the reason why it is none."""

    words: str
    start: int
    end: int
    event: Event | None
    refused: str = ""


class _Teller:
    """Reads the events of one sentence."""

    def __init__(self, said: Said) -> None:
        self.words, self.parts, self.told, self.known = said.words, said.phrases, said.clauses, said.known
        self.said = said
        self.taken: set[int] = set()  # noun phrases that are the object of an event already

    @cached_property
    def meaning(self) -> Meaning:
        """How its deeds are meant: most sentences tell none."""
        return Meaning(self.said)

    @cached_property
    def ways(self) -> Directions:
        """Which way they go."""
        return Directions(self.told, self.meaning, self.known)

    @cached_property
    def time(self) -> EventTime:
        """The dates of the sentence: asked for by its events alone."""
        return EventTime(self.words, self.parts, self.known, self.told)

    def tried(self) -> Iterator[Tried]:
        for clause, following in zip_longest(self.told, self.told[1:]):
            ways = self.known.ways.get(clause.verb.lemma)
            if ways is None or asks_money(clause, self.known):
                continue  # most clauses
            told = [self._tried(clause.verb, self._try(clause, following, rows, way)) for way, rows in ways]
            yield from [one for one in told if one.event is not None][:1] or told[:1]
        known = self.words.known
        for phrase in self.parts:
            if phrase.kind != "noun" or not (lemma := known[phrase.head].use.act) or id(phrase) in self.taken:
                continue  # most phrases
            if (governing := self._governing(phrase)) is not None:
                yield self._tried(phrase, self._try_noun(phrase, lemma, governing))

    def _tried(self, by: Phrase, told: Told) -> Tried:
        words = self.words.text[by.start : by.end]
        if isinstance(told, str):
            return Tried(words, by.start, by.end, None, told)
        return Tried(words, by.start, by.end, told)

    # --- verbs

    def _try(self, clause: Clause, following: Clause | None, predicates: tuple[Predicate, ...], way: str) -> Told:
        verb = clause.verb
        alone = way in ("alone", "state")
        if alone and (clause.passive or clause.objects):
            return "it has an object"
        leads = following is not None and following.leader is clause and following.verb.first == verb.last + 1
        if leads and following and following.verb.infinitive and not clause.passive:
            return "it only leads to another deed"
        patients = clause.subjects if alone else clause.patients
        if clause.kind == "reduced" and clause.passive and clause.whose is not None:
            patients = [clause.whose]  # "a law passed in May"
        if predicates[0].name == "need":
            led = [noun for other in self.told if other.leader is clause for noun in other.objects]
            patients = [*led, *patients]
        if not patients:
            return "nothing is named that it acts on"
        taking = self._taking(predicates, patients)
        if not taking:
            return "no frame takes what it acts on"
        doer, basis = ("unknown", "assumed") if alone else self.meaning.doer(clause)
        if self.meaning.ordered(clause):
            doer, basis = "state", "inherited"
        found = self._first(taking, doer, clause)
        if found is None:
            named = {thing.name for patient in patients for thing in self.meaning.things(patient)}
            return f"no frame takes {' or '.join(sorted(named)) or 'what it acts on'} by {doer}"
        self.taken.add(id(found[2]))
        return self._event(found, clause, doer, basis)

    def _taking(self, predicates: tuple[Predicate, ...], patients: list[Phrase]) -> list[Taken]:
        """The frames that take any of what it acts on, in the order of the profile."""
        found: list[Taken] = []
        for patient in patients:
            meant = self._of_them(patient) or self._meant(patient)
            kinds = self.meaning.things(meant)
            head = self.words.folded[meant.head if meant.kind == "noun" else patient.head]
            for predicate in predicates:
                nothing = bool(kinds) and all(thing.name in predicate.nothing_with for thing in kinds)
                for frame in self.known.frames.get(predicate.name, ()):
                    thing = self._fits(frame, () if nothing else kinds, head, patient)
                    if thing is not None:
                        found.append((frame, predicate, patient, thing))
        return sorted(found, key=lambda taken: self.known.order[taken[0].name]) if found[1:] else found

    def _first(self, taking: list[Taken], doer: str, clause: Clause | None = None) -> Taken | None:
        """The first of the frames that somebody may do, and for what it is done."""
        for taken in taking:
            doers, charge = taken[0].doers, taken[0].charge
            if (not doers or doer in doers) and (
                not charge or (clause is not None and self.meaning.charge(clause) == charge)
            ):
                return taken
        return None

    def _meant(self, patient: Phrase) -> Phrase:
        """The people that "them" stands for, the last that were named before; of a name its last part."""
        named = patient.tail[1] if patient.tail is not None and patient.tail[0] == "of" else None
        if named is not None and self._is_name(patient.head):
            inner = {thing.name for thing in self.meaning.things(named)}
            if "matters" in inner:
                return named  # "the High Court of Harrow's ruling", "the Council of Elders decision"
            kinds = {thing.name for thing in self.meaning.things(patient)}
            if self._is_name(named.head):
                return named if kinds <= {"state", "bodies"} else patient  # "Cabinet of Ministers Decree"
        if patient.kind != "Q" or patient.words[0] not in _THEM:
            return patient
        taken_for = [noun for clause in self.told for prep, noun in clause.preps if prep == "as"]
        nouns = [part for part in self.parts if part.kind == "noun" and part not in taken_for]
        for part in reversed([noun for noun in nouns if noun.last < patient.first]):
            if any(thing.worth in ("person", "offender") for thing in self.meaning.things(part)):
                return part
        return patient

    def _of_them(self, patient: Phrase) -> Phrase | None:
        """What some "of them" are: the objects that were told of before, or who was: "sentences, nine of them"."""
        if self.words.folded[patient.last + 1 : patient.last + 3] != ("of", "them"):
            return None
        before = [clause for clause in self.told if clause.verb.last < patient.first]
        nouns = [noun for one in reversed(before) for noun in (*one.objects, *one.subjects) if noun.kind == "noun"]
        return next((noun for noun in nouns if self._plural(noun)), None)

    def _is_name(self, at: int) -> bool:
        return self.words.printed[at][0].isupper()

    def _fits(self, frame: Frame, kinds: tuple[Thing, ...], head: str, patient: Phrase) -> Thing | None:
        if not kinds and head.isdigit() and frame.incident == _VIOLENT:
            return Thing("protected", "person", head)  # "killing 12"
        if not frame.objects:
            return kinds[0] if kinds else None
        for thing in kinds:
            if thing.name in frame.objects:
                return thing
        if f"={head}" in frame.objects or f"={head.removesuffix('s')}" in frame.objects:
            of = self.meaning.things(patient.tail[1]) if patient.tail is not None else ()
            return Thing("", of[0].worth if of else "neutral", head)
        return None

    # --- nouns

    def _governing(self, phrase: Phrase) -> Clause | None:
        """The clause that a noun phrase stands in."""
        for clause in self.told:
            if phrase in clause.subjects or phrase in clause.objects or any(n is phrase for _, n in clause.preps):
                return clause
        return None

    def _try_noun(self, phrase: Phrase, lemma: str, clause: Clause) -> Told:
        predicates = self.known.acts.get(("noun", lemma), ())
        if phrase.head > 0 and self.words.printed[phrase.head][0].isupper():
            return "it is part of a name"
        subject, apposed = phrase in clause.subjects, self._apposed(phrase)
        if apposed:  # ", the first conviction of an officer": beside what the sentence tells
            clause = next((one for one in self.told if one.kind == "main" and one.verb.finite), clause)
        still = clause.verb.copula or clause.verb.lemma in self.known.listed("staying")
        told = apposed or clause.verb.lemma in self.known.listed("telling")
        if (subject and still) or not (subject or told):
            return "its verb does not say that it took place"
        if phrase.tail is not None and phrase.tail[0] in _BEHIND_NOUN:
            patient = phrase.tail[1]
        else:
            inner = self._before_head(phrase)
            if inner is None and "first" in phrase.words and predicates and predicates[0].effect == "pursue":
                inner = phrase  # "the first conviction under the law"
            if inner is None:
                return "nothing is named that it acts on"
            patient = inner
        taking = self._taking(predicates, [patient])
        by = next((n for prep, n in clause.preps if prep == "by"), None) if not clause.passive else None
        doer = self.meaning.class_of_doer(by) if by is not None else "unknown"
        if by is None and not subject and clause.verb.lemma in self.known.listed("doing"):
            doer = self.meaning.doer(clause)[0]  # "the opposition announced the establishment of"
        found = self._first(taking, doer)
        if found is None:
            return "no frame takes what it acts on"
        return self._event(found, clause, doer, "assumed", noun=phrase)

    def _apposed(self, phrase: Phrase) -> bool:
        """Whether a noun says what the sentence told was a first of: ", the first conviction of an officer"."""
        return phrase.words[:2] == ("the", "first") and self.words.folded[phrase.first - 1 : phrase.first] == (",",)

    def _before_head(self, phrase: Phrase) -> Phrase | None:
        """What stands before the head within its phrase: "the shelter closure"."""
        if phrase.head == phrase.first:
            return None
        words = self.words
        last = phrase.head - 1
        inner = Phrase("noun", phrase.first, last, words.starts[phrase.first], words.end(last), last,
                       words=words.folded[phrase.first : last + 1])  # fmt: skip
        return inner if self.meaning.things(inner) else None

    # --- how it is meant

    def _event(self, taken: Taken, clause: Clause, doer: str, basis: str, noun: Phrase | None = None) -> Event:
        """What a clause tells by its verb, or by a noun in it."""
        frame, predicate, patient, thing = taken
        by = noun or clause.verb
        start, end = by.start, self._end(clause, by)
        over = self.meaning.over(by.head)
        first = noun is not None and "first" in noun.words
        denied = self.meaning.denied(clause, patient, over, noun)
        whole = self.known.listed("many_people")
        value = self.time.value(patient)
        dated = self.time.dated(clause, start, end) or self.meaning.listed(clause)
        return Event(
            frame=frame.name,
            predicate=predicate.name,
            effect=predicate.effect,
            doer=doer,
            doer_basis=basis,
            object=self.words.text[patient.start : self._whole(patient)],
            object_class=thing.name,
            worth=thing.worth,
            direction=self.ways.direction(frame, predicate, thing, patient, clause),
            polarity="denied" if denied else "affirmed",
            reality=self._reality(predicate, clause, over, noun, start, end),
            said_by=self.meaning.said_by(clause),
            alleged="alleged" in over or self.meaning.claimed(clause),
            comparison="first" if first else self.meaning.comparison(clause, patient, over),
            example="example" in over,
            charge=self.meaning.charge(clause),
            charged=("charged" in over and not (noun and self._apposed(noun))) or self.meaning.answers(clause),
            earlier="earlier" in over or (clause.verb.perfect and clause.verb.past and not dated),
            year=self.time.year(clause, start, end),
            since=self.time.since(clause, start, end),
            dated=dated,
            value=value,
            many=(value or 0) >= MANY
            or not whole.isdisjoint(patient.words)
            or thing.noun in whole
            or self.meaning.listed(clause)
            or (self._as_a_kind(patient, value) and (self.meaning.ordered(clause) or not dated))
            or (thing.worth == "right" and value is None and self._plural(patient)),
            single=value == 1 or (value is None and not self._plural(patient)),
            of_one=thing.worth in ("restriction", "right") and self._of_one(patient, clause),
            incident_kind=frame.incident or None,
            rule=frame.rule,
            clause="noun" if noun is not None else clause.kind,
            text=self.words.text[start:end],
            start=start,
            end=end,
        )

    def _reality(
        self, predicate: Predicate, clause: Clause, over: set[str], noun: Phrase | None, start: int, end: int
    ) -> Reality:
        if predicate.effect in ("punish", "less") and noun is None and self.meaning.ordered(clause):
            return Reality.DONE
        reality = self.meaning.reality(clause, over)
        if reality is Reality.ONGOING and not clause.verb.finite and self.time.year_within(start, end) is not None:
            return Reality.DONE  # "which helps by freeing children, 209 of them in 2020"
        return reality

    def _as_a_kind(self, patient: Phrase, value: float | None) -> bool:
        """Whether people are told of as a kind, without number or article: "deported victims"."""
        return value is None and patient.words[-1].endswith("s") and self.known.use(patient.words[0]).letter != "D"

    def _of_one(self, patient: Phrase, clause: Clause) -> bool:
        """Whether a curb is on one person: "the travel ban on a singer"."""
        if any(word.endswith("'s") and self._is_person(k) for k, word in enumerate(patient.words[:-1], patient.first)):
            return True  # "the reporter Orin Vale's accreditation"
        aimed = [patient.tail] if patient.tail is not None else []
        for prep, noun in (*aimed, *clause.preps):
            if prep in ("on", "of", "against") and not self._plural(noun):
                worths = {thing.worth for thing in self.meaning.things(noun)}
                if worths & {"person", "offender"} or (not worths and self._is_name(noun.head)):
                    return True
        return False

    def _is_person(self, at: int) -> bool:
        """Whether one of the words up to a name names a person: "reporter Orin Vale's"."""
        before = [word.removesuffix("'s") for word in self.words.folded[max(0, at - 3) : at + 1]]
        rows = [row for word in before for row in self.known.use(word).nouns if not row[0]]
        return any(name in ("protected", "state", "forces") for _, names in rows for name in names)

    def _plural(self, patient: Phrase) -> bool:
        """Whether a noun, or what it measures, stands in the plural."""
        last = patient.tail[1] if patient.tail is not None and patient.words[-1] in self.known.measures else patient
        return looks_plural(last.words[-1])

    def _whole(self, patient: Phrase) -> int:
        """Where a noun ends with all that is told of it: "a law on the rights of migrants"."""
        last = patient
        while last.tail is not None:
            last = last.tail[1]
        return last.end

    def _end(self, clause: Clause, phrase: Phrase) -> int:
        """Where the words that tell a deed end: behind the last phrase of its clause."""
        return max([phrase.end, *(n.end for n in clause.objects), *(n.end for _, n in clause.preps)])


def read_events(said: Said) -> tuple[Tried, ...]:
    """What each predicate of a sentence told: an event, or why it is none, in the order of the words."""
    found = list(_Teller(said).tried())
    return tuple(sorted(found, key=lambda tried: tried.start))
