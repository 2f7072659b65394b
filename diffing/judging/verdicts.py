"""The judgement of a pair: what the other modules of this room say, put together."""

from __future__ import annotations

from collections.abc import Sequence

from diffing.model import EditorialChange, Judgement, Pair, Verdict


def judge(
    pair: Pair,
    *,
    recommendations: Sequence[tuple[int, ...]] = (),
    editorial: Sequence[EditorialChange] | None = None,
) -> Judgement:
    """What changed between the two narratives and which way.

    `recommendations` are the sentence indices of the recommendations of each narrative, oldest first, the earlier
    narratives' included; `editorial` the changes of the year's edition (None: nobody could look for them).
    """
    return Judgement(
        changes=(),
        trends=(),
        findings=(),
        recommendations=(),
        verdict=Verdict.UNCLEAR,
        verdict_rule="nothing",
        stated_verdict=None,
        old_stated=None,
        new_stated=None,
        editorial=None if editorial is None else tuple(editorial),
    )
