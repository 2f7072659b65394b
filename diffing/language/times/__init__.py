"""The periods of a sentence, folded into one token ``y`` each: years, lists of years, "the previous year", spans.

A period says its years at once (``2018, 2017, and 2016``) or counts back from another (``the previous year``), which
is settled where it is known what is compared. A span of several years has no year of its own, and a year that another
number is only compared with ("more than in 2018") dates nothing.
"""

from __future__ import annotations

from diffing.language.times.compared_years import drop_compared
from diffing.language.times.period import Period
from diffing.language.times.spans import fold_lists, fold_spans
from diffing.language.times.years import fold_years
from diffing.language.words import Token

__all__ = ["Period", "fold_periods"]


def fold_periods(tokens: list[Token]) -> list[Token]:
    """`tokens` with every period as one ``y``; years that only name something ("the 2016 law") become ``#``."""
    tokens = fold_years(tokens)
    if "y" in [t.tag for t in tokens]:
        return drop_compared(fold_spans(fold_lists(tokens)))
    return tokens
