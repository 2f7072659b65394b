"""The columns of a table of narratives that are needed, and no others, as plain lists.

    columns_of("corpora/press.csv", ".csv", 1_000_000)
    {"country": ["Norvania", ...], "year": ["2020", ...], "text": [...]}, None

It is called in a process of its own (`diffing.child`): a table can ask for more memory than there is, or end whoever
reads it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from diffing.model import DiffingError
from diffing.reading.encodings import decode

if TYPE_CHECKING:
    import polars as pl

COLUMNS = ("country", "year", "text")

# Rows of one table. Range 10,000 to 10 million; default a million, a hundred times all editions of a family; 50 kB of
# Parquet can have forty million that are empty.
MAX_ROWS = 1_000_000
# Names of columns that a message lists; more fill the screen.
NAMES_SHOWN = 20

Columns = dict[str, list[str | None]]


def columns_of(path: str, suffix: str, max_bytes: int) -> tuple[Columns, str | None]:
    """The columns by name, each value a text or None, and what is to be known of how the table was decoded.

    Raises `DiffingError` naming `path` where it is no table, lacks a column, or its texts have over `max_bytes`.
    """
    try:
        if suffix == ".parquet":
            return _parquet(path, max_bytes), None
        text, note = decode(Path(path).read_bytes(), path)
        return (_comma_separated(text, path) if suffix == ".csv" else _json_lines(text, path)), note
    except (DiffingError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside polars (a corrupt Parquet file) is no Exception
        why = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise DiffingError(f"{path}: no valid {suffix[1:]} table: {why}") from error


def _comma_separated(text: str, path: str) -> Columns:
    csv.field_size_limit(len(text) + 1)  # what a narrative may have is looked at later, row by row
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    names = next(rows, [])
    wanted = _wanted(names, path)
    places = {name: names.index(given) for name, given in wanted.items()}
    columns: Columns = {name: [] for name in wanted}
    for number, row in enumerate(rows, 1):
        if row:
            for name, place in places.items():
                columns[name].append(row[place] if place < len(row) else None)
        _check_rows(number, path)
    return columns


def _json_lines(text: str, path: str) -> Columns:
    rows: list[dict[str, str | None]] = []
    names: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        except msgspec.MsgspecError as error:
            raise ValueError(f"line {number}: {error}") from error
        if len(names) < NAMES_SHOWN:
            names |= dict.fromkeys(row)
        known = {name: given for given in row if (name := given.strip().lower()) in COLUMNS}
        rows.append({name: _plain(msgspec.json.decode(row[given])) for name, given in known.items()})
        _check_rows(len(rows), path)
    found = {name for row in rows for name in row}
    _check_there(found, names, path)
    return {name: [row.get(name) for row in rows] for name in COLUMNS if name in found}


def _parquet(path: str, max_bytes: int) -> Columns:
    import polars as pl

    table = pl.scan_parquet(path, glob=False)
    wanted = _wanted(table.collect_schema().names(), path)
    _check_rows(table.select(pl.len()).collect().item(), path)
    table = table.select(list(wanted.values()))
    sizes = table.select(pl.all().cast(pl.String, strict=False).str.len_bytes().cast(pl.UInt64).sum())
    size = sum(size or 0 for size in sizes.collect(engine="streaming").row(0))
    if size > max_bytes:
        raise DiffingError(
            f"{path}: {size / 1e6:,.0f} MB when unpacked is more than a table may have "
            f"({max_bytes / 1e6:,.0f} MB); cut it by year"
        )
    read: pl.DataFrame = table.collect()
    return {name: [_plain(value) for value in read[column].to_list()] for name, column in wanted.items()}


def _plain(value: Any) -> str | None:
    """A value as text; None for what is neither a text nor a number."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _wanted(names: Sequence[str], path: str) -> dict[str, str]:
    """Which of a table's columns is which of ours."""
    wanted = {name: given for given in names if (name := str(given).strip().lower()) in COLUMNS}
    _check_there(wanted, names, path)
    return wanted


def _check_there(found: Iterable[str], names: Iterable[str], path: str) -> None:
    missing = [name for name in ("country", "text") if name not in found]
    if missing:
        there = [str(name)[:60] for name in names]
        more = ", ..." if len(there) > NAMES_SHOWN else ""
        raise DiffingError(
            f"{path}: no column {' and no column '.join(missing)} (there are: {', '.join(there[:NAMES_SHOWN])}{more}); "
            "a corpus table has the columns country, year and text"
        )


def _check_rows(count: int, path: str) -> None:
    if count > MAX_ROWS:
        raise DiffingError(f"{path}: over {MAX_ROWS:,} rows, more than a table may have: cut it by year")


def _separator(text: str) -> str:
    """What parts the columns: the one of comma, semicolon and tab that the first line has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
