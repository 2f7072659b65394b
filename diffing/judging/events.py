"""The events of both narratives of a pair, which of them are alike, and the table `events`.

Two events are alike where they are of one frame, object, class of doer and reality; of a harm to many it is enough that
it is of one kind and by the same doers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

from msgspec import Struct

from diffing.judging.evidence import Evidence
from diffing.language.analysis import analyse
from diffing.language.groups import apart
from diffing.language.stems import overlap, overlap_of_shorter, stems
from diffing.model import Event, Narrative, Pair, Rule, ToldEvent

# From this share of its words on an object is the one that the old text names. Range 0.4 to 0.8; lower takes a second
# law for the first one told again, higher takes a law in other words for a second one.
SAME_OBJECT = 0.5

# From this share of the words of a whole telling on it is told again, whatever it is about. Range 0.6 to 0.9.
RETOLD = 0.65

# Events of one frame in the old text with which an event of the new one is compared. Range 200 to 2,000; default 300,
# where the longest real text tells 56. Of more those are taken that share its rarest words, for what is told
# again has them; the time of all with all would grow with the square: 3,200 raids took half a minute.
MOST_COMPARED = 300

# Of these a bare noun ("a law") names no one thing.
_NAMED_BY_KIND = frozenset(("instruments", "orders", "restrictions"))

# What a row of `events` takes as it is.
_COPIED = (
    *("frame", "predicate", "effect", "doer", "doer_basis", "object", "worth", "value", "polarity", "said_by"),
    *("alleged", "comparison", "example", "text"),
)
# Classes of people: of these the class is the like, not the name.
PEOPLE = frozenset((
    "protected", "people", "offenders", "suspects", "accused_officials", "armed_groups", "civil", "media_doer",
    "forces", "judges", "communities",
))  # fmt: skip


class PlacedEvent(Struct, frozen=True):
    """An event of a narrative with where it stands, and the stems of its object and of the words that tell it."""

    event: Event
    sentence: int
    section: str
    object: frozenset[str]
    words: frozenset[str]


class Events:
    """The events of both narratives of a pair, read once."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    @cached_property
    def old(self) -> dict[str, list[PlacedEvent]]:
        """Those of the old narrative, by frame."""
        return self._by_frame(self.evidence.pair.old)

    @cached_property
    def new(self) -> dict[str, list[PlacedEvent]]:
        """Those of the new narrative, by frame."""
        return self._by_frame(self.evidence.pair.new)

    @property
    def every_old(self) -> Iterator[PlacedEvent]:
        """All of the old narrative, those of one frame together."""
        return chain.from_iterable(self.old.values())

    def _by_frame(self, narrative: Narrative) -> dict[str, list[PlacedEvent]]:
        found: dict[str, list[PlacedEvent]] = {}
        for event, index, section in events_of(narrative):
            if not self.evidence.is_recommendation(section):  # what is wished for is not told
                found.setdefault(event.frame, []).append(placed(event, index, section))
        return found

    def like(self, told: PlacedEvent) -> PlacedEvent | None:
        """The like in the old text: the same frame, object, class of doer and reality; None where there is none."""
        event = told.event
        if event.incident_kind and event.many and (harm := self._harm_to_many(told)) is not None:
            return harm
        best: tuple[float, PlacedEvent] | None = None
        for other in self._nearest(told):
            if other.event.polarity != event.polarity or other.event.reality is not event.reality:
                continue
            if event.comparison == "first" and other.event.comparison != "first":
                continue  # the report's own word for it
            share = self._likeness(told, other)
            if share and (best is None or share > best[0]):
                best = share, other
        return best[1] if best else None

    def _nearest(self, told: PlacedEvent) -> Sequence[PlacedEvent]:
        """The old text's events of a frame, in its order; of over `MOST_COMPARED` those that share the rarest words."""
        of_frame = self.old.get(told.event.frame, ())
        if len(of_frame) <= MOST_COMPARED:
            return of_frame
        holding = self._holding[told.event.frame]
        found: set[int] = set()
        for stem in sorted(told.words & holding.keys(), key=lambda stem: (len(holding[stem]), stem)):
            found.update(islice(holding[stem], MOST_COMPARED - len(found)))
        found.update(range(MOST_COMPARED - len(found)))
        return [of_frame[n] for n in sorted(found)]

    @cached_property
    def _holding(self) -> dict[str, dict[str, list[int]]]:
        """Which of the old events of a frame have a word, by its stem."""
        holding: dict[str, dict[str, list[int]]] = {}
        for frame, events in self.old.items():
            for n, event in enumerate(events):
                for stem in event.words:
                    holding.setdefault(frame, {}).setdefault(stem, []).append(n)
        return holding

    def moved_before(self, told: PlacedEvent) -> bool:
        """Whether the old text says of the same thing in the same section that it went the same way, of any year, and
        no amount tells the two apart; or of a count of people that many were harmed likewise."""
        event = told.event
        here = ((other, other.event) for other in self.every_old if other.section == told.section)
        if event.rule == Rule.HARM and event.value is not None:
            harm = (event.predicate, event.worth, event.doer)
            many = (before for _, before in here if before.many and before.affirmed)
            return any((before.predicate, before.worth, before.doer) == harm for before in many)
        if event.rule != Rule.MOVEMENT or any(map(str.isdigit, event.text)):
            return False
        way = (event.rule, event.direction, event.polarity)
        return any(
            (before.rule, before.direction, before.polarity) == way
            and overlap_of_shorter(told.object, other.object) >= SAME_OBJECT
            and (before.value is None and before.year is None)
            for other, before in here
        )

    def _harm_to_many(self, told: PlacedEvent) -> PlacedEvent | None:
        """A harm of the same kind to many, by the same doers, that the old text tells of its own period, anywhere."""
        event = told.event
        for other in self.every_old:
            before = other.event
            same = before.incident_kind == event.incident_kind and before.doer == event.doer and before.many
            sure = before.dated or before.value is not None
            if same and sure and before.affirmed and before.reality is event.reality:
                return other
        return None

    def _likeness(self, told: PlacedEvent, other: PlacedEvent) -> float:
        event, before = told.event, other.event
        if event.incident_kind and event.many and (not before.many or (event.dated and not before.dated)):
            return 0.0  # a harm to many is more than one case, and a day's more than what happens at times
        if self.another_thing(event.object or "", before.object or ""):
            return 0.0
        if apart(event.text, before.text, self.evidence.pair.new.profile):
            return 0.0
        words = min(overlap(told.words, other.words), 1.0)
        again = words >= RETOLD
        if self.another_time(event, before):
            return words if words >= 0.9 and event.year == before.year else 0.0
        if event.object_class in PEOPLE and event.object_class == before.object_class:
            same_kind = other.section == told.section or event.rule == Rule.DEED
            return max(words, 0.01) if again or same_kind else 0.0
        if event.object_class in _NAMED_BY_KIND and min(len(told.object), len(other.object)) <= 1:
            pair = self.evidence.pair  # "an amendment", "its ban": what it is of stands elsewhere in the sentence
            said = (stems(of.sentences[at.sentence].text) for of, at in ((pair.new, told), (pair.old, other)))
            return share if (share := overlap_of_shorter(*said)) >= SAME_OBJECT else 0.0
        same = overlap_of_shorter(told.object, other.object) >= SAME_OBJECT
        return max(words, 0.01) if again or (same and event.object_class == before.object_class) else 0.0

    def of_another_law(self, told: PlacedEvent, old: int) -> bool:
        """Whether an old sentence is about a law of another name: "Law 7/2 of 2017", where Law 8/1 is signed."""
        law = told.event.object_class == "instruments" and told.event.rule == Rule.LAW_ACT
        return law and self.another_thing(told.event.object or "", self.evidence.pair.old.sentences[old].text)

    def another_thing(self, now: str, before: str) -> bool:
        """Whether two objects have names of their own, and other names, or the new one is a second one."""
        grammar = self.evidence.pair.new.profile.grammar
        names = [
            {word for word in text.split() if word[0].isupper() or "/" in word} - {*grammar["in_names"]}
            for text in (now, before)
        ]
        if all(names) and not names[0] & names[1]:
            return True  # "amended the Mines Act", "amended the Schools Act"
        second = frozenset(grammar["second"])
        return not second.isdisjoint(now.lower().split()) and second.isdisjoint(before.lower().split())

    def another_time(self, event: Event, before: Event) -> bool:
        """Whether the date tells a new deed from an older one of the same words."""
        if not event.dated:
            return False
        period = self.evidence.period
        return before.year is not None and before.year < period and (event.year or period) > before.year


