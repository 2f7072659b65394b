"""A whole year: every pair compared, what all have in common set apart, then judged and written.

    prepare (each pair: read, align)  ->  what the edition changed  ->  finish (each pair: extract, judge, page, tables)

The two steps over pairs are those of `steps`; `cache` keeps what they make, and `engine` says where they are done.
"""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec

from diffing import reporting
from diffing.corpus import Corpus
from diffing.corpus.listing import year_kept_in
from diffing.judging import edition_break, editorial_changes
from diffing.model import (
    DiffingError,
    Problem,
    Review,
    Severity,
    Stage,
)
from diffing.running.addresses import told_of_files
from diffing.running.cache import code_digest
from diffing.running.editions import break_problem, split_countries
from diffing.running.engine import Progress, end_processes, silent
from diffing.running.reviews import of_countries, review_lines, with_those_in
from diffing.running.sentence_ages import ages_beside
from diffing.running.signature import signature_of
from diffing.running.year_steps import (
    JUDGE_ROOMS,
    Finished,
    Judged,
    Piece,
    Place,
    Prepared,
    Task,
    finish,
    known_finished,
    known_prepared,
    own_changes,
    prepare,
    sent,
    sent_judged,
)
from diffing.store import Store, digest
from diffing.user_cache import cache_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Run:
    """What a run over a year did: where the report is, in words, and which narratives could not be processed."""

    index: Path
    summary: str
    errors: tuple[Problem, ...]


@reporting.one_at_a_time
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
    cache: Path | None = None,
    reviews: Sequence[Review] = (),
) -> Run:
    """Compares `countries` (None: all of the corpus) of `year` with `since` and writes the report to `out`.

    A narrative that can't be processed is an error row of `problems`, and the others go on. A run that would write
    what is there already writes nothing. Results are kept in the folder `cache`, `cache_of` the corpus where None.
    `reviews` are readers' words on findings; those that lie in `out` count too, and what
    is put there meanwhile is kept. While another run writes `out` this one waits. Raises `DiffingError` for arguments,
    `OutputError` where `out` can't be written.
    """
    started = time.perf_counter()
    since = corpus.earlier(year, since)
    check_place(corpus, out)
    reviews = with_those_in(out, reviews)
    wanted = None if countries is None else sorted({corpus.slug(country) for country in countries})
    cache = (cache or cache_of(corpus.path)).absolute()
    run, store = Task(corpus, since, year, cache, wanted is not None, corpus.profile.checksum), Store(cache)
    pieces, lone = _pieces(run, wanted)
    ages = ages_beside(out, year)
    inputs = digest(_inputs(run, pieces, lone, reviews), sorted(ages.items()), os.path.relpath(corpus.path, out))
    last = reporting.last_run(out)
    if last is not None and last.get("inputs") == inputs and not last["errors"]:  # which may pass
        return _unchanged(out, last)
    # polars takes longer to import than all else that an unchanged year takes
    from diffing.running.year_pages import (
        Tables,
        all_pages,
        kept_files,
        other_files,
        summary_of,
        whole_tables,
        year_page,
    )  # fmt: skip

    _log.info("%s to %s: reading and aligning %d countries, %d at a time", since, year, len(pieces), jobs)
    place = Place(jobs, scheduler, store, progress)
    prepared = list(
        place.in_turn(
            prepare,
            pieces,
            (known_prepared, sent),
            lambda piece: piece.country,
            lambda piece, why: Prepared(problem=piece.problem(Stage.READ, why)),
        )
    )
    good = [(piece, one) for piece, one in zip(pieces, prepared, strict=True) if one.problem is None]
    editorial = None if run.alone else editorial_changes([one.signatures for _, one in good], since, year)
    broken = edition_break([one.sizes for _, one in good if one.sizes is not None], since, year)
    by_country = of_countries(reviews)
    work = [
        Judged(
            piece,
            own_changes(one.signatures, editorial),
            broken,
            ages.get(piece.country, ()),
            by_country.get(piece.country, ()),
        )
        for piece, one in good
    ]
    _log.info("judging and printing %d countries", len(work))
    finished: list[Finished] = []
    year_tables = Tables()
    for second in place.in_turn(
        finish,
        work,
        (known_finished, sent_judged),
        lambda judged: judged.piece.country,
        lambda judged, why: Finished(problem=judged.piece.problem(Stage.REPORT, why)),
    ):
        year_tables.add(second.tables)
        finished.append(msgspec.structs.replace(second, tables={}))
    end_processes()

    failures = (*(one.problem for one in prepared), *(one.problem for one in finished))
    problems = [*_nothing(run, pieces, wanted), *(problem for problem in failures if problem is not None)]
    unread = [p for p in corpus.problems if p.severity is Severity.ERROR and p.year in (since, year, None)]
    errors = (*unread, *problems)
    shown = [(judged, done) for judged, done in zip(work, finished, strict=True) if done.problem is None]
    of_edition = [break_problem(broken)] if broken is not None else []
    whole = whole_tables(run, year_tables, [*problems, *of_edition], lone, editorial)
    checksums = [(f"{y}/{piece.slug}", checksum) for piece in pieces for y, checksum in piece.checksums]
    signature = signature_of(corpus.profile, checksums)
    page = year_page(run, whole, shown, lone, editorial, signature, reviews)
    summary = summary_of(run, whole, broken, out / "index.html")
    about = {
        "inputs": inputs,
        "summary": summary,
        "errors": [asdict(problem) for problem in errors],
        **asdict(signature),
        "checksums": dict(signature.checksums),
        "thresholds": dict(signature.thresholds),
        "years": [since, year],
        "corpus": os.path.relpath(corpus.path, out),
        "countries_asked": wanted,
        "seconds": _seconds([*prepared, *finished], time.perf_counter() - started),
    }
    _log.info("writing %s; CPU seconds by stage: %s", out, about["seconds"])
    path = reporting.write_report(
        out,
        all_pages(page, whole, shown, store),
        whole,
        about,
        files=other_files(whole, shown),
        kept=lambda: kept_files(with_those_in(out, reviews)),
    )
    store.prune()
    return Run(path, summary, errors)


