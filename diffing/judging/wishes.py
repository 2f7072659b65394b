"""What a recommendation asks for: a deed, and what it is to be done to.

A wish is answered only by a sentence that tells the same deed of the same matter, done; deeds of one group ("adopt",
"approve", "enact") are one deed.

>>> groups = ("adopt|approve|enact|pass", "train|instruct")
>>> sorted(asked_deeds("Adopt and fund a plan for shelters.", groups))
['adopt', 'appro', 'enact', 'fund', 'pass']
>>> from diffing.profile import load_profile
>>> said = analyse("The cabinet approved the plan, but has yet to train officers.", load_profile("tip"))
>>> told_deed(said, asked_deeds("Adopt a plan.", groups)), told_deed(said, asked_deeds("Train officers.", groups))
(True, False)
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from weakref import WeakKeyDictionary

from msgspec import Struct

from diffing.language.analysis import Analysis
from diffing.language.kinds import Phrase
from diffing.language.lexicon import Lexicon, lexicon
from diffing.language.stems import overlap, stems
from diffing.language.words import tokens_of
from diffing.profile import Profile

# So many words of a wish may name its deeds: "Investigate, prosecute, and convict". Range 3 to 8.
HEAD_WORDS = 6

# Words that two wishes share, of the shorter's, where they ask for one deed. Range 0.2 to 0.5; the likeness that makes
# one wish of two without a deed in common is higher.
SAME_MATTER = 0.3

# Of the words for the thing that a wish asks for its answer has this share. Range 0.3 to 1.
THING = 0.5

# Wishes whose deeds are kept: each is asked for against many others. Range 1,000 to 100,000; a year has some 4,000.
MOST_WISHES = 4_096

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
# "Increase efforts to identify": the deed is behind the effort.
_EFFORT = re.compile(
    r"^\W*(?:increase|strengthen|continue|intensify|expand|improve|enhance|maintain)\w* (?:[\w-]+ ){0,3}efforts? to ",
    re.I,
)
_JOINS = frozenset(("and", "or"))
# Behind these stands what a wish is for, and not what it asks for.
_PURPOSE = re.compile(r" (?:to|for|rather than|under|on|so that|in order|including|by|with|from) ")
# A second thing that is asked for: "and give the office staff", "and apply them".
_FURTHER = re.compile(r",? and (?=(?:\w+ly )?[a-z]+ (?:the|it|them|its|their|all|such|these)\b)")
# Right behind the thing: for whom, or on what. "a law on witness protection"
_NARROWED = re.compile(r" (?:for|on|about|against) ([^,;.]+?)(?= (?:to|and|under|with|by|in) |[,;.]|$)")
_MORE = stems("increase raise expand strengthen more number")
# What an indicator counts always narrows no wish.
_GENERIC = frozenset(("offender", "victim", "official", "case", "person"))
# The scopes under which a deed is only wished for, planned or supposed.
WISHED = ("planned", "asked", "conditional", "alleged", "charged")


@lru_cache(maxsize=MOST_WISHES)
def asked_deeds(wish: str, groups: tuple[str, ...]) -> frozenset[str]:
    """The stems of the deeds that a wish asks for, with those that are one deed with them."""
    found = set(_heads(wish))
    for group in groups:
        members = frozenset().union(*(stems(word) for word in group.split("|")))
        if members & found:
            found |= members
    return frozenset(found)


@lru_cache(maxsize=MOST_WISHES)
def _heads(wish: str) -> frozenset[str]:
    """The stems of the deeds that a wish begins with: "Investigate, prosecute, and convict"."""
    found: set[str] = set()
    joined = True
    for match in islice(_WORD.finditer(_plain(wish)), HEAD_WORDS):
        word = match[0].lower()
        if word in _JOINS:
            joined = True
        elif joined and not word.endswith("ly"):
            found |= stems(word)
            joined = match.string[match.end() : match.end() + 1] == ","
        elif not joined:
            break
    return frozenset(found)


def _plain(wish: str) -> str:
    return _EFFORT.sub("", wish.strip(" -•"))


def is_told_of(wish: str, text: str, bodies: frozenset[str]) -> bool:
    """Whether a sentence is about what a wish asks for: it names the thing, and for whom or on what it is.

    >>> is_told_of("Open shelters for adult men.", "The state opened two shelters for girls.", frozenset())
    False
    >>> is_told_of("Train guards to recognize victims.", "The state trained 30 guards.", frozenset())
    True
    """
    told = stems(text)
    thing, whose = _thing(wish, bodies)
    if thing and overlap(thing, told) < THING:
        return False
    return not whose or bool(whose & told)


def asked_matter(wish: str, bodies: frozenset[str]) -> frozenset[str]:
    """The stems of what a wish asks for, and for whom or on what it is."""
    return frozenset().union(*_thing(wish, bodies))


def _thing(wish: str, bodies: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    plain = _FURTHER.split(_plain(wish), maxsplit=1)[0]
    asked = _PURPOSE.split(plain, maxsplit=1)[0]
    narrowed = _NARROWED.match(plain, len(asked))
    return stems(asked) - _heads(wish) - bodies - _MORE, stems(narrowed[1]) if narrowed else frozenset()


def leaves_open(wish: str, open_deeds: tuple[str, ...]) -> bool:
    """Whether a wish leaves open by which deed it is done: "take campaigns to the islands"."""
    return bool(_heads(wish) & stems(" ".join(open_deeds)))


def told_deed(said: Analysis, deeds: frozenset[str]) -> bool:
    """Whether a sentence tells one of the deeds as done: neither denied nor wished for."""
    return any(
        part.kind == "verb" and part.form != "base" and not part.denied and not _only_said(said, part)
        for part in said.phrases
        if stems(said.words.folded[part.head]) & deeds
    )


def _only_said(said: Analysis, verb: Phrase) -> bool:
    """Whether a verb stands under words by which its deed was not done."""
    return said.under(said.words.starts[verb.head], "denied", *WISHED)


class Asked(Struct, frozen=True):
    """What a wish asks for: more of these `indicators`, and the stems that narrow it where there are any."""

    indicators: frozenset[str]
    matter: frozenset[str]


_asked: WeakKeyDictionary[Lexicon, dict[str, Asked]] = WeakKeyDictionary()


def asked_for(wish: str, profile: Profile) -> Asked:
    """What a wish asks for, worked out once for every distinct one."""
    words = lexicon(profile)
    table = _asked.setdefault(words, {})
    if wish not in table:
        if len(table) >= MOST_WISHES:
            table.clear()
        found = _indicators(wish, words)
        table[wish] = Asked(found, _matter(wish, words) if found else frozenset())
    return table[wish]


def _indicators(wish: str, words: Lexicon) -> frozenset[str]:
    """The indicators that a wish asks for more of: its deeds with their object, or "increase" with a noun."""
    heads = _heads(wish)
    asked = _PURPOSE.split(_plain(wish), maxsplit=1)[0]
    tokens = tokens_of(asked, words)
    kinds = {name for token in tokens for name in (token.entry.kind, token.entry.noun) if name}
    more = bool(heads & _MORE)
    found: set[str] = set()
    for token in tokens:
        numbers = token.entry.nouns if more else ()
        if token.entry.verb and stems(token.word) and stems(token.word) <= heads:
            numbers = (*numbers, *token.entry.verbs)
        for number in numbers:
            indicator = words.indicators[number]
            if not indicator.objects or kinds & set(indicator.objects):
                found.add(indicator.name)
    special = {name for name in found if "complicit" in name}
    return frozenset(special if "official" in kinds else found - special)


def _matter(wish: str, words: Lexicon) -> frozenset[str]:
    """The stems that narrow a wish: all of its words but its deeds and what its indicators always count."""
    kinds = {token.word for token in tokens_of(wish, words) if token.entry.kind in _GENERIC}
    return stems(wish) - _heads(wish) - stems(" ".join(kinds)) - _MORE


def one_wish(old: str, new: str, likeness: float, same_wish: float, groups: tuple[str, ...]) -> bool:
    """Whether two wishes ask for one thing: mostly in the same words, or for the same deed in the same matter."""
    if likeness >= same_wish:
        return True
    return likeness >= SAME_MATTER and bool(asked_deeds(old, groups) & asked_deeds(new, groups))
