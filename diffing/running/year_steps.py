"""The two steps over the pairs of a year, each a pure function of texts, profile and code, kept in the cache.

    prepare: read, align            -> the narratives, their links, and what their edits may share with other countries
    finish:  extract, judge, report -> the page, the tables, and the lines on the index

What a sentence says is looked at in one step alone, so that it is read once for its figures and its deeds.

Both can be done in any process or on any machine; what the cache can't give is made again. A process far from the
cache is given what it needs of it and gives back what is to be kept.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from diffing import pipeline, reporting
from diffing.aligning.returned_sentences import words_hash
from diffing.child import SECONDS_A_COUNTRY, at_most
from diffing.corpus import Corpus
from diffing.judging import SectionSizes, edit_signatures, section_sizes
from diffing.language.lexicon import lexicon
from diffing.model import (
    Age,
    DiffingError,
    Direction,
    EditionBreak,
    EditorialChange,
    Finding,
    Problem,
    Review,
    Severity,
    Stage,
)
from diffing.profile import ProfileError
from diffing.running.addresses import addresses
from diffing.running.cache import Carried, Keeping, code_digest
from diffing.running.editions import EXTRACT_ROOMS, Editions
from diffing.running.engine import Progress, WorkerLostError, each
from diffing.running.reviews import review_lines
from diffing.running.signature import __version__
from diffing.store import Store, decoded, digest

Item = TypeVar("Item")
Step = TypeVar("Step", bound="Made")
EditSignature = tuple[str, str | None, str | None]

# The folder beside a year's report in which the history stands that knows the age of its sentences.
HISTORY = "history"

# Characters of texts whose analyses stay for the next country. Range 0 to 2 million; default 400,000, which take 25 MB
# a process: countries share few sentences, so that more costs memory and gives no time.
OF_OTHERS = 400_000

READ_ROOMS = (*EXTRACT_ROOMS, "aligning")
JUDGE_ROOMS = ("judging", "reporting")


@dataclass(frozen=True)
class Task:
    """What every piece of work of a run needs to know."""

    corpus: Corpus
    since: int
    year: int
    cache: Path | None  # None in a process that can't reach it
    alone: bool  # a few countries were asked for: nobody can look for changes of the edition
    profile: str  # the checksum of the profile that the run began with

    def check(self) -> None:
        """Raises `ProfileError` where this process, which opens the corpus for itself, read another profile."""
        if self.corpus.profile.checksum != self.profile:
            raise ProfileError(f"the profile {self.corpus.profile.name} was edited while the run went on: run it again")


@dataclass(frozen=True)
class Piece:
    """One country of a run; `checksums` of its narratives by year, oldest first; `error` where there are none."""

    run: Task
    slug: str
    country: str
    checksums: tuple[tuple[int, str], ...] = ()
    error: str | None = None

    given: dict[str, bytes] | None = None  # of the cache, packed, for a process that can't reach it

    @cached_property
    def key(self) -> str:
        """The digest of all that the pair is made from: texts, profile and code."""
        if self.error is not None:
            return digest(self.slug, self.country, self.error)
        return digest(*self.names(), code_digest(*READ_ROOMS))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its narratives, oldest first; the last two are compared."""
        return tuple(year for year, _ in self.checksums)

    def editions(self, kept: Keeping) -> Editions:
        """The country's narratives and links, as far as `kept` has them."""
        return Editions(self.run.corpus, self.slug, kept, dict(self.checksums))

    def kept(self) -> Store | Carried:
        """Where this process finds and keeps results."""
        return Carried(self.given or {}) if self.run.cache is None else Store(self.run.cache)

    def names(self) -> tuple[str, ...]:
        """What the cache keeps of its narratives and links."""
        return () if self.error is not None else self.editions(Carried({})).names(*self.years)

    def figures_names(self) -> tuple[str, ...]:
        """What the cache keeps of its figures."""
        return () if self.error is not None else self.editions(Carried({})).figures_names(*self.years)

    def problem(self, stage: Stage, message: str) -> Problem:
        """This country could not be processed."""
        return Problem(self.country, self.run.year, stage, Severity.ERROR, f"{self.country}: {message}")


class Made(msgspec.Struct, frozen=True):
    """What a step gives back; `kept` is what the cache should keep, packed, by name, where it could not be reached."""

    problem: Problem | None = None
    seconds: dict[str, float] = {}
    kept: dict[str, bytes] = {}


class Prepared(Made, frozen=True):
    """What the first step says of a country: its edit signatures and the sizes of its sections, which tell what the
    edition changed and whether it broke, or why it could not be processed.

    `kept` is what the cache should keep, packed, by name, where the process could not reach it.
    """

    signatures: tuple[EditSignature, ...] = ()
    sizes: SectionSizes | None = None


