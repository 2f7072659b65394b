"""Sparklines: one indicator over the years as a small SVG that needs no library and says itself in words.

All lines of a page share one axis of years, so that what stands below each other is of one year and "now" is at the
end. A year that a report refuses to give a number for is a cross at the foot, never a zero; a year of which no report
says anything is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from diffing.model import Qualifier, Status, TrendPoint
from diffing.model.printed_numbers import digits
from diffing.reporting.wording import amount, amount_of

WIDTH, HEIGHT, PAD = 96, 24, 4
LABELS = 11  # the height of a line of years, where there is one
# Years on an axis, at most (range 8 to 30): the newest. More squeezes them below three pixels each.
MOST_YEARS = 16

Axis = tuple[int, int]
"""The first and the last year."""


class Dot(Struct, frozen=True):
    """One year of a sparkline; `value` None where no number is given, `said` how it is told where it is not exact."""

    year: int
    value: float | None
    status: Status
    restated: bool = False
    said: str = ""


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
    return tuple(dot_of(point, year in restated) for year, point in sorted(best.items()))


def dot_of(point: TrendPoint, restated: bool) -> Dot:
    """A year of a line, from the point that is taken for it."""
    said = "" if point.qualifier is Qualifier.EXACT else amount_of(point)
    return Dot(point.year, point.value, Status(point.status), restated, said)


def axis_of(points: Iterable[TrendPoint], now: int) -> Axis:
    """The years that all lines of a page share; the last is `now`, the new report's period."""
    first = min((point.year for point in points if point.year <= now), default=now)
    return max(first, now - MOST_YEARS + 1), now


def sparkline(title: str, series: Sequence[Dot], axis: Axis | None = None, years: bool = False) -> Markup:
    """An SVG of `series` (years rising) on `axis` with a title that says every year; empty for fewer than two years.

    `years` writes the first and the last year and the highest number at the axis.
    """
    if len(series) < 2:
        return Markup("")
    first, last = axis or (series[0].year, series[-1].year)
    shown = [dot for dot in series if first <= dot.year <= last]
    values = [dot.value for dot in shown if dot.value is not None]
    top, low = max([*values, 1.0]), min([*values, 0.0])
    foot = HEIGHT - PAD

    def x(year: int) -> str:
        return _short(PAD + (WIDTH - 2 * PAD) * (year - first) / ((last - first) or 1))

    def y(value: float) -> str:
        return _short(foot - (HEIGHT - 2 * PAD) * (value - low) / ((top - low) or 1))

    line: list[str] = []
    marks: list[str] = []
    before: Dot | None = None
    for dot in shown:
        if dot.value is None:
            if dot.status is Status.NOT_REPORTED:
                marks.append(f'<path class="nr" d="M{x(dot.year)} {foot}m-2-2l4 4m0-4l-4 4"/>')
            before = None
            continue
        joined = before is not None and dot.year == before.year + 1
        line.append(f"{'L' if joined else 'M'}{x(dot.year)} {y(dot.value)}")
        before = dot
        kind = ' class="re"' if dot.restated else ' class="now"' if dot.year == last else ""
        marks.append(f'<circle{kind} cx="{x(dot.year)}" cy="{y(dot.value)}" r="{"2.5" if kind else "1.5"}"/>')
    said = "; ".join(
        f"{dot.year}: {dot.said or (amount(None, dot.status) if dot.value is None else digits(dot.value))}"
        f"{' (restated)' if dot.restated else ''}"
        for dot in series
    )
    height = HEIGHT + (LABELS if years else 0)
    labels = _labels(first, last, x(last)) if years else ""
    return Markup(
        f'<svg class="spark" role="img" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f"<title>{escape(title)}: {escape(said)}</title>{labels}"
        f'<path d="{"".join(line)}"/>{"".join(marks)}</svg>'
    )


def _labels(first: int, last: int, end: str) -> str:
    """The axis with its first and its last year."""
    if first == last:
        return ""
    at = HEIGHT + LABELS - 2
    return (
        f'<path class="ax" d="M{PAD} {HEIGHT - 1}H{end}"/><text x="{PAD - 4}" y="{at}">{first}</text>'
        f'<text x="{WIDTH}" y="{at}" text-anchor="end">{last}</text>'
    )


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
