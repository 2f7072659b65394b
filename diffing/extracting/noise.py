"""Quantities that are no figures: what a law lays down, what must be done, wages, pronouns; and what only changed."""

from __future__ import annotations

from diffing.extracting.drafts import Draft
from diffing.extracting.tokens import Token

WAGE_REACH = 6  # tokens from "overtime" or "working hours" to the number that it rules
LAW_REACH = 5  # tokens from "the law" to its verb; farther away another subject has come
_LAID_DOWN = frozenset(("range", "include", "carry", "exceed", "stay", "consist", "apply"))
_DUTY = frozenset(("must", "shall", "should", "may", "will", "would"))
_PRESENT_LAW = frozenset(
    (
        "law",
        "code",
        "constitution",
        "regulation",
        "decree",
        "act",
        "statute",
        "legislation",
        "article",
        "penalty",
        "section",
    )
)
_RATES = frozenset(("per", "monthly", "hourly", "daily", "weekly"))
_TIME_UNITS = frozenset(("month", "hour", "day", "week", "year", "night"))
_VOICES_ALONE = frozenset(
    ("ngo", "source", "observer", "organization", "activist", "expert", "media", "union", "lawyer")
)
_INSTANCES = frozenset(
    (
        "case",
        "instance",
        "incident",
        "example",
        "occasion",
        "point",
        "time",
        "year",
        "hand",
        "side",
        "place",
        "way",
        "another",
    )
)
_MORE = frozenset(
    (
        "more",
        "fewer",
        "less",
        "higher",
        "lower",
        "greater",
        "increase",
        "decrease",
        "rise",
        "drop",
        "decline",
        "reduction",
        "improvement",
        "growth",
        "jump",
        "fall",
    )
)


def drop_noise(tokens: list[Token], drafts: list[Draft]) -> list[tuple[int, int]]:
    """Marks the drafts that count nothing as dead, and the numbers of a change as such.

    Returns the stretches of tokens where a law speaks.
    """
    law = _law_stretches(tokens)
    wages = [i for i, token in enumerate(tokens) if token.tag == "L" and "wage_marks" in token.entry.roles]
    for draft in drafts:
        quantity = draft.quantity
        if _change(tokens, draft):
            quantity.change = True
        if quantity.absent:
            continue
        at = draft.at
        if (
            any(start <= at < end for start, end in law)
            or any(_ruled_by_wage(tokens, i, at, quantity.money) for i in wages)
            or _duty(tokens, draft)
            or _rate(tokens, draft)
            or _pronoun(tokens, draft)
            or _but(tokens, at)
        ):
            draft.dead = True
    return law


_FRONTING = frozenset(("by law", "under the law", "according to the law"))
_THAN = frozenset(("less than", "more than", "higher than", "lower than"))
_RATE_WORDS = frozenset(("wage", "wages", "per", "a", "an", "salary"))  # they rule money, not numbers of things
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


def _law_stretches(tokens: list[Token]) -> list[tuple[int, int]]:
    """Where a law speaks: from its subject or mark to the end of the clause."""
    stretches: list[tuple[int, int]] = []
    count = len(tokens)
    for i, token in enumerate(tokens):
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
            if tokens[end].tag == "&" and end + 1 < count and _acts(tokens[end + 1]):
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


def _duty(tokens: list[Token], draft: Draft) -> bool:
    """Whether the verb that governs the quantity is only a duty or a plan: "must pay", "will hire"."""
    k = draft.at - 1
    while k >= draft.arm.start and draft.at - k < 12:
        token = tokens[k]
        if token.word in ("if", "unless"):
            return True
        if (token.word in _DUTY and token.tag == "b") or token.word in ("required", "requirement", "obliged"):
            return True
        if (
            token.tag in ";l"
            or (token.tag in "vg" and token.entry.form == "past")
            or token.word in ("was", "were", "had")
        ):
            break
        k -= 1
    for k in range(draft.np_end, min(len(tokens), draft.np_end + 8)):
        if tokens[k].tag == "b" and tokens[k].word in ("must", "shall", "may", "should"):
            return True
        if tokens[k].tag in ",;lvq":
            break
    return False


def _rate(tokens: list[Token], draft: Draft) -> bool:
    """Whether money or a number is a rate or a wage: "$96 per month"."""
    quantity = draft.quantity
    if quantity.money and _penalty(tokens, draft):
        return True
    if quantity.money and any(t.word in _RATES for t in tokens[max(0, draft.at - 4) : draft.at]):
        return True
    for k in range(draft.at + 1, min(len(tokens), draft.at + 4)):
        word = tokens[k].word
        if word == "per" and quantity.money:
            return True
        if word in _RATES and word != "per" and quantity.money:
            return True
        if word in ("a", "an", "each") and k + 1 < len(tokens) and tokens[k + 1].word in _TIME_UNITS and quantity.money:
            return True
        if tokens[k].tag in ".,;":
            break
    return False


def _penalty(tokens: list[Token], draft: Draft) -> bool:
    """Whether money is a fine that a law threatens with: no court or inspector imposed it."""
    near = tokens[max(0, draft.at - 4) : draft.at]
    if not any(t.entry.noun in ("fine", "penalty") for t in near):
        return False
    left = tokens[draft.arm.start : draft.at]
    return not any(t.tag == "v" and t.entry.form in ("past", "ing") for t in left) or any(
        t.tag == "b" and (t.word in _DUTY or t.word == "can") for t in left
    )


