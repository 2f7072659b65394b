"""What a corpus's folder holds: its narratives, its tables, and everything else that lies there, by name.

Nothing is skipped in silence: a document that stands in no year's folder, and a folder of such documents, is named with
the command that takes it in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diffing.corpus.listing import (
    Source,
    entries_inside,
    is_aside,
    is_document,
    is_table,
    problem_in,
    year_of,
)
from diffing.corpus.manifest import Manifest
from diffing.corpus.naming import check_country
from diffing.corpus.table_files import MAX_TABLE_BYTES, TableFile, check_length, read_table
from diffing.model import DiffingError, Problem, Severity
from diffing.reading.documents import why_unread

LOOKED_AT = 2_000
"""Entries of folders that are no year's which are looked at for documents. Range 100 to any; default 2,000: what people
keep beside a corpus. More takes long where somebody's whole disk lies there."""

OURS = frozenset({"run.json", "history.json"})
"""Files by which a report of ours is known: its pages are no narratives."""


@dataclass
class Held:
    """What was found: `unread` is what is no narrative, with why; `problems` what was met besides."""

    sources: list[Source] = field(default_factory=list)
    tables: dict[Path, TableFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: dict[Path, Problem] = field(default_factory=dict)


def held_in(path: Path, manifest: Manifest, frame: TableFile | None) -> Held:
    """What stands at `path`, a folder or a table, or in a data frame.

    Raises `DiffingError` where a table that is the whole corpus can't be read, or has no year, or is no narratives'.
    """
    held = Held()
    if frame is not None or path.is_file():
        held.sources += _rows(path, None, held, frame, whole=True)
    else:
        for entry in entries_inside(path, path, held.unread, None):
            if entry.is_dir() and (year := year_of(entry.name)) is not None:
                _year(entry, year, path, manifest, held)
            elif is_table(entry):
                held.sources += _rows(entry, None, held, None, whole=False)
            elif not is_aside(entry):
                _beside(entry, path, held)
    held.sources.sort(key=lambda s: (s.year, s.slug, str(s.path), s.row or 0))
    return held


def _year(folder: Path, year: int, corpus: Path, manifest: Manifest, held: Held) -> None:
    for file in entries_inside(folder, corpus, held.unread, year):
        if is_document(file):
            held.sources += _file(file, year, manifest, held)
        elif is_table(file):
            held.sources += _rows(file, year, held, None, whole=False)
        elif not is_aside(file):
            held.unread[file] = problem_in(year, f"{file}: {why_unread(file)}; left out")


def _beside(entry: Path, corpus: Path, held: Held) -> None:
    """Names a document, or a folder of documents, that stands in no year's folder."""
    take = f"`diffing corpus import {entry} --into ...` takes it in"
    if is_document(entry):
        held.unread[entry] = problem_in(None, f"{entry}: in no year's folder; left out: {take}")
    elif entry.is_dir() and (count := _documents_in(entry)):
        said = f"{entry}: a folder that is no year, with {count} documents; left out: {take}"
        held.unread[entry] = problem_in(None, said)


def _documents_in(folder: Path) -> int:
    """How many documents lie in a folder and those in it; none in a report of ours."""
    if any((folder / name).is_file() for name in OURS):
        return 0
    count, waiting, looked = 0, [folder], 0
    while waiting and looked < LOOKED_AT:
        try:
            here = sorted(waiting.pop().iterdir())
        except OSError:
            continue
        for entry in here:
            looked += 1
            if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."):
                waiting.append(entry)
            count += is_document(entry) or is_table(entry)
    return count


def _file(file: Path, year: int, manifest: Manifest, held: Held) -> Iterator[Source]:
    try:
        slug = check_country(file.stem)
    except DiffingError as error:
        held.problems.append(problem_in(year, f"{file}: {error}; the file is left out"))
        return
    stored = manifest.files.get(f"{file.parent.name}/{file.name}")
    # A stored file's entry has the name as the place that it came from writes it, when that was more than a slug.
    printed = stored.country if stored and stored.country != stored.country.lower() else None
    yield Source(slug, printed, year, file)


def _rows(path: Path, folder_year: int | None, held: Held, frame: TableFile | None, *, whole: bool) -> Iterator[Source]:
    def warn(year: int | None, message: str, severity: Severity = Severity.WARNING) -> None:
        held.problems.append(problem_in(year, message, severity))

    try:
        left = MAX_TABLE_BYTES - sum(other.size for other in held.tables.values())
        table = frame or read_table(path, most=left)
        check_length(str(path), [one.extent for one in (*held.tables.values(), table)])
        held.tables[path] = table
    except DiffingError as error:
        if whole:
            raise
        return warn(folder_year, str(error), Severity.ERROR)  # the others go on
    if table.note:
        warn(folder_year, f"{path}: {table.note}")
    for fault in table.faults:
        warn(folder_year, f"{path}, {fault}; the row is left out")
    for row in table.rows:
        year = row.year if row.year is not None else folder_year
        if year is None:
            why = f"{path}: no column year; a corpus table has the columns country, year and text"
            if whole:
                raise DiffingError(why)
            return warn(None, why, Severity.ERROR)
        if folder_year is not None and year != folder_year:
            warn(folder_year, f"{path}, row {row.number} is of {year}; the row is left out")
            continue
        try:
            slug = check_country(row.country)
        except DiffingError as error:
            warn(year, f"{path}, row {row.number}: {error}; the row is left out")
            continue
        yield Source(slug, row.country, year, path, row.number)
