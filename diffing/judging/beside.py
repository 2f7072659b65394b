"""Several numbers of one series in two sentences: which answers which, by the words that stand beside each.

"trained 150 police officers and 40 prosecutors" answers "trained 90 police officers and 55 prosecutors" number by
number: the officers with the officers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from diffing.judging.comparable import Comparable
from diffing.judging.likeness import stems
from diffing.judging.told import Told

# How many words before and behind a number say what it counts. Range 2 to 5; fewer leave two sums alike, more read the
# next number's words.
WORDS_BEFORE = 3
WORDS_BEHIND = 5

_STOPS = re.compile(r"[,;.(]|\b(?:and|but|while|compared|in (?:19|20)\d\d)\b|\d")
_PARTING = re.compile(r"[,;.()\d]")


def beside_each_other(
    comparable: Comparable, together: Sequence[tuple[Told, Told]]
) -> tuple[list[tuple[Told, Told]], list[str]]:
    """The pairs whose numbers stand beside the same words, and these words as the new sentence has them.

    Each number stands in one pair at most, and every new one in one: else none is sure, and there are no pairs.
    """
    likeness = {n: _likeness(comparable, *pair) for n, pair in enumerate(together)}
    best: list[tuple[Told, Told]] = []
    nouns: list[str] = []
    for n, (old, new) in enumerate(together):
        rivals = [m for m, (a, b) in enumerate(together) if m != n and (a is old or b is new)]
        if likeness[n] > 0 and all(likeness[m] < likeness[n] for m in rivals):
            best.append((old, new))
            nouns.append(behind(comparable, new))
    if len({id(new) for _, new in best}) < len({id(new) for _, new in together}) or len(best) == 1:
        return [], []
    return best, nouns


def one_to_one(together: Sequence[tuple[Told, Told]]) -> bool:
    """Whether there are several pairs and each number stands in one of them."""
    olds, news = {id(old) for old, _ in together}, {id(new) for _, new in together}
    return len(together) > 1 and len(olds) == len(news) == len(together)


def behind(comparable: Comparable, told: Told) -> str:
    """The words behind a number that say what it counts: "police officers"."""
    sentence = comparable.sentence_of(told)
    words = sentence.text[told.figure.end - sentence.start :].lstrip(") ")
    stop = _STOPS.search(words)
    return " ".join(words[: stop.start() if stop else len(words)].split()[:WORDS_BEHIND])


def _before(comparable: Comparable, told: Told) -> str:
    sentence = comparable.sentence_of(told)
    before = sentence.text[: told.figure.start - sentence.start]
    parted = max((match.end() for match in _PARTING.finditer(before)), default=0)
    return " ".join(before[parted:].split()[-WORDS_BEFORE:])


def _likeness(comparable: Comparable, old: Told, new: Told) -> float:
    sides = [stems(f"{_before(comparable, told)} {behind(comparable, told)}") for told in (old, new)]
    both = len(sides[0]) + len(sides[1])
    return 2 * len(sides[0] & sides[1]) / both if both else 0.0
