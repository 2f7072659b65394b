"""Every year of an indicator, as each report gives it."""

from __future__ import annotations

from collections import defaultdict

from diffing.judging.told import Told, agree, countable
from diffing.model import Actor, Pair, TrendPoint

Series = tuple[str, Actor, str | None, str | None]


def trend_points(pair: Pair) -> tuple[TrendPoint, ...]:
    """One point for each report, indicator, actor, unit, breakdown, year and number, oldest year first.

    `restated` where two reports give different numbers for one year; the point of the later one carries it too.
    """
    country = pair.new.country
    points: dict[tuple[Series, int], list[Told]] = defaultdict(list)
    reports = [
        *zip(pair.earlier, pair.earlier_figures, strict=True),
        (pair.old, pair.old_figures),
        (pair.new, pair.new_figures),
    ]
    for narrative, figures in reports:
        for figure in countable(figures):
            series = (figure.indicator or "", figure.actor, figure.unit, figure.breakdown)
            of_year = points[series, figure.year or 0]
            told = Told(figure, narrative.year, narrative is pair.new)
            if all(t.report != told.report or t.content != told.content for t in of_year):
                of_year.append(told)
    found = []
    for (series, year), of_year in points.items():
        for t in of_year:
            others = [o for o in of_year if o.report != t.report]
            found.append(
                TrendPoint(
                    country=country,
                    indicator=series[0],
                    actor=series[1],
                    unit=series[2],
                    breakdown=series[3],
                    year=year,
                    value=t.figure.value,
                    status=t.figure.status,
                    basis=t.figure.basis,
                    report_year=t.report,
                    restated=bool(others) and not any(agree(o, t) for o in others),
                )
            )
    found.sort(key=lambda p: (p.indicator or "", p.actor, p.unit or "", p.breakdown or "", p.year, p.report_year))
    return tuple(found)
