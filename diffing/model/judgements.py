"""What judging makes of a pair: changes, findings, recommendations, trends, and the country's verdict."""

from __future__ import annotations

from dataclasses import dataclass

from diffing.model.editions import EditionBreak
from diffing.model.narratives import Problem
from diffing.model.words import Actor, Basis, Direction, Op, Status, Verdict


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
class VerdictReason:
    """What gave a country its verdict, for programs; `Judgement.verdict_rule` says it in words.

    `name` is `word_for_word` (no change at all), `stated_level` (the report's own level moved), `stated_level_against`
    (it moved, and `against`, "figures" or "law and practice", moved the other way), `efforts_both_ways`,
    `nothing_clear`, `nothing_moved` or `weighed`. `progress` and `backsliding` are the sums of strengths, 0 or more.
    """

    name: str
    progress: float = 0.0
    backsliding: float = 0.0
    against: str = ""


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
    verdict_reason: VerdictReason | None = None
    broken: EditionBreak | None = None  # how the edition broke with the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """How a table or page was made, so that two can be compared: version, profile, thresholds, checksums."""

    version: str
    profile: str
    profile_checksum: str
    thresholds: tuple[tuple[str, float], ...] = ()
    checksums: tuple[tuple[str, str], ...] = ()  # (narrative, SHA-256)
