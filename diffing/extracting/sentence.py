"""A sentence from text to figures: tokens, numbers, periods, quantities, absences, stretches, and what is attached.

The government convicted eight traffickers, compared with none in 2018.
-> q(8) noun=traffickers verb=convicted year=reporting period | stretch c: q(0) year=2018, the rest as the first
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from msgspec import Struct, field

from diffing.extracting.absent import END, fold_absences
from diffing.extracting.amounts_of_change import mark_changes
from diffing.extracting.candidates import Candidate, Refusal, Stretch
from diffing.extracting.context import ALONE, Context, Kept, Place, Sentence
from diffing.extracting.date import attach_years
from diffing.extracting.derive import add_implied, add_sentences, add_streaks, copy_each, copy_same
from diffing.extracting.find.breakdowns import describe, share_exploitation
from diffing.extracting.find.nouns import find_noun, share_nouns
from diffing.extracting.find.verbs import find_verbs
from diffing.extracting.refused import refuse
from diffing.extracting.relate.inherited import relate, relate_earlier, relate_narrower
from diffing.extracting.relate.parts import attach_parts, sums_that_differ
from diffing.extracting.singles import fold_singles
from diffing.extracting.stretches import cut_stretches
from diffing.language.analysis import Analysis, analysis_of
from diffing.language.governing import Governs
from diffing.language.lexicon import Lexicon
from diffing.language.numbers import dead_citations, fold_numerals, fold_quantities
from diffing.language.scopes import read_scopes
from diffing.language.times import Period, fold_periods
from diffing.language.words import Token, tokenize
from diffing.model import Actor, Basis, Figure, FigureReason, Ground, NoFigure, Refused

LONGEST = 800  # tokens read at a time; no sentence has as many, and what grows with their square stays small
# Figures of one sentence; the fullest real one has sixty. Range 200 to 10,000, default 500: what has more is no prose
# (a table, a column of numbers in one line), and what stands behind them is left out with a warning.
MOST_FIGURES = 500
_HOLDS = frozenset("dVFzktuN")  # tags without one of which nothing is counted
_ACTORS = {a.value: a for a in Actor}


# So many distinct texts' figures are kept for a lexicon. Range 5,000 to 100,000; a long report holds 1,500 sentences.
MOST_KEPT = 10_000


class Parsed(Struct):
    """What a sentence gives: its figures, its numbers that are none, and what does not add up in it."""

    figures: list[Figure] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class _Known(Struct, frozen=True):
    """What a sentence that asks for nothing before it was read as, in which place and for which period."""

    parsed: Parsed
    kept: Kept
    place: Place
    reporting: int

    def at(self, place: Place, reporting: int) -> Parsed:
        """The same in another place and for another period."""
        if not self.parsed.figures:
            return self.parsed
        numbers, later = place.figure - self.place.figure, reporting - self.reporting
        offset = place.start - self.place.start
        figures = [
            replace(
                figure,
                figure=figure.figure + numbers,
                sentence=place.sentence,
                year=figure.year and figure.year + later,
                part_of=None if figure.part_of is None else figure.part_of + numbers,
                start=figure.start + offset,
                end=figure.end + offset,
                country=place.country,
                report_year=place.report_year,
                section=place.section,
            )
            for figure in self.parsed.figures
        ]
        return Parsed(figures, self.parsed.refused, self.parsed.warnings)


def read_sentence(text: str, lexicon: Lexicon, reporting: int, context: Context, place: Place = ALONE) -> Parsed:
    """The figures of `text`; `context` is what it may lean on, and becomes what the next sentence may lean on.

    A text that asked for nothing of the context is read once: the next time only its place and its period are others.
    """
    context.go_on(text)
    # by the text, its section where sections tell of different indicators, and the period where the text names a year
    table: dict[tuple[str, str | None, int | None], _Known] = lexicon.figures
    section = place.section if lexicon.sections else None
    known = table.get((text, section, None)) or table.get((text, section, reporting))
    if known is not None:
        context.keep_unread(known.kept, partial(_numbers, text, lexicon, reporting, place))
        return known.at(place, reporting)
    reading = _Reading(text, lexicon, reporting, place)
    reading.read(context)
    if not context.asked and reading.kept is not None:
        if len(table) >= MOST_KEPT:
            table.clear()
        dated = reporting if reading.dated else None
        table[text, section, dated] = _Known(reading.parsed, reading.kept, place, reporting)
    return reading.parsed


def _numbers(text: str, lexicon: Lexicon, reporting: int, place: Place) -> list[Candidate]:
    """The numbers of a sentence that asked for nothing before it."""
    reading = _Reading(text, lexicon, reporting, place)
    reading.read(Context())
    return reading.candidates


class _Reading(Struct):
    """A sentence while it is read; `kept` is None for one that is read in several runs of tokens."""

    text: str
    lexicon: Lexicon
    reporting: int
    place: Place
    parsed: Parsed = field(default_factory=Parsed)
    candidates: list[Candidate] = field(default_factory=list)
    kept: Kept | None = Kept.NOTHING
    dated: bool = False  # whether it names a year

    def read(self, context: Context) -> None:
        """Reads it, some tokens at a time."""
        if not self.lexicon.may_hold_figure(self.text):
            return
        said = analysis_of(self.text, self.lexicon)
        tokens = tokenize(said.words, self.lexicon)
        if not any(t.tag in _HOLDS or t.word in ("a", "an") for t in tokens):
            return
        parsed = self.parsed
        for start in range(0, len(tokens), LONGEST):
            kept = self._read(said, tokens[start : start + LONGEST], context)
            self.kept = kept if len(tokens) <= LONGEST else None
            if len(parsed.figures) > MOST_FIGURES and start + LONGEST < len(tokens):
                parsed.warnings.append(
                    f"a sentence holds over {MOST_FIGURES:,} figures; "
                    f"those behind “{parsed.figures[-1].text}” are left out"
                )
                break

    def _read(self, said: Analysis, printed: list[Token], context: Context) -> Kept:
        lexicon, reporting, place = self.lexicon, self.reporting, self.place
        numbered = fold_quantities(fold_periods(fold_numerals(dead_citations(printed))))
        tokens = fold_singles(fold_absences(numbered, said))
        if not any(t.tag in "qT" for t in tokens):
            return Kept.NOTHING
        tokens += END
        self.dated = any(isinstance(t.value, Period) and t.value.stated for t in tokens)
        scopes = read_scopes(printed, lexicon.numbers_modifiers)
        begins = frozenset(
            c.subjects[0].start for c in said.clauses if c.subjects and c.kind == "main" and not c.inherited
        )
        stretches = cut_stretches(tokens, begins)
        candidates = [d for stretch in stretches for d in stretch.candidates]
        governs = Governs(said, printed[0].start, printed[-1].end)
        for candidate in candidates:
            find_noun(tokens, candidate, governs)
            token = candidate.token
            counted = candidate.noun if candidate.noun is not None else token
            candidate.governing = governs.of((counted.start, counted.end), (token.start, token.end))
            find_verbs(tokens, candidate)
            candidate.breakdown = describe(tokens, candidate)
        share_nouns(tokens, candidates)
        share_exploitation(tokens, candidates)
        mark_changes(tokens, candidates)
        unreal = refuse(tokens, candidates, scopes)
        attach_parts(stretches, tokens)
        relate(stretches, Sentence(tokens, lexicon, context))
        add_sentences(stretches, tokens, lexicon, unreal)
        attach_years(stretches, tokens, reporting, unreal)
        relate_narrower(candidates, tokens, context)
        relate_earlier(candidates, context)
        copy_same(stretches, tokens, reporting)
        copy_each(stretches, tokens)
        add_implied(stretches, tokens)
        add_streaks(stretches, tokens)
        self.parsed.figures += _figures(self.text, stretches, place.figure + len(self.parsed.figures), place, lexicon)
        self.parsed.refused += _refused(self.text, candidates)
        self.parsed.warnings += sums_that_differ(candidates, self.text)
        self.candidates = candidates
        return context.keep(candidates)


def _refused(text: str, candidates: list[Candidate]) -> list[Refused]:
    found = []
    for candidate in candidates:
        refusal = candidate.refused or (Refusal(NoFigure.CHANGE) if candidate.quantity.change else None)
        if refusal is not None:
            start, end = candidate.token.start, candidate.token.end
            found.append(Refused(text[start:end], start, end, *refusal))
    return found


def _figures(text: str, stretches: list[Stretch], first: int, place: Place, lexicon: Lexicon) -> list[Figure]:
    rows: list[tuple[Candidate, str | None, int | None]] = []
    candidates = [d for stretch in stretches for d in stretch.candidates if not d.dead and not d.quantity.change]
    candidates.sort(key=lambda d: (d.token.start, d.at))
    for candidate in candidates:
        for named in candidate.indicators or (None,):
            indicator = named if lexicon.told_in(named, place.section) else None
            rows += [(candidate, indicator, year) for year in candidate.years]
    rows.sort(key=lambda row: (row[0].token.start, -(row[2] or 0)))
    for number, (candidate, _, _) in enumerate(rows, start=first):
        candidate.rows.append(number)
    figures = []
    for number, (candidate, indicator, year) in enumerate(rows, start=first):
        quantity = candidate.quantity
        token = candidate.token
        whole = candidate.whole
        figures.append(
            place.make(
                number,
                token.start,
                token.end,
                text,
                indicator=indicator,
                actor=_ACTORS.get(candidate.actor, Actor.GOVERNMENT),
                year=year,
                basis=Basis(candidate.basis),
                value=quantity.value,
                low=quantity.low,
                high=quantity.high,
                qualifier=quantity.qualifier,
                unit=candidate.unit,
                status=quantity.status,
                part_of=whole.rows[0] if whole is not None and whole.rows else None,
                breakdown=";".join(f"{k}={v}" for k, v in sorted(candidate.breakdown.items()) if v) or None,
                body=candidate.body,
                reason=_reason(candidate, indicator),
            )
        )
    return figures


def _reason(candidate: Candidate, indicator: str | None) -> FigureReason:
    """What names the indicator: the candidate's own words, or the number that it leans on."""
    other = candidate.whole if candidate.whole is not None else candidate.model
    named = (candidate.nominal, *candidate.verbs, candidate.noun)
    words = tuple(dict.fromkeys(t.word for t in named if t is not None))
    if indicator is None:
        return FigureReason(Ground.NONE, words)
    if other is None or indicator not in other.indicators:
        return FigureReason(Ground.WORDS, words)
    ground = Ground.WHOLE if other is candidate.whole else Ground.COMPARED
    lean = candidate.reference.lean if candidate.reference is not None else None
    return FigureReason(ground, words, other.token.word, lean, other.earlier)
