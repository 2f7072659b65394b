"""Ids made of content: the same claim has the same id in every run, on every machine, in whatever order.

>>> evidence_id("Norvania", "Police found eight.", None) == evidence_id("Norvania", "Police  found EIGHT", None)
True
>>> len(evidence_id("Norvania", None, "Police found none."))
16
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from hashlib import sha256

# Letters of an id: 64 bits, so that a corpus of a million claims has one chance in 10^7 of two that are the same.
# Range 12 to 64; fewer make such accidents likely, more only make tables and review files wider.
ID_LETTERS = 16

# Ids that are kept: each claim is asked for its own by judging, the tables and the pages. Range 500 to 50,000; a long
# report has some hundreds of claims.
IDS_KEPT = 4_096

_WORD = re.compile(r"\w+")


def folded(text: str | None) -> str:
    """The words of a text in lower case, one space between them: what stays when only marks and spaces change."""
    return " ".join(_WORD.findall((text or "").lower()))


@lru_cache(maxsize=IDS_KEPT, typed=True)  # 1, 1.0 and True are equal, and other parts
def content_id(*parts: object) -> str:
    """The id of some values (texts, numbers, enums, None), in their order."""
    said = "\x1f".join("\x00" if part is None else str(_plain(part)) for part in parts)
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LETTERS]


@lru_cache(maxsize=IDS_KEPT)
def evidence_id(country: str, old_text: str | None, new_text: str | None) -> str:
    """The id of what a claim rests on: the country and the words of both texts."""
    return content_id(country, folded(old_text), folded(new_text))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.10g}"
    return value
