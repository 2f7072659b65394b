"""What one report tells of one year, and when two tellings agree, differ, or can't be compared.

>>> direction_of(Bounds(8, 8), Bounds(0, 0))
<Direction.DOWN: 'down'>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from diffing.judging.evidence import OVERVIEWS, compare
from diffing.model import Actor, Basis, Change, Direction, Figure, Pair, Qualifier, Status, Verdict

# Two reports may round one year's number differently: an approximate or implied figure within this share of the
# other is the same figure. Range 0.01 to 0.1; higher hides restatements, lower calls rounding one.
ROUNDING = 0.05

# A year for which a report gives several numbers that nothing tells apart: shown, and no finding.
SEVERAL = "several numbers are given for one year"

# A number that the report gives for some time that is no year of its own, a fiscal year or "since 2012".
YEAR_UNSURE = "the year of the new number is not sure"

# A series of which the new report says nothing.
SILENT = "the new report is silent about it"

OPEN = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.UP_TO, Qualifier.FEWER_THAN})
_HOW_SURE = {
    Qualifier.EXACT: "an exact number",
    Qualifier.APPROXIMATELY: "a rounded number",
    Qualifier.RANGE: "a range",
    **dict.fromkeys((Qualifier.AT_LEAST, Qualifier.MORE_THAN), "a lower bound"),
    **dict.fromkeys((Qualifier.UP_TO, Qualifier.FEWER_THAN), "an upper bound"),
}
INEXACT = frozenset({Qualifier.APPROXIMATELY, *OPEN, Qualifier.RANGE})


class Key(NamedTuple):
    """A series; its units are told apart where all that is told of it is at hand."""

    indicator: str | None
    actor: Actor
    breakdown: str | None
    body: str | None
    unit: str | None = None


class Joined(Struct, frozen=True):
    """A change with the two figures that it joins, for their exact words; `new` is None where nothing is said."""

    change: Change
    old: Figure
    new: Figure | None
    silent: int = 0  # how many known years in a row, up to the last, are not reported


class Bounds(Struct, frozen=True):
    """Between what a number lies: `low == high` for an exact one, None where a side is open."""

    low: float | None
    high: float | None


class Told(Struct, frozen=True):
    """What one report says of one series in one year."""

    figure: Figure
    report: int
    newer: bool  # told by the new narrative
    with_others: bool = False  # its sentence tells other years of the series too
    label: bool = False  # a line `Label: value`, which counts what the label says and not a part of it

    @property
    def reported(self) -> bool:
        """Whether the report says a number, even an open one."""
        return self.figure.status is Status.REPORTED

    @property
    def none(self) -> bool:
        """Whether it counts none: no case is no person either."""
        return self.figure.value == 0 and self.figure.unit in ("cases", "persons")

    @property
    def content(self) -> tuple[object, ...]:
        """What it says, to tell two sayings apart."""
        figure = self.figure
        return (figure.status, figure.value, figure.low, figure.high, figure.qualifier)

    @property
    def rank(self) -> tuple[bool, bool, bool, bool]:
        """A label's before prose, a number before none, a stated one before an implied one; a streak comes last."""
        basis = self.figure.basis
        return (self.label, basis is not Basis.STREAK, self.reported, basis is not Basis.IMPLIED)


def bounds_of(figure: Figure) -> Bounds:
    """Between what the figure's number lies."""
    if figure.value is not None and figure.qualifier not in (*OPEN, Qualifier.RANGE):
        return Bounds(figure.value, figure.value)
    return Bounds(figure.low, figure.high)


def direction_of(old: Bounds, new: Bounds) -> Direction:
    """Where a number went, or NOT_COMPARABLE where the two may be the same number or lie either way."""
    if old.low is not None and old.low == old.high == new.low == new.high:
        return Direction.SAME
    if old.high is not None and new.low is not None and new.low > old.high:
        return Direction.UP
    if old.low is not None and new.high is not None and new.high < old.low:
        return Direction.DOWN
    return Direction.NOT_COMPARABLE


def verdict_of(direction: Direction, polarity: int) -> Verdict:
    """The verdict on a direction; `polarity` is the indicator's. Being told is better whatever the indicator."""
    told = {
        Direction.UP: compare(0, 1, polarity),
        Direction.DOWN: compare(1, 0, polarity),
        Direction.NEWLY_REPORTED: Verdict.PROGRESS,
        Direction.NO_LONGER_REPORTED: Verdict.BACKSLIDING,
        Direction.SAME: Verdict.NO_CHANGE,
    }
    return told.get(direction, Verdict.UNCLEAR)


def key_of(pair: Pair, figure: Figure) -> Key:
    """The series of a figure; what all share whom it counts parts nobody: permits to stay are of foreigners."""
    rule = pair.new.profile.indicator(figure.indicator)
    whole = rule is not None and figure.breakdown in rule.shared
    return Key(figure.indicator or "", figure.actor, None if whole else figure.breakdown, figure.body)


def countable(figures: Sequence[Figure]) -> Iterator[Figure]:
    """The figures that stand in a series: with an indicator and a year, and no unnamed part of a whole."""
    by_number = {figure.figure: figure for figure in figures}
    for figure in figures:
        if figure.indicator is None or figure.year is None:
            continue
        whole = by_number.get(figure.part_of) if figure.part_of is not None else None
        if whole is not None and figure.breakdown is None and whole.indicator == figure.indicator:
            continue
        yield figure


def best_of(told: Iterable[Told]) -> list[Told]:
    """The sayings of the highest rank, one for each different content, in the order of the text."""
    ranked = sorted(told, key=lambda t: (t.rank, t.figure.section not in OVERVIEWS), reverse=True)
    best: dict[tuple[object, ...], Told] = {}
    for t in ranked:
        if t.rank == ranked[0].rank:
            best.setdefault(t.content, t)
    return list(best.values())


def agree(old: Told, new: Told) -> bool:
    """Whether two reports say the same of one year; a streak never disagrees."""
    a, b = old.figure, new.figure
    if Basis.STREAK in (a.basis, b.basis):
        return True
    if a.status is not b.status:
        return False
    if direction_of(bounds_of(a), bounds_of(b)) is Direction.NOT_COMPARABLE:
        return True
    if a.value is None or b.value is None or a.value == b.value:
        return True
    rounded = Basis.IMPLIED in (a.basis, b.basis) or bool({a.qualifier, b.qualifier} & INEXACT)
    return rounded and abs(a.value - b.value) <= ROUNDING * max(abs(a.value), abs(b.value))


def how_sure(figure: Figure) -> str:
    """How sure the report is of a number, in words."""
    return _HOW_SURE[figure.qualifier] if figure.value is not None or figure.low is not None else "no exact number"


def is_plain(told: Told) -> bool:
    """Whether it is an exact number that its report states: two such agree only where they are equal."""
    figure = told.figure
    exact = figure.qualifier is Qualifier.EXACT and figure.value is not None and told.reported
    return exact and figure.basis not in (Basis.STREAK, Basis.IMPLIED)


def told_together(pair: Pair, old: Sequence[Told], new: Sequence[Told]) -> list[tuple[Told, Told]]:
    """Those of both that stand in one sentence, or in two that answer each other."""
    by_place: dict[tuple[bool, int], list[Told]] = {}
    for b in new:
        by_place.setdefault((b.newer, b.figure.sentence), []).append(b)
    found = []
    for a in old:
        answers = (pair.old_of if a.newer else pair.new_of)(a.figure.sentence)
        places = [(a.newer, a.figure.sentence), *((not a.newer, k) for k in answers)]
        found += [(a, b) for place in places for b in by_place.get(place, ())]
    return found
