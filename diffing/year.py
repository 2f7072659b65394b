"""A whole year: every pair compared, what all have in common set apart, then judged and written.

    prepare (each pair: read, align, extract)  ->  what the edition changed  ->  finish (each pair: judge, page, tables)

The two steps over pairs are pure functions of the texts, the profile and the code, so that each is done again only
when one of these changed (`cache`), and can be done in any process or on any machine (`engine`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from diffing import pipeline, reporting, tables
from diffing.cache import Store, code_digest, digest, pack_pair, profile_digest, unpack_pair
from diffing.engine import WorkerLostError, each
from diffing.judging import edit_signatures, editorial_changes
from diffing.model import DiffingError, Direction, EditorialChange, Finding, Pair, Problem, Severity, Signature, Stage
from diffing.reading import Corpus
from diffing.signature import signature_of

EditSignature = tuple[str, str | None, str | None]

READ_ROOMS = ("reading", "aligning", "extracting")
JUDGE_ROOMS = ("judging", "reporting")


Progress = Callable[[int], AbstractContextManager[Callable[[str], None]]]


@contextmanager
def silent(total: int) -> Iterator[Callable[[str], None]]:
    """No progress is shown of `total` steps; each step is a call with the country's name."""
    yield lambda country: None


@dataclass(frozen=True)
class Run:
    """What a run over a year did: where the report is, in words, and which narratives could not be processed."""

    index: Path
    summary: str
    errors: tuple[Problem, ...]


@dataclass(frozen=True)
class _Year:
    """What every piece of work of a run needs to know."""

    corpus: Corpus
    since: int
    year: int
    cache: Path
    alone: bool  # a few countries were asked for: nobody can look for changes of the edition


@dataclass(frozen=True)
class _Piece:
    """One country of a run; `checksums` of its narratives by year, oldest first; `error` where there are none."""

    run: _Year
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


class _Prepared(msgspec.Struct, frozen=True):
    """What the first step says of a country: its edit signatures, or why it could not be processed."""

    signatures: tuple[EditSignature, ...] = ()
    problem: Problem | None = None
    seconds: dict[str, float] = {}


class _Finished(msgspec.Struct, frozen=True):
    """What the second step makes of a country: its tables as Arrow IPC, and its lines on the index."""

    tables: dict[str, bytes] = {}
    row: dict[str, Any] = {}
    findings: list[tuple[Finding, str]] = []  # each with its anchor on the page
    problem: Problem | None = None
    seconds: dict[str, float] = {}


