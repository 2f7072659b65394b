"""What is not reported: data on something, the number of something, how many."""

from __future__ import annotations

from diffing.extracting.absent.absences import Absences
from diffing.extracting.absent.nouns import MOST_LISTED, listed_heads, noun_heads
from diffing.language.entries import is_money
from diffing.language.words import Token
from diffing.model import Status

REACH = 14  # tokens from a negated verb to what it governs; a longer way leads into another clause
_COUNTS = frozenset(("number", "numbers", "many", "amount"))
_KEPT = frozenset(("available", "public", "publicly", "existed", "exists", "kept"))
_NR = Status.NOT_REPORTED


def deny_data(found: Absences, i: int, first: int) -> bool:
    """The data noun at `i` is denied: "data on investigations or prosecutions", "the number of victims"."""
    tokens = found.tokens
    if any("partial" in t.entry.roles for t in tokens[first:i]):
        return True  # who did not publish complete data still told some
    i = _last_data_noun(tokens, i)
    data = tokens[i]
    j = _link(tokens, i)
    strict = "counts" in data.entry.roles
    for k in range(j, min(len(tokens) - 1, j + 6)):
        if tokens[k].word == "how" and tokens[k + 1].word == "many":
            deny_how_many(found, k, first)
            found.skipped.update(range(i, k))
            return True
    if _links(found.at(j)):
        if _deny_linked(found, i, j, first, strict):
            return True
        if not (strict or _numbered(tokens, i, j, _noun_start(tokens, j))):
            return False
    elif not strict:
        return False
    near = tokens[i + 1 : i + 4] if data.word == "amount" else []
    spent = [t for t in near if t.tag == "v" and t.entry.form == "past"]  # "the amount it spent"
    found.put(i, _NR, first, i, spent, money=bool(spent))
    found.skipped.add(i)
    return True


def _last_data_noun(tokens: list[Token], i: int) -> int:
    """The noun that says what is missing: "the types or number of personnel"."""
    j, last = i + 1, i
    while j < len(tokens) and tokens[j].tag in "&,nxa":
        if "data" in tokens[j].entry.roles:
            last = j
        j += 1
    return last


def _link(tokens: list[Token], i: int) -> int:
    """Where "on" or "of" stands behind the data noun: "no information was available on the number of"."""
    j = i + 1
    while j < min(len(tokens), i + 6) and (tokens[j].tag in "bu" or tokens[j].word in _KEPT):
        j += 1
    return j if j == len(tokens) or _links(tokens[j]) else i + 1


def _links(token: Token | None) -> bool:
    return token is not None and "data_on" in token.entry.roles


def _noun_start(tokens: list[Token], j: int) -> int:
    k = j + 1
    while k < len(tokens) and (tokens[k].tag in "af" or "number_of" in tokens[k].entry.roles):
        k += 1
    return k


def _numbered(tokens: list[Token], i: int, j: int, k: int) -> bool:
    """Whether a number is asked for: "details of the number of victims"."""
    return any(t.word in _COUNTS for t in tokens[j:k]) or tokens[i].word in ("number", "numbers")


def _deny_linked(found: Absences, i: int, j: int, first: int, strict: bool) -> bool:
    """Places "not reported" before the nouns behind "data on" at `j`."""
    tokens, count = found.tokens, len(found.tokens)
    start = k = _noun_start(tokens, j)
    numbered = _numbered(tokens, i, j, k)
    heads = [h for h in listed_heads(tokens, k) if strict or numbered or tokens[h].entry.nouns]
    if not heads and strict:  # "data on the incidence of trafficking and trafficking-related prosecutions"
        for h in range(start, min(count, start + REACH)):
            if tokens[h].tag in ".;lq":
                break
            if tokens[h].tag == "n" and tokens[h].entry.nouns:
                heads.append(h)
    if not heads:
        return False
    named = [h for h in heads if tokens[h].entry.nouns or tokens[h].entry.acts]
    if len(heads) > 1 and named and not numbered:
        heads = named
    found.skipped.update(range(i, k))
    return found.place(heads[:MOST_LISTED], _NR, min(first, k), [], loose=True)


