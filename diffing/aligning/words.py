"""The words inside an edited pair."""

from __future__ import annotations

from diffing.model import Op, WordEdit


def word_edits(old: str, new: str) -> tuple[WordEdit, ...]:
    """What turns `old` into `new`, in whole words: the equal and removed texts make `old`, equal and added `new`."""
    return (WordEdit(Op.REMOVED, old), WordEdit(Op.ADDED, new))
