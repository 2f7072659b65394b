"""What is known of one sentence over many editions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Age:
    """Since which edition a sentence stands in some form, and since which in these words; `hash` is of its words."""

    hash: str
    origin: int
    same_since: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """One sentence of one edition, and where it comes from; a row of the table `lineages`.

    `origin` is the edition since which it stands in some form, `same_since` that since which it stands in these words
    without a gap. `via` is how it came from before: equal, edited, split, merged or returned, None where it is new.
    `weakest` is the lowest similarity on the way back to the origin. `parents` are the lineages that went into it by
    the way: the others of a merge, and what it was split from. `broken`: the edition before this one is broken for
    it, so that what it says of older editions is the same words and no more.
    """

    year: int
    sentence: int
    lineage: str
    parents: tuple[str, ...]
    hash: str
    origin: int
    same_since: int
    via: str | None
    weakest: float
    broken: bool
