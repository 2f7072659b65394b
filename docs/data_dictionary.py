"""Writes `docs/tables.md`, every table and what each of its columns means, and the JSON Schema of a comparison.

Usage: python docs/data_dictionary.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import diffing
from diffing.columns import COLUMNS, NUMBER, TEXT, TEXTS, WHOLE, WHOLES, YES_NO
from diffing.model import Verdict
from diffing.tables import ASKED_FOR, OF_A_PAIR

PLACE = Path(__file__).with_name("tables.md")
SCHEMA = Path(__file__).with_name("comparison.schema.json")
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


def comparison_schema() -> dict[str, Any]:
    """The JSON Schema of what `diffing compare --format json` and `Comparison.to_json` give."""
    tables = {
        name: {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    column.name: {**_JSON_TYPES[column.kind], "description": column.meaning} for column in COLUMNS[name]
                },
                "required": [column.name for column in COLUMNS[name]],
                "additionalProperties": False,
            },
        }
        for name in OF_A_PAIR
    }
    text, whole = {"type": "string"}, {"type": "integer"}
    own = {
        "country": text, "old_year": whole, "new_year": whole, "verdict": {"enum": [v.value for v in Verdict]},
        "verdict_rule": text, "signature": {"type": "object", "required": ["version", "profile", "thresholds"]},
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A comparison of two narratives",
        "type": "object",
        "properties": {**own, **tables},
        "required": [*own, *tables],
        "additionalProperties": False,
    }


_JSON_TYPES: dict[Any, dict[str, Any]] = {
    TEXT: {"type": ["string", "null"]},
    WHOLE: {"type": ["integer", "null"]},
    NUMBER: {"type": ["number", "null"]},
    YES_NO: {"type": ["boolean", "null"]},
    WHOLES: {"type": ["array", "null"], "items": {"type": "integer"}},
    TEXTS: {"type": ["array", "null"], "items": {"type": "string"}},
}


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(comparison_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.write_text(dictionary(), "utf-8")
    SCHEMA.write_text(schema_text(), "utf-8")
    print(f"Wrote {PLACE.name} and {SCHEMA.name}")
