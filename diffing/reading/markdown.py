"""A Markdown text becomes HTML, as it would be shown: headings, lists, tables, struck words, footnotes."""

from __future__ import annotations

import html
import re

FRONT = "front-matter"
"""What the block with the text's own particulars is called on the page: it is frame."""

_FRONT = re.compile(r"---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ ]*[\"']?([^\n\"']+)", re.MULTILINE | re.IGNORECASE)
_NOTE = re.compile(r"^\[\^([\w-]{1,20})\]:[ ]*((?:[^\n]|\n(?=[ ]{2,}\S))+)", re.MULTILINE)
_MARK = re.compile(r"\[\^([\w-]{1,20})\]")
_YEAR_FIRST = re.compile(r"^((?:19|20)\d\d)\.(?=\s)", re.MULTILINE)


def markdown_page(text: str) -> str:
    """The page that a Markdown text is shown as."""
    from markdown_it import MarkdownIt

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
    page = reader.render(_YEAR_FIRST.sub(r"\1\\.", text))
    return f"<html>{head}<body>{front_matter}{page}{''.join(notes)}</body></html>"
