"""Where a text stands on the ladders of its profile: the country's tier, the efforts of a section, how far a law is
enforced; and the step from one year to the next.

A ladder is data: levels from the worst to the best, each with its words, and the sections whose matter they qualify.
`rungs` reads where sentences stand, `step` compares two that are of one matter: the country, the section, or sentences
that answer each other.

>>> from diffing.profile import load_profile
>>> (tier,) = load_profile("tip").judging.stated
>>> low, high = (Rung(tier, levels_in(tier, f"Norvania was {said}.")) for said in ("kept on Tier 3", "kept on Tier 2"))
>>> step(low, high)
<Verdict.PROGRESS: 'progress'>
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, structs

from diffing.judging.evidence import Evidence, compare
from diffing.judging.strength import FIRST_MARK, share_of
from diffing.language.word_lists import any_of
from diffing.language.words import plain_words
from diffing.model import Doubt, Finding, Narrative, Rating, Reason, Rule, Span, Verdict
from diffing.profile import Level, StatedScale, compiled

# Up to this rank of the profile's scale (minimal) efforts are poor. Range 0 to 3; at 3 "limited" is poor too.
POOR = 2.0

# From this rank of the ladder on (generally enforced) a mark that is given for the first time is praise. Range 2 to 4.
WELL = 3.0

# Sentences whose levels are kept: most stand in both years. Range 1,000 to 100,000.
MOST_SENTENCES = 10_000

_HOW = {Verdict.PROGRESS: "up from", Verdict.BACKSLIDING: "down from"}


class Rung(Struct, frozen=True):
    """Where a sentence (its index), or the narrative's title, stands on one ladder: the levels that it names in order.

    Several are of one law so, of another so.
    """

    scale: StatedScale
    levels: tuple[Level, ...]
    sentence: int = -1
    section: str = ""
    title: Span | None = None

    @property
    def level(self) -> Level:
        """The level that it names last."""
        return self.levels[-1]

    @property
    def ranks(self) -> frozenset[float]:
        """The ranks of its levels; empty where none can be compared."""
        return frozenset(level.rank for level in self.levels if level.rank is not None)


def rungs(narrative: Narrative, scales: Sequence[StatedScale]) -> Iterator[Rung]:
    """Where the sentences of a narrative stand, in the order of the text and of `scales`."""
    looked = [(scale, scale.about.split("|")) for scale in scales]
    for number, sentence, section in narrative.placed:
        here = [one for one in looked if not one[0].sections or section.partition(".")[0] in one[0].sections]
        lowered = sentence.text.lower() if here else ""
        for scale, about in here:
            if any(word in lowered for word in about) and (levels := levels_in(scale, sentence.text)):
                yield Rung(scale, levels, number, section)


def levels_in(scale: StatedScale, text: str) -> tuple[Level, ...]:
    """The levels of a ladder at which a sentence says that its subject stands, in its order."""
    aside = (scale.aside.pattern,) if scale.aside else ()
    patterns = (*aside, *(level.pattern.pattern for level in scale.levels))
    return tuple(scale.levels[number - len(aside)] for number, *_ in named(patterns, text) if number >= len(aside))


@lru_cache(maxsize=MOST_SENTENCES)
def named(patterns: tuple[str, ...], text: str) -> tuple[tuple[int, int, int], ...]:
    """Which of the patterns match, and where, in the order of the text; of two that overlap the first.

    >>> named(("not always", "always"), "Not now, not always.")
    ((0, 9, 19),)
    """
    found: list[tuple[int, int, int]] = []
    for number, pattern in enumerate(patterns):
        for match in compiled(pattern).finditer(text):
            if all(match.end() <= start or match.start() >= end for _, start, end in found):
                found.append((number, match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one[1]))


def step(old: Rung, new: Rung) -> Verdict:
    """The verdict on two rungs of one matter: a step on one ladder; on two yardsticks of a group there is none."""
    if old.level.rank is None or new.level.rank is None:
        return Verdict.UNCLEAR
    one_scale = old.scale.name == new.scale.name
    if one_scale and old.level.firm is not new.level.firm:
        return Verdict.UNCLEAR  # the same mark, and how far it is applied is told in one of the years only
    if old.ranks & new.ranks:
        return Verdict.NO_CHANGE
    moved = compare(min(old.ranks), min(new.ranks))
    sure = one_ladder(old, new) and moved is compare(max(old.ranks), max(new.ranks))
    return moved if sure else Verdict.UNCLEAR


def one_ladder(old: Rung, new: Rung) -> bool:
    """Whether a step from one rung to the other says anything."""
    return old.scale.name == new.scale.name or old.level.firm or new.level.firm


def said(title: str, old: str | None, new: str, verdict: Verdict) -> str:
    """A step as a sentence: "The report's tier: Tier 2, up from Tier 3."."""
    if old is None:
        return f"{title}: {new}."
    return f"{title}: {new}, as before." if old == new else f"{title}: {new}, {_HOW.get(verdict, 'after')} {old}."


# --- the country's own level ------------------------------------------------------------------------------------------


class StatedMove(Struct, frozen=True):
    """The move of a country's own level between two narratives, with its findings."""

    old: str | None
    new: str | None
    verdict: Verdict | None
    findings: tuple[Finding, ...]


