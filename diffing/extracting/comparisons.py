"""The second half of a comparison: which number of the first half each of its numbers answers, and what it takes over.

Police identified 12 victims and referred nine, compared with 15 and 11 in 2019.
-> 15 answers the 12, 11 answers the nine: each by its place
"""

from __future__ import annotations

from diffing.extracting.drafts import Arm, Draft
from diffing.extracting.indicators import resolve, unit_of
from diffing.extracting.parts import opened_by_of
from diffing.language.entries import is_money
from diffing.language.lexicon import Lexicon
from diffing.language.words import Token

_TOTALS = frozenset(("figures", "totals", "numbers"))


def answered(
    draft: Draft, n: int, arm: Arm, told: list[Draft], before: list[Draft], tokens: list[Token]
) -> Draft | None:
    """The number whose indicator `draft`, the `n`th of its arm, repeats, if it answers one."""
    live = [d for d in arm.drafts if not d.dead]
    pool = [d for d in _pool(draft, arm, told, before, tokens) if _same_measure(d, draft)]
    if not pool and _may_be_zero_of(draft, arm):
        pool = _pool(draft, arm, told, before, tokens)
    if not pool:
        return None
    if draft.noun is not None:
        return _by_noun(draft, n, pool, arm)
    by_deed = _by_deed(draft, pool)
    if by_deed is not None:
        return by_deed
    siblings = [d for d in live if d.whole is None and not d.quantity.change]
    if (len(siblings) == len(pool) or arm.respectively) and len(pool) > 1 and not _chain(siblings, arm):
        place = siblings.index(draft) if draft in siblings else n
        if place < len(pool):
            return pool[place]
    return pool[-1]


def _chain(siblings: list[Draft], arm: Arm) -> bool:
    """Whether the numbers of a comparison are of one thing in several years: "61 in 2019 and 58 in 2018"."""
    if len(siblings) < 2:
        return False
    ends = [*(d.at for d in siblings[1:]), arm.end]
    return all(any(d.at < p < end for p in arm.periods) for d, end in zip(siblings, ends, strict=True))


def _pool(draft: Draft, arm: Arm, told: list[Draft], before: list[Draft], tokens: list[Token]) -> list[Draft]:
    """The numbers that `draft` may answer, in order."""
    head = arm.head
    if head is None:
        totals = draft.noun is None and any(t.word in _TOTALS for t in tokens[arm.start : draft.at])
        first = [d for d in told if d.arm.clause < arm.clause and d.arm.head is None and d.whole is None]
        if totals and first:
            return first
        leans = before and all(d.model is not None and d.model.earlier for d in told) and _leans(draft, tokens)
        return before if leans else []  # unless this sentence has told something of its own
    there = [d for d in head.drafts if not d.dead and not d.quantity.change and d.at < draft.at]
    main = [d for d in there if _is_main(d, tokens)]
    told_of = [d for d in main if d.whole is not None and d.whole.indicators == d.indicators]
    if not arm.paren and len(told_of) > 1:  # "Of the 60, 20 were girls and 40 boys, compared with 55": the 60
        main = [d.whole for d in told_of[:1] if d.whole is not None]
    if not main and not head.drafts:
        return before
    return main or there  # "of these, 12 were children, compared with eight in 2018"


def _is_main(draft: Draft, tokens: list[Token]) -> bool:
    """Whether a number is told for itself: no part, or the part of a whole that only says of how many."""
    if draft.whole is not None:
        return _only_said(draft.whole, tokens)
    return not _only_said(draft, tokens)


def _only_said(draft: Draft, tokens: list[Token]) -> bool:
    return not draft.earlier and (draft.total or opened_by_of(tokens, draft))


def _same_measure(one: Draft, other: Draft) -> bool:
    a, b = one.quantity, other.quantity
    return a.money == b.money and (a.unit == "percent") == (b.unit == "percent")


