"""How alike two sentences are, and how much of one is in the other.

A sentence is read as the stems of its words, all in lower case, with every number as one mark and every month as
another, so that a sentence whose figure or date changed is still the same sentence:

    "Police identified 12 victims in May."  ->  police identif # victim in @
    "Police identified nine victims in June."  ->  police identif # victim in @

Words are weighed by how rare they are in the two texts together: ``log((sentences + 1) / sentences with the word)``.
What a sentence holds, and what two share, is the sum of the weights of its words (natural units; about 60 for a
sentence of 20 words in a pair of 300 sentences).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, takewhile
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

_WORD = re.compile(r"\d[\d.,]*|\w+(?:['’]\w+)?")
# fmt: off
_NUMBERS = frozenset((
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
    "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "none", "zero",
))
_MONTHS = frozenset((
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
))
# fmt: on
# Words that stand for each other in formulas that a family of reports rewrites in all countries at once: penalties
# "sufficient to deter violations" became penalties "commensurate with those for similar crimes". Of 160 pairs of
# words that replaced each other in the edited sentences of eight countries or more only these found more links (64 in
# 193 pairs of reports, by reading all right); speech and expression, fewer and less found none, is and was wrong ones.
_REPLACED = {"commensurate": "deter", "deterrent": "deter"}
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "s", "e")

# What a sentence of its own begins with that has to go where it is joined to the one before it, and what joins it.
_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "these", "those", "this", "also", "then", "later"})
_JOINTS = frozenset({"and", "but", "or", "who", "which", "that", "then", "also", "later", "while", "where"})

# Words of such a half without its subject, at least: [2, 4], default 2, a verb and what it governs ("closed two"). At
# 4 short halves are lost, as 1 any verb that both hold would do.
_SHORTEST_HALF = 2

# Range 1,000 to 100,000 characters, default 4,000: longer sentences are compared by words alone, because comparing
# the characters of two such takes their product in time; lowered, long sentences lose a little of their evidence.
LONGEST_BY_CHARACTER = 4_000

# Words of a text whose order is compared, from its beginning: [10,000, 100,000], default 30,000. A sentence of two
# megabytes takes seven seconds for each question without it; lowered, a very long text is alike by its beginning.
LONGEST_BY_WORD = 30_000


def folded(text: str) -> str:
    """`text` with every run of white space as one space: equal sentences are equal after this."""
    return " ".join(text.split())


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """The word without its ending, or a mark for a number or a month."""
    word = _REPLACED.get(word, word)
    if word[0].isdigit() or word in _NUMBERS:
        return "#"
    if word in _MONTHS:
        return "@"
    word = word.replace("’", "'").removesuffix("'s")
    if len(word) > 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)]
                break
        if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousl":
            word = word[:-1]
    elif len(word) == 4 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def words_of(text: str) -> list[str]:
    """The words and numbers of a sentence, in lower case."""
    return _WORD.findall(text.casefold())


@lru_cache(maxsize=16_384)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a sentence's words, in order, every number and month a mark."""
    return tuple(map(_stem, words_of(text)))


class _Vocabulary(dict[str, int]):
    """Words as printed, in lower case, with the id of their stem."""

    def __init__(self) -> None:
        self.stems: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        found = self[word] = self.stems.setdefault(_stem(word), len(self.stems))
        return found


class Side:
    """The sentences of one text: folded, as word ids, as bags of words, with the weight of all their words."""

    __slots__ = ("_bags", "_encoded", "_mass", "_weights", "ids", "texts")

    def __init__(self, texts: list[str], ids: list[list[int]], weights: list[float]) -> None:
        self.texts = texts
        self.ids = ids
        self._weights = weights
        self._bags: dict[int, dict[int, int]] = {}
        self._encoded: dict[int, str] = {}
        self._mass: dict[int, float] = {}

    def bag(self, sentence: int) -> dict[int, int]:
        """How often each word stands in the sentence."""
        found = self._bags.get(sentence)
        if found is None:
            found = self._bags[sentence] = {}
            for word in self.ids[sentence]:
                found[word] = found.get(word, 0) + 1
        return found

    def counts(self, sentences: Sequence[int]) -> Counts:
        """The bags of some sentences as arrays."""
        rows = [self.ids[sentence] for sentence in sentences]
        lengths = [len(row) for row in rows]
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.intp, count=sum(lengths))
        size = len(self._weights)
        cells, counts = np.unique(np.repeat(np.arange(len(rows)) * size, lengths) + flat, return_counts=True)
        return Counts(*np.divmod(cells, size), counts)

    def encoded(self, sentence: int) -> str:
        """The sentence with each word as one character, which is what rapidfuzz compares fastest."""
        found = self._encoded.get(sentence)
        if found is None:
            found = self._encoded[sentence] = "".join(map(_CODES.__getitem__, self.ids[sentence]))
        return found

    def mass(self, sentence: int) -> float:
        """The weight of all the sentence's words, above 0."""
        found = self._mass.get(sentence)
        if found is None:
            weights = self._weights
            found = self._mass[sentence] = sum([weights[word] for word in self.ids[sentence]]) + 1e-9
        return found


