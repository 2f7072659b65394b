"""Judge: from figures, links and the reports' own words to changes, findings and a verdict."""

from diffing.judging.editorial import edit_signatures, editorial_changes
from diffing.judging.verdicts import judge

__all__ = ["edit_signatures", "editorial_changes", "judge"]
