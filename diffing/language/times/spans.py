"""Several years: lists ("2018, 2017, and 2016"), and spans that have no year of their own ("from 2016 to 2018")."""

from __future__ import annotations

from diffing.language.times.period import Period, period_token
from diffing.language.words import Token, fold

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BEGINNING_REACH = 7  # tokens from "since" to the year: "since the start of the conflict in 2013"; 5 to 8, default 7
_SPAN_OPENERS = frozenset(("from", "between", "of", "in", "during", "for"))
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}


def fold_lists(tokens: list[Token]) -> list[Token]:
    """Stated years that follow each other with commas and "and" or "or" become one period."""
    return fold(tokens, _list_at)


def _list_at(tokens: list[Token], i: int, _: list[Token]) -> tuple[Token, int]:
    period = tokens[i].value
    if isinstance(period, Period) and period.same:
        return _same_period(tokens, i)
    return _listed_years(tokens, i) if isinstance(period, Period) and period.years else (tokens[i], i + 1)


def _same_period(tokens: list[Token], i: int) -> tuple[Token, int]:
    """ "the same period of the previous year": the year that is named behind it."""
    j = i + 1
    while tokens[j].tag in "pa":
        j += 1
    follows = tokens[j].value
    return (period_token(tokens, i, j + 1, follows), j + 1) if isinstance(follows, Period) else (tokens[i], i + 1)


def _listed_years(tokens: list[Token], i: int) -> tuple[Token, int]:
    """ "2018, 2017, and 2016", and the two ends of "between 2016 and 2018"."""
    years: list[int] = []
    j = k = i
    while isinstance(period := tokens[k].value, Period) and period.years:
        years.extend(period.years)
        j = k = k + 1
        while k < j + 2 and tokens[k].tag in ",&":
            k += 1
        if k == j:
            break
    if j == i + 1:
        return tokens[i], j
    if tokens[i - 1].word != "between" or years[0] == years[1]:
        return period_token(tokens, i, j, Period(years=tuple(dict.fromkeys(years)))), j
    crosses = _twelve_months(tokens[i], tokens[j - 1], years[0], years[1])
    return period_token(tokens, i, j, Period(span=True, between=(years[0], years[1]), crosses=crosses)), j


def _twelve_months(first: Token, last: Token, year: int, end: int) -> int:
    """The year in which twelve months begin that end in the next; 0 where the dates lie otherwise."""
    a, b = _MONTHS.get(first.word[:3], 0), _MONTHS.get(last.word[:3], 0)
    return year if a and b and end == year + 1 and (b - a) % 12 == 11 else 0


def fold_spans(tokens: list[Token]) -> list[Token]:
    """From one year to another, since a year, over several: no year of its own."""
    return fold(tokens, _span_at)


def _span_at(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    token, j = tokens[i], i + 1
    if isinstance(period := token.value, Period):
        if period.years:
            token, j = _span(tokens, i, out, period.years)
        if tokens[j].tag == ":" and out[-1].word in ("(", ";", ",", "and", "["):
            period.label = True
    return token, j


def _span(tokens: list[Token], i: int, out: list[Token], years: tuple[int, ...]) -> tuple[Token, int]:
    """The stated years at `i`, or the span that they begin or end."""
    token, before = tokens[i], out[-1].word
    comma = tokens[i + 1].tag == "," and tokens[i + 3].tag == "y"
    k = i + 2 if comma else i + 1  # from April 1, 2017, through March 31, 2018
    join, end = tokens[k], tokens[k + 1]
    joined = (join.word in ("to", "through", "until") or join.tag == "-") and before in _SPAN_OPENERS
    if joined and isinstance(end.value, Period) and end.value.years:
        first, last = years[0], end.value.years[-1]
        if first == last:
            return period_token(tokens, i, k + 2, Period(years=(first,))), k + 2
        months = _twelve_months(token, end, first, last)
        return period_token(tokens, i, k + 2, Period(span=True, between=(first, last), crosses=months)), k + 2
    behind = out[-2].word if before == "the" else before
    prior = (out[-2].word, before) == ("prior", "to")
    if before in ("between", "from") and join.word in ("and", "to", "through", "until") and end.tag in "MD":
        token.value = Period(span=True, since=True)  # from October 2017 to September: into another year
    elif behind in ("before", "until", "till") or prior:
        token.value = Period(span=True)
    elif before == "in" and _since_its_beginning(out):
        token.value = Period(span=True, since=True)
    elif before == "since":
        when = (tokens[i + 1].tag, tokens[i + 2].word) == (",", "when")
        token.value = Period(span=True, since=True, when=years if when else ())
    return token, i + 1


def _since_its_beginning(out: list[Token]) -> bool:
    """Whether "since its creation in" ends `out`."""
    for k in range(len(out) - 2, max(-1, len(out) - 2 - BEGINNING_REACH), -1):
        if out[k].word == "since":
            named = out[k + 1 : len(out) - 1]
            return any("beginning" in t.entry.roles or t.tag == "y" for t in named)
        if out[k].tag not in "xnavpy":
            return False
    return False
