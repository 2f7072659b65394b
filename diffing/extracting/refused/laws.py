"""Where a sentence says what a law lays down, where it tells a fact again, and numbers that a rule sets."""

from __future__ import annotations

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token

_LAWFUL = frozenset(("law_marks", "law_subjects", "ruling"))
_THREATS = ("penalt", "fine")
LAW_REACH = 5  # tokens from "the law" to its verb; farther away another subject has come; 3 to 7, default 5
CODE_REACH = 20  # tokens from "article 12" to its verb: "of the penal code, amended in 2012, criminalized"; 12 to 24
QUOTA_REACH = 6  # tokens from a number to "quota": "a 3 percent hiring quota"; 3 to 8, default 6
DUTY_REACH = 8  # tokens behind what is counted to its duty: "12 members of the board must agree"; 4 to 10, default 8
_SET_BY_RULE = frozenset(("quota", "quotas", "threshold", "thresholds"))
_FRONTING = frozenset(("by law", "under the law", "according to the law"))


def law_stretches(tokens: list[Token]) -> list[tuple[int, int]]:
    """Where a law speaks: from its subject or mark to the end of the clause."""
    stretches: list[tuple[int, int]] = []
    for i, token in enumerate(tokens):
        if _LAWFUL.isdisjoint(token.entry.roles):
            continue
        if not (_marks(tokens, i) or _is_subject(tokens, i)):
            continue
        end = i
        while end < len(tokens) and tokens[end].tag not in "l;" and not _tells_a_deed(tokens, end):
            end += 1
        stretches.append((_floor(tokens, i) if token.tag == "L" else i, end))
    return stretches


def _marks(tokens: list[Token], i: int) -> bool:
    """Whether the words at `i` alone say that a rule is told: "by law", "prescribes", "the right to"."""
    token = tokens[i]
    if token.tag != "L":
        return token.tag == "v" and "ruling" in token.entry.roles
    return token.word not in _FRONTING or not i  # "issued seven convictions under the law" tells a deed


def _is_subject(tokens: list[Token], i: int) -> bool:
    """Whether a law, an article or a penalty stands at `i` that lays something down."""
    token = tokens[i]
    if token.tag not in "xnv" or _governed(tokens, i):
        return False
    threat = token.word.startswith(_THREATS)
    near = tokens[max(0, i - 2) : i + 2 + LAW_REACH] if threat else []
    if any("raising" in t.entry.roles for t in near):
        return True  # "doubled the penalty to 10 years", "penalties were increased to 12 years"
    for j in range(i + 1, min(len(tokens), i + CODE_REACH)):
        after = tokens[j]
        if after.tag in "vg" and "law_verbs" in after.entry.roles:
            # "fines imposed in 2018" were imposed
            return not threat or "laying_down" in after.entry.roles
        if after.tag in ";ql" or after.entry.verbs:
            return False
    return False


def _floor(tokens: list[Token], i: int) -> int:
    """Where the clause of a mark begins; only the mark's own place where a deed is told before it."""
    floor = i
    while tokens[floor - 1].tag not in ";l.":
        floor -= 1
        if tokens[floor].tag == "v" and tokens[floor].entry.verbs:
            return i
    return floor


def _tells_a_deed(tokens: list[Token], k: int) -> bool:
    """Whether a deed begins at `k`: "passed a law to allow visits, and carried out 90"."""
    if tokens[k].tag == ",":
        return _tells_on(tokens, k)
    if tokens[k].tag != "&":
        return False
    return _acts(tokens[k + 1]) or (tokens[k + 1].tag in "na" and any(_acts(t) for t in tokens[k + 2 : k + 4]))


def _governed(tokens: list[Token], i: int) -> bool:
    """Whether a law is only named: "companies bound by the law", "in breach of the code"."""
    k = i - 1
    while tokens[k].tag in "axmn#" and i - k < 5:
        k -= 1
    body = tokens[k].word in ("of", "for", "on") and bool(tokens[k - 1].entry.actor)  # "the ministry of social policy"
    return body or "naming_a_law" in tokens[k].entry.roles


def _acts(token: Token) -> bool:
    return token.tag == "v" and token.entry.form == "past" and "law_verbs" not in token.entry.roles


def _tells_on(tokens: list[Token], comma: int) -> bool:
    """Whether what follows the comma is a fact again: "the law covers the sector, which made up 64 percent"."""
    after = tokens[comma + 1 : comma + 5]
    told = any(t.tag == "v" and t.entry.form == "past" for t in after) and not any(t.tag == "b" for t in after)
    return told and after[0].word in ("which", "who")


def set_by_rule(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether a number is a quota, or what it counts has a duty: "12 members must agree"."""
    for token in tokens[candidate.at + 1 : candidate.at + QUOTA_REACH]:
        if token.word in _SET_BY_RULE:
            return True
    for token in tokens[candidate.np_end : candidate.np_end + DUTY_REACH]:
        if token.tag == "b" and "duty" in token.entry.roles and token.word not in ("will", "can"):
            return True
        if token.tag in ",;lvq":
            break
    return False
