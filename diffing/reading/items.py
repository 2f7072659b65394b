"""A unit of prose becomes sentences; a list of wishes becomes its items, whichever way it is joined.

>>> spans, marks = item_spans("Train police; fund shelters; and ratify it.", 0, 43, wishes=True)
>>> ["Train police; fund shelters; and ratify it."[start:end] for start, end in spans]
['Train police', 'fund shelters', 'and ratify it.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from diffing.model import Sentence, SentenceKind, Span
from diffing.reading.layout import Unit
from diffing.reading.sentences import sentence_spans

_INLINE_BULLET = re.compile(r"[•◦▪■●○‣⁃∙➢➤✓]+|(?<=[.;])\s*·(?=\s)")
_ANY_BULLET = re.compile(r"[•◦▪■●○‣⁃∙➢➤✓·]")  # found at once, where the other takes a look at every place
_SEMICOLON = re.compile(r";(?=\s*[A-Za-z“\"])")
# After a semicolon these go on with the same wish.
_GOES_ON = re.compile(
    r"\s*(?:however|therefore|instead|which|these|those|they|it|this|that|such as|namely)\b", re.IGNORECASE
)


# Paragraphs whose sentences are kept, wherever they stand. Range 1,000 to 50,000; a long report has some hundreds.
UNITS_KEPT = 8_192


def cut_unit(text: str, unit: Unit, *, wishes: bool) -> tuple[list[Sentence], list[Span]]:
    """The sentences of a text unit, and the marks between its items; `wishes`: its section is a list of items."""
    if unit.label:
        return [Sentence(text[unit.start : unit.end], unit.start, unit.end, SentenceKind.LABEL)], []
    said, at = text[unit.start : unit.end], unit.start
    spans, marks = _cut(said, wishes, unit.item)
    kind = SentenceKind.ITEM if wishes or unit.item else SentenceKind.PROSE
    sentences = [Sentence(said[start:end], at + start, at + end, kind) for start, end in spans]
    return sentences, [Span(mark.text, at + mark.start, at + mark.end, mark.reason) for mark in marks]


@lru_cache(maxsize=UNITS_KEPT)
def _cut(text: str, wishes: bool, marked: bool) -> tuple[tuple[tuple[int, int], ...], tuple[Span, ...]]:
    """Where the sentences of a paragraph stand in it, and its marks; most paragraphs stand in two editions."""
    spans, marks = item_spans(text, 0, len(text), wishes=wishes, marked=marked)
    return tuple(spans), tuple(marks)


def item_spans(
    text: str, start: int, end: int, *, wishes: bool, marked: bool = False
) -> tuple[list[tuple[int, int]], list[Span]]:
    """The (start, end) of each sentence or item of ``text[start:end]``, and the list marks between them.

    `marked`: it is one item, set apart by a mark of its own, so that its semicolons part no others.
    """
    marks = []
    if _ANY_BULLET.search(text, start, end):
        marks = [
            Span(match[0].strip(), match.end() - len(match[0].strip()), match.end(), "list marker")
            for match in _INLINE_BULLET.finditer(text, start, end)
        ]
    if wishes and not marks and not marked:
        depth, seen = 0, start
        for match in _SEMICOLON.finditer(text, start, end):
            depth += text.count("(", seen, match.start()) - text.count(")", seen, match.start())
            seen = match.start()
            if depth <= 0 and not _GOES_ON.match(text, match.end()):
                marks.append(Span(";", match.start(), match.end(), "list separator"))
    spans: list[tuple[int, int]] = []
    begin = start
    for mark in marks:
        spans += sentence_spans(text, begin, mark.start, items=wishes)
        begin = mark.end
    spans += sentence_spans(text, begin, end, items=wishes)
    return spans, [*marks, *_footnote_marks(text, start, end, spans, marks)]


def _footnote_marks(text: str, start: int, end: int, spans: list[tuple[int, int]], marks: list[Span]) -> Iterator[Span]:
    """What lies between the sentences and is no mark of a list: marks of footnotes."""
    taken = sorted((*spans, *((mark.start, mark.end) for mark in marks), (end, end)))
    begin = start
    for one, other in taken:
        between = text[begin:one].strip()
        if between:
            place = text.index(between, begin)
            yield Span(between, place, place + len(between), "footnote mark")
        begin = max(begin, other)
