"""What a year's page shows, ready to print: the template computes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from diffing.model import REJECTED, Actor, TrendPoint, Verdict
from diffing.reporting import reasons, wording
from diffing.reporting.banners import Banner, edition_banners
from diffing.reporting.country_view import EditorialView, editorial_view, signature_folds, signature_rows
from diffing.reporting.facets import Facet, facets_of
from diffing.reporting.marked_words import clean
from diffing.reporting.numbers_view import IndicatorView, indicator_views
from diffing.reporting.one_sided_view import OneSidedView, year_views
from diffing.reporting.refs import Chip, chip
from diffing.reporting.sparklines import Dot, axis_of, dots, sparkline
from diffing.reporting.year_charts import bar, dot_chart
from diffing.reporting.year_page import YearFinding, YearPage

# The tables that lie beside a year's page, most asked for first, and what a row of each is.
TABLES = {
    "findings": "every finding: verdict, rule, numbers and sentences",
    "changes": "every number of two years: from, to, direction, verdict",
    "index": "the table of countries above",
    "recommendations": "every recommendation: kept, new or dropped, and its follow-up",
    "sentences": "every sentence: kept, edited, moved, added or removed, both texts",
    "figures": "every number that a report gives, and where",
    "trends": "every number by the year it counts, over all reports",
    "one_sided": "what one report alone says: newly said and no longer said, what weighs most first",
    "events": "every deed and incident that a report tells: who, what, to whom, and how it is meant",
    "sections": "every section and how much of it was kept",
    "editorial": "changes of the edition",
    "problems": "what could not be read, or should be looked at",
}

# Where each verdict stands when countries are sorted by verdict: backsliding first, no comparison last.
_RANKS = {verdict: rank for rank, verdict in enumerate(wording.SHOWN_FIRST)}


class CountryRow(Struct, frozen=True):
    """One country in the table; `href` None where it has no page."""

    country: str
    href: str | None
    chip: Chip | None
    rank: int
    little: str
    stated: str
    stated_chip: Chip | None
    bar: Markup
    net: int
    also: str
    spark: Markup
    up: int
    down: int
    lost: int
    added: int
    removed: int
    edited: int
    moved: int
    similarity: str
    similarity_value: float
    problems: int
    note: str


class FoundRow(Struct, frozen=True):
    """One finding in the list of all; `code` are the numbers of its values in the page's facets."""

    chip: Chip
    summary: str
    href: str
    code: str
    mark: str


class FoundCountry(Struct, frozen=True):
    """All findings of one country."""

    country: str
    href: str
    findings: Sequence[FoundRow]


class StandOut(Struct, frozen=True):
    """A country that moved far one way, and the finding that says most of how."""

    country: str
    href: str
    chip: Chip
    balance: str
    summary: str
    finding_href: str


class IndexView(Struct, frozen=True):
    """Everything that the template `index.html` prints."""

    history_href: str | None
    title: str
    profile_title: str
    old_year: int
    new_year: int
    compared: int
    tally: Sequence[tuple[Chip, int, int]]
    summary: Sequence[str]
    chart: Markup
    troubled: bool
    rated: bool
    moved_ratings: Sequence[tuple[str, Sequence[tuple[str, Sequence[tuple[str, str]]]]]]
    standouts: Sequence[tuple[str, Sequence[StandOut]]]
    series_title: str
    rows: Sequence[CountryRow]
    numbers: Sequence[IndicatorView]
    found: Sequence[FoundCountry]
    found_count: int
    facets: Sequence[Facet]
    one_sided: Sequence[OneSidedView]
    banners: Sequence[Banner]
    workbook: bool
    new_countries: Sequence[str]
    gone_countries: Sequence[str]
    editorial: Sequence[EditorialView] | None
    problems: Sequence[tuple[str, str, str, bool]]
    tables: Sequence[tuple[str, str]]
    signature: Sequence[tuple[str, str]]
    signature_more: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def index_view(year: YearPage) -> IndexView:
    """The year's page, from its rows."""
    compared = [row for row in year.index if row["verdict"] is not None]
    verdicts = Counter(Verdict(row["verdict"]) for row in compared)
    little = Counter(Verdict(row["verdict"]) for row in compared if row.get("on_little"))
    series_title, sparks = _sparks(year)
    facets = facets_of(year.findings, year.profile, year.regions)
    longest = max((max(row["progress"] or 0, row["backsliding"] or 0) for row in compared), default=0)
    return IndexView(
        history_href=year.history_href,
        title=clean(year.title),
        profile_title=clean(year.profile_title),
        old_year=year.old_year,
        new_year=year.new_year,
        compared=len(compared),
        tally=[(chip(v), verdicts[v], little[v]) for v in wording.SHOWN_FIRST],
        summary=_summary(compared),
        chart=dot_chart(compared),
        troubled=any(row.get("problems") for row in year.index),
        rated=any(row.get("old_stated") or row.get("new_stated") for row in compared),
        moved_ratings=_moved_ratings(compared),
        standouts=_standouts(compared, year.findings),
        series_title=series_title,
        rows=[_row(row, longest, year, sparks.get(row["country"], Markup(""))) for row in year.index],
        numbers=indicator_views(year),
        found=_found(year, facets.codes),
        facets=facets.facets,
        one_sided=year_views(year.one_sided, year.profile) if year.profile else [],
        banners=edition_banners(compared, year.old_year, year.new_year),
        workbook=year.workbook,
        found_count=len(year.findings),
        new_countries=[clean(name) for name in year.new_countries],
        gone_countries=[clean(name) for name in year.gone_countries],
        editorial=None if year.editorial is None else [editorial_view(change) for change in year.editorial],
        problems=[
            (clean(p.country), p.severity.value, clean(p.message), p.severity.value == "error") for p in year.problems
        ],
        tables=[(name, TABLES[name]) for name in TABLES if name in year.tables],
        signature=signature_rows(year.signature),
        signature_more=signature_folds(year.signature),
    )


