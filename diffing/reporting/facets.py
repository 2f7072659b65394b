"""Facets: what the findings of a year have in common, so that a reader narrows thousands of them to those asked for.

Each facet has a few values; a finding has for each facet one of them or none. A page carries the values once and for
each finding their numbers: "0.2..5".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from diffing.profile import Profile
from diffing.reporting import reasons, wording
from diffing.reporting.marked_words import clean
from diffing.reporting.year_page import YearFinding

# How much a finding weighs, in words: the least strength of each (0 to 1). A finding of 0.5 and more turns the verdict
# of a country that has no other.
STRENGTHS = ((0.5, "strong"), (0.2, "middling"), (0.0001, "light"), (0.0, "no weight"))
MARKS = ("accepted", "rejected", "unsure", "not reviewed")


class Facet(Struct, frozen=True):
    """One facet: its key in the address, its title, and its values as (name in the address, words)."""

    key: str
    title: str
    values: Sequence[tuple[str, str]]


class Facets(Struct, frozen=True):
    """The facets of some findings, and for each finding its values as a page carries them."""

    facets: Sequence[Facet]
    codes: Sequence[str]


def facets_of(
    findings: Sequence[YearFinding], profile: Profile | None, regions: Mapping[str, str] | None = None
) -> Facets:
    """The facets of `findings`; `regions` are those of the countries by slug. A facet of one value is left out."""
    rows = [_values(one, profile, (regions or {}).get(one.slug)) for one in findings]
    facets: list[Facet] = []
    numbers: list[dict[str, int]] = []
    for key, title in _TITLES.items():
        found = {row[key][0]: row[key][1] for row in rows if row[key] is not None}  # type: ignore[index]
        names = [*_FIXED[key]] if key in _FIXED else sorted(found, key=lambda name: _order(key, name, found, profile))
        if key == "review":
            found = {mark.replace(" ", "_"): mark for mark in MARKS}
        names = [name for name in names if name in found]
        if len(names) > 1:
            facets.append(Facet(key, title, [(name, found[name]) for name in names]))
            numbers.append({name: number for number, name in enumerate(names)})
    codes = []
    for row in rows:
        said = []
        for facet, of_facet in zip(facets, numbers, strict=True):
            value = row[facet.key]
            said.append("" if value is None else str(of_facet[value[0]]))
        codes.append(".".join(said))
    return Facets(facets, codes)


_TITLES = {
    "verdict": "Verdict",
    "kind": "Kind",
    "section": "Section",
    "indicator": "Indicator",
    "rule": "Rule",
    "strength": "Strength",
    "region": "Region",
    "review": "Review",
}
_FIXED: dict[str, Sequence[str]] = {
    "verdict": [verdict.value for verdict in wording.SHOWN_FIRST],
    "kind": list(reasons.KINDS),
    "strength": [name.replace(" ", "_") for _, name in STRENGTHS],
    "review": [mark.replace(" ", "_") for mark in MARKS],
}


def _order(key: str, name: str, found: Mapping[str, str], profile: Profile | None) -> tuple[int, str]:
    """Sections and indicators as the profile has them, the others by their words."""
    known: list[str] = []
    if profile is not None:
        known = [one.name for one in profile.indicators] if key == "indicator" else [s.key for s in profile.sections]
    if key in ("indicator", "section") and name.partition(".")[0] in known:
        return known.index(name.partition(".")[0]), name
    return len(known), found[name]


def _values(one: YearFinding, profile: Profile | None, region: str | None) -> dict[str, tuple[str, str] | None]:
    finding = one.finding
    kind = reasons.kind(finding)
    strength = strength_word(finding.strength)
    return {
        "verdict": (finding.verdict.value, wording.VERDICTS[finding.verdict]),
        "kind": (kind, reasons.KINDS[kind]),
        "section": _titled(finding.section, profile, wording.section_title),
        "indicator": _titled(finding.indicator, profile, wording.indicator_title),
        "rule": (finding.rule.value, wording.words(finding.rule.words)),
        "strength": (strength.replace(" ", "_"), strength),
        "region": (region.lower().replace(" ", "_"), region) if region else None,
        "review": ((finding.review or "not reviewed").replace(" ", "_"), ""),
    }


def strength_word(strength: float) -> str:
    """How much a finding weighs, in a word."""
    return next(word for least, word in STRENGTHS if strength >= least)


def _titled(name: str | None, profile: Profile | None, title: object) -> tuple[str, str] | None:
    if name is None:
        return None
    said = title(profile, name) if profile is not None and callable(title) else wording.words(name)
    return name, clean(said)
