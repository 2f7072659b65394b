"""What each number of a sentence counts, by itself, as a part of another, or as the second half of a comparison.

Police identified 40 victims, compared with 31 in 2019; nine were girls.
-> 40 by its own words; 31 answers the 40; nine is a part of the 40: each takes what its own words leave out
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from diffing.extracting.breakdowns import find_stages, predicate_breakdown
from diffing.extracting.comparisons import answered, inherit
from diffing.extracting.drafts import Arm, Draft, Reference
from diffing.extracting.indicators import find_actor, resolve, unit_of
from diffing.extracting.parts import countable_part
from diffing.extracting.references import alike, find_reference, told_state
from diffing.extracting.subjects import changing_subject, take_opening
from diffing.language.lexicon import Lexicon
from diffing.language.words import Token
from diffing.model import Status

# Sentences that count nothing, or only parts, after which a left-out subject no longer means what was counted before
# them. Range 0 to 4, default 1: at 4 a new paragraph's people become the victims of the last one.
ELIDED_REACH = 1


@dataclass(slots=True)
class Context:
    """What a sentence may lean on."""

    drafts: list[Draft] = field(default_factory=list)  # of the last sentence that counts something for itself
    others: list[Draft] = field(default_factory=list)  # parts and compared numbers of it, and parts told since
    passed: int = 0  # sentences since

    def keep(self, drafts: list[Draft]) -> None:
        """Takes in the numbers of a sentence that has been read."""
        live = [d for d in drafts if not d.dead and not d.quantity.change]
        kept = [d for d in live if d.whole is None and d.arm.head is None]
        rest = [d for d in live if d not in kept]
        for draft in live:
            draft.earlier = True
        if kept:
            self.drafts, self.others, self.passed = kept, rest, 0
        elif rest:
            self.others += rest

    def renumber(self, count: int) -> None:
        """Counts the figures of the sentence before backwards from the first of the next: -1 is its last."""
        for draft in (*self.drafts, *self.others):
            draft.rows = [row - count for row in draft.rows]


@dataclass(slots=True)
class _Told:
    """What the sentence has counted up to a number, and the one before it."""

    actor: str
    last: Draft | None
    noun: Token | None
    person: Token | None
    drafts: list[Draft] = field(default_factory=list)

    def take(self, draft: Draft) -> None:
        self.actor = draft.actor if not draft.arm.paren else self.actor
        if _personal(draft.noun):
            self.person = draft.noun
        if not draft.quantity.change:
            self.drafts.append(draft)
            self.last = draft
            self.noun = draft.noun if draft.noun is not None and draft.noun.entry.unit else self.noun


def relate(arms: list[Arm], tokens: list[Token], lexicon: Lexicon, context: Context) -> None:
    """Sets indicator, unit, actor, whole and breakdown of each draft."""
    before = context.drafts
    opening = tokens[0].word in ("it", "they", "he", "she") or (
        len(tokens) > 1 and tokens[0].word in ("the", "these", "this") and tokens[1].entry.unit == "facilities"
    )
    last = before[-1] if before else None
    told = _Told(
        before[-1].actor if before and opening else "",
        last,
        last.noun if last is not None else None,
        next((d.noun for d in reversed(before) if _personal(d.noun)), None),
    )
    earlier: list[Draft] = []
    for arm in arms:
        for n, draft in enumerate([d for d in arm.drafts if not d.dead]):
            if draft.whole is not None and draft.whole not in (*earlier, *before, *context.others):
                _settle(draft.whole, n, arm, told, tokens, lexicon, before)  # "12 of the 30 victims"
            if draft.whole is None:
                draft.whole, draft.reference = _referred(draft, arm, earlier, tokens, context)
            if draft.whole is not None:
                _take_part(draft, draft.whole, tokens, lexicon)
                earlier.append(draft)
                continue
            if not draft.indicators:
                _settle(draft, n, arm, told, tokens, lexicon, before)
            told.take(draft)
            earlier.append(draft)
    drafts = [d for arm in arms for d in arm.drafts if not d.dead]
    find_stages(tokens, drafts, before)
    _carry_breakdowns(drafts, tokens)


def _referred(
    draft: Draft, arm: Arm, earlier: list[Draft], tokens: list[Token], context: Context
) -> tuple[Draft | None, Reference | None]:
    """The whole that a number refers back to, and by which words."""
    if arm.head is not None or draft.quantity.change or draft.quantity.status is Status.NOT_REPORTED:
        return None, None
    before = next((d for d in reversed(earlier) if not d.quantity.change and d.arm is arm), None)
    reference = find_reference(tokens, draft, before)
    if reference is None:
        return None, None
    if reference.like is not None:
        whole = reference.like.whole
        return (whole, reference) if whole is not None and countable_part(draft, whole) else (None, None)
    wholes = _wholes(draft, reference, earlier, context)
    if not wholes:
        return None, None
    run = sum(d.quantity.value or 0 for d in arm.drafts if not d.dead and d.at >= draft.at and d.whole is None)
    exact = [d for d in wholes if run and d.quantity.value == run]
    return (exact or wholes)[0], reference


def _wholes(draft: Draft, reference: Reference, earlier: list[Draft], context: Context) -> list[Draft]:
    """What a reference may mean, the likeliest first."""
    told = [*reversed(earlier)]
    if not reference.elided or context.passed <= ELIDED_REACH:
        told += sorted((*context.drafts, *context.others), key=lambda d: -d.token.start)
    told = [d for d in told if d.arm.head is None and _fits(draft, reference, d)]
    parts = [d for d in told if d.whole is not None and d.whole.indicators == d.indicators]
    fitting = [d for d in told if d not in parts]
    if reference.deeds:
        done = [d for d in fitting if _done(reference, d)]
        fitting = done or fitting
    if reference.breakdown:
        said = reference.breakdown.items()
        same = [d for d in (*fitting, *parts) if said <= d.breakdown.items()]
        fitting = same or [d for d in fitting if not d.breakdown.keys() & reference.breakdown.keys()]
    return fitting


def _done(reference: Reference, whole: Draft) -> bool:
    """Whether `whole` counts by a deed that is named: the 12 of "convicted 12", for "those convicted"."""
    return any(n in reference.deeds for verb in (*whole.verbs, *whole.np_verbs) for n in verb.entry.verbs)


def _fits(draft: Draft, reference: Reference, whole: Draft) -> bool:
    if whole.quantity.change or whole.quantity.value is None or not countable_part(draft, whole):
        return False
    if whole.quantity.money or whole.quantity.unit or not whole.quantity.value:
        return False
    if reference.noun is not None:
        return alike(reference.noun, whole)
    if draft.noun is not None and draft.noun.entry.unit and not alike(draft.noun, whole):
        return False
    return not reference.elided or whole.indicators not in ((), (None,))


def _take_part(draft: Draft, whole: Draft, tokens: list[Token], lexicon: Lexicon) -> None:
    """Gives a part what its whole has, unless it has a deed of its own."""
    reference = draft.reference
    like = reference.like if reference is not None else None
    described = told_state(tokens, draft) >= 0 or (reference is not None and reference.elided)
    acted = like is not None and draft.nominal is not None and draft.nominal is not like.nominal
    own: tuple[str | None, ...] = (None,)
    if acted or not described:
        own = resolve(draft, lexicon, tokens, draft.noun or whole.noun)
    elif like is not None and like.whole is whole and told_state(tokens, draft) < 0:
        own = like.indicators
    draft.actor = find_actor(tokens, draft) or whole.actor
    unit = unit_of(draft, lexicon, own[0], draft.noun or whole.noun)
    same = unit == whole.unit or draft.noun is None or not draft.noun.entry.unit
    if own == (None,) and same and not draft.quantity.unit and not draft.quantity.money:
        own = (whole.indicators or (None,)) if described or not _acts(tokens, draft, whole) else own
    draft.indicators = own[:1]
    draft.unit = draft.quantity.unit or (whole.unit if draft.noun is None else unit)


def _acts(tokens: list[Token], draft: Draft, whole: Draft) -> bool:
    """Whether something is done with a part, or it does something, that is no indicator: "four of them fled"."""
    verbs = [v for v in draft.verbs if "exploiting" not in v.entry.roles and "holding" not in v.entry.roles]
    if any(v not in whole.verbs and v.tag != "g" for v in verbs):
        return True
    after = tokens[draft.np_end] if draft.np_end < len(tokens) else None
    return after is not None and after.tag == "x" and after.word.endswith("ed")


def _carry_breakdowns(drafts: list[Draft], tokens: list[Token]) -> None:
    """Adds to each own breakdown that of its whole, or of the number that it answers."""
    for draft in sorted(drafts, key=lambda d: d.whole is not None and d.whole.at > d.at):
        state = told_state(tokens, draft)
        if state >= 0:
            draft.breakdown = draft.breakdown | predicate_breakdown(tokens, state)
        if draft.reference is not None:
            draft.breakdown = draft.reference.breakdown | draft.breakdown
        if draft.whole is not None:
            draft.breakdown = draft.whole.breakdown | draft.breakdown
        elif draft.model is not None:
            draft.breakdown = _of_model(draft, draft.model)


def _of_model(draft: Draft, model: Draft) -> dict[str, str]:
    """What a compared number takes over: all where it names nothing, else what the whole of the first half has."""
    if model.whole is not None and draft.breakdown:
        return model.whole.breakdown | draft.breakdown
    if draft.noun is model.noun or draft.noun is None:
        return draft.breakdown or dict(model.breakdown)
    return draft.breakdown


def relate_earlier(drafts: list[Draft], context: Context) -> None:
    """Sets the whole of a compared part: what its year's number answers is the whole of the part that it answers."""
    known = [*drafts, *context.drafts, *context.others]
    for draft in drafts:
        if draft.whole is not None or draft.model is None or draft.dead:
            continue
        whole = _root(draft).whole
        if whole is None:
            continue
        root = _root(whole)
        same = (d for d in known if d is not draft and d is not whole and d.whole is None and d.years == draft.years)
        draft.whole = next((d for d in same if _root(d) is root and countable_part(draft, d)), None)