def run_year(
    corpus: Corpus,
    year: int,
    *,
    out: Path,
    since: int | None = None,
    countries: Iterable[str] | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> Run:
    """Compares `countries` (None: all of the corpus) of `year` with `since` and writes the report to `out`.

    A narrative that can't be processed is an error row of `problems`, and the others go on. A run that would write
    what is there already writes nothing. Raises `DiffingError` for arguments, `OutputError` where `out` can't be
    written.
    """
    started = time.perf_counter()
    since = corpus.earlier(year, since)
    reporting.check_out(out)
    wanted = None if countries is None else sorted({corpus.slug(country) for country in countries})
    run = _Year(corpus, since, year, out.absolute().parent / f".{out.name}.cache", wanted is not None)
    pieces, lone = _pieces(run, wanted)
    inputs = _inputs(run, pieces, lone)
    last = reporting.last_run(out)
    if last is not None and last.get("inputs") == inputs:
        return _unchanged(out, last)

    with progress(2 * len(pieces)) as step:
        prepared: list[_Prepared] = []
        for piece, first in zip(pieces, each(_prepare, pieces, jobs, scheduler), strict=True):
            if isinstance(first, WorkerLostError):
                first = _Prepared(problem=piece.problem(Stage.READ, str(first)))
            prepared.append(first)
            step(piece.country)
        good = [(piece, one) for piece, one in zip(pieces, prepared, strict=True) if one.problem is None]
        editorial = None if run.alone else editorial_changes([one.signatures for _, one in good], since, year)
        work = [_Judged(piece, _own(one, editorial)) for piece, one in good]
        finished: list[_Finished] = []
        for judged, second in zip(work, each(_finish, work, jobs, scheduler), strict=True):
            if isinstance(second, WorkerLostError):
                second = _Finished(problem=judged.piece.problem(Stage.REPORT, str(second)))
            finished.append(second)
            step(judged.piece.country)

    failures = (*(one.problem for one in prepared), *(one.problem for one in finished))
    problems = [problem for problem in failures if problem is not None]
    shown = [(judged, done) for judged, done in zip(work, finished, strict=True) if done.problem is None]
    whole = _whole(run, [done for _, done in shown], problems, lone, editorial)
    checksums = [(f"{y}/{piece.slug}", checksum) for piece in pieces for y, checksum in piece.checksums]
    signature = signature_of(corpus.profile, checksums)
    index = reporting.index_page(_index(run, whole, shown, lone, editorial, signature))
    summary = _summary(run, whole, out / "index.html")
    about = {
        "inputs": inputs,
        "summary": summary,
        "errors": [asdict(problem) for problem in problems],
        **asdict(signature),
        "checksums": dict(signature.checksums),
        "thresholds": dict(signature.thresholds),
        "years": [since, year],
        "seconds": _seconds([*prepared, *finished], time.perf_counter() - started),
    }
    path = reporting.write_report(out, chain([("index", index)], _pages(shown)), whole, about)
    if not run.alone:
        Store(run.cache).prune(name for judged in work for name in judged.names)
    return Run(path, summary, tuple(problems))


# --- what there is to do -----------------------------------------------------------------------------------------


def _pieces(run: _Year, wanted: Sequence[str] | None) -> tuple[list[_Piece], list[tuple[str, int]]]:
    """The countries of both years, and (name, year) of those that are in one only."""
    corpus = run.corpus
    in_both, lone = pipeline.split_countries(corpus, run.year, run.since)
    if wanted is not None:
        in_both = [slug for slug in in_both if slug in wanted]
        lone = tuple((slug, only) for slug, only in lone if slug in wanted)
    pieces = []
    for slug in in_both:
        years = [y for y in corpus.years if y <= run.since and slug in corpus.countries(y)]
        try:
            checksums = tuple((y, corpus.checksum(slug, y)) for y in (*years, run.year))
            pieces.append(_Piece(run, slug, corpus.name(slug), checksums))
        except DiffingError as error:
            pieces.append(_Piece(run, slug, corpus.name(slug), error=str(error)))
    return pieces, [(corpus.name(slug), only) for slug, only in lone]


def _inputs(run: _Year, pieces: Sequence[_Piece], lone: Sequence[tuple[str, int]]) -> str:
    """The digest of all that a report is made from."""
    profile = run.corpus.profile
    keys = [piece.key for piece in pieces]
    return digest(keys, lone, run.alone, run.since, run.year, profile.checksum, code_digest(*JUDGE_ROOMS))


def _unchanged(out: Path, last: dict[str, Any]) -> Run:
    errors = msgspec.convert(last["errors"], tuple[Problem, ...])
    return Run(out / "index.html", f"{last['summary']}\nNothing has changed since; nothing was written.", errors)


# --- the first step: read, align, extract ------------------------------------------------------------------------


def _prepare(piece: _Piece) -> _Prepared:
    """The pair of a country, kept in the cache, and what its edits may share with other countries."""
    if piece.error is not None:
        return _Prepared(problem=piece.problem(Stage.READ, piece.error))
    store = Store(piece.run.cache)
    kept = store.get(f"signatures/{piece.key}")
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=_Prepared)
    try:
        pair, seconds = _pair(piece)
    except DiffingError as error:
        return _Prepared(problem=piece.problem(Stage.READ, str(error)))
    prepared = _Prepared(tuple(sorted(edit_signatures(pair), key=repr)), None, seconds)
    store.put(f"pairs/{piece.key}", pack_pair(pair))
    store.put(f"signatures/{piece.key}", msgspec.msgpack.encode(msgspec.structs.replace(prepared, seconds={})))
    return prepared


def _pair(piece: _Piece) -> tuple[Pair, dict[str, float]]:
    """The country's narratives read and aligned, with their figures, and the seconds of each stage."""
    corpus = piece.run.corpus
    start = time.perf_counter()
    *earlier, old, new = (corpus.narrative(piece.slug, year) for year, _ in piece.checksums)
    read = time.perf_counter()
    aligned = pipeline.align(old, new, earlier)
    between = time.perf_counter()
    pair = pipeline.extract(aligned)
    end = time.perf_counter()
    return pair, {"read": read - start, "align": between - read, "extract": end - between}


# --- the second step: judge and report ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Judged:
    """A country to be judged, with those changes of the edition that its own edits share (None: nobody looked)."""

    piece: _Piece
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


def _own(prepared: _Prepared, editorial: Sequence[EditorialChange] | None) -> tuple[EditorialChange, ...] | None:
    if editorial is None:
        return None
    own = set(prepared.signatures)
    return tuple(change for change in editorial if (change.kind, change.old_text, change.new_text) in own)


def _finish(work: _Judged) -> _Finished:
    """The country's page, kept in the cache, its tables and its lines on the index."""
    store = Store(work.piece.run.cache)
    kept = store.get(f"finished/{work.key}")
    if kept is not None and store.has(f"pages/{work.key}"):
        return msgspec.msgpack.decode(kept, type=_Finished)
    try:
        finished, page = _made(work)
    except DiffingError as error:
        return _Finished(problem=work.piece.problem(Stage.JUDGE, str(error)))
    store.put(f"pages/{work.key}", page.encode("utf-8", "replace"))
    store.put(f"finished/{work.key}", msgspec.msgpack.encode(msgspec.structs.replace(finished, seconds={})))
    return finished


