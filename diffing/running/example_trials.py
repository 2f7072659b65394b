"""A profile's own examples and counter-examples, tried: which of them says what it should not.

    faults = faults_of(load_profile("my.toml"))

Patterns are tried on their texts; indicators, frames, predicates, classes of nouns and modifiers through the whole
reading of a sentence. A user's profile is tried once for each checksum, when a run, a command or a call first takes it;
ours are tried by the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from diffing.child import TooLongError, at_most
from diffing.extracting import extract_figures
from diffing.language.analysis import analyse
from diffing.language.lexicon import lexicon
from diffing.language.scopes import read_scopes
from diffing.language.words import tokens_of
from diffing.model.events import Reality
from diffing.profile import (
    PROFILES,
    Frame,
    Indicator,
    Modifier,
    Nouns,
    Predicate,
    Profile,
    ProfileError,
    family_names,
    load_profile,
    patterns,
)

# Patterns of whole lines; the others are looked for in a text.
LINES = ("headings", "frame", "country_titles", "subsection", "not_countries")

SHOWN = 3
"""Faults that the error of a run names. Range 1 to 20; default 3; `diffing profile check` says all."""

SECONDS = 20.0
"""CPU seconds that all examples of a profile may take. Range 5 to 300; default 20: those of a family of ours take 0.2,
and a pattern may take for ever on one that is long."""

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
    """Every example and counter-example of a profile that is none, but for those that it has from one of ours.

    Raises `ProfileError` where trying them takes too long.
    """
    try:
        with at_most(SECONDS):
            return _faults(profile)
    except TooLongError as error:
        raise ProfileError(f"profile {profile.name}: trying its examples {error}") from error


def _faults(profile: Profile) -> list[Fault]:
    ours = {(where, rule) for name in family_names() for where, rule in _keyed(load_profile(name))}
    found = [
        fault for where, rule in _keyed(profile) if (where, rule) not in ours for fault in _of_pattern(where, rule)
    ]
    for kind, trial in _TRIALS.items():
        known = {row for name in family_names() for row in getattr(load_profile(name), kind)}
        for row in getattr(profile, kind):
            if row not in known and (row.examples or row.not_examples):
                found += trial(profile, row)
    return found


def check_tried(profile: Profile) -> None:
    """Raises `ProfileError` naming the first examples of a user's profile that fail."""
    ours = {path.stem for path in PROFILES.glob("*.toml")}
    if profile.name in ours and load_profile(profile.name).checksum == profile.checksum:
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


def _of_indicator(profile: Profile, row: Indicator) -> Iterator[Fault]:
    for text in row.examples:
        found = {figure.indicator for figure in extract_figures(text, YEAR, profile)}
        if row.name not in found:
            counted = ", ".join(sorted(filter(None, found))) or "no indicator"
            yield Fault(f"indicators.{row.name}", text, f"no figure of it in its example ({counted})")
    for text in row.not_examples:
        if any(figure.indicator == row.name for figure in extract_figures(text, YEAR, profile)):
            yield Fault(f"indicators.{row.name}", text, "a figure of it in its counter-example")


def _of_frame(profile: Profile, row: Frame) -> Iterator[Fault]:
    for text in row.examples:
        told = [event for event in analyse(text, profile).events if event.frame == row.name]
        if not told or (told[0].reality, told[0].polarity) != (Reality.DONE, "affirmed"):
            others = ", ".join(event.frame for event in analyse(text, profile).events) or "no event"
            yield Fault(f"frames.{row.name}", text, f"its example does not tell it as done ({others})")
    for text in row.not_examples:
        if any(e.frame == row.name and e.reality is Reality.DONE for e in analyse(text, profile).events):
            yield Fault(f"frames.{row.name}", text, "its counter-example tells it as done")


def _of_predicate(profile: Profile, row: Predicate) -> Iterator[Fault]:
    def told(text: str) -> bool:
        return any(event.predicate == row.name for event in analyse(text, profile).events)

    yield from _both_ways(f"predicates.{row.name}", row.examples, row.not_examples, told, "tell it in an event")


def _of_nouns(profile: Profile, row: Nouns) -> Iterator[Fault]:
    def named(text: str) -> bool:
        return any(thing.name == row.name for thing in analyse(text, profile).things)

    yield from _both_ways(f"nouns.{row.name}", row.examples, row.not_examples, named, "name one of it")


def _of_modifier(profile: Profile, row: Modifier) -> Iterator[Fault]:
    known = lexicon(profile)
    openers = known.numbers_modifiers if row.of == "all" else known.modifiers

    def reached(text: str) -> list[str]:
        scopes = read_scopes(tokens_of(text, known), openers)
        return [text[scope.start : scope.end] for scope in scopes if scope.modifier == row]

    for example in row.examples:
        before, _, rest = example.partition("[")
        inside, _, after = rest.partition("]")
        found = reached(before + inside + after)
        if found != [inside]:
            yield Fault(f"modifiers.{row.name}", example, f"it reaches {found} and not what stands in brackets")
    for text in row.not_examples:
        if found := reached(text):
            yield Fault(f"modifiers.{row.name}", text, f"it reaches {found} in its counter-example")


def _both_ways(
    key: str, examples: Iterable[str], not_examples: Iterable[str], told: Callable[[str], bool], does: str
) -> Iterator[Fault]:
    for text in examples:
        if not told(text):
            yield Fault(key, text, f"its example does not {does}")
    for text in not_examples:
        if told(text):
            yield Fault(key, text, f"its counter-example does {does}")


_TRIALS: dict[str, Callable[[Profile, Any], Iterator[Fault]]] = {
    "indicators": _of_indicator,
    "frames": _of_frame,
    "predicates": _of_predicate,
    "nouns": _of_nouns,
    "modifiers": _of_modifier,
}
