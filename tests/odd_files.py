"""Files made odd: whole ones of every kind that is read, their bytes cut, doubled, exchanged and overwritten.

`benchmarks/fuzz.py` reads a hundred thousand of them; `test_odd_input` a few of each kind.
"""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl

from diffing.corpus.manifest import read_manifest
from diffing.corpus.table_files import read_table
from diffing.profile import load_profile
from diffing.reading.documents import cut_report, read_document
from diffing.reading.narratives import to_narrative

TEXT = (
    "NORVANIA (Tier 2)\n\nThe Government of Norvania identified 8 victims in 2019, compared with “nine” in 2018.\n\n"
    "PROSECUTION\n\nCourts convicted none; they did not report how many were tried.\n\n• Train police.\n"
)
PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>Norvania</title><style>p{}</style></head><body><nav>"
    "<a href='/'>Home</a></nav><article class='entry-content'><h1>Norvania</h1><p>Police identified 8&nbsp;victims "
    "in 2019.</p><h2>Prosecution</h2><ul><li>None &#8212; <b>at all</b></li></ul><table><tr><td>Inspectors</td>"
    "<td>12‡</td></tr></table><!-- no --><script>let x = '<p>';</script></article></body></html>"
)
PROFILE = (
    'extends = "tip"\nname = "press"\n\n[[indicators]]\nname = "journalists_arrested"\ntitle = "Journalists arrested"\n'
    'unit = "persons"\npolarity = -1\nverbs = ["arrest"]\nobjects = ["journalist"]\n'
    'examples = ["Police arrested eight journalists."]\nnot_examples = ["Police arrested eight traffickers."]\n'
)
MAIL = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x; type=text/html\n\n--x\nContent-Type: text/html; "
    "charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<html><body><p>Police identified 8 victims =E2=80="
    "94 none.</p></body></html>\n--x--\n"
)
WORDS = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle '
    'w:val="Heading1"/></w:pPr><w:r><w:t>Prosecution</w:t></w:r></w:p><w:p><w:r><w:t>Police identified 8 victims in '
    "2019.</w:t></w:r><w:ins><w:r><w:t>None.</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Inspectors: 12"
    "</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)
OPEN_DOCUMENT = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:h>Prosecution</text:h>'
    "<text:p>Police identified 8 victims.</text:p></office:text></office:body></office:document-content>"
)
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "a.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="one" href="one.xhtml" '
    'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="one"/></spine></package>',
    "one.xhtml": "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Police identified 8 victims.</p></body></html>",
}
MANIFEST = (
    'family = "hrr"\ntitle = "Ours"\n[names]\nnorvania = "Norvania"\n[aliases]\nnorvania = ["Norway", "N."]\n'
    '[files."2020/norvania.txt"]\nsha256 = "ab"\ndate = "2020-01-01"\n'
)
ROWS = {"country": ["Norvania", "Ardesh"], "year": [2019, 2020], "text": [TEXT, "None."]}
# What readers look for, put in anywhere.
TOKENS = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff", b"\x80", b"\xe2\x80", b"\xed\xa0\x80", b"\r", b"\r\n", b"\n\n",
    b"<", b">", b"&", b"&#", b"&#x110000;", b"</", b"<!--", b"-->", b"<![CDATA[", b"<table>", b"<svg>", b"<template>",
    b"charset=utf-16", b'"', b"'", b",", b";", b"\t", b"{", b"}", b"[", b"]", b"=", b"\\u0000", b"\\ud800", b"1e999",
    b"%PDF-1.7", b"endobj", b"stream", b"endstream", b"/Length 99999999", b"0 0 R", b"/Kids [2 0 R]", b"999999 0 obj",
    b"PAR1", b"null", b"true", b"-1", b"9" * 400,
]  # fmt: skip


