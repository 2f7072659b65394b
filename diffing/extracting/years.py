"""Which years a period says: as stated, counted back from what a number is compared with, or the report's own."""

from __future__ import annotations

from itertools import pairwise

from diffing.extracting.candidates import Candidate, Stretch
from diffing.extracting.periods import period_of
from diffing.language.times import Period
from diffing.language.words import Token
from diffing.model import Basis

SINCE_REACH = 7  # tokens from "since" to what says from when: "since the opening of the shelter in 2013"; 5 to 9
TOGETHER_REACH = 14  # tokens from a number to "combined": "47 cases in 2016 and 2017 combined"; 8 to 16, default 14
BODY_REACH = 5  # tokens from what is counted to who counted it: "the three identified by border guards"; 3 to 6


def set_years(
    candidate: Candidate,
    token: Token | None,
    stretch: Stretch,
    live: list[Candidate],
    n: int,
    reporting: int,
    tokens: list[Token],
) -> None:
    """Sets the years of one candidate from the period that is attached to it, or from what it is compared with."""
    candidate.period = token
    if not (token is not None and period_of(token).span) and _since(tokens, candidate):
        candidate.years, candidate.basis = (None,), Basis.STATED  # a total over several years
        return
    base = _base(candidate, stretch, live[:n], token)
    if token is None:
        candidate.years, candidate.basis = _undated(candidate, stretch, reporting, tokens)
        return
    period = period_of(token)
    if period.years:
        near = tokens[candidate.at : candidate.at + TOGETHER_REACH]
        combined = len(period.years) > 1 and any(t.word in ("combined", "together") for t in near)
        candidate.years, candidate.basis = (None,) if combined else period.years, Basis.STATED
    elif period.back:
        start = base or reporting
        candidate.years, candidate.basis = tuple(start - b for b in period.back), Basis.RELATIVE
    else:
        candidate.years, candidate.basis = _of_span(candidate, period, stretch, base, reporting)


def _base(candidate: Candidate, stretch: Stretch, before: list[Candidate], token: Token | None) -> int | None:
    """The year that a compared number counts back from: that of what it is compared with, or of the one before."""
    if stretch.head is None:
        return None
    previous = [d.years[-1] for d in before if d.years[-1] is not None and d.period is not token]
    model = candidate.model
    return previous[-1] if previous else model.years[-1] if model is not None and model.years else None


def _undated(
    candidate: Candidate, stretch: Stretch, reporting: int, tokens: list[Token]
) -> tuple[tuple[int | None, ...], str]:
    """The years of a number without a period."""
    head = stretch.head
    if head is None or (not head.candidates and head.head is None and not head.periods):
        return (reporting,), Basis.REPORTING_PERIOD
    possessive = tokens[candidate.at - 1].possessive  # "compared with the government's three"
    if possessive or _other_group(candidate) or _beside(candidate, tokens) or _by_another(candidate, tokens):
        same = next((d for d in head.candidates if d.years), None)
        return (same.years, same.basis) if same is not None else ((reporting,), Basis.REPORTING_PERIOD)
    return (None,), Basis.RELATIVE


def _of_span(
    candidate: Candidate, period: Period, stretch: Stretch, base: int | None, reporting: int
) -> tuple[tuple[int | None, ...], str]:
    """The years of a number over a span: none, but where the span is the report's own twelve months."""
    if period.since and candidate.quantity.absent:
        return (reporting,), Basis.REPORTING_PERIOD  # "none has been convicted since 2015"
    if period.crosses and (period.crosses == reporting or (base is not None and base > period.crosses)):
        # the report's own period runs into the next year, and is compared with the one before
        return (period.crosses,), Basis.STATED if base is not None else Basis.REPORTING_PERIOD
    if period.span:
        changed = bool(candidate.verbs) and candidate.verbs[0].tag == "g" and bool(period.between)
        return (period.between[-1] if changed else None,), Basis.STATED
    return (reporting,), Basis.REPORTING_PERIOD


def _since(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether "since" behind a number says from when, not why."""
    since = next((k for k in range(candidate.np_end, candidate.np_end + 3) if tokens[k].word == "since"), -SINCE_REACH)
    return any(t.tag in "yMD" or "beginning" in t.entry.roles for t in tokens[since + 1 : max(0, since + SINCE_REACH)])


def _beside(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether two groups of one time are compared: "63 percent, compared with 86 percent for men"."""
    return candidate.quantity.unit == "percent" and tokens[candidate.np_end].word in ("for", "of", "among", "in")


def _by_another(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether a compared number is what another body counted: "compared with the three identified by border guards"."""
    behind = tokens[candidate.np_end : candidate.np_end + BODY_REACH]
    acted = bool(behind) and behind[0].tag == "v" and behind[0].entry.form == "past"
    return acted and any(a.word == "by" and b.tag != "y" for a, b in pairwise(behind))


def _other_group(candidate: Candidate) -> bool:
    """Whether a compared number has a group of its own: "44 percent of women, compared with 60 percent of men"."""
    model = candidate.model
    return bool(
        model is not None
        and candidate.noun is not None
        and model.noun is not None
        and candidate.noun is not model.noun
        and candidate.noun.word != model.noun.word
        and candidate.noun.entry.noun != model.noun.entry.noun
    )
