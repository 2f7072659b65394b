"""The heaviest chain: what stands in the same order in both texts. What falls off it has moved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Bead(NamedTuple):
    """Old sentences `old` to `old_end` and new ones `new` to `new_end`, both ends included, taken as one link."""

    old: int
    old_end: int
    new: int
    new_end: int
    weight: float


def heaviest_beads(beads: Sequence[Bead], gap: float) -> list[Bead]:
    """The beads of the heaviest chain that goes forward in both texts and takes no sentence twice.

    A bead that does not directly follow another in both texts (or begins both) loses `gap`. Takes n log n steps.
    """
    order = sorted(range(len(beads)), key=lambda n: beads[n])
    by_end: dict[int, list[int]] = {}
    total = [0.0] * len(beads)
    back = [-1] * len(beads)
    ending: dict[tuple[int, int], int] = {}  # the best bead that ends exactly here
    front = _Front()
    due: list[int] = []  # old ends in waiting, sorted
    for n in order:
        bead = beads[n]
        while due and due[0] < bead.old:
            for done in by_end.pop(due.pop(0)):
                front.add(beads[done].new_end, total[done], done)
        best, forerunner = front.before(bead.new)
        if bead.old or bead.new:
            best -= gap
        beside = ending.get((bead.old - 1, bead.new - 1), -1)
        if beside >= 0 and total[beside] >= best:
            best, forerunner = total[beside], beside
        total[n], back[n] = best + bead.weight, forerunner
        if bead.old_end not in by_end:
            by_end[bead.old_end] = []
            due.insert(bisect_left(due, bead.old_end), bead.old_end)
        by_end[bead.old_end].append(n)
        here = (bead.old_end, bead.new_end)
        if here not in ending or total[n] > total[ending[here]]:
            ending[here] = n
    n = max(order, key=lambda n: total[n], default=-1)
    chain = []
    while n >= 0:
        chain.append(beads[n])
        n = back[n]
    chain.reverse()
    return chain


def heaviest_run(pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """Which of the pairs (old, new, weight) make the heaviest run that never goes back in either text: positions.

    Pairs may share a sentence: the parts of a split follow each other.
    """
    order = sorted(range(len(pairs)), key=lambda n: pairs[n])
    front = _Front()
    total = [0.0] * len(pairs)
    back = [-1] * len(pairs)
    for n in order:
        _, new, weight = pairs[n]
        best, back[n] = front.before(new + 1)
        total[n] = best + weight
        front.add(new, total[n], n)
    n = max(order, key=lambda n: total[n], default=-1)
    run = []
    while n >= 0:
        run.append(n)
        n = back[n]
    return run


class _Front:
    """The best totals by new end: a staircase, rising in both, without any step that another beats."""

    __slots__ = ("ends", "owners", "totals")

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.totals: list[float] = []
        self.owners: list[int] = []

    def before(self, new: int) -> tuple[float, int]:
        """The best total that ends before `new`, and whose it is; 0 and -1 where there is none."""
        at = bisect_left(self.ends, new) - 1
        return (self.totals[at], self.owners[at]) if at >= 0 else (0.0, -1)

    def add(self, end: int, total: float, owner: int) -> None:
        at = bisect_right(self.ends, end)
        if at and self.totals[at - 1] >= total:
            return
        first = at - 1 if at and self.ends[at - 1] == end else at
        last = at
        while last < len(self.totals) and self.totals[last] <= total:
            last += 1
        self.ends[first:last] = [end]
        self.totals[first:last] = [total]
        self.owners[first:last] = [owner]
