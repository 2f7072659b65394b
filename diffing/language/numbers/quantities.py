"""Numbers as quantities with qualifier, range, unit of money or percent; numbers that count nothing are set apart.

A quantity is one token ``q``. Numbers of articles, ages, durations, dates and telephones become ``#``; a duration of a
sentence that a court imposed becomes ``T``, with its years.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from diffing.language.entries import SCALES
from diffing.language.numbers.lookalikes import compound, is_age, is_code, is_fraction, older, two_ends
from diffing.language.numbers.money import currency_before, currency_behind, money_in_brackets
from diffing.language.words import EDGE, Token, dead, fold
from diffing.model import Qualifier, Status

_QUALIFIERS = {
    "at_least": Qualifier.AT_LEAST,
    "more_than": Qualifier.MORE_THAN,
    "up_to": Qualifier.UP_TO,
    "fewer_than": Qualifier.FEWER_THAN,
    "approximately": Qualifier.APPROXIMATELY,
}
_AVERAGES = frozenset(("average", "averaged", "averaging", "median"))
AVERAGE_REACH = 14  # tokens from "average" to the duration that it is of
_DURATION_YEARS = {"year": 1.0, "month": 1 / 12, "week": 1 / 52, "day": 1 / 365, "decade": 10.0}
_MORE_TIMES = frozenset(("more", "higher", "as", "the", "greater", "larger", "lower"))
_BEFORE_DURATION = frozenset(("more", "additional", "other", "full", "working", "business"))
_BEFORE_AGES = frozenset(("ages", "between", "of"))
_JOINS_AGES = frozenset(("-", "–", "to"))


class Quantity(Struct):
    """A number as the sentence gives it. `unit` is an ISO currency, ``percent`` or None (then the noun says)."""

    value: float | None
    low: float | None = None
    high: float | None = None
    qualifier: Qualifier = Qualifier.EXACT
    unit: str | None = None
    money: bool = False
    fraction: bool = False  # a share in words: of a whole, or a part of it
    change: bool = False  # a percentage or number of change: "a 16 percent increase", "two fewer"
    times: bool = False
    status: Status = Status.REPORTED
    absent: bool = False  # a zero or "not reported" made from words
    estimate: bool = False
    verbs: list[Token] = field(default_factory=list)


def fold_quantities(tokens: list[Token]) -> list[Token]:
    """`tokens` with every number as a quantity ``q``, a duration ``T`` or a number that is no figure ``#``."""
    return fold(tokens, _at)


