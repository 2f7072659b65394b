"""A reader's word on a finding, kept by what was claimed and by what it was claimed of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ACCEPTED, REJECTED, UNSURE = "accepted", "rejected", "unsure"
MARKS = (ACCEPTED, REJECTED, UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One line of ``review.jsonl``.

    `evidence` is the id of the country and both texts, `task` that of what was claimed of them, which is also the id
    of the finding. `at` is when, in ISO 8601; `version` is that of the program whose finding was read. `more` holds
    what else stood in the line: it is written back as it was.
    """

    evidence: str
    task: str
    country: str
    old_year: int
    new_year: int
    mark: str
    note: str = ""
    reader: str = ""
    at: str = ""
    version: str = ""
    more: dict[str, Any] = field(default_factory=dict, hash=False)
