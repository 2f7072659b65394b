"""A corpus at an address (``s3://``, ``gs://``, ``https://``, a shared folder's ``file://``), copied here to be read.

Each process that opens the corpus keeps a copy of its own machine's; only files whose size or version changed are
fetched again (all of them where the place tells no version, as plain web servers do), and what is gone there goes
here: never another file, whatever the address says. Needs fsspec and, for most addresses, the
package that knows them (s3fs, gcsfs).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from diffing.child import run_apart
from diffing.corpus.listing import year_of
from diffing.corpus.manifest import UNFINISHED, write_whole
from diffing.corpus.table_files import MAX_TABLE_BYTES, TABLE_SUFFIXES
from diffing.model import DiffingError, OutputError
from diffing.plain_files import file_bytes
from diffing.reading.documents import KINDS, MAX_BYTES
from diffing.user_cache import user_cache

LISTING = ".listing.json"  # how the name of a copy's listing ends
LINK = "link"  # what stands for the version of a link that is not followed

MOST_LISTED = 50_000_000
"""Bytes of a copy's listing. Range 10 million to any; default 50 million, a thousand for each of `MOST_FILES`."""

MOST_COPIED = 5_000_000_000
"""Bytes of one copy. Range a billion to any; default 5 billion, three times 25 editions of 190 countries."""

MOST_IN_A_ROW = 5
"""Files, one after the other, that can't be fetched, after which the address is given up. Range 1 to 100; default 5:
one that is missing is one problem, a line that is down would be thousands."""

SECONDS, MEGABYTES = 30.0, 500
"""What reading the list of a web address may take, in a process of its own. Ranges 10 to 100, 200 to 2,000."""


SECONDS_A_FILE, MOST_SECONDS = 300, 3_600
"""Seconds that a web server may take for one file, and for all. Ranges 30 to 3,600 and 600 to any; defaults 300, a
table of 500 MB in a slow net, and an hour."""


MOST_FILES = 50_000
"""Files of one copy. Range 1,000 to any; default 50,000, 200 editions of 250 countries: a page can name as many as it
likes, and one that is empty counts for no bytes."""

DEEPEST = 2
"""Folders that are looked into, the address's own included: a corpus is a folder of years, and no list is endless."""


def is_address(path: str | Path) -> bool:
    """Whether `path` is an address rather than a folder of this machine."""
    return "://" in str(path)


def local_copy(address: str, into: Path | None = None) -> tuple[Path, dict[PurePosixPath, str]]:
    """The folder of this machine that holds the corpus at `address`, brought up to date; which files can't be had, why.

    It is below `into` (the user's cache where None). Raises `DiffingError` where the address can't be read, or has more
    than a corpus may have. What has a name that would lead out of the folder is left out.
    """
    folder = (into or user_cache()) / hashlib.sha256(address.encode()).hexdigest()[:16]
    try:
        (system, root), found = _system(address), _found(address)
    except DiffingError:
        raise
    except Exception as error:  # each protocol raises errors of its own
        raise DiffingError(f"{address}: can't be read: {type(error).__name__}: {error}") from error
    listing = folder.with_name(f"{folder.name}{LISTING}")  # beside the copy: the address has no word in it
    last, now, failed, copied, in_a_row = _listing(listing), {}, {}, 0, 0
    until = time.monotonic() + MOST_SECONDS
    for name, (size, version) in sorted(found.items()):
        if _is_web(address) and time.monotonic() > until:
            raise DiffingError(f"{address}: it was not copied in {MOST_SECONDS:,} seconds: copy it by other means")
        inside = _inside(root, name)
        if version == LINK and (_of_use(inside) or year_of(inside.name) is not None):
            failed[inside] = f"{address}: {inside} is a link to no file of this folder; left out: put the file there"
        if version == LINK or not _of_use(inside):
            continue
        if not _leads_inside(inside):
            failed[inside] = f"{address}: the name {name!r} leads out of the folder; left out"
            continue
        path, most = _place(folder, inside), MAX_TABLE_BYTES if _is_table(inside) else MAX_BYTES
        if not version or last.get(str(inside)) != version or not path.is_file():
            try:
                _check_size(size, most)
                _fetch(system, name, path, most)
            except Exception as error:
                with suppress(OSError):
                    path.unlink()  # what was there is of another version
                failed[inside] = f"{address}: {inside} can't be fetched: {error}"
                in_a_row += 1
                if in_a_row == MOST_IN_A_ROW:
                    raise DiffingError(failed[inside]) from error
                continue
        in_a_row = 0
        now[str(inside)] = version
        copied += path.stat().st_size
        if copied > MOST_COPIED:
            raise DiffingError(f"{address}: it has over {MOST_COPIED / 1e9:,.0f} GB, more than a corpus may have")
    if not now:
        nothing = f"{address}: nothing is there; give the address of a folder <year>/<country>.txt"
        raise DiffingError(next(iter(failed.values()), nothing))
    for gone in set(last) - set(now):
        if _leads_inside(PurePosixPath(gone)):
            with suppress(OSError, DiffingError):
                _place(folder, PurePosixPath(gone)).unlink()
    _keep(listing, now)
    return folder, failed