def _root(draft: Draft) -> Draft:
    while draft.model is not None:
        draft = draft.model
    return draft


def _settle(
    draft: Draft, n: int, arm: Arm, told: _Told, tokens: list[Token], lexicon: Lexicon, before: list[Draft]
) -> None:
    """Indicator, unit and actor of a number that is no part."""
    own_actor = find_actor(tokens, draft)
    model = answered(draft, n, arm, told.drafts, before, tokens)
    if model is not None:
        draft.model = model
        inherit(draft, model, lexicon, tokens)
        possessed = draft.at and tokens[draft.at - 1].possessive
        draft.actor = own_actor if own_actor and (possessed or arm.head is None) else (model.actor or own_actor)
        return
    elliptic: Token | None = None
    opening_noun = take_opening(tokens, draft)
    if draft.noun is None and not draft.quantity.money and not draft.quantity.unit:
        repeated = _repeated(tokens, draft, told.last)
        elliptic = None if repeated else changing_subject(tokens, draft)
        if draft.quantity.status is Status.NOT_REPORTED and not draft.quantity.verbs:
            draft.verbs = []  # "provided no data": the verb is not about what is counted
            after = tokens[draft.at + 1].word if draft.at + 1 < len(tokens) else ""
            about = after in ("on", "about", "regarding", "of")
            if told.last is not None and not told.last.earlier and not about:
                repeated = told.last  # "and did not maintain statistics in 2018": of the same thing
        if repeated is not None:
            draft.model = repeated
            inherit(draft, repeated, lexicon, tokens)
            draft.actor = own_actor or told.actor
            return
        elliptic = elliptic or opening_noun
        if elliptic is None and draft.verbs:
            elliptic = told.person
        if elliptic is None and draft.quantity.status is not Status.NOT_REPORTED:
            elliptic = told.noun
    _resolve(draft, lexicon, tokens, elliptic)
    if draft.indicators == (None,):
        _again(draft, before, tokens)
    if draft.indicators == (None,) and told.last is not None and _listed(tokens, told.last, draft):
        draft.indicators = told.last.indicators  # "training to 240 officers, 55 prosecutors, and 30 judges"
    draft.actor = own_actor or told.actor


