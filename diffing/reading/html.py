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
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from diffing.child import run_apart
from diffing.model import DiffingError, Span
from diffing.profile import HtmlRules
from diffing.reading.contents import Contents
from diffing.reading.encodings import clean
from diffing.reading.html_blocks import Block, blocks_of
from diffing.reading.html_marks import WHOLE_PAGE, footnotes, take_marks_out

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Fewer characters than this share of the page's longest run of prose under a selector of `keep`: it found something
# else (a teaser, an empty template). Range 0 to 1. Higher distrusts good selectors on pages with long comments below,
# lower keeps a teaser.
ENOUGH_KEPT = 0.5
# What a block that is no heading and ends no sentence must have, in characters outside links, to count as prose rather
# than as frame when the longest run is looked for. Higher cuts off lists at the ends, lower takes in menus.
FRAME_COST = 40
# Characters of a block that ends with a full stop to be a sentence. Lower takes "Soon." and "Read more." for prose.
SHORTEST_SENTENCE = 20
# Characters of a page that is read in this process. Range 1,000 to 50,000: whatever stands in it, that takes a second
# and a hundred megabytes; a higher number lets one page take all there is.
SHORT = 20_000

# What reading one page may take, in CPU seconds and megabytes, and so many more for each megabyte of it. Ranges 5 to
# 60, 200 to 1,000, 25 to 100; a page of 400 kB takes 0.1 and 20, one of 20 MB of plain paragraphs 6 and 500. Higher
# lets one page hold up a run, and two that are read beside each other fill the memory.
SECONDS, MEGABYTES, MEGABYTES_FOR_EACH = 15.0, 300, 30

# Elements open at one time; a real page has thirty, and browsers stop at 512. The parser's time grows with the product
# of a page's length and this. The tags of what is nested deeper become line breaks.
MOST_OPEN = 1_000
# And of those that dress words (bold, a font, a link): the parser opens all of them again in each paragraph.
MOST_DRESSES = 30

# What our own pages say that they were made by: what stands on one are two narratives and what was found in them.
OURS = "diffing "

_JOINED = re.compile(r"[\s>+~:]")  # a selector that joins others
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
_SENTENCE_END = re.compile(r"[.?!…][”’\"')\]]*$")


def page_text(page: str, rules: HtmlRules, *, source: str) -> Contents:
    """The text of a page, and what it says of itself.

    A page that is not short is read in a process of its own, since nothing ends a parser that takes for ever, or a
    selector that does: `q div div div` tries each with each. Raises
    `DiffingError` naming `source` where the page has no text, or takes more than `SECONDS` or its megabytes.
    """
    if len(page) <= SHORT and not any(_JOINED.search(selector) for selector in (*rules.keep, *rules.drop)):
        return _read(page, rules, source)
    data = page.encode("utf-8", "surrogatepass")
    work, names = "diffing.reading.html:read_here", msgspec.to_builtins(rules)
    megabytes = int(MEGABYTES + MEGABYTES_FOR_EACH * len(data) / 1e6)
    text, frame, *said = run_apart(work, data, names, source, seconds=SECONDS, megabytes=megabytes, what=source)
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

    tree = LexborHTMLParser(flattened(page))
    if tree.body is None:
        raise DiffingError(f"{source}: no HTML page: give the page as saved by a browser")
    titles, address = _titles(tree), _address(tree)
    if tree.css_first(f"meta[name=generator][content^='{OURS}']") is not None:
        named = f" ({titles[0]})" if titles else ""
        raise DiffingError(
            f"{source}: a page of a report that diffing wrote{named}, not a narrative: give what it read"
        )
    styles = "\n".join(node.text() for node in tree.css("style"))
    tree.strip_tags(_UNSEEN.split(", "))
    notes = footnotes(tree.body)
    held = (tree.css_first(selector) for selector in rules.keep)
    noted = take_marks_out(tree, next(filter(None, held), None), styles)

    def told(blocks: list[Block]) -> Contents:
        text, frame = _join(blocks)
        return Contents(text, frame, noted, titles, address)

    dropped = _matches(tree.body, rules.drop, but=WHOLE_PAGE)
    kept: set[int] = set()
    blocks = blocks_of(tree.body, kept, dropped, notes, source)
    prose = _longest_prose(blocks)
    enough = ENOUGH_KEPT * sum(len(block.text) for block in prose)
    for selector in rules.keep:
        kept = _matches(tree.body, (selector,))
        if not kept:
            continue
        found = blocks_of(tree.body, kept, dropped, notes, source)
        if sum(len(block.text) for block in found if block.kept) >= max(enough, 1):
            return told(found)
    for block in blocks:
        block.kept = False
    for block in prose:
        block.kept = not block.dropped
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


def flattened(page: str) -> str:
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


def _matches(body: LexborNode, selectors: Iterable[str], but: Collection[str] = ()) -> set[int]:
    """The elements that selectors find, but for those of some tags."""
    found: set[int] = set()
    for selector in selectors:
        try:
            found.update(node.mem_id for node in body.css(selector) if node.tag not in but)
        except (ValueError, RuntimeError) as error:
            raise DiffingError(f"the profile's selector {selector!r} is no valid CSS: {error}") from error
    return found


def _longest_prose(blocks: list[Block]) -> list[Block]:
    """The run of paragraphs with the most text outside links, each at a cost unless it is prose or a heading."""
    paragraphs: list[list[Block]] = []
    for block in blocks:
        if paragraphs and block.tight and not block.item and block.dropped == paragraphs[-1][-1].dropped:
            paragraphs[-1].append(block)  # the next line of it
        else:
            paragraphs.append([block])
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for place, paragraph in enumerate(paragraphs):
        if total <= 0:
            total, start = 0.0, place
        total += _gain(paragraph)
        if total > best[0]:
            best = (total, start, place + 1)
    start, stop = best[1], best[2]
    # A heading right above the run belongs to it, with those above it.
    while start and _is_heading(paragraphs[start - 1]):
        start -= 1
    return [block for paragraph in paragraphs[start:stop] for block in paragraph]


def _gain(paragraph: Sequence[Block]) -> float:
    """What a paragraph adds to a run of prose: its letters outside links, less a cost where it may be frame."""
    letters = sum(len(block.text) - 2 * block.linked for block in paragraph)
    if paragraph[0].dropped:
        return -sum(len(block.text) for block in paragraph) - FRAME_COST
    sentence = _SENTENCE_END.search(paragraph[-1].text) is not None and letters >= SHORTEST_SENTENCE
    prose = sentence and not any(block.linked for block in paragraph)
    return letters - (0 if prose or paragraph[0].note or _is_heading(paragraph) else FRAME_COST)


def _is_heading(paragraph: Sequence[Block]) -> bool:
    first = paragraph[0]
    return len(paragraph) == 1 and not first.linked and (first.heading or first.text.isupper())


def _join(blocks: list[Block]) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    frame: list[tuple[int, int, str]] = []
    length = 0
    previous: Block | None = None
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
