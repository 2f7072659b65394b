"""Whom words name: men or women, children or adults, victims of one kind of trafficking, police or courts.

What is told of one group says nothing of another: that girls found shelter is no answer to "men had none".

>>> from diffing.profile import load_profile
>>> apart("Male victims had no shelter.", "A shelter took in 20 women.", load_profile("tip"))
True
>>> apart("Victims had no shelter.", "A shelter took in 20 women.", load_profile("tip"))
False
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from diffing.language.lexicon import Lexicon, lexicon
from diffing.language.words import tokens_of
from diffing.profile import Profile

# By what people are told apart; that they are only presumed victims says not who they are.
PEOPLE = ("sex", "age", "exploitation")


@lru_cache(maxsize=4096)  # a sentence is held against each that it may answer
def groups(text: str, known: Lexicon) -> Mapping[str, frozenset[str]]:
    """The groups that a text names, by dimension: sex, age, exploitation, body ("police", "courts"), ..."""
    found: dict[str, set[str]] = {}
    for token in tokens_of(text, known):
        for pair in token.entry.breakdown:
            dimension, value = pair.split("=", 1)
            found.setdefault(dimension, set()).add(value)
        if token.entry.body not in ("", "none"):
            found.setdefault("body", set()).add(token.entry.body)
    return {name: frozenset(values) for name, values in found.items()}


def apart(one: str, other: str, profile: Profile, by: Iterable[str] = PEOPLE) -> bool:
    """Whether two texts name groups of one of some dimensions, and none that is the same."""
    here, there = (groups(text, lexicon(profile)) for text in (one, other))
    return any(name in here and name in there and here[name].isdisjoint(there[name]) for name in by)
