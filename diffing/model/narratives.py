"""What reading makes: a narrative with its sections and sentences, and what it noticed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from diffing.model.profiles import Profile
from diffing.model.words import SentenceKind, Severity, Stage


def slug_of(country: str) -> str:
    """The name of a country as files and addresses write it: ``Cote d'Ivoire`` is ``cote-divoire``."""
    plain = unicodedata.normalize("NFKD", country.replace("ı", "i")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-") or "unnamed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader of the report must know of; one row of the table `problems`."""

    country: str
    year: int | None
    stage: Stage
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a narrative's text that is no sentence: a heading, a frame, a list marker.

    ``text == narrative.text[start:end]``; `reason` says which rule set it apart.
    """

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed; ``text == narrative.text[start:end]``.

    `kind` says how it stands on the page: as prose, as a ``Label: value`` line, or as an item of a list.
    """

    text: str
    start: int
    end: int
    kind: SentenceKind = SentenceKind.PROSE


@dataclass(frozen=True, slots=True)
class Section:
    """A run of sentences under one of the profile's section keys, in the order of the text.

    A subsection's key has its letter or numeral behind a full stop (``section_7.b``).

    `headings` holds every heading inside the run, subheadings too. A key may come twice in one narrative
    (a protection paragraph after prevention); each run is a section of its own.
    """

    key: str
    headings: tuple[Span, ...]
    sentences: tuple[Sentence, ...]

    @property
    def heading(self) -> str | None:
        """The first heading as printed, or None where it is lost."""
        return self.headings[0].text if self.headings else None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a corpus has a narrative from: its file in the corpus, and for one that was fetched or imported the
    address that was asked, and the day (ISO); None where nothing is known."""

    file: str | None = None
    source_url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True)
class Narrative:
    """One country's text in one year's report.

    Every character of `text` that is not white space lies in exactly one sentence, heading or dropped span.
    `problems` are what reading noticed; `source` is where the text came from, for messages; `checksum` is the
    SHA-256 of the file's bytes, or of the text where there was no file.
    """

    country: str
    slug: str
    year: int
    text: str
    sections: tuple[Section, ...]
    dropped: tuple[Span, ...]
    profile: Profile = field(repr=False, compare=False)
    problems: tuple[Problem, ...] = ()
    source: str = ""
    checksum: str = ""
    origin: Origin = Origin()
    splitter: str = ""  # what cut the sentences, where a user put it in the place of ours

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in the order of the text: what a table's sentence indices count."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @cached_property
    def sentence_sections(self) -> tuple[str, ...]:
        """The section key of each of `sentences`."""
        return tuple(section.key for section in self.sections for _ in section.sentences)

    @property
    def placed(self) -> Iterator[tuple[int, Sentence, str]]:
        """Each sentence with its index before it, and behind it the key of its section."""
        return zip(count(), self.sentences, self.sentence_sections, strict=False)

    def __repr__(self) -> str:
        return (
            f"<Narrative {self.country} {self.year}: {len(self.sentences)} sentences in {len(self.sections)} sections>"
        )

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)
