"""News: deeds and harms of the new narrative that the old one does not tell, like with like.

Each finding is an event of the new text. It counts where it took place in the period, where the old text does not tell
the like (the same frame with the same object, class of doer and reality), and where which way it goes is known. An
incident, a harm to single people or one case of many, is no trend: it is listed and gives no finding by itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from functools import partial

from diffing.judging.comparable_figures import period_in
from diffing.judging.doubts import of_event
from diffing.judging.events import PEOPLE, Events, PlacedEvent, placed
from diffing.judging.evidence import OVERVIEWS, Evidence, Passage, compare
from diffing.judging.quoting import quoted, whole_clause
from diffing.judging.strength import UNANSWERED
from diffing.language.analysis import Analysis
from diffing.language.event_times import day_of
from diffing.language.standing import standings
from diffing.language.stems import overlap_of_shorter, stems
from diffing.language.word_lists import pieces
from diffing.model import Event, Finding, Reality, Reason, Rule, Verdict

# From this share of its words on, of so many at least, a deed stands in an old sentence. Range 0.8 to 1, and 3 to 6.
WORD_FOR_WORD = 0.9
ENOUGH = 4

# From this share of their words on two findings of one rule are one event told twice. Range 0.5 to 0.9.
SAME_EVENT = 0.6

# So many stems an act shares with what its law lacked before. Range 2 to 4.
OF_ONE_MATTER = 2

# So many sentences away an arrest stands of those who are told to have been freed. Range 1 to 4.
BESIDE = 2

# Clauses whose deeds are told for themselves; of the others ("the man who had been shot") one hears in passing.
_TOLD = frozenset(("main", "reported", "gerund", "conceded", "noun", "infinitive"))
_DESCRIBES = frozenset(("relative", "reduced"))
# So many words of an event say what it is without their subject. Range 2 to 5; lower quotes "took effect" of nothing.
ENOUGH_TO_QUOTE = 4

# So many words a title quotes of a clause: whom an act is on stands behind its object. Range 16 to 40.
WHOLE_CLAUSE = 26

# A clause of these stands beside the one before it; others belong to what that one tells.
_BESIDE = frozenset(("main", "conceded", "conditional", "circumstance"))
# No clause ends in a determiner, preposition, relative, subordinator or conjunction: the letters of these.
_OPEN_ENDED = frozenset("DPRSC")

# What may not stand between an event and the subject that is quoted with it.
_PARTING = frozenset(",;:()“”")
# Rules that need no date: the words compare by themselves.
_COMPARE = frozenset((Rule.MOVEMENT, Rule.STOPPED, Rule.UNFULFILLED))
# An act of law, or its undoing, is worth what it is of.
_OF_LAW = frozenset((Rule.LAW_ACT, Rule.LAW_UNDONE))
# Deeds that were left.
_OMITTED = frozenset((Rule.STOPPED, Rule.UNFULFILLED))
# What is told a year late and is news all the same.
_LATE = frozenset((Rule.MOVEMENT, Rule.DISCLOSURE))
# What a noun alone may tell: "the closure of the shelter". People are arrested and freed by verbs.
_BY_NOUN = frozenset((Rule.MOVEMENT, Rule.LAW_UNDONE, Rule.LAW_ACT))
# Of these a few that were pursued, freed or helped are cases; offenders and officials stand for what they did.
_BODIES = frozenset(("civil", "media_doer"))
_NOBODYS = frozenset(("suspects", "people", "protected", "armed_groups"))


def event_findings(evidence: Evidence, events: Events, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each event of the new text that is news; an event told twice is one.

    Of the new sentences `taken` a comparison is a finding already: no movement or deed is read from them again.
    """
    kept: list[Kept] = []
    for passage, j in evidence.told_now:
        for told in _news(evidence, events, passage, j, taken):
            _keep(evidence, events, passage, told, kept)
    yield from (finding for finding, _ in kept)


Kept = tuple[Finding, PlacedEvent]


