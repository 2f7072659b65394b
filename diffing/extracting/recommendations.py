"""The recommendations of a narrative as items."""

from __future__ import annotations

from diffing.model import Narrative


def recommendation_items(narrative: Narrative) -> tuple[int, ...]:
    """The sentence indices of the narrative's recommendations, in order."""
    return tuple(
        i
        for i, key in enumerate(narrative.sentence_sections)
        if (rule := narrative.profile.section(key)) and rule.recommendations
    )
