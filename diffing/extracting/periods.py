"""Which periods of a stretch belong to a number: those that date something else are told by the words between."""

from __future__ import annotations

from itertools import pairwise

from diffing.extracting.candidates import Candidate, Stretch
from diffing.language.times import Period
from diffing.language.words import Token

SINCE_REACH = 8  # tokens from "since" to the year of what it names: "since the start of the conflict in 2013"


def period_of(token: Token) -> Period:
    """The period that a token stands for."""
    assert isinstance(token.value, Period)
    return token.value


def add_period(tokens: list[Token], i: int, stretch: Stretch) -> None:
    """Adds a period to its stretch, unless it dates something else: a law, a record, last year's number."""
    token = tokens[i]
    period = period_of(token)
    j = i - 1
    while tokens[j].tag == "a" or "before_a_year" in tokens[j].entry.roles:
        j -= 1
    before = tokens[j] if j >= 0 else None
    if before is not None:
        of = any(t.word == "of" for t in tokens[j + 1 : i])
        if "dated_by_name" in before.entry.roles and (of or any(t.word == "for" for t in tokens[j + 1 : i])):
            return  # "the circular of 2016", "a plan for 2021-2025"
        repeats = before.word in ("as", "like") and not of and (period.years or period.back)
        if repeats and stretch.comparator is None:
            stretch.alike.append(i)
            return
        if _dates_else(tokens, i, j, stretch):
            return
    if token.possessive:
        return  # doubling last year's inmate numbers
    if period.years and _since_something(tokens, i, j, stretch):
        token.value = Period(span=True)  # "since its creation in 2010"
    stretch.periods.append(i)


def _dates_else(tokens: list[Token], i: int, j: int, stretch: Stretch) -> bool:
    """Whether the words up to `j` before the period at `i` say that it dates something else."""
    before, period = tokens[j], period_of(tokens[i])
    passed = before.tag == "v" and before.entry.form == "past" and "passing" in before.entry.roles
    if period.span and not period.between and not period.since and (passed or before.word == "from"):
        return True  # "continued six from previous periods"
    if not passed or tokens[j + 1].tag != "p":
        return False
    near = tokens[max(stretch.start, j - 7) : j]
    last = max((k for k, t in enumerate(near) if t.tag == "q"), default=-1)
    dated = any(t.word in ("since", "after", "when", "until") or t.tag == "w" for t in near[last:])
    return last < 0 or dated  # the law amended in 2013


def _since_something(tokens: list[Token], i: int, k: int, stretch: Stretch) -> bool:
    """Whether "since" or "between" opens the phrase that ends in the period: "since its creation in 2010"."""
    ahead = tokens[i + 1].word == "and"
    while k >= stretch.start and i - k < SINCE_REACH:
        if tokens[k].tag not in "xnap" and "beginning" not in tokens[k].entry.roles:
            return False
        if tokens[k].word == "since" or (tokens[k].word == "between" and ahead):
            return True
        k -= 1
    return False


_BESIDES = ("including", "as", "unlike")


def dates_another(tokens: list[Token], candidate: Candidate, p: int, front: bool = False) -> bool:
    """Whether the period at `p` dates another event: ", which were filed in 2008", "after an attack in 2006", "a figure
    it had not given in earlier years"."""
    between = tokens[candidate.np_end : p]
    acts = [k for k, t in enumerate(between) if t.tag in "vg" or (t.tag == "x" and t.word.endswith("ed"))]
    if len(acts) > 1 and any(t.tag == "w" for t in between):
        return True
    until = between[: acts[-1] + 1] if acts else []
    relative = any(a.tag == "," and b.tag == "w" for a, b in pairwise(until))
    words = [t.word for t in until]
    relative = relative or "had" in words[words.index(",") if "," in words else len(words) :]
    opened = any(t.word in ("after", "when", "before", "because", "until") for t in until)
    return relative or opened or (front and any(acts))


def opens_clause(tokens: list[Token], p: int, stretch: Stretch) -> bool:
    """Whether a period opens its clause and so belongs to what follows: "In 2018, ...", "and in 2019 they ..."."""
    if period_of(tokens[p]).label:
        return True
    k = p - 1
    while k >= stretch.start and (tokens[k].tag in "pafMOTF" or "part_of_year" in tokens[k].entry.roles):
        k -= 1
    if k < stretch.start or tokens[k].tag in ";l(" or tokens[k].word == "unlike":
        return True
    following = p - k > 1 and any(d.at > p for d in stretch.candidates)
    if tokens[k].tag == "&":
        return following
    return following and tokens[k].tag in ",:w" and tokens[p + 1].tag not in ".;)&"


def of_change(stretch: Stretch, p: int) -> bool:
    """Whether the period at `p` belongs to a change: "an increase of 6.8 percent from 2018"."""
    before = [d for d in stretch.candidates if d.at < p]
    return bool(before) and before[-1].quantity.change


def told_aside(tokens: list[Token], stretch: Stretch, p: int, candidate: Candidate) -> bool:
    """Whether the period at `p`, cut off by a comma, is of a reason in front ("As trials were under way in 2021,
    courts convicted no one") or of what had been before ("ended the subsidy that it had received in 2019, so that")."""
    if not any(t.tag == "," for t in tokens[p : candidate.at]):
        return False
    before = tokens[stretch.start : p]
    reason = tokens[stretch.start].word in ("because", "as") and any(t.tag in "vgb" for t in before)
    reason = reason and not any(t.tag == "," for t in before)
    relative = max((k for k, t in enumerate(before) if t.tag == "w" or t.word == "that"), default=len(before))
    return reason or any(t.word == "had" for t in before[relative:])


def before_change(stretch: Stretch, p: int, tokens: list[Token]) -> bool:
    """Whether a change starts from the period at `p`: "tripled from the previous year to 36", "doubled from 2018"."""
    k = p - 2 if tokens[p - 1].word in ("the", "fiscal") else p - 1
    change = next((t for t in reversed(tokens[stretch.start : k]) if t.tag in "gv;l"), tokens[-1])
    return tokens[k].word in ("from", "over") and "shifting" in change.entry.roles


def dated_now(tokens: list[Token], candidate: Candidate, live: list[Candidate], n: int, stretch: Stretch) -> bool:
    """Whether a bare month stands behind the number ("and 7.9 as of June"): then it is of this year."""
    end = live[n + 1].at if n + 1 < len(live) else stretch.end
    return any(a.tag == "p" and a.word != "on" and b.tag in "MD" for a, b in pairwise(tokens[candidate.at : end]))


def in_new_clause(tokens: list[Token], candidate: Candidate, p: int) -> bool:
    """Whether something else stands before the period: "..., and the cases of three officials arrested in 2016",
    ", including those charged in 2016", ", as it had in 2016"."""
    return candidate.quantity.absent and any(
        tokens[k].tag == ","
        and (tokens[k + 1].word in _BESIDES or (tokens[k + 1].tag == "&" and tokens[k + 2].tag in "anr"))
        for k in range(candidate.np_end, p - 2)
    )
