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

LONGEST_CELL = 120
"""Characters of a cell of figures. Range 40 to 400; default 120: labels have up to 80; longer cells are prose, and the
table is a layout. Higher folds paragraphs into one line."""

LARGEST_GRID = 20_000
"""Cells of one table. Range 1,000 to any; default 20,000, twenty times the largest in a report."""

YEAR = re.compile(r"(?:(?:FY|CY)\s?)?(?:19|20)\d\d(?:\s?[–/-]\s?(?:(?:19|20)?\d\d))?\*?")
_NUMBER = re.compile(r"[$€£¥]?\s?\d[\d,. ]*%?")


def grid_lines(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """The lines of a table, given as its rows of cells; None where it has no headings over figures."""
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or len(rows[0]) < 2 or sum(map(len, rows)) > LARGEST_GRID:
        return None
    if any(len(cell) > LONGEST_CELL for row in rows for cell in row):
        return None
    head, body = rows[0], rows[1:]
    years = [bool(YEAR.fullmatch(cell)) for cell in head[1:] if cell]
    figures = [bool(_NUMBER.fullmatch(cell)) for row in body for cell in row[1:] if cell]
    headed = years and all(years)
    if not headed and (not figures or sum(figures) < len(figures) / 2 or any(map(_NUMBER.fullmatch, head[1:]))):
        return None
    if not headed and not all(head[1:]):
        return None
    lines = []
    for row in body:
        label, cells = row[0].rstrip(": "), row[1:]
        told = [_told(cell, name) for cell, name in zip(cells, head[1:], strict=False) if cell]
        if told:
            lines.append(f"{label}: {', '.join(told)}" if label else ", ".join(told))
        elif label:
            lines.append(label)
    return lines


def _told(cell: str, name: str) -> str:
    """One cell under its heading."""
    if YEAR.fullmatch(name):
        return f"{cell} in {name.rstrip('*')}"
    if not name:
        return cell
    small = name if name[1:2].isupper() or not name[0].isupper() else name[0].lower() + name[1:]
    return f"{cell} {small}" if _NUMBER.fullmatch(cell) else f"{small} {cell}"