def _keep(evidence: Evidence, events: Events, passage: Passage, told: PlacedEvent, kept: list[Kept]) -> None:
    """Adds the finding of an event, unless it is told already; the overview gives way to the section's own telling."""
    rule = Rule[told.event.rule.upper()]
    same = ((n, *one) for n, one in enumerate(kept) if one[0].rule is rule)
    here = (told.sentence,)
    place = next((n for n, f, at in same if f.new_sentences == here or _again(evidence, told, at)), len(kept))
    if place < len(kept) and kept[place][0].section not in OVERVIEWS:
        return
    event = told.event
    linked = tuple(i for i in passage.old if i in evidence.old_facts and not events.of_another_law(told, i))
    if event.comparison == "first" and (undone := _left_undone(events, told, shared=1)):
        linked = linked if linked == undone else ()
    old = linked or _silence(evidence, passage, rule) or _gap(evidence, passage, rule)
    old = old or evidence.replaced_by(passage, told.words) or _left_undone(events, told)
    share = 1.0 if linked or event.comparison or rule in _COMPARE else UNANSWERED
    analysed = evidence.said(told.sentence)
    said = _with_subject(analysed, event)
    like, before = evidence.old_told.nearest(stems(analysed.text), evidence.old_facts)
    before = 0.0 if like >= 0 and (_denies(evidence, like, told) or _lacks(evidence, like)) else before
    made = evidence.finding(
        rule,
        _verdict(event, analysed if rule in _OF_LAW and evidence.switch(Rule.TURNED).on else None),
        f"New in the {evidence.pair.new.year} report: “{said}”.",
        old=old,
        new=passage.new if linked else (told.sentence,),
        share=share,
        doubt=of_event(evidence, analysed, event, before, events.moved_before(told)),
        reason=Reason(
            words=quoted(event.text),
            sought=_sought(event),
            of="first" if event.comparison == "first" else event.object_class,
            found=quoted(evidence.text_of(old, True) or "") if linked or rule is Rule.DISCLOSURE else "",
        ),
    )
    kept[place : place + len(made)] = [(finding, told) for finding in made]


def _again(evidence: Evidence, told: PlacedEvent, before: PlacedEvent) -> bool:
    """Whether two events of the new text are one told twice: the same words of the same thing, not of two days."""
    days = {day for at in (told, before) if (day := day_of(evidence.said(at.sentence).words))}
    shares = overlap_of_shorter(told.words, before.words), overlap_of_shorter(told.object, before.object)
    return min(shares) >= SAME_EVENT and len(days) < 2


def _with_subject(said: Analysis, event: Event) -> str:
    """The words that tell an event, led by their subject where that stands near before them: "a new law took effect".

    A few words whose subject is farther off ("improved") are quoted with their whole clause.
    """
    told = quoted(_with_complement(said, event), WHOLE_CLAUSE)
    clause = said.clause_of(event)
    own = clause is not None and clause.verb.finite and (clause.kind == "main" or not clause.inherited)
    if clause is not None and own and clause.subjects and clause.subjects[0].end <= event.start:
        subject = clause.subjects[0]
        between = said.text[subject.end : event.start]
        if _PARTING.isdisjoint(between):
            return f"{said.text[subject.start : subject.end]}{' … ' if between.strip() else ' '}{told}"
    return told if len(told.split()) >= ENOUGH_TO_QUOTE else whole_clause(said.text, event.start)


def _with_complement(said: Analysis, event: Event) -> str:
    """The words of an event up to the end of their clause: "adopted legislation" on what."""
    ends, inside = [len(said.text)], False
    for clause in said.clauses:
        if clause.verb.start < event.end:
            continue
        own = [part.start for part in clause.subjects if part.start >= event.end and not clause.inherited]
        if clause.kind in _BESIDE and (own or not inside):
            ends.append(min(own, default=clause.verb.start))
        inside = inside or clause.kind == "relative"  # "who were held and beaten"
    piece = next(one for one in pieces(said.text) if one.start + len(one.text) > event.start)
    end = max(event.end, min((*ends, piece.start + len(piece.text))))
    if said.text.count("“", event.start, end) > said.text.count("”", event.start, end):
        end = said.text.find("”", end) + 1 or end  # no title is cut
    words = said.text[event.start : end].split()
    while len(words) > 1 and said.known.use(words[-1].lower()).letter in _OPEN_ENDED:
        words.pop()
    return " ".join(words)


