"""One country through the editions of a corpus: each narrative is read once and each pair is aligned once.

    narratives   text, sections and sentences of one narrative          by its text, the profile and the code
    figures      what one narrative tells in numbers                    likewise
    links        which sentences of two narratives answer each other    by both narratives and the code

What is known is taken from where it is kept, whatever it was first made for: a year, a trend or a history. What an
edition tells does not depend on how many others there are, so that a year of a corpus of many editions costs what it
costs in a corpus of two.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from weakref import WeakKeyDictionary

from diffing import pipeline
from diffing.corpus import Corpus
from diffing.judging import edit_signatures, edition_break, editorial_changes, section_sizes
from diffing.model import DiffingError, EditionBreak, Narrative, Pair, Problem, Severity, Stage, whole_year
from diffing.pipeline import Extracted
from diffing.results import Comparison
from diffing.running.cache import Keeping, code_digest, profile_digest
from diffing.running.engine import Progress, each, silent
from diffing.running.example_trials import check_tried
from diffing.running.packing import (
    pack_figures,
    pack_links,
    pack_narrative,
    unpack_figures,
    unpack_links,
    unpack_narrative,
)
from diffing.store import Store, digest
from diffing.user_cache import cache_of
from diffing.year_results import Comparisons, YearDiff

# What a narrative with its figures is made by; links are made of two of these, by `aligning`.
EXTRACT_ROOMS = ("corpus", "reading", "extracting")

_digests: WeakKeyDictionary[Corpus, str] = WeakKeyDictionary()  # of their profiles, for each takes a millisecond


class Editions:
    """The narratives and pairs of one country of `corpus`, kept in `kept`.

    `checksums` are of its narratives by year, as the run found them; those of the corpus where None. `seconds` are
    spent by stage so far. Everything raises `DiffingError` where a narrative can't be read.
    """

    def __init__(self, corpus: Corpus, slug: str, kept: Keeping, checksums: Mapping[int, str] | None = None) -> None:
        self.corpus, self.slug, self.kept = corpus, slug, kept
        self.country = corpus.name(slug)
        self.checksums = dict(checksums or {})
        self.seconds: dict[str, float] = defaultdict(float)
        self._profile = _digests.get(corpus) or _digests.setdefault(
            corpus, profile_digest(corpus.profile, judging=False)
        )
        self._narratives: dict[int, Narrative] = {}
        self._extracted: dict[int, Extracted] = {}
        self._aligned: dict[tuple[int, int], Pair] = {}

    @property
    def years(self) -> tuple[int, ...]:
        """The report years that have the country, oldest first."""
        return tuple(year for year in self.corpus.years if self.slug in self.corpus.countries(year))

    def key(self, year: int) -> str:
        """The digest of all that the narrative of `year` is made from: text, profile and code."""
        if year not in self.checksums:
            self.checksums[year] = self.corpus.checksum(self.slug, year)
        kind = self.corpus.path_of(self.slug, year).suffix.lower()
        about = self.slug, self.country, year, kind
        return digest(*about, self.checksums[year], self._profile, code_digest(*EXTRACT_ROOMS))

    def names(self, *years: int) -> tuple[str, ...]:
        """The names under which the narratives of `years` are kept, and the links of the last two."""
        narratives = tuple(f"narratives/{self.key(year)}" for year in years)
        return narratives if len(years) < 2 else (*narratives, self._links_name(*years[-2:]))

    def figures_names(self, *years: int) -> tuple[str, ...]:
        """The names under which what the narratives of `years` tell is kept."""
        return tuple(f"figures/{self.key(year)}" for year in years)

    def narrative(self, year: int) -> Narrative:
        """The narrative of `year`."""
        found = self._narratives.get(year)
        if found is None:
            (name,) = self.names(year)
            known = unpack_narrative(self.kept.get(name), self.corpus.profile)
            if known is None:
                start = time.process_time()
                found = self.corpus.narrative(self.slug, year)
                self.seconds["read"] += time.process_time() - start
                if found.checksum != self.checksums[year]:
                    raise DiffingError(f"{found.source}: changed while the run went on: run it again")
                self.kept.put(name, pack_narrative(found))
            else:
                found = replace(known, source=str(self.corpus.find(self.slug, year)))  # where it now stands
            self._narratives[year] = found
        return found

    def extracted(self, year: int) -> Extracted:
        """The narrative of `year` with its figures."""
        found = self._extracted.get(year)
        if found is None:
            narrative, (name,) = self.narrative(year), self.figures_names(year)
            found = unpack_figures(self.kept.get(name), narrative)
            if found is None:
                start = time.process_time()
                found = pipeline.extract_alone(narrative)
                self.seconds["extract"] += time.process_time() - start
                self.kept.put(name, pack_figures(found))
            self._extracted[year] = found
        return found

    def aligned(self, old: int, new: int) -> Pair:
        """The two narratives aligned, without their figures."""
        found = self._aligned.get((old, new))
        if found is None:
            narratives = self.narrative(old), self.narrative(new)
            name = self._links_name(old, new)
            found = unpack_links(self.kept.get(name), *narratives)
            if found is None:
                start = time.process_time()
                found = pipeline.align(*narratives)
                self.seconds["align"] += time.process_time() - start
                self.kept.put(name, pack_links(found))
            self._aligned[old, new] = found
        return found

    def pair(self, old: int, new: int) -> Pair:
        """The two narratives aligned, with their figures and those of all years before them.

        A narrative of the years before that can't be read costs what it would have told, and is a warning.
        """
        before, unread = [], []
        for year in (year for year in self.years if year < old):
            try:
                before.append(self.extracted(year))
            except DiffingError as error:
                message = f"{self.country}: the narrative of {year} tells nothing here, for it can't be used: {error}"
                unread.append(Problem(self.country, year, Stage.READ, Severity.WARNING, message))
        pair = pipeline.with_figures(self.aligned(old, new), [*before, self.extracted(old), self.extracted(new)])
        return replace(pair, problems=(*pair.problems, *unread)) if unread else pair

    def _links_name(self, old: int, new: int) -> str:
        return f"links/{digest(self.key(old), self.key(new), code_digest('aligning'))}"


def diff_year(
    corpus: Corpus | str | Path,
    year: int,
    since: int | None = None,
    countries: Iterable[str] | None = None,
    *,
    jobs: int = 1,
    progress: Progress = silent,
) -> YearDiff:
    """All countries of `year` compared with those of `since` (the newest earlier year of the corpus), in memory.

    Narratives and links that are kept from before are not made again; `jobs` processes make the others, and
    `progress` is told of each country (`lab.progress` shows a bar). Raises `DiffingError` where a year is not in
    the corpus or an example of its profile fails; a narrative that can't be processed is a row of `problems` with
    severity error, and the others go on.
    """
    corpus = corpus if isinstance(corpus, Corpus) else Corpus(corpus)
    year, since = whole_year(year), corpus.earlier(year, since)
    if isinstance(countries, str):
        raise DiffingError(f"countries is a list of countries: countries=[{countries!r}]")
    if not callable(progress):
        raise DiffingError(f"progress is a function, as lab.progress, not {progress!r}")
    check_tried(corpus.profile)
    wanted = None if countries is None else {corpus.slug(country) for country in countries}
    kept = Store(cache_of(corpus.path))
    pairs: list[Pair] = []
    failed: list[Problem] = list(corpus.problems)
    in_both, lone = split_countries(corpus, year, since)
    chosen = [slug for slug in in_both if wanted is None or slug in wanted]
    with progress(len(chosen)) as step:
        for slug in _each_kept(corpus, chosen, since, year, jobs):
            try:
                pairs.append(Editions(corpus, slug, kept).pair(since, year))
            except DiffingError as error:
                failed.append(Problem(corpus.name(slug), year, Stage.READ, Severity.ERROR, str(error)))
            step(corpus.name(slug))
    editorial = editorial_changes([edit_signatures(pair) for pair in pairs], since, year) if wanted is None else None
    broken = edition_break([section_sizes(pair) for pair in pairs], since, year)
    if broken is not None:
        failed.append(break_problem(broken))
    return YearDiff(
        since,
        year,
        Comparisons(Comparison(pair, pipeline.judge_pair(pair, editorial, broken)) for pair in pairs),
        editorial or (),
        tuple((corpus.name(slug), only) for slug, only in lone) if wanted is None else (),
        tuple(failed),
    )


def _each_kept(corpus: Corpus, slugs: Sequence[str], since: int, year: int, jobs: int) -> Iterator[str]:
    """The slugs in their order, each when what it needs was made by one of several processes and is kept."""
    if jobs == 1:
        yield from slugs
        return
    for slug, _ in zip(slugs, each(_keep, [(corpus, slug, since, year) for slug in slugs], jobs), strict=True):
        yield slug


def _keep(work: tuple[Corpus, str, int, int]) -> None:
    """Makes and keeps what a pair needs; what goes wrong is met and said where the pair is taken."""
    corpus, slug, since, year = work
    with suppress(DiffingError):
        Editions(corpus, slug, Store(cache_of(corpus.path))).pair(since, year)


def break_problem(broken: EditionBreak) -> Problem:
    """What a reader must know of an edition that broke, said once for all countries."""
    message = (
        f"{broken.reason}: what is missing from it says nothing of a country, verdicts are withheld where much of a "
        "text is new, and a sentence is followed across the break by its very words alone"
    )
    return Problem("", broken.new_year, Stage.JUDGE, Severity.WARNING, message)


def split_countries(corpus: Corpus, year: int, since: int) -> tuple[list[str], tuple[tuple[str, int], ...]]:
    """The slugs that are in both years, and those that are in one only with that year."""
    old, new = set(corpus.countries(since)), set(corpus.countries(year))
    return sorted(old & new), tuple((slug, since if slug in old else year) for slug in sorted(old ^ new))
