"""A plain text as other programs made it of pages: page breaks with running heads, columns side by side, tables set by
spaces, a blank line after every line, marks of quoting.

>>> as_prose("> The law\\n> changed.\\n").text
'The law\\nchanged.\\n'
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from diffing.reading.encodings import seen
from diffing.reading.grids import YEAR, grid_lines

RECURS = 3
"""Pages on which a first or last line comes to be a running head; of fewer pages, all. Range 2 to 10; default 3."""

QUOTED = 0.8
"""The share of lines that begin with the mark of a quoted message. Range 0.5 to 1; default 0.8: some lose theirs."""

FEWEST_DOUBLED, WRAPPED, FULL_SHARE = 6, 0.6, 0.5
"""To be one with a blank line after every line, a text has so many lines, and of those that have this share of the
longest one's length this share ends in the middle of a sentence. Ranges 4 to 20, 0.4 to 0.9, 0.3 to 0.8; defaults 6,
0.6 and 0.5. Lower joins lists and headings."""

WIDEST_LINE = 130
"""Characters of a line that was wrapped. Range 80 to 200; default 130."""

FEWEST_SIDE_BY_SIDE, BOTH_SIDES, MOST_CROSSING = 10, 0.4, 0.1
"""Lines of a page that is in two columns at least, the share of them with text on both sides of the gutter, and the
share that may cross it. Ranges 8 to 40, 0.2 to 0.9, 0 to 0.3; a table is shorter, one column has no gutter at all."""

WIDEST_PAGE, MOST_SIDE_BY_SIDE = 250, 400
"""Characters of a line, and lines, of a page that is looked through for a gutter. Ranges 150 to 400 and 100 to any."""

_ENDED = re.compile(r"[.?!:;…][”’\"')\]]*\s*$")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_QUOTE = re.compile(r"^[ ]?>[ ]?", re.MULTILINE)
_PAGE_NUMBER = re.compile(r"(?:page )?#(?: of #|\s?/\s?#)?|[ivxlc]{1,6}|[-–—] # [-–—]")
_WIDE_GAP = re.compile(r"\S {3,}\S")
_GAP = re.compile(r"[ ]{2,}|[ ]*\t[ \t]*|[ ]*\|[ ]*")


class AsProse(Struct, frozen=True):
    """The text as prose, and the running heads of its pages."""

    text: str
    heads: tuple[str, ...] = ()


def as_prose(text: str) -> AsProse:
    """The text without what a program that made it of pages put in; it is decoded, and not cleaned yet."""
    text = text.replace("\r\n", "\n")
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = _unquoted(text)
    pages = [_in_one_column(page) for page in text.split("\f")] if len(text) < MOST_LOOKED_AT else [text]
    heads: tuple[str, ...] = ()
    if len(pages) > 1:
        text, heads = _joined(pages)
    else:
        text = pages[0]
    return AsProse(_single_spaced(_with_tables(text)), heads)


MOST_LOOKED_AT = 5_000_000
"""Characters of a text whose pages are looked at. Range 500,000 to any; default 5 million, ten times a narrative."""


def _unquoted(text: str) -> str:
    """A quoted message without its marks."""
    if not text.lstrip().startswith(">"):
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(line.lstrip().startswith(">") for line in lines)
    return _QUOTE.sub("", text) if quoted >= QUOTED * len(lines) else text


def _joined(pages: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The pages as one text, their running heads apart; a sentence goes on over the break."""
    cut = [page.split("\n") for page in pages]
    filled = [[n for n, line in enumerate(lines) if line.strip()] for lines in cut]
    edges = [{*places[:2], *places[-2:]} for places in filled]
    counts = Counter(
        folded
        for lines, places in zip(cut, edges, strict=True)
        for folded in {_folded(lines[place]) for place in places}
    )
    recurs = min(RECURS, max(2, sum(map(bool, filled))))
    heads: dict[str, None] = {}
    whole: list[str] = []
    last = ""  # the last line that was put there
    for lines, places in zip(cut, edges, strict=True):
        kept = []
        for number, line in enumerate(lines):
            folded = _folded(line)
            if number in places and (counts[folded] >= recurs or _PAGE_NUMBER.fullmatch(folded)):
                heads[line.strip()] = None
            else:
                kept.append(line)
        page = "\n".join(kept).strip("\n")
        if page.strip():
            if last:
                whole.append("\n\n" if _ENDED.search(last) or last.isupper() else "\n")
            last = page.rstrip().rsplit("\n", 1)[-1]
        whole.append(page)
    return "".join(whole) + "\n", tuple(heads)


