"""From figures to changes: one indicator between two years.

Figures of both narratives are joined on indicator, actor, unit, breakdown and year. What each report says of each
year is a `Told`; one row goes from each known year to the next, the last to the new reporting period, and a row of
its own says where the two reports differ about one year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from diffing.judging.clauses import overlap, stems
from diffing.judging.evidence import OVERVIEWS, Evidence
from diffing.judging.governs import any_of
from diffing.judging.told import (
    OPEN,
    SEVERAL,
    YEAR_UNSURE,
    Bounds,
    Joined,
    Told,
    agree,
    best_of,
    bounds_of,
    countable,
    direction_of,
    how_sure,
    told_together,
    verdict_of,
)
from diffing.model import Actor, Basis, Change, Direction, Figure, Narrative, Pair, Status, Verdict

# A percentage needs a base of at least this many; below it a reader is told "2 more". Range 5 to 30; at 5 two cases
# after five read as a fall of 60 percent, at 30 real falls in small countries lose their share.
PERCENT_BASE = 10

# Two sentences that neither answer each other nor share this much of their words count different things, whatever the
# indicator. Range 0.2 to 0.5; lower joins two commissions' inquiries, higher loses totals told in other words.
ONE_MATTER = 0.3

# Where one of the two is no number, as little as this tells two matters: "no data on prisoners' access to books" says
# nothing of how many there are. Range 0.1 to 0.3.
ANY_MATTER = 0.15

# How far from a number what it counts may be named, in characters. Range 30 to 100.
BESIDE = 60

# Two figures of different sections are of two matters.
APART = "told of different sections"
OTHERS = "told of different matters"
INCIDENTS = "told of different days"

# An incident has its day; a report of one has too, but says that it reports.
_DAY = re.compile(
    r"\b(?:[Oo]n|[Ii]n the night of) ((?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December) \d{1,2})\b"
)
_ADDED = re.compile(r" (?:additional|more|further|new)\b(?! than)")
_REPORTS = re.compile(r"\b(?:report|announc|stat|publish|releas|record|regist|document|count|total)\w*", re.IGNORECASE)

_YEAR_DIGITS = re.compile(r"\b(?:19|20)\d\d\b")

Key = tuple[str, Actor, str | None]
"""A series: indicator, actor, breakdown; its units are told apart later."""


def join_figures(evidence: Evidence) -> tuple[Joined, ...]:
    """Every change between the years that the two narratives tell of, by indicator and then by year."""
    pair = evidence.pair
    series: dict[Key, list[Told]] = defaultdict(list)
    labels = {rule.key for rule in pair.new.profile.sections if rule.labels}
    for narrative, figures, newer in ((pair.old, pair.old_figures, False), (pair.new, pair.new_figures, True)):
        for figure in countable(figures):
            assert figure.indicator is not None
            key = (figure.indicator, figure.actor, figure.breakdown)
            series[key].append(Told(figure, narrative.year, newer, label=figure.section in labels))
    for key, told in series.items():
        if len(told) > 2:
            years: dict[tuple[bool, int], set[int | None]] = defaultdict(set)
            for t in told:
                years[t.newer, t.figure.sentence].add(t.figure.year)
            series[key] = [replace(t, with_others=len(years[t.newer, t.figure.sentence]) > 1) for t in told]
    join = Join(evidence)
    for figure in pair.new_figures:
        if figure.year is None and figure.indicator is not None and figure.value is not None and figure.part_of is None:
            undated = Told(figure, pair.new.year, True)
            join.undated.setdefault((figure.indicator, figure.actor, figure.breakdown), undated)
    join.mentioned = {key[0] for key, told in series.items() for t in told if t.newer and join.is_new(t)}
    rows = [row for key, told in series.items() for row in join.rows(key, told)]
    order = {indicator.name: n for n, indicator in enumerate(pair.new.profile.indicators)}
    rows.sort(key=lambda row: _place(row.change, order))
    return tuple(rows)


class Join:
    """Makes the rows of one pair; holds what all of them need."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.pair: Pair = evidence.pair
        self.period = evidence.pair.new.profile.reporting_period(evidence.pair.new.year)
        self.mentioned: set[str] = set()  # what the new narrative tells of its period, whole or part
        self.undated: dict[Key, Told] = {}  # what it tells of no year that is sure, the first of each series
        self.old_period = evidence.pair.old.profile.reporting_period(evidence.pair.old.year)

    def is_new(self, told: Told) -> bool:
        """Whether it is of the new reporting period."""
        return told.figure.year == self.period

    def rows(self, key: Key, told: list[Told]) -> Iterator[Joined]:
        """The rows of one indicator, actor and breakdown, each unit apart; a null unit joins any."""
        units: list[str | None] = [*sorted({t.figure.unit for t in told if t.figure.unit is not None})]
        joined = False
        for unit in units or [None]:
            found = list(self._series(key, unit, [t for t in told if t.figure.unit in (None, unit)]))
            joined = joined or any(row.change.to_year == self.period for row in found)
            yield from found
        if not joined:
            yield from self._units_differ(key, told)
            yield from self._not_mentioned(key, told)

    def _series(self, key: Key, unit: str | None, told: list[Told]) -> Iterator[Joined]:
        years = sorted({t.figure.year for t in told if t.figure.year is not None and t.figure.year <= self.period})
        best: dict[int, list[Told]] = {}
        again: dict[int, list[Told]] = {}  # what the new narrative says of each year
        for year in years:
            of_year = [t for t in told if t.figure.year == year]
            own, later = (best_of([t for t in of_year if t.newer is side]) for side in (False, True))
            best[year] = own if own and own[0].rank >= (later[0].rank if later else ()) else later
            if later:
                again[year] = later
            if (
                len(own) == len(later) == 1
                and not agree(own[0], later[0])
                and (own[0].label or self._period(own[0]) == self._period(later[0]))
            ):
                yield self._row(key, unit, own[0], later[0], restated=True)
        silent = 1 if years and best[years[0]] and not best[years[0]][0].reported else 0
        for before, after in pairwise(years):
            to_new = best_of([t for t in told if t.figure.year == after and t.newer])
            candidates = to_new if after == self.period and to_new else best[after]
            silent = 0 if candidates[0].reported else silent + 1 if after == before + 1 else 1
            row = self._between(key, unit, best[before], candidates)
            if row.change.direction is Direction.NOT_COMPARABLE and len(candidates) == 1:
                # "31 as of October, compared with 25 in 2018": the new sentence compares like with like
                beside = [t for t in again.get(before, ()) if t.figure.sentence == candidates[0].figure.sentence]
                if len(beside) == 1 and candidates[0].newer:
                    row = self._row(key, unit, beside[0], candidates[0])
            yield replace(row, silent=silent)

    def _between(self, key: Key, unit: str | None, old: list[Told], new: list[Told]) -> Joined:
        if len(old) == len(new) == 1:
            return self._row(key, unit, old[0], new[0])
        together = told_together(self.pair, old, new)
        # of several, those that a sentence tells together with the year before: it is about this very series
        both = [pair for pair in together if pair[0].with_others or pair[1].with_others]
        for pairs in (together, both):
            if len(pairs) == 1:
                return self._row(key, unit, *pairs[0])
        return self._row(key, unit, old[0], new[0], incomparable=SEVERAL)

    def _answer(self, old: Told, new: Told) -> bool:
        """Whether the two sentences are one, or answer each other."""
        return bool(told_together(self.pair, [old], [new]))

    def _row(
        self,
        key: Key,
        unit: str | None,
        old: Told,
        new: Told,
        *,
        restated: bool = False,
        incomparable: str | None = None,
    ) -> Joined:
        indicator = self.pair.new.profile.indicator(key[0])
        reason = incomparable or self.incomparable(old, new)
        direction, rule = self.direction(old, new, reason)
        polarity = indicator.polarity if indicator else 0
        if polarity > 0 and direction in (Direction.UP, Direction.DOWN) and self._speech(new):
            polarity = 0  # fewer people tried for defamation are no loss
        verdict = verdict_of(direction, polarity)
        if restated:
            rule, verdict = "restated", Verdict.UNCLEAR
        return self.change(key, unit, old, new, direction, self.evidence.judged(rule, verdict), rule, restated)

    def direction(self, old: Told, new: Told, reason: str | None) -> tuple[Direction, str]:
        """Where a number went and the rule that says so; `reason` is why the two can't be compared, or None."""
        a, b = old.figure, new.figure
        if reason in (APART, OTHERS, INCIDENTS):
            return Direction.NOT_COMPARABLE, f"not_comparable: {reason}"
        if not (old.reported or new.reported):
            return Direction.SAME, "still_not_reported"
        if not new.reported:
            return Direction.NO_LONGER_REPORTED, "no_longer_reported: transparency"
        if not old.reported:
            return Direction.NEWLY_REPORTED, "newly_reported: transparency"
        direction = Direction.NOT_COMPARABLE
        if reason is None:
            direction = direction_of(bounds_of(a), bounds_of(b))
            if a.qualifier is b.qualifier and a.qualifier in OPEN and a.value is not None and b.value is not None:
                # both "at least": the floors are compared, as every reader does
                direction = direction_of(Bounds(a.value, a.value), Bounds(b.value, b.value))
            reason = f"{how_sure(a)} against {how_sure(b)}"
        rules = {Direction.UP: "figure_rose", Direction.DOWN: "figure_fell", Direction.SAME: "figure_same"}
        return direction, rules.get(direction, f"not_comparable: {reason}")

    def incomparable(self, old: Told, new: Told) -> str | None:
        """Why two figures do not count the same thing in the same way, or None."""
        a, b = old.figure, new.figure
        apart = a.section != b.section and not {a.section, b.section} & {*OVERVIEWS, None}
        if not (old.reported and new.reported):
            if old.label or self._answer(old, new):
                return None
            shared = self._shared(old, new)
            return APART if apart and shared < ONE_MATTER else OTHERS if shared < ANY_MATTER else None
        if a.unit and b.unit and a.unit != b.unit:
            return f"{a.unit} against {b.unit}"
        if apart and not self._answer(old, new):
            return APART
        if old.newer == new.newer and a.sentence == b.sentence:
            return None
        if not (old.label or self._answer(old, new)) and self._shared(old, new) < ONE_MATTER:
            return OTHERS
        if self._incidents(old, new):
            return INCIDENTS
        if self.is_addition(a, old.newer) != self.is_addition(b, new.newer):
            return "an addition against a whole"
        periods = [self._period(t) for t in (old, new)]
        if periods[0] != periods[1]:
            names = [f"{name} (“{words}”)" if name else "the year" for name, words in periods]
            return " against ".join(names)
        return None

    def is_addition(self, figure: Figure, newer: bool) -> bool:
        """Whether a figure counts only what was added: "hired 25 additional inspectors"."""
        narrative = self.pair.new if newer else self.pair.old
        sentence = narrative.sentences[figure.sentence]
        return _ADDED.match(sentence.text, figure.end - sentence.start) is not None

    def _speech(self, told: Told) -> bool:
        """Whether what a figure counts is a trial for what somebody said."""
        words = self.evidence.judging.words
        crimes, tried = words.get("speech_crimes"), words.get("tried")
        if not crimes or told.label:
            return False
        text, start = self._sentence(told), self.narrative(told).sentences[told.figure.sentence].start
        if tried and any_of(tried).search(text):
            return True
        return any_of(crimes).search(text[max(0, told.figure.start - start - BESIDE) :][: 2 * BESIDE]) is not None

    def _incidents(self, old: Told, new: Told) -> bool:
        """Whether each sentence tells of an incident on a day of its own."""
        texts = [self._sentence(told) for told in (old, new)]
        days = [_DAY.search(text) for text in texts]
        return (
            days[0] is not None
            and days[1] is not None
            and days[0][1] != days[1][1]
            and not any(_REPORTS.search(text) for text in texts)
        )

    def _shared(self, old: Told, new: Told) -> float:
        """How much of its words the shorter of two sentences shares with the other, 0 to 1."""
        words, others = stems(self._sentence(old)), stems(self._sentence(new))
        return max(overlap(words, others), overlap(others, words))

    def _sentence(self, told: Told) -> str:
        return self.narrative(told).sentences[told.figure.sentence].text

    def _period(self, told: Told) -> tuple[str, str]:
        """The period other than a calendar year that the sentence names: its kind, and its words less years."""
        text = self._sentence(told)
        for cue in self.evidence.judging.periods:
            if match := cue.regex.search(text):
                return cue.name, _YEAR_DIGITS.sub("", match[0].lower()).strip()
        return "", ""

    def _units_differ(self, key: Key, told: list[Told]) -> Iterator[Joined]:
        old = [t for t in told if not t.newer and t.reported and (t.figure.year or 0) < self.period]
        new = [t for t in told if t.newer and t.reported and t.figure.year == self.period]
        if old and new:
            newest = max(old, key=lambda t: t.figure.year or 0)
            yield self._row(key, new[0].figure.unit, newest, new[0])

    def _not_mentioned(self, key: Key, told: list[Told]) -> Iterator[Joined]:
        """A whole of the old reporting period of which the new narrative says nothing: silence, not absence."""
        indicator = self.pair.new.profile.indicator(key[0])
        if key[2] is not None or indicator is None or key[0] in self.mentioned:
            return
        of_period = [t for t in told if not t.newer and t.figure.year == self.old_period]
        own = best_of(of_period)
        if len(own) != 1 or not own[0].reported or own[0].figure.basis in (Basis.IMPLIED, Basis.STREAK):
            return
        figure = own[0].figure
        number = self.pair.old_links.get(figure.sentence)
        answers = self.pair.links[number].new if number is not None else ()
        undated = self.undated.get(key)
        if undated is not None and (undated.figure.unit == figure.unit or None in (undated.figure.unit, figure.unit)):
            told_now = replace(undated, figure=replace(undated.figure, year=self.period))
            verdict = self.evidence.judged(YEAR_UNSURE, Verdict.UNCLEAR)
            yield self.change(
                key, figure.unit, own[0], told_now, Direction.NOT_COMPARABLE, verdict, YEAR_UNSURE, restated=False
            )
            return
        change = Change(
            country=self.pair.new.country,
            indicator=key[0],
            actor=key[1],
            unit=figure.unit,
            breakdown=None,
            from_year=self.old_period,
            to_year=self.period,
            from_value=figure.value,
            to_value=None,
            from_status=figure.status,
            to_status=Status.NOT_REPORTED,
            from_report=self.pair.old.year,
            to_report=self.pair.new.year,
            delta=None,
            percent=None,
            direction=Direction.NO_LONGER_REPORTED,
            restated=False,
            verdict=Verdict.UNCLEAR,
            rule="not_mentioned: the new report is silent about it",
            from_text=self.pair.old.sentences[figure.sentence].text,
            to_text=self.evidence.text_of(answers, False) or "",
            from_sentence=(self.pair.old.year, figure.sentence),
            to_sentence=(self.pair.new.year, answers[0]) if answers else None,
        )
        yield Joined(change, figure, None)

    def change(
        self,
        key: tuple[str | None, Actor, str | None],
        unit: str | None,
        old: Told,
        new: Told,
        direction: Direction,
        verdict: Verdict,
        rule: str,
        restated: bool,
        noun: str = "",
    ) -> Joined:
        """The row of two tellings, with its delta (new less old) and, where the base is large enough, percent."""
        a, b = old.figure, new.figure
        moved = direction in (Direction.UP, Direction.DOWN, Direction.SAME)
        delta = b.value - a.value if moved and a.value is not None and b.value is not None else None
        percent = None
        if delta is not None and a.value is not None and a.value >= PERCENT_BASE and unit != "percent":
            percent = round(100 * delta / a.value, 1)
        change = Change(
            country=self.pair.new.country,
            indicator=key[0],
            actor=key[1],
            unit=unit,
            breakdown=key[2],
            from_year=_year(a),
            to_year=_year(b),
            from_value=a.value,
            to_value=b.value,
            from_status=a.status,
            to_status=b.status,
            from_report=old.report,
            to_report=new.report,
            delta=delta,
            percent=percent,
            direction=direction,
            restated=restated,
            verdict=verdict,
            rule=rule,
            from_text=self.narrative(old).sentences[a.sentence].text,
            to_text=self.narrative(new).sentences[b.sentence].text,
            from_sentence=(old.report, a.sentence),
            to_sentence=(new.report, b.sentence),
        )
        return Joined(change, a, b, noun)

    def narrative(self, told: Told) -> Narrative:
        """The narrative that tells it."""
        return self.pair.new if told.newer else self.pair.old


def _place(change: Change, order: dict[str, int]) -> tuple[int, str, str, str, int, int]:
    """Where a row stands: by the profile's order of indicators, then by series, then by year."""
    of = order.get(change.indicator or "", len(order))
    return (of, change.actor, change.unit or "", change.breakdown or "", change.from_year, change.to_year)


def _year(figure: Figure) -> int:
    assert figure.year is not None
    return figure.year
