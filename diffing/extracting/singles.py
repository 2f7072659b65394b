"""What "a", "a single" and "all" count: "convicted a trafficker" is one, "identified 30 and referred all" are 30."""

from __future__ import annotations

from itertools import takewhile

from msgspec.structs import replace

from diffing.language.numbers import Quantity
from diffing.language.words import Token, joined

_PERSONS_OF_CASES = frozenset(("offender", "victim"))
KIND_REACH = 3  # tokens from "a" to its noun: "a convicted child sex trafficker". Range 2 to 4, default 3
DEED_REACH = 3  # tokens from "all of whom" to what was done to them: "it had referred". Range 2 to 4, default 3


def fold_singles(tokens: list[Token]) -> list[Token]:
    """`tokens` with "a" as the quantity one, where it counts: "courts convicted a trafficker", and "all" as the number
    that it stands for.

    What holds in general counts nobody ("rarely, when police identified a victim"); a sentence with a day in it tells
    one case rather than a count.
    """
    out: list[Token] = []
    general = any(t.tag == "D" for t in tokens)
    for i, token in enumerate(tokens):
        general = (general or "general" in token.entry.roles) and token.tag not in ";l"
        counts = token.word in ("a", "an", "another") and not general and i and _acts_on(tokens, i)
        if token.word == "all" and (number := _counted_before(tokens, i)) is not None and _done_to_all(tokens, i):
            out.append(_number(token, replace(number)))
            continue
        out.append(_number(token, Quantity(1.0)) if counts or token.word == "a single" else token)
    return out


def _acts_on(tokens: list[Token], i: int) -> bool:
    """Whether a deed is done to the one person whom the "a" at `i` names."""
    verb = tokens[i - 1]
    if verb.tag != "v" or not verb.entry.verbs or verb.entry.form not in ("past", "ing"):
        return False
    head = next((t for t in tokens[i + 1 : i + 1 + KIND_REACH] if t.tag not in "xm"), None)
    return head is not None and head.tag == "n" and head.entry.kind in _PERSONS_OF_CASES


def _counted_before(tokens: list[Token], i: int) -> Quantity | None:
    """How many people the one deed before counts, whom "all" at `i` means; none where other numbers stand between."""
    numbers = [k for k, t in enumerate(tokens[:i]) if t.tag == "q"]
    compared = next((k for k, t in enumerate(tokens[:i]) if t.tag == "c"), i)
    told = [k for k in numbers if k < compared]
    if not told:
        return None
    k = told[-1]
    left = next((t for t in reversed(tokens[:k]) if t.tag not in "Qax"), tokens[0])
    behind = next((t for t in tokens[k + 1 : i] if t.tag not in "xm"), tokens[0])
    value = tokens[k].value
    people = behind.tag == "n" and behind.entry.kind in _PERSONS_OF_CASES
    counts = people and left.tag == "v" and bool(left.entry.verbs)
    return value if counts and isinstance(value, Quantity) and value.value else None


def _done_to_all(tokens: list[Token], i: int) -> bool:
    """Whether a deed that is counted is done to all: "referred all of them", "all of whom it referred"."""
    before, behind = tokens[i - 1], tokens[i + 1]
    told = before.word == "to" and any(t.entry.acts for t in tokens[max(0, i - DEED_REACH) : i])
    if told or (before.tag == "v" and before.entry.verbs and before.entry.form == "past"):
        people = next((t for t in tokens[i + 1 : i + 1 + KIND_REACH] if t.tag not in "xmva"), tokens[0])
        return behind.tag in "ip,.;&" or people.entry.kind == "victim"
    if before.tag not in ",;&":
        return False
    until = list(takewhile(lambda t: t.tag in "irbax", tokens[i + 1 : i + 1 + DEED_REACH]))
    verb = tokens[i + 1 + len(until)]
    return verb.tag == "v" and bool(verb.entry.verbs) and verb.entry.form == "past"


def _number(token: Token, quantity: Quantity) -> Token:
    return joined("q", token, token, quantity, "one" if token.word == "a single" else "")
