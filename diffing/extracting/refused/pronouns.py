"""Words for numbers that count nothing where they stand: "one cannot rely", "in one case", "the two", "all but two"."""

from __future__ import annotations

from diffing.extracting.candidates import OF_CASES, Candidate
from diffing.language.words import Token

SPOKEN_REACH = 12  # tokens back to another number, beside which "one was" counts; 8 to 16, default 12


def counts_nothing(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether a word for a number is a pronoun, a voice or a threshold here."""
    noun = candidate.noun
    if noun is not None and "durations" in noun.entry.roles and not candidate.quantity.unit:
        return True
    if candidate.quantity.value in (2, 3, 4) and candidate.token.word.isalpha() and candidate.at:  # noqa: SIM102
        if tokens[candidate.at - 1].word in ("the", "these", "those"):
            return _definite(tokens, candidate)
    return candidate.token.word == "one" and _one(tokens, candidate)


def _definite(tokens: list[Token], candidate: Candidate) -> bool:
    """ "the two" were counted before, but as the whole of a part: "one of the three shelters"."""
    at = candidate.at
    part = at > 2 and tokens[at - 2].word in ("of", "out of") and tokens[at - 3].tag in "qeFzkna"
    part = part and tokens[at - 3].entry.kind == ""  # "a joint vote of the two houses"
    part = part or "beside" in tokens[at - 2].entry.roles  # "in addition to the three that operate"
    named = candidate.noun is not None and bool(candidate.noun.entry.nouns)
    return not part and candidate.stretch.head is None and not named


def _one(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether "one" is somebody, a source or an occasion."""
    at, noun = candidate.at, candidate.noun
    after = tokens[at + 1]
    if noun is None and after.tag in ".,;":
        return _stands_for_any(tokens, at)
    if (after.word in ("was", "had") or after.tag == "v") and any(
        t.tag == "q" for t in tokens[max(0, at - SPOKEN_REACH) : at]
    ):
        return False  # "two officers were dismissed and one was jailed"
    if after.tag in "bt" or after.word in ("another", "such", "day", "hand"):
        return True
    if after.word == "of" and not any(t.tag == "q" for t in tokens[at + 1 : at + 7]):
        return not _of_those(tokens, candidate)  # "one of the biggest problems"
    if noun is None:
        return after.tag in "vgn"
    if tokens[at - 1].word in ("in", "at", "on") and "instance" in noun.entry.roles:
        return not candidate.verbs or not candidate.verbs[0].entry.verbs
    if noun.entry.actor:
        return any(t.tag == "v" and "voices" in t.entry.roles for t in tokens[candidate.np_end : candidate.np_end + 3])
    return False


def _stands_for_any(tokens: list[Token], at: int) -> bool:
    """Whether "one" at the end of a clause stands for "a" thing before: "had a right to a lawyer, but few got one".

    Or for what there was none of: "no budget was attached to the plan, nor did the committee have one".
    """
    none = [t for t in tokens[:at] if t.tag == "q" and getattr(t.value, "absent", False)]
    some = any(t.tag == "q" and t not in none for t in tokens[:at])
    return not some and bool(none or any(t.word in ("a", "an") for t in tokens[:at]))


def _of_those(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether "one of the traffickers" is acted on: "sentenced one of the traffickers"."""
    return bool(candidate.verbs) and any(t.entry.kind in OF_CASES for t in tokens[candidate.at + 2 : candidate.at + 5])


def all_but(tokens: list[Token], candidate: Candidate) -> bool:
    """ "all but two"."""
    return [t.word for t in tokens[max(0, candidate.at - 2) : candidate.at]] == ["all", "but"]
