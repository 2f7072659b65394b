"""What each number of a sentence counts, by itself, as a part of another, or as the second half of a comparison.

Police identified 40 victims, compared with 31 in 2019; nine were girls.
-> 40 by its own words; 31 answers the 40; nine is a part of the 40: each takes what its own words leave out
"""

from __future__ import annotations

from itertools import takewhile

from msgspec import Struct, field

from diffing.extracting.candidates import Candidate, Stretch, names_people, same_noun
from diffing.extracting.context import Context, Sentence
from diffing.extracting.find.actors import find_actor
from diffing.extracting.find.breakdowns import find_stages, predicate_breakdown
from diffing.extracting.find.indicators import resolve, unit_of
from diffing.extracting.find.subjects import changing_subject, take_opening
from diffing.extracting.relate.compared_numbers import answered, inherit
from diffing.extracting.relate.references import told_state
from diffing.extracting.relate.wholes import find_whole, named_by, take_part, told_without_number
from diffing.language.entries import PLAIN
from diffing.language.lexicon import Lexicon
from diffing.language.words import Token, is_plural, tokens_of
from diffing.model import Status

OPENING_REACH = 6  # tokens in which a pronoun may open a sentence: "In the same year, they"; range 3 to 8
# Answers that a number is followed back over. Range 10 to 1,000; the longest real chain has five, and each sentence of
# one that never ends would look through all before it.
LONGEST_CHAIN = 100
_TELLING = frozenset(("be", "have", "do"))
_MEANT = frozenset(("organization", "group", "hotline", "program"))  # "The organization assisted 22 victims."
_IN_CASES = (["against"], ["involving"], ["with"], ["implicating"])
BEING = ("is", "are", "was", "were", "comprised")  # what only tells how many: "there were 12 victims"


def _actor_before(sentence: Sentence) -> str:
    """Who acted in the sentence before: "NGOs provided most of the care. They assisted 53 victims."."""
    context = sentence.context
    known = (t.entry.actor for t in tokens_of(context.before, sentence.lexicon) if t.entry.actor)
    return next(known, context.candidates[-1].actor if context.candidates else "")


class _Told(Struct):
    """What the sentence has counted up to a number."""

    sentence: Sentence
    actor: str
    last: Candidate | None = None
    noun: Token | None = None
    person: Token | None = None
    candidates: list[Candidate] = field(default_factory=list)

    def last_noun(self) -> Token | None:
        """The noun of what was counted last, here or before."""
        before = self.sentence.context.candidates if self.noun is None else ()
        return before[-1].noun if before else self.noun

    def last_person(self) -> Token | None:
        """The people who were counted last, here or before."""
        before = self.sentence.context.candidates if self.person is None else ()
        return next((d.noun for d in reversed(before) if names_people(d.noun)), self.person)

    def take(self, candidate: Candidate) -> None:
        self.actor = candidate.actor
        if names_people(candidate.noun):
            self.person = candidate.noun
        if not candidate.quantity.change:
            self.candidates.append(candidate)
            self.last = candidate
            self.noun = candidate.noun if candidate.noun is not None and candidate.noun.entry.unit else self.noun


def relate(stretches: list[Stretch], sentence: Sentence) -> None:
    """Sets indicator, unit, actor, whole and breakdown of each candidate."""
    tokens = sentence.tokens
    opened = list(takewhile(lambda t: t.tag not in "vgq", tokens[:OPENING_REACH]))
    opening = any(t.word in ("it", "they", "he", "she") for t in opened) or (
        tokens[0].word in ("the", "these", "this")
        and (tokens[1].entry.unit == "facilities" or tokens[1].entry.noun in _MEANT)
    )
    told = _Told(sentence, _actor_before(sentence) if opening else "")
    earlier: list[Candidate] = []
    for stretch in stretches:
        if told.last is not None and _stands_against(stretch, told.last, tokens):
            stretch.head = told.last.stretch.head or told.last.stretch
        for n, candidate in enumerate([d for d in stretch.candidates if not d.dead]):
            if candidate.whole is not None and candidate.whole not in earlier:
                _settle(candidate.whole, n, stretch, told)  # "12 of the 30 victims"
            if candidate.whole is None:
                candidate.whole, candidate.reference = find_whole(candidate, earlier, sentence)
            if candidate.whole is not None:
                take_part(candidate, candidate.whole, sentence)
                if stretch.head is not None and candidate.whole.stretch is not stretch.head:
                    model = answered(candidate, n, stretch, told.candidates, sentence)
                    if model is not None and candidate.nominal is None:  # "37 of 60": what the number it answers did
                        candidate.model, candidate.indicators = model, model.indicators[:1]
                earlier.append(candidate)
                continue
            if not candidate.indicators:
                _settle(candidate, n, stretch, told)
            told.take(candidate)
            earlier.append(candidate)
    candidates = [d for stretch in stretches for d in stretch.candidates]
    _look_ahead(candidates)
    find_stages(tokens, candidates, sentence.context)
    _carry_breakdowns(candidates, tokens)


