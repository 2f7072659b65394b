"""Plain text as people keep it: words broken by lines put together, footnote marks taken out, footnotes set apart.

>>> plain_text("It freed 12[1] men.\\n\\n[1] The ministry counted ten.").frame[0].text
'[1] The ministry counted ten.'
"""

from __future__ import annotations

import re

from diffing.model import Span
from diffing.reading.contents import Contents
from diffing.reading.encodings import clean
from diffing.reading.hyphens import unbroken

# A mark in brackets that hangs on a word, a number or a full stop; at a line's beginning it is the footnote's own.
_BRACKETED = re.compile(r"(?<=[\w.,;:!?)”’\"'%])(?:\[\^?\d{1,3}\])++")
_RAISED = re.compile(r"(?<=[\w.,;:!?)”’\"'%])[⁰¹²³⁴⁵⁶⁷⁸⁹]++(?:[,⁻][⁰¹²³⁴⁵⁶⁷⁸⁹]++)*+")
_UNIT = re.compile(r"\b(?:[kcmd]?m|ft|mi|in|yd|sq)$")
_BIG_TEN = re.compile(r"[x×] ?10$")
_FOOTNOTE = re.compile(r"^(?:\[\^?(\d{1,3})\]:?|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))[ ]*+\S[^\n]*", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def plain_text(text: str) -> Contents:
    """What a text that was decoded holds."""
    text = unbroken(clean(text))
    marks: set[str] = set()

    def bracketed(match: re.Match[str]) -> str:
        marks.update(_NUMBER.findall(match[0]))
        return ""

    def raised(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 6) : match.start()]
        if _UNIT.search(before) or _BIG_TEN.search(before):
            return match[0]
        marks.update(_NUMBER.findall(match[0]))
        return ""

    if "]" in text:
        text = _BRACKETED.sub(bracketed, text)
    text = _RAISED.sub(raised, text)
    if not marks:
        return Contents(text)
    frame = tuple(
        Span(match[0].rstrip(), match.start(), match.start() + len(match[0].rstrip()), "footnote")
        for match in _FOOTNOTE.finditer(text)
        if (match[1] or match[2]) in marks
    )
    return Contents(text, frame, ("footnote marks are taken out of the text",))
