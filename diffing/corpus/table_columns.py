"""The columns of a table of narratives that are needed, and no others, as plain lists.

    columns_of("corpora/press.csv", ".csv", 1_000_000)
    {"country": ["Norvania", ...], "year": ["2020", ...], "text": [...]}, None

It is called in a process of its own (`diffing.child`): a table can ask for more memory than there is, or end whoever
reads it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from sys import getsizeof
from typing import TYPE_CHECKING, Any

import msgspec

from diffing.corpus.table_names import named
from diffing.model import DiffingError
from diffing.model.words import LONGEST_NAME
from diffing.reading.encodings import decode

if TYPE_CHECKING:
    import polars as pl

# Rows of one table. Range 10,000 to 10 million; default a million, a hundred times all editions of a family; 50 kB of
# Parquet can have forty million that are empty.
MAX_ROWS = 1_000_000
# Characters of what is taken from a workbook, where one text may be merged over a million rows. Range 10 million to
# any; default 100 million, what six editions of the longest family have.
MOST_IN_WORKBOOK = 100_000_000
# Names of columns that a message lists; more fill the screen.
NAMES_SHOWN = 20

# Rows over the names of a table's columns: its title, its source, a blank one. Range 1 to 50.
LONGEST_TITLE = 10

# Columns that only the tables have that we write: what stands in them are pieces of texts, not narratives.
OURS = (
    {"old_year", "new_year"},
    {"from_report", "to_report"},
    {"report_year", "indicator"},
    {"report_year", "frame"},
    {"lineage", "origin"},
    {"scale", "level"},
)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

WORKBOOKS = frozenset({".xlsx", ".xls", ".ods"})

Columns = dict[str, list[str | None]]


def columns_of(
    path: str, suffix: str, max_bytes: int, given: dict[str, str] | None = None
) -> tuple[Columns, str | None]:
    """The columns by name, each value a text or None, and what is to be known of how the table was decoded.

    `given` says which of its columns is which of ours, where the user does. Raises `DiffingError` naming `path` where
    it is no table, lacks a column, or its texts have over `max_bytes`.
    """
    names = Names(given or {}, path)
    try:
        if suffix == ".parquet":
            return _parquet(path, max_bytes, names), names.note(None)
        if suffix in WORKBOOKS:
            columns, note = _workbook(path, names)
            _check_size(_size(columns), min(max_bytes, MOST_IN_WORKBOOK), path)
            return columns, names.note(note)
        text, note = decode(Path(path).read_bytes(), path)
        if suffix in (".csv", ".tsv"):
            columns, bad = _comma_separated(text, path, names), None
        else:
            columns, bad = _json_lines(text, path, names)
        _check_size(_size(columns), max_bytes, path)
        return columns, names.note("; ".join(filter(None, (note, bad))))
    except (DiffingError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside polars (a corrupt Parquet file) is no Exception
        why = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise DiffingError(f"{path}: no valid {suffix[1:]} table: {why}") from error


def _workbook(path: str, table: Names) -> tuple[Columns, str | None]:
    """The columns of the first sheet of a workbook that has a country and a text, or of all that are named by a year.

    A cell that is merged over several rows stands in each of them.
    """
    try:
        from python_calamine import CalamineWorkbook
    except ImportError as error:
        raise DiffingError(
            f"{path}: a workbook needs pip install '.[documents]' in the project's folder, or save it as .csv"
        ) from error
    book = CalamineWorkbook.from_path(path)
    refused: DiffingError | None = None
    found: list[tuple[str, Columns]] = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = _unmerged(sheet, path)
        _check_rows(len(rows), path)
        if not any(any(row) for row in rows):
            continue
        try:
            found.append((name, _of_rows(rows, table, path)))
        except DiffingError as error:
            refused = refused or error
    if not found:
        raise refused or DiffingError(f"{path}: an empty workbook")
    named = ((_YEAR.search(name), columns) for name, columns in found)
    of_years = [(match[0], columns) for match, columns in named if match and "year" not in columns]
    if len(of_years) > 1:
        joined: Columns = {"country": [], "year": [], "text": []}
        for year, columns in of_years:
            joined["country"] += columns["country"]
            joined["year"] += [year] * len(columns["country"])
            joined["text"] += columns["text"]
            _check_rows(len(joined["text"]), path)
        return joined, f"the sheets {', '.join(year for year, _columns in of_years)} are taken, each for its year"
    name, columns = found[0]
    others = ", ".join(repr(other) for other, _columns in found[1:])
    left = f"; {others} too may hold narratives: save them on their own" if others else ""
    return columns, None if len(book.sheet_names) == 1 else f"the sheet {name!r} is taken{left}"


def _unmerged(sheet: Any, path: str) -> list[list[Any]]:
    """The rows of a sheet, what is merged in each of its cells."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    filled = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        filled += max(0, min(bottom + 1, len(rows)) - top)
        _check_rows(filled, path)  # ranges may lie over each other
        for row in rows[top : min(bottom + 1, len(rows))]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = rows[top][left]
    return rows


