"""Whether sentences end where a reader says they do (tests/reading/sentences/README.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from diffing.model import Narrative, Sentence, Span
from diffing.reading import parse_narrative

FOLDER = Path(__file__).parent / "sentences"
FILES = sorted(FOLDER.glob("*.txt"))

# The least share of boundaries that must be right (issue "Reading"); a boundary where none is counts against it.
LEAST_RIGHT = 0.99

UNCOUNTED = re.compile(r"[\s;•·*▪\-–—]+")


@dataclass(frozen=True)
class Case:
    """One text with its boundaries, each the number of counted characters before it."""

    place: str
    text: str
    boundaries: frozenset[int]


def counted(text: str) -> int:
    """How many characters of `text` count when positions are compared: all but white space and marks of lists."""
    return len(UNCOUNTED.sub("", text))


def read_case(place: str, line: str) -> Case:
    printed = line.replace("⏎", "\n")
    text, boundaries = "", set()
    for piece in re.split(r"([¦{}])", printed):
        if piece in ("¦", "{", "}"):
            boundaries.add(counted(text))
        else:
            text += piece
    return Case(place, text, frozenset(boundaries) - {0, counted(text)})


def read_cases(path: Path) -> list[Case]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [read_case(f"{path.stem}:{number}", line) for number, line in lines if line.strip() and line[0] != "#"]


def boundaries_of(narrative: Narrative) -> frozenset[int]:
    """Where sentences, headings and dropped spans meet in the narrative, counted like a case's boundaries."""
    spans: list[Sentence | Span] = [*narrative.sentences, *narrative.dropped]
    spans += [heading for section in narrative.sections for heading in section.headings]
    edges = {counted(narrative.text[:edge]) for span in spans for edge in (span.start, span.end)}
    return frozenset(edges) - {0, counted(narrative.text)}


def show(case: Case, wrong: frozenset[int]) -> str:
    """The case with its wrong boundaries marked: ``+`` one too many, ``-`` one missed."""
    shown, count = "", 0
    for character in case.text:
        if counted(character) and count in wrong:
            shown += "[-]" if count in case.boundaries else "[+]"
            wrong -= {count}
        count += counted(character)
        shown += character
    return f"{case.place}: {shown!r}"


def test_sentences_end_where_a_reader_says() -> None:
    right, faults, lines = 0, 0, []
    for case in (case for path in FILES for case in read_cases(path)):
        found = boundaries_of(parse_narrative(case.text, country="X", year=2020, profile="tip"))
        right += len(found & case.boundaries)
        faults += len(found ^ case.boundaries)
        if found != case.boundaries:
            lines.append(show(case, found ^ case.boundaries))
    share = right / (right + faults)
    assert share >= LEAST_RIGHT, f"{100 * share:.2f} % right, wrong are\n" + "\n".join(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_cases_are_well_formed(path: Path) -> None:
    for case in read_cases(path):
        assert case.text == case.text.strip(), case.place
        assert not set("¦⏎{}") & set(case.text), case.place


def test_there_are_enough_boundaries() -> None:
    assert sum(len(case.boundaries) for path in FILES for case in read_cases(path)) >= 200
