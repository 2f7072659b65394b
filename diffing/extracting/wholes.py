"""Which whole a part belongs to, in its sentence or the one before, and what it takes from it.

Police identified 40 victims. | Of these, 12 were women, and NGOs assisted nine.
-> 12: of the 40, and counts as they do; nine: of the 40, in the series of those assisted
"""

from __future__ import annotations

from dataclasses import dataclass, field

from diffing.extracting.actors import find_actor
from diffing.extracting.drafts import Draft, Lean, Reference
from diffing.extracting.indicators import resolve, unit_of
from diffing.extracting.parts import countable_part
from diffing.extracting.references import alike, find_reference, told_state
from diffing.language.entries import is_money
from diffing.language.lexicon import Lexicon
from diffing.language.times import Period
from diffing.language.words import Token
from diffing.model import Status

# Sentences that count nothing, after which a left-out subject no longer means what was counted before them.
# Range 0 to 4, default 1: at 4 a new paragraph's people become the victims of the last one.
ELIDED_REACH = 1
_NOW = 9999  # a number without a year is of the newest


@dataclass(slots=True)
class Context:
    """What a sentence may lean on."""

    drafts: list[Draft] = field(default_factory=list)  # of the last sentence that counts something for itself
    others: list[Draft] = field(default_factory=list)  # parts and compared numbers of it, and parts told since
    passed: int = 0  # sentences since

    def keep(self, drafts: list[Draft]) -> None:
        """Takes in the numbers of a sentence that has been read."""
        live = [d for d in drafts if not d.dead and not d.quantity.change]
        kept = [d for d in live if d.whole is None and not d.compared]
        rest = [d for d in live if d not in kept]
        for draft in live:
            draft.earlier = True
        if kept:
            self.drafts, self.others, self.passed = kept, rest, 0
        elif rest:
            self.others += rest
            self.passed = 0

    def renumber(self, count: int) -> None:
        """Counts the figures of the sentence before backwards from the first of the next: -1 is its last."""
        for draft in (*self.drafts, *self.others):
            draft.rows = [row - count for row in draft.rows]


def find_whole(
    draft: Draft, earlier: list[Draft], context: Context, tokens: list[Token], lexicon: Lexicon
) -> tuple[Draft | None, Reference | None]:
    """The whole that a number refers back to, and by which words; `earlier` are those before it in the sentence."""
    arm = draft.arm
    if draft.compared or draft.quantity.change or draft.quantity.status is Status.NOT_REPORTED:
        return None, None
    before = next((d for d in reversed(earlier) if not (d.quantity.change or d.total or d.compared)), None)
    reference = find_reference(tokens, draft, before)
    if reference is None:
        return _sum_of(draft, context, tokens, lexicon)
    if reference.like is None and before is not None and before.reference == reference and before.arm is arm:
        if before.whole is None:
            return None, reference
        reference.like = before  # "Of these, nine were girls and three boys": of the same
    if reference.like is not None:
        whole = reference.like.whole
        if whole is not None and countable_part(draft, whole):
            return whole, reference
        if told_state(tokens, draft) < 0:
            return None, None
    wholes = _wholes(draft, reference, earlier, context, tokens, lexicon)
    if not wholes and reference.lean is Lean.OF_THEM:
        return None, reference  # of a whole that stands further back
    if reference.lean is Lean.DEED:
        own = resolve(draft, lexicon, tokens, wholes[0].noun if wholes else None)
        news = own != (None,) and not arm.periods  # "97 were convicted in 2012; 103 were convicted in 2011"
        wholes = [d for d in wholes if news and d.indicators != own]
    if not wholes:
        return None, None
    run = sum(d.quantity.value or 0 for d in arm.drafts if not d.dead and d.at >= draft.at and d.whole is None)
    exact = [d for d in wholes if run and d.quantity.value == run]
    return (exact or wholes)[0], reference


def _sum_of(
    draft: Draft, context: Context, tokens: list[Token], lexicon: Lexicon
) -> tuple[Draft | None, Reference | None]:
    """The number of the sentence before that a list without a deed adds up to: "There were 61 women and 17 men"."""
    listed = [d for d in draft.arm.drafts if not d.dead and d.at >= draft.at]
    undone = all(not any(v.entry.verbs for v in d.verbs) and d.nominal is None and d.breakdown for d in listed)
    if len(listed) < 2 or not undone or context.passed > ELIDED_REACH:
        return None, None
    total = sum(d.quantity.value or 0 for d in listed)
    reference = Reference(Lean.SUM, elided=True)
    wholes = _wholes(draft, reference, [], context, tokens, lexicon)
    return next(((d, reference) for d in wholes if d.quantity.value == total), (None, None))