def stated_move(evidence: Evidence) -> StatedMove:
    """The move on the first of the profile's scales that one of the narratives states; one that does not may say it in
    its title ("NORVANIA: Tier 2")."""
    pair = evidence.pair
    for scale in evidence.judging.stated:
        old, new = (country_level(narrative, scale) for narrative in (pair.old, pair.new))
        old, new = old or _titled(pair.old, scale), new or _titled(pair.new, scale)
        if old is not None or new is not None:
            return _move(evidence, old, new)
    return StatedMove(None, None, None, ())


def country_level(narrative: Narrative, scale: StatedScale) -> Rung | None:
    """The level that the narrative gives its country first; of several in one sentence the last.

    "It has been on Tier 2 Watch List for two years; therefore it is placed on Tier 3."
    """
    found = next(rungs(narrative, (scale,)), None)
    return found and structs.replace(found, levels=found.levels[-1:])


def _titled(narrative: Narrative, scale: StatedScale) -> Rung | None:
    """The level that the narrative's title names ("NORVANIA (Tier 2)"), the longest name first."""
    titles = [span for section in narrative.sections for span in section.headings if span.reason == "title"]
    named = sorted(scale.levels, key=lambda level: -len(level.name))
    found = (Rung(scale, (level,), title=t) for t in titles for level in named if level.name.lower() in t.text.lower())
    return next(found, None)


def _move(evidence: Evidence, old: Rung | None, new: Rung | None) -> StatedMove:
    """The finding names what the report says beside the level: a waiver, the years in a row."""
    before, now = (one.level.name if one else None for one in (old, new))
    verdict = step(old, new) if old and new else None
    if new is None or now is None:
        return StatedMove(before, now, verdict, ())
    pair = evidence.pair
    words = pair.new.sentences[new.sentence].text if new.title is None else ""
    moves = [cue for cue in evidence.judging.moves if cue.regex.search(words)]
    beside = [f"{cue.name[0].upper()}{cue.name[1:]}." for cue in moves if not cue.polarity]
    if "consecutive" in (tokens := plain_words(words)):
        beside.append(f"For the {tokens[tokens.index('consecutive') - 1]} year in a row.")
    if old is None and moves and moves[0].polarity:  # the report tells the move, though not from where
        verdict = compare(0, moves[0].polarity)
        beside.insert(0, "The report itself says which way.")
    if verdict is None:
        return StatedMove(before, now, verdict, ())
    marked = [bool(evidence.first("relabelled", text)) for text in (before or "", now, pair.old.text, pair.new.text)]
    if before and before.partition(",")[0] == now.partition(",")[0] and marked[0] is not marked[1] and all(marked[2:]):
        verdict = Verdict.UNCLEAR  # what the one label adds stands in the other narrative too
    found = evidence.finding(
        Rule.STATED_LEVEL,
        verdict,
        " ".join((said(new.scale.title, before, now, verdict), *beside)),
        old=(old.sentence,) if old and old.title is None else (),
        new=(new.sentence,) if new.title is None else (),
        titles=(old.title, new.title) if old and old.title and new.title else None,
        share=share_of(verdict),
    )
    return StatedMove(before, now, verdict, tuple(found))


