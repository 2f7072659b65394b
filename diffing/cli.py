"""The command line: arguments, messages, exit codes.

0 done; 1 done, but some narratives could not be processed; 2 wrong arguments or nothing to read; 3 the result could
not be written; 4 an internal error; 130 interrupted. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from diffing import __version__, editions_cli, explain_cli, files_cli
from diffing.cache_cli import app as cache_app
from diffing.child import SECONDS_A_COUNTRY, at_most
from diffing.cli_output import (
    DONE,
    INTERNAL,
    INTERRUPTED,
    NOT_WRITTEN,
    PARTLY,
    USAGE,
    CorpusOption,
    Engine,
    ProfileOption,
    check_engine,
    opened,
    progress,
    tell,
)
from diffing.cli_streams import check_here, flush_output, keep_traceback, log_to_standard_error, open_streams, say
from diffing.corpus_cli import app as corpus_app
from diffing.model import DiffingError
from diffing.model.words import one_line
from diffing.profile_cli import app as profile_app
from diffing.review_cli import app as review_app

app = typer.Typer(
    help="What changed between two editions of a yearly report, and which way.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done; 1 done, but some narratives could not be processed; 2 wrong arguments or nothing "
    "to read; 3 the result could not be written; 4 an internal error; 130 interrupted.",
)
for command, example in (
    (editions_cli.history, "diffing history --corpus corpora/tip --country turkmenistan"),
    (editions_cli.trend, "diffing trend turkmenistan --indicator victims_identified"),
    (files_cli.compare, "diffing compare 2019/norvania.txt 2020/norvania.txt --out norvania.html"),
    (files_cli.figures, "diffing figures 2020/norvania.txt --format csv   ·   diffing figures - --year 2020 < text"),
    (files_cli.indicators, "diffing indicators --profile hrr"),
    (explain_cli.explain, "diffing explain 'The only shelter was closed.' --year 2020 --profile hrr"),
):
    limited = command if command is editions_cli.history else at_most(SECONDS_A_COUNTRY)(command)  # which has its own
    app.command(epilog=f"For example: {example}")(limited)
app.add_typer(corpus_app, name="corpus", help="Fill, check and list a corpus of narratives.")
app.add_typer(profile_app, name="profile", help="Check a profile's examples, or begin one from two texts.")
app.add_typer(review_app, name="review", help="Readers' reviews: put together, counted, put to a report.")
app.add_typer(cache_app, name="cache", help="What is kept for the next run: its size, and how to be rid of it.")


def _version(value: bool) -> None:
    if value:
        tell(f"diffing {__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what each stage does.")] = False,
) -> None:
    """What changed between two editions of a yearly report, and which way."""
    if verbose:
        log_to_standard_error()


@app.command(epilog="For example: diffing diff --year 2020 --corpus corpora/tip --country turkmenistan")
def diff(
    year: Annotated[int, typer.Option(min=1, max=9999, help="The report year to compare.")],
    since: Annotated[
        int | None, typer.Option(min=1, max=9999, help="The earlier year.", show_default="the newest before it")
    ] = None,
    corpus: CorpusOption = None,
    profile: ProfileOption = None,
    country: Annotated[
        list[str] | None, typer.Option(help="Only this country: slug, name or alias; repeatable.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder to write.", show_default="reports/YEAR")] = None,
    jobs: Annotated[int, typer.Option(help="Processes; 0 is one a core.", min=0, max=1024)] = 0,
    engine: Annotated[Engine, typer.Option(help="Where pairs are compared.")] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help="The address of a dask scheduler.")] = None,
    reviews: Annotated[
        Path | None, typer.Option(help="Readers' reviews to put to the findings (review.jsonl).")
    ] = None,
) -> None:
    """Compare all countries of a year with an earlier one; write pages and tables."""
    from diffing.corpus.default import default_corpus
    from diffing.running.engine import cores
    from diffing.running.reviews import read_reviews
    from diffing.running.year import run_year

    check_engine(engine, scheduler)
    folder: str | Path | None = corpus
    if folder is None:
        folder, why = default_corpus(Path("corpora"), year)
        say(f"Corpus: {folder}, {why}")
    run = run_year(
        opened(folder, profile),
        year,
        since=since,
        countries=country or None,
        out=out or Path("reports") / str(year),
        jobs=jobs or cores(),
        scheduler=scheduler,
        progress=progress,
        reviews=read_reviews(reviews) if reviews else (),
    )
    for problem in run.errors:
        say(f"error: {problem.message}")
    tell(run.summary)
    raise typer.Exit(PARTLY if run.errors else DONE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits with its code; every error becomes a message and a code."""
    from diffing.running.engine import collect_seldom

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts as many threads as there are cores, for nothing
    open_streams()
    collect_seldom()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else its processes would outlive it by minutes
    code = run(arguments)
    if (why := flush_output()) is not None:
        say(f"error: standard output can't be written: {why}")
        code = NOT_WRITTEN
    gc.freeze()  # Python would walk over all that is kept, twice, before it ends
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command line with `arguments` (those of the process where there are none)."""
    try:
        check_here()
        code = app(args=None if arguments is None else list(arguments), standalone_mode=False)
        if code == INTERRUPTED:  # typer caught it
            raise KeyboardInterrupt
        return code if isinstance(code, int) else DONE
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        show = getattr(error, "show", None)  # those about arguments know how, with the usage line
        if show is None:
            say(f"error: {error}")
        else:
            error.message = one_line(error.message)  # it holds what was typed, or a file's name
            with suppress(OSError, ValueError):  # standard error may be closed
                show()
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        say("Interrupted. What was finished is kept for the next run.")
        return INTERRUPTED
    except DiffingError as error:
        say(f"error: {error}")
        return NOT_WRITTEN if isinstance(error, _output_error()) else USAGE
    except Exception as error:
        return _other(error)


def _other(error: Exception) -> int:
    """The exit code of an error that nobody foresaw: of the place that was given, else a mistake of ours."""
    if isinstance(error, OSError):
        if error.filename is not None:
            say(f"error: {error.filename}: {error.strerror}")
            return USAGE
        if error.errno in _UNWRITABLE:
            say(f"error: the result can't be written: {error.strerror}")
            return NOT_WRITTEN
    kept = keep_traceback()
    say(
        f"error: this is a mistake in diffing {__version__}, not in what you gave it: {type(error).__name__}: {error}",
        f"Please report it with {kept or 'what stands above'} (where it happened, and the command that you ran) and, "
        "where you may share it, the file that it was working on.",
    )
    if not kept:
        say(*traceback.format_exc().splitlines())
    return INTERNAL


_UNWRITABLE = frozenset({errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, errno.EDQUOT})


def _output_error() -> type[DiffingError]:
    from diffing.reporting import OutputError

    return OutputError
