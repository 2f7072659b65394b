"""The report's words for the efforts of a section: increased, maintained, decreased; significant down to no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from diffing.judging.evidence import Evidence, compare
from diffing.judging.strength import share_of
from diffing.model import Finding, Narrative, Rule, Verdict
from diffing.profile import Cue, Level, StatedScale

# Up to this rank of the profile's scale (minimal) efforts are poor. Range 0 to 3; at 3 "limited" is poor too.
POOR = 2.0


class Effort(Struct, frozen=True):
    """What one narrative says of the efforts in one section: the movement, the level, the sentence."""

    movement: Cue | None
    level: Level | None
    sentence: int

    @property
    def words(self) -> str:
        """What it says, as the report does: "maintained minimal", "increased"."""
        return " ".join(word.name for word in (self.movement, self.level) if word)


def effort_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each section whose efforts the new narrative rates.

    The new narrative's movement word decides ("maintained minimal efforts" is no change, whatever minimal means);
    where it has none, the levels of the two years are compared. A level that moved against "maintained" is said.
    """
    pair = evidence.pair
    for scale in evidence.judging.effort:
        old, new = (efforts_in(narrative, scale, evidence.judging.movement) for narrative in (pair.old, pair.new))
        for section, effort in new.items():
            before = old.get(section)
            verdict = effort_verdict(before, effort)
            if verdict is None or (verdict is not Verdict.NO_CHANGE and evidence.stands(effort.sentence)):
                continue
            title = rule.title if (rule := pair.new.profile.section(section)) else section
            was = f" (in the {pair.old.year} report: {before.words} efforts)" if before else ""
            yield from evidence.finding(
                Rule.EFFORT_LEVEL,
                verdict,
                f"{title}: {effort.words} efforts{was}.",
                old=(before.sentence,) if before else (),
                new=(effort.sentence,),
                share=share_of(verdict),
            )


def calls_mixed(evidence: Evidence) -> bool:
    """Whether the new narrative itself calls the efforts of a section mixed."""
    scales, movement = evidence.judging.effort, evidence.judging.movement
    told = [effort for scale in scales for effort in efforts_in(evidence.pair.new, scale, movement).values()]
    return any(effort.movement is not None and effort.movement.mixed for effort in told)


def effort_verdict(old: Effort | None, new: Effort) -> Verdict | None:
    """The verdict on the efforts of one section; None where nothing can be said."""
    levels = (
        compare(old.level.rank, new.level.rank)
        if old and old.level and new.level and old.level.rank is not None and new.level.rank is not None
        else None
    )
    poor = new.level is not None and new.level.rank is not None and new.level.rank <= POOR
    if new.movement is None and old and old.movement and old.movement.polarity > 0 and poor:
        return Verdict.BACKSLIDING  # "increased" before and only "minimal efforts" now
    if new.movement is None:
        return levels
    if new.movement.mixed:
        return mixed_after(old.movement if old else None)
    if new.movement.polarity == 0:
        return levels or Verdict.NO_CHANGE
    return compare(0, new.movement.polarity)


def mixed_after(before: Cue | None) -> Verdict:
    """The verdict on efforts that are mixed now: a step down from increased, up from decreased, else unclear."""
    if before is None or not before.polarity:
        return Verdict.NO_CHANGE if before is not None and before.mixed else Verdict.UNCLEAR
    return compare(before.polarity, 0)


def efforts_in(narrative: Narrative, scale: StatedScale, movements: Sequence[Cue]) -> dict[str, Effort]:
    """The first rating of each section, by section key."""
    found: dict[str, Effort] = {}
    for number, (sentence, section) in enumerate(zip(narrative.sentences, narrative.sentence_sections, strict=True)):
        if section in found or (scale.sections and section not in scale.sections):
            continue
        if "ffort" not in sentence.text:
            continue
        level = next((level for level in scale.levels if level.pattern.regex.search(sentence.text)), None)
        movement = next((cue for cue in movements if cue.regex.search(sentence.text)), None)
        if level or movement:
            found[section] = Effort(movement, level, number)
    return found
