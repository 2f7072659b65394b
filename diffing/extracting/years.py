"""The year of every quantity, and how it is known: stated, counted back, or the reporting period."""

from __future__ import annotations

import itertools
from itertools import pairwise

from diffing.extracting.belonging import (
    bases_of_change,
    dated_now,
    dates_another,
    in_new_clause,
    of_change,
    opens_clause,
)
from diffing.extracting.drafts import Arm, Draft
from diffing.language.times import Period
from diffing.language.words import Token
from diffing.model import Basis

_ALONE = Arm(0, 0)
_BEGINNINGS = frozenset(
    [
        "then",
        "inception",
        "launch",
        "creation",
        "start",
        "beginning",
        "opening",
        "establishment",
        "founding",
        "began",
    ]
)


def attach_years(arms: list[Arm], tokens: list[Token], reporting: int) -> None:
    """Sets the years of each draft and how they are known."""
    clause_period: Token | None = None
    clause = -1
    for arm in arms:
        if arm.clause != clause and not arm.paren:
            if clause >= 0 and any(t.tag == ";" for t in tokens[arm.start : arm.start + 1]):
                clause_period = None
            clause = arm.clause
        drafts = arm.drafts
        if not drafts:
            continue
        live = [d for d in drafts if not d.dead]
        if not live:
            continue
        pair = _from_to(arm, live, tokens, reporting, clause_period)
        live = [d for d in live if d not in pair]
        if _one_each(arm, live, tokens, reporting):
            continue
        if arm.respectively and live:
            live = _respective(arm, live, tokens)
        started = bases_of_change(arm, tokens)
        if started:
            arm.bases, arm.periods = started, [p for p in arm.periods if p not in started]
        fronted = [p for p in arm.periods if opens_clause(tokens, p, arm)]
        for n, draft in enumerate(live):
            found = _own_period(draft, live, n, arm, tokens, fronted)
            front = [p for p in fronted if p < draft.at]
            if found is not None and dates_another(tokens, draft, found, bool(front)):
                found = None
            if found is None and front:
                found = front[-1]
                ahead = next((p for p in arm.periods if p > draft.at and p not in fronted), None)
                if draft.whole is not None and _period(tokens[found]).span and ahead is not None:
                    found = ahead  # "Since 2016 ..., including 52 during the year"
            when = [
                p for p in arm.periods if p < draft.at and isinstance(period := tokens[p].value, Period) and period.when
            ]
            if found is None and when:
                draft.years, draft.basis = _period(tokens[when[-1]]).when, Basis.STATED
                continue
            if found is None:
                changes = [d.at for d in arm.drafts if d.quantity.change and d.at > draft.at]
                right = [
                    p for p in arm.periods if p > draft.at and p not in fronted and not any(c < p for c in changes)
                ]
                later = [d for d in live[n + 1 :] if right and d.at < right[0]]
                if any(_relative(tokens[draft.np_end : d.np_end + 2]) for d in later):
                    right = []  # "12 convictions for an offense for which none had been recorded in 2018"
                elif later and _period(tokens[right[0]]).span and not _period(tokens[right[0]]).between:
                    right = []  # "158 victims, including 90 new ones and 68 identified in previous years"
                left = [p for p in arm.periods if p < draft.at and p not in fronted]
                left = [p for p in left if not of_change(arm, p, draft, tokens)]
                for a, b in zip(pair[::2], pair[1::2], strict=True):  # "from 70 in 2019 to 100, and another six"
                    left = [p for p in left if not a.at < p < b.at]
                if right and not (
                    dates_another(tokens, draft, right[0], False) or in_new_clause(tokens, draft, right[0])
                ):
                    found = right[0]
                elif left and not dated_now(tokens, draft, live, n, arm):
                    found = left[-1]
            token = tokens[found] if found is not None else None
            if token is None and arm.head is None and not arm.paren:
                token = clause_period
                if token is None and arm.after is not None:
                    token = next((d.period for d in reversed(arm.after.drafts) if d.period is not None), None)
            elsewhere = draft.whole is not None and draft.whole.arm is arm.head and not arm.paren
            if (
                draft.whole is not None
                and draft.whole.years
                and (elsewhere or (token is None and not draft.quantity.absent))
            ):
                draft.years, draft.basis = draft.whole.years, draft.whole.basis
                continue
            set_years(draft, token, arm, live, n, reporting, tokens)
        if fronted and not arm.paren and arm.head is None:
            clause_period = tokens[fronted[-1]]


