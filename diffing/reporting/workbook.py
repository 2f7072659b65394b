"""``report.xlsx``: a year's countries, numbers, findings and recommendations, and what each column means.

Values keep their types, heads are frozen, every sheet has filters, and a country leads to its page. A cell that begins
as a formula does is text: what a narrative says is never reckoned.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from diffing.columns import COLUMNS
from diffing.model import slug_of
from diffing.reporting import wording
from diffing.reporting.marked_words import clean

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# Excel's own limit of letters in a cell; what is longer is cut, and says so by its last letter.
MOST_LETTERS = 32_767
# When every workbook was made, as far as its file says: the same report is the same bytes.
MADE = datetime(2000, 1, 1)  # a workbook knows no zones
# Widths of columns in letters: sentences wide, names middling, numbers narrow (range 6 to 100).
WIDE, MIDDLING, NARROW = 60, 22, 11

SHEETS = {"Numbers": "changes", "Findings": "findings", "Recommendations": "recommendations"}
_PROSE = frozenset({"summary", "old_text", "new_text", "from_text", "to_text", "follow_up", "reason", "note"})
# The columns of the year's page, and where each comes from.
_COUNTRIES: Sequence[tuple[str, str]] = (
    ("Country", "the country's name; it leads to its page"),
    ("Verdict", "which way the country went: progress, backsliding, no change, mixed or unclear; empty: one year only"),
    ("Own rating before", "the level that the earlier report gives; empty where it gives none"),
    ("Own rating after", "the level that the later report gives; empty where it gives none"),
    ("Backsliding", "findings of backsliding"),
    ("Progress", "findings of progress"),
    ("Numbers up", "numbers that rose to the new reporting period"),
    ("Numbers down", "numbers that fell to the new reporting period"),
    ("No longer reported", "numbers that the new report no longer gives"),
    ("Added", "sentences added"),
    ("Removed", "sentences removed"),
    ("Edited", "sentences edited, split or merged"),
    ("Moved", "sentences moved"),
    ("Similarity", "the share of both texts that is carried over"),
    ("Problems", "what a reader must know of: see the table `problems`"),
)


def year_workbook(tables: Mapping[str, pl.DataFrame], pages: Mapping[str, str] | None = None) -> bytes:
    """The workbook of a year's tables as the bytes of an ``.xlsx``.

    `pages` are the slugs of the countries' pages beside it, by name; where None, those that their names give.
    """
    from xlsxwriter import Workbook  # only a whole year needs it

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(out, options)
    book.set_properties({"created": MADE, "comments": "Made by diffing"})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "top": book.add_format({"valign": "top"}),
        "share": book.add_format({"num_format": "0%", "valign": "top"}),
        "link": book.add_format({"font_color": "#0b4f94", "underline": 1, "valign": "top"}),
    }
    index = tables["index"]
    compared = index.filter(pl.col("verdict").is_not_null())["country"].to_list()
    links = {name: f"{(pages or {}).get(name) or slug_of(name)}.html" for name in compared}
    heads = [head for head, _ in _COUNTRIES]
    _sheet(book, "Countries", heads, _country_rows(index, tables.get("changes")), styles, links)
    for title, name in SHEETS.items():
        if name in tables:
            _sheet(book, title, tables[name].columns, tables[name].iter_rows(), styles, links)
    meanings = [("Countries", head, meaning) for head, meaning in _COUNTRIES]
    meanings += [(title, c.name, c.meaning) for title, name in SHEETS.items() for c in COLUMNS[name]]
    _sheet(book, "Columns", ["Sheet", "Column", "What it means"], meanings, styles, {})
    book.close()
    return out.getvalue()


def _country_rows(index: pl.DataFrame, changes: pl.DataFrame | None) -> list[list[Any]]:
    """The rows of the year's page."""
    moves: dict[tuple[str, str], int] = {}
    if changes is not None and not changes.is_empty():
        newest = changes.filter(pl.col("newest") & ~pl.col("restated"))
        counts = newest.group_by("country", "direction").len()
        moves = {(country, direction): count for country, direction, count in counts.iter_rows()}
    rows: list[list[Any]] = []
    for row in index.to_dicts():
        country, known = row["country"], row["verdict"] is not None
        verdict = wording.words(row["verdict"]) if known else None
        counted = [moves.get((country, way), 0) if known else None for way in ("up", "down", "no_longer_reported")]
        edited = row["edited"] + row["split"] + row["merged"] if known else None
        rows.append(
            [country, verdict, row["old_stated"], row["new_stated"], row["backsliding"], row["progress"], *counted,
             row["added"], row["removed"], edited, row["moved"], row["similarity"], row["problems"]]
        )  # fmt: skip
    return rows


def _sheet(
    book: Workbook, title: str, heads: Sequence[str], rows: Any, styles: Mapping[str, Format], links: Mapping[str, str]
) -> None:
    """One sheet: heads frozen with a filter, a row each, countries as links."""
    sheet = book.add_worksheet(title)
    last = 0
    for at, row in enumerate(rows, 1):
        last = at
        for column, value in enumerate(row):
            if column == 0 and value in links:
                sheet.write_url(at, column, f"external:{links[value]}", styles["link"], clean(value))
            else:
                _cell(sheet, at, column, value, heads[column], styles)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, styles["head"])
        prose = head in _PROSE or head == "What it means"
        sheet.set_column(column, column, WIDE if prose else MIDDLING if column == 0 else NARROW)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)


def _cell(sheet: Any, at: int, column: int, value: Any, head: str, styles: Mapping[str, Format]) -> None:
    """A value by its type; a text is a text whatever it begins with."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(at, column, value, styles["top"])
    elif isinstance(value, int | float):
        sheet.write_number(at, column, value, styles["share" if head.lower() == "similarity" else "top"])
    else:
        said = clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        said = said if len(said) <= MOST_LETTERS else said[: MOST_LETTERS - 1] + "…"
        sheet.write_string(at, column, said, styles["text" if head in _PROSE else "top"])
