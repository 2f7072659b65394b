"""From a text to a narrative: nothing is lost, offsets are exact, sentences stand in order, nothing raises."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wholeness import nothing_lost

import diffing
from diffing import Narrative
from diffing.model import DiffingError, slug_of
from diffing.profile import load_profile
from diffing.reading import parse_narrative, read_narrative
from diffing.reading.sentences import LONGEST_SENTENCE, sentence_spans

PROFILES = {name: load_profile(name) for name in ("tip", "hrr", "dol")}

# What reading looks at, in pieces: headings, marks of lists, labels, frame, glued sentences, odd characters.
PIECES = st.one_of(
    st.sampled_from(["\u00a0", "\u200b", "\ufeff", "\x00", "\ud800", "\u2028", "\t"]),
    st.sampled_from(
        """
    PROSECUTION|Prosecution:|PROTECTION The government|## Prevention|**Section 7.**|Worker Rights|a. Freedom of Work
    Executive Summary|RECOMMENDATIONS FOR RURITANIA:|Suggested Government Actions|Enforcement|RURITANIA: Tier 2
    Labor Inspectors: 21|Assessment: No Advancement|•|- |* |1. |(a) |; |;|labor.Grant it|in 2022.The law|kilns.12 were
    U.S. |Dec. 31|No. 4|Art. 129.1|6 a.m. |J. K. Rim|...|…|?!|“|”|‘|’|(|)|[3]|« oui. »|。|؟|.|The law changed.
    Train police|the police|Skip to content|Home|U.S. Department of State|ﬁ|Â |â€™|12|Ruritania
    """.replace("\n    ", "|").split("|")
    ),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\n", "\n\n"]))).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@given(TEXTS, st.sampled_from(sorted(PROFILES)))
def test_nothing_is_lost_of_texts_made_of_what_reading_looks_at(text, name):
    nothing_lost(parse_narrative(text, country="Ruritania", year=2020, profile=PROFILES[name]))


@given(st.text(), st.sampled_from(sorted(PROFILES)))
def test_nothing_is_lost_of_any_text(text, name):
    nothing_lost(parse_narrative(text, country="Ruritania", year=2020, profile=PROFILES[name]))


@given(TEXTS)
@example("a\n\nb\n\nPROSECUTION\n\n## Prevention\n\n## Prevention\n\x00\n## Prevention")  # seen as a blank line
@example("a\n\nb\n\nPROSECUTION\n\n## Prevention\n\n## Prevention\n\x81\n## Prevention")
def test_what_was_read_is_read_alike_again(text):
    once = parse_narrative(text, country="Ruritania", year=2020)
    twice = parse_narrative(once.text, country="Ruritania", year=2020)
    assert (once.text, once.sections, once.dropped) == (twice.text, twice.sections, twice.dropped)


def folded(narrative: Narrative) -> list[tuple[str, str]]:
    """(section key, sentence on one line) of each sentence."""
    return [(section.key, " ".join(s.text.split())) for section in narrative for s in section.sentences]


WRAPPED = {
    "at 80 characters": lambda p: "\n\n".join(
        "\n".join(textwrap.wrap(part, 80, break_on_hyphens=False, break_long_words=False)) for part in p
    ),
    "one line a paragraph, no blank lines": "\n".join,
    "line ends of Windows": "\r\n\r\n".join,
}


@pytest.mark.real
@pytest.mark.parametrize("way", WRAPPED)
def test_wrapping_changes_nothing(shared, way):
    for file, name in (
        ("tip/2020/turkmenistan.txt", "tip"),
        ("hrr/2019/turkmenistan.txt", "hrr"),
        ("hrr/2020/albania.txt", "hrr"),
        ("dol-child-labor/2019/kenya.txt", "dol"),
    ):
        text = (shared / "real" / file).read_text("utf-8")
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
        again = parse_narrative(WRAPPED[way](paragraphs), country="X", year=2020, profile=PROFILES[name])
        assert folded(again) == folded(parse_narrative(text, country="X", year=2020, profile=PROFILES[name]))


def test_a_heading_over_a_short_list_without_blank_lines():
    narrative = parse_narrative(
        "RECOMMENDATIONS FOR RURITANIA\nTrain police\nFund shelters\nRatify the protocol", country="X", year=2020
    )
    assert folded(narrative) == [
        ("recommendations", "Train police"),
        ("recommendations", "Fund shelters"),
        ("recommendations", "Ratify the protocol"),
    ]


@pytest.mark.parametrize(
    ("country", "slug"),
    [
        ("Turkmenistan", "turkmenistan"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("Cote d’Ivoire", "cote-divoire"),
        ("Bosnia & Herzegovina", "bosnia-herzegovina"),
        ("St. Kitts and Nevis", "st-kitts-and-nevis"),
        ("../../etc/passwd", "etc-passwd"),
        ("中国", "unnamed"),
    ],
)
def test_slugs(country, slug):
    assert slug_of(country) == slug


def test_a_file_that_is_not_utf_8_is_read_and_noted(tmp_path):
    path = tmp_path / "ruritania.txt"
    path.write_bytes("The government’s police convicted two.\n\nIt identified six victims.".encode("cp1252"))
    narrative = diffing.read_narrative(path, "Ruritania", 2020)
    assert narrative.sentences[0].text == "The government’s police convicted two."
    assert narrative.source == str(path)
    assert "Windows-1252" in narrative.problems[0].message


def test_a_narrative_that_is_too_long_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("diffing.reading.narratives.LONGEST_NARRATIVE", 30)
    path = tmp_path / "ruritania.txt"
    path.write_text("The government convicted two traffickers.", "utf-8")
    with pytest.raises(DiffingError, match=r"ruritania\.txt: 41 characters, over the limit of 30"):
        diffing.read_narrative(path, "Ruritania", 2020)


def test_behind_an_abbreviation_a_word_that_begins_sentences_decides():
    text = "He left the U.S. Embassy of Qo. J. Vex in the U.S. The law changed."
    assert [text[start:end] for start, end in sentence_spans(text)] == [
        "He left the U.S. Embassy of Qo.",
        "J. Vex in the U.S.",
        "The law changed.",
    ]


def test_a_narrative_of_too_many_sentences_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("diffing.reading.narratives.MOST_SENTENCES", 3)
    path = tmp_path / "norvania.txt"
    path.write_text("No. Yes. We agree. They do not.", "utf-8")
    with pytest.raises(DiffingError, match=r"norvania\.txt: 4 sentences, over the limit of 3"):
        read_narrative(path, "Norvania", 2020, "tip")


@given(st.text(alphabet="ab A1.?!…“”’ \n()[]»d\"'-–,«$€", max_size=60), st.integers(0, 3))
def test_a_full_stop_of_another_script_changes_nothing_before_it(text: str, start: int) -> None:
    # texts with one are searched by another pattern, which must find the same ends
    with_one = f"{text} ab 。"
    ends = [span for span in sentence_spans(with_one, start) if span[1] <= len(text)]
    assert ends == [span for span in sentence_spans(f"{text} ab !", start) if span[1] <= len(text)]


@pytest.mark.parametrize("piece", ["police and ", "8"])
def test_a_sentence_without_end_is_read_in_pieces(piece):
    """What is asked of each word of a sentence looks through all of it."""
    text = f"Courts sat in May.\n\n{piece * (30_000 // len(piece))}"
    narrative = parse_narrative(text, country="Norvania", year=2020, profile="tip")
    nothing_lost(narrative)
    assert max(len(sentence.text) for sentence in narrative.sentences) <= LONGEST_SENTENCE
    assert len(narrative.sentences) == 5
    assert any("is read in pieces" in problem.message for problem in narrative.problems)


def test_the_longest_sentence_that_people_write_is_one():
    text = "Courts sat in May.\n\n" + "issues were heard; " * 180 + "others were not."
    narrative = parse_narrative(text, country="Norvania", year=2020, profile="tip")
    assert len(narrative.sentences) == 2
    assert not any("in pieces" in problem.message for problem in narrative.problems)
