"""How a table or page was made: what stands in its footer and in ``run.json``, so that two can be compared."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache

from diffing.model import Signature
from diffing.profile import Profile

__version__ = "0.1.0"


def signature_of(profile: Profile, checksums: Iterable[tuple[str, str]]) -> Signature:
    """The signature of what is made with `profile` from narratives with these SHA-256 checksums."""
    return Signature(
        version=__version__,
        profile=profile.name,
        profile_checksum=profile.checksum,
        thresholds=thresholds(),
        checksums=tuple(checksums),
    )


@cache
def thresholds() -> tuple[tuple[str, float], ...]:
    """Every named number that decides something: the constants of the rooms that align, extract and judge."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("diffing.aligning.", "diffing.extracting.", "diffing.judging.")):
            short = name.removeprefix("diffing.")
            for constant, value in vars(module).items():
                if not constant.isupper() or constant.startswith("_"):
                    continue
                if type(value) in (int, float):
                    found[f"{short}.{constant}"] = float(value)
                elif short.startswith("aligning.") and is_dataclass(value) and type(value).__module__ == name:
                    for weight in fields(value):  # the fitted weights
                        found[f"{short}.{weight.name}"] = float(getattr(value, weight.name))
    return tuple(sorted(found.items()))
