"""What a word of time says: years, how far to count back, a span."""

from __future__ import annotations

from msgspec import Struct

from diffing.language.words import Token, joined


class Period(Struct):
    """`years` as stated; or `back`, the years to count back; or neither: `span` (several), `current`, `same`."""

    years: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    span: bool = False
    current: bool = False
    same: bool = False
    between: tuple[int, ...] = ()  # the ends of a span
    crosses: int = 0  # the year in which twelve months begin that end in the next: "from April 2019 to March 2020"
    since: bool = False  # "since 2012"
    when: tuple[int, ...] = ()  # "since 2014, when it convicted two": the year of what follows
    label: bool = False  # stands before its number: "(2017: 540 calls)"

    @property
    def stated(self) -> bool:
        """Whether a year is named."""
        return bool(self.years or self.between or self.crosses or self.when)


def period_token(tokens: list[Token], i: int, j: int, period: Period) -> Token:
    """The tokens from `i` to before `j` as one token ``y`` that says `period`."""
    return joined("y", tokens[i], tokens[j - 1], period)
