"""Why a page says what it says: what a finding rests on, and what decided a country's verdict, in words."""

from __future__ import annotations

from diffing.model import REJECTED, Finding, Judgement, Rule, Sentence, Verdict
from diffing.model.printed_numbers import digits
from diffing.profile import Profile
from diffing.reporting.wording import BESIDE, counted, words

# Rules of wishes and not of what was done; the list of recommendations shows what they found in full.
WISHES = frozenset({Rule.RECOMMENDATION_ADDED, Rule.RECOMMENDATION_DROPPED})
# What kind of thing a finding is about, for a reader who asks for one of them.
KINDS = {
    "number": "numbers",
    "rating": "ratings and efforts",
    "law": "laws, plans, bodies",
    "act": "acts",
    "harm": "harm to people",
    "silence": "no longer mentioned",
    "wish": "recommendations",
    "other": "other",
}
# By the first word of a rule's name; what is not here is "other".
_KIND_OF = {
    "stated": "rating",
    "effort": "rating",
    "enforcement": "rating",
    "compared": "rating",
    "overview": "rating",
    "issues": "rating",
    "law": "law",
    "term": "law",
    "movement": "act",
    "deed": "act",
    "stopped": "act",
    "unfulfilled": "act",
    "disclosure": "act",
    "harm": "harm",
    "reports": "harm",
    "incidents": "harm",
    "cases": "harm",
    "recommendation": "wish",
}
# Rules that say no more than that the new report is silent.
_SILENT = frozenset({Rule.NOT_MENTIONED, Rule.NO_LONGER_SAID})


def silent(finding: Finding) -> bool:
    """Whether a finding says only that the new report no longer says something: no zero, no refusal, no verdict."""
    if finding.rule in _SILENT:
        return True
    lost = bool(finding.old_text) and not finding.new_text
    return lost and finding.verdict is Verdict.UNCLEAR and finding.rule not in WISHES


def kind(finding: Finding) -> str:
    """What kind of thing a finding is about: a key of `KINDS`."""
    if silent(finding):
        return "silence"
    if finding.rule.on_numbers:
        return "number"
    return _KIND_OF.get(finding.rule.partition("_")[0], "other")


def sure(finding: Finding) -> str:
    """How often findings of its kind were right when first read: 'of its kind 46 of 50 right'; empty where none was."""
    if not finding.rule_read:
        return ""
    return f"of its kind {finding.rule_right} of {finding.rule_read} right"


def rule_words(finding: Finding) -> str:
    """What a finding rests on, or why it claims no direction; empty where its summary says so already."""
    if finding.reason.doubt is not None:
        return f"unsure: {finding.reason.doubt.words}"
    if finding.rule.on_numbers and finding.indicator is None and finding.reason.because:
        return finding.reason.because
    return ", ".join(filter(None, (finding.rule.note, ALL_THE_SAME * edited(finding))))


ALL_THE_SAME = "sentence edited"


def edited(finding: Finding) -> bool:
    """Whether a finding of no change stands on two sentences that differ: what else is in them may have moved."""
    texts = [(text or "").split() for text in (finding.old_text, finding.new_text)]
    return finding.verdict is Verdict.NO_CHANGE and all(texts) and texts[0] != texts[1]


# A verdict of findings that weigh less than this together rests on little (range 0.5 to 1): as much as one finding of
# harm to people or two of laws adopted. Higher marks one verdict of short texts in two, lower only single acts.
LITTLE = 0.8
ON_LITTLE = "on little evidence"


def on_little(judgement: Judgement) -> bool:
    """Whether the verdict says which way a country went by findings that weigh little together."""
    reason = judgement.verdict_reason
    if reason is None or reason.name != "weighed":
        return False
    return _weight(judgement) < LITTLE


def _weight(judgement: Judgement) -> float:
    reason = judgement.verdict_reason
    return max(reason.progress, reason.backsliding) if reason is not None else 0.0


def stated(judgement: Judgement) -> str:
    """The report's own rating in both years: 'Tier 2 → Tier 3'; empty where it states none."""
    old, new = judgement.old_stated, judgement.new_stated
    if old is None and new is None:
        return ""
    return f"{new} in both years" if old == new else f"{old or 'not stated'} → {new or 'not stated'}"


def verdict_why(judgement: Judgement) -> str:
    """What decided the verdict, as a sentence that can be checked against the findings below it."""
    said = _why(judgement)
    rejected = judgement.verdict_reason.rejected if judgement.verdict_reason is not None else 0
    if rejected and "rejected" not in said:
        said += f" {counted(rejected, 'finding')} rejected by readers {'does' if rejected == 1 else 'do'} not weigh."
    if on_little(judgement):
        said += f" The verdict rests {ON_LITTLE}: a weight of {digits(round(_weight(judgement), 2))} in all."
    return said


def _why(judgement: Judgement) -> str:
    rule = judgement.verdict_rule
    reason = judgement.verdict_reason
    if reason is None or reason.name != "weighed":
        said = words(rule).replace("'", "’").replace("own level says", "own rating says")
        return f"{said}." if " " in said else said
    better, worse = round(reason.progress, 1), round(reason.backsliding, 1)
    ups, downs = (
        sum(finding.verdict is verdict and finding.review != REJECTED for finding in judgement.findings)
        for verdict in (Verdict.PROGRESS, Verdict.BACKSLIDING)
    )
    for_it, against = counted(ups, "finding"), counted(downs, "finding")
    if not downs or not ups:
        one, none = (for_it, "backsliding") if ups else (against, "progress")
        return f"{one} of {'progress' if ups else 'backsliding'}, none of {none}."
    scale = f"by weight {digits(max(better, worse))} to {digits(min(better, worse))}"
    if judgement.verdict is Verdict.MIXED:
        return f"{for_it} of progress and {downs} of backsliding, {scale}: too close to call it one or the other."
    if judgement.verdict is Verdict.PROGRESS:
        return f"{for_it} of progress {'outweighs' if ups == 1 else 'outweigh'} {downs} of backsliding, {scale}."
    return f"{against} of backsliding {'outweighs' if downs == 1 else 'outweigh'} {ups} of progress, {scale}."


def used_rules(profile: Profile, judgement: Judgement) -> list[tuple[str, str, str]]:
    """(name, why, weight) of each rule that found something, heaviest first, from the profile."""
    found = {finding.rule for finding in judgement.findings}
    known = [(rule, profile.judging.rules[rule]) for rule in found if rule in profile.judging.rules]
    known.sort(key=lambda item: (-item[1].weight, item[0]))
    return [(words(rule.words), switch.why, digits(switch.weight)) for rule, switch in known]


def about(sentence: Sentence, start: int, end: int) -> str:
    """The words about ``text[start:end]`` of a narrative in its `sentence`, on one line, cut at spaces."""
    text, at, to = sentence.text, start - sentence.start, end - sentence.start
    first, last = max(0, at - BESIDE), min(len(text), to + BESIDE)
    first = 0 if first == 0 else text.find(" ", first, at) + 1 or at
    last = last if last == len(text) else max(text.rfind(" ", to, last), to)
    return f"{'… ' if first else ''}{' '.join(text[first:last].split())}{' …' if last < len(text) else ''}"
