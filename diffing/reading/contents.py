"""What a reader of one kind of file makes of it."""

from __future__ import annotations

from msgspec import Struct

from diffing.model import Span


class Contents(Struct, frozen=True):
    """What a file holds: its text, the spans of it that are frame, and what to know of how it was read.

    `titles` are what the document itself is called, `address` where a page says that it stands.
    """

    text: str
    frame: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    address: str = ""
