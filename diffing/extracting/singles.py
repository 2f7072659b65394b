"""What "a" and "a single" count: "convicted a trafficker" is one."""

from __future__ import annotations

from diffing.language.numbers import Quantity
from diffing.language.words import Token

_PERSONS_OF_CASES = frozenset(("offender", "victim"))
KIND_REACH = 3  # tokens from "a" to its noun: "a convicted child sex trafficker". Range 2 to 4, default 3


def fold_singles(tokens: list[Token]) -> list[Token]:
    """`tokens` with "a" as the quantity one, where it counts: "courts convicted a trafficker".

    What holds in general counts nobody ("rarely, when police identified a victim"); a sentence with a day in it tells
    one case rather than a count.
    """
    out: list[Token] = []
    general = any(t.tag == "D" for t in tokens)
    for i, token in enumerate(tokens):
        general = (general or "general" in token.entry.roles) and token.tag not in ";l"
        counts = token.word in ("a", "an", "another") and not general and i and _acts_on(tokens, i)
        out.append(_one(token) if counts or token.word == "a single" else token)
    return out


def _acts_on(tokens: list[Token], i: int) -> bool:
    """Whether a deed is done to the one person whom the "a" at `i` names."""
    verb = tokens[i - 1]
    if verb.tag != "v" or not verb.entry.verbs or verb.entry.form not in ("past", "ing"):
        return False
    head = next((t for t in tokens[i + 1 : i + 1 + KIND_REACH] if t.tag not in "xm"), None)
    return head is not None and head.tag == "n" and head.entry.kind in _PERSONS_OF_CASES


def _one(token: Token) -> Token:
    one = Token("q", token.start, token.end, token.word if token.word != "a single" else "one", token.entry)
    one.value = Quantity(1.0)
    return one
