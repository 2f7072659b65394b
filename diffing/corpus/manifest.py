"""``corpus.toml``: what a corpus says of itself, and where each of its files came from.

What stands above the line `MARK` is the user's and is kept as written; below it stand the files that
`diffing corpus download` and `import` stored, one table each, written anew after every file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from diffing.model import DiffingError, OutputError
from diffing.plain_files import file_bytes, mode_for
from diffing.profile import load_profile
from diffing.profile.toml_files import MOST_BYTES, parsed_toml
from diffing.reading.documents import MAX_BYTES

MANIFEST = "corpus.toml"
UNFINISHED = ".diffing-part"  # how a file of ours ends while it is written; any other is the user's
MARK = "# --- the files below are written by `diffing corpus`; edit above this line ---"


class StoredFile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where one file of the corpus came from; `sha256` is of its bytes, `date` the day it was stored (ISO)."""

    sha256: str
    date: str
    address: str = ""
    licence: str = ""
    country: str = ""


class FailedPage(Struct, frozen=True, kw_only=True):
    """A narrative that could not be fetched: its address, the day (ISO), and why; the next download tries it again."""

    address: str
    date: str
    why: str


class Manifest(Struct, frozen=True, kw_only=True):
    """The keys of ``corpus.toml`` that mean something here; others are the user's own and are left alone."""

    family: str | None = None  # a profile's name
    profile: str | None = None  # or a profile's .toml, beside corpus.toml
    title: str = ""
    licence: str = ""
    aliases: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    files: dict[str, StoredFile] = {}  # by path inside the corpus, with forward slashes
    failed: dict[str, FailedPage] = {}  # by year and slug, "2020/norvania"

    def profile_of(self, folder: Path) -> str | None:
        """The profile that the corpus names, as `load_profile` takes it; None where it names none.

        Raises `DiffingError` naming ``corpus.toml`` and the key where there is no such profile in the corpus.
        """
        key, named = ("profile", self.profile) if self.profile else ("family", self.family)
        if named is None:
            return None
        if key == "profile" and named.endswith(".toml"):
            named = str(folder / named)
        try:
            load_profile(named, inside=folder)
        except DiffingError as error:
            raise DiffingError(f"{folder / MANIFEST}: key {key}: {error}") from error
        return named


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the corpus in `folder`; an empty one where there is no ``corpus.toml``.

    Raises `DiffingError` naming the file and the key.
    """
    path = folder / MANIFEST
    text = _text_of(path)
    if text is None:
        return Manifest()
    try:
        return msgspec.convert(parsed_toml(text, str(path)), Manifest)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        raise DiffingError(f"{path}: key {where.strip('`').removeprefix('$.') or '(top level)'}: {what}") from error


def write_manifest(folder: Path, manifest: Manifest, *, head: Mapping[str, str] | None = None) -> None:
    """Writes the files of `manifest` into ``corpus.toml``; `head` are the first keys of a file that is not there yet.

    Raises `OutputError` where it can't be written; the file that was there is then unharmed.
    """
    path = folder / MANIFEST
    above = _above(path)
    if above is None:
        above = "".join(f"{key} = {_quoted(value)}\n" for key, value in (head or {}).items() if value)
    lines = [above.rstrip("\n"), "", MARK, ""]
    entries: list[tuple[str, str, Struct]] = [("files", name, file) for name, file in sorted(manifest.files.items())]
    entries += [("failed", name, page) for name, page in sorted(manifest.failed.items())]
    for table, name, entry in entries:
        lines.append(f"[{table}.{_quoted(name)}]")
        values: dict[str, Any] = msgspec.to_builtins(entry)
        lines += [f"{key} = {_quoted(str(value))}" for key, value in values.items()]
        lines.append("")
    content = "\n".join(lines).lstrip("\n").encode("utf-8")
    if len(content) > MOST_BYTES:  # nobody could read it again
        raise OutputError(f"{path}: more files than one corpus may have: put some into another, or give it as a table")
    write_whole(path, content)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that a reader, or a run killed at any moment, finds the old one or the new one, whole.

    Raises `OutputError` where it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, mode_for(path))
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"{path}: can't be written: {error.strerror or error}") from error


def checksum_of(path: Path) -> str | None:
    """The SHA-256 (hex) of a file's bytes; None where no file is there that could have been stored."""
    try:
        return hashlib.sha256(file_bytes(path, MAX_BYTES)).hexdigest()
    except (OSError, ValueError, DiffingError):  # a name in a stranger's corpus.toml may be none
        return None


def _above(path: Path) -> str | None:
    """What a user wrote: all above the last mark, or all where there is none.

    Raises `DiffingError` where something else than tables of files stands below it: it would be lost.
    """
    text = _text_of(path)
    if text is None:
        return None
    above, mark, below = f"\n{text}".replace("\r\n", "\n").rpartition(f"\n{MARK}\n")
    if not mark:
        return text
    try:
        others = set(parsed_toml(below, str(path))) - {"files", "failed"}
    except DiffingError:
        return text  # what looks like our mark stands inside a text of the user's
    if others or re.search(r"^[ \t]*#", below, re.MULTILINE):
        raise DiffingError(
            f"{path}: something of your own stands below the line {MARK!r} and would be lost: move it above that line"
        )
    return above.removeprefix("\n") + "\n"


def _text_of(path: Path) -> str | None:
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise DiffingError(f"{path}: a link that leads out of the corpus: put there what it leads to")
    try:
        return file_bytes(path, MOST_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DiffingError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DiffingError(f"{path}: no valid TOML: {error}") from error


def _quoted(text: str) -> str:
    written = text.encode("utf-8", "backslashreplace").decode()  # a file's name may be any bytes
    return json.dumps(written, ensure_ascii=False).replace("\x7f", "\\u007f")
