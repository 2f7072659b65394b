"""The five stages in order: read -> align -> extract -> judge -> report.

Each stage is a pure function from values to values; this module calls them one after the other and wraps what comes
out in two objects: a :class:`Comparison` of two narratives, and a :class:`YearDiff` of all countries of a year.

>>> old = parse_narrative("Police identified eight victims.", country="Norvania", year=2019)
>>> new = parse_narrative("Police identified nine victims.", country="Norvania", year=2020)
>>> compare(old, new).sentences["op"].to_list()
['edited']
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, overload

from diffing.aligning import align_sections, align_sentences, word_edits
from diffing.corpus import Corpus
from diffing.extracting import extract_narrative, recommendation_items
from diffing.judging import edit_signatures, editorial_changes, judge
from diffing.model import (
    DiffingError,
    EditorialChange,
    Judgement,
    Narrative,
    Op,
    Pair,
    Problem,
    Severity,
    Signature,
    Stage,
    Verdict,
)
from diffing.reading import parse_narrative, read_narrative
from diffing.running.signature import __version__, signature_of

if TYPE_CHECKING:
    import polars as pl

    from diffing.model import Change, Figure, Finding, Link
    from diffing.reporting import Shown

__all__ = ["Comparison", "YearDiff", "__version__", "compare", "diff_year", "parse_narrative", "read_narrative"]


def align(old: Narrative, new: Narrative, earlier: Sequence[Narrative] = ()) -> Pair:
    """Stage two: which sentences, words and sections of the two narratives answer each other.

    `earlier` are the narratives of the years before `old`, oldest first, carried along for what they tell.
    Raises `DiffingError` where the two are not an earlier and a later narrative.
    """
    if old.year >= new.year:
        raise DiffingError(
            f"{new.country}: the old narrative must be of an earlier year, not {old.year} and {new.year}"
        )
    links = align_sentences(
        [sentence.text for sentence in old.sentences],
        [sentence.text for sentence in new.sentences],
        old_sections=old.sentence_sections,
        new_sections=new.sentence_sections,
    )
    pair = Pair(
        old=old,
        new=new,
        links=tuple(links),
        edits=(),
        sections=align_sections(old, new, links),
        old_figures=(),
        new_figures=(),
        earlier=tuple(earlier),
        problems=(*old.problems, *new.problems),
    )
    edits = tuple(
        ()
        if op is Op.EQUAL
        else word_edits(
            " ".join(old.sentences[i].text for i in link.old), " ".join(new.sentences[j].text for j in link.new)
        )
        for link, op in zip(pair.links, pair.ops, strict=True)
    )
    return replace(pair, edits=edits)


def extract(pair: Pair) -> Pair:
    """Stage three: `pair` with the figures of its narratives, the earlier ones included."""
    found = [extract_narrative(narrative) for narrative in (*pair.earlier, pair.old, pair.new)]
    *earlier, old, new = (figures for figures, _ in found)
    return replace(
        pair,
        old_figures=old,
        new_figures=new,
        earlier_figures=tuple(earlier),
        problems=(*pair.problems, *found[-2][1], *found[-1][1]),
    )


def judge_pair(pair: Pair, editorial: Sequence[EditorialChange] | None = None) -> Judgement:
    """Stage four: what changed and which way; `editorial` None where one country is looked at alone."""
    items = [recommendation_items(narrative) for narrative in (*pair.earlier, pair.old, pair.new)]
    return judge(pair, recommendations=items, editorial=editorial)


def compare(old: Narrative, new: Narrative, *, earlier: Sequence[Narrative] = ()) -> Comparison:
    """What changed between two narratives of one country, and which way.

    Raises `DiffingError` where `old` is not of an earlier year than `new`.
    """
    pair = extract(align(old, new, earlier))
    return Comparison(pair, judge_pair(pair))


@dataclass(frozen=True, repr=False)
class Comparison:
    """Two narratives of a country, compared; the tables are polars frames with the columns of `tables.SCHEMAS`.

    Shows itself in JupyterLab; `to_html` writes the country's page.
    """

    pair: Pair
    judgement: Judgement

    @property
    def old(self) -> Narrative:
        """The earlier narrative."""
        return self.pair.old

    @property
    def new(self) -> Narrative:
        """The later narrative."""
        return self.pair.new

    @property
    def country(self) -> str:
        """The country's name as people write it."""
        return self.pair.new.country

    @property
    def verdict(self) -> Verdict:
        """progress, backsliding, no_change, mixed or unclear; `judgement.verdict_rule` says why."""
        return self.judgement.verdict

    def rows(self, name: str) -> Sequence[object]:
        """The rows of the table `name` (one of `tables.SCHEMAS` but `editorial`) before they become a frame."""
        from diffing import tables

        judged, problems = self.judgement, (*self.pair.problems, *self.judgement.problems)
        if name == "sentences":
            return tables.sentence_rows(self.pair)
        if name == "sections":
            return tables.section_rows(self.pair)
        if name == "index":
            return [tables.index_row(self.pair, judged, len(problems))]
        return {
            "figures": (*self.pair.old_figures, *self.pair.new_figures),
            "changes": judged.changes,
            "findings": judged.findings,
            "recommendations": judged.recommendations,
            "trends": judged.trends,
            "problems": problems,
        }[name]

    def _table(self, name: str) -> pl.DataFrame:
        from diffing import tables

        return tables.frame(name, self.rows(name))

    @cached_property
    def sentences(self) -> pl.DataFrame:
        """Each link, added and removed sentence: op, moved, indices, offsets, exact texts, similarity (0 to 1)."""
        return self._table("sentences")

    @cached_property
    def sections(self) -> pl.DataFrame:
        """Each section with its headings, counts of what became of its sentences, and similarity (0 to 1)."""
        return self._table("sections")

    @cached_property
    def figures(self) -> pl.DataFrame:
        """Each figure of both narratives: indicator, actor, year, value, status, offsets and text."""
        return self._table("figures")

    @cached_property
    def changes(self) -> pl.DataFrame:
        """Each indicator between two years, with its verdict, rule and both sentences."""
        return self._table("changes")

    @cached_property
    def findings(self) -> pl.DataFrame:
        """Each judged change, with verdict, rule, strength (0 to 1), summary and evidence."""
        return self._table("findings")

    @cached_property
    def recommendations(self) -> pl.DataFrame:
        """What became of each recommendation, and the sentence that answers it."""
        return self._table("recommendations")

    @cached_property
    def trends(self) -> pl.DataFrame:
        """Each indicator in each year, as each report gives it."""
        return self._table("trends")

    @cached_property
    def problems(self) -> pl.DataFrame:
        """What could not be processed, or should be looked at."""
        return self._table("problems")

    @cached_property
    def index(self) -> pl.DataFrame:
        """The country's one row of the year's index."""
        return self._table("index")

    @property
    def signature(self) -> Signature:
        """How this was made: version, profile and the checksums of both texts."""
        return signature_of(self.new.profile, [(f"{n.year}/{n.slug}", n.checksum) for n in (self.old, self.new)])

    def to_html(self, path: str | Path | None = None) -> str:
        """The country's page as one self-contained HTML text; written to `path` where one is given."""
        from diffing.reporting import country_page

        page = country_page(self.pair, self.judgement, self.signature)
        if path is not None:
            Path(path).write_text(page, "utf-8")
        return page

    def show(self, thing: Link | Figure | Finding | Change) -> Shown:
        """A link, figure, finding or change of this comparison with its sentences, to show in a notebook."""
        from diffing.reporting import shown

        return shown(self.pair, thing)

    def _repr_html_(self) -> str:
        from diffing.reporting import comparison_html

        return comparison_html(self.pair, self.judgement)

    def __repr__(self) -> str:
        return (
            f"<Comparison {self.country} {self.old.year} -> {self.new.year}: {self.verdict}, "
            f"{len(self.judgement.findings)} findings>"
        )


