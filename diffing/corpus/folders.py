"""A folder of narratives of one family, ``<corpus>/<year>/<country>.<ext>``, or a table of them.

A file is a narrative when its folder is a year and its ending is one of `DOCUMENT_SUFFIXES`; a table
(country, year, text) may stand at the top or in a year's folder. Everything else (README.md, ``truth/``, hidden
files) is let be. A country whose name differs between years (``swaziland`` in 2017, ``eswatini`` in 2018) is one
country when the alias list says so; its slug is then that of the usual name.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, SupportsIndex

from diffing.child import SECONDS_A_COUNTRY, at_most
from diffing.corpus.folder_contents import held_in
from diffing.corpus.identify import misplaced
from diffing.corpus.listing import DOCUMENT_SUFFIXES, Source, check_still, is_document, problem_in, why_empty, year_of
from diffing.corpus.manifest import MANIFEST, Manifest, read_manifest
from diffing.corpus.naming import CountryNames, check_country, suggest
from diffing.corpus.remote import is_address, local_copy
from diffing.corpus.table_files import TABLE_SUFFIXES, DataFrame, table_of
from diffing.model import DiffingError, Narrative, Origin, Problem, Severity, one_line, plain_name, whole_year
from diffing.profile import Profile, load_profile
from diffing.profile.territories import Identity
from diffing.reading.documents import read_bytes, read_document
from diffing.reading.families import Family, family_of
from diffing.reading.narratives import checked_narrative, parse_narrative

if TYPE_CHECKING:
    import polars as pl

_NO_MANIFEST = Manifest()
FAMILY_SAMPLE = 3
SHOWN = 3  # of several files that claim to be one narrative, so many are named
"""Narratives of the newest year that are read to find the family. Range 1 to 10; default 3: one may have lost its
headings; more only takes longer."""

DATA_FRAME = "<data frame>"  # what stands for a path where the narratives are in memory


class Corpus:
    """The narratives under `path`: a folder, a table, an address that fsspec reads (``s3://...``), or a data frame.

    A frame of polars or pandas has the columns country, year and text.

    `profile` is a name, a path to a ``.toml``, or what ``corpus.toml`` says, else that of the family that the texts
    show, found when it is first asked for.

    Raises `DiffingError` where the folder is missing or holds no narrative, or ``corpus.toml`` is not valid.
    """

    def __init__(self, path: str | Path | DataFrame, profile: str | Path | Profile | None = None) -> None:
        missing: dict[PurePosixPath, str] = {}
        if isinstance(path, str | Path):
            self._address, self._frame, self.path = str(path), None, Path(path)
            if is_address(path):
                self.path, missing = local_copy(self._address)
        else:
            self._address, self._frame = DATA_FRAME, table_of(path)
            self.path = Path(DATA_FRAME)
        self.manifest = self._manifest()
        self._given = profile
        named = profile or self.manifest.profile_of(self.path)
        self._named = None if named is None else load_profile(named)
        self.names = country_names(self._named or load_profile("base"), self.manifest)
        held = held_in(self.path, self.manifest, self._frame)
        self._tables = held.tables  # each is read once
        of_copy = [problem_in(year_of(f.parent.name), why, Severity.ERROR) for f, why in missing.items()]
        self._problems = [*of_copy, *held.problems]
        self.unread = held.unread  # what lies there and is no narrative, with why
        self._sources = tuple(held.sources)
        if not self._sources:
            raise DiffingError(why_empty(self.path, [*self._problems, *self.unread.values()]))

    def __repr__(self) -> str:
        family = self._named.name if self._named else self.family.name
        return f"<Corpus {self.path}: {', '.join(map(str, self.years))}; profile {family}>"

    @cached_property
    def profile(self) -> Profile:
        """What is known of the family: as given, as ``corpus.toml`` says, else that of the family that texts show.

        Raises `DiffingError` where nothing names a family and the texts show none clearly.
        """
        if self._named is not None:
            return self._named
        if self.family.name is None:
            self._check_readable()
            raise self.family.asked(str(self.path))
        return load_profile(self.family.name)

    @cached_property
    def family(self) -> Family:
        """The family that a few narratives of the newest year show, whatever is named."""
        sources = self.sources(self.years[-1])
        return family_of([*self._readable(sources[:: max(1, len(sources) // FAMILY_SAMPLE)][:FAMILY_SAMPLE])])

    def _readable(self, sources: Iterable[Source]) -> Iterator[str]:
        for source in sources:
            text = ""
            with suppress(DiffingError), at_most(SECONDS_A_COUNTRY):
                text = self._text(source) if source.row is not None else read_document(source.path).text
            yield text

    def _check_readable(self) -> None:
        """Raises what is wrong with the first narrative: a file that can't be read shows no family."""
        first = self.sources(self.years[-1])[0]
        if first.row is None:
            with at_most(SECONDS_A_COUNTRY):
                read_document(first.path)

    @property
    def family_note(self) -> str | None:
        """That the family was found and not named, for a user; None where it was named or none is clear."""
        if self._named is not None or self.family.name is None:
            return None
        return f"{self.path}: no corpus.toml says the family: read as {self.family.name}, which its texts show"

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Another process opens the corpus for itself, once: what it holds is larger than a narrative.

        The last of the arguments changes when what is held does, so that a process that lives long looks again.
        """
        if isinstance(self._given, Profile) or self._frame is not None:
            return super().__reduce_ex__(protocol)
        address = self._address if is_address(self._address) else str(self.path.absolute())
        return _opened, (address, self._given or (None if self._named else self.profile.name), self._digest)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was met while listing: files and rows of a table that can't be used, a family that nothing names."""
        found = (problem_in(None, self.family_note),) if self.family_note else ()
        return (*self._problems, *self.unread.values(), *found)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The report years that the corpus holds, oldest first."""
        return tuple(sorted(self._by_year))

    def countries(self, year: int | None = None) -> tuple[str, ...]:
        """The slugs of a year's countries (None: of all years), sorted; `DiffingError` for a year that is not there."""
        if year is None:
            return tuple(sorted(self._slugs.values()))
        self.sources(year)
        return self._countries[whole_year(year)]

    def sources(self, year: int) -> tuple[Source, ...]:
        """Every file or row of one year, duplicates too, by country. Raises as `countries` does."""
        year = whole_year(year)
        if year not in self._by_year:
            raise DiffingError(f"{self.path}: no year {year}: it holds {', '.join(map(str, self.years))}")
        return self._by_year[year]

    def earlier(self, year: int, since: int | None = None) -> int:
        """The year to compare `year` with: `since`, or the newest earlier one.

        Raises `DiffingError` where either is not there, or `since` is not earlier.
        """
        self.sources(year)
        if since is not None:
            self.sources(since)
            since = whole_year(since)
            if since >= year:
                raise DiffingError(f"the old year must be earlier than the new one: {since} is not before {year}")
            return since
        before = [other for other in self.years if other < year]
        if not before:
            unusable = f"; {self._problems[0].message}" if self._problems else ""
            raise DiffingError(
                f"{self.path}: nothing to compare {year} with: it holds no earlier year "
                f"(only {', '.join(map(str, self.years))}){unusable}; "
                f"add one with `diffing corpus import PATH --year {year - 1}`"
            )
        return before[-1]

    def slug(self, country: str) -> str:
        """The corpus's slug of a country given as slug, name or alias.

        Raises `DiffingError` for a name that could be a path, and for one that no year has, with near ones.
        """
        slug = check_country(country)
        identity = self.names.identity(slug)
        if identity in self._slugs:
            return self._slugs[identity]
        near = () if self.names.territory(slug) else suggest(country, self._known_names)  # known, and not here
        hint = f"; did you mean {' or '.join(near)}?" if near else f"; `diffing corpus list {self.path}` names them"
        raise DiffingError(f"{self.path}: no country {country!r}{hint}")

    def name(self, country: str) -> str:
        """The country's name as people write it. Raises as `slug` does."""
        slug = self.slug(country)
        identity = self.names.identity(slug)
        by_rule = self.names.display(slug)
        if self.names.others(slug) or slug in self.manifest.names or slug in self.names.names:
            return plain_name(by_rule)
        printed = [source.name for held in self._held[identity].values() for source in held if source.name]
        return plain_name(printed[-1]) if printed else by_rule

    def path_of(self, country: str, year: int) -> Path:
        """The file that holds a country's narrative (the table, where it is a row of one). Raises as `source` does."""
        return self.find(country, year).path

    def source(self, country: str, year: int) -> Path:
        """The same as `path_of`."""
        return self.path_of(country, year)

    def find(self, country: str, year: int) -> Source:
        """Where a country's narrative of one year stands.

        Raises `DiffingError` for an unknown country or year, and where two files claim to be it.
        """
        slug = self.slug(country)
        self.sources(year)
        held = self._held[self.names.identity(slug)]
        found = held.get(year, ())
        if not found:
            raise DiffingError(
                f"{self.path}: no narrative of {self.name(slug)} for {year} (there is one for "
                f"{', '.join(map(str, held))})"
            )
        if len(found) > 1:
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise DiffingError(
                f"{len(found)} narratives of {self.name(slug)} for {year}: "
                f"{' and '.join(map(str, found[:SHOWN]))}{more}; keep one of them"
            )
        return found[0]

    def narrative(self, country: str, year: int) -> Narrative:
        """One country's narrative; `country` is a slug, a name or an alias. Raises as `find` does, and as reading."""
        source, year = self.find(country, year), whole_year(year)
        slug = self.slug(country)
        name = self.name(slug)
        if source.row is None:
            check_still(source.path, self.path)
            document = read_document(source.path, profile=self.profile)
            if told := misplaced(document, source, self.names.same, self.profile):
                raise DiffingError(told)
            narrative = checked_narrative(document, name, year, self.profile)
        else:
            narrative = parse_narrative(
                self._text(source), country=name, year=year, profile=self.profile, source=str(source)
            )
        return replace(narrative, slug=slug, origin=self._origin(source))

    def _origin(self, source: Source) -> Origin:
        inside = source.path.name if source.path == self.path else source.path.relative_to(self.path).as_posix()
        stored = self.manifest.files.get(inside)
        file = inside if source.row is None else f"{inside}, row {source.row}"
        return Origin(one_line(file), *((stored.address or None, stored.date or None) if stored else (None, None)))

    def narratives(self, year: int | None = None) -> pl.DataFrame:
        """The table `narratives`, of all years or one: what there is, where it came from, how long it is.

        A narrative that can't be read has a row without a number of words. Raises `DiffingError` for a year that is
        not there.
        """
        from diffing.tables import frame, narrative_row

        rows = []
        for known in self.years if year is None else (year,):
            for slug in self.countries(known):
                known_as = self.names.territory(slug)
                iso3 = known_as.iso3 if known_as else None
                try:
                    rows.append(narrative_row(self.narrative(slug, known), iso3))
                except DiffingError:
                    rows += [
                        {"country": self.name(slug), "slug": slug, "iso3": iso3, "year": known}
                        | asdict(self._origin(source))
                        for source in self.sources(known)
                        if self.names.same(source.slug, slug)
                    ]
        return frame("narratives", rows)

    def checksum(self, country: str, year: int) -> str:
        """The SHA-256 (hex) of the narrative's file, or of its text where it is a row. Raises as `find` does."""
        source = self.find(country, year)
        if source.row is not None:
            return hashlib.sha256(self._text(source).encode("utf-8", "surrogatepass")).hexdigest()
        return hashlib.sha256(read_bytes(source.path)).hexdigest()  # of what is read, should it be larger

    # --- finding ---------------------------------------------------------------------------------------------

    def _manifest(self) -> Manifest:
        if self._frame is not None:
            return Manifest()
        if os.path.isdir(self.path):  # a Path raises for a name that is too long
            return read_manifest(self.path)
        if os.path.isfile(self.path):
            if self.path.suffix.lower() in TABLE_SUFFIXES:
                return Manifest()
            raise DiffingError(
                f"{self.path}: a file, no corpus: give the folder <corpus>/<year>/<country>.txt, or a table "
                f"({', '.join(TABLE_SUFFIXES)}) with the columns country, year and text"
            )
        raise DiffingError(
            f"{self.path}: no such corpus; corpora/sample ships with the project, "
            "`diffing corpus import` and `diffing corpus download` make others"
        )

    def _text(self, source: Source) -> str:
        return self._tables[source.path].texts[source.row or 0]

    # --- who is who ------------------------------------------------------------------------------------------

    @cached_property
    def _digest(self) -> str:
        tables = sorted((str(path), table.checksum) for path, table in self._tables.items())
        held = repr((self._sources, tables, self.manifest, self.profile.checksum))
        return hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _by_year(self) -> dict[int, tuple[Source, ...]]:
        found = defaultdict(list)
        for source in self._sources:
            found[source.year].append(source)
        return {year: tuple(sources) for year, sources in found.items()}

    @cached_property
    def _held(self) -> dict[Identity, dict[int, tuple[Source, ...]]]:
        """What is held of each country, by year, oldest first."""
        held: dict[Identity, dict[int, list[Source]]] = defaultdict(lambda: defaultdict(list))
        for source in self._sources:
            held[self.names.identity(source.slug)][source.year].append(source)
        return {one: {year: tuple(found) for year, found in years.items()} for one, years in held.items()}

    @cached_property
    def _slugs(self) -> dict[Identity, str]:
        """One slug a country: as all its files write it, else of the usual name, else as the newest writes it."""
        slugs = {}
        for identity, years in self._held.items():
            written = [source.slug for sources in years.values() for source in sources]
            agreed = len(set(written)) == 1
            slugs[identity] = written[-1] if agreed else self.names.slug_of_all(written[-1])
        return slugs

    @cached_property
    def _countries(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = defaultdict(list)
        for identity, years in self._held.items():
            for year in years:
                found[year].append(self._slugs[identity])
        return {year: tuple(sorted(slugs)) for year, slugs in found.items()}

    @cached_property
    def _known_names(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for source in self._sources:
            slug = self._slugs[self.names.identity(source.slug)]
            for name in (slug, source.slug, source.name, *self.names.others(slug)):
                if name:
                    known.setdefault(name, slug)
        return known


@lru_cache(maxsize=4)
def _opened(path: str, profile: str | Path | None, _held: str) -> Corpus:
    return Corpus(path, profile)


def country_names(profile: Profile, manifest: Manifest = _NO_MANIFEST) -> CountryNames:
    """The names that a profile knows, with what ``corpus.toml`` adds or says otherwise."""
    return CountryNames({**manifest.aliases, **profile.aliases}, {**profile.names, **manifest.names})


__all__ = [
    "DOCUMENT_SUFFIXES",
    "MANIFEST",
    "Corpus",
    "Source",
    "country_names",
    "is_document",
    "year_of",
]
