"""What a page marks in its text: struck and inserted words, hidden ones, footnote marks and the footnotes themselves.

Struck words, hidden ones and footnote marks are taken out of the page before it is read, and said; footnotes stay,
as frame. `12<del>3</del>` is 12, and so is `12<sup>3</sup>`; `12 km<sup>2</sup>` keeps its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SHOWN = 3
"""Struck or inserted stretches that a note quotes. Range 1 to 10; default 3, one line; their number is said too."""

WHOLE_PAGE = frozenset({"html", "body", "main", "article"})
"""Elements that hold a whole page: never hidden or frame, for some sites show them by a script."""

FOLDED_SHARE = 0.5
"""The share of a page's words that may be hidden; where more are, a script shows them. Range 0.2 to 1; default 0.5."""

MOST_STYLES = 500
"""Selectors of a page's own style sheets that are asked for. Range 50 to any; default 500, ten times those of Word."""


def _styled(key: str, value: str) -> list[str]:
    """Elements with a declaration of their own, however it is spaced."""
    return [f"[style*='{key}{before}:{after}{value}' i]" for before in ("", " ") for after in ("", " ")]


# What is hidden, struck or raised: by the tag, by the element's own style; in style sheets by these declarations.
_HIDDEN = (
    "[hidden]",
    ".sr-only",
    ".visually-hidden",
    ".screen-reader-text",
    *_styled("display", "none"),
    *_styled("visibility", "hidden"),
)
_STRUCK = ("del", "s", "strike", "[style*='line-through' i]")
_RAISED = ("sup", *_styled("vertical-align", "super"))
_DECLARED = {
    "hidden": re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE),
    "struck": re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE),
    "raised": re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE),
}
# A comment that nothing closes goes on to the end, as for a browser.
_AT_RULE = re.compile(r"@[^@{};]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|<!--|-->")
_SIMPLE = re.compile(r"(?:[.#][A-Za-z_][\w-]*+)++")
_TAG_NAME = ascii_lowercase + digits
_FOOTNOTES = (
    "[role=doc-footnote]", "[role=doc-endnote]", "[role=doc-endnotes]", "section.footnotes", "div.footnotes",
    "ol.footnotes", "ol.references", "div.footnote", "p.footnote", "li.footnote", "aside.footnote", "div.endnotes",
    "p.MsoFootnoteText", "p.MsoEndnoteText", "#footnotes", "#endnotes", "li[id^=fn]", "li[id^=footnote]",
    "li[id^=cite_note]", "div[id^=ftn]", "div[id^=_ftn]", "p[id^=_ftn]", "p[id^=fn]",
    "[epub\\:type~=footnote]", "[epub\\:type~=endnote]", "[epub\\:type~=footnotes]", "[epub\\:type~=endnotes]",
    "[style*='mso-element:footnote-list']", "[style*='mso-element:comment-list']", "div[id^=sdfootnote]",
)  # fmt: skip
# What a footnote mark is: a number, several, a letter, a star; in brackets or not.
_MARK = re.compile(r"[\[(]?(?:\^?\d{1,3}(?:[,–-]\d{1,3}){0,9}|[a-z]|[ivx]{2,4}|[*†‡§¶#]{1,3})[\])]?", re.IGNORECASE)
_BRACKETED = re.compile(r"\[\^?(?:\d{1,3}|[a-z]|[ivx]{1,4})\]|[*†‡]{1,3}", re.IGNORECASE)
_NOTE_ADDRESS = re.compile(r"#_?(?:fn|ftn|footnote|note|endnote|edn|cite|cmnt|sdfootnote|sdendnote)", re.IGNORECASE)
_BACK = re.compile(
    r"#_?(?:fn|ftnt?|footnote|note|endnote|edn|cite|cmnt)[-_]?ref|#sd(?:foot|end)note\d+anc", re.IGNORECASE
)
_UNIT = re.compile(r"\b(?:[kcmd]?m|ft|mi|in|yd|sq|CO|H)\s?$")
_BIG_TEN = re.compile(r"[x×]\s*10$")  # 3 x 10<sup>6</sup>


