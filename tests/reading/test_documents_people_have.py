"""Documents as the programs that people use write them: each kind is one text, and what is not of it is set apart.

The cases are rows of `documents.toml`.
"""

from __future__ import annotations

import base64
import encodings
import quopri
import tomllib
from contextlib import suppress
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from office_files import docx, odt, packed, rtf

from diffing.model import DiffingError
from diffing.profile import load_profile
from diffing.reading.documents import read_document
from diffing.reading.narratives import to_narrative

for package in ("mammoth", "striprtf"):
    pytest.importorskip(package)

ONE = "The Government of Norvania increased its law enforcement efforts."
TWO = "Courts convicted 12 traffickers in 2019, compared with three in 2018."
BOX = "The government opened two shelters in the north."
LAST = "Police identified 30 victims and referred all of them to shelters."
WHOLE = (ONE, TWO, LAST)
NOTE = "The ministry counted ten."
WORDS = {"one": ONE, "two": TWO, "box": BOX, "last": LAST, "note": NOTE}
WORDS["figures"] = "Convictions: 3 in 2018, 12 in 2019"

CASES = [
    (kind, row)
    for kind, rows in tomllib.loads((Path(__file__).parent / "documents.toml").read_text("utf-8")).items()
    for row in rows
]
FILES = {"word": "docx", "opendocument": "odt", "rich_text": "rtf", "page": "html", "markdown": "md", "text": "txt"}


def spelled(text: str) -> str:
    """A row's text with the sentences that it names."""
    for name, sentence in WORDS.items():
        text = text.replace(f"«{name}»", sentence)
    return text


def made(kind: str, row: dict[str, Any]) -> bytes:
    """The document of a row."""
    body = spelled(row["body"])
    if kind == "word":
        return docx(["PROSECUTION", body, "PROTECTION", LAST])
    if kind == "opendocument":
        whole = f"<text:h>PROSECUTION</text:h><text:p>{body}</text:p><text:h>PROTECTION</text:h><text:p>{LAST}</text:p>"
        return odt(whole, row.get("styles", ""))
    if kind == "rich_text":
        return rtf(["PROSECUTION", body, "PROTECTION", LAST])
    if kind == "page":
        return f"<!DOCTYPE html><html><head>{row.get('head', '')}</head><body>{body}</body></html>".encode()
    return body.encode()


def check(data: bytes, name: str, sentences: Any = WHOLE, said: Any = (), apart: Any = ()) -> None:
    """Holds when a document has these sentences, says these things of itself, and sets these texts apart."""
    document = read_document(data, profile=load_profile("tip"), source=name)
    narrative = to_narrative(document, "Norvania", 2020, "tip")
    read = [" ".join(s.text.split()).replace("’", "'") for s in narrative.sentences]
    assert read == [spelled(sentence) for sentence in sentences]
    assert [section.key for section in narrative][-2:] == ["prosecution", "protection"]
    for words in said:
        assert any(spelled(words) in note for note in document.notes), document.notes
    for words in apart:
        assert any(spelled(words) in " ".join(span.text.split()) for span in narrative.dropped), narrative.dropped


@pytest.mark.parametrize(("kind", "row"), CASES, ids=[f"{kind}: {row['shows']}" for kind, row in CASES])
def test_a_document_as_people_have_it(kind: str, row: dict[str, Any]) -> None:
    sentences, said, apart = row.get("sentences", WHOLE), row.get("said", ()), row.get("apart", ())
    check(made(kind, row), f"norvania.{FILES[kind]}", sentences, said, apart)


PAGE = f"<h2>PROSECUTION</h2><p>{ONE}{{}} {TWO}</p><h2>PROTECTION</h2><p>{LAST}</p>"


@pytest.mark.parametrize("encoding", ["iso-8859-2", "windows-1251", "shift_jis", "gb2312", "utf-16", "utf-32"])
def test_a_page_in_the_encoding_that_it_says(encoding: str) -> None:
    word = {"windows-1251": "Указ", "shift_jis": "東京", "gb2312": "法律"}.get(encoding, "města")
    body = PAGE.format(f" It passed the {word} law.")
    page = f'<html><head><meta charset="{encoding}"></head><body>{body}</body></html>'
    check(page.encode(encoding), "norvania.html", (ONE, f"It passed the {word} law.", TWO, LAST))


@pytest.mark.parametrize("encoding", sorted(module.name for module in iter_modules(encodings.__path__)))
def test_whatever_encoding_a_page_says_it_is_read_or_named(encoding: str) -> None:
    """What is in none of those that it may be in; `undefined` is an encoding of Python's too, and raises its own."""
    page = f"<html><meta charset={encoding}><p>xn--police. ".encode() + b"left \xff\x80\x81 xn--us.</p></html>"
    with suppress(DiffingError):
        read_document(page, source="norvania.html")


def test_a_part_of_a_page_is_a_page() -> None:
    check(PAGE.format("").encode(), "norvania.txt")


@pytest.mark.parametrize("kind", ["quoted-printable", "base64"])
def test_a_page_in_one_file_that_does_not_say_its_encoding(kind: str) -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body>{PAGE.format(" It’s São Tomé’s law.")}</body></html>'
    inner = base64.encodebytes(page.encode("cp1252")) if kind == "base64" else quopri.encodestring(page.encode())
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n"
    data = f"{head}Content-Transfer-Encoding: {kind}\n\n".encode() + inner + b"\n--b--\n"
    check(data, "norvania.mhtml", (ONE, "It's São Tomé's law.", TWO, LAST))


def test_an_e_book_without_its_contents_and_with_its_notes() -> None:
    names = 'xmlns:epub="http://www.idpf.org/2007/ops"'
    chapter = PAGE.format('<a epub:type="noteref" href="b.xhtml#n">1</a>')
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="n" href="n.xhtml" properties="nav"/><item '
        'id="a" href="ch%201.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="n"/><itemref '
        'idref="a"/><itemref idref="b"/></spine></package>'
    )
    book = {
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
        "book.opf": package,
        "n.xhtml": "<html><body><nav><ol><li>PROSECUTION</li></ol></nav></body></html>",
        "ch 1.xhtml": f"<html {names}><body>{chapter}</body></html>",
        "b.xhtml": f'<html {names}><body><aside epub:type="footnote" id="n"><p>1. {NOTE}</p></aside></body></html>',
    }
    check(packed(book), "norvania.epub", apart=(NOTE,))


def test_a_text_of_the_old_macintosh() -> None:
    text = f"PROSECUTION\n\n{ONE} It’s São Tomé’s law. {TWO}\n\nPROTECTION\n\n{LAST}\n"
    check(text.encode("mac_roman"), "a.txt", (ONE, "It's São Tomé's law.", TWO, LAST), ("old Macintosh",))
