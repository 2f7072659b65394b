"""Absences in words, made into quantities: "did not identify any victims" is zero, "did not report any" is no number.

An absence becomes a quantity ``q`` in front of each noun that it governs, so that year, indicator and actor are
attached to it as to any number. The verbs under the negation travel with it.
"""

from __future__ import annotations

from diffing.extracting.absent.absences import Absences
from diffing.extracting.absent.data import deny_lacking, deny_unavailable
from diffing.extracting.absent.denials import deny_verbs
from diffing.extracting.absent.none import count_nothing, none
from diffing.language.words import Token

__all__ = ["fold_absences"]

_ABSENT = frozenset("tzuN")  # tags of words without one of which nothing is absent


def fold_absences(tokens: list[Token]) -> list[Token]:
    """`tokens` with absences as quantities."""
    if not any(t.tag in _ABSENT for t in tokens):
        return tokens
    found = Absences(tokens)
    for i, token in enumerate(tokens):
        if i in found.skipped:
            continue
        if token.tag == "N":
            count_nothing(found, i, i)
        elif token.tag == "z":
            none(found, i)
        elif token.tag == "u":
            deny_unavailable(found, i)
        elif token.tag == "t" and found.tokens[i + 1].tag == "k":
            count_nothing(found, i + 1, i)
            found.skipped.add(i)
        elif token.tag == "t" and token.entry.verb == "lack":
            deny_lacking(found, i)
        elif token.tag == "t":
            deny_verbs(found, i)
    return found.folded()
