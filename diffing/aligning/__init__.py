"""Align: which sections, sentences and words of two years answer each other, and since when a sentence stands."""

from diffing.aligning.evidence import FITTED
from diffing.aligning.given_links import checked_links
from diffing.aligning.lineages import Edition, trace_lineages
from diffing.aligning.sections import align_sections
from diffing.aligning.sentences import align_sentences
from diffing.aligning.words import word_edits

__all__ = ["FITTED", "Edition", "align_sections", "align_sentences", "checked_links", "trace_lineages", "word_edits"]
