"""Narratives and edits made by hand, for the pair in `display_pair`."""

from __future__ import annotations

from diffing.model import (
    Narrative,
    Op,
    Section,
    Sentence,
    Signature,
    Span,
    WordEdit,
)
from diffing.profile import load_profile

SIGNATURE = Signature(
    version="0.0.test",
    profile="tip",
    profile_checksum="0" * 64,
    thresholds=(("aligning.links.LONGEST", 16.0), ("aligning.links.SHORTEST", 3.0)),
    checksums=(("2019/norvania", "1" * 64), ("2020/norvania", "2" * 64)),
)


def narrative(
    year: int,
    sections: list[tuple[str, str | None, list[str]]],
    country: str = "Norvania",
    frame: str = "",
    profile: str = "tip",
) -> Narrative:
    """A narrative whose text is the sections' headings and sentences, one a line, behind a `frame` that is dropped."""
    text, made, dropped = "", [], []
    if frame:
        dropped.append(Span(frame, 0, len(frame), "frame"))
        text = frame + "\n\n"
    for key, heading, sentences in sections:
        headings = ()
        if heading:
            headings = (Span(heading, len(text), len(text) + len(heading), "heading"),)
            text += heading + "\n"
        spans = []
        for sentence in sentences:
            spans.append(Sentence(sentence, len(text), len(text) + len(sentence)))
            text += sentence + " "
        text += "\n"
        made.append(Section(key, headings, tuple(spans)))
    slug = "".join(c for c in country.casefold() if c.isalnum() or c == "-") or "country"
    return Narrative(country, slug, year, text, tuple(made), tuple(dropped), load_profile(profile))


def words(old: str, new: str) -> tuple[WordEdit, ...]:
    """What is the same at both ends stays, the rest is taken out and put in: good enough to show."""
    a, b = old.split(" "), new.split(" ")
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    edits = [
        WordEdit(Op.EQUAL, "".join(w + " " for w in a[:head])),
        WordEdit(Op.REMOVED, " ".join(a[head : len(a) - tail])),
        WordEdit(Op.ADDED, " ".join(b[head : len(b) - tail])),
        WordEdit(Op.EQUAL, "".join(" " + w for w in a[len(a) - tail :])),
    ]
    return tuple(edit for edit in edits if edit.text)
