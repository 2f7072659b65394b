"""The user's own cache: what was kept of a corpus, and copies of those at an address, stand in it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path


def user_cache() -> Path:
    """The folder of our own in the user's cache; it may be missing."""
    base = os.environ.get("XDG_CACHE_HOME")
    if not base:
        try:
            base = str(Path.home() / ".cache")
        except RuntimeError:  # a container's user may have no home
            base = str(_of_this_user(Path(tempfile.gettempdir())))
    return Path(base) / "diffing"


def cache_of(corpus: Path) -> Path:
    """The folder that keeps what was made of the corpus at `corpus`: its name, and a digest of where it stands."""
    where = os.path.realpath(corpus)
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", os.path.basename(where))[:40].strip("-") or "corpus"
    digest_of_place = hashlib.sha256(os.fsencode(where)).hexdigest()[:12]
    return all_caches() / f"{name}-{digest_of_place}"


def all_caches() -> Path:
    """The folder in which every corpus has its cache."""
    return user_cache() / "kept"


def pages_of(corpus: Path) -> Path:
    """The file that keeps the pages that were downloaded for a corpus; never in it, for it may be a stranger's."""
    return cache_of(corpus) / "downloads" / hashlib.sha256(b"pages").hexdigest()


@cache
def _of_this_user(shared: Path) -> Path:
    """A folder where everybody may write that nobody else has made or writes to; for this process alone if need be."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    place = shared / f"diffing-{user}"
    with suppress(OSError):
        place.mkdir(mode=0o700, exist_ok=True)
        about = place.lstat()
        if stat.S_ISDIR(about.st_mode) and about.st_uid == user and not about.st_mode & 0o022:
            return place
    return Path(tempfile.mkdtemp(prefix="diffing-", dir=shared))
