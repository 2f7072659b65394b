"""Who counts: the actor of a number, and the body within it.

Police identified 12 victims, and an NGO identified five. -> 12: government, police; five: ngo
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from diffing.extracting.candidates import Candidate
from diffing.language.constituents import Phrase
from diffing.language.words import Token, place_before
from diffing.model import Figure

COUNTRY_REACH = 5  # tokens from those who act to the country whose they are; 3 to 8, default 5
TAILS = 8  # "of", "by" and "from" that are followed to a name: 4 to 20, default 8; each costs a look for each number
_PHRASE = "axmnO"  # tags of which a noun phrase before its head is made


def find_actor(tokens: list[Token], candidate: Candidate) -> str:
    """Who did or said it: who does the clause that the number stands in, or the one that tells it; else ""."""
    if any("reflexive" in verb.entry.roles for verb in (*candidate.verbs, *candidate.np_verbs)):
        return "other"  # "12 victims identified themselves"
    named = [_named(tokens, nouns, candidate) for nouns in candidate.governing.doers]
    heads = _before_number(tokens, candidate) or next(filter(None, named), [])
    told = [tokens[k].entry.actor for k in heads]
    if _quoted(tokens, candidate) or (heads and _estimated(candidate, told[-1])):
        return "other"
    if not heads:
        return "other" if candidate.quantity.estimate else ""
    if told[-1] == "government" and _elsewhere(tokens, heads[-1]):
        return "other"
    candidate.body = body_of(tokens, heads[-1])
    return "government" if "government" in told else told[-1]  # "police and NGOs identified": the country's number


def _named(tokens: list[Token], nouns: list[Phrase], candidate: Candidate, tails: int = TAILS) -> list[int]:
    """Where noun phrases name those who act: by their own heads, else by those whom they are of."""
    found = []
    for noun in nouns:
        by = noun.tail is not None and noun.tail[0] == "by"  # "a survey by the bureau"
        heads = [] if by else [k for k in _within(tokens, noun) if k >= candidate.stretch.start]
        if tails and not heads and noun.tail is not None and noun.tail[0] in ("of", "from", "by"):
            heads = _named(tokens, [noun.tail[1]], candidate, tails - 1)
        found += heads
    return found


def _within(tokens: list[Token], noun: Phrase) -> list[int]:
    """Where those who act are named in a phrase."""
    # what stands behind the text has no word, and no place in it
    places = ((False, noun.start), (False, noun.end))
    first, behind = (bisect_left(tokens, at, key=lambda t: (not t.word, t.start)) for at in places)
    return [k for k in range(first, behind) if tokens[k].entry.actor and tokens[k].tag in "nx"]


def _before_number(tokens: list[Token], candidate: Candidate) -> list[int]:
    """Who stands right before a number without a verb: "and NGOs 20", "compared with the government's three"."""
    k, phrase = candidate.at - 1, candidate.governing.phrase
    loose = phrase is not None and phrase.start < candidate.token.start and phrase.end <= candidate.token.end
    while loose and not tokens[k].entry.actor and (tokens[k].tag in _PHRASE or tokens[k].word == "of"):
        k -= 1  # "the municipality of Orlen 34"
    return [k] if k >= 0 and tokens[k].entry.actor else []


def _elsewhere(tokens: list[Token], k: int) -> bool:
    """Whether those at `k` are of another country: "another country's police", "police in a neighboring country"."""
    of = tokens[k + 1 : k + 1 + COUNTRY_REACH] if tokens[k + 1].tag == "p" else []
    behind = takewhile(lambda t: t.tag not in "vgbq,.;", of)
    before = takewhile(lambda t: t.tag in _PHRASE or t.possessive, reversed(tokens[:k]))
    return any("elsewhere" in t.entry.roles for t in (*behind, *before))


def _estimated(candidate: Candidate, told: str) -> bool:
    """Whether it is an estimate: "NGOs estimated that 3,000 children were begging"."""
    clause = candidate.governing.clause
    teller = clause.leader if clause is not None and clause.kind == "reported" else None
    return candidate.quantity.estimate or (teller is not None and teller.verb.lemma == "estimate" and told == "ngo")


def _quoted(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether media tell it: "Media reported that the court convicted five", not "that the ministry confirmed"."""
    clause = candidate.governing.clause
    if clause is None or (any("voices" in verb.entry.roles for verb in candidate.verbs) and not clause.inherited):
        return False
    while clause.kind == "reported" and clause.inherited and clause.leader is not None:
        clause = clause.leader  # "Media reported police searched a club and identified six"
    teller = clause.leader if clause.kind == "reported" else None
    heads = _named(tokens, teller.subjects, candidate) if teller is not None else []
    return bool(heads) and tokens[heads[-1]].entry.actor == "other"


def named_together(tokens: list[Token], k: int) -> list[str]:
    """The actors of a subject that ends at `k`: "police and an NGO"."""
    listed = takewhile(lambda t: t.tag in _PHRASE + ",&", reversed(tokens[: k + 1]))
    return [t.entry.actor for t in listed if t.entry.actor][::-1]


def body_of(tokens: list[Token], k: int) -> str | None:
    """The body that the noun at `k` names, in normal form; None for the government, the authorities, an NGO."""
    head = tokens[k]
    if head.entry.body:
        return head.entry.body if head.entry.body != "none" else None
    words = [t.word for t in tokens[place_before(tokens, k, _PHRASE) + 1 : k + 1] if t.tag != "a" and not t.possessive]
    return " ".join(words) or None


def tell_bodies_apart(figures: Iterable[Figure]) -> list[Figure]:
    """The figures of a narrative, with `body` only where it counts one thing of one year by two bodies.

    Then all years of that series keep theirs, so that "(30 in 2019)" behind the count of the police is the police's.
    """
    listed = list(figures)
    counts: dict[tuple[object, ...], dict[str | None, float | None]] = {}
    for figure in listed:
        if figure.part_of is None:
            counts.setdefault((*_series(figure), figure.year), {}).setdefault(figure.body, figure.value)
    apart = {key[:-1] for key, said in counts.items() if len(said) > 1 and len(set(said.values())) > 1}
    return [f if f.body is None or _series(f) in apart else replace(f, body=None) for f in listed]


def _series(figure: Figure) -> tuple[object, ...]:
    return figure.indicator, figure.actor, figure.unit, figure.breakdown
