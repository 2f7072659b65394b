"""Writes narratives into a corpus: never outside it, never half, each with its line in ``corpus.toml``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from diffing.model import DiffingError
from diffing.profile import Profile, load_profile
from diffing.reading.corpus import is_document
from diffing.reading.manifest import StoredFile, read_manifest, write_manifest, write_whole
from diffing.reading.naming import CountryNames
from diffing.reading.narratives import slug_of

MAX_SLUG = 100
"""Characters of a file's name before its ending. Range 40 to 200; default 100, twice the longest country's name; file
systems end at 255 bytes."""


def target(folder: Path, year: int, slug: str, suffix: str) -> Path:
    """Where a narrative is written. Raises `DiffingError` where that would lie outside the corpus."""
    name = slug_of(slug)[:MAX_SLUG].strip("-")
    path = folder / f"{year:04d}" / f"{name}{suffix}"
    inside = folder.resolve()
    if not name or not path.resolve().is_relative_to(inside) or path.parent.resolve() != inside / f"{year:04d}":
        raise DiffingError(f"{path}: leads outside the corpus {folder}; nothing is written")
    return path


def store(
    folder: Path, year: int, slug: str, suffix: str, content: bytes, entry: StoredFile, head: Mapping[str, str]
) -> Path:
    """Writes one narrative and its entry; returns the path. Raises `DiffingError` where either can't be written.

    `head` are the first keys of a ``corpus.toml`` that is not there yet.

    The entry goes first: a run killed between the two leaves an entry without its file, which the next run sees and
    mends; a file without an entry would look like the user's own.
    """
    path = target(folder, year, slug, suffix)
    manifest = read_manifest(folder)
    key = path.relative_to(folder).as_posix()
    manifest.files[key] = entry
    write_manifest(folder, manifest, head=head)
    write_whole(path, content)
    return path


def remove(folder: Path, path: Path) -> None:
    """Takes a narrative out of the corpus and its entry out of the manifest. Raises `DiffingError` where it can't."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DiffingError(f"{path}: lies outside the corpus {folder}; it is left alone")
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise DiffingError(f"{path}: can't be removed: {error.strerror}") from error
    manifest = read_manifest(folder)
    if manifest.files.pop(path.relative_to(folder).as_posix(), None) is not None:
        write_manifest(folder, manifest)


def files_of(folder: Path, year: int, slug: str, names: CountryNames) -> tuple[Path, ...]:
    """The narratives of one country and year that the corpus holds as files, under whatever name."""
    place = folder / f"{year:04d}"
    if not place.is_dir():
        return ()
    files = (file for file in sorted(place.iterdir()) if is_document(file))
    return tuple(file for file in files if names.same(slug_of(file.stem), slug))


def present(folder: Path, year: int, slug: str, names: CountryNames) -> str | None:
    """None where a country's narrative is yet to be stored, ``stored`` where it is there as it was stored, else why
    what is there is left alone."""
    files = files_of(folder, year, slug, names)
    if not files:
        return None
    manifest = read_manifest(folder)
    for file in files:
        entry = manifest.files.get(file.relative_to(folder).as_posix())
        if entry is None:
            return f"{file} is your own: left alone"
        if hashlib.sha256(file.read_bytes()).hexdigest() != entry.sha256:
            return f"{file} was changed since it was stored: left alone (--again or --replace fetches it anew)"
    return "stored"


def family_head(family: str | Path | Profile, folder: Path) -> dict[str, str]:
    """The first keys of a new corpus's ``corpus.toml``: the family, or the file of a profile of the user's own."""
    profile = load_profile(family)
    if not isinstance(family, Profile) and str(family).endswith(".toml"):
        named = {"profile": Path(os.path.relpath(family, folder)).as_posix()}
    else:
        named = {"family": profile.name}
    return named | {"title": profile.title, "licence": profile.licence}


__all__ = ["family_head", "files_of", "present", "remove", "store", "target"]
