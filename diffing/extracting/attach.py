"""Indicator, unit and actor of every quantity, and what a comparison takes over from what it is compared with."""

from __future__ import annotations

from diffing.extracting.drafts import Arm, Draft
from diffing.extracting.indicators import find_actor, resolve, unit_of
from diffing.extracting.subjects import changing_subject, take_opening
from diffing.language.lexicon import Lexicon
from diffing.language.words import Token
from diffing.model import Status

_STAGES = (("opening", "initiated"), ("continuing", "continued"), ("closing", "closed"))
_TOTALS = frozenset(("figures", "totals", "numbers"))
_LEANING = frozenset(
    [
        "this",
        "these",
        "that",
        "those",
        "it",
        "they",
        "comparable",
        "respective",
        "corresponding",
        "similar",
        "figures",
        "totals",
        "numbers",
    ]
)


def attach_indicators(arms: list[Arm], tokens: list[Token], lexicon: Lexicon, before: list[Draft]) -> None:
    """Sets indicator, unit and actor of each draft; a comparison takes them from what it is compared with."""
    last_person: Token | None = next((d.noun for d in reversed(before) if _personal(d.noun)), None)
    last_any: Draft | None = before[-1] if before else None
    last_noun: Token | None = last_any.noun if last_any is not None else None
    opening = tokens[0].word in ("it", "they", "he", "she") or (
        len(tokens) > 1 and tokens[0].word in ("the", "these", "this") and tokens[1].entry.unit == "facilities"
    )
    actor = before[-1].actor if before and opening else ""
    clause = -1
    told: list[Draft] = []
    for arm in arms:
        live = [d for d in arm.drafts if not d.dead]
        if arm.clause != clause and not arm.paren:
            clause = arm.clause
        for n, draft in enumerate(live):
            own_actor = find_actor(tokens, draft)
            if draft.whole is not None:
                _resolve(draft, lexicon, tokens, draft.noun or draft.whole.noun)
                draft.actor = own_actor or draft.whole.actor
                if (
                    draft.indicators == (None,)
                    and (draft.noun is None or _same_noun(draft, draft.whole))
                    and not draft.verbs
                ):
                    draft.indicators = draft.whole.indicators or (None,)
                draft.unit = draft.unit or (
                    draft.whole.unit if draft.noun is None and not draft.quantity.unit else draft.unit
                )
                continue
            model = _model(draft, n, live, arm, before, told, tokens)
            if model is not None:
                draft.model = model
                _inherit(draft, model, lexicon, tokens)
                draft.actor = (
                    own_actor
                    if (own_actor and draft.at and tokens[draft.at - 1].possessive) or (own_actor and arm.head is None)
                    else (model.actor or own_actor)
                )
            else:
                elliptic = None
                opening_noun = take_opening(tokens, draft)
                if draft.noun is None and not draft.quantity.money and not draft.quantity.unit:
                    repeated = _repeated(tokens, draft, last_any)
                    elliptic = None if repeated else changing_subject(tokens, draft)
                    if draft.quantity.status is Status.NOT_REPORTED and not draft.quantity.verbs:
                        draft.verbs = []  # "provided no data": the verb is not about what is counted
                        after = tokens[draft.at + 1].word if draft.at + 1 < len(tokens) else ""
                        if (
                            last_any is not None
                            and not last_any.earlier
                            and after not in ("on", "about", "regarding", "of")
                        ):
                            repeated = last_any  # "and did not maintain statistics in 2018": of the same thing
                    if repeated is not None:
                        draft.model = repeated
                        _inherit(draft, repeated, lexicon, tokens)
                        draft.actor = own_actor or actor
                        last_any = draft
                        continue
                    elliptic = elliptic or opening_noun
                    if elliptic is None and draft.verbs:
                        elliptic = last_person
                    if elliptic is None and draft.quantity.status is not Status.NOT_REPORTED:
                        elliptic = last_noun
                _resolve(draft, lexicon, tokens, elliptic)
                if draft.indicators == (None,) and last_any is not None and _listed(tokens, last_any, draft):
                    draft.indicators = last_any.indicators  # "training to 240 officers, 55 prosecutors, and 30 judges"
                draft.actor = own_actor or actor
            actor = draft.actor if not arm.paren else actor
            if _personal(draft.noun):
                last_person = draft.noun
            if not draft.quantity.change:
                told.append(draft)
                last_any = draft
                last_noun = draft.noun if draft.noun is not None and draft.noun.entry.unit else last_noun


def _listed(tokens: list[Token], last: Draft, draft: Draft) -> bool:
    """Whether a number goes on with the list of the one before it, in the same unit."""
    between = tokens[last.np_end : draft.at]
    if draft.quantity.absent or (draft.noun is not None and draft.noun.entry.unit == "cases"):
        return False  # "investigations or extraditions"
    linked = bool(between) and all(t.tag in ",&afQ" for t in between)
    return linked and not last.earlier and last.unit == draft.unit and last.unit is not None and draft.noun is not None


