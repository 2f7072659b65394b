"""The folder OUT takes its place in one step, and nothing that others have put into it is lost.

    check_place(out)                          refused before any work is done
    take_place(room_beside(target), target)       # in which the new one was made, as NEW

What ``run.json`` lists is ours as long as it is what was written; all else is carried over: files, empty folders, links
(never followed) and pipes.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import logging
import os
import re
import shutil
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from diffing.model import DiffingError, OutputError
from diffing.plain_files import file_inside

_log = logging.getLogger(__name__)

MADE_BY = "diffing"
RUN_FILE = "run.json"

# Bytes of a run.json that are read: one of 200 countries has half a million. Anything longer is not ours.
MOST_RUN_BYTES = 10_000_000

# Bytes of the files of an earlier report that are read to see whether they are as a run wrote them; what is beyond is
# kept as somebody's own. Range a billion to any; default 10 billion, 20 s, where the largest report has half a billion.
MOST_LOOKED_AT = 10_000_000_000

# Folders in each other that others have put into a report. Range 20 to 500; above it Python's own copying gives up.
DEEPEST = 100

_PART = 1_000_000  # bytes of a file that are held at once

# What Linux says of every place where a disk is mounted, for a line each; the fifth word is the place.
MOUNTS = Path("/proc/self/mountinfo")

# What lies in the folder in which a report is made: what says that it is ours, the report, and the one before it.
MARK, NEW, LAST = "made-by-a-run", "new", "last"

_RENAME_EXCHANGE = 2  # of renameat2(2)
_RENAME_SWAP = 2  # of macOS's renamex_np(2)


def check_place(out: Path, target: Path) -> None:
    """Raises `OutputError` where `target`, the folder that `out` means, can't be exchanged for another."""
    if os.path.ismount(target):
        raise OutputError(f"{out} is where a disk is mounted, which can't be replaced: give a folder in it as --out")
    with suppress(OSError):  # the folder that one stands in may be gone
        here = Path.cwd()
        if here == target.resolve() or target.resolve() in here.parents:
            raise DiffingError(f"{out}: you stand in it, and it would be replaced: give another --out")
    if target.exists() or target.is_symlink():
        if not target.is_dir():
            raise OutputError(f"{out} is a file, not a folder: give another --out, or move the file away")
        if next(target.iterdir(), None) is not None and run_of(target) is None:
            raise OutputError(
                f"{out} is not empty and holds no report of ours (no {RUN_FILE}): nothing was written; "
                "give another --out, or an empty folder"
            )
        for _ in _folders(target):
            pass


def target_of(out: Path) -> Path:
    """The folder that is swapped: what `out` points at where it is a link."""
    try:
        return out.resolve() if os.path.islink(out) else out.absolute()
    except (OSError, RuntimeError) as error:
        raise OutputError(f"{out}: the link leads nowhere: {error}") from error


def room_beside(target: Path) -> Path:
    """A new folder of ours beside `target`, in which a report is made, and the last one lies while it is exchanged.

    Its name says which process made it and its mark that a run did, so that only those of dead runs are tidied up, and
    nobody's folder that is merely called so.
    """
    room = Path(tempfile.mkdtemp(prefix=f".{target.name}.{MADE_BY}-{_host()}-{os.getpid()}-", dir=target.parent))
    (room / MARK).write_bytes(os.fsencode(room.name))
    return room


def _host() -> str:
    return re.sub(r"\W", "", socket.gethostname()) or "host"


def tidy(target: Path) -> None:
    """Removes the temporary folders that dead runs on this machine left beside `target`.

    Where the swap takes two steps and was cut between them, the last report is put back first.
    """
    pattern = re.compile(rf"\.{re.escape(target.name)}\.{MADE_BY}-{_host()}-(\d+)-.*", re.DOTALL)
    for room in sorted(target.parent.iterdir()):
        match = pattern.fullmatch(room.name)
        if match is None or _alive(int(match[1])):
            continue
        if not _is_ours(room):
            with suppress(OSError):
                os.rmdir(room)  # whose it is does not matter where nothing is in it
            continue
        if not target.exists() and run_of(room / LAST) is not None:
            os.rename(room / LAST, target)
        remove(room)


