"""Every figure of a sentence, and of a narrative."""

from __future__ import annotations

from pathlib import Path

from diffing.model import Figure, Narrative, Problem
from diffing.profile import Profile


def extract_figures(
    text: str, report_year: int, profile: str | Path | Profile = "tip", before: str = ""
) -> list[Figure]:
    """The figures of one sentence; offsets are into `text`; `before` is the sentence before it."""
    return []


def extract_narrative(narrative: Narrative) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    """All figures of a narrative, numbered by start, then by year downwards, and what looks wrong about them."""
    return (), ()
