"""Who counts: the actor of a number, and the body within it.

Police identified 12 victims, and an NGO identified five. -> 12: government, police; five: ngo
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise, takewhile

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token
from diffing.model import Figure

AGENT_REACH = 12  # tokens from a number's noun to "by police". Range 6 to 20, default 12
NAME_REACH = 4  # tokens of a phrase up to the body that it names: "the newly founded police unit". 3 to 6, default 4
_PHRASE = "axmnO"  # tags of which a noun phrase before its head is made


def find_actor(tokens: list[Token], candidate: Candidate) -> str:
    """Who did or said it: the agent behind "by", the subject before the verb, or the voice that reports; else ""."""
    if any("reflexive" in verb.entry.roles for verb in (*candidate.verbs, *candidate.np_verbs)):
        return "other"  # "12 victims identified themselves"
    at = candidate.at
    if tokens[at - 1].possessive and tokens[at - 1].entry.actor:
        return _take(tokens, at - 1, candidate)
    agent = _agent(tokens, candidate.np_end)
    if agent < 0 and any(t.tag == "i" for t in tokens[candidate.np_end : candidate.np_end + 1]):
        agent = _named(tokens, candidate.np_end + 1)  # "of whom the police had referred"
    if agent >= 0:
        return _take(tokens, agent, candidate)
    voice = _media(tokens, candidate)
    if voice:
        return voice
    k = _subject(tokens, candidate)
    if candidate.quantity.estimate:
        return "other"
    if k < 0:
        return ""
    actor = _take(tokens, k, candidate)
    start = _phrase_start(tokens, k)
    together = start > 0 and tokens[start - 1].tag == "&" and "government" in named_together(tokens, k)
    return "government" if together else actor  # "police and NGOs identified": the country's number


def _take(tokens: list[Token], k: int, candidate: Candidate) -> str:
    candidate.body = body_of(tokens, k)
    return tokens[k].entry.actor


def _agent(tokens: list[Token], start: int) -> int:
    """Where the agent of "identified by the police" stands, from `start` on; else -1."""
    for k in range(start, min(len(tokens), start + AGENT_REACH)):
        if tokens[k].tag in ";lcq":
            return -1
        if tokens[k].word == "by":
            return _named(tokens, k + 1)
    return -1


def _named(tokens: list[Token], start: int) -> int:
    """Where somebody is named in the noun phrase that begins at `start`; else -1."""
    for k in range(start, min(len(tokens), start + NAME_REACH)):
        if tokens[k].entry.actor:
            return k
        if tokens[k].tag not in _PHRASE:
            break
    return -1


def _media(tokens: list[Token], candidate: Candidate) -> str:
    """ "Media reported that the court convicted five": the media's number, unless they quote somebody."""
    floor = candidate.stretch.start
    first = tokens[floor : floor + 3]
    for n, token in enumerate(first):
        if token.entry.actor == "other" and any("voices" in t.entry.roles for t in first[n + 1 :]):
            named = (
                a.entry.actor for a, b in pairwise(tokens[floor + n + 2 : candidate.at]) if "voices" in b.entry.roles
            )
            return next(filter(None, named), "other")  # "Media reported that the ministry said"
    return ""


def _subject(tokens: list[Token], candidate: Candidate) -> int:
    """Where the nearest actor before the number stands, if it is a subject or speaks; else -1."""
    depth = 0
    for k in range(candidate.at - 1, candidate.stretch.start - 1, -1):
        token = tokens[k]
        depth += (token.tag == ")") - (token.tag == "(")
        if depth > 0 or not token.entry.actor or token.tag not in "nx" or token.possessive:
            continue
        j = _phrase_start(tokens, k) - 1
        if j < 0 or tokens[j].tag != "p" or tokens[j].word == "by":
            return k
        voice = j >= 1 and tokens[j].word == "to" and tokens[j - 1].word in ("according", "accord")
        owner = (
            tokens[j].word == "of"
            and _phrase_start(tokens, j - 1) == candidate.stretch.start
            and tokens[k + 1].tag == "v"
        )
        if voice or owner:  # "The hotline of an NGO received"
            return k
    return -1


def _phrase_start(tokens: list[Token], k: int) -> int:
    """Where the noun phrase that ends at `k` begins."""
    j = k
    while tokens[j - 1].tag in _PHRASE or tokens[j - 1].possessive:
        j -= 1
    return j


def named_together(tokens: list[Token], k: int) -> list[str]:
    """The actors of a subject that ends at `k`: "police and an NGO"."""
    listed = takewhile(lambda t: t.tag in _PHRASE + ",&", reversed(tokens[: k + 1]))
    return [t.entry.actor for t in listed if t.entry.actor][::-1]


def body_of(tokens: list[Token], k: int) -> str | None:
    """The body that the noun at `k` names, in normal form; None for the government, the authorities, an NGO."""
    head = tokens[k]
    if head.entry.body:
        return head.entry.body if head.entry.body != "none" else None
    words = [t.word for t in tokens[_phrase_start(tokens, k) : k + 1] if t.tag != "a" and not t.possessive]
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
