"""Numbers: numerals, then quantities with their units, money and shares; and what only looks like a number.

Periods are read between the two, for "2018" is a numeral first and a quantity never.
"""

from diffing.language.numbers.lookalikes import dead_citations
from diffing.language.numbers.numerals import digits_value, fold_numerals, ordinal
from diffing.language.numbers.quantities import Quantity, fold_quantities

__all__ = ["Quantity", "dead_citations", "digits_value", "fold_numerals", "fold_quantities", "ordinal"]
