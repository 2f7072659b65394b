"""The nouns that an absence denies: the heads of a list, and which of them can be counted as none."""

from __future__ import annotations

from diffing.language.words import Token, is_plural

MOST_LISTED = 6  # things in one list that are not reported; longer lists are of other matters
LONGEST_LIST = 8  # heads of one list of nouns that are read
_COUNTED_UNITS = frozenset(("persons", "cases", "calls", "inspections"))


def noun_heads(tokens: list[Token], i: int) -> list[int]:
    """The head nouns of the noun phrases that start at `i`, coordinated with commas, "and" and "or"."""
    heads: list[int] = []
    while i < len(tokens) and len(heads) < LONGEST_LIST:
        head, i = _head(tokens, i)
        if head < 0:
            break
        heads.append(head)
        i = _next_noun(tokens, i)
        if i < 0:
            break
    return heads


def _head(tokens: list[Token], i: int) -> tuple[int, int]:
    """The head of the noun phrase that starts at `i`, or -1, and where the phrase ends."""
    head, count = -1, len(tokens)
    while i < count and tokens[i].tag in "xmnavfO#":
        token = tokens[i]
        if token.tag == "v" and (token.entry.form not in ("past", "ing") or head >= 0):
            break
        if token.tag == "a" and head >= 0:
            break
        if token.tag == "n":
            if head >= 0 and is_plural(tokens[head]):
                break  # "no reports children worked"
            head = i
        elif token.tag == "x" and head >= 0 and not _goes_on(tokens, head, i):
            head = -1 if _compound(tokens, head, i) else head
            break
        i += 1
        pair = i + 2 < count and head < 0 and tokens[i].tag == "&"
        if pair and tokens[i + 1].tag in "xm":
            i += 1  # "health and safety inspections"
    if head >= 0 and i < count and "wage_marks" in tokens[i].entry.roles:
        head = -1  # "no national minimum wage"
    return head, i


def _goes_on(tokens: list[Token], head: int, i: int) -> bool:
    """Whether a compound goes on behind an unknown word: "child labor violations"."""
    return i + 1 < len(tokens) and tokens[i + 1].tag == "n" and not is_plural(tokens[head])


def _compound(tokens: list[Token], head: int, i: int) -> bool:
    """Whether the unknown word at `i` is the head of a compound: "no citizen review"; a plural before it never is."""
    noun = tokens[head]
    word = tokens[i].word
    return i == head + 1 and noun.word == noun.entry.noun and ("-" in word or not word.endswith(("ly", "ed", "ing")))


def _next_noun(tokens: list[Token], i: int) -> int:
    """Where a list goes on behind `i`; -1 where no other noun comes before a verb: "no victims, and police ..."."""
    count = len(tokens)
    j = i
    while j < count and tokens[j].tag in ",&" and j < i + 2:
        j += 1
    if j in (i, count) or tokens[j].tag not in "nmxv":
        return -1
    alternative = tokens[j - 1].word == "or"  # "no injuries or deaths were reported"
    after = tokens[j + 1] if j + 1 < count else None
    named = tokens[j].tag == "n" and (alternative or after is None or after.tag not in "vgbt")
    acted = tokens[j].tag == "v" and after is not None and after.tag == "n"
    if not (named or acted) or (tokens[j].entry.actor and not tokens[j].entry.noun):
        return -1
    return j


def listed_heads(tokens: list[Token], k: int) -> list[int]:
    """The heads of a list whose members may have a participle or "the number of" of their own.

    "the number of investigations conducted, violations found, and the number of convictions"
    """
    found: list[int] = []
    count = len(tokens)
    while len(found) < MOST_LISTED:
        heads = noun_heads(tokens, k)
        if not heads:
            break
        found += heads
        k = heads[-1] + 1
        if k < count and tokens[k].tag == "v" and tokens[k].entry.form == "past":
            k += 1
        j = k
        while k < count and tokens[k].tag in ",&" and k < j + 2:
            k += 1
        if k == j:
            break
        while k < count and (
            tokens[k].tag in "a" or tokens[k].word in ("number", "numbers", "of", "amount", "imposed")
        ):
            k += 1
    return found


def can_be_zero(token: Token) -> bool:
    """Whether a denied noun is a count of none: victims and cases are, laws and programs are not."""
    entry = token.entry
    return bool(entry.nouns) or (entry.unit in _COUNTED_UNITS and "never_none" not in entry.roles)


def one_of_kind(tokens: list[Token], j: int) -> bool:
    """Whether "a" at `j` stands with what indicators count: "did not convict a trafficker"."""
    for token in tokens[j + 1 : j + 4]:
        if token.tag == "n":
            return token.entry.kind in ("offender", "victim") or bool(token.entry.nouns) or token.entry.noun == "case"
        if token.tag not in "xm":
            return False
    return False


def is_bare(tokens: list[Token], j: int) -> bool:
    """Whether the noun phrase around `j` has no article: "victims", not "the victims"."""
    return not any(t.tag == "a" or t.word in ("all", "most", "many") for t in tokens[max(0, j - 2) : j + 1])
