"""All editions of a corpus at once: since when each sentence stands, series, ratings, and a page a country.

    gather each country  ->  what each edition changed, and whether it broke  ->  follow each country  ->  index

Both steps are kept by their content, in the one cache of the corpus: an edition more costs one alignment a country.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from diffing import pipeline, reporting, tables
from diffing.corpus import Corpus
from diffing.judging import SectionSizes, edition_break, editorial_changes
from diffing.model import CountryHistory, DiffingError, EditionBreak, EditorialChange, Problem, Severity, Stage
from diffing.results import Comparison
from diffing.running.addresses import told_of_files
from diffing.running.cache import code_digest
from diffing.running.editions import Editions, break_problem
from diffing.running.engine import Progress, silent
from diffing.running.example_trials import check_tried
from diffing.running.history_steps import (
    TABLES,
    Country,
    Followed,
    Gathered,
    Traced,
    Years,
    country_error,
    follow,
    gather,
    history_of,
    known_gathered,
    known_traced,
    pages_of,
    sent_country,
    sent_followed,
)
from diffing.running.signature import signature_of
from diffing.running.year import Run, check_place
from diffing.running.year_steps import JUDGE_ROOMS, EditSignature, Place, Task, own_changes
from diffing.store import Store, decoded, digest
from diffing.user_cache import cache_of
from diffing.year_results import Comparisons


class History:
    """A corpus over all its editions; the tables are polars frames with the columns of `tables.SCHEMAS`.

    Shows itself in JupyterLab; a country's own history is found by its slug or name.
    """

    def __init__(
        self, corpus: Corpus, work: Sequence[Followed], broken: Sequence[EditionBreak], problems: Sequence[Problem]
    ) -> None:
        self.corpus = corpus
        self.broken = tuple(broken)
        self._work = {task.country.slug: task for task in work}
        self._store = Store(cache_of(corpus.path))
        self._problems = list(problems)

    @property
    def countries(self) -> tuple[str, ...]:
        """The slugs of the countries, sorted."""
        return tuple(self._work)

    def __getitem__(self, country: str) -> CountryHistory:
        """One country through all its editions, by slug, name or alias."""
        return history_of(self._work[self.corpus.slug(country)], self._store)

    @cached_property
    def _traced(self) -> tuple[Traced, ...]:
        return tuple(follow(task) for task in self._work.values())

    def _table(self, name: str) -> pl.DataFrame:
        return tables.joined(name, (one.tables[name] for one in self._traced if one.problem is None))

    @cached_property
    def lineages(self) -> pl.DataFrame:
        """Each sentence of each edition: since when it stands, since when in these words, and how it came."""
        return self._table("lineages")

    @cached_property
    def series(self) -> pl.DataFrame:
        """Each number of each year as each report tells it, with the columns of `trends`; one of each is `chosen`."""
        return self._table("trends")

    @cached_property
    def ratings(self) -> pl.DataFrame:
        """The tier, level and words for efforts of each edition, with the sentence that states them."""
        return self._table("ratings")

    @cached_property
    def editions(self) -> pl.DataFrame:
        """Each country in each edition: verdict, rating, words, and what became of its sentences."""
        return self._table("editions")

    @cached_property
    def problems(self) -> pl.DataFrame:
        """What could not be processed, or should be looked at; editions that broke among it."""
        failed = [one.problem for one in self._traced if one.problem is not None]
        return tables.frame("problems", [*self._problems, *failed, *map(break_problem, self.broken)])

    @cached_property
    def comparisons(self) -> Comparisons:
        """Each edition of each country compared with the one before it, by country and year."""
        found = []
        for task in self._work.values():
            editions = Editions(self.corpus, task.country.slug, self._store, dict(task.country.checksums))
            for pair in task.pairs():
                aligned = editions.pair(*pair.piece.years[-2:])
                found.append(Comparison(aligned, pipeline.judge_pair(aligned, pair.editorial, pair.broken)))
        return Comparisons(found)

    def _repr_html_(self) -> str:
        return reporting.history_html([one.row for one in self._traced if one.problem is None], self.corpus.years)

    def __repr__(self) -> str:
        years = self.corpus.years
        countries = "1 country" if len(self._work) == 1 else f"{len(self._work)} countries"
        return f"<History {years[0]} to {years[-1]}: {countries}, {len(years)} editions>"


def history(corpus: Corpus | str | Path, countries: Iterable[str] | None = None) -> History:
    """All editions of `countries` (None: all of the corpus): lineages, series, ratings and comparisons.

    What is kept from before is not made again. A narrative that can't be processed is a row of `problems` with severity
    error, and the others go on. Raises `DiffingError` for a corpus or country that is not there, and where
    an example of its profile fails.
    """
    corpus = corpus if isinstance(corpus, Corpus) else Corpus(corpus)
    if isinstance(countries, str):
        raise DiffingError(f"countries is a list of countries: countries=[{countries!r}]")
    run = _task(corpus, cache_of(corpus.path), countries is not None)
    asked = countries_of(run, countries)
    gathered = [gather(country) for country in asked]
    work, broken = followed(run, list(zip(asked, gathered, strict=True)))
    return History(corpus, work, broken, [*corpus.problems, *(p for one in gathered for p in one.problems)])


def _task(corpus: Corpus, cache: Path, alone: bool) -> Task:
    check_tried(corpus.profile)
    years = corpus.years
    return Task(corpus, years[0], years[-1], cache.absolute(), alone, corpus.profile.checksum)


# --- what there is to do -----------------------------------------------------------------------------------------


def countries_of(run: Task, wanted: Iterable[str] | None) -> list[Country]:
    """The countries of a history with the checksums of their narratives; one that has two files for a year lacks it."""
    corpus = run.corpus
    slugs = sorted({slug for year in corpus.years for slug in corpus.countries(year)})
    if wanted is not None:
        asked = {corpus.slug(country) for country in wanted}
        slugs = [slug for slug in slugs if slug in asked]
    found = []
    for slug in slugs:
        checksums, problems = [], []
        name = corpus.name(slug)
        for year in corpus.years:
            if slug not in corpus.countries(year):
                continue
            try:
                checksums.append((year, corpus.checksum(slug, year)))
            except DiffingError as error:
                problems.append(Problem(name, year, Stage.READ, Severity.ERROR, str(error)))
        found.append(Country(run, slug, name, tuple(checksums), tuple(problems)))
    return found


def followed(run: Task, work: Sequence[tuple[Country, Gathered]]) -> tuple[list[Followed], list[EditionBreak]]:
    """What is to be followed, with what the editions changed; and the editions that broke, oldest first."""
    signatures: dict[Years, list[Sequence[EditSignature]]] = defaultdict(list)
    sizes: dict[Years, list[SectionSizes]] = defaultdict(list)
    for _, gathered in work:
        for pair in pairwise(gathered.years):
            if pair[1] in gathered.sizes:
                signatures[pair].append(gathered.signatures[pair[1]])
                sizes[pair].append(gathered.sizes[pair[1]])
    editorial = {pair: editorial_changes(found, *pair) for pair, found in signatures.items()}
    broken = {pair: at for pair, found in sizes.items() if (at := edition_break(found, *pair)) is not None}
    tasks = []
    for country, gathered in work:
        if not gathered.years:
            continue
        own: dict[int, tuple[EditorialChange, ...]] = {}
        for pair in pairwise(gathered.years):
            own[pair[1]] = own_changes(gathered.signatures.get(pair[1], ()), editorial.get(pair, ())) or ()
        mine = {pair: at for pair, at in broken.items() if pair in set(pairwise(gathered.years))}
        notes = tuple(_notes(run.corpus.years, country, gathered))
        tasks.append(Followed(country, gathered.years, None if run.alone else own, mine, notes))
    return tasks, [broken[pair] for pair in sorted(broken)]


def _notes(years: Sequence[int], country: Country, gathered: Gathered) -> Iterator[str]:
    """Which editions lack the country, or have it in a form that can't be used."""
    first, last = gathered.years[0], gathered.years[-1]
    unread = {problem.year: problem.message for problem in gathered.problems if problem.year not in gathered.years}
    for year in years:
        if year in unread:
            yield f"{year}: could not be used: {unread[year]}"
        elif year not in gathered.years and first < year < last:
            yield f"{year}: the edition does not have the country; what stood before is followed across the gap"
    if first > years[0]:
        yield f"The first edition of the corpus that has the country is {first}"
    if last < years[-1]:
        yield f"The last edition of the corpus that has the country is {last}"
    for old, new in pairwise(years):
        if new - old > 1 and old in gathered.years and new in gathered.years:
            missing = str(old + 1) if new - old == 2 else f"{old + 1} to {new - 1}"
            yield f"{missing}: the corpus has no edition"


