"""A `YearDiff`: all countries of a year compared with an earlier one, the tables of the countries put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from diffing.corpus.naming import CountryNames
from diffing.model import EditorialChange, Problem, Severity, slug_of
from diffing.results import Comparison, PairTables, kept, written

if TYPE_CHECKING:
    import polars as pl


class Comparisons(tuple[Comparison, ...]):
    """The comparisons of a year in the order of their countries; a country's slug, name or alias finds its own."""

    __slots__ = ()

    @overload  # type: ignore[override]  # a tuple knows no names
    def __getitem__(self, key: int | str) -> Comparison: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Comparison, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Comparison | tuple[Comparison, ...]:
        """The comparison at a position, or that of the country with this slug, name or alias."""
        if isinstance(key, str):
            found = self._of(key)
            if found is None:
                raise KeyError(f"no comparison of {key!r}; there are {', '.join(c.new.slug for c in self)}")
            return found
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        """Whether a country, by slug or name, or a comparison is among them."""
        return self._of(key) is not None if isinstance(key, str) else super().__contains__(key)

    def _of(self, country: str) -> Comparison | None:
        """The first comparison of a country given as slug, name or alias."""
        slug = slug_of(country)
        names = CountryNames(self[0].new.profile.aliases, self[0].new.profile.names) if self else None
        found = (c for c in self if slug in (c.new.slug, c.old.slug) or (names and names.same(slug, c.new.slug)))
        return next(found, None)


@dataclass(frozen=True, repr=False)
class YearDiff(PairTables):
    """All countries of a year compared with an earlier one; the tables are those of the countries, put together."""

    old_year: int
    new_year: int
    comparisons: Comparisons
    editorial_changes: tuple[EditorialChange, ...]
    lone: tuple[tuple[str, int], ...] = ()  # (country, the only year it is in)
    failed: tuple[Problem, ...] = ()

    def _table(self, name: str) -> pl.DataFrame:
        from diffing import tables

        return tables.concat(name, (getattr(comparison, name) for comparison in self.comparisons))

    @cached_property
    def problems(self) -> pl.DataFrame:
        """`Comparison.problems` of all countries, and the narratives that could not be processed."""
        from diffing import tables

        return tables.concat("problems", [self._table("problems"), tables.frame("problems", self.failed)])

    @cached_property
    def index(self) -> pl.DataFrame:
        """One row a country, those that are in one year only included (verdict null)."""
        from diffing import tables

        failures = {problem.country for problem in self.failed if problem.severity is Severity.ERROR}
        alone = {country for country, _ in self.lone} | failures
        rows = [tables.lone_row(c, self.old_year, self.new_year, int(c in failures)) for c in sorted(alone)]
        return tables.concat("index", [*(c.index for c in self.comparisons), tables.frame("index", rows)])

    @cached_property
    def editorial(self) -> pl.DataFrame:
        """The changes of the edition: the same edit in many countries."""
        from diffing import tables

        return tables.frame("editorial", self.editorial_changes)

    def __iter__(self) -> Iterator[Comparison]:
        return iter(self.comparisons)

    def __len__(self) -> int:
        return len(self.comparisons)

    def __contains__(self, country: object) -> bool:
        return country in self.comparisons

    def __getitem__(self, country: str) -> Comparison:
        """The comparison of a country, by slug, name or alias."""
        return self.comparisons[country]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values: the two years, and each table as a list of rows."""
        from diffing import tables

        names = ("index", "editorial", *tables.OF_A_PAIR)
        return {
            "old_year": self.old_year,
            "new_year": self.new_year,
            **{name: getattr(self, name).to_dicts() for name in names},
        }

    def to_html(self, path: str | Path | None = None) -> str:
        """All countries on one self-contained page, each in a fold; written to `path` where one is given.

        The report with a page a country, to search and to review, is what ``diffing diff`` writes.
        """
        from diffing.reporting import year_on_one_page

        page = year_on_one_page(self.index, [(c.pair, c.judgement) for c in self.comparisons])
        return kept(page, path, "to_html")

    def to_markdown(self, path: str | Path | None = None) -> str:
        """All countries as Markdown, one after the other below a table; written to `path` where one is given."""
        from diffing.reporting import year_markdown

        text = year_markdown(self.index, [(c.pair, c.judgement) for c in self.comparisons])
        return kept(text, path, "to_markdown")

    def to_docx(self, path: str | Path) -> None:
        """Writes one Word document of all countries, with each change as a tracked change, as of one comparison."""
        from diffing.reporting import year_docx

        written(year_docx([(c.pair, c.judgement) for c in self.comparisons]), path, "to_docx")

    def _repr_html_(self) -> str:
        from diffing.reporting import year_html

        return year_html(self.index)

    def __repr__(self) -> str:
        countries = "1 country" if len(self) == 1 else f"{len(self)} countries"
        return f"<YearDiff {self.old_year} -> {self.new_year}: {countries}>"
