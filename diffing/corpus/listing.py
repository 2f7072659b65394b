"""Which files of a corpus are what: narratives, tables, years' folders, and what stands there for another reason."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from diffing.corpus.naming import YEARS
from diffing.corpus.table_files import TABLE_SUFFIXES
from diffing.model import DiffingError, Problem, Severity, Stage, one_line
from diffing.reading.documents import KINDS

DOCUMENT_SUFFIXES = tuple(suffix for suffix, kind in KINDS.items() if kind != "table")

_ABOUT = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing", "sources"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where one narrative stands: a file, or a row (counted from 1) of a table.

    `slug` and `name` are as that file or row writes the country; the corpus may know it by another.
    """

    slug: str
    name: str | None
    year: int
    path: Path
    row: int | None = None

    def __str__(self) -> str:
        return one_line(str(self.path) if self.row is None else f"{self.path}, row {self.row}")


def year_of(name: str) -> int | None:
    """The year that a folder's name is, or None: four digits, one of `YEARS`."""
    return int(name) if re.fullmatch(r"[0-9]{4}", name) and int(name) in YEARS else None


def year_kept_in(folder: Path, corpus: Path) -> int | None:
    """The year whose narratives a corpus keeps in a folder, or would if it were there, whatever links lead to it."""
    place, here = os.path.realpath(folder), os.path.realpath(corpus)
    names = {os.path.basename(place)} if os.path.dirname(place) == here else set()
    with suppress(OSError):  # a table is no folder
        names |= {name for name in os.listdir(here) if os.path.realpath(os.path.join(here, name)) == place}
    return next(filter(None, map(year_of, sorted(names))), None)


def is_document(path: Path) -> bool:
    """Whether a file in a year's folder is a narrative: by its ending, and not hidden or about the folder."""
    return _is_one_of(DOCUMENT_SUFFIXES, path)


def is_table(path: Path) -> bool:
    """Whether a file is a table of narratives: by its ending, and not hidden or about the folder."""
    return _is_one_of(TABLE_SUFFIXES, path)


def _is_one_of(suffixes: tuple[str, ...], path: Path) -> bool:
    return path.suffix.lower() in suffixes and not is_aside(path) and path.is_file()


def is_aside(path: Path) -> bool:
    """Whether a file is hidden or says something about its folder (README.md)."""
    return path.name.startswith(".") or path.stem.lower() in _ABOUT


def entries_inside(folder: Path, corpus: Path, left_out: dict[Path, Problem], year: int | None) -> Iterator[Path]:
    """As `entries`, without the links that lead out of the corpus: a stranger's could make `/etc/passwd` a country.

    They are put into `left_out`, each with its problem.
    """
    for entry in entries(folder):
        if not entry.is_symlink() or is_aside(entry) or not entry.exists() or leads_inside(entry, corpus):
            yield entry
        else:
            why = "a link that leads out of the corpus; left out: put there what it leads to"
            left_out[entry] = problem_in(year, f"{entry}: {why}")


def leads_inside(link: Path, corpus: Path) -> bool:
    """Whether a link leads to something in the folder."""
    try:
        return link.resolve().is_relative_to(corpus.resolve())
    except (OSError, RuntimeError):
        return False


def check_still(file: Path, corpus: Path) -> None:
    """Raises `DiffingError` where a file that was listed is none any more, or has become a link out of the corpus."""
    if file.is_symlink() and not leads_inside(file, corpus):
        raise DiffingError(f"{file}: has become a link that leads out of the corpus: put there what it leads to")
    if file.exists() and not file.is_file():
        raise DiffingError(f"{file}: has become a pipe or a device: put a file there")


def entries(folder: Path) -> list[Path]:
    """What stands in a folder, sorted; raises `DiffingError` where it can't be read."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise DiffingError(f"{folder}: can't be read: {error.strerror}") from error


def problem_in(year: int | None, message: str, severity: Severity = Severity.WARNING) -> Problem:
    """What was met in a year's folder while it was listed."""
    return Problem("", year, Stage.READ, severity, one_line(message))


def why_empty(path: Path, problems: Sequence[Problem]) -> str:
    """What to say of a corpus without a narrative in which these problems were met."""
    loose = [entry for entry in entries(path) if is_document(entry)] if path.is_dir() else []
    take = f"`diffing corpus import {path} --into corpora/NAME` takes files of any layout"
    layout = "a corpus is <corpus>/<year>/<country>.txt (or .md .html .pdf), or a table country, year, text"
    if loose and year_of(path.name) is not None:
        return f"{path}: the folder of one year: give the corpus, {path.absolute().parent}"
    if loose:
        return f"{path}: {len(loose)} documents in no year's folder: {take}"
    if problems:
        return f"{path}: no usable narrative: {problems[0].message}"
    return f"{path}: no narratives in it: {layout}; {take}"
