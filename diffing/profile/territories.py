"""Countries and territories: one row each in ``data/territories.csv``, under all the names that reports give them.

>>> territory("Turkey (Türkiye)").iso3, territory("korea-north").name, territory("Kosovo").iso3
('TUR', 'North Korea', None)

A name is looked up by its words, whatever their order. What is not in the table as it stands is read by its kind:
two names of one country side by side ("burma-myanmar"), the form of its state ("Kingdom of Norway"), what it takes in
("China (Includes Tibet)"), what a website adds to an address ("peru-2", "ghana__trashed"). No name is guessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from diffing.model import slug_of

TABLE = Path(__file__).parent / "data" / "territories.csv"

# Words that say nothing of which country it is, and those that are written in two ways.
NO_IDENTITY = frozenset({"and", "of", "the"})
_SPELLINGS = {
    "st": "saint", "ste": "sainte", "is": "islands", "rep": "republic", "dem": "democratic", "fed": "federated",
    "sts": "states",
}  # fmt: skip
# The forms of states; they tell two countries apart only where the table has the name with them (Congo, Korea).
_FORMS = frozenset(
    re.findall(
        r"\w+",
        "arab bolivarian commonwealth confederation cooperative democratic duchy emirate federal federation federative "
        "grand independent islamic kingdom peoples plurinational principality republic socialist sovereign state "
        "states sultanate union united",
    )
)
_TAKES_IN = frozenset({"includes", "including"})
_ADDED = frozenset({"trashed", "draft", "copy"})

Identity = tuple[str, ...]


class Territory(Struct, frozen=True):
    """A country or a part of one. `iso3` is its ISO 3166-1 code, None where it has none (Kosovo, Tibet).

    `name` is what the reports mostly call it; `region` and `subregion` are those of the United Nations; `parent` is
    the code of the country that it belongs to or that the reports tell it with (which says nothing of whose it is),
    None for countries; `others` are its other names.
    """

    iso3: str | None
    name: str
    region: str
    subregion: str
    parent: str | None
    others: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Its name as files and addresses write it."""
        return slug_of(self.name).removeprefix("the-")


def words_of(slug: str) -> Identity:
    """What two ways to write one name have in common: its words, spelled out and sorted."""
    words = [_SPELLINGS.get(word, word) for word in slug.split("-") if word]
    return tuple(sorted(set(words) - NO_IDENTITY)) or tuple(sorted(words))


@cache
def territories() -> tuple[Territory, ...]:
    """All of them, by name."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Territory(
                row["iso3"] or None,
                row["name"],
                row["region"],
                row["subregion"],
                row["parent"] or None,
                tuple(filter(None, row["other_names"].split("|"))),
            )
            for row in csv.DictReader(file)
        )


@lru_cache(maxsize=4096)
def territory(name: str) -> Territory | None:
    """The country or territory that a name, a slug or a code of three letters means; None where the table has none."""
    words = slug_of(name).split("-")
    found = _listed(words)
    if found is None and len(words) > 1 and (words[-1].isdigit() or words[-1] in _ADDED):
        words = words[:-1]
        found = _listed(words)
    if found is None:
        stop = next((place for place, word in enumerate(words) if word in _TAKES_IN), 0)
        found = _listed(words[:stop]) or _named_twice(words) or _listed([word for word in words if word not in _FORMS])
    return found


def iso3_of(name: str) -> str | None:
    """The ISO 3166-1 code of a country or territory by its name or slug; None where it has none."""
    found = territory(name)
    return None if found is None else found.iso3


def listed(name: str) -> Territory | None:
    """The country or territory that has this very name, whatever the order of its words; None where none has."""
    return _listed(slug_of(name).split("-"))


def _listed(words: Sequence[str]) -> Territory | None:
    return _index().get(words_of("-".join(words))) if words else None


def _named_twice(words: Sequence[str]) -> Territory | None:
    """The territory of which the words are two names, one after the other."""
    for place in range(1, len(words)):
        first = _listed(words[:place]) or _listed([word for word in words[:place] if word not in _FORMS])
        second = _listed(words[place:]) or _listed([word for word in words[place:] if word not in _FORMS])
        if first is not None and first is second:
            return first
    return None


@cache
def _index() -> dict[Identity, Territory]:
    index: dict[Identity, Territory] = {}
    for known in territories():
        for name in (known.name, *known.others):
            index.setdefault(words_of(slug_of(name)), known)
    for known in territories():
        if known.iso3:
            index.setdefault((known.iso3.lower(),), known)
    return index
