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
from typing import Any

from diffing.child import run_apart
from diffing.model import DiffingError, Span
from diffing.reading.encodings import clean
from diffing.reading.hyphens import joined, words_of
from diffing.reading.pdf_lines import Line, with_grids, without_footnotes, without_marks

# Pages of one document; the longest report of any family has 700.
MAX_PAGES = 3000
# Pieces of text on one page; a page in two columns has 150, a dense table 2,000.
MAX_BOXES = 50_000
# Pieces of text times characters, of all pages together: each piece is looked for among all characters of its page,
# 10 ns for each. The longest whole report has 300 million.
MAX_LOOKS = 1_000_000_000
# CPU seconds that one document may take, and so many more for each megabyte of it; looked at between pages. A page
# takes 0.02, and a megabyte is a hundred of them.
MAX_SECONDS, SECONDS_PER_MB = 10.0, 5.0
# Megabytes that reading one document may take. A report of 700 pages takes 130; one kilobyte of a hostile one can
# unpack to a page of a gigabyte.
MAX_MEGABYTES = 500
# The part of a page's height, at its top and its bottom, where running heads stand. Range 0 to 0.5. Higher takes
# headings that recur (PROSECUTION) for running heads, lower misses heads set deep.
EDGE = 0.09
# A line in that part that comes on so many pages (digits aside) is a running head.
RECURS = 3
# Where a gutter between two columns may be, as parts of the page's width, and the share of lines that may cross it
# (titles over both columns). A higher share takes tables for columns, a lower one is stopped by a few wide lines.
GUTTER_FROM, GUTTER_TO, MAY_CROSS = 0.35, 0.65, 0.25
# A gap of more than so many line heights between two baselines parts paragraphs. Typical leading is 1.2.
PARAGRAPH_GAP = 1.75

_ENDED = re.compile(r"[.?!:][”’\"')\]»]*$")
_BULLETS = frozenset("•▪■●○‣")
# How the PDF library gives a hyphen at a line's end.
_HYPHENS = dict.fromkeys(map(ord, "\x02\xad\ufffe"), "-")


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
    paragraphs: list[str] = []
    open_end = False
    words = words_of("\n".join(line.text for _width, _height, lines in pages for line in lines))
    dropped: dict[str, None] = {}
    footnotes: list[str] = []
    for width, height, lines in pages:
        body = []
        for line in lines:
            if _at_edge(line, height) and _folded(line.text) in heads:
                dropped[line.text] = None
            else:
                body.append(line)
        body, notes = without_footnotes(with_grids(body), height)
        footnotes += [text for column in _columns(notes, width) for text in _paragraphs(column, words)]
        for column in _columns(body, width):
            for number, text in enumerate(_paragraphs(column, words)):
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
    for printed, reason in ((footnotes, "footnote"), ([*dropped], "running heads of the pages")):
        if added := "\n".join(filter(None, (clean(line).strip() for line in printed))):
            text = f"{text}\n\n{added}"
            apart.append((len(text) - len(added), len(text), reason))
    return text, apart


def _pages(data: bytes, source: str, max_seconds: float) -> Iterator[tuple[float, float, list[Line]]]:
    """Width, height and lines of each page."""
    import pypdfium2

    deadline, looks = time.process_time() + max_seconds, 0
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
                text = page.get_textpage()
                boxes = text.count_rects()
                if boxes > MAX_BOXES:
                    raise DiffingError(
                        f"{source}: page {number + 1} has over {MAX_BOXES:,} pieces of text: leave it out"
                    )
                looks += boxes * text.count_chars()
                if looks > MAX_LOOKS:
                    raise DiffingError(
                        f"{source}: page {number + 1} and those before it have too much text for one page each: cut it"
                    )
                lines = _lines(text)
                yield float(page.get_width()), float(page.get_height()), lines
            except pypdfium2.PdfiumError as error:
                raise DiffingError(f"{source}: page {number + 1} of the PDF is damaged: save it anew") from error
    finally:
        document.close()


