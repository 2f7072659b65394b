"""Single years and dates, and the words that count years back: "in May 2018", "the previous year", "FY18"."""

from __future__ import annotations

import re

from diffing.language.times.period import Period, period_token
from diffing.language.words import Token, dead, fold, joined

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]((?:19|20)\d\d)|((?:19|20)\d\d)[/-]\d\d[/-]\d\d")  # 12/05/2018
_PART = re.compile(r"(?:mid|early|late|end)[-‑]((?:19|20)\d\d)")  # mid-2017
_SHORT_YEAR = re.compile(r"\d\d")
_FISCAL = re.compile(r"(?:19|20)\d\d/(?:\d\d|(?:19|20)\d\d)")
LAST_DAY = 31  # of a month
SOURCE_REACH = 10  # tokens of the name of a study: "a 2018 ministry of culture gender equality report"
# The roles of words that count years back, and how far.
_BACK = {
    "previous_period": (1,), "two_before": (2,), "three_before": (3,),
    "each_of_two": (1, 2), "each_of_three": (1, 2, 3),
}  # fmt: skip
_BEFORE_YEAR = frozenset(("both", "fiscal", "year", "fy", "calendar", "early", "late", "mid", "either"))


def _is_year(token: Token) -> bool:
    return token.tag == "d" and len(token.word) == 4 and _YEAR.fullmatch(token.word) is not None


def fold_years(tokens: list[Token]) -> list[Token]:
    """`tokens` with every year, date and word for a year as a period; years that only name something as ``#``."""
    return fold(tokens, _at)


