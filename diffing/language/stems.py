"""Stems: what of a word stays the same in its forms, and how much of its words one text shares with another.

>>> sorted(stems("Inspectors identified the victims."))
['ident', 'inspe', 'victi']
"""

from __future__ import annotations

import re
from functools import lru_cache

# Two texts that share so much of the shorter one's words are of one matter: the figures of two sentences that do not
# answer each other, two clauses on how things stand, two wishes for one deed. Range 0.2 to 0.5; lower joins two
# commissions' inquiries, higher loses what is told in other words.
ONE_MATTER = 0.3
# How many letters of a word make its stem: identify, identification and identified are one. Range 4 to 7; at 4
# "train" and "transport" keep apart but "prosecute" and "prosperous" meet, at 7 identify and identification part.
STEM = 5

# So many words' stems are kept. Range 10,000 to 1,000,000; a whole year's reports hold some 60,000 words.
MOST_STEMS = 200_000

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


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike the stems of two texts are (Dice, 0 to 1)."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def overlap_of_shorter(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the stems of the shorter of two texts that stand in the other."""
    return max(overlap(one, other), overlap(other, one))
