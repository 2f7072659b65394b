"""Takes files that a user has into a corpus: single narratives, folders of any layout, tables, archives, whole reports.

A file is a whole report when the profile's title lines cut it into two countries or more; then each country becomes a
text file. A single narrative is copied as it is, under its country's slug. Country and year are those given, else what
the document's own title, its name and its folders say; where they differ it is an error that names all of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from diffing.child import SECONDS_A_COUNTRY, TooLongError, at_most
from diffing.corpus.folders import FAMILY_SAMPLE
from diffing.corpus.gathering import MOST_FILES, SHOWN, Found, Gathered, gathered
from diffing.corpus.identify import identified, path_claims, title_claim
from diffing.corpus.manifest import checksum_of
from diffing.corpus.naming import check_country, check_year
from diffing.corpus.storing import Shelf
from diffing.corpus.table_files import TABLE_SUFFIXES, check_length, read_table
from diffing.model import DiffingError
from diffing.profile import Profile
from diffing.profile.territories import listed
from diffing.reading.documents import KINDS, cut_report, read_bytes, read_document
from diffing.reading.families import Family, family_of
from diffing.reading.narratives import to_narrative

_USUAL_SUFFIX = {".markdown": ".md", ".text": ".txt", ".htm": ".html", ".xhtml": ".html", ".mht": ".mhtml"}


@dataclass(slots=True)
class Imported:
    """What an import did: `stored` and `kept` as (year, slug), `failed` as (file, why), `notes` for the user."""

    stored: list[tuple[int, str]] = field(default_factory=list)
    kept: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extents: list[tuple[int, int]] = field(default_factory=list)  # of its tables

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
    columns: Mapping[str, str] | None = None,
) -> Imported:
    """Puts what is at `paths` into the corpus `folder`; `columns` says which of a table's columns is which of ours.

    What is there already with other content is left alone, and said, unless `replace`. A file that can't be read is
    in `failed`, and the others go on. Raises `DiffingError` where a path is missing, `country` is given for more than
    one file, no report can be of `year`, or the corpus can't be written.
    """
    if year is not None:
        check_year(year)
    shelf = Shelf(folder, family)
    done = Imported()
    with gathered(paths) as found:
        _check(found, paths, country)
        done.notes += found.notes
        done.failed += found.failed
        taken: dict[tuple[int, str], str] = {}
        with shelf:
            try:
                for file in _of_year(found.files, year, shelf.profile, done):
                    try:
                        for item in _items(file, year, country, shelf, done, columns):
                            _take(item, shelf, taken, done, replace)
                    except (_Unfit, TooLongError) as error:
                        done.failed.append((file.name, str(error)))
            finally:
                if done.stored or done.kept:
                    shelf.save()
    return done


def family_shown(paths: Sequence[Path], columns: Mapping[str, str] | None = None) -> Family:
    """The family that a few of the narratives at `paths` show. Raises `DiffingError` where a path is missing."""
    with gathered(paths) as found:
        texts: list[str] = []
        for file in found.files[:: max(1, len(found.files) // FAMILY_SAMPLE)]:
            with suppress(DiffingError), at_most(SECONDS_A_COUNTRY):
                if file.path.suffix.lower() in TABLE_SUFFIXES:
                    texts += [row.text for row in read_table(file.path, columns).rows[:FAMILY_SAMPLE]]
                else:
                    texts.append(read_document(file.path).text)
            if len(texts) >= FAMILY_SAMPLE:
                break
        return family_of(texts)


def _of_year(files: Sequence[Found], year: int | None, profile: Profile, done: Imported) -> Iterator[Found]:
    """The files but for those of several that by their place are of another year than the one asked for."""
    others = []
    for file in files:
        claims = path_claims(file.path.absolute(), profile, file.below)
        years = {claim.year for claim in claims if claim.year}
        if year is not None and len(files) > 1 and years and year not in years:
            others.append(f"{file.name} ({', '.join(map(str, sorted(years)))})")
        else:
            yield file
    if others:
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        done.notes.append(f"left out, not of {year}: {', '.join(others[:SHOWN])}{more}")


class _Unfit(Exception):
    """A file that can't be imported; the others go on."""


def _check(found: Gathered, paths: Sequence[Path], country: str | None) -> None:
    if not found.files and not found.failed:
        left = f" ({'; '.join(found.notes)})" if found.notes else ""
        raise DiffingError(f"nothing to import in {', '.join(map(str, paths))}: no {' '.join(KINDS)} file{left}")
    tables = any(file.path.suffix.lower() in TABLE_SUFFIXES for file in found.files)
    if country is not None and (len(found.files) > 1 or tables):
        raise DiffingError("--country goes with one file, a narrative; here are several")


