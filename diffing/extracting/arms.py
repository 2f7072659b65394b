"""A sentence cut into arms: where a comparison begins and where it ends."""

from __future__ import annotations

from diffing.extracting.drafts import Arm, Draft
from diffing.language.numbers import Quantity
from diffing.language.times import Period
from diffing.language.words import Token

_MARKS = frozenset("qy()csR;l,&")  # tags at which an arm may begin, end or get something
SINCE_REACH = 8  # tokens from "since" to the year of what it names: "since the start of the conflict in 2013"
_LASTING = frozenset(("extend", "postpone", "prolong", "delay", "run", "last", "continue"))
_MULTIPLES = frozenset(("twice", "double", "half", "times", "triple", "thrice", "nearly", "almost"))


def cut_arms(tokens: list[Token]) -> list[Arm]:
    """The arms of a sentence in order; every quantity becomes a draft of its arm."""
    count = len(tokens)
    arms: list[Arm] = []
    clause = 0

    def open_arm(at: int, head: Arm | None, paren: bool = False, comparator: Token | None = None) -> Arm:
        arm = Arm(len(arms), at, head=head, paren=paren, clause=clause, comparator=comparator)
        arms.append(arm)
        return arm

    arm = open_arm(0, None)
    outer: list[Arm] = []
    for i, token in enumerate(tokens):
        tag = token.tag
        if tag not in _MARKS:
            continue
        if tag == "q":
            quantity = token.value
            assert isinstance(quantity, Quantity)
            arm.drafts.append(Draft(token, i, quantity, arm))
        elif tag == "y":
            _add_period(tokens, i, arm)
            unlike = arm.comparator is not None and arm.apart
            if unlike and not arm.drafts and i + 1 < count and tokens[i + 1].tag in "anr":
                arm.end = i + 1  # "Unlike in 2018 the office received none"
                clause += 1
                arm = open_arm(i + 1, None)
        elif tag == "(" and i and tokens[i - 1].tag == "q" and [t.tag for t in tokens[i + 1 : i + 3]] == ["y", ")"]:
            outer.append(arm)  # "12 (2016), 15 (2017)": the years of the numbers before them
        elif tag == "(":
            close = i + 1
            compared = False
            while close < count and tokens[close].tag != ")":
                compared = compared or tokens[close].tag in "yc"
                close += 1
            yearly = (
                i > 0
                and tokens[i - 1].tag == "y"
                and close < i + 4
                and all(t.tag in "qQ" for t in tokens[i + 1 : close])
            )
            if yearly and i - 1 in arm.periods:  # "more than in 2018 (410) and 2017 (380)"
                arm.periods.remove(i - 1)
                compared = True
            outer.append(arm)
            head = _root(arm) if compared and (arm.drafts or arm.head) else None
            last = arm.drafts[-1] if arm.drafts else None
            arm.end = i
            arm = open_arm(i, head if last else None, paren=True)
            if yearly:
                arm.periods.append(i - 1)
        elif tag == ")":
            if outer:
                if arm is not outer[-1]:
                    arm.end = i
                arm = outer.pop()
        elif tag == "c" or tag == "s":
            if tag == "c" and not _compares(tokens, i):
                token.tag = "p"
            elif tag == "c" or _repeats(tokens, i, arm):
                arm.end = i
                paren = arm.paren
                head = _root(arm)
                if not any(a.drafts for a in (arm, head)) and arms[0].drafts and not paren:
                    head = next((a for a in reversed(arms) if a.drafts and a.head is None and not a.paren), head)
                apart = tag == "c" and _sets_apart(tokens, i)
                arm = open_arm(i, head, paren=paren, comparator=token)
                arm.apart = apart
                if paren and outer:
                    arm.head = _root(outer[-1]) if outer[-1].drafts or outer[-1].head else arm.head
        elif tag == "R":
            arm.respectively = True
        elif tag in ";l" and not outer:
            if tag == "l" and arm.head is not None and _list_goes_on(tokens, i):
                continue
            arm.end = i
            clause += 1
            arm = open_arm(i, None)
        elif arm.head is not None and not outer and _leaves(tokens, i, arm):
            arm.end = i
            clause += arm.apart
            left = None if arm.apart else _root(arm)
            arm = open_arm(i, None)
            arm.after = left
    arm.end = count
    return arms


