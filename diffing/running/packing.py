"""Narratives, figures and links as bytes, without the profile and without what the text holds already."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from diffing.model import (
    Figure,
    Link,
    Narrative,
    Origin,
    Pair,
    Problem,
    Section,
    SectionLink,
    Sentence,
    SentenceKind,
    Span,
    WordEdit,
)
from diffing.pipeline import Extracted
from diffing.profile import Profile
from diffing.store import decoded


class _StoredNarrative(msgspec.Struct, array_like=True, frozen=True):
    """A narrative without its profile; sentences by their offsets, for the text holds them."""

    country: str
    slug: str
    year: int
    text: str
    sections: list[tuple[str, list[tuple[int, int, str]], list[tuple[int, int, str]]]]
    dropped: list[tuple[int, int, str]]
    problems: list[Problem]
    source: str
    checksum: str
    origin: Origin


class _StoredFigures(msgspec.Struct, array_like=True, frozen=True):
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]


class _StoredLinks(msgspec.Struct, array_like=True, frozen=True):
    links: tuple[Link, ...]
    edits: tuple[tuple[WordEdit, ...], ...]
    sections: tuple[SectionLink, ...]


def pack_narrative(narrative: Narrative) -> bytes:
    """A narrative as bytes."""
    return msgspec.msgpack.encode(_stored(narrative))


def unpack_narrative(data: bytes | None, profile: Profile) -> Narrative | None:
    """What `pack_narrative` made the bytes of, or None where they are nothing of the kind."""
    stored = decoded(data, _StoredNarrative)
    return None if stored is None else _restored(stored, profile)


def pack_figures(extracted: Extracted) -> bytes:
    """What a narrative tells as bytes, without the narrative."""
    return msgspec.msgpack.encode(_StoredFigures(extracted.figures, extracted.problems))


def unpack_figures(data: bytes | None, narrative: Narrative) -> Extracted | None:
    """The narrative with what `pack_figures` made the bytes of, or None where they are nothing of the kind."""
    stored = decoded(data, _StoredFigures)
    return None if stored is None else Extracted(narrative, stored.figures, stored.problems)


def pack_links(pair: Pair) -> bytes:
    """What aligning said of a pair, as bytes."""
    return msgspec.msgpack.encode(_StoredLinks(pair.links, pair.edits, pair.sections))


def unpack_links(data: bytes | None, old: Narrative, new: Narrative) -> Pair | None:
    """The two narratives aligned as `pack_links` kept it, or None where the bytes are nothing of the kind."""
    stored = decoded(data, _StoredLinks)
    if stored is None:
        return None
    return Pair(
        old=old,
        new=new,
        links=stored.links,
        edits=stored.edits,
        sections=stored.sections,
        old_figures=(),
        new_figures=(),
        problems=(*old.problems, *new.problems),
    )


def _stored(narrative: Narrative) -> _StoredNarrative:
    return _StoredNarrative(
        narrative.country,
        narrative.slug,
        narrative.year,
        narrative.text,
        [
            (
                section.key,
                [(span.start, span.end, span.reason) for span in section.headings],
                [(sentence.start, sentence.end, sentence.kind.value) for sentence in section.sentences],
            )
            for section in narrative.sections
        ],
        [(span.start, span.end, span.reason) for span in narrative.dropped],
        list(narrative.problems),
        narrative.source,
        narrative.checksum,
        narrative.origin,
    )


def _restored(stored: _StoredNarrative, profile: Profile) -> Narrative:
    text = stored.text

    def spans(items: Iterable[tuple[int, int, str]]) -> tuple[Span, ...]:
        return tuple(Span(text[start:end], start, end, reason) for start, end, reason in items)

    return Narrative(
        country=stored.country,
        slug=stored.slug,
        year=stored.year,
        text=text,
        sections=tuple(
            Section(
                key,
                spans(headings),
                tuple(Sentence(text[start:end], start, end, SentenceKind(kind)) for start, end, kind in sentences),
            )
            for key, headings, sentences in stored.sections
        ),
        dropped=spans(stored.dropped),
        profile=profile,
        problems=tuple(stored.problems),
        source=stored.source,
        checksum=stored.checksum,
        origin=stored.origin,
    )
