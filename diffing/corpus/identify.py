"""Of which country and year a document is: as its own title says, its file's name, and the folders that it stands in.

>>> from pathlib import Path
>>> [(claim.where, claim.country, claim.year) for claim in path_claims(Path("TIP Report 2020/St. Orrin (draft).html"))]
[('its name', 'St. Orrin', None), ('its folder TIP Report 2020', None, 2020)]

A place that names no country or no year claims none. Where two claims differ nobody is believed: the error names all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from diffing.corpus.listing import Source
from diffing.corpus.page_elements import joined
from diffing.model import DiffingError, slug_of
from diffing.profile import Profile
from diffing.profile.territories import listed, territory
from diffing.reading.documents import Document

FOLDERS = 4
"""Folders over a file that may say its country or year. Range 1 to 10; default 4: a page saved with its whole address
stands two to four deep. More takes the year of somebody's home folder for the report's."""

LONGEST_NAME = 120
"""Characters that a country's name can have in a title. Range 60 to 200; default 120, twice the longest."""

TITLE_LINES = 4
"""Lines of a text before its prose that can be its title. Range 1 to 10; default 4: banner, report, country, tier."""

MOST_WORDS, LONGEST_TERRITORY = 12, 6
"""Words of a file's name among which a territory is looked for, and words of the longest one's name. Ranges 4 to 30,
2 to 10."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OFFICE = re.compile(r"(?:united[ _-]states|u\.?s\.?)[ _-](?:department|embassy|government).*", re.IGNORECASE)
_PARTS = re.compile(r" [-–—|»>:]{1,3} |: | ?\| ?|__")
# Words of names and titles that name no country, whatever the family.
_NO_COUNTRY = frozenset(
    re.findall(
        r"\w+",
        "a after an annual before chapter copy country department doc document download draft earlier edition file "
        "final findings full govt home html index last later narrative narratives new now old of on page pages pdf "
        "practices prev previous report reports saved scan scanned section text the then tier us united website year",
    )
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place says of a document. `sure`: the country is in the table of territories, or said twice."""

    where: str
    country: str | None
    year: int | None
    sure: bool = False

    def __str__(self) -> str:
        said = " ".join(str(value) for value in (self.country, self.year) if value is not None)
        return f"{self.where} says {said}"


def title_claim(document: Document, profile: Profile | None = None) -> Claim:
    """What a document's own title says: that of its page, else the first lines of its text."""
    noise = _noise(profile)
    if document.titles:
        address = urlsplit(joined("", unquote(document.address)) or "").path
        named = [(found, *_country_in(found, noise)) for found in document.titles]
        sure = next((name for _title, name, listed in named if listed), None)
        last = slug_of(re.sub(r"__.*$", "", address.rstrip("/").rpartition("/")[2]))
        told = [name for _title, name, _listed in named if name]
        twice = next((name for name in told if slug_of(name) == last or told.count(name) > 1), None)
        years = {*_YEAR.findall(" ".join(document.titles)), *_YEAR.findall(address)}
        year = int(years.pop()) if len(years) == 1 else None
        return Claim("its title", sure or twice or next(iter(told), None), year, bool(sure or twice))
    country = year = None
    for line in [line.strip("#*_ ") for line in document.text.split("\n") if line.strip()][:TITLE_LINES]:
        if len(line) > 2 * LONGEST_NAME or line.endswith("."):
            break
        patterns = profile.reading.country_titles if profile else ()
        titled = next((match for pattern in patterns if (match := pattern.regex.match(line))), None)
        name = (titled["country"] or "").strip() if titled else _country_in(line, noise)[0]
        if country is None and name and territory(name):
            country = territory(name).name  # type: ignore[union-attr]
        if year is None and "report" in line.lower() and len(set(_YEAR.findall(line))) == 1:
            year = int(_YEAR.findall(line)[0])
    return Claim("its title", country, year, sure=country is not None)


def path_claims(path: Path, profile: Profile | None = None, below: Path | None = None) -> list[Claim]:
    """What a file's name says, and each of the folders over it (those below `below` alone, where it is given)."""
    noise = _noise(profile)
    claims = [_claim("its name", path.stem, noise)]
    inside = path.parent if below is None or not path.is_relative_to(below) else path.parent.relative_to(below)
    given = inside.parts[0] if below is not None and inside.parts else None  # its name may be anything
    dated = not re.search(r"[^\W\d_]", path.stem)
    for folder in [part for part in reversed(inside.parts) if part not in ("/", ".", "..")][:FOLDERS]:
        found = _claim(f"its folder {folder}", folder, noise)
        nearest = len(claims) == 1 and not claims[0].country and (dated or folder != given)
        counts = found.sure or (found.country and not found.year and nearest)
        claims.append(found if counts else Claim(found.where, None, found.year))
    return [claim for claim in claims if claim.country or claim.year]