def _at(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    token = tokens[i]
    if token.tag not in "Y#dx" and not token.capital:
        return token, i + 1  # most tokens date nothing
    if token.tag == "Y":
        _count_back(token, out)
    elif token.capital and "months" in token.entry.roles:
        return _dated_month(tokens, i, out)
    elif _is_year(token):
        return _year(tokens, i, out)
    elif token.tag != "x" or token.word == "fy" or token.word[-1].isdigit():
        return _date(tokens, i)
    return token, i + 1


def _count_back(token: Token, out: list[Token]) -> None:
    """Makes a period of a word that counts years back: "the previous year"."""
    before = out[-1].word
    if token.word == "last year" and before == "the":
        token.tag = "x"  # "the last year for which data were available"
        return
    token.tag = "y"
    past = before == "a" and token.word in ("previous year", "prior year", "preceding year")
    token.value = Period(span=True) if past else _phrase_period(token)  # "in a previous year"


def _dated_month(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    """A month with its year, which may only name something: "the December 2019 opening of a court"."""
    token, j = _month(tokens, i)
    names = tokens[j].tag in "xnm" or tokens[j].entry.form == "ing"
    named = names and (out[-1].tag == "a" or out[-1].possessive)
    during = out[-2].word == "during"  # "12 victims during a March 2021 raid"
    if not named or during or token.tag != "y" or _counts_period(tokens[j]):
        return token, j
    return dead(tokens[i], tokens[j - 1]), j


def _date(tokens: list[Token], i: int) -> tuple[Token, int]:
    """Dates that begin with something else than a month or a year: 12/05/2018, 15 March 2019, mid-2017, FY18."""
    token, j = tokens[i], i + 1
    after = tokens[j]
    if token.tag == "#" and _FISCAL.fullmatch(token.word):
        return period_token(tokens, i, j, Period(span=True, crosses=_crossed(token.word))), j
    if token.tag == "#" and (date := _DATE.fullmatch(token.word)):
        return period_token(tokens, i, j, Period(years=(int(date[1] or date[2]),))), j
    if token.tag == "x" and (part := _PART.fullmatch(token.word)):
        return period_token(tokens, i, j, Period(years=(int(part[1]),))), j
    if token.tag == "d" and after.capital and "months" in after.entry.roles:
        return _month(tokens, j) if isinstance(token.value, float) and token.value <= LAST_DAY else (token, j)
    if token.word == "fy" and after.tag == "d" and _SHORT_YEAR.fullmatch(after.word):
        return period_token(tokens, i, j + 1, Period(years=(2000 + int(after.word),))), j + 1
    return token, j


def _phrase_period(token: Token) -> Period:
    roles = token.entry.roles
    back = next((back for role, back in _BACK.items() if role in roles), ())
    told = back or "same_period" in roles or "current_period" in roles
    return Period(back=back, same="same_period" in roles, current="current_period" in roles, span=not told)


def _month(tokens: list[Token], i: int) -> tuple[Token, int]:
    """A date that starts with the month at `i`: with a year it is a period, else only no number."""
    j = i + 1
    value = tokens[j].value if tokens[j].tag == "d" else None
    if tokens[j].tag == "O" or (isinstance(value, float) and value <= LAST_DAY):
        j += 1
    k = j + (tokens[j].tag == ",")
    if _is_year(tokens[k]):
        return period_token(tokens, i, k + 1, Period(years=(int(tokens[k].word),))), k + 1
    return joined("M" if j == i + 1 else "D", tokens[i], tokens[j - 1]), j


def _year(tokens: list[Token], i: int, before: list[Token]) -> tuple[Token, int]:
    token, previous, after = tokens[i], before[-1], tokens[i + 1]
    if previous.tag == "$":
        return token, i + 1
    if after.tag == "-" and after.start == token.end:
        return _joined_years(tokens, i, before)
    if _counts_persons(previous, after):
        return token, i + 1  # identified 2000 victims
    if "law_nouns" in previous.entry.roles or _only_names(tokens, i, before):
        return dead(token, token), i + 1
    return period_token(tokens, i, i + 1, Period(years=(int(token.word),))), i + 1


def _joined_years(tokens: list[Token], i: int, before: list[Token]) -> tuple[Token, int]:
    """ "2016-2018", "2018-19", and "the 2016-2018 plan", which dates nothing."""
    end, j = tokens[i + 2], i + 3
    year = int(tokens[i].word)
    if end.start != tokens[i + 1].end or not end.word[0].isdigit():
        return period_token(tokens, i, i + 1, Period(years=(year,))), i + 1
    last = int(end.word) if _is_year(end) else None
    if last is None and _SHORT_YEAR.fullmatch(end.word):
        last = year - year % 100 + int(end.word)
    if last is None:
        return tokens[i], i + 1
    if tokens[j].tag in "nxmv" and not _counts_period(tokens[j]):
        return dead(tokens[i], tokens[j - 1]), j
    crosses = year if last == year + 1 and _of_budget(before) else 0
    return period_token(tokens, i, j, Period(span=True, between=(year, last), crosses=crosses)), j


def _counts_persons(previous: Token, after: Token) -> bool:
    """Whether four digits are a number: "identified 2000 victims"."""
    acted = previous.tag in "Qk" or (previous.tag == "v" and previous.entry.form == "past")
    return acted and after.tag == "n" and after.word != after.entry.noun and not _counts_period(after)


def _only_names(tokens: list[Token], i: int, before: list[Token]) -> bool:
    """Whether a year only names what follows: "the 2016 law", "a controversial 2013 raid"; not "during a 2021 raid"."""
    previous, second, after = before[-1], before[-2], tokens[i + 1]
    during = previous.tag == "a" and second.word == "during"
    described = previous.tag == "x" and second.word in ("a", "an")
    named = (
        (previous.tag in "af" and not during) or previous.possessive or described or previous.word in ("under", "per")
    )
    if not named or previous.word in _BEFORE_YEAR or after.tag not in "nxmvA":
        return False
    return not (_counts_period(after) or _names_source(tokens, i + 1))


def _names_source(tokens: list[Token], i: int) -> bool:
    """Whether the words from `i` on name a survey, study or report: "a 2017 UNICEF study"."""
    for token in tokens[i : i + SOURCE_REACH]:
        if "period_data" in token.entry.roles:
            return True
        if token.tag not in "xnm&" and token.word != "of":
            return False
    return False


def _counts_period(token: Token) -> bool:
    named = bool(token.entry.nouns) and token.word != token.entry.noun  # "the 2018 convictions", not "the 2016 killing"
    told = "period_data" in token.entry.roles or "data" in token.entry.roles
    return named or told or token.word in ("fiscal", "calendar", "reporting", "school", "academic")


def _of_budget(before: list[Token]) -> bool:
    """Whether the words before "2019-2020" make it one year: "fiscal year 2019-2020"."""
    return any(t.word.split()[0] in ("fiscal", "financial", "fy") for t in before[-2:])


def _crossed(word: str) -> int:
    """The first year of "2018/19"."""
    first, _, last = word.partition("/")
    return int(first) if int(last) % 100 == (int(first) + 1) % 100 else 0
