"""Sentences that went, and which of them one that comes anew is: by its words, else by what is most like it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from math import log

from rapidfuzz.distance import Indel

from diffing.aligning.similarity import stems, words_of
from diffing.model import Lineage

# How alike a sentence must be to one that went to be that one again, edited: [0.75, 0.92] of the words of both in
# order, numbers and months not told apart, default 0.84. Sentences of one build share up to 0.8 of their words; lower,
# a new one is taken for one of years ago, and higher, one that came back edited is called new.
LEAST_RETURNED = 0.84

# How much more alike than the next best of those that went, [0, 0.2], default 0.05: of two that are as alike nobody
# can say which came back.
LEAD_RETURNED = 0.05

# Words that a sentence must have to be known again by what is like it, [4, 12], default 8: "The government did not
# enforce the law." stands in every section, and which of them came back nobody can say.
LEAST_WORDS = 8

# Sentences that went which one that came is compared with, those with the heaviest words in common: [3, 50], default
# 8. Formulaic sentences share their words with many.
MOST_COMPARED = 8

# How many of those that went may hold a word that leads to them: a share, [0.05, 0.5], default 0.2; and a number of
# sentences that always may, [4, 50], default 12. Commoner words lead everywhere and take the time.
COMMON_WORD = 0.2
FEW = 12


_ENDS = re.compile(r"(?<![.,])[.,]++(?= |$)")  # behind a word


@lru_cache(maxsize=65_536)
def words_hash(text: str) -> str:
    """The hash of the normalised words of a sentence: 16 hexadecimal digits.

    Case and what stands between the words do not count, numbers do.
    """
    words = " ".join(words_of(text)).replace("’", "'")
    plain = _ENDS.sub("", words) if "." in words or "," in words else words or " ".join(text.split())
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Gone:
    """Every lineage of a country that does not stand in the edition at hand, and all the words that it ever had."""

    def __init__(self) -> None:
        self.latest: dict[str, Lineage] = {}  # of every lineage, gone or not
        self.away: dict[str, str] = {}  # those that are gone, with their last text
        self._by_hash: dict[str, dict[str, None]] = defaultdict(dict)  # hash -> lineages that had it
        self._holding: dict[str, dict[str, None]] = defaultdict(dict)  # stem -> lineages that are gone and hold it

    def seen(self, rows: Iterable[Lineage]) -> None:
        """Remembers an edition's sentences with their words."""
        for row in rows:
            self.latest[row.lineage] = row
            if row.via != "equal":  # else it is known to have had these words
                self._by_hash[row.hash][row.lineage] = None

    def leave(self, rows: Iterable[tuple[str, str]]) -> None:
        """These lineages, with their last texts, stand no longer."""
        for lineage, text in rows:
            self.away[lineage] = text
            for stem in set(stems(text)):
                self._holding[stem][lineage] = None

    def back(self, lineage: str) -> None:
        """This lineage stands again."""
        text = self.away.pop(lineage)
        for stem in set(stems(text)):
            self._holding[stem].pop(lineage, None)

    def of_words(self, hash: str) -> Lineage | None:
        """The lineage that went last of those that stood in these very words."""
        found = [self.latest[lineage] for lineage in self._by_hash.get(hash, ()) if lineage in self.away]
        return max(found, key=lambda row: (row.year, -row.origin, -row.sentence), default=None)

    def like(self, text: str) -> tuple[Lineage, float] | None:
        """The lineage whose last text is most like `text`, and how alike they are (0 to 1)."""
        words = stems(text)
        if len(words) < LEAST_WORDS:
            return None
        weight: dict[str, float] = defaultdict(float)
        most = max(FEW, COMMON_WORD * len(self.away))
        for word in sorted(set(words)):  # a sum in another order is another in its last digit
            holding = self._holding.get(word, ())
            if 0 < len(holding) <= most:
                worth = log((len(self.away) + 1) / len(holding)) + 1e-9
                for lineage in holding:
                    weight[lineage] += worth
        nearest = sorted(weight, key=lambda lineage: (-weight[lineage], lineage))[:MOST_COMPARED]
        scores = sorted(((_alike(words, stems(self.away[lineage])), lineage) for lineage in nearest), reverse=True)
        if not scores or scores[0][0] < LEAST_RETURNED:
            return None
        if len(scores) > 1 and scores[0][0] - scores[1][0] < LEAD_RETURNED:
            return None
        return self.latest[scores[0][1]], scores[0][0]


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    return float(Indel.normalized_similarity(one, other))
