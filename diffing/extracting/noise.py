"""Quantities that are no figures: what a law lays down, what must be done, wages, pronouns; and what only changed."""

from __future__ import annotations

from itertools import pairwise

from diffing.extracting.drafts import Draft
from diffing.extracting.laws import law_stretches
from diffing.language.scopes import Scope
from diffing.language.words import Token

BASE_REACH = 5  # tokens from what is counted to "per 100,000": "deaths in custody per 1,000"; 3 to 6, default 5
WAGE_REACH = 6  # tokens from "overtime" or "working hours" to the number that it rules
_DUTY = frozenset(("must", "shall", "should", "may", "will", "would"))
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


# What stands under such words was not done, or nobody says that it was.
UNREAL = frozenset(("denied", "planned", "asked", "conditional", "law"))


def drop_noise(tokens: list[Token], drafts: list[Draft], scopes: tuple[Scope, ...]) -> list[tuple[int, int]]:
    """Marks the drafts that count nothing as dead, and the numbers of a change as such.

    Returns the stretches of tokens where a law speaks.
    """
    law = law_stretches(tokens)
    wages = [i for i, token in enumerate(tokens) if token.tag == "L" and "wage_marks" in token.entry.roles]
    wages = [i for i in wages if not (i and tokens[i - 1].word in _OWED)]
    for draft in drafts:
        quantity = draft.quantity
        if _change(tokens, draft):
            quantity.change = True
        if quantity.absent:
            continue
        at = draft.at
        if (
            any(start <= at < end for start, end in law)
            or any(s.kind in UNREAL and s.holds(draft.token.end - 1) for s in scopes)
            or any(_ruled_by_wage(tokens, i, at, quantity.money) for i in wages)
            or _duty(tokens, draft)
            or _rate(tokens, draft)
            or _pronoun(tokens, draft)
            or _but(tokens, at)
        ):
            draft.dead = True
    for draft, following in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        listed = all(t.tag in ",&nxm" for t in tokens[draft.at + 1 : following.at])
        if listed and _per_inhabitants(tokens, following):
            draft.dead = True  # "7.6 doctors and 11 beds for every 1,000 inmates"
    for draft in drafts:  # "a monthly pay of $1,670, compared with $1,160 for foreigners"
        head = draft.arm.head
        if head is not None and head.drafts and all(d.dead for d in head.drafts):
            bare = draft.noun is None and not draft.quantity.money
            draft.dead = draft.dead or bare or all(d.quantity.money for d in [draft, *head.drafts])
    return law


_THAN = frozenset(("less than", "more than", "higher than", "lower than"))
_SET_BY_RULE = frozenset(("quota", "quotas", "threshold", "thresholds"))
_OWED = frozenset(("overtime", "severance", "back", "unpaid", "lost", "withheld", "owed"))  # money that was due
_RATE_WORDS = frozenset(("wage", "wages", "per", "a", "an", "salary"))  # they rule money, not numbers of things


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
            or (token.tag in "vg" and token.entry.form == "past" and tokens[k - 1].word != "be")
            or token.word in ("was", "were", "had")
        ):
            break
        k -= 1
    for k in range(draft.at + 1, min(len(tokens), draft.at + 6)):
        if tokens[k].word in _SET_BY_RULE:
            return True  # "a 3 percent hiring quota"
        if tokens[k].tag in "pbq,;" or (tokens[k].tag == "v" and tokens[k].entry.form == "past"):
            break
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
    if _per_inhabitants(tokens, draft):
        return True
    if quantity.times and draft.at + 1 < len(tokens) and tokens[draft.at + 1].word in _RATES | {"a", "each", "every"}:
        return True  # three times daily
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


def _per_inhabitants(tokens: list[Token], draft: Draft) -> bool:
    """Whether a number is one of so many: "3.5 victims per 100,000 residents", "one inspector for every 22,000"."""
    behind = tokens[draft.at + 1 : draft.np_end + BASE_REACH]
    for token, base in pairwise(behind):
        if token.tag in "vgbq,;l.&":
            return False
        counted = base.tag in "q#" or base.word == "every"
        if (token.word == "per" and counted) or (token.word in ("every", "each") and base.tag in "q#"):
            return True
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
        part = at > 2 and tokens[at - 2].word in ("of", "out of") and tokens[at - 3].tag in "qeFzkna"
        part = part and tokens[at - 3].entry.kind == ""  # "a joint vote of the two houses"
        return not part and draft.arm.head is None and not (noun is not None and noun.entry.nouns)
    if noun is not None and noun.entry.noun in ("employee", "worker", "member") and at:
        if (
            tokens[at - 1].word in ("with", "employing", "having")
            and at > 1
            and tokens[at - 2].entry.unit in ("facilities", "items")
        ):
            return True  # a threshold: companies with 50 employees
        if tokens[at - 1].word == "with" and draft.quantity.low != draft.quantity.high:
            return draft.quantity.value is not None  # "(i.e., with fewer than 50 workers)"
    if draft.token.word != "one":
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None:
        return False
    if after.word in ("was", "had") and any(t.tag == "q" for t in tokens[max(0, at - 12) : at]):
        return False  # "two officers were dismissed and one was jailed"
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
    if quantity.money and draft.at + 1 < len(tokens) and tokens[draft.at + 1].word in _THAN:
        return True  # "$200,000 less than in 2018"
    if quantity.money and not (draft.at and tokens[draft.at - 1].word == "by"):
        return False
    at = draft.at
    count = len(tokens)
    unit = quantity.unit == "percent"
    if unit and at + 2 < count and tokens[at + 1].word in _THAN:  # noqa: SIM102
        if tokens[at + 2].tag in "nx" or tokens[at + 2].word == "their":
            return False  # "women earned 18 percent less than men" compares groups, not years
    if unit and at + 4 < count and tokens[at + 1].word in ("lower", "higher") and tokens[at + 2].tag in "nx":  # noqa: SIM102
        if tokens[at + 3].word == "than" and tokens[at + 4].tag == "n":
            return False  # "received 30 percent lower salaries than men"
    further = at + 2 < count and tokens[at + 1].word == "more" and tokens[at + 2].tag in "nxm"
    if further and not unit and not any("than" in t.word.split() for t in tokens[at + 2 : at + 6]):
        return False  # "three million more participants" are so many
    for k in range(at + 1, min(count, at + 4)):
        token = tokens[k]
        if (token.word in _MORE and (token.tag != "v" or unit)) or (
            token.tag == "c" and token.word.split()[0] in _MORE
        ):
            if k == at + 1 and token.word == "more" and not unit and (k + 1 == count or tokens[k + 1].tag in ".,;&"):
                return False  # "hired 12 more"
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
        near = tokens[max(0, at - 4) : at]
        return not any(t.tag == "v" and t.entry.verbs and t.entry.form != "ing" for t in near)
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
    if money and i > at and tokens[i].word in _OWED:
        return False  # "ordered the employer to pay $51,100 in wages and overtime"
    if clause and not money and tokens[i].word == "overtime" and getattr(tokens[at].value, "unit", "") == "percent":
        return any(
            t.word in ("pay", "premium", "base") for t in tokens
        )  # "overtime is paid at a premium of 50 percent"
    if at > i and any(t.tag == "v" and t.entry.form == "past" for t in tokens[i + 1 : at]):
        return clause and money  # "violations of rules on working hours and suspended 6,932 companies"
    near = 0 < at - i <= WAGE_REACH and not _RATE_WORDS.intersection(tokens[i].word.split())
    return clause and (money or near)
