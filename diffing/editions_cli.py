"""Commands over many editions: `history` and `trend`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diffing.cli_output import (
    DONE,
    PARTLY,
    CorpusOption,
    Engine,
    ProfileOption,
    TableFormat,
    check_engine,
    colour_wanted,
    opened,
    print_table,
    progress,
    tell,
)
from diffing.cli_streams import say


def history(
    corpus: CorpusOption = None,
    profile: ProfileOption = None,
    country: Annotated[
        list[str] | None, typer.Option(help="Only this country: slug, name or alias; repeatable.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder to write.")] = Path("reports/history"),
    jobs: Annotated[int, typer.Option(help="Processes; 0 is one a core.", min=0, max=1024)] = 0,
    engine: Annotated[Engine, typer.Option(help="Where the work is done.")] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help="The address of a dask scheduler.")] = None,
) -> None:
    """Follow every sentence, number and rating through all editions of a corpus; write pages and tables."""
    from diffing.corpus.default import default_corpus
    from diffing.running.engine import cores
    from diffing.running.history import run_history

    check_engine(engine, scheduler)
    folder: str | Path | None = corpus
    if folder is None:
        folder, why = default_corpus(Path("corpora"), None)
        say(f"Corpus: {folder}, {why}")
    run = run_history(
        opened(folder, profile),
        out=out,
        countries=country or None,
        jobs=jobs or cores(),
        scheduler=scheduler,
        progress=progress,
    )
    for problem in run.errors:
        say(f"error: {problem.message}")
    tell(run.summary)
    raise typer.Exit(PARTLY if run.errors else DONE)


def trend(
    country: Annotated[str, typer.Argument(help="Slug, name or alias.")],
    corpus: CorpusOption = None,
    indicator: Annotated[str | None, typer.Option(help="Only this one; a scale (tier) too.")] = None,
    profile: ProfileOption = None,
    format: Annotated[TableFormat, typer.Option(help="How to print it.")] = TableFormat.TABLE,
) -> None:
    """Print every number and rating of one country over all years of the corpus, and who said so."""
    from diffing.corpus.default import default_corpus
    from diffing.running.series import country_series

    folder = corpus or default_corpus(Path("corpora"), None)[0]
    table = country_series(opened(folder, profile), country, indicator)
    if format is TableFormat.TABLE:
        from diffing.reporting import trend_text

        tell(trend_text(table, colour=colour_wanted()), colour=colour_wanted())
    else:
        print_table(table, format)
