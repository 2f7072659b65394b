"""Readers' reviews put to the findings of a pair: what a reader rejected no longer weighs.

A review holds for the claim that it was made of and for no other. The same claim (task) keeps its reviews, whatever
else changed; another claim of the same sentences (evidence) was judged anew and says so; a review that finds neither
is an orphan, which its file keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from msgspec import Struct

from diffing.judging.verdicts import country_verdict
from diffing.model import Finding, Judgement, Review
from diffing.model.reviews import ACCEPTED, REJECTED, UNSURE


class Matched(Struct, frozen=True):
    """Which reviews hold for which finding (by its id), which were of another claim of its sentences, and the rest."""

    held: dict[str, tuple[Review, ...]]
    anew: dict[str, tuple[Review, ...]]
    orphans: tuple[Review, ...]


def latest(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The newest review of each reader for each claim, in the order in which their claims first come."""
    newest: dict[tuple[str, str], Review] = {}
    for review in reviews:
        known = newest.get((review.task, review.reader))
        if known is None or review.at >= known.at:
            newest[review.task, review.reader] = review
    return tuple(newest.values())


def matched(findings: Iterable[Finding], reviews: Iterable[Review]) -> Matched:
    """The reviews by the findings that they are of. Each review is in exactly one of the three."""
    by_task: dict[str, list[Review]] = {}
    by_evidence: dict[str, list[Review]] = {}
    all_reviews = latest(reviews)
    for review in all_reviews:
        by_task.setdefault(review.task, []).append(review)
        by_evidence.setdefault(review.evidence, []).append(review)
    tasks: dict[str, Finding] = {}
    evidence: dict[str, str] = {}
    for finding in findings:
        tasks.setdefault(finding.finding, finding)
        evidence.setdefault(finding.evidence, finding.finding)
    held = {task: tuple(by_task[task]) for task in tasks if task in by_task}
    anew: dict[str, tuple[Review, ...]] = {}
    for name, task in evidence.items():
        others = tuple(review for review in by_evidence.get(name, ()) if review.task not in tasks)
        if others:
            anew[task] = others
    used = {id(review) for group in (*held.values(), *anew.values()) for review in group}
    return Matched(held, anew, tuple(review for review in all_reviews if id(review) not in used))


def mark_of(reviews: Sequence[Review]) -> str:
    """What readers say together: more accepted than rejected or the reverse; unsure where it is even."""
    for_it = sum(review.mark == ACCEPTED for review in reviews)
    against = sum(review.mark == REJECTED for review in reviews)
    return ACCEPTED if for_it > against else REJECTED if against > for_it else UNSURE


def reviewed(judgement: Judgement, reviews: Sequence[Review], twins: Sequence[tuple[str, str]] = ()) -> Judgement:
    """`judgement` with the readers' marks and notes at its findings, and the verdict without what was rejected.

    `twins` are the pairs of indicators that are mostly one number: see `country_verdict`.
    """
    if not reviews:
        return judgement
    found = matched(judgement.findings, reviews)
    findings = tuple(_marked(finding, found) for finding in judgement.findings)
    rejected = [finding for finding in findings if finding.review == REJECTED]
    judgement = replace(judgement, findings=findings)
    if not rejected:
        return judgement
    kept = [finding for finding in findings if finding.review != REJECTED]
    verdict, rule, reason = country_verdict(kept, twins)
    readers = {review.reader for f in rejected for review in found.held[f.finding] if review.mark == REJECTED}
    what, weighs = ("1 finding", "does") if len(rejected) == 1 else (f"{len(rejected)} findings", "do")
    by = "a reader" if len(readers) == 1 else f"{len(readers)} readers"
    return replace(
        judgement,
        verdict=verdict,
        verdict_rule=f"{rule}; {what} that {by} rejected {weighs} not weigh",
        verdict_reason=replace(reason, rejected=len(rejected)),
    )


def _marked(finding: Finding, found: Matched) -> Finding:
    own = found.held.get(finding.finding)
    if own:
        notes = "; ".join(f"{r.note} ({r.reader})" if r.reader else r.note for r in own if r.note)
        return replace(finding, review=mark_of(own), note=notes or None)
    anew = found.anew.get(finding.finding)
    if anew:
        return replace(finding, note=f"judged anew since it was {mark_of(anew)}")
    return finding
