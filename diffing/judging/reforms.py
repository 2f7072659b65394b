"""What an act of the year changed in the law, where the old text says what the law lacked.

Where a law was passed this year, what the same subsection said last year that the law lacks, or lets pass, and says no
more, is closed by it; what it now forbids is what the act brought. Without such an act a lost sentence of this kind
says nothing: it may only be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diffing.judging.evidence import Evidence, Passage, quoted
from diffing.judging.likeness import stems
from diffing.language.analysis import Analysis, analyse
from diffing.language.clauses import Clause
from diffing.model import Finding, Op, Reason, Rule, Verdict

# Words that an act and a gap share where they are of one matter. Range 1 to 3; fewer join any act of a subsection with
# any gap in it.
SAME_WORDS = 1
_GENERAL = stems("law laws act labor work workers provides prohibits act code parliament passed government employers")


def reform_findings(evidence: Evidence, acts: Sequence[Finding]) -> Iterator[Finding]:
    """A finding for each gap gone and each safeguard new in a subsection with an act of progress among `acts`."""
    by_section: dict[str, Finding] = {}
    for act in acts:
        if act.rule is Rule.LAW_ACT and act.verdict is Verdict.PROGRESS and act.section and "." in act.section:
            by_section.setdefault(act.section, act)
    for passage in evidence.passages if by_section else ():
        if passage.section not in by_section:
            continue
        act = by_section[passage.section]
        if not _one_matter(act.new_text or "", passage.old_text or passage.new_text or ""):
            continue
        if passage.op is Op.REMOVED and _tells_gap(evidence, passage.old_text or ""):
            place = evidence.blocks[passage.block][1] if passage.block is not None else ()
            yield from evidence.finding(
                Rule.LAW_GAP,
                Verdict.PROGRESS,
                f"No longer said since the new act: “{quoted(passage.old_text or '')}”.",
                old=passage.old,
                new=tuple(sorted({*act.new_sentences, *place})),
                reason=Reason(
                    words=quoted(act.new_text or ""), sought="what the law lacked", found=passage.old_text or ""
                ),
            )
        elif passage.op is Op.ADDED and _tells_safeguard(evidence, passage):
            yield from evidence.finding(
                Rule.LAW_GAP,
                Verdict.PROGRESS,
                f"Said since the new act: “{quoted(passage.new_text or '')}”.",
                new=passage.new,
                reason=Reason(words=quoted(passage.new_text or ""), sought="the same safeguard"),
            )


def _one_matter(act: str, told: str) -> bool:
    """Whether an act and what the law lacked or forbids are of one matter: they name the same things."""
    return len((stems(act) & stems(told)) - _GENERAL) >= SAME_WORDS


def _of_the_law(said: Analysis) -> Iterator[Clause]:
    """The clauses that say what the law does, or what the government defines by it."""
    for clause in said.clauses:
        for subject in clause.subjects[:1]:
            named = {thing.name for thing in said.things_of(subject)}
            defines = "state" in named and clause.verb.lemma in ("define", "criminalize", "prohibit")
            if "instruments" in named or defines or subject.words[0] == "it":
                yield clause


def _tells_gap(evidence: Evidence, text: str) -> bool:
    """Whether a sentence says that the law does not cover something, or allows children's work that harms."""
    grammar = evidence.pair.old.profile.grammar
    said = analyse(text, evidence.pair.old.profile)
    for clause in _of_the_law(said):
        if clause.verb.denied and clause.verb.lemma in grammar["covering"]:
            return True
        if clause.verb.lemma in grammar["allowing"] and not clause.verb.denied and "children" in text:
            return True
    return False


def _tells_safeguard(evidence: Evidence, passage: Passage) -> bool:
    """Whether a sentence says what the law forbids, takes nothing back and is not of an earlier year."""
    text = passage.new_text or ""
    said = analyse(text, evidence.pair.new.profile)
    if any(clause.opener in ("but", "although", "while", "however") for clause in said.clauses) or ";" in text:
        return False
    if any(event.year is not None and event.year < evidence.period for event in said.events):
        return False
    forbidding = evidence.pair.new.profile.grammar["forbidding"]
    whom = {"person", "violation"}
    for clause in _of_the_law(said):
        if clause.verb.lemma in forbidding and not clause.verb.denied:
            governed = [*clause.objects, *(noun for _, noun in clause.preps)]
            if any(thing.worth in whom for noun in governed for thing in said.things_of(noun)):
                return True
    return False
