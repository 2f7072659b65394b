"""Where a sentence stands, and what it may lean on: what the sentences before it counted.

A sentence that asked for nothing of it reads the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import Struct

from diffing.extracting.candidates import Candidate
from diffing.language.lexicon import Lexicon
from diffing.language.words import Token
from diffing.model import Figure

# Sentences that count nothing, after which a left-out subject no longer means what was counted before them.
# Range 0 to 4, default 1: at 4 a new paragraph's people become the victims of the last one.
ELIDED_REACH = 1


class Place(Struct, frozen=True):
    """Where a text stands: the number of its first figure, its sentence's number, and its offset in the narrative."""

    figure: int = 0
    sentence: int = 0
    start: int = 0
    country: str | None = None
    report_year: int | None = None
    section: str | None = None

    def make(self, number: int, start: int, end: int, text: str, **said: Any) -> Figure:
        """The figure called `number` that the sentence `text` tells from `start` to `end`."""
        return Figure(
            figure=number,
            sentence=self.sentence,
            start=self.start + start,
            end=self.start + end,
            text=text[start:end],
            country=self.country,
            report_year=self.report_year,
            section=self.section,
            **said,
        )


ALONE = Place()
"""A text by itself: offsets are into it, and no narrative is named."""


class Kept(Enum):
    """What the numbers of a sentence are to the next ones, beside those told before."""

    INSTEAD = "in their place"
    BESIDE = "beside them"
    NOTHING = "nothing"


class Context:
    """What a sentence may lean on: the numbers of those before it, and whether it asked for them.

    What has been read before is told by a function, which is called where somebody asks.
    """

    def __init__(self) -> None:
        self.asked = False  # whether the sentence at hand asked what was told before it
        self._texts = ("", "")  # the sentence before, and the one at hand
        self._told: list[Candidate] = []  # of the last sentence that counts something for itself
        self._others: list[Candidate] = []  # parts and compared numbers of it, and parts told since
        self._passed = 0  # sentences since
        self._unread: list[Callable[[], list[Candidate]]] = []

    @property
    def candidates(self) -> list[Candidate]:
        """The numbers of the last sentence that counts something for itself."""
        self.asked = True
        while self._unread:
            self._take(self._unread.pop(0)())
        return self._told

    @property
    def others(self) -> list[Candidate]:
        """Parts and compared numbers of that sentence, and the parts told since."""
        _ = self.candidates
        return self._others

    @property
    def near(self) -> bool:
        """Whether it was told so shortly before that a left-out subject means it."""
        self.asked = True
        return self._passed <= ELIDED_REACH

    @property
    def before(self) -> str:
        """The sentence before, if it counts nothing."""
        self.asked = True
        return "" if self.candidates and self.near else self._texts[0]

    def go_on(self, text: str) -> None:
        """Comes to the next sentence."""
        self.asked, self._texts = False, (self._texts[1], text)
        self._passed += 1

    def keep(self, candidates: list[Candidate]) -> Kept:
        """Takes in the numbers of a sentence that has been read."""
        kept = self._take(candidates)
        self._passed = self._passed if kept is Kept.NOTHING else 0
        return kept

    def keep_unread(self, kept: Kept, read: Callable[[], list[Candidate]]) -> None:
        """Takes in a sentence that is known: `read` gives its numbers to whoever asks."""
        if kept is Kept.NOTHING:
            return
        self._unread = [read] if kept is Kept.INSTEAD else [*self._unread, read]
        self._passed = 0

    def _take(self, candidates: list[Candidate]) -> Kept:
        live = [d for d in candidates if not d.dead and not d.quantity.change]
        told = [d for d in live if d.whole is None and not d.compared]
        rest = [d for d in live if d not in told]
        for candidate in live:
            candidate.earlier = True
        if told:
            self._told, self._others, self._unread = told, rest, []
            return Kept.INSTEAD
        self._others += rest
        return Kept.BESIDE if rest else Kept.NOTHING

    def renumber(self, count: int) -> None:
        """Counts the figures of the sentence before backwards from the first of the next: -1 is its last."""
        for candidate in (*self.candidates, *self.others):
            candidate.rows = [row - count for row in candidate.rows]


class Sentence(Struct, frozen=True):
    """A sentence whose numbers are related: its tokens, the words of its profile, and what it may lean on."""

    tokens: list[Token]
    lexicon: Lexicon
    context: Context
