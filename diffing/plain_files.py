"""Files that anybody may have put there: read within a limit, found by a stranger's name, written with their mode."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from diffing.model import DiffingError


def file_bytes(path: Path, most: int) -> bytes:
    """What is in a file. Raises `OSError` as opening it does, `DiffingError` for a pipe or over `most` bytes."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise DiffingError(f"{path}: no file but a pipe or a device: put a file there")
        content = b"" if about.st_size > most else file.read(most + 1)
    if max(about.st_size, len(content)) > most:
        raise DiffingError(f"{path}: over the limit of {most:,} bytes for such a file")
    return content


def mode_for(path: Path) -> int:
    """The mode of what takes the place of a file: the one that this has, else what the user's umask leaves."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def file_inside(folder: Path, name: str) -> Path | None:
    """The file that a name which a stranger may have written is of, in a folder (resolved) and behind no link.

    None for what is not plainly such a name: an absolute one, one with ``..``, one of a pipe, of a link, of nothing.
    """
    path = folder / name
    try:
        plain = path.resolve() == path and path.relative_to(folder).as_posix() == name and path.is_file()
    except (OSError, ValueError, RuntimeError):  # no name, or links in a circle
        return None
    return path if plain else None
