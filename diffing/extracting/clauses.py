"""Where each quantity stands: its noun, its verbs, its arm of a comparison, and what surrounds it.

A sentence is cut into *arms*: stretches whose quantities share a year, a verb and an indicator. "compared with" opens
an arm that leans on the one before it; a parenthesis with years or a comparison in it is such an arm too; a
semicolon, "but" or a new verb after the comparison opens one that stands for itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from diffing.extracting.periods import Period
from diffing.extracting.quantities import Quantity
from diffing.extracting.tokens import Token

NOUN_REACH = 7  # tokens from a number to its noun
VERB_REACH = 30  # tokens from a number back to the verb that governs it
SINCE_REACH = 8  # tokens from "since" to the year of what it names: "since the start of the conflict in 2013"
EXPLOITATION_REACH = 6  # tokens from a noun to the kind of exploitation behind it
_SUBJECT_VERBS = frozenset(("receive", "benefit from", "obtain"))


@dataclass(slots=True, eq=False)
class Arm:
    """A stretch of a sentence; `head` is the arm that it is compared with, None for one that stands for itself."""

    number: int
    start: int
    end: int = 0
    head: Arm | None = None
    paren: bool = False
    clause: int = 0
    comparator: Token | None = None
    after: Arm | None = None  # the arm before a comparison that this one follows
    apart: bool = False  # "Unlike in 2018, when ...": what follows it stands for itself
    respectively: bool = False
    drafts: list[Draft] = field(default_factory=list)
    periods: list[int] = field(default_factory=list)  # token indices
    alike: list[int] = field(default_factory=list)  # periods in "as in 2018": what is told holds for them too


@dataclass(slots=True, eq=False)
class Draft:
    """A figure in the making."""

    token: Token
    at: int
    quantity: Quantity
    arm: Arm
    noun: Token | None = None
    np_verbs: list[Token] = field(default_factory=list)
    np_end: int = 0
    verbs: list[Token] = field(default_factory=list)
    nominal: Token | None = None
    object_kind: str = ""
    breakdown: dict[str, str] = field(default_factory=dict)
    indicators: tuple[str | None, ...] = ()
    unit: str | None = None
    actor: str = ""
    years: tuple[int | None, ...] = ()
    basis: str = ""
    period: Token | None = None
    whole: Draft | None = None
    exhaustive: bool = False
    model: Draft | None = None  # whose indicator, noun and actor it takes
    dead: bool = False
    earlier: bool = False  # of a sentence before
    rows: list[int] = field(default_factory=list)


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
        elif tag == "(":
            close = i + 1
            compared = False
            while close < count and tokens[close].tag != ")":
                compared = compared or tokens[close].tag in "yc"
                close += 1
            yearly = i > 0 and tokens[i - 1].tag == "y" and close < i + 4 and all(t.tag in "qQ" for t in tokens[i + 1 : close])
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
    if before is not None and (before.word in ("as", "like") or similar) and not of and (period.years or period.back):
        if not (arm.comparator is not None and arm.comparator.tag == "s"):
            arm.alike.append(i)
            return
    if similar:
        return
    passed = before is not None and before.tag == "v" and before.entry.form == "past" and "passing" in before.entry.roles
    if period.span and not period.between and (passed or (before is not None and before.word == "from")):
        return  # "continued six from previous periods"
    if token.possessive and not (after is not None and after.tag in "q"):
        return  # doubling last year's inmate numbers
    if before is not None and before.word == "since":
        behind = tokens[j - 1].word if j else ""
        if behind in ("time", "first", "highest", "lowest", "number", "total", "level", "largest", "only", "case", "such"):
            return
    if before is not None and before.tag == "v" and "passing" in before.entry.roles and before.entry.form == "past" and j + 1 < i:
        near = tokens[max(arm.start, j - 7) : j]
        last = max((k for k, t in enumerate(near) if t.tag == "q"), default=-1)
        if last < 0 or any(t.word in ("since", "after", "when", "until") or t.tag == "w" for t in near[last:]):
            return  # the law amended in 2013
    k = j
    while period.years and k >= arm.start and i - k < SINCE_REACH and tokens[k].tag in "xnap":
        opened = tokens[k].word == "between" and after is not None and after.word == "and"
        if tokens[k].word == "since" or opened:
            token.value = Period(span=True)  # "since its creation in 2010"
            break
        k -= 1
    arm.periods.append(i)


def _root(arm: Arm) -> Arm:
    return arm.head if arm.head is not None else arm


def _list_goes_on(tokens: list[Token], i: int) -> bool:
    """Whether a "but" only links two members of a comparison: "the same as in 2017, but five in 2016"."""
    after = tokens[i + 1 : i + 3]
    return bool(after) and after[0].tag == "q" and (len(after) < 2 or after[1].tag in "py")


def _sets_apart(tokens: list[Token], i: int) -> bool:
    """Whether a comparison opens its clause: "Unlike in 2018, ...", "In contrast to 2018, ..."."""
    opens = i == 0 or tokens[i - 1].tag in ";l"
    return tokens[i].word == "unlike" or (opens and tokens[i].word.startswith(("in contrast", "compared", "in comparison")))


def _compares(tokens: list[Token], i: int) -> bool:
    """Whether a word of comparison is followed by what is compared."""
    token = tokens[i]
    if _sets_apart(tokens, i):
        return any(t.tag == "y" for t in tokens[i + 1 : i + 5])
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
        if after.tag in "vx" and after.word.endswith("ing") or after.word in ("with", "for") or after.tag == "w":
            return True
    if tokens[i].tag != "&" or tokens[i].word not in ("and", "or"):
        return False
    comma = i > 0 and tokens[i - 1].tag == ","
    for j in range(i + 1, min(i + 10, len(tokens))):
        token = tokens[j]
        if token.tag in "vg" and token.entry.form in ("past", "s") and not token.possessive:
            after = tokens[j + 1] if j + 1 < len(tokens) else None
            adjective = after is not None and after.tag == "n" and tokens[j - 1].tag in "aqmx"
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
    for j in range(i + 1, min(i + 10, len(tokens))):
        if tokens[j].tag == "y":
            return True
        if tokens[j].tag in ";q(l" or tokens[j].tag == "n" and "data" not in tokens[j].entry.roles and j < i + 3:
            return False
    return False


_MULTIPLES = frozenset(("twice", "double", "half", "times", "triple", "thrice", "nearly", "almost"))


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
    if i < count and tokens[i].tag == "p" and tokens[i].word == "of":
        if quantity.unit == "percent" and not quantity.fraction or draft.token.entry.tag == "V":
            i += 1  # 15 percent of workers
            while i < count and tokens[i].tag in "af":
                i += 1
    end = min(count, i + NOUN_REACH)
    adjectives: list[Token] = []
    while i < end:
        token = tokens[i]
        tag = token.tag
        if head is None and any(b.startswith("status=") for b in token.entry.breakdown) and i + 1 < count:
            _mark(draft, token)
            if tokens[i + 1].tag == "&" and i + 2 < count and tokens[i + 2].entry.breakdown:
                draft.breakdown = {"both": ""}  # "190 confirmed and potential victims"
                i += 1
            i += 1
            continue
        if tag == "v" and token.entry.form in ("past", "ing") and i + 1 < count and head is None:
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
            if head is not None and (head.possessive or _plural(head)):
                break
            if token.possessive and i + 1 < end:
                i += 1
                continue  # "the inspectorate's funding"
            if head is not None and token.entry.actor and not token.entry.noun:
                break
            head = token
            draft.object_kind = draft.object_kind or ""
            _mark(draft, token)
            i += 1
            continue
        if tag == "v" and token.entry.noun and head is None and token.entry.form != "past":
            head = token
            i += 1
            continue
        if tag == "a" and token.word == "such" and head is None:
            i += 1
            continue
        if tag in "xmO" or (tag == "f" and token.word in ("additional", "other", "further", "new")) or (tag in "Q" and token.word in ("estimated", "some")):
            if head is not None and not (i + 1 < end and tokens[i + 1].tag == "n" and tag in "xm" and not head.possessive):
                break
            if tag == "m":
                _mark(draft, token)
            elif token.word == "others":
                break
            elif tag == "x" and token.word.isalpha():
                unknown = token if unknown is None or token.word.endswith("s") or not unknown.word.endswith("s") else unknown
                if token.word.endswith("ly") and head is None and unknown is token:
                    unknown = None
                elif token.word.endswith("s") and not token.word.endswith("ss") and not (i + 1 < count and tokens[i + 1].tag in "n"):
                    i += 1
                    break  # an unknown plural is the head
            i += 1
            continue
        if tag == "&" and head is None and unknown is None and adjectives == [] and i + 1 < count and tokens[i + 1].tag in "m":
            i += 1
            continue  # "confirmed and potential victims"
        if tag == "&" and draft.breakdown and head is None and i + 1 < count and tokens[i + 1].tag in "m":
            draft.breakdown.clear()
            draft.breakdown["both"] = ""
            i += 1
            continue
        break
    draft.np_end = i
    draft.np_verbs = adjectives
    draft.noun = head or unknown
    at = draft.at
    if draft.noun is None and not quantity.unit and at > 1 and tokens[at - 1].word == "of":
        before = tokens[at - 2]
        if before.word == "capacity":
            draft.noun = before  # room for so many, not so many
        if before.tag == "n" and before.entry.unit == "persons" and not before.entry.nouns:
            draft.noun = before  # "a workforce of 1.9 million"


def mark_exploitation(tokens: list[Token], draft: Draft) -> None:
    """Takes the kind of exploitation from behind the noun: "12 cases of sex trafficking", "30 were exploited in ..."."""
    count = len(tokens)
    k = draft.np_end
    if draft.noun is None:  # "21 were girls", "six of whom were children"
        while k < min(count, draft.np_end + 3) and tokens[k].tag in "bi":
            k += 1
        if k < count and k > draft.np_end and tokens[k - 1].tag == "b" and tokens[k].tag in "nm":
            _mark(draft, tokens[k])
    k = draft.np_end
    while k < min(count, draft.np_end + EXPLOITATION_REACH):
        token = tokens[k]
        if token.tag == "m" and any(b.startswith("exploitation=") for b in token.entry.breakdown):
            other = tokens[k + 1 : k + 3]
            both = len(other) == 2 and other[0].tag == "&" and other[1].tag == "m" and other[1].entry.breakdown != token.entry.breakdown
            if not both:
                _mark(draft, token)
            return
        if token.tag not in "pavbxnf" or (token.tag == "n" and k > draft.np_end + 1):
            return
        k += 1


def share_nouns(tokens: list[Token], drafts: list[Draft]) -> None:
    """"48, 52, and 67 victims": the numbers of a list count what its last one counts, in the same unit."""
    for a, b in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        between = tokens[a.at + 1 : b.at]
        if a.noun is None and between and not a.quantity.absent and all(t.tag in ",&" or t.entry.breakdown for t in between):
            a.noun = b.noun
            if a.quantity.unit is None and b.quantity.unit == "percent":
                a.quantity.unit = "percent"
            if not a.breakdown:
                a.breakdown = dict(b.breakdown)


def _plural(token: Token) -> bool:
    return bool(token.entry.noun) and token.word != token.entry.noun and token.entry.noun != "woman"


def _mark(draft: Draft, token: Token) -> None:
    for pair in token.entry.breakdown:
        key, _, value = pair.partition("=")
        if "both" not in draft.breakdown:
            draft.breakdown[key] = value


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


def find_verbs(tokens: list[Token], draft: Draft) -> None:
    """Sets the verbs that govern a quantity: to its left, or a passive or reduced one to its right."""
    quantity = draft.quantity
    if quantity.absent and quantity.verbs:
        draft.verbs = quantity.verbs
        return
    at = draft.at
    floor = max(draft.arm.start, at - VERB_REACH)
    k = at - 1
    while k > floor and tokens[k].tag in "aQf":
        k -= 1
    following = tokens[draft.np_end] if draft.np_end < len(tokens) else None
    if k > floor and tokens[k].tag in "&,;" and following is not None and following.tag == "b" and not quantity.fraction:
        draft.verbs = _right_verb(tokens, draft) or []  # ", and another 12 were awaiting trial": a clause of its own
        return
    # a noun that acts as a verb: "the conviction of one trafficker", "training for 412 officials"
    j = at - 1
    while j >= floor and tokens[j].tag in "afxmQO":
        j -= 1
    if j > floor and tokens[j].tag == "p" and tokens[j].word in ("of", "for", "to", "against", "from", "in", "involving"):
        k = j - 1
        if tokens[k].tag in "nv" and tokens[k].entry.nouns and tokens[k].word != "of":
            draft.nominal = tokens[k]
    j = at - 1
    depth = 0
    blocked = False
    while j >= floor:
        token = tokens[j]
        tag = token.tag
        if tag == ")":
            depth += 1
        elif tag == "(":
            if not depth:
                break
            depth -= 1
        elif not depth:
            if tag == "x" and token.word.endswith("ed") and all(t.tag in "afQ" for t in tokens[j + 1 : at]):
                break  # a verb that the lexicon does not know
            if tag == "n" and token.entry.unit == "persons" and not token.entry.nouns and not _counted(tokens, j) and _behind_preposition(tokens, j, at):
                blocked = True  # "convicted the owner for the forced labor of five men": the five are not its object
            if tag in "v" and not _is_adjective_here(tokens, j) and not token.possessive:
                if not (token.entry.noun and token.entry.form == "ing" and j + 1 < len(tokens) and tokens[j + 1].tag == "p" and not token.entry.verbs):
                    if blocked and token.entry.form == "past" and "give" not in token.entry.roles and "reporting" not in token.entry.roles:
                        draft.verbs = [token] if not token.entry.verbs else []
                        return
                    if _indirect(tokens, j, at):
                        break
                    draft.verbs = _coordinated(tokens, j)
                    break
            elif tag == "g":
                draft.verbs = [token]
                break
            elif tag in ";l":
                break
        j -= 1
    if draft.verbs and draft.verbs[0].entry.form in ("past",) and j > 0 and tokens[j - 1].tag == "b":
        # a passive to the left has its own subject: "were identified in five provinces"
        pass
    right = _right_verb(tokens, draft)
    if right is not None and (not draft.verbs or _weaker(draft.verbs, tokens, j)):
        draft.verbs = right


def _indirect(tokens: list[Token], j: int, at: int) -> bool:
    """Whether the number stands in a phrase of its own behind the verb's object: "an attack against three women"."""
    k = at - 1
    while k > j and tokens[k].tag in "afxmQ":
        k -= 1
    prep = tokens[k]
    if k <= j + 1 or prep.tag != "p" or "give" in tokens[j].entry.roles or tokens[k - 1].word == "well":
        return False
    if prep.word not in ("against", "of", "by", "at", "from", "between", "among", "under", "as", "with"):
        return False
    if prep.word == "of" and tokens[k - 1].word in ("total", "number", "conviction", "group"):
        return False
    return any(t.tag in "nq" for t in tokens[j + 1 : k])


