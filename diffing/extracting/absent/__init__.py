"""Absences in words, made into quantities: "did not identify any victims" is zero, "did not report any" is no number.

The clauses say what a denied verb acts on, and the phrases where a list of it ends. An absence becomes a quantity ``q``
in front of each noun that is denied, so that year, indicator and actor are attached to it as to any number; the verbs
that are denied travel with it.

The state did not identify or assist any victims. -> q(0) before "victims", verbs identify and assist
Police did not report identifying any victims.    -> q(no number) before "victims", verb identifying
No data were available on convictions.            -> q(no number) before "convictions"
"""

from __future__ import annotations

from diffing.extracting.absent.absences import END, Absences
from diffing.extracting.absent.none_or_unreported import deny
from diffing.language.analysis import Analysis
from diffing.language.words import Token

__all__ = ["END", "fold_absences"]


def fold_absences(tokens: list[Token], said: Analysis) -> list[Token]:
    """`tokens` with absences as quantities."""
    if not any(t.tag in "tNzu" for t in tokens):
        return tokens
    found = Absences(tokens, said)
    for i, token in enumerate(found.tokens):
        single = token.tag == "t" and found.tokens[i + 1].tag == "k"  # "not a single"
        lacks = token.entry.verb == "lack"
        if token.tag == "N" or single or (lacks and found.tokens[i + 1].tag != "a"):
            found.none_of(i + single, i)
        elif token.tag == "z":
            found.none(i)
        elif token.tag == "u":
            found.unknown(i)
        elif token.tag == "t" and not lacks:
            deny(found, i)
    return found.folded()
