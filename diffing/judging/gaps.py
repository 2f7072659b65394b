"""Gaps in the law that an act of the year closes.

Where a law was passed this year, what the same subsection said last year that the law lacks, or allows, and says no
more, is closed by it; what it now forbids is what the act brought. Without such an act a lost sentence of this kind
says nothing: it may only be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diffing.judging.clauses import clauses
from diffing.judging.cues import is_old, quoted
from diffing.judging.evidence import Evidence, Passage
from diffing.model import Finding, Op, Rule, Verdict


def gap_findings(evidence: Evidence, acts: Sequence[Finding]) -> Iterator[Finding]:
    """A finding for each gap gone and each safeguard new in a subsection with an act of progress among `acts`."""
    by_section: dict[str, Finding] = {}
    for act in acts:
        if act.rule == "law_act" and act.verdict is Verdict.PROGRESS and act.section and "." in act.section:
            by_section.setdefault(act.section, act)
    if not by_section:
        return
    words = evidence.judging.words
    gap, safeguard = (_any(words.get(name, ())) for name in ("gaps", "new_safeguards"))
    for passage in evidence.passages:
        if passage.section not in by_section:
            continue
        act = by_section[passage.section]
        if passage.op is Op.REMOVED and gap and gap.search(passage.old_text or ""):
            place = evidence.blocks[passage.block][1] if passage.block is not None else ()
            yield from evidence.finding(
                Rule.LAW_GAP,
                Verdict.PROGRESS,
                f"No longer said since the new act: “{quoted(passage.old_text or '')}”.",
                old=passage.old,
                new=tuple(sorted({*act.new_sentences, *place})),
            )
        elif (
            passage.op is Op.ADDED
            and safeguard
            and safeguard.search(passage.new_text or "")
            and not _turns(evidence, passage)
        ):
            yield from evidence.finding(
                Rule.LAW_GAP,
                Verdict.PROGRESS,
                f"Said since the new act: “{quoted(passage.new_text or '')}”.",
                new=passage.new,
            )


def _turns(evidence: Evidence, passage: Passage) -> bool:
    """Whether the sentence takes back what it gives ("The law prohibits ...; however, gaps exist"), or is of old."""
    told = clauses(passage.new_text or "")
    return len(told) > 1 or any(is_old(clause, evidence.period) for clause in told)


def _any(words: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(words)) if words else None
