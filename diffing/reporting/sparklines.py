"""Sparklines: one indicator over the years as an SVG of some 400 bytes that needs no library and says itself in words.

A year that the report gives no number for is a gap with a cross at the foot, never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from diffing.model import Status, TrendPoint
from diffing.reporting.phrases import amount, number

WIDTH, HEIGHT, PAD = 96, 24, 4


@dataclass(frozen=True, slots=True)
class Dot:
    """One year of a sparkline; `value` None where no number is given."""

    year: int
    value: float | None
    status: Status
    restated: bool = False


def dots(points: Iterable[TrendPoint]) -> tuple[Dot, ...]:
    """One dot a year: what the newest report says of it, a number before the lack of one."""
    best: dict[int, TrendPoint] = {}
    restated: set[int] = set()
    for point in points:
        if point.restated:
            restated.add(point.year)
        known = best.get(point.year)
        if known is None or (point.value is not None, point.report_year) >= (
            known.value is not None,
            known.report_year,
        ):
            best[point.year] = point
    return tuple(Dot(year, point.value, Status(point.status), year in restated) for year, point in sorted(best.items()))


def sparkline(title: str, series: Sequence[Dot]) -> Markup:
    """An SVG of `series` (years rising) with a title that says every year; empty for fewer than two years."""
    if len(series) < 2:
        return Markup("")
    values = [dot.value for dot in series if dot.value is not None]
    top, first, last = max([*values, 1.0]), series[0].year, series[-1].year
    low = min([*values, 0.0])

    def x(dot: Dot) -> str:
        return _short(PAD + (WIDTH - 2 * PAD) * (dot.year - first) / ((last - first) or 1))

    def y(value: float) -> str:
        return _short(HEIGHT - PAD - (HEIGHT - 2 * PAD) * (value - low) / ((top - low) or 1))

    line, pen_up = [], True
    marks: list[str] = []
    for dot in series:
        if dot.value is None:
            pen_up = True
            marks.append(f'<path class="nr" d="M{x(dot)} {HEIGHT - PAD}m-2-2l4 4m0-4l-4 4"/>')
            continue
        line.append(f"{'M' if pen_up else 'L'}{x(dot)} {y(dot.value)}")
        pen_up = False
        kind = ' class="re"' if dot.restated else ' class="now"' if dot is series[-1] else ""
        marks.append(f'<circle{kind} cx="{x(dot)}" cy="{y(dot.value)}" r="{"2.5" if kind else "1.5"}"/>')
    said = "; ".join(
        f"{dot.year}: {number(dot.value) if dot.value is not None else amount(None, dot.status)}"
        f"{' (restated)' if dot.restated else ''}"
        for dot in series
    )
    return Markup(
        f'<svg class="spark" role="img" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<title>{escape(title)}: {escape(said)}</title>"
        f'<path d="{"".join(line)}"/>{"".join(marks)}</svg>'
    )


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
