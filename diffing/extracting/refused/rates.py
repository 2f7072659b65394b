"""Numbers that are no totals: wages and hours of work, money by the month, penalties, rates per inhabitants."""

from __future__ import annotations

from itertools import pairwise, takewhile

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token

BASE_REACH = 5  # tokens from what is counted to "per 100,000": "deaths in custody per 1,000"; 3 to 6, default 5
WAGE_REACH = 6  # tokens from "overtime" or "working hours" to the number that it rules; 4 to 8, default 6
EACH_REACH = 9  # tokens from "each" to the sum that each gets: "for each freed laborer remained $380"; 5 to 12
FINE_REACH = 4  # tokens from "fine" to its amount; 3 to 6, default 4
_RATES = frozenset(("per", "monthly", "hourly", "daily", "weekly"))


def wages(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether words of wages or hours rule the number: of money in the clause, of other numbers nearby."""
    return any(
        t.tag == "L" and "wage_marks" in t.entry.roles and not (i and "owed" in tokens[i - 1].entry.roles)
        and _ruled_by_wage(tokens, i, candidate.at, candidate.quantity.money)
        for i, t in enumerate(tokens)
    )  # fmt: skip


def _ruled_by_wage(tokens: list[Token], i: int, at: int, money: bool) -> bool:
    clause = not any(t.tag in ";l" for t in tokens[min(i, at) : max(i, at)])
    if money and i > at and "owed" in tokens[i].entry.roles:
        return False  # "ordered the employer to pay $51,100 in wages and overtime"
    if clause and not money and tokens[i].word == "overtime" and getattr(tokens[at].value, "unit", "") == "percent":
        # "overtime is paid at a premium of 50 percent"
        return any(t.word in ("pay", "premium", "base") for t in tokens)
    near = 0 < at - i <= WAGE_REACH and "of_money" not in tokens[i].entry.roles
    return clause and (money or near)


def rate(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether money or a number of times is told by the month or day: "$96 per month", "three times daily"."""
    quantity, at = candidate.quantity, candidate.at
    behind = tokens[at + 1 : at + 4]
    if not quantity.money:
        return False
    near = (*tokens[max(0, at - 4) : at], *takewhile(lambda t: t.tag not in ".,;", behind))
    return any(t.word in _RATES for t in near) or _for_each(tokens, at)


def _for_each(tokens: list[Token], at: int) -> bool:
    """Whether a sum is what each of many gets: "the grant for each worker remained $380", "paid each victim $400"."""
    if [t.word for t in tokens[at + 1 : at + 3]] == ["to", "each"]:
        return True
    for k in range(at - 1, max(0, at - EACH_REACH), -1):
        if tokens[k].word in ("each", "every"):
            return tokens[k - 1].word in ("for", "to") or "give" in tokens[k - 1].entry.roles
        if tokens[k].tag in ";,q":
            return False
    return False


def per_so_many(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether a number is one of so many: "3.5 victims per 100,000 residents", "one inspector for every 22,000", or of
    each something: "two prisoners per square meter"; "per the law" is no such base.
    """
    behind = tokens[candidate.at + 1 : candidate.np_end + BASE_REACH]
    for token, base in pairwise(behind):
        if token.tag in "vgbq,;l.&(":
            return False
        if (token.word == "per" and base.tag != "a") or (token.word in ("every", "each") and base.tag in "q#"):
            return True
    return False


def penalty(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether money is a fine that a law threatens with: no court or inspector imposed it."""
    near = tokens[max(0, candidate.at - FINE_REACH) : candidate.at]
    if not candidate.quantity.money or not any(t.entry.noun in ("fine", "penalty") for t in near):
        return False
    left = tokens[candidate.stretch.start : candidate.at]
    imposed = any(t.tag == "v" and t.entry.form in ("past", "ing") for t in left)
    return not imposed or any(t.tag == "b" and ("duty" in t.entry.roles or t.word == "would") for t in left)