def _may_be_zero_of(draft: Draft, arm: Arm) -> bool:
    """Whether "none" may stand for no money: "$3,000, compared with none in 2018"."""
    quantity = draft.quantity
    bare = draft.noun is None and not quantity.money and not quantity.unit and arm.head is not None
    return bare and (quantity.absent or quantity.value == 0)


def _by_noun(draft: Draft, n: int, pool: list[Draft], arm: Arm) -> Draft | None:
    noun = draft.noun
    assert noun is not None
    named = [d for d in pool if d.noun is not None and _same_word(d.noun, noun)]
    if named:
        return _by_deed(draft, named) or (named[-1] if len(named) == 1 else named[min(n, len(named) - 1)])
    if noun.entry.nouns or (draft.verbs and draft.verbs[0].entry.verbs and arm.head is None):
        return None
    names = set(noun.entry.acts)  # "referred 133 victims, a rise from 127 referrals"
    alike = [
        d for d in pool
        if d.noun is None or d.noun.entry.unit == noun.entry.unit or names & _deeds(d) or _got_none(d, noun)
    ]  # fmt: skip
    return (_by_deed(draft, alike) or alike[-1]) if alike else None


def _got_none(draft: Draft, noun: Token) -> bool:
    """Whether nobody got money: "no restitution, compared with four victims in 2018" counts those who got it."""
    money = draft.noun is not None and is_money(draft.noun.entry.unit)
    return money and draft.quantity.absent and noun.entry.kind == "victim"


def _deeds(draft: Draft) -> set[int]:
    """The numbers of the indicators that the verbs of a draft name."""
    return {n for verb in (*draft.verbs, *draft.np_verbs) for n in verb.entry.verbs}


def _same_word(a: Token, b: Token) -> bool:
    return a.word == b.word or bool(a.entry.noun and a.entry.noun == b.entry.noun)


def _by_deed(draft: Draft, pool: list[Draft]) -> Draft | None:
    """The number of the first half with the same verb, where it has several."""
    if len(pool) < 2:
        return None
    verbs = {v.entry.verb for v in draft.verbs}
    return next((d for d in pool if verbs & {v.entry.verb for v in d.verbs}), None)


def _leans(draft: Draft, tokens: list[Token]) -> bool:
    """Whether a sentence's own head arm leans on the sentence before it: "Comparable figures for 2018 were 284"."""
    if draft.noun is not None or draft.quantity.money or draft.quantity.unit:
        return False
    if any(v.entry.verbs or "opening" in v.entry.roles or "continuing" in v.entry.roles for v in draft.verbs):
        return True
    return any("leaning" in t.entry.roles for t in tokens[:4])


def inherit(draft: Draft, model: Draft, lexicon: Lexicon, tokens: list[Token]) -> None:
    """Takes over from `model` what the words of `draft` leave out: indicator, noun, unit and breakdown."""
    own: tuple[str | None, ...] = (None,)
    if (
        draft.verbs
        or draft.np_verbs
        or draft.nominal is not None
        or (draft.noun is not None and draft.noun.entry.nouns)
    ):
        own = resolve(draft, lexicon, tokens, model.noun)
    other = not {v.entry.verb for v in draft.verbs} & {v.entry.verb for v in model.verbs}
    if own == (None,) and other and draft.noun is None and draft.verbs and draft.verbs[0].entry.verbs:
        own = resolve(draft, lexicon, tokens, None)  # behind "convicted nine", "identified none" counts others
    if own == (None,) and draft.noun is None and draft.nominal is not None:
        own = resolve(draft, lexicon, tokens, None)  # "investigated 30 cases, leading to the arrest of 12"
    if own == (None,) and draft.quantity.times is False:
        own = model.indicators or (None,)  # a model further on has none yet
    draft.indicators = own
    if draft.noun is not None:
        draft.unit = unit_of(draft, lexicon, own[0], None)
        return
    draft.noun = model.noun
    loose = draft.quantity.money or draft.quantity.times
    draft.unit = draft.quantity.unit or (None if loose else model.unit)