# --- the efforts of a section -----------------------------------------------------------------------------------------


class Effort(Struct, frozen=True):
    """What a narrative says first of the efforts in one section: how they moved since the year before, and how far they
    go."""

    movement: Rung | None
    extent: Rung | None

    @property
    def sentence(self) -> int:
        """The index of the sentence."""
        return next(one.sentence for one in (self.movement, self.extent) if one)

    @property
    def words(self) -> str:
        """What it says, as the report does: "maintained minimal efforts"."""
        return " ".join((*(one.levels[0].name for one in (self.movement, self.extent) if one), "efforts"))

    @property
    def way(self) -> float | None:
        """Up (1), as before (0) or down (-1) by the report's own comparison; None where it makes none or both ways."""
        return self.movement.levels[0].rank if self.movement else None

    @property
    def mixed(self) -> bool:
        """Whether the report says that they moved both ways."""
        return self.movement is not None and self.way is None


def efforts_in(narrative: Narrative) -> dict[str, Effort]:
    """The efforts of each section, by its key."""
    found: dict[str, list[Rung]] = {}
    for one in rungs(narrative, narrative.profile.judging.effort):
        if found.setdefault(one.section, [one])[0].sentence == one.sentence:
            found[one.section].append(one)
    return {
        section: Effort(*(next((o for o in told if o.scale.relative is moved), None) for moved in (True, False)))
        for section, told in found.items()
    }


def effort_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each section whose efforts the new narrative rates."""
    pair = evidence.pair
    old = efforts_in(pair.old)
    for section, effort in efforts_in(pair.new).items():
        before = old.get(section)
        verdict = effort_verdict(before, effort)
        if verdict is None or (verdict is not Verdict.NO_CHANGE and evidence.stands(effort.sentence)):
            continue
        rule = pair.new.profile.section(section)
        yield from evidence.finding(
            Rule.EFFORT_LEVEL,
            verdict,
            said(rule.title if rule else section, before.words if before else None, effort.words, verdict),
            old=(before.sentence,) if before else (),
            new=(effort.sentence,),
            share=share_of(verdict),
        )


def effort_verdict(old: Effort | None, new: Effort) -> Verdict | None:
    """The verdict on the efforts of one section; None where nothing can be said.

    The report's own comparison decides ("maintained minimal efforts" is no change, whatever minimal means). It is with
    the year before: efforts that increased in both years did so by the report's word in each, and nothing changed
    between the two. Without one the extent of the two years is compared.
    """
    extent = step(old.extent, new.extent) if old and old.extent and new.extent else None
    if new.mixed:  # a step down from increased, up from decreased
        return compare(old.way, 0) if old and old.way else Verdict.NO_CHANGE if old and old.mixed else Verdict.UNCLEAR
    if new.way is None:
        poor = bool(new.extent and max(new.extent.ranks, default=POOR + 1) <= POOR)
        return Verdict.BACKSLIDING if poor and old and old.way and old.way > 0 else extent
    if new.way == 0 or (old and old.way == new.way):
        return extent or Verdict.NO_CHANGE
    return compare(0, new.way)


# --- the marks of a subsection ----------------------------------------------------------------------------------------


def marks_in(narrative: Narrative, scales: Sequence[StatedScale]) -> tuple[Rung, ...]:
    """The marks of a narrative on some ladders; of one sentence the first ladder's that it stands on."""
    found: dict[int, Rung] = {}
    for one in rungs(narrative, scales):
        found.setdefault(one.sentence, one)
    return tuple(found.values())


