"""The ages of a year's sentences, as the history that stands beside its report knows them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from diffing import reporting
from diffing.model import Age, DiffingError
from diffing.running.earlier_report import rows_in
from diffing.running.year_steps import HISTORY


def ages_beside(out: Path, year: int) -> dict[str, tuple[Age, ...]]:
    """By country, the age of each sentence of the narrative of `year`, in their order; {} where there is no history.

    Whether it is of the same text is told by the hashes: a history of another corpus knows nothing of this one.
    """
    beside = out.absolute().parent / HISTORY
    if beside == out.absolute() or reporting.last_run(beside) is None:
        return {}
    table, columns = beside / "tables" / "lineages.parquet", ("country", "sentence", "hash", "origin", "same_since")
    try:
        rows = rows_in(table, columns, tuple[str, int, str, int, int], {"year": year})
    except DiffingError:
        return {}
    found: dict[str, list[Age]] = defaultdict(list)
    for country, _, hashed, origin, same_since in sorted(rows):
        found[country].append(Age(hashed, origin, same_since))
    return {country: tuple(ages) for country, ages in found.items()}