def _is_ours(room: Path) -> bool:
    """Whether a folder is one that a run made: no link, and in its mark its own name, as far as that was written."""
    mark = room / MARK
    try:
        plain = stat.S_ISDIR(room.lstat().st_mode) and stat.S_ISREG(mark.lstat().st_mode)
        return plain and mark.stat().st_size < 1_000 and os.fsencode(room.name).startswith(mark.read_bytes())
    except OSError:
        return False


def remove(room: Path) -> None:
    """Removes a folder of ours; its mark goes last, so that what a killed run leaves of it is still known.

    What lies on a disk that was mounted in it is not ours: then all of it stays, as where its mark is gone.
    """
    if not _is_ours(room):
        return
    for name in (NEW, LAST) if not _mounts(room) else ():
        shutil.rmtree(room / name, ignore_errors=True)
    if any(os.path.lexists(room / name) for name in (NEW, LAST)):
        _log.warning("%s could not be removed whole: look what is in it, and delete it yourself", room)
    else:
        shutil.rmtree(room, ignore_errors=True)


def _mounts(folder: Path) -> list[str]:
    """The places in a folder where a disk is mounted: another one, or on Linux a part of the same (``--bind``)."""
    top = os.path.realpath(folder)
    try:
        told = [line.split(b" ")[4] for line in MOUNTS.read_bytes().split(b"\n") if line]
    except OSError:
        below = (os.path.join(at, name) for at, names, _ in os.walk(top) for name in names)
        return [path for path in below if os.lstat(path).st_dev != os.lstat(top).st_dev]
    places = (re.sub(rb"\\(\d{3})", lambda code: bytes([int(code[1], 8)]), place) for place in told)
    return [place for place in map(os.fsdecode, places) if place.startswith(os.path.join(top, ""))]


