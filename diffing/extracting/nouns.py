"""What a quantity counts: the noun to its right, what describes it, and what a list shares."""

from __future__ import annotations

from diffing.extracting.drafts import Draft
from diffing.language.words import Token, is_plural

PARTITIVE_REACH = 4  # tokens from "of the" to its noun
NOUN_REACH = 7  # tokens from a number to its noun
EXPLOITATION_REACH = 6  # tokens from a noun to the kind of exploitation behind it


def find_noun(tokens: list[Token], draft: Draft) -> None:
    """Sets the noun that a quantity counts, with the modifiers between, from the tokens to its right."""
    i = draft.at + 1
    count = len(tokens)
    quantity = draft.quantity
    head: Token | None = None
    unknown: Token | None = None
    if quantity.times:
        draft.np_end = i
        return
    if i < count and tokens[i].tag == "p" and tokens[i].word == "of":  # noqa: SIM102
        if (quantity.unit == "percent" and not quantity.fraction) or draft.token.entry.tag == "V":
            i += 1  # 15 percent of workers
            while i < count and tokens[i].tag in "af":
                i += 1
    end = min(count, i + NOUN_REACH)
    adjectives: list[Token] = []
    while i < end:
        token = tokens[i]
        tag = token.tag
        if head is None and i + 1 < count and _is_status(tokens, i):
            i += 2 if tokens[i + 1].tag == "&" and i + 2 < count and tokens[i + 2].entry.breakdown else 1
            continue
        if tag == "v" and token.entry.form in ("past", "ing") and i + 1 < count and head is None:
            if "getting" in token.entry.roles:
                break  # "20 received shelter"
            if _adjective(tokens, i, end):
                adjectives.append(token)
                i += 1
                continue
            if token.entry.noun:  # "killings", "funding"
                head = token
                i += 1
                continue
            break
        if tag == "v" and token.entry.form == "base" and head is None and not token.entry.noun:
            i += 1
            continue  # "aid workers"
        if tag == "n" or (tag == "m" and token.entry.noun):
            if head is not None and (head.possessive or is_plural(head)):
                break
            if token.possessive and i + 1 < end:
                i += 1
                continue  # "the inspectorate's funding"
            if head is not None and token.entry.actor and not token.entry.noun:
                break
            head = token
            draft.object_kind = draft.object_kind or ""
            i += 1
            continue
        if tag == "v" and token.entry.noun and head is None and token.entry.form != "past":
            head = token
            i += 1
            continue
        if tag == "a" and token.word in ("such", "other") and head is None:
            i += 1
            continue
        if (
            tag in "xmO"
            or (tag == "f" and token.word in ("additional", "other", "further", "new"))
            or (tag in "Q" and token.word in ("estimated", "some"))
        ):
            if head is not None and not (
                i + 1 < end and tokens[i + 1].tag == "n" and tag in "xm" and not head.possessive
            ):
                break
            if token.word == "others" or (token.word == "more" and i + 1 < count and tokens[i + 1].tag not in "nxmv"):
                break
            if tag == "x" and token.word.isalpha():
                unknown = (
                    token if unknown is None or token.word.endswith("s") or not unknown.word.endswith("s") else unknown
                )
                if token.word.endswith("ly") and head is None and unknown is token:
                    unknown = None
                elif (
                    token.word.endswith("s")
                    and not token.word.endswith("ss")
                    and not (i + 1 < count and tokens[i + 1].tag in "n")
                ):
                    i += 1
                    break  # an unknown plural is the head
            i += 1
            continue
        if (
            tag == "&"
            and head is None
            and unknown is None
            and adjectives == []
            and i + 1 < count
            and tokens[i + 1].tag in "m"
        ):
            i += 1
            continue  # "sexual and labor exploitation"
        break
    draft.np_end = i
    draft.np_verbs = adjectives
    draft.noun = head or (unknown if unknown is None or unknown.word != "ones" else None)
    at = draft.at
    if draft.noun is None and i + 2 < count and tokens[i].word == "of" and tokens[i + 1].tag == "a":
        _partitive(tokens, draft, i + 2)
    if draft.noun is None and not quantity.unit and at > 1 and tokens[at - 1].word == "of":
        before = tokens[at - 2]
        if before.word == "capacity":
            draft.noun = before  # room for so many, not so many
        if before.tag == "n" and before.entry.unit == "persons" and not before.entry.nouns:
            draft.noun = before  # "a workforce of 1.9 million"


def share_nouns(tokens: list[Token], drafts: list[Draft]) -> None:
    """ "48, 52, and 67 victims": the numbers of a list count what its last one counts, in the same unit."""
    for a, b in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        between = tokens[a.at + 1 : b.at]
        described = len(between) == 2 and between[0] is a.noun and between[0].tag == "x" and between[1].tag == "&"
        if described:
            a.noun = None  # "14 temporary and three permanent residence permits"
            between = between[1:]
        if (
            a.noun is None
            and between
            and not a.quantity.absent
            and all(t.tag in ",&" or t.entry.breakdown for t in between)
        ):
            a.noun = b.noun
            if a.quantity.unit is None and b.quantity.unit == "percent":
                a.quantity.unit = "percent"
            if not a.breakdown and not described:
                a.breakdown = dict(b.breakdown)


def share_predicates(tokens: list[Token], drafts: list[Draft]) -> None:
    """ "Seventeen women and one girl received aid": what is said behind the last of a list is said of all."""
    listed: Draft | None = None  # the last one that shared: before it, commas go on with the list
    for a, b in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if a.verbs or a.nominal is not None or a.noun is None or a.quantity.absent:
            continue
        linked = a.np_end < b.at and all(t.tag in ",&afQ" for t in tokens[a.np_end : b.at])
        if linked and (tokens[b.at - 1].tag != "," or b is listed):
            end, listed = b.token.start, a
            if b.nominal is not None and b.nominal.start > end:
                a.nominal = b.nominal
            if b.verbs and b.verbs[0].start > b.token.start:
                a.verbs = b.verbs


def _partitive(tokens: list[Token], draft: Draft, start: int) -> None:
    """Takes the noun of "40 of its own citizens", "31 of the identified victims"."""
    for k in range(start, min(len(tokens), start + PARTITIVE_REACH)):
        token = tokens[k]
        participle = token.tag == "v" and token.entry.form == "past"
        if token.tag == "n" and is_plural(token):
            draft.noun, draft.np_end = token, k + 1
            return
        if token.tag not in "xmnO" and not participle:
            return
        if participle:
            draft.np_verbs = [*draft.np_verbs, token]


def _is_status(tokens: list[Token], i: int) -> bool:
    """Whether the word at `i` says that victims are confirmed or potential: "official victims" is no official."""
    token = tokens[i]
    if not any(b.startswith("status=") for b in token.entry.breakdown):
        return False
    after = tokens[i + 1]
    linked = after.tag == "&" and i + 2 < len(tokens) and bool(tokens[i + 2].entry.breakdown)
    return token.tag != "n" or linked or after.tag in "nm"


def _adjective(tokens: list[Token], i: int, end: int) -> bool:
    """Whether the participle at `i` stands before the noun that it describes: "identified victims"."""
    if tokens[i].entry.form == "past" and tokens[i + 1].tag == "v" and tokens[i + 1].entry.form == "past":
        return False  # "20 received suspended sentences"
    j = i + 1
    while j < end and tokens[j].tag in "xmvO" and tokens[j].word != "of":
        j += 1
    if j >= len(tokens) or tokens[j].tag != "n":
        return False
    return not (tokens[j].entry.actor and not tokens[j].entry.noun)
