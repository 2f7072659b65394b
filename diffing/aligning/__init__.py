"""Align: which sections, sentences and words of two years answer each other."""

from diffing.aligning.given import checked_links
from diffing.aligning.sections import align_sections
from diffing.aligning.sentences import align_sentences
from diffing.aligning.words import word_edits

__all__ = ["align_sections", "align_sentences", "checked_links", "word_edits"]
