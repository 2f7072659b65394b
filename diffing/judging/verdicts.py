"""The judgement of a pair: what the other modules of this room say, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from diffing.judging.changes import join_figures
from diffing.judging.contrasts import Contrasts
from diffing.judging.described import described_findings
from diffing.judging.editorial import without_editorial
from diffing.judging.events import Events, told_events
from diffing.judging.evidence import OVERVIEWS, Evidence
from diffing.judging.figures_without_indicator import counted_changes
from diffing.judging.findings import (
    OF_FIGURES,
    change_findings,
    distinct,
    one_claim_each,
    says_something,
    sentences_of,
    taken_by,
)
from diffing.judging.issues_listed import issues_findings
from diffing.judging.ladders import mark_findings
from diffing.judging.legal_numbers import legal_number_findings
from diffing.judging.news import event_findings
from diffing.judging.one_sided import one_sided
from diffing.judging.opposed_events import opposed_findings
from diffing.judging.overview import overview_findings
from diffing.judging.own_comparisons import compared_findings, titled_findings
from diffing.judging.permissions import permission_findings
from diffing.judging.quantifiers import quantifier_findings
from diffing.judging.recommendations import follow
from diffing.judging.reports_of_harm import NoReports
from diffing.judging.standing_turned import turned_findings
from diffing.judging.stated_levels import effort_findings, efforts_in, stated_move
from diffing.judging.strength import DIRECTED, turned
from diffing.judging.trends import trend_points
from diffing.judging.withheld import withheld, without_silence
from diffing.model import EditionBreak, EditorialChange, Finding, Judgement, Op, Pair, Rule, Verdict, VerdictReason

# Without a move of the report's own level, the smaller side of progress and backsliding makes a country mixed from this
# share of both on. Range 0.25 to 0.5, default 0.3: one deed, by a rule that is right in four of five, is heard beside
# one number that moved all the way. At 0.25 nearly every country is mixed, at 0.5 none.
MIXED_SHARE = 0.3

# The report's own level decides, unless the figures, or law and practice, go against it by this much strength on
# balance: then the country is mixed. Range 0.3 to 1, default 0.4: a number that moved all the way, by a rule that is
# right in four of five. Lower lets one small act outvote the level, higher lets nothing.
AGAINST = 0.4

# Below this sum of strengths nothing has moved that a reader would call a change of the country. Range 0.1 to 1.
LEAST_STRENGTH = 0.3

# Findings up to this strength are small (a wage that rose, a mark told for the first time), and all small ones of one
# side together weigh at most as much as one act: many crumbs are no loaf. Range 0.1 to 0.3, and 0.4 to 1.
SMALL = 0.25
MOST_SMALL = 0.5

_ONE_WAY = (Verdict.PROGRESS, Verdict.BACKSLIDING)
# Of such a sentence nothing is judged yet.
_SAYS_LITTLE = frozenset({Rule.FIGURE_SAME, Rule.NOT_COMPARABLE, Rule.NOT_MENTIONED, Rule.STILL_NOT_REPORTED})


def judge(
    pair: Pair,
    *,
    recommendations: Sequence[tuple[int, ...]] = (),
    editorial: Sequence[EditorialChange] | None = None,
    broken: EditionBreak | None = None,
) -> Judgement:
    """What changed between the two narratives and which way.

    `recommendations` are the sentence indices of the recommendations of each narrative, oldest first, the earlier
    narratives' included; `editorial` the changes of the year's edition (None: nobody could look for them); `broken`
    how the edition broke, None where it did not or nobody could look.
    """
    evidence = Evidence(pair)
    joined = (*join_figures(evidence), *counted_changes(evidence))
    contrasts = Contrasts(evidence)
    stated = stated_move(evidence)
    efforts = tuple(effort_findings(evidence))
    figures = tuple(distinct(change_findings(evidence, joined)))
    said = (*stated.findings, *issues_findings(evidence), *efforts, *figures)
    said = (*said, *mark_findings(evidence), *NoReports(evidence).findings())
    said = (*said, *contrasts.findings())
    said = (*said, *legal_number_findings(evidence, taken_by(said)))
    said = (*said, *compared_findings(evidence, (row.change for row in joined), taken_by(said)))
    said = (*said, *described_findings(evidence))
    events = Events(evidence)
    acts = tuple(event_findings(evidence, events, taken_by(said)))
    acts = (*acts, *quantifier_findings(evidence, sentences_of((*said, *acts))))
    clear = sentences_of(f for f in (*said, *acts) if says_something(f) and f.rule is not Rule.FIGURE_SAME)
    acts = (*acts, *titled_findings(evidence, clear))
    directed = sentences_of(f for f in (*said, *acts) if f.verdict in DIRECTED or f.reason.doubt)
    allowed = tuple(permission_findings(evidence, directed))
    acts = (*acts, *allowed, *contrasts.deeds(clear | sentences_of(allowed)))
    acts = (*acts, *opposed_findings(evidence, events, sentences_of((*said, *acts))))
    judged = sentences_of(f for f in (*said, *acts) if f.rule not in _SAYS_LITTLE)
    acts = (*acts, *turned_findings(evidence, judged))
    rows, about_recommendations = follow(evidence, recommendations, (*said, *acts))
    compared = {(f.verdict, j) for f in said for j in f.new_sentences}
    summed = tuple(f for f in overview_findings(evidence) if (f.verdict, f.new_sentences[-1]) not in compared)
    lists = [(f.verdict, set(f.new_sentences)) for f in summed]
    acts = tuple(f for f in acts if not any(f.verdict is way and set(f.new_sentences) < told for way, told in lists))
    single = {(f.verdict, j) for f in acts for j in f.new_sentences}
    acts = (*acts, *(f for f in summed if (f.verdict, f.new_sentences[0]) not in single))
    mixed = any(effort.mixed for effort in efforts_in(pair.new).values())
    findings = without_editorial(pair, one_claim_each((*said, *acts, *about_recommendations)), editorial)
    verdict, rule, reason = country_verdict(findings, evidence.judging.twins, mixed)
    if reason.name in ("nothing_moved", "nothing_clear") and evidence.passages:
        rule += f"; {_unweighed(evidence)}"
    why = withheld(pair, broken)
    if why:
        findings = tuple(without_silence(findings))
        verdict, rule = Verdict.UNCLEAR, f"the verdict is withheld: {why}"
        reason = replace(reason, name="withheld", against=why)
    if not evidence.passages and stated.verdict not in _ONE_WAY:
        verdict, rule = Verdict.NO_CHANGE, "the two narratives say the same, word for word"
        reason = VerdictReason(name="word_for_word")
    return Judgement(
        changes=tuple(row.change for row in joined),
        trends=trend_points(pair),
        events=tuple(told_events(pair)),
        findings=findings,
        recommendations=rows,
        verdict=verdict,
        verdict_rule=rule,
        stated_verdict=stated.verdict,
        old_stated=stated.old,
        new_stated=stated.new,
        editorial=None if editorial is None else tuple(editorial),
        verdict_reason=reason,
        broken=broken,
        withheld=why,
        one_sided=one_sided(evidence, findings),
    )


def country_verdict(
    findings: Sequence[Finding], twins: Sequence[tuple[str, str]] = (), mixed_efforts: bool = False
) -> tuple[Verdict, str, VerdictReason]:
    """The country's verdict from its findings, the rule in words, and the same for programs.

    1. The report's own level, where it moved, decides; mixed where the figures, or law and practice, go against it.
    2. Mixed where the report's own words for its sections go both ways, or it calls the efforts of one mixed
       (`mixed_efforts`).
    3. Else the strengths of progress and of backsliding are added up, those of `twins` (two indicators that are one
       number) once and all that are `SMALL` as `MOST_SMALL` at most: mixed where the smaller sum is `MIXED_SHARE` of
       both or more, else the larger one.
    """
    level = next((f for f in findings if f.rule is Rule.STATED_LEVEL and f.verdict in _ONE_WAY), None)
    figures = [f for f in findings if f.rule in OF_FIGURES]
    rest = [f for f in findings if f.rule not in OF_FIGURES and f.rule is not Rule.STATED_LEVEL]
    better, worse = (_weight(findings, verdict, twins) for verdict in _ONE_WAY)

    def reason(name: str, against: str = "") -> VerdictReason:
        return VerdictReason(name=name, progress=round(better, 3), backsliding=round(worse, 3), against=against)

    if level is not None:
        for name, group in (("the figures", figures), ("law and practice", rest)):
            balance = _weight(group, level.verdict, twins) - _weight(group, turned(level.verdict), twins)
            if balance <= -AGAINST:
                words = f"the report's own level says {_said(level.verdict)}, {name} go against it"
                return Verdict.MIXED, words, reason("stated_level_against", name.removeprefix("the "))
        words = f"the report's own level says {_said(level.verdict)}, and nothing outweighs it"
        return level.verdict, words, reason("stated_level")
    efforts = {f.verdict for f in findings if f.rule is Rule.EFFORT_LEVEL and f.section not in OVERVIEWS}
    if efforts.issuperset(_ONE_WAY):
        words = "the report says that efforts grew in one section and shrank in another"
        return Verdict.MIXED, words, reason("efforts_both_ways")
    if mixed_efforts and better and worse:
        return Verdict.MIXED, "the report itself calls its efforts mixed", reason("efforts_both_ways")
    both = better + worse
    if both < LEAST_STRENGTH:
        verdicts = {finding.verdict for finding in findings}
        if verdicts == {Verdict.UNCLEAR}:
            return Verdict.UNCLEAR, "nothing that changed has a clear direction", reason("nothing_clear")
        words = f"progress weighs {better:.1f}, backsliding {worse:.1f}, too little for a verdict" if both else ""
        return Verdict.NO_CHANGE, words or "nothing that can be weighed changed", reason("nothing_moved")
    sums = f"progress weighs {better:.1f}, backsliding {worse:.1f}"
    if min(better, worse) / both >= MIXED_SHARE:
        return Verdict.MIXED, f"{sums}: the lesser is {MIXED_SHARE:.0%} of both or more", reason("weighed")
    verdict = _ONE_WAY[0] if better > worse else _ONE_WAY[1]
    return verdict, f"{sums}: the lesser is under {MIXED_SHARE:.0%} of both", reason("weighed")


def _unweighed(evidence: Evidence) -> str:
    """How many sentences changed all the same: '2 sentences are new, 1 is gone, 12 are edited'."""
    ops = Counter(passage.op for passage in evidence.passages)
    edited = len(evidence.passages) - ops[Op.ADDED] - ops[Op.REMOVED]
    new, gone, edits = (f"{n} {'is' if n == 1 else 'are'}" for n in (ops[Op.ADDED], ops[Op.REMOVED], edited))
    return f"of the sentences {new} new, {gone} gone, {edits} edited"


def _said(verdict: Verdict) -> str:
    return verdict.value.replace("_", " ")


def _weight(findings: Sequence[Finding], verdict: Verdict, twins: Sequence[tuple[str, str]]) -> float:
    of = [finding for finding in findings if finding.verdict is verdict]
    for pair in twins:
        told = {name: sum(finding.strength for finding in of if finding.indicator == name) for name in pair}
        if all(told.values()):
            of = [finding for finding in of if finding.indicator != min(pair, key=lambda name: told[name])]
    large, small = (sum(f.strength for f in of if (f.strength <= SMALL) is side) for side in (False, True))
    return large + min(small, MOST_SMALL)
