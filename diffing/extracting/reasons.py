"""Why a figure counts what it counts: the words that gave its indicator, what it leans on, or that none did."""

from __future__ import annotations

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token


def reason(candidate: Candidate, indicator: str | None) -> str:
    """In words: `convictions: “convicted”`, `…, as the whole, “24”`, `…, of the sentence before`."""
    other = candidate.whole if candidate.whole is not None else candidate.model
    leans = other is not None and indicator in other.indicators
    words = _quoted([candidate.nominal, *candidate.verbs, candidate.noun])
    if indicator is None:
        return f"no indicator: {words} names none" if words else "no indicator: no word near it names one"
    if leans and other is not None:
        role = "the whole" if other is candidate.whole else "what it is compared with"
        where = ", of the sentence before" if other.earlier else ""
        how = f"; {candidate.reference.lean}" if candidate.reference is not None else ""
        return f"{indicator}: as {role}, “{other.token.word}”{where}{how}"
    return f"{indicator}: {words}" if words else f"{indicator}: the words before it"


def _quoted(tokens: list[Token | None]) -> str:
    return ", ".join(dict.fromkeys(f"“{t.word}”" for t in tokens if t is not None))
