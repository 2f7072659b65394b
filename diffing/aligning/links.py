"""The log-odds of links: which two sentences are one, which are parts of one, which moved."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from diffing.aligning.candidates import Pairs
from diffing.aligning.evidence import (
    COSINE_SHARE,
    LARGEST_SIZE,
    LONGEST_RETOLD,
    SHORTEST_RETOLD,
    SMALLEST_SIZE,
    Evidence,
)
from diffing.aligning.similarity import Texts

Copy = tuple[float, int, int]


class Judged:
    """The pairs that were looked at, with how alike they are and the log-odds that they are one sentence.

    `alike` and `odds` are keyed by (old, new); pairs that can't be a link have no odds. `retold`, 0 to 1, says how
    much the two texts are two tellings of one story rather than two editions of one text. `copies` are the pairs so
    much alike that one may be a copy of the other, by the old sentence and by the new one: (-alike, old, new).
    """

    __slots__ = ("alike", "copies", "equal", "evidence", "odds", "retold", "sections", "texts")

    def __init__(
        self,
        texts: Texts,
        equal: Pairs,
        cosines: dict[tuple[int, int], float],
        sections: tuple[Sequence[str], Sequence[str]] | None,
        evidence: Evidence,
    ) -> None:
        self.texts = texts
        self.equal = equal
        self.sections = sections
        self.evidence = evidence
        orders = {pair: texts.order(*pair) for pair in cosines}
        self.alike = {
            pair: COSINE_SHARE * cosine + (1 - COSINE_SHARE) * orders[pair] for pair, cosine in cosines.items()
        }
        best_old, best_new = _two_best(self.alike, 0), _two_best(self.alike, 1)
        self.retold = self._retold(best_old, best_new)
        shorter = max(SMALLEST_SIZE, min(len(texts.old.texts), len(texts.new.texts), LARGEST_SIZE))
        base = evidence.link + evidence.retold_link * self.retold - evidence.size * log(shorter / 25)
        self.odds: dict[tuple[int, int], float] = {}
        least = min(evidence.move_least, -2 * evidence.neighbour) - evidence.letters
        for pair, cosine in cosines.items():
            alike = self.alike[pair]
            rival = max(_other(best_old[pair[0]], alike), _other(best_new[pair[1]], alike), evidence.chance)
            odds = (
                base
                + evidence.rare_words * cosine
                + evidence.word_order * orders[pair]
                - evidence.rival * rival
                - self.apart(*pair)
            )
            if odds > least:  # whatever the letters say, the others are no link
                self.odds[pair] = odds + evidence.letters * texts.letters(*pair)
        for pair in equal:
            self.alike[pair] = 1.0
            self.odds[pair] = evidence.equal - self.apart(*pair)
        self.copies: tuple[dict[int, list[Copy]], dict[int, list[Copy]]] = ({}, {})
        for (i, j), alike in self.alike.items():
            if alike >= evidence.copy:
                self.copies[0].setdefault(i, []).append((-alike, i, j))
                self.copies[1].setdefault(j, []).append((-alike, i, j))

    def _retold(self, best_old: dict[int, list[float]], best_new: dict[int, list[float]]) -> float:
        shorter = min(len(self.texts.old.texts), len(self.texts.new.texts))
        # a sentence has a word at least: a longer text is not counted
        if not SHORTEST_RETOLD <= shorter <= LONGEST_RETOLD:
            return 0.0
        if min(sum(map(len, side.ids)) for side in (self.texts.old, self.texts.new)) > LONGEST_RETOLD:
            return 0.0
        equal = len({i for i, _ in self.equal}) + len({j for _, j in self.equal})
        known = equal + sum(best[0] for best in best_old.values()) + sum(best[0] for best in best_new.values())
        mean = known / (len(self.texts.old.texts) + len(self.texts.new.texts))
        evidence = self.evidence
        falling = (evidence.retold_below - mean) / evidence.retold_span
        rising = (mean - evidence.retold_above) / evidence.retold_rise
        return min(1.0, max(0.0, min(falling, rising)))

    def apart(self, old: int, new: int) -> float:
        """What speaks against a pair whose sentences stand in different sections."""
        if self.sections is None or self.sections[0][old] == self.sections[1][new]:
            return 0.0
        return self.evidence.apart

    def akin(self, old: int, new: int) -> bool:
        """Whether two that moved alone may be one: much alike, known to stand in one section, or with a rare word."""
        if self.alike[old, new] >= self.evidence.move_alone:
            return True
        if self.sections is not None and self.sections[0][old] == self.sections[1][new]:
            return True
        return self.texts.rarest(old, new) >= self.evidence.move_rare

    def part(self, side: int, whole: int, parts: Sequence[int], more: int) -> float:
        """The log-odds that `more` is one more part of `whole`, which already has `parts`.

        On `side` 0 the whole is an old sentence and its parts are new ones, on 1 the other way round.
        """
        texts, evidence = self.texts, self.evidence
        one, other = (texts.old, texts.new) if side == 0 else (texts.new, texts.old)
        held, taken = one.bag(whole), [other.bag(part) for part in parts]
        weights = texts.weights
        covered = 0.0
        for word, count in other.bag(more).items():
            left = held.get(word, 0)
            if left:
                for bag in taken:
                    left -= bag.get(word, 0)
                if left > 0:
                    covered += min(left, count) * weights[word]
        far = min(abs(more - part) for part in parts) - 1
        pair = (whole, more) if side == 0 else (more, whole)
        joined = texts.joined(one.ids[whole], other.ids[more], [other.ids[part] for part in parts])
        return (
            evidence.part
            + evidence.part_joined * joined
            + evidence.retold_part * self.retold
            + evidence.part_covered * covered / other.mass(more)
            + evidence.part_mass * log(0.3 + covered)
            + evidence.part_alike * self.alike.get(pair, 0.0)
            - evidence.part_far * min(3, far)
            - self.apart(*pair)
        )

    def moved(self, old: int, new: int) -> float:
        """The log-odds that two sentences left over are one that moved, before their neighbours are heard."""
        evidence, texts = self.evidence, self.texts
        shorter = min(len(texts.old.texts), len(texts.new.texts))  # a long text has ever more to mistake it for
        passed = abs((old + 0.5) / len(texts.old.texts) - (new + 0.5) / len(texts.new.texts))
        return (
            self.odds[old, new]
            + evidence.move
            + evidence.move_mass * (log(0.3 + texts.shared(old, new)) - 2)
            - evidence.move_far * passed
            - evidence.size * log(max(1.0, shorter / LARGEST_SIZE))
        )

    def between(self, old: int, new: int, pairs: int) -> float:
        """The log-odds that two left over between the same linked neighbours are one, of `pairs` that could be."""
        evidence, texts = self.evidence, self.texts
        lighter = min(texts.old.mass(old), texts.new.mass(new))
        return (
            evidence.gap
            + evidence.gap_covered * texts.shared(old, new) / lighter
            + evidence.gap_opening * texts.opening(old, new)
            - evidence.gap_crowd * log(pairs)
            - self.apart(old, new)
        )


def _two_best(alike: dict[tuple[int, int], float], side: int) -> dict[int, list[float]]:
    """The two highest similarities of each sentence of a side."""
    best: dict[int, list[float]] = {}
    for pair, value in alike.items():
        two = best.get(pair[side])
        if two is None:
            best[pair[side]] = [value, 0.0]
        elif value > two[0]:
            two[0], two[1] = value, two[0]
        elif value > two[1]:
            two[1] = value
    return best


def _other(two: list[float], alike: float) -> float:
    """The better of the two that is not this one."""
    return two[1] if alike >= two[0] else two[0]
