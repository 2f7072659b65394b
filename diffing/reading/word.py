"""A Word document made ready for the library that reads it: what that leaves out in silence is put in or said.

Tracked changes are accepted, moves among them; hidden runs go, and how many letters is said; text boxes, simple fields
and formulas, which the library skips, become what it reads.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import accumulate
from typing import Any
from xml.etree.ElementTree import Element, tostring  # to build and write; strangers' files are parsed by defusedxml

from diffing.reading.xml_parts import parsed_xml

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = "{urn:schemas-microsoft-com:vml}"

# The parts of a document that hold its text and its notes.
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_OFF = frozenset({"0", "false", "off"})
_FIELD = {"begin": 1, "end": -1}


class Word:
    """A Word document: its bytes as the library is to read them, and what its tracked changes and hidden runs say."""

    def __init__(self, data: bytes, archive: zipfile.ZipFile) -> None:
        self.inserted: list[str] = []
        self.deleted: list[str] = []
        self.moved: list[str] = []
        self.hidden = self.embedded = self.letters = self.fields_in_fields = 0
        trees = {name: parsed_xml(archive.read(name)) for name in _PARTS if name in archive.namelist()}
        changed = {name: tree for name, tree in trees.items() if self._prepared(tree)}
        self.data = _repacked(archive, changed) if changed else data

    def _prepared(self, tree: Any) -> bool:
        """Notes what a part's tracked changes say, and makes it ready; whether anything was changed."""
        self.inserted += [_words(node, "t") for node in tree.iter(f"{WORD}ins")]
        self.deleted += [_words(node, "delText") for node in tree.iter(f"{WORD}del")]
        self.moved += [_words(node, "t") for node in tree.iter(f"{WORD}moveTo")]
        self.embedded += sum(1 for _ in tree.iter(f"{WORD}altChunk"))
        self.letters += sum(map(len, tree.itertext()))
        marks = [_FIELD.get(node.get(f"{WORD}fldCharType"), 0) for node in tree.iter(f"{WORD}fldChar")]
        self.fields_in_fields = max(
            self.fields_in_fields, *accumulate(marks, lambda open_, mark: max(0, open_ + mark)), 0
        )
        changed = False
        for node in list(tree.iter()):
            change = _CHANGES.get(node.tag)
            if change is not None:
                changed = change(node) or changed
            if node.tag == f"{WORD}r" and _is_on(node, "vanish"):
                for text in node.findall(f"{WORD}t"):
                    self.hidden += len(text.text or "")
                    node.remove(text)
                changed = True
        return changed


def _words(node: Any, tag: str) -> str:
    return " ".join("".join(part.text or "" for part in node.iter(f"{WORD}{tag}")).split())


def _is_on(run: Any, name: str) -> bool:
    """Whether a run's own format says so."""
    mark = run.find(f"{WORD}rPr/{WORD}{name}")
    return mark is not None and mark.get(f"{WORD}val") not in _OFF


def _struck_once(node: Any) -> bool:
    node.tag = f"{WORD}strike"
    return True


def _transparent(node: Any) -> bool:
    """A simple field, of which only what it shows is read."""
    node.tag = f"{WORD}smartTag"
    return True


def _text_box(node: Any) -> bool:
    """A drawing of which there are two forms, with a text box in it: the text box alone."""
    boxes = list(node.iter(f"{WORD}txbxContent"))
    if not boxes:
        return False
    text = Element(f"{_DRAWN}textbox")
    text.append(boxes[0])
    node.clear()
    node.tag = f"{WORD}pict"
    node.append(text)
    return True


def _formula(node: Any) -> bool:
    """A formula as its letters."""
    text = Element(f"{WORD}t")
    text.text = "".join(part.text or "" for part in node.iter(f"{_MATH}t"))
    tail = node.tail
    node.clear()
    node.tag, node.tail = f"{WORD}r", tail
    node.append(text)
    return True


_CHANGES: dict[str, Callable[[Any], bool]] = {
    f"{WORD}dstrike": _struck_once,
    f"{WORD}fldSimple": _transparent,
    f"{_CHOICES}AlternateContent": _text_box,
    f"{_MATH}oMath": _formula,
}


def _repacked(archive: zipfile.ZipFile, changed: dict[str, Any]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as packed:
        for entry in archive.infolist():
            tree = changed.get(entry.filename)
            packed.writestr(entry.filename, archive.read(entry) if tree is None else tostring(tree, "utf-8"))
    return into.getvalue()
