"""The words of the project as types: one concept, one word, in code, tables and pages; and its errors."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import partial
from numbers import Integral


class DiffingError(Exception):
    """What the project raises for a caller's input: the message says what, where and what to do."""


class OutputError(DiffingError):
    """A result (a report, a page, a narrative of a corpus) that can't be written where it was asked for."""


class Op(StrEnum):
    """What became of a sentence, a section or a recommendation between two years."""

    EQUAL = "equal"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"


class Verdict(StrEnum):
    """Which way a change goes."""

    PROGRESS = "progress"
    BACKSLIDING = "backsliding"
    NO_CHANGE = "no_change"
    MIXED = "mixed"
    UNCLEAR = "unclear"


class Status(StrEnum):
    """Whether the report gives the number; ``NOT_REPORTED`` is never zero."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"


class Basis(StrEnum):
    """How a figure's year (or value) is known."""

    STATED = "stated"
    REPORTING_PERIOD = "reporting_period"
    RELATIVE = "relative"
    STREAK = "streak"
    IMPLIED = "implied"


class Qualifier(StrEnum):
    """How sure the report is of a number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    FEWER_THAN = "fewer_than"
    APPROXIMATELY = "approximately"
    RANGE = "range"


class Actor(StrEnum):
    """Who did or said what a figure counts."""

    GOVERNMENT = "government"
    NGO = "ngo"
    INTERNATIONAL_ORGANIZATION = "international_organization"
    OTHER = "other"


class Direction(StrEnum):
    """Where a number went between two years."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NO_LONGER_REPORTED = "no_longer_reported"
    NEWLY_REPORTED = "newly_reported"
    NOT_COMPARABLE = "not_comparable"


class SentenceKind(StrEnum):
    """How a sentence stands on its page: in prose, as a ``Label: value`` line, or as an item of a list."""

    PROSE = "prose"
    LABEL = "label"
    ITEM = "item"


class Stage(StrEnum):
    """Where a problem was met."""

    READ = "read"
    ALIGN = "align"
    EXTRACT = "extract"
    JUDGE = "judge"
    REPORT = "report"


class Severity(StrEnum):
    """``ERROR``: could not be processed. ``WARNING``: processed, but look at this."""

    ERROR = "error"
    WARNING = "warning"


# What means something to a terminal, or turns the text around it: controls, marks of direction, halves of characters.
_NOT_PRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DOCUMENTS = (".txt", ".md", ".htm", ".html", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub")
LONGEST_NAME = 200  # characters of a country's name that are shown; the longest has 60


def printable(text: str) -> str:
    """`text` with everything that means something to a terminal but a line break written out, as ``\\x1b``."""
    return _NOT_PRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def one_line(text: str) -> str:
    """As `printable`, line breaks too: the name of a file may hold one, and is told inside a line."""
    return printable(text).replace("\n", "\\n")


def written_out(text: str) -> str:
    """As `printable`, but as JSON writes a character: a text that is JSON means the same afterwards."""
    return _NOT_PRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain_name(name: str) -> str:
    """A country's name in one line, without what is not printed: who wrote it may have been anybody."""
    return " ".join(_NOT_PRINTABLE.sub(" ", name).split())[:LONGEST_NAME]


def names_a_file(text: str) -> bool:
    """Whether a text is one word that ends as the name of a document does, and so no text."""
    word = text.strip()
    return word.endswith(_DOCUMENTS) and not word.startswith(".") and len(word.split()) == 1


def called(function: object) -> str:
    """What a user's function is called, with what is set in it: for a signature."""
    if isinstance(function, partial):
        told = ", ".join(f"{name}={value!r}" for name, value in function.keywords.items())
        return f"{called(function.func)} with {told}"
    return str(getattr(function, "__qualname__", type(function).__qualname__))


def whole_year(year: object) -> int:
    """`year` as Python's own number, as a data frame's may be another's; raises `DiffingError` for what is no year."""
    if not isinstance(year, Integral) or isinstance(year, bool):
        raise DiffingError(f"a year is a whole number, not {year!r}")
    return int(year)


def breakdown_words(breakdown: str | None) -> str:
    """'sex=female;exploitation=labor' -> 'female, labor exploitation'; empty for a whole."""
    if not breakdown:
        return ""
    said = []
    for part in re.split(r"[;,]", breakdown):
        kind, _, value = part.strip().rpartition("=")
        said.append(f"{'sexual' if value == 'sex' else value} {kind}" if kind == "exploitation" else value)
    return ", ".join(said).replace("_", " ")