def _sought(event: Event) -> str:
    """What would have been the like of an event, in words."""
    kind = event.frame.replace("_", " ")
    if event.incident_kind and event.many:
        return f"a harm of the same kind ({event.incident_kind}) to many, by the same doers"
    return f"the same deed ({kind}) with “{event.object}”" if event.object else f"the same deed ({kind})"


def _gap(evidence: Evidence, passage: Passage, rule: Rule) -> tuple[int, ...]:
    """What the section said that the law lacks and says so no more, where an act of the same matter is told now."""
    if rule is not Rule.LAW_ACT:
        return ()
    words = stems(passage.new_text)
    gaps = {
        i
        for i in evidence.old_told.sharing(words, OF_ONE_MATTER) & evidence.changed_facts[passage.section]
        if _lacks(evidence, i)
    }
    index, _ = evidence.old_told.nearest(words, gaps)
    return (index,) if index >= 0 else ()


def _left_undone(events: Events, told: PlacedEvent, shared: int = 0) -> tuple[int, ...]:
    """The old sentence of the section that said that it was not done: "no official was prosecuted"."""
    now = ("denied", told.event.object_class, told.event.direction)
    here = [other for other in events.every_old if other.section == told.section]
    like = [o for o in here if (o.event.polarity, o.event.object_class, o.event.direction) == now]
    nearest = max(like, key=lambda other: len(other.words & told.words), default=None)
    return (nearest.sentence,) if nearest is not None and len(nearest.words & told.words) >= shared else ()


def _lacks(evidence: Evidence, old: int) -> bool:
    """Whether an old sentence says of anything that it is not so."""
    return any(not affirmed for _, affirmed in evidence.said(old, newer=False).verbs)


def _silence(evidence: Evidence, passage: Passage, rule: Rule) -> tuple[int, ...]:
    """The old sentence of the section that said that nothing was told, where something is made public now."""
    if rule is not Rule.DISCLOSURE:
        return ()
    silence = evidence.pair.new.profile.grammar["silence"]
    sentences = evidence.pair.old.sentences
    among = [i for other in evidence.passages if other.section == passage.section for i in other.old]
    return tuple(i for i in among if any(words in sentences[i].text for words in silence))[:1]


def _verdict(event: Event, said: Analysis | None) -> Verdict:
    """The verdict on an event; an act of which nobody can tell what it is worth goes by how things stand under it."""
    sign = -event.direction if event.comparison == "fewer" else event.direction
    if said is not None and (not sign or (sign < 0 and event.rule == Rule.LAW_UNDONE)):
        told = [one for one in standings(said) if not one.earlier and not one.plain]
        of_it = [one for one in told if event.text.partition(" ")[0] in one.words.split()]
        sign = sum({one.sign for one in of_it or told}) or sign  # "canceled the fines of victims"
    if event.clause == "conceded" and sign > 0:
        return Verdict.MIXED  # "although a law was adopted, no one enforced it"
    return compare(0, sign) if sign else Verdict.UNCLEAR


