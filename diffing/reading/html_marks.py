"""What a page marks in its text: struck and inserted words, hidden ones, footnote marks and the footnotes themselves.

Struck words, hidden ones and footnote marks are taken out of the page before it is read, and said; footnotes stay,
as frame. `12<del>3</del>` is 12, and so is `12<sup>3</sup>`; `12 km<sup>2</sup>` keeps its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SHOWN = 3
"""Struck or inserted stretches that a note quotes. Range 1 to 10; default 3, one line; their number is said too."""

_STRUCK = "del, s, strike, [style*='line-through']"
_HIDDEN = ", ".join(
    ("[hidden]", *(f"[style*='{key}:{space}{value}']" for key, value in (("display", "none"), ("visibility", "hidden"))
                   for space in ("", " ")))
)  # fmt: skip
_FOOTNOTES = (
    "[role=doc-footnote]", "[role=doc-endnote]", "[role=doc-endnotes]", "section.footnotes", "div.footnotes",
    "ol.footnotes", "ol.references", "div.footnote", "p.footnote", "li.footnote", "aside.footnote", "div.endnotes",
    "p.MsoFootnoteText", "p.MsoEndnoteText", "#footnotes", "#endnotes", "li[id^=fn]", "li[id^=footnote]",
    "li[id^=cite_note]", "div[id^=ftn]", "div[id^=_ftn]", "p[id^=_ftn]", "p[id^=fn]",
)  # fmt: skip
# What a footnote mark is: a number, several, a letter, a star; in brackets or not.
_MARK = re.compile(r"[\[(]?(?:\^?\d{1,3}(?:[,–-]\d{1,3}){0,9}|[a-z]|[ivx]{2,4}|[*†‡§¶#]{1,3})[\])]?", re.IGNORECASE)
_BRACKETED = re.compile(r"\[\^?(?:\d{1,3}|[a-z]|[ivx]{1,4})\]|[*†‡]{1,3}", re.IGNORECASE)
_NOTE_ADDRESS = re.compile(r"#_?(?:fn|ftn|footnote|note|endnote|edn|cite)", re.IGNORECASE)
_BACK = re.compile(r"#_?(?:fn|ftnt?|footnote|note|endnote|edn|cite)[-_]?ref", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:[kcmd]?m|ft|mi|in|yd|sq|CO|H)\s?$")
_BIG_TEN = re.compile(r"[x×]\s*10$")  # 3 x 10<sup>6</sup>


def take_marks_out(page: LexborHTMLParser, text: LexborNode | None) -> tuple[str, ...]:
    """Takes struck and hidden words and footnote marks out of a page; says what they were in its `text`.

    `text` is the element with the narrative, where it is known; what is hidden in a page's menus is no news.
    """
    told = page if text is None else text
    notes: list[str] = []
    if count := sum(len(" ".join(node.text().split())) for node in _seen_by(told.css(_HIDDEN))):
        notes.append(f"{count:,} characters are hidden on the page and left out")
    _remove(_seen_by(page.css(_HIDDEN)))
    if said := _quoted(told.css(_STRUCK)):
        notes.append(f"struck out on the page and left out: {said}")
    _remove(page.css(_STRUCK))
    if said := _quoted(told.css("ins")):
        notes.append(f"inserted on the page and read as standing: {said}")
    marks = [*_superscripts(page), *_links(page)]
    if marks:
        notes.append("footnote marks are taken out of the text")
    _remove(marks)
    return tuple(notes)


def _seen_by(nodes: list[LexborNode]) -> list[LexborNode]:
    """Without the elements that hold a whole page: some sites show them by a script."""
    return [node for node in nodes if node.tag not in ("html", "body", "main", "article")]


def footnotes(body: LexborNode) -> set[int]:
    """The elements of a page that hold its footnotes: by their names, or by a link back to a mark in the text."""
    found: set[int] = set()
    for link in body.css("a[href*='ref']"):
        if _BACK.match(link.attributes.get("href") or ""):
            block = link.parent
            while block is not None and block.tag not in ("p", "li", "div", "aside", "td", "body"):
                block = block.parent
            if block is not None and block.tag != "body":
                found.add(block.mem_id)
    for selector in _FOOTNOTES:
        found.update(node.mem_id for node in body.css(selector))
    return found


def _superscripts(page: LexborHTMLParser) -> Iterator[LexborNode]:
    for node in page.css("sup, [style*='vertical-align:super'], [style*='vertical-align: super']"):
        before = _text_before(node)
        if _MARK.fullmatch("".join(node.text().split())) and not _UNIT.search(before) and not _BIG_TEN.search(before):
            yield node


def _links(page: LexborHTMLParser) -> Iterator[LexborNode]:
    for node in page.css("a[href^='#'], [role=doc-noteref], [role=doc-backlink]"):
        text = "".join(node.text().split())
        address = node.attributes.get("href") or ""
        ours = _NOTE_ADDRESS.match(address) or (node.attributes.get("role") or "").startswith("doc-")
        if _BRACKETED.fullmatch(text) or (ours and (_MARK.fullmatch(text) or text in ("↩", "↩︎", "^", "↑"))):
            yield node


def _text_before(node: LexborNode) -> str:
    before = node.prev
    return (before.text() or "")[-20:] if before is not None else ""


def _quoted(nodes: list[LexborNode]) -> str:
    """The first few texts of some elements, quoted, and how many more there are; empty where they hold none."""
    texts = [text for node in nodes if (text := " ".join(node.text().split()))]
    more = f" and {len(texts) - SHOWN} more" if len(texts) > SHOWN else ""
    return ", ".join(f'"{text[:80]}"' for text in texts[:SHOWN]) + more


def _remove(nodes: list[LexborNode]) -> None:
    seen: set[int] = set()
    for node in nodes:  # what lies in one that is gone is gone with it
        if node.mem_id in seen:
            continue
        seen.update(inner.mem_id for inner in node.css("*"))
        node.decompose(recursive=True)
