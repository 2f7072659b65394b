"""A PDF becomes text: columns in the order in which they are read, paragraphs whole, running heads set apart.

Where a line ends in a hyphen the word is put together again, unless it has a hyphen of its own ("anti-trafficking"):
the document's other words say which. Page headers, footers and page numbers go to the end of the text, as frame.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from diffing.child import run_apart
from diffing.model import DiffingError, Span
from diffing.reading.encodings import clean
from diffing.reading.hyphens import joined, words_of
from diffing.reading.pdf_columns import columns_of, gutters_of
from diffing.reading.pdf_lines import Line, with_grids, without_footnotes, without_marks
from diffing.reading.pdf_pieces import TooMuchError, lines_of, pieces_of

# Pages of one document; the longest report of any family has 700.
MAX_PAGES = 3000
# Pieces of text on one page, and characters; a page in two columns has 150 and 6,000, a dense table 2,000 and 10,000.
MAX_BOXES, MAX_CHARACTERS = 50_000, 500_000
# CPU seconds that one document may take, and so many more for each megabyte of it; looked at between pages. A page
# takes 0.02, and a megabyte is a hundred of them.
MAX_SECONDS, SECONDS_PER_MB = 10.0, 5.0
# Megabytes that reading one document may take. A report of 700 pages takes 130; one kilobyte of a hostile one can
# unpack to a page of a gigabyte.
MAX_MEGABYTES = 300
# The part of a page's height, at its top and its bottom, where running heads stand. Range 0 to 0.5. Higher takes
# headings that recur (PROSECUTION) for running heads, lower misses heads set deep.
EDGE = 0.09
# A line in that part that comes on so many pages (digits aside) is a running head.
RECURS = 3
# A gap between two lines of so many times the usual one of the document parts paragraphs, however wide it is set.
PARAGRAPH_GAP = 1.3
# Two lines whose heights differ by more than this share of the usual one are in two sizes: a heading and its text.
# Range 0.05 to 0.5. Lower parts bold words' lines, higher joins headings set a little larger.
OTHER_SIZE = 0.12

_ENDED = re.compile(r"[.?!:][”’\"')\]»]*$")
_BULLETS = frozenset("•▪■●○‣")
# What a browser prints at the edges of a page: its address, the day and the hour with the page's title.
_PRINTED = re.compile(r"(?:https?://|file://)\S+(?: #/#)?|#/#/#, #:#(?: [ap]m)?(?: .*)?")


def pdf_text(data: bytes, *, source: str, max_seconds: float = MAX_SECONDS) -> tuple[str, tuple[Span, ...]]:
    """The text of a PDF, and the spans of it (at its end) that are running heads and footnotes.

    It is read in a process of its own, since a PDF can end the one that reads it. Raises `DiffingError` naming `source`
    for one that is damaged, locked, without text, of more than `MAX_PAGES` pages, or that takes longer than
    `max_seconds` and some more for its size, or more memory than `MAX_MEGABYTES`.
    """
    seconds = max_seconds + SECONDS_PER_MB * len(data) / 1e6
    work = "diffing.reading.pdf:read_here"
    text, apart = run_apart(work, data, source, seconds, seconds=seconds + 1, megabytes=MAX_MEGABYTES, what=source)
    return text, tuple(Span(text[start:end], start, end, reason) for start, end, reason in apart)


def read_here(data: bytes, source: str, seconds: float) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a PDF, and what in it stands apart (from, to, why), read in this process."""
    pages = list(_pages(data, source, seconds))
    heads = _running_heads(pages)
    if all(_at_edge(line, page.height) and _folded(line.text) in heads for page in pages for line in page.lines):
        heads = set()  # pages that are alike: what stands on each of them is what they say
    paragraphs: list[str] = []
    open_end = False
    words = words_of("\n".join(line.text for page in pages for line in page.lines))
    dropped: dict[str, None] = {}
    footnotes: list[str] = []
    laid: list[list[list[Line]]] = []
    notes: list[list[list[Line]]] = []
    for page in pages:
        body = []
        for line in page.lines:
            if _at_edge(line, page.height) and _folded(line.text) in heads:
                dropped[line.text] = None
            else:
                body.append(line)
        body, small = without_footnotes(with_grids(body), page.height)
        laid.append(columns_of(body, 0.0, page.width))
        notes.append(columns_of(small, 0.0, page.width))
    leading = _leading(laid)
    for columns, small_columns in zip(laid, notes, strict=True):
        footnotes += [text for column in small_columns for text in _paragraphs(column, words, _leading([[column]]))]
        for column in columns:
            for number, text in enumerate(_paragraphs(column, words, leading)):
                goes_on = text[0].islower() or not _ENDED.search(paragraphs[-1] if paragraphs else ".")
                if number == 0 and open_end and goes_on and text[0] not in _BULLETS and not _heading(text):
                    paragraphs[-1] = joined(paragraphs[-1], text, words)
                else:
                    paragraphs.append(text)
            open_end = bool(column) and bool(paragraphs) and not _heading(paragraphs[-1])
    text = "\n\n".join(filter(None, (clean(text).strip() for text in paragraphs)))
    if not text:
        raise DiffingError(f"{source}: a PDF without text, a scan it seems: run text recognition (OCR) on it first")
    apart: list[tuple[int, int, str]] = []
    slanted = [*dict.fromkeys(text for page in pages for text in page.slanted)]
    for printed, reason in (
        (footnotes, "footnote"),
        ([*dropped], "running heads of the pages"),
        (slanted, "set at a slant across the page"),
    ):
        if added := "\n".join(filter(None, (clean(line).strip() for line in printed))):
            text = f"{text}\n\n{added}"
            apart.append((len(text) - len(added), len(text), reason))
    return text, apart


