"""Where a corpus's texts came from, for the pages that lead back to them."""

from __future__ import annotations

from collections.abc import Sequence

from diffing.corpus import Corpus


def addresses(corpus: Corpus, slug: str, years: Sequence[int]) -> tuple[str | None, ...]:
    """Where the texts of a country came from, year by year, as the corpus knows it; None where it does not."""
    found: list[str | None] = []
    for year in years:
        identity = corpus.names.identity(slug)
        source = next((s for s in corpus.sources(year) if corpus.names.identity(s.slug) == identity), None)
        stored = None
        if source is not None and source.path.is_relative_to(corpus.path):
            stored = corpus.manifest.files.get(source.path.relative_to(corpus.path).as_posix())
        found.append(stored.address or None if stored is not None else None)
    return tuple(found)
