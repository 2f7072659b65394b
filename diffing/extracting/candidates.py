"""A figure in the making, and the stretch of a sentence that it stands in.

A sentence is cut into stretches whose quantities share a year, a verb and an indicator. "compared with" opens one that
leans on the one before it; a parenthesis with years or a comparison in it is such a one too; a semicolon, "but" or a
new verb after the comparison opens one that stands for itself.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from diffing.language.governing import Governing
from diffing.language.numbers import Quantity
from diffing.language.words import Token
from diffing.model import Lean, NoFigure

# Classes of nouns: of whom a sentence may tell whatever is done to them, those whom cases are of; and units of things.
PERSONS = frozenset(("victim", "child", "human", "person", "group"))
OF_CASES = frozenset(("offender", "victim"))
THINGS = frozenset(("facilities", "items"))


class Stretch(Struct, eq=False):
    """A stretch of a sentence; `head` is the stretch that it is compared with, None for one that stands for itself."""

    start: int
    end: int = 0
    head: Stretch | None = None
    paren: bool = False
    clause: int = 0
    comparator: Token | None = None
    beside: Stretch | None = None  # of a parenthesis: the stretch that it stands in
    after: Stretch | None = None  # the stretch before a comparison that this one follows
    apart: bool = False  # "Unlike in 2018, when ...": what follows it stands for itself
    respectively: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    periods: list[int] = field(default_factory=list)  # token indices
    bases: list[int] = field(default_factory=list)  # periods that a change starts from: "doubled from the year before"
    alike: list[int] = field(default_factory=list)  # periods in "as in 2018": what is told holds for them too


class Reference(Struct):
    """The words by which a number counts some of what was counted before; `noun` None where they name none."""

    lean: Lean
    noun: Token | None = None
    deeds: frozenset[int] = frozenset()  # the numbers of the indicators that a participle names: "those convicted"
    breakdown: dict[str, str] = field(default_factory=dict)
    elided: bool = False  # nothing is named: it must stand right before
    like: Candidate | None = None  # the part before it in a list


class Refusal(NamedTuple):
    """Why a number is no figure, and the words that say so."""

    why: NoFigure
    words: str = ""


class Candidate(Struct, eq=False):
    """A figure in the making."""

    token: Token
    at: int
    quantity: Quantity
    stretch: Stretch
    governing: Governing = field(default_factory=Governing)
    noun: Token | None = None
    np_verbs: list[Token] = field(default_factory=list)
    np_end: int = 0
    verbs: list[Token] = field(default_factory=list)
    did: list[Token] = field(default_factory=list)  # the verbs of what it did itself
    nominal: Token | None = None
    breakdown: dict[str, str] = field(default_factory=dict)
    reference: Reference | None = None
    indicators: tuple[str | None, ...] = ()
    unit: str | None = None
    actor: str = ""
    body: str | None = None
    years: tuple[int | None, ...] = ()
    basis: str = ""
    period: Token | None = None
    whole: Candidate | None = None
    within: Candidate | None = None  # the part that it is told of: "51 were women, 22 of whom were under 18"
    exhaustive: bool = False
    antecedent: Candidate | None = None  # whose noun it repeats: "referred 41 potential victims, and NGOs 20"
    model: Candidate | None = None  # whose indicator, noun and actor it takes
    refused: Refusal | None = None  # why it is no figure; None for one that is
    total: bool = False  # the whole of "N of the M": what is said is said of the N
    earlier: bool = False  # of a sentence before
    rows: list[int] = field(default_factory=list)

    @property
    def compared(self) -> bool:
        """Whether it stands in the second half of a comparison; one that opens its sentence has no first half yet."""
        return self.stretch.head is not None and any(not d.dead for d in self.stretch.head.candidates)

    @property
    def dead(self) -> bool:
        """Whether it is no figure."""
        return self.refused is not None


def names_people(noun: Token | None) -> bool:
    """Whether a noun names people."""
    return noun is not None and noun.entry.unit == "persons"


def same_noun(a: Token, b: Token) -> bool:
    """Whether two nouns are one word, in whatever number."""
    return (a.entry.noun or a.word) == (b.entry.noun or b.word)