class Page(Struct, frozen=True):
    """The printed lines of a page, and its size in points; `slanted` are texts across it (watermarks)."""

    width: float
    height: float
    lines: list[Line]
    slanted: list[str]


def _pages(data: bytes, source: str, max_seconds: float) -> Iterator[Page]:
    import pypdfium2

    deadline = time.process_time() + max_seconds
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "it asks for a password" if "password" in str(error).lower() else f"damaged ({error})"
        raise DiffingError(f"{source}: the PDF can't be read: {reason}: save it anew without protection") from error
    try:
        if len(document) > MAX_PAGES:
            raise DiffingError(f"{source}: {len(document)} pages, over the limit of {MAX_PAGES}: cut it")
        for number in range(len(document)):
            if time.process_time() > deadline:
                raise DiffingError(
                    f"{source}: reading took more than {max_seconds:.0f} s (at page {number + 1}): cut it"
                )
            try:
                page = document[number]
                pieces, slanted = pieces_of(page.get_textpage(), MAX_CHARACTERS, MAX_BOXES)
                width, pieces = float(page.get_width()), without_marks(pieces)
                lines = lines_of(pieces, gutters_of(pieces, 0.0, width))
                yield Page(width, float(page.get_height()), lines, slanted)
            except TooMuchError as error:
                raise DiffingError(f"{source}: page {number + 1} has {error}: leave it out") from error
            except pypdfium2.PdfiumError as error:
                raise DiffingError(f"{source}: page {number + 1} of the PDF is damaged: save it anew") from error
    finally:
        document.close()


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom > (1 - EDGE) * height or line.top < EDGE * height


def _folded(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """The folded text of the lines at pages' edges that recur, of page numbers, and of what a browser prints there."""
    counts = Counter(
        folded
        for page in pages
        for folded in {_folded(line.text) for line in page.lines if _at_edge(line, page.height)}
    )
    recurs = min(RECURS, max(2, len(pages)))
    number = re.compile(r"(?:page )?#(?: of #|\s?/\s?#)?|[ivxlc]{1,6}|[-–—] # [-–—]")
    return {
        text for text, count in counts.items() if count >= recurs or number.fullmatch(text) or _PRINTED.fullmatch(text)
    }


def _leading(pages: Sequence[Sequence[Sequence[Line]]]) -> float:
    """The usual gap between the baselines of two lines of a paragraph: the lower half of all gaps, halved again."""
    gaps = sorted(
        gap
        for columns in pages
        for column in columns
        for one, other in pairwise(column)
        if 0.3 * other.height < (gap := one.bottom - other.bottom) < 4 * other.height
    )
    return gaps[len(gaps) // 4] if gaps else 0.0


def _paragraphs(column: Sequence[Line], words: Counter[str], leading: float) -> Iterator[str]:
    """The paragraphs of a column; `leading` is the usual gap between two lines."""
    margin = min(line.left for line in column)
    edge = max(line.right for line in column)
    height = median(line.height for line in column)
    text = column[0].text.strip()
    for previous, line in pairwise(column):
        gap = previous.bottom - line.bottom
        short = edge - previous.right > 0.12 * (edge - margin)
        indented = line.left - margin > 0.6 * height and previous.left - margin < 0.6 * height
        apart = (
            gap > PARAGRAPH_GAP * max(leading, previous.height, line.height)
            or (short and _ENDED.search(previous.text.strip()) is not None)
            or (indented and _ENDED.search(previous.text.strip()) is not None)
            or _heading(previous.text)
            or _heading(line.text)
            or abs(previous.height - line.height) > OTHER_SIZE * height
            or line.text.lstrip()[:1] in _BULLETS
            or line.alone
            or previous.alone
        )
        if apart:
            yield text
            text = line.text.strip()
        else:
            text = joined(text, line.text.strip(), words)
    yield text


def _heading(text: str) -> bool:
    """Whether a line is set in capitals, as headings are."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and len(text) < 90 and text.strip().isupper()
