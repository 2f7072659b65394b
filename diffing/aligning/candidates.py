"""Which pairs of sentences are looked at: all of them would be the product of both texts.

Sentences that stand in both texts unchanged are each other's partners. Of the others, each is compared with its
likeliest partners: in a pair of narratives those with the highest cosine of all, in a long text those between the
same unchanged neighbours and those that share its rare words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq

from diffing.aligning.similarity import Side, Texts

Pairs = set[tuple[int, int]]

# Copies of one sentence in both texts, all of whose pairs are considered: [4, 400] pairs, default 36 (six copies in
# each). More copies are paired in their order: a thousand equal lines would make a million pairs.
MOST_COPIES = 36

# Partners considered for a sentence, [3, 12], default 6: below 4 the true partner of a formulaic sentence is lost
# now and then, above 8 nothing is gained but time.
PARTNERS = 6

# Pairs up to which every sentence is compared with every other by its words, [10,000, 250,000], default 60,000:
# lowered, a narrative is treated as a long text and loses nothing we could measure; raised, memory grows with it.
ALL_PAIRS = 60_000

# In a long text: sentences on each side of the expected place, [4, 30], default 10, and postings of rare words and
# pairs of words for each sentence, [10, 100], default 20.
NEAREST = 10
POSTINGS = 20


def equal_pairs(texts: Texts) -> tuple[Pairs, list[int], list[int]]:
    """The pairs of equal sentences to consider, and the old and the new sentences that have no partner among them.

    Where a sentence has more copies in one text than in the other, all its copies stay in play.
    """
    old, new = texts.old.texts, texts.new.texts
    places: dict[str, tuple[list[int], list[int]]] = {}
    for i, text in enumerate(old):
        places.setdefault(text, ([], []))[0].append(i)
    for j, text in enumerate(new):
        if text in places:
            places[text][1].append(j)
    pairs: Pairs = set()
    crowded: list[tuple[list[int], list[int]]] = []
    for left, right in places.values():
        if len(left) * len(right) <= MOST_COPIES:
            pairs.update((i, j) for i in left for j in right)
        elif right:
            crowded.append((left, right))
    if crowded:
        pairs |= _in_order(texts, crowded)
    linked_old, linked_new = {i for i, _ in pairs}, {j for _, j in pairs}
    return (
        pairs,
        [i for i in range(len(old)) if i not in linked_old],
        [j for j in range(len(new)) if j not in linked_new],
    )


def _in_order(texts: Texts, crowded: Sequence[tuple[list[int], list[int]]]) -> Pairs:
    """Sentences with very many copies: those of the longest common run of sentences, the rest in their order."""
    number: dict[str, int] = {}
    old = [number.setdefault(text, len(number)) for text in texts.old.texts]
    new = [number.setdefault(text, len(number)) for text in texts.new.texts]
    many = {old[left[0]] for left, _ in crowded}
    pairs: Pairs = set()
    for block in LCSseq.editops(old, new).as_matching_blocks():
        pairs.update((block.a + k, block.b + k) for k in range(block.size) if old[block.a + k] in many)
    done_old, done_new = {i for i, _ in pairs}, {j for _, j in pairs}
    for left, right in crowded:
        rest = zip((i for i in left if i not in done_old), (j for j in right if j not in done_new), strict=False)
        pairs.update(rest)
    return pairs


def likely_pairs(
    texts: Texts, old: Sequence[int], new: Sequence[int], equal: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """The pairs of the sentences `old` and `new` worth a closer look, each with its cosine."""
    if not old or not new:
        return {}
    if len(old) * len(new) <= ALL_PAIRS:
        return _best_of_all(texts, old, new)
    return _best_of_long(texts, old, new, equal)


def _best_of_all(texts: Texts, old: Sequence[int], new: Sequence[int]) -> dict[tuple[int, int], float]:
    cosines = texts.cosines(old, new)
    chosen = np.zeros(cosines.shape, dtype=bool)
    by_row = np.argsort(-cosines, axis=1, kind="stable")[:, :PARTNERS]
    by_column = np.argsort(-cosines, axis=0, kind="stable")[:PARTNERS]
    np.put_along_axis(chosen, by_row, True, axis=1)
    np.put_along_axis(chosen, by_column, True, axis=0)
    chosen &= cosines > 1e-9
    rows, cells = np.nonzero(chosen)
    return {
        (old[row], new[cell]): cosine
        for row, cell, cosine in zip(rows.tolist(), cells.tolist(), cosines[chosen].tolist(), strict=True)
    }


def _best_of_long(
    texts: Texts, old: Sequence[int], new: Sequence[int], equal: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    pairs = _near(old, new, sorted(equal), len(texts.old.texts), len(texts.new.texts)) | _rare(texts, old, new)
    units = {id(side): _units(texts, side, rows) for side, rows in ((texts.old, old), (texts.new, new))}
    left, right = units[id(texts.old)], units[id(texts.new)]
    scored: dict[tuple[int, int], float] = {}
    for i, j in pairs:
        one, other = left[i], right[j]
        if len(other) < len(one):
            one, other = other, one
        scored[i, j] = sum([value * other[word] for word, value in one.items() if word in other])
    by_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
    by_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, j), cosine in scored.items():
        by_old[i].append((-cosine, j))
        by_new[j].append((-cosine, i))
    kept = {(i, j) for i, best in by_old.items() for _, j in sorted(best)[:PARTNERS]}
    kept |= {(i, j) for j, best in by_new.items() for _, i in sorted(best)[:PARTNERS]}
    return {pair: scored[pair] for pair in sorted(kept) if scored[pair] > 0}


def _units(texts: Texts, side: Side, rows: Sequence[int]) -> dict[int, dict[int, float]]:
    units = {}
    weights = texts.weights
    for row in rows:
        scaled = {word: count**0.5 * weights[word] for word, count in side.bag(row).items()}
        length = sum([value * value for value in scaled.values()]) ** 0.5 or 1.0
        units[row] = {word: value / length for word, value in scaled.items()}
    return units


def _near(
    old: Sequence[int], new: Sequence[int], equal: Sequence[tuple[int, int]], old_size: int, new_size: int
) -> Pairs:
    """Pairs that stand at the same place between unchanged neighbours."""
    anchors = [(-1, -1)]
    once_old, once_new = _once(i for i, _ in equal), _once(j for _, j in equal)
    unique = [(i, j) for i, j in equal if i in once_old and j in once_new]
    tails: list[int] = []
    chain: list[tuple[int, int | None]] = []
    ends: list[int] = []
    for n, (_, j) in enumerate(unique):
        k = bisect_left(tails, j)
        chain.append((n, ends[k - 1] if k else None))
        tails[k : k + 1] = [j]
        ends[k : k + 1] = [n]
    found = []
    at: int | None = ends[-1] if ends else None
    while at is not None:
        found.append(unique[at])
        at = chain[at][1]
    anchors += [*reversed(found), (old_size, new_size)]
    pairs: Pairs = set()
    for (i0, j0), (i1, j1) in pairwise(anchors):
        rows = old[bisect_left(old, i0) : bisect_left(old, i1)]
        cells = new[bisect_left(new, j0) : bisect_left(new, j1)]
        if not rows or not cells:
            continue
        for n, i in enumerate(rows):
            expected = n * len(cells) // len(rows)
            for j in cells[max(0, expected - NEAREST) : expected + NEAREST + 1]:
                pairs.add((i, j))
    return pairs


def _once(values: Iterable[int]) -> set[int]:
    seen: set[int] = set()
    twice: set[int] = set()
    for value in values:
        (twice if value in seen else seen).add(value)
    return seen - twice


def _rare(texts: Texts, old: Sequence[int], new: Sequence[int]) -> Pairs:
    """Pairs that share rare words or rare pairs of words, the rarest first, as many as the budget allows."""
    postings: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, rows, which in ((texts.old, old, 0), (texts.new, new, 1)):
        for row in rows:
            ids = side.ids[row]
            features: set[Hashable] = {*ids, *pairwise(ids)}
            for feature in features:
                found = postings.get(feature)
                if found is None:
                    if which:
                        continue
                    found = postings[feature] = ([], [])
                found[which].append(row)
    ranked = sorted((len(a) * len(b), n, a, b) for n, (a, b) in enumerate(postings.values()) if b)
    budget = POSTINGS * (len(old) + len(new))
    pairs: Pairs = set()
    for size, _, left, right in ranked:
        budget -= size
        if budget < 0:
            break
        pairs.update([(i, j) for i in left for j in right])
    return pairs
