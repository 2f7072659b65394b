"""Extract: figures with indicator, actor, year and certainty; recommendations as items."""

from diffing.extracting.figures import extract_figures, extract_narrative, refused_numbers
from diffing.extracting.recommendations import recommendation_items

__all__ = ["extract_figures", "extract_narrative", "recommendation_items", "refused_numbers"]