def _news(evidence: Evidence, events: Events, passage: Passage, j: int, taken: Container[int]) -> Iterator[PlacedEvent]:
    """The events of a new sentence that are news."""
    said = evidence.said(j)
    told_events = [event for event in said.events if event.rule or event.direction]
    if not told_events:
        return  # most sentences
    old = tuple(i for i in passage.old if i in evidence.old_facts)
    known = stems(evidence.text_of(old, True) or "")
    need_dates = {frame.name for frame in evidence.pair.new.profile.frames if frame.dated}
    own = {name for name, _ in evidence.new_counts.get(j, ())}
    counted = bool(own and period_in(said.text, evidence.judging.periods)[0])  # half a year's number is no new deed
    counted = counted and any(name in own for told in evidence.old_counts.values() for name, _ in told)
    no_law_yet = _is_no_law_yet(evidence, j)
    fulfilling = evidence.pair.new.profile.grammar["fulfilling"]
    for event in map(partial(_as_omission, said, fulfilling), told_events):
        if not event.rule or not evidence.switch(Rule[event.rule.upper()]).on:
            continue
        rule = Rule[event.rule.upper()]
        done_before = any(o.event.affirmed for o in events.old.get(event.frame, ()))
        compared = (j in taken or (counted and done_before)) and event.comparison != "first"
        if compared and rule in (Rule.MOVEMENT, Rule.DEED):
            continue
        listed = evidence.judging.deeds_are_of_the_period and (event.frame not in need_dates or event.clause == "main")
        if refusal(event, evidence.period, listed):
            continue
        told = placed(event, j, passage.section)
        if known and not told.words - known and not any(_denies(evidence, i, told) for i in old):
            continue  # not a word of it is new
        if rule is Rule.HARM and _goes_on(said, event):
            continue  # it was so before
        if (rule is Rule.MOVEMENT and _is_law(said, event)) or (rule is Rule.LAW_ACT and no_law_yet):
            continue
        if _of_those_taken(events, told) or _is_only_a_bill(evidence, event):
            continue  # arrested and let go; or introduced, and not passed
        index, share = evidence.old_told.nearest(told.words, evidence.old_facts)
        if share >= WORD_FOR_WORD and len(told.words) >= ENOUGH and not _denies(evidence, index, told):
            continue
        listed_now = evidence.judging.deeds_are_of_the_period or event.comparison == "first"
        if rule is Rule.DISCLOSURE and not (listed_now or _silence(evidence, passage, rule)):
            continue  # nobody says that it was not published before
        if events.like(told) is None:
            yield told


def _denies(evidence: Evidence, index: int, told: PlacedEvent) -> bool:
    """Whether an old sentence denies, plans, drafts or asks for what it tells."""
    said, now = evidence.said(index, newer=False), evidence.said(told.sentence)
    under, still = (
        [one.text[s.start : s.end] for s in one.scopes if s.kind in ("denied", "planned", "asked")]
        for one in (said, now)
    )
    denied = frozenset[str]().union(*map(stems, under)) & (told.words - told.object)
    if denied:
        return not denied <= frozenset[str]().union(*map(stems, still))  # or both deny it
    return any(not event.took_place or event.rule == Rule.LAW_DRAFTED for event in said.events)


def _goes_on(said: Analysis, event: Event) -> bool:
    """Whether a sentence says of a deed that it went on: "continued to arrest", "still arrested"."""
    clause = said.clause_of(event)
    leader = clause and clause.leader
    led = leader is not None and leader.verb.lemma in ("continue", "remain")
    return led or "still" in event.text.lower().split()


def _is_law(said: Analysis, event: Event) -> bool:
    """Whether the sentence says what the law lays down: "penalties increased to ten years if a child was involved"."""
    penalties = said.known.listed("penalties") & frozenset((event.object or "").lower().split())
    return bool(penalties) and not event.dated and any(c.opener in ("if", "when", "where") for c in said.clauses)


def _is_no_law_yet(evidence: Evidence, j: int) -> bool:
    """Whether what a new sentence tells of a law is one step of several: a committee's vote, an unsigned act."""
    here, *after = (one.text for one in evidence.pair.new.sentences[j : j + 2])
    unsigned = any(evidence.first("unsigned", text) for text in (here, *after))
    return unsigned or evidence.first("no_law_yet", here) is not None


def _is_only_a_bill(evidence: Evidence, event: Event) -> bool:
    """Whether it is a bill's way, and no law: introduced, submitted, being discussed."""
    return bool(evidence.first("bills", event.object or "") and evidence.first("steps_of_a_bill", event.text))


