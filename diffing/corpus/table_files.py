"""Narratives in a table: CSV, Parquet or JSON lines with the columns country, year and text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import getsizeof
from typing import Any, Protocol

from diffing.child import run_apart
from diffing.corpus.naming import YEARS
from diffing.corpus.table_names import COLUMNS
from diffing.model import DiffingError
from diffing.model.words import LONGEST_NAME
from diffing.reading.documents import KINDS, MAX_BYTES

TABLE_SUFFIXES = tuple(suffix for suffix, kind in KINDS.items() if kind == "table")


class DataFrame(Protocol):
    """A polars or pandas data frame: its columns, each by name."""

    @property
    def columns(self) -> Any:
        """The names of its columns."""

    def __getitem__(self, name: Any, /) -> Any:
        """The values of one column."""


MAX_TABLE_BYTES = 500_000_000
"""Bytes of a table, of its texts, and of the texts of all tables of a corpus. Range: any; default 500 MB, ten times all
editions of the longest family (hrr, 15 MB a year). Above it the table is refused, since it is held in memory whole."""

UNPACKED, MOST_FOR_EACH = 20_000_000, 100
"""Bytes that the texts of any table may have, and so many for each byte of a larger file. Ranges a million to 100
million, 20 to 1,000; defaults 20 million and 100: prose packs to a quarter, the same text of ten years to a fortieth.
Higher lets some files of two kilobytes fill the memory of each process."""

ROW_BYTES = 500
"""Bytes that a row takes besides its text."""

MEGABYTES, MEGABYTES_FOR_EACH = 600, 8
"""Megabytes of memory that reading a table may take, and so many more for each megabyte of the file. A sound table
takes five times its size."""

SECONDS, SECONDS_FOR_EACH = 10.0, 0.5
"""CPU seconds that reading a table may take, and so many more for each megabyte; a megabyte takes 0.02."""

MOST_FAULTS = 100
"""Rows whose faults are told one by one. Range 10 to 10,000; the others are counted, since 300,000 of them make a page
that no browser opens."""

AT_WILL, LEAST_TEXT = 1_000, 300
"""Narratives of the tables of a corpus or an import, however short, and the characters that all must have for each
further one. Ranges 300 to 5,000, 100 to 1,000; defaults 1,000, five editions of 200 countries, and 300, two sentences:
the shortest takes some milliseconds and three files of the cache, and a table of a megabyte could hold 100,000 of them.
Reports of thousands of companies have many thousand characters each."""

NAME_SHOWN = 80
"""Characters of a value that a message quotes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One narrative of a table; `country` and `text` as printed there, `year` None where it has no such column."""

    number: int
    country: str
    year: int | None
    text: str


@dataclass(frozen=True, slots=True)
class TableFile:
    """The usable rows of a table, and what was wrong with each of the others."""

    rows: tuple[Row, ...]
    faults: tuple[str, ...]
    texts: Mapping[int, str]  # by the number of the row
    checksum: str  # of the usable rows
    size: int  # bytes that it takes, about: of all texts as they are held, and `ROW_BYTES` a row
    note: str | None = None  # on how it was decoded

    @property
    def extent(self) -> tuple[int, int]:
        """How many narratives it has, and characters in all of them."""
        return len(self.rows), sum(map(len, self.texts.values()))


def check_length(where: str, extents: Iterable[tuple[int, int]]) -> None:
    """Raises `DiffingError` by `where` for tables (the extent of each) with more narratives than texts for them."""
    count, letters = map(sum, zip(*extents, strict=True))
    if count > AT_WILL + letters // LEAST_TEXT:
        raise DiffingError(
            f"{where}: {count:,} narratives of {letters / count:,.0f} characters each, where over {AT_WILL:,} must "
            f"have {LEAST_TEXT}: these are no narratives; give a table of their whole texts"
        )


def read_table(path: Path, columns: Mapping[str, str] | None = None, most: int = MAX_TABLE_BYTES) -> TableFile:
    """The rows of the table at `path`; `columns` says which of its columns is which of ours, where it is not plain.

    `most` is how many bytes its texts may have, as they are held: what the corpus's other tables leave of
    `MAX_TABLE_BYTES`.
    Raises `DiffingError` where it can't be read or lacks a column; a row without country or text is a fault.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise DiffingError(f"{path}: can't be read: {error.strerror}") from error
    if stat.st_size > MAX_TABLE_BYTES:
        raise DiffingError(
            f"{path}: {stat.st_size / 1e6:,.0f} MB is more than a table may have "
            f"({MAX_TABLE_BYTES / 1e6:,.0f} MB); cut it by year"
        )
    megabytes = stat.st_size / 1e6
    values, note = run_apart(
        "diffing.corpus.table_columns:columns_of",
        str(path.absolute()),
        path.suffix.lower(),
        int(min(most, max(UNPACKED, MOST_FOR_EACH * stat.st_size))),
        dict(columns or {}),
        seconds=SECONDS + SECONDS_FOR_EACH * megabytes,
        megabytes=int(MEGABYTES + MEGABYTES_FOR_EACH * megabytes),
        what=str(path),
        most=MAX_TABLE_BYTES,
    )
    return _checked(values, note)