# --- the whole ---------------------------------------------------------------------------------------------------


def run_history(
    corpus: Corpus,
    *,
    out: Path,
    countries: Iterable[str] | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
    cache: Path | None = None,
) -> Run:
    """Follows `countries` (None: all of the corpus) through all editions and writes pages and tables to `out`.

    A narrative that can't be processed is an error row of `problems`, and the others go on. A run that would write
    what is there already writes nothing. Raises `DiffingError` for arguments, `OutputError` where `out` can't be
    written.
    """
    started = time.perf_counter()
    check_place(corpus, out)
    years = corpus.years
    run = _task(corpus, cache or cache_of(corpus.path), countries is not None)
    store = Store(run.cache or cache_of(corpus.path))
    asked = countries_of(run, countries)
    keys = [country.key for country in asked]
    told = keys, years, run.alone, told_of_files(corpus, years)
    inputs = digest("history", *told, corpus.profile.checksum, code_digest(*JUDGE_ROOMS))
    last = reporting.last_run(out)
    if last is not None and last.get("inputs") == inputs and not last["errors"]:  # which may pass
        known = msgspec.convert(last["errors"], tuple[Problem, ...])
        return Run(out / "index.html", f"{last['summary']}\nNothing has changed since; nothing was written.", known)

    place = Place(jobs, scheduler, store, progress)
    gathered = list(
        place.in_turn(
            gather,
            asked,
            (known_gathered, sent_country),
            lambda country: country.country,
            lambda country, why: Gathered(problems=(country_error(country, None, Stage.READ, why),)),
        )
    )
    work, broken = followed(run, list(zip(asked, gathered, strict=True)))
    done = list(
        place.in_turn(
            follow,
            work,
            (known_traced, sent_followed),
            lambda task: task.country.country,
            lambda task, why: Traced(problem=country_error(task.country, None, Stage.JUDGE, why)),
        )
    )

    failed = (one.problem for one in done)
    errors = [*(p for one in gathered for p in one.problems), *(p for p in failed if p is not None)]
    shown = [(task, one) for task, one in zip(work, done, strict=True) if one.problem is None]
    listed = [*corpus.problems, *errors, *map(break_problem, broken)]
    whole = {name: tables.joined(name, (one.tables[name] for _, one in shown)) for name in TABLES}
    whole["problems"] = tables.frame("problems", listed)
    checksums = [(f"{year}/{country.slug}", checksum) for country in asked for year, checksum in country.checksums]
    signature = signature_of(corpus.profile, checksums)
    rows = [one.row for _, one in shown]
    index = reporting.history_index(rows, years, broken, listed, corpus.profile, signature, tuple(whole))
    summary = _summary(rows, years, broken, errors, out / "index.html")
    about = {
        "inputs": inputs,
        "summary": summary,
        "errors": [asdict(problem) for problem in errors],
        **asdict(signature),
        "checksums": dict(signature.checksums),
        "thresholds": dict(signature.thresholds),
        "years": list(years),
        "seconds": _seconds([*gathered, *done], time.perf_counter() - started),
    }
    path = reporting.write_report(out, _all_pages(index, shown, store), whole, about)
    store.prune()
    return Run(path, summary, tuple(errors))