def _of_rows(rows: Sequence[Sequence[Any]], table: Names, path: str) -> Columns:
    """The columns of a table given by its rows; titles may stand over the names of its columns, years beside them."""
    refused: DiffingError | None = None
    for place, head in enumerate(rows[:LONGEST_TITLE]):
        names = [_heading(cell) for cell in head]
        if sum(map(bool, names)) < 2:
            continue
        years = [number for number, name in enumerate(names) if _YEAR.fullmatch(name)]
        table.refuse_ours(names)
        try:
            wanted = table.wanted(names, across=bool(years))
        except DiffingError as error:
            refused = refused or error
            continue
        body = [row for row in rows[place + 1 :] if any(cell not in (None, "") for cell in row)]
        places = {own: names.index(given) for own, given in wanted.items()}
        if "text" in places:
            return {own: [_cell(row, at) for row in body] for own, at in places.items()}
        if len({names[number] for number in years}) < len(years):
            raise DiffingError(f"{path}: two columns are of one year: give each year one column")
        told = [(row, number) for row in body for number in years if _cell(row, number)]
        _check_rows(len(told), path)
        # A country is said once a year: cut here, what is no name by its length does not fill the memory.
        return {
            "country": [(_cell(row, places["country"]) or "")[: LONGEST_NAME + 1] for row, _number in told],
            "year": [names[number] for _row, number in told],
            "text": [_cell(row, number) for row, number in told],
        }
    if refused is None:
        table.wanted([_heading(cell) for cell in rows[0]] if rows else [])
    raise refused or DiffingError(f"{path}: no row names its columns: give it a first row country,year,text")


def _heading(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "").strip()


def _cell(row: Sequence[Any], place: int) -> str | None:
    return _plain(row[place]) if place < len(row) else None


def _comma_separated(text: str, path: str, table: Names) -> Columns:
    # what a narrative may have is looked at later, row by row; lowered, the limit would hold for other tables too
    csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
        if row:
            rows.append(row)
            _check_rows(len(rows), path)
    return _of_rows(rows, table, path)


def _json_lines(text: str, path: str, table: Names) -> tuple[Columns, str | None]:
    """The columns, and which lines hold no object: each is a row of nothing, as one that has no country."""
    lines: list[dict[str, msgspec.Raw]] = []
    names: dict[str, None] = {}
    bad: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        except (msgspec.MsgspecError, RecursionError) as error:
            row = {}
            bad.append(f"line {number}: {error}")
        if len(names) < NAMES_SHOWN:
            names |= dict.fromkeys(row)
        lines.append(row)
        _check_rows(len(lines), path)
    if bad and len(bad) == len(lines):
        raise ValueError(bad[0])
    wanted = table.wanted(list(names))
    columns = {own: [_decoded(row.get(given)) for row in lines] for own, given in wanted.items()}
    return columns, f"no JSON object in {len(bad):,} of its lines ({bad[0]})" if bad else None


def _decoded(raw: msgspec.Raw | None) -> str | None:
    try:
        return None if raw is None else _plain(msgspec.json.decode(raw))
    except (msgspec.MsgspecError, RecursionError):  # a number of a thousand digits, a list in a list without end
        return None


