"""Documents of word processors, e-books and saved pages: what is read, what is said, and what is refused."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from office_files import docx, epub, mhtml, odt, packed, rtf, workbook

from diffing.corpus.table_files import read_table
from diffing.model import DiffingError
from diffing.profile import load_profile
from diffing.reading.documents import read_document
from diffing.reading.narratives import to_narrative
from diffing.reading.office import read_here

pytest.importorskip("mammoth")
pytest.importorskip("striprtf")
pytest.importorskip("python_calamine")

PROSE = "The Government of Norvania increased its efforts."
FACTS = "Courts convicted two traffickers."
ODT_BODY = f"<text:h>PROSECUTION</text:h><text:p>{PROSE}</text:p><text:p>{FACTS}</text:p>"
BODY = f"<main><h2>PROSECUTION</h2><p>{PROSE}</p><p>{FACTS}</p></main>"
PAGE = f"<html><head><title>Norvania</title></head><body><nav>Menu</nav>{BODY}</body></html>"

DOCUMENTS = {
    "norvania.docx": docx(["PROSECUTION", PROSE, FACTS], title="Norvania"),
    "norvania.odt": odt(ODT_BODY),
    "norvania.rtf": rtf(["PROSECUTION", PROSE, FACTS]),
    "norvania.epub": epub([f"<h2>PROSECUTION</h2><p>{PROSE}</p>", f"<p>{FACTS}</p>"], title="Norvania"),
    "norvania.mhtml": mhtml(PAGE),
    "renamed.txt": docx(["PROSECUTION", PROSE, FACTS]),  # known by what is in it
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_any_kind_is_one_narrative(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DOCUMENTS[name])
    narrative = to_narrative(read_document(tmp_path / name, profile=load_profile("tip")), "Norvania", 2020, "tip")
    assert [(s.key, [x.text for x in s.sentences]) for s in narrative] == [("prosecution", [PROSE, FACTS])]


CHANGED = (
    "<w:r><w:t>Police identified </w:t></w:r><w:del w:id='1'><w:r><w:delText>12</w:delText></w:r></w:del>"
    "<w:ins w:id='2'><w:r><w:t>30</w:t></w:r></w:ins><w:r><w:t> victims.</w:t></w:r>"
)


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    found = read_document(docx([CHANGED]), "docx")
    assert found.text == "Police identified 30 victims."
    assert found.notes == (
        'tracked changes are read as accepted, taken out: "12"',
        'tracked changes are read as accepted, put in: "30"',
    )
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>12</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>Police identified 30 victims.</text:p>"
    )
    found = read_document(odt(deleted), "odt")
    assert (found.text, found.notes) == (
        "Police identified 30 victims.",
        ('tracked changes are read as accepted, taken out: "12"',),
    )
    found = read_document(rtf(["Police identified {\\deleted 12}{\\revised 30} victims."]), "rtf")
    assert found.text.strip() == "Police identified 30 victims."
    assert "taken out" in found.notes[0]


def test_a_footnote_of_a_document_is_set_apart() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See there.</text:p>"
    found = read_document(odt(f"<text:p>It fell.{note}</text:note-body></text:note> It rose.</text:p>"), "odt")
    narrative = to_narrative(found, "Norvania", 2020, "base")
    assert [s.text for s in narrative.sentences] == ["It fell.", "It rose."]
    assert "footnote" in {span.reason for span in narrative.dropped}


def test_a_document_says_what_it_is_called() -> None:
    assert read_document(DOCUMENTS["norvania.docx"], "docx").titles == ("Norvania",)
    assert read_document(DOCUMENTS["norvania.epub"], "epub").titles == ("Norvania",)
    assert read_document(DOCUMENTS["norvania.mhtml"], "mhtml").address == "https://www.example.org/page/"


BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))

REFUSED = {
    "no archive": ("docx", b"PK\x03\x04 nothing of the kind", "no DOCX document that can be read"),
    "an archive of something": ("docx", packed({"a.txt": "x"}), "no DOCX document that can be read"),
    "locked": ("docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password, or older than Word 2007"),
    "no content": ("odt", packed({"a.txt": "x"}), "no ODT document"),
    "entities of entities": (
        "odt",
        packed({"content.xml": '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'}),
        "no ODT document that can be read",
    ),
    "packed to the brim": ("docx", packed({"word/document.xml": b"0" * 300_000_000}), "unpacks to over 200 MB"),
    "fields in fields": ("docx", docx([BEGIN * 20_000 + "<w:r><w:t>8</w:t></w:r>"]), "20,000 fields in each other"),
    "fields in fields, closed": ("docx", docx([END * 9 + (BEGIN * 2 + END) * 101]), "102 fields in each other"),
    "more letters than a page": ("docx", docx(["x" * 20_000_001]), "20,000,001 characters when unpacked"),
    "changes in changes": (
        "docx",
        docx(["<w:ins>" * 20_000 + "<w:r><w:t>8</w:t></w:r>" + "</w:ins>" * 20_000]),
        "over 200 elements in each other",
    ),
    "moved within moved": ("docx", docx(["<w:moveTo>" * 20_000 + "</w:moveTo>" * 20_000]), "over 200 elements in"),
    "spans in spans": ("odt", odt("<text:span>" * 20_000 + "</text:span>" * 20_000), "over 200 elements in each other"),
    "no RTF": ("rtf", b"hello", "no RTF document"),
    "no page in it": ("mhtml", b"Subject: x\n\nhello", "it holds no HTML"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_document_is_named(case: str) -> None:
    kind, data, said = REFUSED[case]
    with pytest.raises(DiffingError, match=f"mine: .*{said}"):
        read_document(data, kind, source="mine")


HEADERS = {
    "quotation marks in a charset": 'Content-Type: text/html; charset={}', "a folded one": "Content-Type: text/html;{}",
    "a boundary": 'Content-Type: multipart/related; boundary="{}"', "an address": "Snapshot-Content-Location: {}",
    "a file's name": 'Content-Disposition: attachment; filename="{}"', "an encoding": "Content-Transfer-Encoding: {}",
}  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("of", ['"\\', ";", "=?utf-8?q?a?= ", "(", '\n "\\', "a=b;", "x*1*=a;"])
def test_no_header_of_a_saved_page_takes_more_than_linear_time(header: str, of: str) -> None:
    """Each was taken apart in time that grew with the square of its length, ten times over: 40 kB took 30 s."""
    data = f"MIME-Version: 1.0\n{HEADERS[header].format(of * (40_000 // len(of)))}\nContent-Type: text/html\n\n{PAGE}"
    began = time.process_time()
    with suppress(DiffingError):
        read_here(data.encode(), "mhtml", "mine")
    assert time.process_time() - began < 1


def test_a_workbook_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    path.write_bytes(
        workbook([["Country name", "Report Year", "Body"], ["Norvania", 2020, PROSE], ["Drovia", 2019, FACTS]])
    )
    table = read_table(path)
    assert [(row.country, row.year, row.text) for row in table.rows] == [
        ("Norvania", 2020, PROSE),
        ("Drovia", 2019, FACTS),
    ]
    assert "country from the column 'Country name'" in (table.note or "")
    path.write_bytes(workbook([["a", "b"], ["x", "y"]]))
    with pytest.raises(DiffingError, match="no column country and no column text"):
        read_table(path)


@pytest.mark.parametrize("kind", ["epub", "rtf"])
def test_a_document_of_more_text_than_a_page_may_have_is_refused(kind, monkeypatch):
    monkeypatch.setattr("diffing.reading.office.MOST_TEXT", 1_000)
    monkeypatch.setattr("diffing.reading.office.run_apart", lambda work, *given, **limits: read_here(*given))
    long = f"{PROSE} " * 30
    data = epub([f"<html><body><p>{long}</p></body></html>"]) if kind == "epub" else rtf(long)
    with pytest.raises(DiffingError, match=r"characters when unpacked, over the limit of 1,000: cut it"):
        read_document(data, source=f"long.{kind}")


@pytest.mark.parametrize("title", ["t" * 2_000, "</dc:title><dc:title>".join(["t" * 50] * 40)], ids=["long", "many"])
def test_what_a_document_is_called_counts_as_its_text(title, monkeypatch):
    monkeypatch.setattr("diffing.reading.office.MOST_TEXT", 1_000)
    data = epub([f"<html><body><p>{FACTS}</p></body></html>"], title=title)
    with pytest.raises(DiffingError, match=r"over the limit of 1,000: cut it"):
        read_here(data, "epub", "called.epub")


def test_a_book_s_page_of_beginnings_is_read():
    """Each of them was once followed to the end of the page."""
    assert FACTS in read_document(epub(["<body>" * 40_000 + FACTS]), "epub").text