class Comparisons(tuple[Comparison, ...]):
    """The comparisons of a year in the order of their countries; a country's slug or name finds its own."""

    __slots__ = ()

    @overload  # type: ignore[override]  # a tuple knows no names
    def __getitem__(self, key: int | str) -> Comparison: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Comparison, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Comparison | tuple[Comparison, ...]:
        """The comparison at a position, or that of the country with this slug or name."""
        if isinstance(key, str):
            for comparison in self:
                if key in (comparison.new.slug, comparison.old.slug, comparison.country):
                    return comparison
            raise KeyError(f"no comparison of {key!r}; there are {', '.join(c.new.slug for c in self)}")
        return super().__getitem__(key)


@dataclass(frozen=True, repr=False)
class YearDiff:
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
    def sentences(self) -> pl.DataFrame:
        """`Comparison.sentences` of all countries."""
        return self._table("sentences")

    @cached_property
    def sections(self) -> pl.DataFrame:
        """`Comparison.sections` of all countries."""
        return self._table("sections")

    @cached_property
    def figures(self) -> pl.DataFrame:
        """`Comparison.figures` of all countries."""
        return self._table("figures")

    @cached_property
    def changes(self) -> pl.DataFrame:
        """`Comparison.changes` of all countries."""
        return self._table("changes")

    @cached_property
    def findings(self) -> pl.DataFrame:
        """`Comparison.findings` of all countries."""
        return self._table("findings")

    @cached_property
    def recommendations(self) -> pl.DataFrame:
        """`Comparison.recommendations` of all countries."""
        return self._table("recommendations")

    @cached_property
    def trends(self) -> pl.DataFrame:
        """`Comparison.trends` of all countries."""
        return self._table("trends")

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

    def _repr_html_(self) -> str:
        from diffing.reporting import year_html

        return year_html(self.index)

    def __repr__(self) -> str:
        return f"<YearDiff {self.old_year} -> {self.new_year}: {len(self.comparisons)} countries>"


