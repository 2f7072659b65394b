"""The second half of a comparison: which number of the first half each of its numbers answers, and what it takes over.

Police identified 12 victims and referred nine, compared with 15 and 11 in 2019.
-> 15 answers the 12, 11 answers the nine: each by its place
"""

from __future__ import annotations

from diffing.extracting.candidates import THINGS, Candidate, Stretch, same_noun
from diffing.extracting.context import Sentence
from diffing.extracting.find.indicators import resolve, unit_of
from diffing.extracting.relate.parts import opened_by_of
from diffing.language.words import Token, place_before
from diffing.model.printed_numbers import is_money

_WHERE = frozenset(("in", "at", "across", "throughout"))


def answered(
    candidate: Candidate, n: int, stretch: Stretch, told: list[Candidate], sentence: Sentence
) -> Candidate | None:
    """The number whose indicator `candidate`, the `n`th of its stretch, repeats, if it answers one."""
    tokens, pool = sentence.tokens, _pool(candidate, stretch, told, sentence)
    if not pool:
        return None
    if candidate.noun is not None:
        return _by_noun(candidate, n, pool)
    pool = [d for d in pool if d.quantity.money == candidate.quantity.money and not _says_where(d, tokens)] or pool
    if len(stretch.candidates) % len(pool) == 0:  # "compared with 24 and three in 2018 and 15 and one in 2017"
        return pool[stretch.candidates.index(candidate) % len(pool)]
    return pool[-1]


def _pool(candidate: Candidate, stretch: Stretch, told: list[Candidate], sentence: Sentence) -> list[Candidate]:
    """The numbers that `candidate` may answer, in order."""
    head, tokens, context = stretch.head, sentence.tokens, sentence.context
    if head is None:
        leans = _leans(candidate, tokens) and all(d.model is not None and d.model.earlier for d in told)
        before = context.candidates if leans else []  # unless this sentence has told something of its own
        return [d for d in before if d.quantity.money == candidate.quantity.money]
    there = [d for d in head.candidates if not d.dead and not d.quantity.change and d.at < candidate.at]
    around = stretch.beside.candidates if stretch.beside is not None else []
    near = next((d for d in reversed(around) if d.at < stretch.start), None)
    if near is not None and near.whole is not None and near.stretch is not head:
        return [near]  # "compared with 50 in 2018, including nine girls (14 in 2018)"
    main = [d for d in there if _is_main(d, tokens)]
    if stretch.comparator is None and not stretch.paren and len(there) == len(stretch.candidates):
        return there  # each number of a clause that stands against another answers that in its place, parts too
    deeds = _deeds(candidate)
    if deeds and not any(deeds & _deeds(d) for d in main):
        main += [d for d in there if deeds & _deeds(d)]  # "85 of whom it referred, compared with 92 referred"
    told_of = [d.whole for d in main if d.whole is not None]
    if not stretch.paren and len(told_of) > 1:  # "Of the 60, 20 were girls and 40 boys, compared with 55": the 60
        main = told_of[:1]
    if not main and not head.candidates:
        return context.candidates
    return main or there  # "of these, 12 were children, compared with eight in 2018"


def _says_where(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether a number of this sentence only says where it was done: "trained 160 leaders in three provinces"."""
    if candidate.token not in tokens[candidate.at : candidate.at + 1]:
        return False  # it is the sentence's before
    k = place_before(tokens, candidate.at, "afxmQs")
    return tokens[k].word in _WHERE and candidate.unit in ("items", "facilities") and not candidate.governing.told


def _is_main(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether a number is told for itself: no part, or the part of a whole that only says of how many."""
    if candidate.whole is not None:
        return _only_said(candidate.whole, tokens)
    return not _only_said(candidate, tokens)


def _only_said(candidate: Candidate, tokens: list[Token]) -> bool:
    return not candidate.earlier and (candidate.total or opened_by_of(tokens, candidate))


def _by_noun(candidate: Candidate, n: int, pool: list[Candidate]) -> Candidate | None:
    noun = candidate.noun
    assert noun is not None
    named = [d for d in pool if d.noun is not None and same_noun(d.noun, noun)]
    if named:
        return named[min(n, len(named) - 1)]
    names = set(noun.entry.acts)  # "referred 133 victims, a rise from 127 referrals"
    alike = [
        d for d in pool
        if d.noun is None or d.noun.entry.unit == noun.entry.unit or names & _deeds(d) or _got_none(d, noun)
    ]  # fmt: skip
    return alike[-1] if alike else None


def _got_none(candidate: Candidate, noun: Token) -> bool:
    """Whether nobody got money: "no restitution, compared with four victims in 2018" counts those who got it."""
    money = candidate.noun is not None and is_money(candidate.noun.entry.unit)
    return money and candidate.quantity.absent and noun.entry.kind == "victim"


def _deeds(candidate: Candidate) -> set[int]:
    """The numbers of the indicators that the verbs of a candidate name."""
    return {n for verb in (*candidate.verbs, *candidate.np_verbs) for n in verb.entry.verbs}


def _leans(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether a sentence's own head stretch leans on the sentence before it: "Comparable figures for 2018 were 284"."""
    if candidate.noun is not None or candidate.quantity.unit:
        return False
    if any(v.entry.verbs for v in candidate.verbs):
        return True
    return any("leaning" in t.entry.roles for t in tokens[:4])


def inherit(candidate: Candidate, model: Candidate, sentence: Sentence) -> None:
    """Takes over from `model` what the words of `candidate` leave out: indicator, noun, unit and breakdown."""
    lexicon = sentence.lexicon
    if candidate.verbs and model.verbs and candidate.verbs[0].start == model.verbs[0].start:  # "and another 10 in July"
        candidate.verbs, candidate.nominal = model.verbs, candidate.nominal or model.nominal
    own = resolve(candidate, sentence, model.noun)
    other = not {v.entry.verb for v in candidate.verbs} & {v.entry.verb for v in model.verbs}
    acts = candidate.nominal is not None or (other and candidate.verbs and candidate.verbs[0].entry.verbs)
    if own == (None,) and acts:
        # behind "convicted nine", "identified none" counts others; "30 cases, leading to the arrest of 12"
        own = resolve(candidate, sentence, None)
    if own == (None,) and candidate.quantity.times is False:
        own = model.indicators or (None,)  # a model further on has none yet
    candidate.indicators = own
    if candidate.noun is not None:
        candidate.unit = unit_of(candidate, lexicon, own[0], None)
        return
    counted = lexicon.units[own[0]] if own[0] is not None and own != model.indicators[:1] else ""
    if counted == "persons" and model.unit in THINGS:
        return  # "closed nine agencies", then "none were trained"
    candidate.noun = model.noun
    loose = candidate.quantity.money or candidate.quantity.times
    candidate.unit = candidate.quantity.unit or (None if loose else model.unit)