def _pronoun(tokens: list[Token], draft: Draft) -> bool:
    """Whether "one" counts nothing: "one cannot rely", "in one case", "one NGO noted"."""
    at = draft.at
    noun = draft.noun
    if noun is not None and "durations" in noun.entry.roles and not draft.quantity.unit:
        return True
    if (
        draft.quantity.value in (2, 3, 4)
        and at
        and tokens[at - 1].word in ("the", "these", "those")
        and draft.token.word.isalpha()
    ):
        part = at > 1 and tokens[at - 2].word in ("of", "out of")
        return not part and draft.arm.head is None and not (noun is not None and noun.entry.nouns)
    if noun is not None and noun.entry.noun in ("employee", "worker", "member") and at:  # noqa: SIM102
        if (
            tokens[at - 1].word in ("with", "employing", "having")
            and at > 1
            and tokens[at - 2].entry.unit in ("facilities", "items")
        ):
            return True  # a threshold: companies with 50 employees
    if draft.token.word != "one":
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None:
        return False
    if after.tag in "bt" or after.word in ("another", "such", "day", "hand"):
        return True
    before = tokens[at - 1] if at else None
    if after.word == "of" and not any(t.tag == "q" for t in tokens[at + 1 : at + 7]):
        return True  # "one of the biggest problems"
    if noun is None and after.tag in "vgn":
        return True
    if noun is not None:
        lemma = noun.entry.noun or noun.word
        if before is not None and before.word in ("in", "at", "on") and noun.word in _INSTANCES:
            return not draft.verbs or not draft.verbs[0].entry.verbs
        if noun.entry.actor and (lemma in _VOICES_ALONE or noun.entry.actor in ("ngo", "other")):
            following = tokens[draft.np_end : draft.np_end + 3]
            return any(t.tag == "v" and "voices" in t.entry.roles for t in following)
    return False


def _but(tokens: list[Token], at: int) -> bool:
    """ "all but two"."""
    return at >= 2 and tokens[at - 1].word == "but" and tokens[at - 2].word in ("all", "none")


def _change(tokens: list[Token], draft: Draft) -> bool:
    """Whether the number says by how much something changed: "a 16 percent increase", "two fewer", "by 40 percent"."""
    quantity = draft.quantity
    if quantity.change:
        return True
    if quantity.money and not (draft.at and tokens[draft.at - 1].word == "by"):
        return False
    at = draft.at
    count = len(tokens)
    unit = quantity.unit == "percent"
    if unit and at + 2 < count and tokens[at + 1].word in _THAN and tokens[at + 2].tag in "nx":
        return False  # "women earned 18 percent less than men" compares groups, not years
    further = at + 2 < count and tokens[at + 1].word == "more" and tokens[at + 2].tag in "nxm"
    if further and not unit and not any("than" in t.word.split() for t in tokens[at + 2 : at + 6]):
        return False  # "three million more participants" are so many
    for k in range(at + 1, min(count, at + 4)):
        token = tokens[k]
        if (token.word in _MORE and (token.tag != "v" or unit)) or (
            token.tag == "c" and token.word.split()[0] in _MORE
        ):
            if k == at + 1 or unit:
                return not (token.word in ("more",) and k > at + 1)
            if token.word in ("fewer", "more") and k == at + 2 and tokens[at + 1].tag == "n":
                return True
        if (
            token.tag == "Q"
            and k == at + 1
            and token.word.split()[-1] in ("than", "fewer", "more")
            and token.word.split()[0] in ("fewer", "more", "less")
        ):
            return True
        if token.tag in "pvb,.;yn" and not (unit and token.tag == "n"):
            break
        if not unit and k == at + 1 and token.tag not in "x":
            break
    before = tokens[at - 1] if at else None
    if before is not None and before.word == "of" and at > 1 and tokens[at - 2].word in _MORE:
        return True  # "an increase of 4 percent"
    if before is not None and before.word in ("up", "down") and unit and at > 1 and tokens[at - 2].tag in ",-(b":
        return True
    if before is not None and before.word == "by" and at > 1 and tokens[at - 2].word in ("up", "down"):
        return True
    if before is not None and before.word == "by" and draft.verbs and draft.verbs[0].tag == "g":
        return True
    if before is not None and before.word == "by" and any(t.tag == "g" for t in tokens[max(0, at - 9) : at]):
        return not any(t.tag in "v" and t.entry.verbs for t in tokens[max(0, at - 4) : at])
    if (
        unit
        and before is not None
        and before.tag == "g"
        and before.entry.verb not in ("reach", "total", "average", "stand", "number", "remain")
    ):
        return True
    if (
        unit
        and draft.verbs
        and draft.verbs[0].tag == "g"
        and before is not None
        and before.tag in "&fxQ"
        and "percent" in _units_before(tokens, at)
    ):
        return not (at + 1 < count and tokens[at + 1].word == "of")
    return False


def _units_before(tokens: list[Token], at: int) -> tuple[str, ...]:
    found = []
    for k in range(max(0, at - 6), at):
        value = tokens[k].value
        if tokens[k].tag == "q" and getattr(value, "change", False):
            found.append("percent")
    return tuple(found)


def _ruled_by_wage(tokens: list[Token], i: int, at: int, money: bool) -> bool:
    """Whether the words of wages and hours at `i` rule the number at `at`: of money in the clause, of others nearby."""
    clause = not any(t.tag in ";l" for t in tokens[min(i, at) : max(i, at)])
    near = 0 < at - i <= WAGE_REACH and not _RATE_WORDS.intersection(tokens[i].word.split())
    return clause and (money or near)
