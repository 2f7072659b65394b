"""Numbers that say by how much something changed: "a 16 percent increase", "two fewer", "rose by 40"."""

from __future__ import annotations

from itertools import takewhile

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token

THAN_REACH = 8  # tokens from "six more" to what it is more than: "six more in 2021 than in 2020". Range 5 to 12
_THAN = frozenset(("less than", "more than", "higher than", "lower than"))


def mark_changes(tokens: list[Token], candidates: list[Candidate]) -> None:
    """Marks the quantities that are amounts of change."""
    for candidate in candidates:
        quantity = candidate.quantity
        quantity.change = quantity.change or _changes(tokens, candidate)


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
    more, *behind = tokens[candidate.at + 1 : candidate.at + THAN_REACH]
    if candidate.quantity.unit == "percent" or more.word != "more":
        return False
    return not any(t.tag == "c" or "than" in t.word.split() for t in takewhile(lambda t: t.tag not in ";.", behind))


def _more_behind(tokens: list[Token], candidate: Candidate) -> bool | None:
    """Whether "fewer", "increase" or "more than" behind the number make it a change; None where nothing says."""
    unit = candidate.quantity.unit == "percent"
    for n, token in enumerate(tokens[candidate.at + 1 : candidate.at + 4]):
        first = n == 0
        words, more = token.word.split(), "amount_of_change" in token.entry.roles
        if more and (token.tag == "c" or len(words) == 1) and (first or unit):
            return first or token.word != "more"
        if token.tag == "Q" and first and more and words[-1] in ("than", "fewer", "more"):
            return True
    return None


def _changed_before(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether a change stands before the number: "an increase of 4 percent", "up by 12", "rose by 40"."""
    at, unit = candidate.at, candidate.quantity.unit == "percent"
    while tokens[at - 1].tag == "a":
        at -= 1  # "rose by a third"
    before, second = tokens[at - 1], tokens[at - 2]
    governed = bool(candidate.verbs) and candidate.verbs[0].tag == "g"
    if before.word == "of" and "amount_of_change" in second.entry.roles:
        return True
    if before.word in ("up", "down") and unit and second.tag in ",-(b":
        return True
    if before.word == "by" and governed:
        return True
    if unit and before.tag == "g" and "reaching" not in before.entry.roles:
        return True
    beside = any(t.tag == "q" and getattr(t.value, "change", False) for t in tokens[max(0, at - 6) : at])
    return unit and governed and before.tag in "&fxQ" and beside and tokens[at + 1].word != "of"


def _between_groups(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether groups are compared, not years: "earned 18 percent less than men", "30 percent lower salaries than"."""
    than, group, *further = tokens[candidate.at + 1 : candidate.at + 5]
    if candidate.quantity.unit != "percent" or (group.tag not in "nx" and group.word != "their"):
        return False
    return than.word in _THAN or (than.word in ("lower", "higher") and further[0].word == "than")