def _add_period(tokens: list[Token], i: int, arm: Arm) -> None:
    """Adds a period to its arm, unless it dates something else: a law, a record, last year's number."""
    token = tokens[i]
    period = token.value
    assert isinstance(period, Period)
    j = i - 1
    while j >= 0 and (tokens[j].tag in "a" or tokens[j].word in ("in", "during", "for", "of", "end", "early", "late")):
        j -= 1
    before = tokens[j] if j >= 0 else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    of = any(t.word == "of" for t in tokens[j + 1 : i])
    similar = before is not None and before.word == "to" and j > 0 and tokens[j - 1].word == "similar"
    if before is not None and (before.word in ("as", "like") or similar) and not of and (period.years or period.back):  # noqa: SIM102
        if not (arm.comparator is not None and arm.comparator.tag == "s"):
            arm.alike.append(i)
            return
    if similar or (before is not None and period.between and j == i - 1 and before.capital and before.tag in "nx"):
        return  # the Plan to Combat Child Labor 2019-2024
    passed = (
        before is not None and before.tag == "v" and before.entry.form == "past" and "passing" in before.entry.roles
    )
    if (
        period.span
        and not period.between
        and not period.since
        and (passed or (before is not None and before.word == "from"))
    ):
        return  # "continued six from previous periods"
    if token.possessive and not (after is not None and after.tag in "q"):
        return  # doubling last year's inmate numbers
    through = before is not None and before.word == "through" and bool(period.years)
    if through and any(t.word == "since" for t in tokens[arm.start : j]):
        token.value = Period(span=True, between=(0, period.years[-1]))  # since the war through 2018
    if before is not None and before.word in ("to", "until", "through") and j and tokens[j - 1].entry.verb in _LASTING:
        return  # "the program was extended to 2020"
    if before is not None and before.word == "since":
        behind = tokens[j - 1].word if j else ""
        if behind in (
            "time",
            "first",
            "highest",
            "lowest",
            "largest",
            "only",
            "case",
            "such",
        ):
            return
    if (
        before is not None
        and before.tag == "v"
        and "passing" in before.entry.roles
        and before.entry.form == "past"
        and tokens[j + 1].tag == "p"
    ):
        near = tokens[max(arm.start, j - 7) : j]
        last = max((k for k, t in enumerate(near) if t.tag == "q"), default=-1)
        if last < 0 or any(t.word in ("since", "after", "when", "until") or t.tag == "w" for t in near[last:]):
            return  # the law amended in 2013
    if _aside(tokens, i, arm):
        return
    k = j
    while period.years and k >= arm.start and i - k < SINCE_REACH and tokens[k].tag in "xnap":
        opened = tokens[k].word == "between" and after is not None and after.word == "and"
        if tokens[k].word == "since" or opened:
            token.value = Period(span=True)  # "since its creation in 2010"
            break
        k -= 1
    arm.periods.append(i)


def _aside(tokens: list[Token], i: int, arm: Arm) -> bool:
    """Whether the period stands in an aside without a number: "The law, which took effect in 2017, ..."."""
    if i + 1 >= len(tokens) or tokens[i + 1].tag != ",":
        return False
    for k in range(i - 1, arm.start, -1):
        if tokens[k].tag in "q,;":
            break
        if tokens[k].tag == "w" and tokens[k - 1].tag == ",":
            return True
    return False


def _root(arm: Arm) -> Arm:
    return arm.head if arm.head is not None else arm


