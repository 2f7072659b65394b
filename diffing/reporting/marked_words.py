"""The words of a sentence as markup: escaped, what was taken out as ``<del>``, what came in as ``<ins>``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from diffing.model import Op, WordEdit

# Characters that HTML does not allow or that would turn the text around them: shown as the replacement character.
# Direction marks proper (U+200E, U+200F) stay; embeddings, overrides and isolates could cross a cell's border.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


# Classes by which MathJax (in JupyterLab and on pages made from notebooks) lets be what stands in an element: in
# "$900,000, down from $1.2 million" it would else take all between the two signs for a formula.
NO_MATHEMATICS = "tex2jax_ignore mathjax_ignore"


def clean(text: str) -> str:
    """`text` with each character that a page can't show safely replaced by U+FFFD."""
    return _UNSAFE.sub("\ufffd", text) if _UNSAFE.search(text) else text


def plain(text: str) -> Markup:
    """`text` escaped."""
    return escape(clean(text))


def sides(edits: Iterable[WordEdit]) -> tuple[Markup, Markup]:
    """The old and the new side of a linked pair, from its word edits."""
    old: list[str] = []
    new: list[str] = []
    for edit in edits:
        said = str(plain(edit.text))
        if edit.op is Op.REMOVED:
            old.append(_wrapped("del", said))
        elif edit.op is Op.ADDED:
            new.append(_wrapped("ins", said))
        else:
            old.append(said)
            new.append(said)
    return Markup("".join(old)), Markup("".join(new))


def merged(edits: Iterable[WordEdit]) -> Markup:
    """Both sides of a linked pair as one text: without ``ins`` the old one to the letter, without ``del`` the new.

    So white space belongs to the mark whose side alone has it.
    """
    said = []
    for edit in edits:
        tag = {Op.REMOVED: "del", Op.ADDED: "ins"}.get(edit.op)
        said.append(f"<{tag}>{plain(edit.text)}</{tag}>" if tag else str(plain(edit.text)))
    return Markup("".join(said))


def _wrapped(tag: str, said: str) -> str:
    """`said` in an element, with the white space around it left outside, so that no mark hangs over a gap."""
    core = said.strip()
    if not core:
        return said
    start = len(said) - len(said.lstrip())
    return f"{said[:start]}<{tag}>{core}</{tag}>{said[start + len(core) :]}"
