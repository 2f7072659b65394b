"""Every year of an indicator, as each report gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from diffing.judging.told import Told, agree, countable, is_plain
from diffing.model import Actor, Pair, TrendPoint

# Sayings of one number in one year that a point is compared with, from the first on: [10, 1,000], default 100. Reports
# say a number some few times; a text that says another in every sentence would be compared with all of itself.
MOST_SAYINGS = 100

Series = tuple[str, Actor, str | None, str | None]


def trend_points(pair: Pair) -> tuple[TrendPoint, ...]:
    """One point for each report, indicator, actor, unit, breakdown, year and number, oldest year first.

    `restated` where two reports give different numbers for one year; the point of the later one carries it too.
    """
    country = pair.new.country
    points: dict[tuple[Series, int], list[Told]] = defaultdict(list)
    seen: set[tuple[object, ...]] = set()
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
            if (series, told.figure.year or 0, told.report, told.content) not in seen:
                seen.add((series, told.figure.year or 0, told.report, told.content))
                of_year.append(told)
    found = []
    for (series, year), of_year in points.items():
        sayings = Sayings(of_year[:MOST_SAYINGS])
        for t in of_year:
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
                    restated=sayings.contradict(t),
                )
            )
    found.sort(key=lambda p: (p.indicator or "", p.actor, p.unit or "", p.breakdown or "", p.year, p.report_year))
    return tuple(found)


class Sayings:
    """What the reports say of one series in one year; exact numbers are looked up, others compared one by one."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.reports = {t.report for t in told}
        self.exact: dict[int, set[float | None]] = defaultdict(set)
        self.others = [t for t in told if not is_plain(t)]
        self.told = told
        for t in told:
            if is_plain(t):
                self.exact[t.report].add(t.figure.value)

    def contradict(self, told: Told) -> bool:
        """Whether other reports tell of the year too, and none agrees."""
        if not self.reports - {told.report}:
            return False
        if not is_plain(told):
            return not any(agree(other, told) for other in self.told if other.report != told.report)
        said = any(told.figure.value in values for report, values in self.exact.items() if report != told.report)
        return not said and not any(agree(other, told) for other in self.others if other.report != told.report)
