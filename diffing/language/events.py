"""The events of a sentence: which frames its clauses tell, and how each is meant.

A verb or a noun tells a predicate; its doer and its object are those of its clause; the first frame of the profile
that takes the predicate, the class of the object and the doer is the event's. What stands over it (a denial, a plan, a
law, a condition) comes from the scopes and from the clauses that it hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diffing.language.clauses import CONCEDED, Clause
from diffing.language.phrases import Phrase, Words
from diffing.language.scopes import Scope
from diffing.language.things import Thing, things
from diffing.language.times_of import EventTime
from diffing.language.vocabulary import Vocabulary
from diffing.model.events import Event, Reality, direction_of
from diffing.profile import Frame, Predicate

_VIOLENT = "killings and violence"
# From so many people on a harm is no single case. The design's figure.
MANY = 10

# In which order what stands over a deed decides how real it is.
_UNREAL = (
    ("asked", Reality.ASKED),
    ("conditional", Reality.CONDITIONAL),
    ("planned", Reality.PLANNED),
    ("law", Reality.LAW),
)
# Verbs whose infinitive or gerund took place with them.
_GOES_ON = frozenset("begin start continue resume manage proceed help finish stop go".split())
_LED_BY = frozenset(("by", "including", "after", "through", "and", "or", ",", "", "without", "in", "while", "before"))
_ACCUSING = frozenset(("for", "of", "with", "on", "over", "under", "on charges of", "in connection with"))
_CHARGES = frozenset("charge charges count counts suspicion accusation accusations allegations".split())
_BEHIND_NOUN = frozenset(("of", "in", "to", "on", "against", "for", "from", "at"))
_WHOLE = frozenset("hundreds thousands dozens scores all many crowd community communities mass".split())
_CLAIMING = frozenset("allege claim accuse complain denounce".split())
_NEW = frozenset("new amended revised amendment amendments reform reforms changes".split())
_HARDLY = frozenset("hardly rarely seldom scarcely".split())


@dataclass(frozen=True, slots=True)
class Tried:
    """A predicate that a clause told and what became of it: an event, or the reason why it is none."""

    words: str
    start: int
    end: int
    event: Event | None
    refused: str = ""


class _Teller:
    """Reads the events of one sentence."""

    def __init__(self, words: Words, parts: list[Phrase], told: list[Clause], scopes: tuple[Scope, ...],
                 known: Vocabulary) -> None:  # fmt: skip
        self.words, self.parts, self.told, self.scopes, self.known = words, parts, told, scopes, known
        self.kinds: dict[int, tuple[Thing, ...]] = {}
        self.time = EventTime(words, parts, known)
        self.taken: set[int] = set()  # noun phrases that are the object of an event already

    def tried(self) -> Iterator[Tried]:
        for clause in self.told:
            lemma = clause.verb.lemma
            for way in ("verb", "alone", "state"):
                predicates = self.known.acts.get((way, lemma), ())
                if predicates:
                    tried = self._try(clause, predicates, way)
                    yield tried
                    if tried.event is not None:
                        break
        for phrase in self.parts:
            if phrase.kind == "noun" and id(phrase) not in self.taken:
                lemma = self.known.act_nouns.get(self.words.folded[phrase.head], "")
                if lemma and (clause := self._governing(phrase)) is not None:
                    yield self._try_noun(phrase, lemma, clause)

    def things(self, phrase: Phrase) -> tuple[Thing, ...]:
        """The classes of a phrase, looked up once."""
        key = id(phrase)
        if key not in self.kinds:
            self.kinds[key] = things(phrase, self.words, self.known)
        return self.kinds[key]

    # --- verbs

    def _try(self, clause: Clause, predicates: tuple[Predicate, ...], way: str) -> Tried:
        verb = clause.verb
        words = self.words.text[verb.start : verb.end]
        alone = way in ("alone", "state")
        if alone and (clause.passive or clause.objects):
            return Tried(words, verb.start, verb.end, None, "it has an object")
        patients = clause.subjects if alone else clause.patients
        if not patients:
            return Tried(words, verb.start, verb.end, None, "nothing is named that it acts on")
        doer, basis = ("unknown", "assumed") if alone else self._doer(clause)
        found = self._frame(predicates, patients, doer)
        if found is None:
            named = {thing.name for patient in patients for thing in self.things(patient)}
            why = f"no frame takes {' or '.join(sorted(named)) or 'what it acts on'} by {doer}"
            return Tried(words, verb.start, verb.end, None, why)
        frame, predicate, patient, thing = found
        self.taken.add(id(patient))
        direction = self._direction(frame, predicate, thing, patient, clause)
        event = self._event(
            frame, predicate, patient, thing, direction, clause, verb.head, verb.start, doer=doer, basis=basis
        )
        return Tried(words, verb.start, verb.end, event)

    def _frame(
        self, predicates: tuple[Predicate, ...], patients: list[Phrase], doer: str
    ) -> tuple[Frame, Predicate, Phrase, Thing] | None:
        """The first frame of the profile that fits any of what it acts on."""
        best: tuple[int, Frame, Predicate, Phrase, Thing] | None = None
        for patient in patients:
            kinds = self.things(patient)
            head = self.words.folded[patient.head]
            for predicate in predicates:
                if kinds and all(thing.name in predicate.nothing_with for thing in kinds):
                    continue
                for frame in self.known.frames.get(predicate.name, ()):
                    if frame.doers and doer not in frame.doers:
                        continue
                    thing = self._fits(frame, kinds, head)
                    order = self.known.order[frame.name]
                    if thing is not None and (best is None or order < best[0]):
                        best = order, frame, predicate, patient, thing
        return best[1:] if best is not None else None

    def _fits(self, frame: Frame, kinds: tuple[Thing, ...], head: str) -> Thing | None:
        if not kinds and head.isdigit() and frame.incident == _VIOLENT:
            return Thing("protected", "person", head)  # "killing 12"
        if not frame.objects:
            return kinds[0] if kinds else Thing("", "neutral", head)
        for thing in kinds:
            if thing.name in frame.objects:
                return thing
        if any(name.startswith("=") and head in (name[1:], name[1:] + "s") for name in frame.objects):
            return Thing("", "neutral", head)
        return None

    def _doer(self, clause: Clause) -> tuple[str, str]:
        """The class of who does it, and how that is known."""
        if clause.passive:
            doers = [noun for prep, noun in clause.preps if prep == "by"]
        else:
            doers = clause.subjects
        if not doers:
            return "unknown", "assumed"
        basis = "inherited" if clause.inherited else "named"
        found = [self._class_of_doer(doer) for doer in doers]
        for name in ("state", "armed", "civil", "private", "international", "media"):
            if name in found:
                return name, "assumed" if doers[0].kind == "Q" else basis
        return "unknown", basis

    def _class_of_doer(self, doer: Phrase) -> str:
        if doer.kind == "Q":
            return "state" if doer.words[0] == "it" else "unknown"
        kinds = self.things(doer)
        named = [thing.doer for thing in kinds if thing.doer]
        if named:
            return named[0]
        if any(thing.worth in ("person", "offender") for thing in kinds):
            return "private"
        if any(thing.name == "instruments" for thing in kinds):
            return "state"
        return "unknown"

    # --- nouns

    def _governing(self, phrase: Phrase) -> Clause | None:
        """The clause that a noun phrase stands in."""
        for clause in self.told:
            if phrase in clause.subjects or phrase in clause.objects or any(n is phrase for _, n in clause.preps):
                return clause
        return None

    def _try_noun(self, phrase: Phrase, lemma: str, clause: Clause) -> Tried:
        words = self.words.text[phrase.start : phrase.end]
        predicates = self.known.acts.get(("noun", lemma), ())
        if phrase.tail is not None and phrase.tail[0] in _BEHIND_NOUN:
            patient = phrase.tail[1]
        else:
            inner = self._before_head(phrase)
            if inner is None:
                return Tried(words, phrase.start, phrase.end, None, "nothing is named that it acts on")
            patient = inner
        by = next((n for prep, n in clause.preps if prep == "by"), None) if not clause.passive else None
        doer = self._class_of_doer(by) if by is not None else "unknown"
        found = self._frame(predicates, [patient], doer)
        if found is None:
            return Tried(words, phrase.start, phrase.end, None, "no frame takes what it acts on")
        frame, predicate, patient, thing = found
        direction = self._direction(frame, predicate, thing, patient, clause)
        event = self._event(
            frame, predicate, patient, thing, direction, clause, phrase.head, phrase.start, doer=doer, basis="assumed",
            noun=phrase,
        )  # fmt: skip
        return Tried(words, phrase.start, phrase.end, event)

    def _before_head(self, phrase: Phrase) -> Phrase | None:
        """What stands before the head within its phrase: "the shelter closure"."""
        if phrase.head == phrase.first:
            return None
        words = self.words
        last = phrase.head - 1
        inner = Phrase("noun", phrase.first, last, words.starts[phrase.first], words.end(last), last,
                       words=words.folded[phrase.first : last + 1])  # fmt: skip
        return inner if self.things(inner) else None

    # --- how it is meant

    def _direction(self, frame: Frame, predicate: Predicate, thing: Thing, patient: Phrase, clause: Clause) -> int:
        if frame.direction is None and thing.name != "instruments":
            return direction_of(predicate.effect, thing.worth)
        if thing.name == "instruments":
            inner = self._inner(patient, clause)
            if inner is not None:
                return -inner if predicate.effect == "less" else inner
        return frame.direction or 0

    def _inner(self, patient: Phrase, clause: Clause) -> int | None:
        """What the same clause says of an instrument: "a law that bans strikes", "amended the code to raise fines"."""
        signs = set()
        told = False
        for other in self.told:
            describes = other.whose is patient or (other.leader is clause and other.kind in ("infinitive", "gerund"))
            if not describes or other is clause:
                continue
            for way in ("verb", "alone"):
                for predicate in self.known.acts.get((way, other.verb.lemma), ()):
                    for noun in other.objects:
                        for thing in self.things(noun):
                            told = True
                            sign = direction_of(predicate.effect, thing.worth)
                            if sign:
                                signs.add(-sign if other.verb.denied else sign)
        if not told and patient.tail is not None:
            worth = {thing.worth for thing in self.things(patient.tail[1])}
            return 0 if "restriction" in worth else None
        if not told:
            return None
        return signs.pop() if len(signs) == 1 else 0

    def _event(
        self, frame: Frame, predicate: Predicate, patient: Phrase, thing: Thing, direction: int, clause: Clause,
        at: int, start: int, *, doer: str, basis: str, noun: Phrase | None = None,
    ) -> Event:  # fmt: skip
        over = self._over(clause, at, noun)
        denied = self._denied(clause, patient, over, noun)
        value = self.time.value(patient)
        end = self._end(clause, noun or clause.verb)
        return Event(
            frame=frame.name,
            predicate=predicate.name,
            effect=predicate.effect,
            doer=doer,
            doer_basis=basis,
            object=self.words.text[patient.start : patient.end],
            object_class=thing.name,
            worth=thing.worth,
            direction=direction,
            polarity="denied" if denied else "affirmed",
            reality=self._reality(clause, over, noun),
            said_by=self._said_by(clause),
            alleged="alleged" in over or "reported" in over or self._claimed(clause),
            comparison=self._comparison(patient, over),
            example="example" in over,
            charge=self._charge(clause),
            charged="charged" in over or self._answers(clause),
            earlier="earlier" in over or (clause.verb.perfect and clause.verb.past),
            year=self.time.year(clause, start, end),
            dated=self.time.dated(clause, start, end),
            value=value,
            many=(value or 0) >= MANY or any(word in _WHOLE for word in patient.words) or thing.noun in _WHOLE,
            incident=frame.incident or None,
            rule=frame.rule,
            clause="noun" if noun is not None else clause.kind,
            text=self.words.text[start:end],
            start=start,
            end=end,
        )

    def _charge(self, clause: Clause) -> str:
        """What somebody is pursued for: a wrong, what they said (speech), or nothing that is named."""
        found = set()
        for prep, noun in clause.preps:
            if prep in _ACCUSING:
                reached = noun.tail[1] if noun.tail is not None and noun.words[-1] in _CHARGES else noun
                for thing in self.things(reached):
                    found.add("speech" if thing.name in ("speech", "rights") else thing.worth)
        for other in self.told:
            if other.leader is clause and other.kind == "gerund" and other.opener in _ACCUSING:
                found |= self._deed_charged(other)
        if "speech" in found:
            return "speech"
        return "wrong" if "violation" in found else ""

    def _deed_charged(self, clause: Clause) -> set[str]:
        if clause.verb.lemma in self.known.words.get("speaking", ()):
            return {"speech"}
        for predicate in self.known.acts.get(("verb", clause.verb.lemma), ()):
            for noun in clause.objects:
                if any(direction_of(predicate.effect, thing.worth) < 0 for thing in self.things(noun)):
                    return {"violation"}
        return {thing.worth for noun in clause.objects for thing in self.things(noun)}

    def _over(self, clause: Clause, at: int, noun: Phrase | None) -> set[str]:
        place = self.words.starts[at]
        return {scope.kind for scope in self.scopes if scope.holds(place)}

    def _denied(self, clause: Clause, patient: Phrase, over: set[str], noun: Phrase | None) -> bool:
        if "no_longer" in over:
            return True
        denials = "denied" in over or (clause.verb.denied and "affirmed" not in over and noun is None)
        if "nothing" in over and not any(word in ("no", "never", "not") for word in patient.words[:1]):
            denials = "denied" in over and "nothing" not in over
        if "affirmed" in over:
            denials = False
        if patient.words[:1] in (("no",), ("none",), ("neither",)) or any(w in _HARDLY for w in clause.verb.words):
            denials = True
        return denials

    def _reality(self, clause: Clause, over: set[str], noun: Phrase | None) -> Reality:
        for kind, reality in _UNREAL:
            if kind in over:
                return reality
        if clause.kind == "conditional":
            return Reality.CONDITIONAL
        if self._is_law(clause):
            return Reality.LAW
        verb = clause.verb
        if clause.kind in ("infinitive", "gerund") and clause.leader is not None:
            lead = self._reality(clause.leader, set(), None)
            if lead is not Reality.DONE or clause.leader.verb.denied:
                return lead
            goes_on = clause.leader.verb.lemma in _GOES_ON
            if clause.kind == "infinitive":
                return Reality.DONE if goes_on else Reality.UNCOMMITTED
            return Reality.DONE if goes_on or clause.opener in _LED_BY else Reality.UNCOMMITTED
        if clause.kind == "relative" and verb.ing and clause.leader is not None:
            return Reality.UNCOMMITTED if self._names_law(clause) else self._reality(clause.leader, set(), None)
        if verb.form in ("base", "s") and not verb.past and not verb.perfect:
            return Reality.ONGOING
        if not verb.past and not verb.perfect and (verb.passive or verb.form in ("aux", "state", "ing")):
            return Reality.ONGOING if verb.finite else Reality.UNCOMMITTED
        return Reality.DONE

    def _names_law(self, clause: Clause) -> bool:
        return clause.whose is not None and any(t.name == "instruments" for t in self.things(clause.whose))

    def _is_law(self, clause: Clause) -> bool:
        """Whether a clause says what a rule says: its subject is an instrument, or the noun that it describes is."""
        doers = [] if clause.passive else clause.subjects
        for doer in doers[:1]:
            if any(thing.name == "instruments" for thing in self.things(doer)):
                acts = ("alone", clause.verb.lemma) in self.known.acts and not clause.objects
                # "a new decree increased the wage" tells a deed, "the law provided for" a rule
                return not clause.verb.past or not (acts or not _NEW.isdisjoint(doer.words))
        return clause.kind in ("infinitive", "gerund", "reported") and clause.leader is not None and self._is_law(clause.leader)

    def _answers(self, clause: Clause) -> bool:
        return clause.kind == "gerund" and clause.opener in ("for", "of", "with")

    def _said_by(self, clause: Clause) -> str:
        lead = clause
        while lead.leader is not None and lead.kind in ("infinitive", "gerund", "relative", "reduced"):
            lead = lead.leader
        if lead.kind == "reported" and lead.leader is not None:
            return self._doer(lead.leader)[0]
        return "report"

    def _claimed(self, clause: Clause) -> bool:
        return clause.kind == "reported" and clause.leader is not None and clause.leader.verb.lemma in _CLAIMING

    def _comparison(self, patient: Phrase, over: set[str]) -> str | None:
        first = patient.words[0]
        if patient.words[1:2] == ("than",):
            first = ""
        if first in ("more", "fewer", "less", "additional", "another", "same"):
            return {"less": "fewer", "additional": "more", "another": "again"}.get(first, first)
        return next((kind for kind in ("no_longer", "first", "again") if kind in over), None)

    def _end(self, clause: Clause, phrase: Phrase) -> int:
        """Where the words that tell a deed end: behind the last phrase of its clause."""
        last = max([phrase.end, *(n.end for n in clause.objects), *(n.end for _, n in clause.preps)])
        return last


def read_events(
    words: Words, parts: list[Phrase], told: list[Clause], scopes: tuple[Scope, ...], known: Vocabulary
) -> tuple[Tried, ...]:
    """What each predicate of a sentence told: an event, or why it is none, in the order of the words."""
    found = list(_Teller(words, parts, told, scopes, known).tried())
    return tuple(sorted(found, key=lambda tried: tried.start))


def is_conceded(clause: Clause) -> bool:
    """Whether a clause is conceded to another ("although ...")."""
    return clause.kind == "conceded" and clause.opener in CONCEDED
