"""Results by the content that they were made from, never by time: a folder of files, each named by a digest.

A name is the digest of everything that went into a result (texts, profile, code). Files are written whole or not at
all, so two runs may share a folder; a file that is missing, cut short or not ours is simply made again. Nothing in it
is executed when it is read. It is bounded in size: what was not used for longest goes first. What is kept stands in the
user's own cache (``$XDG_CACHE_HOME/diffing/kept``, else ``~/.cache/diffing/kept``) and may be deleted at any time.

>>> store = Store(cache_of(Path("corpora/sample")))
>>> store.put("pages/ab12", b"<html>")
>>> store.get("pages/ab12")
b'<html>'
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from diffing.model import DiffingError
from diffing.plain_files import file_bytes

Kept = TypeVar("Kept")

# zlib's fastest level: a pair's texts shrink to a third, and the 30 MB of a year cost a second.
COMPRESSION = 1

CHECKSUM_BYTES = 32  # of SHA-256, before what is kept

# Bytes of one thing that is kept, unpacked: [50 million, 2,000 million], default 300 million; of the longest narrative
# it is some twenty. Higher lets a damaged file fill the memory before its checksum is asked.
MOST_UNPACKED = 300_000_000

# Bytes that the cache of one corpus takes at most: [100 million, 20,000 million], default 2,000 million, which is 190
# countries over 25 years with their pages. Lower, a large corpus is read again for every run.
MOST_BYTES = 2_000_000_000

# Bytes of one file in it that is ours: [50 million, 2,000 million], default 500 million. Two narratives of the greatest
# length there may be take 30 million; a larger one was damaged, and is not read into the memory.
MOST_AT_ONCE = 500_000_000

# The share of them that is left where there were more: [0.5, 0.95]; higher, every run of a full cache takes out a few.
LEFT = 0.8

# Seconds after which the unfinished file of a run is one that a killed run left: [600, 1,000,000], default a day.
UNFINISHED = 86_400


# How we name what we keep, and what is being written; the last two are what SQLite puts beside downloaded pages.
_OURS = re.compile(r"[0-9a-f]{64}(?:\.\d+\.part|-wal|-shm)?")


def digest(*parts: object) -> str:
    """The SHA-256 of the parts, each told apart from its neighbours."""
    sha = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        sha.update(str(len(data)).encode() + b":" + data)
    return sha.hexdigest()


def packed(name: str, data: bytes) -> bytes:
    """`data` as the cache keeps it under `name`, with a checksum of both before it."""
    return hashlib.sha256(name.encode() + data).digest() + zlib.compress(data, COMPRESSION)


def unpacked(name: str, kept: bytes) -> bytes:
    """What `packed` was given with `name`; raises `zlib.error` for anything else."""
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(kept[CHECKSUM_BYTES:], MOST_UNPACKED)
    if not unpacking.eof:
        raise zlib.error("cut off, or over the limit")
    if hashlib.sha256(name.encode() + data).digest() != kept[:CHECKSUM_BYTES]:
        raise zlib.error("not what was kept")
    return data


def decoded(data: bytes | None, kind: type[Kept]) -> Kept | None:
    """What was kept as MessagePack, or None where there is nothing of the kind: it is made again."""
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError):
        return None


class Store:
    """A folder of results by digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """What was put under `name`, or None where there is nothing whole."""
        data = self.get_packed(name)
        try:
            return None if data is None else unpacked(name, data)
        except zlib.error:
            return None

    def get_packed(self, name: str) -> bytes | None:
        """What was put under `name` as it is kept, not looked into, or None where there is nothing."""
        path = self.folder / name
        try:
            data = file_bytes(path, MOST_AT_ONCE)
        except (OSError, DiffingError):  # a pipe, or larger than any of ours: made again
            return None
        with contextlib.suppress(OSError):  # a folder that can only be read forgets when it was used
            os.utime(path)
        return data

    def given(self, names: Iterable[str]) -> dict[str, bytes]:
        """What is kept of `names`, packed, to be sent to where this folder can't be reached."""
        return {name: data for name in names if (data := self.get_packed(name)) is not None}

    def put(self, name: str, data: bytes) -> None:
        """Keeps `data` under `name`, whole or not at all; a full disk costs the next run time and this one nothing."""
        self.put_packed(name, packed(name, data))

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
        """Whether something whole is kept under `name`."""
        return self.get(name) is not None

    def size(self) -> int:
        """The bytes that all of it takes."""
        return sum(size for _, size, _ in self._files())

    def prune(self, most: int = MOST_BYTES) -> None:
        """Removes what was not used for longest where there are over `most` bytes, and what killed runs left."""
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        least = LEFT * most if total > most else total
        now = time.time()
        for used, size, path in files:
            left_over = path.suffix == ".part" and now - used > UNFINISHED
            if left_over or total > least:
                with contextlib.suppress(OSError):
                    path.unlink()
                    total -= size

    def clear(self) -> int:
        """Removes all of it and says how many bytes that were. Raises `OSError` where it can't."""
        freed = 0
        for _, size, path in list(self._files()):
            path.unlink()
            freed += size
        if not self.folder.is_symlink():
            for folder in (*self.folder.glob("*"), self.folder):
                with contextlib.suppress(OSError):  # what others have put there stays, and its folder
                    folder.rmdir()
        return freed

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each file of ours was used last, its bytes and its path; links are not followed."""
        if self.folder.is_symlink():
            return
        for path in self.folder.glob("*/*"):
            if _OURS.fullmatch(path.name) and not path.parent.is_symlink():
                with contextlib.suppress(OSError):
                    about = path.lstat()
                    if stat.S_ISREG(about.st_mode):
                        yield about.st_mtime, about.st_size, path