def _made(work: _Judged) -> tuple[_Finished, str]:
    piece = work.piece
    start = time.perf_counter()
    kept = Store(piece.run.cache).get(f"pairs/{piece.key}")
    pair = (kept and unpack_pair(kept, piece.run.corpus.profile)) or _pair(piece)[0]
    loaded = time.perf_counter()
    comparison = pipeline.Comparison(pair, pipeline.judge_pair(pair, work.editorial))
    judged = time.perf_counter()
    page = reporting.country_page(pair, comparison.judgement, comparison.signature, index_href="index.html")
    rendered = time.perf_counter()
    frames = {name: getattr(comparison, name) for name in tables.SCHEMAS if name != "editorial"}
    row = frames["index"].to_dicts()[0] | _directions(comparison) | {"slug": piece.slug}
    findings = [(finding, reporting.finding_anchor(finding)) for finding in comparison.judgement.findings]
    packed = {name: _packed(table) for name, table in frames.items()}
    end = time.perf_counter()
    seconds = {"cache": loaded - start, "judge": judged - loaded, "pages": rendered - judged, "tables": end - rendered}
    return _Finished(packed, row, findings, None, seconds), page


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


def _packed(table: pl.DataFrame) -> bytes:
    stream = BytesIO()
    table.write_ipc(stream)
    return stream.getvalue()


# --- the year's own page and tables ------------------------------------------------------------------------------


def _whole(
    run: _Year,
    finished: Sequence[_Finished],
    problems: Sequence[Problem],
    lone: Sequence[tuple[str, int]],
    editorial: Sequence[EditorialChange] | None,
) -> dict[str, pl.DataFrame]:
    """Every table of the year."""
    own: dict[str, list[pl.DataFrame]] = {name: [] for name in tables.SCHEMAS}
    for done in finished:
        for name, data in done.tables.items():
            own[name].append(pl.read_ipc(BytesIO(data)))
    own["problems"].append(tables.frame("problems", problems))
    own["editorial"].append(tables.frame("editorial", editorial or ()))
    failed = Counter(problem.country for problem in problems)
    names = {country for country, _ in lone} | set(failed)
    rows = [tables.lone_row(name, run.since, run.year, failed[name]) for name in sorted(names)]
    own["index"].append(tables.frame("index", rows))
    return {name: tables.concat(name, frames) for name, frames in own.items()}


def _index(
    run: _Year,
    whole: dict[str, pl.DataFrame],
    shown: Sequence[tuple[_Judged, _Finished]],
    lone: Sequence[tuple[str, int]],
    editorial: Sequence[EditorialChange] | None,
    signature: Signature,
) -> reporting.YearPage:
    profile = run.corpus.profile
    without_page = whole["index"].filter(pl.col("verdict").is_null()).to_dicts()
    nothing = {"slug": None, "figures_up": 0, "figures_down": 0, "figures_no_longer_reported": 0}
    rows = [*(done.row for _, done in shown), *(row | nothing for row in without_page)]
    return reporting.YearPage(
        title=f"{profile.title}: {run.since} to {run.year}",
        profile_title=profile.title,
        old_year=run.since,
        new_year=run.year,
        index=sorted(rows, key=lambda row: str(row["country"])),
        findings=[
            reporting.YearFinding(finding, judged.piece.slug, anchor)
            for judged, done in shown
            for finding, anchor in done.findings
        ],
        editorial=editorial,
        problems=msgspec.convert(whole["problems"].to_dicts(), list[Problem]),
        new_countries=[name for name, only in lone if only == run.year],
        gone_countries=[name for name, only in lone if only == run.since],
        signature=signature,
    )


def _pages(shown: Sequence[tuple[_Judged, _Finished]]) -> Iterator[tuple[str, str]]:
    """Each country's page out of the cache, made again where the cache could not hold it."""
    for judged, _ in shown:
        page = Store(judged.piece.run.cache).get(f"pages/{judged.key}")
        yield judged.piece.slug, _made(judged)[1] if page is None else page.decode("utf-8")


def _seconds(done: Sequence[_Prepared | _Finished], wall: float) -> dict[str, float]:
    """Seconds of work by stage, over all processes, and of the run by the clock."""
    total: Counter[str] = Counter()
    for part in done:
        total.update(part.seconds)
    return {stage: round(spent, 3) for stage, spent in total.items()} | {"run by the clock": round(wall, 3)}


def _summary(run: _Year, whole: dict[str, pl.DataFrame], index: Path) -> str:
    """What a run prints: how many countries, which way, and where the report is."""
    verdicts = Counter(whole["index"]["verdict"].drop_nulls().to_list())
    counts = ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in sorted(verdicts.items()))
    compared = sum(verdicts.values())
    errors = whole["problems"].filter(pl.col("severity") == Severity.ERROR.value).height
    lines = [f"{compared} countries compared, {run.since} -> {run.year}: {counts or 'nothing to say'}."]
    if errors:
        lines.append(f"{errors} narratives could not be processed; see the index's problems.")
    lines.append(f"Report: {index}")
    return "\n".join(lines)
