"""Which period each number is of, and which years that says: as stated, counted back, or the report's own.

In 2018 police made 12 arrests, up from nine in 2017, and identified 30 victims. -> 12: 2018; nine: 2017; 30: 2018
"""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from diffing.extracting.candidates import Candidate, Stretch, same_noun
from diffing.extracting.periods import (
    before_change,
    dated_now,
    dates_another,
    in_new_clause,
    of_change,
    opens_clause,
    period_of,
    told_aside,
)
from diffing.extracting.refused import Unreal
from diffing.language.times import Period
from diffing.language.words import Token
from diffing.model import Basis

TOGETHER_REACH = 14  # tokens from a number to "combined": "47 cases in 2016 and 2017 combined"; 8 to 16, default 14
SINCE_REACH = 7  # tokens from "since" to what says from when: "since the opening of the shelter in 2013"; 5 to 9
BODY_REACH = 5  # tokens from what is counted to who counted it: "the three identified by border guards"; 3 to 6


def attach_years(stretches: list[Stretch], tokens: list[Token], reporting: int, unreal: Unreal) -> None:
    """Sets the years of each candidate and how they are known."""
    fronted: Token | None = None  # "In 2018, ...": the period of the clause
    for stretch in stretches:
        if tokens[stretch.start].tag == ";" and not _same_subject(tokens, stretch.start):
            fronted = None
        stretch.periods = [p for p in stretch.periods if not unreal.undone(p)]
        if any(not d.dead for d in stretch.candidates):
            fronted = _Dating(stretch, tokens, reporting, fronted).date() or fronted


