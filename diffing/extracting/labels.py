"""`Label: value` lines: a number or explicitly none, or one number for each year of a table's row.

Labor Inspectors: 12                              -> 12 of the reporting period
Victims identified: 12 in 2018, 15 in 2019        -> 12 of 2018, 15 of 2019
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from diffing.extracting.context import ALONE, Context, Place
from diffing.extracting.sentence import read_sentence
from diffing.language.entries import SCALES
from diffing.language.lexicon import Lexicon
from diffing.language.numbers import digits_value
from diffing.model import Actor, Basis, Figure, FigureReason, Ground, Qualifier, Status

LONGEST_LINE = 200  # characters of a line with a label; longer ones are prose with a colon
_LINE = re.compile(r"\s*([^\W\d_][^:\n]{1,60}):[ \t]*(\S(?:[^\n]*\S)?)?\s*", re.DOTALL)
_NUMBER = r"([A-Z]{0,3}\$|[€£¥])?\s*(\d[\d,.\u00a0 ]*\d|\d)(?:\s+(thousand|million|billion))?"
_VALUE = re.compile(_NUMBER + r"(?![\w.,])", re.IGNORECASE)
_CELL = re.compile(r"(.{1,30}) in ((?:19|20)\d\d)")
_NEXT_CELL = re.compile(r"(?<=\d\d\d\d)[,;] ")


def label_figures(text: str, lexicon: Lexicon, year: int, place: Place = ALONE) -> list[Figure]:
    """The figures of a `Label: value` line whose label names an indicator; none for any other text."""
    line = _LINE.fullmatch(text) if len(text) <= LONGEST_LINE else None
    if line is None:
        return []
    indicator = lexicon.labels.get(" ".join(line[1].lower().split()))
    cells = [_CELL.fullmatch(cell) for cell in _NEXT_CELL.split(line[2] or "")]
    row = all(cells)
    if indicator is not None:
        counted: dict[str, Any] = {"indicator": indicator.name, "unit": indicator.unit, "breakdown": None}
        counted["actor"] = Actor.GOVERNMENT
    elif not row or not (counted := _counted(line[1], lexicon, year)):
        return []
    found = list(_yearly(text, cells)) if row else [_single(line, year)]
    reason = FigureReason(Ground.LABEL, (line[1].strip(),))
    return [
        place.make(
            place.figure + number,
            start,
            end,
            text,
            year=of_year,
            basis=Basis.STATED if row else Basis.REPORTING_PERIOD,
            value=value,
            low=None,
            high=None,
            qualifier=Qualifier.EXACT,
            status=Status.REPORTED if value is not None else Status.NOT_REPORTED,
            part_of=None,
            reason=reason,
            **counted,
        )
        for number, (start, end, value, of_year) in enumerate(found)
    ]


def _counted(label: str, lexicon: Lexicon, year: int) -> dict[str, Any]:
    """What a label counts that the profile does not list: what it would count behind a number."""
    figures = read_sentence(f"Two {label.lower()}.", lexicon, year, Context()).figures
    known = len(figures) == 1 and figures[0].indicator is not None
    return {name: getattr(figures[0], name) for name in ("indicator", "unit", "breakdown", "actor")} if known else {}


_Found = tuple[int, int, float | None, int]  # where the value stands, the value, its year


def _single(line: re.Match[str], year: int) -> _Found:
    start, end = (line.start(2), line.end(2)) if line[2] else (line.start(1), line.end(1))
    found = _VALUE.match(line[2] or "")
    return start, end, _number(found) if found else None, year


def _yearly(text: str, cells: list[re.Match[str] | None]) -> Iterator[_Found]:
    start = 0
    for cell in filter(None, cells):
        start = text.index(cell[0], start)
        found = _VALUE.fullmatch(cell[1])
        yield start, start + len(cell[0]), _number(found) if found else None, int(cell[2])
        start += len(cell[0])


def _number(found: re.Match[str]) -> float | None:
    value = digits_value(found[2].strip())
    return None if value is None else value * SCALES.get((found[3] or "").lower(), 1)
