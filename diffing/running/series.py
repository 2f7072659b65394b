"""Numbers and ratings over all years of a corpus: of one country with the sentence that tells each, or of all."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from difflib import get_close_matches

import polars as pl

from diffing import tables
from diffing.corpus import Corpus as Held
from diffing.judging import ratings_of
from diffing.judging.trends import series_points
from diffing.model import Actor, Basis, DiffingError, Narrative, Rating, Status, TrendPoint
from diffing.pipeline import Extracted
from diffing.running.editions import Editions
from diffing.store import Store
from diffing.user_cache import cache_of

# What the values of a rating count: the steps of its scale, a higher one better.
LEVEL = "level"


class Corpus(Held):
    """The narratives under `path`: a folder, a table, an address that fsspec reads (``s3://...``), or a data frame.

    A frame of polars or pandas has the columns country, year and text.

    `profile` is a name, a path to a ``.toml``, or what ``corpus.toml`` says, else that of the family that the texts
    show, found when it is first asked for.

    Raises `DiffingError` where the folder is missing or holds no narrative, or ``corpus.toml`` is not valid.
    """

    def trends(self, countries: Iterable[str] | None = None, indicator: str | None = None) -> pl.DataFrame:
        """The table `trends` of all countries (or `countries`) over all editions, of one `indicator` or all.

        A narrative that can't be read is left out with a warning. Raises `DiffingError` for an unknown country or
        indicator.
        """
        if isinstance(countries, str):
            raise DiffingError(f"countries is a list of countries: countries=[{countries!r}]")
        _check_indicator(self, indicator)
        kept = Store(cache_of(self.path))
        wanted = self.countries() if countries is None else sorted({self.slug(country) for country in countries})
        rows: list[TrendPoint] = []
        for slug in wanted:
            points = series_points([(one.narrative, one.figures) for one in _readable(Editions(self, slug, kept))])
            rows += [point for point in points if indicator in (None, point.indicator)]
        return tables.frame("trends", rows)


def _readable(editions: Editions) -> list[Extracted]:
    """A country's narratives with their figures, oldest first; warns of those that can't be read."""
    found = []
    for year in editions.years:
        try:
            found.append(editions.extracted(year))
        except DiffingError as error:
            warnings.warn(f"{editions.country}: the narrative of {year} is left out: {error}", stacklevel=4)
    return found


def country_trends(corpus: Held, country: str, indicator: str | None = None) -> pl.DataFrame:
    """The table `trends` of one country over all years of the corpus that have it, of one `indicator` or all.

    Raises `DiffingError` for an unknown country or indicator, or where only one year has it.
    """
    rows = [point for point, _ in _points(_found(corpus, country, indicator)) if indicator in (None, point.indicator)]
    return tables.frame("trends", rows)


def country_series(corpus: Held, country: str, indicator: str | None = None) -> pl.DataFrame:
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


def _check_indicator(corpus: Held, indicator: str | None, scales: Iterable[str] = ()) -> None:
    known = [one.name for one in corpus.profile.indicators]
    if indicator is not None and indicator not in (*known, *scales):
        near = [name for name in known if indicator in name or name in indicator] or get_close_matches(indicator, known)
        there = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise DiffingError(f"no indicator {indicator!r} in the profile {corpus.profile.name}: {there}")


def _found(corpus: Held, country: str, indicator: str | None) -> list[Extracted]:
    """The country's narratives with their figures, oldest first."""
    slug = corpus.slug(country)
    scales = [scale.name for scale in corpus.profile.judging.stated]
    _check_indicator(corpus, indicator, (*scales, *(f"effort:{rule.key}" for rule in corpus.profile.sections)))
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