def _folded(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.lower().split()))


def _single_spaced(text: str) -> str:
    """A text in which every line is followed by a blank one, without those."""
    text = seen(text)  # a line of nothing that is seen is a blank one
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < FEWEST_DOUBLED or re.search(r"\S[ ]*\n[ ]*\S", text) or max(map(len, lines)) > WIDEST_LINE:
        return text
    width = max(map(len, lines))
    full = [line for line in lines if len(line) > WRAPPED * width]
    inside = sum(_ENDED.search(line) is None and not line.isupper() for line in full)
    if inside < max(FEWEST_DOUBLED / 2, FULL_SHARE * len(full)):
        return text
    parted = re.sub(r"\n[ ]*\n[ ]*\n\s*", "\0", text)
    return re.sub(r"\n[ ]*\n", "\n", parted).replace("\0", "\n\n")


def _in_one_column(page: str) -> str:
    """A page whose two columns stand side by side, the left one before the right one."""
    lines = page.expandtabs().split("\n")
    filled = [line for line in lines if line.strip()]
    if "   " not in page or len(filled) < FEWEST_SIDE_BY_SIDE:
        return page
    width = max(map(len, filled))
    if width > WIDEST_PAGE or sum(_WIDE_GAP.search(line) is not None for line in filled) < BOTH_SIDES * len(filled):
        return page
    filled = filled[:MOST_SIDE_BY_SIDE]
    best = None
    for place in range(int(0.3 * width), int(0.7 * width)):
        both = sum(bool(line[:place].strip()) and bool(line[place:].strip()) for line in filled)
        crossing = sum(line[place - 2 : place].strip() != "" and line[place:].strip() != "" for line in filled)
        if both >= BOTH_SIDES * len(filled) and crossing <= MOST_CROSSING * len(filled):
            best = min(best or (crossing, place), (crossing, place))
    if best is None:
        return page
    gutter = best[1]
    left = [line[:gutter].rstrip() for line in lines]
    right = [line[gutter:].strip() for line in lines]
    return "\n".join(left).rstrip("\n") + "\n" + "\n".join(right).strip("\n") + "\n"


def _with_tables(text: str) -> str:
    """The text with each table of figures, set by spaces, tabs or bars, told in lines."""
    if not ("  " in text or "\t" in text or "|" in text):
        return text
    lines = text.split("\n")
    if not any(_may_head(line) for line in lines):
        return text
    told: list[str] = []
    place = 0
    while place < len(lines):
        grid, after = _grid(lines, place) if _may_head(lines[place]) else ([], place)
        if grid:
            told += ["", *(line for row in grid for line in (row, ""))]
            place = after
        else:
            told.append(lines[place])
            place += 1
    return "\n".join(told)


def _may_head(line: str) -> bool:
    """Whether a line may be the headings of a table: short, with two years at least and a gap."""
    return len(line) <= WIDEST_PAGE and line.count("20") + line.count("19") > 1 and _GAP.search(line) is not None


def _grid(lines: Sequence[str], place: int) -> tuple[list[str], int]:
    """The lines of the table that begins at a line, a row of years over rows of as many figures; else none."""
    heads = _cells(lines[place])
    years = sum(YEAR.fullmatch(head) is not None for head in heads)
    if years < 2 or len(heads) - years > 1:
        return [], place
    rows = [["", *heads] if len(heads) == years else heads]
    place += 1
    while place < len(lines):
        cells = _cells(lines[place])
        if cells and not re.search(r"\w", lines[place]):
            place += 1  # a rule under the headings
            continue
        if len(cells) != years + 1:
            break
        rows.append(cells)
        place += 1
    return (grid_lines(rows) or [] if len(rows) > 1 else []), place


def _cells(line: str) -> list[str]:
    return [cell for cell in _GAP.split(line.strip(" |\t")) if cell]
