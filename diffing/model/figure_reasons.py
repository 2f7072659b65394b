"""Why a figure counts what it counts, and why a number is no figure.

>>> str(FigureReason(Ground.WHOLE, ("girls",), "40", Lean.STATE, True))
'as the whole, “40”, of the sentence before: a state of some of those counted before'
>>> str(Refused("four", 34, 38, NoFigure.PLANNED, "promised to"))
'“four”: no figure: planned, by “promised to”'
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lean(StrEnum):
    """The ways in which a number counts some of what was counted before, in words."""

    OF_THEM = "of those counted before"
    SHARE = "how many a share of those counted before is"
    STATE = "a state of some of those counted before"
    DEED = "what was done with some of those counted before"
    SUFFERED = "what traffickers did to some of those counted before"
    NEXT = "the next of a list of parts"
    PLACED = "where some of those counted before came from"
    WITH = "what is said beside those counted before"
    SUM = "a list that adds up to what was counted before"
    REST = "the rest of those counted before"


class Ground(StrEnum):
    """Where a figure's indicator comes from."""

    WORDS = "words"
    WHOLE = "the whole"
    COMPARED = "what it is compared with"
    LABEL = "label"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FigureReason:
    """Why a figure counts what it counts, or that nothing says it.

    `words` are the sentence's own that name the indicator, or that name none. Where the figure takes it from another
    number, `leans_on` is that number as printed, `lean` by what the figure refers back to it, `before` whether it
    stands in the sentence before.
    """

    ground: Ground
    words: tuple[str, ...] = ()
    leans_on: str = ""
    lean: Lean | None = None
    before: bool = False

    def __str__(self) -> str:
        words = ", ".join(f"“{word}”" for word in self.words)
        if self.ground is Ground.NONE:
            return f"no indicator: {words} names none" if words else "no indicator: no word near it names one"
        if self.ground is Ground.LABEL:
            return f"by the label {words}"
        if self.ground is Ground.WORDS:
            return f"by {words}" if words else "by the words before it"
        where = ", of the sentence before" if self.before else ""
        how = f": {self.lean}" if self.lean is not None else ""
        return f"as {self.ground}, “{self.leans_on}”{where}{how}"


NOT_NAMED = FigureReason(Ground.NONE)


class NoFigure(StrEnum):
    """Why a number is no figure, in words; the first four are what it stands under, by the names of those scopes."""

    DENIED = "denied"
    PLANNED = "planned"
    ASKED = "asked"
    CONDITIONAL = "conditional"
    LAW = "what a law lays down"
    SET_BY_RULE = "set by a rule"
    WAGES = "wages or hours of work"
    PENALTY = "a penalty that a law threatens with"
    RATE_EACH = "so many to each of something"
    RATE = "a rate"
    COUNTS_NOTHING = "a word that counts nothing here"
    EXCEPTION = "an exception"
    CHANGE = "by how much something changed"


@dataclass(frozen=True, slots=True)
class Refused:
    """A number that is no figure: `text` at `start` to `end` of its sentence, why, and by which words if any."""

    text: str
    start: int
    end: int
    why: NoFigure
    words: str = ""

    def __str__(self) -> str:
        by = f", by “{self.words}”" if self.words else ""
        return f"“{self.text}”: no figure: {self.why}{by}"