def mark_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each pair of marks that answer each other and do not stand there word for word."""
    pair, ladders = evidence.pair, evidence.judging.ladders
    for group in dict.fromkeys(scale.group or scale.name for scale in ladders):
        scales = [scale for scale in ladders if (scale.group or scale.name) == group]
        pairs = list(_answers(evidence, marks_in(pair.old, scales), marks_in(pair.new, scales)))
        for before, after in sorted(pairs, key=lambda both: both[0] is not None):
            title = after.scale.title + _where(evidence, after.section)
            name = after.level.name
            if before is None:
                if after.scale.group or max(after.ranks, default=0) >= WELL:
                    yield from evidence.finding(
                        Rule.ENFORCEMENT_TOLD,
                        Verdict.UNCLEAR,  # it may have been so before
                        f"{title}: {name}; the {pair.old.year} report gave no mark here.",
                        new=(after.sentence,),
                        share=FIRST_MARK,
                        reason=Reason(words=name, sought="a mark for the same thing in the subsection"),
                    )
                continue
            verdict, one = step(before, after), one_ladder(before, after)
            told = said(title, before.level.name, name, verdict)
            yield from evidence.finding(
                Rule.ENFORCEMENT_LEVEL if one else Rule.ENFORCEMENT_YARDSTICK,
                verdict,
                told if one else f"{told.removesuffix('.')}: another yardstick.",
                old=(before.sentence,),
                new=(after.sentence,),
                reason=Reason(words=name, sought="the mark for the same thing", found=before.level.name),
                share=share_of(verdict),
                doubt=_doubt(evidence, before, after),
            )


def _answers(evidence: Evidence, old: Sequence[Rung], new: Sequence[Rung]) -> Iterator[tuple[Rung | None, Rung]]:
    """Each mark that does not stand there word for word, with the old one that it answers.

    It answers by a link within the subsection, or where each year gives one mark there: two may be of two laws. None
    where the subsection had no mark the year before.
    """
    pair = evidence.pair
    counts = [Counter(one.section for one in marks) for marks in (old, new)]
    told = set[str]()
    for mark in new:
        if evidence.stands(mark.sentence):
            continue
        linked, section = pair.old_of(mark.sentence), mark.section
        here = [one for one in old if one.section == section]
        single = here if counts[0][section] == counts[1][section] == 1 else []
        before = next((one for one in here if one.sentence in linked), None) or next(iter(single), None)
        if before or (not here and section not in told):
            yield before, mark
        told.add(section)


def _doubt(evidence: Evidence, old: Rung, new: Rung) -> Doubt | None:
    """Why a step may be none: of other workers, of penalties in one year only, one praise for another, or one blame."""
    texts = evidence.pair.old.sentences[old.sentence].text, evidence.pair.new.sentences[new.sentence].text
    for group in map(any_of, ((one,) for one in evidence.judging.words.get("marked_apart", ()))):
        if bool(group.search(texts[0])) is not bool(group.search(texts[1])):
            return Doubt.UNLIKE
    graded = max(level.rank or 0.0 for level in new.scale.levels) >= WELL
    if graded and len({max(mark.ranks, default=0.0) >= WELL for mark in (old, new)}) == 1:
        return Doubt.HARDLY
    return evidence.reworded(Rule.ENFORCEMENT_LEVEL, (old.sentence,), (new.sentence,))


def _where(evidence: Evidence, section: str) -> str:
    """The subsection's heading, in brackets, to tell one law's mark from another's; empty where it has none."""
    heading = next((s.heading for s in evidence.pair.new.sections if s.key == section and s.heading), None)
    return f" ({heading})" if heading and "." in section else ""


# --- the table ratings ------------------------------------------------------------------------------------------------


def ratings_of(narrative: Narrative) -> tuple[Rating, ...]:
    """The ratings of a narrative, those of the whole country first, then the efforts of its sections in their order."""
    found = []
    for scale in narrative.profile.judging.stated:
        if one := country_level(narrative, scale):
            found.append(_rating(narrative, scale.name, scale.title, one.level.name, one.level.rank, one.sentence))
    for section, effort in efforts_in(narrative).items():
        rule, extent = narrative.profile.section(section), effort.extent
        title = f"Efforts: {rule.title if rule else section}"
        level, rank = effort.words.removesuffix(" efforts"), extent.levels[0].rank if extent else None
        found.append(_rating(narrative, f"effort:{section}", title, level, rank, effort.sentence))
    return tuple(found)


def _rating(narrative: Narrative, scale: str, title: str, level: str, rank: float | None, number: int) -> Rating:
    sentence = narrative.sentences[number]
    return Rating(
        country=narrative.country, year=narrative.year, scale=scale, level=level, text=sentence.text,
        section=narrative.sentence_sections[number], start=sentence.start, end=sentence.end, sentence=number,
        title=title, rank=rank,
    )  # fmt: skip