def take_marks_out(page: LexborHTMLParser, text: LexborNode | None, styles: str = "") -> tuple[str, ...]:
    """Takes struck and hidden words and footnote marks out of a page; says what they were in its `text`.

    `text` is the element with the narrative, where it is known; what is hidden in a page's menus is no news. `styles`
    are the page's own style sheets.
    """
    told = page if text is None else text
    declared = _declared(styles)
    notes = _take_hidden_out(page, text, ", ".join((*_HIDDEN, *declared["hidden"])))
    struck = ", ".join((*_STRUCK, *declared["struck"]))
    if said := _quoted(told.css(struck)):
        notes.append(f"struck out on the page and left out: {said}")
    _remove(page.css(struck))
    if said := _quoted(told.css("ins")):
        notes.append(f"inserted on the page and read as standing: {said}")
    marks = [*_superscripts(page, ", ".join((*_RAISED, *declared["raised"]))), *_links(page)]
    if marks:
        notes.append("footnote marks are taken out of the text")
    _remove(marks)
    return tuple(notes)


def _take_hidden_out(page: LexborHTMLParser, text: LexborNode | None, selector: str) -> list[str]:
    """Takes what is hidden out of a page, but for what a reader can unfold; what was done, in words."""
    found = [node for node in page.css(selector) if node.tag not in WHOLE_PAGE]
    folded = {node.mem_id for node in found if _unfolds(node, page)}
    hidden = [node for node in found if node.mem_id not in folded]
    ours = {node.mem_id for node in (page if text is None else text).css(selector)}
    size = _letters(node for node in hidden if node.mem_id in ours)
    if size > FOLDED_SHARE * _letters([page.body if text is None else text]):
        folded, hidden = {*folded, *(node.mem_id for node in hidden)}, []
    notes = []
    if count := _letters(node for node in found if node.mem_id in folded & ours):
        notes.append(f"{count:,} characters stand in parts of the page that unfold, and are read")
    if count := _letters(node for node in hidden if node.mem_id in ours):
        notes.append(f"{count:,} characters are hidden on the page and left out")
    _remove(hidden)
    return notes


def _letters(nodes: Iterable[LexborNode | None]) -> int:
    return sum(len(" ".join(node.text().split())) for node in nodes if node is not None)


def _unfolds(node: LexborNode, page: LexborHTMLParser) -> bool:
    """Whether a hidden element unfolds at a click: something on the page controls it, or a button stands over it."""
    name = node.attributes.get("id") or ""
    if re.fullmatch(r"[A-Za-z][\w-]*", name) and page.css_first(f"[aria-controls='{name}']") is not None:
        return True
    before = node.prev
    while before is not None and before.tag == "-text" and not (before.text() or "").strip():
        before = before.prev
    if before is None or before.tag == "-text":
        return False
    return before.tag in ("button", "summary") or before.css_first("button, [aria-expanded]") is not None


def _declared(styles: str) -> dict[str, list[str]]:
    """The plain selectors (a class, an id) that a page's style sheets hide, strike or raise."""
    found: dict[str, list[str]] = {kind: [] for kind in _DECLARED}
    for rule in _AT_RULE.sub(" ", styles).split("}"):
        names, _brace, body = rule.rpartition("{")
        for kind, pattern in _DECLARED.items():
            if len(found[kind]) < MOST_STYLES and pattern.search(body):
                found[kind] += [
                    name for part in names.split(",") if _SIMPLE.fullmatch((name := part.strip()).lstrip(_TAG_NAME))
                ]
    return found


def footnotes(body: LexborNode) -> set[int]:
    """The elements of a page that hold its footnotes: by their names, or by a link back to a mark in the text."""
    found: set[int] = set()
    for link in body.css("a[href*='ref'], a[href$='anc']"):
        if _BACK.match(link.attributes.get("href") or ""):
            block = link.parent
            while block is not None and block.tag not in ("p", "li", "div", "aside", "td", "body"):
                block = block.parent
            if block is not None and block.tag != "body":
                found.add(block.mem_id)
    for selector in _FOOTNOTES:
        found.update(node.mem_id for node in body.css(selector))
    return found


def _superscripts(page: LexborHTMLParser, selector: str) -> Iterator[LexborNode]:
    for node in page.css(selector):
        before = _text_before(node)
        if _MARK.fullmatch("".join(node.text().split())) and not _UNIT.search(before) and not _BIG_TEN.search(before):
            yield node


def _links(page: LexborHTMLParser) -> Iterator[LexborNode]:
    for node in page.css("a[href^='#'], [role=doc-noteref], [role=doc-backlink], [epub\\:type~=noteref]"):
        text = "".join(node.text().split())
        address = node.attributes.get("href") or ""
        kind = node.attributes.get("role") or node.attributes.get("epub:type") or ""
        ours = _NOTE_ADDRESS.match(address) or kind.startswith("doc-") or kind == "noteref"
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
