"""The pages of a history: one of all countries by editions, and one a country."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from diffing.model import CountryHistory, EditionBreak, Problem, Signature
from diffing.profile import Profile
from diffing.reporting import wording
from diffing.reporting.history_index_view import history_index_view
from diffing.reporting.history_view import history_view
from diffing.reporting.history_years import years_view
from diffing.reporting.marked_words import plain
from diffing.reporting.notebook_html import fragment, table
from diffing.reporting.pages import render


def history_page(
    history: CountryHistory, signature: Signature, *, index_href: str | None = None, years_href: str | None = None
) -> str:
    """The page of a country through all its editions as one self-contained HTML text.

    `index_href` is where the page of all countries stands, `years_href` that of the editions side by side, None where
    there is none.
    """
    return render("history.html", "history", history_view(history, signature, index_href, years_href))


def years_page(history: CountryHistory, signature: Signature, *, history_href: str) -> str:
    """The page of a country's editions side by side; `history_href` is where its history stands."""
    return render("history_years.html", "years", years_view(history, signature, history_href))


def history_index(
    rows: Sequence[Mapping[str, Any]],
    years: Sequence[int],
    broken: Sequence[EditionBreak],
    problems: Sequence[Problem],
    profile: Profile,
    signature: Signature,
    tables: Collection[str] = (),
) -> str:
    """The page of all countries by editions as one self-contained HTML text; `rows` are those of `history_row`."""
    view = history_index_view(rows, years, broken, problems, profile, signature, tables)
    return render("history_index.html", "history", view)


def history_html(rows: Sequence[Mapping[str, Any]], years: Sequence[int]) -> str:
    """All countries by editions as a fragment for a notebook; `rows` are those of `history_row`."""
    headings = ["Country", *map(str, years), "#Unchanged since the first"]
    return fragment(table(headings, [_line(row, years) for row in rows]))


def _line(row: Mapping[str, Any], years: Sequence[int]) -> list[str]:
    cells = []
    for year in years:
        edition = row["editions"].get(str(year))
        said = "not there" if edition is None else edition["stated"] or wording.words(edition["verdict"] or "first")
        cells.append(str(plain(said)))
    share = row["since_first"] / row["sentences"] if row["sentences"] else 0
    return [str(plain(row["country"])), *cells, f"{share:.0%}"]
