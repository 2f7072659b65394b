"""`diffing review`: what readers said of findings, put together, counted, and put to a report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from diffing.cli_output import DONE, PARTLY, ProfileOption, say, tell
from diffing.model import DiffingError

if TYPE_CHECKING:
    from collections import Counter

    from diffing.corpus import Corpus

app = typer.Typer(no_args_is_help=True)


class Made(msgspec.Struct):
    """What the ``run.json`` of a year's report says of how it was made."""

    years: tuple[int, int]
    corpus: str = ""
    profile: str = ""
    countries_asked: list[str] | None = None
    checksums: dict[str, str] = {}


@app.command(epilog="For example: diffing review merge anna.jsonl ben.jsonl --out review.jsonl")
def merge(
    files: Annotated[list[Path], typer.Argument(help="Files of reviews (review.jsonl).")],
    out: Annotated[Path | None, typer.Option(help="Write here.", show_default="standard output")] = None,
) -> None:
    """Put the reviews of several readers together: every line is kept, each once."""
    from diffing.reporting import write_page
    from diffing.running.reviews import merged, read_reviews, review_lines

    text = review_lines(merged([read_reviews(file) for file in files]))
    if out is None:
        tell(text, nl=False, data=True)
        return
    write_page(out, text)
    tell(f"{len(text.splitlines())} reviews. Wrote {out}")


@app.command(epilog="For example: diffing review score review.jsonl --report reports/2020")
def score(
    file: Annotated[Path, typer.Argument(help="A file of reviews (review.jsonl).")],
    report: Annotated[
        Path | None, typer.Option(help="The report whose findings were read.", show_default="the file's own folder")
    ] = None,
) -> None:
    """Count the reviews by reader, by draw and by rule, and say how far two readers agree (Cohen's kappa)."""
    from diffing.running import reviews

    said = reviews.score(reviews.read_reviews(file), _rules_of(report or file.absolute().parent, asked=report))
    tell("By reader")
    for reader, marks in sorted(said.marks.items()):
        tell(f"  {reader or '(no name)'}: {_marks(marks)}")
    if said.draws:
        tell("Drawn at random")
    for draw in said.draws:
        within = f" ({draw.filters})" if draw.filters else ""
        unread = f"{draw.drawn - draw.read:,} unread" if draw.read < draw.drawn else "none unread"
        tell(
            f"  {draw.reader or '(no name)'}: {draw.drawn:,} of {draw.of:,}{within}, seed {draw.seed}:"
            f" {draw.read:,} read, {unread}"
        )
    tell("By rule: accepted of those accepted or rejected")
    for rule, marks in sorted(said.rules.items(), key=lambda item: (-item[1].total(), item[0])):
        share = reviews.precision(marks)
        tell(f"  {rule or '(rule not known)'}: {'-' if share is None else f'{share:.0%}'}  {_marks(marks)}")
    if len(said.marks) > reviews.MOST_READERS:
        most = reviews.MOST_READERS
        say(f"{len(said.marks):,} readers: agreement is counted for {most} at most: score fewer at a time")
    for one, other in said.alike:
        say(f"{one!r} and {other!r}: one reader? Then give both lines the same name in {file}, or agreement counts two")
    if said.pairs:
        tell("Agreement of two readers")
    for one, other, both, alike, kappa in said.pairs:
        told = "not defined, for both always say the same" if kappa is None else f"{kappa:.2f}"
        tell(f"  {one or '(no name)'}, {other or '(no name)'}: {alike} of {both} alike, kappa {told}")


@app.command(epilog="For example: diffing review apply review.jsonl --report reports/2020")
def apply(
    file: Annotated[Path, typer.Argument(help="A file of reviews (review.jsonl).")],
    report: Annotated[Path, typer.Option(help="The folder of the report.")],
    corpus: Annotated[
        Path | None, typer.Option(help="The corpus that it was made from.", show_default="what the report says")
    ] = None,
    profile: ProfileOption = None,
) -> None:
    """Put reviews to a report: its findings, tables and pages show them, and what was rejected no longer weighs.

    They are added to those that lie beside the report. The report is made again from its corpus; what is known of it
    is not reckoned anew.
    """
    from diffing.corpus import Corpus
    from diffing.reporting import alone_at, last_run
    from diffing.running.engine import cores
    from diffing.running.reviews import read_reviews
    from diffing.running.year import run_year

    reviews = read_reviews(file)
    try:
        with alone_at(report):  # it may be exchanged while it is looked at
            made = msgspec.convert(last_run(report), Made)
    except msgspec.ValidationError as error:
        raise DiffingError(
            f"{report} holds no whole report of ours: give the folder that `diffing diff` wrote"
        ) from error
    folder = corpus or report / made.corpus
    if not os.path.isdir(folder) and not os.path.isfile(folder):  # a Path raises for what can be no name
        raise DiffingError(f"{report}: the corpus that it was made from is not at {folder}: say --corpus")
    since, year = made.years
    taken = Corpus(folder, profile or _profile_of(made.profile))
    if corpus is None and not _is_of(taken, made.checksums):  # a stranger's report may name any folder
        raise DiffingError(
            f"{report} was made from other texts than lie in {folder}: to take those, say --corpus {folder}"
        )
    run = run_year(
        taken,
        year,
        since=since,
        countries=made.countries_asked,
        out=report,
        jobs=cores(),
        reviews=reviews,
    )
    for problem in run.errors:
        say(f"error: {problem.message}")
    tell(run.summary)
    raise typer.Exit(PARTLY if run.errors else DONE)


def _is_of(corpus: Corpus, checksums: dict[str, str]) -> bool:
    """Whether the narratives of a corpus are those that a report says it was made from, by year and slug."""
    held = {f"{year}/{slug}": (slug, year) for year in corpus.years for slug in corpus.countries(year)}
    if not checksums or not checksums.keys() <= held.keys():  # one file has many names, and each would be read
        return False
    try:
        return all(corpus.checksum(*held[name]) == said for name, said in checksums.items())
    except DiffingError:
        return False


def _profile_of(made_with: str) -> str | None:
    """The profile that a report was made with, where it is one of ours; else what the corpus says."""
    from diffing.profile import load_profile

    try:
        return None if made_with.endswith(".toml") else load_profile(made_with).name
    except DiffingError:
        return None


def _marks(marks: Counter[str]) -> str:
    from diffing.model.reviews import MARKS

    return ", ".join(f"{marks[mark]} {mark}" for mark in MARKS if marks[mark])


def _rules_of(report: Path, asked: Path | None) -> dict[str, str]:
    """The rule of each finding of a report by its id; {} where there is none and none was asked for."""
    from diffing.running.earlier_report import rows_in

    table = report / "tables" / "findings.parquet"
    if not table.is_file():
        if asked is not None:
            raise DiffingError(f"{report}: no report of ours there (no {table.name}): give the folder of the report")
        return {}
    return dict(rows_in(table, ("finding", "rule"), tuple[str, str]))
