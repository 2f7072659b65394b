"""Changes of the edition: the same edit in many countries at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diffing.model import EditorialChange, Pair


def edit_signatures(pair: Pair) -> frozenset[tuple[str, str | None, str | None]]:
    """What a pair's links say that other countries' may say too: (kind, old text, new text), small and hashable."""
    return frozenset()


def editorial_changes(
    signatures: Sequence[Iterable[tuple[str, str | None, str | None]]], old_year: int, new_year: int
) -> tuple[EditorialChange, ...]:
    """The changes that more than a named share of the countries have, most common first."""
    return ()
