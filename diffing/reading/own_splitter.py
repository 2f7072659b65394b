"""A user's own way to cut sentences, in place of ours.

>>> own_spans("One. Two.", lambda text: [(0, 4), (5, 9)])
[(0, 4), (5, 9)]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from diffing.model import DiffingError, Narrative, Section, Sentence, called

Splitter = Callable[[str], Sequence[tuple[int, int]]]
"""From the text of a paragraph to the (start, end) of each of its sentences, in order."""


def with_splitter(narrative: Narrative, splitter: Splitter) -> Narrative:
    """`narrative` with the sentences that `splitter` gives; headings, sections and what was dropped stay.

    Each paragraph is given to it whole. Raises `DiffingError` where its spans leave out a character or overlap.
    """
    fixed = sorted(
        [span.start for section in narrative.sections for span in section.headings]
        + [span.start for span in narrative.dropped]
    )
    cut = tuple(_resplit(narrative.text, section, fixed, splitter) for section in narrative.sections)
    return replace(narrative, sections=cut, splitter=called(splitter))


def _resplit(text: str, section: Section, fixed: Sequence[int], splitter: Splitter) -> Section:
    """`section` with the sentences of each of its paragraphs cut anew."""
    paragraph = 0
    numbers = []
    end = None
    for sentence in section.sentences:
        if end is not None and (
            "\n" in text[end : sentence.start] or bisect_left(fixed, end) != bisect_left(fixed, sentence.start)
        ):
            paragraph += 1
        numbers.append(paragraph)
        end = sentence.end
    cut: list[Sentence] = []
    for _, group in groupby(zip(numbers, section.sentences, strict=True), key=lambda pair: pair[0]):
        held = [sentence for _, sentence in group]
        start, stop = held[0].start, held[-1].end
        spans = own_spans(text[start:stop], splitter)
        cut += [Sentence(text[start + a : start + b], start + a, start + b) for a, b in spans]
    return replace(section, sentences=tuple(cut))


def own_spans(text: str, splitter: Splitter) -> list[tuple[int, int]]:
    """What `splitter` gives for `text`, without white space at the edges.

    Raises `DiffingError` where a character that is not white space lies in no sentence, or in two.
    """
    spans = []
    before = 0
    for start, end in splitter(text):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        if start < before or text[before:start].strip() or end > len(text) or end <= start:
            raise DiffingError(
                f"the splitter's span ({start}, {end}) leaves out text or overlaps the one before it, in {text[:60]!r}"
            )
        spans.append((start, end))
        before = end
    if text[before:].strip():
        raise DiffingError(f"the splitter leaves out {text[before:].strip()[:60]!r}")
    return spans
