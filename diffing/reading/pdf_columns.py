"""The columns of a PDF's page, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence

from diffing.reading.pdf_lines import Line

GUTTER_FROM, GUTTER_TO, MAY_CROSS = 0.3, 0.7, 0.25
"""Where a gutter between two columns may be, as parts of the width, and the share of lines that may cross it (titles
over both columns). Three columns have theirs at 0.33 and 0.67. A higher share takes tables for columns, a lower one is
stopped by a few wide lines."""

MOST_PARTED = 2
"""How often a page is parted: once for two columns, twice for three or four. Range 0 to 3; default 2."""


def columns_of(lines: Sequence[Line], left: float, right: float, parted: int = MOST_PARTED) -> list[list[Line]]:
    """The lines between two edges in columns, each from top to bottom, in the order in which they are read.

    Lines over the whole width part the page into bands; each band is read from its left column to its right one.
    """
    gutter = _gutter(lines, left, right) if parted else None
    ordered = sorted(lines, key=lambda line: (-line.top, line.left))
    if gutter is None:
        return [ordered] if ordered else []
    columns: list[list[Line]] = []
    one: list[Line] = []
    other: list[Line] = []

    def close() -> None:
        columns.extend(columns_of(one, left, gutter, parted - 1))
        columns.extend(columns_of(other, gutter, right, parted - 1))
        one.clear()
        other.clear()

    for line in ordered:
        if line.left < gutter < line.right:
            close()
            columns.append([line])
        else:
            (one if line.right <= gutter else other).append(line)
    close()
    return columns


def gutters_of(pieces: Sequence[Line], left: float, right: float, parted: int = MOST_PARTED) -> list[float]:
    """Where the columns of a page part, told by its pieces of text before they are put together into lines."""
    gutter = _gutter(pieces, left, right) if parted else None
    if gutter is None:
        return []
    one = [piece for piece in pieces if piece.right <= gutter]
    other = [piece for piece in pieces if piece.left >= gutter]
    return [*gutters_of(one, left, gutter, parted - 1), gutter, *gutters_of(other, gutter, right, parted - 1)]


def _gutter(lines: Sequence[Line], left: float, right: float) -> float | None:
    """Where two columns part, or None where there is one."""
    if len(lines) < 4:
        return None
    width = right - left
    best: tuple[int, float, float] | None = None
    steps = 41
    for step in range(steps):
        place = left + width * (GUTTER_FROM + (GUTTER_TO - GUTTER_FROM) * step / (steps - 1))
        crossing = sum(line.left < place < line.right for line in lines)
        before = sum(line.right <= place for line in lines)
        after = sum(line.left >= place for line in lines)
        if min(before, after) < 0.15 * len(lines) or min(before, after) < 2:
            continue
        candidate = (crossing, abs(place - (left + right) / 2), place)
        if best is None or candidate < best:
            best = candidate
    return best[2] if best and best[0] <= MAY_CROSS * len(lines) else None
