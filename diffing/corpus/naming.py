"""What countries are called: slugs, the many names of one country, and names as people write them.

Two slugs are the same country when their words are the same whatever the order (``korea-north``, ``north-korea``;
``gambia-the``, ``the-gambia``, ``gambia``), or when the table of territories or the alias list of the profile or of
``corpus.toml`` says so (``burma``, ``myanmar``, ``burma-myanmar``).

>>> names = CountryNames({"Burma": ("Myanmar",)}, {"cote-divoire": "Côte d'Ivoire"})
>>> names.same("myanmar", "burma"), names.display("cote-divoire"), names.display("trinidad-and-tobago")
(True, "Côte d'Ivoire", 'Trinidad and Tobago')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from diffing.model import DiffingError, slug_of
from diffing.profile.territories import Identity, Territory, territory, words_of

# Words that stand in lower case inside a name.
_SMALL = frozenset({"and", "da", "de", "del", "la", "of", "the"})

RESERVED = frozenset({"history", "index", "review", "run", "search", "tables"})
"""What a report calls its own files: a country of that name would take their place. Programs that save pages call one
index."""

SIDE_BY_SIDE = "-side-by-side"
"""How a history calls a country's second page, which another country's name must not end with."""

LONGEST_SLUG = 100
"""Characters of a country's slug. Range 60 to 200; default 100, twice the longest country's name; file systems end at
255 bytes, and cut there two names may be one."""

SUGGESTION_CUTOFF = 70.0
"""How alike (0 to 100) a name must be to be suggested. Default 70: one or two letters wrong in a short name still
find it; below 60 unrelated countries are offered, above 85 a missing word is not forgiven."""


class CountryNames:
    """The names that the table of territories knows, and those of a profile and a corpus, which go before it.

    `aliases` maps a country's usual name to its other names; `names` maps slugs to names as people write them, where
    capitals by rule would be wrong.
    """

    def __init__(self, aliases: Mapping[str, Iterable[str]], names: Mapping[str, str]) -> None:
        self.names = {slug_of(slug): name for slug, name in names.items()}
        self._usual: dict[Identity, str] = {}
        self.aliases: dict[str, tuple[str, ...]] = {name: tuple(others) for name, others in aliases.items()}
        for usual, others in self.aliases.items():
            for name in (usual, *others):
                self._usual.setdefault(words_of(slug_of(name)), usual)

    def identity(self, slug: str) -> Identity:
        """What two slugs of one country have in common: the words of its usual name, sorted."""
        usual = self.usual_slug(slug)
        return words_of(slug if usual is None else usual)

    def same(self, one: str, other: str) -> bool:
        """Whether two slugs are the same country."""
        return self.identity(one) == self.identity(other)

    def usual_slug(self, slug: str) -> str | None:
        """The slug of the usual name, or None where no list knows the country."""
        usual = self._usual.get(words_of(slug))
        known = territory(usual or slug)
        if known is not None:
            return known.slug
        return None if usual is None else slug_of(usual)

    def slug_of_all(self, slug: str) -> str:
        """The usual slug where that can be a file's name, else the one that is given: `aliases` may say anything."""
        usual = self.usual_slug(slug)
        try:
            return slug if usual is None else check_country(usual)
        except DiffingError:
            return slug

    def territory(self, slug: str) -> Territory | None:
        """The row of the table of territories, with code and region; None where it has none."""
        return territory(self._usual.get(words_of(slug)) or slug)

    def display(self, slug: str) -> str:
        """The name as people write it: from `names`, from the alias list, from the table, else by capitals."""
        slug = slug_of(slug)
        usual = self._usual.get(words_of(slug))
        for known in (slug, slug_of(usual) if usual else slug):
            if known in self.names:
                return self.names[known]
        if usual:
            return usual
        listed = territory(slug)
        return _capitals(slug) if listed is None else listed.name

    def others(self, slug: str) -> tuple[str, ...]:
        """Every other name of the country that a list knows."""
        usual = self._usual.get(words_of(slug))
        ours = () if usual is None else (usual, *self.aliases[usual])
        listed = territory(usual or slug)
        return tuple(dict.fromkeys((*ours, *((listed.name, *listed.others) if listed else ()))))


YEARS = range(1900, 2100)
"""Years that a report can be of: a folder, a row or an option of another year is of none."""


def check_year(year: int) -> int:
    """The year itself. Raises `DiffingError` for one that no report can be of."""
    if year not in YEARS:
        raise DiffingError(f"{year} is the year of no report: give one from {YEARS[0]} to {YEARS[-1]}")
    return year


def check_country(country: str) -> str:
    """The slug of a name that a user or a table gave.

    Raises `DiffingError` for a name that could be taken for a path: such a name is never opened nor written.
    """
    if not isinstance(country, str):
        raise DiffingError(f"a country is a slug, name or alias, not {country!r}; a year comes behind it")
    if not country.strip():
        raise DiffingError("a country's name is empty: give its name, slug or alias")
    if re.search(r"[/\\\x00]|^\.+$", country.strip()):
        raise DiffingError(
            f"{country!r} is no name of a country: it could lead outside the corpus; "
            "give the name without slashes or leading dots"
        )
    if re.search(r"[\ud800-\udfff]", country):
        raise DiffingError(f"{country!r} is no name that can be written: it is not in UTF-8")
    slug = slug_of(country)
    if slug == slug_of(""):
        raise DiffingError(f"{country!r} has no Latin letter or digit, which the names of files and pages are made of")
    if slug in RESERVED or slug.endswith(SIDE_BY_SIDE):
        raise DiffingError(
            f"{country!r} is no name of a country but of a file of the report: give it the country's name"
        )
    if len(slug) > LONGEST_SLUG:
        raise DiffingError(
            f"{country[:40]!r}... has {len(slug)} characters, no name of a country: {LONGEST_SLUG} at most; shorten it"
        )
    return slug


def suggest(country: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Up to three values of `known` (a name, slug or alias each, to the slug it stands for) that `country` is near."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        country, list(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=12,
        score_cutoff=SUGGESTION_CUTOFF,
    )  # fmt: skip
    return tuple(dict.fromkeys(known[name] for name, _score, _place in found))[:3]


def _capitals(slug: str) -> str:
    words = slug.split("-")
    return " ".join(word if place and word in _SMALL else word.capitalize() for place, word in enumerate(words) if word)