def _stands_against(stretch: Stretch, before: Candidate, tokens: list[Token]) -> bool:
    """Whether a clause tells bare numbers of a time of its own, by no other deed: "; in 2020, it had logged 700"."""
    told = [d for d in stretch.candidates if not d.dead]
    if not told or stretch.head is not None or not stretch.periods:
        return False
    deeds = {clause.verb.lemma for d in before.stretch.candidates for clause in d.governing.told} | _TELLING
    named = any(t.entry.nouns or t.entry.acts for t in tokens[stretch.start : told[0].at])
    return not named and all(
        d.noun is None and not d.quantity.absent
        and all(clause.verb.lemma in deeds for clause in d.governing.told)
        for d in told
    )  # fmt: skip


def _carry_breakdowns(candidates: list[Candidate], tokens: list[Token]) -> None:
    """Adds to each own breakdown that of its whole, or of the number that it answers."""
    for candidate in sorted(
        candidates, key=lambda d: d.whole is not None and not d.whole.earlier and d.whole.at > d.at
    ):
        state = told_state(tokens, candidate)
        if state >= 0:
            candidate.breakdown = candidate.breakdown | predicate_breakdown(tokens, state)
        if candidate.reference is not None:
            candidate.breakdown = candidate.reference.breakdown | candidate.breakdown
        if candidate.whole is not None:
            answered_own = candidate.model.breakdown if candidate.model is not None else {}
            whole = candidate.within or candidate.whole
            candidate.breakdown = whole.breakdown | answered_own | candidate.breakdown
        elif candidate.model is not None:
            candidate.breakdown = _of_model(candidate, candidate.model)
        elif candidate.antecedent is not None and "status" in candidate.antecedent.breakdown:
            candidate.breakdown = {"status": candidate.antecedent.breakdown["status"]} | candidate.breakdown


def _of_model(candidate: Candidate, model: Candidate) -> dict[str, str]:
    """What a compared number takes over: all where it names nothing, else what the whole of the first half has."""
    if model.whole is not None and candidate.breakdown:
        return model.whole.breakdown | candidate.breakdown
    own, said = candidate.noun, candidate.breakdown
    if own is not None and own is not model.noun:  # "28 sex trafficking cases, an increase from 17 cases"
        same = model.noun is not None and same_noun(own, model.noun) and said.items() <= model.breakdown.items()
        return {k: v for k, v in model.breakdown.items() if k != "status" or k in said} if same else said
    less = not said or (candidate.compared and said.items() <= model.breakdown.items())
    return dict(model.breakdown if less else said)


def _look_ahead(candidates: list[Candidate]) -> None:
    """What a comparison that opens its sentence counts, the next number says: "Compared with 94, it found 98"."""
    for n, candidate in enumerate(candidates):
        opens = candidate.stretch.comparator is not None and not candidate.compared
        model = next((d for d in candidates[n + 1 :] if any(d.indicators)), None)
        if opens and candidate.indicators == (None,) and model is not None:
            candidate.model, candidate.indicators, candidate.unit = model, model.indicators[:1], model.unit


def relate_narrower(candidates: list[Candidate], tokens: list[Token], context: Context) -> None:
    """Sets the whole of what is counted as the sentence before counts, but of fewer: "It found no boys", behind 40.

    The same deed by the same body in the same year, described more closely, is some of it, unless words say that it
    comes on top ("also", "another"). None beside some is none of them: "allocated $90,000 and spent none of it".
    """
    for candidate in candidates:
        named = tokens[candidate.stretch.start : candidate.np_end]
        none = candidate.quantity.value == 0
        if candidate.whole is not None or not (candidate.breakdown or none) or candidate.indicators in ((), (None,)):
            continue
        if any("besides" in t.entry.roles for t in named):
            continue
        shared = not any(c.subjects and not c.inherited for c in candidate.governing.acting)  # nobody else did it
        here = candidates if none and shared and not (candidate.breakdown or candidate.compared) else ()
        told = (*here, *context.candidates, *context.others)
        candidate.whole = next((d for d in told if d.whole is None and not d.dead and _narrows(candidate, d)), None)


def _narrows(candidate: Candidate, whole: Candidate) -> bool:
    same = candidate.indicators == whole.indicators[: len(candidate.indicators)] and candidate.years == whole.years
    same = same and (candidate.actor, candidate.body) == (whole.actor, whole.body)
    value = candidate.quantity.value
    fewer = whole.quantity.value is not None and (value is None or value < whole.quantity.value)
    narrower = whole.breakdown.items() < candidate.breakdown.items()
    return same and fewer and (narrower or (value == 0 and whole.breakdown == candidate.breakdown))