def _from_to(
    arm: Arm, live: list[Draft], tokens: list[Token], reporting: int, clause_period: Token | None
) -> list[Draft]:
    """Dates the two ends of "from A to B": A before, B now, where no year stands behind them."""
    done: list[Draft] = []
    for a, b in itertools.pairwise(live):
        if a in done:
            continue
        if a.at and tokens[a.at - 1].word == "to" and b.at and tokens[b.at - 1].word == "from":
            present = next((p for p in arm.periods if a.at < p < b.at), None)
            then = next((p for p in arm.periods if p > b.at), None)
            fronted = next((tokens[p] for p in arm.periods if p < a.at), clause_period)
            set_years(a, tokens[present] if present is not None else fronted, _ALONE, [], 0, reporting, tokens)
            set_years(b, tokens[then] if then is not None else None, _ALONE, [a], 1, reporting, tokens)
            if then is None:
                b.years, b.basis = (None,), Basis.RELATIVE
            done += [a, b]
            continue
        if not (a.at and tokens[a.at - 1].word == "from" and b.at and tokens[b.at - 1].word == "to"):
            continue
        first = next((p for p in arm.periods if a.at < p < b.at), None)
        second = next((p for p in arm.periods if p > b.at), None)
        before = [tokens[p] for p in arm.periods if p < a.at]
        span = tokens[second].value if second is not None else before[-1].value if before else None
        if first is None and isinstance(span, Period) and len(span.between) == 2:
            a.years, b.years = (span.between[0],), (span.between[1],)
            a.basis = b.basis = Basis.STATED
            done += [a, b]
            continue
        now = next((t for t in reversed(before) if isinstance(t.value, Period) and t.value.years), clause_period)
        back = next((t for t in before if isinstance(t.value, Period) and t.value.back), None)
        set_years(b, tokens[second] if second is not None else now, _ALONE, [], 0, reporting, tokens)
        if first is not None:
            set_years(a, tokens[first], _ALONE, [b], 1, reporting, tokens)
        elif back is not None:
            set_years(a, back, _ALONE, [b], 1, reporting, tokens)
        else:
            a.years, a.basis = (None,), Basis.RELATIVE
        done += [a, b]
    return done


def _period(token: Token) -> Period:
    assert isinstance(token.value, Period)
    return token.value


def _relative(between: list[Token]) -> bool:
    return any((a.tag == "p" and b.tag == "w") or b.word == "of which" for a, b in pairwise(between))


def date_sums(drafts: list[Draft]) -> None:
    """A sum of several years has no year of its own: "a total of 47 cases: 12 in 2016, 15 in 2017"."""
    for draft in drafts:
        parts = [d for d in drafts if d.whole is draft and d.period is not None and d.arm.head is None]
        if len({d.years for d in parts}) > 1 and (draft.period is None or any(d.period is draft.period for d in parts)):
            draft.years, draft.basis = (None,), Basis.STATED


def _own_period(
    draft: Draft, live: list[Draft], n: int, arm: Arm, tokens: list[Token], fronted: list[int]
) -> int | None:
    """The first period between this quantity and the next one."""
    end = next((d.at for d in live[n + 1 :]), arm.end)
    for p in arm.periods:
        if draft.at < p < max(end, draft.at) and p not in fronted:
            return p
    return None


def _one_each(arm: Arm, live: list[Draft], tokens: list[Token], reporting: int) -> bool:
    """ "48, 52, and 67 victims in 2017, 2018, and 2019, respectively": the years in the order of the numbers."""
    if not arm.respectively and not _one_list(live, tokens):
        return False
    for p in arm.periods:
        period = tokens[p].value
        if isinstance(period, Period) and len(period.years) == len(live) > 1:
            for draft, year in zip(live, period.years, strict=True):
                draft.years, draft.basis = (year,), Basis.STATED
            return True
    return False


def _respective(arm: Arm, live: list[Draft], tokens: list[Token]) -> list[Draft]:
    """Dates the last list of an arm by the years of the numbers before it; gives the drafts that are left.

    "71 crimes in 2018 and 66 in 2019, resulting in 12 and nine indictments, respectively"
    """
    first = len(live) - 1
    while first > 0 and _one_list(live[first - 1 : first + 1], tokens):
        first -= 1
    years = [_period(tokens[p]).years for p in arm.periods if p < live[first].at]
    if not 0 < first < len(live) - 1 or len(years) != len(live) - first or any(len(y) != 1 for y in years):
        return live
    for draft, year in zip(live[first:], years, strict=True):
        draft.years, draft.basis = year, Basis.STATED
    return live[:first]


def _one_list(live: list[Draft], tokens: list[Token]) -> bool:
    """Whether the numbers follow each other in one list: "totaled 12, 15, and 20 in 2016, 2017, and 2018"."""
    return len(live) > 1 and all(
        all(t.tag in ",&" for t in tokens[a.at + 1 : b.at]) and b.at - a.at < 4 for a, b in pairwise(live)
    )


