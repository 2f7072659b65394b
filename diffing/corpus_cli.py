"""`diffing corpus`: download, import, check and list. Exit codes as in `diffing.cli`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diffing.cli_output import as_json, tell
from diffing.cli_streams import say
from diffing.model import one_line, plain_name

if TYPE_CHECKING:
    from diffing.corpus.download import Progress

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FamilyOption = Annotated[
    str | None,
    typer.Option("--family", help="tip, hrr, dol or a .toml file.", show_default="what corpus.toml says, else tip"),
]
CorpusArgument = Annotated[
    Path | None,
    typer.Argument(
        help="The folder <corpus>/<year>/<country>.<ext>, or a table.", show_default="corpora/tip or the sample"
    ),
]
ProfileOption = Annotated[
    str | None, typer.Option("--profile", help="tip, hrr, dol or a .toml file.", show_default="what corpus.toml says")
]


class Format(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def download(
    year: Annotated[int, typer.Option(min=1, max=9999, help="The report year.")],
    family: FamilyOption = None,
    into: Annotated[Path | None, typer.Option(help="The corpus.", show_default="corpora/FAMILY")] = None,
    country: Annotated[list[str] | None, typer.Option(help="Only this country; repeatable.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch anew what is there already.")] = False,
    pause: Annotated[float, typer.Option(help="Seconds between two pages.", min=0, max=3600)] = 2.0,
    attempts: Annotated[int, typer.Option(help="Tries for a page.", min=1, max=100)] = 5,
    site: Annotated[str | None, typer.Option(help="Fetch from this mirror, https://host[:port].")] = None,
) -> None:
    """Download one edition, politely; run again to go on after any interruption."""
    from diffing.corpus.download import download as run
    from diffing.corpus.manners import Manners

    chosen, folder = _corpus_to_fill(family, into)
    manners = Manners(pause=pause, attempts=attempts, backoff=pause, site=site)
    with _progress(f"{chosen} {year}") as (step, hear):
        outcome = run(
            chosen, year, folder, countries=country or (), manners=manners, again=again, progress=step, told=hear
        )
    for note in outcome.notes:
        say(f"note: {note}")
    for name, why in outcome.failed:
        say(f"error: {name}: {why}")
    tell(
        f"{folder}/{year}: {len(outcome.stored)} stored, {len(outcome.kept)} there already, "
        f"{len(outcome.failed)} failed, {len(outcome.not_tried)} not tried"
    )
    raise typer.Exit(1 if outcome.failed or outcome.not_tried else 0)


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, a table, or a whole report in PDF.")],
    year: Annotated[
        int | None, typer.Option(min=1, max=9999, help="The report year.", show_default="from folder, name or table")
    ] = None,
    family: FamilyOption = None,
    into: Annotated[Path | None, typer.Option(help="The corpus.", show_default="corpora/FAMILY")] = None,
    country: Annotated[str | None, typer.Option(help="The country of a single file.", show_default="its name")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of what is there.")] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            help="A table's columns: country=NAME,year=NAME,text=NAME.", show_default="by what they are called"
        ),
    ] = None,
) -> None:
    """Put files that you have into a corpus: narratives, tables, whole reports."""
    from diffing.corpus.importing import import_paths
    from diffing.corpus.table_names import parsed

    named = parsed(columns)
    chosen, folder = _family_to_import(paths, family, into, named)
    outcome = import_paths(paths, chosen, folder, year=year, country=country, replace=replace, columns=named)
    for note in outcome.notes:
        say(f"note: {note}")
    for name, why in outcome.failed:
        say(f"error: {name}: {why}")
    years = ", ".join(f"{y}: {count}" for y, count in sorted(outcome.by_year.items())) or "none"
    tell(
        f"{folder}: {len(outcome.stored)} stored ({years}), {len(outcome.kept)} there already, "
        f"{len(outcome.failed)} failed"
    )
    raise typer.Exit(1 if outcome.failed else 0)


@app.command()
def check(
    corpus: CorpusArgument = None,
    profile: ProfileOption = None,
    quick: Annotated[bool, typer.Option("--quick", help="Do not read the texts; names and files only.")] = False,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TEXT,
) -> None:
    """Say what is there, what is missing between years, what stands there twice, and what looks odd."""
    from diffing.corpus.checking import check_corpus

    with _progress("reading") as (step, _tell):
        report = check_corpus(corpus or _default(), profile, read=not quick, progress=step)
    if format is Format.JSON:
        tell(as_json(report.to_dict()), data=True)
    else:
        tell(report.to_text(), nl=False)
    raise typer.Exit(1 if report.errors else 0)


@app.command("list")
def list_(
    corpus: CorpusArgument = None,
    profile: ProfileOption = None,
    year: Annotated[int | None, typer.Option(min=1, max=9999, help="Only this year.")] = None,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TEXT,
) -> None:
    """List the countries of a corpus: slug, name, years."""
    from diffing.corpus.checking import list_corpus

    rows = list_corpus(corpus or _default(), profile, year)
    if format is Format.JSON:
        tell(as_json(rows), data=True)
        return
    width = max(len(row["slug"]) for row in rows)
    names = max(len(row["country"]) for row in rows)
    for row in rows:
        tell(f"{row['slug']:{width}}  {row['country']:{names}}  {' '.join(map(str, row['years']))}")


def _family_to_import(
    paths: list[Path], family: str | None, into: Path | None, columns: dict[str, str]
) -> tuple[str, Path]:
    """The family and the folder to fill: as said, as the corpus says, else as the texts show, which is said."""
    from diffing.corpus.importing import family_shown
    from diffing.corpus.manifest import read_manifest

    if family is None and into is not None and os.path.isdir(into):
        family = read_manifest(into).profile_of(into)
    if family is None:
        found = family_shown(paths, columns)
        if found.name is None:
            raise found.asked(", ".join(map(str, paths)), "--family")
        family = found.name
        say(f"Family: {family}, which the texts show (--family names another)")
    return family, into or Path("corpora") / Path(family).stem


def _corpus_to_fill(family: str | None, into: Path | None) -> tuple[str, Path]:
    """The family and the folder of a corpus, each from the other where it is not said."""
    from diffing.corpus.manifest import read_manifest

    if family is None and into is not None and os.path.isdir(into):
        family = read_manifest(into).profile_of(into)
    family = family or "tip"
    return family, into or Path("corpora") / Path(family).stem


def _default() -> Path:
    from diffing.corpus.default import default_corpus

    folder, why = default_corpus(Path("corpora"), None)
    say(f"Corpus: {folder} ({why})")
    return folder


@contextmanager
def _progress(title: str) -> Iterator[tuple[Progress, Callable[[str], None]]]:
    """A bar on standard error where that is a terminal, and a way to print a line above it."""
    if not sys.stderr.isatty():
        yield (lambda done, total, line: None), say
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[line]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, line="")
        yield (
            lambda done, total, line: bar.update(task, completed=done, total=total or None, line=plain_name(line)[:50]),
            lambda line: bar.console.print(one_line(line), markup=False, highlight=False),
        )
