"""Every series of a history: one chosen value a year with its reason and sentence, and the others beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from diffing.model import Actor, Basis, CountryHistory, Narrative, TrendPoint, breakdown_words
from diffing.model.printed_numbers import BY_ACTOR
from diffing.profile import Profile
from diffing.reporting import wording
from diffing.reporting.marked_words import clean
from diffing.reporting.refs import Ref
from diffing.reporting.sparklines import dot_of, sparkline


class SayingView(Struct, frozen=True):
    """What one report says of one year: the value in words, the report, and its sentence."""

    value: str
    report: int
    ref: Ref


class YearView(Struct, frozen=True):
    """One year of a series: the value to take and why, and what else is said of the year."""

    year: int
    chosen: SayingView
    why: str
    restated: bool
    others: Sequence[SayingView]
    alike: str  # which other reports tell the same


class SeriesView(Struct, frozen=True):
    """One series over the years."""

    title: str
    breakdown: str
    spark: Markup
    newest: str
    years: Sequence[YearView]


def series_views(history: CountryHistory, ids: Sequence[str]) -> list[SeriesView]:
    """The series of a country: those told for most years first, wholes before their parts.

    `ids` are those of the newest narrative's sentences on the page.
    """
    narratives = {narrative.year: narrative for narrative in history.narratives}
    newest = history.narratives[-1]
    found: dict[tuple[object, ...], list[TrendPoint]] = defaultdict(list)
    for point in history.points:
        found[point.indicator, point.actor, point.unit, point.breakdown, point.body].append(point)

    def shown_first(points: Sequence[TrendPoint]) -> tuple[object, ...]:
        one = points[0]
        years = len({point.year for point in points})
        return (one.breakdown is not None, one.actor is not Actor.GOVERNMENT, -years, one.indicator or "")

    return [_series(points, narratives, newest, ids) for points in sorted(found.values(), key=shown_first)]


def _series(
    points: Sequence[TrendPoint], narratives: dict[int, Narrative], newest: Narrative, ids: Sequence[str]
) -> SeriesView:
    one, profile = points[0], newest.profile
    by_year: dict[int, list[TrendPoint]] = defaultdict(list)
    for point in points:
        by_year[point.year].append(point)
    years = []
    dots = []
    for year, told in sorted(by_year.items()):
        chosen = next((point for point in told if point.chosen), told[-1])
        restated = any(point.restated for point in told)
        taken = _saying(chosen, narratives, newest, ids)
        sayings = [_saying(point, narratives, newest, ids) for point in told if point is not chosen]
        alike = sorted({one.report for one in sayings if one.value == taken.value} - {taken.report})
        others = [one for one in sayings if one.value != taken.value]
        reports = f"{wording.listed(map(str, alike))} alike" if alike else ""
        years.append(YearView(year, taken, clean(chosen.why), restated, others, reports))
        dots.append(dot_of(chosen, restated))
    title = clean(wording.indicator_title(profile, one.indicator))
    about = [breakdown_words(one.breakdown), BY_ACTOR.get(one.actor, ""), (one.body or "").replace("_", " ")]
    last = years[-1]
    return SeriesView(
        title=title,
        breakdown=clean(", ".join(word for word in about if word)),
        spark=sparkline(title, dots),
        newest=f"{last.chosen.value} ({last.year})",
        years=years[::-1],
    )


def _saying(point: TrendPoint, narratives: dict[int, Narrative], newest: Narrative, ids: Sequence[str]) -> SayingView:
    narrative = narratives[point.report_year]
    number = point.sentence
    text = narrative.sentences[number].text if number is not None else ""
    here = narrative is newest and number is not None
    href = f"#{ids[number]}" if here and number is not None else None
    return SayingView(_value(point, newest.profile), point.report_year, Ref(href, clean(text)))


def _value(point: TrendPoint, profile: Profile) -> str:
    said = wording.amount_of(point, wording.noun_of(profile, point.indicator, point.unit))
    return f"about {said.removeprefix('about ')}" if point.basis is Basis.IMPLIED else said
