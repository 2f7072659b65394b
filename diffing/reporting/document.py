"""A comparison as a Word document whose changes are tracked: accept them all and the new text is left, reject them all
and it is the old one, word for word.

python-docx makes the document; the marks of changes it does not know, so they are elements of our own: ``w:ins`` and
``w:del`` around runs, and the same in the mark that ends a paragraph which one side alone has.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from diffing.model import Judgement, Op, Pair, WordEdit
from diffing.reporting import reasons, wording
from diffing.reporting.layout import Item, blocks
from diffing.reporting.marked_words import clean

AUTHOR = "diffing"
_TAGS = {Op.ADDED: "w:ins", Op.REMOVED: "w:del"}
# What XML 1.0 can't hold even escaped, beyond what `clean` takes out.
_NO_XML = re.compile("[\ufffe\uffff]")


def comparison_docx(pair: Pair, judgement: Judgement) -> bytes:
    """The document of a pair as the bytes of a ``.docx``: verdict, findings, and the text with its changes."""
    return year_docx([(pair, judgement)])


def year_docx(judged: Sequence[tuple[Pair, Judgement]]) -> bytes:
    """The pairs of many countries in one document, as `comparison_docx` has each."""
    from docx import Document  # takes longer to load than most comparisons

    document = Document()
    document.core_properties.author = AUTHOR
    named = [f"{pair.new.country}, {pair.old.year} to {pair.new.year}" for pair, _ in judged[:1]]
    document.core_properties.title = _said("; ".join(named) if len(judged) < 2 else f"{named[0]} and others")
    marks = _Marks()
    for number, (pair, judgement) in enumerate(judged):
        if number:
            document.add_page_break()
        _add(document, pair, judgement, marks)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Any, pair: Pair, judgement: Judgement, marks: _Marks) -> None:
    """One pair at the end of the document."""
    document.add_heading(_said(f"{pair.new.country}: {pair.old.year} to {pair.new.year}"), 0)
    verdict = wording.VERDICTS[judgement.verdict]
    document.add_paragraph(_said(f"{wording.SIGNS[judgement.verdict]} {verdict}. {reasons.verdict_why(judgement)}"))
    document.add_heading("Findings", 1)
    for finding in sorted(judgement.findings, key=lambda one: (wording.SHOWN_FIRST.index(one.verdict), -one.strength)):
        mark = f" [{finding.review}]" if finding.review else ""
        said = f"{wording.SIGNS[finding.verdict]} {wording.VERDICTS[finding.verdict]}: {finding.summary}{mark}"
        document.add_paragraph(_said(said), style="List Bullet")
    document.add_heading("The text", 1)
    document.add_paragraph(
        f"Accept all changes for the text of {pair.new.year}; reject them for that of {pair.old.year}."
    )
    for block in blocks(pair):
        document.add_heading(_said(wording.section_title(pair.new.profile, block.key)), 2)
        for item in block.items:
            _write(document, pair, item, marks)


class _Marks:
    """The marks of changes, numbered: Word wants each to have an id of its own."""

    def __init__(self) -> None:
        self.last = 0

    def of(self, op: Op) -> Any:
        """An element that marks what it holds as put in or taken out."""
        from docx.oxml.ns import qn

        self.last += 1
        element = _element(_TAGS[op])
        element.set(qn("w:id"), str(self.last))
        element.set(qn("w:author"), AUTHOR)
        return element


def _write(document: Any, pair: Pair, item: Item, marks: _Marks) -> None:
    """One row of the text as a paragraph; what one side alone has is a paragraph put in or taken out as a whole.

    What moved to another place is taken out where it was and put in where it is, so that either text is whole.
    """
    if item.kind == "heading":
        return
    edits = _edits(pair, item)
    if edits:
        _paragraph(document, edits, marks)


def _edits(pair: Pair, item: Item) -> Sequence[WordEdit]:
    """What a row puts into the document: each sentence of either side exactly once, where it stands."""
    if item.link is None:
        return _alone(pair, item.op, item.old or item.new)
    answer = pair.links[item.link]
    if item.kind == "stub":
        return _alone(pair, Op.REMOVED, item.old)
    if item.kind == "more":
        return _alone(pair, Op.ADDED, _run(item.new[0], answer.new))
    first_old, first_new = _run(item.old[0], answer.old), _run(item.new[0], answer.new)
    if not item.in_place:  # its old places have stubs
        return _alone(pair, Op.ADDED, first_new)
    if (first_old, first_new) != (answer.old, answer.new):  # further places of either side come where they stand
        return (*_alone(pair, Op.REMOVED, first_old), *_alone(pair, Op.ADDED, first_new))
    if item.op is Op.EQUAL:
        return (WordEdit(Op.EQUAL, pair.new.sentences[item.new[0]].text),)
    return pair.edits[item.link]


def _alone(pair: Pair, op: Op, numbers: Sequence[int]) -> tuple[WordEdit, ...]:
    """Sentences of one side, taken out or put in."""
    side = pair.old if op is Op.REMOVED else pair.new
    return (WordEdit(op, " ".join(side.sentences[number].text for number in numbers)),)


def _run(first: int, numbers: Sequence[int]) -> tuple[int, ...]:
    """`first` and those of `numbers` that follow it without a gap."""
    run = [first]
    while run[-1] + 1 in numbers:
        run.append(run[-1] + 1)
    return tuple(run)


def _element(tag: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def _paragraph(document: Any, edits: Iterable[WordEdit], marks: _Marks) -> None:
    edits = [edit for edit in edits if edit.text]
    paragraph = document.add_paragraph()._p
    ops = {edit.op for edit in edits}
    if len(ops) == 1 and ops <= _TAGS.keys():  # its end is put in or taken out with it
        properties = paragraph.get_or_add_pPr()
        run_properties = _element("w:rPr")
        run_properties.append(marks.of(next(iter(ops))))
        properties.append(run_properties)
    for edit in edits:
        run = _element("w:r")
        text = _element("w:delText" if edit.op is Op.REMOVED else "w:t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = _said(edit.text, keep=True)
        run.append(text)
        if edit.op in _TAGS:
            mark = marks.of(edit.op)
            mark.append(run)
            paragraph.append(mark)
        else:
            paragraph.append(run)


def _said(text: str, keep: bool = False) -> str:
    """`text` as XML can hold it, on one line."""
    held = _NO_XML.sub("\ufffd", clean(text))
    return re.sub(r"\s+", " ", held) if keep else " ".join(held.split())
