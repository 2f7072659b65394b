"""From one document to one narrative: text, frame, sections, sentences."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from diffing.model import Narrative, Section, Sentence
from diffing.profile import Profile, load_profile


def slug_of(country: str) -> str:
    """The name of a country as files and addresses write it: ``Cote d'Ivoire`` is ``cote-divoire``."""
    plain = unicodedata.normalize("NFKD", country).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-") or "unnamed"


def parse_narrative(
    text: str, *, country: str, year: int, profile: str | Path | Profile = "tip", source: str = ""
) -> Narrative:
    """The narrative that `text` holds; pure, and total over any text."""
    sentences = tuple(
        Sentence(m[0], m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*?[.!?](?=\s)|[^\n]*(?<=\S))", text)
    )
    loaded = load_profile(profile)
    return Narrative(
        country=country,
        slug=slug_of(country),
        year=year,
        text=text,
        sections=(Section(loaded.sections[0].key, (), sentences),),
        dropped=(),
        profile=loaded,
        source=source,
        checksum=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def read_narrative(
    path: str | Path, country: str, year: int, profile: str | Path | Profile = "tip"
) -> Narrative:
    """The narrative in the file at `path`."""
    return parse_narrative(
        Path(path).read_text("utf-8"), country=country, year=year, profile=profile, source=str(path)
    )
