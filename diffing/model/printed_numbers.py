"""The one way to print a number, in findings, tables and pages: words below ten, digits with thousands apart above.

>>> [spelled(8.0), spelled(0.0), spelled(1415.0), spelled(475_600.0, "USD"), spelled(24.0, "percent")]
['eight', 'none', '1,415', '$475,600', '24 percent']
"""

from __future__ import annotations

from diffing.model.words import Actor, Qualifier

_SPELLED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONEY_UNIT_LENGTH = 3  # ISO currencies are the only units in three capitals

BY_ACTOR = {
    Actor.NGO: "by NGOs",
    Actor.INTERNATIONAL_ORGANIZATION: "by international organizations",
    Actor.OTHER: "by others",
}
"""By whom something was counted, where that is not the government."""


Bounds = tuple[Qualifier | None, float | None, float | None]
"""How sure a report is of a number: its qualifier, and the lowest and the highest that it can be."""

_HOW = {
    Qualifier.AT_LEAST: "at least ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.UP_TO: "up to ",
    Qualifier.FEWER_THAN: "fewer than ",
    Qualifier.APPROXIMATELY: "about ",
}


def is_money(unit: str) -> bool:
    """Whether a unit is a currency."""
    return len(unit) == _MONEY_UNIT_LENGTH and unit.isupper()


def digits(value: float) -> str:
    """`value` in digits: thousands apart, no decimals where there are none, else two at the most."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def spelled(value: float, unit: str | None = None) -> str:
    """A count as people write it; money and shares in digits."""
    if unit == "percent":
        return f"{digits(value)} percent"
    if unit is not None and is_money(unit):
        return f"${digits(value)}" if unit == "USD" else f"{digits(value)} {unit}"
    return _SPELLED[int(value)] if value == int(value) and 0 <= value <= 9 else digits(value)


def bounded(value: float | None, unit: str | None, bounds: Bounds) -> str:
    """A number with how sure the report is of it; empty where it has none.

    >>> [bounded(25.0, "cases", (Qualifier.AT_LEAST, 25.0, None)), bounded(None, None, (Qualifier.RANGE, 150.0, 180.0))]
    ['at least 25', 'between 150 and 180']
    """
    qualifier, low, high = bounds
    if qualifier == Qualifier.RANGE and low is not None and high is not None:
        ends = spelled(low, unit), spelled(high, unit)
        if low == high:
            return ends[0]  # one term is a range without width
        return f"about {ends[0]}" if ends[0] == ends[1] else f"between {' and '.join(ends)}"
    return "" if value is None else f"{_HOW.get(qualifier or Qualifier.EXACT, '')}{spelled(value, unit)}"
