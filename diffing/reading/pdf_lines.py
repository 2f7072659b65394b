"""The printed lines of a PDF's page, told apart: footnotes and their marks, tables of figures, and prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from diffing.reading.grids import YEAR, grid_lines

RAISED, LIFTED = 0.9, 0.12
"""The height of a footnote mark, and how far its foot stands over its line's, as shares of the line's height. Ranges
0.3 to 0.95 and 0.05 to 0.4; defaults 0.9 and 0.12: browsers set marks at 0.83 and lift them by 0.3, Word at 0.65.
Higher and lower take small numbers for marks, the other way leaves marks."""

SMALL_PRINT = 0.9
"""The height of a footnote's lines, as a share of the page's median. Range 0.5 to 1; default 0.9. Higher takes a last
line of short letters for one, lower misses footnotes set only a little smaller."""

LOWER_PART = 0.45
"""The lower part of a page, where its footnotes stand. Range 0.2 to 0.8; default 0.45."""

UNIT = re.compile(r"\b(?:[kcmd]?m|ft|mi|in|yd|sq|CO|H)\s?$")
"""What has a raised number that is no mark: a square, a cube."""

_MARK = re.compile(r"[\[(]?\d{1,3}[\])]?|[*†‡]{1,3}")
_NOTE = re.compile(r"(?:[\[(]?\d{1,3}[\])]?[.]?|[*†‡]{1,3})\s*\S")


class Line(Struct, frozen=True):
    """A printed line: its text, and its box in points from the page's left and bottom edge.

    `alone`: it is no part of a paragraph (a row of a table of figures).
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    alone: bool = False

    @property
    def height(self) -> float:
        """From its lowest to its highest letter, in points."""
        return max(self.top - self.bottom, 0.1)


def without_marks(boxes: Sequence[Line]) -> list[Line]:
    """The boxes of a page without the raised ones that are marks of footnotes."""
    marks = {place for place, box in enumerate(boxes) if _MARK.fullmatch(box.text.strip())}
    if not marks:
        return list(boxes)
    raised = {place for place in marks if any(_raised(boxes[place], other) for other in boxes)}
    return [box for place, box in enumerate(boxes) if place not in raised]


def _raised(box: Line, other: Line) -> bool:
    """Whether a box hangs, small and high, on the end of another."""
    near = -0.3 * other.height < box.left - other.right < 0.5 * other.height
    lifted = other.bottom + LIFTED * other.height < box.bottom < other.top
    small = box.height < RAISED * other.height and box.top > other.bottom + 0.6 * other.height
    return near and lifted and small and not UNIT.search(other.text)


def without_footnotes(lines: Sequence[Line], height: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page of this height that are text, and those at its foot that are footnotes."""
    if len(lines) < 3:
        return list(lines), []
    usual = median(line.height for line in lines)
    ordered = sorted(lines, key=lambda line: line.bottom)
    notes: list[Line] = []
    for line in ordered:
        if line.height > SMALL_PRINT * usual or line.top > LOWER_PART * height:
            break
        notes.append(line)
    while notes and not _NOTE.match(notes[-1].text.strip()):
        notes.pop()  # from the top down to the first that has a mark
    found = {id(line) for line in notes}
    return [line for line in lines if id(line) not in found], notes[::-1]


def with_grids(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of tables with years over figures, or beside them, told one a row."""
    if sum(YEAR.fullmatch(line.text.strip()) is not None for line in lines) < 2:
        return list(lines)
    rows = _rows(lines)
    told: dict[int, list[Line]] = {}
    taken: set[int] = set()
    for number, row in enumerate(rows):
        heads = _heads(row, rows[number + 1 : number + 3])
        if number in taken or not heads:
            continue
        stop = number + 1
        while stop < len(rows) and len(rows[stop]) > 1 and _under(rows[stop], heads):
            stop += 1
        label = row[0].text.strip() if len(row) > len(heads) else ""
        grid = [[label, *(head.text.strip() for head in heads)]]
        grid += [_cells(below, heads) for below in rows[number + 1 : stop]]
        if stop > number + 1 and (found := grid_lines(grid)):
            taken.update(range(number, stop))
            told |= {place: [] for place in range(number, stop)}
            for place, text in enumerate(found):
                at = min(number + 1 + place, stop - 1)
                told[at] = [*told[at], _one(text, rows[at])]
    return [line for number, row in enumerate(rows) for line in told.get(number, row)] if told else list(lines)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines that stand at one height, from the left; the rows from the top down."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-_middle(line), line.left)):
        if rows and abs(_middle(rows[-1][0]) - _middle(line)) < 0.5 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _heads(row: Sequence[Line], following: Sequence[Sequence[Line]]) -> list[Line]:
    """The headings of a table that begins with this row: its years, or names over rows that begin with a year."""
    years = [cell for cell in row if YEAR.fullmatch(cell.text.strip())]
    if len(years) > 1 and len(row) - len(years) < 2:
        return years
    dated = [below for below in following if YEAR.fullmatch(below[0].text.strip()) and len(below) == len(row)]
    return list(row[1:]) if len(row) > 1 and len(dated) == 2 else []


def _middle(line: Line) -> float:
    return (line.bottom + line.top) / 2


def _under(row: Sequence[Line], heads: Sequence[Line]) -> bool:
    """Whether all but the first cell of a row stand under a heading each."""
    found = [_head_of(cell, heads) for cell in row[1:]]
    return None not in found and len(set(found)) == len(found)


def _head_of(cell: Line, heads: Sequence[Line]) -> int | None:
    """Which heading a cell stands under: the nearest one, if no farther than half way to the next."""
    places = [(head.left + head.right) / 2 for head in heads]
    space = min((b - a for a, b in pairwise(places)), default=4 * cell.height)
    middle = (cell.left + cell.right) / 2
    nearest = min(range(len(heads)), key=lambda place: abs(places[place] - middle))
    return nearest if abs(places[nearest] - middle) <= space / 2 + cell.height else None


def _cells(row: Sequence[Line], heads: Sequence[Line]) -> list[str]:
    cells = [""] * len(heads)
    for cell in row[1:]:
        place = _head_of(cell, heads)
        if place is not None:
            cells[place] = cell.text.strip()
    return [row[0].text.strip(), *cells]


def _one(text: str, row: Sequence[Line]) -> Line:
    return Line(
        text,
        min(cell.left for cell in row),
        min(cell.bottom for cell in row),
        max(cell.right for cell in row),
        max(cell.top for cell in row),
        alone=True,
    )
