"""What can be said of a corpus without reading its texts: its files, its years, its countries' names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from diffing.corpus.folders import Corpus, Source
from diffing.corpus.manifest import checksum_of
from diffing.corpus.notes import Note
from diffing.model import Severity
from diffing.plain_files import file_inside

NEAR_NAME = 85.0
"""How alike (0 to 100) two names in neighbouring years must be to be asked whether they are one country. Range 70 to
95; default 85 keeps Niger and Nigeria, Guinea and Guyana apart; below 75 most pairs that it asks about are two."""

MOST_COMPARED = 250_000
"""Pairs of names of two neighbouring years that are compared. Range 40,000 to a million; default 250,000, 500 countries
of each, which take half a second: a table of four kilobytes can name 20,000."""


def files_by_kind(corpus: Corpus) -> Iterator[Note]:
    """How many files of which kind each year has."""
    for year in corpus.years:
        kinds = Counter("table rows" if s.row is not None else s.path.suffix.lower() for s in corpus.sources(year))
        yield Note("there", None, year, f"{year}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))


def between_years(corpus: Corpus) -> Iterator[Note]:
    """Countries that come, that go, and that are missing between two years that have them."""
    held = {year: set(corpus.countries(year)) for year in corpus.years}
    for old, new in zip(corpus.years, corpus.years[1:], strict=False):
        if new - old > 1:
            said = f"no year between {old} and {new}: {new} will be compared with {old}"
            yield Note("years", Severity.WARNING, new, said)
        later = set().union(*(held[year] for year in corpus.years if year > new))
        earlier = set().union(*(held[year] for year in corpus.years if year < old))
        gone, come = held[old] - held[new], held[new] - held[old]
        for slugs, kind, what in (
            (gone & later, "missing", f"missing in {new}, though in {old} and again later"),
            (gone - later, "gone", f"in {old} and no longer in {new}"),
            (come - earlier, "new", f"new in {new}"),
        ):
            if slugs:
                do = "fetch or import them, else they are compared over the gap" if kind == "missing" else ""
                names = tuple(corpus.name(slug) for slug in sorted(slugs))
                yield Note(kind, Severity.WARNING, new, f"{len(slugs)} {what}", names, do)


def twice(corpus: Corpus) -> Iterator[Note]:
    """Countries with two narratives in one year."""
    for year in corpus.years:
        found: dict[str, list[Source]] = defaultdict(list)
        for source in corpus.sources(year):
            found[corpus.slug(source.slug)].append(source)
        for slug, sources in sorted(found.items()):
            if len(sources) > 1:
                said = f"{len(sources)} narratives of {corpus.name(slug)} for {year}"
                do = "keep one of them: until then no run can use this country"
                yield Note("twice", Severity.ERROR, year, said, tuple(str(source) for source in sources), do)


def names_that_differ(corpus: Corpus) -> Iterator[Note]:
    """Countries under several names: those that are known to be one, and those that may be."""
    written: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for year in corpus.years:
        for source in corpus.sources(year):
            written[corpus.slug(source.slug)][source.slug].append(year)
    for slug, names in sorted(written.items()):
        if len(names) > 1:
            spans = ", ".join(f"{name} ({_years(years)})" for name, years in sorted(names.items()))
            yield Note("names", None, None, f"{corpus.name(slug)} is one country under {len(names)} names: {spans}")
    from rapidfuzz import fuzz

    for old, new in zip(corpus.years, corpus.years[1:], strict=False):
        before, after = set(corpus.countries(old)), set(corpus.countries(new))
        gone, come = sorted(before - after), sorted(after - before)
        if len(gone) * len(come) > MOST_COMPARED:
            said = f"{len(gone):,} names of {old} and {len(come):,} of {new} stand in one of the two alone: too many to"
            yield Note("names", Severity.WARNING, new, f"{said} look which may be one country")
            continue
        for one in gone:
            for other in come:
                if fuzz.token_sort_ratio(one.replace("-", " "), other.replace("-", " ")) >= NEAR_NAME:
                    said = f"{corpus.name(one)} ({old}) and {corpus.name(other)} ({new}) look like one country"
                    alias = f'"{corpus.name(other)}" = ["{corpus.name(one)}"]'
                    do = f"if they are, write in corpus.toml under [aliases]: {alias}"
                    yield Note("names", Severity.WARNING, new, said, do=do)


def parts_of_countries(corpus: Corpus) -> Iterator[Note]:
    """Parts of countries that have narratives of their own beside their country's."""
    held = {slug for year in corpus.years for slug in corpus.countries(year)}
    listed = {slug: found for slug in sorted(held) if (found := corpus.names.territory(slug))}
    whole = {found.iso3: found.name for found in listed.values()}
    parts = tuple(f"{found.name} (with {whole[found.parent]})" for found in listed.values() if found.parent in whole)
    if parts:
        yield Note("parts", None, None, f"{len(parts)} with a narrative of their own beside their country's", parts)


def not_read(corpus: Corpus) -> Iterator[Note]:
    """What lies in the corpus and is not read."""
    by_place: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for path, problem in corpus.unread.items():
        why = problem.message.removeprefix(f"{path}: ").partition("; left out")[0]
        by_place[(why, problem.year)].append(str(path.relative_to(corpus.path)))
    for (why, year), names in sorted(by_place.items(), key=str):
        said = f"{len(names)} of {year} not read" if year else f"{len(names)} in no year's folder not read"
        do = "save them as .txt, .md, .html or .pdf, or take them out"
        if year is None:
            do = f"`diffing corpus import {corpus.path} --into ANOTHER` takes in any layout"
        yield Note("not_read", Severity.WARNING, year, f"{said} ({why})", tuple(names), do)


def against_manifest(corpus: Corpus) -> Iterator[Note]:
    """Stored files that changed since, or that are gone."""
    changed, gone = [], []
    for name, stored in sorted(corpus.manifest.files.items()):
        file = file_inside(corpus.path.resolve(), name)  # a stranger's corpus.toml may name any file, and again
        found = None if file is None else checksum_of(file)
        if found is None:
            gone.append(name)
        elif found != stored.sha256:
            changed.append(name)
    if changed:
        do = "if you did not change them, fetch them anew: `diffing corpus download --again`"
        yield Note(
            "changed", Severity.WARNING, None, f"{len(changed)} changed since they were stored", tuple(changed), do
        )
    failed = corpus.manifest.failed
    if failed:
        names = tuple(f"{name} ({page.date}: {page.why})" for name, page in sorted(failed.items()))
        do = "the next `diffing corpus download` of their year tries them again"
        yield Note("failed", Severity.WARNING, None, f"{len(failed)} could not be fetched", names, do)
    if gone:
        do = "the next `diffing corpus download` of their year fetches them"
        yield Note("gone_file", Severity.WARNING, None, f"{len(gone)} in corpus.toml but not there", tuple(gone), do)


def _years(years: Sequence[int]) -> str:
    return ", ".join(map(str, years)) if len(years) < 3 else f"{years[0]} to {years[-1]}, {len(years)} times"
