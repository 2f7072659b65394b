"""The ages of a year's sentences, as the history that stands beside its report knows them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import polars as pl

from diffing import reporting
from diffing.model import Age
from diffing.running.steps import HISTORY


def ages_beside(out: Path, year: int) -> dict[str, tuple[Age, ...]]:
    """By country, the age of each sentence of the narrative of `year`, in their order; {} where there is no history.

    Whether it is of the same text is told by the hashes: a history of another corpus knows nothing of this one.
    """
    beside = out.absolute().parent / HISTORY
    if beside == out.absolute() or reporting.last_run(beside) is None:
        return {}
    try:
        table = pl.read_parquet(
            beside / "tables" / "lineages.parquet",
            columns=["country", "year", "sentence", "hash", "origin", "same_since"],
        )
    except (OSError, pl.exceptions.PolarsError):
        return {}
    found: dict[str, list[Age]] = defaultdict(list)
    for country, _, _, *age in table.filter(pl.col("year") == year).sort("country", "sentence").iter_rows():
        found[country].append(Age(*age))
    return {country: tuple(ages) for country, ages in found.items()}
