"""The periods of a sentence, folded into one token ``y`` each: years, lists of years, "the previous year", spans.

A period says its years at once (``2018, 2017, and 2016``) or counts back from another (``the previous year``), which
is settled in `attach`, where it is known what is compared. A span of several years has no year of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from diffing.language.words import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]((?:19|20)\d\d)|((?:19|20)\d\d)[/-]\d\d[/-]\d\d")  # 12/05/2018
_SHORT_YEAR = re.compile(r"\d\d")
_FISCAL = re.compile(r"(?:19|20)\d\d/(?:\d\d|(?:19|20)\d\d)")
SOURCE_REACH = 10  # tokens of the name of a study: "a 2018 ministry of culture gender equality report"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_BEFORE_YEAR = frozenset(("both", "fiscal", "year", "fy", "calendar", "early", "late", "mid", "either"))


@dataclass(slots=True)
class Period:
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


def fold_periods(tokens: list[Token]) -> list[Token]:
    """`tokens` with every period as one ``y``; years that only name something ("the 2016 law") become ``#``."""
    tokens = _fold_years(tokens)
    if "y" in [t.tag for t in tokens]:
        return _fold_spans(_fold_lists(tokens))
    return tokens


def _is_year(token: Token) -> bool:
    return token.tag == "d" and len(token.word) == 4 and _YEAR.fullmatch(token.word) is not None


def _period(tokens: list[Token], i: int, j: int, period: Period) -> Token:
    folded = Token("y", tokens[i].start, tokens[j - 1].end, tokens[i].word, tokens[i].entry)
    folded.value = period
    return folded