def relate_earlier(candidates: list[Candidate], context: Context) -> None:
    """Sets the whole of a compared part: what its year's number answers is the whole of the part that it answers."""
    for candidate in candidates:
        if candidate.whole is not None or candidate.model is None:
            continue
        whole = _root(candidate).whole
        if whole is None:
            continue
        root = _root(whole)
        known = (*candidates, *context.candidates, *context.others)
        same = (d for d in known if d is not whole and d.whole is None and d.years == candidate.years)
        candidate.whole = next((d for d in same if _root(d) is root), None)


def _root(candidate: Candidate) -> Candidate:
    """What a number answers in the end, over `LONGEST_CHAIN` answers at most."""
    for _ in range(LONGEST_CHAIN):
        if candidate.model is None:
            break
        candidate = candidate.model
    return candidate


def _settle(candidate: Candidate, n: int, stretch: Stretch, told: _Told) -> None:
    """Indicator, unit and actor of a number that is no part."""
    sentence, tokens, lexicon = told.sentence, told.sentence.tokens, told.sentence.lexicon
    own_actor = find_actor(tokens, candidate)
    alone = candidate.total or told_without_number(tokens, candidate)
    model = None if alone else answered(candidate, n, stretch, told.candidates, sentence)
    if model is not None:
        candidate.model = model
        inherit(candidate, model, sentence)
        own = stretch.head is None or tokens[candidate.at - 1].possessive
        candidate.actor = own_actor if own else (model.actor or own_actor)
        candidate.body = candidate.body or model.body
        return
    elliptic: Token | None = None
    opening_noun = take_opening(tokens, candidate)
    if candidate.noun is None and not candidate.quantity.unit:
        repeated = _repeated(tokens, candidate, told.last)
        elliptic = None if repeated else changing_subject(tokens, candidate)
        if candidate.quantity.status is Status.NOT_REPORTED and not candidate.quantity.verbs:
            _take_compound(candidate, tokens[candidate.at - 1])
            candidate.verbs = []  # "provided no data": the verb is not about what is counted
        if repeated is not None:
            candidate.model = repeated
            inherit(candidate, repeated, sentence)
            candidate.actor = own_actor or told.actor
            return
        elliptic = opening_noun
        candidate.noun = candidate.noun or _object_before(tokens, candidate)
        if elliptic is None and (candidate.verbs or candidate.did):
            elliptic = told.last_person()
        if elliptic is None and candidate.quantity.status is not Status.NOT_REPORTED:
            elliptic = told.last_noun()
    if elliptic is not None and candidate.noun is None:
        candidate.antecedent = next((d for d in reversed(told.candidates) if d.noun is elliptic), None)
    _resolve(candidate, sentence, elliptic)
    before = tokens[candidate.at - 1]
    moved = before.word in ("from", "to", "by") or before.entry.verb in ("number", "total")
    moved = moved and names_people(candidate.noun) and candidate.indicators == (None,)
    if moved and changing_subject(tokens, candidate) is not None:
        _resolve(candidate, sentence, None)  # "indictments fell from 47 suspects to 44"
        candidate.unit = "persons"
    if candidate.indicators == (None,) and candidate.reference is not None:
        candidate.indicators = named_by(candidate.reference, lexicon)
    if candidate.indicators == (None,) and told.last is not None and _paid(tokens, told.last, candidate, lexicon):
        candidate.indicators = told.last.indicators  # "paid $4,000 to three victims"
    if candidate.indicators == (None,):
        _again(candidate, told, tokens)
    if candidate.indicators == (None,) and told.last is not None and _listed(tokens, told.last, candidate):
        candidate.indicators = told.last.indicators  # "training to 240 officers, 55 prosecutors, and 30 judges"
    candidate.actor = own_actor or told.actor


def _object_before(tokens: list[Token], candidate: Candidate) -> Token | None:
    """What the same one acted on before, where the verb names nothing: "halted inspections in May and made 90"."""
    clause, sentence = next(iter(candidate.governing.acting), None), candidate.governing.sentence
    named = any(v.entry.verbs or "undoing" in v.entry.roles for v in candidate.verbs)
    if clause is None or sentence is None or not clause.inherited or named:
        return None
    before = [c for c in sentence.clauses if c.subjects == clause.subjects and c.verb.end <= clause.verb.start]
    places = [(noun.start, noun.end) for c in before[-1:] for noun in c.objects]
    inside = [t for start, end in places for t in tokens if start <= t.start and t.end <= end]
    several = [t for t in inside[-1:] if t.entry.nouns and is_plural(t)]
    return several[0] if several and not any(t.tag == "q" for t in inside) else None