class _Dating(Struct):
    """One stretch while its numbers are dated; `clause` is the period that opened the clause before it."""

    stretch: Stretch
    tokens: list[Token]
    reporting: int
    clause: Token | None

    def date(self) -> Token | None:
        """Dates the stretch's candidates; the period that opens it, if what follows is of it too."""
        stretch, tokens = self.stretch, self.tokens
        live = [d for d in stretch.candidates if not d.dead]
        pair = self.two_ends(live)
        live = [d for d in live if d not in pair]
        if self.one_each(live):
            return None
        if stretch.respectively and live:
            live = self.respective(live)
        stretch.bases = [p for p in stretch.periods if before_change(stretch, p, tokens)]
        stretch.periods = [p for p in stretch.periods if p not in stretch.bases]
        fronted = [p for p in stretch.periods if opens_clause(tokens, p, stretch)]
        for n, candidate in enumerate(live):
            self.date_one(candidate, n, live, fronted, pair)
        return tokens[fronted[-1]] if fronted and not stretch.paren and stretch.head is None else None

    def date_one(
        self, candidate: Candidate, n: int, live: list[Candidate], fronted: list[int], pair: list[Candidate]
    ) -> None:
        """Sets the years of one candidate: its own period, the one in front, one behind, one before, or its whole's."""
        stretch, tokens = self.stretch, self.tokens
        found = self.own(candidate, n, live, fronted)
        when = [p for p in stretch.periods if p < candidate.at and period_of(tokens[p]).when]
        if found is None and when:
            candidate.years, candidate.basis = period_of(tokens[when[-1]]).when, Basis.STATED
            return
        if found is None:
            found = self.beside(candidate, n, live, fronted, pair)
        token = tokens[found] if found is not None else None
        if token is None and stretch.head is None and not stretch.paren:
            token = self.clause
            if token is None and stretch.after is not None and stretch.after.candidates:
                token = stretch.after.candidates[-1].period
        whole = candidate.whole
        if whole is not None and whole.years:
            elsewhere = whole.stretch is stretch.head and not stretch.paren
            if elsewhere or (token is None and not candidate.quantity.absent):
                candidate.years, candidate.basis = whole.years, whole.basis
                return
        self.set_years(candidate, token, stretch.head, live[:n])

    def own(self, candidate: Candidate, n: int, live: list[Candidate], fronted: list[int]) -> int | None:
        """The period of the number itself, or the one that opens its clause."""
        stretch, tokens = self.stretch, self.tokens
        end = live[n + 1].at if n + 1 < len(live) else stretch.end
        found = next((p for p in stretch.periods if candidate.at < p < end and p not in fronted), None)
        front = [p for p in fronted if p < candidate.at]
        another = found is not None and dates_another(tokens, candidate, found, bool(front))
        if found is not None and not another and not in_new_clause(tokens, candidate, found):
            return found
        return front[-1] if front else None

    def beside(
        self, candidate: Candidate, n: int, live: list[Candidate], fronted: list[int], pair: list[Candidate]
    ) -> int | None:
        """The nearest period of the stretch behind the number, else before it, that may be of it."""
        stretch, tokens = self.stretch, self.tokens
        changes = [d.at for d in stretch.candidates if d.quantity.change]
        others = [p for p in stretch.periods if p not in fronted]
        right = [p for p in others if p > candidate.at and not any(c < p for c in changes)]
        later = bool(right) and any(d.at < right[0] for d in live[n + 1 :])
        now = dated_now(tokens, candidate, live, n, stretch)
        # "158 victims, including 90 new ones and 68 identified in previous years"
        apart = later and (now or (period_of(tokens[right[0]]).span and not period_of(tokens[right[0]]).between))
        if right and not (
            apart or dates_another(tokens, candidate, right[0]) or in_new_clause(tokens, candidate, right[0])
        ):
            return right[0]
        left = [p for p in others if p < candidate.at and not of_change(stretch, p)]
        left = [p for p in left if not told_aside(tokens, stretch, p, candidate)]
        for a, b in zip(pair[::2], pair[1::2], strict=True):  # "from 70 in 2019 to 100, and another six"
            left = [p for p in left if not a.at < p < b.at]
        return left[-1] if left and not now else None

    def two_ends(self, live: list[Candidate]) -> list[Candidate]:
        """Dates the two ends of "from A to B": A before, B now, where no year stands behind them."""
        done: list[Candidate] = []
        for a, b in pairwise(live):
            joins = (self.tokens[a.at - 1].word, self.tokens[b.at - 1].word)
            if joins == ("to", "from"):
                self._end(a, self._between(a, b))
                self._end(b, self._behind(b), earlier=True)
            elif joins[0].endswith("from") and joins[1] == "to":
                self._from_to(a, b)
            else:
                continue
            done += [a, b]
        return done

    def _from_to(self, a: Candidate, b: Candidate) -> None:
        first, second = self._between(a, b), self._behind(b)
        before = [self.tokens[p] for p in self.stretch.periods if p < a.at]
        span = second or (before[-1] if before else None)
        if first is None and span is not None and len(period_of(span).between) == 2:
            a.years, b.years = ((year,) for year in period_of(span).between)
            a.basis = b.basis = Basis.STATED
            return
        now = next((t for t in reversed(before) if period_of(t).years), self.clause)
        back = next((t for t in before if period_of(t).back), None)
        self._end(b, second or now)
        self._end(a, first or back, earlier=True)

    def _end(self, candidate: Candidate, period: Token | None, earlier: bool = False) -> None:
        """Dates one end; the `earlier` one has no year without a period."""
        if period is None and earlier:
            candidate.years, candidate.basis = (None,), Basis.RELATIVE
        else:
            self.set_years(candidate, period, None, [])

    def _between(self, a: Candidate, b: Candidate) -> Token | None:
        return next((self.tokens[p] for p in self.stretch.periods if a.at < p < b.at), None)

    def _behind(self, candidate: Candidate) -> Token | None:
        following = (d.at for d in self.stretch.candidates if d.at > candidate.at)
        end = next(following, self.stretch.end)
        return next((self.tokens[p] for p in self.stretch.periods if candidate.at < p < end), None)

    def one_each(self, live: list[Candidate]) -> bool:
        """ "48, 52, and 67 victims in 2017, 2018, and 2019, respectively": the years in the order of the numbers."""
        periods = self.stretch.periods if self.stretch.respectively or _one_list(live, self.tokens) else ()
        for years in (period_of(self.tokens[p]).years for p in periods):
            if len(years) == len(live) > 1:
                for candidate, year in zip(live, years, strict=True):
                    candidate.years, candidate.basis = (year,), Basis.STATED
                return True
        return False

    def respective(self, live: list[Candidate]) -> list[Candidate]:
        """Dates the last list of a stretch by the years of the numbers before it; gives the candidates that are left.

        "71 crimes in 2018 and 66 in 2019, resulting in 12 and nine indictments, respectively"
        """
        first = len(live) - 1
        while first > 0 and _one_list(live[first - 1 : first + 1], self.tokens):
            first -= 1
        years = [period_of(self.tokens[p]).years for p in self.stretch.periods if p < live[first].at]
        if not 0 < first < len(live) - 1 or len(years) != len(live) - first:
            return live
        for candidate, year in zip(live[first:], years, strict=True):
            candidate.years, candidate.basis = year, Basis.STATED
        return live[:first]

    def set_years(
        self, candidate: Candidate, token: Token | None, head: Stretch | None, before: list[Candidate]
    ) -> None:
        """Sets the years of one candidate by the period `token` that is attached to it, or by the `head` that it is
        compared with; `before` are the numbers before it in its stretch."""
        candidate.period, tokens = token, self.tokens
        if not (token is not None and period_of(token).span) and _since(tokens, candidate):
            candidate.years, candidate.basis = (None,), Basis.STATED  # a total over several years
            return
        if token is None:
            candidate.years, candidate.basis = self.undated(candidate, head)
            return
        period, base = period_of(token), _base(candidate, before, token) if head is not None else None
        if period.years:
            near = tokens[candidate.at : candidate.at + TOGETHER_REACH]
            combined = len(period.years) > 1 and any(t.word in ("combined", "together") for t in near)
            candidate.years, candidate.basis = (None,) if combined else period.years, Basis.STATED
        elif period.back:
            start = base or self.reporting
            candidate.years, candidate.basis = tuple(start - b for b in period.back), Basis.RELATIVE
        else:
            candidate.years, candidate.basis = _of_span(candidate, period, base, self.reporting)

    def undated(self, candidate: Candidate, head: Stretch | None) -> tuple[tuple[int | None, ...], str]:
        """The years of a number without a period."""
        tokens, own = self.tokens, ((self.reporting,), Basis.REPORTING_PERIOD)
        if head is None or not (head.candidates or head.periods):
            return own
        possessive = tokens[candidate.at - 1].possessive  # "compared with the government's three"
        model, noun = candidate.model, candidate.noun  # "44 percent of women, compared with 60 percent of men"
        group = model is not None and model.noun is not None and noun is not None and not same_noun(model.noun, noun)
        if possessive or group or _beside(candidate, tokens) or _by_another(candidate, tokens):
            return next(((d.years, d.basis) for d in head.candidates if d.years), own)
        return (None,), Basis.RELATIVE


