"""`Label: value` lines: exactly one figure each, a number or explicitly none."""

from __future__ import annotations

import re

from diffing.extracting.places import ALONE, Place
from diffing.language.lexicon import SCALES, Lexicon
from diffing.language.numbers import digits_value
from diffing.model import Actor, Basis, Figure, Qualifier, Status

_LINE = re.compile(r"\s*+([^\W\d_][^:\n]{1,60}):[ \t]*+(\S(?:[^\n]*\S)?)?\s*+", re.DOTALL)
_VALUE = re.compile(
    r"([A-Z]{0,3}\$|[€£¥])?\s*(\d[\d,.\u00a0 ]*\d|\d)(?:\s+(thousand|million|billion))?(?![\w.,])",
    re.IGNORECASE,
)


def label_figure(text: str, lexicon: Lexicon, year: int, place: Place = ALONE) -> Figure | None:
    """The figure of a `Label: value` line whose label the profile knows, or None for any other text."""
    if not lexicon.labels or len(text) > 200:
        return None
    line = _LINE.fullmatch(text)
    if line is None:
        return None
    indicator = lexicon.labels.get(" ".join(line[1].lower().split()))
    if indicator is None:
        return None
    start, end = (line.start(2), line.end(2)) if line[2] else (line.start(1), line.end(1))
    found = _VALUE.match(line[2] or "")
    value = digits_value(found[2].strip()) if found else None
    if found and value is not None:
        value *= SCALES.get((found[3] or "").lower(), 1)
    return Figure(
        figure=place.figure,
        sentence=place.sentence,
        indicator=indicator.name,
        actor=Actor.GOVERNMENT,
        year=year,
        basis=Basis.REPORTING_PERIOD,
        value=value,
        low=None,
        high=None,
        qualifier=Qualifier.EXACT,
        unit=indicator.unit,
        status=Status.REPORTED if value is not None else Status.NOT_REPORTED,
        part_of=None,
        breakdown=None,
        start=place.start + start,
        end=place.start + end,
        text=text[start:end],
        country=place.country,
        report_year=place.report_year,
        section=place.section,
        reason=f"{indicator.name}: the label “{line[1].strip()}”",
    )
