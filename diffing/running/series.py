"""One country's numbers and ratings over all years of a corpus, each with the sentence that tells it."""

from __future__ import annotations

import polars as pl

from diffing import tables
from diffing.corpus import Corpus
from diffing.judging import ratings_of
from diffing.judging.trends import series_points
from diffing.model import Actor, Basis, DiffingError, Narrative, Rating, Status, TrendPoint
from diffing.pipeline import Extracted
from diffing.running.cache import Store, cache_of
from diffing.running.editions import Editions

# What the values of a rating count: the steps of its scale, a higher one better.
LEVEL = "level"


def country_trends(corpus: Corpus, country: str, indicator: str | None = None) -> pl.DataFrame:
    """The table `trends` of one country over all years of the corpus that have it, of one `indicator` or all.

    Raises `DiffingError` for an unknown country or indicator, or where only one year has it.
    """
    rows = [point for point, _ in _points(_found(corpus, country, indicator)) if indicator in (None, point.indicator)]
    return tables.frame("trends", rows)


def country_ratings(corpus: Corpus, country: str) -> pl.DataFrame:
    """The table `ratings` of one country over all years of the corpus that have it. Raises as `country_trends`."""
    return tables.frame("ratings", _ratings(_found(corpus, country, None)))


def country_series(corpus: Corpus, country: str, indicator: str | None = None) -> pl.DataFrame:
    """The table `trends` of one country with its ratings as series too, and two columns more: `level` and `text`.

    A rating has its scale as `indicator`, "level" as `unit`, the level's rank as `value` (null where it has none) and
    its words in `level`; `text` is the sentence that tells the number or the level. `indicator` may be a scale.
    Raises as `country_trends`.
    """
    found = _found(corpus, country, indicator)
    rated = [(_as_point(rating), rating.level, rating.text) for rating in _ratings(found)]
    told = [(point, None, text) for point, text in _points(found)]
    rows = [row for row in (*rated, *told) if indicator in (None, row[0].indicator)]
    values = tables.columns("trends", [point for point, _, _ in rows])
    more = {"level": [level for _, level, _ in rows], "text": [text for _, _, text in rows]}
    schema = tables.schema("trends") | dict.fromkeys(more, pl.String)
    return tables.arranged("trends", pl.DataFrame(values | more, schema=schema))


def _as_point(rating: Rating) -> TrendPoint:
    return TrendPoint(
        country=rating.country,
        indicator=rating.scale,
        actor=Actor.OTHER,
        unit=LEVEL,
        breakdown=None,
        year=rating.year,
        value=rating.rank,
        status=Status.REPORTED,
        basis=Basis.STATED,
        report_year=rating.year,
        restated=False,
        chosen=True,
        sentence=rating.sentence,
    )


def _found(corpus: Corpus, country: str, indicator: str | None) -> list[Extracted]:
    """The country's narratives with their figures, oldest first."""
    slug = corpus.slug(country)
    judging = corpus.profile.judging
    scales = [scale.name for scale in judging.stated] + [f"effort:{rule.key}" for rule in corpus.profile.sections]
    known = [one.name for one in corpus.profile.indicators]
    if indicator is not None and indicator not in (*known, *scales):
        raise DiffingError(f"no indicator {indicator!r} in the profile {corpus.profile.name}: {', '.join(known)}")
    editions = Editions(corpus, slug, Store(cache_of(corpus.path)))
    if len(editions.years) < 2:
        raise DiffingError(
            f"{corpus.path}: {corpus.name(slug)} is only in {editions.years[0]}: a trend needs two years"
        )
    return [editions.extracted(year) for year in editions.years]


def _points(found: list[Extracted]) -> list[tuple[TrendPoint, str]]:
    """The points of all series, each with its sentence."""
    narratives: dict[int, Narrative] = {one.narrative.year: one.narrative for one in found}
    return [
        (point, "" if point.sentence is None else narratives[point.report_year].sentences[point.sentence].text)
        for point in series_points([(one.narrative, one.figures) for one in found])
    ]


def _ratings(found: list[Extracted]) -> list[Rating]:
    return [rating for one in found for rating in ratings_of(one.narrative)]
