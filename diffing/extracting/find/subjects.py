"""The phrase whose number is told behind it: "The number of victims identified rose to 30", "Referrals fell to 40".

The number of child victims identified by police rose to 30.
-> what is counted: victims; the deed: identified; of whom: age=child
"""

from __future__ import annotations

from diffing.extracting.candidates import Candidate
from diffing.extracting.find.breakdowns import exploited_in, read_breakdown
from diffing.extracting.find.verbs import thing
from diffing.language.words import Token

_BEFORE_OBJECT = frozenset(("from", "to", "by", "at"))


def changing_subject(tokens: list[Token], candidate: Candidate) -> Token | None:
    """Sets noun, participles and nominal of a number that is told behind its phrase; gives the noun."""
    stretch = _phrase_of(tokens, candidate)
    if stretch is None:
        return None
    start, end = stretch
    noun_at, verbs, stop = _read(tokens, start, end)
    if noun_at is None:
        return None
    deed = _deed_behind(tokens, stop, end)
    noun = tokens[noun_at]
    said = exploited_in([*tokens[:end], *tokens[-2:]], stop) | read_breakdown(tokens[start:stop])
    candidate.breakdown = said | candidate.breakdown
    if noun.entry.acts and not noun.entry.nouns:
        candidate.nominal = noun  # "Referrals of victims declined to 40"
        of = tokens[noun_at + 1].word == "of"
        whom = (t for t in tokens[noun_at + 1 : end] if of and t.entry.unit == "persons")
        candidate.noun = next(whom, None)
        if candidate.noun is not None:
            candidate.breakdown = read_breakdown(tokens[noun_at + 2 : end]) | candidate.breakdown
        return candidate.noun
    candidate.noun = noun
    if deed is not None:
        verbs, stop = [tokens[deed]], deed + 1
    if verbs and not verbs[0].entry.roles.isdisjoint(("give", "getting")):
        candidate.nominal = thing(tokens, stop)  # "victims granted residence permits"
    elif deed is None and stop < end and tokens[stop].word in ("in", "under"):
        candidate.nominal = thing(tokens, stop + 1)  # "the number of victims in state care"
    if verbs:
        candidate.np_verbs, candidate.verbs = verbs, verbs
    return noun


def _deed_behind(tokens: list[Token], k: int, end: int) -> int | None:
    """Where the deed behind a noun phrase stands: "victims receiving assistance", "victims who were referred"."""
    relative = k < end and tokens[k].tag == "w"
    while k < end and tokens[k].tag in ("wbarn" if relative else "bar"):
        k += 1
    return k if k < end and tokens[k].tag == "v" else None


def _phrase_of(tokens: list[Token], candidate: Candidate) -> tuple[int, int] | None:
    """Where the phrase that the number belongs to begins and ends."""
    at, floor = candidate.at, candidate.stretch.start
    verb = candidate.verbs[0] if candidate.verbs else None
    if verb is not None and (verb.tag == "g" or "correcting" in verb.entry.roles):
        k = next((i for i in range(at - 1, -1, -1) if tokens[i] is verb), 0)
        stop = next((i for i in range(k + 1, at) if tokens[i].word in _BEFORE_OBJECT), k)
        if any(t.entry.unit for t in tokens[k + 1 : stop]):
            return k + 1, stop  # "increased its number of inspectors from 645", "revised its figure for convictions"
        if tokens[k - 1].tag == "w" and tokens[k - 2].tag == ",":  # "ended with convictions, which numbered 66"
            k -= 2
            return next((i + 1 for i in range(k - 1, -1, -1) if tokens[i].tag not in "xmnO"), 0), k
        k -= verb.entry.form == "ing"  # "Investigations increased, reaching 212"
        return _start(tokens, k, floor), k
    if candidate.stretch.paren:  # "the number of identified victims (49)"
        end = candidate.stretch.start
    elif tokens[at - 1].tag in "b,:":  # "the number of deaths was 14", "of victims, 317, was", "of victims: 317"
        end = at - 1
    else:
        return None
    start = _start(tokens, end, 0)
    return (start, end) if any(_is_sum(t) for t in tokens[start:end]) else None


def _start(tokens: list[Token], end: int, floor: int) -> int:
    """Where the phrase that ends at `end` begins: behind the last comma, number, or other clause."""
    k = end
    while k > floor and tokens[k - 1].tag not in ";l,(qc":
        k -= 1
    return next((i for i in range(k, end - 1) if _is_sum(tokens[i]) and tokens[i + 1].tag == "p"), k)


def _is_sum(token: Token) -> bool:
    return "data" in token.entry.roles


def _read(tokens: list[Token], start: int, end: int) -> tuple[int | None, list[Token], int]:
    """The place of the head noun, its participles, and where its phrase ends."""
    k = start
    while k < end and (tokens[k].tag in "afp" or _is_sum(tokens[k])):
        k += 1
    head: int | None = None
    verbs: list[Token] = []
    while k < end:
        token = tokens[k]
        if token.tag == "v" and token.entry.form == "past" and not token.entry.noun:
            verbs.append(token)
        elif (
            token.tag == "n"
            or (token.tag in "vg" and token.entry.noun)
            or (token.tag == "x" and head is None and token.word.endswith("s"))
        ):
            head = k
        elif token.tag not in "amxfO&":
            break
        k += 1
        if verbs and head is not None:
            break
    return head, verbs[:1], k


def take_opening(tokens: list[Token], candidate: Candidate) -> Token | None:
    """The noun of "Of the identified victims, 12 ..." at the start of a sentence."""
    if candidate.stretch.start or tokens[0].word not in ("of", "among"):
        return None
    return next((t for t in tokens[1:5] if t.tag == "n" and t.entry.unit), None)
