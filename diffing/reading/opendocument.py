"""An OpenDocument text becomes HTML: paragraphs, lists, tables with their spans, notes, text boxes, struck words.

What stands beside the text (comments, hidden passages, a picture's description) is left out; hidden and struck words
stay, marked, for the reader of pages to take out and say.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE = f"{_NAMES}office:1.0}}", f"{_NAMES}text:1.0}}", f"{_NAMES}table:1.0}}"
STYLE, DRAWING, DRAWN = f"{_NAMES}style:1.0}}", f"{_NAMES}drawing:1.0}}", f"{_NAMES}svg-compatible:1.0}}"

MOST_REPEATED = 40
"""Times that one cell is repeated. Range 10 to 1,000; default 40, a wide table; spreadsheets repeat empty ones to the
16,384th column."""

_TAGS = {
    f"{TEXT}h": "h3",
    f"{TEXT}p": "p",
    f"{TEXT}list": "ul",
    f"{TEXT}list-item": "li",
    f"{TEXT}list-header": "li",
    f"{TABLE}table": "table",
    f"{TABLE}table-row": "tr",
}
_LEFT_OUT = frozenset(
    {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls"}
    | {f"{OFFICE}annotation", f"{TABLE}covered-table-cell", f"{DRAWN}title", f"{DRAWN}desc"}
)
_SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": "<br>"}


class OpenText(Struct, dict=True):
    """What an OpenDocument text holds: its `page`, and what its tracked changes took out and put in."""

    content: Any
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    page: str = ""

    def __post_init__(self) -> None:
        self._notes: list[str] = []
        self._boxes: list[str] = []
        self._dress = dict(_dresses(self.content))
        for deletion in self.content.iter(f"{TEXT}deletion"):
            said = (" ".join("".join(p.itertext()).split()) for p in deletion if p.tag in (f"{TEXT}p", f"{TEXT}h"))
            self.deleted.append(" ".join(said))
        body = next(iter(self.content.iter(f"{OFFICE}body")), self.content)
        self.inserted += _inserted(body)
        self.page = "".join((*self._inside(body), *self._notes))

    def _inside(self, node: Any) -> Iterator[str]:
        """The HTML of what stands in an element; footnotes and text boxes are put aside."""
        for child in node:
            yield from self._of(child)
            yield html.escape(child.tail or "")

    def _of(self, node: Any) -> Iterator[str]:
        name = str(node.tag)
        if name in _LEFT_OUT:
            return
        inner = html.escape(node.text or "") + "".join(self._inside(node))
        if name in _SPACES:
            yield _SPACES[name]
        elif name == f"{TEXT}note":
            self._notes.append(f"<div class=footnote>{inner}</div>")
        elif name == f"{TEXT}note-citation":
            yield f"{inner} "
        elif name == f"{DRAWING}text-box":
            self._boxes.append(inner)
        elif name in _TAGS:
            yield f"<{_TAGS[name]}>{inner}</{_TAGS[name]}>"
            if name in (f"{TEXT}p", f"{TEXT}h"):  # a box stands behind the paragraph that it hangs on
                yield from self._boxes
                self._boxes.clear()
        elif name == f"{TABLE}table-cell":
            times = _number(node, f"{TABLE}number-columns-repeated")
            wide, high = (_number(node, f"{TABLE}number-{what}-spanned") for what in ("columns", "rows"))
            yield f"<td colspan={wide} rowspan={high}>{inner}</td>" * times
        else:
            dress = self._dress.get(node.get(f"{TEXT}style-name", ""), "") if name == f"{TEXT}span" else ""
            if _is_hidden(node):
                dress = "span hidden"
            yield f"<{dress}>{inner}</{dress.partition(' ')[0]}>" if dress else inner


def _dresses(content: Any) -> Iterator[tuple[str, str]]:
    """The tags of the document's own styles that strike, raise or hide words, by the styles' names."""
    for style in content.iter(f"{STYLE}style"):
        for format_ in style.iter(f"{STYLE}text-properties"):
            if format_.get(f"{STYLE}text-line-through-style", "none") != "none":
                yield style.get(f"{STYLE}name", ""), "s"
            elif str(format_.get(f"{STYLE}text-position", "")).startswith(("super", "3", "4", "5")):
                yield style.get(f"{STYLE}name", ""), "sup"
            elif format_.get(f"{TEXT}display") == "none":
                yield style.get(f"{STYLE}name", ""), "span hidden"


def _is_hidden(node: Any) -> bool:
    if node.tag == f"{TEXT}section":
        return bool(node.get(f"{TEXT}display") == "none")
    return node.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph") and node.get(f"{TEXT}is-hidden") != "false"


def _number(node: Any, name: str) -> int:
    value = node.get(name, "1")
    return max(1, min(int(value), MOST_REPEATED)) if value.isdecimal() else 1


def _inserted(body: Any) -> list[str]:
    """The words of each tracked insertion: those between its two marks."""
    open_: dict[str, list[str]] = {}
    done: list[str] = []

    def heard(text: str | None) -> None:
        for words in open_.values():
            words.append(text or "")

    def walk(node: Any) -> None:
        heard(node.text)
        for child in node:
            change = child.get(f"{TEXT}change-id", "")
            if child.tag == f"{TEXT}change-start":
                open_[change] = []
            elif child.tag == f"{TEXT}change-end":
                done.append(" ".join("".join(open_.pop(change, [])).split()))
            elif child.tag != f"{TEXT}tracked-changes":
                walk(child)
            heard(child.tail)

    walk(body)
    return done
