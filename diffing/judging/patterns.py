"""Regular expressions that still read sentences: a profile's lists of words, and denials and wishes before a place.

What reads a sentence by its analysis needs none of them.

>>> any_of(("inspectors?", "shelters?")).findall("Inspectors visited the shelter.")
['Inspectors', 'shelter']
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

# A negation denies what follows it within so many words. Range 4 to 10; more deny the deed behind "not only".
DENIED_WORDS = 7

_BREAK = re.compile(
    r"[;:](?=\s)|\n|[.!?](?<=[a-z0-9)”][.!?])(?<!\bNo\.)(?<!\b[MD]r\.)(?=\s)"
    r"| (?:but|although|though|whereas|however|yet|nevertheless|despite|while)(?=[ ,])"
)
_WISH = re.compile(
    r"\b(?:should|must|would|could|can|might|(?-i:may)|(?-i:will)|plan(?:s|ned|ning)? to|intend(?:s|ed)? to|pledged|"
    r"promised|proposed|announced (?:plans|that it would)|called (?:for|on)|urged|recommended|demand(?:ed|s|ing)?|"
    r"requested|expected to|in order to|aim(?:s|ed)? (?:to|at)|if|unless|whether|draft|attempt(?:s|ed)? to|"
    r"need(?:s|ed)? to|failure to|deadline for|(?:goal|aim|purpose) of|rather than|instead of|allegedly|accused of|"
    r"work(?:ed|ing) (?:on|to|towards?)|advocat(?:ed|es|ing)|lobb(?:ied|ying)|campaign(?:ed|ing) for|"
    r"cases (?:where|in which)|fears? of|worries (?:of|about)|risk of)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|never|nor|neither|without|none|failed to|fails to|failure to|yet to|unable to|refus\w+ to|cannot|"
    r"lack(?:s|ed)?|hardly|rarely|seldom)\b|n[’']t\b",
    re.IGNORECASE,
)


# A noun that only describes the next: "the registration fee".
SPOILED = re.compile(
    r"\s(?:fees?|threats?|costs?|tax(?:es)?|requirements?|restrictions?|fraud|delays?|gaps?|threshold|burdens?|calls?|complaints?|hotlines?|offenses?|charges?|cases?|laws?|rules?|"
    r"investigations?|prosecutions?|trials?|convictions?|victims?|conditions?|offenders?|suspects?|perpetrators?|rings?|"
    r"networks?|survivors?|indicators?|screening|hearings?|warnings?|(?:protection |restraining )?orders?|reports?|"
    r"detention|directors?|departments?|officials?|teachers?|managers?)\b|[’'](?:s )? ?(?:lawsuits?|cases?|complaints?|"
    r"appeals?|petitions?|claims?|requests?)\b"
)


@lru_cache(maxsize=512)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of a profile's list of words, as whole words."""
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)


def holds_any(words: tuple[str, ...], text: str) -> bool:
    """Whether a text holds any of a list: `any_of` for long lists and many texts, a third of the time."""
    return bool(words) and _in_lower_case(words).search(text.lower()) is not None


@lru_cache(maxsize=64)
def _in_lower_case(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(words)
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE if listed != listed.lower() else 0)


class Clause(Struct, frozen=True):
    """A stretch of a sentence that one verb governs; `start` is its offset in the text."""

    text: str
    start: int


def clauses(text: str) -> list[Clause]:
    """The clauses of a text, cut where the polarity may turn; their texts joined are the text less white space."""
    found, start = [], 0
    for match in _BREAK.finditer(text):
        if match.start() > start:
            found.append(Clause(text[start : match.start()], start))
        start = match.start()
    if start < len(text):
        found.append(Clause(text[start:], start))
    return found


def wished(before: str) -> bool:
    """Whether what follows `before` in its clause is a wish, a plan or a condition."""
    return _WISH.search(before[-60:]) is not None


def denied(before: str, within: int = DENIED_WORDS) -> bool:
    """Whether what follows `before` is denied: a negation among the last `within` words before it."""
    return _DENIED.search(" ".join(before.split()[-within:])) is not None
