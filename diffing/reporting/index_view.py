"""What a year's page shows, ready to print: the template computes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from diffing.model import Verdict
from diffing.reporting import phrases
from diffing.reporting.country_view import Chip, EditorialView, chip, editorial_view, signature_folds, signature_rows
from diffing.reporting.marks import clean

if TYPE_CHECKING:
    from diffing.reporting.pages import YearPage

# Where each verdict stands when countries are sorted by verdict: backsliding first, no comparison last.
_RANKS = {verdict: rank for rank, verdict in enumerate(phrases.SHOWN_FIRST)}


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One country in the table; `href` None where it has no page."""

    country: str
    href: str | None
    chip: Chip | None
    rank: int
    stated: str
    stated_chip: Chip | None
    bar: Markup
    net: int
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


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One finding in the list of all."""

    chip: Chip
    summary: str
    href: str


@dataclass(frozen=True, slots=True)
class FoundCountry:
    """All findings of one country."""

    country: str
    href: str
    findings: Sequence[FoundRow]


@dataclass(frozen=True, slots=True)
class IndexView:
    """Everything that the template `index.html` prints."""

    title: str
    profile_title: str
    old_year: int
    new_year: int
    compared: int
    tally: Sequence[tuple[Chip, int]]
    summary: Sequence[str]
    chart: Markup
    rows: Sequence[CountryRow]
    found: Sequence[FoundCountry]
    found_count: int
    new_countries: Sequence[str]
    gone_countries: Sequence[str]
    editorial: Sequence[EditorialView] | None
    problems: Sequence[tuple[str, str, str, bool]]
    signature: Sequence[tuple[str, str]]
    signature_more: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def index_view(year: YearPage) -> IndexView:
    """The year's page, from its rows."""
    compared = [row for row in year.index if row["verdict"] is not None]
    verdicts = Counter(Verdict(row["verdict"]) for row in compared)
    longest = max((max(row["progress"] or 0, row["backsliding"] or 0) for row in compared), default=0)
    return IndexView(
        title=clean(year.title),
        profile_title=clean(year.profile_title),
        old_year=year.old_year,
        new_year=year.new_year,
        compared=len(compared),
        tally=[(chip(v), verdicts[v]) for v in phrases.SHOWN_FIRST],
        summary=_summary(compared),
        chart=_chart(compared),
        rows=[_row(row, longest, year) for row in year.index],
        found=_found(year),
        found_count=len(year.findings),
        new_countries=[clean(name) for name in year.new_countries],
        gone_countries=[clean(name) for name in year.gone_countries],
        editorial=None if year.editorial is None else [editorial_view(change) for change in year.editorial],
        problems=[
            (clean(p.country), p.severity.value, clean(p.message), p.severity.value == "error") for p in year.problems
        ],
        signature=signature_rows(year.signature),
        signature_more=signature_folds(year.signature),
    )


def _summary(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    def total(name: str) -> int:
        return sum(row.get(name) or 0 for row in rows)

    changed = f"{total('added'):,} sentences added, {total('removed'):,} removed, {total('edited'):,} edited"
    figures = f"{total('figures_up'):,} figures went up, {total('figures_down'):,} down"
    return [
        f"{figures}; {total('figures_no_longer_reported'):,} are no longer reported",
        f"{changed}, {total('moved'):,} moved; {total('equal'):,} are unchanged",
    ]


def _row(row: Mapping[str, Any], longest: int, year: YearPage) -> CountryRow:
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
    similarity = get("similarity")
    return CountryRow(
        country=clean(row["country"]),
        href=f"{row['slug']}.html" if get("slug") and verdict is not None else None,
        chip=chip(verdict) if verdict is not None else None,
        rank=_RANKS[Verdict(verdict)] if verdict is not None else len(_RANKS),
        stated=clean(stated),
        stated_chip=chip(move) if move is not None else None,
        bar=_bar(progress, backsliding, longest),
        net=progress - backsliding,
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


def _bar(progress: int, backsliding: int, longest: int) -> Markup:
    """Backsliding to the left, progress to the right of a line, with its numbers as title."""
    if not longest or not (progress or backsliding):
        return Markup("")
    left, right = 40 * backsliding / longest, 40 * progress / longest
    return Markup(
        '<svg class="bar" role="img" width="84" height="12" viewBox="-42 0 84 12">'
        f"<title>{progress} progress, {backsliding} backsliding</title>"
        f'<path class="b" d="M-1 2h-{left:.1f}v8h{left:.1f}z"/><path class="p" d="M1 2h{right:.1f}v8h-{right:.1f}z"/>'
        '<path class="zero" d="M0 0v12"/></svg>'
    )


# Beyond this net count countries share the outermost column (range 5 to 40): fewer hides differences, more makes the
# columns too thin to point at on a small screen.
_OUTERMOST = 15
# The chart's height, and the least and most that dots stand apart: a few countries get dots that are easy to point at,
# two hundred still fit beside the year's counts.
_HEIGHT, _NEAREST, _FARTHEST = 170, 7, 18


def _chart(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """A dot for each country, in columns by findings of progress less findings of backsliding."""
    columns: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        net = (row["progress"] or 0) - (row["backsliding"] or 0)
        at = max(-_OUTERMOST, min(_OUTERMOST, net))
        said = f"{row['country']}: {row['progress'] or 0} progress, {row['backsliding'] or 0} backsliding"
        columns.setdefault(at, []).append((clean(said), "p" if net > 0 else "b" if net < 0 else "n"))
    if not columns:
        return Markup("")
    tallest = max(len(column) for column in columns.values())
    step = max(_NEAREST, min(_FARTHEST, _HEIGHT // tallest))
    height = step * tallest
    reach = max(130, step * (max(abs(at) for at in columns) + 1))
    dots = [
        f'<circle class="{css}" cx="{at * step}" cy="{height - n * step - step // 2}" r="{step * 0.38:.1f}">'
        f"<title>{escape(said)}</title></circle>"
        for at, column in sorted(columns.items())
        for n, (said, css) in enumerate(column)
    ]
    ends = sum(len(column) for at, column in columns.items() if at < 0), len(columns.get(0, ()))
    better = sum(len(column) for at, column in columns.items() if at > 0)
    title = f"{ends[0]} countries with more backsliding than progress, {ends[1]} even, {better} with more progress"
    return Markup(
        f'<svg class="dots" role="img" viewBox="{-reach} -4 {2 * reach} {height + 24}" width="{2 * reach}">'
        f"<title>{title}</title>{''.join(dots)}"
        f'<path class="zero" d="M{-reach} {height + 2}H{reach}M0 {height + 2}v4"/>'
        f'<text x="{-reach}" y="{height + 17}">▼ backsliding</text>'
        f'<text x="{reach}" y="{height + 17}" text-anchor="end">progress ▲</text></svg>'
    )


def _found(year: YearPage) -> list[FoundCountry]:
    by_country: dict[tuple[str, str], list[FoundRow]] = {}
    for row in year.findings:
        of_country = by_country.setdefault((row.finding.country, row.slug), [])
        href = f"{row.slug}.html#{row.anchor}"
        of_country.append(FoundRow(chip(row.finding.verdict), clean(row.finding.summary), href))
    return [FoundCountry(clean(name), f"{slug}.html", rows) for (name, slug), rows in by_country.items()]
