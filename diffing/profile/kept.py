"""What takes long to make of a profile, kept from run to run: the profile itself, and the words of its lexicon.

A start would spend a tenth of a second on it otherwise. It is data in the user's cache, under the digest of what it is
made of, of our own code and of what reads and makes it; what is not there, damaged or not of its kind is made.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from diffing.store import Store, decoded, digest
from diffing.user_cache import all_caches

Made = TypeVar("Made")

# Bytes of all that is kept of profiles. Range 2 million to 100 million; default 20 million: a profile and its words
# take a third of a million, and each is made anew where anything of our code changes.
MOST_BYTES = 20_000_000


def kept(kind: type[Made], made_of: bytes, make: Callable[[], Made]) -> Made:
    """What `make` gives, a struct of plain data, or what it gave for the same `made_of` in an earlier process."""
    store = Store(all_caches() / "profiles")
    name = f"{kind.__name__.lower()}/{digest(made_of, _made_with())}"
    found = decoded(store.get(name), kind)
    if found is None:
        found = make()
        store.put(name, msgspec.msgpack.encode(found))
        store.prune(MOST_BYTES)
    return found


@cache
def _made_with() -> str:
    """The digest of the code that loads and compiles profiles, with Python and the package that stores them."""
    package = Path(__file__).parents[1]
    files = (path for room in ("language", "model", "profile") for path in sorted((package / room).rglob("*.py")))
    return digest(sys.version, msgspec.__version__, *(path.read_bytes() for path in files))
