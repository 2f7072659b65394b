"""Which old sentences answer which new ones."""

from __future__ import annotations

from collections.abc import Sequence

from diffing.model import Link


def align_sentences(
    old: Sequence[str],
    new: Sequence[str],
    *,
    old_sections: Sequence[str] | None = None,
    new_sections: Sequence[str] | None = None,
) -> list[Link]:
    """The links between two lists of sentences, by their first new index; a sentence in none is added or removed.

    `old_sections` and `new_sections` are the section keys of the sentences: a prior, never a wall.
    """
    where = {text: i for i, text in reversed(list(enumerate(old)))}
    links = []
    for j, text in enumerate(new):
        i = where.pop(text, None)
        if i is not None:
            links.append(Link((i,), (j,), 1.0))
    return links
