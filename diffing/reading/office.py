"""Documents of word processors, e-books and saved pages become HTML or text, which is then read as such.

    found = office_text(data, "docx", source="norvania.docx")
    found.html, found.notes
    True, ("inserted since the last version and read as standing: \\"30\\"",)

Tracked changes are read as accepted, and said. All of it happens in a process of its own with little memory and time,
since what is packed can unpack to anything. Needs the extra ``documents``.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import Compat32
from importlib import import_module
from urllib.parse import unquote

from msgspec import Struct

from diffing.child import run_apart
from diffing.model import DiffingError
from diffing.reading.encodings import declared_encoding, decode
from diffing.reading.opendocument import OpenText
from diffing.reading.rich_text import rich_text
from diffing.reading.word import Word
from diffing.reading.xml_parts import parsed_xml

SECONDS, MEGABYTES = 15.0, 700
"""What reading one document may take. Ranges 5 to 600, 200 to 8,000; default 15 s and 700 MB: 400 pages of Word take
3 s and 250 MB. Higher lets one packed file hold up a run."""

MOST_UNPACKED = 200_000_000
"""Bytes that what is packed in a document may have. Range 20 MB to any; default 200 MB, ten documents' limit."""

MOST_TEXT = 20_000_000
"""Characters of its text, or of the page that it becomes, with its notes and titles. Range 5 million to any; default
20 million, as for a page."""

MOST_FIELDS = 100
"""Fields of a Word document that stand in each other. Range 10 to 1,000; default 100, where Word's own have three. The
library looks through all that are open at each run: 20,000 in 6 kB took 22 s."""

LONGEST_HEADER, MOST_LINES = 2_000, 50
"""Characters of a header of a saved page, and its lines. Ranges 1,000 to 4,000, 10 to 100; browsers write addresses of
2,000 letters at most, in lines of 76. 10 kB of one header took 4 s."""

SHOWN = 3
"""Tracked changes that a note quotes. Range 1 to 10; default 3."""

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class OfficeText(Struct, frozen=True):
    """What a document became: HTML where `html`, else plain text; `notes` on its tracked changes, its own `titles`."""

    text: str
    html: bool
    notes: tuple[str, ...]
    titles: tuple[str, ...]


def office_text(data: bytes, kind: str, *, source: str) -> OfficeText:
    """The text of a document of this kind (docx, odt, epub, rtf, mhtml).

    Raises `DiffingError` naming `source` for one that is damaged, locked, or takes more than `SECONDS` or `MEGABYTES`.
    """
    work = "diffing.reading.office:read_here"
    found = run_apart(work, data, kind, source, seconds=SECONDS, megabytes=MEGABYTES, what=source)
    text, is_html, notes, titles = found
    return OfficeText(text, is_html, tuple(notes), tuple(titles))


def read_here(data: bytes, kind: str, source: str) -> tuple[str, bool, list[str], list[str]]:
    """What a document became, whether that is HTML, the notes and its titles, read in this process."""
    readers = {"docx": _docx, "odt": _odt, "epub": _epub, "rtf": _rtf, "mhtml": _mhtml}
    try:
        found = readers[kind](data)
        text, _is_html, notes, titles = found
        _check_length(sum(map(len, (text, *notes, *titles))))
        return found
    except (DiffingError, MemoryError):
        raise
    except ImportError as error:
        raise DiffingError(
            f"{source}: reading {kind.upper()} needs an extra package ({error.name} is missing): "
            "pip install '.[documents]' in the project's folder, or save it as .html or .txt"
        ) from error
    except _Refused as error:
        raise DiffingError(f"{source}: {error}") from error
    except Exception as error:  # a damaged file makes each library raise errors of its own
        what = (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
        raise DiffingError(
            f"{source}: no {kind.upper()} document that can be read ({what}): save it anew, or as .html or .txt"
        ) from error


class _Refused(Exception):
    """A document that is what it says, and can't be taken."""


def _check_length(letters: int) -> None:
    if letters > MOST_TEXT:
        raise _Refused(f"{letters:,} characters when unpacked, over the limit of {MOST_TEXT:,}: cut it")


def _docx(data: bytes) -> tuple[str, bool, list[str], list[str]]:
    mammoth = import_module("mammoth")
    archive = _opened(data)
    word = Word(data, archive)
    _check_length(word.letters)
    if word.fields_in_fields > MOST_FIELDS:
        raise _Refused(f"{word.fields_in_fields:,} fields in each other: replace them with what they show")
    page = str(mammoth.convert_to_html(io.BytesIO(word.data)).value)
    notes = _tracked(word.inserted, word.deleted, word.moved)
    if word.hidden:
        notes.append(f"{word.hidden:,} characters are hidden in the document and left out")
    if word.embedded:
        notes.append(f"{word.embedded} documents are embedded in it and not read: save them on their own")
    return page, True, notes, _title_in(archive, "docProps/core.xml")


def _odt(data: bytes) -> tuple[str, bool, list[str], list[str]]:
    if data.lstrip().startswith(b"<"):  # all of it in one file of XML
        content = parsed_xml(data)
        titles = [node.text.strip() for node in content.iter(_TITLE) if node.text and node.text.strip()]
    else:
        archive = _opened(data)
        if "content.xml" not in archive.namelist():
            raise _Refused("no ODT document: it has no content")
        content = parsed_xml(archive.read("content.xml"))
        titles = _title_in(archive, "meta.xml")
    found = OpenText(content)
    return found.page, True, _tracked(found.inserted, found.deleted), titles


def _epub(data: bytes) -> tuple[str, bool, list[str], list[str]]:
    archive = _opened(data)
    container = parsed_xml(archive.read("META-INF/container.xml"))
    package = next(node.get("full-path") for node in container.iter() if node.get("full-path"))
    book = parsed_xml(archive.read(package))
    files = {node.get("id"): node.get("href") for node in book.iter() if str(node.tag).endswith("}item")}
    lists = {node.get("id") for node in book.iter() if "nav" in (node.get("properties") or "").split()}
    pages = []
    for node in book.iter():
        if (
            str(node.tag).endswith("}itemref")
            and node.get("idref") not in lists
            and (href := files.get(node.get("idref")))
        ):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href)))
            text = archive.read(place).decode("utf-8", "replace")
            start = re.search(r"<body[^<>]*+>", text, re.IGNORECASE)
            ends = [end.start() for end in re.finditer("</body>", text, re.IGNORECASE)]
            pages.append(text[start.end() : ends[-1]] if start and ends and ends[-1] >= start.end() else text)
    titles = [node.text.strip() for node in book.iter(_TITLE) if node.text and node.text.strip()]
    return "\n".join(pages), True, [], titles


