"""What "no", "none" and "nobody" count: nothing, or no data."""

from __future__ import annotations

from itertools import pairwise

from diffing.extracting.absent.absences import Absences
from diffing.extracting.absent.data import deny_data
from diffing.extracting.absent.denied_nouns import noun_heads
from diffing.language.words import Token
from diffing.model import Status

_GIVEN_IN = frozenset(("receive", "register", "record", "document", "file"))  # "received no reports" counts them
_NO_COUNT = frozenset(("longer", "more", "doubt", "way", "matter"))  # "no longer", "no doubt"
RULE_REACH = 6  # tokens from a noun to the verb that makes a rule of it: "no employer may require"; 4 to 8, default 6


def count_nothing(found: Absences, i: int, first: int) -> None:
    """The noun behind the "no" at `i`, or behind "not a single": zero of each of its list, or no data on it."""
    tokens = found.tokens
    heads = noun_heads(tokens, i + 1)
    if tokens[i + 1].word in _NO_COUNT or not heads or _ruled(tokens, heads[-1] + 1):
        return
    head = tokens[heads[0]]
    if "data" in head.entry.roles:
        if deny_data(found, heads[0], first) and i:
            tokens[i - 1].possessive = True  # "provided no data": what was provided is not what is counted
        return
    if tokens[i].tag == "t":
        return  # who lacked inspectors may have had some
    given = i > 0 and tokens[i - 1].entry.verb in _GIVEN_IN
    if head.entry.noun == "report" and not given:
        return  # "there were no reports that" says what is not known, not how many
    k = heads[-1] + 1
    if head.entry.actor and tokens[k].tag == "v" and (done := noun_heads(tokens, k + 1)):
        tokens[k].possessive = True  # denied: "no court ordered restitution"
        found.place(done, Status.REPORTED, first, [tokens[k]])
    else:
        near = pairwise(tokens[k : k + 4])  # "no offices were closed"
        acted = any(a.word in ("was", "were", "been") and b.entry.form == "past" for a, b in near)
        found.place(heads, Status.REPORTED, first, [], loose=given or acted)
    found.skipped.add(i)


def _ruled(tokens: list[Token], j: int) -> bool:
    """Whether a rule or a state is told, not a count: "no employer may require", "no law permits"."""
    for token in tokens[j : j + RULE_REACH]:
        if token.tag in "v;.b":
            return token.entry.form in ("s", "base") if token.tag == "v" else "duty" in token.entry.roles
    return False


def none(found: Absences, i: int) -> None:
    """ "none", and "no one" where it is acted on: "convicted no one", "no one was convicted"."""
    tokens = found.tokens
    before, following = tokens[max(0, i - 1)], tokens[i + 1 : i + 6]
    acting = [before] if before.entry.verbs and tokens[i].word != "none" else []
    passive = any(t.tag == "b" for t in following) and any(t.entry.verbs for t in following)
    if acting or passive or tokens[i].word == "none":
        found.put(i, Status.REPORTED, i, i, acting)
        found.skipped.add(i)
