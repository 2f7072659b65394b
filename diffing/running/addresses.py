"""Where a corpus's texts came from, for the pages that lead back to them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import quote

from diffing.corpus import Corpus
from diffing.model import DiffingError


def addresses(corpus: Corpus, slug: str, years: Sequence[int]) -> tuple[str | None, ...]:
    """Where the texts of a country came from, year by year, as the corpus knows it; None where it does not."""
    found: list[str | None] = []
    for year in years:
        stored = None
        with suppress(DiffingError):  # of two files that claim to be it, none is known
            path = corpus.path_of(slug, year)
            if path.is_relative_to(corpus.path):
                stored = corpus.manifest.files.get(path.relative_to(corpus.path).as_posix())
        found.append(_web_address(stored.address) if stored is not None else None)
    return tuple(found)


def told_of_files(corpus: Corpus, years: Sequence[int]) -> list[tuple[str, str, str]]:
    """What ``corpus.toml`` tells of the files of some years and pages show: name, address and day."""
    folders = tuple(f"{year:04d}/" for year in years)
    files = corpus.manifest.files.items()
    return sorted((name, one.address, one.date) for name, one in files if name.startswith(folders) or "/" not in name)


def _web_address(address: str) -> str | None:
    """An address as pages and citations may hold it, whoever wrote it: what means something there is written as %7D."""
    return quote(address, _AS_IT_IS, errors="replace") if address.startswith(("http://", "https://")) else None


_AS_IT_IS = "%/:?#[]@!$&'*+,;=~"  # of what an address may hold; not its round brackets, which end a link of Markdown