def _repeated(tokens: list[Token], draft: Draft, last: Draft | None) -> Draft | None:
    """The number before, where this one counts the same: "19 women in 2019 and 23 in 2018", "the total to nine"."""
    if last is None or last.at >= draft.at or last.quantity.money:
        return None
    if last.earlier:
        return None
    between = tokens[last.np_end : draft.at]
    if any(t.word in ("total", "number") for t in between[-4:]):
        return last
    if any(t.tag in "vg;" or (t.tag == "x" and t.word.endswith("ed")) for t in between):
        renewed = bool(draft.verbs) and draft.verbs[0].entry.verb in ("renew", "extend")
        if renewed and last.noun is not None and last.noun.entry.nouns:
            return last  # "issued 44 permits and extended 12"
        if draft.verbs and last.verbs and draft.verbs[0].entry.verb == last.verbs[0].entry.verb:
            return last  # "conducted 44 investigations; in 2020 it conducted nine"
        staged = draft.verbs and any(r in draft.verbs[0].entry.roles for r in ("opening", "continuing", "closing"))
        cases = last.unit == "cases" and last.indicators != (None,)
        return last if staged and cases else None
    return last


def attach_stages(tokens: list[Token], drafts: list[Draft], before: list[Draft]) -> None:
    """New, continued and closed cases as breakdowns, where they are told beside each other; never one sum."""
    stages = {d.breakdown.get("stage") for d in before} - {None}
    found: list[tuple[Draft, str]] = []
    for draft in drafts:
        if (
            (draft.unit != "cases" and not _prosecuted(draft))
            or draft.whole is not None
            or draft.quantity.change
            or draft.quantity.status is Status.NOT_REPORTED
        ):
            continue
        stage = _stage(tokens, draft)
        if stage is not None:
            found.append((draft, stage))
    potential = any(d.breakdown.get("status") == "potential" for d in (*drafts, *before))
    for draft in drafts:  # "suspected traffickers" are traffickers, and a confirmed victim is one beside potential ones
        status = draft.breakdown.get("status")
        victim = draft.noun is not None and draft.noun.entry.kind in ("victim", "child", "human", "person")
        if status is not None and not (victim and (potential or status == "potential")):
            del draft.breakdown["status"]
    stages |= {stage for _, stage in found}
    if len(stages) > 1:
        for draft, stage in found:
            draft.breakdown["stage"] = stage


def _prosecuted(draft: Draft) -> bool:
    """Whether persons are counted by what is done about them: "initiated the prosecution of 18", "prosecuting 34"."""
    if draft.unit != "persons" or not {"investigations", "prosecutions"}.intersection(filter(None, draft.indicators)):
        return False
    nominal = draft.nominal is not None and draft.nominal.entry.noun in _STAGED
    return nominal or bool(draft.verbs and draft.verbs[0].entry.form == "ing")


_STAGE_WORDS = {"new": "initiated", "ongoing": "continued", "continuing": "continued", "pending": "continued"}
_STAGED = frozenset(("investigation", "prosecution", "case"))


def _stage(tokens: list[Token], draft: Draft) -> str | None:
    """New, continued or closed, as the words before the noun, the verb, or the verb before it say."""
    nominal = draft.nominal is not None and draft.nominal.entry.noun in _STAGED
    for token in tokens[draft.at + 1 : draft.np_end]:
        if token.word in _STAGE_WORDS and draft.unit == "cases":
            return _STAGE_WORDS[token.word]
    verbs = draft.verbs
    if nominal and not verbs:  # "initiated the prosecution of 18 suspects"
        k = next((n for n, t in enumerate(tokens) if t is draft.nominal), 0) - 1
        while k > 0 and tokens[k].tag in "axm":
            k -= 1
        verbs = [tokens[k]]
    for verb in verbs:
        k = next((n for n, t in enumerate(tokens) if t is verb), 0)
        staged = any(role in verb.entry.roles for role, _ in _STAGES)
        acting = tokens[k - 1] if k and verb.entry.form == "ing" and verb.entry.verbs and not staged else verb
        if draft.unit == "cases" or nominal or acting is not verb:
            for role, stage in _STAGES:
                if role in acting.entry.roles:
                    return stage
    return None


def _personal(noun: Token | None) -> bool:
    return noun is not None and noun.entry.unit == "persons" and not (noun.entry.nouns and noun.entry.kind == "case")


def _resolve(draft: Draft, lexicon: Lexicon, tokens: list[Token], elliptic: Token | None) -> None:
    draft.indicators = resolve(draft, lexicon, tokens, elliptic)
    draft.unit = unit_of(draft, lexicon, draft.indicators[0], elliptic if elliptic is not draft.noun else None)
    if draft.indicators == (None,) and draft.noun is not None and draft.noun.entry.kind == "victim":
        definite = any(t.word in ("the", "of") for t in tokens[max(0, draft.at - 2) : draft.at])
        if definite and not draft.verbs and any(i.name == "victims_identified" for i in lexicon.indicators):
            draft.indicators = ("victims_identified",)


