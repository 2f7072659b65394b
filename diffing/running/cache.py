"""What a run keeps for the next one, in the one folder that a corpus has, whatever is asked of it: by which names.

It stands in the user's own cache, so that a corpus can be read-only and copied (see `store`).
"""

from __future__ import annotations

import contextlib
import re
import sys
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Protocol

import msgspec

from diffing.profile import Profile
from diffing.store import digest, packed, unpacked

PACKAGE = Path(__file__).parents[1]


@cache
def code_digest(*rooms: str) -> str:
    """The digest of the code of `rooms` and of what all rooms share: a new threshold is new code."""
    rooms_of_all = ("model", "profile", "language", "running")
    inside = (path for room in (*rooms_of_all, *rooms) for path in sorted((PACKAGE / room).rglob("*")))
    files = [
        PACKAGE / "columns.py",
        PACKAGE / "tables.py",
        PACKAGE / "pipeline.py",
        PACKAGE / "results.py",
        PACKAGE / "year_results.py",
    ]  # profiles have a digest of their own
    files += [p for p in inside if p.is_file() and p.suffix not in (".pyc", ".pyo") and p.parent.name != "data"]
    return digest(made_with(), *(part for path in files for part in (path.name, path.read_bytes())))


@cache
def made_with() -> str:
    """Python and the packages that read, align and judge, each with its version: a new one may find otherwise."""
    versions = [f"python {sys.version_info[0]}.{sys.version_info[1]}"]
    with contextlib.suppress(PackageNotFoundError):  # in a checkout that is not installed they are not known
        for line in requires("diffing") or ():
            name = re.match(r"[\w.-]+", line)
            if name is not None and "extra ==" not in line:
                versions.append(f"{name[0]} {version(name[0])}")
    return ", ".join(sorted(versions))


def profile_digest(profile: Profile, *, judging: bool) -> str:
    """The digest of what a profile says of judging, or of everything else in it."""
    if judging:
        return digest(msgspec.json.encode(profile.judging, order="sorted"))
    rest = msgspec.structs.asdict(profile) | dict.fromkeys(("judging", "editions", "checksum", "extends"))
    sections = [(edition.since, edition.subsections, edition.sections) for edition in profile.editions]
    return digest(msgspec.json.encode(rest, order="sorted"), msgspec.json.encode(sections, order="sorted"))


class Carried:
    """What a process far from the folder was given of it, and what it made, which is to be kept by who can."""

    def __init__(self, given: Mapping[str, bytes]) -> None:
        self.given = given
        self.made: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """As `Store.get`."""
        data = self.made.get(name, self.given.get(name))
        try:
            return None if data is None else unpacked(name, data)
        except zlib.error:
            return None

    def put(self, name: str, data: bytes) -> None:
        """As `Store.put`."""
        self.made[name] = packed(name, data)

    def has(self, name: str) -> bool:
        """As `Store.has`."""
        return name in self.made or name in self.given


class Keeping(Protocol):
    """Where results are kept: a folder, or what is carried to and from it."""

    def get(self, name: str) -> bytes | None:
        """What was put under `name`, or None where there is nothing whole."""

    def put(self, name: str, data: bytes) -> None:
        """Keeps `data` under `name`."""

    def has(self, name: str) -> bool:
        """Whether something is kept under `name`."""
