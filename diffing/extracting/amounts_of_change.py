"""Numbers that say by how much something changed: "a 16 percent increase", "two fewer", "rose by 40"."""

from __future__ import annotations

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token, place_before

_THAN = frozenset(("less than", "more than", "higher than", "lower than"))


def mark_changes(tokens: list[Token], candidates: list[Candidate]) -> None:
    """Marks the quantities that are amounts of change."""
    for candidate in candidates:
        candidate.quantity.change |= _changes(tokens, candidate)


def _changes(tokens: list[Token], candidate: Candidate) -> bool:
    quantity, at = candidate.quantity, candidate.at
    if quantity.money and tokens[at + 1].word in _THAN:
        return True  # "$200,000 less than in 2018"
    if _between_groups(tokens, candidate) or _further(tokens, candidate):
        return False
    behind = _more_behind(tokens, candidate)
    return _changed_before(tokens, candidate) if behind is None else behind


def _further(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether "more" adds to the number: "three million more participants", "and six more in the provinces"."""
    return candidate.quantity.unit != "percent" and tokens[candidate.at + 1].word == "more"


def _more_behind(tokens: list[Token], candidate: Candidate) -> bool | None:
    """Whether "fewer", "increase" or "more than" behind the number make it a change; None where nothing says."""
    unit = candidate.quantity.unit == "percent"
    for n, token in enumerate(tokens[candidate.at + 1 : candidate.at + 4]):
        first = n == 0
        words, more = token.word.split(), "amount_of_change" in token.entry.roles
        if more and (token.tag == "c" or len(words) == 1) and (first or unit):
            return first or token.word != "more"
        if token.tag == "Q" and first and more:
            return True
    return None


def _changed_before(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether a change stands before the number: "an increase of 4 percent", "up by 12", "rose by 40"."""
    at, unit = candidate.at, candidate.quantity.unit == "percent"
    at = place_before(tokens, at, "a") + 1  # "rose by a third"
    ahead, second = tokens[at - 1], tokens[at - 2]
    governed = bool(candidate.verbs) and candidate.verbs[0].tag == "g"
    if ahead.word == "of" and "amount_of_change" in second.entry.roles:
        return True
    if ahead.word in ("up", "down") and unit and second.tag in ",-(b":
        return True
    if ahead.word == "by" and governed:
        return True
    if unit and ahead.tag == "g" and "reaching" not in ahead.entry.roles:
        return True
    beside = any(t.tag == "q" and getattr(t.value, "change", False) for t in tokens[max(0, at - 6) : at])
    return unit and governed and ahead.tag in "&fxQ" and beside and tokens[at + 1].word != "of"


def _between_groups(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether groups are compared, not years: "earned 18 percent less than men"."""
    than, group = tokens[candidate.at + 1 : candidate.at + 3]
    return candidate.quantity.unit == "percent" and (group.tag in "nx" or group.word == "their") and than.word in _THAN
