"""From one document to one narrative: text, frame, sections, sentences."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from diffing.model import Narrative, Problem, Section, Sentence, Severity, Stage
from diffing.profile import Profile, load_profile
from diffing.reading.documents import Document, read_document
from diffing.reading.encodings import clean


def slug_of(country: str) -> str:
    """The name of a country as files and addresses write it: ``Cote d'Ivoire`` is ``cote-divoire``."""
    plain = unicodedata.normalize("NFKD", country).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-") or "unnamed"


def parse_narrative(
    text: str, *, country: str, year: int, profile: str | Path | Profile = "tip", source: str = ""
) -> Narrative:
    """The narrative that `text` holds; pure, and total over any text."""
    checksum = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return to_narrative(Document(clean(text), source=source, checksum=checksum), country, year, profile)


def read_narrative(path: str | Path, country: str, year: int, profile: str | Path | Profile = "tip") -> Narrative:
    """The narrative in the file at `path`: text, Markdown, HTML or PDF.

    Raises `DiffingError` naming the file where it can't be read.
    """
    loaded = load_profile(profile)
    return to_narrative(read_document(path, profile=loaded), country, year, loaded)


def to_narrative(document: Document, country: str, year: int, profile: str | Path | Profile = "tip") -> Narrative:
    """The narrative in a document that was read; total over any text."""
    loaded = load_profile(profile)
    text = document.text
    sentences = tuple(
        Sentence(m[0], m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*?[.!?](?=\s)|[^\n]*(?<=\S))", text)
    )
    problems = tuple(Problem(country, year, Stage.READ, Severity.WARNING, note) for note in document.notes)
    return Narrative(
        country=country,
        slug=slug_of(country),
        year=year,
        text=text,
        sections=(Section(loaded.sections[0].key, (), sentences),),
        dropped=(),
        profile=loaded,
        problems=problems,
        source=document.source,
        checksum=document.checksum,
    )
