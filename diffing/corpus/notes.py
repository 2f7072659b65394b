"""What `corpus check` says of a corpus, line by line."""

from __future__ import annotations

from msgspec import Struct

from diffing.model import Severity


class Note(Struct, frozen=True):
    """A line on a corpus: `about` are the countries or files it is about, `do` what a user can do.

    `severity` error: a narrative that a run can't use; warning: look at this; None: what is there.
    """

    kind: str
    severity: Severity | None
    year: int | None
    message: str
    about: tuple[str, ...] = ()
    do: str = ""