def _again(draft: Draft, before: Iterable[Draft], tokens: list[Token]) -> None:
    """ "Of the 218 victims": the number of the sentence before, told again."""
    definite = draft.at > 0 and tokens[draft.at - 1].word in ("the", "these", "those", "all")
    definite = definite or draft.token.word == "all"
    if not definite or draft.quantity.value is None or draft.verbs:
        return
    for other in before:
        if other.quantity.value == draft.quantity.value and (draft.noun is None or alike(draft.noun, other)):
            draft.model, draft.indicators, draft.unit = other, other.indicators[:1], other.unit
            return


def _personal(noun: Token | None) -> bool:
    return noun is not None and noun.entry.unit == "persons" and not (noun.entry.nouns and noun.entry.kind == "case")


def _resolve(draft: Draft, lexicon: Lexicon, tokens: list[Token], elliptic: Token | None) -> None:
    draft.indicators = resolve(draft, lexicon, tokens, elliptic)
    draft.unit = unit_of(draft, lexicon, draft.indicators[0], elliptic if elliptic is not draft.noun else None)
    if draft.indicators == (None,) and draft.noun is not None and draft.noun.entry.kind == "victim":
        definite = any(t.word in ("the", "of") for t in tokens[max(0, draft.at - 2) : draft.at])
        changing = bool(draft.verbs) and draft.verbs[0].tag == "g"  # "the number of trafficking victims fell to 17"
        if changing:
            draft.verbs = []
        if (
            (definite or changing)
            and not draft.verbs
            and any(i.name == "victims_identified" for i in lexicon.indicators)
        ):
            draft.indicators = ("victims_identified",)


def _listed(tokens: list[Token], last: Draft, draft: Draft) -> bool:
    """Whether a number goes on with the list of the one before it, in the same unit."""
    between = tokens[last.np_end : draft.at]
    if draft.quantity.absent or (draft.noun is not None and draft.noun.entry.unit == "cases"):
        return False  # "investigations or extraditions"
    linked = bool(between) and all(t.tag in ",&afQ" for t in between)
    return linked and not last.earlier and last.unit == draft.unit and last.unit is not None and draft.noun is not None


def _repeated(tokens: list[Token], draft: Draft, last: Draft | None) -> Draft | None:
    """The number before, where this one counts the same: "19 women in 2019 and 23 in 2018", "the total to nine"."""
    if last is None or last.at >= draft.at or last.quantity.money or last.earlier:
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