def set_years(
    draft: Draft,
    token: Token | None,
    arm: Arm,
    live: list[Draft],
    n: int,
    reporting: int,
    tokens: list[Token],
) -> None:
    """Sets the years of one draft from the period that is attached to it, or from what it is compared with."""
    head = arm.head
    base = None
    draft.period = token
    if token is None and _since(tokens, draft):
        draft.years, draft.basis = (None,), Basis.STATED
        return
    if head is not None:
        model = draft.model or next((d for d in head.drafts if not d.dead and d.years), None)
        if model is not None and model.years and model.arm is not arm:
            base = model.years[-1]
        previous = [d for d in live[:n] if d.years and d.years[-1] is not None and d.period is not token]
        if previous:
            base = previous[-1].years[-1]
    if token is None:
        if head is None or (not head.drafts and head.head is None and not head.periods):
            draft.years, draft.basis = (reporting,), Basis.REPORTING_PERIOD
        elif arm.paren and arm.comparator is None:
            draft.years, draft.basis = (base,), Basis.STATED if base is not None else Basis.REPORTING_PERIOD
        elif (draft.at and tokens[draft.at - 1].possessive) or _other_group(draft) or _beside(draft, arm, tokens):
            same = next((d for d in head.drafts if d.years), None)
            draft.years, draft.basis = (
                (same.years, same.basis) if same is not None else ((reporting,), Basis.REPORTING_PERIOD)
            )
        else:
            draft.years, draft.basis = (None,), Basis.RELATIVE
        return
    period = token.value
    assert isinstance(period, Period)
    if not period.span and _since(tokens, draft):
        draft.years, draft.basis = (None,), Basis.STATED  # a total over several years
    elif period.years:
        combined = any(t.word in ("combined", "together") for t in tokens[draft.at : min(len(tokens), draft.at + 14)])
        if len(period.years) > 1 and combined:
            draft.years = (None,)
        else:
            draft.years = period.years
        draft.basis = Basis.STATED
    elif period.back:
        start = base if base is not None else _named_year(draft, token, live, n) or reporting
        draft.years = tuple(start - b for b in period.back)
        draft.basis = Basis.RELATIVE
    elif period.since and draft.quantity.absent:
        draft.years, draft.basis = (reporting,), Basis.REPORTING_PERIOD  # "none has been convicted since 2015"
    elif period.crosses and (period.crosses == reporting or (base is not None and base > period.crosses)):
        # the report's own period runs into the next year, and is compared with the one before
        draft.years = (period.crosses,)
        draft.basis = Basis.STATED if base is not None else Basis.REPORTING_PERIOD
    elif period.span:
        changed = draft.verbs and draft.verbs[0].tag == "g"
        if changed and period.between:
            draft.years, draft.basis = (period.between[-1],), Basis.STATED
        else:
            draft.years, draft.basis = (None,), Basis.STATED
    elif period.same and head is not None:
        draft.years, draft.basis = (None,), Basis.RELATIVE
    else:
        draft.years, draft.basis = (reporting,), Basis.REPORTING_PERIOD


def _since(tokens: list[Token], draft: Draft) -> bool:
    """Whether "since" behind a number says from when, not why."""
    for k in range(draft.np_end, min(len(tokens), draft.np_end + 3)):
        if tokens[k].word == "since":
            return any(t.tag in "yMD" or t.word in _BEGINNINGS for t in tokens[k + 1 : k + 7])
    return False


def _named_year(draft: Draft, token: Token, live: list[Draft], n: int) -> int | None:
    for other in reversed(live[:n]):
        if other.basis == Basis.STATED and other.years and other.years[-1] is not None:
            return other.years[-1]
    return None


def _beside(draft: Draft, arm: Arm, tokens: list[Token]) -> bool:
    """Whether two groups of one time are compared: "63 percent, compared with 86 percent for men"."""
    if arm.comparator is None or arm.comparator.word not in (
        "compared with",
        "compared to",
        "versus",
        "vs",
        "as opposed to",
    ):
        return False
    after = tokens[draft.np_end] if draft.np_end < len(tokens) else None
    return (
        after is not None
        and after.tag == "p"
        and after.word in ("for", "of", "among", "in")
        and draft.quantity.unit == "percent"
    )


def _other_group(draft: Draft) -> bool:
    """Whether a compared number has a group of its own: "44 percent of women, compared with 60 percent of men"."""
    model = draft.model
    return bool(
        model is not None
        and draft.noun is not None
        and model.noun is not None
        and draft.noun is not model.noun
        and draft.noun.word != model.noun.word
        and draft.noun.entry.noun != model.noun.entry.noun
    )
