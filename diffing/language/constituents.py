"""What a sentence is built of, as values: phrases, and clauses with their parts."""

from __future__ import annotations

import msgspec

# Clauses that hang on each other, one on the next. Range 5 to 100; a real sentence has six. More are no prose, and each
# question about the last of them would be asked of all.
MOST_LEADERS = 20


class Phrase(msgspec.Struct, eq=False, gc=False):  # as tokens, made by the thousand
    """A stretch of words: a "noun" phrase, a "verb" group, or a small word, whose kind is its letter.

    Of a noun phrase `head` is the last word. Of a verb group `head` is the word that tells the deed, `lemma` what it
    is a form of, `form` that form, and the flags say how it stands.
    """

    kind: str
    first: int
    last: int
    start: int
    end: int
    head: int
    words: tuple[str, ...] = ()
    lemma: str = ""
    form: str = ""
    passive: bool = False
    perfect: bool = False
    past: bool = False
    denied: bool = False
    finite: bool = False
    ing: bool = False
    infinitive: bool = False
    copula: bool = False
    tail: tuple[str, Phrase] | None = None  # of a noun: the preposition and noun behind it
    things: tuple[Thing, ...] | None = None  # the classes that it may be of, once they were asked for


class Thing(msgspec.Struct, frozen=True, gc=False):
    """A class that a noun phrase may be of, with its worth there, and the noun itself."""

    name: str
    worth: str
    noun: str
    doer: str = ""
    first: int = 0  # where the noun begins and ends, in words
    last: int = 0


class Clause(msgspec.Struct, eq=False, gc=False):
    """One verb group with its parts. `kind` is main, relative, reduced (a participle behind its noun), conceded,
    conditional, circumstance, reported, infinitive or gerund; `leader` the clause it hangs on, or None.
    """

    verb: Phrase
    kind: str = "main"
    leader: Clause | None = None
    subjects: list[Phrase] = msgspec.field(default_factory=list)
    inherited: bool = False  # the subject is that of the leader
    objects: list[Phrase] = msgspec.field(default_factory=list)
    preps: list[tuple[str, Phrase]] = msgspec.field(default_factory=list)
    passive: bool = False
    opener: str = ""  # the small word that opens it
    whose: Phrase | None = None  # the noun that a relative clause describes

    @property
    def doers(self) -> list[Phrase]:
        """Who does it, where somebody is named."""
        return [noun for prep, noun in self.preps if prep == "by"] if self.passive else self.subjects

    @property
    def doer(self) -> Phrase | None:
        """The first of them."""
        return next(iter(self.doers), None)

    @property
    def patients(self) -> list[Phrase]:
        """To whom or what it is done."""
        return self.subjects if self.passive else self.objects


def not_too_deep(leader: Clause | None) -> Clause | None:
    """A clause that another may hang on; None for one that hangs on `MOST_LEADERS` others itself."""
    above = leader
    for _ in range(MOST_LEADERS):
        if above is None:
            return leader
        above = above.leader
    return None
