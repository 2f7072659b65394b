"""What a notebook adds to the tables: charts, printed and long tables, and a diff to choose from menus.

>>> from diffing import lab
>>> lab.verdicts_chart(year.index)
>>> lab.explore("corpora/sample")

Everything works with no network. The packages come with `make lab` .
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from diffing.corpus import Corpus
from diffing.model import plain_name
from diffing.pipeline import compare
from diffing.reporting import comparison_html
from diffing.reporting.charts import (
    carried_over_chart,
    heat_map,
    indicator_chart,
    newest_told,
    small_multiples,
    verdicts_chart,
    years_heat_map,
)
from diffing.reporting.notebook_tables import chooser, long_table, printed_changes

__all__ = [
    "carried_over_chart",
    "explore",
    "heat_map",
    "indicator_chart",
    "long_table",
    "newest_told",
    "printed_changes",
    "progress",
    "small_multiples",
    "verdicts_chart",
    "years_heat_map",
]


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar of `total` steps: ``diffing.diff_year(corpus, 2020, progress=lab.progress)``."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda country: bar.update(task, advance=1, description=plain_name(country))


def explore(corpus: Corpus | str | Path) -> Any:
    """A widget with three menus, country, old and new year, and the comparison of the two narratives below them.

    Raises `DiffingError` for a corpus that can't be read or holds only one year.
    """
    corpus = corpus if isinstance(corpus, Corpus) else Corpus(corpus)
    corpus.earlier(corpus.years[-1])  # says so where there is nothing to compare

    def show(country: str, old: int, new: int) -> str:
        comparison = compare(corpus.narrative(country, old), corpus.narrative(country, new))
        return comparison_html(comparison.pair, comparison.judgement)

    return chooser(corpus.countries(corpus.years[-1]), corpus.years, show)
