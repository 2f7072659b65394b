"""Absences in words, made into quantities: "did not identify any victims" is zero, "did not report any" is no number.

An absence becomes a quantity ``q`` in front of each noun that it governs, so that year, indicator and actor are
attached to it as to any number. The verbs under the negation travel with it.
"""

from __future__ import annotations

from diffing.extracting.absent.absences import Absences
from diffing.extracting.absent.data import deny_unavailable
from diffing.extracting.absent.denials import deny_verbs
from diffing.extracting.absent.none import count_nothing, none
from diffing.language.words import Token

__all__ = ["fold_absences"]


def fold_absences(tokens: list[Token]) -> list[Token]:
    """`tokens` with absences as quantities."""
    found = Absences(tokens)
    for i, token in enumerate(tokens):
        following = found.tokens[i + 1]
        if token.tag == "t" and token.entry.verb == "lack":
            if following.tag != "a":  # who lacked a sufficient number of inspectors had some
                count_nothing(found, i, i)
        elif token.tag == "N":
            count_nothing(found, i, i)
        elif token.tag == "z":
            none(found, i)
        elif token.tag == "u":
            deny_unavailable(found, i)
        elif token.tag == "t" and following.tag == "k":
            count_nothing(found, i + 1, i)
            found.skipped.add(i)
        elif token.tag == "t":
            deny_verbs(found, i)
    return found.folded()