class Counts(NamedTuple):
    """How often each word stands in each of some sentences: three arrays, ordered by sentence and by word."""

    rows: NDArray[np.intp]  # the sentence's place among them
    words: NDArray[np.intp]
    counts: NDArray[np.intp]

    def units(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each word weighs in its sentence, each sentence's weights of length 1."""
        values: NDArray[np.float64] = np.sqrt(self.counts) * weights[self.words]
        lengths = np.sqrt(np.bincount(self.rows, weights=values * values)) + 1e-12
        return values / lengths[self.rows]


class _Codes(dict[int, str]):
    """Word ids as characters: beyond control characters and around the surrogates."""

    def __missing__(self, word: int) -> str:
        found = self[word] = chr(word + 0x100 if word < 0xD000 else min(word + 0x1000, 0x10FFFF))
        return found


_CODES = _Codes()


class Texts:
    """The two texts of a pair and the weights of their words."""

    __slots__ = ("joints", "marks", "new", "old", "subjects", "weights")

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        vocabulary = _Vocabulary()
        lookup = vocabulary.__getitem__
        sides = [folded(text) for text in old], [folded(text) for text in new]
        copies = Counter(chain(*sides))
        rows: dict[str, list[int]] = {}
        for text in copies:
            row = list(map(lookup, words_of(text)))
            # a sentence without any word (a rule of dashes) is one word of its own
            rows[text] = row or [vocabulary.stems.setdefault(f" {text}", len(vocabulary.stems))]
        self.marks = {vocabulary.stems.get("#"), vocabulary.stems.get("@")}
        self.subjects = {vocabulary.stems.get(_stem(word)) for word in _SUBJECTS}
        self.joints = {vocabulary.stems.get(_stem(word)) for word in _JOINTS}
        total = len(old) + len(new) + 1
        found = [0] * len(vocabulary.stems)
        for text, count in copies.items():
            for word in set(rows[text]):
                found[word] += count
        self.weights = [log(total / count) for count in found]
        self.old, self.new = (Side(side, [rows[text] for text in side], self.weights) for side in sides)

    def shared(self, old: int, new: int) -> float:
        """The weight of the words that both sentences hold."""
        one, other = self.old.bag(old), self.new.bag(new)
        weights = self.weights
        return sum([min(one[word], other[word]) * weights[word] for word in one.keys() & other.keys()])

    def opening(self, old: int, new: int) -> float:
        """The weight of the words with which both sentences begin, up to the first number or month."""
        both = zip(self.old.ids[old], self.new.ids[new], strict=False)
        return sum([self.weights[one] for one, _ in takewhile(lambda w: w[0] == w[1] and w[0] not in self.marks, both)])

    def joined(self, whole: Sequence[int], part: Sequence[int], others: Iterable[Sequence[int]]) -> bool:
        """Whether a sentence stands in `whole` as a half joined to the other: "They closed two.", "and closed two".

        All are word ids; `others` are the sentences that `whole` is known to hold already.
        """
        said = list(part)
        while said and said[0] in self.subjects:
            said.pop(0)
        if len(said) < _SHORTEST_HALF or len(said) == len(part):
            return False
        size = len(said)
        places = [k for k in range(1, len(whole) - size + 1) if list(whole[k : k + size]) == said]
        if not any(whole[k - 1] in self.joints for k in places):
            return False
        return not any(list(one[k : k + size]) == said for one in others for k in range(len(one) - size + 1))

    def rarest(self, old: int, new: int) -> float:
        """The weight of the rarest word that both sentences hold, 0 where they share none."""
        weights = self.weights
        return max([weights[word] for word in self.old.bag(old).keys() & self.new.bag(new).keys()], default=0.0)

    def order(self, old: int, new: int) -> float:
        """Twice the longest common run of words in order, over all words of both: 0 to 1."""
        return float(
            Indel.normalized_similarity(
                self.old.encoded(old)[:LONGEST_BY_WORD], self.new.encoded(new)[:LONGEST_BY_WORD]
            )
        )

    def letters(self, old: int, new: int) -> float:
        """The same by characters; by words where a sentence is too long for that."""
        one, other = self.old.texts[old], self.new.texts[new]
        if max(len(one), len(other)) > LONGEST_BY_CHARACTER:
            return self.order(old, new)
        return float(Indel.normalized_similarity(one, other))

    def carried(self, old: Sequence[int], new: Sequence[int]) -> float:
        """The similarity that a link shows: twice the words kept in order, as printed, over all words of both."""
        one = " ".join([self.old.texts[i] for i in old])
        other = " ".join([self.new.texts[j] for j in new])
        if one == other:
            return 1.0
        return float(Indel.normalized_similarity(one.split(" ")[:LONGEST_BY_WORD], other.split(" ")[:LONGEST_BY_WORD]))
