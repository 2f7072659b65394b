"""The blocks of a page: its text in lines as a reader sees them, each with what it is.

The page is walked through without recursion: it may be nested as deeply as it likes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from msgspec import Struct, field

from diffing.model import DiffingError
from diffing.reading.encodings import clean
from diffing.reading.grids import grid_lines

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# CPU seconds that each walk through one page may take; a page of 400 kB takes 0.02.
MAX_SECONDS = 10.0

# Columns and rows that one cell of a table may stand over.
MOST_COLUMNS = 40

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary "
        "table tbody tfoot thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"\s+")
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


class Block(Struct):
    """A line of the page: its text, the characters of it in links, what it is."""

    text: str
    linked: int
    kept: bool
    heading: bool
    item: bool
    note: bool  # of a footnote
    dropped: bool  # frame, whatever stands around it
    tight: bool  # goes on the line below, without a blank one


class _Reader(Struct):
    """Collects text into blocks while the page is walked through; the counts are of elements that are open."""

    keep: AbstractSet[int]
    drop: AbstractSet[int]
    notes: AbstractSet[int]
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    last: str = ""  # the last character of the parts that is no white space
    linked: int = 0
    item: bool = False
    tight: bool = False
    kept: int = 0
    dropped: int = 0
    noted: int = 0
    links: int = 0
    headings: int = 0
    printed: int = 0
    cells: int = 0  # of the row that is open

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.last = text.rstrip()[-1:] or self.last

    def text(self, text: str) -> None:
        """Takes a text in: a line's end counts in what is set as it was typed (``<pre>``)."""
        before = ""
        for number, line in enumerate(text.split("\n") if self.printed else (text,)):
            if number:
                self.flush(tight_next=bool(line.strip() and before.strip()))
            self.add(line)
            before = line
        if self.links:
            self.linked += len(text.strip())

    def flush(self, *, tight_next: bool = False) -> None:
        """Makes a block of what was collected."""
        text = clean(_SPACE.sub(" ", "".join(self.parts)).strip())
        if text:
            kept, dropped = self.kept > 0, self.dropped > 0
            heading, noted = self.headings > 0, self.noted > 0
            self.blocks.append(
                Block(text, self.linked, kept and not dropped, heading, self.item, noted, dropped, self.tight)
            )
            self.item = False
            self.tight = False
        self.tight = self.tight or tight_next
        self.parts.clear()
        self.last = ""
        self.linked = 0

    def edge(self, tag: str, *, down: bool) -> None:
        """The beginning or the end of an element that parts lines, or of a cell."""
        if tag in _BLOCKS:
            self.flush(tight_next=tag in ("li", "tr", "dd", "dt") and not down)
            if down:
                self.item = tag == "li" or (self.item and tag in ("p", "div", "span"))
                self.tight = self.tight and (self.item or tag in ("tr", "dd", "dt"))
                self.cells = 0
            elif tag == "li":
                self.item = False
        elif tag in _CELLS and down:
            if self.cells and self.last:
                self.add(" " if self.last == ":" else ": ")
            self.cells += 1

    def count(self, tag: str, node: int, step: int) -> None:
        """Counts an element as open (`step` 1), or no more (-1)."""
        self.links += step * (tag == "a")
        self.headings += step * (tag in _HEADINGS)
        self.printed += step * (tag == "pre")
        self.kept += step * (node in self.keep)
        self.dropped += step * (node in self.drop)
        self.noted += step * (node in self.notes)


def blocks_of(
    body: LexborNode, keep: AbstractSet[int], drop: AbstractSet[int], notes: AbstractSet[int], source: str
) -> list[Block]:
    """The blocks of a page in order.

    `keep`, `drop` and `notes` are the elements with the narrative, with frame and with footnotes. Raises
    `DiffingError` naming `source` where it takes longer than `MAX_SECONDS`.
    """
    deadline = time.process_time() + MAX_SECONDS
    reader = _Reader(keep, drop, notes)
    count = 0
    node: LexborNode | None = body
    down = True
    while node is not None:
        count += 1
        if count % 10_000 == 0 and time.process_time() > deadline:
            raise DiffingError(f"{source}: reading took more than {MAX_SECONDS:.0f} s: cut the page")
        tag = node.tag or ""
        if down and tag == "-text":
            reader.text(node.text_content or "")
        elif down and tag == "br":
            reader.flush(tight_next=True)
        else:
            reader.edge(tag, down=down)
        reader.count(tag, node.mem_id, 1 if down else -1)
        if down and tag == "table" and (rows := _figures_of(node)) is not None:
            for row in rows:
                reader.add(row)
                reader.flush(tight_next=True)
            down = False
        elif down and node.child is not None:
            node = node.child
        elif down:
            down = False
        else:
            node, down = _onward(node, body)
    reader.flush()
    return reader.blocks


def _figures_of(table: LexborNode) -> list[str] | None:
    """The lines of a table of figures; None where it is a layout, or holds another table, or a cell another cell."""
    if len(table.css("table")) > 1:
        return None
    left_to_read = len(table.text(separator=" ")) + len(
        table.css("td, th")
    )  # each cell once; in `math` one holds others
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # cells that stand beside the rows below: column -> how many, text
    for row in table.css("tr"):
        cells: list[str] = []

        def hang(cells: list[str] = cells) -> None:
            while len(cells) in hanging:
                left, text = hanging.pop(len(cells))
                if left > 1:
                    hanging[len(cells)] = (left - 1, text)
                cells.append(text)

        for cell in row.css("td, th"):
            hang()
            said = cell.text(separator=" ")
            left_to_read -= len(said) + 1
            if left_to_read < 0:
                return None
            text = clean(said)
            high = _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if high > 1:
                    hanging[len(cells)] = (high - 1, text)
                cells.append(text)
        hang()
        rows.append(cells)
    return grid_lines(rows)


def _span(cell: LexborNode, name: str) -> int:
    """Over how many columns or rows a cell stands."""
    span = cell.attributes.get(name) or "1"
    return max(1, min(int(span), MOST_COLUMNS)) if span.isdecimal() else 1


def _onward(node: LexborNode, body: LexborNode) -> tuple[LexborNode | None, bool]:
    """The next node after one that is done: its sibling, downwards, else its parent, upwards."""
    if node.mem_id == body.mem_id:
        return None, False
    if node.next is not None:
        return node.next, True
    return node.parent, False
