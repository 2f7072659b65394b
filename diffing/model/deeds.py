"""What a profile says of deeds and things: predicates, classes of nouns, frames.

All of them are rows of TOML with `examples` and `not_examples`, which are tried through the whole analysis of a
sentence. `words/deeds.toml` holds what is true in any report; a family adds rows, or keys of a row, by its name.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Effect = Literal["more", "less", "better", "worse", "help", "punish", "pursue", "shield", "keep", "none"]
Worth = Literal["protection", "right", "violation", "restriction", "person", "offender", "neutral"]
Doer = Literal["state", "armed", "private", "civil", "international", "media", ""]
# The class of what nouns of deeds tell ("prosecutions"): made by the predicates' own nouns, and by no row.
ACTS = "acts"
Sign = Annotated[int, Meta(ge=-1, le=1)]


class _Row(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the rows: frozen, and an unknown key is an error."""


class Predicate(_Row, frozen=True):
    """A deed, by the lemmas of its verbs; their forms, the passive and the relative need no line of their own.

    `effect` is what it does to what it acts on. `nouns` tell the same as a noun: "closure" takes its object behind
    "of", "in" or "to", or before itself. `alone` are verbs without an object, whose subject it happens to ("rose").
    `states` are phrases behind a form of "be" that say the same ("out of service"). `nothing_with` are objects with
    which the verb tells something else ("suspended the sentence"). A row of `standing` says only how things stand
    (`language.standing`): it makes no event, and what of its verbs stands behind their first word may stand behind
    their object too ("turned monitors away").
    """

    name: str
    effect: Effect = "none"
    standing: bool = False
    verbs: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    nothing_with: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Nouns(_Row, frozen=True):
    """A class of things or people: what it is `worth`, and as which `doer` it acts, if it acts.

    `words` are lemmas, in the singular where they have one; a phrase may go on behind a preposition ("ban on strikes").
    """

    name: str
    worth: Worth = "neutral"
    doer: Doer = ""
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Frame(_Row, frozen=True):
    """A kind of deed or state that a report tells: who does what to whom.

    `predicates` are names of predicates and `objects` classes of nouns, or a noun alone ("=decree"); any where empty.
    `doers` are the classes that do it ("unknown" where nobody can tell); absent: whoever. `charge` asks that somebody
    is pursued for a wrong, or for what they said. `direction` is which way it goes, where its object's worth cannot
    tell. `rule` is the rule of judging under which it counts (none: it is only listed); `incident` the kind of incident
    that it is where it befalls single people. The first frame that fits counts.
    """

    name: str
    title: str = ""
    predicates: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    doers: tuple[Doer | Literal["unknown"], ...] = ()
    charge: Literal["", "wrong", "speech"] = ""  # only where this is what somebody is pursued for
    direction: Sign | None = None
    rule: str = ""
    incident: str = ""
    dated: bool = False  # counts only where its sentence dates it in the period
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
