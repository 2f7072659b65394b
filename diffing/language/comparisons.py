"""What a sentence itself compares with the time before: more, fewer, an increase in, for the first time.

A comparison leans on the noun that it stands before and on the verb that takes it, which together name an indicator
of the profile ("convicted fewer traffickers", "fewer convictions"); where they name none, the noun's own words stay.

>>> from diffing.profile import load_profile
>>> told = comparisons("Police identified far fewer victims and convicted more traffickers.", load_profile("tip"))
>>> [(one.way, one.indicator, one.noun) for one in told]
[(-1, 'victims_identified', 'victims'), (1, 'convictions', 'traffickers')]
>>> comparisons("NGOs assisted more victims than the government.", load_profile("tip"))
()
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from diffing.language.lexicon import Lexicon, lexicon
from diffing.language.scopes import Scope, read_scopes
from diffing.language.words import Token, tokens_of
from diffing.profile import Profile

# How many words the noun may stand behind its comparison: "fewer child sex trafficking victims". Range 3 to 8; farther
# takes the noun of the next phrase.
NOUN_REACH = 6

# How many adverbs may stand between a verb and what it compares: "identified very significantly fewer". Range 1 to 4.
ADVERBS = 3

# Under these a comparison tells nothing that happened in the period.
_NOT_TOLD = frozenset(("denied", "planned", "asked", "conditional", "law", "earlier"))
_THAN = re.compile(r"\bthan\b(?! (?:in|during|the (?:previous|prior|last|preceding|year)|last|before|(?:19|20)\d\d))")
_CLAUSE_ENDS = frozenset(".;:")
_DEGREES = frozenset(("far", "many", "much", "also", "even"))
_DENIAL_REACH = 3  # words from "not" to the verb that it denies


class Comparison(Struct, frozen=True):
    """One comparison: `text[start:end]` from its verb to its noun; `way` is 1 for more and -1 for fewer.

    `noun` is as printed; `indicator` is the profile's, or None.
    """

    way: int
    indicator: str | None
    noun: str
    start: int
    end: int


def comparisons(text: str, profile: Profile) -> tuple[Comparison, ...]:
    """The comparisons of a sentence with the time before, in the order of the text."""
    lists, folded = profile.lexicon, text.lower()
    matches = sorted(
        (match.start(), match.end(), way)
        for way, phrases in ((1, lists.get("comparing_more", ())), (-1, lists.get("comparing_fewer", ())))
        if any(phrase.lower() in folded for phrase in phrases)  # most sentences hold none
        for match in _pattern(phrases).finditer(text)
    )
    if not matches:
        return ()
    words = lexicon(profile)
    tokens = tokens_of(text, words)
    scopes = [scope for scope in read_scopes(tokens, words.numbers_modifiers) if scope.kind in _NOT_TOLD]
    return tuple(_read(text, matches, tokens, scopes, words))


def _read(
    text: str, matches: list[tuple[int, int, int]], tokens: list[Token], scopes: list[Scope], words: Lexicon
) -> Iterator[Comparison]:
    shared: list[Token] = []
    for start, end, way in matches:
        if any(scope.holds(start) for scope in scopes):
            continue
        first = next((k for k, token in enumerate(tokens) if token.start >= end), len(tokens))
        before = max((k for k, token in enumerate(tokens) if token.end <= start), default=-1)
        noun, last = _noun(tokens, first)
        if noun is None or _THAN.search(text, noun.end, _clause_end(tokens, last, text)):
            continue
        verbs = list(_verbs_before(tokens, before)) or list(_verbs_behind(tokens, last))
        if not verbs and before >= 0 and tokens[before].tag == "&":
            verbs = shared  # "convicted fewer smugglers and more traffickers"
        shared = verbs
        denied = tokens[max(0, before - len(verbs) - _DENIAL_REACH) : before + 1]
        if (before >= 0 and tokens[before].tag == "d") or any(token.tag in "tN" for token in denied):
            continue  # "12 more victims" adds, "did not identify more" denies
        begin = min([start, *(verb.start for verb in verbs if verb.start < start)])
        names = [name for verb in verbs if (name := _indicator(verb, noun, tokens[last + 1 :], words))]
        named = _named(noun, words)
        for name in (named,) if named else names or (None,):
            yield Comparison(way, name, text[noun.start : noun.end], begin, noun.end)


def _noun(tokens: list[Token], first: int) -> tuple[Token | None, int]:
    """The head of the noun phrase that begins at `first`, and where it stands; "of them" stands for one."""
    head, at = None, first
    for k in range(first, min(first + NOUN_REACH, len(tokens))):
        token = tokens[k]
        if token.tag == "n":
            head, at = token, k
        elif k == first and token.word.startswith("of "):
            return token, k
        elif token.tag not in "xs":
            break
    return head, at


def _verbs_before(tokens: list[Token], before: int) -> Iterator[Token]:
    """The verb that takes what is compared, and those that share it with it: "investigated and prosecuted fewer"."""
    k = before
    if k >= 0 and tokens[k].word == ",":
        k -= 1
    for _ in range(ADVERBS):
        if k >= 0 and tokens[k].tag in "xf" and (tokens[k].word.endswith("ly") or tokens[k].word in _DEGREES):
            k -= 1
    while k >= 0 and tokens[k].entry.verb and tokens[k].tag in "vgn":
        yield tokens[k]
        k -= 1
        joined = k
        while k >= 0 and (tokens[k].tag == "&" or tokens[k].word == ","):
            k -= 1
        if k == joined:
            return


def _verbs_behind(tokens: list[Token], last: int) -> Iterator[Token]:
    """The verbs of which what is compared is the passive subject: "fewer traffickers were convicted"."""
    k = last + 1
    if k >= len(tokens) or tokens[k].tag != "b":
        return
    for token in tokens[k : k + ADVERBS + 2]:
        if token.entry.verb and token.tag in "vg":
            yield token


def _indicator(verb: Token, noun: Token, behind: list[Token], words: Lexicon) -> str | None:
    """The indicator that a verb names with its object, and with what stands behind it ("brought ... to trial").

    "Fewer of them" leaves the object open.
    """
    following = tuple(token.word for token in behind[:ADVERBS])
    split = next((entry for rest, entry in verb.entry.splits if rest == following[: len(rest)]), verb.entry)
    fit = [words.indicators[number] for number in split.verbs]
    open_object = noun.word.startswith("of ")
    for indicator in fit:
        if open_object or not indicator.objects or {noun.entry.kind, noun.entry.noun} & set(indicator.objects):
            return indicator.name
    # "opened fewer cases": a case that the verb opens, whatever it is called
    return next((i.name for i in fit if i.unit == noun.entry.unit), None)


def _named(noun: Token, words: Lexicon) -> str | None:
    """The indicator that a noun names alone: "fewer convictions"."""
    return next((words.indicators[number].name for number in noun.entry.nouns), None)


def _clause_end(tokens: list[Token], last: int, text: str) -> int:
    return next((token.start for token in tokens[last + 1 :] if token.word in _CLAUSE_ENDS), len(text))


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """The phrases as whole words, longest first; none of them as part of a bound ("more than 40", "no fewer")."""
    words = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(
        rf"(?<!no )(?<!or )(?<!once )(?<!one )(?<!the )(?<![\w-])(?:{words})(?![\w-])(?! than| or )", re.I
    )


def is_first(text: str, profile: Profile) -> bool:
    """Whether a sentence says that something was done for the first time."""
    return _said(profile.lexicon.get("comparing_first", ()), text)


def contrasted(text: str, profile: Profile) -> bool:
    """Whether a sentence sets one thing it tells against another."""
    return _said(profile.lexicon.get("contrast", ()), text)


def way_said(text: str, profile: Profile) -> int:
    """Which way a sentence says that its number went: 1 up, -1 down, 0 where it says neither or both."""
    up, down = (_said(profile.lexicon.get(key, ()), text) for key in ("rising_words", "falling_words"))
    return up - down


def _said(phrases: tuple[str, ...], text: str) -> bool:
    return bool(phrases) and _pattern(phrases).search(text) is not None
