"""Which old section answers which new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from diffing.model import Link, Narrative, SectionLink


def align_sections(old: Narrative, new: Narrative, links: Sequence[Link]) -> tuple[SectionLink, ...]:
    """Every section of both narratives once, in the order of the new one, removed ones at their old place."""
    old_at = [k for k, section in enumerate(old.sections) for _ in section.sentences]
    new_at = [k for k, section in enumerate(new.sections) for _ in section.sentences]
    shared: Counter[tuple[int, int]] = Counter()
    for link in links:
        for i in link.old:
            for j in link.new:
                shared[old_at[i], new_at[j]] += 1
    ranked = []
    for a, one in enumerate(old.sections):
        for b, other in enumerate(new.sections):
            heads = fuzz.ratio(one.heading or "", other.heading or "") / 100 if one.heading and other.heading else 0.0
            if one.key == other.key or heads > 0.8:
                ranked.append((one.key != other.key, -shared[a, b], -heads, abs(a - b), a, b))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, a, b in sorted(ranked):
        if b not in partner and a not in taken:
            partner[b] = a
            taken.add(a)
    result: list[SectionLink] = []
    for b, section in enumerate(new.sections):
        match = partner.get(b)
        share = 0.0
        if match is not None:
            size = len(section.sentences) + len(old.sections[match].sentences)
            share = min(1.0, 2 * shared[match, b] / size) if size else 1.0
        result.append(SectionLink(match, b, share))
    for a in range(len(old.sections)):
        if a not in taken:
            place = next((n + 1 for n, s in enumerate(result) if s.old is not None and s.old == a - 1), 0)
            result.insert(place, SectionLink(a, None, 0.0))
    return tuple(result)
