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
from collections.abc import Sequence
from functools import lru_cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

_WORD = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]")
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
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "s", "e")

# Range 1,000 to 100,000 characters, default 4,000: longer sentences are compared by words alone, because comparing
# the characters of two such takes their product in time; lowered, long sentences lose a little of their evidence.
LONGEST_BY_CHARACTER = 4_000


def folded(text: str) -> str:
    """`text` with every run of white space as one space: equal sentences are equal after this."""
    return " ".join(text.split())


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """The word without its ending, a mark for a number or a month, and nothing for punctuation."""
    if word[0].isdigit() or word in _NUMBERS:
        return "#"
    if word in _MONTHS:
        return "@"
    if not word[0].isalpha():
        return ""
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


class Side:
    """The sentences of one text: folded, as word ids, as bags of words, with their weights once `weigh` has run."""

    __slots__ = ("bags", "encoded", "ids", "lengths", "mass", "texts")

    def __init__(self, sentences: Sequence[str], ids: dict[str, int]) -> None:
        self.texts = [folded(sentence) for sentence in sentences]
        self.ids: list[list[int]] = []
        number = ids.setdefault
        for text in self.texts:
            row = [number(stem, len(ids)) for word in _WORD.findall(text.casefold()) if (stem := _stem(word))]
            # a sentence without any word (a rule of dashes) is its own characters
            self.ids.append(row or [number(text, len(ids))])
        self.encoded = ["".join(map(chr, map(_code, row))) for row in self.ids]
        self.bags: dict[int, dict[int, int]] = {}
        self.lengths: list[float] = []
        self.mass: list[float] = []

    def bag(self, sentence: int) -> dict[int, int]:
        """How often each word stands in the sentence."""
        found = self.bags.get(sentence)
        if found is None:
            found = self.bags[sentence] = Counter(self.ids[sentence])
        return found


def _code(word: int) -> int:
    return word + 0x100 if word < 0xD000 else min(word + 0x1000, 0x10FFFF)


class Texts:
    """The two texts of a pair and the weights of their words."""

    __slots__ = ("new", "old", "weights")

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        ids: dict[str, int] = {}
        self.old, self.new = Side(old, ids), Side(new, ids)
        total = len(old) + len(new) + 1
        found = [0] * len(ids)
        for side in (self.old, self.new):
            for row in side.ids:
                for word in set(row):
                    found[word] += 1
        self.weights = [log(total / count) if count else 0.0 for count in found]
        weights = self.weights
        for side in (self.old, self.new):
            side.mass = [sum([weights[word] for word in row]) + 1e-9 for row in side.ids]

    def vectors(self, side: Side, chosen: Sequence[int], columns: dict[int, int]) -> NDArray[np.float64]:
        """The chosen sentences as rows of length 1 over the words in `columns`, for cosines."""
        rows: list[int] = []
        cells: list[int] = []
        values: list[float] = []
        weights = self.weights
        for row, sentence in enumerate(chosen):
            bag = side.bag(sentence)
            scaled = {word: sqrt(count) * weights[word] for word, count in bag.items()}
            length = sqrt(sum([value * value for value in scaled.values()])) or 1.0
            for word, value in scaled.items():
                column = columns.get(word)
                if column is not None:
                    rows.append(row)
                    cells.append(column)
                    values.append(value / length)
        matrix = np.zeros((len(chosen), max(1, len(columns))))
        matrix[rows, cells] = values
        return matrix

    def shared(self, old: int, new: int) -> float:
        """The weight of the words that both sentences hold."""
        one, other = self.old.bag(old), self.new.bag(new)
        weights = self.weights
        return sum([min(one[word], other[word]) * weights[word] for word in one.keys() & other.keys()])

    def order(self, old: int, new: int) -> float:
        """Twice the longest common run of words in order, over all words of both: 0 to 1."""
        return float(Indel.normalized_similarity(self.old.encoded[old], self.new.encoded[new]))

    def letters(self, old: int, new: int) -> float:
        """The same by characters; by words where a sentence is too long for that."""
        one, other = self.old.texts[old], self.new.texts[new]
        if max(len(one), len(other)) > LONGEST_BY_CHARACTER:
            return self.order(old, new)
        return float(Indel.normalized_similarity(one, other))

    def carried(self, old: Sequence[int], new: Sequence[int]) -> float:
        """The similarity that a link shows: twice the words kept in order over all words, 1 for equal texts."""
        one = " ".join([self.old.texts[i] for i in old])
        other = " ".join([self.new.texts[j] for j in new])
        if one == other:
            return 1.0
        if max(len(one), len(other)) <= LONGEST_BY_CHARACTER:
            first, second = _WORD.findall(one), _WORD.findall(other)
        else:
            first, second = one.split(), other.split()
        return float(Indel.normalized_similarity(first, second))
