"""What all commands share: exit codes, options, how a table is printed and a problem said."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from diffing.cli_streams import as_json as as_json
from diffing.cli_streams import say as say
from diffing.cli_streams import tell as tell
from diffing.model import DiffingError, Problem, Severity, plain_name

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from diffing.corpus import Corpus

DONE, PARTLY, USAGE, NOT_WRITTEN, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 130


class TableFormat(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


CorpusOption = Annotated[
    str | None,  # a path would fold the slashes of an address
    typer.Option(
        "--corpus", help="The folder <corpus>/<year>/<country>.<ext>.", show_default="corpora/tip or the sample"
    ),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile", help="tip, hrr, dol or a .toml file.", show_default="what corpus.toml says, else what texts show"
    ),
]

OneProfileOption = Annotated[str, typer.Option("--profile", help="tip, hrr, dol or a .toml file.")]


def opened(folder: str | Path, profile: str | None) -> Corpus:
    """The corpus; says its family where that was found in its texts."""
    from diffing.corpus import Corpus
    from diffing.running.example_trials import check_tried

    corpus = Corpus(folder, profile)
    check_tried(corpus.profile)
    if corpus.family_note:
        say(f"{corpus.family_note} (--profile names another)")
    return corpus


def colour_wanted() -> bool:
    """Whether standard output is a terminal whose user has not said NO_COLOR."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def print_table(table: pl.DataFrame, format: TableFormat) -> None:
    """Prints a table as CSV or JSON."""
    from diffing import tables

    if format is TableFormat.CSV:
        tell(tables.to_csv(table), nl=False, data=True)
    else:
        tell(as_json(table.to_dicts()), data=True)


def end_with(problems: Iterable[Problem]) -> None:
    """Says the problems; exits with 1 where one is an error."""
    told = sorted(problems, key=lambda problem: (problem.year or 0, problem.stage))
    for problem in told:
        say(f"{problem.severity}: {problem.message}")
    if any(problem.severity is Severity.ERROR for problem in told):
        raise typer.Exit(PARTLY)


class Engine(StrEnum):
    """Where pairs are compared."""

    LOCAL = "local"
    DASK = "dask"


def check_engine(engine: Engine, scheduler: str | None) -> None:
    """Raises `DiffingError` for a cluster of which no address is given."""
    if engine is Engine.DASK and scheduler is None:
        raise DiffingError("--engine dask needs --scheduler, the address of a running scheduler (tcp://host:8786)")


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error, where that is a terminal; calling what it gives moves it on by one."""
    if not sys.stderr.isatty():
        yield lambda country: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda country: bar.update(task, advance=1, description=plain_name(country))
