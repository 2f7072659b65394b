"""A corpus at an address (``s3://``, ``gs://``, ``https://``, a shared folder's ``file://``), copied here to be read.

Each process that opens the corpus keeps a copy of its own machine's; only files whose size or version changed are
fetched again, and what is gone there goes here. Needs fsspec and, for most addresses, the package that knows them
(s3fs, gcsfs).
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from diffing.model import DiffingError

LISTING = ".diffing-copy.json"


def is_address(path: str | Path) -> bool:
    """Whether `path` is an address rather than a folder of this machine."""
    return "://" in str(path)


def local_copy(address: str, into: Path | None = None) -> Path:
    """The folder of this machine that holds the corpus at `address`, brought up to date.

    It is below `into` (the user's cache where None). Raises `DiffingError` where the address can't be read, and for
    a name in it that would lead out of the folder.
    """
    fsspec = _fsspec()
    folder = (into or _cache()) / hashlib.sha256(address.encode()).hexdigest()[:16]
    try:
        system, root = fsspec.core.url_to_fs(address)
        found = {name: entry for name, entry in system.find(root, detail=True).items() if entry["type"] == "file"}
    except Exception as error:  # each protocol raises errors of its own
        raise DiffingError(f"{address}: can't be read: {type(error).__name__}: {error}") from error
    if not found:
        raise DiffingError(f"{address}: nothing is there; give the address of a folder <year>/<country>.txt")
    last, now = _listing(folder), {}
    for name, entry in sorted(found.items()):
        inside = PurePosixPath(name).relative_to(PurePosixPath(root))
        if ".." in inside.parts or inside.is_absolute():
            raise DiffingError(f"{address}: the name {name!r} leads out of the folder")
        path, version = folder / inside, _version(entry)
        now[str(inside)] = version
        if last.get(str(inside)) != version or not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            try:
                system.get_file(name, str(part))
            except Exception as error:
                raise DiffingError(f"{address}: {inside} can't be fetched: {error}") from error
            os.replace(part, path)
    for gone in set(last) - set(now):
        (folder / gone).unlink(missing_ok=True)
    (folder / LISTING).write_text(json.dumps(now), "utf-8")
    return folder


def _version(entry: dict[str, Any]) -> str:
    """What tells one version of a file from the next: its checksum where the place knows one, else size and time."""
    known = [entry.get(key) for key in ("ETag", "etag", "md5Hash", "checksum")]
    mark = next((str(value) for value in known if value), None) or entry.get("mtime") or entry.get("created")
    return f"{entry.get('size')} {mark}"


def _listing(folder: Path) -> dict[str, str]:
    try:
        listed = json.loads((folder / LISTING).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return listed if isinstance(listed, dict) else {}


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or (
        Path.home() / ".cache" if os.environ.get("HOME") else tempfile.gettempdir()
    )
    return Path(base) / "diffing"


def _fsspec() -> Any:
    try:
        import fsspec.core
    except ImportError as error:
        raise DiffingError(
            "an address needs fsspec: pip install '.[scale]' in the project's folder, or give a folder"
        ) from error
    return fsspec
