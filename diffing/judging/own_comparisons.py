"""The report's own comparison comes first: "convicted fewer traffickers", "more funding", said of this period.

Where the report says which way, that is the finding; the numbers of its indicator, where the reports tell some, are
evidence beside it. Where numbers told with it go the other way, it is unclear.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from msgspec import Struct

from diffing.judging.doubts import ALIKE
from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.quoting import quoted, whole_clause
from diffing.judging.strength import TOLD_IN_NUMBERS
from diffing.language.comparisons import Comparison, comparisons
from diffing.language.event_times import years_in
from diffing.language.stems import stems
from diffing.model import Change, Direction, Finding, Reason, Rule, Verdict

_WAY = {Direction.UP: 1, Direction.DOWN: -1}


class Claimed(Struct, frozen=True):
    """A comparison with its verdict, and the change of numbers that it agrees with or that disputes it."""

    told: Comparison
    verdict: Verdict
    change: Change | None
    disputed: bool


def compared_findings(evidence: Evidence, changes: Iterable[Change], taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each changed sentence that compares the period with the one before; those `taken` left out."""
    newest = {c.indicator: c for c in changes if c.newest and c.breakdown is None and c.direction in _WAY}
    for passage, j in evidence.told_now:
        if j not in taken:
            yield from _findings(evidence, passage, j, list(_claims(evidence, passage, j, newest)))


def titled_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each new sentence that the report itself puts under a title such as "Improvements:"."""
    for passage in evidence.passages:
        text = passage.new_text
        if len(passage.new) != 1 or passage.new[0] in taken or not evidence.first("improvements", text):
            continue
        _, told = evidence.old_told.nearest(stems(text), evidence.old_facts)
        said = evidence.said(passage.new[0])
        if told >= ALIKE or not said.verbs or not all(affirmed and verb != "continue" for verb, affirmed in said.verbs):
            continue
        reason = Reason(words=text.partition(":")[0], sought="the same improvement")
        summary = f"The {evidence.pair.new.year} report calls it an improvement: “{quoted(text)}”."
        yield from evidence.finding(
            Rule.MOVEMENT, Verdict.PROGRESS, summary, old=passage.old, new=passage.new, reason=reason
        )


def _claims(evidence: Evidence, passage: Passage, j: int, newest: dict[str | None, Change]) -> Iterator[Claimed]:
    text, profile = evidence.pair.new.sentences[j].text, evidence.pair.new.profile
    if max(years_in(text), default=evidence.period) < evidence.period - 1:
        return
    for told in comparisons(text, profile):
        if told.indicator is None:  # "women did more work than men": what is compared may be people and not years
            continue
        if passage.old_text and text[told.start : told.end] in passage.old_text:
            continue
        indicator = profile.indicator(told.indicator)
        sign = indicator.polarity if indicator is not None else 0
        wrongs = [e for e in evidence.said(j).events if e.effect == "punish" and e.direction < 0]
        if any(e.start <= told.start < e.end for e in wrongs):
            sign = -1  # "detained more children" is no pursuit of traffickers
        if not sign:
            continue
        change = newest.get(told.indicator)
        disputed = change is not None and _WAY[change.direction] != told.way
        verdict = Verdict.UNCLEAR if disputed else evidence.judged(Rule.COMPARED, compare(0, told.way, sign))
        yield Claimed(told, verdict, change, disputed)


def _findings(evidence: Evidence, passage: Passage, j: int, claims: list[Claimed]) -> Iterator[Finding]:
    text = evidence.pair.new.sentences[j].text
    for verdict in sorted({claim.verdict for claim in claims}):
        group = [claim for claim in claims if claim.verdict is verdict]
        told = [claim for claim in group if claim.change is not None]
        yield from evidence.finding(
            Rule.COMPARED,
            verdict,
            f"The {evidence.pair.new.year} report compares: “{whole_clause(text, group[0].told.start)}”.",
            old=passage.old,
            new=(j,),
            share=TOLD_IN_NUMBERS if len(told) == len(group) else 1.0,
            change=told[0].change if len(group) == 1 and told else None,
            reason=Reason(
                words="; ".join(text[claim.told.start : claim.told.end] for claim in group),
                because="the numbers of the two reports go the other way" if any(c.disputed for c in group) else "",
            ),
        )