def _same_noun(a: Draft, b: Draft) -> bool:
    if a.noun is None or b.noun is None:
        return False
    x, y = a.noun, b.noun
    if x.entry.noun and x.entry.noun == y.entry.noun:
        return True
    if x.word == y.word:
        return True
    return bool(x.entry.unit == "persons" and y.entry.unit == "persons")


def _model(
    draft: Draft,
    n: int,
    live: list[Draft],
    arm: Arm,
    before: list[Draft],
    told: list[Draft],
    tokens: list[Token],
) -> Draft | None:
    """The draft of the compared arm whose indicator this one repeats."""
    head = arm.head
    pool: list[Draft] = []
    figures = head is None and draft.noun is None and any(t.word in _TOTALS for t in tokens[arm.start : draft.at])
    if figures and told:
        pool = [d for d in told if d.arm.clause < arm.clause and d.arm.head is None and d.whole is None]
    if pool:
        pass
    elif head is not None:
        pool = [d for d in head.drafts if not d.dead and d.whole is None and not d.quantity.change and d.at < draft.at]
        if not pool and before and not head.drafts:
            pool = before
        elif not pool:  # "of these, 12 were children, compared with eight in 2018"
            pool = [d for d in head.drafts if not d.dead and not d.quantity.change and d.at < draft.at]
    elif before and all(d.model is not None and d.model.earlier for d in told) and _leans(draft, tokens):
        pool = before  # unless this sentence has told something of its own
    if not pool:
        return None
    same_kind = [
        d for d in pool
        if d.quantity.money == draft.quantity.money
        and (d.quantity.unit == "percent") == (draft.quantity.unit == "percent")
    ]  # fmt: skip
    if not same_kind:
        if draft.noun is None and not draft.quantity.money and not draft.quantity.unit and arm.head is not None:
            same_kind = pool if draft.quantity.absent or draft.quantity.value == 0 else []
        if not same_kind:
            return None
    if draft.noun is not None:
        named = [
            d
            for d in same_kind
            if (d.noun is not None and draft.noun.word == d.noun.word)
            or (d.noun and d.noun.entry.noun and d.noun.entry.noun == draft.noun.entry.noun)
        ]
        if named:
            return named[-1] if len(named) == 1 else named[min(n, len(named) - 1)]
        if draft.noun.entry.nouns or (draft.verbs and draft.verbs[0].entry.verbs and arm.head is None):
            return None
        alike = [d for d in same_kind if d.noun is None or d.noun.entry.unit == draft.noun.entry.unit]
        if alike:
            return alike[-1]
        return None
    siblings = [d for d in live if d.whole is None and not d.quantity.change]
    if len(siblings) == len(same_kind) or arm.respectively:
        position = siblings.index(draft) if draft in siblings else n
        if position < len(same_kind) and len(same_kind) > 1:
            return same_kind[position]
    if len(same_kind) > 1 and draft.verbs:
        for d in same_kind:
            if any(v.entry.verb == w.entry.verb for v in d.verbs for w in draft.verbs):
                return d
    return same_kind[-1]


def _leans(draft: Draft, tokens: list[Token]) -> bool:
    """Whether a sentence's own head arm leans on the sentence before it: "Comparable figures for 2018 were 284"."""
    if draft.noun is not None or draft.quantity.money or draft.quantity.unit:
        return False
    if any(v.entry.verbs or "opening" in v.entry.roles or "continuing" in v.entry.roles for v in draft.verbs):
        return True
    return any(t.word in _LEANING for t in tokens[:4])


def _inherit(draft: Draft, model: Draft, lexicon: Lexicon, tokens: list[Token]) -> None:
    own: tuple[str | None, ...] = (None,)
    if draft.verbs or draft.nominal is not None or (draft.noun is not None and draft.noun.entry.nouns):
        own = resolve(draft, lexicon, tokens, model.noun)
    other = not {v.entry.verb for v in draft.verbs} & {v.entry.verb for v in model.verbs}
    if own == (None,) and other and draft.noun is None and draft.verbs and draft.verbs[0].entry.verbs:
        own = resolve(draft, lexicon, tokens, None)  # behind "convicted nine", "identified none" counts others
    if own == (None,) and draft.quantity.times is False:
        own = model.indicators or (None,)  # a model further on has none yet
    draft.indicators = own
    if draft.noun is None:
        draft.noun = model.noun
        loose = draft.quantity.money or draft.quantity.times
        draft.unit = draft.quantity.unit or (None if loose else model.unit)
        if draft.quantity.money:
            draft.unit = draft.quantity.unit
        if not draft.breakdown:
            draft.breakdown = dict(model.breakdown)
    else:
        draft.unit = unit_of(draft, lexicon, own[0], None)
