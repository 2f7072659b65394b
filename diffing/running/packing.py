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


class _StoredExtracted(msgspec.Struct, array_like=True, frozen=True):
    narrative: _StoredNarrative
    figures: list[Figure]
    problems: list[Problem]


class _StoredLinks(msgspec.Struct, array_like=True, frozen=True):
    links: list[Link]
    edits: list[list[WordEdit]]
    sections: list[SectionLink]


def pack_extracted(extracted: Extracted) -> bytes:
    """A narrative with its figures as bytes."""
    stored = _StoredExtracted(_stored(extracted.narrative), list(extracted.figures), list(extracted.problems))
    return msgspec.msgpack.encode(stored)


def unpack_extracted(data: bytes, profile: Profile) -> Extracted | None:
    """What `pack_extracted` made the bytes of, or None where they are nothing of the kind."""
    try:
        stored = msgspec.msgpack.decode(data, type=_StoredExtracted)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    return Extracted(_restored(stored.narrative, profile), tuple(stored.figures), tuple(stored.problems))


def pack_links(pair: Pair) -> bytes:
    """What aligning said of a pair, as bytes."""
    return msgspec.msgpack.encode(
        _StoredLinks(list(pair.links), [list(edits) for edits in pair.edits], list(pair.sections))
    )


def unpack_links(data: bytes, old: Narrative, new: Narrative) -> Pair | None:
    """The two narratives aligned as `pack_links` kept it, or None where the bytes are nothing of the kind."""
    try:
        stored = msgspec.msgpack.decode(data, type=_StoredLinks)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    return Pair(
        old=old,
        new=new,
        links=tuple(stored.links),
        edits=tuple(tuple(edits) for edits in stored.edits),
        sections=tuple(stored.sections),
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
