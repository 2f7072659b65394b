"""The columns of a table of narratives that are needed, and no others, as plain lists.

    columns_of("corpora/press.csv", ".csv", 1_000_000)
    {"country": ["Norvania", ...], "year": ["2020", ...], "text": [...]}, None

It is called in a process of its own (`diffing.child`): a table can ask for more memory than there is, or end whoever
reads it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from diffing.corpus.table_names import named
from diffing.model import DiffingError
from diffing.reading.encodings import decode

if TYPE_CHECKING:
    import polars as pl

# Rows of one table. Range 10,000 to 10 million; default a million, a hundred times all editions of a family; 50 kB of
# Parquet can have forty million that are empty.
MAX_ROWS = 1_000_000
# Names of columns that a message lists; more fill the screen.
NAMES_SHOWN = 20

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
            return columns, names.note(note)
        text, note = decode(Path(path).read_bytes(), path)
        columns = (_comma_separated if suffix == ".csv" else _json_lines)(text, path, names)
        return columns, names.note(note)
    except (DiffingError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside polars (a corrupt Parquet file) is no Exception
        why = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise DiffingError(f"{path}: no valid {suffix[1:]} table: {why}") from error


def _workbook(path: str, table: Names) -> tuple[Columns, str | None]:
    """The columns of the first sheet of a workbook that has a country and a text."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError as error:
        raise DiffingError(
            f"{path}: a workbook needs pip install '.[documents]' in the project's folder, or save it as .csv"
        ) from error
    book = CalamineWorkbook.from_path(path)
    refused: DiffingError | None = None
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        if not rows:
            continue
        _check_rows(len(rows), path)
        try:
            wanted = table.wanted([str(cell) for cell in rows[0]])
        except DiffingError as error:
            refused = refused or error
            continue
        names = [str(cell) for cell in rows[0]]
        columns = {own: [_plain(row[names.index(given)]) for row in rows[1:]] for own, given in wanted.items()}
        return columns, None if len(book.sheet_names) == 1 else f"the sheet {name!r} is taken"
    raise refused or DiffingError(f"{path}: an empty workbook")


def _comma_separated(text: str, path: str, table: Names) -> Columns:
    csv.field_size_limit(len(text) + 1)  # what a narrative may have is looked at later, row by row
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    names = next(rows, [])
    wanted = table.wanted(names)
    places = {name: names.index(given) for name, given in wanted.items()}
    columns: Columns = {name: [] for name in wanted}
    for number, row in enumerate(rows, 1):
        if row:
            for name, place in places.items():
                columns[name].append(row[place] if place < len(row) else None)
        _check_rows(number, path)
    return columns


def _json_lines(text: str, path: str, table: Names) -> Columns:
    lines: list[dict[str, msgspec.Raw]] = []
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
        lines.append(row)
        _check_rows(len(lines), path)
    wanted = table.wanted(list(names))
    return {
        own: [_plain(msgspec.json.decode(row[given])) if given in row else None for row in lines]
        for own, given in wanted.items()
    }


def _parquet(path: str, max_bytes: int, names: Names) -> Columns:
    import polars as pl

    table = pl.scan_parquet(path, glob=False)
    wanted = names.wanted(table.collect_schema().names())
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


class Names:
    """Which of a table's columns is which of ours, and what a user is to be told of that."""

    def __init__(self, given: Mapping[str, str], path: str) -> None:
        self._given, self._path = given, path
        self._said: list[str] = []

    def wanted(self, names: Sequence[str]) -> dict[str, str]:
        """Our name for each column that is needed, with the table's. Raises `DiffingError` where one is missing."""
        try:
            found, guessed = named([str(name) for name in names], self._given)
        except DiffingError as error:
            raise DiffingError(f"{self._path}: {error}") from error
        _check_there(found, names, self._path)
        self._said = [f"{own} from the column {found[own]!r:.80}" for own in guessed]
        return found

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


def _separator(text: str) -> str:
    """What parts the columns: the one of comma, semicolon and tab that the first line has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