def identified(
    title: Claim, places: Sequence[Claim], same: Callable[[str, str], bool], country: str | None, year: int | None
) -> tuple[str | None, int | None]:
    """Country and year of a document: those given, else those on which its title, name and folders agree.

    `same` tells whether two names are one country's. Either is None where nothing says it. Raises `DiffingError`
    naming every claim where two differ.
    """
    claims = [claim for claim in (title, *places) if claim.country or claim.year]
    if country is None:
        named = [claim for claim in claims if claim.country]
        surely = [claim for claim in named if claim.sure] or named[:1]
        weak = [claim for claim in named if not claim.sure and claim.where == "its name" and title.sure]
        for claim in surely[1:] + [claim for claim in weak if not territory(title.country or "")]:
            if not _one(surely[0].country or "", claim.country or "", same):
                raise _disagree(claims)
        country = surely[0].country if surely else None
    if year is None:
        years = list(dict.fromkeys(claim.year for claim in claims if claim.year))
        if len(years) > 1:
            raise _disagree(claims)
        year = years[0] if years else None
    return country, year


def misplaced(document: Document, source: Source, same: Callable[[str, str], bool], profile: Profile) -> str | None:
    """That a file of a corpus is another country's or year's by its own title, with all that is said; else None."""
    title = title_claim(document, profile)
    stranger = title.sure and territory(title.country or "") and territory(source.slug)
    other = bool(stranger and not _one(title.country or "", source.slug, same))
    if not other and title.year in (None, source.year):
        return None
    return (
        f"{source.path}: {title}, its name says {source.slug}, its folder says {source.year}: fetch or import it anew, "
        "or move it to where it belongs"
    )


def _one(one: str, other: str, same: Callable[[str, str], bool]) -> bool:
    """Whether two names are one country's, or a country's and a part's of it."""
    first, second = territory(one), territory(other)
    parted = first and second and (first.parent == second.iso3 or second.parent == first.iso3)
    return same(slug_of(one), slug_of(other)) or bool(parted and (first.iso3 or second.iso3))  # type: ignore[union-attr]


def _disagree(claims: Sequence[Claim]) -> DiffingError:
    return DiffingError(
        f"of which country and year it is, is not clear: {'; '.join(map(str, claims))}: say --country and --year, or "
        "put it where it belongs"
    )


def _claim(where: str, name: str, noise: frozenset[str]) -> Claim:
    years = set(_YEAR.findall(name))
    country, sure = _country_in(name, noise)
    if where == "its name" and not sure and (within := _territory_within(name)):
        country, sure = within, True
    return Claim(where, country, int(years.pop()) if len(years) == 1 else None, sure)


def _country_in(name: str, noise: frozenset[str]) -> tuple[str | None, bool]:
    """The country that a name or a title names, and whether the table of territories has it."""
    plain = " ".join(_YEAR.sub(" ", name).split()).strip(" -_.,")
    parts = [part for piece in _PARTS.split(plain) if (part := " ".join(piece.split()).strip(" -_.,"))]
    bare = [found for part in parts if (found := _bare(part, noise))]
    for known in (*parts, *bare) if listed(plain) is None else (plain,):
        if territory(known) is not None:
            return known, True
    return (bare[0] if bare else None), False


def _territory_within(name: str) -> str | None:
    """The one territory that some words of a file's name are, whatever stands around them ("2020_06_iceland_v2")."""
    words = re.findall(r"[^\W\d_]+(?:['’.][^\W\d_]*)*", _OFFICE.sub(" ", _YEAR.sub(" ", name)))[:MOST_WORDS]
    for length in range(min(len(words), LONGEST_TERRITORY), 0, -1):
        runs = [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]
        if found := [run for run in runs if len(run) > 3 and listed(run) is not None]:
            return found[0] if len(found) == 1 else None
    return None


def _bare(part: str, noise: frozenset[str]) -> str | None:
    """A part of a name without the words that name no country, or None where nothing like a name is left."""
    outside = re.sub(r"[(\[][^)\]]*(?:[)\]]|$)", " ", part).strip(" -_") or part
    words = [word for word in re.split(r"[\s_]+|(?<!\w)-|-(?!\w)", outside) if word]
    if len(words) == 1 and "-" in words[0]:
        words = words[0].split("-")
    while words and slug_of(words[0]) in noise:
        words.pop(0)
    while words and slug_of(words[-1]) in noise:
        words.pop()
    found = " ".join(words).strip(" -_,()[]")
    return found if re.search(r"[^\W\d_]{2}", found) and len(found) <= LONGEST_NAME else None


def _noise(profile: Profile | None) -> frozenset[str]:
    own = (
        f"{profile.name} {profile.title}" if profile else "tip trafficking in persons hrr human rights dol child labor"
    )
    return _NO_COUNTRY | set(slug_of(own).split("-")) | {"tip", "hrr", "dol", "and"}
