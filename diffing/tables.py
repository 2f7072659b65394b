"""Every table's schema, as `columns` declares it, and the one way from rows to polars frames.

A schema is an ordered mapping of column to polars type. Rows are dataclasses (or dictionaries) that have the columns
as attributes; what else they carry (a switch, a noun) stays out of the tables.
Rows are sorted by the columns named in `SORT`, so that two runs give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from json import dumps
from math import fsum
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

import polars as pl

from diffing.columns import COLUMNS, TEXTS, WHOLES
from diffing.model import REJECTED, DiffingError, FigureReason, Judgement, Narrative, Op, Pair, Reason, Verdict

if TYPE_CHECKING:
    from diffing.profile import Profile

_COUNTS = ("equal", "edited", "split", "merged", "added", "removed", "moved")

_DECLARED: dict[str, dict[str, Any]] = {
    name: {column.name: column.kind for column in declared} for name, declared in COLUMNS.items()
}

_TYPES = {
    pl.String: "text", pl.Int64: "whole number", pl.Float64: "number", pl.Boolean: "true or false",
    WHOLES: "list of whole numbers", TEXTS: "list of texts",
}  # fmt: skip

# Tables that are made when they are asked for, and no part of a year's report.
ASKED_FOR = ("indicators", "word_edits")

# The tables of a history, beside `trends` and `problems`.
OF_A_HISTORY = ("lineages", "ratings", "editions")

SCHEMAS = {name: columns for name, columns in _DECLARED.items() if name not in (*ASKED_FOR, *OF_A_HISTORY)}

# The tables that one comparison has, and a year's countries together.
OF_A_PAIR = tuple(name for name in SCHEMAS if name not in ("index", "editorial"))

# Where a table's rows come in the order of the text they are left in it (a stable sort keeps them so).
SORT: dict[str, tuple[str, ...]] = {
    "sections": ("country",),
    "sentences": ("country",),
    "figures": ("country", "report_year", "figure"),
    "changes": ("country",),
    "findings": ("country",),
    "recommendations": ("country",),
    "trends": ("country", "indicator", "actor", "unit", "breakdown", "year", "report_year"),
    "index": ("country",),
    "editorial": (),
    "narratives": ("country", "year"),
    "problems": ("country", "year", "stage"),
    "word_edits": ("country",),
    "lineages": ("country",),
    "events": ("country",),
    "one_sided": ("country",),
    "ratings": ("country",),
    "editions": ("country",),
}


Columns = dict[str, list[Any]]

# Rows of a table that are CSV text in memory at once: with two sentences each about a megabyte.
CSV_ROWS = 4_096

# How a cell begins that a spreadsheet would reckon, in wide letters too: a mark before it makes it text.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"


def describe(name: str | None = None) -> pl.DataFrame:
    """What each column of the table `name` means (of all tables where none is named): table, column, type, meaning.

    Raises `DiffingError` for a table that there is not, naming those that there are.
    """
    if name is not None and (not isinstance(name, str) or name not in COLUMNS):
        named = repr(name) if isinstance(name, str) else f"that is a {type(name).__name__}: give its name"
        raise DiffingError(f"no table {named}; there are {', '.join(sorted(COLUMNS))}")
    rows = [
        (table, column.name, _TYPES[column.kind], column.meaning)
        for table, columns in COLUMNS.items()
        if name in (None, table)
        for column in columns
    ]
    return pl.DataFrame(rows, schema=["table", "column", "type", "meaning"], orient="row")


def schema(name: str) -> dict[str, Any]:
    """Column to polars type of the table `name`, one of those that are asked for too."""
    return _DECLARED[name]


def columns(name: str, rows: Iterable[object]) -> Columns:
    """The columns of the table `name` as plain values, enums as their values.

    Rows are dataclasses with the columns as attributes, or dictionaries.
    """
    names = tuple(schema(name))
    by_key, by_name = itemgetter(*names), attrgetter(*names)
    taken = [by_key(row) if isinstance(row, dict) else by_name(row) for row in rows]
    made = dict(zip(names, map(_plain, zip(*taken, strict=True)), strict=True)) if taken else {n: [] for n in names}
    if name == "changes":
        made["to_text"] = [text or None for text in made["to_text"]]  # of what the new text says nothing of
    return made


def _plain(values: tuple[Any, ...]) -> list[Any]:
    kinds = set(map(type, values))
    if any(issubclass(kind, Enum) for kind in kinds):
        return [value.value if isinstance(value, Enum) else value for value in values]
    if not kinds.isdisjoint((Reason, FigureReason)):
        return [str(value) or None for value in values]
    return [value if value is None else list(value) for value in values] if tuple in kinds else list(values)


def frame(name: str, rows: Iterable[object]) -> pl.DataFrame:
    """The table `name` made of `rows` (as for `columns`), with exactly its columns and types, sorted."""
    return joined(name, [columns(name, rows)])


def joined(name: str, parts: Iterable[Columns]) -> pl.DataFrame:
    """The table `name` made of the columns of several countries, sorted: one frame is made, not one a country."""
    whole: Columns = {column: [] for column in schema(name)}
    for part in parts:
        for column, values in whole.items():
            values.extend(part[column])
    return arranged(name, pl.DataFrame({c: _series(kind, whole[c]) for c, kind in schema(name).items()}))


def _series(kind: Any, values: list[Any]) -> pl.Series:
    if isinstance(kind, pl.List):  # as JSON: polars makes a series of each Python list, at ten times the cost
        said = dumps if kind == TEXTS else str
        return pl.Series([None if v is None else said(v) for v in values], dtype=pl.String).str.json_decode(kind)
    try:
        return pl.Series(values, dtype=kind)
    except UnicodeEncodeError:  # a file's name, in a message, can be any bytes
        return pl.Series([v and v.encode("utf-8", "backslashreplace").decode() for v in values], dtype=kind)


def arranged(name: str, table: pl.DataFrame) -> pl.DataFrame:
    """`table` in the table's own order of rows: what a concatenation of countries must pass through."""
    keys = SORT.get(name, ())
    if keys == ("country",) and table["country"].is_sorted(nulls_last=True):
        return table  # as that of one country always is
    return table.sort(keys, nulls_last=True, maintain_order=True) if keys else table


