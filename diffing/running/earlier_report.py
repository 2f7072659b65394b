"""Tables of a report that was made earlier, read as a stranger's, for the report may have come from anywhere.

rows_in(report / "tables" / "findings.parquet", ("finding", "rule"), tuple[str, str])
[("5c01ab...", "figure_fell"), ...]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from diffing.child import run_apart
from diffing.model import DiffingError

SECONDS, MEGABYTES = 60.0, 1_500
"""What reading one table may take. Ranges 10 to 600, 500 to 4,000; a year of 190 countries takes 1 and 200."""

Row = TypeVar("Row")


def rows_in(table: Path, columns: Sequence[str], kind: type[Row], where: Mapping[str, int] | None = None) -> list[Row]:
    """The rows of these columns, each a `kind`, of those rows where the columns of `where` have its values.

    Raises `DiffingError` naming the table where it can't be read or holds something else.
    """
    work, what = "diffing.running.earlier_report:read_here", str(table)
    given = (str(table.absolute()), list(columns), dict(where or {}))
    told = run_apart(work, *given, seconds=SECONDS, megabytes=MEGABYTES, what=what)
    try:
        rows: list[Row] = msgspec.convert(told, list[kind])  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise DiffingError(f"{table}: no table of a report of ours: {error}") from error
    return rows


def read_here(path: str, columns: list[str], where: dict[str, int]) -> list[tuple[Any, ...]]:
    """The rows, read in this process."""
    import polars as pl

    rows = pl.scan_parquet(path, glob=False)
    if missing := {*columns, *where} - set(rows.collect_schema().names()):
        raise DiffingError(f"{path}: no table of a report of ours: it has no {' and no '.join(sorted(missing))}")
    for name, value in where.items():
        rows = rows.filter(pl.col(name) == value)
    return rows.select(columns).collect().rows()