def _lines(page: Any) -> list[Line]:
    """The printed lines of a page: its boxes of text, those side by side put together."""
    boxes = []
    for number in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(number)
        text = page.get_text_bounded(left, bottom, right, top).strip("\r\n").translate(_HYPHENS)
        if text.strip():
            boxes.append(Line(text, left, bottom, right, top))
    boxes = without_marks(boxes)
    boxes.sort(key=lambda box: (-(box.bottom + box.top) / 2, box.left))
    lines: list[Line] = []
    for box in boxes:
        for place in range(len(lines) - 1, max(len(lines) - 9, -1), -1):
            row = lines[place]
            level = min(box.top, row.top) - max(box.bottom, row.bottom) > 0.5 * min(box.height, row.height)
            gap = box.left - row.right
            if level and -0.5 * row.height < gap < 1.2 * row.height:
                apart = gap > 0.12 * row.height or row.text.endswith(" ") or box.text.startswith(" ")
                joined = row.text.rstrip() + (" " if apart else "") + box.text.lstrip()
                bottom, top = min(row.bottom, box.bottom), max(row.top, box.top)
                lines[place] = Line(joined, row.left, bottom, box.right, top)
                break
        else:
            lines.append(box)
    return lines


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom > (1 - EDGE) * height or line.top < EDGE * height


def _folded(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _running_heads(pages: Sequence[tuple[float, float, list[Line]]]) -> set[str]:
    """The folded text of the lines at pages' edges that recur, and of page numbers."""
    counts = Counter(
        folded
        for _width, height, lines in pages
        for folded in {_folded(line.text) for line in lines if _at_edge(line, height)}
    )
    number = re.compile(r"(?:page )?#(?: of #| / #)?|[ivxlc]{1,6}|[-–—] # [-–—]")
    return {text for text, count in counts.items() if count >= RECURS or number.fullmatch(text)}


def _columns(lines: list[Line], width: float) -> list[list[Line]]:
    """The lines of a page in columns, each from top to bottom, in the order in which they are read.

    Lines over the whole width part the page into bands; each band is read left, then right.
    """
    gutter = _gutter(lines, width)
    lines = sorted(lines, key=lambda line: (-line.top, line.left))
    if gutter is None:
        return [lines] if lines else []
    columns: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.left < gutter < line.right:
            columns += [left, right, [line]]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    columns += [left, right]
    return [column for column in columns if column]


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """Where two columns part, or None where the page has one."""
    if len(lines) < 4:
        return None
    best: tuple[int, float, float] | None = None
    steps = 31
    for step in range(steps):
        place = width * (GUTTER_FROM + (GUTTER_TO - GUTTER_FROM) * step / (steps - 1))
        crossing = sum(line.left < place < line.right for line in lines)
        before = sum(line.right <= place for line in lines)
        after = sum(line.left >= place for line in lines)
        if min(before, after) < 0.15 * len(lines) or min(before, after) < 2:
            continue
        candidate = (crossing, abs(place - width / 2), place)
        if best is None or candidate < best:
            best = candidate
    return best[2] if best and best[0] <= MAY_CROSS * len(lines) else None


def _paragraphs(column: Sequence[Line], words: Counter[str]) -> Iterator[str]:
    """The paragraphs of a column."""
    margin = min(line.left for line in column)
    edge = max(line.right for line in column)
    height = median(line.height for line in column)
    text = column[0].text.strip()
    for previous, line in pairwise(column):
        gap = previous.bottom - line.bottom
        short = edge - previous.right > 0.12 * (edge - margin)
        indented = line.left - margin > 0.6 * height and previous.left - margin < 0.6 * height
        apart = (
            gap > PARAGRAPH_GAP * max(previous.height, line.height)
            or (short and _ENDED.search(previous.text.strip()) is not None)
            or (indented and _ENDED.search(previous.text.strip()) is not None)
            or _heading(previous.text)
            or _heading(line.text)
            or abs(previous.height - line.height) > 0.35 * height
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
