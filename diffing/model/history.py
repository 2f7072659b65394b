"""One country over many editions: what the pages of a history show and its tables hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diffing.model.editions import EditionBreak
from diffing.model.judgements import TrendPoint
from diffing.model.lineages import Lineage
from diffing.model.narratives import Narrative
from diffing.model.pairs import WordEdit
from diffing.model.ratings import Rating
from diffing.model.words import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A sentence in one wording: the editions `first` to `last` in a row have it in these words.

    `via` is how it came from the version before, None for the first; `edits` are the words that changed since then.
    """

    first: int
    last: int
    text: str
    via: str | None
    edits: tuple[WordEdit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A sentence that went: it stood from `origin` on, in `editions` of them, and for the last time in `last`."""

    lineage: str
    origin: int
    last: int
    editions: int
    text: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the narrative of `year` says to a recommendation of the edition before: the sentence, and which way."""

    year: int
    text: str
    sentence: int | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A recommendation over the editions: in which `years` it was made, in its last words, and what answered it."""

    lineage: str
    years: tuple[int, ...]
    text: str
    stands: bool  # in the newest edition
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionTold:
    """What one edition says of the country, and what became of the sentences of the edition before.

    `since` is the edition that it is compared with, None for the first one that has the country; then verdict and
    similarity (0 to 1) are None too. `kept`, `edited` (split and merged too), `new` and `returned` count its sentences,
    `gone` those of the edition before that do not stand in it.
    """

    year: int
    since: int | None
    words: int
    sentences: int
    kept: int
    edited: int
    new: int
    returned: int
    gone: int
    ratings: tuple[Rating, ...]
    verdict: Verdict | None = None
    verdict_rule: str = ""
    similarity: float | None = None
    broken: EditionBreak | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CountryHistory:
    """A country through all editions that have it, oldest first.

    `lineages` has a row for each sentence of each of `narratives`. `versions` are the wordings of each sentence of the
    newest narrative, by lineage, oldest first. `notes` say which editions lack it or could not be read.
    """

    country: str
    slug: str
    narratives: tuple[Narrative, ...]
    editions: tuple[EditionTold, ...]
    lineages: tuple[tuple[Lineage, ...], ...]
    points: tuple[TrendPoint, ...]
    versions: Mapping[str, tuple[Version, ...]]
    ended: tuple[Ended, ...]
    wishes: tuple[Wish, ...]
    notes: tuple[str, ...] = ()

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings of all editions."""
        return tuple(rating for edition in self.editions for rating in edition.ratings)

    def __repr__(self) -> str:  # all of it is every narrative
        years = [edition.year for edition in self.editions]
        return f"<CountryHistory {self.country} {years[0]} to {years[-1]}: {len(years)} editions>"