def _all_pages(index: str, shown: Sequence[tuple[Followed, Traced]], store: Store) -> Iterator[tuple[str, str]]:
    yield "index", index
    names = [(task.country.slug, task.country.country) for task, _ in shown]
    for (task, _), before, after in zip(shown, [None, *names], [*names[1:], None], strict=False):
        kept = store.get(f"histories/{task.key}")
        # the disk may be full, so that nothing is kept
        pages = decoded(kept, dict[str, str]) or pages_of(task, history_of(task, store))
        for name, page in pages.items():
            yield name, reporting.with_neighbours(page, before, after) if name == task.country.slug else page


def _seconds(done: Sequence[Gathered | Traced], wall: float) -> dict[str, float]:
    """CPU seconds by stage, over all processes, and the seconds of the run by the clock."""
    total: Counter[str] = Counter()
    for part in done:
        total.update(part.seconds)
    return {stage: round(spent, 3) for stage, spent in total.items()} | {"run by the clock": round(wall, 3)}


def _summary(
    rows: Sequence[dict[str, Any]],
    years: Sequence[int],
    broken: Sequence[EditionBreak],
    errors: Sequence[Problem],
    index: Path,
) -> str:
    """What a run prints: how many countries and editions, what stands longest, and where the report is."""
    countries = "1 country" if len(rows) == 1 else f"{len(rows)} countries"
    oldest = sum(row["since_first"] for row in rows)
    stand = f"{oldest:,} sentences of the newest texts stand in the same words since the country's first edition"
    lines = [f"{countries}, {len(years)} editions, {years[0]} to {years[-1]}: {stand}."]
    lines += [f"CAUTION: {break_problem(one).message}." for one in broken]
    if errors:
        what = "narrative" if len(errors) == 1 else "narratives"
        lines.append(f"{len(errors)} {what} could not be processed; see the index's problems.")
    lines.append(f"Report: {index}")
    return "\n".join(lines)
