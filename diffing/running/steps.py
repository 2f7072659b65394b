"""The two steps over the pairs of a year, each a pure function of texts, profile and code, kept in the cache.

    prepare: read, align, extract -> the pair, and what its edits may share with other countries
    finish:  judge, report        -> the page, the tables, and the lines on the index

Both can be done in any process or on any machine; what the cache can't give is made again. A process far from the
cache is given what it needs of it and gives back what is to be kept.
"""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from diffing import pipeline, reporting, tables
from diffing.corpus import Corpus
from diffing.judging import edit_signatures
from diffing.model import DiffingError, Direction, EditorialChange, Finding, Pair, Problem, Severity, Stage
from diffing.profile import ProfileError
from diffing.running.cache import Store, code_digest, digest, pack_pair, packed, profile_digest, unpack_pair, unpacked
from diffing.running.signature import __version__

EditSignature = tuple[str, str | None, str | None]

READ_ROOMS = ("corpus", "reading", "aligning", "extracting")
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

    @property
    def key(self) -> str:
        """The digest of all that the pair is made from: texts, profile and code."""
        profile = profile_digest(self.run.corpus.profile, judging=False)
        return digest(self.slug, self.country, self.checksums, self.error, profile, code_digest(*READ_ROOMS))

    def problem(self, stage: Stage, message: str) -> Problem:
        """This country could not be processed."""
        return Problem(self.country, self.run.year, stage, Severity.ERROR, f"{self.country}: {message}")


class Prepared(msgspec.Struct, frozen=True):
    """What the first step says of a country: its edit signatures, or why it could not be processed.

    `kept` is what the cache should keep, packed, by name, where the process could not reach it.
    """

    signatures: tuple[EditSignature, ...] = ()
    problem: Problem | None = None
    seconds: dict[str, float] = {}
    kept: dict[str, bytes] = {}


class Finished(msgspec.Struct, frozen=True):
    """What the second step makes of a country: its tables as columns, and its lines on the index; `kept` as above."""

    tables: dict[str, tables.Columns] = {}
    row: dict[str, Any] = {}
    findings: list[tuple[Finding, str]] = []  # each with its anchor on the page
    problem: Problem | None = None
    seconds: dict[str, float] = {}
    kept: dict[str, bytes] = {}


def keep(run: Task, files: dict[str, bytes]) -> dict[str, bytes]:
    """Puts `files` into the cache; where it can't be reached, gives them back, packed, to be kept by who can."""
    if run.cache is None:
        return {name: packed(data) for name, data in files.items()}
    store = Store(run.cache)
    for name, data in files.items():
        store.put(name, data)
    return {}


# --- the first step: read, align, extract ------------------------------------------------------------------------


def prepare(piece: Piece) -> Prepared:
    """The pair of a country, kept in the cache, and what its edits may share with other countries."""
    piece.run.check()
    if piece.error is not None:
        return Prepared(problem=piece.problem(Stage.READ, piece.error))
    known = known_prepared(piece)
    if known is not None:
        return known
    try:
        pair, seconds = pair_of(piece)
        prepared = Prepared(tuple(sorted(edit_signatures(pair), key=repr)), None, seconds)
        signatures = msgspec.msgpack.encode(msgspec.structs.replace(prepared, seconds={}))
        kept = keep(piece.run, {f"pairs/{piece.key}": pack_pair(pair), f"signatures/{piece.key}": signatures})
    except Exception as error:
        return Prepared(problem=piece.problem(Stage.READ, _told(error)))
    return msgspec.structs.replace(prepared, kept=kept)


def known_prepared(piece: Piece) -> Prepared | None:
    """What the cache says of a country, or None."""
    kept = None if piece.run.cache is None else Store(piece.run.cache).get(f"signatures/{piece.key}")
    return None if kept is None else msgspec.msgpack.decode(kept, type=Prepared)


def sent(piece: Piece) -> Piece:
    """A country as it is sent to where the cache can't be reached."""
    return replace(piece, run=replace(piece.run, cache=None))


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
    pair: bytes | None = None  # as the cache keeps it, for a process that can't reach it

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
    known = known_finished(work)
    if known is not None:
        return known
    try:
        finished, page = make(work)
        told = msgspec.msgpack.encode(msgspec.structs.replace(finished, seconds={}))
        page_bytes = page.encode("utf-8", "replace")
        kept = keep(work.piece.run, {f"pages/{work.key}": page_bytes, f"finished/{work.key}": told})
    except Exception as error:
        return Finished(problem=work.piece.problem(Stage.JUDGE, _told(error)))
    return msgspec.structs.replace(finished, kept=kept)


def known_finished(work: Judged) -> Finished | None:
    """What the cache says of a judged country whose page it keeps too, or None."""
    if work.piece.run.cache is None:
        return None
    store = Store(work.piece.run.cache)
    kept = store.get(f"finished/{work.key}")
    if kept is None or not store.has(f"pages/{work.key}"):
        return None
    return msgspec.msgpack.decode(kept, type=Finished)


def sent_with_pair(work: Judged) -> Judged:
    """A country to be judged as it is sent to where the cache can't be reached: its pair goes with it."""
    run = work.piece.run
    pair = None if run.cache is None else Store(run.cache).get_packed(f"pairs/{work.piece.key}")
    return replace(work, piece=sent(work.piece), pair=pair)


def _kept_pair(work: Judged) -> Pair | None:
    """The pair that came with the work or is in the cache; None where there is none that is whole."""
    piece = work.piece
    if work.pair is not None:
        try:
            return unpack_pair(unpacked(work.pair), piece.run.corpus.profile)
        except zlib.error:
            return None
    kept = None if piece.run.cache is None else Store(piece.run.cache).get(f"pairs/{piece.key}")
    return None if kept is None else unpack_pair(kept, piece.run.corpus.profile)


def make(work: Judged) -> tuple[Finished, str]:
    """The country judged: its tables and lines on the index, and its page."""
    piece = work.piece
    start = time.process_time()
    pair = _kept_pair(work) or pair_of(piece)[0]
    loaded = time.process_time()
    comparison = pipeline.Comparison(pair, pipeline.judge_pair(pair, work.editorial))
    judged = time.process_time()
    page = reporting.country_page(pair, comparison.judgement, comparison.signature, index_href="index.html")
    rendered = time.process_time()
    columns = {name: tables.columns(name, comparison.rows(name)) for name in tables.SCHEMAS if name != "editorial"}
    row = (
        {column: values[0] for column, values in columns["index"].items()}
        | _directions(comparison)
        | {"slug": piece.slug, "on_little": reporting.on_little(comparison.judgement)}
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
