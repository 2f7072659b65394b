"""`diffing cache`: what is kept of a corpus for the next run, and how to be rid of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diffing.cli_output import say, tell
from diffing.model import OutputError

app = typer.Typer(no_args_is_help=True)

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", help="Of this corpus alone.", show_default="of every corpus")
]


@app.command()
def size(corpus: CorpusOption = None) -> None:
    """Say where results are kept, and how large they are."""
    from diffing.store import MOST_BYTES, Store

    folders = _folders(corpus)
    for folder in folders:
        tell(f"{_megabytes(Store(folder).size()):>12}  {folder}")
    if not folders:
        tell(f"Nothing is kept{f' of {corpus}' if corpus else ''}.")
    say(f"Each corpus keeps at most {_megabytes(MOST_BYTES)}; what was not used for longest goes first.")


@app.command()
def clear(corpus: CorpusOption = None) -> None:
    """Remove what is kept; it is made again when it is needed."""
    from diffing.store import Store

    freed = 0
    for folder in _folders(corpus):
        try:
            freed += Store(folder).clear()
        except OSError as error:
            raise OutputError(f"{error.filename}: can't be removed: {error.strerror}") from error
    tell(f"{_megabytes(freed)} removed.")


def _folders(corpus: Path | None) -> list[Path]:
    """The caches that are there: that of `corpus`, or all."""
    from diffing.user_cache import all_caches, cache_of

    if corpus is not None:
        found = [cache_of(corpus)]
    else:
        found = sorted(all_caches().iterdir()) if all_caches().is_dir() else []
    return [folder for folder in found if folder.is_dir()]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
