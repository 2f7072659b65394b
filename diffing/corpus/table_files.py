"""Narratives in a table: CSV, Parquet or JSON lines with the columns country, year and text."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from diffing.model import DiffingError
from diffing.reading.documents import KINDS, MAX_BYTES
from diffing.reading.encodings import decode

if TYPE_CHECKING:
    import polars as pl

TABLE_SUFFIXES = tuple(suffix for suffix, kind in KINDS.items() if kind == "table")

_COLUMNS = ("country", "year", "text")


class Frame(Protocol):
    """A polars or pandas data frame: its columns, each by name."""

    @property
    def columns(self) -> Any:
        """The names of its columns."""

    def __getitem__(self, name: Any, /) -> Any:
        """The values of one column."""


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
    note: str | None = None  # on how it was decoded


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
    frame, note = _frame(path)
    columns = {str(name).strip().lower(): name for name in frame.columns}
    missing = [name for name in ("country", "text") if name not in columns]
    if missing:
        raise DiffingError(
            f"{path}: no column {' and no column '.join(missing)} (there are: {', '.join(frame.columns)}); "
            "a corpus table has the columns country, year and text"
        )
    values = {name: frame[column].to_list() for name, column in columns.items() if name in _COLUMNS}
    return _checked(values, note)


def table_of(frame: Any) -> TableFile:
    """The rows of a polars or pandas data frame with the columns country, year and text, as `read_table` gives them.

    Raises `DiffingError` where it lacks a column.
    """
    columns = {str(name).strip().lower(): name for name in frame.columns}
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        there = ", ".join(map(str, frame.columns))
        raise DiffingError(
            f"the data frame has no column {' and no column '.join(missing)} (there are: {there}); "
            "rename its columns to country, year and text"
        )
    values = {name: [None if v is None or v != v else v for v in frame[columns[name]]] for name in _COLUMNS}  # NaN
    return _checked(values, None)


def _checked(values: Mapping[str, list[Any]], note: str | None) -> TableFile:
    """The usable rows of these columns, each checked, and what is wrong with the others."""
    years = values.get("year") or [None] * len(values["country"])
    rows, faults = [], []
    for number, (country, year, text) in enumerate(zip(values["country"], years, values["text"], strict=True), 1):
        if not isinstance(country, str) or not country.strip():
            faults.append(f"row {number}: no country")
        elif not isinstance(text, str) or not text.strip():
            faults.append(f"row {number} ({country.strip()}): no text")
        elif len(text) > MAX_BYTES:
            faults.append(
                f"row {number} ({country.strip()}): {len(text):,} characters, over the limit of {MAX_BYTES:,}"
            )
        elif "year" in values and (known := _year(year)) is None:
            faults.append(f"row {number} ({country.strip()}): {year!r} is no year")
        else:
            rows.append(Row(number, country.strip(), known if "year" in values else None, text))
    return TableFile(tuple(rows), tuple(faults), {row.number: row.text for row in rows}, note)


def _frame(path: Path) -> tuple[pl.DataFrame, str | None]:
    """The table, and what is to be known of how it was decoded."""
    import polars as pl

    suffix = path.suffix.lower()
    try:
        if suffix == ".parquet":
            return _parquet(path), None
        text, note = decode(path.read_bytes(), str(path))
        content = text.encode()
        if suffix == ".csv":
            # All columns as text: "007" and "n/a" in some other column must not stop the reading.
            return pl.read_csv(content, infer_schema=False, separator=_separator(text)), note
        return pl.read_ndjson(content, infer_schema_length=None), note
    except DiffingError:
        raise
    except (pl.exceptions.PolarsError, OSError, ValueError, MemoryError) as error:
        why = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise DiffingError(f"{path}: no valid {suffix[1:]} table: {why}") from error
    except BaseException as error:  # a panic inside polars (a corrupt Parquet file) is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise DiffingError(f"{path}: no valid {suffix[1:]} table: {type(error).__name__}") from error


# What is wrong with a Parquet file can end the process that reads it, with nothing to catch: it is read in another one
# first, which prints how many bytes the texts have.
_TRIAL = """
import sys
import polars as pl
table = pl.scan_parquet(sys.argv[1]).select(sys.argv[2:])
sizes = table.select(pl.all().cast(pl.String, strict=False).str.len_bytes().cast(pl.UInt64).sum())
print(sum(size or 0 for size in sizes.collect(engine="streaming").row(0)))
"""


def _parquet(path: Path) -> pl.DataFrame:
    """A Parquet table's columns of use; refused where unpacked they are larger than a table may be."""
    import polars as pl

    table = pl.scan_parquet(path)
    names = [name for name in table.collect_schema() if name.strip().lower() in _COLUMNS]
    trial = [sys.executable, "-c", _TRIAL, str(path), *names]
    done = subprocess.run(trial, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise DiffingError(f"{path}: no valid parquet table: it can't be read to its end; write it anew")
    size = int(done.stdout)
    if size > MAX_TABLE_BYTES:
        raise DiffingError(
            f"{path}: {size / 1e6:,.0f} MB when unpacked is more than a table may have "
            f"({MAX_TABLE_BYTES / 1e6:,.0f} MB); cut it by year"
        )
    return table.select(names).collect()


def _separator(text: str) -> str:
    """What parts the columns: the one of comma, semicolon and tab that the first line has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _year(value: object) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    match = re.fullmatch(r"\s*((?:19|20)\d\d)(?:\.0+)?\s*", str(value))
    return int(match[1]) if match else None