def _fetch(system: Any, name: str, path: Path, most: int) -> None:
    """Copies a file, whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        system.get_file(name, str(part), callback=_no_more_than(most))
        os.replace(part, path)
    finally:
        with suppress(OSError):
            part.unlink()


def _found(address: str) -> dict[str, tuple[int, str]]:
    """What `listed` gives; anybody's page is read in a process of its own, whole before it is looked at."""
    found: dict[str, tuple[int, str]]
    if _is_web(address):
        apart = "diffing.corpus.remote:listed"
        found = run_apart(apart, address, seconds=SECONDS, megabytes=MEGABYTES, what=address)
    else:
        found = listed(address)
    if len(found) > MOST_FILES:
        raise DiffingError(f"{address}: it has over {MOST_FILES:,} files, more than a corpus may have")
    return found


def listed(address: str) -> dict[str, tuple[int, str]]:
    """The files at an address, by name: how many bytes each has, 0 where that is not told, and its version.

    The version of a link that leads to none of them is `LINK`.
    """
    system, root = _system(address)
    entries = system.find(root, maxdepth=DEEPEST, detail=True).items()  # of what can't be listed, nothing is told
    found = {}
    for name, entry in entries:
        link = bool(entry.get("islink")) or entry.get("type") == "link"
        if link:  # its time may be its own and not the file's
            found[name] = 0, "" if _is_file_below(Path(name), root) else LINK
        elif entry.get("type") == "file":
            found[name] = entry.get("size") or 0, _version(entry)
    return found


def _is_file_below(link: Path, root: str) -> bool:
    """Whether a link of a folder of this machine leads to a file in it; one of another machine does not."""
    try:
        return link.resolve().is_relative_to(Path(root).resolve()) and link.is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _system(address: str) -> tuple[Any, str]:
    """What reads an address, and the address as it knows it; a web server is given its time, and may lead nowhere."""
    options: dict[str, Any] = {}
    if _is_web(address):
        import aiohttp

        tracing = aiohttp.TraceConfig()
        tracing.on_request_redirect.append(_stay)
        options = {"trace_configs": [tracing], "timeout": aiohttp.ClientTimeout(total=SECONDS_A_FILE)}
    system, root = _fsspec().core.url_to_fs(address, **({"client_kwargs": options} if options else {}))
    return system, root


async def _stay(_session: Any, _context: Any, told: Any) -> None:
    """Raises `DiffingError` where a web server leads to another one, which might be of one's own network."""
    from yarl import URL  # what aiohttp calls an address by

    to = told.url.join(URL(told.response.headers.get("Location", "")))
    if to.origin() != told.url.origin():
        raise DiffingError(f"it leads to {to.origin()}, which is another server: give that one's address")


def _inside(root: str, name: str) -> PurePosixPath:
    """A file's place as seen from the corpus; one that does not lie in it is in the folder above."""
    try:
        inside = PurePosixPath(name).relative_to(PurePosixPath(root))
    except ValueError:
        inside = PurePosixPath("..")
    return inside if _leads_inside(inside) else PurePosixPath("..", PurePosixPath(name).name)


def _place(folder: Path, inside: PurePosixPath) -> Path:
    """Where a file's copy stands; raises `DiffingError` where a link in the copy leads elsewhere."""
    path = folder / inside
    if path.parent.resolve() != folder.resolve() / inside.parent:
        raise DiffingError(f"{path.parent}: a link in the copy of a corpus: take it away")
    return path


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise DiffingError(f"it has over {most / 1e6:,.0f} MB, more than such a file may have")


def _no_more_than(most: int) -> Any:
    """What stops a copy at so many bytes: an address may send more than it said."""
    from fsspec.callbacks import Callback

    class Stop(Callback):  # type: ignore[misc]
        def relative_update(self, inc: int = 1) -> None:
            super().relative_update(inc)
            _check_size(self.value, most)

    return Stop()


def _is_table(inside: PurePosixPath) -> bool:
    return inside.suffix.lower() in TABLE_SUFFIXES


def _leads_inside(inside: PurePosixPath) -> bool:
    """Whether a path is a plain one below a folder."""
    return not inside.is_absolute() and bool(inside.parts) and ".." not in inside.parts and "\x00" not in str(inside)


def _of_use(inside: PurePosixPath) -> bool:
    """Whether a corpus reads such a file: a narrative, a table, or what says how to read them."""
    return (
        len(inside.parts) <= DEEPEST and inside.suffix.lower() in (*KINDS, ".toml") and not inside.name.startswith(".")
    )


def _version(entry: dict[str, Any]) -> str:
    """What tells one version of a file from the next, its checksum or its time, with its size; else nothing."""
    known = (entry.get(key) for key in ("ETag", "etag", "md5Hash", "checksum", "LastModified", "mtime", "created"))
    mark = next(filter(None, known), "")
    return f"{entry.get('size')} {mark}" if mark else ""


def _listing(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(file_bytes(path, MOST_LISTED), type=dict[str, str])
    except (OSError, DiffingError, msgspec.MsgspecError, RecursionError):  # a pipe, terabytes, nothing of ours
        return {}


def _keep(listing: Path, now: dict[str, str]) -> None:
    """Writes a copy's listing. Without one all is fetched anew; an older one would be of other files."""
    try:
        write_whole(listing, json.dumps(now).encode())
    except OutputError:
        with suppress(OSError):
            listing.unlink()


def _fsspec() -> Any:
    try:
        import fsspec.core
    except ImportError as error:
        raise DiffingError(
            "an address needs fsspec: pip install '.[scale]' in the project's folder, or give a folder"
        ) from error
    return fsspec
