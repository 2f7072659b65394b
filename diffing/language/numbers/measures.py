"""What a rule or a practice measures: hours, days and years, ages, percent and sums of money.

>>> sorted(measures("They work two days a month, and 12 hours on Sunday.").items())
[('day', [2.0]), ('hour', [12.0])]
"""

from __future__ import annotations

import re

from diffing.language.entries import NUMBER_WORDS

# it begins where no other goes on: "0,0,0" would be read to its end from each of its digits
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = rf"(?P<n>(?<!\d)(?<!\d,)\d(?:,?\d)*+,?(?:\.\d+)?|{_WORDS})"
_TIMED = re.compile(
    rf"(?<!first )(?<!last )(?<!past )\b{_NUMBER}[- ](?:\w+ )?(?P<unit>hour|day|week|month|year)s?\b"
    r"(?!-old| old| of age)",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"\b(?:ages?(?: of)?|younger than|under|older than|over) {_NUMBER}\b"
    r"(?! percent| (?:hour|day|week|month|year)s?\b(?! of age| old))"
    rf"|\b(?P<m>\d+)(?:[- ]year[- ]olds?| years old| years of age)\b",
    re.IGNORECASE,
)
# A sum in the country's money: before its worth in dollars ("60,000 francs per month ($110)", "16.50 ($10.75)"), or by
# its sign ("NZ$16.50").
_LOCAL = re.compile(
    r"(?<![\d,.$])(?P<n>\d[\d,]*(?:\.\d+)?) (?P<scale>(?:thousand|million|billion) )?"
    r"(?:(?:[A-Za-z]+ ){0,6}\((?:about |approximately |roughly |some |US|U\.S\. )?\$"
    r"|\(\$[\d,.]+(?: million)?\) [A-Za-z])"
    r"|(?:(?<=[A-Z]\$)|(?<=[€£¥]))(?P<signed>\d[\d,]*(?:\.\d+)?)(?P<scaled> (?:thousand|million|billion))?"
)
_SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PERCENT = re.compile(r"(?<![\d,.])(?P<n>\d[\d,]*(?:\.\d+)?)[- ]percent\b")
# What stands in brackets is another sum's worth: it moves with the rate of exchange.
_WORTH = re.compile(r"\([^()$]*+\$[^()]*+\)")
_DOLLARS = re.compile(r"(?<![A-Za-z])\$ ?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<scale> (?:thousand|million|billion))?")
_FOR = re.compile(
    r"\b(?:an?|per|each|every|/) ?((?:(?:two|three|four|six)-)?(?:hour|day|week|month|year|quarter))\b"
    r"|\b(hour|dai|week|month|annual|year)ly\b",
    re.IGNORECASE,
)
_PART = re.compile(r"[,;] (?:and )?|\band\b|\bbut\b|\bwith\b")


def measures(text: str, money: bool = False) -> dict[str, list[float]]:
    """The numbers of a text by what they measure: hours, days, ages ('age'), and amounts if `money`."""
    found: dict[str, list[float]] = {}
    for match in _TIMED.finditer(text):
        found.setdefault(match["unit"].lower(), []).append(_number(match["n"]))
    for match in _AGED.finditer(text):
        found.setdefault("age", []).append(_number(match["n"] or match["m"]))
    for match in _PERCENT.finditer(text):
        found.setdefault("percent", []).append(_number(match["n"]))
    for unit, pattern, of in (("local", _LOCAL, text), ("dollars", _DOLLARS, _WORTH.sub("", text))) if money else ():
        for match in pattern.finditer(of):
            told = match.groupdict()
            scale = (told["scale"] or told.get("scaled") or "").strip()
            found.setdefault(unit, []).append(_number(told["n"] or told["signed"]) * _SCALES[scale])
    return found


def _number(text: str) -> float:
    word = text.lower()
    return float(NUMBER_WORDS[word] if word in NUMBER_WORDS else word.replace(",", ""))


def paid_for(text: str) -> set[str]:
    """For how long sums and hours of a text are, by their first letters: "a month", "hourly", "per two-week"."""
    told = [(match[1] or match[2][:3]).lower() for match in _FOR.finditer(text)]
    return {length if "-" in length else length[:3] for length in told}


def terms_of(text: str) -> list[str]:
    """A sentence cut where one term that it sets ends and the next begins."""
    return _PART.split(text)