def _fold_years(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    i, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        tag = token.tag
        j = i + 1
        if tag not in "Y#dx" and not token.capital:
            pass  # most tokens date nothing
        elif tag == "Y":
            token.tag = "y"
            token.value = _phrase_period(token)
            before = out[-1].word if out else ""
            if token.word == "last year" and before == "the":
                token.tag = "x"  # "the last year for which data were available"
            elif before == "a" and token.word in ("previous year", "prior year", "preceding year"):
                token.value = Period(span=True)  # "in a previous year"
        elif token.capital and "months" in token.entry.roles:
            token, j = _month(tokens, i)
            named = (out and out[-1].tag == "a" and out[-1].word != "both") or (out and out[-1].possessive)
            if named and token.tag == "y" and j < count and tokens[j].tag in "xnm" and not _counts_period(tokens[j]):
                token = _dead(tokens, i, j)  # the December 2019 establishment of a court
        elif tag == "#" and _FISCAL.fullmatch(token.word):
            token = _period(tokens, i, j, Period(span=True, crosses=_crossed(token.word)))  # 2018/19
        elif tag == "#" and (date := _DATE.fullmatch(token.word)):
            token = _period(tokens, i, j, Period(years=(int(date[1] or date[2]),)))
        elif _is_year(token):
            token, j = _year(tokens, i, out)
        elif tag == "d" and j < count and tokens[j].capital and "months" in tokens[j].entry.roles:
            # 15 March 2019: the day belongs to the date
            if isinstance(token.value, float) and token.value <= 31:
                token, j = _month(tokens, j)
        elif tag == "x" and token.word == "fy" and j < count:
            short = tokens[j]
            if short.tag == "d" and _SHORT_YEAR.fullmatch(short.word):
                token = _period(tokens, i, j + 1, Period(years=(2000 + int(short.word),)))
                j += 1
        out.append(token)
        i = j
    return out


def _phrase_period(token: Token) -> Period:
    roles = token.entry.roles
    if "previous_period" in roles:
        return Period(back=(1,))
    if "two_before" in roles:
        return Period(back=(2,))
    if "three_before" in roles:
        return Period(back=(3,))
    if "each_of_two" in roles:
        return Period(back=(1, 2))
    if "each_of_three" in roles:
        return Period(back=(1, 2, 3))
    if "same_period" in roles:
        return Period(same=True)
    return Period(current=True) if "current_period" in roles else Period(span=True)


def _month(tokens: list[Token], i: int) -> tuple[Token, int]:
    """A date that starts with the month at `i`: with a year it is a period, else only no number."""
    count = len(tokens)
    j = i + 1
    if j < count and (tokens[j].tag == "O" or (tokens[j].tag == "d" and not _is_year(tokens[j]))):
        value = tokens[j].value
        if tokens[j].tag == "O" or (isinstance(value, float) and value <= 31):
            j += 1
    k = j + 1 if j < count and tokens[j].tag == "," else j
    if k < count and _is_year(tokens[k]):
        return _period(tokens, i, k + 1, Period(years=(int(tokens[k].word),))), k + 1
    folded = Token("M" if j == i + 1 else "D", tokens[i].start, tokens[j - 1].end, tokens[i].word, tokens[i].entry)
    return folded, j


def _year(tokens: list[Token], i: int, before: list[Token]) -> tuple[Token, int]:
    token = tokens[i]
    count = len(tokens)
    year = int(token.word)
    previous = before[-1] if before else None
    after = tokens[i + 1] if i + 1 < count else None
    if previous is not None and previous.tag == "$":
        return token, i + 1
    if after is not None and after.tag == "-" and after.start == token.end and i + 2 < count:
        end = tokens[i + 2]
        if end.start == after.end and end.word[0].isdigit():
            last = int(end.word) if _is_year(end) else None
            if last is None and _SHORT_YEAR.fullmatch(end.word):
                last = year - year % 100 + int(end.word)
            if last is not None:
                j = i + 3
                following = tokens[j] if j < count else None
                if following is not None and following.tag in "nxmv" and not _counts_period(following):
                    return _dead(tokens, i, j), j
                return _period(
                    tokens,
                    i,
                    j,
                    Period(
                        span=year != last,
                        years=(year,) if year == last else (),
                        between=(year, last),
                        crosses=year if last == year + 1 and _of_budget(before) else 0,
                    ),
                ), j
            return token, i + 1
        if after.word == "-" and end.start == after.end and end.word[0].isalpha():
            return _dead(tokens, i, i + 3), i + 3
    if previous is not None:
        if "law_nouns" in previous.entry.roles and previous.tag in "nxv" and previous.word not in ("number", "page"):
            return _dead(tokens, i, i + 1), i + 1
        if previous.tag in "Qk" or (previous.tag == "v" and previous.entry.form == "past"):  # noqa: SIM102
            if after is not None and after.tag == "n" and after.word != after.entry.noun and not _counts_period(after):
                return token, i + 1  # identified 2000 victims
        if previous.tag in ",&" and after is not None and after.tag in "nx" and after.capital:
            return _dead(tokens, i, i + 1), i + 1  # the 2001 Wasior, 2003 Wamena, and 2014 Paniai cases
        named = previous.tag in "afnx" or previous.possessive or previous.word in ("under", "per")
        if (
            named
            and previous.word not in _BEFORE_YEAR
            and after is not None
            and after.tag in "nxmvA"
            and not _counts_period(after)
            and not _names_source(tokens, i + 1)
        ):
            described = previous.tag == "x" and len(before) > 1 and before[-2].word in ("a", "an")
            if described or not (previous.tag in "nx" and not previous.possessive):  # "a controversial 2013 raid"
                return _dead(tokens, i, i + 1), i + 1
    return _period(tokens, i, i + 1, Period(years=(year,))), i + 1


def _names_source(tokens: list[Token], i: int) -> bool:
    """Whether the words from `i` on name a survey, study or report: "a 2017 UNICEF study"."""
    for k in range(i, min(len(tokens), i + SOURCE_REACH)):
        token = tokens[k]
        if "period_data" in token.entry.roles and token.tag in "nxv":
            return True
        if token.tag not in "xnm&" and token.word != "of":
            return False
    return False


def _counts_period(token: Token) -> bool:
    return (
        "period_data" in token.entry.roles
        or "data" in token.entry.roles
        or (
            bool(token.entry.nouns) and token.word != token.entry.noun
        )  # "the 2018 convictions", not "the 2016 killing"
        or token.word in ("fiscal", "calendar", "reporting", "school", "academic")
    )


def _dead(tokens: list[Token], i: int, j: int) -> Token:
    return Token("#", tokens[i].start, tokens[j - 1].end, tokens[i].word, tokens[i].entry)


def _fold_lists(tokens: list[Token]) -> list[Token]:
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
                    out.append(_period(tokens, i, j + 1, follows))
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
                    out.append(_period(tokens, i, j, period))
                    i = j
                    continue
        out.append(token)
        i += 1
    return out


def _twelve_months(first: Token, last: Token, year: int, end: int) -> int:
    """The year in which twelve months begin that end in the next; 0 where the dates lie otherwise."""
    a, b = _MONTHS.get(first.word[:3], 0), _MONTHS.get(last.word[:3], 0)
    return year if a and b and end == year + 1 and (b - a) % 12 == 11 else 0


def _of_budget(before: list[Token]) -> bool:
    """Whether the words before "2019-2020" make it one year: "fiscal year 2019-2020"."""
    return any(t.word.split()[0] in ("fiscal", "financial", "fy") for t in before[-2:])


def _crossed(word: str) -> int:
    """The first year of "2018/19"."""
    first, _, last = word.partition("/")
    return int(first) if int(last) % 100 == (int(first) + 1) % 100 else 0


def _fold_spans(tokens: list[Token]) -> list[Token]:
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
                    out.append(_period(tokens, i, i + 3, merged))
                    i += 3
                    continue
            if (
                period.years
                and before in ("between", "from")
                and i + 2 < count
                and tokens[i + 1].word in ("and", "to", "through")
                and tokens[i + 2].tag in "MD"
            ):
                token.value = Period(span=True)  # from October 2017 to September: into another year
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
