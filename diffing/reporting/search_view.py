"""The search page of a year: all its texts and findings, and the countries by all their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from diffing.reporting import wording
from diffing.reporting.marked_words import clean
from diffing.reporting.search_index import Country, packed, search_index
from diffing.reporting.year_page import YearPage


def search_data(year: YearPage, sentences: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, Any]:
    """What the search page of `year` holds: `sentences` are the rows of the table of that name by country's name."""
    compared = [row for row in year.index if row["verdict"] is not None and row.get("slug")]
    countries = [
        Country(
            row["slug"],
            clean(row["country"]),
            tuple(map(clean, year.other_names.get(row["slug"], ()))),
            year.sources.get(row["slug"], ()),
        )
        for row in compared
    ]
    by_page = {row["slug"]: sentences.get(row["country"], ()) for row in compared}
    titles: dict[str, str] = {}
    if year.profile is not None:
        keys = {row["new_section"] or row["old_section"] for rows in by_page.values() for row in rows}
        titles = {key: clean(wording.section_title(year.profile, key)) for key in keys if key}
    return search_index(countries, by_page, titles) | {"findings": packed(_told(year, countries))}


def _told(year: YearPage, countries: Iterable[Country]) -> bytes:
    """A line a finding: its country's number, verdict in word and sign, anchor, sides that it quotes, and summary.

    Between tabs. The sides are 1 for the old text, 2 for the new, 3 for both.
    """
    numbers = {country.slug: number for number, country in enumerate(countries)}
    lines = []
    for one in year.findings:
        if one.slug in numbers:
            finding = one.finding
            summary = " ".join(clean(finding.summary).split())
            verdict = f"{finding.verdict.value}\t{wording.SIGNS[finding.verdict]} {wording.VERDICTS[finding.verdict]}"
            sides = bool(finding.old_text) + 2 * bool(finding.new_text)
            lines.append(f"{numbers[one.slug]}\t{verdict}\t{one.anchor}\t{sides}\t{summary}")
    return "\n".join(lines).encode("utf-8", "replace")