def _counted(tokens: list[Token], j: int) -> bool:
    """Whether the noun at `j` has a number of its own."""
    return any(t.tag == "q" for t in tokens[max(0, j - 5) : j])


def _behind_preposition(tokens: list[Token], j: int, at: int) -> bool:
    after = tokens[j + 1] if j + 1 < at else None
    return after is not None and after.tag == "p" and after.word in ("for", "of", "by")


def _weaker(verbs: list[Token], tokens: list[Token], j: int) -> bool:
    """Whether a verb on the left gives way to a passive on the right: "reported that 12 victims were identified"."""
    first = verbs[0].entry
    return not first.verbs or "voices" in first.roles or j > 0 and tokens[j - 1].tag == "b"


def _is_adjective_here(tokens: list[Token], j: int) -> bool:
    token = tokens[j]
    if token.entry.form != "past" or j + 1 >= len(tokens):
        return False
    after = tokens[j + 1]
    if after.tag not in "n":
        return False
    before = tokens[j - 1] if j else None
    return before is None or before.tag in "aqpfmO#" or (before.tag == "x" and before.word.endswith("ly"))


def _coordinated(tokens: list[Token], j: int) -> list[Token]:
    """The verb at `j` with those it is coordinated with right before it: "prosecuted and convicted"."""
    verbs = [tokens[j]]
    k = j - 1
    while k > 0 and len(verbs) < 4:
        m = k
        while m > 0 and tokens[m].tag in ",&p" and k - m < 2:
            m -= 1
        # "identified and referred to care 17 victims"
        if m == k or tokens[m].tag != "v" or tokens[m].entry.form != tokens[j].entry.form:
            break
        if not any(t.tag in "&," for t in tokens[m + 1 : k + 1]):
            break
        verbs.append(tokens[m])
        k = m - 1
    return verbs[::-1]


