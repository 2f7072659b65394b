"""A saved web page becomes text: headings and paragraphs parted by blank lines, list items marked, frame set apart.

>>> page = "<nav>Home</nav><main><h2>Prevention</h2><p>It held <b>two</b> campaigns.</p></main>"
>>> page_text(page, HtmlRules(keep=("main",)), source="page.html").text
'Home\\n\\nPrevention\\n\\nIt held two campaigns.'

The text is where the profile's `keep` selectors find it; a page made by others, where they find too little, has it
in its longest run of prose. The rest of what a reader of the page would see is frame: it stays in the text, as spans.
Struck and hidden words and footnote marks are taken out, footnotes set apart, a table of figures told in lines.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from diffing.child import run_apart
from diffing.model import DiffingError, Span
from diffing.profile import HtmlRules
from diffing.reading.contents import Contents
from diffing.reading.encodings import clean
from diffing.reading.grids import grid_lines
from diffing.reading.html_marks import footnotes, take_marks_out

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Fewer characters than this share of the page's longest run of prose under a selector of `keep`: it found something
# else (a teaser, an empty template). Range 0 to 1. Higher distrusts good selectors on pages with long comments below,
# lower keeps a teaser.
ENOUGH_KEPT = 0.5
# What a block of text must have, in characters outside links, to count as prose rather than as frame when the longest
# run is looked for. Higher cuts off short paragraphs at the ends, lower takes in menus.
FRAME_COST = 40
# CPU seconds that each walk through one page may take; a page of 400 kB takes 0.02.
MAX_SECONDS = 10.0

# Characters of a page that is read in this process. Range 1,000 to 50,000: whatever stands in it, that takes a second
# and a hundred megabytes; a higher number lets one page take all there is.
SHORT = 20_000

# What reading one page may take, in CPU seconds and megabytes. Ranges 5 to 60, 200 to 4,000; a page of 400 kB takes 0.1
# and 20, one of 20 MB of plain paragraphs 6 and 500. Higher lets one page hold up a run.
SECONDS, MEGABYTES = 15.0, 1_000

# Elements open at one time; a real page has thirty, and browsers stop at 512. The parser's time grows with the product
# of a page's length and this. The tags of what is nested deeper become line breaks.
MOST_OPEN = 1_000
# And of those that dress words (bold, a font, a link): the parser opens all of them again in each paragraph.
MOST_DRESSES = 30

# Columns that one cell of a table may stand over.
MOST_COLUMNS = 40

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
# Elements that are never open, or that the next of their kind closes.
_NOT_NESTED = frozenset(
    re.findall(
        r"\w+",
        "area base body br col dd dt embed head hr html img input li link meta option p source tbody td tfoot th thead "
        "tr track wbr",
    )
)
_DRESSES = frozenset(re.findall(r"\w+", "a b big code em font i nobr s small strike strong tt u"))
_UNSEEN = "script, style, noscript, template, svg, iframe, canvas, object, head, datalist, select, option, audio, video"
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table "
        "tbody tfoot thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Block:
    """A line of the page: its text, the characters of it in links, what it is."""

    text: str
    linked: int
    kept: bool
    heading: bool
    item: bool
    note: bool  # of a footnote
    tight: bool  # goes on the line below, without a blank one


@dataclass(slots=True)
class _Reader:
    """Collects text into blocks while the page is walked through."""

    blocks: list[_Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    last: str = ""  # the last character of the parts that is no white space
    linked: int = 0
    item: bool = False
    tight: bool = False

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.last = text.rstrip()[-1:] or self.last

    def flush(self, *, kept: bool, heading: bool, note: bool = False, tight_next: bool = False) -> None:
        text = clean(_SPACE.sub(" ", "".join(self.parts)).strip())
        if text:
            self.blocks.append(_Block(text, self.linked, kept, heading, self.item, note, self.tight))
            self.item = False
            self.tight = False
        self.tight = self.tight or tight_next
        self.parts.clear()
        self.last = ""
        self.linked = 0


def page_text(page: str, rules: HtmlRules, *, source: str) -> Contents:
    """The text of a page, and what it says of itself.

    A page that is not short is read in a process of its own, since nothing ends a parser that takes for ever. Raises
    `DiffingError` naming `source` where the page has no text, or takes more than `SECONDS` or `MEGABYTES`.
    """
    if len(page) <= SHORT:
        return _read(page, rules, source)
    data = page.encode("utf-8", "surrogatepass")
    work, names = "diffing.reading.html:read_here", msgspec.to_builtins(rules)
    text, frame, *said = run_apart(work, data, names, source, seconds=SECONDS, megabytes=MEGABYTES, what=source)
    spans = tuple(Span(text[start:end], start, end, reason) for start, end, reason in frame)
    notes, titles, address = said
    return Contents(text, spans, tuple(notes), tuple(titles), address)


def read_here(data: bytes, rules: dict[str, Any], source: str) -> tuple[Any, ...]:
    """What `page_text` gives, as plain data, read in this process."""
    found = _read(data.decode("utf-8", "surrogatepass"), msgspec.convert(rules, HtmlRules), source)
    frame = [(span.start, span.end, span.reason) for span in found.frame]
    return found.text, frame, found.notes, found.titles, found.address


def _read(page: str, rules: HtmlRules, source: str) -> Contents:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_flattened(page))
    if tree.body is None:
        raise DiffingError(f"{source}: no HTML page: give the page as saved by a browser")
    titles, address = _titles(tree), _address(tree)
    tree.strip_tags(_UNSEEN.split(", "))
    notes = footnotes(tree.body)
    held = (tree.css_first(selector) for selector in rules.keep)
    noted = take_marks_out(tree, next(filter(None, held), None))

    def told(blocks: list[_Block]) -> Contents:
        text, frame = _join(blocks)
        return Contents(text, frame, noted, titles, address)

    dropped = _matches(tree.body, rules.drop)
    kept: set[int] = set()
    blocks = _blocks(tree.body, kept, dropped, notes, source)
    prose = _longest_prose(blocks)
    enough = ENOUGH_KEPT * sum(len(block.text) for block in prose)
    for selector in rules.keep:
        kept = _matches(tree.body, (selector,))
        if not kept:
            continue
        found = _blocks(tree.body, kept, dropped, notes, source)
        if sum(len(block.text) for block in found if block.kept) >= max(enough, 1):
            return told(found)
    for block in blocks:
        block.kept = False
    for block in prose:
        block.kept = True
    return told(blocks)


def _titles(tree: LexborHTMLParser) -> tuple[str, ...]:
    """What a page is called: by its head, for those who share it, over its text."""
    named = [node.text() for node in tree.css("head > title, h1")]
    named += [node.attributes.get("content") or "" for node in tree.css("meta[property='og:title']")]
    return tuple(name for printed in named if (name := clean(" ".join(printed.split()))))


def _address(tree: LexborHTMLParser) -> str:
    """Where a page says that it stands."""
    for selector, name in (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")):
        node = tree.css_first(selector)
        if node is not None and (found := node.attributes.get(name)):
            return found
    return ""


def _flattened(page: str) -> str:
    """`page` with line breaks for the tags of elements that are nested beyond all measure."""
    depths, limits = [0, 0], (MOST_OPEN, MOST_DRESSES)
    cuts: list[tuple[int, int]] = []
    for tag in _TAG.finditer(page):
        name = tag[2].lower()
        if name in _NOT_NESTED:
            continue
        kind = name in _DRESSES
        if not tag[1]:
            depths[kind] += 1
        if depths[kind] > limits[kind]:
            cuts.append(tag.span())
        if tag[1] and depths[kind]:
            depths[kind] -= 1
    if not cuts:
        return page
    ends = [0, *(end for _, end in cuts)]
    return "<br>".join(page[start:end] for start, end in zip(ends, [*(s for s, _ in cuts), len(page)], strict=True))


def _matches(body: LexborNode, selectors: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for selector in selectors:
        try:
            found.update(node.mem_id for node in body.css(selector))
        except (ValueError, RuntimeError) as error:
            raise DiffingError(f"the profile's selector {selector!r} is no valid CSS: {error}") from error
    return found


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def _blocks(body: LexborNode, keep: set[int], drop: set[int], notes: set[int], source: str) -> list[_Block]:
    """The blocks of the page in order, without recursion: a page may be nested as deeply as it likes."""
    deadline = time.process_time() + MAX_SECONDS
    reader = _Reader()
    kept = dropped = links = headings = cells = count = noted = 0
    node: LexborNode | None = body
    down = True
    while node is not None:
        count += 1
        if count % 10_000 == 0 and time.process_time() > deadline:
            raise DiffingError(f"{source}: reading took more than {MAX_SECONDS:.0f} s: cut the page")
        tag = node.tag or ""
        if down and tag == "-text":
            text = node.text_content or ""
            reader.add(text)
            if links:
                reader.linked += len(text.strip())
        elif down and tag == "br":
            reader.flush(kept=kept > 0 and not dropped, heading=headings > 0, note=noted > 0, tight_next=True)
        elif tag in _BLOCKS:
            tight = tag in ("li", "tr", "dd", "dt") and not down
            reader.flush(kept=kept > 0 and not dropped, heading=headings > 0, note=noted > 0, tight_next=tight)
            if down:
                reader.item = tag == "li" or (reader.item and tag in ("p", "div", "span"))
                reader.tight = reader.tight and (reader.item or tag in ("tr", "dd", "dt"))
                cells = 0
            elif tag == "li":
                reader.item = False
        elif tag in _CELLS and down:
            if cells and reader.last:
                reader.add(" " if reader.last == ":" else ": ")
            cells += 1
        step = 1 if down else -1
        links += step * (tag == "a")
        headings += step * (tag in _HEADINGS)
        kept += step * (node.mem_id in keep)
        dropped += step * (node.mem_id in drop)
        noted += step * (node.mem_id in notes)
        if down and tag == "table" and (lines := _figures_of(node)) is not None:
            for line in lines:
                reader.add(line)
                inside = kept > 0 or node.mem_id in keep
                reader.flush(kept=inside and not dropped, heading=False, note=noted > 0, tight_next=True)
            down = False
        elif down and node.child is not None:
            node = node.child
        elif down:
            down = False
        else:
            node, down = _onward(node, body)
    reader.flush(kept=kept > 0 and not dropped, heading=False)
    return reader.blocks


def _figures_of(table: LexborNode) -> list[str] | None:
    """The lines of a table of figures; None where it is a layout, or holds another table."""
    if len(table.css("table")) > 1:
        return None
    rows = []
    for row in table.css("tr"):
        cells: list[str] = []
        for cell in row.css("td, th"):
            span = cell.attributes.get("colspan") or "1"
            cells += [clean(cell.text(separator=" "))] * (min(int(span), MOST_COLUMNS) if span.isdigit() else 1)
        rows.append(cells)
    return grid_lines(rows)


def _onward(node: LexborNode, body: LexborNode) -> tuple[LexborNode | None, bool]:
    """The next node after one that is done: its sibling, downwards, else its parent, upwards."""
    if node.mem_id == body.mem_id:
        return None, False
    if node.next is not None:
        return node.next, True
    return node.parent, False


def _longest_prose(blocks: list[_Block]) -> list[_Block]:
    """The run of blocks with the most text outside links, each block at a cost."""
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for place, block in enumerate(blocks):
        unlinked = len(block.text) - 2 * block.linked
        gain = unlinked - FRAME_COST
        if total <= 0:
            total, start = 0.0, place
        total += gain
        if total > best[0]:
            best = (total, start, place + 1)
    start, stop = best[1], best[2]
    # A heading right above the run belongs to it, with those above it.
    while start and blocks[start - 1].heading and not blocks[start - 1].linked:
        start -= 1
    return blocks[start:stop]


def _join(blocks: list[_Block]) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    frame: list[tuple[int, int, str]] = []
    length = 0
    previous: _Block | None = None
    for block in blocks:
        apart = not block.kept or block.note
        line = f"• {block.text}" if block.item and not apart else block.text
        gap = ""
        if previous is not None:
            before = not previous.kept or previous.note
            together = block.tight or (apart and before)
            gap = "\n" if together and apart == before else "\n\n"
        parts += [gap, line]
        start = length + len(gap)
        length = start + len(line)
        if apart:
            reason = "footnote" if block.kept else "frame of the page"
            if frame and previous is not None and frame[-1][1] == start - len(gap) and frame[-1][2] == reason:
                start = frame.pop()[0]
            frame.append((start, length, reason))
        previous = block
    text = "".join(parts)
    return text, tuple(Span(text[start:end], start, end, reason) for start, end, reason in frame)
