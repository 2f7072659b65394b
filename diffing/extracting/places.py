"""Where a text stands in its narrative, so that each figure is made once and in its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: the number of its first figure, its sentence's number, and its offset in the narrative."""

    figure: int = 0
    sentence: int = 0
    start: int = 0
    country: str | None = None
    report_year: int | None = None
    section: str | None = None


ALONE = Place()
"""A text by itself: offsets are into it, and no narrative is named."""