def _items(
    file: Found, year: int | None, country: str | None, shelf: Shelf, done: Imported, columns: Mapping[str, str] | None
) -> Iterator[_Item]:
    profile = shelf.profile
    places = path_claims(file.path.absolute(), profile, file.below)
    if file.path.suffix.lower() in TABLE_SUFFIXES:
        yield from _rows(file, year, next((claim.year for claim in places if claim.year), None), done, columns)
        return
    with at_most(SECONDS_A_COUNTRY):
        items = list(_of_document(file, year, country, shelf, done))
    yield from items


def _of_document(file: Found, year: int | None, country: str | None, shelf: Shelf, done: Imported) -> Iterator[_Item]:
    profile = shelf.profile
    places = path_claims(file.path.absolute(), profile, file.below)
    kind = KINDS.get(file.path.suffix.lower())
    try:
        content = read_bytes(file.path)
        document = read_document(content, None if kind == "text" else kind, profile=profile, source=file.name)
        parts = cut_report(document, profile) if country is None else []
        title = title_claim(document, profile)
        if len(parts) > 1:
            _name, of_year = identified(title, places, shelf.names.same, "", year)
        else:
            name, of_year = identified(title, places, shelf.names.same, country, year)
    except DiffingError as error:
        raise _Unfit(str(error).removeprefix(f"{file.name}: ")) from error
    if of_year is None:
        raise _Unfit("no year in its title, name or folder; give it with --year")
    if len(parts) > 1:
        done.notes.append(f"{file.name}: a report, cut into {len(parts)} countries")
        for part, text in parts:
            yield _Item(f"{file.path.name}, {part}", part, of_year, ".txt", text.encode("utf-8", "replace"))
        return
    if not name:
        raise _Unfit("neither its title nor its name or folder tells a country; give it with --country")
    if not to_narrative(document, name, of_year, profile).sentences:
        raise _Unfit("no sentence in it")
    done.notes += [f"{file.name}: {note}" for note in document.notes if "tracked" in note]
    suffix = _SUFFIX_OF.get(document.kind, file.path.suffix.lower())
    yield _Item(file.path.name, name, of_year, _USUAL_SUFFIX.get(suffix, suffix), content)


# What a file whose ending says otherwise is stored under.
_SUFFIX_OF = {"docx": ".docx", "odt": ".odt", "rtf": ".rtf", "epub": ".epub", "pdf": ".pdf", "html": ".html"}


def _rows(
    file: Found, year: int | None, folder_year: int | None, done: Imported, columns: Mapping[str, str] | None
) -> Iterator[_Item]:
    try:
        table = read_table(file.path, columns)
        check_length(str(file.path.absolute()), [*done.extents, table.extent])
    except DiffingError as error:
        raise _Unfit(str(error).removeprefix(f"{file.path.absolute()}: ")) from error
    if len(table.rows) > MOST_FILES:
        raise _Unfit(f"over {MOST_FILES:,} narratives: use it as a corpus as it is, or cut it")
    done.extents.append(table.extent)
    if table.note:
        done.notes.append(f"{file.name}: {table.note}")
    done.failed += [(file.name, f"{fault}; left out") for fault in table.faults]
    for row in table.rows:
        known = row.year if row.year is not None else (year or folder_year)
        if known is None:
            raise _Unfit("no column year; give the year with --year, or --columns year=NAME")
        if year is not None and known != year:
            continue
        content = row.text.encode("utf-8", "replace")
        yield _Item(f"{file.path.name}, row {row.number}", row.country, known, ".txt", content)


def _take(item: _Item, shelf: Shelf, taken: dict[tuple[int, str], str], done: Imported, replace: bool) -> None:
    try:
        slug = check_country(item.country)
        if listed(slug) is None:  # "malaysia-2" is no name of its own
            slug = shelf.names.slug_of_all(slug)
        shelf.target(item.year, slug, item.suffix)
    except DiffingError as error:
        done.failed.append((item.origin, str(error)))
        return
    there = shelf.files(item.year, slug)
    key = (item.year, "-".join(shelf.names.identity(slug)))
    if key in taken:
        done.failed.append((item.origin, f"{item.country} {item.year} came already from {taken[key]}; left out"))
    elif same := [file for file in there if checksum_of(file) == hashlib.sha256(item.content).hexdigest()]:
        taken[key] = item.origin
        shelf.enter(same[0], country=item.country, address=item.origin)  # a run was killed before it could
        done.kept.append((item.year, slug))
    elif there and not replace:
        done.kept.append((item.year, slug))
        done.notes.append(f"{item.origin}: {there[0]} is there with other content; --replace takes this one")
    else:
        taken[key] = item.origin
        shelf.put(item.year, slug, item.suffix, item.content, country=item.country, address=item.origin, save=False)
        done.stored.append((item.year, slug))


__all__ = ["Imported", "family_shown", "import_paths"]
