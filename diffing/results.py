"""A `Comparison`: what the stages give for two narratives, which shows itself and gives its tables as polars frames."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diffing.model import (
    DiffingError,
    Judgement,
    Narrative,
    Pair,
    Signature,
    Verdict,
    written_out,
)
from diffing.profile.territories import iso3_of
from diffing.running.signature import signature_of

if TYPE_CHECKING:
    import polars as pl

    from diffing.model import Change, Figure, Finding, Link
    from diffing.reporting import Shown


class PairTables(ABC):
    """The tables of one comparison, or of all countries of a year put together, each made when first asked for."""

    @abstractmethod
    def _table(self, name: str) -> pl.DataFrame: ...

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values, each table as a list of rows."""

    @cached_property
    def sentences(self) -> pl.DataFrame:
        """Each link, added and removed sentence: op, moved, indices, offsets, exact texts, similarity (0 to 1)."""
        return self._table("sentences")

    @cached_property
    def narratives(self) -> pl.DataFrame:
        """The two narratives: where each came from, its checksum, its words and sentences."""
        return self._table("narratives")

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
    def events(self) -> pl.DataFrame:
        """Each deed, state or incident that the two narratives tell: who, what, to whom, and how it is meant."""
        return self._table("events")

    @cached_property
    def one_sided(self) -> pl.DataFrame:
        """What is newly said, then what is no longer said: sentences of one report alone, what weighs most first."""
        return self._table("one_sided")

    @cached_property
    def problems(self) -> pl.DataFrame:
        """What could not be processed, or should be looked at."""
        return self._table("problems")

    @cached_property
    def index(self) -> pl.DataFrame:
        """The country's one row of the year's index."""
        return self._table("index")

    def to_json(self, path: str | Path | None = None) -> str:
        """`to_dict` as JSON text; written to `path` where one is given."""
        return kept(written_out(json.dumps(self.to_dict(), ensure_ascii=False, indent=1)) + "\n", path, "to_json")

    def to_excel(self, path: str | Path) -> None:
        """Writes an Excel workbook: a sheet a table, and one that says what each column means."""
        workbook(self, path)


