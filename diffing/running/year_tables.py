"""The tables of a whole year, and what they say in a line: put together as its countries come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from diffing import tables
from diffing.model import EditionBreak, EditorialChange, Problem, Severity
from diffing.running.editions import break_problem
from diffing.running.steps import Task

# Fewer and a run of many small countries spends its time on making frames; more and their values take memory.
COUNTRIES_A_FRAME = 32


class Tables:
    """The tables of the countries that have come so far, in the order in which they came.

    As frames they take a third of the memory that they take as values; a frame of each country would take the time.
    """

    def __init__(self) -> None:
        self.frames: dict[str, list[pl.DataFrame]] = {name: [] for name in tables.SCHEMAS}
        self.batch: list[dict[str, tables.Columns]] = []

    def add(self, country: dict[str, tables.Columns]) -> None:
        """Puts the tables of a country, {} where it has none, behind those that are there."""
        self.batch.append(country)
        if len(self.batch) == COUNTRIES_A_FRAME:
            self.flush()

    def flush(self) -> None:
        """Makes frames of the countries that have come since the last were made."""
        for name, frames in self.frames.items():
            parts = [country[name] for country in self.batch if name in country]
            frames.append(tables.joined(name, parts))
        self.batch = []


def whole_tables(
    run: Task,
    known: Tables,
    problems: Sequence[Problem],
    lone: Sequence[tuple[str, int]],
    editorial: Sequence[EditorialChange] | None,
) -> dict[str, pl.DataFrame]:
    """Every table of the year."""
    failed = Counter(problem.country for problem in problems if problem.country)
    names = {country for country, _ in lone} | set(failed)
    rows = [tables.lone_row(name, run.since, run.year, failed[name]) for name in sorted(names)]
    known.flush()
    for name, more in (
        ("problems", (*run.corpus.problems, *problems)),
        ("editorial", editorial or ()),
        ("index", rows),
    ):
        known.frames[name].append(tables.frame(name, more))
    # as a table is put together its parts go: the sentences of a year take 100 MB
    return {name: tables.concat(name, known.frames.pop(name)) for name in tables.SCHEMAS}


def summary_of(run: Task, whole: dict[str, pl.DataFrame], broken: EditionBreak | None, index: Path) -> str:
    """What a run prints: how many countries, which way, and where the report is."""
    verdicts = Counter(whole["index"]["verdict"].drop_nulls().to_list())
    counts = ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in sorted(verdicts.items()))
    compared = sum(verdicts.values())
    errors = whole["problems"].filter(pl.col("severity") == Severity.ERROR.value).height
    countries = "1 country" if compared == 1 else f"{compared} countries"
    lines = [f"{countries} compared, {run.since} -> {run.year}: {counts or 'nothing to say'}."]
    if broken is not None:
        lines.append(f"CAUTION: {break_problem(broken).message}.")
    if errors:
        what = "narrative" if errors == 1 else "narratives"
        lines.append(f"{errors} {what} could not be processed; see the index's problems.")
    lines.append(f"Report: {index}")
    return "\n".join(lines)
