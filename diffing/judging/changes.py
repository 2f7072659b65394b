"""From figures to changes: one indicator between two years.

Figures of both narratives are joined on indicator, actor, unit, breakdown and year. What each report says of each
year is a `Told`; one row goes from each known year to the next, the last to the new reporting period, and a row of
its own says where the two reports differ about one year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from msgspec import structs

from diffing.judging.change_wording import amount
from diffing.judging.comparable_figures import Comparable
from diffing.judging.doubts import of_figures
from diffing.judging.evidence import Evidence
from diffing.judging.reported_values import (
    SEVERAL,
    SILENT,
    YEAR_UNSURE,
    Joined,
    Key,
    Told,
    agree,
    best_of,
    countable,
    key_of,
    told_together,
    verdict_of,
)
from diffing.judging.several_numbers import beside_each_other, counted, one_to_one
from diffing.judging.strength import DIRECTED
from diffing.model import Basis, Change, Direction, Doubt, Figure, Pair, Qualifier, Reason, Rule, Status, Verdict
from diffing.model.printed_numbers import is_money

# A percentage needs a base of at least this many; below it a reader is told "2 more". Range 5 to 30; at 5 two cases
# after five read as a fall of 60 percent, at 30 real falls in small countries lose their share.
PERCENT_BASE = 10

# What a change carries of each of its two figures.
_OF_EACH = ("value", "status", "qualifier", "low", "high", "sentence")
_TRANSPARENCY = (Direction.NEWLY_REPORTED, Direction.NO_LONGER_REPORTED)


def join_figures(evidence: Evidence) -> tuple[Joined, ...]:
    """Every change between the years that the two narratives tell of, by indicator and then by year."""
    pair = evidence.pair
    series: dict[Key, list[Told]] = defaultdict(list)
    nothing_new: set[str | None] = set()
    labels = {rule.key for rule in pair.new.profile.sections if rule.labels}
    old_figures = _by_one_doer(evidence)
    for narrative, figures, newer in ((pair.old, old_figures, False), (pair.new, pair.new_figures, True)):
        nothing = _found_by_nothing(pair, figures)
        for figure in countable(figures):
            assert figure.indicator is not None
            if figure.status is Status.NOT_REPORTED and (figure.indicator, figure.year) in nothing:
                if newer:
                    nothing_new.add(figure.indicator)
                continue
            series[key_of(pair, figure)].append(Told(figure, narrative.year, newer, label=figure.section in labels))
    _count_after_none(series)
    for key, told in series.items():
        if len(told) > 2:
            years: dict[tuple[bool, int], set[int | None]] = defaultdict(set)
            for t in told:
                years[t.newer, t.figure.sentence].add(t.figure.year)
            series[key] = [structs.replace(t, with_others=len(years[t.newer, t.figure.sentence]) > 1) for t in told]
    join = Join(evidence)
    for figure in pair.new_figures:
        if figure.year is None and figure.indicator is not None and figure.value is not None and figure.part_of is None:
            undated = Told(figure, pair.new.year, True)
            join.undated.setdefault(key_of(pair, figure), undated)
    now = (key.indicator for key, told in series.items() for t in told if t.newer and t.figure.year == join.period)
    join.mentioned = nothing_new.union(now)
    rows = [row for key, told in series.items() for row in join.rows(key, told)]
    order = {indicator.name: n for n, indicator in enumerate(pair.new.profile.indicators)}
    rows.sort(key=lambda row: _place(row.change, order))
    return tuple(rows)


def _count_after_none(series: dict[Key, list[Told]]) -> None:
    """Whom one report counts none of at all, the other's only count is of all, whatever kind they are of.

    "Found no victims", then "found 27 victims, all of them foreign men".
    """
    kinds: dict[Key, list[Told]] = defaultdict(list)
    for key, told in series.items():
        if key.breakdown is not None:
            kinds[key._replace(breakdown=None)] += [t for t in told if t.figure.part_of is None and t.figure.value]
    for key, counts in kinds.items():
        whole = series.get(key, [])
        if len(counts) == 1 and whole and all(t.none and t.newer is not counts[0].newer for t in whole):
            whole.append(counts[0])
            series[key._replace(breakdown=counts[0].figure.breakdown)].remove(counts[0])


def _by_one_doer(evidence: Evidence) -> list[Figure]:
    """The old figures; where neither its sentence nor the new one names a doer, both were counted by one.

    "The shelters assisted 47 victims" leans for its doer on the sentences before it, which may have changed.
    """
    pair = evidence.pair
    figures = list(pair.old_figures)
    now: dict[int, list[Figure]] = defaultdict(list)
    for figure in pair.new_figures:
        now[figure.sentence].append(figure)
    for n, figure in enumerate(figures):
        number = pair.old_links.get(figure.sentence) if figure.indicator is not None else None
        if number is None or len(pair.links[number].old) != 1 or len(pair.links[number].new) != 1:
            continue
        same = [
            other
            for other in now.get(pair.links[number].new[0], ())
            if (other.indicator, other.unit, other.breakdown) == (figure.indicator, figure.unit, figure.breakdown)
        ]
        if len({other.actor for other in same}) != 1 or same[0].actor is figure.actor:
            continue
        said = evidence.said(figure.sentence, newer=False), evidence.said(same[0].sentence)
        named = any(thing.doer for one in said for noun in one.phrases for thing in one.things_of(noun))
        if not named and all(one.clauses for one in said):
            figures[n] = replace(figure, actor=same[0].actor)
    return figures


def _found_by_nothing(pair: Pair, figures: Sequence[Figure]) -> set[tuple[str, int | None]]:
    """The series and years in which nothing could be found: no inspection was made that finds violations."""
    none = {(figure.indicator, figure.year) for figure in figures if figure.value == 0 and figure.breakdown is None}
    return {
        (indicator.name, year)
        for indicator in pair.new.profile.indicators
        for name in indicator.found_by
        for base, year in none
        if base == name
    }


class Join:
    """Makes the rows of one pair; holds what all of them need."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.pair: Pair = evidence.pair
        self.comparable = Comparable(evidence)
        self.period = evidence.period
        self.mentioned: set[str | None] = set()  # what the new narrative tells of its period, whole or part
        self.undated: dict[Key, Told] = {}  # what it tells of no year that is sure, the first of each series

    def rows(self, key: Key, told: list[Told]) -> Iterator[Joined]:
        """The rows of one indicator, actor and breakdown, each unit apart; a null unit joins any."""
        units: list[str | None] = [*sorted({t.figure.unit for t in told if t.figure.unit is not None})]
        joined = False
        for unit in units or [None]:
            of_unit = [t for t in told if t.figure.unit in (None, unit) or t.none]
            found = list(self._series(key._replace(unit=unit), of_unit))
            joined = joined or any(row.change.to_year == self.period for row in found)
            yield from found
        if not joined:
            yield from self._units_differ(key, told)
            yield from self._not_mentioned(key, told)

    def _series(self, key: Key, told: list[Told]) -> Iterator[Joined]:
        # beside what changed, a sentence that stands there word for word says nothing of it: "it had no budget"
        dated = Basis.STATED, Basis.RELATIVE
        fresh = [
            t
            for t in told
            if t.label or t.figure.basis in dated or not self.evidence.stands(t.figure.sentence, t.newer)
        ]
        if {t.newer for t in fresh if t.figure.year == self.period or not t.newer} == {True, False}:
            told = fresh
        years = sorted({t.figure.year for t in told if t.figure.year is not None and t.figure.year <= self.period})
        best: dict[int, list[Told]] = {}
        again: dict[int, list[Told]] = {}  # what the new narrative says of each year
        for year in years:
            of_year = [t for t in told if t.figure.year == year]
            own, later = (best_of([t for t in of_year if t.newer is side]) for side in (False, True))
            best[year] = own if own and own[0].rank >= (later[0].rank if later else ()) else later
            if later:
                again[year] = later
            yield from self._restated(key, own, later)
        silent = 1 if years and best[years[0]] and not best[years[0]][0].reported else 0
        for before, after in pairwise(years):
            to_new = best_of([t for t in told if t.figure.year == after and t.newer])
            candidates = to_new if after == self.period and to_new else best[after]
            silent = 0 if candidates[0].reported else silent + 1 if after == before + 1 else 1
            for row in self._between(key, best[before], candidates, again.get(before, [])):
                yield structs.replace(row, silent=silent)

    def _restated(self, key: Key, own: list[Told], later: list[Told]) -> Iterator[Joined]:
        """Where both reports tell one number of a year, or sentences that answer each other do, and they differ."""
        pairs = [(own[0], later[0])] if len(own) == len(later) == 1 else told_together(self.pair, own, later)
        if len(pairs) != 1:
            return
        old, new = pairs[0]
        same_period = old.label or self.comparable.other_period(old) == self.comparable.other_period(new)
        if not agree(old, new) and same_period:
            yield self._row(key, old, new, restated=True)

    def _between(self, key: Key, old: list[Told], new: list[Told], again: list[Told]) -> Iterator[Joined]:
        """The rows from one year to the next; `again` is what the new narrative says of the earlier one."""
        pairs = self._pairs(old, new)
        if len(new) > 1 and pairs:
            pairs = [*pairs, *self._told_with_before(old, new, again, pairs)]
        if not pairs:
            yield self._row(key, old[0], new[0], incomparable=SEVERAL)
            return
        for before, after in pairs:
            noun = counted(self.comparable, after) if len(pairs) > 1 else ""
            row = self._row(key, before, after, noun=noun)
            # "31 as of October, compared with 25 in 2018": the new sentence compares like with like
            beside = [t for t in again if t.figure.sentence == after.figure.sentence and t is not before and t.reported]
            alone = after.newer and after.reported and len(beside) == 1
            alone = alone and (len(pairs) == 1 or is_money(after.figure.unit or ""))
            own = self._row(key, beside[0], after) if alone else None
            if own is None or own.change.direction in (row.change.direction, Direction.NOT_COMPARABLE):
                yield row
            elif row.change.direction is Direction.NOT_COMPARABLE:
                yield own
            else:  # "425, compared with 560": the new report counts otherwise, and says which way it went
                yield self._counted_otherwise(row, own)
                yield own

    def _told_with_before(
        self, old: list[Told], new: list[Told], again: list[Told], pairs: list[tuple[Told, Told]]
    ) -> list[tuple[Told, Told]]:
        """The numbers of several that no old one answers, each with what its own sentence says of the year before."""
        found = []
        for after in [t for t in new if t.reported and all(t is not paired for _, paired in pairs)]:
            beside = [t for t in again if t.figure.sentence == after.figure.sentence and t.reported]
            told = [t for t in old if len(beside) == 1 and t.figure.value == beside[0].figure.value]
            found += [(before, after) for before in (told or beside)[:1] if len(beside) == 1]
        return found

    def _counted_otherwise(self, row: Joined, own: Joined) -> Joined:
        said = amount(own.old, row.change.unit)
        because = f"the new report counts {said} for {row.change.from_year}, and compares with that"
        change = replace(
            row.change,
            direction=Direction.NOT_COMPARABLE,
            delta=None,
            percent=None,
            verdict=Verdict.UNCLEAR,
            rule=Rule.NOT_COMPARABLE,
            newest=False,
            reason=Reason(because=because),
        )
        return structs.replace(row, change=change)

    def _pairs(self, old: list[Told], new: list[Told]) -> list[tuple[Told, Told]]:
        """Which tellings of two years answer each other."""
        if len(old) == len(new) == 1:
            return [(old[0], new[0])]
        together = told_together(self.pair, old, new)
        unit = new[0].figure.unit or ""
        if (is_money(unit) or unit == "facilities") and one_to_one(together):
            return together  # sums for several purposes, each in a sentence that the new one answers
        # of several, those that a sentence tells together with the year before: it is about this very series
        both = [pair for pair in together if pair[0].with_others or pair[1].with_others]
        alone = next((pairs for pairs in (together, both) if len(pairs) == 1), None)
        return alone or beside_each_other(self.comparable, together)

    def _row(
        self,
        key: Key,
        old: Told,
        new: Told,
        *,
        restated: bool = False,
        incomparable: str | None = None,
        noun: str = "",
    ) -> Joined:
        indicator = self.pair.new.profile.indicator(key.indicator)
        reason = incomparable or self.comparable.incomparable(old, new)
        direction, rule, because = self.comparable.direction(old, new, reason)
        polarity = indicator.polarity if indicator else 0
        if polarity > 0 and (self.comparable.by_others(new) or self.comparable.of_speech(new)):
            polarity = 0  # fewer people tried for defamation are no loss, what charities do is no state's effort
        verdict = verdict_of(direction, polarity)
        if direction in _TRANSPARENCY and 0 in (old.figure.value, new.figure.value):
            verdict = Verdict.UNCLEAR  # that there are none may have been so in the other year
        if restated:
            rule, verdict = Rule.RESTATED, Verdict.UNCLEAR
        verdict = self.evidence.judged(rule, verdict)
        return self.change(key, old, new, direction, verdict, rule, Reason(because=because), restated, noun)

    def _units_differ(self, key: Key, told: list[Told]) -> Iterator[Joined]:
        old = [t for t in told if not t.newer and t.reported and (t.figure.year or 0) < self.period]
        new = [t for t in told if t.newer and t.reported and t.figure.year == self.period]
        if old and new:
            newest = max(old, key=lambda t: t.figure.year or 0)
            yield self._row(key._replace(unit=new[0].figure.unit), newest, new[0])

    def _not_mentioned(self, key: Key, told: list[Told]) -> Iterator[Joined]:
        """A whole of the old reporting period of which the new narrative says nothing: silence, not absence."""
        indicator = self.pair.new.profile.indicator(key.indicator)
        if key.breakdown is not None or indicator is None or key.indicator in self.mentioned:
            return
        if not self.pair.new.sentences:
            return  # an empty text mentions nothing
        of_period = [t for t in told if not t.newer and t.figure.year == self.evidence.old_period]
        own = best_of(of_period)
        if len(own) != 1 or not own[0].reported:
            return
        figure = own[0].figure
        undated = self.undated.get(key)
        if undated is not None and (undated.figure.unit == figure.unit or None in (undated.figure.unit, figure.unit)):
            told_now = structs.replace(undated, figure=replace(undated.figure, year=self.period))
            unsure = Direction.NOT_COMPARABLE, Verdict.UNCLEAR, Rule.NOT_COMPARABLE, Reason(because=YEAR_UNSURE)
            yield self.change(key._replace(unit=figure.unit), own[0], told_now, *unsure)
            return
        answers = self.pair.new_of(figure.sentence)
        silent = replace(
            figure, value=None, low=None, high=None, qualifier=Qualifier.EXACT, status=Status.NOT_REPORTED,
            year=self.period, sentence=answers[0] if answers else 0,
        )  # fmt: skip
        said, reason = Told(silent, self.pair.new.year, True), Reason(because=SILENT)
        unsaid = Direction.NOT_COMPARABLE, Verdict.UNCLEAR, Rule.NOT_MENTIONED, reason
        row = self.change(key._replace(unit=figure.unit), own[0], said, *unsaid)
        change = replace(row.change, to_qualifier=None, to_text=self.evidence.text_of(answers, False) or "")
        yield Joined(change if answers else replace(change, to_sentence=None, to_start=None), figure, None)

    def change(
        self,
        key: Key,
        old: Told,
        new: Told,
        direction: Direction,
        verdict: Verdict,
        rule: Rule,
        reason: Reason,
        restated: bool = False,
        noun: str = "",
        doubt: Doubt | None = None,
    ) -> Joined:
        """The row of two tellings, with its delta (new less old) and, where the base is large enough, percent."""
        a, b = old.figure, new.figure
        moved = direction in (Direction.UP, Direction.DOWN, Direction.SAME)
        delta = b.value - a.value if moved and a.value is not None and b.value is not None else None
        before, after = self.comparable.sentence_of(old), self.comparable.sentence_of(new)
        doubt = doubt or of_figures(self.comparable, old, new, verdict) if verdict in DIRECTED else None
        if doubt := self.evidence.heeded(doubt):
            verdict, reason = Verdict.UNCLEAR, replace(reason, doubt=doubt)
        percent = None
        if delta is not None and a.value is not None and a.value >= PERCENT_BASE and key.unit != "percent":
            percent = round(100 * delta / a.value, 1)
        sides = (("from", a), ("to", b))
        change = Change(
            **{f"{side}_{name}": getattr(figure, name) for side, figure in sides for name in _OF_EACH},
            **key._asdict(),
            country=self.pair.new.country,
            from_year=_year(a),
            to_year=_year(b),
            from_report=old.report,
            to_report=new.report,
            delta=delta,
            percent=percent,
            direction=direction,
            restated=restated,
            verdict=verdict,
            rule=rule,
            from_text=before.text,
            to_text=after.text,
            from_start=before.start,
            to_start=after.start,
            newest=not restated and _year(a) < _year(b) == self.period,
            noun=noun,
            reason=reason,
        )
        return Joined(change, a, b)


def _place(change: Change, order: dict[str, int]) -> tuple[int, str, str, str, int, int]:
    """Where a row stands: by the profile's order of indicators, then by series, then by year."""
    of = order.get(change.indicator or "", len(order))
    return (of, change.actor, change.unit or "", change.breakdown or "", change.from_year, change.to_year)


def _year(figure: Figure) -> int:
    assert figure.year is not None
    return figure.year