class Finished(Made, frozen=True):
    """What the second step makes of a country: its tables as columns, and its lines on the index; `kept` as above."""

    tables: dict[str, dict[str, list[Any]]] = {}
    row: dict[str, Any] = {}
    findings: list[tuple[Finding, str]] = []  # each with its anchor on the page


def made_far_away(kept: Store | Carried) -> dict[str, bytes]:
    """What was made where the cache can't be reached, packed, to be kept by who can."""
    return kept.made if isinstance(kept, Carried) else {}


# --- the first step: read and align -------------------------------------------------------------------------------


def prepare(piece: Piece, kept: Store | Carried | None = None, editions: Editions | None = None) -> Prepared:
    """The pair of a country, kept in the cache, and what its edits may share with other countries.

    `kept` is where this process keeps results; what it can reach where None. `editions` are the country's, where some
    were read already.
    """
    piece.run.check()
    if piece.error is not None:
        return Prepared(problem=piece.problem(Stage.READ, piece.error))
    kept = kept or piece.kept()
    known = known_prepared(piece, kept)
    if known is not None:
        return known
    try:
        with at_most(SECONDS_A_COUNTRY):
            editions = editions or piece.editions(kept)
            pair = editions.aligned(*piece.years[-2:])
            for year in piece.years[:-2]:
                with suppress(DiffingError):  # which the second step says
                    editions.narrative(year)
        seconds = {stage: editions.seconds[stage] for stage in ("read", "align")}
        signatures = tuple(sorted(edit_signatures(pair), key=repr))
        prepared = Prepared(signatures=signatures, sizes=section_sizes(pair), seconds=seconds)
        kept.put(f"signatures/{piece.key}", msgspec.msgpack.encode(msgspec.structs.replace(prepared, seconds={})))
    except Exception as error:
        return Prepared(problem=piece.problem(Stage.READ, told_of(error)))
    return msgspec.structs.replace(prepared, kept=made_far_away(kept))


def known_prepared(piece: Piece, kept: Keeping) -> Prepared | None:
    """What `kept` says of a country, all of whose narratives and links it has, or None."""
    if piece.error is not None:
        return None
    found = kept.get(f"signatures/{piece.key}")
    if found is None or not all(kept.has(name) for name in piece.names()):
        return None
    return decoded(found, Prepared)


def sent(piece: Piece) -> Piece:
    """A country as it is sent to where the cache can't be reached: what is known of it goes with it."""
    if piece.run.cache is None:
        return piece
    given = Store(piece.run.cache).given((*piece.names(), *piece.figures_names()))
    return replace(piece, run=replace(piece.run, cache=None), given=given)


def told_of(error: Exception) -> str:
    """What to say of a narrative that could not be processed; a mistake of ours takes no other country along."""
    if isinstance(error, DiffingError):
        return str(error)
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{Path(where.tb_frame.f_code.co_filename).name}, line {where.tb_lineno}" if where else "an unknown place"
    return (
        f"a mistake in diffing {__version__} ({type(error).__name__} in {place}: {error}); please report it with this "
        "narrative, where you may share it"
    )


# --- the second step: extract, judge and report --------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A country to be judged, with those changes of the edition that its own edits share (None: nobody looked)."""

    piece: Piece
    editorial: tuple[EditorialChange, ...] | None
    broken: EditionBreak | None = None
    ages: tuple[Age, ...] = ()  # of the new sentences, as the history beside the report knows them
    reviews: tuple[Review, ...] = ()

    @property
    def key(self) -> str:
        """The digest of all that the page and tables are made from; how many countries share an edit is not in it."""
        profile = self.piece.run.corpus.profile
        shared = None if self.editorial is None else [(e.kind, e.old_text, e.new_text) for e in self.editorial]
        of_readers = review_lines(self.reviews), self.sources
        told = (shared, self.broken, self.ages, profile.checksum, code_digest(*JUDGE_ROOMS), *of_readers)
        return digest(self.piece.key, *told)

    @property
    def sources(self) -> tuple[str | None, ...]:
        """The addresses of the old and the new text, as the corpus knows them."""
        return addresses(self.piece.run.corpus, self.piece.slug, self.piece.years[-2:])


def own_changes(
    signatures: Sequence[EditSignature], editorial: Sequence[EditorialChange] | None
) -> tuple[EditorialChange, ...] | None:
    """Those changes of the edition that a country's own edits share; None where nobody could look for them."""
    if editorial is None:
        return None
    own = set(signatures)
    return tuple(change for change in editorial if (change.kind, change.old_text, change.new_text) in own)


def finish(work: Judged) -> Finished:
    """The country's page, kept in the cache, its tables and its lines on the index."""
    work.piece.run.check()
    kept = work.piece.kept()
    known = known_finished(work, kept)
    if known is not None:
        return known
    try:
        with at_most(SECONDS_A_COUNTRY):
            finished, page = make(work, kept)
        told = msgspec.msgpack.encode(msgspec.structs.replace(finished, seconds={}))
        kept.put(f"pages/{work.key}", page.encode("utf-8", "replace"))
        kept.put(f"finished/{work.key}", told)
    except Exception as error:
        return Finished(problem=work.piece.problem(Stage.JUDGE, told_of(error)))
    return msgspec.structs.replace(finished, kept=made_far_away(kept))


