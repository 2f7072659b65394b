"""Where a sentence says what a law lays down, and where it tells a fact again."""

from __future__ import annotations

from diffing.language.words import PLAIN, Token

LAW_REACH = 5  # tokens from "the law" to its verb; farther away another subject has come
_LAID_DOWN = frozenset(("range", "include", "carry", "exceed", "stay", "consist", "apply"))
_FRONTING = frozenset(("by law", "under the law", "according to the law"))
_RULING = frozenset(
    [
        "stipulates",
        "requires",
        "mandates",
        "prescribes",
        "prohibits",
        "criminalizes",
        "permits",
        "entitles",
        "provides",
    ]
)


def law_stretches(tokens: list[Token]) -> list[tuple[int, int]]:
    """Where a law speaks: from its subject or mark to the end of the clause."""
    stretches: list[tuple[int, int]] = []
    count = len(tokens)
    for i, token in enumerate(tokens):
        if token.entry is PLAIN:
            continue
        start = -1
        if token.tag == "L" and "wage_marks" in token.entry.roles:
            continue
        if token.tag == "L" and token.word in _FRONTING and i and tokens[i - 1].tag not in ";l,":
            continue  # "issued seven convictions under the law" tells a deed
        if token.tag == "L" or (token.word in _RULING and token.word != "provides" and token.tag == "v"):
            start = i
        elif (
            "law_subjects" in token.entry.roles
            and token.tag in "xnv"
            and not _governed(tokens, i)
            and (token.word not in ("article", "section") or (i + 1 < count and tokens[i + 1].tag == "#"))
            and not (token.tag == "v" and token.entry.form != "base")
        ):
            for j in range(i + 1, min(count, i + 2 + LAW_REACH)):
                after = tokens[j]
                if after.tag in "vg" and "law_verbs" in after.entry.roles and not _participle(tokens, j):
                    if token.word.startswith(("fine", "penalt")) and after.entry.verb not in _LAID_DOWN:
                        break  # "fines imposed in 2018" were imposed
                    start = i
                    break
                if after.tag in "v;q" and not (after.tag == "v" and _participle(tokens, j)):
                    break
                if after.tag == "b" and after.word in ("must", "shall", "may", "should"):
                    start = i
                    break
            else:
                if _code_with_verb(tokens, i):
                    start = i
        if start < 0:
            continue
        floor = start
        while floor > 0 and tokens[floor - 1].tag not in ";l" and token.tag == "L":
            floor -= 1
            if tokens[floor].tag in "v" and tokens[floor].entry.verbs and not _participle(tokens, floor):
                floor = start
                break
        end = start
        conceded = any(t.tag == "l" for t in tokens[max(0, start - 3) : start])
        while end < count and tokens[end].tag not in "l;":
            if tokens[end].tag == "," and _tells_on(tokens, end, conceded):
                break
            clause = (
                end + 2 < count and tokens[end + 1].tag in "na" and any(_acts(t) for t in tokens[end + 2 : end + 4])
            )
            if tokens[end].tag == "&" and end + 1 < count and (_acts(tokens[end + 1]) or clause):
                break  # "passed a law to allow visits, and carried out 90"
            end += 1
        stretches.append((floor, end))
    return stretches


def _governed(tokens: list[Token], i: int) -> bool:
    """Whether a law is only named: "companies bound by the law", "in breach of the code"."""
    k = i - 1
    while k >= 0 and tokens[k].tag in "axmn#" and i - k < 5:
        k -= 1
    return k >= 0 and tokens[k].word in ("by", "with", "for", "against", "under", "to", "on", "about")


def _acts(token: Token) -> bool:
    return token.tag == "v" and token.entry.form == "past" and "law_verbs" not in token.entry.roles


def _tells_on(tokens: list[Token], comma: int, conceded: bool) -> bool:
    """Whether what follows the comma is a fact again: "the law covers the sector, which made up 64 percent"."""
    after = tokens[comma + 1 : comma + 5]
    if not after:
        return False
    relative = after[0].word in ("which", "who")
    told = any(t.tag == "v" and t.entry.form == "past" for t in after) and not any(t.tag == "b" for t in after)
    return told and (relative or (conceded and after[0].tag in "anr"))


def _code_with_verb(tokens: list[Token], i: int) -> bool:
    """Whether the law's verb is far: "Articles 131 and 132 of the penal code, amended in 2012, criminalized"."""
    token = tokens[i]
    if token.word.rstrip("s") not in ("article", "section", "law", "act", "decree"):
        return False
    for j in range(i + 1, min(len(tokens), i + 20)):
        after = tokens[j]
        if after.tag == "v" and "law_verbs" in after.entry.roles and not _participle(tokens, j):
            return not any(t.tag == "v" and t.entry.verbs for t in tokens[i + 1 : j])
        if after.tag in ";ql":
            return False
    return False


def _participle(tokens: list[Token], j: int) -> bool:
    before = tokens[j - 1] if j else None
    return before is not None and (before.tag in ",b" and tokens[j].entry.form == "past" and before.tag == ",")
