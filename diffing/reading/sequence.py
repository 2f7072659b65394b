"""Which section a paragraph belongs to where its heading is lost: cues and words as evidence, order as a prior.

A small Viterbi search. Each paragraph has a score in each section (the cues of the profile that it shows, and the
weights of its words where the profile has such a table); going on in the same section, or to the next, is cheap,
leaving sections out costs, and going back costs most.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from diffing.profile import SectionRule

# All in nats (natural logarithms of odds). A cue of weight 1 that a paragraph shows makes its section e times as
# likely. Ranges: 0 to about 10.
#
# The next section begins: about every third paragraph of a trafficking narrative does, every twentieth of a human
# rights report. Higher keeps paragraphs with their neighbours, lower lets single words move them.
NEXT_COST = 1.0
# Each section left out on the way. Lower lets one odd paragraph skip to the end, higher forces a section that the
# country does not have onto paragraphs of others.
SKIP_COST = 0.8
# Going back to an earlier section: rare (a profile that stands first, protection after prevention). Lower lets a
# paragraph that speaks of something else jump there and back.
BACK_COST = 6.0
# Beginning elsewhere than with the first section, for each section left out.
LATE_START_COST = 0.5
# Words of one paragraph are not independent of each other: their weights count only so much. Range 0 to 1. 1 lets one
# paragraph's words overrule its neighbours, 0 leaves the order alone. Held-back human rights reports without headings
# are 98.9 % right at 0.2, 98.5 % at 0.3, 98.3 % at 0.45.
WORD_TRUST = 0.2

# Characters of a paragraph in which its cues are looked for: what it is about is said in its first sentences. Longer
# costs time and lets asides count, shorter loses the second sentence.
CUE_REACH = 600

# Beginnings of paragraphs whose cues are kept for a section: most stand in two editions. Range 1,000 to 50,000.
SCORES_KEPT = 8_192

_WORD = re.compile(r"[a-z]+")


class SectionModel:
    """The cues and word weights of a profile's sections."""

    def __init__(self, sections: Sequence[SectionRule]) -> None:
        self._cues = [[(cue.regex.search, cue.weight) for cue in rule.cues] for rule in sections]
        table: dict[str, list[tuple[int, float]]] = {}
        for place, rule in enumerate(sections):
            for weight, words in rule.words:
                for word in words.split():
                    table.setdefault(word, []).append((place, weight))
        self._weights = {word: tuple(weights) for word, weights in table.items()}
        self._cued = lru_cache(maxsize=SCORES_KEPT)(self._score_of_cues)

    def scores(self, text: str, places: Collection[int]) -> list[float]:
        """The score of a paragraph in each section, in nats: what its cues and words say, without its neighbours.

        Cues are looked for only for the sections (their places in the profile's order) that it may belong to.
        """
        start = text[:CUE_REACH]
        scores = [0.0] * len(self._cues)
        for place in places:
            scores[place] = self._cued(start, place)
        if self._weights:
            for word in sorted(set(_WORD.findall(text.lower()))):  # sums in any order differ in the last digit: ties
                for place, weight in self._weights.get(word, ()):
                    scores[place] += WORD_TRUST * weight
        return scores

    def _score_of_cues(self, start: str, place: int) -> float:
        return sum(weight for search, weight in self._cues[place] if search(start) is not None)


def most_likely(
    scores: Sequence[Sequence[float]],
    allowed: Sequence[int],
    first: int | None = None,
    roaming: Collection[int] = (),
) -> list[int]:
    """The most likely section (its place in the profile's order) of each paragraph, of those `allowed`.

    `scores` has a row a paragraph, a column a section. `first`: the section that the first paragraph is known to be
    in. `roaming`: sections that may stand first, out of the order.
    """
    if not scores:
        return []
    states = sorted(set(allowed) | ({first} if first is not None else set()))
    if first is None:
        best = [
            scores[0][state] - (LATE_START_COST if state in roaming else LATE_START_COST * place)
            for place, state in enumerate(states)
        ]
    else:
        best = [0.0 if state == first else float("-inf") for state in states]
    costs = [[_cost(previous, place) for previous in range(len(states))] for place in range(len(states))]
    places = range(len(states))
    for place in places:
        if states[place] in roaming and place:  # from there to the beginning of the order is no way back
            costs[0][place] = NEXT_COST
    back: list[list[int]] = []
    for row in scores[1:]:
        came, now = [], []
        for place in places:
            cost = costs[place]
            reach = [value - cost[previous] for previous, value in enumerate(best)]
            top = max(reach)
            came.append(reach.index(top))
            now.append(top + row[states[place]])
        back.append(came)
        best = now
    place = best.index(max(best))
    path = [place]
    for came in reversed(back):
        place = came[place]
        path.append(place)
    return [states[place] for place in reversed(path)]


def _cost(previous: int, place: int) -> float:
    if place == previous:
        return 0.0
    if place > previous:
        return NEXT_COST + SKIP_COST * (place - previous - 1)
    return BACK_COST
