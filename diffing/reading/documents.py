"""One file becomes clean text, with the frame of its page or its paper set apart.

>>> read_document(b"The law changed.", kind="text").text
'The law changed.'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from diffing.model import DiffingError, Span, one_line
from diffing.profile import HtmlRules, Profile
from diffing.profile.territories import listed
from diffing.reading.contents import Contents
from diffing.reading.encodings import declared_encoding, decode
from diffing.reading.html import page_text
from diffing.reading.markdown import FRONT, markdown_page
from diffing.reading.pdf import MAX_SECONDS, pdf_text
from diffing.reading.plain import plain_text

# Bytes that one document may have. The longest narrative of any family is half a megabyte, a whole report in PDF
# ten; a higher limit only lets one file take all the memory.
MAX_BYTES = 20_000_000

# The longest line, in characters, that can be a country's title ("DEMOCRATIC REPUBLIC OF THE CONGO (TIER 2 ...)").
LONGEST_TITLE = 120

SHORTEST_PART = 400
"""Characters under a country's name that stands alone in a report. Range 100 to 5,000; default 400: what is shorter is
a list of names. Higher misses special cases, lower cuts menus and tables."""

_LINE = re.compile(r"[^\n]+")

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".fodt": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".csv": "table",
    ".tsv": "table",
    ".jsonl": "table",
    ".ndjson": "table",
    ".parquet": "table",
    ".xlsx": "table",
    ".xls": "table",
    ".ods": "table",
}


OFFICE = frozenset({"docx", "odt", "rtf", "epub", "mhtml"})

# What people have and what is not read, with what to do.
INSTEAD = {
    ".doc": "save it as .docx",
    ".pages": "save it as .docx",
    ".ppt": "save its text as .txt",
    ".pptx": "save its text as .txt",
    ".xlsm": "save it as .xlsx",
    ".json": "save it as .jsonl, a narrative a line",
    ".gz": "unpack it",
    ".7z": "unpack it",
    ".rar": "unpack it",
    ".tar": "unpack it",
    ".zip": "`diffing corpus import` takes what is in it",
    ".png": "run text recognition (OCR) on it",
    ".jpg": "run text recognition (OCR) on it",
    ".jpeg": "run text recognition (OCR) on it",
    ".tif": "run text recognition (OCR) on it",
    ".tiff": "run text recognition (OCR) on it",
}


class Document(Struct, frozen=True):
    """The clean text of one file.

    `frame` are the stretches of `text` (offsets into it) that belong to the page or the paper and not to the
    report. `notes` are what a reader should know of how it was read. `checksum` is the SHA-256 of the bytes. `titles`
    are what the document itself is called, `address` where a page says that it stands; none where it says nothing.
    """

    text: str
    frame: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    kind: str = "text"
    source: str = ""
    checksum: str = ""
    titles: tuple[str, ...] = ()
    address: str = ""


def read_document(
    document: str | Path | bytes,
    kind: str | None = None,
    *,
    profile: Profile | None = None,
    source: str | None = None,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
) -> Document:
    """The text of a file, given by its path or its bytes.

    `kind` is text, markdown, html, pdf, docx, odt, rtf, epub or mhtml; by default what the file's name and first bytes
    say. `profile` has the selectors of the family's pages. `source` names the document in messages. Raises
    `DiffingError` for a file that is missing, empty, larger than `max_bytes`, binary, in no known encoding, or takes
    longer than `max_seconds`.
    """
    if isinstance(document, bytes):
        data, name = document, source or "document"
    else:
        name = source or one_line(str(document).encode("utf-8", "backslashreplace").decode())  # it may be any bytes
        data = read_bytes(Path(document), max_bytes)
    if len(data) > max_bytes:
        raise DiffingError(f"{name}: {len(data):,} bytes, over the limit of {max_bytes:,}: cut it into countries")
    if not data.strip():
        raise DiffingError(f"{name}: empty: remove it, or put the narrative's text into it")
    kind = kind or kind_of(name, data)
    found = _contents(data, kind, name, profile.reading.html if profile else HtmlRules(), max_seconds)
    return Document(
        found.text,
        found.frame,
        notes=found.notes,
        kind=kind,
        source=name,
        checksum=hashlib.sha256(data).hexdigest(),
        titles=found.titles,
        address=found.address,
    )


def _contents(data: bytes, kind: str, name: str, rules: HtmlRules, max_seconds: float) -> Contents:
    """What a file of one kind holds."""
    if kind == "pdf":
        return Contents(*pdf_text(data, source=name, max_seconds=max_seconds))
    if kind == "table":
        raise DiffingError(f"{name}: a table of many narratives: read it with `diffing corpus import`")
    if kind in OFFICE:
        from diffing.reading.office import office_text  # which loads all that reads mail

        office = office_text(data, kind, source=name)
        whole = rules if kind == "mhtml" else HtmlRules(keep=("body",))  # the others have no menus
        page = page_text(office.text, whole, source=name) if office.html else plain_text(office.text)
        return replace(page, notes=(*office.notes, *page.notes), titles=(*page.titles, *office.titles))
    text, note = decode(data, name, declared_encoding(data) if kind == "html" else None)
    if kind == "markdown":
        text, rules = markdown_page(text, name), HtmlRules(keep=("body",), drop=(f"#{FRONT}",))
    found = plain_text(text) if kind == "text" else page_text(text, rules, source=name)
    return replace(found, notes=(*found.notes, note)) if note else found


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of `path`, never more than `max_bytes`; raises `DiffingError` naming it."""
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except IsADirectoryError as error:
        raise DiffingError(f"{path}: a folder, not a file: give one document") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DiffingError(f"{path}: can't be read: {reason}") from error


