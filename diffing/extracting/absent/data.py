"""What is not reported: data on something, the number of something, how many."""

from __future__ import annotations

from diffing.extracting.absent.absences import REACH, Absences
from diffing.extracting.absent.denied_nouns import MOST_LISTED, listed_heads, noun_heads, noun_start
from diffing.language.words import Token
from diffing.model import Status

_KEPT = frozenset(("available", "public", "publicly", "kept", "existed"))
_NUMBER = frozenset(("number", "numbers"))
_NR = Status.NOT_REPORTED


def deny_data(found: Absences, i: int, first: int) -> bool:
    """The data noun at `i` is denied: "data on investigations or prosecutions", "the number of victims"."""
    tokens = found.tokens
    if any("partial" in t.entry.roles for t in tokens[first:i]):
        return True  # who did not publish complete data still told some
    j = _link(tokens, i)
    if any(deny_how_many(found, k, first) for k in range(j, j + 6)):
        return True
    strict = "counts" in tokens[i].entry.roles
    if "data_on" in tokens[j].entry.roles:
        start = noun_start(tokens, j + 1)
        numbered = not _NUMBER.isdisjoint(t.word for t in tokens[i:start])
        heads = _linked(tokens, start, strict, numbered)
        if heads:
            found.skipped.update(range(i, start))
            return found.place(heads, _NR, min(first, start), [], loose=True)
        strict = strict or numbered
    if not strict:
        return False
    near = tokens[i + 1 : i + 4] if tokens[i].word == "amount" else []
    spent = [t for t in near if t.tag == "v"]  # "the amount it spent"
    found.put(i, _NR, first, i, spent, money=bool(spent))
    found.skipped.add(i)
    return True


def _link(tokens: list[Token], i: int) -> int:
    """Where "on" or "of" stands behind the data noun: "no information was available on the number of"."""
    j = i + 1
    while j < i + 6 and (tokens[j].tag in "bu&" or "data" in tokens[j].entry.roles or tokens[j].word in _KEPT):
        j += 1
    return j if "data_on" in tokens[j].entry.roles else i + 1


def _linked(tokens: list[Token], start: int, strict: bool, numbered: bool) -> list[int]:
    """The nouns behind "data on", from `start` on, of which a number is missing."""
    heads = [h for h in listed_heads(tokens, start) if strict or numbered or tokens[h].entry.nouns]
    if not heads and strict:  # "data on the incidence of trafficking and trafficking-related prosecutions"
        end = next((h for h in range(start, start + REACH) if tokens[h].tag in ".;lq"), start + REACH)
        heads = [h for h in range(start, end) if tokens[h].entry.nouns and tokens[h].tag == "n"]
    named = [h for h in heads if tokens[h].entry.nouns or tokens[h].entry.acts]
    return (named if named and not numbered else heads)[:MOST_LISTED]


def deny_how_many(found: Absences, j: int, first: int) -> bool:
    """Places "not reported" before what a "how many" or "how much" at `j` asks for; whether there is one."""
    tokens, start = found.tokens, j + 2
    if tokens[j].word != "how" or tokens[j + 1].word not in ("many", "much"):
        return False
    if tokens[j + 1].word == "much":
        verb = next((k for k in range(start, start + 4) if tokens[k].tag == "v"), 0)
        if verb:  # "how much it spent"
            found.put(start, _NR, first, verb, [tokens[verb]], money=True)
        return True
    if tokens[start].word == "of":
        start += 2  # "how many of the victims received services"
    leading = (k for k, t in enumerate(tokens[start : start + REACH], start + 2) if "leading_to" in t.entry.roles)
    start = next(leading, start)  # "how many of the investigations led to prosecutions"
    heads = noun_heads(tokens, start)
    if heads:
        verbs = [t for t in tokens[heads[0] + 1 : heads[0] + 5] if t.tag == "v"][:1]
        found.place(heads[:1], _NR, first, verbs, loose=True)
    else:  # "how many it referred to care"
        found.put(start, _NR, first, j + 1, [t for t in tokens[start + 1 : start + 2] if t.tag == "v"])
    return True


def deny_unavailable(found: Absences, i: int) -> None:
    """ "an unknown number of victims", "unclear how many", "statistics on convictions were unavailable"."""
    tokens = found.tokens
    if tokens[i + 1].word in _NUMBER:
        of = tokens[i + 2].word == "of"
        if of:
            found.place(noun_heads(tokens, i + 3)[:1], _NR, i, [], loose=True)
        else:
            found.put(i, _NR, i, i + 1, [])  # "compared with an unknown number in 2018"
        found.skipped.update(range(i, i + 2 + of))
        return
    if deny_how_many(found, i + 1, i):
        return
    data = -1  # the data noun stands to the left
    for j in range(i - 1, max(-1, i - 1 - REACH), -1):
        if tokens[j].tag in ";.lc(":
            break
        if "data" in tokens[j].entry.roles:
            data = j
    if any(t.tag == "b" for t in tokens[data:i]):
        deny_data(found, data, data)
