"""Plain text as people keep it: words broken by lines put together, footnote marks taken out, footnotes set apart.

>>> plain_text("It freed 12[1] men.\\n\\n[1] The ministry counted ten.").frame[0].text
'[1] The ministry counted ten.'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffing.model import Span
from diffing.reading.contents import Contents
from diffing.reading.converted import as_prose
from diffing.reading.encodings import clean
from diffing.reading.hyphens import unbroken

# A mark in brackets that hangs on a word, a number or a full stop; at a line's beginning it is the footnote's own.
_BRACKETED = re.compile(r"(?<=[\w.,;:!?)”’\"'%])(?:\[\^?\d{1,3}\])++")
_RAISED = re.compile(r"(?<=[\w.,;:!?)”’\"'%])[⁰¹²³⁴⁵⁶⁷⁸⁹]++(?:[,⁻][⁰¹²³⁴⁵⁶⁷⁸⁹]++)*+")
_ANY_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_FIRST_GLUED = re.compile(r"1(?<=[.,;:?!”’\"')]1)(?!\w)")  # begins with what is found at once
_UNIT = re.compile(r"\b(?:[kcmd]?m|ft|mi|in|yd|sq)$")
_BIG_TEN = re.compile(r"[x×] ?10$")
_FOOTNOTE = re.compile(
    r"^(?:\[\^?(\d{1,3})\]:?|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))[ ]*+\S[^\n]*(?:\n(?![ ]*\[|[⁰¹²³⁴⁵⁶⁷⁸⁹])[^\n]+)*+", re.MULTILINE
)
# Notes at a text's end under bare numbers, and the mark of one behind a word.
_LAST_NOTES = re.compile(
    r"^[ ]*(\d{1,3})[.)]?[ ]+[A-Z“\"][^\n]*(?:\n(?![ ]*\d{1,3}[.)]?[ ]+[A-Z“\"])[^\n]+)*+", re.MULTILINE
)
_GLUED = re.compile(r"(?:[a-z]{3}|(?:19|20)\d\d)[.,;:?!”’\"')]*+(\d{1,3})(?!\w)")
_NUMBER = re.compile(r"\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def plain_text(text: str) -> Contents:
    """What a text that was decoded holds."""
    made = as_prose(text)
    text = unbroken(clean(made.text))
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
    if _ANY_RAISED.search(text):
        text = _RAISED.sub(raised, text)
    frame = list(_notes(text, marks)) if marks else list(_glued_notes(text)) if _FIRST_GLUED.search(text) else []
    if heads := "\n".join(clean(head) for head in made.heads):
        text = f"{text.rstrip()}\n\n{heads}"
        frame.append(Span(heads, len(text) - len(heads), len(text), "running heads of the pages"))
    edges = [0, *(edge for span in frame for edge in (span.start, span.end)), len(text)]
    if not any(text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)):
        frame = []  # what stands beside nothing is what the text says
    return Contents(text, tuple(frame), ("footnote marks are taken out of the text",) if marks else ())


def _notes(text: str, marks: set[str]) -> Iterator[Span]:
    """The footnotes of a text whose marks were found in it."""
    for match in _FOOTNOTE.finditer(text):
        if (match[1] or match[2]) in marks:
            yield Span(match[0].rstrip(), match.start(), match.start() + len(match[0].rstrip()), "footnote")


def _glued_notes(text: str) -> Iterator[Span]:
    """Footnotes at the end of a text whose marks are glued to its words: "the men.1", "1 The ministry said so."."""
    found = list(_LAST_NOTES.finditer(text))
    numbers = [int(match[1]) for match in found]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        return
    glued = {int(number) for number in _GLUED.findall(text, 0, found[0].start())}
    if text[found[-1].end() :].strip() or not glued.issuperset(numbers):
        return
    for match in found:
        yield Span(match[0].rstrip(), match.start(), match.start() + len(match[0].rstrip()), "footnote")