def kind_of(name: str, data: bytes) -> str:
    """What kind of document this is: by its first bytes, else by its name's ending, else text."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return "pdf"
    if _PAGE.match(start):
        return "html"
    by_name = KINDS.get(Path(name).suffix.lower(), "text")
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if by_name == "text" and data[:4] == b"PK\x03\x04":
        return next((kind for kind, mark in _PACKED if mark in data[:4096]), "text")
    return by_name


# How a page begins, or a part of one that was copied out of it; no comment is given back, or many took for ever.
_PAGE = re.compile(
    rb"(?><\?xml[^>]*>\s*|<!--.*?-->\s*)*+"
    rb"(?:<!doctype html|<html|<(?:head|body|main|article|section|div|h[1-6]|p)\b[^>]*>)",
    re.DOTALL,
)

# What stands near the beginning of a packed document.
_PACKED = (("epub", b"application/epub+zip"), ("odt", b"opendocument.text"), ("docx", b"word/"))


def why_unread(path: Path) -> str:
    """Why what stands in a year's folder is no narrative."""
    if path.is_dir():
        return "a folder, not a narrative"
    if not path.is_file():
        return "no file that can be opened (a link that leads nowhere?)"
    if known := INSTEAD.get(path.suffix.lower()):
        return f"{path.suffix} is not read: {known}"
    return f"its ending is none of those that are read ({' '.join(KINDS)})"


def cut_report(document: Document, profile: Profile) -> list[tuple[str, str]]:
    """A whole report cut into (country, text) by the profile's title lines, in the order of the report.

    Empty where no line is a title. What stands before the first title (the report's introduction) is left out, and
    so is the frame.
    """
    titles = [pattern.regex for pattern in profile.reading.country_titles]
    framed = [(span.start, span.end) for span in document.frame]
    body = "".join(
        document.text[begin:end]
        for (_s, begin), (end, _e) in zip([(0, 0), *framed], [*framed, (len(document.text), 0)], strict=True)
    )
    printed_lines = ((line, line[0].strip().strip("#*_ ")) for line in _LINE.finditer(body))
    lines = [(line, printed) for line, printed in printed_lines if len(printed) <= LONGEST_TITLE]
    found: list[tuple[str, int]] = []
    for line, printed in lines:
        match = next((m for regex in titles if (m := regex.fullmatch(printed))), None)
        if match and match["country"]:
            found.append((_name(match["country"]), line.start()))
    return _cut(body, found) if found else _cut_at_names(body, [(printed, line.start()) for line, printed in lines])


def _cut_at_names(body: str, lines: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """A report without titles of the family cut where a country's name stands alone, if all are followed by prose."""
    found = [(_name(printed), start) for printed, start in lines if listed(printed) is not None]
    countries = _cut(body, found)
    several = len({name for name, _text in countries}) > 1
    whole = several and all(len(text) >= SHORTEST_PART for _country, text in countries)
    return countries if whole else []


def _cut(body: str, found: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """The text from each title to the next."""
    countries: list[tuple[str, list[str]]] = []
    for number, (country, start) in enumerate(found):
        stop = found[number + 1][1] if number + 1 < len(found) else len(body)
        text = body[start:stop].strip()
        if countries and countries[-1][0] == country:  # the title comes again over the next page
            countries[-1][1].append(text)
        else:
            countries.append((country, [text]))
    return [(country, "\n\n".join(texts)) for country, texts in countries]


def _name(printed: str) -> str:
    """A country's name as people write it, where the title has it in capitals."""
    name = " ".join(printed.split())
    if not name.isupper():
        return name
    small = {"And", "Of", "The", "Da", "De"}
    words = [word.capitalize() if "-" not in word else word.title() for word in name.split()]
    return " ".join(word.lower() if place and word in small else word for place, word in enumerate(words))
