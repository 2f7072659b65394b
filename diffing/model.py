"""The values that pass between the rooms: frozen, each carrying the evidence for what it says.

A narrative is read, two are aligned into a :class:`Pair` with their figures, a pair is judged into a
:class:`Judgement`; pages and tables are made from those two. Nothing here reads a file or decides anything.
Field names of the row types (``Figure``, ``Change``, ``Finding``, ...) are the column names of `tables`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diffing.profile import Profile


class DiffingError(Exception):
    """What the project raises for a caller's input: the message says what, where and what to do."""


class OutputError(DiffingError):
    """A result (a report, a page, a narrative of a corpus) that can't be written where it was asked for."""


class Op(StrEnum):
    """What became of a sentence, a section or a recommendation between two years."""

    EQUAL = "equal"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"


class Verdict(StrEnum):
    """Which way a change goes."""

    PROGRESS = "progress"
    BACKSLIDING = "backsliding"
    NO_CHANGE = "no_change"
    MIXED = "mixed"
    UNCLEAR = "unclear"


class Status(StrEnum):
    """Whether the report gives the number; ``NOT_REPORTED`` is never zero."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"


class Basis(StrEnum):
    """How a figure's year (or value) is known."""

    STATED = "stated"
    REPORTING_PERIOD = "reporting_period"
    RELATIVE = "relative"
    STREAK = "streak"
    IMPLIED = "implied"


class Qualifier(StrEnum):
    """How sure the report is of a number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    FEWER_THAN = "fewer_than"
    APPROXIMATELY = "approximately"
    RANGE = "range"


class Actor(StrEnum):
    """Who did or said what a figure counts."""

    GOVERNMENT = "government"
    NGO = "ngo"
    INTERNATIONAL_ORGANIZATION = "international_organization"
    OTHER = "other"


class Direction(StrEnum):
    """Where a number went between two years."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NO_LONGER_REPORTED = "no_longer_reported"
    NEWLY_REPORTED = "newly_reported"
    NOT_COMPARABLE = "not_comparable"


class Stage(StrEnum):
    """Where a problem was met."""

    READ = "read"
    ALIGN = "align"
    EXTRACT = "extract"
    JUDGE = "judge"
    REPORT = "report"


class Severity(StrEnum):
    """``ERROR``: could not be processed. ``WARNING``: processed, but look at this."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader of the report must know of; one row of the table `problems`."""

    country: str
    year: int | None
    stage: Stage
    severity: Severity
    message: str


# --- reading ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a narrative's text that is no sentence: a heading, a frame, a list marker.

    ``text == narrative.text[start:end]``; `reason` says which rule set it apart.
    """

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed; ``text == narrative.text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A run of sentences under one of the profile's section keys, in the order of the text.

    `headings` holds every heading inside the run, subheadings too. A key may come twice in one narrative
    (a protection paragraph after prevention); each run is a section of its own.
    """

    key: str
    headings: tuple[Span, ...]
    sentences: tuple[Sentence, ...]

    @property
    def heading(self) -> str | None:
        """The first heading as printed, or None where it is lost."""
        return self.headings[0].text if self.headings else None


@dataclass(frozen=True)
class Narrative:
    """One country's text in one year's report.

    Every character of `text` that is not white space lies in exactly one sentence, heading or dropped span.
    `problems` are what reading noticed; `source` is where the text came from, for messages; `checksum` is the
    SHA-256 of the file's bytes, or of the text where there was no file.
    """

    country: str
    slug: str
    year: int
    text: str
    sections: tuple[Section, ...]
    dropped: tuple[Span, ...]
    profile: Profile = field(repr=False, compare=False)
    problems: tuple[Problem, ...] = ()
    source: str = ""
    checksum: str = ""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in the order of the text: what a table's sentence indices count."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @cached_property
    def sentence_sections(self) -> tuple[str, ...]:
        """The section key of each of `sentences`."""
        return tuple(section.key for section in self.sections for _ in section.sentences)

    def __repr__(self) -> str:
        return (
            f"<Narrative {self.country} {self.year}: {len(self.sentences)} sentences in {len(self.sections)} sections>"
        )

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)