def concat(name: str, frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The tables of several countries as one, in the table's order."""
    tables = list(frames)
    return arranged(name, pl.concat(tables)) if tables else pl.DataFrame(schema=schema(name))


def to_csv(table: pl.DataFrame) -> str:
    """`table` as CSV text; lists as JSON, nulls empty, lines ended by a line feed."""
    return "".join(csv_parts(table))


def csv_parts(table: pl.DataFrame) -> Iterator[str]:
    """What `to_csv` gives, a stretch of rows at a time: the sentences of a year are 40 MB."""
    as_json = [
        pl.format("[{}]", pl.col(column).cast(pl.List(pl.String)).list.join(", "))  # of numbers, which need no quotes
        for column, kind in table.schema.items()
        if kind == WHOLES
    ]
    as_json += [
        pl.when(pl.col(column).list.len() == 0)
        .then(pl.lit("[]"))
        .otherwise(pl.format('["{}"]', pl.col(column).list.join('", "')))  # of names, which hold no quotes
        .alias(column)
        for column, kind in table.schema.items()
        if kind == TEXTS
    ]
    as_text = [
        pl.when(pl.col(column).str.contains(FORMULA)).then(pl.format("'{}", pl.col(column))).otherwise(pl.col(column))
        .alias(column)
        for column, kind in table.schema.items()
        if kind == pl.String
    ]  # fmt: skip
    for start in range(0, max(table.height, 1), CSV_ROWS):
        part = table.slice(start, CSV_ROWS).with_columns(*as_text, *as_json)
        yield part.write_csv(include_header=start == 0)


def sentence_rows(pair: Pair) -> list[dict[str, Any]]:
    """The rows of the table `sentences`: `Pair.rows` with the exact texts."""
    old, new = pair.old.sentences, pair.new.sentences
    old_keys, new_keys = pair.old.sentence_sections, pair.new.sentence_sections
    return [
        {
            "country": pair.new.country,
            "old_year": pair.old.year,
            "new_year": pair.new.year,
            "op": row.op,
            "moved": row.link is not None and row.link.moved,
            "old_section": old_keys[row.old[0]] if row.old else None,
            "new_section": new_keys[row.new[0]] if row.new else None,
            "old_sentences": list(row.old),
            "new_sentences": list(row.new),
            "old_starts": [old[i].start for i in row.old],
            "new_starts": [new[j].start for j in row.new],
            "old_text": "\n".join(old[i].text for i in row.old) if row.old else None,
            "new_text": "\n".join(new[j].text for j in row.new) if row.new else None,
            "similarity": row.link.similarity if row.link else None,
        }
        for row in pair.rows
    ]


def word_edit_rows(pair: Pair) -> list[dict[str, Any]]:
    """The rows of `word_edits`: the runs of words of each link that differs, in the order of the table `sentences`.

    `row` counts the rows of `sentences`; a whole sentence that was added or removed is a row there and none here.
    """
    numbers = {id(link): number for number, link in enumerate(pair.links)}
    keys = pair.new.sentence_sections
    return [
        {
            "country": pair.new.country,
            "old_year": pair.old.year,
            "new_year": pair.new.year,
            "section": keys[row.new[0]],
            "row": at,
            "op": edit.op,
            "text": edit.text,
        }
        for at, row in enumerate(pair.rows)
        if row.link is not None
        for edit in pair.edits[numbers[id(row.link)]]
    ]


def indicator_rows(profile: Profile) -> list[dict[str, Any]]:
    """The rows of `indicators`: what the family counts, in the profile's order."""
    return [
        {
            "indicator": indicator.name,
            "title": indicator.title,
            "unit": indicator.unit,
            "polarity": indicator.polarity,
            "why": indicator.why or None,
            "example": next(iter(indicator.examples), None),
        }
        for indicator in profile.indicators
    ]


def section_rows(pair: Pair) -> list[dict[str, Any]]:
    """The rows of the table `sections`; a row of the text counts where its new sentence stands, else its old one."""
    old_of, new_of = _section_numbers(pair.old), _section_numbers(pair.new)
    by_old = {link.old: n for n, link in enumerate(pair.sections) if link.old is not None}
    by_new = {link.new: n for n, link in enumerate(pair.sections) if link.new is not None}
    counts: list[Counter[str]] = [Counter() for _ in pair.sections]
    for row in pair.rows:
        number = by_new[new_of[row.new[0]]] if row.new else by_old[old_of[row.old[0]]]
        counts[number][row.op] += 1
        counts[number]["moved"] += row.link is not None and row.link.moved
    rows = []
    for link, count in zip(pair.sections, counts, strict=True):
        old = None if link.old is None else pair.old.sections[link.old]
        new = None if link.new is None else pair.new.sections[link.new]
        section = new or old
        rows.append(
            {
                "country": pair.new.country,
                "old_year": pair.old.year,
                "new_year": pair.new.year,
                "section": section.key if section else None,
                "old_heading": old.heading if old else None,
                "new_heading": new.heading if new else None,
                "op": Op.KEPT if old and new else Op.ADDED if new else Op.REMOVED,
                **{name: count[name] for name in _COUNTS},
                "similarity": link.similarity,
            }
        )
    return rows


def index_row(pair: Pair, judgement: Judgement, problems: int) -> dict[str, Any]:
    """A country's row of the table `index`; `problems` is how many rows of `problems` name it.

    `similarity` is the share of both texts' characters that is carried over, each link weighed by its own.
    """
    ops = Counter(row.op for row in pair.rows)
    verdicts = Counter(finding.verdict for finding in judgement.findings if finding.review != REJECTED)
    old, new = pair.old.sentences, pair.new.sentences
    total = sum(len(s.text) for s in (*old, *new))
    kept = fsum(  # the same to the last digit on every Python
        link.similarity * (sum(len(old[i].text) for i in link.old) + sum(len(new[j].text) for j in link.new))
        for link in pair.links
    )
    return {
        "country": pair.new.country,
        "old_year": pair.old.year,
        "new_year": pair.new.year,
        "verdict": judgement.verdict,
        "stated_verdict": judgement.stated_verdict,
        "old_stated": judgement.old_stated,
        "new_stated": judgement.new_stated,
        **{verdict.value: verdicts[verdict] for verdict in Verdict},
        **{name: ops[Op(name)] for name in _COUNTS if name != "moved"},
        "moved": sum(link.moved for link in pair.links),
        "similarity": kept / total if total else 1.0,
        "problems": problems,
        "verdict_reason": judgement.verdict_rule or None,
        "words_old": words_in(pair.old),
        "words_new": words_in(pair.new),
    }


def narrative_row(narrative: Narrative, iso3: str | None) -> dict[str, Any]:
    """A narrative's row of the table `narratives`."""
    return {
        "country": narrative.country,
        "slug": narrative.slug,
        "iso3": iso3,
        "year": narrative.year,
        "file": narrative.origin.file,
        "source_url": narrative.origin.source_url,
        "retrieved": narrative.origin.retrieved,
        "checksum": narrative.checksum or None,
        "words": words_in(narrative),
        "sentences": len(narrative.sentences),
    }


def words_in(narrative: Narrative) -> int:
    """How many words a narrative's sentences have."""
    return sum(len(sentence.text.split()) for sentence in narrative.sentences)


def lone_row(country: str, old_year: int, new_year: int, problems: int) -> dict[str, Any]:
    """The row of `index` of a country that is in one of the two years only, or could not be compared."""
    empty = dict.fromkeys(SCHEMAS["index"])
    return empty | {"country": country, "old_year": old_year, "new_year": new_year, "problems": problems}


def _section_numbers(narrative: Narrative) -> list[int]:
    return [n for n, section in enumerate(narrative.sections) for _ in section.sentences]
