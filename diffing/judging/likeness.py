"""How like two texts are: the stems of their words of content, and which sentence of a text tells the like.

>>> sorted(stems("Inspectors identified the victims."))
['ident', 'inspe', 'victi']
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import chain

# How many letters of a word make its stem: identify, identification and identified are one. Range 4 to 7; at 4
# "train" and "transport" keep apart but "prosecute" and "prosperous" meet, at 7 identify and identification part.
STEM = 5

# So many words' stems are kept. Range 10,000 to 1,000,000; a whole year's reports hold some 60,000 words.
MOST_STEMS = 200_000

# Looks at a sentence, of all questions to one narrative together. Range 200,000 to 20,000,000, default 2,000,000
# (a second); the longest real reports take 35,000. Lower leaves out evidence, higher lets one text hold up a run.
MOST_LOOKS = 2_000_000

# What a word that stands nowhere weighs, as a whole number: sums of whole numbers are the same in any order.
WEIGHT = 1_000_000

_WORD = re.compile(r"[a-z]{2,}|\d(?:[\d,.]*\d)?")
# Words that say nothing of what a sentence is about.
_STOP_WORDS = """
a an the and or of to in on for by with from at as that which who whom whose this these those it its is are was
were be been being has have had do does did not no nor will would may might can could shall should such than
then there their they them he she his her we our also any all some more most other others into during under
including include out year years government governments national country countrys reported report reports however
"""
_STOP = frozenset(_STOP_WORDS.split())


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of content of a text; numbers whole."""
    return frozenset(map(_STEMS.__getitem__, _WORD.findall(text.lower()))) - _NOTHING


class _Stems(dict[str, str]):
    """Words and their stems, each worked out once."""

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_STEMS:
            self.clear()
        stem = self[word] = _stem(word)
        return stem


def _stem(word: str) -> str:
    """The stem of a word in lower case: numbers whole, endings off, at most `STEM` letters; none of a stop word."""
    if word in _STOP:
        return ""
    if word[0].isdigit():
        return word
    word = _BASE.get(word, word)
    stem = _ENDING.sub("", word, count=1)
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls" and stem != word:
        stem = stem[:-1]
    return stem[:STEM]


_BASE = {
    "met": "meet", "held": "hold", "gave": "give", "given": "give", "paid": "pay", "spent": "spend", "led": "lead",
    "found": "find", "began": "begin", "begun": "begin", "took": "take", "taken": "take", "fell": "fall",
    "fallen": "fall", "rose": "rise", "risen": "rise", "sought": "seek", "built": "build",
}  # fmt: skip
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|ed|es|e|(?<!s)s)$")
_STEMS = _Stems()
_NOTHING = frozenset({""})


def overlap(of: frozenset[str], within: frozenset[str]) -> float:
    """The share of the stems `of` one text that stand `within` another; 0 where there are none."""
    return len(of & within) / len(of) if of else 0.0


class ByWords:
    """The sentences of one narrative by their words, to ask whether something was told there before.

    Only the sentences `among` are asked (None: all); a word is as rare as it is in all of them. After `MOST_LOOKS`
    looks at a sentence the answer is that nothing was told.
    """

    def __init__(self, texts: Sequence[str], among: Container[int] | None = None) -> None:
        self.looks = MOST_LOOKS
        self.stems = [stems(text) for text in texts]
        self.counts = Counter(chain.from_iterable(self.stems))
        self.holding: defaultdict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(self.stems):
            if among is None or index in among:
                for word in words:
                    self.holding[word].append(index)

    def count(self, word: str) -> int:
        """In how many sentences a stem stands."""
        return self.counts[word]

    def shares(self, words: frozenset[str]) -> dict[int, float]:
        """The share of `words` (0 to 1, rare words weighing more) that each sentence holds; those that hold none left
        out."""
        shares: defaultdict[int, int] = defaultdict(int)
        total = 0
        for word in words:
            holding = self.holding.get(word, ())
            weight = int(WEIGHT / (1 + self.counts[word]) ** 0.5)
            total += weight
            self.looks -= len(holding)
            if self.looks < 0:
                return {}
            for index in holding:
                shares[index] += weight
        return {index: share / total for index, share in shares.items()}

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
        return best_of_shares(self.shares(words), among)


def best_of_shares(shares: dict[int, float], among: Container[int] | None = None) -> tuple[int, float]:
    """The sentence of the largest share, the first of equals: (index, share), or (-1, 0)."""
    best, most = -1, 0.0
    for index, share in shares.items():  # in the order of the text
        if share > most and (among is None or index in among):
            best, most = index, share
    return best, most