def deny_how_many(found: Absences, j: int, first: int) -> None:
    """Places "not reported" before what "how many" at `j` asks for."""
    tokens, count = found.tokens, len(found.tokens)
    if found.word(j + 1) == "much":
        _deny_how_much(found, j, first)
        return
    found.skipped.update((j, j + 1))
    for k in range(j + 2, min(count - 2, j + 2 + REACH)):  # "how many of the 88 investigations led to prosecutions"
        if tokens[k].tag in ".;l":
            break
        if "leading_to" in tokens[k].entry.roles and tokens[k + 1].word in ("to", "in", "with"):
            led = [h for h in noun_heads(tokens, k + 2) if tokens[h].entry.nouns]
            if led:
                found.place(led, _NR, first, [])
                return
    start = j + 2
    if found.word(start) == "of" and start + 1 < count:  # "how many of the victims received services"
        start += 1 + (tokens[start + 1].tag == "a")
    heads = noun_heads(tokens, start)
    if heads:
        verbs = [t for t in tokens[heads[0] + 1 : heads[0] + 5] if t.tag == "v"][:1]
        found.place(heads[:1], _NR, first, verbs, loose=True)
    elif start < count:
        acting = tokens[start].tag == "r" and found.at(start + 1) is not None and tokens[start + 1].tag == "v"
        verbs = [tokens[start + 1]] if acting else []  # "how many it referred to care"
        found.put(start, _NR, first, j + 1, verbs)


def _deny_how_much(found: Absences, j: int, first: int) -> None:
    """ "how much it spent", "how much funding the shelters received"."""
    tokens = found.tokens
    heads = noun_heads(tokens, j + 2)
    if heads and is_money(tokens[heads[0]].entry.unit):
        found.skipped.update((j, j + 1))
        found.place(heads[:1], _NR, first, [])
        return
    verb = next((k for k in range(j + 2, min(j + 6, len(tokens))) if tokens[k].tag == "v"), -1)
    if verb >= 0:
        found.put(j + 2, _NR, first, verb, [tokens[verb]], money=True)


def deny_lacking(found: Absences, i: int) -> None:
    """ "lacked data on convictions"; who lacked a sufficient number of inspectors had some."""
    counts = (k for k in range(i + 1, i + 3) if (t := found.at(k)) is not None and "counts" in t.entry.roles)
    data = next(counts, -1)
    if data >= 0 and found.tokens[i + 1].tag != "a":
        deny_data(found, data, i)


def deny_unavailable(found: Absences, i: int) -> None:
    """ "an unknown number of victims", "unclear how many", "statistics on convictions were unavailable"."""
    tokens = found.tokens
    if found.word(i + 1) in ("number", "numbers"):
        if found.word(i + 2) == "of":
            heads = noun_heads(tokens, i + 3)
            if heads and found.place(heads[:1], _NR, i, [], loose=True):
                found.skipped.update((i, i + 1, i + 2))
            return
        found.put(i, _NR, i, i + 1, [])  # "compared with an unknown number in 2018"
        found.skipped.update((i, i + 1))
        return
    if found.word(i + 1) == "how" and found.word(i + 2) in ("many", "much"):
        deny_how_many(found, i + 1, i)
        return
    data = -1  # the data noun stands to the left
    j = i - 1
    while j >= 0 and tokens[j].tag not in ";.lc(" and i - j <= REACH:
        if "data" in tokens[j].entry.roles and not tokens[j].entry.nouns:
            data = j
        j -= 1
    if data >= 0 and (any(t.tag in "b" for t in tokens[data:i]) or "not" in tokens[i].word):
        deny_data(found, data, data)
