"""What a reader must know before the verdict: that a text or the edition broke, so that little can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from msgspec import Struct

from diffing.model import Judgement, Narrative, Pair
from diffing.reporting.marked_words import clean
from diffing.reporting.wording import listed, section_title

# Words of the new text over words of the old one at which a text has broken (range 0.4 to 0.8; its inverse likewise).
# Set by hand, not measured: higher cries wolf, lower misses an edition cut to two thirds.
BROKEN = 0.6
# The same for the median of an edition's countries, which a few short texts don't move (range 0.6 to 0.9).
EDITION_BROKEN = 0.75
# Countries that make an edition, at least: of fewer the median says nothing (range 3 to 20).
LEAST_COUNTRIES = 5
# Sections that are gone and are named before the verdict (range 3 to 12); of the others it says how many they are.
MOST_NAMED = 6


class Banner(Struct, frozen=True):
    """A line before the verdict."""

    title: str
    text: str


def words_in(narrative: Narrative) -> int:
    """Words of a narrative's sentences."""
    return sum(len(sentence.text.split()) for sentence in narrative.sentences)


def country_banners(pair: Pair, judgement: Judgement) -> list[Banner]:
    """What broke between the two texts of a country."""
    if judgement.broken is not None:
        said = clean(judgement.broken.reason)
        for key in judgement.broken.sections:
            said = said.replace(key, section_title(pair.new.profile, key))
        return [Banner("The edition broke.", f"{said[:1].upper()}{said[1:]}. {_SO}")]
    old, new = words_in(pair.old), words_in(pair.new)
    if not old or not new or BROKEN < new / old < 1 / BROKEN:
        return []
    gone = [pair.old.sections[link.old] for link in pair.sections if link.old is not None and link.new is None]
    titles = [clean(" ".join((section.heading or section.key).split())) for section in gone]
    if len(titles) > MOST_NAMED:
        titles[MOST_NAMED:] = [f"{len(titles) - MOST_NAMED} more"]
    lost = f" No longer there: {listed(titles)}." if titles else ""
    return [Banner(_title(new / old), f"{_lengths(old, new, pair.old.year, pair.new.year)}{lost} {_SO}")]


def edition_banners(rows: Sequence[Mapping[str, Any]], old_year: int, new_year: int) -> list[Banner]:
    """What broke in the edition: `rows` are those of the table `index` that were compared."""
    both = [(row["words_old"], row["words_new"]) for row in rows if row.get("words_old") and row.get("words_new")]
    if len(both) < LEAST_COUNTRIES:
        return []
    share = median(new / old for old, new in both)
    if EDITION_BROKEN < share < 1 / EDITION_BROKEN:
        return []
    old, new = (round(median(side)) for side in zip(*both, strict=True))
    said = f"Half of the countries’ texts are less than {share:.0%} as long as before. " if share < 1 else ""
    return [
        Banner("The edition broke.", f"{said}{_lengths(old, new, old_year, new_year, 'The median text has')} {_SO}")
    ]


_SO = "What it does not say is mostly no change of the country, so weigh what follows with care."


def _title(share: float) -> str:
    return "The text was cut." if share < 1 else "The text grew."


def _lengths(old: int, new: int, old_year: int, new_year: int, who: str = "It has") -> str:
    return f"{who} {new:,} words in {new_year} and had {old:,} in {old_year} ({new / old:.0%})."
