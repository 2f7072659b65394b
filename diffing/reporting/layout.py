"""Where each sentence stands on a country's page: two texts laid out as one, section by section.

The new text is the spine. A linked row stands where its (first) new sentence does; a removed sentence where it was
lost, behind what preceded it in the old section. What stands elsewhere than its old section and order would have it
leaves a `stub` at its old place, so that a reader of the old text finds it.

    old: A  B  C  D        new: A  D' X  C        ->  A, [B removed], D' (moved), [X added], C, stub of D
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct, field

from diffing.model import Op, Pair, Section, Span

Kind = Literal["row", "stub", "more", "heading"]


class Item(Struct):
    """One thing on the page, in reading order.

    `kind`: a ``row`` (a link, or a sentence of one side alone, `link` None), a ``stub`` (an old place of a link that
    is shown elsewhere), ``more`` (a further new place of a link shown above), or a ``heading``.
    `in_place`: the row follows the order of its section on both sides.
    """

    kind: Kind
    op: Op
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    link: int | None = None
    in_place: bool = True
    heading: Span | None = None
    old_heading: Span | None = None


class Block(Struct):
    """A section of the page: the old and the new section that answer each other, and what stands in them."""

    key: str
    old: int | None
    new: int | None
    items: list[Item] = field(default_factory=list)


def blocks(pair: Pair) -> list[Block]:
    """The sections of the page in order; every sentence and heading of both narratives is in exactly one row."""
    old_starts, new_starts = _firsts(pair.old.sections), _firsts(pair.new.sections)
    laid: list[Block] = []
    for answer in pair.sections:
        old = None if answer.old is None else pair.old.sections[answer.old]
        new = None if answer.new is None else pair.new.sections[answer.new]
        section = new or old
        if section is None:
            continue
        old_range = range(0)
        new_range = range(0)
        if answer.old is not None and old is not None:
            old_range = range(old_starts[answer.old], old_starts[answer.old] + len(old.sentences))
        if answer.new is not None and new is not None:
            new_range = range(new_starts[answer.new], new_starts[answer.new] + len(new.sentences))
        block = Block(section.key, answer.old, answer.new)
        block.items = _items(pair, old, new, old_range, new_range)
        laid.append(block)
    return laid


def _firsts(sections: Sequence[Section]) -> list[int]:
    """The index of the first sentence of each section."""
    starts, count = [], 0
    for section in sections:
        starts.append(count)
        count += len(section.sentences)
    return starts


def _items(pair: Pair, old: Section | None, new: Section | None, old_range: range, new_range: range) -> list[Item]:
    in_place = _in_place(pair, old_range, new_range)
    new_headings = {_folded(heading): heading for heading in new.headings} if new else {}
    old_headings = {_folded(heading): heading for heading in old.headings} if old else {}
    lost = _lost(pair, old, old_range, in_place, frozenset(new_headings))
    items = lost.pop(None, [])
    for number, heading in _in_text_order(new, new_range):
        if heading is not None:
            key = _folded(heading)
            op = Op.EQUAL if key in old_headings else Op.ADDED
            items.append(Item("heading", op, heading=heading, old_heading=old_headings.get(key)))
            items.extend(lost.pop(key, ()))
            continue
        link = pair.new_links.get(number)
        if link is None:
            items.append(Item("row", Op.ADDED, new=(number,)))
            continue
        answer = pair.links[link]
        if number == answer.new[0]:
            items.append(Item("row", pair.ops[link], answer.old, answer.new, link, link in in_place))
        elif number - 1 not in answer.new:
            items.append(Item("more", pair.ops[link], answer.old, answer.new, link))
        if number == answer.new[0] or number - 1 not in answer.new:
            items.extend(lost.pop(link, ()))
    for left in lost.values():  # anchors that are shown in another block: nothing may be dropped
        items.extend(left)
    return items


def _lost(
    pair: Pair, old: Section | None, old_range: range, in_place: set[int], new_headings: frozenset[str]
) -> dict[int | str | None, list[Item]]:
    """What of the old section is not shown by a row in place, under the anchor (link, heading) that it comes behind."""
    lost: dict[int | str | None, list[Item]] = {}
    anchor: int | str | None = None
    for number, heading in _in_text_order(old, old_range):
        if heading is not None:
            if _folded(heading) in new_headings:
                anchor = _folded(heading)
            else:
                lost.setdefault(anchor, []).append(Item("heading", Op.REMOVED, old_heading=heading))
            continue
        link = pair.old_links.get(number)
        if link is None:
            lost.setdefault(anchor, []).append(Item("row", Op.REMOVED, old=(number,)))
            continue
        answer = pair.links[link]
        first_of_run = number == old_range.start or number - 1 not in answer.old
        if link in in_place and (number == answer.old[0] or not first_of_run):
            anchor = link
        elif first_of_run:
            run = tuple(_run(number, answer.old))
            lost.setdefault(anchor, []).append(Item("stub", pair.ops[link], run, answer.new, link))
    return lost


def _run(first: int, numbers: tuple[int, ...]) -> Iterator[int]:
    while first in numbers:
        yield first
        first += 1


def _in_text_order(section: Section | None, numbers: range) -> list[tuple[int, Span | None]]:
    """Sentence indices and headings of a section by their starts; a heading comes with index -1."""
    if section is None:
        return []
    placed: list[tuple[int, int, Span | None]] = [
        (sentence.start, number, None) for number, sentence in zip(numbers, section.sentences, strict=True)
    ]
    if section.headings:
        placed.extend((heading.start, -1, heading) for heading in section.headings)
        placed.sort(key=lambda item: (item[0], item[1]))
    return [(number, heading) for _, number, heading in placed]


def _folded(heading: Span) -> str:
    return " ".join(heading.text.split()).casefold()


def _in_place(pair: Pair, old_range: range, new_range: range) -> set[int]:
    """The links inside the block that keep their order there: the longest run of them that rises on both sides.

    A section that moved as a whole keeps its order, so its rows need no stubs although each of them is `moved`.
    """
    inside: list[int] = []
    for number in new_range:
        link = pair.new_links.get(number)
        if link is not None and pair.links[link].new[0] == number and pair.links[link].old[0] in old_range:
            inside.append(link)
    firsts = [pair.links[link].old[0] for link in inside]
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for at, first in enumerate(firsts):
        length = bisect_left(tails, first)
        before.append(tail_at[length - 1] if length else -1)
        if length == len(tails):
            tails.append(first)
            tail_at.append(at)
        else:
            tails[length] = first
            tail_at[length] = at
    kept: set[int] = set()
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        kept.add(inside[at])
        at = before[at]
    return kept
