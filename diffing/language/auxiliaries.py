"""The auxiliaries, negations and adverbs before a verb: "has not yet been", "will", "failed to".

>>> found = auxiliaries_at(list("AAW"), ("was", "not", "closed"), 0)
>>> found.be, found.past, found.end
(True, True, 2)
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

BEFORE_VERB = "AMNTL_D"  # the kinds of words that may stand before a verb and belong to it
BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am", "get", "got", "gets", "getting"))
HAVE = frozenset(("has", "have", "had", "having"))
# What stands before a bare verb; "ca" and "wo" are what is left of "can't" and "won't".
_BEFORE_BARE = frozenset(("do", "does", "did", "ca", "wo", "could", "would", "should"))
_PAST = frozenset(("was", "were", "had", "did", "got"))
_ALL = frozenset(("all", "both", "each"))


class Auxiliaries(Struct):
    """The words before a verb, up to `end`, the word behind them. `begun` says that one of them is an auxiliary."""

    end: int
    be: bool = False
    have: bool = False
    bare: bool = False  # a bare form follows
    to: bool = False
    denied: bool = False
    past: bool = False
    begun: bool = False

    def take(self, word: str) -> None:
        """Adds one auxiliary."""
        self.denied = self.denied or word.endswith("n't")
        word = word.removesuffix("n't")
        self.be = self.be or word in BE
        self.have = self.have or word in HAVE
        self.bare = self.bare or word in _BEFORE_BARE
        self.past = self.past or word in _PAST


def auxiliaries_at(kinds: Sequence[str], words: Sequence[str], at: int) -> Auxiliaries:
    """What stands before the verb of a group that begins at a word."""
    found = Auxiliaries(at)
    while found.end < len(words) and kinds[found.end] in BEFORE_VERB:
        kind, word = kinds[found.end], words[found.end]
        if kind == "D" and not (word in _ALL and found.begun):
            break
        if kind == "T" and found.begun and not (found.be or found.have):
            break
        if kind == "T":
            found.past = found.past and not found.be  # "was to be closed"
            found.to = found.bare = True
        elif kind == "A":
            found.take(word)
        elif kind == "M":
            found.bare = True
        found.denied = found.denied or kind == "N"
        found.begun = found.begun or kind in "AMT"
        found.end += 1
    return found