def _folders(target: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Each folder of a report as seen from it, with the names of the folders and of the files in it.

    Raises `OutputError` where not all that is in it can be put into another report.
    """

    def refuse(what: object, why: object) -> OutputError:
        return OutputError(f"{what}: {why}, so that it can't be kept: take it out of the report, or give another --out")

    def unread(error: OSError) -> None:
        raise refuse(error.filename, f"can't be read ({error.strerror})") from error

    for mounted in _mounts(target):
        raise refuse(mounted, "a disk is mounted there")
    for folder, folders, names in os.walk(target, onerror=unread):
        inside = Path(folder).relative_to(target)
        if inside.parts and inside.as_posix() != "tables" and not os.access(folder, os.W_OK | os.X_OK):
            raise refuse(folder, "nothing can be put into it (it is read-only)")
        if len(inside.parts) > DEEPEST:
            raise refuse(target, f"over {DEEPEST} folders in each other in it")
        yield inside, folders, names


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # the second is no process's number: whoever gave it, the folder is not ours
        return True
    return True


def run_of(folder: Path) -> dict[str, Any] | None:
    """What the ``run.json`` of a report of ours says; None where it is missing, damaged or another program's."""
    path = folder / RUN_FILE
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_RUN_BYTES:
            return None
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or data.get("made_by") != MADE_BY:
        return None
    files = data.get("files")
    if isinstance(files, list) and all(isinstance(name, str) for name in files):
        files = data["files"] = dict.fromkeys(files)  # an earlier version wrote their names alone
    return data if isinstance(files, dict) else None


def is_whole(target: Path, run: dict[str, Any]) -> bool:
    """Whether all files that a report's ``run.json`` lists are there as they were written."""
    look = _Look(target)
    return all(look.is_as_written(name, known) for name, known in run["files"].items())


def take_place(room: Path, target: Path) -> None:
    """Puts the report that was made in `room` in the place of `target`, with what others have put into that.

    They may do so until the very moment: so the last report is looked at once more, and stays where that fails.
    """
    new = room / NEW
    seen = _carry_over(target, new) if target.is_dir() else set()
    last = _swap(new, target)
    if last is None:
        return
    try:
        _carry_over(last, target, seen)
    except (OSError, OutputError) as error:
        (room / MARK).unlink()
        raise OutputError(
            f"{target}: the report is written, but not all that was put into the last one meanwhile could be kept "
            f"in it ({error}): see what is in {last}, and delete it yourself"
        ) from error


_Seen = tuple[str, int, int, int]


def _carry_over(target: Path, new: Path, seen: set[_Seen] | None = None) -> set[_Seen]:
    """Puts into `new` what others have put into an earlier report, so that the swap deletes nobody's file.

    What has the name of a file that the run has written is put beside it, under another name. Returns what was looked
    at: what was `seen` so already is let be.
    """
    run, written = ((run_of(folder) or {}).get("files", {}) for folder in (target, new))
    found: set[_Seen] = set()
    if seen is None:
        _like(target, new)
    look = _Look(target)
    for inside, folders, names in _folders(target):
        for name in (*names, *(name for name in folders if (target / inside / name).is_symlink())):
            ours, path, place = (inside / name).as_posix(), target / inside / name, new / inside / name
            about = path.lstat()
            found.add(now := (ours, about.st_ino, about.st_mtime_ns, about.st_size))
            if os.path.lexists(place):
                if os.path.samestat(about, place.lstat()):
                    continue
                plain = stat.S_ISREG(about.st_mode) and stat.S_ISREG(place.lstat().st_mode)
                if seen is None and plain and ours not in written:
                    continue  # which says itself what was there: reviews, run.json
            if now not in (seen or ()) and not look.is_as_written(ours, run.get(ours), written.get(ours)):
                place.parent.mkdir(parents=True, exist_ok=True)
                if os.path.lexists(place):
                    place = _free_beside(target, place)
                    _log.warning("%s is not as a run wrote it: it is kept as %s", ours, place.name)
                _same(path, place)
        for name in folders:
            path = target / inside / name
            if path.is_symlink() or (inside / name).as_posix() == "tables":
                continue
            (new / inside / name).mkdir(parents=True, exist_ok=True)
            shutil.copystat(path, new / inside / name)
    return found


class _Look:
    """Looks whether files of a report are as a run wrote them, and reads `MOST_LOOKED_AT` bytes at most for it.

    A stranger's ``run.json`` may name a reader's notes, a file elsewhere, one without end, or what is no name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.left = folder.resolve(), MOST_LOOKED_AT

    def is_as_written(self, name: str, *known: object) -> bool:
        """Whether the file of this name has one of the SHA-256 that are `known`."""
        path, digest = file_inside(self.folder, name) if any(known) else None, hashlib.sha256()
        if path is None:
            return False
        try:
            left = path.stat().st_size
            self.left -= left
            with path.open("rb") as file:
                while self.left >= 0 and (part := file.read(min(left, _PART))):
                    digest.update(part)
                    left -= len(part)
        except OSError:
            return False
        return self.left >= 0 and digest.hexdigest() in known


def _free_beside(target: Path, place: Path) -> Path:
    """A name beside a file of a new report that neither it nor the earlier one has."""
    names = (place.with_name(f"{place.stem}.kept{n or ''}{place.suffix}") for n in count())
    inside = place.parent.name if place.parent.name == "tables" else ""
    return next(
        name for name in names if not os.path.lexists(name) and not os.path.lexists(target / inside / name.name)
    )


def _same(old: Path, new: Path) -> None:
    """One file under a second name, whatever it is: a link stays a link, a pipe a pipe; else a copy of it."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        about = old.lstat()
        if stat.S_ISREG(about.st_mode) or stat.S_ISLNK(about.st_mode):
            shutil.copy2(old, new, follow_symlinks=False)
        elif stat.S_ISFIFO(about.st_mode):
            os.mkfifo(new, stat.S_IMODE(about.st_mode))
        else:
            raise


def _like(old: Path, new: Path) -> None:
    """Gives a folder the mode and the owner of another, as far as we may."""
    about = old.stat()
    os.chmod(new, stat.S_IMODE(about.st_mode))
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(new, about.st_uid, about.st_gid)


def _swap(new: Path, target: Path) -> Path | None:
    """Puts `new` in the place of `target`; where that is afterwards, None where there was none."""
    if not target.exists():
        os.rename(new, target)
        return None
    if _exchange(new, target):
        return new
    last = new.with_name(LAST)
    os.rename(target, last)
    os.rename(new, target)
    return last


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step, where the system can; False where it can't."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        paths = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            result = libc.renamex_np(*paths, ctypes.c_uint(_RENAME_SWAP))
        else:
            here = ctypes.c_int(-100)  # AT_FDCWD
            result = libc.renameat2(here, paths[0], here, paths[1], ctypes.c_uint(_RENAME_EXCHANGE))
    except (AttributeError, OSError, TypeError):
        return False
    return bool(result == 0)
