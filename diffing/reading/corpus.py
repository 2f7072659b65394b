"""A folder of narratives of one family, ``<corpus>/<year>/<country>.<ext>``."""

from __future__ import annotations

from pathlib import Path

from diffing.model import Narrative
from diffing.profile import Profile, load_profile
from diffing.reading.narratives import read_narrative


class Corpus:
    """The narratives under `path`; `profile` is a name, a path to a ``.toml``, or what ``corpus.toml`` says."""

    def __init__(self, path: str | Path, profile: str | Path | Profile | None = None) -> None:
        self.path = Path(path)
        self.profile = load_profile(profile or "tip")

    @property
    def years(self) -> tuple[int, ...]:
        """The report years that the corpus holds, oldest first."""
        return tuple(sorted(int(p.name) for p in self.path.iterdir() if p.is_dir() and p.name.isdigit()))

    def countries(self, year: int) -> tuple[str, ...]:
        """The slugs of the countries of one year, sorted."""
        return tuple(sorted(p.stem for p in (self.path / str(year)).iterdir()))

    def narrative(self, country: str, year: int) -> Narrative:
        """One country's narrative; `country` is a slug, a name or an alias."""
        path = next((self.path / str(year)).glob(f"{country}.*"))
        return read_narrative(path, country.replace("-", " ").title(), year, self.profile)