def _summary(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    def total(name: str) -> int:
        return sum(row.get(name) or 0 for row in rows)

    edited = total("edited") + total("split") + total("merged")
    changed = f"{total('added'):,} sentences added, {total('removed'):,} removed, {edited:,} edited"
    figures = f"{total('figures_up'):,} numbers went up, {total('figures_down'):,} down"
    return [
        f"{figures}; {total('figures_no_longer_reported'):,} are no longer reported",
        f"{changed}, {total('moved'):,} moved; {total('equal'):,} are unchanged",
    ]


def _moved_ratings(
    rows: Sequence[Mapping[str, Any]],
) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """('Rating fell (2)', [('Tier 2 → Tier 3', [(country, its page)])]) for each way in which the ratings went."""
    shown = []
    for verdict, title in ((Verdict.BACKSLIDING, "Rating fell"), (Verdict.PROGRESS, "Rating rose")):
        moved: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            if row.get("stated_verdict") == verdict and row.get("slug"):
                move = clean(f"{row['old_stated']} → {row['new_stated']}")
                moved.setdefault(move, []).append((clean(row["country"]), f"{row['slug']}.html"))
        if moved:
            some = sorted(moved.items(), key=lambda item: -len(item[1]))
            shown.append((f"{title} ({sum(len(countries) for _, countries in some)})", some))
    return shown


# Countries that the page names on each side before its table (range 3 to 10): what fits on the first screen.
STAND_OUT = 5


def _standouts(rows: Sequence[Mapping[str, Any]], found: Sequence[YearFinding]) -> list[tuple[str, list[StandOut]]]:
    """The countries with most findings one way on balance, each with the strongest finding beside its rating's."""
    by_slug: dict[str, list[YearFinding]] = {}
    for one in found:
        by_slug.setdefault(one.slug, []).append(one)
    shown = []
    for verdict, title in ((Verdict.BACKSLIDING, "Most backsliding"), (Verdict.PROGRESS, "Most progress")):
        sign = 1 if verdict is Verdict.PROGRESS else -1
        moved = [row for row in rows if row["verdict"] == verdict and row.get("slug")]
        findings = {
            row["slug"]: [
                one
                for one in by_slug.get(row["slug"], ())
                if one.finding.verdict == verdict and one.finding.review != REJECTED
            ]
            for row in moved
        }
        weights = {slug: sum(one.finding.strength for one in some) for slug, some in findings.items()}
        moved.sort(key=lambda r: (sign * ((r["backsliding"] or 0) - (r["progress"] or 0)), -weights[r["slug"]]))
        outs = []
        for row in moved[:STAND_OUT]:
            of_country = findings[row["slug"]]
            if not of_country:
                continue
            best = max(of_country, key=lambda one: (one.finding.rule != "stated_level", one.finding.strength))
            page = f"{row['slug']}.html"
            sides = (Verdict.BACKSLIDING, Verdict.PROGRESS)[::-sign]
            balance = " ".join(f"{wording.SIGNS[side]}\xa0{row[side.value] or 0}" for side in sides)
            said = clean(best.finding.summary)
            outs.append(StandOut(clean(row["country"]), page, chip(verdict), balance, said, f"{page}#{best.anchor}"))
        if outs:
            shown.append((title, outs))
    return shown


def _sparks(year: YearPage) -> tuple[str, dict[str, Markup]]:
    """The series that most countries have for two years or more, by its title, and each country's sparkline of it."""
    if year.trends is None or year.profile is None:
        return "", {}
    units = {one.name: one.unit for one in year.profile.indicators}
    order = list(units)
    points: dict[str, dict[str, list[TrendPoint]]] = {}
    for point in year.trends:
        whole = point.actor == Actor.GOVERNMENT and point.breakdown is None
        if whole and point.indicator in units and point.unit in (None, units[point.indicator]):
            points.setdefault(str(point.indicator), {}).setdefault(point.country, []).append(point)
    drawn: dict[str, dict[str, Sequence[Dot]]] = {}
    for name, of_country in points.items():
        series = {country: dots(some) for country, some in of_country.items()}
        drawn[name] = {country: one for country, one in series.items() if sum(d.value is not None for d in one) > 1}
    if not any(drawn.values()):
        return "", {}
    best = min(drawn, key=lambda name: (-len(drawn[name]), order.index(name)))
    title = wording.indicator_title(year.profile, best)
    axis = axis_of((p for some in points[best].values() for p in some), year.profile.reporting_period(year.new_year))
    return title, {country: sparkline(title, one, axis) for country, one in drawn[best].items()}


def _row(row: Mapping[str, Any], longest: int, year: YearPage, spark: Markup) -> CountryRow:
    get = row.get
    verdict = get("verdict")
    old, new, move = get("old_stated"), get("new_stated"), get("stated_verdict")
    stated = ""
    if old or new:
        stated = str(new) if old == new else f"{old or 'not stated'} → {new or 'not stated'}"
    note = ""
    if verdict is None:
        name = row["country"]
        in_new, in_old = name in year.new_countries, name in year.gone_countries
        note = f"new in {year.new_year}" if in_new else f"only in {year.old_year}" if in_old else "not compared"
    progress, backsliding = get("progress") or 0, get("backsliding") or 0
    similarity, on_little = get("similarity"), bool(get("on_little"))
    return CountryRow(
        country=clean(row["country"]),
        href=f"{row['slug']}.html" if get("slug") and verdict is not None else None,
        chip=chip(verdict, on_little) if verdict is not None else None,
        rank=2 * (_RANKS[Verdict(verdict)] if verdict is not None else len(_RANKS)) + on_little,
        little=reasons.ON_LITTLE if on_little else "",
        stated=clean(stated),
        stated_chip=chip(move) if move is not None else None,
        bar=bar(progress, backsliding, longest),
        net=progress - backsliding,
        also=clean(", ".join(year.other_names.get(get("slug") or "", ()))),
        spark=spark,
        up=get("figures_up") or 0,
        down=get("figures_down") or 0,
        lost=get("figures_no_longer_reported") or 0,
        added=get("added") or 0,
        removed=get("removed") or 0,
        edited=(get("edited") or 0) + (get("split") or 0) + (get("merged") or 0),
        moved=get("moved") or 0,
        similarity="" if similarity is None else f"{similarity:.0%}",
        similarity_value=similarity or 0.0,
        problems=get("problems") or 0,
        note=note,
    )


def _found(year: YearPage, codes: Sequence[str]) -> list[FoundCountry]:
    order = wording.SHOWN_FIRST.index
    by_country: dict[tuple[str, str], list[FoundRow]] = {(one.finding.country, one.slug): [] for one in year.findings}
    for row, code in sorted(
        zip(year.findings, codes, strict=True),
        key=lambda one: (order(one[0].finding.verdict), -one[0].finding.strength),
    ):
        of_country = by_country[row.finding.country, row.slug]
        href = f"{row.slug}.html#{row.anchor}"
        of_country.append(
            FoundRow(chip(row.finding.verdict), clean(row.finding.summary), href, code, row.finding.review or "")
        )
    return [FoundCountry(clean(name), f"{slug}.html", rows) for (name, slug), rows in by_country.items()]
