"""The two steps over the pairs of a year, each a pure function of texts, profile and code, kept in the cache.

    prepare: read, align, extract -> the pair, and what its edits may share with other countries
    finish:  judge, report        -> the page, the tables, and the lines on the index

Both can be done in any process or on any machine; what the cache can't give is made again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from diffing import pipeline, reporting, tables
from diffing.cache import Store, code_digest, digest, pack_pair, profile_digest, unpack_pair
from diffing.judging import edit_signatures
from diffing.model import DiffingError, Direction, EditorialChange, Finding, Pair, Problem, Severity, Stage
from diffing.profile import ProfileError
from diffing.reading import Corpus
from diffing.signature import __version__

EditSignature = tuple[str, str | None, str | None]

READ_ROOMS = ("reading", "aligning", "extracting")
JUDGE_ROOMS = ("judging", "reporting")


@dataclass(frozen=True)
class Task:
    """What every piece of work of a run needs to know."""

    corpus: Corpus
    since: int
    year: int
    cache: Path
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

    @property
    def key(self) -> str:
        """The digest of all that the pair is made from: texts, profile and code."""
        profile = profile_digest(self.run.corpus.profile, judging=False)
        return digest(self.slug, self.country, self.checksums, self.error, profile, code_digest(*READ_ROOMS))

    def problem(self, stage: Stage, message: str) -> Problem:
        """This country could not be processed."""
        return Problem(self.country, self.run.year, stage, Severity.ERROR, f"{self.country}: {message}")


class Prepared(msgspec.Struct, frozen=True):
    """What the first step says of a country: its edit signatures, or why it could not be processed."""

    signatures: tuple[EditSignature, ...] = ()
    problem: Problem | None = None
    seconds: dict[str, float] = {}


class Finished(msgspec.Struct, frozen=True):
    """What the second step makes of a country: its tables as columns, and its lines on the index."""

    tables: dict[str, tables.Columns] = {}
    row: dict[str, Any] = {}
    findings: list[tuple[Finding, str]] = []  # each with its anchor on the page
    problem: Problem | None = None
    seconds: dict[str, float] = {}


# --- the first step: read, align, extract ------------------------------------------------------------------------


def prepare(piece: Piece) -> Prepared:
    """The pair of a country, kept in the cache, and what its edits may share with other countries."""
    piece.run.check()
    if piece.error is not None:
        return Prepared(problem=piece.problem(Stage.READ, piece.error))
    store = Store(piece.run.cache)
    kept = store.get(f"signatures/{piece.key}")
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=Prepared)
    try:
        pair, seconds = pair_of(piece)
    except Exception as error:
        return Prepared(problem=piece.problem(Stage.READ, _told(error)))
    prepared = Prepared(tuple(sorted(edit_signatures(pair), key=repr)), None, seconds)
    store.put(f"pairs/{piece.key}", pack_pair(pair))
    store.put(f"signatures/{piece.key}", msgspec.msgpack.encode(msgspec.structs.replace(prepared, seconds={})))
    return prepared


def _told(error: Exception) -> str:
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


def pair_of(piece: Piece) -> tuple[Pair, dict[str, float]]:
    """The country's narratives read and aligned, with their figures, and the seconds of each stage."""
    corpus = piece.run.corpus
    start = time.process_time()
    *earlier, old, new = (corpus.narrative(piece.slug, year) for year, _ in piece.checksums)
    read = time.process_time()
    aligned = pipeline.align(old, new, earlier)
    between = time.process_time()
    pair = pipeline.extract(aligned)
    end = time.process_time()
    return pair, {"read": read - start, "align": between - read, "extract": end - between}


# --- the second step: judge and report ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A country to be judged, with those changes of the edition that its own edits share (None: nobody looked)."""

    piece: Piece
    editorial: tuple[EditorialChange, ...] | None

    @property
    def key(self) -> str:
        """The digest of all that the page and tables are made from; how many countries share an edit is not in it."""
        profile = self.piece.run.corpus.profile
        shared = None if self.editorial is None else [(e.kind, e.old_text, e.new_text) for e in self.editorial]
        return digest(self.piece.key, shared, profile.checksum, code_digest(*JUDGE_ROOMS))

    @property
    def names(self) -> tuple[str, ...]:
        """What the cache keeps of this country."""
        key, own = self.piece.key, self.key
        return f"pairs/{key}", f"signatures/{key}", f"pages/{own}", f"finished/{own}"


def own_changes(prepared: Prepared, editorial: Sequence[EditorialChange] | None) -> tuple[EditorialChange, ...] | None:
    """Those changes of the edition that a country's own edits share; None where nobody could look for them."""
    if editorial is None:
        return None
    own = set(prepared.signatures)
    return tuple(change for change in editorial if (change.kind, change.old_text, change.new_text) in own)


def finish(work: Judged) -> Finished:
    """The country's page, kept in the cache, its tables and its lines on the index."""
    work.piece.run.check()
    store = Store(work.piece.run.cache)
    kept = store.get(f"finished/{work.key}")
    if kept is not None and store.has(f"pages/{work.key}"):
        return msgspec.msgpack.decode(kept, type=Finished)
    try:
        finished, page = make(work)
    except Exception as error:
        return Finished(problem=work.piece.problem(Stage.JUDGE, _told(error)))
    store.put(f"pages/{work.key}", page.encode("utf-8", "replace"))
    store.put(f"finished/{work.key}", msgspec.msgpack.encode(msgspec.structs.replace(finished, seconds={})))
    return finished


def make(work: Judged) -> tuple[Finished, str]:
    """The country judged: its tables and lines on the index, and its page."""
    piece = work.piece
    start = time.process_time()
    kept = Store(piece.run.cache).get(f"pairs/{piece.key}")
    pair = (kept and unpack_pair(kept, piece.run.corpus.profile)) or pair_of(piece)[0]
    loaded = time.process_time()
    comparison = pipeline.Comparison(pair, pipeline.judge_pair(pair, work.editorial))
    judged = time.process_time()
    page = reporting.country_page(pair, comparison.judgement, comparison.signature, index_href="index.html")
    rendered = time.process_time()
    columns = {name: tables.columns(name, comparison.rows(name)) for name in tables.SCHEMAS if name != "editorial"}
    row = (
        {column: values[0] for column, values in columns["index"].items()}
        | _directions(comparison)
        | {"slug": piece.slug}
    )
    findings = [(finding, reporting.finding_anchor(finding)) for finding in comparison.judgement.findings]
    end = time.process_time()
    seconds = {"cache": loaded - start, "judge": judged - loaded, "pages": rendered - judged, "tables": end - rendered}
    return Finished(columns, row, findings, None, seconds), page


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