def _same_subject(tokens: list[Token], semicolon: int) -> bool:
    """Whether what follows a semicolon has the subject before it: "; initiated 99 prosecutions; and closed 77"."""
    first = next((t for t in tokens[semicolon + 1 :] if t.tag not in "&,"), None)
    return first is not None and first.tag == "v" and first.entry.form == "past"


def _one_list(live: list[Candidate], tokens: list[Token]) -> bool:
    """Whether the numbers follow each other in one list: "totaled 12, 15, and 20 in 2016, 2017, and 2018"."""
    return len(live) > 1 and all(all(t.tag in ",&" for t in tokens[a.at + 1 : b.at]) for a, b in pairwise(live))


def _base(candidate: Candidate, before: list[Candidate], token: Token) -> int | None:
    """The year that a compared number counts back from: that of the one before, or of what it is compared with."""
    previous = [d.years[-1] for d in before if d.years[-1] is not None and d.period is not token]
    model = candidate.model
    return previous[-1] if previous else model.years[-1] if model is not None and model.years else None


def _of_span(
    candidate: Candidate, period: Period, base: int | None, reporting: int
) -> tuple[tuple[int | None, ...], str]:
    """The years of a number over a span: none, but where the span is the report's own twelve months."""
    if period.since and candidate.quantity.absent:
        return (reporting,), Basis.REPORTING_PERIOD  # "none has been convicted since 2015"
    if period.crosses and (period.crosses == reporting or base is not None):
        # the report's own period runs into the next year, and is compared with the one before
        return (period.crosses,), Basis.STATED if base is not None else Basis.REPORTING_PERIOD
    if period.span:
        changed = bool(candidate.verbs) and candidate.verbs[0].tag == "g" and bool(period.between)
        return (period.between[-1] if changed else None,), Basis.STATED  # "rose to 40 from 2016 to 2018"
    return (reporting,), Basis.REPORTING_PERIOD


def _beside(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether two groups of one time are compared: "63 percent, compared with 86 percent for men"."""
    return candidate.quantity.unit == "percent" and tokens[candidate.np_end].word in ("for", "of", "among", "in")


def _by_another(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether a compared number is what another body counted: "compared with the three identified by border guards"."""
    behind = tokens[candidate.np_end : candidate.np_end + BODY_REACH]
    acted = bool(behind) and behind[0].tag == "v" and behind[0].entry.form == "past"
    return acted and any(a.word == "by" and b.tag != "y" for a, b in pairwise(behind))


def _since(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether "since" behind a number says from when, not why."""
    since = next((k for k in range(candidate.np_end, candidate.np_end + 3) if tokens[k].word == "since"), -SINCE_REACH)
    return any(t.tag in "yMD" or "beginning" in t.entry.roles for t in tokens[since + 1 : max(0, since + SINCE_REACH)])
