"""Why a figure counts what it counts: the words that gave its indicator, what it leans on, or that none did."""

from __future__ import annotations

from diffing.extracting.candidates import Candidate
from diffing.model import FigureReason, Ground


def reason(candidate: Candidate, indicator: str | None) -> FigureReason:
    """What names the indicator: the candidate's own words, or the number that it leans on."""
    other = candidate.whole if candidate.whole is not None else candidate.model
    named = (candidate.nominal, *candidate.verbs, candidate.noun)
    words = tuple(dict.fromkeys(t.word for t in named if t is not None))
    if indicator is None:
        return FigureReason(Ground.NONE, words)
    if other is None or indicator not in other.indicators:
        return FigureReason(Ground.WORDS, words)
    ground = Ground.WHOLE if other is candidate.whole else Ground.COMPARED
    lean = candidate.reference.lean if candidate.reference is not None else None
    return FigureReason(ground, words, other.token.word, lean, other.earlier)