def _right_verb(tokens: list[Token], draft: Draft) -> list[Token] | None:
    """A passive ("were identified"), a reduced relative ("identified in 2018") or "received" after the noun."""
    count = len(tokens)
    j = draft.np_end
    if j + 1 < count and tokens[j].word in ("it", "they") and tokens[j + 1].tag == "v":
        verbs = [tokens[j + 1]]  # "the number of victims it identified or referred"
        k = j + 1
        while k + 2 < count and tokens[k + 1].tag == "&" and tokens[k + 2].tag == "v" and tokens[k + 2].entry.form == "past":
            verbs.append(tokens[k + 2])
            k += 2
        return verbs
    seen_be = False
    depth = 0
    for k in range(j, min(count, j + 16)):
        token = tokens[k]
        tag = token.tag
        if tag == "(":
            depth += 1
        elif tag == ")":
            depth -= 1
        if depth:
            continue
        if tag in ";c:" or tag == "q" and k > j:
            return None
        if tag == "b":
            seen_be = True
        elif tag == "t":
            return None
        elif tag == "v":
            form = token.entry.form
            if form == "past" and (seen_be or k == j or (k == j + 1 and tokens[j].tag == "x")):
                if token.entry.verb in _SUBJECT_VERBS and not seen_be:
                    if not any("services" in t.entry.roles for t in tokens[k + 1 : k + 6]):
                        return [token] if not token.entry.verbs else None
                elif not seen_be and not _passive_tail(tokens, k):
                    return None
                verbs = [token]
                while k + 2 < count and tokens[k + 1].tag == "&" and tokens[k + 2].tag == "v" and tokens[k + 2].entry.form == "past":
                    verbs.append(tokens[k + 2])
                    k += 2
                return verbs
            if not seen_be:
                return None
        elif tag == "&" and not seen_be:
            return None
        elif tag == "," and not seen_be and k > j:
            return None
    return None


def _passive_tail(tokens: list[Token], k: int) -> bool:
    """Whether nothing follows the participle that it could act on: "identified in 2018", "recorded a year earlier"."""
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    return after is None or after.tag in "py.,;)" or (after.tag == "a" and k + 2 < len(tokens) and tokens[k + 2].tag == "y")
