"""Single years and dates, and the words that count years back: "in May 2018", "the previous year", "FY18"."""

from __future__ import annotations

import re

from diffing.language.times.period import Period, period_of
from diffing.language.words import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]((?:19|20)\d\d)|((?:19|20)\d\d)[/-]\d\d[/-]\d\d")  # 12/05/2018
_PART = re.compile(r"(?:mid|early|late|end)[-‑]((?:19|20)\d\d)")  # mid-2017
_SHORT_YEAR = re.compile(r"\d\d")
_FISCAL = re.compile(r"(?:19|20)\d\d/(?:\d\d|(?:19|20)\d\d)")
SOURCE_REACH = 10  # tokens of the name of a study: "a 2018 ministry of culture gender equality report"
_BEFORE_YEAR = frozenset(("both", "fiscal", "year", "fy", "calendar", "early", "late", "mid", "either"))


def _is_year(token: Token) -> bool:
    return token.tag == "d" and len(token.word) == 4 and _YEAR.fullmatch(token.word) is not None


def fold_years(tokens: list[Token]) -> list[Token]:
    """`tokens` with every year, date and word for a year as a period; years that only name something as ``#``."""
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
            named = named and not (len(out) > 1 and out[-2].word == "during")  # "12 victims during a March 2021 raid"
            if (
                named
                and token.tag == "y"
                and j < count
                and (tokens[j].tag in "xnm" or tokens[j].entry.form == "ing")
                and not _counts_period(tokens[j])
            ):
                token = _dead(tokens, i, j)  # the December 2019 establishment of a court
        elif tag == "#" and _FISCAL.fullmatch(token.word):
            token = period_of(tokens, i, j, Period(span=True, crosses=_crossed(token.word)))  # 2018/19
        elif tag == "#" and (date := _DATE.fullmatch(token.word)):
            token = period_of(tokens, i, j, Period(years=(int(date[1] or date[2]),)))
        elif _is_year(token):
            token, j = _year(tokens, i, out)
        elif tag == "d" and j < count and tokens[j].capital and "months" in tokens[j].entry.roles:
            # 15 March 2019: the day belongs to the date
            if isinstance(token.value, float) and token.value <= 31:
                token, j = _month(tokens, j)
        elif tag == "x" and (part := _PART.fullmatch(token.word)):
            token = period_of(tokens, i, j, Period(years=(int(part[1]),)))
        elif tag == "x" and token.word == "fy" and j < count:
            short = tokens[j]
            if short.tag == "d" and _SHORT_YEAR.fullmatch(short.word):
                token = period_of(tokens, i, j + 1, Period(years=(2000 + int(short.word),)))
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
        return period_of(tokens, i, k + 1, Period(years=(int(tokens[k].word),))), k + 1
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
                return period_of(
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
        during = previous.tag == "a" and len(before) > 1 and before[-2].word == "during"  # "during a 2021 raid"
        named = (previous.tag in "afnx" and not during) or previous.possessive or previous.word in ("under", "per")
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
    return period_of(tokens, i, i + 1, Period(years=(year,))), i + 1


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


def _of_budget(before: list[Token]) -> bool:
    """Whether the words before "2019-2020" make it one year: "fiscal year 2019-2020"."""
    return any(t.word.split()[0] in ("fiscal", "financial", "fy") for t in before[-2:])


def _crossed(word: str) -> int:
    """The first year of "2018/19"."""
    first, _, last = word.partition("/")
    return int(first) if int(last) % 100 == (int(first) + 1) % 100 else 0
