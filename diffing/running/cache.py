"""What a run keeps for the next one: results by the content that they were made from, never by time.

A cache is a folder of files named by a digest of everything that went into them (texts, profile, code). It may be
deleted at any time. Files are written whole or not at all, so two runs may share one; a file that is missing,
cut short or not ours is simply made again. Nothing in it is executed when it is read.

>>> store = Store(Path("reports/.2020.cache"))
>>> store.put("pages/ab12", b"<html>")
>>> store.get("pages/ab12")
b'<html>'
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from diffing.model import (
    Figure,
    Link,
    Narrative,
    Pair,
    Problem,
    Section,
    SectionLink,
    Sentence,
    SentenceKind,
    Span,
    WordEdit,
)
from diffing.profile import Profile

PACKAGE = Path(__file__).parents[1]

# zlib's fastest level: a pair's texts shrink to a third, and the 30 MB of a year cost a second.
COMPRESSION = 1


def digest(*parts: object) -> str:
    """The SHA-256 of the parts, each told apart from its neighbours."""
    sha = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        sha.update(str(len(data)).encode() + b":" + data)
    return sha.hexdigest()


@cache
def code_digest(*rooms: str) -> str:
    """The digest of the code of `rooms` and of what all rooms share: a new threshold is new code."""
    rooms_of_all = ("model", "profile", "language", "running")
    inside = (path for room in (*rooms_of_all, *rooms) for path in sorted((PACKAGE / room).rglob("*")))
    files = [
        PACKAGE / "tables.py",
        PACKAGE / "pipeline.py",
        PACKAGE / "results.py",
    ]  # profiles have a digest of their own
    files += [p for p in inside if p.is_file() and p.suffix not in (".pyc", ".pyo") and p.parent.name != "data"]
    return digest(*(part for path in files for part in (path.name, path.read_bytes())))


def profile_digest(profile: Profile, *, judging: bool) -> str:
    """The digest of what a profile says of judging, or of everything else in it."""
    if judging:
        return digest(msgspec.json.encode(profile.judging, order="sorted"))
    rest = msgspec.structs.asdict(profile) | dict.fromkeys(("judging", "editions", "checksum", "extends"))
    return digest(msgspec.json.encode(rest, order="sorted"))


def packed(data: bytes) -> bytes:
    """`data` as the cache keeps it."""
    return zlib.compress(data, COMPRESSION)


def unpacked(data: bytes) -> bytes:
    """What `packed` was given; raises `zlib.error` for anything else."""
    return zlib.decompress(data)


class Store:
    """A folder of results by digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """What was put under `name`, or None where there is nothing whole."""
        try:
            return unpacked((self.folder / name).read_bytes())
        except (OSError, zlib.error):
            return None

    def get_packed(self, name: str) -> bytes | None:
        """What was put under `name` as it is kept, not looked into, or None where there is nothing."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Keeps `data` under `name`, whole or not at all; a full disk costs the next run time and this one nothing."""
        self.put_packed(name, packed(data))

    def put_packed(self, name: str, data: bytes) -> None:
        """Keeps what `packed` made, as `put` does."""
        path = self.folder / name
        temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            os.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def has(self, name: str) -> bool:
        """Whether something is kept under `name`."""
        return (self.folder / name).is_file()

    def prune(self, keep: Iterable[str]) -> None:
        """Removes all that is not in `keep`, parts left by a killed run included."""
        kept = set(keep)
        with contextlib.suppress(OSError):
            for path in self.folder.rglob("*"):
                if path.is_file() and path.relative_to(self.folder).as_posix() not in kept:
                    with contextlib.suppress(OSError):
                        path.unlink()


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


class _StoredPair(msgspec.Struct, array_like=True, frozen=True):
    narratives: list[_StoredNarrative]  # oldest first; the last two are the pair
    figures: list[list[Figure]]
    links: list[Link]
    edits: list[list[WordEdit]]
    sections: list[SectionLink]
    problems: list[Problem]


def pack_pair(pair: Pair) -> bytes:
    """`pair` as bytes, without the profile."""
    stored = _StoredPair(
        [_stored(narrative) for narrative in (*pair.earlier, pair.old, pair.new)],
        [list(figures) for figures in (*pair.earlier_figures, pair.old_figures, pair.new_figures)],
        list(pair.links),
        [list(edits) for edits in pair.edits],
        list(pair.sections),
        list(pair.problems),
    )
    return msgspec.msgpack.encode(stored)


def unpack_pair(data: bytes, profile: Profile) -> Pair | None:
    """The pair that `pack_pair` made the bytes of, or None where they are not one."""
    try:
        stored = msgspec.msgpack.decode(data, type=_StoredPair)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    *earlier, old, new = (_restored(narrative, profile) for narrative in stored.narratives)
    *earlier_figures, old_figures, new_figures = (tuple(figures) for figures in stored.figures)
    return Pair(
        old=old,
        new=new,
        links=tuple(stored.links),
        edits=tuple(tuple(edits) for edits in stored.edits),
        sections=tuple(stored.sections),
        old_figures=old_figures,
        new_figures=new_figures,
        earlier=tuple(earlier),
        earlier_figures=tuple(earlier_figures),
        problems=tuple(stored.problems),
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
    )