@dataclass(frozen=True, repr=False)
class Comparison(PairTables):
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
        made = {"sentences": tables.sentence_rows, "sections": tables.section_rows, "word_edits": tables.word_edit_rows}
        if name in made:
            return made[name](self.pair)
        if name == "index":
            return [tables.index_row(self.pair, judged, len(problems))]
        if name == "narratives":
            return [tables.narrative_row(n, iso3_of(n.slug)) for n in (self.pair.old, self.pair.new)]
        figures = (*self.pair.old_figures, *self.pair.new_figures)
        others: dict[str, Sequence[object]] = {"figures": figures, "problems": problems}
        return others[name] if name in others else getattr(judged, name)

    def _table(self, name: str) -> pl.DataFrame:
        from diffing import tables

        return tables.frame(name, self.rows(name))

    @property
    def signature(self) -> Signature:
        """How this was made: version, profile, the checksums of both texts, and a splitter or aligner of the user's."""
        both = self.old, self.new
        own = {
            "aligner": self.pair.aligner,
            "splitter": ", ".join(dict.fromkeys(n.splitter for n in both if n.splitter)),
        }
        texts = [(f"{n.year}/{n.slug}", n.checksum) for n in both]
        return signature_of(self.new.profile, texts, [(what, name) for what, name in own.items() if name])

    def to_html(self, path: str | Path | None = None) -> str:
        """The country's page as one self-contained HTML text; written to `path` where one is given."""
        from diffing.reporting import country_page

        page = country_page(self.pair, self.judgement, self.signature)
        return kept(page, path, "to_html")

    def section(self, key: str) -> SectionComparison:
        """One section of the comparison ("protection"), with its own tables; it shows itself like the whole.

        Raises `DiffingError` for a section that neither text has, naming those that there are.
        """
        there = list(dict.fromkeys(s.key for n in (self.old, self.new) for s in n.sections))
        if key not in there:
            raise DiffingError(f"{self.country}: no section {key!r}; there are {', '.join(there)}")
        return SectionComparison(self, key)

    @cached_property
    def word_edits(self) -> pl.DataFrame:
        """The words inside each changed sentence: section, row of `sentences`, op (equal, removed, added), text."""
        return self._table("word_edits")

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values: country, years, verdict, signature, and each table as a list of rows."""
        from diffing import tables

        return {
            "country": self.country,
            "old_year": self.old.year,
            "new_year": self.new.year,
            "verdict": self.verdict.value,
            "verdict_rule": self.judgement.verdict_rule,
            "signature": asdict(self.signature),
            **{name: getattr(self, name).to_dicts() for name in tables.OF_A_PAIR},
        }

    def to_markdown(self, path: str | Path | None = None) -> str:
        """The comparison as Markdown: verdict, numbers, findings, text; written to `path` where one is given."""
        from diffing.reporting import comparison_markdown

        return kept(comparison_markdown(self.pair, self.judgement), path, "to_markdown")

    def to_docx(self, path: str | Path) -> None:
        """Writes the new text as a Word document in which each change to the old one can be accepted or rejected."""
        from diffing.reporting import comparison_docx

        written(comparison_docx(self.pair, self.judgement), path, "to_docx")

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


@dataclass(frozen=True, repr=False)
class SectionComparison:
    """One section of a comparison: the rows of its tables that stand in the section of either year."""

    comparison: Comparison
    key: str

    def _of(self, name: str, *columns: str) -> pl.DataFrame:
        import polars as pl

        table: pl.DataFrame = getattr(self.comparison, name)
        return table.filter(pl.any_horizontal(pl.col(column) == self.key for column in columns))

    @property
    def sentences(self) -> pl.DataFrame:
        """`Comparison.sentences` of the section: those that moved in or out too."""
        return self._of("sentences", "old_section", "new_section")

    @property
    def word_edits(self) -> pl.DataFrame:
        """`Comparison.word_edits` of the section."""
        return self._of("word_edits", "section")

    @property
    def figures(self) -> pl.DataFrame:
        """`Comparison.figures` of the section."""
        return self._of("figures", "section")

    @property
    def findings(self) -> pl.DataFrame:
        """`Comparison.findings` of the section."""
        return self._of("findings", "section")

    def _repr_html_(self) -> str:
        from diffing.reporting import section_html

        return section_html(self.comparison.pair, self.comparison.judgement, self.key)

    def __repr__(self) -> str:
        pair = self.comparison
        return (
            f"<Section {self.key} of {pair.country} {pair.old.year} -> {pair.new.year}: {len(self.findings)} findings>"
        )


# What the name of a file says that is in it.
_ENDINGS = {
    ".html": "to_html", ".htm": "to_html", ".json": "to_json", ".md": "to_markdown", ".docx": "to_docx",
    ".xlsx": "to_excel", ".doc": "to_docx to a .docx", ".xls": "to_excel to a .xlsx",
    ".csv": "a table's write_csv, as in comparison.findings.write_csv", ".pdf": "to_html and print the page",
}  # fmt: skip


def written(made: str | bytes, path: str | Path, by: str) -> None:
    """Writes what the method `by` made to `path`. Raises `DiffingError` where its name says that it is another kind."""
    from diffing.reporting import write_page

    meant = _ENDINGS.get(Path(path).suffix.lower(), by)
    if meant != by:
        raise DiffingError(f"{path}: {by} writes no {Path(path).suffix}: use {meant}")
    write_page(Path(path), made)


def kept(text: str, path: str | Path | None, by: str) -> str:
    """`text`, written to `path` where one is given."""
    if path is not None:
        written(text, path, by)
    return text


def workbook(of: object, path: str | Path) -> None:
    """Writes the tables of a comparison or a year as an Excel workbook."""
    from diffing import tables
    from diffing.reporting import year_workbook

    names = [name for name in tables.SCHEMAS if hasattr(of, name)]
    written(year_workbook({name: getattr(of, name) for name in names}), path, "to_excel")
