"""Which of a table's columns holds what: as the user says, by its own name, or by the name that people give it.

>>> named(["Country name", "Report Year", "Body"], {})
({'country': 'Country name', 'year': 'Report Year', 'text': 'Body'}, ['country', 'year', 'text'])
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diffing.model import DiffingError

COLUMNS = ("country", "year", "text")

# What people call these columns, the likeliest first, in small letters and spaces.
_CALLED = {
    "country": ("country", "country name", "name of country", "country or territory", "country territory", "nation",
                "state", "jurisdiction", "territory", "economy", "entity", "location", "slug", "iso3", "name"),
    "year": ("year", "report year", "reportyear", "year of report", "edition", "edition year", "publication year",
             "fiscal year", "period", "date", "report date", "date of report", "published", "publication date"),
    "text": ("text", "narrative", "full text", "fulltext", "body", "content", "contents", "report text", "raw text",
             "narrative text", "document", "transcript", "report"),
}  # fmt: skip


def named(names: Sequence[str], given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Which column is which of ours, of those found; and which of them were guessed.

    Raises `DiffingError` where a column that the user names is not there.
    """
    plain = {_plain(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    guessed: list[str] = []
    for own in COLUMNS:
        if own in given:
            if given[own] not in names and _plain(given[own]) not in plain:
                raise DiffingError(f"no column {given[own]!r} (there are: {', '.join(map(str, names[:20]))})")
            found[own] = given[own] if given[own] in names else plain[_plain(given[own])]
            continue
        free = {name: column for name, column in plain.items() if column not in given.values()}
        called = next((free[name] for name in _CALLED[own] if name in free), None)
        if called is not None:
            found[own] = called
            if _plain(called) != own:
                guessed.append(own)
    return found, guessed


def parsed(columns: str | None) -> dict[str, str]:
    """The mapping that ``--columns country="Country name",year=Year,text=Body`` means.

    Raises `DiffingError` for what is no such mapping.
    """
    mapping: dict[str, str] = {}
    for part in re.split(r",(?=\s*(?:country|year|text)\s*=)", columns or ""):
        own, sign, name = part.partition("=")
        own, name = own.strip().lower(), name.strip().strip("\"'")
        if not part.strip():
            continue
        if not sign or own not in COLUMNS or not name:
            raise DiffingError(
                f"--columns {columns!r}: say it as country=NAME,year=NAME,text=NAME, with the names of your columns"
            )
        mapping[own] = name
    return mapping


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", str(name)).lower().split())
