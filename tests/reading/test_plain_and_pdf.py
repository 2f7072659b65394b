"""Broken words, footnotes and their marks, tables of figures: in plain text and in PDFs."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from test_reading_documents import column, make_pdf

from diffing.model import DiffingError
from diffing.reading.documents import read_document
from diffing.reading.encodings import clean, decode
from diffing.reading.hyphens import joined, unbroken
from diffing.reading.narratives import parse_narrative, to_narrative
from diffing.reading.plain import plain_text
from diffing.reading.sentences import sentence_spans

HYPHENS = [  # the two halves as printed -> the word
    ("twenty-", "two", "twenty-two"),
    ("thirty-", "five", "thirty-five"),
    ("re-", "spect", "respect"),
    ("re-", "ported", "reported"),
    ("in-", "spectors", "inspectors"),
    ("pre-", "vention", "prevention"),
    ("co-", "operated", "cooperated"),
    ("traf-", "ficking", "trafficking"),
    ("state-", "ment", "statement"),
    ("state-", "owned", "state-owned"),
    ("labor-", "ers", "laborers"),
    ("law-", "yers", "lawyers"),
    ("anti-", "trafficking", "anti-trafficking"),
    ("anti-", "cipated", "anticipated"),
    ("non-", "governmental", "non-governmental"),
    ("part-", "icular", "particular"),
    ("off-", "icials", "officials"),
    ("two-", "year", "two-year"),
    ("multi-", "ple", "multiple"),
    ("mid-", "dle", "middle"),
    ("self-", "identified", "self-identified"),
    ("high-", "est", "highest"),
]


@pytest.mark.parametrize(("first", "second", "word"), HYPHENS)
def test_a_word_that_a_line_broke_is_whole_again(first: str, second: str, word: str) -> None:
    assert joined(first, second, Counter()) == word
    assert unbroken(f"It said {first}\n{second} again.") == f"It said {word} again."


def test_the_rest_of_the_document_says_how_a_word_is_written() -> None:
    assert unbroken("the co-operative; a co-\noperative") == "the co-operative; a co-operative"
    assert unbroken("the multilateral; a multi-\nlateral") == "the multilateral; a multilateral"
    assert unbroken("the trafficking law; anti traffi\ncking work") == "the trafficking law; anti trafficking work"
    assert unbroken("for the\nlaw of the land") == "for the\nlaw of the land"
    assert unbroken("from A-\n\nbreak") == "from A-\n\nbreak"  # a blank line parts


PLAIN = {  # a text -> its sentences, its dropped spans
    "behind a number": ("It freed 12[1] men.", ["It freed 12 men."], []),
    "behind a full stop": ("It fell.[2] Nobody knew.[3]", ["It fell.", "Nobody knew."], []),
    "as Markdown writes it": (
        "It fell.[^1] It rose.\n\n[^1]: The ministry said so.",
        ["It fell.", "It rose."],
        ["[^1]: The ministry said so."],
    ),
    "a footnote in the middle": (
        "It freed 12[1] men.\n\n[1] The ministry counted ten.\n\nIt held talks.",
        ["It freed 12 men.", "It held talks."],
        ["[1] The ministry counted ten."],
    ),
    "raised digits": ("It freed 12³ men in 2019.⁴ Nobody knew.", ["It freed 12 men in 2019.", "Nobody knew."], []),
    "a square": ("It burned 12 km² of wood.", ["It burned 12 km² of wood."], []),
    "glued to a year": (
        "It freed 12 men in 2019.4 Nobody knew.",
        ["It freed 12 men in 2019.", "Nobody knew."],
        ["4"],
    ),
    "glued to a word": ("It freed the men.12 Nobody knew.", ["It freed the men.", "Nobody knew."], ["12"]),
    "glued at the end": ("It freed the men.7", ["It freed the men."], ["7"]),
    "a decimal": ("It rose by 3.4 Percent.", ["It rose by 3.4 Percent."], []),
    "an article": ("It broke art.12 Of the law.", ["It broke art.12 Of the law."], []),
    "a list in brackets": ("[1] Police came.\n\n[2] Judges left.", ["[1] Police came.", "[2] Judges left."], []),
    "a money amount over a line's end": ("It spent $5\nmillion.", ["It spent $5\nmillion."], []),
}


@pytest.mark.parametrize("case", PLAIN)
def test_a_footnote_mark_is_no_number(case: str) -> None:
    text, sentences, dropped = PLAIN[case]
    narrative = parse_narrative(text, country="Norvania", year=2020, profile="base")
    assert [sentence.text for sentence in narrative.sentences] == sentences
    assert [span.text for span in narrative.dropped] == dropped


def test_what_was_taken_out_is_said() -> None:
    assert plain_text("It freed 12[1] men.").notes == ("footnote marks are taken out of the text",)
    assert plain_text("It freed 12 men.").notes == ()


def test_a_letter_is_one_character_however_it_was_written() -> None:
    for form in ("NFC", "NFD"):
        assert clean(unicodedata.normalize(form, "São Tomé")) == "São Tomé"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding: str) -> None:
    text, note = decode("Police identified eight victims – “none” before.".encode(encoding), "x.txt")
    assert text == "Police identified eight victims – “none” before."
    assert note is not None
    assert encoding.upper() in note


@pytest.mark.parametrize("data", [b"\x00\x01" * 50, b"ab\x00cd" * 20, bytes(range(256)) * 4], ids=["1", "2", "3"])
def test_what_is_no_text_is_still_none(data: bytes) -> None:
    with pytest.raises(DiffingError, match=r"x\.txt"):
        decode(data, "x.txt")


# --- PDF ---------------------------------------------------------------------------------------------------------

PROSE = [
    "The government freed 12 men in the north of the country and",
    "paid them what they were owed by law in that year, with the",
]
FURTHER = [
    "money that the ministry had set aside. It held no talks, and",
    "no new law came of the plan that it had made before.",
]


def test_a_sentence_over_two_pages_with_a_footnote_between() -> None:
    note = [(60, 80, "1 The ministry counted ten men, and the", 7), (60, 71, "police as many.", 7)]
    found = read_document(make_pdf([[*column(60, 700, PROSE), *note], column(60, 700, FURTHER)]), "pdf")
    narrative = to_narrative(found, "Norvania", 2020, "base")
    sentences = [sentence.text for sentence in narrative.sentences]
    assert sentences[0].endswith("in that year, with the money that the ministry had set aside.")
    assert [(s.text, s.reason) for s in narrative.dropped] == [
        ("1 The ministry counted ten men, and the police as many.", "footnote")
    ]


def test_a_raised_mark_is_no_number() -> None:
    page = [(60, 700, "The government freed 12"), (172.3, 704, "3", 5), (60, 688, "men in the north of the country.")]
    assert "freed 12 men" in read_document(make_pdf([page]), "pdf").text


def test_a_table_in_a_pdf_has_its_years_and_labels() -> None:
    table = [(300, 640, "2018"), (400, 640, "2019")]
    for number, (label, old, new) in enumerate((("Victims identified", "12", "15"), ("Convictions", "3", "none"))):
        y = 626 - 14 * number
        table += [(60, y, label), (300, y, old), (400, y, new)]
    text = read_document(make_pdf([[*column(60, 700, PROSE), *table, *column(60, 580, FURTHER)]]), "pdf").text
    assert "Victims identified: 12 in 2018, 15 in 2019\n\nConvictions: 3 in 2018, none in 2019" in text


def test_a_pdf_of_pictures_says_that_it_is_a_scan() -> None:
    with pytest.raises(DiffingError, match="a scan it seems: run text recognition"):
        read_document(make_pdf([[]]), "pdf")


def test_a_sentence_boundary_before_a_note_at_a_quotes_end() -> None:
    text = "They called it “free.”12 Nobody came."
    assert [text[a:b] for a, b in sentence_spans(text)] == ["They called it “free.”", "Nobody came."]
