"""The report's own words for how a country does: a tier, a level, the efforts of a section."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What one narrative states on one scale; one row of the table `ratings`.

    `scale` is the scale's name in the profile, with the section behind a colon where each section is rated by itself
    ("effort:protection"); `level` its words ("Tier 2", "increased", "maintained minimal"). `text` is the sentence that
    states it, ``narrative.text[start:end]``, and `sentence` its index. `rank` is the level's in the profile, a higher
    one better, None where it can't be compared.
    """

    country: str
    year: int
    scale: str
    level: str
    text: str
    section: str
    start: int
    end: int
    sentence: int
    title: str
    rank: float | None = None
