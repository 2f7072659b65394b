"""What a text holds of a profile's lists of words, and the pieces that it is cut into where its sense may turn.

>>> any_of(("inspectors?", "shelters?")).findall("Inspectors visited the shelter.")
['Inspectors', 'shelter']
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

_BREAK = re.compile(
    r"[;:](?=\s)|\n|[.!?](?<=[a-z0-9)”][.!?])(?<!\bNo\.)(?<!\b[MD]r\.)(?=\s)"
    r"| (?:but|although|though|whereas|however|yet|nevertheless|despite|while)(?=[ ,])"
)


Match = re.Match[str]
"""A word of a list where a text holds it."""


@lru_cache(maxsize=512)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of a profile's list of words, as whole words."""
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=4096)  # the same few sentences are asked many times
def first_of(words: tuple[str, ...], text: str) -> Match | None:
    """The first of a list of words in a text."""
    return any_of(words).search(text) if words else None


def holds_any(words: tuple[str, ...], text: str) -> bool:
    """Whether a text holds any of a list: `any_of` for long lists and many texts, a third of the time."""
    return bool(words) and _in_lower_case(words).search(text.lower()) is not None


@lru_cache(maxsize=64)
def _in_lower_case(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(words)
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE if listed != listed.lower() else 0)


class Piece(Struct, frozen=True):
    """A stretch of a text; `start` is its offset."""

    text: str
    start: int


def pieces(text: str) -> list[Piece]:
    """A text cut where its sense may turn; the pieces joined are the text less white space."""
    found, start = [], 0
    for match in _BREAK.finditer(text):
        if match.start() > start:
            found.append(Piece(text[start : match.start()], start))
        start = match.start()
    if start < len(text):
        found.append(Piece(text[start:], start))
    return found
