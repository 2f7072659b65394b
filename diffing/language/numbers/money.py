"""The currency of a number: a sign or a name before it, a name behind it."""

from __future__ import annotations

from diffing.language.words import Token

CURRENCY_REACH = 3  # tokens from a number to its currency: "five million new Drovian crowns"; 2 to 4, default 3


def currency_before(tokens: list[Token], i: int, out: list[Token]) -> Token | None:
    """The sign or the name of a currency right before the number at `i`: "$5,000", "USD 5,000"."""
    if tokens[i - 1].tag == "$":
        return tokens[i - 1]
    return out[-1] if "currency" in out[-1].entry.roles and out[-1].tag not in "qnv" else None


def currency_behind(tokens: list[Token], j: int) -> tuple[str, int]:
    """The currency that is named from `j` on, and where its name ends; ``""`` and `j` where there is none."""
    for k, token in enumerate(tokens[j : j + CURRENCY_REACH], start=j):
        if "currency" in token.entry.roles:
            return token.entry.currency, k + 1
        if token.tag not in "xnm" and token.word != "new":
            break
        if token.tag == "n" and not token.word.endswith("n"):
            break
    return "", j


def money_in_brackets(tokens: list[Token], j: int) -> int:
    """Where "($430)" follows an amount whose own currency nobody knows: "50,000 vatu ($430)"; 0 where it does not."""
    k = j
    while k < j + CURRENCY_REACH and tokens[k].tag in "xnm":
        k += 1
    return k if tokens[k].tag == "(" and tokens[k + 1].tag == "$" else 0
