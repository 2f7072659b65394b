"""Corpora: folders and tables of narratives, by year and country; check, import and download."""

from diffing.corpus.folders import Corpus

__all__ = ["Corpus"]