def _wholes(
    draft: Draft, reference: Reference, earlier: list[Draft], context: Context, tokens: list[Token], lexicon: Lexicon
) -> list[Draft]:
    """What a reference may mean, the likeliest first."""
    told = sorted(earlier, key=lambda d: _newest(d, tokens))
    if not reference.elided or context.passed <= ELIDED_REACH:
        told += sorted((*context.drafts, *context.others), key=lambda d: _newest(d, tokens))
    told = [d for d in told if not d.compared and _fits(draft, reference, d, lexicon)]
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


def _newest(draft: Draft, tokens: list[Token]) -> tuple[int, int]:
    """Sorts the newest year first, then the last told: "identified 72; in 2018, it identified 80" leaves the 72."""
    if draft.earlier:
        return -max((year or 0 for year in draft.years), default=0), -draft.token.start
    following = next((d.at for d in draft.arm.drafts if d.at > draft.at), draft.arm.end)
    period = next((tokens[p].value for p in draft.arm.periods if draft.at < p < following), None)
    if not isinstance(period, Period):
        return -_NOW, -draft.at
    return -max(period.years, default=0 if period.back else _NOW), -draft.at


def _done(reference: Reference, whole: Draft) -> bool:
    """Whether `whole` counts by a deed that is named: the 12 of "convicted 12", for "those convicted"."""
    return any(n in reference.deeds for verb in (*whole.verbs, *whole.np_verbs) for n in verb.entry.verbs)


def _fits(draft: Draft, reference: Reference, whole: Draft, lexicon: Lexicon) -> bool:
    if whole.quantity.change or whole.quantity.value is None or not countable_part(draft, whole):
        return False
    if whole.quantity.money or whole.quantity.unit or not whole.quantity.value:
        return False
    if draft.quantity.unit == "percent" and not _share_of(reference, whole):
        return False
    if reference.noun is not None:
        return alike(reference.noun, whole, names_of(reference.noun, lexicon))
    if draft.noun is not None and draft.noun.entry.unit and not alike(draft.noun, whole, names_of(draft.noun, lexicon)):
        return False
    return not reference.elided or whole.indicators not in ((), (None,))


def _share_of(reference: Reference, whole: Draft) -> bool:
    """Whether a percentage is one of what was counted: of the same word, for most are shares of a population."""
    noun, other = reference.noun, whole.noun
    if noun is None:
        return reference.lean is not Lean.STATE and not reference.deeds
    return other is not None and (noun.entry.noun or noun.word) == (other.entry.noun or other.word)


def named_by(reference: Reference, lexicon: Lexicon) -> tuple[str | None, ...]:
    """What a part counts whose whole is not at hand: "of those convicted" convictions, "of the victims" victims."""
    for number in sorted(reference.deeds):
        if not is_money(lexicon.indicators[number].unit):
            return (lexicon.indicators[number].name,)
    noun = reference.noun
    victim = noun is not None and noun.entry.kind == "victim"
    return ("victims_identified" if victim and "victims_identified" in lexicon.units else None,)


def names_of(noun: Token, lexicon: Lexicon) -> frozenset[str]:
    """The indicators that a noun names by itself."""
    return frozenset(lexicon.indicators[n].name for n in (*noun.entry.nouns, *noun.entry.acts))


def take_part(draft: Draft, whole: Draft, tokens: list[Token], lexicon: Lexicon) -> None:
    """Gives a part what its whole has, unless it has a deed of its own."""
    reference = draft.reference
    like = reference.like if reference is not None else None
    lean = reference.lean if reference is not None else None
    state = told_state(tokens, draft) >= 0
    described = state or (reference is not None and reference.elided and lean not in (Lean.DEED, Lean.REST))
    acted = like is not None and draft.nominal is not None and draft.nominal is not like.nominal
    own: tuple[str | None, ...] = (None,)
    if acted or not described:
        own = resolve(draft, lexicon, tokens, draft.noun or whole.noun)
    elif like is not None and like.whole is whole and not state:
        own = like.indicators
    draft.actor = find_actor(tokens, draft) or whole.actor
    draft.body = draft.body or whole.body
    unit = unit_of(draft, lexicon, own[0], draft.noun or whole.noun)
    named = draft.noun is not None and not names_of(draft.noun, lexicon).isdisjoint(filter(None, whole.indicators))
    unit = whole.unit if named else unit
    same = unit == whole.unit or draft.noun is None or not draft.noun.entry.unit
    if own == (None,) and same and not draft.quantity.unit and not draft.quantity.money and lean is not Lean.REST:
        own = own if _undone(draft) else whole.indicators or (None,)
    draft.indicators = own[:1]
    unnamed = draft.noun is None or not draft.noun.entry.unit
    draft.unit = draft.quantity.unit or (whole.unit if unnamed else unit)


def _undone(draft: Draft) -> bool:
    """Whether what was done with a part undoes the deed of the whole: "acquitted three of these defendants"."""
    return any("undoing" in verb.entry.roles for verb in draft.verbs)
