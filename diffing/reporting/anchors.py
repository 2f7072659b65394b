"""Stable ids for what a page can be linked at: made from content, never from position.

A link to a change survives a new run as long as its sentences do, whatever is added before them.

>>> change_anchor("Police found eight victims.", "Police found no victims.")
'c-q5xEsA'
>>> change_anchor("Police  found eight\\nvictims.", "Police found no victims.")
'c-q5xEsA'
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import blake2b

from diffing.model import Finding

# Bytes of a digest in an id: four give one chance in 10^4 that two of a page's 1,000 ids are the same by accident
# (range 4 to 16), and then the second is numbered; fewer make wrong links likely over a year's pages, more only add
# weight to each row.
DIGEST_BYTES = 4


def _digest(*parts: str | None) -> str:
    text = "\x1f".join("" if part is None else " ".join(part.split()) for part in parts)
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def change_anchor(old_text: str | None, new_text: str | None) -> str:
    """The id of a change of the text: its old and its new sentences, each joined by white space; None where none."""
    return f"c-{_digest(old_text, new_text)}"


def sentence_anchor(text: str) -> str:
    """The id of an unchanged sentence that something on the page cites."""
    return f"s-{_digest(text)}"


def finding_anchor(finding: Finding) -> str:
    """The id of a finding on its country's page."""
    return f"f-{_digest(finding.rule, finding.indicator, finding.verdict, finding.old_text, finding.new_text)}"


class Anchors:
    """Makes the ids of one page unique: the second change with the same content is ``...-2``."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, anchor: str) -> str:
        """`anchor`, or with a number behind it where the page has it already."""
        count = self._seen[anchor] = self._seen.get(anchor, 0) + 1
        return anchor if count == 1 else f"{anchor}-{count}"
