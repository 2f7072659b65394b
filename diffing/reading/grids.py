"""A table of a document becomes lines of prose: each number with its row's label and its column's year.

>>> grid_lines([["", "2018", "2019"], ["Victims identified", "12", "15"]])
['Victims identified: 12 in 2018, 15 in 2019']
>>> grid_lines([["Sector", "Women", "Men"], ["Victims identified", "12", "15"]])
['Victims identified: 12 women, 15 men']

A table without a row of headings, or with long texts in its cells, is a page's layout: it has no lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

LONGEST_CELL = 120
"""Characters of a cell of figures. Range 40 to 400; default 120: labels have up to 80; longer cells are prose, and the
table is a layout. Higher folds paragraphs into one line."""

LARGEST_GRID = 20_000
"""Cells of one table. Range 1,000 to any; default 20,000, twenty times the largest in a report."""

YEAR = re.compile(r"(?<![\w.])(?:(?:FY|CY)\s?)?(?:19|20)\d\d(?:\s?[–/-]\s?(?:(?:19|20)?\d\d))?\*?(?![\w.])")
_FIGURE = re.compile(r"[$€£¥]?\d|(?:none|n/a|no data|[-–—])$", re.IGNORECASE)
_NUMBER = re.compile(r"[$€£¥]?\s?\d[\d,. ]*%?")


def grid_lines(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """The lines of a table, given as its rows of cells; None where it has no headings over figures.

    A cell over several columns, or beside several rows, stands in each of them.
    """
    cells = [[_cell(cell) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if len(cells) < 2 or len(cells[0]) < 2 or sum(map(len, cells)) > LARGEST_GRID:
        return None
    if any(len(cell) > LONGEST_CELL for row in cells for cell in row):
        return None
    head, body = _headed(cells)
    if len(body) > 1 and all(row and YEAR.fullmatch(row[0]) for row in body) and all(head[1:]):
        body = [list(column) for column in zip_longest(head, *body, fillvalue="")]  # years beside figures
        head, body = body[0], body[1:]
    labels = _labels(head, body)
    names = head[labels:]
    years = [bool(YEAR.search(cell)) for cell in names if cell]
    figures = [bool(_NUMBER.fullmatch(cell)) for row in body for cell in row[labels:] if cell]
    headed = years and all(years)
    if not headed and (not figures or sum(figures) < len(figures) / 2 or any(map(_NUMBER.fullmatch, names))):
        return None
    if not headed and not all(names):
        return None
    lines = []
    for row in body:
        label = _label(row[:labels])
        told = [_told(cell, name) for cell, name in zip(row[labels:], names, strict=False) if cell]
        if told:
            lines.append(f"{label}: {', '.join(told)}" if label else ", ".join(told))
        elif label:
            lines.append(label)
    return lines


def _cell(text: str) -> str:
    """A cell's text on one line, a number without the stars that hang on it."""
    text = " ".join(text.split())
    bare = text.rstrip("*†‡")
    return bare if _NUMBER.fullmatch(bare) else text


def _headed(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The headings of a table's columns, those of two rows in one, and the rows below them.

    A second row is headings too where the first has one over several columns, and it has no number besides years.
    """
    head, *body = rows
    spread = any(one == other != "" for one, other in pairwise(head[1:])) or not any(head[2:])
    second = body[0] if len(body) > 1 else []
    named = [cell for cell in second[1:] if cell]
    if not spread or len(named) < 2 or any(_NUMBER.fullmatch(cell) and not YEAR.fullmatch(cell) for cell in named):
        return head, body
    both = zip_longest(head, second, fillvalue="")
    return [upper if upper == lower else f"{upper} {lower}".strip() for upper, lower in both], body[1:]


def _labels(head: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """How many columns at the left are labels of the rows: the first, and those after it without any number."""
    for place in range(1, len(head) - 1):
        cells = [row[place] for row in body if len(row) > place and row[place]]
        if YEAR.search(head[place]) or not cells or any(map(_FIGURE.match, cells)):
            return place
    return max(1, len(head) - 1) if len(head) > 2 else 1


def _label(cells: Sequence[str]) -> str:
    """The label of a row, of one cell or several: "Police, arrests"."""
    found = list(dict.fromkeys(cell.rstrip(": ") for cell in cells if cell.rstrip(": ")))
    return ", ".join([*found[:1], *map(_small, found[1:])])


def _told(cell: str, name: str) -> str:
    """One cell under its heading."""
    year = YEAR.search(name)
    if year:
        group = f"{name[: year.start()]}{name[year.end() :]}".strip(" :,-–").removesuffix(" in")
        counted = f"{cell} {_small(group)}" if group else cell
        return f"{counted} in {year[0].rstrip('*')}"
    if not name:
        return cell
    return f"{cell} {_small(name)}" if _NUMBER.fullmatch(cell) else f"{_small(name)} {cell}"


def _small(name: str) -> str:
    """A name as it stands inside a sentence: a single capital at its beginning is a small letter."""
    return name if name[1:2].isupper() or not name[:1].isupper() else name[0].lower() + name[1:]
