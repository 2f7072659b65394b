"""A Markdown text becomes HTML, as it would be shown: headings, lists, tables, struck words, footnotes."""

from __future__ import annotations

import html
import re

from diffing.child import run_apart

FRONT = "front-matter"
"""What the block with the text's own particulars is called on the page: it is frame."""

_FRONT = re.compile(r"---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ ]*[\"']?([^\n\"']+)", re.MULTILINE | re.IGNORECASE)
_NOTE = re.compile(r"^\[\^([\w-]{1,20})\]:[ ]*((?:[^\n]|\n(?=[ ]{2,}\S))+)", re.MULTILINE)
_MARK = re.compile(r"\[\^([\w-]{1,20})\]")
_YEAR_FIRST = re.compile(r"^((?:19|20)\d\d)\.(?=\s)", re.MULTILINE)


SHORT, SECONDS, MEGABYTES, MEGABYTES_FOR_EACH = 20_000, 15.0, 300, 60
"""Characters of a text that is made a page in this process; CPU seconds and megabytes that another may take in one of
its own, and so many more for each megabyte. Ranges 1,000 to 50,000, 5 to 60, 200 to 1,000, 30 to 100; a megabyte of
prose takes 20, one of marks in marks 400."""


MOST_FILLED = 5_000
"""Empty cells that may be put where a table's rows have fewer than its head. Range 1,000 to 50,000; default 5,000,
which take 0.2 s: ten kilobytes can ask for any number, and the library fills in 65,000."""

_UNDER_HEADS = frozenset(" \t>*+0123456789.)|:-")  # what the line under a table's heads is made of, in a list too


def markdown_page(text: str, source: str) -> str:
    """The page that a Markdown text is shown as; raises `DiffingError` naming `source` where that takes too much."""
    if len(text) <= SHORT:
        return page_here(text)
    work, data = "diffing.reading.markdown:page_here", text.encode("utf-8", "surrogatepass")
    megabytes = int(MEGABYTES + MEGABYTES_FOR_EACH * len(data) / 1e6)
    page: str = run_apart(work, data, seconds=SECONDS, megabytes=megabytes, what=source)
    return page


def page_here(text: str | bytes) -> str:
    """As `markdown_page`, in this process."""
    from markdown_it import MarkdownIt

    text = text if isinstance(text, str) else text.decode("utf-8", "surrogatepass")
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    head = front_matter = ""
    if front := _FRONT.match(text):
        titled = _TITLE.search(front[1])
        head = f"<head><title>{html.escape(titled[1].strip())}</title></head>" if titled else ""
        front_matter = f"<div id={FRONT}>{html.escape(front[1])}</div>"
        text = text[front.end() :]
    notes = [
        f"<div class=footnote>{name} {html.escape(' '.join(said.split()))}</div>" for name, said in _NOTE.findall(text)
    ]
    text = _MARK.sub(r"<sup>\1</sup>", _NOTE.sub("", text)) if notes else text
    # what is set in is no program here, and a year at a line's beginning no number of a list
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("code")
    if _filled_in(text) > MOST_FILLED:
        reader.disable("table")
    page = reader.render(_YEAR_FIRST.sub(r"\1\\.", text))
    return f"<html>{head}<body>{front_matter}{page}{''.join(notes)}</body></html>"


def _filled_in(text: str) -> int:
    """How many empty cells the tables of a text are filled up with, or more."""
    found = rows = cells = 0
    for line in reversed(text.split("\n")):
        if not line.strip():
            rows = cells = 0
            continue
        wide = line.count("|") + 1
        if "-" in line and _UNDER_HEADS.issuperset(line):
            found += max(0, wide * rows - cells)
        rows, cells = rows + 1, cells + wide
    return found
