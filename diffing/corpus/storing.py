"""Writes narratives into a corpus: never outside it, never half, each with its line in ``corpus.toml``."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections import defaultdict
from pathlib import Path
from typing import IO, Self

from diffing.corpus.folders import country_names, is_document
from diffing.corpus.listing import entries
from diffing.corpus.manifest import (
    MANIFEST,
    UNFINISHED,
    FailedPage,
    StoredFile,
    checksum_of,
    read_manifest,
    write_manifest,
    write_whole,
)
from diffing.corpus.naming import check_country, check_year
from diffing.model import DiffingError, OutputError, slug_of
from diffing.plain_files import file_bytes
from diffing.profile import Profile, load_profile
from diffing.profile.loading import files_of_profile
from diffing.profile.territories import Identity
from diffing.profile.toml_files import MOST_BYTES
from diffing.reading.documents import KINDS

try:
    import fcntl
except ImportError:  # Windows: two runs at once are then the user's to avoid
    fcntl = None  # type: ignore[assignment]


# A link is not followed and a pipe not waited for: a corpus may be a stranger's.
_LOCK = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Shelf:
    """A corpus that narratives are put into, made where it is not there yet; a context manager while it is filled.

    `family` (a profile, its name or its ``.toml``) heads a new ``corpus.toml``. Raises `DiffingError` where the one
    that is there is not valid or is of another family.
    """

    def __init__(self, folder: Path, family: str | Path | Profile) -> None:
        if os.path.exists(folder) and not folder.is_dir():  # a Path raises for a name that is too long
            raise DiffingError(f"{folder}: a file stands where the corpus should be; give another folder with --into")
        self.folder = folder
        self.profile = load_profile(family)
        self.manifest = read_manifest(folder)
        self.names = country_names(self.profile, self.manifest)
        known = self.manifest.profile_of(folder)
        if known is not None and load_profile(known).name != self.profile.name:
            raise DiffingError(
                f"{folder}: a corpus of family {load_profile(known).name}, not {self.profile.name}; "
                "give another folder with --into"
            )
        self._family, self._head = family, {"title": self.profile.title, "licence": self.profile.licence}
        self._lock: IO[bytes] | None = None
        self._listed: dict[int, dict[Identity, set[Path]]] = {}

    def __enter__(self) -> Self:
        """Keeps others from filling the corpus at the same time, and takes away what a killed run left half written.

        Raises `DiffingError` where another run is filling it, `OutputError` where it can't be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.fdopen(os.open(self.folder / ".lock", _LOCK, 0o644), "ab")
        except OSError as error:
            raise OutputError(f"{self.folder}: can't be written: {error.strerror}") from error
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                self._lock.close()
                raise DiffingError(
                    f"{self.folder}: another download or import is filling it; wait until it is done"
                ) from error
        years = [place for place in self.folder.glob("[12]???") if not place.is_symlink()]  # another's may lie there
        for half in (half for place in (self.folder, *years) for half in place.glob(f".*{UNFINISHED}")):
            if half.is_symlink() or half.is_file():
                half.unlink(missing_ok=True)
        self.manifest = read_manifest(self.folder)  # another run may have added to it since
        if not (self.folder / MANIFEST).exists():
            self._head = self._named() | self._head
        return self

    def __exit__(self, *_error: object) -> None:
        if self._lock is not None:
            self._lock.close()

    def target(self, year: int, slug: str, suffix: str) -> Path:
        """Where a narrative is written. Raises `OutputError` for one outside the corpus, and where no file stands.

        Raises `DiffingError` for a year that no report can be of.
        """
        name = check_country(slug)
        path = self.folder / f"{check_year(year):04d}" / f"{name}{suffix}"
        inside = self.folder.resolve()
        if not name or path.resolve().parent != inside / f"{year:04d}":
            raise OutputError(f"{path}: leads outside the corpus {self.folder}; nothing is written")
        if os.path.lexists(path) and not path.is_file():
            raise OutputError(f"{path}: no file but a folder, a pipe or the like stands there: move it away")
        return path

    def files(self, year: int, slug: str) -> tuple[Path, ...]:
        """The files of one country and year that are there, under whatever name the country has."""
        place = self.folder / f"{year:04d}"
        if not place.is_dir():
            return ()
        if year not in self._listed:  # once a year: rows of a table may be thousands
            self._listed[year] = defaultdict(set)
            for file in entries(place):
                self._listed[year][self.names.identity(slug_of(file.stem))].add(file)
        known = self._listed[year][self.names.identity(slug)]
        named = (place / f"{slug}{suffix}" for suffix in KINDS)  # the user may put one there meanwhile
        known |= {file for file in named if file.parent == place and os.path.isfile(file)}
        return tuple(file for file in sorted(known) if is_document(file))

    def present(self, year: int, slug: str) -> str | None:
        """None where a narrative is yet to be stored, empty where it is there as stored, else why it is let be."""
        files = self.files(year, slug)
        if not files:
            return None
        for file in files:
            entry = self.manifest.files.get(self._key(file))
            if entry is None:
                return f"{file} is your own: left alone"
            if checksum_of(file) != entry.sha256:
                return f"{file} was changed since it was stored: left alone"
        return ""

    def put(
        self,
        year: int,
        slug: str,
        suffix: str,
        content: bytes,
        *,
        country: str,
        address: str,
        licence: str = "",
        save: bool = True,
    ) -> Path:
        """Writes one narrative and its entry, in place of all files of its country and year; returns its path.

        The entry goes first: a run killed between the two leaves an entry without its file, which the next run sees
        and mends; a file without an entry would look like the user's own. Without `save` the entries wait for `save`.
        Raises `OutputError` where either can't be written.
        """
        path = self.target(year, slug, suffix)
        before = [file for file in self.files(year, slug) if file != path]
        self.manifest.files[self._key(path)] = _entry(content, country, address, licence)
        self.manifest.failed.pop(f"{year:04d}/{path.stem}", None)
        if save:
            self.save()
        write_whole(path, content)
        if year in self._listed:
            self._listed[year][self.names.identity(path.stem)].add(path)
        for file in before:
            self._remove(file)
        if before and save:
            self.save()
        return path

    def enter(self, file: Path, *, country: str, address: str) -> None:
        """Gives a file of the corpus that has no entry one; `save` writes it."""
        if self._key(file) not in self.manifest.files:
            self.manifest.files[self._key(file)] = _entry(file.read_bytes(), country, address, "")

    def remember_failure(self, year: int, slug: str, address: str, why: str) -> None:
        """Writes down that a narrative could not be fetched, for `check` and the next download.

        Raises `OutputError` where it can't be written.
        """
        today = datetime.date.today().isoformat()
        self.manifest.failed[f"{year:04d}/{slug_of(slug)}"] = FailedPage(
            address=address, date=today, why=" ".join(why.split())
        )
        self.save()

    def save(self) -> None:
        """Writes ``corpus.toml``. Raises `OutputError` where it can't be written."""
        write_manifest(self.folder, self.manifest, head=self._head)

    def _remove(self, file: Path) -> None:
        try:
            file.unlink()
        except OSError as error:
            raise OutputError(f"{file}: can't be removed: {error.strerror}") from error
        self.manifest.files.pop(self._key(file), None)

    def _key(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _named(self) -> dict[str, str]:
        """What a new ``corpus.toml`` says of the family: its name, or the user's own profile, copied into the corpus.

        Raises `OutputError` where it can't be written, `DiffingError` where it would not be the same there.
        """
        if isinstance(self._family, Profile) or not str(self._family).endswith(".toml"):
            return {"family": self.profile.name}
        own, inside = Path(self._family).resolve(), self.folder.resolve()
        if own.is_relative_to(inside):
            return {"profile": own.relative_to(inside).as_posix()}
        for file in files_of_profile(self._family):
            copy, content = self.folder / file.name, file_bytes(file, MOST_BYTES)
            if file.name == MANIFEST or (
                os.path.lexists(copy) and checksum_of(copy) != hashlib.sha256(content).hexdigest()
            ):
                raise DiffingError(f"{copy}: another file than the profile {file} stands there: give that another name")
            write_whole(copy, content)
        name = Path(self._family).name
        load_profile(self.folder / name, inside=self.folder)
        return {"profile": name}


def _entry(content: bytes, country: str, address: str, licence: str) -> StoredFile:
    today = datetime.date.today().isoformat()
    checksum = hashlib.sha256(content).hexdigest()
    return StoredFile(sha256=checksum, date=today, address=address, licence=licence, country=country)
