"""A profile's own examples and counter-examples, tried: which of them says what it should not.

    faults = faults_of(load_profile("my.toml"))

Patterns are tried on their texts, indicators through the whole reading of a sentence. A user's profile is tried once
for each checksum, when a run or a command first takes it; ours are tried by the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from diffing.extracting import extract_figures
from diffing.profile import Profile, ProfileError, family_names, load_profile, patterns

# Patterns of whole lines; the others are looked for in a text.
LINES = ("headings", "frame", "country_titles", "subsection", "not_countries")

SHOWN = 3
"""Faults that the error of a run names. Range 1 to 20; default 3; `diffing profile check` says all."""

YEAR = 2020
"""The report year of an example, for the profile's reporting period. Any."""


class Fault(NamedTuple):
    """One example that is not what it should be: the key in the profile, the text, and what is wrong."""

    key: str
    text: str
    why: str

    def __str__(self) -> str:
        return f"key {self.key}: {self.why}: {self.text!r}"


def faults_of(profile: Profile) -> list[Fault]:
    """Every example and counter-example of a profile that is none, but for those that it has from one of ours."""
    ours = {(where, rule) for name in family_names() for where, rule in _keyed(load_profile(name))}
    known = {(rule.name, rule) for name in family_names() for rule in load_profile(name).indicators}
    found = [
        fault for where, rule in _keyed(profile) if (where, rule) not in ours for fault in _of_pattern(where, rule)
    ]
    for indicator in profile.indicators:
        if (indicator.name, indicator) not in known:
            found += _of_indicator(profile, indicator.name, indicator.examples, indicator.not_examples)
    return found


def check_tried(profile: Profile) -> None:
    """Raises `ProfileError` naming the first examples of a user's profile that fail."""
    if profile.name in family_names() and load_profile(profile.name).checksum == profile.checksum:
        return
    faults = _tried(profile.checksum, _Held(profile))
    if faults:
        more = f" and {len(faults) - SHOWN} more: `diffing profile check` says all" if len(faults) > SHOWN else ""
        raise ProfileError(f"profile {profile.name}: {'; '.join(map(str, faults[:SHOWN]))}{more}")


class _Held:
    """A profile that is alike for the cache whatever is in it: its checksum says that."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _tried(_checksum: str, held: _Held) -> list[Fault]:
    return faults_of(held.profile)


def _keyed(profile: Profile) -> Iterator[tuple[str, object]]:
    """Every pattern with the last names of its key: places in a list move when a profile adds its own."""
    for where, rule in patterns(profile):
        yield where.rpartition(".")[2].partition("[")[0], rule


def _of_pattern(where: str, rule: object) -> Iterator[Fault]:
    regex = getattr(rule, "regex", None)
    if regex is None:
        return
    match = regex.fullmatch if where in LINES else regex.search
    for text in getattr(rule, "examples", ()):
        if not match(text):
            yield Fault(where, text, f"the pattern {regex.pattern!r} does not match its example")
    for text in getattr(rule, "not_examples", ()):
        if match(text):
            yield Fault(where, text, f"the pattern {regex.pattern!r} matches its counter-example")


def _of_indicator(
    profile: Profile, name: str, examples: tuple[str, ...], not_examples: tuple[str, ...]
) -> Iterator[Fault]:
    for text in examples:
        found = {figure.indicator for figure in extract_figures(text, YEAR, profile)}
        if name not in found:
            counted = ", ".join(sorted(filter(None, found))) or "no indicator"
            yield Fault(f"indicators.{name}", text, f"no figure of it in its example ({counted})")
    for text in not_examples:
        if any(figure.indicator == name for figure in extract_figures(text, YEAR, profile)):
            yield Fault(f"indicators.{name}", text, "a figure of it in its counter-example")