def known_finished(work: Judged, kept: Keeping) -> Finished | None:
    """What `kept` says of a judged country whose page it has too, or None."""
    found = kept.get(f"finished/{work.key}")
    if found is None or not kept.has(f"pages/{work.key}"):
        return None
    return decoded(found, Finished)


def sent_judged(work: Judged) -> Judged:
    """A country to be judged as it is sent to where the cache can't be reached."""
    return replace(work, piece=sent(work.piece))


def make(work: Judged, kept: Keeping) -> tuple[Finished, str]:
    """The country judged: its tables and lines on the index, and its page."""
    piece = work.piece
    start = time.process_time()
    lexicon(piece.run.corpus.profile).analyses.at_most(OF_OTHERS)
    editions = piece.editions(kept)
    pair, seconds = editions.pair(*piece.years[-2:]), dict(editions.seconds)
    loaded = time.process_time()
    comparison = pipeline.Comparison(pair, pipeline.judge_pair(pair, work.editorial, work.broken, work.reviews))
    judged = time.process_time()
    ages = work.ages if [age.hash for age in work.ages] == [words_hash(s.text) for s in pair.new.sentences] else ()
    page = reporting.country_page(
        pair,
        comparison.judgement,
        comparison.signature,
        index_href="index.html",
        ages=ages,
        history_href=f"../{HISTORY}/{piece.slug}.html" if ages else None,
        sources=work.sources,
    )
    rendered = time.process_time()
    from diffing import tables

    columns = {name: tables.columns(name, comparison.rows(name)) for name in tables.SCHEMAS if name != "editorial"}
    row = (
        {column: values[0] for column, values in columns["index"].items()}
        | _directions(comparison)
        | {"slug": piece.slug, "on_little": reporting.on_little(comparison.judgement)}
    )
    findings = [(finding, reporting.finding_anchor(finding)) for finding in comparison.judgement.findings]
    end = time.process_time()
    seconds |= {
        "cache": loaded - start - sum(seconds.values()),
        "judge": judged - loaded,
        "pages": rendered - judged,
        "tables": end - rendered,
    }
    return Finished(tables=columns, row=row, findings=findings, seconds=seconds), page


def _directions(comparison: pipeline.Comparison) -> dict[str, int]:
    """How many series went up, down, or silent to the new reporting period."""
    period = comparison.new.profile.reporting_period(comparison.new.year)
    moves = Counter(
        change.direction for change in comparison.judgement.changes if change.to_year == period and not change.restated
    )
    return {
        "figures_up": moves[Direction.UP],
        "figures_down": moves[Direction.DOWN],
        "figures_no_longer_reported": moves[Direction.NO_LONGER_REPORTED],
    }


# --- where the cache can't be reached -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where the steps of a run are done: in `jobs` processes here, or on a cluster that can't reach the cache here."""

    jobs: int
    scheduler: str | None
    store: Store
    progress: Progress

    def in_turn(
        self,
        work: Callable[[Item], Step],
        items: Sequence[Item],
        cluster: tuple[Callable[[Item, Store], Step | None], Callable[[Item], Item]],
        name: Callable[[Item], str],
        lost: Callable[[Item, str], Step],
    ) -> Iterator[Step]:
        """`work` of each item, in their order, each told to the progress by its `name`.

        `lost` says what a piece gives whose process was killed, and why. For a `cluster`: what the cache knows of an
        item, and how it is loaded to be sent.
        """
        made = each(work, items, self.jobs) if self.scheduler is None else self._far_away(work, items, *cluster)
        with self.progress(len(items)) as step:
            for item, result in zip(items, made, strict=True):
                yield lost(item, str(result)) if isinstance(result, WorkerLostError) else result
                step(name(item))

    def _far_away(
        self,
        work: Callable[[Item], Step],
        items: Sequence[Item],
        known: Callable[[Item, Store], Step | None],
        load: Callable[[Item], Item],
    ) -> Iterator[Step | WorkerLostError]:
        """Only what the cache does not know is sent, and what is to be kept is put into it as soon as it comes back."""
        found = [known(item, self.store) for item in items]
        wanted = [item for item, one in zip(items, found, strict=True) if one is None]
        made = each(work, wanted, scheduler=self.scheduler, load=load) if wanted else iter(())
        for one in found:
            result = next(made) if one is None else one
            if not isinstance(result, WorkerLostError):
                for name, data in result.kept.items():
                    self.store.put_packed(name, data)
                result = msgspec.structs.replace(result, kept={})
            yield result
