"""The nouns that an absence denies: the heads of a list, and which of them can be counted as none."""

from __future__ import annotations

from diffing.language.entries import PLAIN
from diffing.language.words import Token, is_plural

MOST_LISTED = 6  # things in one list that are not reported; longer lists are of other matters
LONGEST_LIST = 8  # heads of one list of nouns that are read
_COUNTED_UNITS = frozenset(("persons", "cases", "calls", "inspections"))


def noun_heads(tokens: list[Token], i: int) -> list[int]:
    """The head nouns of the noun phrases that start at `i`, coordinated with commas, "and" and "or"."""
    heads: list[int] = []
    while len(heads) < LONGEST_LIST:
        head, end = _head(tokens, i)
        if head < 0:
            break
        heads.append(head)
        i = _past_links(tokens, end)
        acts = tokens[i + 1].tag == "v" and tokens[i + 2].tag not in "p.,;&"  # "no victims, and police arrested 12"
        if i == end or tokens[i].tag != "n" or (tokens[i].entry.actor and (acts or not tokens[i].entry.noun)):
            break
    return heads


def _head(tokens: list[Token], i: int) -> tuple[int, int]:
    """The head of the noun phrase that starts at `i`, or -1, and where the phrase ends."""
    head = -1
    while tokens[i].tag in "xmnavfO#":
        token, known = tokens[i], head >= 0
        if token.tag == "v" and (known or token.entry.form not in ("past", "ing")):
            break
        if known and (token.tag == "a" or is_plural(tokens[head])):
            break  # "no reports children worked"
        if token.tag == "n":
            head = i
        elif token.tag == "x" and known and tokens[i + 1].tag != "n":
            # an unknown word is the head of a compound: "no citizen review"
            head = -1 if tokens[head].word == tokens[head].entry.noun else head
            break
        i += 1
        if head < 0 and tokens[i].tag == "&" and tokens[i + 1].tag in "xm":
            i += 1  # "health and safety inspections"
    if "wage_marks" in tokens[i].entry.roles:
        head = -1  # "no national minimum wage"
    return head, i


def _past_links(tokens: list[Token], i: int) -> int:
    """Where a list goes on behind the comma and the conjunction at `i`."""
    return i + sum(t.tag in ",&" for t in tokens[i : i + 1 + (tokens[i].tag in ",&")])


def listed_heads(tokens: list[Token], k: int) -> list[int]:
    """The heads of a list whose members may have a participle or "the number of" of their own.

    "the number of investigations conducted, violations found, and the number of convictions"
    """
    found: list[int] = []
    while len(found) < MOST_LISTED and (heads := noun_heads(tokens, k)):
        found += heads
        end = heads[-1] + 1
        end += tokens[end].tag == "v"
        k = _past_links(tokens, end)
        if k == end:
            break
        k = noun_start(tokens, k)
    return found


def noun_start(tokens: list[Token], k: int) -> int:
    """Where a noun begins behind "the number of" and articles."""
    while tokens[k].tag in "af" or "number_of" in tokens[k].entry.roles:
        k += 1
    return k


def can_be_zero(token: Token) -> bool:
    """Whether a denied noun is a count of none: victims and cases are, laws and programs are not."""
    entry = token.entry
    return bool(entry.nouns) or (entry.unit in _COUNTED_UNITS and "never_none" not in entry.roles)


def one_of_kind(tokens: list[Token], j: int) -> bool:
    """Whether "a" at `j` stands with what indicators count: "did not convict a trafficker"."""
    entry = next((t.entry for t in tokens[j + 1 : j + 4] if t.tag not in "xm"), PLAIN)
    return entry.kind in ("offender", "victim") or bool(entry.nouns) or entry.noun == "case"