def _rtf(data: bytes) -> tuple[str, bool, list[str], list[str]]:
    source = data.decode("latin-1")
    if not source.lstrip().startswith("{\\rtf"):
        raise _Refused("no RTF document")
    titled = re.search(r"\{\\title ([^{}\\]{1,200})\}", source)
    found = rich_text(source)
    notes = _tracked(found.said["revised"], found.said["deleted"])
    if struck := _quoted(found.said["strike"]):
        notes.append(f"struck out in the document and left out: {struck}")
    if hidden := sum(map(len, found.said["v"])):
        notes.append(f"{hidden:,} characters are hidden in the document and left out")
    return found.text, False, notes, [titled[1]] if titled else []


def _mhtml(data: bytes) -> tuple[str, bool, list[str], list[str]]:
    message = message_from_bytes(data, policy=_ShortHeaders())
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise _Refused("no saved page: it holds no HTML")
    whole = pages[0].get_payload(decode=True)
    whole = whole if isinstance(whole, bytes) else b""
    page, _note = decode(whole, "the page in it", pages[0].get_content_charset() or declared_encoding(whole))
    address = str(message.get("Snapshot-Content-Location") or pages[0].get("Content-Location") or "")
    if address:
        page = f'<link rel="canonical" href="{html.escape(address)}">{page}'
    return page, True, [], []


class _ShortHeaders(Compat32):
    """Headers cut before anything looks into them: what takes them apart takes time with their length's square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and the value of a header, from its lines."""
        name, value = super().header_source_parse([line[:LONGEST_HEADER] for line in sourcelines[:MOST_LINES]])
        return name, value[:LONGEST_HEADER]


def _opened(data: bytes) -> zipfile.ZipFile:
    """A packed document; refused where it is damaged, locked, or unpacks to more than `MOST_UNPACKED`."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # how Word packs what a password protects, and what is older than 2007
        raise _Refused("locked with a password, or older than Word 2007: save it as .docx without a password")
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
        raise _Refused(f"it unpacks to over {MOST_UNPACKED / 1e6:.0f} MB: save it without its pictures")
    return archive


def _title_in(archive: zipfile.ZipFile, name: str) -> list[str]:
    if name not in archive.namelist():
        return []
    return [
        node.text.strip() for node in parsed_xml(archive.read(name)).iter(_TITLE) if node.text and node.text.strip()
    ]


def _tracked(inserted: Sequence[str], deleted: Sequence[str], moved: Sequence[str] = ()) -> list[str]:
    """What is to be known of a document's tracked changes, which are read as accepted."""
    return [
        f"tracked changes are read as accepted, {what}: {_quoted(texts)}"
        for texts, what in ((deleted, "taken out"), (inserted, "put in"), (moved, "moved"))
        if any(texts)
    ]


def _quoted(texts: Sequence[str]) -> str:
    found = [text for text in texts if text]
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return ", ".join(f'"{text[:80]}"' for text in found[:SHOWN]) + more