def _paid(tokens: list[Token], paid: Candidate, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether people stand behind "to" as those who got the sum before them as compensation."""
    behind = [t.word for t in tokens[paid.at + 1 : candidate.at] if t.tag not in ")f"]
    people = names_people(candidate.noun) and behind == ["to"]
    return paid.quantity.money and paid.indicators[0] in lexicon.unbound and people


def _take_compound(candidate: Candidate, before: Token) -> None:
    """What "conviction data" and "sentencing data" are data of: the word before them says."""
    if before.entry.nouns:
        candidate.noun = before
    elif before.entry.form == "ing":
        candidate.np_verbs = [before]


def _again(candidate: Candidate, told: _Told, tokens: list[Token]) -> None:
    """ "Of the 218 victims": the number of the sentence before, told again."""
    definite = tokens[candidate.at - 1].word in ("the", "these", "those", "all")
    if not definite or candidate.quantity.value is None or candidate.verbs:
        return
    for other in (*reversed(told.candidates), *told.sentence.context.candidates):
        if other.quantity.value == candidate.quantity.value:
            candidate.model, candidate.indicators, candidate.unit = other, other.indicators[:1], other.unit
            return


def _resolve(candidate: Candidate, sentence: Sentence, elliptic: Token | None) -> None:
    tokens, lexicon = sentence.tokens, sentence.lexicon
    candidate.indicators = resolve(candidate, sentence, elliptic)
    candidate.unit = unit_of(candidate, lexicon, candidate.indicators[0], elliptic)
    untold = lexicon.untold.get(candidate.noun.entry.kind) if candidate.noun is not None else None
    if candidate.indicators == (None,) and untold is not None:
        before, ahead = tokens[candidate.at - 1], tokens[candidate.at - 2]
        of = before.word == "of" and (candidate.at == 1 or ahead.tag not in "nx")  # not "the passports of 12 victims"
        definite = of or before.word == "the" or before.word in BEING
        if candidate.verbs and candidate.verbs[0].tag == "g":  # "the number of trafficking victims fell to 17"
            definite, candidate.verbs = True, []
        if definite and not candidate.verbs:
            candidate.indicators = (untold,)


def _listed(tokens: list[Token], last: Candidate, candidate: Candidate) -> bool:
    """Whether a number goes on with the list of the one before it, in its unit, or says who stands in its cases."""
    between = tokens[last.np_end : candidate.at]
    noun = candidate.noun
    if noun is not None and (last.unit, noun.entry.kind) == (
        "cases",
        "offender",
    ):  # "filed 30 cases against 52 men"
        return [t.word for t in between if t.tag not in ",aQ"] in _IN_CASES
    while between and (between[0].entry.breakdown or between[0].word == "of"):
        between = between[1:]  # "five victims of forced labor, 46 potential victims"
    if noun is None or noun.entry.unit == "cases" or noun.entry.acts:
        return False  # "investigations or extraditions", "12 arrests and 41 rescues"
    if last.noun is not None and {noun.entry.kind, last.noun.entry.kind} >= {"victim", "offender"}:
        return False  # "the identification of five victims and ten traffickers"
    return last.unit == candidate.unit is not None and all(t.tag in ",&afQ" for t in between)


def _repeated(tokens: list[Token], candidate: Candidate, last: Candidate | None) -> Candidate | None:
    """The number before, where this one counts the same: "19 women in 2019 and 23 in 2018", "the total to nine"."""
    if last is None or last.quantity.money:
        return None
    between = tokens[last.np_end : candidate.at]
    if any(t.word in ("total", "number") for t in between[-4:]):
        return last
    if _told_again(tokens, candidate):
        return last
    behind = tokens[candidate.np_end : candidate.np_end + 2]
    same = {verb.entry.verb for verb in last.verbs}
    if any(t.entry.form == "past" and t.tag == "v" and t.entry.verb not in same for t in behind):
        return None  # "and two others received fines"
    if any(t.tag in "vg;" or (t.word.endswith("ed")) for t in between):
        verb = candidate.verbs[0].entry if candidate.verbs else PLAIN
        if verb.verb in ("renew", "extend") and last.noun is not None and last.noun.entry.nouns:
            return last  # "issued 44 permits and extended 12"
        if candidate.verbs and last.verbs and verb.verb == last.verbs[0].entry.verb:
            return last  # "conducted 44 investigations; in 2020 it conducted nine"
        staged = not verb.roles.isdisjoint(("opening", "continuing", "closing"))
        return last if staged and last.unit == "cases" and last.indicators != (None,) else None
    return last


def _told_again(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether the number stands bare behind a verb that only tells it: "whereas the court's records showed 25"."""
    verb = candidate.verbs[0].entry if candidate.verbs else None
    if verb is None or verb.roles.isdisjoint(("reporting", "voices", "holding")):
        return False
    behind = tokens[candidate.np_end : candidate.np_end + 2]
    return behind[0].tag in ".;,)y" or behind[-1].tag == "y"
