"""The command line: arguments, messages, exit codes.

0 done; 1 done, but some narratives could not be processed; 2 wrong arguments or nothing to read; 3 the result could
not be written; 4 an internal error; 130 interrupted. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diffing import __version__
from diffing.corpus_cli import app as corpus_app
from diffing.model import DiffingError, Severity

if TYPE_CHECKING:
    import polars as pl


DONE, PARTLY, USAGE, NOT_WRITTEN, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 130

app = typer.Typer(
    help="What changed between two editions of a yearly report, and which way.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done; 1 done, but some narratives could not be processed; 2 wrong arguments or nothing "
    "to read; 3 the result could not be written; 4 an internal error; 130 interrupted.",
)
app.add_typer(corpus_app, name="corpus", help="Fill, check and list a corpus of narratives.")


class Engine(StrEnum):
    """Where pairs are compared."""

    LOCAL = "local"
    DASK = "dask"


class PageFormat(StrEnum):
    """How `compare` shows a comparison."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


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
    typer.Option("--profile", help="tip, hrr, dol or a .toml file.", show_default="what corpus.toml says, else tip"),
]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"diffing {__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """What changed between two editions of a yearly report, and which way."""


@app.command()
def diff(
    year: Annotated[int, typer.Option(help="The report year to compare.")],
    since: Annotated[int | None, typer.Option(help="The earlier year.", show_default="the newest before it")] = None,
    corpus: CorpusOption = None,
    profile: ProfileOption = None,
    country: Annotated[
        list[str] | None, typer.Option(help="Only this country: slug, name or alias; repeatable.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder to write.", show_default="reports/YEAR")] = None,
    jobs: Annotated[int, typer.Option(help="Processes; 0 is one a core.", min=0)] = 0,
    engine: Annotated[Engine, typer.Option(help="Where pairs are compared.")] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help="The address of a dask scheduler.")] = None,
) -> None:
    """Compare all countries of a year with an earlier one; write pages and tables."""
    from diffing.corpus import Corpus
    from diffing.corpus.folders import default_corpus
    from diffing.running.engine import cores
    from diffing.running.year import run_year

    if engine is Engine.DASK and scheduler is None:
        raise DiffingError("--engine dask needs --scheduler, the address of a running scheduler (tcp://host:8786)")
    folder: str | Path | None = corpus
    if folder is None:
        folder, why = default_corpus(Path("corpora"), year)
        _say(f"Corpus: {folder}, {why}")
    run = run_year(
        Corpus(folder, profile),
        year,
        since=since,
        countries=country or None,
        out=out or Path("reports") / str(year),
        jobs=jobs or cores(),
        scheduler=scheduler,
        progress=_progress,
    )
    for problem in run.errors:
        _say(f"error: {problem.message}")
    typer.echo(run.summary)
    raise typer.Exit(PARTLY if run.errors else DONE)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="The earlier narrative's file.")],
    new: Annotated[Path, typer.Argument(help="The later narrative's file.")],
    old_year: Annotated[int | None, typer.Option(help="Its report year.", show_default="from folder or name")] = None,
    new_year: Annotated[int | None, typer.Option(help="Its report year.", show_default="from folder or name")] = None,
    country: Annotated[
        str | None, typer.Option(help="The country's name.", show_default="from the file's name")
    ] = None,
    profile: Annotated[str, typer.Option(help="tip, hrr, dol or a .toml file.")] = "tip",
    out: Annotated[Path | None, typer.Option(help="Write the page here.")] = None,
    format: Annotated[
        PageFormat | None, typer.Option(help="How to show it.", show_default="text, or html for --out")
    ] = None,
) -> None:
    """Compare two narratives, each a file."""
    from diffing import pipeline, reporting

    years = old_year or _year_of(old, "--old-year"), new_year or _year_of(new, "--new-year")
    name = country or _country_of(new, profile)
    comparison = pipeline.compare(
        pipeline.read_narrative(old, name, years[0], profile), pipeline.read_narrative(new, name, years[1], profile)
    )
    chosen = format or (PageFormat.HTML if out else PageFormat.TEXT)
    if chosen is PageFormat.HTML:
        text = comparison.to_html()
    elif chosen is PageFormat.JSON:
        text = comparison.to_json()
    else:
        text = reporting.text_diff(comparison.pair, comparison.judgement, colour=out is None and _colour())
    if out is None:
        typer.echo(text, nl=not text.endswith("\n"))
    else:
        reporting.write_page(out, text)
        typer.echo(f"{comparison.country} {years[0]} -> {years[1]}: {comparison.verdict}. Wrote {out}")
    _end_with(comparison.problems)


@app.command()
def figures(
    file: Annotated[Path, typer.Argument(help="The narrative's file.")],
    year: Annotated[int | None, typer.Option(help="Its report year.", show_default="from folder or name")] = None,
    profile: Annotated[str, typer.Option(help="tip, hrr, dol or a .toml file.")] = "tip",
    format: Annotated[TableFormat, typer.Option(help="How to print it.")] = TableFormat.TABLE,
) -> None:
    """Print every figure of one narrative with its indicator, actor and year."""
    from diffing import extracting, pipeline, tables

    name = _country_of(file, profile)
    narrative = pipeline.read_narrative(file, name, year or _year_of(file, "--year"), profile)
    found, _ = extracting.extract_narrative(narrative)
    if format is TableFormat.TABLE:
        from diffing.reporting import figures_text

        typer.echo(figures_text(narrative, found, colour=_colour()), nl=False)
    else:
        _print_table(tables.frame("figures", found), format)
    _end_with(tables.frame("problems", narrative.problems))


@app.command()
def trend(
    country: Annotated[str, typer.Argument(help="Slug, name or alias.")],
    corpus: CorpusOption = None,
    indicator: Annotated[str | None, typer.Option(help="Only this one.")] = None,
    profile: ProfileOption = None,
    format: Annotated[TableFormat, typer.Option(help="How to print it.")] = TableFormat.TABLE,
) -> None:
    """Print every indicator of one country over all years of the corpus, and who said so."""
    from diffing.corpus import Corpus
    from diffing.corpus.folders import default_corpus
    from diffing.running.year import country_trends

    folder = corpus or default_corpus(Path("corpora"), None)[0]
    table = country_trends(Corpus(folder, profile), country, indicator)
    if format is TableFormat.TABLE:
        from diffing.reporting import trend_text

        typer.echo(trend_text(table, colour=_colour()))
    else:
        _print_table(table, format)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits with its code; every error becomes a message and a code."""
    if hasattr(sys.stdout, "reconfigure"):  # the terminal may not know a character, and a file's name can be any bytes
        sys.stdout.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else its processes would outlive it by minutes
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command line with `arguments` (those of the process where there are none)."""
    try:
        code = app(args=None if arguments is None else list(arguments), standalone_mode=False)
        if code == INTERRUPTED:  # typer caught it
            raise KeyboardInterrupt
        return code if isinstance(code, int) else DONE
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        show = getattr(error, "show", None)  # those about arguments know how, with the usage line
        _say(f"error: {error}") if show is None else show()
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        _say("Interrupted. What was finished is kept for the next run.")
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of our output has gone; without this Python complains again while it shuts down
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except DiffingError as error:
        _say(f"error: {error}")
        return NOT_WRITTEN if isinstance(error, _output_error()) else USAGE
    except Exception as error:
        if isinstance(error, OSError) and error.filename is not None:  # of the place that was given, no mistake of ours
            _say(f"error: {error.filename}: {error.strerror}")
            return USAGE
        _say(traceback.format_exc())
        _say(
            f"error: this is a mistake in diffing {__version__}, not in what you gave it. Please report the lines "
            "above with the command that you ran and, where you may share it, the file that it was working on."
        )
        return INTERNAL


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error, where that is a terminal; calling what it gives moves it on by one."""
    if not sys.stderr.isatty():
        yield lambda country: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda country: bar.update(task, advance=1, description=country)


