"""Sections: what a narrative's headings say, and where they are lost what its paragraphs do.

A paragraph under a heading belongs to its section. The sections whose headings this text lacks may stand between
the headings that it has, in the profile's order: there `sequence` decides paragraph by paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from diffing.model import Section, Sentence, Span
from diffing.reading.items import cut_unit
from diffing.reading.layout import Rules, Unit
from diffing.reading.sequence import most_likely


class CutText(Struct, frozen=True):
    """A text's sections and dropped spans. `headed`: at least one heading of a section was found."""

    sections: tuple[Section, ...]
    dropped: tuple[Span, ...]
    headed: bool
    paragraphs: int


class _Region(Struct):
    """The paragraphs (lists of text units, by their numbers) from one section heading to the next."""

    key: str | None
    paragraphs: list[list[int]]


def cut_sections(text: str, units: Sequence[Unit], rules: Rules) -> CutText:
    """The sections of a text that was laid out; a run of one key is one section, subsections have their letter."""
    regions = _regions(units)
    keys = _assign(text, units, regions, rules)
    sections: list[Section] = []
    dropped: list[Span] = []
    waiting: list[Span] = []  # headings whose section the next paragraph decides
    current, letter = None, ""
    headings: list[Span] = []
    sentences: list[Sentence] = []

    def close() -> None:
        if current is not None and (headings or sentences):
            key = f"{current}.{letter}" if letter else current
            sections.append(Section(key, tuple(headings), tuple(sentences)))
        headings.clear()
        sentences.clear()

    for number, unit in enumerate(units):
        span = Span(text[unit.start : unit.end], unit.start, unit.end, unit.reason)
        if unit.kind in ("frame", "marker"):
            dropped.append(span)
        elif unit.kind == "heading" and unit.key is not None:
            if (unit.key, unit.subsection) != (current, letter):
                close()
                current, letter = unit.key, unit.subsection
            headings += [*waiting, span]
            waiting.clear()
        elif unit.kind == "heading" and unit.subsection and current is not None:
            if unit.subsection != letter:  # one printed twice opens nothing
                close()
                letter = unit.subsection
            headings += [*waiting, span]
            waiting.clear()
        elif unit.kind == "heading":
            waiting.append(span)
        else:
            key = keys[number]
            if key != current:
                close()
                current, letter = key, ""
            headings += waiting
            waiting.clear()
            found, marks = cut_unit(text, unit, wishes=rules.is_wishes(key))
            sentences += found
            dropped += marks
    if waiting and current is None:
        current = rules.keys[0] if rules.keys else "text"
    headings += waiting
    close()
    dropped.sort(key=lambda span: span.start)
    headed = any(region.key is not None for region in regions)
    return CutText(tuple(sections), tuple(dropped), headed, sum(len(region.paragraphs) for region in regions))


def _regions(units: Sequence[Unit]) -> list[_Region]:
    regions = [_Region(None, [])]
    fresh = True
    for number, unit in enumerate(units):
        if unit.kind == "heading":
            fresh = True
            if unit.key is not None:
                regions.append(_Region(unit.key, []))
        elif unit.kind == "text":
            if fresh or unit.first or not regions[-1].paragraphs:
                regions[-1].paragraphs.append([])
            regions[-1].paragraphs[-1].append(number)
            fresh = False
    return regions


def _assign(text: str, units: Sequence[Unit], regions: Sequence[_Region], rules: Rules) -> dict[int, str]:
    """The section key of each text unit, by its number."""
    order = {key: place for place, key in enumerate(rules.keys)}
    if not order:
        return {n: "text" for region in regions for paragraph in region.paragraphs for n in paragraph}
    present = {region.key for region in regions if region.key is not None}
    keys: dict[int, str] = {}
    for number, region in enumerate(regions):
        if not region.paragraphs:
            continue
        here = -1 if region.key is None else order[region.key]
        following = next((order[r.key] for r in regions[number + 1 :] if r.key is not None), len(order))
        if region.key is None:
            allowed = [place for key, place in order.items() if key not in present]
        else:
            allowed = [place for key, place in order.items() if key not in present and here < place < following]
        if not allowed:
            fixed = region.key if region.key is not None else rules.keys[max(0, following - 1)]
            places = [order[fixed]] * len(region.paragraphs)
        elif region.key is not None and len(region.paragraphs) == 1:
            places = [here]
        else:
            possible = {*allowed, here} - {-1}
            scores = [
                rules.model.scores(text[units[paragraph[0]].start : units[paragraph[-1]].end], possible)
                for paragraph in region.paragraphs
            ]
            if region.key is None and following < len(order):
                for row in scores:
                    for place in range(following + 1, len(row)):
                        if place not in rules.roaming:
                            row[place] -= LATE_BEFORE
            places = most_likely(scores, allowed, here if region.key is not None else None, rules.roaming)
        for paragraph, place in zip(region.paragraphs, places, strict=True):
            present.add(rules.keys[place])
            keys.update(dict.fromkeys(paragraph, rules.keys[place]))
    return keys


LATE_BEFORE = 2.0
"""Nats against a section that belongs after the first heading standing before it: only what the profile's cues name
clearly overcomes it. Range 0 to 10: at 0 a first paragraph that speaks of prevention is taken for that section."""
