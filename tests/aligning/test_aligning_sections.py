"""Aligning sections: rows of two lists of sections and which answer each other."""

from __future__ import annotations

import pytest

from diffing.aligning import align_sections, align_sentences
from diffing.model import Narrative, Section, SectionLink, Sentence, Span
from diffing.profile import load_profile

Written = list[tuple[str, str, list[str]]]  # key, heading, sentences


def narrative(sections: Written, year: int) -> Narrative:
    text = ""
    made = []
    for key, heading, sentences in sections:
        headings = (Span(heading, len(text), len(text) + len(heading), "heading"),) if heading else ()
        text += heading + "\n" if heading else ""
        spans = []
        for sentence in sentences:
            spans.append(Sentence(sentence, len(text), len(text) + len(sentence)))
            text += sentence + "\n"
        made.append(Section(key, headings, tuple(spans)))
    return Narrative("Norvania", "norvania", year, text, tuple(made), (), load_profile("tip"))


def linked(old: Written, new: Written) -> list[SectionLink]:
    one, other = narrative(old, 2019), narrative(new, 2020)
    links = align_sentences(
        [sentence.text for sentence in one.sentences],
        [sentence.text for sentence in other.sentences],
        old_sections=one.sentence_sections,
        new_sections=other.sentence_sections,
    )
    return list(align_sections(one, other, links))


COURT = "A district court convicted the owner of a quarry."
SHELTER = "Volunteers ran a shelter near the ferry terminal."
POSTER = "The council printed posters for the fishing season."
BUDGET = "Parliament cut the budget of the labor inspectorate by half."

CASES = [
    (
        "by key",
        [("prosecution", "PROSECUTION", [COURT]), ("protection", "PROTECTION", [SHELTER])],
        [("prosecution", "Prosecution", [COURT]), ("protection", "Protection", [BUDGET])],
        [(0, 0, 1.0), (1, 1, 0.0)],
    ),
    (
        "one came and one went, at its old place",
        [("prosecution", "", [COURT]), ("protection", "", [SHELTER]), ("profile", "", [POSTER])],
        [("prosecution", "", [COURT]), ("profile", "", [POSTER]), ("recommendations", "", [BUDGET])],
        [(0, 0, 1.0), (1, None, 0.0), (2, 1, 1.0), (None, 2, 0.0)],
    ),
    (
        "the first went",
        [("overview", "", [BUDGET]), ("profile", "", [POSTER])],
        [("profile", "", [POSTER])],
        [(0, None, 0.0), (1, 0, 1.0)],
    ),
    (
        "a key that comes twice: by the sentences they share",
        [("protection", "", [SHELTER]), ("prevention", "", [POSTER]), ("protection", "", [BUDGET])],
        [("protection", "", [BUDGET]), ("prevention", "", [POSTER])],
        [(0, None, 0.0), (2, 0, 1.0), (1, 1, 1.0)],
    ),
    (
        "another key, nearly the same heading",
        [("section_7.b", "b. Prohibition of Forced Labor", [COURT])],
        [("section_7.c", "b. Prohibitions of Forced Labor", [BUDGET])],
        [(0, 0, 0.0)],
    ),
    (
        "another key and no heading, but the same sentences",
        [("overview", "", [COURT, SHELTER])],
        [("assessment", "", [COURT, SHELTER])],
        [(0, 0, 1.0)],
    ),
    ("sections without sentences", [("profile", "PROFILE", [])], [("profile", "PROFILE", [])], [(0, 0, 1.0)]),
    ("nothing", [], [], []),
]


@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_case(old: Written, new: Written, expected: list[tuple[int | None, int | None, float]]) -> None:
    assert [(link.old, link.new, link.similarity) for link in linked(old, new)] == expected


def test_similarity_is_the_share_of_words_carried_over() -> None:
    """Nine of the old and nine of the new 19 words are in a sentence that stayed."""
    (link,) = linked([("profile", "", [COURT, SHELTER])], [("profile", "", [COURT, BUDGET])])
    kept, all_words = 2 * len(COURT.split()), len(f"{COURT} {SHELTER} {COURT} {BUDGET}".split())
    assert link.similarity == pytest.approx(kept / all_words)