def check_place(corpus: Corpus, out: Path) -> None:
    """Raises `OutputError` where a report can't be written to `out`, or would become a year of the corpus."""
    if (year := year_kept_in(out, corpus.path)) is not None:
        raise reporting.OutputError(f"{out}: there the corpus keeps its narratives of {year}: give another --out")
    reporting.check_out(out)


# --- what there is to do -----------------------------------------------------------------------------------------


def _nothing(run: Task, pieces: Sequence[Piece], wanted: Sequence[str] | None) -> list[Problem]:
    """That there was nothing to compare, where that is so."""
    if pieces:
        return []
    of_them = "none of the countries asked for" if wanted is not None else "no country"
    why = f"nothing was compared: {of_them} is in both {run.since} and {run.year}"
    return [Problem("", run.year, Stage.READ, Severity.ERROR, f"{why}; `diffing corpus check` lists who is where")]


def _pieces(run: Task, wanted: Sequence[str] | None) -> tuple[list[Piece], list[tuple[str, int]]]:
    """The countries of both years, and (name, year) of those that are in one only."""
    corpus = run.corpus
    in_both, lone = split_countries(corpus, run.year, run.since)
    if wanted is not None:
        in_both = [slug for slug in in_both if slug in wanted]
        lone = tuple((slug, only) for slug, only in lone if slug in wanted)
    pieces = []
    for slug in in_both:
        checksums = []
        for year in (y for y in corpus.years if y < run.since and slug in corpus.countries(y)):
            with suppress(DiffingError):  # two files for an earlier year are a warning of the pair
                checksums.append((year, corpus.checksum(slug, year)))
        try:
            checksums += [(year, corpus.checksum(slug, year)) for year in (run.since, run.year)]
            pieces.append(Piece(run, slug, corpus.name(slug), tuple(checksums)))
        except DiffingError as error:
            pieces.append(Piece(run, slug, corpus.name(slug), error=str(error)))
    return pieces, [(corpus.name(slug), only) for slug, only in lone]


def _inputs(run: Task, pieces: Sequence[Piece], lone: Sequence[tuple[str, int]], reviews: Sequence[Review]) -> str:
    """The digest of all that a report is made from."""
    profile = run.corpus.profile
    keys = [piece.key for piece in pieces]
    said = review_lines(reviews), told_of_files(run.corpus, (run.since, run.year))
    return digest(keys, lone, run.alone, run.since, run.year, profile.checksum, code_digest(*JUDGE_ROOMS), *said)


def _unchanged(out: Path, last: dict[str, Any]) -> Run:
    errors = msgspec.convert(last["errors"], tuple[Problem, ...])
    return Run(out / "index.html", f"{last['summary']}\nNothing has changed since; nothing was written.", errors)


def _seconds(done: Sequence[Prepared | Finished], wall: float) -> dict[str, float]:
    """CPU seconds by stage, over all processes, and the seconds of the run by the clock."""
    total: Counter[str] = Counter()
    for part in done:
        total.update(part.seconds)
    return {stage: round(spent, 3) for stage, spent in total.items()} | {"run by the clock": round(wall, 3)}
