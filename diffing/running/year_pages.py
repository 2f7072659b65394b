"""A year's tables, put together as its countries come, its own pages, and what else lies in its folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from diffing import reporting, tables
from diffing.judging import matched
from diffing.model import (
    Actor,
    EditionBreak,
    EditorialChange,
    OneSided,
    Problem,
    Review,
    Severity,
    Signature,
    TrendPoint,
)
from diffing.profile.territories import territory
from diffing.running.addresses import addresses
from diffing.running.editions import break_problem
from diffing.running.reviews import REVIEW_FILE, review_lines
from diffing.running.year_steps import HISTORY, Finished, Judged, Task, make
from diffing.store import Store

# Fewer and a run of many small countries spends its time on making frames; more and their values take memory.
COUNTRIES_A_FRAME = 32
# Of what one report alone says so many of each country stand on the year's page, a way to its own (range 1 to 5).
OF_A_COUNTRY = 2


def year_page(
    run: Task,
    whole: Mapping[str, pl.DataFrame],
    shown: Sequence[tuple[Judged, Finished]],
    lone: Sequence[tuple[str, int]],
    editorial: Sequence[EditorialChange] | None,
    signature: Signature,
    reviews: Sequence[Review],
) -> reporting.YearPage:
    """What the pages of a year are made of; `shown` are the countries that were compared, with what came of it."""
    profile = run.corpus.profile
    without_page = whole["index"].filter(pl.col("verdict").is_null()).to_dicts()
    series = whole["trends"].filter(pl.col("actor") == Actor.GOVERNMENT.value, pl.col("breakdown").is_null())
    nothing = {"slug": None, "figures_up": 0, "figures_down": 0, "figures_no_longer_reported": 0}
    rows = [*(done.row for _, done in shown), *(row | nothing for row in without_page)]
    slugs = [judged.piece.slug for judged, _ in shown]
    findings = [
        reporting.YearFinding(finding, judged.piece.slug, anchor)
        for judged, done in shown
        for finding, anchor in done.findings
    ]
    slug_of = {judged.piece.country: judged.piece.slug for judged, _ in shown}
    weighty = whole["one_sided"].sort("weight", descending=True, maintain_order=True)
    weighty = weighty.group_by("country", "rule", maintain_order=True).head(OF_A_COUNTRY)
    weighty = weighty.select(whole["one_sided"].columns).sort("weight", descending=True, maintain_order=True)
    said = msgspec.convert(weighty.to_dicts(), list[OneSided])
    return reporting.YearPage(
        title=f"{profile.title}: {run.since} to {run.year}",
        profile_title=profile.title,
        old_year=run.since,
        new_year=run.year,
        index=sorted(rows, key=lambda row: str(row["country"])),
        findings=findings,
        editorial=editorial,
        problems=msgspec.convert(whole["problems"].to_dicts(), list[Problem]),
        new_countries=[name for name, only in lone if only == run.year],
        gone_countries=[name for name, only in lone if only == run.since],
        signature=signature,
        profile=profile,
        trends=msgspec.convert(series.to_dicts(), list[TrendPoint]),
        tables=whole.keys(),
        other_names={slug: run.corpus.names.others(slug) for slug in slugs},
        regions=_regions(slugs),
        one_sided=[(slug_of[one.country], one) for one in said],
        orphans=matched([one.finding for one in findings], reviews).orphans,
        sources={slug: addresses(run.corpus, slug, (run.since, run.year)) for slug in slugs},
        workbook=True,
        history_href=f"../{HISTORY}/index.html" if any(judged.ages for judged, _ in shown) else None,
    )


def _regions(slugs: Iterable[str]) -> dict[str, str]:
    known = {slug: territory(slug) for slug in slugs}
    return {slug: one.region for slug, one in known.items() if one is not None and one.region}


@dataclass(frozen=True)
class _Rows:
    """The rows of a table, each made when it is asked for: those of a year's sentences take 100 MB."""

    table: pl.DataFrame

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.table.iter_rows(named=True)


def all_pages(
    year: reporting.YearPage,
    whole: Mapping[str, pl.DataFrame],
    shown: Sequence[tuple[Judged, Finished]],
    store: Store,
) -> Iterator[tuple[str, str]]:
    """Every page of a year's report with its name, one at a time."""
    yield "index", reporting.index_page(year)
    columns = ("op", "old_section", "new_section", "old_text", "new_text")
    table, runs = whole["sentences"].select(columns), whole["sentences"]["country"].rle().struct.unnest()
    sentences = {
        str(country): _Rows(table.slice(end - length, length))  # a view: a table for each would take as much once more
        for country, length, end in zip(runs["value"], runs["len"], runs["len"].cum_sum(), strict=True)
    }
    yield "search", reporting.search_page(year, sentences)
    yield "review", reporting.review_page(year)
    yield from _country_pages(shown, store)


def _country_pages(shown: Sequence[tuple[Judged, Finished]], store: Store) -> Iterator[tuple[str, str]]:
    """Each country's page out of the cache, made again where the cache could not hold it."""
    names = [(judged.piece.slug, judged.piece.country) for judged, _ in shown]
    for (judged, _), before, after in zip(shown, [None, *names], [*names[1:], None], strict=False):
        kept = store.get(f"pages/{judged.key}")
        page = make(judged, store)[1] if kept is None else kept.decode("utf-8")
        yield judged.piece.slug, reporting.with_neighbours(page, before, after)


def other_files(whole: Mapping[str, pl.DataFrame], shown: Sequence[tuple[Judged, Finished]]) -> dict[str, bytes]:
    """What is made of a year's tables and lies beside its pages, by name."""
    pages = {judged.piece.country: judged.piece.slug for judged, _ in shown}
    return {"report.xlsx": reporting.year_workbook(whole, pages)}


def kept_files(reviews: Sequence[Review]) -> dict[str, bytes]:
    """What readers gave and a later run must not lose, by name."""
    return {REVIEW_FILE: review_lines(reviews).encode()} if reviews else {}


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
