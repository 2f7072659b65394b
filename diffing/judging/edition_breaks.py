"""Editions that break: where so much of every country's text is another's that silence says nothing any more.

    2023   54 sections, 1,100 words each        2024   31 sections, 340 words each, four kinds of them gone

What one country's text does is its own; what most countries' texts do in one year is the edition's doing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from diffing.model import EditionBreak, Narrative, Pair

# Countries that are needed to tell an edition from its countries, [4, 20], default 6.
LEAST_COUNTRIES = 6

# The share by which the median section's words moved, [0.3, 0.7], default 0.4: yearly reports that go on as ever move
# by 0.05 to 0.2. Lower, a year with much news is called broken; higher, an edition cut to half is not.
MOVED_WORDS = 0.4

# The share of the countries that lost a whole section, [0.1, 0.5], default 0.2; one country in twenty does in any year.
LOST_SECTION = 0.2

# Words that a section has at least to be missed, [1, 100], default 20: of shorter ones no more than a heading may be
# read otherwise.
SECTION_WORDS = 20


class SectionSizes(Struct, frozen=True):
    """The words of each section of a country's two narratives, subsections counted with their section."""

    old: tuple[tuple[str, int], ...]
    new: tuple[tuple[str, int], ...]


def section_sizes(pair: Pair) -> SectionSizes:
    """How large the sections of both narratives are."""
    return SectionSizes(_sizes(pair.old), _sizes(pair.new))


def _sizes(narrative: Narrative) -> tuple[tuple[str, int], ...]:
    words: Counter[str] = Counter()
    for _, sentence, key in narrative.placed:
        words[key.partition(".")[0]] += len(sentence.text.split())
    return tuple(sorted(words.items()))


def edition_break(sizes: Sequence[SectionSizes], old_year: int, new_year: int) -> EditionBreak | None:
    """How the edition of `new_year` broke with that of `old_year`, or None where it did not, or too few can tell."""
    if len(sizes) < LEAST_COUNTRIES:
        return None
    moves: list[float] = []
    losers = 0
    gone: Counter[str] = Counter()
    for country in sizes:
        new = dict(country.new)
        large = [(key, words) for key, words in country.old if words >= SECTION_WORDS]
        moves += [abs(new.get(key, 0) - words) / words for key, words in large]
        lost = [key for key, _ in large if not new.get(key)]
        losers += bool(lost)
        gone.update(lost)
    moved, lost_share = (median(moves) if moves else 0.0), losers / len(sizes)
    if moved <= MOVED_WORDS and lost_share <= LOST_SECTION:
        return None
    return EditionBreak(
        old_year=old_year,
        new_year=new_year,
        countries=len(sizes),
        moved=moved,
        lost=lost_share,
        sections=tuple(key for key, count in gone.most_common() if count / len(sizes) > LOST_SECTION),
    )