def events_of(narrative: Narrative) -> Iterator[tuple[Event, int, str]]:
    """Every event of a narrative with its sentence and section, in the order of the text."""
    for index, sentence, section in narrative.placed:
        for event in analyse(sentence.text, narrative.profile).events:
            yield event, index, section


def placed(event: Event, sentence: int, section: str) -> PlacedEvent:
    """An event with where it stands."""
    return PlacedEvent(event, sentence, section, stems(event.object or ""), stems(event.text))


def told_events(pair: Pair) -> Iterator[ToldEvent]:
    """The rows of the table `events`: every event of both narratives, of unchanged sentences too."""
    for narrative in (pair.old, pair.new):
        for event, index, section in events_of(narrative):
            offset = narrative.sentences[index].start
            yield ToldEvent(
                country=narrative.country,
                report_year=narrative.year,
                section=section,
                sentence=index,
                event_year=event.year,
                reality=event.reality.value,
                incident=event.incident_kind if _is_incident(event) else None,
                start=event.start + offset,
                end=event.end + offset,
                **{name: getattr(event, name) for name in _COPIED},
            )


def _is_incident(event: Event) -> bool:
    """Whether an event is a case of its own: done, affirmed, and not of many or in general."""
    return event.took_place and not event.charged and (event.example or not event.many)
