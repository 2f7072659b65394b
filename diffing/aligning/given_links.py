"""Links that somebody else made: checked before anything rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diffing.model import DiffingError, Link


def checked_links(links: Iterable[Link], old: int, new: int) -> list[Link]:
    """`links` by their first new index, as `align_sentences` gives them, for `old` and `new` sentences.

    Raises `DiffingError` for what is no link, for an index that no sentence has, and for a sentence in two links.
    """
    kept: list[Link] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for link in links:
        if not isinstance(link, Link):
            raise DiffingError(f"an aligner gives a list of diffing.model.Link(old, new, similarity), not {link!r:.60}")
        _claim(link, link.old, taken[0], old, "old")
        _claim(link, link.new, taken[1], new, "new")
        kept.append(link)
    return sorted(kept, key=lambda link: (link.new, link.old))


def _claim(link: Link, indices: Sequence[int], taken: set[int], count: int, side: str) -> None:
    if not indices:
        raise DiffingError(f"the aligner's {link} has no {side} sentence: one that is added or removed is in no link")
    for index in indices:
        if not 0 <= index < count:
            raise DiffingError(f"the aligner's {link} names {side} sentence {index}; there are {count}, counted from 0")
        if index in taken:
            raise DiffingError(f"the aligner puts {side} sentence {index} into two links")
        taken.add(index)
