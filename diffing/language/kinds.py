"""Phrases as values; and what each word does in a sentence: one letter for the small ones, W for the rest."""

from __future__ import annotations

import msgspec

from diffing.language.entries import Use, longest
from diffing.language.words import Words

_MAY_COUNT = frozenset(("about", "over", "around", "under", "some"))


class Phrase(msgspec.Struct, eq=False, gc=False):  # as tokens, made by the thousand
    """A stretch of words: a "noun" phrase, a "verb" group, or a small word, whose kind is its letter.

    Of a noun phrase `head` is the last word. Of a verb group `head` is the word that tells the deed, `lemma` what it
    is a form of, `form` that form, and the flags say how it stands.
    """

    kind: str
    first: int
    last: int
    start: int
    end: int
    head: int
    lemma: str = ""
    form: str = ""
    passive: bool = False
    perfect: bool = False
    past: bool = False
    denied: bool = False
    finite: bool = False
    ing: bool = False
    infinitive: bool = False
    copula: bool = False
    words: tuple[str, ...] = ()
    tail: tuple[str, Phrase] | None = None  # of a noun: the preposition and noun behind it


def kinds_of(words: Words) -> tuple[list[str], dict[int, int]]:
    """The kind of each word, and the length of small words that are several."""
    kinds: list[str] = []
    long: dict[int, int] = {}
    folded = words.folded
    taken = 0
    for at, (word, entry) in enumerate(zip(folded, words.entries, strict=True)):
        if at < taken:
            kinds.append("_")
            continue
        use = entry.use
        small = longest(use.small, folded, at) if use.small else None
        if small is not None:
            long[at], kind = small
            taken = at + small[0]
        elif use.letter and word not in ("may", "march"):
            kind = use.letter
        else:
            kind = _kind(use, word, words.printed[at], at)
        kinds.append(kind)
    for k, word in enumerate(folded[:-1]):
        if word in _MAY_COUNT and kinds[k + 1] == "#":
            kinds[k] = "D"  # "about 40", but "about wages"
        elif word == "no" and folded[k + 1] == "." and folded[k + 2 : k + 3] and folded[k + 2][0].isdigit():
            kinds[k], kinds[k + 1] = "W", "L"  # "Decree No. 823"
    return kinds, long


def _kind(use: Use, word: str, printed: str, at: int) -> str:
    if word == "may" and printed[0] == "M" and at > 0:
        return "Y"
    if word == "march" and printed[0] == "m":
        return "W"
    if use.letter:
        return use.letter
    if word == "that":
        return "B"
    if word.endswith("n't"):
        return "A"
    first = word[0]
    if first.isdigit() or first in "$€£¥%":
        return "#"
    if not first.isalpha():
        return word if word in ",.;:()" else {"?": ".", "!": ".", "—": ",", "–": ",", "[": "(", "]": ")"}.get(word, '"')
    if len(word) > 4 and word.endswith("ly") and not use.nouns:
        return "L"
    return "W"
