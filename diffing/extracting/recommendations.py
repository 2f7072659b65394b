"""The recommendations of a narrative as items."""

from __future__ import annotations

from diffing.model import Narrative


def recommendation_items(narrative: Narrative) -> tuple[int, ...]:
    """The sentence indices of the narrative's recommendations, in order."""
    sections = narrative.sentence_sections
    wished = set(filter(narrative.profile.wishes, set(sections)))
    return tuple(i for i, key in enumerate(sections) if key in wished)
