"""Which family of reports a text is of: by its headings, and by the turns of phrase that its profile is known by.

>>> family_of(["Ruritania remained on Tier 2. Courts convicted two traffickers and identified six victims."]).name
'tip'
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from diffing.model import DiffingError
from diffing.profile import Profile, family_names, load_profile
from diffing.reading.layout import LONGEST_HEADING, rules_of

ENOUGH = 0.3
"""The score from which a family is taken for known: the share of its sections whose headings stand in the text, plus
the share of its `known_by` that do. Range 0 to 2; default 0.3: two turns of phrase of six, or a fifth of the headings
and one. Lower takes a text that mentions trafficking once for a trafficking report."""

SHORT, ENOUGH_OF_SHORT = 3_000, 0.15
"""What is enough of texts with fewer characters than `SHORT` in all: one turn of phrase. Ranges 0 to 20,000 and 0 to 2.
A few sentences hold few of them; a long text holds one by chance."""

CLEARLY = 0.15
"""By how much it must lead the next family. Range 0 to 1; default 0.15, one turn of phrase. Lower decides between
families by chance, higher asks where every reader would know."""

LETTERED = 0.3
"""What lettered subsections under a heading of a family that has them add. Range 0 to 1; default 0.3: a single section
of a long report, with one heading of eight, is known by them."""

READ_OF_EACH = 60_000
"""Characters of each text that are looked at, half from its beginning, half from its middle. Range 5,000 to any;
default 60,000: all of a trafficking narrative, enough headings of a human rights report. More only takes longer."""


class Family(Struct, frozen=True):
    """The family that texts show: `name` None where none is clear; `likely` is then the best guess, or None."""

    name: str | None
    likely: str | None
    scores: dict[str, float]

    def asked(self, where: str, option: str = "--profile") -> DiffingError:
        """The error for texts that show no family: what to say with which option, with the likely one named."""
        guess = f"; {self.likely} is the likeliest" if self.likely else ""
        known = ", ".join(family_names())
        return DiffingError(
            f"{where}: no family of reports is named, and the texts show none clearly{guess}: say {option} with one of "
            f"{known}, or a .toml file of your own (in Python profile=)"
        )


def family_of(texts: Sequence[str]) -> Family:
    """The family of reports that `texts`, narratives of one corpus, are of."""
    looked = [text if len(text) <= READ_OF_EACH else _sample(text) for text in texts]
    scores = {name: _score(looked, load_profile(name)) for name in family_names()}
    first, second = sorted(scores, key=lambda name: (-scores[name], name))[:2]
    enough = ENOUGH_OF_SHORT if sum(map(len, texts)) < SHORT else ENOUGH
    clear = scores[first] >= enough and scores[first] - scores[second] >= CLEARLY
    return Family(first if clear else None, first if scores[first] > 0 else None, scores)


def profile_or_found(profile: str | Path | Profile | None, text: str, where: str) -> Profile:
    """The profile that is given, else that of the family which `text` shows.

    Raises `DiffingError` naming `where` and the likely family when it shows none clearly.
    """
    if profile is not None:
        return load_profile(profile)
    found = family_of([text])
    if found.name is None:
        raise found.asked(where)
    return load_profile(found.name)


def _sample(text: str) -> str:
    half, middle = READ_OF_EACH // 2, len(text) // 2
    return f"{text[:half]}\n{text[middle : middle + half]}"


def _score(texts: Sequence[str], profile: Profile) -> float:
    """The mean over the texts of the share of headings, and the share of turns of phrase, of a family."""
    if not profile.sections or not texts:
        return 0.0
    rules = rules_of(profile)
    total = 0.0
    for text in texts:
        lines = [line for printed in text.splitlines() if 0 < len(line := printed.strip()) <= LONGEST_HEADING]
        heads = {found[0] for line in lines if (found := rules.heading(line))}
        marks = [pattern.regex.search(text) is not None for pattern in profile.reading.known_by]
        letters = {letter for line in lines if (letter := rules.subsection(line))}
        total += len(heads) / len(profile.sections) + sum(marks) / max(1, len(marks))
        total += LETTERED if heads and len(letters) > 1 else 0.0
    return total / len(texts)
