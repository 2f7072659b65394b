"""Quantities that are no figures, each with why: what was not done, what a law lays down, wages, rates, pronouns.

The agency promised to open four shelters. -> 4: planned, “promised to”
Employers must pay $300 a month. -> 300: asked, “must”
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from diffing.extracting.candidates import Candidate, Refusal
from diffing.extracting.refused.laws import law_stretches, set_by_rule
from diffing.extracting.refused.pronouns import all_but, counts_nothing
from diffing.extracting.refused.rates import penalty, per_so_many, rate, wages
from diffing.language.scopes import Scope
from diffing.language.words import Token
from diffing.model import NoFigure

__all__ = ["Unreal", "refuse"]

# What stands under such words was not done, or nobody says that it was.
_UNREAL = frozenset(("denied", "planned", "asked", "conditional"))
_LAW = Refusal(NoFigure.LAW)

_RULES: tuple[tuple[NoFigure, Callable[[list[Token], Candidate], bool]], ...] = (
    (NoFigure.SET_BY_RULE, set_by_rule),
    (NoFigure.WAGES, wages),
    (NoFigure.PENALTY, penalty),
    (NoFigure.RATE_EACH, per_so_many),
    (NoFigure.RATE, rate),
    (NoFigure.COUNTS_NOTHING, counts_nothing),
    (NoFigure.EXCEPTION, all_but),
)


class Unreal(Struct, frozen=True):
    """The stretches of a sentence that tell no deed, as ranges of tokens, each with why."""

    stretches: tuple[tuple[int, int, Refusal], ...]

    def why(self, at: int) -> Refusal | None:
        """Why what stands at the token `at` is no deed; None where it may be one."""
        return next((why for start, end, why in self.stretches if start <= at < end), None)

    def undone(self, at: int) -> bool:
        """Whether what stands at the token `at` was planned, asked for or denied, and dates nothing that was done."""
        return self.why(at) not in (None, _LAW)


def refuse(tokens: list[Token], candidates: list[Candidate], scopes: tuple[Scope, ...]) -> Unreal:
    """Says of each candidate that is no figure why; gives the stretches where no deed is told."""
    unreal = _unreal(tokens, scopes)
    for candidate in candidates:
        if not candidate.quantity.absent:
            rules = (Refusal(name) for name, rule in _RULES if rule(tokens, candidate))
            there = tokens[candidate.at - 1].word == "the other"  # "did not say if the other 15 got help"
            undone = unreal.why(candidate.at)
            candidate.nominal = None if there and undone else candidate.nominal
            candidate.refused = (None if there else undone) or next(rules, None)
    for candidate, following in zip(reversed(candidates[:-1]), reversed(candidates[1:]), strict=True):
        listed = all(t.tag in ",&nxm" for t in tokens[candidate.at + 1 : following.at])
        if listed and per_so_many(tokens, following):
            candidate.refused = following.refused  # "7.6 doctors and 11 beds for every 1,000 inmates"
    for candidate in candidates:  # "a monthly pay of $1,670, compared with $1,160 for foreigners"
        head = candidate.stretch.head
        if head is not None and head.candidates and all(d.dead for d in head.candidates):
            bare = candidate.noun is None and not candidate.quantity.money
            if bare or all(d.quantity.money for d in [candidate, *head.candidates]):
                candidate.refused = candidate.refused or head.candidates[0].refused
    return unreal


def _unreal(tokens: list[Token], scopes: tuple[Scope, ...]) -> Unreal:
    found = [(start, end, _LAW) for start, end in law_stretches(tokens)]
    for scope in scopes:
        inside = [k for k, t in enumerate(tokens) if scope.kind in _UNREAL and scope.holds(t.end - 1)]
        if inside:
            found.append((inside[0], inside[-1] + 1, Refusal(NoFigure(scope.kind), scope.words)))
    return Unreal(tuple(found))
