"""Single years and dates, and the words that count years back: "in May 2018", "the previous year", "FY18"."""

from __future__ import annotations

import re

from diffing.language.times.period import Period, period_token
from diffing.language.words import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]((?:19|20)\d\d)|((?:19|20)\d\d)[/-]\d\d[/-]\d\d")  # 12/05/2018
_PART = re.compile(r"(?:mid|early|late|end)[-‑]((?:19|20)\d\d)")  # mid-2017
_SHORT_YEAR = re.compile(r"\d\d")
_FISCAL = re.compile(r"(?:19|20)\d\d/(?:\d\d|(?:19|20)\d\d)")
LAST_DAY = 31  # of a month
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
        j = i + 1
        if token.tag not in "Y#dx" and not token.capital:
            pass  # most tokens date nothing
        elif token.tag == "Y":
            _count_back(token, out)
        elif token.capital and "months" in token.entry.roles:
            token, j = _dated_month(tokens, i, out)
        elif _is_year(token):
            token, j = _year(tokens, i, out)
        elif token.tag != "x" or token.word == "fy" or token.word[-1].isdigit():
            token, j = _date(tokens, i)
        out.append(token)
        i = j
    return out


def _count_back(token: Token, out: list[Token]) -> None:
    """Makes a period of a word that counts years back: "the previous year"."""
    before = out[-1].word if out else ""
    if token.word == "last year" and before == "the":
        token.tag = "x"  # "the last year for which data were available"
        return
    token.tag = "y"
    past = before == "a" and token.word in ("previous year", "prior year", "preceding year")
    token.value = Period(span=True) if past else _phrase_period(token)  # "in a previous year"


def _dated_month(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    """A month with its year, which may only name something: "the December 2019 opening of a court"."""
    token, j = _month(tokens, i)
    named = bool(out) and ((out[-1].tag == "a" and out[-1].word != "both") or out[-1].possessive)
    during = len(out) > 1 and out[-2].word == "during"  # "12 victims during a March 2021 raid"
    if not named or during or token.tag != "y" or j == len(tokens) or _counts_period(tokens[j]):
        return token, j
    names = tokens[j].tag in "xnm" or tokens[j].entry.form == "ing"
    return (_dead(tokens, i, j), j) if names else (token, j)


def _date(tokens: list[Token], i: int) -> tuple[Token, int]:
    """Dates that begin with something else than a month or a year: 12/05/2018, 15 March 2019, mid-2017, FY18."""
    token, j = tokens[i], i + 1
    after = tokens[j] if j < len(tokens) else None
    if token.tag == "#" and _FISCAL.fullmatch(token.word):
        return period_token(tokens, i, j, Period(span=True, crosses=_crossed(token.word))), j
    if token.tag == "#" and (date := _DATE.fullmatch(token.word)):
        return period_token(tokens, i, j, Period(years=(int(date[1] or date[2]),))), j
    if token.tag == "x" and (part := _PART.fullmatch(token.word)):
        return period_token(tokens, i, j, Period(years=(int(part[1]),))), j
    if after is None:
        return token, j
    if token.tag == "d" and after.capital and "months" in after.entry.roles:
        return _month(tokens, j) if isinstance(token.value, float) and token.value <= LAST_DAY else (token, j)
    if token.word == "fy" and after.tag == "d" and _SHORT_YEAR.fullmatch(after.word):
        return period_token(tokens, i, j + 1, Period(years=(2000 + int(after.word),))), j + 1
    return token, j


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
        if tokens[j].tag == "O" or (isinstance(value, float) and value <= LAST_DAY):
            j += 1
    k = j + 1 if j < count and tokens[j].tag == "," else j
    if k < count and _is_year(tokens[k]):
        return period_token(tokens, i, k + 1, Period(years=(int(tokens[k].word),))), k + 1
    folded = Token("M" if j == i + 1 else "D", tokens[i].start, tokens[j - 1].end, tokens[i].word, tokens[i].entry)
    return folded, j


def _year(tokens: list[Token], i: int, before: list[Token]) -> tuple[Token, int]:
    token, previous = tokens[i], before[-1] if before else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if previous is not None and previous.tag == "$":
        return token, i + 1
    if after is not None and after.tag == "-" and after.start == token.end and i + 2 < len(tokens):
        return _joined_years(tokens, i, before)
    if previous is not None:
        if _counts_persons(previous, after):
            return token, i + 1  # identified 2000 victims
        law = "law_nouns" in previous.entry.roles and previous.tag in "nxv"
        if (law and previous.word not in ("number", "page")) or _only_names(tokens, i, before):
            return _dead(tokens, i, i + 1), i + 1
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
    following = tokens[j] if j < len(tokens) else None
    if following is not None and following.tag in "nxmv" and not _counts_period(following):
        return _dead(tokens, i, j), j
    if year == last:
        return period_token(tokens, i, j, Period(years=(year,), between=(year, last))), j
    crosses = year if last == year + 1 and _of_budget(before) else 0
    return period_token(tokens, i, j, Period(span=True, between=(year, last), crosses=crosses)), j


def _counts_persons(previous: Token, after: Token | None) -> bool:
    """Whether four digits are a number: "identified 2000 victims"."""
    acted = previous.tag in "Qk" or (previous.tag == "v" and previous.entry.form == "past")
    plural = after is not None and after.tag == "n" and after.word != after.entry.noun and not _counts_period(after)
    return acted and plural


def _only_names(tokens: list[Token], i: int, before: list[Token]) -> bool:
    """Whether a year only names what follows: "the 2016 law", "a controversial 2013 raid"; not "during a 2021 raid"."""
    previous, second = before[-1], before[-2] if len(before) > 1 else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    during = previous.tag == "a" and second is not None and second.word == "during"
    named = (previous.tag in "afnx" and not during) or previous.possessive or previous.word in ("under", "per")
    if not named or previous.word in _BEFORE_YEAR or after is None or after.tag not in "nxmvA":
        return False
    if _counts_period(after) or _names_source(tokens, i + 1):
        return False
    described = previous.tag == "x" and second is not None and second.word in ("a", "an")
    return described or not (previous.tag in "nx" and not previous.possessive)


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
