"""How a table or page was made: what stands in its footer and in ``run.json``, so that two can be compared."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from inspect import getsource
from types import ModuleType

from diffing.model import Signature
from diffing.profile import Profile

__version__ = "0.1.0"


def signature_of(
    profile: Profile, checksums: Iterable[tuple[str, str]], own: Iterable[tuple[str, str]] = ()
) -> Signature:
    """The signature of what is made with `profile` from narratives with these SHA-256 checksums.

    `own` names what a user put in the place of our splitter or aligner.
    """
    return Signature(
        version=__version__,
        profile=profile.name,
        profile_checksum=profile.checksum,
        thresholds=thresholds(),
        checksums=tuple(checksums),
        own=tuple(own),
    )


@cache
def thresholds() -> tuple[tuple[str, float], ...]:
    """Every named number that decides something: the constants of the rooms that align, extract and judge.

    Each stands under the module that sets it, not under those that import it.
    """
    found = {}
    for name, module in sorted(sys.modules.items()):
        if not name.startswith(("diffing.aligning.", "diffing.extracting.", "diffing.judging.")):
            continue
        short, own = name.removeprefix("diffing."), _set_in(module)
        for constant, value in vars(module).items():
            if constant not in own:
                continue
            if type(value) in (int, float):
                found[f"{short}.{constant}"] = float(value)
            elif short.startswith("aligning.") and is_dataclass(value):
                for weight in fields(value):  # the fitted weights
                    found[f"{short}.{weight.name}"] = float(getattr(value, weight.name))
    return tuple(sorted(found.items()))


def _set_in(module: ModuleType) -> frozenset[str]:
    """The public constants that a module's own text sets."""
    return frozenset(_SETS.findall(getsource(module)))


_SETS = re.compile(r"^([A-Z][A-Z0-9_]*)(?:: [^=\n]+)? = ", re.MULTILINE)
