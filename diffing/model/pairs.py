"""What aligning and extracting make: links, word edits, figures, and the pair that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from diffing.model.figure_reasons import NOT_NAMED, FigureReason
from diffing.model.narratives import Narrative, Problem
from diffing.model.words import Actor, Basis, Op, Qualifier, Status


@dataclass(frozen=True, slots=True)
class Link:
    """Which old sentences answer which new ones: indices, how alike (0 to 1), and whether they moved."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    similarity: float
    moved: bool = False


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A run of whole words inside a linked pair: ``op`` is equal, added or removed; `text` as printed."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class SectionLink:
    """An old and a new section that answer each other: indices into ``narrative.sections``; None where one lacks."""

    old: int | None
    new: int | None
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, or one explicit absence of a number, with its indicator and year.

    `start` and `end` are offsets into the text that was given (the narrative's for a whole narrative);
    `value`, `low` and `high` are null where the report gives none. `part_of` is the `figure` of the whole.
    Breakdowns are in normal form (``sex=female``), null for a whole. `body` tells one body's count from another's
    within a narrative (``police``, else the name), null where none is told apart. `reason` says what gave the
    indicator, or that nothing did.
    """

    figure: int
    sentence: int
    indicator: str | None
    actor: Actor
    year: int | None
    basis: Basis
    value: float | None
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: str | None
    status: Status
    part_of: int | None
    breakdown: str | None
    start: int
    end: int
    text: str
    country: str | None = None
    report_year: int | None = None
    section: str | None = None
    body: str | None = None
    reason: FigureReason = NOT_NAMED


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the aligned text: a link, or a sentence of one side alone (`link` is None)."""

    op: Op
    old: tuple[int, ...]
    new: tuple[int, ...]
    link: Link | None


@dataclass(frozen=True, repr=False)
class Pair:
    """Two consecutive narratives of a country, aligned, with the figures of both: what judging reads.

    `edits` has the word edits of each link, in the order of `links` (empty for an equal one).
    `earlier` and `earlier_figures` are of the corpus's years before the old one, oldest first, for trends.
    """

    old: Narrative
    new: Narrative
    links: tuple[Link, ...]
    edits: tuple[tuple[WordEdit, ...], ...]
    sections: tuple[SectionLink, ...]
    old_figures: tuple[Figure, ...]
    new_figures: tuple[Figure, ...]
    earlier: tuple[Narrative, ...] = ()
    earlier_figures: tuple[tuple[Figure, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
    aligner: str = ""  # what made the links, where a user put it in the place of ours

    @cached_property
    def ops(self) -> tuple[Op, ...]:
        """What became of the sentences of each link, in the order of `links`: equal, edited, split or merged.

        Equal is the same characters after folding white space; a link of several with several is edited.
        """
        return tuple(self._op(link) for link in self.links)

    @cached_property
    def old_links(self) -> dict[int, int]:
        """Old sentence index -> index into `links`; a sentence that is not there was removed."""
        return {i: number for number, link in enumerate(self.links) for i in link.old}

    @cached_property
    def new_links(self) -> dict[int, int]:
        """New sentence index -> index into `links`; a sentence that is not there was added."""
        return {j: number for number, link in enumerate(self.links) for j in link.new}

    def old_of(self, new: int) -> tuple[int, ...]:
        """The old sentences that a new one answers; none where it was added."""
        return self.links[self.new_links[new]].old if new in self.new_links else ()

    def new_of(self, old: int) -> tuple[int, ...]:
        """The new sentences that answer an old one; none where it was removed."""
        return self.links[self.old_links[old]].new if old in self.old_links else ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The aligned text: every sentence of both sides in exactly one row.

        Rows follow the new text; a removed sentence comes behind the row of the sentence that preceded it in the
        old text (at the top where none did), so that it is read where it was lost.
        """
        lost: dict[int, list[int]] = {}
        anchor = -1  # the link behind which removed sentences go; a moved one would carry them along
        for i in range(len(self.old.sentences)):
            number = self.old_links.get(i)
            if number is None:
                lost.setdefault(anchor, []).append(i)
            elif not self.links[number].moved:
                anchor = number
        rows = [Row(Op.REMOVED, (i,), (), None) for i in lost.pop(-1, [])]
        seen: set[int] = set()
        for j in range(len(self.new.sentences)):
            number = self.new_links.get(j)
            if number is None:
                rows.append(Row(Op.ADDED, (), (j,), None))
            elif number not in seen:
                seen.add(number)
                link = self.links[number]
                rows.append(Row(self.ops[number], link.old, link.new, link))
                rows.extend(Row(Op.REMOVED, (i,), (), None) for i in lost.pop(number, []))
        return tuple(rows)

    def __repr__(self) -> str:  # all of it is two narratives
        return f"<Pair {self.new.country} {self.old.year} -> {self.new.year}: {len(self.links)} links>"

    def _op(self, link: Link) -> Op:
        if len(link.old) == 1 and len(link.new) == 1:
            old, new = self.old.sentences[link.old[0]].text, self.new.sentences[link.new[0]].text
            return Op.EQUAL if old == new or old.split() == new.split() else Op.EDITED
        if len(link.old) == 1:
            return Op.SPLIT
        return Op.MERGED if len(link.new) == 1 else Op.EDITED
