"""What a quantity counts: the head of the noun phrase that it stands in, or of the one that it is a part of."""

from __future__ import annotations

from itertools import takewhile

from diffing.extracting.candidates import Candidate
from diffing.language.governing import Governs
from diffing.language.word_kinds import looks_plural
from diffing.language.words import Token, is_plural

_NO_NOUNS = frozenset(("ones", "others", "more"))  # what stands for a noun, or only compares
_OF_THOSE = frozenset(("of", "of these", "of those"))


def find_noun(tokens: list[Token], candidate: Candidate, governs: Governs) -> None:
    """Sets the noun that a quantity counts, and the participles that describe it, from the phrase that it opens."""
    quantity, start = candidate.quantity, candidate.at + 1
    share = (quantity.unit == "percent" and not quantity.fraction) or candidate.token.entry.tag == "V"
    if share and tokens[start].word == "of":
        start += 1  # 15 percent of workers
        while tokens[start].tag in "afv":
            start += 1
    if tokens[start].tag != "a" or tokens[start].word in ("such", "other"):
        _take_phrase(tokens, candidate, start, governs)
    if candidate.noun is not None:
        return
    end = candidate.np_end = max(candidate.np_end, start)
    before, ahead = tokens[candidate.at - 1], tokens[candidate.at - 2]
    telling = tokens[end].word == "of these" and tokens[end + 1].tag == "v"  # "two of these received funds"
    if tokens[end].word in _OF_THOSE and not telling and (tokens[end].word != "of" or tokens[end + 1].tag == "a"):
        if tokens[end + 1].tag == "v":
            candidate.np_verbs.append(tokens[end + 1])  # "of those convicted"
        _take_phrase(tokens, candidate, end + 1, governs)  # "40 of its own citizens", "31 of the identified victims"
        if candidate.noun is None or not is_plural(candidate.noun):
            candidate.noun, candidate.np_end = None, end
    elif before.word == "of":
        people = ahead.tag == "n" and ahead.entry.unit == "persons" and not ahead.entry.nouns
        if people or ahead.word == "capacity":  # room for so many, not so many
            candidate.noun = ahead  # "a workforce of 1.9 million"


def _take_phrase(tokens: list[Token], candidate: Candidate, start: int, governs: Governs) -> None:
    """Takes the noun of the phrase in which the token at `start` stands, and the participles before it."""
    phrase = governs.phrase_at(tokens[start].start)
    behind = phrase.end if phrase is not None else tokens[start].end if tokens[start].tag == "n" else 0
    inside = [
        *takewhile(
            lambda t: (t.start < behind and t.tag not in "iq-cQg") or t.tag == "m" or _is_status(t), tokens[start:]
        )
    ]
    end = start + len(inside)
    if inside and tokens[end].tag == "&" and _is_status(inside[-1]) and _is_status(tokens[end + 1]):
        _take_phrase(tokens, candidate, end + 1, governs)  # "61 official and potential victims"
        return
    noun = candidate.noun = head_of(inside)
    candidate.np_end = end if noun is None else start + inside.index(noun) + 1
    candidate.np_verbs += [
        t for t in tokens[start : candidate.np_end] if t.tag == "v" and t.entry.form in ("past", "ing")
    ]


def _is_status(token: Token) -> bool:
    return any(said.startswith("status=") for said in token.entry.breakdown)


def head_of(inside: list[Token]) -> Token | None:
    """The head of a noun phrase: its first plural that is known, else its last noun."""
    known = [t for t in inside if not t.possessive and t.tag == "n"]
    if known and not any(map(is_plural, known)) and inside[-2:-1] == known[-1:] and looks_plural(inside[-1].word):
        return inside[-1]  # "three joint investigation teams" are no investigations
    several = (t for t in known if is_plural(t) or (looks_plural(t.word) and t is known[-1]))
    return next(several, known[-1] if known else _unknown(inside))


def _unknown(inside: list[Token]) -> Token | None:
    """The likeliest head of a phrase among words that the lexicon does not know."""
    before_verb = takewhile(lambda t: t.tag != "v" or _is_status(t), inside)
    words = [t for t in before_verb if t.tag == "x" and not t.word.endswith("ly")]
    if not words or words[-1].word in _NO_NOUNS or not words[-1].word.isalpha():
        return None
    return next((t for t in words if looks_plural(t.word)), words[-1])


def share_nouns(tokens: list[Token], candidates: list[Candidate]) -> None:
    """ "48, 52, and 67 victims": the numbers of a list count what its last one counts, in the same unit."""
    for a, b in zip(reversed(candidates[:-1]), reversed(candidates[1:]), strict=True):
        between = tokens[a.at + 1 : b.at]
        described = len(between) == 2 and between[0] is a.noun and between[0].tag == "x" and between[1].tag == "&"
        if described:
            a.noun = None  # "14 temporary and three permanent residence permits"
            between = between[1:]
        if a.noun is None and between and all(t.tag in ",&" or t.entry.breakdown for t in between):
            a.noun = b.noun
            if b.quantity.unit == "percent":
                a.quantity.unit = a.quantity.unit or "percent"
            if not a.breakdown and not described:
                a.breakdown = dict(b.breakdown)
