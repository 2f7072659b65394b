"""Several years: lists ("2018, 2017, and 2016"), and spans that have no year of their own ("from 2016 to 2018")."""

from __future__ import annotations

from diffing.language.times.period import Period, period_token
from diffing.language.words import Token

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BEGINNING_REACH = 7  # tokens from "since" to the year: "since the start of the conflict in 2013"; 5 to 8, default 7
_SPAN_OPENERS = frozenset(("from", "between", "of", "in", "during", "for"))
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}


def fold_lists(tokens: list[Token]) -> list[Token]:
    """Stated years that follow each other with commas and "and" or "or" become one period."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        token, j = tokens[i], i + 1
        period = token.value if token.tag == "y" else None
        if isinstance(period, Period) and period.same:
            token, j = _same_period(tokens, i)
        elif isinstance(period, Period) and period.years:
            token, j = _listed_years(tokens, i)
        out.append(token)
        i = j
    return out


def _same_period(tokens: list[Token], i: int) -> tuple[Token, int]:
    """ "the same period of the previous year": the year that is named behind it."""
    j = i + 1
    while j < len(tokens) and tokens[j].tag in "pa" and j < i + 3:
        j += 1
    follows = tokens[j].value if j < len(tokens) and tokens[j].tag == "y" else None
    return (period_token(tokens, i, j + 1, follows), j + 1) if isinstance(follows, Period) else (tokens[i], i + 1)


def _listed_years(tokens: list[Token], i: int) -> tuple[Token, int]:
    """ "2018, 2017, and 2016", and the two ends of "between 2016 and 2018"."""
    years: list[int] = []
    j = k = i
    while k < len(tokens) and tokens[k].tag == "y":
        period = tokens[k].value
        if not isinstance(period, Period) or not period.years:
            break
        years.extend(period.years)
        j = k = k + 1
        while k < len(tokens) and k < j + 2 and tokens[k].tag in ",&":
            k += 1
        if k == j:
            break
    if j == i + 1:
        return tokens[i], j
    if not (i and tokens[i - 1].word == "between" and len(years) == 2):
        return period_token(tokens, i, j, Period(years=tuple(dict.fromkeys(years)))), j
    if years[0] == years[1]:
        return period_token(tokens, i, j, Period(years=(years[0],))), j
    crosses = _twelve_months(tokens[i], tokens[j - 1], years[0], years[1])
    return period_token(tokens, i, j, Period(span=True, between=(years[0], years[1]), crosses=crosses)), j


def _twelve_months(first: Token, last: Token, year: int, end: int) -> int:
    """The year in which twelve months begin that end in the next; 0 where the dates lie otherwise."""
    a, b = _MONTHS.get(first.word[:3], 0), _MONTHS.get(last.word[:3], 0)
    return year if a and b and end == year + 1 and (b - a) % 12 == 11 else 0


def fold_spans(tokens: list[Token]) -> list[Token]:
    """From one year to another, since a year, over several: no year of its own."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        token, j = tokens[i], i + 1
        period = token.value if token.tag == "y" else None
        if isinstance(period, Period):
            before = out[-1].word if out else ""
            if period.years:
                token, j = _span(tokens, i, out, before)
            if j < len(tokens) and tokens[j].tag == ":" and before in ("(", ";", ",", "and", "["):
                period.label = True
        out.append(token)
        i = j
    return out


def _span(tokens: list[Token], i: int, out: list[Token], before: str) -> tuple[Token, int]:
    """The stated years at `i`, or the span that they begin or end."""
    token, years = tokens[i], tokens[i].value.years  # type: ignore[attr-defined]
    comma = i + 3 < len(tokens) and tokens[i + 1].tag == "," and tokens[i + 3].tag == "y"
    k = i + 2 if comma else i + 1  # from April 1, 2017, through March 31, 2018
    join, end = (tokens[k], tokens[k + 1]) if k + 1 < len(tokens) else (token, token)
    if (join.word in ("to", "through", "until") or join.tag == "-") and before in _SPAN_OPENERS:  # noqa: SIM102
        if isinstance(end.value, Period) and (end.value.years or end.value.back):
            first, last = years[0], end.value.years[-1] if end.value.years else 0
            if first == last:
                return period_token(tokens, i, k + 2, Period(years=(first,))), k + 2
            months = _twelve_months(token, end, first, last)
            return period_token(tokens, i, k + 2, Period(span=True, between=(first, last), crosses=months)), k + 2
    behind = out[-2].word if before == "the" and len(out) > 1 else before
    prior = before == "to" and len(out) > 1 and out[-2].word == "prior"
    if before in ("between", "from") and join.word in ("and", "to", "through", "until") and end.tag in "MD":
        token.value = Period(span=True, since=True)  # from October 2017 to September: into another year
    elif behind in ("before", "until", "till") or prior:
        token.value = Period(span=True)
    elif before == "in" and _since_its_beginning(out):
        token.value = Period(span=True, since=True)
    elif before == "since":
        when = i + 2 < len(tokens) and tokens[i + 1].tag == "," and tokens[i + 2].word == "when"
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
