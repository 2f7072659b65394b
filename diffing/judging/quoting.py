"""The words of a sentence that a summary quotes: its first ones, or the clause that matters."""

from __future__ import annotations

from diffing.language.word_lists import pieces

# A sentence of so many words is quoted whole, of a longer one the clause. Range 20 to 60.
QUOTED_WHOLE = 35

# How many words of the clause a summary quotes.
QUOTED = 16


def quoted(text: str, most: int = QUOTED) -> str:
    """The first words of a text, for a summary."""
    words = text.split()
    clip = " ".join(words[:most]).rstrip(" ,;:.")
    return clip + (" …" if len(words) > most else "")


def whole_clause(text: str, at: int) -> str:
    """The clause of a sentence that holds the offset `at`, with its subject; all of a sentence that is not long."""
    words = text.split()
    if len(words) <= QUOTED_WHOLE:
        return " ".join(words).rstrip(" ,;:.")
    clause = next((c for c in pieces(text) if c.start <= at < c.start + len(c.text)), None)
    said = (clause.text if clause else text).split()
    clip = " ".join(said[:QUOTED_WHOLE]).strip(" ,;:.")
    return clip + (" …" if len(said) > QUOTED_WHOLE else "")
