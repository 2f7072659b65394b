"""Numbers as quantities with qualifier, range, unit of money or percent; numbers that count nothing are set apart.

A quantity is one token ``q``. Numbers of articles, ages, durations, dates and telephones become ``#``; a duration of a
sentence that a court imposed becomes ``T``, with its years.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from diffing.language.codes import OLDER, OLDEST, from_to, is_age, is_code, is_fraction
from diffing.language.lexicon import SCALES
from diffing.language.words import Token
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
_MONEY_WORDS = frozenset(["u.s.", "us", "american", "new", "australian", "canadian", "local", "cfa"])


@dataclass(slots=True)
class Quantity:
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
    noun: Token | None = None  # what is counted, where an absence knows it
    verbs: list[Token] = field(default_factory=list)


def fold_quantities(tokens: list[Token]) -> list[Token]:
    """`tokens` with every number as a quantity ``q``, a duration ``T`` or a number that is no figure ``#``."""
    out: list[Token] = []
    i, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        tag = token.tag
        if tag == "d":
            token, i = _number(tokens, i, out)
            out.append(token)
        elif tag == "$" and i + 1 < count and tokens[i + 1].tag == "d":
            i += 1
            token, i = _number(tokens, i, out)
            out.append(token)
        elif tag == "F" and is_fraction(tokens, i, out):
            value = token.entry.value or 0.0
            if token.word.endswith(("s", "th", "rd")) and out and out[-1].tag == "q" and out[-1].end + 2 > token.start:
                value *= getattr(out.pop().value, "value", 1) or 1
            percent = round(100 * value, 4)
            quantity = Quantity(None, percent, percent, Qualifier.APPROXIMATELY, unit="percent", fraction=True)
            out.append(_chunk(token, token.end, quantity, out))
            i += 1
        elif tag == "V":
            out.append(_chunk(token, token.end, Quantity(None, qualifier=Qualifier.APPROXIMATELY), []))
            i += 1
        else:
            if tag == "F":
                token.tag = "O"
            out.append(token)
            i += 1
    return out


def _chunk(first: Token, end: int, quantity: Quantity, out: list[Token]) -> Token:
    """The quantity token that ends at `end`; takes the qualifiers and fillers before it out of `out`."""
    start = first.start
    while out and (out[-1].tag == "Q" or (out[-1].tag == "f" and len(out) > 1 and out[-2].tag == "Q")):
        word = out.pop()
        roles = word.entry.roles
        for role, qualifier in _QUALIFIERS.items():
            if role in roles and word.tag == "Q":
                _qualify(quantity, qualifier)
        quantity.estimate = quantity.estimate or "estimated" in word.word
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
    elif quantity.value is not None and qualifier == Qualifier.APPROXIMATELY:
        pass


def _dead(first: Token, last: Token) -> Token:
    return Token("#", first.start, last.end, first.word, first.entry)