def _parquet(path: str, max_bytes: int, names: Names) -> Columns:
    import polars as pl

    table = pl.scan_parquet(path, glob=False)
    schema = table.collect_schema()
    wanted = names.wanted(schema.names())
    for name in wanted.values():
        if schema[name].is_nested() or schema[name] == pl.Duration:
            raise DiffingError(f"{path}: column {name!r} holds {schema[name]}, not texts or numbers: write it as text")
    _check_rows(table.select(pl.len()).collect().item(), path)
    days = [name for name in wanted.values() if schema[name] in (pl.Date, pl.Datetime)]
    table = table.select(list(wanted.values())).cast({pl.Decimal: pl.Float64}, strict=False)
    table = table.with_columns(pl.col(days).dt.year())  # Python knows no day of the year 144169
    columns = (
        pl.col(name).bin.size()
        if schema[name] == pl.Binary
        else pl.col(name).cast(pl.String, strict=False).str.len_bytes()
        for name in wanted.values()
    )
    sizes = table.select(column.cast(pl.UInt64).sum() for column in columns)
    size = sum(size or 0 for size in sizes.collect(engine="streaming").row(0))
    _check_size(size, max_bytes, path)
    read: pl.DataFrame = table.collect()
    plain = {name: [_plain(value) for value in read[column].to_list()] for name, column in wanted.items()}
    _check_size(_size(plain), max_bytes, path)
    return plain


def _plain(value: Any) -> str | None:
    """A value as text, a day as its year; None for what is neither a text nor a number."""
    if isinstance(value, date):
        return str(value.year)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


class Names:
    """Which of a table's columns is which of ours, and what a user is to be told of that."""

    def __init__(self, given: Mapping[str, str], path: str) -> None:
        self._given, self._path = given, path
        self._said: list[str] = []

    def wanted(self, names: Sequence[str], *, across: bool = False) -> dict[str, str]:
        """Our name for each column that is needed, with the table's; `across`: there is a column of texts a year.

        Raises `DiffingError` where one is missing.
        """
        self.refuse_ours(names)
        try:
            found, guessed = named([str(name) for name in names], self._given)
        except DiffingError as error:
            raise DiffingError(f"{self._path}: {error}") from error
        if twice := [name for name in found.values() if names.count(name) > 1]:
            raise DiffingError(f"{self._path}: it has several columns {' and '.join(twice)!r:.80}: keep one of each")
        _check_there({**found, "text": ""} if across and "country" in found else found, names, self._path)
        self._said = [f"{own} from the column {found[own]!r:.80}" for own in guessed]
        return found

    def refuse_ours(self, names: Sequence[str]) -> None:
        """Raises `DiffingError` for the columns of a table that we wrote, unless the user says what is in them."""
        if mark := next((mark for mark in OURS if mark.issubset(names) and not self._given), None):
            has = " and ".join(sorted(mark))
            raise DiffingError(f"{self._path}: a table of a report that diffing wrote (it has {has}), not narratives")

    def note(self, other: str | None) -> str | None:
        """The note on the decoding, with what was guessed of the columns."""
        guess = f"taken: {', '.join(self._said)}; --columns names others" if self._said else None
        return "; ".join(filter(None, (other, guess))) or None


def _check_there(found: Iterable[str], names: Iterable[str], path: str) -> None:
    missing = [name for name in ("country", "text") if name not in found]
    if missing:
        there = [str(name)[:60] for name in names]
        more = ", ..." if len(there) > NAMES_SHOWN else ""
        raise DiffingError(
            f"{path}: no column {' and no column '.join(missing)} (there are: {', '.join(there[:NAMES_SHOWN])}{more}); "
            "a corpus table has country, year and text; --columns country=NAME,year=NAME,text=NAME says which they are"
        )


def _check_rows(count: int, path: str) -> None:
    if count > MAX_ROWS:
        raise DiffingError(f"{path}: over {MAX_ROWS:,} rows, more than a table may have: cut it by year")


def _size(columns: Columns) -> int:
    """The bytes of all values as they are held: one sign beyond the common ones, and each character has four."""
    return sum(map(getsizeof, chain.from_iterable(columns.values())))


def _check_size(size: int, most: int, path: str) -> None:
    if size > most:
        raise DiffingError(
            f"{path}: {size / 1e6:,.0f} MB when unpacked is more than a table may have beside the others of its corpus "
            f"({most / 1e6:,.0f} MB); cut it by year"
        )


def _separator(text: str) -> str:
    """What parts the columns: the one of comma, semicolon and tab that the first line has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
