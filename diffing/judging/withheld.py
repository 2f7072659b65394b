"""When a verdict is withheld: where much of a text is gone or new, and what then may not be claimed.

Half of a text gone says nothing of the country: what it told may be as true as ever. Such a country's verdict is
withheld, with the reason first, and rules that rest on what one text does not say are off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diffing.judging.edition_breaks import SECTION_WORDS, section_sizes
from diffing.model import EditionBreak, Finding, Pair, Rule

# A text of less than this share of the other's words lost (or gained) most of its words. Range 0.4 to 0.7; yearly
# reports that go on as ever keep to 0.8; lower lets a text cut to half give a plain verdict.
MOST_WORDS = 0.5

# Sections that hold this share of the old words and are gone are much of a text. Range 0.1 to 0.4.
LOST_SHARE = 0.2

# Texts of fewer words, both of them, are a digest of some sentences: one more of these is no break. Range 100 to 500.
LEAST_TEXT = 200

# Rules that read something into what one of the two texts does not say.
ON_SILENCE = frozenset(
    {Rule.NOT_MENTIONED, Rule.ENFORCEMENT_TOLD, Rule.RECOMMENDATION_DROPPED, Rule.RECOMMENDATION_ADDED}
)


def withheld(pair: Pair, broken: EditionBreak | None) -> str:
    """Why no verdict may be given, in words that say how much is gone or new; empty where one may."""
    sizes = section_sizes(pair)
    old, new = (sum(words for _, words in side) for side in (sizes.old, sizes.new))
    if max(old, new) >= LEAST_TEXT:
        told = f"the {pair.old.year} text has {old:,} words, the {pair.new.year} text {new:,}"
        if new < MOST_WORDS * old:
            return f"most of the text is gone ({told})"
        if old < MOST_WORDS * new:
            return f"most of the text is new ({told})"
        kept = {key for key, words in sizes.new if words}
        lost = [(key, words) for key, words in sizes.old if words >= SECTION_WORDS and key not in kept]
        gone = sum(words for _, words in lost)
        if gone >= LOST_SHARE * old:
            names = ", ".join(_title(pair, key) for key, _ in lost)
            return f"whole sections are gone ({names}: {gone:,} of {old:,} words)"
    return broken.reason if broken is not None else ""


def without_silence(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings less those that rest on what one text does not say."""
    return (finding for finding in findings if finding.rule not in ON_SILENCE)


def _title(pair: Pair, key: str) -> str:
    rule = pair.old.profile.section(key)
    return rule.title if rule else key
