"""Which whole a part belongs to, in its sentence or the one before, and what it takes from it.

Police identified 40 victims. | Of these, 12 were women, and NGOs assisted nine.
-> 12: of the 40, and counts as they do; nine: of the 40, in the series of those assisted
"""

from __future__ import annotations

from diffing.extracting.candidates import Candidate, Reference, same_noun
from diffing.extracting.context import Sentence
from diffing.extracting.find.actors import find_actor
from diffing.extracting.find.indicators import resolve, unit_of
from diffing.extracting.relate.parts import countable_part
from diffing.extracting.relate.references import alike, find_reference, told_state
from diffing.language.lexicon import Lexicon
from diffing.language.times import Period
from diffing.language.words import Token, is_plural
from diffing.model import Lean, Status
from diffing.model.printed_numbers import is_money

# What was told before that a reference may mean: the last so many of each kind. Range 20 to 500; default 60, twice what
# a paragraph of any report tells; more makes a text of parts alone cost the square of its length.
MOST_TOLD = 60

_MEANT = frozenset(("victim", "child", "human", "person"))
_NOW = 9999  # a number without a year is of the newest


def find_whole(
    candidate: Candidate, earlier: list[Candidate], sentence: Sentence
) -> tuple[Candidate | None, Reference | None]:
    """The whole that a number refers back to, and by which words; `earlier` are those before it in the sentence."""
    stretch, tokens = candidate.stretch, sentence.tokens
    if candidate.compared or candidate.quantity.status is Status.NOT_REPORTED:
        return None, None
    before = next((d for d in reversed(earlier) if not (d.total or d.compared)), None)
    reference = find_reference(tokens, candidate, before)
    if reference is None:
        return _sum_of(candidate, sentence)
    if before is not None and before.reference == reference:
        if before.whole is None:
            return None, reference
        reference.like = before  # "Of these, nine were girls and three boys": of the same
    if reference.like is not None:
        whole = reference.like.whole
        if whole is not None and countable_part(candidate, whole):
            return whole, reference
    wholes = _wholes(candidate, reference, earlier, sentence)
    if reference.lean is Lean.OF_THEM and told_without_number(tokens, candidate):
        return None, reference
    if not wholes and reference.lean is Lean.OF_THEM:
        return None, reference  # of a whole that stands further back
    if reference.lean is Lean.DEED:
        own = resolve(candidate, sentence, wholes[0].noun if wholes else None)
        none = candidate.quantity.absent  # "four orders, although none was paid": of the four
        news = not stretch.periods  # "97 were convicted in 2012; 103 were convicted in 2011"
        wholes = [d for d in wholes if news and (d.earlier or none if own == (None,) else d.indicators != own)]
    return (wholes[0], reference) if wholes else (None, None)


