"""Documents of every kind become clean text; what can't be read says why and what to do."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from hostile_files import HOSTILE_PAGES, HOSTILE_PDFS
from hypothesis import given
from hypothesis import strategies as st

from diffing.model import DiffingError
from diffing.profile import load_profile
from diffing.reading import markdown
from diffing.reading.documents import Document, cut_report, kind_of, read_document
from diffing.reading.encodings import clean
from diffing.reading.narratives import read_narrative
from diffing.reading.pdf import read_here

TIP = load_profile("tip")
HRR = load_profile("hrr")

# --- encodings ----------------------------------------------------------------------------------------------------

CLEANED = {
    "mojibake of quotes": ("the governmentâ€™s â€œplanâ€\x9d", "the government’s “plan”"),
    "mojibake of accents": ("CÃ´te dâ€™Ivoire, SÃ£o TomÃ©", "Côte d’Ivoire, São Tomé"),
    "mojibake twice": ("CÃƒÂ´te", "Côte"),
    "mojibake of a non-breaking space": ("in Â 2019 and Â\xa02020", "in  2019 and  2020"),
    "non-breaking and thin spaces": ("10\u00a0000\u2009men", "10 000 men"),
    "zero-width": ("vic\u200btim\ufeffs", "victims"),
    "soft hyphens": ("traf\u00adfick\u00ading", "trafficking"),
    "ligatures": ("oﬃcial ﬁnes and ﬂight", "official fines and flight"),
    "line ends": ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    "curly quotes stay": ("“so-called” ‘law’", "“so-called” ‘law’"),
    "accents stay": ("São Tomé, Türkiye, Å and Ä", "São Tomé, Türkiye, Å and Ä"),
    "a control character": ("a\x00b\x07", "ab"),
    "half a character": ("a\ud800", "a\ufffd"),
    "white space at line ends": ("a  \nb", "a\nb"),
}


@pytest.mark.parametrize("case", CLEANED)
def test_cleaning(case):
    raw, expected = CLEANED[case]
    assert clean(raw) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


ENCODED = {
    "UTF-8": ("São Tomé’s law.".encode(), None),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + "São Tomé’s law.".encode(), None),
    "UTF-16 little": ("\ufeffSão Tomé’s law.".encode("utf-16-le"), None),
    "UTF-16 big": ("\ufeffSão Tomé’s law.".encode("utf-16-be"), None),
    "Windows-1252": ("São Tomé’s law.".encode("cp1252"), "Windows-1252"),
    "both": ("São ".encode() + "Tomé’s law.".encode("cp1252"), "Windows-1252"),
}


@pytest.mark.parametrize("case", ENCODED)
def test_encodings(case):
    data, note = ENCODED[case]
    document = read_document(data)
    assert document.text == "São Tomé’s law."
    assert note in document.notes[0] if note else not document.notes


UNREADABLE = {
    "empty": (b"", "empty"),
    "only white space": (b" \n\t \n", "empty"),
    "binary": (b"\x7fELF\x02\x01\x00\x00\x00", "binary"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
    "no encoding": (b"The law \x81\x8d was passed.", "can't be decoded"),
    "another encoding": ("Закон приняли в парламенте.".encode("cp1251"), "can't be decoded"),
    "half of UTF-16": (b"\xff\xfeT\x00h", "binary"),
    "too large": (b"a" * 2_001, "over the limit of 2,000"),
    "a damaged PDF": (b"%PDF-1.7\n1 0 obj\n<<", "PDF can't be read"),
    "a table": (b"country,year,text\n", "table"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_named_with_the_reason(case, tmp_path):
    data, reason = UNREADABLE[case]
    path = tmp_path / ("ruritania.csv" if case == "a table" else "ruritania.txt")
    path.write_bytes(data)
    with pytest.raises(DiffingError) as error:
        read_document(path, max_bytes=2_000)
    assert str(path) in str(error.value)
    assert reason in str(error.value)


@pytest.mark.parametrize("name", ["missing.txt", "folder", "a\0b.txt"])
def test_what_is_no_file_is_named(name, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(DiffingError, match=r"missing\.txt|folder|a\0b"):
        read_narrative(tmp_path / name, "Ruritania", 2020)


# --- web pages ----------------------------------------------------------------------------------------------------

PROSE = "The government convicted two traffickers in the year under review, and one in the year before it."


def page(body: str) -> Document:
    return read_document(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), profile=TIP)


def test_headings_lists_and_inline_marks_of_a_page():
    document = page(
        f"<main><h2>Prevention</h2><p>It <b>held</b>\n two <a href=x>campaigns</a>.<br>One more.</p>{PROSE}"
        "<ul><li>Train police.</li><li><p>Fund shelters.</p></li></ul><table><tr><td>Inspectors<td>21</table></main>"
    )
    assert document.text == (
        f"Prevention\n\nIt held two campaigns.\nOne more.\n\n{PROSE}\n\n• Train police.\n• Fund shelters.\n\n"
        "Inspectors: 21"
    )
    assert document.frame == ()


def test_the_frame_of_a_page_stays_in_the_text_as_spans():
    document = page(
        "<script>alert(1)</script><nav><a>Home</a></nav><main><p>" + PROSE + "<nav>Share</nav></main><footer>©</footer>"
    )
    assert [span.text for span in document.frame] == ["Home", "Share\n©"]
    assert all(document.text[span.start : span.end] == span.text for span in document.frame)
    assert "alert" not in document.text


COPIES = {
    "bare": "{prose}",
    "blog": "<div class=menu>{links}</div><div class=post>{prose}</div><div class=comments><p>Nice one.</p></div>",
    "table": "<table><tr><td>{links}</td><td>{prose}</td></tr></table>",
    "empty template": "<main></main><div class=entry-content>Soon.</div><div id=x>{prose}</div>",
}


@pytest.mark.parametrize("copy", COPIES)
def test_copies_of_others_are_read_by_their_longest_prose(copy):
    prose = "<h2>PROSECUTION</h2>" + f"<p>{PROSE}</p>" * 6 + f"<h2>PROTECTION</h2><p>{PROSE}</p>"
    links = "".join(f"<a href={n}>Report of another country, {n}</a><br>" for n in range(30))
    document = page(COPIES[copy].format(prose=prose, links=links))
    kept = document.text
    for span in reversed(document.frame):
        kept = kept[: span.start] + kept[span.end :]
    assert kept.split()[0] == "PROSECUTION"
    assert kept.count(PROSE) == 7
    assert "another country" not in kept
    assert "Soon." not in kept


def test_a_page_nested_without_end_is_read():
    document = page("<div>" * 20_000 + f"<p>{PROSE}")
    assert PROSE in document.text


@pytest.mark.real
def test_the_saved_page_of_2019_has_the_text_of_the_file(shared):
    narrative = read_narrative(shared / "real/html/hrr-2019-turkmenistan.html", "Turkmenistan", 2019, HRR)
    text = narrative.text
    for span in sorted(narrative.dropped, key=lambda span: -span.start):
        text = text[: span.start] + text[span.end :]
    file = clean((shared / "real/hrr/2019/turkmenistan.txt").read_text("utf-8"))
    assert text.split() == file.split()


@pytest.mark.real
@pytest.mark.parametrize("year", [2016, 2019, 2022])
def test_saved_pages_have_all_sections(shared, year):
    narrative = read_narrative(shared / f"real/html/hrr-{year}-turkmenistan.html", "Turkmenistan", year, HRR)
    keys = {section.key.partition(".")[0] for section in narrative if section.headings}
    assert keys == {rule.key for rule in HRR.sections}


# --- PDF ----------------------------------------------------------------------------------------------------------


def make_pdf(pages: list[list[tuple[float, float, str] | tuple[float, float, str, int]]], size: int = 10) -> bytes:
    """A PDF with each page's texts at their places (points from the left and the bottom of a US letter page).

    A text may have a size of its own, as its fourth value.
    """
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for texts in pages:
        drawn = b"".join(
            b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n"
            % (own[0] if own else size, x, y, text.replace("(", r"\(").replace(")", r"\)").encode("cp1252"))
            for x, y, text, *own in texts
        )
        packed = zlib.compress(drawn)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        data.index(b"xref\n0 "),
    )


def column(x: float, top: float, lines: list[str]) -> list[tuple[float, float, str]]:
    """The lines of a column, 12 points apart; an empty one is the gap between paragraphs."""
    return [(x, top - 12 * number, line) for number, line in enumerate(lines) if line]


LEFT = [
    "PROSECUTION",
    "The government increased law enforce-",
    "ment efforts. It adopted an anti-traf-",
    "ficking law and convicted nine men.",
    "",
    "Courts sentenced the nine to terms of",
    "five to ten years; no official was among",
]
RIGHT = [
    "those whom police arrested.",
    "PROTECTION",
    "The government identified twelve vic-",
    "tims, compared with nine. It referred",
    "all to the anti-",
    "trafficking fund.",
]


def test_a_pdf_in_two_columns_with_running_heads_and_broken_words():
    pages = []
    for number in range(1, 4):
        # The right column is drawn first: the order in the file is not the order of reading.
        heads = [(60.0, 760.0, "REPORT OF THE YEAR 2020"), (300.0, 30.0, str(number))]
        pages.append([*column(320, 700, RIGHT), *column(60, 700, LEFT), *heads])
    document = read_document(make_pdf(pages), source="report.pdf")
    assert document.kind == "pdf"
    assert document.text.split("\n\n")[:5] == [
        "PROSECUTION",
        "The government increased law enforcement efforts. It adopted an anti-trafficking law and convicted nine men.",
        "Courts sentenced the nine to terms of five to ten years; no official was among those whom police arrested.",
        "PROTECTION",
        "The government identified twelve victims, compared with nine. It referred all to the anti-trafficking fund.",
    ]
    assert [span.text for span in document.frame] == ["REPORT OF THE YEAR 2020\n1\n2\n3"]
    assert document.text[document.frame[0].start : document.frame[0].end] == document.frame[0].text


def test_a_sentence_goes_on_over_the_page():
    first = column(60, 700, ["The police arrested the owner of the mine, and then they let him and all of his"])
    second = column(60, 700, ["brothers go free. Nobody was charged."])
    text = read_document(make_pdf([first, second])).text
    assert text.endswith("let him and all of his brothers go free. Nobody was charged.")


def test_a_pdf_without_text_says_what_to_do():
    with pytest.raises(DiffingError, match=r"scan\.pdf.*text recognition"):
        read_document(make_pdf([[]]), source="scan.pdf")


def test_a_pdf_that_takes_too_long_is_left():
    with pytest.raises(DiffingError, match=r"slow\.pdf.*took more than"):
        read_document(make_pdf([column(60, 700, [PROSE])]), source="slow.pdf", max_seconds=-1)


def test_a_page_of_a_pdf_with_too_many_pieces_is_left(monkeypatch):
    monkeypatch.setattr("diffing.reading.pdf.MAX_BOXES", 1)
    with pytest.raises(DiffingError, match=r"odd\.pdf: page 1 has over 1 pieces"):
        read_here(make_pdf([column(60, 700, LEFT)]), "odd.pdf", 10.0)


# --- whole reports ------------------------------------------------------------------------------------------------

TITLES = {
    "2020": ["RURITANIA: Tier 2", "STRELSAU: Tier 3", "ZENDA: TIER 2 WATCH LIST"],
    "2016": ["RURITANIA (Tier 2)", "STRELSAU (Tier 3)", "ZENDA (Tier 2 Watch List)"],
    "capitals": ["Ruritania (TIER 2)", "Strelsau (TIER 3)", "Zenda (TIER 2 WATCH LIST)"],
    "Markdown": ["## Ruritania: Tier 2", "## Strelsau: Tier 3", "## Zenda: Special Case"],
}


@pytest.mark.parametrize("edition", TITLES)
def test_a_whole_report_is_cut_by_its_title_lines(edition):
    parts = ["Introduction\n\nOn the tiers: a country (Tier 1) does well."]
    parts += [f"{title}\n\nIt is number {n}.\n\nPROSECUTION\n\n{PROSE}" for n, title in enumerate(TITLES[edition])]
    cut = cut_report(Document("\n\n".join(parts)), TIP)
    assert [country for country, _text in cut] == ["Ruritania", "Strelsau", "Zenda"]
    assert [text.split("\n\n")[1] for _country, text in cut] == [f"It is number {n}." for n in range(3)]


def test_a_title_that_comes_again_and_again_takes_no_longer_each_time():
    report = Document("RURITANIA (Tier 2)\n" * 100_000 + "STRELSAU (Tier 3)\n")
    start = time.process_time()
    (_name, text), _other = cut_report(report, TIP)
    assert text.count("RURITANIA") == 100_000
    assert time.process_time() - start < 5  # each with all before it took 20


def test_a_table_that_is_filled_up_with_empty_cells_is_text():
    wide = "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000 + "\n"
    page = markdown.markdown_page(f"{wide}{'b' + chr(10)}{'a' + chr(10)}" + "a\n" * 2_990, "norvania.md")
    assert "<td" not in page  # it took 2 s to fill in 65,000
    assert markdown.markdown_page(f"{wide}{wide[:2001]}\n\nPolice left.", "norvania.md").count("<td") == 1_000
    listed = "- |a|b|\n  |-|-|\n  |c|d|\n"
    assert markdown.markdown_page(listed * 100, "norvania.md").count("<td") == 200


def test_a_text_without_title_lines_is_no_whole_report():
    assert cut_report(Document(f"PROSECUTION\n\n{PROSE}\n\nIt remained on Tier 2."), TIP) == []


def test_a_pdf_whose_pages_are_too_dense_is_left(monkeypatch):
    monkeypatch.setattr("diffing.reading.pdf.MAX_CHARACTERS", 100)
    with pytest.raises(DiffingError, match=r"odd\.pdf: page 1 has over 100 characters"):
        read_here(make_pdf([column(60, 700, LEFT)]), "odd.pdf", 10.0)


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_a_page_that_its_parser_never_ends_is_ended(name, monkeypatch):
    monkeypatch.setattr("diffing.reading.html.SECONDS", 1.0)
    monkeypatch.setattr("diffing.reading.html.MEGABYTES", 200)
    page = f"<html><body>{HOSTILE_PAGES[name](1_000_000)}".encode()
    with pytest.raises(DiffingError, match=r"bomb\.html: reading (took more than 1 s|it takes over 2\d\d MB)"):
        read_document(page, source="bomb.html")


def test_a_long_page_reads_as_a_short_one():
    page = "<html><title>Norvania</title><body><nav>Home</nav>{}<p>Police <s>left</s> came.</p></body></html>"
    line = "<p>Courts convicted nobody at all in 2019, as in 2018.</p>"
    few, many = (read_document(page.format(line * count).encode(), source="a.html") for count in (5, 600))
    assert (few.titles, few.notes) == (many.titles, many.notes)
    assert [(span.start, span.end, span.reason) for span in few.frame[:1]] == [
        (span.start, span.end, span.reason) for span in many.frame[:1]
    ]
    assert many.text.count("Courts convicted nobody") == 600


@pytest.mark.parametrize("name", HOSTILE_PDFS)
def test_a_pdf_that_takes_all_memory_or_ends_its_reader_is_one_bad_file(name):
    """The process that reads it is limited, and may end: this one goes on."""
    with pytest.raises(DiffingError, match=r"bomb\.pdf: "):
        read_document(HOSTILE_PDFS[name](), source="bomb.pdf")


def test_a_whole_report_in_pdf_is_cut_into_countries(tmp_path: Path):
    pages = [
        [*column(60, 700, ["RURITANIA: Tier 2", *LEFT]), *column(320, 700, RIGHT)],
        [*column(60, 700, ["STRELSAU: Tier 3", *LEFT]), *column(320, 700, RIGHT)],
    ]
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf(pages))
    cut = cut_report(read_document(path, profile=TIP), TIP)
    assert [country for country, _text in cut] == ["Ruritania", "Strelsau"]
    assert cut[1][1].count("PROSECUTION") == 1


def test_what_is_nested_beyond_measure_stays_in_the_text_and_in_lines():
    page = "<html><body><p>It began.</p>" + "<div>Police acted. " * 3_000 + "</div>" * 3_000 + "<p>It ended.</p>"
    text = read_document(page.encode(), source="deep.html").text
    assert text.count("Police acted.") == 3_000
    assert text.count("\n") >= 3_000
    assert text.startswith("It began.")
    assert text.endswith("It ended.")


def test_a_thousand_comments_are_looked_at_once():
    assert kind_of("drovia.txt", b"<!---->" * 140 + b" x") == "text"
    assert kind_of("drovia.txt", b"<?xml version='1.0'?> <!-- a --> <!---->" + b"<html><p>Police left.") == "html"


def test_markdown_of_marks_in_marks_fills_no_memory(monkeypatch):
    monkeypatch.setattr(markdown, "MEGABYTES_FOR_EACH", 0)
    monkeypatch.setattr(markdown, "MEGABYTES", 150)
    with pytest.raises(DiffingError, match=r"norvania\.md: reading it takes over 150 MB"):
        read_document(("*a_" * 200_000).encode(), "markdown", source="norvania.md")


def test_long_markdown_is_read_as_short(monkeypatch):
    text = "# Prosecution\n\nThe police identified *eight* victims.\n\n" * 500
    monkeypatch.setattr(markdown, "SHORT", len(text))
    here = read_document(text.encode(), "markdown")
    monkeypatch.setattr(markdown, "SHORT", 0)
    assert read_document(text.encode(), "markdown") == here