def _list_goes_on(tokens: list[Token], i: int) -> bool:
    """Whether a "but" only links two members of a comparison: "the same as in 2017, but five in 2016"."""
    after = tokens[i + 1 : i + 3]
    return bool(after) and after[0].tag == "q" and (len(after) < 2 or after[1].tag in "py")


def _sets_apart(tokens: list[Token], i: int) -> bool:
    """Whether a comparison opens its clause: "Unlike in 2018, ...", "In contrast to 2018, ..."."""
    opens = i == 0 or tokens[i - 1].tag in ";l"
    return tokens[i].word == "unlike" or (
        opens and tokens[i].word.startswith(("in contrast", "compared", "in comparison"))
    )


def _compares(tokens: list[Token], i: int) -> bool:
    """Whether a word of comparison is followed by what is compared."""
    token = tokens[i]
    if _sets_apart(tokens, i):
        return any(t.tag == "y" for t in tokens[i + 1 : i + 5])
    if token.word.endswith(" from") and token.word.split()[0] in ("figure", "total", "number"):
        return i + 1 < len(tokens) and tokens[i + 1].tag != "q"  # "revised its figure from 45 to 40"
    loose = token.word in ("after", "against", "following", "followed", "instead of", "relative to", "unlike")
    for j in range(i + 1, min(i + (9 if loose else 16), len(tokens))):
        tag = tokens[j].tag
        if tag == "q":
            if loose and token.word in ("against", "following"):
                return j <= i + 2 and i > 0 and tokens[i - 1].tag == ","
            return True
        if tag == "y" and not loose:
            return True
        if tag in ";(" or (loose and tag in ","):
            return False
        if loose and token.word == "after" and j == i + 1 and not (tag == "v" and tokens[j].entry.form == "ing"):
            return False
        if tag == "v" and tokens[j].entry.form == "ing" and not loose:
            continue
    return False


def _leaves(tokens: list[Token], i: int, arm: Arm) -> bool:
    """Whether a comparison ends at token `i`: a new verb, or a new number that is compared itself."""
    if tokens[i].tag == "," and i + 1 < len(tokens) and (arm.drafts or arm.periods):
        after = tokens[i + 1]
        if arm.apart:
            return after.word != "when"
        if after.word == "to" and any(t.tag == "q" for t in tokens[i + 2 : i + 4]):
            return True  # "grew compared with the prior year, to 570,000"
        if (after.tag in "vx" and after.word.endswith("ing")) or after.word in ("with", "for") or after.tag == "w":
            return True
    if tokens[i].tag != "&" or tokens[i].word not in ("and", "or"):
        return False
    comma = i > 0 and tokens[i - 1].tag == ","
    for j in range(i + 1, min(i + 10, len(tokens))):
        token = tokens[j]
        if token.tag in "vg" and token.entry.form in ("past", "s") and not token.possessive:
            noun = j + 1 < len(tokens) and tokens[j + 1].tag == "n"
            adjective = noun and tokens[j - 1].tag in "aqmx"
            return not adjective
        if token.tag == "b" and comma:
            return True
        if token.tag == "q":
            for k in range(j + 1, min(j + 9, len(tokens))):
                if tokens[k].tag == "c":
                    return True
                if tokens[k].tag in "yq,;":
                    return False
            return False
        if token.tag in ";yc":
            return False
    return False


def _repeats(tokens: list[Token], i: int, arm: Arm) -> bool:
    """Whether "the same number as" is followed by a period, and has numbers before it that are the same."""
    if not _root(arm).drafts or (i and not _MULTIPLES.isdisjoint(tokens[i - 1].word.split())):
        return False
    of = i + 1 < len(tokens) and tokens[i + 1].word == "of"  # "the same number of deaths as in 2018"
    for j in range(i + 1, min(i + 10, len(tokens))):
        if tokens[j].tag == "y":
            return True
        if of and tokens[j].tag == "n":
            continue
        if tokens[j].tag in ";q(l" or (tokens[j].tag == "n" and "data" not in tokens[j].entry.roles and j < i + 3):
            return False
    return False
