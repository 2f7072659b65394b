"""Which sentence of a text tells the like of another, by the stems of their words of content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from itertools import chain

from diffing.language.stems import stems

# Looks at a sentence, of all questions to one narrative together. Range 200,000 to 20,000,000, default 2,000,000
# (a second); the longest real reports take 35,000. Lower leaves out evidence, higher lets one text hold up a run.
MOST_LOOKS = 2_000_000

# What a word that stands nowhere weighs, as a whole number: sums of whole numbers are the same in any order.
WEIGHT = 1_000_000


class ByWords:
    """The sentences of one narrative by their words, to ask whether something was told there before.

    Only the sentences `among` are asked (None: all); a word is as rare as it is in all of them. After `MOST_LOOKS`
    looks at a sentence the answer is that nothing was told.
    """

    def __init__(self, texts: Sequence[str], among: Container[int] | None = None) -> None:
        self.looks = MOST_LOOKS
        self.stems = [stems(text) for text in texts]
        self.counts = Counter(chain.from_iterable(self.stems))
        self.weights = {word: int(WEIGHT / (1 + count) ** 0.5) for word, count in self.counts.items()}
        self.holding: defaultdict[str, list[int]] = defaultdict(list)
        for index in range(len(texts)):
            if among is None or index in among:
                self.hold(index)

    def hold(self, index: int) -> None:
        """Asks one more sentence from now on."""
        for word in self.stems[index]:
            self.holding[word].append(index)

    def count(self, word: str) -> int:
        """In how many sentences a stem stands."""
        return self.counts[word]

    def shares(self, words: frozenset[str]) -> dict[int, float]:
        """The share of `words` (0 to 1, rare words weighing more) that each sentence holds; those that hold none left
        out."""
        sums, total = self._sums(words)
        return {index: weight / total for index, weight in sums.items()}

    def _sums(self, words: frozenset[str]) -> tuple[dict[int, int], int]:
        """What weight of `words` each sentence holds, and what all weigh together."""
        sums: defaultdict[int, int] = defaultdict(int)
        total = 0
        for word in words:
            holding, weight = self.holding.get(word, ()), self.weights.get(word, WEIGHT)
            total += weight
            self.looks -= len(holding)
            if self.looks < 0:
                return {}, 0
            for index in holding:
                sums[index] += weight
        return sums, total

    def sharing(self, words: frozenset[str], fewest: int) -> set[int]:
        """The sentences that hold so many of `words` at least."""
        shared: Counter[int] = Counter()
        for word in words:
            holding = self.holding.get(word, ())
            self.looks -= len(holding)
            if self.looks < 0:
                return set()
            shared.update(holding)
        return {index for index, count in shared.items() if count >= fewest}

    def nearest(self, words: frozenset[str], among: Container[int] | None = None) -> tuple[int, float]:
        """The sentence that holds most of `words`: (index, share 0 to 1), or (-1, 0)."""
        sums, total = self._sums(words)
        while sums:
            most = max(sums.values())
            best = [index for index, weight in sums.items() if weight == most]
            found = best if among is None else [index for index in best if index in among]
            if found:  # of most questions at the first look
                return min(found), most / total
            sums = {index: weight for index, weight in sums.items() if among is not None and index in among}
        return -1, 0.0


def likest(shares: Mapping[int, float], among: Container[int], most: int) -> list[tuple[int, float]]:
    """So many sentences of the largest shares, the first of equals before the others: (index, share)."""
    return sorted([one for one in shares.items() if one[0] in among], key=lambda one: (-one[1], one[0]))[:most]
