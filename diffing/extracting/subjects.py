"""The noun whose number changes: "The number of identified victims doubled from 18", "Referrals declined to 40"."""

from __future__ import annotations

from diffing.extracting.drafts import Draft
from diffing.language.words import Token

NUMBER_REACH = 8  # tokens from "the number of" to the parenthesis with the number


def changing_subject(tokens: list[Token], draft: Draft) -> Token | None:
    """The noun whose number changes: "The number of identified victims doubled from 18"."""
    verb = draft.verbs[0] if draft.verbs else None
    if verb is None and draft.arm.paren and draft.arm.head is None:  # "the number of identified victims (49)"
        start = max(0, draft.arm.start - NUMBER_REACH)
        named = next((k for k in range(start, draft.arm.start) if tokens[k].word == "number"), -1)
        if named >= 0:
            draft.noun = _number_of(tokens[: draft.arm.start], named)
            draft.np_verbs = [t for t in tokens[named : draft.arm.start] if t.tag == "v" and t.entry.form == "past"][:1]
            return draft.noun
    if verb is None and draft.at > 2 and tokens[draft.at - 1].tag == "b":
        left = tokens[draft.arm.start : draft.at - 1]
        if any(t.word in ("number", "total") for t in left):  # "the number of deaths was 14"
            at = next(k for k, t in enumerate(left) if t.word in ("number", "total"))
            draft.noun = _number_of(left, at)
            return draft.noun
    if verb is None or verb.tag != "g":
        return None
    k = next((i for i in range(draft.at - 1, -1, -1) if tokens[i] is verb), 0) - 1
    for i in range(draft.at - 1, k + 1, -1):  # "increased its number of labor inspectors from 645"
        if tokens[i].tag == "n" and tokens[i].entry.unit and "data" not in tokens[i].entry.roles:
            draft.noun = tokens[i]
            return tokens[i]
        if tokens[i].tag in "q;,":
            break
    noun: Token | None = None
    if verb.entry.form == "ing" and tokens[k].tag == ",":
        k -= 1  # "Investigations increased, reaching 212"
    while k >= draft.arm.start:
        token = tokens[k]
        if token.tag in ";l,":
            break
        if token.tag == "n" or (token.tag == "v" and token.entry.noun):
            if noun is None or "data" not in token.entry.roles:
                noun = noun or token
            if token.entry.nouns or token.entry.kind or token.entry.acts:
                head = _head_of(tokens, k, draft.arm.start)
                if head is not None and head.entry.acts and not head.entry.nouns:
                    draft.nominal = head  # "Referrals to the shelter declined to 40"
                    of = any(t.word == "of" for t in tokens[max(0, k - 3) : k])
                    draft.noun = token if of and token.entry.unit == "persons" else None
                    return draft.noun
                token = head or token
                draft.noun = token
                if k and tokens[k - 1].tag == "v" and tokens[k - 1].entry.form == "past":
                    draft.np_verbs = [tokens[k - 1]]
                    draft.verbs = [tokens[k - 1]]
                elif (
                    k > 1
                    and tokens[k - 2].tag == "v"
                    and tokens[k - 2].entry.form == "past"
                    and tokens[k - 1].tag in "xmn"
                ):
                    draft.np_verbs = [tokens[k - 2]]
                    draft.verbs = [tokens[k - 2]]
                return token
        k -= 1
    if noun is not None:
        draft.noun = noun
    return noun


def take_opening(tokens: list[Token], draft: Draft) -> Token | None:
    """The noun of "Of the identified victims, 12 ..." at the start of a sentence; its participle governs the number."""
    if draft.arm.start or tokens[0].word not in ("of", "among"):
        return None
    noun = next((t for t in tokens[1:5] if t.tag == "n" and t.entry.unit), None)
    if noun is not None and not draft.verbs and not draft.np_verbs:
        draft.np_verbs = [t for t in tokens[1:4] if t.tag == "v" and t.start < noun.start]
    return noun


def _head_of(tokens: list[Token], k: int, floor: int) -> Token | None:
    """The noun that counts, where the one at `k` only belongs to it: convictions, in "convictions of traffickers"."""
    if tokens[k].entry.acts and not tokens[k].entry.noun:
        return tokens[k]
    while k > floor and tokens[k - 1].tag in "axmn":
        k -= 1
    if k - 2 < floor or tokens[k - 1].tag != "p" or tokens[k - 2].tag != "n":
        return None
    head = tokens[k - 2]
    return head if (head.entry.nouns or head.entry.acts) and "data" not in head.entry.roles else None


def _number_of(tokens: list[Token], at: int) -> Token | None:
    """The noun of "the number of" at `at`: prisoners, in "the number of prisoners awaiting trial"."""
    for k in range(at + 1, len(tokens)):
        if tokens[k].tag == "n":
            if k + 1 == len(tokens) or tokens[k + 1].tag != "n":
                return tokens[k]
        elif tokens[k].tag not in "paxmv":
            break
    return None