def _of_those_taken(events: Events, told: PlacedEvent) -> bool:
    """Whether those who were freed are those whom the sentences around it tell to have been taken."""
    if told.event.frame != "person_freed":
        return False
    others = (other for of_frame in events.new.values() for other in of_frame)
    return any(o.event.incident_kind == "arrests" and abs(o.sentence - told.sentence) <= BESIDE for o in others)


def _as_omission(said: Analysis, fulfilling: Iterable[str], event: Event) -> Event:
    """A deed that is no longer done, or was promised and not done by now, as the event that it is itself."""
    if event.reality is not Reality.DONE or not event.direction:
        return event
    if event.affirmed:
        first = event.comparison == "first" and event.direction > 0 and not event.rule
        return replace(event, rule=Rule.DEED.value) if first else event
    if event.comparison == "no_longer":
        rule = Rule.STOPPED if event.direction > 0 else Rule.LAW_UNDONE
    elif event.rule == Rule.LAW_ACT and any(e.rule == event.rule and e.affirmed for e in said.events):
        return event  # "the code that parliament passed has not been published"
    elif event.direction > 0 and any(words in said.text.lower() for words in fulfilling):
        rule = Rule.UNFULFILLED
    else:
        return event
    return replace(event, rule=rule.value, direction=-event.direction, comparison="no_longer", incident_kind=None)


def _compares(event: Event, rule: Rule) -> bool:
    """Whether the words compare by themselves: what moved, not what somebody else is said to have moved."""
    return rule in _COMPARE and (event.by_the_state or rule is not Rule.MOVEMENT)


def _of_few(event: Event, rule: Rule) -> bool:
    """Whether a deed is done to one alone, or to a few of whom nobody can tell how they stand for others."""
    few = rule is Rule.DEED and not event.many and event.object_class in _NOBODYS
    of_people = event.object_class in PEOPLE - _BODIES
    alone = rule in (Rule.DEED, Rule.LAW_ACT) and event.single and of_people
    return few or alone


def refusal(event: Event, period: int, of_the_period: bool) -> str:
    """Why an event is no news, or nothing where it may be."""
    rule = Rule[event.rule.upper()]
    omitted = rule in _OMITTED or (event.comparison == "no_longer" and event.polarity == "denied")
    if event.reality is not Reality.DONE or not (event.affirmed or omitted):
        return f"it is {event.polarity} and {event.reality.value}"
    if event.charged or event.alleged or event.earlier:
        return "it is what somebody answers for, alleges, or of an earlier time"
    made = rule is Rule.LAW_ACT and event.year == period and event.clause in _DESCRIBES  # "a law passed in May 2019"
    if (event.clause not in _TOLD and not made) or (
        event.clause == "noun" and rule not in _BY_NOUN and event.comparison != "first"
    ):
        return "it is told in passing"
    late = rule in _LATE and event.doer == "unknown"  # what is counted comes late, what is done is told in time
    since = event.comparison == "first"  # "the first conviction since 2016"
    if event.year is not None and event.year < period - late and not since:
        return f"it is of {event.year}"
    if event.since is not None and event.since < max(event.year or period, period - 1) - 1 and not since:
        return f"it counts from {event.since} on"
    if not (event.dated or of_the_period or _compares(event, rule) or event.comparison == "first"):
        return "nothing dates it in the period"
    if event.incident_kind and (event.example or not event.many) and event.comparison not in ("first", "more", "fewer"):
        return "an incident is no trend"
    if event.of_one or (not of_the_period and event.comparison != "first" and _of_few(event, rule)):
        return "a single case is no trend"
    if rule is Rule.HARM and event.doer == "unknown" and event.doer_basis != "assumed":
        return "nobody can tell who did it"
    if not event.direction and rule not in (Rule.LAW_ACT, Rule.LAW_DRAFTED):
        return "nobody can tell which way it goes"
    return ""
