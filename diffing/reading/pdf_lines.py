"""The printed lines of a PDF's page, told apart: footnotes and their marks, tables of figures, and prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from diffing.reading.grids import YEAR, grid_lines

RAISED = 0.62
"""The height of a footnote mark, as a share of its line's. Range 0.3 to 0.9; default 0.62: a digit set in the line's
own size has 0.75 of a line with long letters, a raised one 0.45. Higher takes numbers for marks, lower leaves marks."""

SMALL_PRINT = 0.9
"""The height of a footnote's lines, as a share of the page's median. Range 0.5 to 1; default 0.9. Higher takes a last
line of short letters for one, lower misses footnotes set only a little smaller."""

LOWER_PART = 0.45
"""The lower part of a page, where its footnotes stand. Range 0.2 to 0.8; default 0.45."""

_MARK = re.compile(r"[\[(]?\d{1,3}[\])]?|[*†‡]{1,3}")
_NOTE = re.compile(r"(?:[\[(]?\d{1,3}[\])]?[.]?|[*†‡]{1,3})\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
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
    level = other.bottom < box.bottom < other.top
    return near and level and box.height < RAISED * other.height and box.top > other.bottom + 0.6 * other.height


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
    """The lines of a page, those of tables with years over figures told one a row."""
    if sum(YEAR.fullmatch(line.text.strip()) is not None for line in lines) < 2:
        return list(lines)
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-(line.bottom + line.top) / 2, line.left)):
        level = rows and abs(_middle(rows[-1][0]) - _middle(line)) < 0.5 * line.height
        if level:
            rows[-1].append(line)
        else:
            rows.append([line])
    told: dict[int, list[Line]] = {}
    taken: set[int] = set()
    for number, row in enumerate(rows):
        years = [cell for cell in row if YEAR.fullmatch(cell.text.strip())]
        if number in taken or len(years) < 2 or len(row) - len(years) > 1:
            continue
        stop = number + 1
        while stop < len(rows) and len(rows[stop]) > 1 and _under(rows[stop], years):
            stop += 1
        grid = [["", *(year.text.strip() for year in years)]]
        grid += [_cells(below, years) for below in rows[number + 1 : stop]]
        found = grid_lines(grid) or []
        if len(found) == stop - number - 1:
            taken.update(range(number, stop))
            told[number] = []
            for place, text in enumerate(found, number + 1):
                told[place] = [_one(text, rows[place])]
    return [line for number, row in enumerate(rows) for line in told.get(number, row)] if told else list(lines)


def _middle(line: Line) -> float:
    return (line.bottom + line.top) / 2


def _under(row: Sequence[Line], years: Sequence[Line]) -> bool:
    """Whether all but the first cell of a row stand under one of the years."""
    return all(any(_meets(cell, year) for year in years) for cell in sorted(row, key=lambda cell: cell.left)[1:])


def _meets(cell: Line, year: Line) -> bool:
    return cell.left < year.right + year.height and cell.right > year.left - year.height


def _cells(row: Sequence[Line], years: Sequence[Line]) -> list[str]:
    label, *cells = sorted(row, key=lambda cell: cell.left)
    return [
        label.text.strip(),
        *(next((cell.text.strip() for cell in cells if _meets(cell, year)), "") for year in years),
    ]


def _one(text: str, row: Sequence[Line]) -> Line:
    return Line(
        text,
        min(cell.left for cell in row),
        min(cell.bottom for cell in row),
        max(cell.right for cell in row),
        max(cell.top for cell in row),
        alone=True,
    )
