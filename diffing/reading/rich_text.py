"""A rich text (RTF) made ready for the library that reads it, which knows neither struck nor hidden words, nor notes.

    found = rich_text(r"{\\rtf1 It freed 12{\\super 3} men.{\\footnote The ministry said so.}}")
    found.text
    'It freed 12 men.[1]\\n\\n[1] The ministry said so.'

Each stretch that the library would lose is put between two marks of its own before, and taken out or moved after.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from importlib import import_module

from msgspec import Struct, field

from diffing.reading.grids import grid_lines

# What a group or a switch says of the words in it -> the two characters between which they are put.
_KINDS = ("deleted", "revised", "strike", "v", "super", "footnote", "box", "cell", "row", "anchor")
_MARKS = {kind: (chr(0xE000 + 2 * n), chr(0xE001 + 2 * n)) for n, kind in enumerate(_KINDS)}
_SWITCHES = {"strike": "strike", "striked": "strike", "v": "v", "super": "super", "deleted": "deleted"}
_SWITCHES |= {"revised": "revised"}
_OFF = {"nosupersub": ("super",), "plain": ("strike", "v", "super", "deleted", "revised"), "sub": ("super",)}
_LIFTED = {"footnote": "footnote", "shptxt": "box", "dptxbxtext": "box"}  # groups that are read, elsewhere
_BULKY = frozenset({"pict", "objdata", "themedata", "colorschememapping", "datastore", "latentstyles"})
_TOKEN = re.compile(r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'[0-9A-Fa-f]{2}|\\[^A-Za-z]|[{}]|[^\\{}]+|\\")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_MARK = re.compile(r"[\d,* †‡]*")


class RichText(Struct, dict=True):
    """The text, with footnotes behind it under marks of their own, and what was struck, hidden and changed."""

    text: str
    said: dict[str, list[str]]


class _Group(Struct, dict=True):
    """An open group: what is switched on in it, and whether it is lifted out of its place."""

    on: tuple[str, ...] = ()
    lifted: str = ""
    skipped: bool = False  # a picture or the like: much, and no text


class _Maker(Struct, dict=True):
    """Walks through the source and puts the marks in; `outs` are the texts that are being written, the inner last."""

    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    outs: list[list[str]] = field(default_factory=lambda: [[]])
    boxes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def marked(self, source: str) -> str:
        """The source with marks, text boxes behind their paragraphs, footnotes at the end."""
        for token in _TOKEN.finditer(source):
            self._take(token)
        while len(self.groups) > 1:
            self._close()
        whole = "".join(self.outs[0])
        end = whole.rindex("}") if "}" in whole else len(whole)
        return whole[:end] + "".join((*self.boxes, *self.notes)) + whole[end:]

    def _take(self, token: re.Match[str]) -> None:
        text, word = token[0], (token[1] or "").lower()
        group = self.groups[-1]
        if text == "{":
            self.groups.append(_Group(group.on, skipped=group.skipped))
            self.outs[-1].append(text)
        elif text == "}":
            if len(self.groups) > 1:
                self._close()
        elif group.skipped:
            pass
        elif word in _BULKY:
            group.skipped = True
            self.outs[-1].append(text)
        elif word in _LIFTED and not group.lifted:
            group.lifted = _LIFTED[word]
            if self.outs[-1][-1:] == ["\\*"]:  # what a reader may skip; here it is read
                self.outs[-1].pop()
            self.outs.append(["{"])
        elif word == "fldinst":
            self.outs[-1].append("\\*\\comment ")  # what a field asks for; the library would print its address
        elif word in _SWITCHES:
            self._switch(_SWITCHES[word], on=token[2] != "0")
        elif word in _OFF:
            for kind in _OFF[word]:
                self._switch(kind, on=False)
            self.outs[-1].append(text)
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self.outs[-1].append(_mark(_MARKS[word.removeprefix("nest")][0]))
        else:
            self.outs[-1].append(text)
            if word in ("par", "sect") and len(self.outs) == 1 and self.boxes:
                self.outs[-1] += [*self.boxes]
                self.boxes.clear()

    def _switch(self, kind: str, *, on: bool) -> None:
        group = self.groups[-1]
        if on and kind not in group.on:
            group.on = (*group.on, kind)
            self.outs[-1].append(_mark(_MARKS[kind][0]))
        elif not on and kind in group.on:
            group.on = tuple(other for other in group.on if other != kind)
            self.outs[-1].append(_mark(_MARKS[kind][1]))

    def _close(self) -> None:
        group = self.groups.pop()
        for kind in reversed(group.on[len(self.groups[-1].on) :]):
            self.outs[-1].append(_mark(_MARKS[kind][1]))
        if not group.lifted:
            self.outs[-1].append("}")
            return
        lifted = "".join((*self.outs.pop(), "}"))
        first, last = _MARKS[group.lifted]
        if group.lifted == "box":
            self.boxes.append(f"{lifted}\\par ")
        else:
            self.notes.append(f"\\par {_mark(first)}{lifted}{_mark(last)}")
            self.outs[-1].append(_mark(_MARKS["anchor"][0]))
        self.outs[-1].append("}")


def _mark(character: str) -> str:
    """A character as the source writes it."""
    return f"{{\\uc0\\u{ord(character)} }}"


def rich_text(source: str) -> RichText:
    """The text of an RTF document, and what in it was `deleted`, `revised`, struck (`strike`) and hidden (`v`)."""
    library = import_module("striprtf.striprtf")
    text = str(library.rtf_to_text(_Maker().marked(source), errors="replace"))
    said: dict[str, list[str]] = {}
    for kind in ("deleted", "v", "strike", "revised", "super"):
        text, said[kind] = _taken_out(text, kind)
    return RichText(_with_tables(_with_notes(text)), said)


def _taken_out(text: str, kind: str) -> tuple[str, list[str]]:
    """The text without the marks of a kind, and what stood between them; that itself stays only where it is to."""
    first, last = _MARKS[kind]
    said: list[str] = []

    def heard(match: re.Match[str]) -> str:
        words = re.sub(r"[\ue000-\uf8ff]", "", match[1])
        said.append(" ".join(words.split()))
        if kind == "super":
            return "" if _NOTE_MARK.fullmatch(words) and "*" in words else match[1].translate(_RAISED)
        return match[1] if kind == "revised" else ""

    text = re.sub(f"{first}([^{first}{last}]*){last}", heard, text)
    return text.replace(first, "").replace(last, ""), [words for words in said if words]


def _with_notes(text: str) -> str:
    """The text with its footnotes numbered, as people write them."""
    first, last = _MARKS["footnote"]
    anchors, notes = itertools.count(1), itertools.count(1)
    text = re.sub(_MARKS["anchor"][0], lambda _match: f"[{next(anchors)}]", text)

    def numbered(match: re.Match[str]) -> str:
        return f"\n[{next(notes)}] {' '.join(match[1].split()).lstrip('⁰¹²³⁴⁵⁶⁷⁸⁹ ')}\n"

    return re.sub(f"{first}([^{last}]*){last}", numbered, text)


def _with_tables(text: str) -> str:
    """The text with each table told in lines: its figures, else its cells as they stand."""
    cell, row = _MARKS["cell"][0], _MARKS["row"][0]
    return "\n".join(_lines(text, cell, row)) if row in text else text.replace(cell, " ")


def _lines(text: str, cell: str, row: str) -> Iterator[str]:
    rows: list[list[str]] = []
    for chunk in text.split(row):
        *before, first = chunk.partition(cell)[0].split("\n")
        if cell not in chunk:
            before, first = chunk.split("\n"), ""
        if any(line.strip() for line in before) or cell not in chunk:
            yield from _table(rows)
            rows = []
            yield from before
        if cell in chunk:
            cells = chunk.split(cell)[1:-1]
            rows.append([first, *cells])
    yield from _table(rows)


def _table(rows: list[list[str]]) -> Iterator[str]:
    if rows:
        told = grid_lines(rows)
        if told is None:
            told = [": ".join(text for cell in row if (text := " ".join(cell.split()))) for row in rows]
        yield ""
        for line in told:
            yield from (line, "")
