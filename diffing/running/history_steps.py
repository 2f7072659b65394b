"""The two steps of a history over its countries, each kept by its content.

    gather: read, align each edition with the next         ->  which years can be read, what their edits share
    follow: extract, judge, follow each sentence, report   ->  the page, the tables, and the lines on the index

As those of a year (`steps`) they can be done in any process or on any machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import msgspec

from diffing import pipeline, reporting, tables
from diffing.child import SECONDS_A_COUNTRY, TooLongError, at_most
from diffing.corpus.naming import SIDE_BY_SIDE
from diffing.judging import SectionSizes
from diffing.model import CountryHistory, EditionBreak, EditorialChange, Problem, Severity, Stage
from diffing.running.cache import Carried, code_digest
from diffing.running.country_history import JudgedPair, rows_of, traced
from diffing.running.editions import Editions
from diffing.running.signature import signature_of
from diffing.running.year_steps import (
    JUDGE_ROOMS,
    EditSignature,
    Judged,
    Made,
    Piece,
    Task,
    made_far_away,
    prepare,
    told_of,
)
from diffing.store import Store, decoded, digest

# The tables that each country has rows of.
TABLES = ("lineages", "trends", "ratings", "editions")

Years = tuple[int, int]

# CPU seconds that reading one edition may take where those before it have used up the country's. Range 1 to 100; the
# longest real one takes one.
SECONDS_AN_EDITION = 10.0


@dataclass(frozen=True)
class Country:
    """One country of a history: the checksums of its narratives by year, oldest first, and what was wrong with some."""

    run: Task
    slug: str
    country: str
    checksums: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...] = ()
    given: Mapping[str, bytes] | None = None

    @property
    def editions(self) -> Editions:
        """Its narratives and links, as this process can reach what is kept."""
        return Editions(self.run.corpus, self.slug, self.kept(), dict(self.checksums))

    def kept(self) -> Store | Carried:
        """Where this process finds and keeps results."""
        return Carried(self.given or {}) if self.run.cache is None else Store(self.run.cache)

    def piece(self, years: Sequence[int], old: int, new: int) -> Piece:
        """A pair of its editions as a run over that year has it; `years` are those that can be read."""
        known = tuple((year, checksum) for year, checksum in self.checksums if year in years and year <= new)
        return Piece(replace(self.run, since=old, year=new), self.slug, self.country, known, given=None)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the cache keeps of its narratives and of the links from each to the next."""
        editions = Editions(self.run.corpus, self.slug, Carried({}), dict(self.checksums))
        years = [year for year, _ in self.checksums]
        pairs = [editions.names(*pair)[-1] for pair in pairwise(years)]
        return (*(name for year in years for name in editions.names(year)), *pairs)

    @cached_property
    def key(self) -> str:
        """The digest of all that its narratives and links are made from."""
        return digest(self.slug, self.country, self.names, [problem.message for problem in self.problems])


class Gathered(Made, frozen=True):
    """What the first step says of a country: the years that can be read, and of each pair of them, by its newer year,
    what its edits may share with other countries and how large its sections are."""

    years: tuple[int, ...] = ()
    signatures: dict[int, tuple[EditSignature, ...]] = msgspec.field(default_factory=dict)
    sizes: dict[int, SectionSizes] = msgspec.field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Traced(Made, frozen=True):
    """What the second step makes of a country: its tables as columns, and its lines on the index."""

    tables: dict[str, tables.Columns] = msgspec.field(default_factory=dict)
    row: dict[str, Any] = msgspec.field(default_factory=dict)


@dataclass(frozen=True)
class Followed:
    """A country to be followed, with what is known of each pair of editions by its newer year."""

    country: Country
    years: tuple[int, ...]
    editorial: Mapping[int, tuple[EditorialChange, ...]] | None
    broken: Mapping[Years, EditionBreak]
    notes: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """The digest of all that its page and tables are made from."""
        shared = None if self.editorial is None else sorted((y, repr(found)) for y, found in self.editorial.items())
        profile = self.country.run.corpus.profile
        known = self.country.key, self.years, shared, sorted(self.broken.items()), self.notes
        return digest(*known, profile.checksum, code_digest("aligning", *JUDGE_ROOMS))

    def pairs(self) -> Iterator[Judged]:
        """Its pairs of editions as a run over each year judges them."""
        for old, new in pairwise(self.years):
            editorial = None if self.editorial is None else self.editorial.get(new, ())
            yield Judged(self.country.piece(self.years, old, new), editorial, self.broken.get((old, new)))


# --- the first step ----------------------------------------------------------------------------------------------


