"""PDFs as programs make them: each letter by itself, columns near each other, large capitals, wide lines, tables."""

from __future__ import annotations

from test_reading_documents import column, make_pdf

from diffing.reading.documents import read_document
from diffing.reading.narratives import to_narrative

# The widths of Helvetica's letters, in thousandths of their size.
NARROW = {"i": 222, "j": 222, "l": 222, "f": 278, "t": 278, ".": 278, ",": 278, " ": 278, "r": 333, "m": 833, "w": 722}
WIDE = {"c": 500, "k": 500, "s": 500, "v": 500, "x": 500, "y": 500, "z": 500, "C": 722, "G": 778, "N": 722, "T": 611}


def letters(x: float, y: float, text: str, size: int = 10) -> list[tuple[float, float, str, int]]:
    """A line as browsers write it: each letter has a place of its own, and a space is a gap."""
    placed = []
    for letter in text:
        if letter != " ":
            placed.append((x, y, letter, size))
        x += size * (NARROW | WIDE).get(letter, 667 if letter.isupper() else 556) / 1000
    return placed


def sentences(pages: list[list[tuple[float, float, str] | tuple[float, float, str, int]]]) -> list[str]:
    found = read_document(make_pdf(pages), "pdf")
    return [" ".join(s.text.split()) for s in to_narrative(found, "Norvania", 2020, "tip").sentences]


LINES = [
    "The Government of Norvania increased its law",
    "enforcement efforts. Courts convicted 12 of",
    "the traffickers whom police had arrested.",
]
TOLD = [
    "The Government of Norvania increased its law enforcement efforts.",
    "Courts convicted 12 of the traffickers whom police had arrested.",
]


def test_each_letter_by_itself() -> None:
    page = [letter for number, line in enumerate(LINES) for letter in letters(60, 700 - 12 * number, line)]
    assert sentences([page]) == TOLD


def test_columns_that_are_nearer_than_wide_spaces() -> None:
    narrow = ["It went on for", "many a month.", "Nobody knew it", "at all. Judges", "met once again."]
    page = []
    for place, lines in (
        (60, narrow),
        (142, ["In the north it", *narrow[1:]]),
        (226, ["In the south it", *narrow[1:]]),
    ):
        page += column(place, 700, lines)
    rest = ["Nobody knew it at all.", "Judges met once again."]
    firsts = ["It went on for many a month.", "In the north it many a month.", "In the south it many a month."]
    assert sentences([page]) == [told for first in firsts for told in (first, *rest)]


def test_a_chapter_that_begins_with_a_large_letter() -> None:
    page = [
        (60, 682, "T", 34),
        (84, 700, "he Government of Norvania increased"),
        (84, 688, "its law enforcement efforts."),
        *column(60, 674, LINES),
    ]
    assert sentences([page]) == [TOLD[0], *TOLD]


def test_lines_set_wide_are_one_paragraph() -> None:
    page = [(60, 700 - 26 * number, line) for number, line in enumerate(LINES)]
    page += [(60, 700 - 26 * 3 - 16 - 26 * number, line) for number, line in enumerate(LINES)]
    text = read_document(make_pdf([page]), "pdf").text
    assert text == "\n\n".join([" ".join(LINES)] * 2)


def test_what_a_browser_prints_at_the_edges_is_set_apart() -> None:
    edges = [(30, 770, "1/2/2020, 10:31 AM Norvania - Department"), (30, 20, "https://www.example.org/norvania/ 1/1")]
    found = read_document(make_pdf([[*column(60, 700, LINES), *edges]]), "pdf")
    assert [span.reason for span in found.frame] == ["running heads of the pages"]
    assert "example.org" in found.frame[0].text
    assert "10:31" in found.frame[0].text


def test_a_table_with_its_years_downwards() -> None:
    rows = (("Year", "Investigations", "Convictions"), ("2018", "9", "3"), ("2019", "20", "12"))
    table = [(x, 640 - 14 * n, cell) for n, row in enumerate(rows) for x, cell in zip((60, 200, 340), row, strict=True)]
    text = read_document(make_pdf([[*column(60, 700, LINES), *table]]), "pdf").text
    assert text.endswith("Investigations: 9 in 2018, 20 in 2019\n\nConvictions: 3 in 2018, 12 in 2019")
