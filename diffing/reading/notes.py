"""One thing that is said of a corpus."""

from __future__ import annotations

from dataclasses import dataclass

from diffing.model import Severity


@dataclass(frozen=True, slots=True)
class Note:
    """A line on a corpus: `about` are the countries or files it is about, `do` what a user can do.

    `severity` error: a narrative that a run can't use; warning: look at this; None: what is there.
    """

    kind: str
    severity: Severity | None
    year: int | None
    message: str
    about: tuple[str, ...] = ()
    do: str = ""