def gather(country: Country) -> Gathered:
    """The narratives and links of a country, kept in the cache, and what they say of their editions."""
    country.run.check()
    kept = country.kept()
    known = known_gathered(country, kept)
    if known is not None:
        return known
    editions = Editions(country.run.corpus, country.slug, kept, dict(country.checksums))
    years: list[int] = []
    problems = list(country.problems)
    until = time.process_time() + SECONDS_A_COUNTRY
    for year, _ in country.checksums:
        try:
            with at_most(max(until - time.process_time(), SECONDS_AN_EDITION)):
                editions.narrative(year)
            years.append(year)
        except Exception as error:
            problems.append(country_error(country, year, Stage.READ, told_of(error)))
    signatures: dict[int, tuple[EditSignature, ...]] = {}
    sizes: dict[int, SectionSizes] = {}
    try:
        with at_most(SECONDS_A_COUNTRY):
            for old, new in pairwise(years):
                prepared = prepare(country.piece(years, old, new), kept, editions)
                if prepared.problem is not None:
                    problems.append(prepared.problem)
                elif prepared.sizes is not None:
                    signatures[new], sizes[new] = prepared.signatures, prepared.sizes
    except TooLongError as error:
        problems.append(country_error(country, None, Stage.READ, f"aligning its editions {error}"))
    found = Gathered(years=tuple(years), signatures=signatures, sizes=sizes, problems=tuple(problems))
    kept.put(f"gathered/{country.key}", msgspec.msgpack.encode(found))
    return msgspec.structs.replace(found, seconds=dict(editions.seconds), kept=made_far_away(kept))


def known_gathered(country: Country, kept: Store | Carried) -> Gathered | None:
    """What `kept` says of a country, all of whose narratives and links it has, or None."""
    found = kept.get(f"gathered/{country.key}")
    if found is None or not all(kept.has(name) for name in country.names):
        return None
    return decoded(found, Gathered)


def sent_country(country: Country) -> Country:
    """A country as it is sent to where the cache can't be reached: what is known of it goes with it."""
    if country.run.cache is None:
        return country
    figures = country.editions.figures_names(*(year for year, _ in country.checksums))
    given = Store(country.run.cache).given((*country.names, *figures))
    return replace(country, run=replace(country.run, cache=None), given=given)


# --- the second step ---------------------------------------------------------------------------------------------


def follow(work: Followed) -> Traced:
    """The country's page, kept in the cache, its tables and its lines on the index."""
    country = work.country
    country.run.check()
    kept = country.kept()
    known = known_traced(work, kept)
    if known is not None:
        return known
    try:
        start = time.process_time()
        with at_most(SECONDS_A_COUNTRY):
            history = history_of(work, kept)
            followed = time.process_time()
            printable = {name: page.encode("utf-8", "replace") for name, page in pages_of(work, history).items()}
        rows = {name: tables.columns(name, rows_of(name, history)) for name in TABLES}
        made = Traced(tables=rows, row=reporting.history_row(history))
        kept.put(
            f"histories/{work.key}", msgspec.msgpack.encode({name: page.decode() for name, page in printable.items()})
        )
        kept.put(f"traced/{work.key}", msgspec.msgpack.encode(made))
    except Exception as error:
        return Traced(problem=country_error(country, None, Stage.JUDGE, told_of(error)))
    seconds = {"follow": followed - start, "pages": time.process_time() - followed}
    return msgspec.structs.replace(made, seconds=seconds, kept=made_far_away(kept))


def history_of(work: Followed, kept: Store | Carried) -> CountryHistory:
    """The country through all its editions."""
    editions = Editions(work.country.run.corpus, work.country.slug, kept, dict(work.country.checksums))
    judged = [judged_pair(pair, editions) for pair in work.pairs()]
    pairs = [editions.aligned(old, new) for old, new in pairwise(work.years)]
    return traced([editions.extracted(year) for year in work.years], pairs, judged, work.broken, work.notes)


def pages_of(work: Followed, history: CountryHistory) -> dict[str, str]:
    """The pages of a country by name: its history, and where it has several editions these side by side."""
    slug = work.country.slug
    checksums = [(f"{year}/{slug}", checksum) for year, checksum in work.country.checksums]
    signature = signature_of(work.country.run.corpus.profile, checksums)
    if len(work.years) < 2:
        return {slug: reporting.history_page(history, signature, index_href="index.html")}
    sides = f"{slug}{SIDE_BY_SIDE}"
    here = quote(slug)
    page = reporting.history_page(history, signature, index_href="index.html", years_href=f"{quote(sides)}.html")
    return {slug: page, sides: reporting.years_page(history, signature, history_href=f"{here}.html")}


def judged_pair(work: Judged, editions: Editions) -> JudgedPair:
    """What a history needs of a judged pair, kept like all that is made; `editions` has read what others need too."""
    name = f"judged/{work.key}"
    known = decoded(editions.kept.get(name), JudgedPair)
    if known is not None:
        return known
    pair = editions.pair(*work.piece.years[-2:])
    judgement = pipeline.judge_pair(pair, work.editorial, work.broken)
    found = JudgedPair(
        pair.old.year,
        pair.new.year,
        judgement.verdict,
        judgement.verdict_rule,
        tables.index_row(pair, judgement, 0)["similarity"],
        judgement.recommendations,
    )
    editions.kept.put(name, msgspec.msgpack.encode(found))
    return found


def known_traced(work: Followed, kept: Store | Carried) -> Traced | None:
    """What `kept` says of a country whose page it has too, or None."""
    found = kept.get(f"traced/{work.key}")
    if found is None or not kept.has(f"histories/{work.key}"):
        return None
    return decoded(found, Traced)


def sent_followed(work: Followed) -> Followed:
    """A country to be followed as it is sent to where the cache can't be reached."""
    return replace(work, country=sent_country(work.country))


def country_error(country: Country, year: int | None, stage: Stage, message: str) -> Problem:
    """Something of a country that could not be processed; `year` None where it is the whole."""
    said = message if message.startswith(country.country) else f"{country.country}: {message}"
    return Problem(country.country, year, stage, Severity.ERROR, said)