def diff_year(
    corpus: Corpus | str | Path,
    year: int,
    since: int | None = None,
    countries: Iterable[str] | None = None,
) -> YearDiff:
    """All countries of `year` compared with those of `since` (the newest earlier year of the corpus), in memory.

    Raises `DiffingError` where a year is not in the corpus; a narrative that can't be processed is a row of
    `problems` with severity error, and the others go on.
    """
    corpus = corpus if isinstance(corpus, Corpus) else Corpus(corpus)
    since = corpus.earlier(year, since)
    wanted = None if countries is None else {corpus.slug(country) for country in countries}
    pairs: list[Pair] = []
    failed: list[Problem] = list(corpus.problems)
    in_both, lone = split_countries(corpus, year, since)
    for slug in in_both:
        if wanted is not None and slug not in wanted:
            continue
        try:
            pairs.append(read_pair(corpus, slug, since, year))
        except DiffingError as error:
            failed.append(Problem(corpus.name(slug), year, Stage.READ, Severity.ERROR, str(error)))
    editorial = editorial_changes([edit_signatures(pair) for pair in pairs], since, year) if wanted is None else None
    return YearDiff(
        since,
        year,
        Comparisons(Comparison(pair, judge_pair(pair, editorial)) for pair in pairs),
        editorial or (),
        tuple((corpus.name(slug), only) for slug, only in lone) if wanted is None else (),
        tuple(failed),
    )


def split_countries(corpus: Corpus, year: int, since: int) -> tuple[list[str], tuple[tuple[str, int], ...]]:
    """The slugs that are in both years, and those that are in one only with that year."""
    old, new = set(corpus.countries(since)), set(corpus.countries(year))
    return sorted(old & new), tuple((slug, since if slug in old else year) for slug in sorted(old ^ new))


def read_pair(corpus: Corpus, slug: str, since: int, year: int) -> Pair:
    """Stages one to three of one country: its two narratives and those before, aligned, with their figures."""
    before = [y for y in corpus.years if y < since and slug in corpus.countries(y)]
    earlier = [corpus.narrative(slug, y) for y in before]
    return extract(align(corpus.narrative(slug, since), corpus.narrative(slug, year), earlier))
