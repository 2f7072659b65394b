"""What a noun phrase names: its class and what that is worth.

The last noun of a phrase decides ("union leader" is a person, "victim shelter" a shelter); a noun that only measures
("the number of inspectors", "three of the men") gives way to what it measures; a noun of a deed is worth what the deed
means ("prosecutions of journalists" are no protection).

>>> from diffing.profile import load_profile
>>> from diffing.language.phrases import phrases
>>> from diffing.language.lexicon import lexicon
>>> from diffing.language.words import words_of
>>> known = lexicon(load_profile("hrr"))
>>> words = words_of("the number of labor inspectors", known)
>>> [thing.name for thing in things(phrases(words, known)[0], words, known)]
['forces', 'staff']
"""

from __future__ import annotations

from diffing.language.constituents import Phrase, Thing
from diffing.language.lexicon import Lexicon
from diffing.language.phrases import YEAR_DIGITS
from diffing.language.words import Words
from diffing.model.deeds import ACTS
from diffing.model.events import direction_of

# How deep nouns of measure and nouns of deeds are followed: "an increase in the number of prosecutions of reporters".
DEEPEST = 4
# Behind these, what is restricted or punished decides whether the restriction is a wrong or a safeguard.
_AIMED = frozenset(("on", "against", "of", "for", "to"))
_DONE_TO = _AIMED | {"in", "from"}  # "fired inside a building" is nothing done to it
# What is called so acts against trafficking: "the anti-trafficking cells", "its counter-trafficking desk".
_AGAINST_IT, BODIES = ("anti-traffick", "antitraffick", "counter-traffick", "countertraffick"), "bodies"
_OF_A_DATE = frozenset("YD")
_TURNED = {1: "protection", -1: "violation", 0: "neutral"}


def things(phrase: Phrase, words: Words, known: Lexicon) -> tuple[Thing, ...]:
    """The classes that a noun phrase may be of, looked up once; none where nobody can tell."""
    if phrase.things is None:
        phrase.things = _things(phrase, words, known, DEEPEST)
    return phrase.things


def _things(phrase: Phrase, words: Words, known: Lexicon, depth: int) -> tuple[Thing, ...]:
    if depth == 0 or phrase.kind == "verb":
        return ()
    folded = words.folded
    last = _before_name(phrase, words)
    for k in range(phrase.first, last + 1):
        if words.known[k].use.nouns and (found := _named(words, k, last)) is not None:  # few words are nouns of ours
            length, names = found
            noun = " ".join(folded[k : k + length])
            return tuple(
                Thing(
                    name, _worth(phrase, noun, known.classes[name].worth, words, known, depth), noun,
                    known.classes[name].doer, k, k + length - 1,
                )
                for name in names
            )  # fmt: skip
    head = folded[phrase.head].removesuffix("'s").removesuffix("'")
    use = known.use(head)
    if use.act:
        return _act(phrase, use.act, words, known, depth)
    counts = head in known.measures or use.letter in ("#", "D") or head[:1].isdigit()
    if phrase.tail is not None and counts:
        return _things(phrase.tail[1], words, known, depth - 1)
    if any(word.startswith(_AGAINST_IT) for word in phrase.words):
        return (Thing(BODIES, known.classes[BODIES].worth, head, known.classes[BODIES].doer, phrase.head, phrase.head),)
    return ()


def _before_name(phrase: Phrase, words: Words) -> int:
    """The last word of a phrase, less the name of what stands before it: "the radio station King"."""
    last = phrase.head
    while last > phrase.first and words.printed[last][0].isupper():
        last -= 1
    common = last < phrase.head and words.printed[last][0].islower()  # of most the head is no name
    return last if common and any(_named(words, k, last) for k in range(phrase.first, last + 1)) else phrase.head


def _named(words: Words, k: int, head: int) -> tuple[int, tuple[str, ...]] | None:
    """The longest noun of the tables from a word on that takes in the head of the phrase."""
    for rest, names in words.known[k].use.nouns:
        if names and k + len(rest) >= head and words.folded[k + 1 : k + 1 + len(rest)] == rest:
            return len(rest) + 1, names
    return None


def _worth(phrase: Phrase, noun: str, worth: str, words: Words, known: Lexicon, depth: int) -> str:
    """The worth of a noun where what it is about turns it: a ban on a wrong, a penalty for those who speak."""
    if worth in ("protection", "right") and not known.listed("bad").isdisjoint(phrase.words):
        return "violation"
    if phrase.tail is None or phrase.tail[0] not in _AIMED:
        return worth
    if worth != "restriction" and noun.split()[-1] not in known.listed("names_of_penalties"):
        return worth
    inner = _things(phrase.tail[1], words, known, depth - 1)
    about = {thing.worth for thing in inner}
    if worth == "restriction":
        if "violation" in about:
            return "protection"
        return "neutral" if "offender" in about and "person" not in about else worth
    if about & {"person", "right"} and "offender" not in about:
        return "restriction"
    return worth


def _act(phrase: Phrase, lemma: str, words: Words, known: Lexicon, depth: int) -> tuple[Thing, ...]:
    """A noun of a deed, worth what the deed on its object means."""
    of = phrase.tail is not None and phrase.tail[0] in _DONE_TO
    inner = _things(phrase.tail[1], words, known, depth - 1) if of and phrase.tail is not None else ()
    signs = {
        direction_of(predicate.effect, thing.worth)
        for predicate in known.acts.get(("noun", lemma), ())
        for thing in inner
    } - {0}
    sign = signs.pop() if len(signs) == 1 else 0
    return (Thing(ACTS, _TURNED[sign], lemma, "", phrase.head, phrase.head),)


def is_time(noun: Phrase, known: Lexicon) -> bool:
    """Whether a noun phrase names a date: "a decree of March 2018"."""
    dated = False
    for word in reversed(noun.words):  # of most the last says that they name none
        letter = "Y" if word.isdigit() and len(word) == YEAR_DIGITS else known.use(word).letter
        if letter not in _OF_A_DATE:
            return False
        dated = dated or letter == "Y"
    return dated