def _number(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    """The chunk of the number at `i`, and where to go on."""
    count = len(tokens)
    token = tokens[i]
    value = token.value
    assert isinstance(value, float | int)
    before = out[-1] if out else None
    after = tokens[i + 1] if i + 1 < count else None
    digits = token.word[0].isdigit()
    sign = before is not None and before.tag == "$"
    symbol = tokens[i - 1] if i and tokens[i - 1].tag == "$" else None
    if symbol is None and before is not None and "currency" in before.entry.roles and before.tag not in "qnv":
        symbol = before  # USD 5,000
    if symbol is None and not sign:
        if is_code(token, digits, before, after, out):
            return _dead(token, token), i + 1
        if after is not None and after.tag == "-" and after.start == token.end and i + 2 < count:
            joined = tokens[i + 2]
            if joined.start == after.end and joined.word.startswith("percent"):
                percent = Quantity(float(value), unit="percent")
                return _chunk(token, joined.end, percent, out), i + 3  # a 62-percent increase
            shared = joined.word in ("to", "or", "and") and i + 4 < count and tokens[i + 4].tag == "-"
            if shared and tokens[i + 3].tag == "d":
                return _dead(token, joined), i + 3  # 10- to 12-hour shifts
            if after.word in "-‑" and joined.start == after.end and joined.word[0].isalpha():
                return _dead(token, joined), i + 3  # 34-year-old, 11-member
        older = after is not None and after.word in ("or", "and") and i + 2 < count and tokens[i + 2].word in OLDER
        if older and value <= OLDEST:
            return _dead(token, token), i + 1  # 15 or older
        if is_age(token, float(value), before, after, out):
            j = i + 1
            joins = (
                ("-", "–", "to", "and")
                if before is not None and before.word in ("ages", "between")
                else ("-", "–", "to")
            )
            if j + 1 < count and tokens[j].word in joins and tokens[j + 1].tag == "d":  # noqa: SIM102
                if j + 2 >= count or (tokens[j + 2].tag not in "%n" and tokens[j + 2].word != "percent"):
                    j += 2  # ages 14 to 16
            return _dead(token, tokens[j - 1]), j
    if after is not None and after.tag == "," and i + 2 < count and tokens[i + 2].tag in "d&" and _hours(tokens, i + 2):
        return _dead(token, token), i + 1  # 36, 38, or 40 hours
    # a range: the second number
    second: float | None = None
    j = i + 1
    if [t.word for t in tokens[j : j + 3]] == ["and", "a", "half"]:
        value += 0.5
        j += 3
    if j + 1 < count and (tokens[j].tag == "-" or tokens[j].word in ("to", "and", "or")):
        k = j + 1
        if tokens[k].tag == "$" and k + 1 < count:
            k += 1
        other = tokens[k]
        if other.tag == "d" and isinstance(other.value, float | int):
            after_it = tokens[k + 1] if k + 1 < count else None
            between = before is not None and before.word == "between"
            if tokens[j].word == "or" and value < other.value and not (after_it is not None and after_it.tag in "p,"):
                second, j = float(other.value), k + 1  # two or three months
            elif tokens[j].word == "and" and between and value < other.value:
                second, j = float(other.value), k + 1
            elif tokens[j].word == "to" and from_to(before, after_it, out):
                if before is not None and before.word == "from" and _timed(after_it):
                    return _dead(token, token), i + 1  # "extended awards from one to three years"
            elif tokens[j].word == "to":
                if value < other.value or (after_it is not None and "durations" in after_it.entry.roles):
                    second, j = float(other.value), k + 1
            elif tokens[j].tag == "-" and digits:
                if value < other.value and after_it is not None and after_it.tag in "nxmv%$" and after_it.tag != ",":
                    second, j = float(other.value), k + 1
                else:
                    return _dead(token, other), k + 1  # a telephone number
    if second is not None and value < 1000 <= second:
        scale = next((s for name, s in SCALES.items() if name in tokens[j - 1].word and s >= 1000), 1)
        if value * scale <= second:
            value *= scale  # 1.5 to 2 million
    end = tokens[j - 1].end
    after = tokens[j] if j < count else None
    quantity = Quantity(float(value))
    if second is not None:
        quantity = Quantity(None, min(float(value), second), max(float(value), second), Qualifier.RANGE)
    # units that stand behind it
    if symbol is None and after is not None:
        if (
            after.tag == "%"
            or after.word in ("percent", "percentage", "pct")
            or (after.word == "per" and j + 1 < count and tokens[j + 1].word == "cent")
        ):
            quantity.unit = "percent"
            if after.tag == "%" and j + 1 < count and tokens[j + 1].capital and tokens[j + 1].tag == "x":
                return _dead(token, after), j + 1  # the station 100% Noticias
            j += 2 if after.word == "per" else 1
            if j < count and tokens[j].word in ("points", "point"):
                quantity.change = True
                j += 1
            return _chunk(token, tokens[j - 1].end, quantity, out), j
        found = _duration(tokens, j)
        if found is not None:
            return _duration_chunk(token, tokens, j, found, quantity, out, value, second)
        if after.word in ("times", "time") and value != 1:
            following = tokens[j + 1] if j + 1 < count else None
            if following is not None and following.word.split()[0] in (
                "more",
                "higher",
                "as",
                "the",
                "greater",
                "larger",
                "lower",
            ):
                multiple = _dead(token, after)
                multiple.word = "times"
                return multiple, j + 1
            quantity.times = True
            return _chunk(token, end, quantity, out), j + 1
        if "measures" in after.entry.roles or after.word in ("a.m.", "p.m."):
            return _dead(token, after), j + 1
        if after.tag == ":" and j + 1 < count and tokens[j + 1].tag == "d" and tokens[j + 1].start == after.end:
            return _dead(token, tokens[j + 1]), j + 2  # 10:30
    if symbol is None:
        k = j
        while k < min(j + 3, count) and tokens[k].tag in "xnm":
            k += 1
        if k + 1 < count and tokens[k].tag == "(" and tokens[k + 1].tag == "$":
            quantity.money = True
            return _conversion(token, tokens, k, tokens[k - 1].end, quantity, out)
    currency = symbol.entry.currency if symbol is not None and symbol.entry.currency else None
    if symbol is not None and currency is None:
        currency = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}.get(symbol.word, "?")
    k = j
    while currency is None and k < min(j + 3, count):
        if "currency" in tokens[k].entry.roles:
            currency = tokens[k].entry.currency
            end = tokens[k].end
            j = k + 1
            break
        if tokens[k].tag not in "xnm" and tokens[k].word not in ("new",):
            break
        if tokens[k].word in ("of",) or (tokens[k].tag == "n" and not tokens[k].word.endswith("n")):
            break
        k += 1
    start = symbol if symbol is not None and symbol.tag == "$" else token
    if currency is not None:
        if symbol is not None and symbol.tag != "$":
            start = symbol
            if out and out[-1] is symbol:
                out.pop()
        quantity.money, quantity.unit = True, None if currency == "?" else currency
        return _conversion(start, tokens, j, end, quantity, out)
    # one in five: a share
    if after is not None and after.word == "in" and j + 2 < count and tokens[j + 1].word == "every":
        j += 1
    if after is not None and after.word in ("in", "out of") and j + 1 < count and tokens[j + 1].tag == "d":
        whole = tokens[j + 1].value
        if isinstance(whole, float | int) and (value == 1 or whole == 10) and value < whole <= 100 and second is None:
            part = round(100 * float(value) / float(whole), 4)
            share = Quantity(None, part, part, Qualifier.APPROXIMATELY, unit="percent", fraction=True)
            return _chunk(token, tokens[j + 1].end, share, out), j + 2
    if after is not None and after.word == "or" and j + 1 < count and tokens[j + 1].word in ("more", "fewer"):
        _qualify(quantity, Qualifier.AT_LEAST if tokens[j + 1].word == "more" else Qualifier.UP_TO)
        j += 2
    chunk = _chunk(start, end, quantity, out)
    return chunk, j


