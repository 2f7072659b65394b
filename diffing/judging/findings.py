"""From changes to findings: the newest change of each series, said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diffing.judging.change_wording import change_summary
from diffing.judging.evidence import OVERVIEWS, Evidence
from diffing.judging.reported_values import SEVERAL, YEAR_UNSURE, Joined
from diffing.judging.strength import size_of
from diffing.language.stems import stems
from diffing.model import Change, Direction, Finding, Rule, Verdict

# Rules on figures of two years, and all rules by which two things are compared already.
OF_FIGURES = frozenset(
    {Rule.FIGURE_ROSE, Rule.FIGURE_FELL, Rule.FIGURE_SAME, Rule.NO_LONGER_REPORTED, Rule.NEWLY_REPORTED}
)
_COMPARED = OF_FIGURES | {Rule.NOT_COMPARABLE, Rule.EFFORT_LEVEL, Rule.STATED_LEVEL, Rule.COMPARED}


def change_findings(evidence: Evidence, rows: Iterable[Joined]) -> Iterator[Finding]:
    """A finding for each series that has a change into what the new narrative tells, and for each restatement."""
    newest: dict[tuple[object, ...], dict[float | None, Joined]] = {}
    for row in rows:
        change = row.change
        if change.restated:
            if _answers(evidence, change):
                yield from _finding(evidence, row)
        elif change.to_report == evidence.pair.new.year:
            key: tuple[object, ...] = (change.indicator, change.actor, change.unit, change.breakdown)
            key = (*key, change.body, change.noun, None if change.indicator else change.to_sentence)
            beside = {n: other for n, other in newest.get(key, {}).items() if other.change.to_year >= change.to_year}
            if all(other.change.to_year == change.to_year for other in beside.values()):
                # "released 80 persons and arrested 40 persons" are two, each by its number
                newest[key] = {**beside, None if change.indicator else change.to_value: row}
    for row in (row for beside in newest.values() for row in beside.values()):
        if _stands(evidence, row.change) or row.change.reason.because == SEVERAL:
            continue
        # of two numbers that can't be compared a reader is told only where the two sentences are about one thing
        # (of a number that is there, but of no sure year, in the place of its being silent about it)
        told = row.change.reason.because == YEAR_UNSURE and evidence.switch(Rule.NOT_MENTIONED).on
        silent = row.change.rule is Rule.NOT_MENTIONED
        if told or silent or row.change.direction is not Direction.NOT_COMPARABLE or _answers(evidence, row.change):
            yield from _finding(evidence, row)


def _answers(evidence: Evidence, change: Change) -> bool:
    """Whether the two sentences of a change are one, or answer each other."""
    old, new = change.from_sentence, change.to_sentence
    if old is None or new is None or change.from_report == change.to_report:
        return old == new
    return new in evidence.pair.new_of(old)


def _stands(evidence: Evidence, change: Change) -> bool:
    """Whether a change only says that a sentence stands there word for word."""
    standing = (Direction.SAME, Direction.NOT_COMPARABLE)
    if change.direction not in standing or change.from_sentence is None or change.to_sentence is None:
        return False
    stands = evidence.stands(change.to_sentence) and change.from_report == evidence.pair.old.year
    return stands and change.from_sentence == evidence.pair.old_of(change.to_sentence)[0]


def distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings less those that say one thing of one indicator again; the overview's telling gives way."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.summary,) if finding.indicator else (finding.summary, finding.new_sentences)
        if key not in kept or kept[key].section in OVERVIEWS:
            kept[key] = finding
    yield from kept.values()


def one_claim_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings less those that claim what another claims of the same evidence; the heaviest is kept."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        known = kept.get(finding.finding)
        if known is None or finding.strength > known.strength:
            kept[finding.finding] = finding
    yield from kept.values()


def sentences_of(findings: Iterable[Finding]) -> set[int]:
    """The new sentences that findings show."""
    return {j for finding in findings for j in finding.new_sentences}


def taken_by(findings: Iterable[Finding]) -> set[int]:
    """The new sentences of which a comparison has judged already: words in them that rise or fall say it again."""
    return sentences_of(f for f in findings if f.rule in _COMPARED and says_something(f))


def says_something(finding: Finding) -> bool:
    """Whether a finding has a verdict, or would have one but for a doubt."""
    return finding.verdict is not Verdict.UNCLEAR or finding.reason.doubt is not None


def _finding(evidence: Evidence, row: Joined) -> list[Finding]:
    change = row.change
    old_year, new_year = evidence.pair.old.year, evidence.pair.new.year
    places = [(change.from_report, change.from_sentence), (change.to_report, change.to_sentence)]
    old = tuple(dict.fromkeys(i for year, i in places if year == old_year and i is not None))
    new = tuple(dict.fromkeys(i for year, i in places if year == new_year and i is not None))
    if not old and change.to_sentence is not None:
        # the new narrative says both years: the old sentence that its own answers is evidence too
        if linked := evidence.pair.old_of(change.to_sentence):
            old = linked
        elif change.noun and (counted := evidence.counted(change.to_sentence, change.noun)):
            old = counted
        elif passage := evidence.added.get(change.to_sentence):
            old = evidence.replaced_by(passage, stems(change.to_text))
    return evidence.finding(
        change.rule,
        change.verdict,
        change_summary(row, evidence.pair.new.profile),
        old=old,
        new=new,
        share=size_of(change),
        change=change,
    )
