"""Which old sentences answer which new ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rapidfuzz import fuzz, process

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
    if not old or not new:
        return []
    scores = process.cdist([" ".join(s.split()) for s in old], [" ".join(s.split()) for s in new], scorer=fuzz.ratio)
    found = [
        (-float(scores[i, j]), abs(i / len(old) - j / len(new)), int(i), int(j))
        for i, j in zip(*(scores >= 65).nonzero(), strict=True)
    ]
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for score, _, i, j in sorted(found):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((j, i, -score / 100))
    pairs.sort()
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for n, (_, i, _) in enumerate(pairs):
        k = bisect_left(tails, i)
        back.append(ends[k - 1] if k else -1)
        tails[k : k + 1] = [i]
        ends[k : k + 1] = [n]
    still = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        still.add(n)
        n = back[n]
    return [Link((i,), (j,), score, n not in still) for n, (j, i, score) in enumerate(pairs)]
