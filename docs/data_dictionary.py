"""Writes `docs/tables.md`: every table and what each of its columns means, from `diffing.describe()`.

Usage: python docs/data_dictionary.py
"""

from __future__ import annotations

from pathlib import Path

import diffing
from diffing.tables import ASKED_FOR

PLACE = Path(__file__).with_name("tables.md")
OPENING = """# Tables

Written by `make docs` from the schemas; `diffing.describe("changes")` prints the same, and each Parquet file of a
report carries it in its metadata, beside how the table was made (`polars.read_parquet_metadata`). Nulls are nulls, in
Parquet and in Python; in CSV they are empty. Lists are lists in Parquet and JSON text in CSV.
"""


def dictionary() -> str:
    """The page as Markdown."""
    parts = [OPENING]
    for table, rows in diffing.describe().group_by("table", maintain_order=True):
        asked = " (made when it is asked for, no file of a report)" if table[0] in ASKED_FOR else ""
        parts.append(f"## {table[0]}{asked}\n\n| column | type | meaning |\n| --- | --- | --- |")
        for row in rows.iter_rows(named=True):
            meaning = row["meaning"].replace("|", "\\|")
            parts.append(f"| `{row['column']}` | {row['type']} | {meaning} |")
        parts.append("")
    return "\n".join(parts).replace("\n\n\n", "\n\n").rstrip() + "\n"


if __name__ == "__main__":
    PLACE.write_text(dictionary(), "utf-8")
    print(f"Wrote {PLACE.name}")
