"""What a report says itself of its country and of the efforts in each section: the tier, "maintained minimal efforts".

Both stand on ladders; the move of the country's own level decides its verdict (`verdicts`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from diffing.judging.evidence import Evidence, compare
from diffing.judging.ladders import Rung, rungs, said, step
from diffing.judging.strength import share_of
from diffing.language.words import plain_words
from diffing.model import Finding, Narrative, Rating, Rule, Verdict
from diffing.profile import StatedScale

# Up to this rank of the profile's scale (minimal) efforts are poor. Range 0 to 3; at 3 "limited" is poor too.
POOR = 2.0


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
