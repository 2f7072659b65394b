"""Several years: lists ("2018, 2017, and 2016"), and spans that have no year of their own ("from 2016 to 2018")."""

from __future__ import annotations

from diffing.language.times.period import Period, period_of
from diffing.language.words import Token

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}


def fold_lists(tokens: list[Token]) -> list[Token]:
    """Stated years that follow each other with commas and "and" or "or" become one period."""
    out: list[Token] = []
    i, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        if token.tag == "y":
            period = token.value
            assert isinstance(period, Period)
            if period.same:
                j = i + 1
                while j < count and tokens[j].tag in "pa" and j < i + 3:
                    j += 1
                follows = tokens[j].value if j < count and tokens[j].tag == "y" else None
                if isinstance(follows, Period):
                    out.append(period_of(tokens, i, j + 1, follows))
                    i = j + 1
                    continue
            if period.years:
                years = list(period.years)
                j = i + 1
                while j < count:
                    k = j
                    while k < count and k < j + 2 and tokens[k].tag in ",&":
                        k += 1
                    m = k
                    while k > j and m < count and m < k + 5 and tokens[m].tag in "aOFTp":
                        m += 1
                    if m < count and tokens[m].tag == "y" and any(t.tag in "OFT" for t in tokens[k:m]):
                        k = m  # "in 2018 or the first half of 2019"
                    if k == j or k >= count or tokens[k].tag != "y":
                        break
                    follows = tokens[k].value
                    if not isinstance(follows, Period) or not follows.years:
                        break
                    # "in 2018, 2019 saw ..." is no list: a list ends with its conjunction or goes on
                    years.extend(follows.years)
                    j = k + 1
                if j > i + 1:
                    between = i and tokens[i - 1].word == "between"
                    if between and len(years) == 2:
                        period = Period(
                            span=years[0] != years[1],
                            between=(years[0], years[1]),
                            crosses=_twelve_months(token, tokens[j - 1], years[0], years[1]),
                        )
                        if not period.span:
                            period = Period(years=(years[0],))
                    else:
                        period = Period(years=tuple(dict.fromkeys(years)))
                    out.append(period_of(tokens, i, j, period))
                    i = j
                    continue
        out.append(token)
        i += 1
    return out


def _twelve_months(first: Token, last: Token, year: int, end: int) -> int:
    """The year in which twelve months begin that end in the next; 0 where the dates lie otherwise."""
    a, b = _MONTHS.get(first.word[:3], 0), _MONTHS.get(last.word[:3], 0)
    return year if a and b and end == year + 1 and (b - a) % 12 == 11 else 0


def fold_spans(tokens: list[Token]) -> list[Token]:
    """From one year to another, since a year, over several: no year of its own."""
    out: list[Token] = []
    i, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        if token.tag == "y":
            period = token.value
            assert isinstance(period, Period)
            before = out[-1].word if out else ""
            if (
                period.years
                and i + 3 < count
                and tokens[i + 1].tag == ","
                and tokens[i + 2].word in ("through", "to", "until")
                and tokens[i + 3].tag == "y"
            ):
                del tokens[i + 1]  # from April 1, 2017, through March 31, 2018
                count -= 1
            if (
                period.years
                and i + 2 < count
                and (tokens[i + 1].word in ("to", "through", "until") or tokens[i + 1].tag == "-")
                and tokens[i + 2].tag == "y"
                and before in ("from", "between", "of", "in", "during", "for")
            ):
                end = tokens[i + 2].value
                if isinstance(end, Period) and (end.years or end.back):
                    last = end.years[-1] if end.years else 0
                    first = period.years[0]
                    months = _twelve_months(token, tokens[i + 2], first, last)
                    merged = Period(span=True, between=(first, last), crosses=months)
                    if first == last:
                        merged = Period(years=(first,))
                    out.append(period_of(tokens, i, i + 3, merged))
                    i += 3
                    continue
            if (
                period.years
                and before in ("between", "from")
                and i + 2 < count
                and tokens[i + 1].word in ("and", "to", "through")
                and tokens[i + 2].tag in "MD"
            ):
                token.value = Period(span=True, since=True)  # from October 2017 to September: into another year
            behind = out[-2].word if before == "the" and len(out) > 1 else before
            if before == "to" and len(out) > 1 and out[-2].word == "prior":
                behind = "before"
            if period.years and behind in ("before", "until", "till"):
                token.value = Period(span=True)
            if period.years and before == "since":
                when = i + 2 < count and tokens[i + 1].tag == "," and tokens[i + 2].word == "when"
                token.value = Period(span=True, since=True, when=period.years if when else ())
            if i + 1 < count and tokens[i + 1].tag == ":" and before in ("(", ";", ",", "and", "["):
                period.label = True
        out.append(token)
        i += 1
    return out
