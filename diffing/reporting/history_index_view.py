"""What a corpus's history shows over all countries: a table of countries by editions, ready to print."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from diffing.model import CountryHistory, EditionBreak, Problem, Severity, Signature
from diffing.profile import Profile
from diffing.reporting.country_view import signature_folds, signature_rows
from diffing.reporting.marked_words import clean
from diffing.reporting.refs import Chip, chip

# The tables that lie beside the page, and what a row of each is.
TABLES = {
    "lineages": "every sentence of every edition: since when it stands, and in these words",
    "trends": "every number by the year it counts, over all editions; one of each is chosen",
    "ratings": "every tier, level and word for efforts, with its sentence",
    "editions": "the table of countries and editions above",
    "problems": "what could not be read, or should be looked at",
}


class EditionCellView(Struct, frozen=True):
    """One country in one edition; `none` where the edition does not have it."""

    none: bool
    stated: str = ""
    chip: Chip | None = None
    words: str = ""
    similarity: str = ""
    broken: bool = False
    sort: str = ""


class CountryRowView(Struct, frozen=True):
    """One country in the table."""

    country: str
    href: str
    cells: Sequence[EditionCellView]
    same: int
    share: str
    share_value: float
    notes: str
    there: str  # the notes in a word or two


class HistoryIndexView(Struct, frozen=True):
    """Everything that the template `history_index.html` prints."""

    title: str
    years: Sequence[tuple[int, str]]
    breaks: Sequence[str]
    rows: Sequence[CountryRowView]
    rated: bool
    problems: Sequence[tuple[str, str, str, bool]]
    tables: Sequence[tuple[str, str]]
    signature: Sequence[tuple[str, str]]
    signature_more: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def history_row(history: CountryHistory) -> dict[str, Any]:
    """A country's line on the index as plain values: what the page of all countries is made of."""
    newest = history.lineages[-1]
    first = history.editions[0].year
    return {
        "country": history.country,
        "slug": history.slug,
        "since_first": sum(row.same_since == first for row in newest) if len(history.editions) > 1 else 0,
        "sentences": len(newest),
        "notes": list(history.notes),
        "editions": {
            str(edition.year): {
                "stated": next((rating.level for rating in edition.ratings if ":" not in rating.scale), None),
                "verdict": edition.verdict,
                "words": edition.words,
                "similarity": edition.similarity,
                "broken": edition.broken is not None,
            }
            for edition in history.editions
        },
    }


def history_index_view(
    rows: Sequence[Mapping[str, Any]],
    years: Sequence[int],
    broken: Sequence[EditionBreak],
    problems: Sequence[Problem],
    profile: Profile,
    signature: Signature,
    tables: Collection[str],
) -> HistoryIndexView:
    """The view of all countries; `rows` are those of `history_row`."""
    breaks = {one.new_year: one.reason for one in broken}
    shown = [_row(row, years) for row in sorted(rows, key=lambda row: str(row["country"]))]
    return HistoryIndexView(
        title=clean(f"{profile.title}: {years[0]} to {years[-1]}"),
        years=[(year, clean(breaks.get(year, ""))) for year in years],
        breaks=[clean(one.reason) for one in broken],
        rows=shown,
        rated=any(cell.stated for row in shown for cell in row.cells),
        problems=[
            (
                clean(problem.country) or "the corpus",
                problem.severity.value,
                clean(problem.message),
                problem.severity is Severity.ERROR,
            )
            for problem in problems
        ],
        tables=[(name, what) for name, what in TABLES.items() if name in tables],
        signature=signature_rows(signature),
        signature_more=signature_folds(signature),
    )


def _row(row: Mapping[str, Any], years: Sequence[int]) -> CountryRowView:
    share = row["since_first"] / row["sentences"] if row["sentences"] else 0.0
    return CountryRowView(
        country=clean(str(row["country"])),
        href=f"{quote(str(row['slug']))}.html",
        cells=[_cell(row["editions"].get(str(year))) for year in years],
        same=row["since_first"],
        share=f"{share:.0%}" if len(row["editions"]) > 1 else "",
        share_value=round(share, 4),
        notes=clean("; ".join(row["notes"])),
        there=_there([year for year in years if str(year) in row["editions"]], years),
    )


def _there(had: Sequence[int], years: Sequence[int]) -> str:
    """Which of the editions have a country, where not all have."""
    first, last = had[0], had[-1]
    if len(had) < sum(first <= year <= last for year in years):
        return "gaps"
    if first > years[0]:
        return f"since {first}" if last == years[-1] else f"{first} to {last} only" if first < last else f"{first} only"
    return f"until {last}" if last < years[-1] else "see why"


def _cell(edition: Mapping[str, Any] | None) -> EditionCellView:
    if edition is None:
        return EditionCellView(none=True)
    similarity = edition["similarity"]
    return EditionCellView(
        none=False,
        stated=clean(edition["stated"] or ""),
        chip=chip(edition["verdict"]) if edition["verdict"] else None,
        words=f"{edition['words']:,}",
        similarity="" if similarity is None else f"{similarity:.0%}",
        broken=edition["broken"],
        sort=clean(edition["stated"] or edition["verdict"] or ""),
    )
