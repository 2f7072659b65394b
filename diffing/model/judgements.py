"""What judging makes of a pair: changes, findings, recommendations, trends, and the country's verdict."""

from __future__ import annotations

from dataclasses import dataclass

from diffing.model.editions import EditionBreak
from diffing.model.events import ToldEvent
from diffing.model.identity import content_id, evidence_id
from diffing.model.narratives import Problem
from diffing.model.rules import NO_REASON, Reason, Rule
from diffing.model.words import Actor, Basis, Direction, Op, Qualifier, Status, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One indicator between two years; one row of the table `changes`.

    `from_sentence` and `to_sentence` are indices in the narratives of `from_report` and `to_report`, `from_start` and
    `to_start` the offsets where these sentences begin. `noun` is what is counted where no indicator says it.
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
    rule: Rule
    from_text: str
    to_text: str
    from_qualifier: Qualifier | None = None
    from_low: float | None = None
    from_high: float | None = None
    to_qualifier: Qualifier | None = None
    to_low: float | None = None
    to_high: float | None = None
    from_sentence: int | None = None
    to_sentence: int | None = None
    from_start: int | None = None
    to_start: int | None = None
    newest: bool = False
    body: str | None = None
    noun: str = ""
    reason: Reason = NO_REASON

    @property
    def change(self) -> str:
        """The id, made of what the change says and of both sentences."""
        evidence = evidence_id(self.country, self.from_text, self.to_text)
        years = (self.from_year, self.to_year, self.from_report, self.to_report)
        return content_id(evidence, *_series(self), *years, *_values(self), self.direction, self.restated, self.noun)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One judged change, with verdict, rule and evidence; one row of the table `findings`.

    `strength` (0 to 1) is how much it weighs in the country's verdict. `old_sentences` and `new_sentences` are the
    indices of the evidence, so that a page can link to it, `old_starts` and `new_starts` the offsets where these
    sentences begin. What it says of a figure (actor, years, statuses) is null where it says nothing of one; `change`
    is the id of the change that it tells.
    """

    country: str
    old_year: int
    new_year: int
    section: str | None
    indicator: str | None
    from_value: float | None
    to_value: float | None
    verdict: Verdict
    rule: Rule
    strength: float
    summary: str
    old_text: str | None
    new_text: str | None
    old_sentences: tuple[int, ...] = ()
    new_sentences: tuple[int, ...] = ()
    old_starts: tuple[int, ...] = ()
    new_starts: tuple[int, ...] = ()
    actor: Actor | None = None
    unit: str | None = None
    breakdown: str | None = None
    from_year: int | None = None
    to_year: int | None = None
    from_status: Status | None = None
    to_status: Status | None = None
    change: str | None = None
    reason: Reason = NO_REASON
    body: str | None = None
    review: str | None = None
    note: str | None = None
    rule_right: int | None = None
    rule_read: int | None = None

    @property
    def evidence(self) -> str:
        """The id of what it rests on: the country and both texts."""
        return evidence_id(self.country, self.old_text, self.new_text)

    @property
    def finding(self) -> str:
        """The id of what it claims of its evidence."""
        years = (self.old_year, self.new_year) if self.from_year is None else (self.from_year, self.to_year)
        return content_id(self.evidence, self.rule, self.verdict, *_series(self), *years, *_values(self))


def _series(row: Change | Finding) -> tuple[str | None, ...]:
    return row.indicator, row.actor, row.body, row.unit, row.breakdown


def _values(row: Change | Finding) -> tuple[object, ...]:
    return row.from_status, row.to_status, row.from_value, row.to_value


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
    """What one report says of one indicator in one year; one row of the table `trends`.

    One point of each series and year is `chosen`, and `why` says why; `sentence` is the index of the sentence that
    tells it in the narrative of `report_year`.
    """

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
    qualifier: Qualifier = Qualifier.EXACT
    low: float | None = None
    high: float | None = None
    body: str | None = None
    chosen: bool = False
    why: str = ""
    sentence: int | None = None


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
class OneSided:
    """What one report alone says, without direction: one row of the table `one_sided`.

    `rule` is newly said or no longer said; the latter is silence, which says nothing of what is true. `said` are the
    runs of words of the sentence `text` that the other report does not tell; `weight` (0 to 1) ranks it by what it
    tells (`tells`, in words) and how little of that stands elsewhere; `section_alone`: the other has no such section.
    """

    country: str
    old_year: int
    new_year: int
    rule: Rule
    weight: float
    tells: tuple[str, ...]
    section: str
    section_alone: bool
    sentence: int
    start: int
    said: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictReason:
    """What gave a country its verdict, for programs; `Judgement.verdict_rule` says it in words.

    `name` is `withheld` (much of a text is gone or new, `against` says how much), `word_for_word` (no change at all),
    `stated_level` (the report's own level moved), `stated_level_against`
    (it moved, and `against`, "figures" or "law and practice", moved the other way), `efforts_both_ways`,
    `nothing_clear`, `nothing_moved` or `weighed`. `progress` and `backsliding` are the sums of strengths, 0 or more.
    """

    name: str
    progress: float = 0.0
    backsliding: float = 0.0
    against: str = ""
    rejected: int = 0  # findings that readers rejected, which do not weigh


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
    events: tuple[ToldEvent, ...] = ()  # of both narratives, those without direction too
    problems: tuple[Problem, ...] = ()
    verdict_reason: VerdictReason | None = None
    broken: EditionBreak | None = None  # how the edition broke with the one before
    withheld: str = ""  # why no verdict may be given, in words; empty where one may
    one_sided: tuple[OneSided, ...] = ()  # newly said, then no longer said, of each what weighs most first

    def said_by_one(self, rule: Rule) -> tuple[OneSided, ...]:
        """What is newly or no longer said, what weighs most first."""
        return tuple(one for one in self.one_sided if one.rule is rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """How a table or page was made, so that two can be compared: version, profile, thresholds, checksums."""

    version: str
    profile: str
    profile_checksum: str
    thresholds: tuple[tuple[str, float], ...] = ()
    checksums: tuple[tuple[str, str], ...] = ()  # (narrative, SHA-256)
    own: tuple[tuple[str, str], ...] = ()  # (splitter or aligner, what the user put in its place)