def table_of(frame: Any) -> TableFile:
    """The rows of a polars or pandas data frame with the columns country, year and text, as `read_table` gives them.

    Raises `DiffingError` for what is no data frame, and where it lacks a column.
    """
    if hasattr(frame, "collect"):  # a lazy one of polars
        frame = frame.collect()
    if not hasattr(frame, "columns"):
        raise DiffingError(
            f"a corpus is a folder, a table's file or a data frame, not a {type(frame).__name__}: give a path, or "
            "polars.DataFrame({'country': [...], 'year': [...], 'text': [...]})"
        )
    claims = {own: [name for name in frame.columns if str(name).strip().lower() == own] for own in COLUMNS}
    columns = {own: own if own in names else names[0] for own, names in claims.items() if names}
    if twice := [own for own, names in claims.items() if names.count(columns.get(own)) > 1]:
        raise DiffingError(f"the data frame has several columns {' and '.join(twice)}: keep one of each")
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        there = ", ".join(map(str, frame.columns))
        raise DiffingError(
            f"the data frame has no column {' and no column '.join(missing)} (there are: {there}); "
            "rename its columns to country, year and text"
        )
    values = {name: [_value(value) for value in frame[columns[name]]] for name in COLUMNS}
    return _checked(values, None)


def _value(value: Any) -> Any:
    """A value of a data frame; None for what is not a number."""
    return None if isinstance(value, float) and value != value else value


def _checked(values: Mapping[str, list[Any]], note: str | None) -> TableFile:
    """The usable rows of these columns, each checked, and what is wrong with the others."""
    count = len(values["country"])
    years = values.get("year", [None] * count)
    rows: list[Row] = []
    faults: list[str] = []
    for number, (country, year, text) in enumerate(zip(values["country"], years, values["text"], strict=True), 1):
        known = _year(year)
        fault = _fault(country, text) or (
            f"{year!r:.{NAME_SHOWN}} is no year" if "year" in values and not known else ""
        )
        if fault:
            named = f" ({country.strip():.{NAME_SHOWN}})" if isinstance(country, str) and country.strip() else ""
            faults.append(f"row {number}{named}: {fault}")
        else:
            rows.append(Row(number, country.strip(), known, text))
    if len(faults) > MOST_FAULTS:
        faults[MOST_FAULTS:] = [f"{len(faults) - MOST_FAULTS:,} more rows have no country, text or year"]
    held = hashlib.sha256()
    for row in rows:
        held.update(repr((row.number, row.country, row.year, row.text)).encode("utf-8", "surrogatepass"))
    texts = {row.number: row.text for row in rows}
    size = sum(map(getsizeof, texts.values())) + ROW_BYTES * len(rows)
    return TableFile(tuple(rows), tuple(faults), texts, held.hexdigest(), size, note)


def _fault(country: object, text: object) -> str:
    """What is wrong with a row's country or text, or nothing."""
    if not isinstance(country, str) or not country.strip():
        return "no country"
    if len(country) > LONGEST_NAME:
        return f"its country has over {LONGEST_NAME} characters, no name"
    if not isinstance(text, str) or not text.strip():
        return "no text"
    if len(text) > MAX_BYTES:
        return f"{len(text):,} characters, over the limit of {MAX_BYTES:,}"
    return ""


def _year(value: object) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    match = re.fullmatch(r"\s*(\d{4})(?:\.0+)?\s*", str(value))
    return int(match[1]) if match and int(match[1]) in YEARS else None
