"""Which old section answers which new one."""

from __future__ import annotations

from collections.abc import Sequence

from diffing.model import Link, Narrative, SectionLink


def align_sections(old: Narrative, new: Narrative, links: Sequence[Link]) -> tuple[SectionLink, ...]:
    """Every section of both narratives once, in the order of the new one, removed ones at their old place."""
    keys = {section.key: i for i, section in enumerate(old.sections)}
    found = [SectionLink(keys.pop(s.key, None), j, 1.0) for j, s in enumerate(new.sections)]
    return (*found, *(SectionLink(i, None, 0.0) for i in keys.values()))
