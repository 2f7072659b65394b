"""Small documents of each kind, made by hand: what the tests of reading and importing give to the program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return into.getvalue()


def docx(paragraphs: Sequence[str], title: str = "") -> bytes:
    """A Word document; a paragraph may hold runs of its own (``<w:ins>``), else it is text."""
    body = "".join(
        f"<w:p>{text if text.startswith('<w:') else f'<w:r><w:t>{text}</w:t></w:r>'}</w:p>" for text in paragraphs
    )
    files = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
    }
    if title:
        files["docProps/core.xml"] = (
            '<c:coreProperties xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title></c:coreProperties>"
        )
    return packed(files)


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text with this body (``text:h``, ``text:p``) and styles (``style:style``)."""
    names = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
    names["svg"] = "svg-compatible"
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"' for name, of in names.items())
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    whole = f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
    whole += f"<office:body><office:text>{body}</office:text></office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": whole + "</office:document-content>",
        }
    )


def rtf(paragraphs: Sequence[str]) -> bytes:
    """An RTF document."""
    return ("{\\rtf1\\ansi " + "\\par\\par ".join(paragraphs) + "}").encode("latin-1")


def epub(pages: Sequence[str], title: str = "") -> bytes:
    """An e-book with a page a chapter."""
    items = "".join(f'<item id="p{n}" href="p{n}.xhtml"/>' for n, _ in enumerate(pages))
    spine = "".join(f'<itemref idref="p{n}"/>' for n, _ in enumerate(pages))
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest>"
            f"<spine>{spine}</spine></package>",
        }
        | {f"OEBPS/p{n}.xhtml": f"<html><body>{page}</body></html>" for n, page in enumerate(pages)}
    )


def mhtml(page: str, address: str = "https://www.example.org/page/") -> bytes:
    """A page as browsers save it in one file."""
    return (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {address}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\nContent-Location: {address}\n\n{page}\n--b--\n"
    ).encode()


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """An Excel workbook with one sheet of these rows."""
    cells = "".join(
        "<row>"
        + "".join(
            f"<c><v>{value}</v></c>" if isinstance(value, int) else f'<c t="inlineStr"><is><t>{value}</t></is></c>'
            for value in row
        )
        + "</row>"
        for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="Reports" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )
