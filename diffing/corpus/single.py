"""A narrative that stands alone: which family, country and year a file is of, where its reader does not say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diffing.corpus.folders import country_names
from diffing.corpus.identify import identified, path_claims, title_claim
from diffing.corpus.manifest import MANIFEST, read_manifest
from diffing.model import DiffingError, Narrative
from diffing.profile import Profile, load_profile
from diffing.reading.documents import Document, read_document
from diffing.reading.families import profile_or_found
from diffing.reading.narratives import checked_narrative


@dataclass(frozen=True, slots=True)
class Single:
    """One file that was read. `country` and `year` are None where nothing says them; `named` and `dated` tell whether
    they were given rather than found; `found` whether the family was found in the text."""

    path: Path
    document: Document
    profile: Profile
    country: str | None
    year: int | None
    named: bool
    dated: bool
    sure: bool
    found: bool

    def narrative(self, country: str | None, year: int) -> Narrative:
        """The narrative of the file as of a country and a year."""
        return checked_narrative(self.document, country or self.country or "Text", year, self.profile)


def read_single(
    path: Path,
    country: str | None = None,
    year: int | None = None,
    profile: str | Path | Profile | None = None,
    *,
    data: bytes | None = None,
) -> Single:
    """The file at `path` (or `data`, where it came otherwise), with all that it and its place say of it.

    The profile is the one given, else that of the ``corpus.toml`` of its corpus, else of the family that the text
    shows. Raises `DiffingError` where it can't be read, where no family is clear, and where its title, its name and
    its folders name two countries or years.
    """
    named = profile or (None if data is not None else _of_corpus(path))
    reads = load_profile(named or "base")
    document = read_document(path if data is None else data, profile=reads, source=str(path))
    loaded = profile_or_found(named, document.text, str(path))
    title = title_claim(document, loaded)
    places = path_claims(path, loaded) if data is None else []
    names = country_names(loaded)
    try:
        of_country, of_year = identified(title, places, names.same, country, year)
    except DiffingError as error:
        raise DiffingError(f"{path}: {error}") from error
    sure = any(claim.sure and claim.country for claim in (title, *places))
    shown = country or (names.display(of_country) if of_country else None)
    return Single(path, document, loaded, shown, of_year, country is not None, year is not None, sure, named is None)


def same_country(old: Single, new: Single) -> str | None:
    """The country of two files that are to be compared; None where neither says one.

    Raises `DiffingError` naming both where they are of two countries. A name that may be anything ("first.txt") is
    taken for a country's only where its place gives the year too.
    """
    told = [file for file in (old, new) if file.country and (file.sure or not file.dated)]
    if len(told) == 2 and not (old.named or new.named):
        names = country_names(new.profile)
        if not names.same(old.country or "", new.country or ""):
            raise DiffingError(
                f"two countries: {old.path} is of {old.country}, {new.path} of {new.country}: give two narratives of "
                "one country, or say --country NAME where both are of one"
            )
    return (told[-1] if told else new).country or old.country


def same_family(old: Single, new: Single) -> Profile:
    """The profile of two files that are to be compared. Raises `DiffingError` naming both where they differ."""
    if old.profile.name != new.profile.name:
        raise DiffingError(
            f"two families of reports: {old.path} is of {old.profile.name}, {new.path} of {new.profile.name}: "
            "give two of one family, or say --profile NAME"
        )
    return new.profile


def _of_corpus(path: Path) -> str | None:
    """The profile that the corpus of a file names: its ``corpus.toml`` stands beside it, or a folder higher."""
    for folder in (path.absolute().parent.parent, path.absolute().parent):
        if (folder / MANIFEST).is_file():
            return read_manifest(folder).profile_of(folder)
    return None