@cache
def whole_files() -> dict[str, bytes]:
    """A small whole file of each kind, by its ending; two of them are by their whole name."""
    parquet = io.BytesIO()
    frame = pl.DataFrame(ROWS)
    frame.write_parquet(parquet)
    return {
        ".txt": TEXT.encode(),
        ".utf-16.txt": TEXT.encode("utf-16"),
        ".latin.txt": TEXT.encode("cp1252", "replace"),
        ".html": PAGE.encode(),
        ".pdf": pdf_of(["BT /F1 9 Tf 40 800 Td (Police identified 8 victims.) Tj 0 -20 Td (None.) Tj ET"] * 2),
        ".csv": frame.write_csv().encode(),
        ".jsonl": frame.write_ndjson().encode(),
        ".parquet": parquet.getvalue(),
        ".xlsx": workbook(),
        ".rtf": b"{\\rtf1\\ansi Police identified 8 victims.\\par None \\u8212? at all.\\par}",
        ".mhtml": MAIL.encode(),
        ".docx": document(),
        ".odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": OPEN_DOCUMENT}),
        ".epub": zipped(BOOK),
        "profile.toml": PROFILE.encode(),
        "corpus.toml": MANIFEST.encode(),
    }


def workbook() -> bytes:
    content = io.BytesIO()
    pl.DataFrame(ROWS).write_excel(content)
    return content.getvalue()


def document() -> bytes:
    """A document of Word with no more than it needs: to read the styles of a whole one takes a tenth of a second."""
    return zipped({"word/document.xml": WORDS})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def made_odd(draw: random.Random, data: bytes) -> bytes:
    """`data` after one to eight random changes; at most four times as long.

    Of an archive mostly one member is changed, since a changed archive is no archive.
    """
    if data.startswith(b"PK") and draw.random() < 0.9:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = draw.choice(sorted(members))
        return zipped(members | {name: made_odd(draw, members[name] or b" ")})
    changed = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        start = draw.randint(0, len(changed))
        end = min(len(changed), start + int(draw.expovariate(1 / 20)))
        what = draw.randrange(6)
        if what == 0:
            del changed[start:end]
        elif what == 1 and len(changed) < 3 * len(data):
            changed[start:start] = changed[start:end] * draw.randint(1, 9)
        elif what == 2:
            changed[start:end] = draw.randbytes(end - start)
        elif what == 3:
            changed[start:end] = draw.choice(TOKENS)
        elif what == 4:
            changed[start:start] = draw.choice(TOKENS)
        elif what == 5 and draw.random() < 0.2:
            del changed[start:]
    return bytes(changed[: 4 * len(data)])


def read_odd(kind: str, data: bytes) -> None:
    """Reads a file as its kind is read; raises `DiffingError` where it can't be, anything else where that is ours."""
    if kind in (".csv", ".jsonl", ".parquet", ".xlsx", "profile.toml", "corpus.toml"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / kind.removeprefix(".") if kind[0] != "." else Path(folder) / f"norvania{kind}"
            path.write_bytes(data)
            if kind == "profile.toml":
                load_profile(path)
            elif kind == "corpus.toml":
                read_manifest(path.parent)
            else:
                read_table(path)
        return
    profile = load_profile("tip")
    document = read_document(data, profile=profile, source=f"norvania{kind}")
    narrative = to_narrative(document, "Norvania", 2020, profile)
    text, end = narrative.text, 0
    spans = [*narrative.sentences, *narrative.dropped, *(h for section in narrative.sections for h in section.headings)]
    for span in sorted(spans, key=lambda span: span.start):
        assert text[span.start : span.end] == span.text
        assert not text[end : span.start].strip(), "lost a character"
        end = span.end
    assert not text[end:].strip(), "lost a character"
    cut_report(document, profile)


def pdf_of(drawings: list[str]) -> bytes:
    """A PDF file with a page for each of the drawings."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(drawings)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(drawings)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, drawing in enumerate(drawings):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    parts = [out]
    at = len(out)
    for number, body in enumerate(objects, 1):
        offsets.append(at)
        parts.append(f"{number} 0 obj\n{body}\nendobj\n".encode())
        at += len(parts[-1])
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF".encode()
    )
    return b"".join(parts)
