"""Every file under what a user gives that may hold narratives, packed ones unpacked; and what is left out, by name.

Folders may be of any layout: flat, a year or a country a folder, a site as it was saved with all its addresses.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Self

from diffing.corpus.listing import entries, is_aside, leads_inside
from diffing.corpus.manifest import MANIFEST
from diffing.model import DiffingError
from diffing.reading.documents import INSTEAD, KINDS, MAX_BYTES, kind_of

MOST_FILES = 50_000
"""Files of one import, and files and folders that its archives unpack to. Range 1,000 to any; default 50,000: twenty
editions of 200 countries with the pictures of a saved site. Above it somebody gave a whole disk."""

MOST_UNPACKED = 2_000_000_000
"""Bytes that the archives of an import may unpack to. Range 100 MB to any; default 2 GB, ten editions in PDF."""

MOST_LISTED = 10_000_000
"""Bytes of an archive's list of its files, which is read whole. Range a million to 100 million; default 10 million, 100
for each of as many files as an import may have. It takes ten times as much memory."""

MOST_PACKED = 3
"""Archives in each other. Range 1 to 5; default 3: a year an archive, all of them in one. One can hold itself."""

DEEPEST = 12
"""Folders in each other. Range 5 to 50; default 12: a saved site has six. A circle of links ends here."""

SHOWN = 5
"""Names of files of one kind that a note lists. Range 1 to 50; default 5."""

UNPACKED, MARK, LEFT_FOR = "diffing-import-", "made-by-an-import", 604_800
"""What a folder in which archives are unpacked begins with, what in it says so, and the seconds after which one is that
of an import that was killed. Range 86,400 to any; default a week: 50,000 pages of a minute each take less."""

# Ways of packing that unpack a piece at a time; of the others, two kilobytes can be gigabytes at once.
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

# What a saved site holds besides its pages; left out with one line.
_ASSETS = frozenset(
    re.findall(
        r"\S+",
        ".css .js .mjs .map .json .woff .woff2 .ttf .eot .svg .gif .ico .webp .xml .rss .toml .lock .php .mp4 .mp3",
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file, the folder or archive that the user gave, and how messages name it."""

    path: Path
    below: Path
    name: str


@dataclass
class Gathered:
    """What lies under some paths: a context manager, for archives are unpacked while it lasts."""

    files: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        _tidy()
        self._unpacked = tempfile.TemporaryDirectory(prefix=UNPACKED)
        (Path(self._unpacked.name) / MARK).touch()
        self._left: dict[str, list[str]] = defaultdict(list)
        self._archives = self._bytes = self._made = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._unpacked.cleanup()

    def add(self, path: Path) -> None:
        """Adds a file, or all that lies in a folder. Raises `DiffingError` where it is missing or is of no use."""
        try:
            single, folder = path.is_file(), path.is_dir()
        except OSError:  # a name that is too long
            single = folder = False
        known = path.suffix.lower() in {*KINDS, ".zip"} or (path.suffix.lower() == ".doc" and _is_newer_within(path))
        if single and not known:
            instead = INSTEAD.get(path.suffix.lower(), f"{' '.join(KINDS)} are")
            raise DiffingError(f"{path}: {path.suffix or 'no ending'} is not read: {instead}")
        if not single and not folder:
            raise DiffingError(f"{path}: no such file or folder")
        if single:
            self._file(Found(path, path.absolute().parents[min(1, len(path.absolute().parents) - 1)], str(path)))
        else:
            for file in self._walked(path):
                self._file(Found(file, path.absolute().parent, str(file)))

    def _walked(self, root: Path) -> Iterator[Path]:
        """The files in a folder, each folder once, by its own name before a link's.

        No link out of it is followed: a stranger's could make a key of one's own a text.
        """
        inside, seen = root.resolve(), set[Path]()
        folders, links = [(root, 0)], list[tuple[Path, int]]()
        while folders or links:
            folder, depth = folders.pop() if folders else links.pop(0)
            if (real := folder.resolve()) in seen:
                continue
            seen.add(real)
            below: list[tuple[Path, int]] = []
            for entry in entries(folder):
                if entry.name.startswith("."):
                    continue
                if entry.is_symlink() and entry.exists() and not leads_inside(entry, inside):
                    self.failed.append((str(entry), "a link that leads out of the folder: give what it leads to"))
                elif entry.is_dir():
                    if depth < DEEPEST:
                        (links if entry.is_symlink() else below).append((entry, depth + 1))
                elif entry.is_file():
                    yield entry
            folders += reversed(below)

    def finish(self) -> None:
        """Says what was left out, a note a kind of file."""
        for suffix, names in sorted(self._left.items()):
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            what = "parts of a saved site" if suffix == "" else INSTEAD.get(suffix, "no document that is read")
            self.notes.append(f"left out, {what}: {', '.join(names[:SHOWN])}{more}")

    def _file(self, found: Found, depth: int = 0) -> None:
        suffix = found.path.suffix.lower()
        if is_aside(found.path) or found.path.name == MANIFEST:
            return
        if suffix == ".zip":
            self._archive(found, depth)
        elif suffix in KINDS or (suffix == ".doc" and _is_newer_within(found.path)):
            if len(self.files) >= MOST_FILES:
                raise DiffingError(f"{found.name}: over {MOST_FILES:,} files: give a folder with fewer")
            self.files.append(found)
        else:
            self._left["" if suffix in _ASSETS else suffix or "no ending"].append(found.name)

    def _archive(self, found: Found, depth: int) -> None:
        self._archives += 1
        into = Path(self._unpacked.name) / str(self._archives) / found.path.stem
        try:
            if _listed_in(found.path) > MOST_LISTED:
                self.failed.append((found.name, "its list of files is longer than any: unpack it and cut it"))
                return
            with zipfile.ZipFile(found.path) as archive:
                members = [entry for entry in archive.infolist() if not entry.is_dir()]
                size = self._bytes + sum(entry.file_size for entry in members)
                made = self._made + _made_for(members)
                full = size > MOST_UNPACKED or max(made, len(members)) > MOST_FILES
                if full or depth >= MOST_PACKED:
                    self.failed.append((found.name, "unpacks to more than an import may have: unpack it and cut it"))
                    return
                self._bytes, self._made = size, made
                for entry in members:
                    if why := _unpacked(archive, entry, into):
                        self.failed.append((f"{found.name}: {entry.filename}", why))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            self.failed.append((found.name, f"no archive that can be unpacked: {error}"))
            return
        for file in self._walked(into) if into.is_dir() else ():
            self._file(Found(file, into.parent, f"{found.name}: {file.relative_to(into)}"), depth + 1)