def _conversion(
    start: Token, tokens: list[Token], j: int, end: int, quantity: Quantity, out: list[Token]
) -> tuple[Token, int]:
    """Money with its conversion in parentheses: one quantity, in dollars where they are given."""
    chunk = _chunk(start, end, quantity, out)
    count = len(tokens)
    if j + 3 < count and [t.tag for t in tokens[j : j + 4]] == ["(", "x", ")", "("] and tokens[j + 1].capital:
        j += 3  # 50,000 vatu (VUV) ($430)
    if j < count and tokens[j].tag == "(":
        k = j + 1
        qualified: list[Token] = []
        while k < count and tokens[k].tag in "Qf":
            qualified.append(tokens[k])
            k += 1
        mark = tokens[k] if k < count else None
        if mark is not None and mark.word in ("u.s.", "us") and k + 1 < count:
            k += 1
            mark = tokens[k]
        if mark is not None and (mark.tag == "$" or mark.tag == "d"):
            close = k
            while close < count and close < k + 8 and tokens[close].tag != ")":
                close += 1
            if close < count and tokens[close].tag == ")" and (mark.tag == "$" or _names_money(tokens, k, close)):
                inner: list[Token] = []
                number = k + 1 if mark.tag == "$" else k
                if number < count and tokens[number].tag == "d":
                    other, after = _number(tokens, number, inner)
                    converted = other.value
                    if isinstance(converted, Quantity) and after == close:
                        if converted.unit == "USD" and quantity.value is not None:
                            quantity.value = converted.value
                            quantity.unit = "USD"
                            if quantity.low is not None:
                                quantity.low = converted.value
                            if quantity.high is not None:
                                quantity.high = converted.value
                        elif quantity.value is None and converted.unit == "USD":
                            quantity.low, quantity.high = converted.low, converted.high
                            quantity.unit = "USD"
                        chunk.end = tokens[close].end
                        return chunk, close + 1
    return chunk, j


def _names_money(tokens: list[Token], k: int, close: int) -> bool:
    return any("currency" in tokens[n].entry.roles for n in range(k, close))


def _timed(after: Token | None) -> bool:
    return after is not None and "durations" in after.entry.roles


def _hours(tokens: list[Token], j: int) -> bool:
    """Whether a list of numbers ends with a duration: "36, 38, or 40 hours"."""
    count = len(tokens)
    while j < count and tokens[j].tag in "d,&":
        j += 1
    return j < count and tokens[j].word in ("hours", "minutes", "days")


def _duration(tokens: list[Token], j: int) -> int | None:
    """Where the noun of a duration stands, up to two words after its number, or None."""
    for k in range(j, min(j + 3, len(tokens))):
        token = tokens[k]
        if "durations" in token.entry.roles:
            return k
        if token.tag not in "xOV" and token.word not in (
            "more",
            "additional",
            "other",
            "full",
            "working",
            "business",
        ):
            return None
    return None


def _duration_chunk(
    token: Token, tokens: list[Token], j: int, k: int, quantity: Quantity, out: list[Token],
    value: float, second: float | None,
) -> tuple[Token, int]:  # fmt: skip
    unit = tokens[k].word.rstrip("s")
    years = _DURATION_YEARS.get(unit)
    limit = bool(out) and "maximum" in out[-1].word  # "the maximum of 15 years"
    averaged = any(t.word in _AVERAGES for t in out[-AVERAGE_REACH:])
    chunk = _chunk(token, tokens[k].end, quantity, out)
    if averaged and years is not None:
        quantity.times = True  # "the average wait was 42 days": a statistic, which counts no noun
        return chunk, k + 1
    chunk.tag = "T" if years is not None and not limit else "#"
    if years is not None and not limit:
        low = value * years
        chunk.value = (low, second * years if second is not None else low)
    return chunk, k + 1
