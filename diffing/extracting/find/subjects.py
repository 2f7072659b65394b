"""The phrase whose number is told behind it: "The number of victims identified rose to 30", "Referrals fell to 40".

The number of child victims identified by police rose to 30.
-> what is counted: victims; the deed: identified; of whom: age=child
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from diffing.extracting.candidates import Candidate
from diffing.extracting.find.breakdowns import exploited_in, read_breakdown
from diffing.extracting.find.nouns import head_of
from diffing.extracting.find.verbs import thing
from diffing.language.constituents import Clause, Phrase
from diffing.language.words import Token

_MORE = frozenset(("more", "fewer", "many"))


def changing_subject(tokens: list[Token], candidate: Candidate) -> Token | None:
    """Sets noun, participles and nominal of a number that is told behind its phrase; gives the noun."""
    whole = _phrase_of(tokens, candidate)
    if whole is None:
        return None
    phrase = whole
    while phrase.tail is not None and any(map(_is_sum, _inside(tokens, phrase))):
        phrase = phrase.tail[1]
    inside = _inside(tokens, phrase)
    noun = head_of([t for t in inside if not _is_sum(t)])
    if noun is None:
        return None
    stop = _at(tokens, phrase.end - 1) + 1
    end = candidate.stretch.start if candidate.stretch.paren else candidate.at
    described = exploited_in([*tokens[:end], *tokens[-2:]], stop) | read_breakdown(inside)
    candidate.breakdown = described | candidate.breakdown
    if noun.entry.acts and not noun.entry.nouns:
        candidate.nominal = noun  # "Referrals of victims declined to 40"
        whom = _inside(tokens, phrase.tail[1]) if phrase.tail is not None and phrase.tail[0] == "of" else []
        candidate.noun = next((t for t in whom if t.entry.unit == "persons"), None)
        candidate.breakdown = read_breakdown(whom) | candidate.breakdown
        return candidate.noun
    candidate.noun = noun
    sentence = candidate.governing.sentence
    assert sentence is not None  # or it would have no phrase
    deeds = [k for k in _deeds(tokens, [*sentence.described.get(id(phrase), ()), *sentence.told_of(whole)]) if k < end]
    verbs = [tokens[k] for k in deeds[:1]] or [t for t in inside if t.tag == "v"][:1]
    if candidate.stretch.paren and not verbs:
        verbs = [tokens[k] for k in _deeds(tokens, [c for _, c in sentence.roles.get(id(whole), ())])][:1]
    if verbs and not verbs[0].entry.roles.isdisjoint(("give", "getting")):
        candidate.nominal = thing(tokens, tokens.index(verbs[0]) + 1)  # "victims granted residence permits"
    elif not deeds and phrase.tail is not None and phrase.tail[0] in ("in", "under"):
        candidate.nominal = thing(tokens, stop + 1)  # "the number of victims in state care"
    if verbs:
        candidate.np_verbs, candidate.verbs = verbs, verbs
    return noun


def _phrase_of(tokens: list[Token], candidate: Candidate) -> Phrase | None:
    """The phrase that the number belongs to: what its clause is about, or a sum that stands before it."""
    governing, verb = candidate.governing, next(iter(candidate.verbs), None)
    before = tokens[candidate.at - 1]
    changes = verb is not None and (verb.tag == "g" or "correcting" in verb.entry.roles)
    if governing.sentence is None or not (changes or candidate.stretch.paren or before.tag in "b:,"):
        return None
    place = tokens[candidate.stretch.start].start if candidate.stretch.paren else before.start
    more = _MORE if candidate.stretch.paren else frozenset[str]()  # "more victims (40) than in 2018"
    before_it = [noun for noun in governing.sentence.nouns if noun.end <= place]
    sums = [n for n in before_it if any(_is_sum(t) or t.word in more for t in _inside(tokens, n))]
    if verb is None or not changes:  # "the number of deaths was 14", "the number of victims (49)", "of victims: 317"
        return sums[-1] if sums else None
    objects, subjects = governing.named(verb.start)
    about = [noun for noun in objects if any(map(_is_sum, _inside(tokens, noun)))]
    acted = "reaching" not in verb.entry.roles  # "Prosecutors dropped six", "inspectors, who numbered 61"
    acting = [noun for noun in subjects if any(t.entry.actor and not t.entry.nouns for t in _inside(tokens, noun))]
    about += [noun for noun in subjects if not (acted and noun in acting)]
    about = [noun for noun in about if head_of(_inside(tokens, noun)) is not None]
    # a sum does nothing: "the number of victims granted permits rose"
    doing = [noun for noun in sums if _deeds(tokens, governing.sentence.told_of(noun))]
    return next(iter((*doing, *(noun for noun in about if noun in sums), *about, *sums[::-1])), None)


def _deeds(tokens: list[Token], clauses: Iterable[Clause]) -> list[int]:
    """Where the verbs of clauses that tell deeds stand."""
    places = [_at(tokens, clause.verb.end - 1) for clause in clauses if not clause.verb.copula]
    return [k for k in places if tokens[k].tag == "v"]


def _inside(tokens: list[Token], phrase: Phrase) -> list[Token]:
    return tokens[_at(tokens, phrase.start) : _at(tokens, phrase.end - 1) + 1]


def _at(tokens: list[Token], place: int) -> int:
    return bisect_right(tokens, place, key=lambda t: t.start) - 1


def _is_sum(token: Token) -> bool:
    return "data" in token.entry.roles


def take_opening(tokens: list[Token], candidate: Candidate) -> Token | None:
    """The noun of "Of the identified victims, 12 ..." at the start of a sentence."""
    if candidate.stretch.start or tokens[0].word not in ("of", "among"):
        return None
    return next((t for t in tokens[1:5] if t.tag == "n" and t.entry.unit), None)
