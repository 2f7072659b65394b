"""Words and phrases as values; and what each word does in a sentence: one letter for the small ones, W for the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from diffing.language.vocabulary import Vocabulary, folded
from diffing.language.words import split

_MAY_COUNT = frozenset(("about", "over", "around", "under", "some"))
_NOT_ADVERBS = frozenset(("early", "monthly", "daily", "weekly", "yearly", "elderly", "only", "likely", "italy"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: as the tables have them, as printed, and where they stand."""

    text: str
    folded: tuple[str, ...]
    printed: tuple[str, ...]
    starts: tuple[int, ...]

    def end(self, at: int) -> int:
        """Where a word ends."""
        return self.starts[at] + len(self.printed[at])


@dataclass(slots=True, eq=False)
class Phrase:
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
    words: tuple[str, ...] = field(default=(), repr=False)
    tail: tuple[str, Phrase] | None = field(default=None, repr=False)  # of a noun: the preposition and noun behind it


def words_of(text: str) -> Words:
    """The words of a text."""
    found = split(text)
    return Words(
        text, tuple([folded(word) for word, _ in found]), tuple([w for w, _ in found]), tuple([s for _, s in found])
    )


def kinds_of(text: Words, known: Vocabulary) -> tuple[list[str], dict[int, int]]:
    """The kind of each word, and the length of small words that are several."""
    kinds, long, at = [], {}, 0
    words = text.folded
    while at < len(words):
        word = words[at]
        if (small := known.longest(known.small, words, at)) is not None:
            long[at] = small[0]
            kinds.extend([str(small[1])] + ["_"] * (small[0] - 1))
            at += small[0]
            continue
        kinds.append(_kind(known, word, text.printed[at], at))
        at += 1
    for k, word in enumerate(words[:-1]):
        if word in _MAY_COUNT and kinds[k + 1] == "#":
            kinds[k] = "D"  # "about 40", but "about wages"
        elif word == "no" and words[k + 1] == "." and words[k + 2 : k + 3] and words[k + 2][0].isdigit():
            kinds[k], kinds[k + 1] = "W", "L"  # "Decree No. 823"
    return kinds, long


def _kind(known: Vocabulary, word: str, printed: str, at: int) -> str:
    kind = known.kinds.get(word)
    if word == "may" and printed[0] == "M" and at > 0:
        return "Y"
    if word == "march" and printed[0] == "m":
        return "W"
    if kind is not None:
        return kind
    if word == "that":
        return "B"
    if word.endswith("n't"):
        return "A"
    first = word[0]
    if first.isdigit() or first in "$€£¥%":
        return "#"
    if not first.isalpha():
        return word if word in ",.;:()" else {"?": ".", "!": ".", "—": ",", "–": ",", "[": "(", "]": ")"}.get(word, '"')
    if len(word) > 4 and word.endswith("ly") and word not in known.nouns and word not in _NOT_ADVERBS:
        return "L"
    return "W"