# --- aligning --------------------------------------------------------------------------------------------------


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


# --- extracting ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, or one explicit absence of a number, with its indicator and year.

    `start` and `end` are offsets into the text that was given (the narrative's for a whole narrative);
    `value`, `low` and `high` are null where the report gives none. `part_of` is the `figure` of the whole.
    Breakdowns are in normal form (``sex=female``), null for a whole.
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


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the aligned text: a link, or a sentence of one side alone (`link` is None)."""

    op: Op
    old: tuple[int, ...]
    new: tuple[int, ...]
    link: Link | None


@dataclass(frozen=True)
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

    def _op(self, link: Link) -> Op:
        if len(link.old) == 1 and len(link.new) == 1:
            old, new = self.old.sentences[link.old[0]].text, self.new.sentences[link.new[0]].text
            return Op.EQUAL if old == new or old.split() == new.split() else Op.EDITED
        if len(link.old) == 1:
            return Op.SPLIT
        return Op.MERGED if len(link.new) == 1 else Op.EDITED


# --- judging ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One indicator between two years; one row of the table `changes`.

    `from_sentence` and `to_sentence` say where the two sentences stand: (report year, sentence index).
    """

    country: str
    indicator: str | None
    actor: Actor
    unit: str | None
    breakdown: str | None
    from_year: int
    to_year: int
    from_value: float | None
    to_value: float | None
    from_status: Status
    to_status: Status
    from_report: int
    to_report: int
    delta: float | None
    percent: float | None
    direction: Direction
    restated: bool
    verdict: Verdict
    rule: str
    from_text: str
    to_text: str
    from_sentence: tuple[int, int] | None = None
    to_sentence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One judged change, with verdict, rule and evidence; one row of the table `findings`.

    `strength` (0 to 1) is how much it weighs in the country's verdict. `old_sentences` and `new_sentences` are the
    indices of the evidence, so that a page can link to it.
    """

    country: str
    old_year: int
    new_year: int
    section: str | None
    indicator: str | None
    from_value: float | None
    to_value: float | None
    verdict: Verdict
    rule: str
    strength: float
    summary: str
    old_text: str | None
    new_text: str | None
    old_sentences: tuple[int, ...] = ()
    new_sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What became of one recommendation; one row of the table `recommendations`.

    `years_repeated` counts the reports in a row, this one included, that make it.
    """

    country: str
    old_year: int
    new_year: int
    op: Op
    old_text: str | None
    new_text: str | None
    similarity: float | None
    years_repeated: int
    follow_up: str | None
    follow_up_verdict: Verdict | None
    old_sentence: int | None = None
    new_sentence: int | None = None
    follow_up_sentence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """What one report says of one indicator in one year; one row of the table `trends`."""

    country: str
    indicator: str | None
    actor: Actor
    unit: str | None
    breakdown: str | None
    year: int
    value: float | None
    status: Status
    basis: Basis
    report_year: int
    restated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorialChange:
    """A change of the edition, not of a country: the same edit in many narratives; one row of `editorial`."""

    old_year: int
    new_year: int
    kind: str  # phrase, section or label
    old_text: str | None
    new_text: str | None
    countries: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All that is said of a pair: its changes, findings and the country's verdict with the rule that gave it.

    `old_stated` and `new_stated` are the reports' own tier or level; `stated_verdict` is the move between them.
    """

    changes: tuple[Change, ...]
    trends: tuple[TrendPoint, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    verdict: Verdict
    verdict_rule: str
    stated_verdict: Verdict | None
    old_stated: str | None
    new_stated: str | None
    editorial: tuple[EditorialChange, ...] | None = None  # None: one country alone, so nobody could look
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """How a table or page was made, so that two can be compared: version, profile, thresholds, checksums."""

    version: str
    profile: str
    profile_checksum: str
    thresholds: tuple[tuple[str, float], ...] = ()
    checksums: tuple[tuple[str, str], ...] = ()  # (narrative, SHA-256)
