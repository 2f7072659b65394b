"""Which pairs of sentences are looked at: all of them would be the product of both texts.

Sentences that stand in both texts unchanged are each other's partners. Of the others, each is compared with its
likeliest partners, those with the highest cosine of all: every word leads from an old sentence to the new ones that
hold it, and what it adds to their cosines is summed up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from diffing.aligning.similarity import Texts

Pairs = set[tuple[int, int]]

# Copies of one sentence in both texts, all of whose pairs are considered: [4, 400] pairs, default 36 (six copies in
# each). More copies are paired in their order: a thousand equal lines would make a million pairs.
MOST_COPIES = 36

# Partners considered for a sentence, [3, 12], default 6: below 4 the true partner of a formulaic sentence is lost
# now and then, above 8 nothing is gained but time.
PARTNERS = 6

# Steps from an old sentence over a word to a new one, for each sentence of both texts, [1,000, 20,000], default 2,000:
# the cosines take no more. The longest reports need 1,000, short ones 50. Beyond it the commonest words, which weigh
# next to nothing, don't count: lowered, long reports lose their function words, raised, the time of very long texts
# (20,000 sentences) grows with the square of their length.
STEPS = 2_000

# Cosines of two whole texts, [50 million, 500 million], default 100 million (3 s): 10,000 sentences in each that stand
# in one text only, ten times what the longest reports known have. Beyond it a stretch of so many old sentences is
# compared with the new ones about the same place: lowered, moves over half of a very long text are lost, raised, the
# time of longer texts grows with the square of their length.
MOST_COSINES = 100_000_000
STRETCH = 2_000

# A cosine above this is one: what is left of rounding is not.
LEAST = 1e-9

# Cells and steps summed up at once, [100,000, 10 million], default a million (30 MB).
AT_ONCE = 1_000_000


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


def likely_pairs(texts: Texts, old: Sequence[int], new: Sequence[int]) -> dict[tuple[int, int], float]:
    """The pairs of the sentences `old` and `new` worth a closer look, each with the cosine of their weighed words."""
    if not old or not new:
        return {}
    best = np.full((PARTNERS, len(new)), LEAST)  # the highest cosines of each new sentence so far, and with whom
    whose = np.zeros(best.shape, dtype=np.intp)
    found = []
    for some_old, some_new in _within_reach(len(old), len(new)):
        here = slice(some_new.start, some_new.stop)
        left = old[some_old.start : some_old.stop]
        steps = STEPS * (len(old) + len(new)) * len(left) // len(old)
        for first, cosines in _cosines(texts, left, new[here], steps):
            rows, cells, values = _best_of_rows(cosines)
            found.append((rows + some_old.start + first, cells + some_new.start, values))
            _keep_best(cosines, some_old.start + first, best[:, here], whose[:, here])
    ranks, columns = np.nonzero(best > LEAST)
    found.append((whose[ranks, columns], columns, best[ranks, columns]))
    rows, cells, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return {
        (old[row], new[cell]): value
        for row, cell, value in zip(rows.tolist(), cells.tolist(), values.tolist(), strict=True)
    }


def _within_reach(old: int, new: int) -> Iterator[tuple[range, range]]:
    """Stretches of so many old sentences with the new ones that they are compared with: all, or those near by."""
    if old * new <= MOST_COSINES:
        yield range(old), range(new)
        return
    reach = max(PARTNERS, MOST_COSINES // old)
    for start in range(0, old, STRETCH):
        middle = (start + STRETCH // 2) * new // old
        low = max(0, min(middle - reach // 2, new - reach))
        yield range(start, min(old, start + STRETCH)), range(low, min(new, low + reach))


def _cosines(
    texts: Texts, old: Sequence[int], new: Sequence[int], most: int
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """The cosines of a stretch of the sentences `old` with all of `new`, and the place where the stretch begins.

    Equal sentences have equal cosines: the words are added up in the order of their ids. Words that would take more
    than `most` steps, all together, don't count.
    """
    left, right = texts.old.counts(old), texts.new.counts(new)
    size = len(texts.weights)
    ways = np.bincount(left.words, minlength=size) * np.bincount(right.words, minlength=size)
    weights = np.array(texts.weights)
    if ways.sum() > most:
        ranked = np.argsort(ways, kind="stable")
        weights[ranked[np.cumsum(ways[ranked]) > most]] = 0.0
    left_values, right_values = left.units(weights), right.units(weights)
    by_word = np.argsort(right.words, kind="stable")
    by_word = by_word[right_values[by_word] > 0]
    holders, shares = right.rows[by_word], right_values[by_word]
    fan = np.bincount(right.words[by_word], minlength=size)
    starts = np.cumsum(fan) - fan
    fans, starts = fan[left.words], starts[left.words]
    reach = np.cumsum(np.bincount(left.rows, weights=fans, minlength=len(old)) + len(new))
    first = 0
    while first < len(old):
        done = reach[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(reach, done + AT_ONCE)))
        here = slice(*np.searchsorted(left.rows, (first, last)))
        fanned = fans[here]
        ends = np.cumsum(fanned)
        step = np.arange(ends[-1]) + np.repeat(starts[here] - ends + fanned, fanned)
        cells = np.repeat((left.rows[here] - first) * len(new), fanned) + holders[step]
        parts = np.repeat(left_values[here], fanned) * shares[step]
        summed: NDArray[np.float64] = np.bincount(cells, parts, (last - first) * len(new)).astype(
            np.float64, copy=False
        )
        yield first, summed.reshape(-1, len(new))
        first = last


def _best_of_rows(
    cosines: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """The `PARTNERS` highest cosines of each row: rows, columns and values."""
    if cosines.shape[1] > PARTNERS:
        columns = np.argpartition(-cosines, PARTNERS)[:, :PARTNERS]
        rows, ranks = np.nonzero(np.take_along_axis(cosines, columns, axis=1) > LEAST)
        cells = columns[rows, ranks]
    else:
        rows, cells = np.nonzero(cosines > LEAST)
    return rows, cells, cosines[rows, cells]


def _keep_best(cosines: NDArray[np.float64], first: int, best: NDArray[np.float64], whose: NDArray[np.intp]) -> None:
    """Puts cosines that are higher than a column's `best` in their place, and the rows into `whose`."""
    better = np.flatnonzero((cosines > best.min(axis=0)).any(axis=0))
    part = cosines[:, better]
    rows = np.broadcast_to(np.arange(first, first + len(part))[:, None], part.shape)
    values = np.concatenate([best[:, better], part])
    order = np.argpartition(-values, PARTNERS - 1, axis=0)[:PARTNERS]
    best[:, better] = np.take_along_axis(values, order, axis=0)
    whose[:, better] = np.take_along_axis(np.concatenate([whose[:, better], rows]), order, axis=0)
