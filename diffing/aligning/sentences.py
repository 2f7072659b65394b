"""Which old sentences answer which new ones.

    old   A  B  C  D          links   A-A, B-(B1, B2) split, D-D, C-C moved; E is added
    new   A  B1 B2 D  E  C

In five steps: equal sentences are found by their text, others get log-odds from what they share; a programme takes
the heaviest chain of links that goes forward in both texts, with splits and merges; what is left over is tried as
moved, with a higher bar; what is then left over is tried as one more part of a linked sentence. What falls off the
heaviest run of all links is called moved: one unedited sentence that went to the front does not turn all the others
into moves. At last, what is left over between the same links that stayed is tried once more, by its words alone.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

from diffing.aligning.candidates import equal_pairs, likely_pairs
from diffing.aligning.chains import Bead, heaviest_beads, heaviest_run
from diffing.aligning.evidence import FARTHEST_PART, FITTED, LEAST_PART, MOST_IN_GAP, MOST_PARTS, Evidence
from diffing.aligning.links import Judged
from diffing.aligning.similarity import Texts
from diffing.model import DiffingError, Link

_Parts = tuple[list[int], list[int]]


def align_sentences(
    old: Sequence[str],
    new: Sequence[str],
    *,
    old_sections: Sequence[str] | None = None,
    new_sections: Sequence[str] | None = None,
    evidence: Evidence = FITTED,
) -> list[Link]:
    """The links between two lists of sentences, by their first new index; a sentence in none is added or removed.

    `old_sections` and `new_sections` are the section keys of the sentences: a prior, never a wall. A link's
    `similarity` is twice the words kept in order over the words of both sides, 1 where the texts are equal. With
    both sides swapped the links are the same, swapped: what is tied is settled by the texts, never by the side.
    Raises ValueError where the sections are not as many as the sentences, `DiffingError` for a text that is no list.
    """
    for sentences in (old, new):
        if isinstance(sentences, str):
            raise DiffingError(f"align_sentences takes two lists of sentences, not a text: [{sentences[:40]!r}]")
        if sentences is None or not all(isinstance(one, str) for one in sentences):
            raise DiffingError(f"align_sentences takes two lists of sentences, each a text, not {sentences!r:.60}")
    old, new = list(old), list(new)  # a column of a data frame is no list
    sections = _sections(old, new, old_sections, new_sections)
    if not old or not new:
        return []
    keys = sections or ((), ())
    if (list(new), list(keys[1])) < (list(old), list(keys[0])):
        turned = _align(new, old, sections and (sections[1], sections[0]), evidence)
        links = [Link(link.new, link.old, link.similarity, link.moved) for link in turned]
    else:
        links = _align(old, new, sections, evidence)
    return sorted(links, key=lambda link: (link.new, link.old))


def _sections(
    old: Sequence[str], new: Sequence[str], old_sections: Sequence[str] | None, new_sections: Sequence[str] | None
) -> tuple[Sequence[str], Sequence[str]] | None:
    if old_sections is None or new_sections is None:
        return None
    for sentences, keys, which in ((old, old_sections, "old"), (new, new_sections, "new")):
        if len(sentences) != len(keys):
            raise ValueError(f"{which}_sections: {len(keys)} keys for {len(sentences)} sentences: give one for each")
    return old_sections, new_sections


def _align(
    old: Sequence[str], new: Sequence[str], sections: tuple[Sequence[str], Sequence[str]] | None, evidence: Evidence
) -> list[Link]:
    texts = Texts(old, new)
    equal, rest_old, rest_new = equal_pairs(texts)
    judged = Judged(texts, equal, likely_pairs(texts, rest_old, rest_new), sections, evidence)
    chain = heaviest_beads(_beads(judged, set(rest_old), set(rest_new)), evidence.neighbour)
    links: list[_Parts] = [
        (list(range(bead.old, bead.old_end + 1)), list(range(bead.new, bead.new_end + 1))) for bead in chain
    ]
    left_old = set(range(len(old))).difference(*[parts[0] for parts in links])
    left_new = set(range(len(new))).difference(*[parts[1] for parts in links])
    _link_moved(judged, links, left_old, left_new)
    _Attaching(judged, links, left_old, left_new).attach()
    similarities, run = _stayed(texts, links)
    still = {n for n, _, _ in run}
    found = [Link(tuple(left), tuple(right), similarities[n], n not in still) for n, (left, right) in enumerate(links)]
    for left, right in _between(judged, [(i, j) for _, i, j in run], sorted(left_old), sorted(left_new)):
        found.append(Link(tuple(left), tuple(right), texts.carried(left, right)))
    return found


def _beads(judged: Judged, rest_old: set[int], rest_new: set[int]) -> list[Bead]:
    """Every link the programme may take: pairs, and pairs with up to two neighbours as further parts."""
    worth = -2 * judged.evidence.neighbour
    beads = []
    for (i, j), odds in judged.odds.items():
        if odds <= worth:
            continue
        beads.append(Bead(i, i, j, j, odds))
        if odds > 0 and (i, j) not in judged.equal:
            for first, last, gained in _grown(judged, 0, i, j, rest_new):
                beads.append(Bead(i, i, first, last, odds + gained))
            for first, last, gained in _grown(judged, 1, j, i, rest_old):
                beads.append(Bead(first, last, j, j, odds + gained))
    return beads


def _grown(judged: Judged, side: int, whole: int, root: int, rest: set[int]) -> list[tuple[int, int, float]]:
    """The runs of two or three parts that `root` can grow to: first, last, and the log-odds gained."""
    least = LEAST_PART * (1 - judged.retold)

    def odds(parts: list[int], more: int) -> float:
        pair = (whole, more) if side == 0 else (more, whole)
        if more not in rest or judged.alike.get(pair, 0.0) < least:
            return 0.0
        return max(0.0, judged.part(side, whole, parts, more))

    grown = []
    after, before = odds([root], root + 1), odds([root], root - 1)
    if after:
        grown.append((root, root + 1, after))
        more = odds([root, root + 1], root + 2)
        if more:
            grown.append((root, root + 2, after + more))
    if before:
        grown.append((root - 1, root, before))
        more = odds([root, root - 1], root - 2)
        if more:
            grown.append((root - 2, root, before + more))
    if after and before:
        more = odds([root, root - 1], root + 1)
        if more:
            grown.append((root - 1, root + 1, before + more))
    return grown


def _link_moved(judged: Judged, links: list[_Parts], left_old: set[int], left_new: set[int]) -> None:
    """Links sentences left over that are one and moved, the surest first."""
    partners: dict[int, list[int]] = {}
    for left, right in links:
        for i in left:
            partners[i] = right
    beside = judged.evidence.move_beside
    odds = {}
    for i, j in judged.odds:
        if i in left_old and j in left_new and judged.odds[i, j] > judged.evidence.move_least:
            odd = judged.odds[i, j] if (i, j) in judged.equal else judged.moved(i, j)
            if odd > -2 * beside:
                odds[i, j] = odd

    def with_neighbours(i: int, j: int) -> float:
        """The odds with what the sentences before and after it say.

        Where neither moved along, they must be known by something else: see `Judged.akin`.
        """
        count = (j - 1 in partners.get(i - 1, ())) + (j + 1 in partners.get(i + 1, ()))
        if not count and not judged.akin(i, j):
            return -1.0
        return odds[i, j] + beside * count

    queue = [(-with_neighbours(i, j), i, j) for i, j in odds]
    heapify(queue)
    while queue:
        odd, i, j = heappop(queue)
        if odd >= 0:
            break
        if i not in left_old or j not in left_new:
            continue
        left_old.discard(i)
        left_new.discard(j)
        links.append(([i], [j]))
        partners[i] = [j]
        for a, b in ((i - 1, j - 1), (i + 1, j + 1)):
            if a in left_old and b in left_new and (a, b) in odds:
                heappush(queue, (-with_neighbours(a, b), a, b))


class _Attaching:
    """Sentences left over, attached to links that lack a part: the surest first, then copies of linked sentences."""

    def __init__(self, judged: Judged, links: list[_Parts], left_old: set[int], left_new: set[int]) -> None:
        self.judged, self.links = judged, links
        self.left = (left_new, left_old)  # by the side of the whole whose part they may be
        self.owner: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for n, parts in enumerate(links):
            for side in (0, 1):
                self.owner[side].update(dict.fromkeys(parts[side], n))
        self.queue: list[tuple[float, int, int, int, int]] = []

    def attach(self) -> None:
        """Attaches what can be; the links and the sets of what is left are changed in place."""
        for side, left in enumerate(self.left):
            for more in sorted(left):
                for n in self._near(more, 1 - side):
                    self._consider(n, side, more)
        while self.queue:
            _, n, side, more, known = heappop(self.queue)
            if more in self.left[side] and len(self.links[n][1 - side]) == known:
                if self._open(n, side):
                    self._take(n, side, more)
            elif more in self.left[side]:
                self._consider(n, side, more)  # it has another part since
        for side, whole, more in self._copies():
            at = self.owner[side].get(whole)
            if more in self.left[side] and at is not None and self._open(at, side):
                self._take(at, side, more)

    def _near(self, more: int, side: int) -> list[int]:
        """The links that hold a sentence near `more` on its own side."""
        near = range(more - FARTHEST_PART, more + FARTHEST_PART + 1)
        return sorted({self.owner[side][k] for k in near if k in self.owner[side]})

    def _open(self, n: int, side: int) -> bool:
        """Whether the link can have more parts on the side opposite to `side`."""
        whole, parts = self.links[n][side], self.links[n][1 - side]
        pair = (self.links[n][0][0], self.links[n][1][0])
        return len(whole) == 1 and len(parts) < MOST_PARTS and (len(parts) > 1 or pair not in self.judged.equal)

    def _consider(self, n: int, side: int, more: int) -> None:
        if not self._open(n, side):
            return
        parts = self.links[n][1 - side]
        odd = self.judged.part(side, self.links[n][side][0], parts, more)
        if odd > 0:
            heappush(self.queue, (-odd, n, side, more, len(parts)))

    def _take(self, n: int, side: int, more: int) -> None:
        insort(self.links[n][1 - side], more)
        self.owner[1 - side][more] = n
        self.left[side].discard(more)

    def _copies(self) -> Iterator[tuple[int, int, int]]:
        """(side of the whole, whole, its copy that is left over), the most alike first."""
        left_new, left_old = self.left
        found = {copy for i in left_old for copy in self.judged.copies[0].get(i, ()) if copy[2] not in left_new}
        found |= {copy for j in left_new for copy in self.judged.copies[1].get(j, ()) if copy[1] not in left_old}
        for _, i, j in sorted(found):
            yield (0, i, j) if j in left_new else (1, j, i)


def _stayed(texts: Texts, links: list[_Parts]) -> tuple[list[float], list[tuple[int, int, int]]]:
    """The links' similarities, and the heaviest run of single links that stayed in order: link, old, new.

    A link whose parts went to two places has stayed where one of them did.
    """
    similarities = [texts.carried(left, right) for left, right in links]
    pairs = [(n, i, j) for n, (left, right) in enumerate(links) for i in left for j in right]
    run = heaviest_run([(i, j, similarities[n]) for n, i, j in pairs])
    return similarities, [pairs[k] for k in run]


def _between(judged: Judged, stayed: list[tuple[int, int]], left_old: list[int], left_new: list[int]) -> list[_Parts]:
    """Links of sentences left over between the same links that stayed, the surest first, in order; then their parts."""
    if not left_old or not left_new:
        return []
    stayed = sorted(stayed)
    old_at, new_at = [i for i, _ in stayed], [j for _, j in stayed]
    gaps: dict[int, _Parts] = {}
    for i in left_old:
        gaps.setdefault(bisect_left(old_at, i), ([], []))[0].append(i)
    for j in left_new:
        gaps.setdefault(bisect_left(new_at, j), ([], []))[1].append(j)
    found: list[_Parts] = []
    for olds, news in gaps.values():
        count = len(olds) * len(news)
        if not 0 < count <= MOST_IN_GAP:
            continue
        taken: list[tuple[int, int]] = []
        for odd, i, j in sorted([(-judged.between(i, j, count), i, j) for i in olds for j in news]):
            if odd < 0 and all((i - a) * (j - b) > 0 for a, b in taken):
                taken.append((i, j))
        links: list[_Parts] = [([i], [j]) for i, j in taken]
        rest = {*olds} - {i for i, _ in taken}, {*news} - {j for _, j in taken}
        _Attaching(judged, links, *rest).attach()
        found += links
    return found
