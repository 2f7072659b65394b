"""What must hold for the figures of any text: spans, ranges, wholes and parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diffing.extracting import extract_figures
from diffing.model import Status

WORDS = st.sampled_from(
    [
        "the",
        "government",
        "police",
        "courts",
        "ngos",
        "identified",
        "convicted",
        "prosecuted",
        "did",
        "not",
        "report",
        "any",
        "no",
        "none",
        "victims",
        "cases",
        "traffickers",
        "officials",
        "of",
        "in",
        "from",
        "to",
        "and",
        "or",
        ",",
        ";",
        ":",
        "(",
        ")",
        ".",
        "-",
        "%",
        "$",
        "compared",
        "with",
        "the",
        "same",
        "number",
        "as",
        "previous",
        "year",
        "each",
        "respectively",
        "for",
        "the",
        "third",
        "consecutive",
        "year",
        "one",
        "two",
        "dozen",
        "half",
        "million",
        "12",
        "1,864",
        "2018",
        "2017",
        "2016-2018",
        "percent",
        "including",
        "whom",
        "between",
        "per",
        "years'",
        "imprisonment",
        "increase",
        "fewer",
        "than",
        "up",
        "to",
        "more",
        "article",
        "section",
        "129/1",
        "respectively",
        "how",
        "many",
        "data",
        "on",
        "unknown",
        "was",
        "were",
        "been",
        "reported",
        "a",
        "trafficker",
        "number",
        "18",
        "months",
    ]
)


def check(text: str, profile: str) -> None:
    figures = extract_figures(text, 2020, profile)
    for number, figure in enumerate(figures):
        assert figure.figure == number
        assert text[figure.start : figure.end] == figure.text
        assert figure.start < figure.end
        assert figure.status is Status.REPORTED or figure.value is figure.low is figure.high is None
        assert figure.part_of is None or 0 <= figure.part_of < len(figures)
        assert figure.part_of != number
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
    starts = [(f.start, -(f.year or 0)) for f in figures]
    assert [s for s, _ in starts] == sorted(s for s, _ in starts)
    assert figures == [replace(f) for f in extract_figures(text, 2020, profile)]


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_words_give_sound_figures(text: str) -> None:
    check(text, "tip")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["tip", "hrr", "dol"]))
def test_any_text_gives_sound_figures(text: str, profile: str) -> None:
    check(text, profile)


@pytest.mark.parametrize(
    "text",
    ["9" * 5000, "(" * 3000, "," * 3000, "1," * 3000, "(1 " * 1500, "one " * 3000, "2018 and " * 2000, "$" * 3000,
     "1.2." * 2000, "12-" * 2000, "not any " * 2000, "of the 12 " * 1500, "No. 5 and " * 1000, "five million " * 1000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_long_runs_are_read_to_the_end(text: str) -> None:
    check(text, "tip")
