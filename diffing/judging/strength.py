"""Why a finding weighs what it weighs: its rule's weight, how far it moved, and how often the rule is right.

Weights and counts are the profile's (`[judging.rules.<name>]`), counted over findings that were read in both texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from diffing.model import Change, Direction, Verdict
from diffing.profile import RuleSwitch

# A rule is trusted by how often it was right, and a page tells how often a kind was, once so many findings were read.
# Range 4 to 20; lower silences a rule for one mistake, higher tells of few kinds.
LEAST_READ = 6

# A rule that is right less often than this says of nothing that it got better or worse. The design's figure.
LEAST_TRUST = 2 / 3

# A figure that moved by this share of itself weighs its rule's whole weight; a smaller move weighs less. Range 0.1 to
# 1; lower makes one inspector more as heavy as a doubling, higher makes nearly all figures weightless.
FULL_MOVE = 0.5

# The least share of its rule's weight that a figure which moved at all has. Range 0 to 0.5.
LEAST_MOVE = 0.2

# The share of a rule's weight that a level or mark has which did not move, or whose move nobody can tell. Range 0 to
# 0.3; it orders findings on a page and adds to neither side.
UNMOVED = 0.1

# The share that a deed has which nothing in the old text answers: it may be no news. Range 0.3 to 1.
UNANSWERED = 0.75

# The share that a mark has which is given for the first time, or praise that may have been due before. Range 0 to 0.5.
FIRST_MARK = 0.3

# The share that a comparison has where a change of numbers tells the same already. Range 0 to 0.5; more counts one move
# twice.
TOLD_IN_NUMBERS = 0.25

# The share that an answer to a recommendation has where another finding tells the same: it weighs by that one.
TOLD_ELSEWHERE = 0.0

Read = tuple[int, int]
"""How many findings of a rule were right, of how many read."""

DIRECTED = (Verdict.PROGRESS, Verdict.BACKSLIDING, Verdict.MIXED)
_TURNED = {Verdict.PROGRESS: Verdict.BACKSLIDING, Verdict.BACKSLIDING: Verdict.PROGRESS}


def strength(rule: RuleSwitch, share: float) -> float:
    """How much a finding weighs in the country's verdict, 0 to 1; `share` (0 to 1) is of its rule's weight."""
    return round(rule.weight * share * trust(rule), 3)


def trust(rule: RuleSwitch) -> float:
    """The share of a rule's findings still said that were right, 0 to 1; 1 where too few were read."""
    few = rule.right is None or rule.read is None or rule.read < LEAST_READ
    return 1.0 if few else (rule.right or 0) / (rule.read or 1)


def readings(kinds: Iterable[tuple[str, int, int, int, int]]) -> dict[tuple[str, str, str], Read]:
    """How many findings of a kind (rule, verdict, what they are of) were right when first read, of how many; and of
    the wider groups, which leave the last or the last two empty."""
    found: defaultdict[tuple[str, str, str], Read] = defaultdict(lambda: (0, 0))
    for name, *counts in kinds:
        rule, _, of = name.partition(" ")
        for verdict, told in zip(_TURNED, (counts[:2], counts[2:]), strict=True):
            for group in {(rule, verdict.value, of), (rule, verdict.value, ""), (rule, "", "")}:
                found[group] = (found[group][0] + told[0], found[group][1] + told[1])
    return dict(found)


def share_of(verdict: Verdict) -> float:
    """The share of its rule's weight that a step on a ladder has: all of it where it went one way."""
    return 1.0 if verdict in _TURNED else UNMOVED


def size_of(change: Change) -> float:
    """How large a change is, 0 to 1: the share that it moved of the larger of its ends, against `FULL_MOVE`."""
    if change.direction not in (Direction.UP, Direction.DOWN) or change.delta is None:
        return 1.0
    larger = max(abs(change.from_value or 0.0), abs(change.to_value or 0.0))
    return max(LEAST_MOVE, min(1.0, abs(change.delta) / larger / FULL_MOVE)) if larger else 1.0


def judged(rule: RuleSwitch, verdict: Verdict) -> Verdict:
    """The verdict as the profile's polarity of the rule has it, and as far as the rule may be trusted."""
    if trust(rule) < LEAST_TRUST and verdict in DIRECTED:
        return Verdict.UNCLEAR
    if rule.polarity == 1 or verdict not in _TURNED:
        return verdict
    return turned(verdict) if rule.polarity == -1 else Verdict.UNCLEAR


def turned(verdict: Verdict) -> Verdict:
    """The verdict with progress and backsliding exchanged; the others stay."""
    return _TURNED.get(verdict, verdict)