def told_without_number(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether "them" are people of the same sentence, of whom it does not say how many they are.

    "Foreign victims were entitled to permits, and six of them got one"
    """
    people = (k for k, t in enumerate(tokens[: candidate.at]) if t.entry.kind in _MEANT and is_plural(t))
    here = any(not any(t.tag == "q" for t in tokens[max(0, k - 3) : k]) for k in people)
    return tokens[candidate.at + 1].word == "of them" and here


def _sum_of(candidate: Candidate, sentence: Sentence) -> tuple[Candidate | None, Reference | None]:
    """The number of the sentence before that a list without a deed adds up to: "There were 61 women and 17 men"."""
    if not candidate.breakdown:
        return None, None  # most numbers
    listed = [d for d in candidate.stretch.candidates if not d.dead and d.at >= candidate.at]
    undone = all(not any(v.entry.verbs for v in d.verbs) and d.nominal is None and d.breakdown for d in listed)
    if len(listed) < 2 or not undone or not sentence.context.near:
        return None, None
    total = sum(d.quantity.value or 0 for d in listed)
    reference = Reference(Lean.SUM, elided=True)
    wholes = _wholes(candidate, reference, [], sentence)
    return next(((d, reference) for d in wholes if d.quantity.value == total), (None, None))


def _wholes(
    candidate: Candidate, reference: Reference, earlier: list[Candidate], sentence: Sentence
) -> list[Candidate]:
    """What a reference may mean, the likeliest first."""
    tokens, context = sentence.tokens, sentence.context
    told = sorted(earlier, key=lambda d: _newest(d, tokens))
    before = (*context.candidates[-MOST_TOLD:], *context.others[-MOST_TOLD:])
    if told and reference.elided and candidate.quantity.absent and candidate.noun is None:
        before = ()  # "in the 12 centers victims found care; none was for them alone": of the 12
    told += sorted(before, key=lambda d: _newest(d, tokens))
    told = [d for d in told if not d.compared and _fits(candidate, reference, d, sentence.lexicon)]
    parts = [d for d in told if d.whole is not None and d.whole.indicators == d.indicators]
    fitting = [d for d in told if d.whole is None or d.whole.indicators != d.indicators]
    if reference.deeds:
        done = [d for d in fitting if _done(reference, d)]
        fitting = done or fitting
    if reference.breakdown:
        said = reference.breakdown.items()
        same = [d for d in (*fitting, *parts) if said <= d.breakdown.items()]
        fitting = same or [d for d in fitting if not d.breakdown.keys() & reference.breakdown.keys()]
    return fitting


def _newest(candidate: Candidate, tokens: list[Token]) -> tuple[int, int]:
    """Sorts the newest year first, then the last told: "identified 72; in 2018, it identified 80" leaves the 72."""
    if candidate.earlier:
        return -max((year or 0 for year in candidate.years), default=0), -candidate.token.start
    following = next((d.at for d in candidate.stretch.candidates if d.at > candidate.at), candidate.stretch.end)
    period = next((tokens[p].value for p in candidate.stretch.periods if candidate.at < p < following), None)
    if not isinstance(period, Period):
        return -_NOW, -candidate.at
    return -max(period.years, default=0 if period.back else _NOW), -candidate.at


def _done(reference: Reference, whole: Candidate) -> bool:
    """Whether `whole` counts by a deed that is named: the 12 of "convicted 12", for "those convicted"."""
    return any(n in reference.deeds for verb in (*whole.verbs, *whole.np_verbs) for n in verb.entry.verbs)


def _fits(candidate: Candidate, reference: Reference, whole: Candidate, lexicon: Lexicon) -> bool:
    if not whole.quantity.value or whole.quantity.unit or not countable_part(candidate, whole):
        return False
    if candidate.quantity.unit == "percent" and not _share_of(reference, whole):
        return False
    if reference.noun is not None:
        return alike(reference.noun, whole, names_of(reference.noun, lexicon))
    if (
        candidate.noun is not None
        and candidate.noun.entry.unit
        and not alike(candidate.noun, whole, names_of(candidate.noun, lexicon))
    ):
        return False
    return not reference.elided or whole.indicators not in ((), (None,))


def _share_of(reference: Reference, whole: Candidate) -> bool:
    """Whether a percentage is one of what was counted: of the same word, for most are shares of a population."""
    noun, other = reference.noun, whole.noun
    if noun is None:
        return reference.lean is not Lean.STATE and not reference.deeds
    return other is not None and same_noun(noun, other)


def named_by(reference: Reference, lexicon: Lexicon) -> tuple[str | None, ...]:
    """What a part counts whose whole is not at hand: "of those convicted" convictions, "of the victims" victims."""
    for number in sorted(reference.deeds):
        if not is_money(lexicon.indicators[number].unit):
            return (lexicon.indicators[number].name,)
    return (lexicon.untold.get(reference.noun.entry.kind) if reference.noun is not None else None,)


def names_of(noun: Token, lexicon: Lexicon) -> frozenset[str]:
    """The indicators that a noun names by itself."""
    return frozenset(lexicon.indicators[n].name for n in (*noun.entry.nouns, *noun.entry.acts))


def take_part(candidate: Candidate, whole: Candidate, sentence: Sentence) -> None:
    """Gives a part what its whole has, unless it has a deed of its own."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    own: tuple[str | None, ...] = (None,)
    if told_state(tokens, candidate) < 0:
        own = resolve(candidate, sentence, candidate.noun or whole.noun)
    candidate.actor = find_actor(tokens, candidate) or whole.actor
    candidate.body = candidate.body or whole.body
    unit = unit_of(candidate, lexicon, own[0], candidate.noun or whole.noun)
    noun, quantity = candidate.noun, candidate.quantity
    if noun is None or not noun.entry.unit or not names_of(noun, lexicon).isdisjoint(whole.indicators):
        unit = whole.unit
    undone = any("undoing" in verb.entry.roles for verb in candidate.verbs)  # "acquitted three of these defendants"
    counts = (unit == whole.unit and not quantity.unit and not quantity.money) or quantity.unit == "percent"
    if own == (None,) and counts and not undone:
        own = whole.indicators or (None,)
    candidate.indicators = own[:1]
    candidate.unit = quantity.unit or unit
