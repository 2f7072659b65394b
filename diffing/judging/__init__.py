"""Judge: from figures, links and the reports' own words to changes, findings and a verdict."""

from diffing.judging.edition_breaks import SectionSizes, edition_break, section_sizes
from diffing.judging.editorial import edit_signatures, editorial_changes
from diffing.judging.reviews import latest, matched, reviewed
from diffing.judging.stated_levels import ratings_of
from diffing.judging.verdicts import judge

__all__ = [
    "SectionSizes",
    "edit_signatures",
    "edition_break",
    "editorial_changes",
    "judge",
    "latest",
    "matched",
    "ratings_of",
    "reviewed",
    "section_sizes",
]