def _output_error() -> type[DiffingError]:
    from diffing.reporting import OutputError

    return OutputError


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _year_of(path: Path, option: str) -> int:
    """The report year in the file's folder or name; raises `DiffingError` that asks for `option`."""
    for name in (path.stem, *(parent.name for parent in path.absolute().parents)):
        found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
        if found:
            return int(found[-1])
    raise DiffingError(f"{path}: no year in its folder or name; say {option} YEAR")


def _country_of(path: Path, profile: str) -> str:
    """The country that a file's name gives without its year; its folder's where nothing is left (2019.txt)."""
    from diffing.corpus.folders import country_names
    from diffing.corpus.manifest import Manifest
    from diffing.profile import load_profile

    bare = re.sub(r"[-_ .]*(?<!\d)(?:19|20)\d\d(?!\d)[-_ .]*", " ", path.stem).strip(" -_.")
    return country_names(load_profile(profile), Manifest()).display(bare or path.absolute().parent.name)


def _print_table(table: pl.DataFrame, format: TableFormat) -> None:
    from diffing import tables

    if format is TableFormat.CSV:
        typer.echo(tables.to_csv(table), nl=False)
    else:
        typer.echo(json.dumps(table.to_dicts(), ensure_ascii=False, indent=1))


def _end_with(problems: pl.DataFrame) -> None:
    """Says the problems; exits with 1 where one is an error."""
    for row in problems.to_dicts():
        _say(f"{row['severity']}: {row['message']}")
    if (problems["severity"] == Severity.ERROR.value).any():
        raise typer.Exit(PARTLY)
