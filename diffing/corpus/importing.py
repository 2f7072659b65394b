"""Takes files that a user has into a corpus: single narratives, folders of them, tables, and whole reports.

A file is a whole report when the profile's title lines cut it into two countries or more; then each country becomes a
text file. A single narrative is copied as it is, under its country's slug. The year is the one given, else the one of
the file's folder or name; the country the one given, else what the file's name says.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diffing.corpus.folders import is_document, year_of
from diffing.corpus.naming import check_country
from diffing.corpus.storing import Shelf
from diffing.corpus.table_files import TABLE_SUFFIXES, read_table
from diffing.model import DiffingError, slug_of
from diffing.profile import Profile
from diffing.reading.documents import KINDS, cut_report, read_bytes, read_document
from diffing.reading.narratives import to_narrative

_NOISE = frozenset({"report", "reports", "narrative", "narratives", "final", "text"})
_USUAL_SUFFIX = {".markdown": ".md", ".text": ".txt", ".htm": ".html", ".xhtml": ".html"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(slots=True)
class Imported:
    """What an import did: `stored` and `kept` as (year, slug), `failed` as (file, why), `notes` for the user."""

    stored: list[tuple[int, str]] = field(default_factory=list)
    kept: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def by_year(self) -> Counter[int]:
        """How many narratives were stored, by year."""
        return Counter(year for year, _slug in self.stored)


@dataclass(frozen=True, slots=True)
class _Item:
    """One narrative on its way in; `content` is what is written."""

    origin: str
    country: str
    year: int
    suffix: str
    content: bytes


def import_paths(
    paths: Sequence[Path],
    family: str | Path | Profile,
    folder: Path,
    *,
    year: int | None = None,
    country: str | None = None,
    replace: bool = False,
) -> Imported:
    """Puts what is at `paths` into the corpus `folder`.

    What is there already with other content is left alone, and said, unless `replace`. A file that can't be read is
    in `failed`, and the others go on. Raises `DiffingError` where a path is missing, `country` is given for more than
    one file, or the corpus can't be written.
    """
    shelf = Shelf(folder, family)
    done = Imported()
    files = [(file, folder_year) for path in paths for file, folder_year in _files(path, year, done)]
    if not files:
        raise DiffingError(f"nothing to import in {', '.join(map(str, paths))}: no {' '.join(KINDS)} file")
    if country is not None and (len(files) > 1 or files[0][0].suffix.lower() in TABLE_SUFFIXES):
        raise DiffingError("--country goes with one file, a narrative; here are several")
    taken: dict[tuple[int, str], str] = {}
    with shelf:
        try:
            for file, folder_year in files:
                try:
                    for item in _items(file, folder_year if year is None else year, country, shelf.profile, done):
                        _take(item, shelf, taken, done, replace)
                except _Unfit as error:
                    done.failed.append((str(file), str(error)))
        finally:
            if done.stored or done.kept:
                shelf.save()
    return done


class _Unfit(Exception):
    """A file that can't be imported; the others go on."""


def _files(path: Path, year: int | None, done: Imported) -> Iterator[tuple[Path, int | None]]:
    """Every file under a path that may hold narratives, with the year of its folder."""
    if os.path.isfile(path):  # a Path raises for a name that is too long
        if path.suffix.lower() not in KINDS:
            raise DiffingError(f"{path}: {path.suffix or 'no ending'} is not read: {' '.join(KINDS)} are")
        yield path, year_of(path.absolute().parent.name)
        return
    if not os.path.isdir(path):
        raise DiffingError(f"{path}: no such file or folder")
    here = year_of(path.absolute().name)
    for entry in sorted(path.iterdir()):
        inner = year_of(entry.name) if entry.is_dir() else None
        if inner is not None and (year is None or inner == year):
            for file in sorted(entry.iterdir()):
                if is_document(file) or _is_table(file):
                    yield file, inner
        elif inner is not None:
            done.notes.append(f"{entry}: not of {year}, left out")
        elif is_document(entry) or _is_table(entry):
            yield entry, here


def _is_table(file: Path) -> bool:
    return file.suffix.lower() in TABLE_SUFFIXES and not file.name.startswith(".") and file.is_file()


def _items(file: Path, year: int | None, country: str | None, profile: Profile, done: Imported) -> Iterator[_Item]:
    if file.suffix.lower() in TABLE_SUFFIXES:
        yield from _rows(file, year, done)
        return
    known = year if year is not None else _year_in(file)
    if known is None:
        raise _Unfit("no year in its folder or name; give it with --year")
    try:
        content = read_bytes(file)
        document = read_document(content, KINDS.get(file.suffix.lower()), profile=profile, source=str(file))
        parts = cut_report(document, profile) if country is None else []
    except DiffingError as error:
        raise _Unfit(str(error).removeprefix(f"{file}: ")) from error
    if len(parts) > 1:
        done.notes.append(f"{file}: a report, cut into {len(parts)} countries")
        for name, text in parts:
            yield _Item(f"{file.name}, {name}", name, known, ".txt", text.encode("utf-8", "replace"))
        return
    name = country or _country_in(file, profile)
    if not to_narrative(document, name, known, profile).sentences:
        raise _Unfit("no sentence in it")
    suffix = file.suffix.lower()
    yield _Item(file.name, name, known, _USUAL_SUFFIX.get(suffix, suffix), content)


def _rows(file: Path, year: int | None, done: Imported) -> Iterator[_Item]:
    try:
        table = read_table(file)
    except DiffingError as error:
        raise _Unfit(str(error).removeprefix(f"{file}: ")) from error
    if table.note:
        done.notes.append(f"{file}: {table.note}")
    done.failed += [(str(file), f"{fault}; left out") for fault in table.faults]
    for row in table.rows:
        known = row.year if row.year is not None else year
        if known is None:
            raise _Unfit("no column year; give the year with --year")
        if year is not None and known != year:
            continue
        yield _Item(f"{file.name}, row {row.number}", row.country, known, ".txt", row.text.encode("utf-8", "replace"))


def _take(item: _Item, shelf: Shelf, taken: dict[tuple[int, str], str], done: Imported, replace: bool) -> None:
    try:
        slug = check_country(item.country)
        shelf.target(item.year, slug, item.suffix)
    except DiffingError as error:
        done.failed.append((item.origin, str(error)))
        return
    there = shelf.files(item.year, slug)
    key = (item.year, "-".join(shelf.names.identity(slug)))
    if key in taken:
        done.failed.append((item.origin, f"{item.country} {item.year} came already from {taken[key]}; left out"))
    elif any(file.read_bytes() == item.content for file in there):
        taken[key] = item.origin
        done.kept.append((item.year, slug))
    elif there and not replace:
        done.kept.append((item.year, slug))
        done.notes.append(f"{item.origin}: {there[0]} is there with other content; --replace takes this one")
    else:
        taken[key] = item.origin
        shelf.put(item.year, slug, item.suffix, item.content, country=item.country, address=item.origin, save=False)
        done.stored.append((item.year, slug))


def _year_in(file: Path) -> int | None:
    found = _YEAR.findall(file.stem)
    return int(found[-1]) if found else None


def _country_in(file: Path, profile: Profile) -> str:
    """What a file's name says of the country: without the year, the family, and what a browser adds after " - "."""
    stem = _YEAR.sub(" ", file.stem).partition(" - ")[0]
    words = [word for word in slug_of(stem).split("-") if word != profile.name and word not in _NOISE]
    name = "-".join(words)
    if not name or name == "unnamed" or name.isdigit():
        raise _Unfit("its name tells no country; give it with --country")
    return name


__all__ = ["Imported", "import_paths"]
