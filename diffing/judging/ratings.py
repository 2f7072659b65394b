"""All that one narrative states on the scales of its profile: the tier, the level, the efforts of each section."""

from __future__ import annotations

from diffing.judging.effort import efforts_in
from diffing.judging.stated_verdict import stated_in
from diffing.model import Narrative, Rating

# What the words for a section's efforts are called in the table, before the section.
EFFORT = "effort"


def ratings_of(narrative: Narrative) -> tuple[Rating, ...]:
    """The ratings of a narrative, those of the whole country first, then those of its sections in their order."""
    judging = narrative.profile.judging
    found = []
    for scale in judging.stated:
        stated = stated_in(narrative, scale)
        if stated is not None:
            level = stated.level
            found.append(_rating(narrative, scale.name, level.name, stated.sentence, scale.title, level.rank))
    for scale in judging.effort:
        for section, effort in efforts_in(narrative, scale, judging.movement).items():
            rule = narrative.profile.section(section)
            title = f"Efforts: {rule.title if rule else section}"
            rank = effort.level.rank if effort.level else None
            found.append(_rating(narrative, f"{EFFORT}:{section}", effort.words, effort.sentence, title, rank))
    return tuple(found)


def _rating(narrative: Narrative, scale: str, level: str, number: int, title: str, rank: float | None) -> Rating:
    sentence = narrative.sentences[number]
    return Rating(
        country=narrative.country,
        year=narrative.year,
        scale=scale,
        level=level,
        text=sentence.text,
        section=narrative.sentence_sections[number],
        start=sentence.start,
        end=sentence.end,
        sentence=number,
        title=title,
        rank=rank,
    )