def _at(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    token, j = tokens[i], i + 1
    if token.tag == "d" or (token.tag == "$" and tokens[j].tag == "d"):
        return _number(tokens, i if token.tag == "d" else j, out)
    if token.tag == "F" and is_fraction(token, tokens[j], out[-1]):
        value = token.entry.value or 0.0
        if out[-1].tag == "q" and out[-1].end + 2 > token.start:  # "one quarter", "two thirds"
            value *= getattr(out.pop().value, "value", 1) or 1
        percent = round(100 * value, 4)
        quantity = Quantity(None, percent, percent, Qualifier.APPROXIMATELY, unit="percent", fraction=True)
        return _chunk(token, token.end, quantity, out), j
    if token.tag == "V":
        return _chunk(token, token.end, Quantity(None, qualifier=Qualifier.APPROXIMATELY), [*EDGE]), j
    return token, j


def _chunk(first: Token, end: int, quantity: Quantity, out: list[Token]) -> Token:
    """The quantity token that ends at `end`; takes the qualifiers and fillers before it out of `out`."""
    start = first.start
    if out[-1].word in ("~", "≈"):
        start = out.pop().start
        _qualify(quantity, Qualifier.APPROXIMATELY)
    while out[-1].tag == "Q" or (out[-1].tag == "f" and out[-2].tag == "Q"):
        word = out.pop()
        for role, qualifier in _QUALIFIERS.items():
            if role in word.entry.roles:
                _qualify(quantity, qualifier)
        quantity.estimate |= "estimated" in word.word
        start = word.start
    token = Token("q", start, end, first.word, first.entry)
    token.value = quantity
    return token


def _qualify(quantity: Quantity, qualifier: Qualifier) -> None:
    if quantity.qualifier in (Qualifier.EXACT, Qualifier.APPROXIMATELY) and quantity.value is not None:
        quantity.qualifier = qualifier
        quantity.low = quantity.high = None
        if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
            quantity.low = quantity.value
        elif qualifier in (Qualifier.UP_TO, Qualifier.FEWER_THAN):
            quantity.high = quantity.value


class _Number(Struct):
    """The number at `i` while it is read: what is known of it so far, and `j`, where the next reading looks."""

    tokens: list[Token]
    i: int
    out: list[Token]
    token: Token
    value: float
    j: int
    symbol: Token | None = None  # the currency before it
    second: float | None = None  # the other end of a range

    def word(self, k: int) -> str:
        return self.tokens[k].word

    @property
    def after(self) -> Token:
        return self.tokens[self.j]

    @property
    def end(self) -> int:
        return self.tokens[self.j - 1].end

    def quantity(self) -> Quantity:
        if self.second is None:
            return Quantity(self.value)
        return Quantity(None, min(self.value, self.second), max(self.value, self.second), Qualifier.RANGE)


_Found = tuple[Token, int] | None  # the chunk of a number and where to go on; None where a reading does not apply


def _number(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    """The chunk of the number at `i`, and where to go on: what the first reading says that applies."""
    token = tokens[i]
    assert isinstance(token.value, float | int)
    number = _Number(tokens, i, out, token, float(token.value), i + 1, currency_before(tokens, i, out))
    for read in _READINGS:
        found = read(number)
        if found is not None:
            return found
    return _chunk(token, number.end, number.quantity(), out), number.j


# Readings: each looks at the number and what stands around it, and says what it is or lets the next one look.


def _lookalike(n: _Number) -> _Found:
    """A code, a compound or an age: no number of anything."""
    if n.symbol is not None:
        return None
    after = n.after
    if is_code(n.token, after, n.out):
        return dead(n.token, n.token), n.j
    end = compound(n.tokens, n.i)
    if end > n.j:
        if n.word(end - 1).startswith("percent"):
            return _chunk(n.token, n.tokens[end - 1].end, Quantity(n.value, unit="percent"), n.out), end
        return dead(n.token, n.tokens[end - 1]), end
    if "ages" in after.entry.roles and after.word.startswith("years"):
        return dead(n.token, after), n.j + 1  # 16 years of age
    if older(n.tokens, n.j, n.value):
        return dead(n.token, n.token), n.j  # 15 or older
    if not is_age(n.value, after, n.out):
        return None
    joins = _JOINS_AGES | {"and"} if n.out[-1].word in _BEFORE_AGES else _JOINS_AGES
    if after.word in joins and n.tokens[n.j + 1].tag == "d" and n.tokens[n.j + 2].tag not in "%n":
        n.j += 2  # ages 14 to 16
    return dead(n.token, n.tokens[n.j - 1]), n.j


def _range(n: _Number) -> _Found:
    """Two ends: "200 to 250", "between 200 and 250", "1.5-2 million"; digits joined otherwise are a telephone's."""
    join = n.after
    if join.tag != "-" and join.word not in ("to", "and", "or"):
        return None
    k = n.j + 1 + (n.tokens[n.j + 1].tag == "$")
    other = n.tokens[k]
    if other.tag != "d" or not isinstance(other.value, float | int):
        return None
    found = two_ends(n.out, n.value, join, other, n.tokens[k + 1], n.symbol is not None)
    if found == "range":
        n.second, n.j = float(other.value), k + 1
        scale = next((s for name, s in SCALES.items() if name in other.word.split() and s >= 1000), 1)
        if n.value < 1000 <= n.second:
            n.value *= scale  # 1.5 to 2 million
        return None
    if found == "first":
        return dead(n.token, n.token), n.j  # "extended awards from one to three years"
    return (dead(n.token, other), k + 1) if found == "both" else None


def _percent(n: _Number) -> _Found:
    after = n.after
    if n.symbol is not None:
        return None
    if after.tag != "%" and after.word not in ("percent", "percentage", "pct"):
        if (after.word, n.word(n.j + 1)) != ("per", "cent"):
            return None
        n.j += 1
    quantity = n.quantity()
    quantity.unit = "percent"
    n.j += 1
    if n.word(n.j) in ("points", "point"):
        quantity.change = True
        n.j += 1
    return _chunk(n.token, n.end, quantity, n.out), n.j


def _duration(n: _Number) -> _Found:
    """ "42 days": no number of anything; of years, months or weeks it may be a sentence's length."""
    listed, j = _listed(n)
    k = _duration_noun(n.tokens, j)
    if k is not None and listed:
        n.value, n.second = min(n.value, *listed), max(n.value, *listed)
    if k is None:
        return None
    years = _DURATION_YEARS.get(n.tokens[k].word.rstrip("s"))
    limit = "maximum" in n.out[-1].word  # "the maximum of 15 years"
    averaged = any(t.word in _AVERAGES for t in n.out[-AVERAGE_REACH:])
    quantity = n.quantity()
    chunk = _chunk(n.token, n.tokens[k].end, quantity, n.out)
    if averaged and years is not None:
        quantity.times = True  # "the average wait was 42 days": a statistic, which counts no noun
    elif years is not None and not limit:
        chunk.tag = "T"
        chunk.value = (n.value * years, (n.second if n.second is not None else n.value) * years)
    else:
        chunk.tag = "#"
    return chunk, k + 1


def _listed(n: _Number) -> tuple[list[float], int]:
    """The numbers of one list that go on behind "of", "to" or "for": "terms of two, five, and nine years"."""
    values: list[float] = []
    j = n.j
    if n.out[-1].tag != "p":
        return values, j
    while True:
        k = j
        while n.tokens[k].tag in ",&":
            k += 1
        value = n.tokens[k].value if k > j and n.tokens[k].tag == "d" else None
        if not isinstance(value, float | int):
            return values, j
        values.append(float(value))
        j = k + 1


def _duration_noun(tokens: list[Token], j: int) -> int | None:
    """Where the noun of a duration stands, up to two words after its number, or None."""
    for k in range(j, min(j + 3, len(tokens))):
        token = tokens[k]
        if "durations" in token.entry.roles:
            return k
        if token.tag not in "xOV" and token.word not in _BEFORE_DURATION:
            return None
    return None


def _times(n: _Number) -> _Found:
    behind = n.word(n.j + 1).partition(" ")[0]
    share = n.after.tag == "F" and behind == "as"  # "one third as many"
    if not share and (n.symbol is not None or n.after.word not in ("times", "time") or n.value == 1):
        return None
    if behind in _MORE_TIMES:
        multiple = dead(n.token, n.tokens[n.j])
        multiple.word = "times"
        return multiple, n.j + 1
    quantity = n.quantity()
    quantity.times = True
    return _chunk(n.token, n.end, quantity, n.out), n.j + 1


def _measure(n: _Number) -> _Found:
    """ "12 kilometers", "10:30", "8 p.m."."""
    after, minutes = n.after, n.tokens[n.j + 1]
    if n.symbol is not None:
        return None
    if "measures" in after.entry.roles or after.word in ("a.m.", "p.m."):
        return dead(n.token, after), n.j + 1
    if after.tag == ":" and minutes.tag == "d" and minutes.start == after.end:
        return dead(n.token, minutes), n.j + 2
    return None


def _money(n: _Number) -> _Found:
    """Money by the sign before it or the currency behind it; with its conversion in parentheses it is one quantity."""
    quantity = n.quantity()
    start, end, currency = n.token, n.end, n.symbol.entry.currency if n.symbol is not None else None
    if n.symbol is None:
        bracket = money_in_brackets(n.tokens, n.j)
        if bracket:
            quantity.money = True
            return _converted(n.token, n, bracket, n.tokens[bracket - 1].end, quantity)
        currency, n.j = currency_behind(n.tokens, n.j)
        if not currency:
            return None
        end = n.end
    else:
        start = n.symbol
        currency = currency or {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}.get(n.symbol.word, "")
    quantity.money, quantity.unit = True, None if currency in ("", "?") else currency
    return _converted(start, n, n.j, end, quantity)


def _converted(start: Token, n: _Number, j: int, end: int, quantity: Quantity) -> tuple[Token, int]:
    """Money with its conversion in parentheses: one quantity, in dollars where they are given."""
    chunk = _chunk(start, end, quantity, n.out)
    tokens = n.tokens
    if [t.tag for t in tokens[j : j + 4]] == ["(", "x", ")", "("]:
        j += 3  # 50,000 vatu (VUV) ($430)
    if tokens[j].tag != "(":
        return chunk, j
    k = j + 1
    while tokens[k].tag in "Qf":
        k += 1
    close = next((c for c in range(k, min(len(tokens), k + 8)) if tokens[c].tag == ")"), 0)
    priced = tokens[k].tag == "$" or any("currency" in t.entry.roles for t in tokens[k:close])
    at = k + (tokens[k].tag == "$")
    if not close or not priced or tokens[at].tag != "d":
        return chunk, j
    other, after = _number(tokens, at, [*EDGE])
    converted = other.value
    if not isinstance(converted, Quantity) or after != close:
        return chunk, j
    if converted.unit == "USD" and (quantity.value is not None or converted.value is None):
        quantity.value = converted.value
        quantity.low = converted.low if converted.value is None else quantity.low and converted.value
        quantity.high = converted.high if converted.value is None else quantity.high and converted.value
        quantity.unit = "USD"
    chunk.end = tokens[close].end
    return chunk, close + 1


def _share(n: _Number) -> _Found:
    """ "one in five", "nine out of every 10": a share."""
    j = n.j + 1 if n.after.word == "in" and n.word(n.j + 1) == "every" else n.j
    other = n.tokens[j + 1]
    whole = other.value if other.tag == "d" and n.after.word in ("in", "out of") and n.second is None else None
    if not isinstance(whole, float | int) or not (n.value == 1 or whole == 10) or not n.value < whole <= 100:
        return None
    part = round(100 * n.value / float(whole), 4)
    share = Quantity(None, part, part, Qualifier.APPROXIMATELY, unit="percent", fraction=True)
    return _chunk(n.token, other.end, share, n.out), j + 2


def _or_more(n: _Number) -> _Found:
    """ "12 or more", "12+"."""
    if n.after.word == "+" and n.after.start == n.end:
        said, j = Qualifier.AT_LEAST, n.j + 1
    elif n.after.word == "or" and n.word(n.j + 1) in ("more", "fewer"):
        said, j = Qualifier.AT_LEAST if n.word(n.j + 1) == "more" else Qualifier.UP_TO, n.j + 2
    else:
        return None
    quantity = n.quantity()
    _qualify(quantity, said)
    return _chunk(n.token, n.end, quantity, n.out), j


_READINGS: tuple[Callable[[_Number], _Found], ...] = (
    _lookalike, _range, _percent, _duration, _times, _measure, _money, _share, _or_more,
)  # fmt: skip
