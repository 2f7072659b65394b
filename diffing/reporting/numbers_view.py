"""Where each number went over all countries: the findings on numbers of a year, by what they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from diffing.model import Actor, Finding, TrendPoint
from diffing.reporting import wording
from diffing.reporting.marked_words import clean
from diffing.reporting.refs import Chip, chip
from diffing.reporting.sparklines import axis_of, dots, sparkline
from diffing.reporting.year_page import YearFinding, YearPage

# The rules on numbers in the order in which a reader asks for them, and how their countries are counted.
WENT = {
    "figure_fell": "fell",
    "figure_rose": "rose",
    "no_longer_reported": "no longer reported",
    "newly_reported": "newly reported",
    "figure_same": "the same",
    "still_not_reported": "still not reported",
}
_OTHERWISE = "not comparable"
_ORDER = [*WENT.values(), _OTHERWISE]


class NumberRow(Struct, frozen=True):
    """What one country's number did: the words of its finding without what it counts."""

    chip: Chip
    country: str
    href: str
    said: str


class IndicatorView(Struct, frozen=True):
    """One indicator over all countries; `counts` says how many findings went which way."""

    title: str
    counts: str
    rows: Sequence[NumberRow]
    multiples: Sequence[tuple[str, str, Markup]]


def indicator_views(year: YearPage) -> list[IndicatorView]:
    """The findings on numbers by indicator, in the order of the profile."""
    order = [one.name for one in year.profile.indicators] if year.profile else []
    by_indicator: dict[str, list[YearFinding]] = {name: [] for name in order}
    for one in year.findings:
        if one.finding.indicator is not None:
            by_indicator.setdefault(one.finding.indicator, []).append(one)
    series = _series(year)
    return [_view(year, name, found, series.get(name, {})) for name, found in by_indicator.items() if found]


def _series(year: YearPage) -> dict[str, dict[str, list[TrendPoint]]]:
    """The government's whole numbers by indicator and country, each indicator in its own unit."""
    units = {one.name: one.unit for one in year.profile.indicators} if year.profile else {}
    found: dict[str, dict[str, list[TrendPoint]]] = {}
    for point in year.trends or ():
        whole = point.actor == Actor.GOVERNMENT and point.breakdown is None
        if whole and point.indicator in units and point.unit in (None, units[point.indicator]):
            found.setdefault(str(point.indicator), {}).setdefault(point.country, []).append(point)
    return found


def _multiples(
    year: YearPage, title: str, found: list[YearFinding], series: dict[str, list[TrendPoint]]
) -> list[tuple[str, str, Markup]]:
    """A small chart of the indicator for each country that has two years of it, on one axis of years."""
    if year.profile is None or not series:
        return []
    axis = axis_of((p for some in series.values() for p in some), year.profile.reporting_period(year.new_year))
    slugs = {one.finding.country: one.slug for one in found}
    drawn = []
    for country, points in sorted(series.items()):
        line = dots(points)
        if country in slugs and sum(dot.value is not None for dot in line) > 1:
            name = clean(country)
            drawn.append((name, f"{slugs[country]}.html#numbers", sparkline(title, line, axis, years=True)))
    return drawn


def _view(year: YearPage, name: str, found: list[YearFinding], series: dict[str, list[TrendPoint]]) -> IndicatorView:
    title = wording.indicator_title(year.profile, name) if year.profile else wording.words(name)
    found = sorted(
        found,
        key=lambda one: (_ORDER.index(_went(one)), -one.finding.strength, -_moved(one.finding), one.finding.country),
    )
    counts = Counter(map(_went, found))
    return IndicatorView(
        title=clean(title),
        multiples=_multiples(year, title, found, series),
        counts=" · ".join(f"{counts[went]:,} {went}" for went in _ORDER if counts[went]),
        rows=[
            NumberRow(
                chip(one.finding.verdict),
                clean(one.finding.country),
                f"{one.slug}.html#{one.anchor}",
                clean(one.finding.summary.removeprefix(title).lstrip(" :")),
            )
            for one in found
        ],
    )


def _moved(finding: Finding) -> float:
    """How far a number went as a share of what it was; 0 where that can't be said."""
    if not finding.from_value or finding.to_value is None:
        return 0.0
    return abs(finding.to_value / finding.from_value - 1)


def _went(one: YearFinding) -> str:
    return WENT.get(one.finding.rule, _OTHERWISE)
