"""Every year of an indicator, as each report gives it, and the one number of each year that a reader should take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from diffing.judging.reported_values import Key, Told, agree, best_of, countable, is_plain
from diffing.language.word_lists import first_of
from diffing.model import Basis, Figure, Narrative, Pair, TrendPoint

# Sayings of one number in one year that a point is compared with, from the first on: [10, 1,000], default 100. Reports
# say a number some few times; a text that says another in every sentence would be compared with all of itself.
MOST_SAYINGS = 100

# What a point takes from its figure as it is.
_COPIED = ("value", "status", "basis", "qualifier", "low", "high", "sentence")


def trend_points(pair: Pair) -> tuple[TrendPoint, ...]:
    """The points of a pair's two reports and of those before them: see `series_points`."""
    return series_points(
        [
            *zip(pair.earlier, pair.earlier_figures, strict=True),
            (pair.old, pair.old_figures),
            (pair.new, pair.new_figures),
        ]
    )


def series_points(reports: Sequence[tuple[Narrative, Sequence[Figure]]]) -> tuple[TrendPoint, ...]:
    """One point for each report, indicator, actor, unit, breakdown, body, year and number, oldest year first.

    `reports` are a country's narratives with their figures, oldest first. `restated` where two reports give different
    numbers for one year; the point of the later one carries it too. One point of each series and year is `chosen`.
    """
    points: dict[tuple[Key, int], list[Told]] = defaultdict(list)
    seen: set[tuple[object, ...]] = set()
    for narrative, figures in reports:
        for figure in countable(figures):
            key = Key(figure.indicator or "", figure.actor, figure.breakdown, figure.body, figure.unit)
            told = Told(figure, narrative.year, narrative is reports[-1][0])
            if (key, figure.year or 0, told.report, told.content) not in seen:
                seen.add((key, figure.year or 0, told.report, told.content))
                points[key, figure.year or 0].append(told)
    texts = {narrative.year: narrative for narrative, _ in reports}
    found = []
    for (key, year), of_year in points.items():
        sayings = Sayings(of_year[:MOST_SAYINGS])
        taken, why = choose(of_year, year, texts)
        found += [_point(texts[t.report], key, year, t, sayings, why if t is taken else "") for t in of_year]
    found.sort(key=lambda p: (p.indicator or "", p.actor, p.unit or "", p.breakdown or "", p.year, p.report_year))
    return tuple(found)


def _point(narrative: Narrative, key: Key, year: int, told: Told, sayings: Sayings, why: str) -> TrendPoint:
    return TrendPoint(
        country=narrative.country, year=year, report_year=told.report, restated=sayings.contradict(told),
        chosen=bool(why), why=why, **key._asdict(), **{name: getattr(told.figure, name) for name in _COPIED},
    )  # fmt: skip


def choose(told: Sequence[Told], year: int, texts: Mapping[int, Narrative]) -> tuple[Told, str]:
    """The one saying of a series and year that a reader should take, and why; `texts` are the narratives by year.

    What the newest report says that gives a number of its own: a report corrects those before it. Where it only rounds
    what the report of that year said exactly, that one; of several of one report the one that its sentence calls the
    national total, else one that another report tells too, else the first.
    """
    numbers = [t for t in told if t.reported]
    firm = [t for t in numbers if t.figure.basis not in (Basis.STREAK, Basis.IMPLIED)] or numbers or list(told)
    newest = max(t.report for t in firm)
    best = best_of(t for t in firm if t.report == newest)
    own = [t for t in firm if texts[t.report].profile.reporting_period(t.report) == year]
    if len(best) == 1 and not is_plain(best[0]):
        exact = [t for t in own if is_plain(t) and agree(t, best[0])]
        if exact:
            return exact[0], "the report of that year, which later ones round"
    if len(best) > 1:
        return _of_several(best, firm, texts)
    taken = best[0]
    if not taken.reported:
        return taken, "no report gives a number"
    if taken in own:
        return taken, "the report of that year"
    if any(t.content != taken.content for t in firm):
        return taken, "the newest restatement"
    return (own[0], "the report of that year") if own else (taken, "the newest report that tells it")


def _of_several(best: Sequence[Told], firm: Sequence[Told], texts: Mapping[int, Narrative]) -> tuple[Told, str]:
    """The one to take of several numbers that one report gives for one year."""
    for t in best:
        narrative = texts[t.report]
        words = narrative.profile.judging.words.get("national", ())
        if first_of(words, narrative.sentences[t.figure.sentence].text):
            return t, "the national total"
    by: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for other in firm:
        by[other.content].add(other.report)
    for t in best:
        if by[t.content] - {t.report}:
            return t, "another report tells the same"
    return best[0], f"the first of {len(best)} numbers told for the year"


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
