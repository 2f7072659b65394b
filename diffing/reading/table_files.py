"""Narratives in a table: CSV, Parquet or JSON lines with the columns country, year and text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from diffing.model import DiffingError
from diffing.reading.documents import KINDS

if TYPE_CHECKING:
    import polars as pl

TABLE_SUFFIXES = tuple(suffix for suffix, kind in KINDS.items() if kind == "table")

MAX_TABLE_BYTES = 500_000_000
"""Range: any; default 500 MB, ten times all editions of the longest family (hrr, 15 MB a year). Above it the table is
refused, since it is held in memory whole."""


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


def read_table(path: Path) -> TableFile:
    """The rows of the table at `path`.

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
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> TableFile:
    frame = _frame(path)
    columns = {str(name).strip().lower(): name for name in frame.columns}
    missing = [name for name in ("country", "text") if name not in columns]
    if missing:
        raise DiffingError(
            f"{path}: no column {' and no column '.join(missing)} (there are: {', '.join(frame.columns)}); "
            "a corpus table has the columns country, year and text"
        )
    count = frame.height
    countries = frame[columns["country"]].to_list()
    texts = frame[columns["text"]].to_list()
    years = frame[columns["year"]].to_list() if "year" in columns else [None] * count
    rows, faults = [], []
    for number, (country, year, text) in enumerate(zip(countries, years, texts, strict=True), 1):
        if not isinstance(country, str) or not country.strip():
            faults.append(f"row {number}: no country")
        elif not isinstance(text, str) or not text.strip():
            faults.append(f"row {number} ({country.strip()}): no text")
        elif "year" in columns and (known := _year(year)) is None:
            faults.append(f"row {number} ({country.strip()}): {year!r} is no year")
        else:
            rows.append(Row(number, country.strip(), known if "year" in columns else None, text))
    return TableFile(tuple(rows), tuple(faults), {row.number: row.text for row in rows})


def _frame(path: Path) -> pl.DataFrame:
    import polars as pl

    suffix = path.suffix.lower()
    try:
        if suffix == ".csv":
            # All columns as text: "007" and "n/a" in some other column must not stop the reading.
            return pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")
        if suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_ndjson(path, infer_schema_length=None)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        why = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise DiffingError(f"{path}: no valid {suffix[1:]} table: {why}") from error
    except BaseException as error:  # a panic inside polars (a corrupt Parquet file) is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise DiffingError(f"{path}: no valid {suffix[1:]} table: {type(error).__name__}") from error


def _year(value: object) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    match = re.fullmatch(r"\s*((?:19|20)\d\d)(?:\.0+)?\s*", str(value))
    return int(match[1]) if match else None
