"""The words of a page: how values, years, verdicts and directions are said. "Not reported" is never a number.

>>> amount(8.0, Status.REPORTED, "victim")
'eight victims'
>>> amount(0.0, Status.REPORTED, "victim")
'none'
>>> amount(None, Status.NOT_REPORTED, "victim")
'not reported'
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from diffing.model import (
    REJECTED,
    Basis,
    Change,
    Direction,
    Figure,
    Finding,
    Judgement,
    Op,
    Qualifier,
    Rule,
    Status,
    TrendPoint,
    Verdict,
    breakdown_words,
)
from diffing.model.printed_numbers import BY_ACTOR, Bounds, bounded, digits, is_money
from diffing.profile import Profile

SIGNS = {
    Verdict.PROGRESS: "▲",
    Verdict.BACKSLIDING: "▼",
    Verdict.MIXED: "◆",
    Verdict.NO_CHANGE: "=",
    Verdict.UNCLEAR: "?",
}
VERDICTS = {
    Verdict.PROGRESS: "Progress",
    Verdict.BACKSLIDING: "Backsliding",
    Verdict.MIXED: "Mixed",
    Verdict.NO_CHANGE: "No change",
    Verdict.UNCLEAR: "Unclear",
}
# The headline where sentences changed and what of it can be weighed did not move: no claim that nothing changed.
NONE_FOUND = "No change found"
DIRECTIONS = {
    Direction.UP: "↑ up",
    Direction.DOWN: "↓ down",
    Direction.SAME: "→ the same",
    Direction.NO_LONGER_REPORTED: "no longer reported",
    Direction.NEWLY_REPORTED: "newly reported",
    Direction.NOT_COMPARABLE: "not comparable",
}
OPS = {
    Op.EQUAL: "unchanged",
    Op.EDITED: "edited",
    Op.SPLIT: "split",
    Op.MERGED: "merged",
    Op.ADDED: "added",
    Op.REMOVED: "removed",
    Op.KEPT: "kept",
}
_UNIT_NOUNS = {
    "persons": "person",
    "cases": "case",
    "sessions": "session",
    "calls": "call",
    "inspections": "inspection",
    "facilities": "facility",
    "years": "year",
    "items": "",
}
# Letters of a sentence on each side of its number (range 20 to 80): enough to know what is counted, on one line.
BESIDE = 40


def amount(
    value: float | None,
    status: Status | str,
    noun: str = "",
    unit: str | None = None,
    bounds: Bounds = (None, None, None),
) -> str:
    """A value with its noun and how sure it is: 'at least 25 cases'; in words where the report gives no number."""
    if status == Status.NOT_REPORTED:
        return "not reported"
    said = bounded(value, unit, bounds)
    if not said:
        return "no exact number"
    uncounted = value == 0 or unit == "percent" or is_money(unit or "")
    return said if uncounted else f"{said} {plural(noun) if value != 1 else noun}".rstrip()


def amount_of(one: Figure | TrendPoint, noun: str = "") -> str:
    """The value of a figure or of a point of a series, as `amount` says it."""
    return amount(one.value, one.status, noun, one.unit, (one.qualifier, one.low, one.high))


def plural(noun: str) -> str:
    """The plural of an English noun of a profile, by the regular rules."""
    if not noun or noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("x", "ch", "sh")) else "s")


def _dated(said: str, status: Status | str, year: int) -> str:
    """A value and its year: 'eight victims in 2018', 'none in 2019', 'not reported for 2019'."""
    return f"{said} {'for' if status == Status.NOT_REPORTED else 'in'} {year}"


def implied(points: Iterable[TrendPoint]) -> frozenset[tuple[object, ...]]:
    """The values of series that no report prints: worked out from "16 percent more"."""
    return frozenset((*_series(one), one.year, one.value) for one in points if one.basis is Basis.IMPLIED)


def before_and_after(profile: Profile, change: Change, implied: frozenset[tuple[object, ...]]) -> tuple[str, str]:
    """What a change goes from and to; an `implied` value is "about" so much, and a restated one says which report."""
    noun = noun_of(profile, change.indicator, change.unit)
    old = change.from_qualifier, change.from_low, change.from_high
    new = change.to_qualifier, change.to_low, change.to_high
    if (*_series(change), change.from_year, change.from_value) in implied:
        old = Qualifier.APPROXIMATELY, None, None
    before = _dated(
        amount(change.from_value, change.from_status, noun, change.unit, old), change.from_status, change.from_year
    )
    after = _dated(amount(change.to_value, change.to_status, noun, change.unit, new), change.to_status, change.to_year)
    if unmentioned(change):
        after = "not mentioned"
    if change.restated:
        return f"{before} ({change.from_report} report)", f"{after} ({change.to_report} report)"
    return before, after


def unmentioned(change: Change) -> bool:
    """Whether the new report says nothing of it: silence, which is neither zero nor a refusal to report."""
    return change.rule is Rule.NOT_MENTIONED


def direction(change: Change) -> str:
    """Where a number went, in words, or why that can't be said."""
    if unmentioned(change):
        return "no longer mentioned"
    why = change.reason.because if change.direction is Direction.NOT_COMPARABLE else ""
    return DIRECTIONS[change.direction] + (f": {why}" if why else "")