def _tidy() -> None:
    """Removes what killed imports of this user have left among the temporary files."""
    for left in Path(tempfile.gettempdir()).glob(f"{UNPACKED}*"):
        with suppress(OSError):
            about = left.lstat()
            own = stat.S_ISDIR(about.st_mode) and about.st_uid == getattr(os, "getuid", lambda: 0)()
            if own and time.time() - about.st_mtime > LEFT_FOR and (left / MARK).is_file():
                shutil.rmtree(left, ignore_errors=True)


def _listed_in(path: Path) -> int:
    """The bytes of the list at the end of an archive, 0 where there is none."""
    with path.open("rb") as file:
        end: Any = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # what `ZipFile` asks before it reads it
    return int(end[zipfile._ECD_SIZE]) if end else 0  # type: ignore[attr-defined]


def _parts_of(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    return PurePosixPath(entry.filename.replace("\\", "/")).parts


def _made_for(members: Sequence[zipfile.ZipInfo]) -> int:
    """Files and folders that unpacking an archive makes, counted as far as an import may have them."""
    made: set[tuple[str, ...]] = {(), ("",)}  # its own two folders
    for parts in map(_parts_of, members):
        if len(parts) <= DEEPEST + 1:
            made |= {parts[:length] for length in range(1, len(parts) + 1)}
        if len(made) > MOST_FILES:
            break
    return len(made)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path) -> str | None:
    """Puts one file of an archive into a folder; why it could not be, or None. The others go on."""
    parts = _parts_of(entry)
    if ".." in parts or not parts or parts[0] == "/":
        return "leads out of the archive"
    if len(parts) > DEEPEST + 1:
        return f"in over {DEEPEST} folders: unpack it by hand"
    if entry.file_size > MAX_BYTES:
        return f"over the limit of {MAX_BYTES:,} bytes"
    if entry.compress_type not in _PACKINGS:
        return "packed in a way that is not read: unpack it by hand"
    target = into.joinpath(*parts)
    try:
        if target.exists():
            return "another file of the archive has this name: unpack it by hand"
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, target.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    except Exception as error:  # a damaged member raises what its packing raises
        with suppress(OSError):
            target.unlink()
        return f"can't be unpacked: {getattr(error, 'strerror', None) or error}"
    return None


def _is_newer_within(path: Path) -> bool:
    """Whether a ``.doc`` is no old document of Word but a page, a rich text or a newer document within; many are."""
    try:
        with path.open("rb") as file:
            return kind_of(path.name, file.read(1024)) != "text"
    except OSError:
        return False


def gathered(paths: Sequence[Path]) -> Gathered:
    """All files under `paths`; raises `DiffingError` as `Gathered.add` does."""
    found = Gathered()
    try:
        for path in paths:
            found.add(path)
    except BaseException:
        found.__exit__()
        raise
    found.finish()
    return found
