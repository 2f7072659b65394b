"""A saved web page becomes text: headings and paragraphs parted by blank lines, list items marked, frame set apart.

>>> page = "<nav>Home</nav><main><h2>Prevention</h2><p>It held <b>two</b> campaigns.</p></main>"
>>> page_text(page, HtmlRules(keep=("main",)), source="page.html")[0]
'Home\\n\\nPrevention\\n\\nIt held two campaigns.'

The text is where the profile's `keep` selectors find it; a page made by others, where they find too little, has it
in its longest run of prose. The rest of what a reader of the page would see is frame: it stays in the text, as spans.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from diffing.model import DiffingError, Span
from diffing.profile import HtmlRules
from diffing.reading.encodings import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Fewer characters than this share of the page's longest run of prose under a selector of `keep`: it found something
# else (a teaser, an empty template). Range 0 to 1. Higher distrusts good selectors on pages with long comments below,
# lower keeps a teaser.
ENOUGH_KEPT = 0.5
# What a block of text must have, in characters outside links, to count as prose rather than as frame when the longest
# run is looked for. Higher cuts off short paragraphs at the ends, lower takes in menus.
FRAME_COST = 40
# CPU seconds that each walk through one page may take; a page of 400 kB takes 0.02.
MAX_SECONDS = 10.0

# Elements open at one time; a real page has thirty, and browsers stop at 512. The parser's time grows with the product
# of a page's length and this. The tags of what is nested deeper become line breaks.
MOST_OPEN = 1_000
# And of those that dress words (bold, a font, a link): the parser opens all of them again in each paragraph.
MOST_DRESSES = 30

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

    def flush(self, *, kept: bool, heading: bool, tight_next: bool = False) -> None:
        text = clean(_SPACE.sub(" ", "".join(self.parts)).strip())
        if text:
            self.blocks.append(_Block(text, self.linked, kept, heading, self.item, self.tight))
            self.item = False
            self.tight = False
        self.tight = self.tight or tight_next
        self.parts.clear()
        self.last = ""
        self.linked = 0


def page_text(page: str, rules: HtmlRules, *, source: str) -> tuple[str, tuple[Span, ...]]:
    """The text of a page, and the spans of it that are frame.

    Raises `DiffingError` naming `source` where the page has no text, or takes longer than `MAX_SECONDS`.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_flattened(page))
    if tree.body is None:
        raise DiffingError(f"{source}: no HTML page: give the page as saved by a browser")
    tree.strip_tags(_UNSEEN.split(", "))
    dropped = _matches(tree.body, rules.drop)
    kept: set[int] = set()
    blocks = _blocks(tree.body, kept, dropped, source)
    prose = _longest_prose(blocks)
    enough = ENOUGH_KEPT * sum(len(block.text) for block in prose)
    for selector in rules.keep:
        kept = _matches(tree.body, (selector,))
        if not kept:
            continue
        found = _blocks(tree.body, kept, dropped, source)
        if sum(len(block.text) for block in found if block.kept) >= max(enough, 1):
            return _join(found)
    for block in blocks:
        block.kept = False
    for block in prose:
        block.kept = True
    return _join(blocks)


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


def _blocks(body: LexborNode, keep: set[int], drop: set[int], source: str) -> list[_Block]:
    """The blocks of the page in order, without recursion: a page may be nested as deeply as it likes."""
    deadline = time.process_time() + MAX_SECONDS
    reader = _Reader()
    kept = dropped = links = headings = cells = count = 0
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
            reader.flush(kept=kept > 0 and not dropped, heading=headings > 0, tight_next=True)
        elif tag in _BLOCKS:
            tight = tag in ("li", "tr", "dd", "dt") and not down
            reader.flush(kept=kept > 0 and not dropped, heading=headings > 0, tight_next=tight)
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
        if tag == "a":
            links += step
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            headings += step
        kept += step * (node.mem_id in keep)
        dropped += step * (node.mem_id in drop)
        if down and node.child is not None:
            node = node.child
        elif down:
            down = False
        else:
            node, down = _onward(node, body)
    reader.flush(kept=kept > 0 and not dropped, heading=False)
    return reader.blocks


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
    frame: list[tuple[int, int]] = []
    length = 0
    previous: _Block | None = None
    for block in blocks:
        line = f"• {block.text}" if block.item and block.kept else block.text
        gap = ""
        if previous is not None:
            together = block.tight or not (block.kept or previous.kept)
            gap = "\n" if together and block.kept == previous.kept else "\n\n"
        parts += [gap, line]
        start = length + len(gap)
        length = start + len(line)
        if not block.kept:
            if frame and previous is not None and not previous.kept:
                start = frame.pop()[0]
            frame.append((start, length))
        previous = block
    text = "".join(parts)
    return text, tuple(Span(text[start:end], start, end, "frame of the page") for start, end in frame)