def _series(one: Change | TrendPoint) -> tuple[object, ...]:
    return one.indicator, one.actor, one.unit, one.breakdown


def noun_of(profile: Profile, indicator: str | None, unit: str | None) -> str:
    """The noun that an amount of `indicator` takes: whom it counts where that is persons, else what."""
    known = profile.indicator(indicator)
    noun = _UNIT_NOUNS.get(unit or "", "")
    if known is None or known.unit != unit:
        return noun
    named = known.objects[:1] if unit == "persons" and known.objects else known.nouns[:1]
    return named[0] if named and re.fullmatch(r"[a-z]+", named[0]) else noun


def indicator_title(profile: Profile, indicator: str | None) -> str:
    """An indicator's name as people write it."""
    known = profile.indicator(indicator)
    if known is not None:
        return known.title
    return words(indicator) if indicator else "Another number"


def words(name: str) -> str:
    """A name of the code in words: 'victims_identified' -> 'Victims identified'."""
    said = name.replace("_", " ").replace("-", " ").strip()
    return said[:1].upper() + said[1:]


def series_title(profile: Profile, change: Change) -> str:
    """What a row of the change table counts and by whom, where that is not the government at large."""
    by = ", ".join(filter(None, (BY_ACTOR.get(change.actor), (change.body or "").replace("_", " "))))
    noun = "" if change.indicator else words(change.noun)
    return f"{noun or indicator_title(profile, change.indicator)}{f' ({by})' if by else ''}"


def row_title(profile: Profile, change: Change) -> str:
    """The title of a row that stands alone: its series, its part, and the words about a number that nothing names."""
    said = ", ".join(filter(None, (series_title(profile, change), breakdown_words(change.breakdown))))
    named = change.indicator or " " in change.noun
    return said if named else f"{said}: “{around(change.to_text, change.to_value)}”"


def around(text: str, value: float | None) -> str:
    """The words about the number `value` in `text`, cut at spaces; the text's start where it is spelled otherwise."""
    folded = " ".join(text.split())
    at = -1
    if value is not None:
        found = re.search(rf"(?<![\d.,]){re.escape(digits(value))}(?![\d]|[.,]\d)", folded)
        at = found.start() if found else -1
    start, end = max(0, at - BESIDE), max(0, at) + 2 * BESIDE
    if start > 0:
        start = folded.find(" ", start) + 1
    if end < len(folded):
        end = folded.rfind(" ", start, end) if folded.rfind(" ", start, end) > start else end
    return f"{'… ' if start > 0 else ''}{folded[start:end]}{' …' if end < len(folded) else ''}"


def section_title(profile: Profile, key: str) -> str:
    """A section's title: the profile's for its top level, and the letter of a subsection: 'Section 7.b'."""
    rule = profile.section(key)
    _, _, below = key.partition(".")
    title = rule.title if rule is not None else words(key)
    return f"{title}{'.' if title[-1:].isdigit() else ', '}{below}" if below else title


def delta(change: Change) -> str:
    """How far a number went: '−8 (−100%)'; empty where there is nothing to subtract."""
    if change.delta is None or change.direction is Direction.SAME:
        return ""
    share = f" ({_signed(change.percent)}%)" if change.percent is not None else ""
    return f"{_signed(change.delta)}{share}"


def _signed(value: float) -> str:
    rounded = digits(round(abs(value), 1))
    return f"{'−' if value < 0 else '+'}{rounded}"


def counted(count: int, noun: str) -> str:
    """'1 sentence', '12 sentences'."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def listed(items: Iterable[str]) -> str:
    """'a, b and c'."""
    *most, last = [*items] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def verdict_counts(findings: Iterable[Finding]) -> dict[Verdict, int]:
    """How many findings that no reader rejected there are of each verdict, in the order in which pages show them."""
    counts = dict.fromkeys(SHOWN_FIRST, 0)
    for finding in findings:
        counts[Verdict(finding.verdict)] += finding.review != REJECTED
    return counts


def headline(judgement: Judgement) -> str:
    """A country's verdict in words; *no change* only where no sentence is left that nothing could weigh."""
    found = judgement.verdict_reason is not None and judgement.verdict_reason.name == "nothing_moved"
    return NONE_FOUND if found and judgement.one_sided else VERDICTS[judgement.verdict]


# Backsliding first: what an analyst must not miss. No change last: it is folded.
SHOWN_FIRST = (Verdict.BACKSLIDING, Verdict.PROGRESS, Verdict.MIXED, Verdict.UNCLEAR, Verdict.NO_CHANGE)
