"""What each number of a sentence counts, by itself, as a part of another, or as the second half of a comparison.

Police identified 40 victims, compared with 31 in 2019; nine were girls.
-> 40 by its own words; 31 answers the 40; nine is a part of the 40: each takes what its own words leave out
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from diffing.extracting.actors import find_actor
from diffing.extracting.breakdowns import find_stages, predicate_breakdown
from diffing.extracting.comparisons import answered, inherit
from diffing.extracting.drafts import Arm, Draft
from diffing.extracting.indicators import resolve, unit_of
from diffing.extracting.parts import countable_part
from diffing.extracting.references import alike, told_state
from diffing.extracting.subjects import changing_subject, take_opening
from diffing.extracting.wholes import Context, find_whole, named_by, names_of, take_part
from diffing.language.lexicon import Lexicon
from diffing.language.words import Token
from diffing.model import Status

OPENING_REACH = 6  # tokens in which a pronoun may open a sentence: "In the same year, they"; range 3 to 8


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
    opened = list(takewhile(lambda t: t.tag not in "vgq", tokens[:OPENING_REACH]))
    opening = any(t.word in ("it", "they", "he", "she") for t in opened) or (
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
                draft.whole, draft.reference = find_whole(draft, earlier, context, tokens, lexicon)
            if draft.whole is not None:
                take_part(draft, draft.whole, tokens, lexicon)
                if arm.head is not None and draft.whole.total:
                    _answer(draft, draft.whole, answered(draft, n, arm, told.drafts, before, tokens))
                earlier.append(draft)
                continue
            if not draft.indicators:
                _settle(draft, n, arm, told, tokens, lexicon, before)
            told.take(draft)
            earlier.append(draft)
    drafts = [d for arm in arms for d in arm.drafts if not d.dead]
    _look_ahead(drafts)
    find_stages(tokens, drafts, before)
    _carry_breakdowns(drafts, tokens)


def _answer(draft: Draft, whole: Draft, model: Draft | None) -> None:
    """Gives the 37 of "37 of 60", told in a comparison, the deed of the number that it is compared with."""
    if model is None:
        return
    if not any(v.entry.verbs for v in draft.verbs) and draft.nominal is None:
        draft.model, draft.indicators = model, model.indicators[:1]
    above = model.whole
    if above is not None and whole.indicators == (None,) and whole.noun is None:
        whole.model, whole.indicators, whole.unit = above, above.indicators[:1], above.unit


def _carry_breakdowns(drafts: list[Draft], tokens: list[Token]) -> None:
    """Adds to each own breakdown that of its whole, or of the number that it answers."""
    for draft in sorted(drafts, key=lambda d: d.whole in drafts and d.whole is not None and d.whole.at > d.at):
        state = told_state(tokens, draft)
        if state >= 0:
            draft.breakdown = draft.breakdown | predicate_breakdown(tokens, state)
        if draft.reference is not None:
            draft.breakdown = draft.reference.breakdown | draft.breakdown
        if draft.whole is not None:
            answered_own = draft.model.breakdown if draft.model is not None and not draft.breakdown else {}
            draft.breakdown = draft.whole.breakdown | answered_own | draft.breakdown
        elif draft.model is None and draft.antecedent is not None and "status" in draft.antecedent.breakdown:
            draft.breakdown = {"status": draft.antecedent.breakdown["status"]} | draft.breakdown
        elif draft.model is not None:
            draft.breakdown = _of_model(draft, draft.model)


def _of_model(draft: Draft, model: Draft) -> dict[str, str]:
    """What a compared number takes over: all where it names nothing, else what the whole of the first half has."""
    if model.whole is not None and draft.breakdown:
        return model.whole.breakdown | draft.breakdown
    if draft.noun is model.noun or draft.noun is None:
        return draft.breakdown or dict(model.breakdown)
    return draft.breakdown


def _look_ahead(drafts: list[Draft]) -> None:
    """What a comparison that opens its sentence counts, the next number says: "Compared with 94, it found 98"."""
    for n, draft in enumerate(drafts):
        opens = draft.arm.comparator is not None and not draft.compared and draft.whole is None
        if opens and draft.indicators == (None,) and not draft.quantity.change:
            counted = (d for d in drafts[n + 1 :] if d.indicators[0] and d.whole is None and d.model is None)
            model = next((d for d in counted if d.unit == draft.unit or draft.noun is None), None)
            if model is not None:
                draft.model, draft.indicators, draft.unit = model, model.indicators[:1], model.unit


def relate_narrower(drafts: list[Draft], tokens: list[Token], context: Context) -> None:
    """Sets the whole of what is counted as the sentence before counts, but of fewer: "It found no boys", behind 40.

    The same deed by the same body in the same year, described more closely, is some of it, unless words say that it
    comes on top ("also", "another").
    """
    for draft in drafts:
        start = draft.arm.start
        if (
            draft.whole is not None
            or draft.dead
            or any("besides" in t.entry.roles for t in tokens[start : draft.np_end])
        ):
            continue
        known = (d for d in (*context.drafts, *context.others) if d.whole is None and _narrows(draft, d))
        draft.whole = next(known, None)


def _narrows(draft: Draft, whole: Draft) -> bool:
    same = draft.indicators == whole.indicators[: len(draft.indicators)] and draft.years == whole.years
    same = same and draft.actor == whole.actor and draft.unit in (whole.unit, None) and draft.body == whole.body
    value = draft.quantity.value
    fewer = whole.quantity.value is not None and (value is None or value < whole.quantity.value)
    told = draft.indicators not in ((), (None,)) and whole.breakdown.items() < draft.breakdown.items()
    return same and fewer and told


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
    model = None if draft.total else answered(draft, n, arm, told.drafts, before, tokens)
    if model is not None:
        draft.model = model
        inherit(draft, model, lexicon, tokens)
        possessed = draft.at and tokens[draft.at - 1].possessive
        own = own_actor and (possessed or arm.head is None)
        draft.actor = own_actor if own else (model.actor or own_actor)
        draft.body = draft.body or model.body
        return
    elliptic: Token | None = None
    opening_noun = take_opening(tokens, draft)
    if draft.noun is None and not draft.quantity.money and not draft.quantity.unit:
        repeated = _repeated(tokens, draft, told.last)
        elliptic = None if repeated else changing_subject(tokens, draft)
        if draft.quantity.status is Status.NOT_REPORTED and not draft.quantity.verbs:
            _take_compound(draft, tokens[draft.at - 1] if draft.at else None)
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
    if elliptic is not None and draft.noun is None:
        draft.antecedent = next((d for d in reversed(told.drafts) if d.noun is elliptic), None)
    _resolve(draft, lexicon, tokens, elliptic)
    if draft.indicators == (None,) and draft.reference is not None:
        draft.indicators = named_by(draft.reference, lexicon)
        draft.unit = draft.unit or (lexicon.units[draft.indicators[0]] if draft.indicators[0] else None)
    if draft.indicators == (None,):
        _again(draft, (*reversed(told.drafts), *before), tokens, lexicon)
    if draft.indicators == (None,) and told.last is not None and _listed(tokens, told.last, draft):
        draft.indicators = told.last.indicators  # "training to 240 officers, 55 prosecutors, and 30 judges"
    draft.actor = own_actor or told.actor


def _take_compound(draft: Draft, before: Token | None) -> None:
    """What "conviction data" and "sentencing data" are data of: the word before them says."""
    if before is None or before.tag not in "nv":
        return
    if before.entry.nouns:
        draft.noun = before
    elif before.entry.acts:
        draft.nominal = before
    elif before.entry.form == "ing":
        draft.np_verbs = [before]


def _again(draft: Draft, before: Iterable[Draft], tokens: list[Token], lexicon: Lexicon) -> None:
    """ "Of the 218 victims": the number of the sentence before, told again."""
    definite = draft.at > 0 and tokens[draft.at - 1].word in ("the", "these", "those", "all")
    definite = definite or draft.token.word == "all"
    if not definite or draft.quantity.value is None or draft.verbs:
        return
    for other in before:
        named = draft.noun is None or alike(draft.noun, other, names_of(draft.noun, lexicon))
        if other.quantity.value == draft.quantity.value and named:
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
    noun = draft.noun
    if draft.quantity.absent or (noun is not None and (noun.entry.unit == "cases" or noun.entry.acts)):
        return False  # "investigations or extraditions", "12 arrests and 41 rescues"
    linked = bool(between) and all(t.tag in ",&afQ" for t in between)
    return linked and not last.earlier and last.unit == draft.unit and last.unit is not None and draft.noun is not None


def _repeated(tokens: list[Token], draft: Draft, last: Draft | None) -> Draft | None:
    """The number before, where this one counts the same: "19 women in 2019 and 23 in 2018", "the total to nine"."""
    if last is None or last.at >= draft.at or last.quantity.money or last.earlier:
        return None
    between = tokens[last.np_end : draft.at]
    if any(t.word in ("total", "number") for t in between[-4:]):
        return last
    behind = tokens[draft.np_end : draft.np_end + 2]
    same = {verb.entry.verb for verb in last.verbs}
    if any(t.entry.form == "past" and t.tag == "v" and t.entry.verb not in same for t in behind):
        return None  # "and two others received fines"
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
