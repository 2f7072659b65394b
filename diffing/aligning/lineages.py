"""Since when each sentence stands: one sentence followed through all editions of a country.

    2016   A  B  C            A since 2016
    2017   A' B  D            A' since 2016, in these words since 2017; D since 2017
    2018   A' D  C            C since 2016: it went and came back, in these words since 2018

A lineage goes on through the link to the edition before. A sentence without a link may have come back: it is looked
for among all sentences of the country that went, by its words and then by what is like it. What is found nowhere
begins a lineage. Of a split, the first half keeps the lineage, the others begin one with it as parent; a merge takes
the oldest and has the others as parents. Across an edition that broke only the same words go on: that they stood
there before is a fact, and that others became them would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from diffing.aligning.returned_sentences import Gone, words_hash
from diffing.model import Lineage, Link

# A link that is less alike than this gives way where the very words of its new sentence stood in an earlier edition
# and went: [0.5, 1], default 0.9. Lower, a sentence that came back is taken for the one that had replaced it.
LEAST_AGAINST_WORDS = 0.9


class Edition(Struct, frozen=True):
    """One country's text in one edition, with the links that lead to it from the edition before that has the country.

    `broken`: the edition broke, so that most of what differs is the edition's doing.
    """

    year: int
    sentences: Sequence[str]
    links: Sequence[Link] = ()
    broken: bool = False


def trace_lineages(editions: Iterable[Edition]) -> tuple[tuple[Lineage, ...], ...]:
    """The lineage of each sentence of each of `editions`, which are of one country, oldest first.

    Raises ValueError where they are not in the order of their years.
    """
    gone = Gone()
    before: tuple[Lineage, ...] = ()
    texts: Sequence[str] = ()
    traced: list[tuple[Lineage, ...]] = []
    last: int | None = None
    for edition in editions:
        if last is not None and edition.year <= last:
            raise ValueError(f"editions are given oldest first: {edition.year} comes after {last}")
        now = _Tracing(edition, before, texts, gone).traced()
        gone.seen(now)
        traced.append(now)
        before, texts, last = now, edition.sentences, edition.year
    return tuple(traced)


class _Tracing:
    """One edition's sentences on their way to their lineages."""

    def __init__(self, edition: Edition, before: Sequence[Lineage], texts: Sequence[str], gone: Gone) -> None:
        self.edition, self.before, self.texts, self.gone = edition, before, texts, gone
        self.hashes = [words_hash(text) for text in edition.sentences]
        self.found: dict[int, Lineage] = {}

    def traced(self) -> tuple[Lineage, ...]:
        """Through the links, else as returned in their words, else as returned edited, else new."""
        gone = self.gone
        for link in self.edition.links:
            self._through(link)
        on = {row.lineage for row in self.found.values()}
        gone.leave(
            (row.lineage, text) for row, text in zip(self.before, self.texts, strict=True) if row.lineage not in on
        )
        left = [j for j in range(len(self.hashes)) if j not in self.found]
        for j in left:
            same = gone.of_words(self.hashes[j])
            if same is not None:
                self._return(j, same, 1.0)
        for j in left:
            if j not in self.found and not self.edition.broken:
                near = gone.like(self.edition.sentences[j])
                if near is not None:
                    self._return(j, *near)
        for j in left:
            if j not in self.found:
                self.found[j] = self._row(j, f"{self.edition.year}-{j}", self.edition.year, None, 1.0)
        return tuple(self.found[j] for j in range(len(self.hashes)))

    def _through(self, link: Link) -> None:
        """What a link carries on: all of it, but across an edition that broke only the same words."""
        olds = [self.before[i] for i in link.old]
        if len(olds) > 1:
            olds.sort(key=lambda row: (row.origin, row.sentence))
        if self.edition.broken:
            self._same_words(link, olds)
            return
        first, *others = link.new
        oldest, *parents = olds
        if not others and not parents and self._gives_way(link, oldest):
            return
        same = oldest.hash == self.hashes[first]
        via = "merged" if parents else "split" if others else "equal" if same else "edited"
        weakest = min(oldest.weakest, 1.0 if same else link.similarity)
        since = oldest.same_since if same else self.edition.year
        names = tuple(row.lineage for row in parents)
        self.found[first] = self._row(first, oldest.lineage, oldest.origin, via, weakest, since, names)
        for j in others:
            name = f"{self.edition.year}-{j}"
            self.found[j] = self._row(j, name, oldest.origin, "split", weakest, parents=(oldest.lineage,))

    def _gives_way(self, link: Link, old: Lineage) -> bool:
        """Whether the new sentence rather is one that went, in the very words that it had."""
        (j,) = link.new
        if old.hash == self.hashes[j] or link.similarity >= LEAST_AGAINST_WORDS:
            return False
        return self.gone.of_words(self.hashes[j]) is not None

    def _same_words(self, link: Link, olds: Sequence[Lineage]) -> None:
        for j in link.new:
            for old in olds:
                if old.hash == self.hashes[j] and not any(row.lineage == old.lineage for row in self.found.values()):
                    self.found[j] = self._row(j, old.lineage, old.origin, "equal", old.weakest, old.same_since)
                    break

    def _return(self, j: int, old: Lineage, similarity: float) -> None:
        self.gone.back(old.lineage)
        self.found[j] = self._row(j, old.lineage, old.origin, "returned", min(old.weakest, similarity))

    def _row(
        self,
        j: int,
        lineage: str,
        origin: int,
        via: str | None,
        weakest: float,
        same_since: int | None = None,
        parents: tuple[str, ...] = (),
    ) -> Lineage:
        since = self.edition.year if same_since is None else same_since
        year, broken = self.edition.year, self.edition.broken
        return Lineage(year, j, lineage, parents, self.hashes[j], origin, since, via, weakest, broken)
