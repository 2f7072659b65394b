"""Why a page says what it says: the names of rules, and what decided a country's verdict, in a reader's words.

>>> rule_words("law_act")
'a law, plan or body was adopted'
>>> rule_words("figure_fell: inspectors")
''
>>> rule_words("figure_fell: the only number that differs")
'the only number that differs between the two sentences'
"""

from __future__ import annotations

import re

from diffing.model import Judgement, Sentence, Verdict
from diffing.profile import Profile
from diffing.reporting.phrases import counted, number, words

# What a rule adds to its finding's summary; empty where the summary says it all. A rule that is not here (a profile
# may bring its own) is called by its name.
RULES = {
    "stated_level": "the report’s own rating",
    "effort_level": "the report’s own words for the efforts",
    "enforcement_level": "the report’s own words for how well the law is enforced",
    "enforcement_yardstick": "the report measures enforcement in other words",
    "enforcement_told": "said for the first time; it may have been so before",
    "term": "a number of law or practice",
    "figure_rose": "",
    "figure_fell": "",
    "figure_same": "",
    "no_longer_reported": "less is made public, which is no fall to zero",
    "newly_reported": "more is made public, which is no rise from zero",
    "still_not_reported": "",
    "not_mentioned": "silence is neither zero nor a refusal to report",
    "not_comparable": "",
    "restated": "the two reports differ about the same year",
    "law_act": "a law, plan or body was adopted",
    "law_undone": "a law, plan, body or service ended",
    "law_drafted": "a draft, not yet in force",
    "law_gap": "what a law lacks or covers",
    "movement": "said to have grown or shrunk",
    "deed": "an action taken",
    "stopped": "an action no longer taken",
    "harm": "harm done to people",
    "reports_of_harm": "reports of harm",
    "unfulfilled": "a promise not kept",
    "negation": "the same words, now denied or no longer denied",
    "quantifier": "how many, or how often",
    "disclosure": "something was made public",
    "recommendation_answered": "a recommendation and what became of it",
    "recommendation_added": "a recommendation; it says nothing of what was done",
    "recommendation_dropped": "a recommendation; it says nothing of what was done",
    "recommendation_borne_out": "a new recommendation, and numbers that bear it out",
}
# What the rules on numbers are called where no summary stands beside them.
_NUMBERS = {
    "figure_rose": "a number rose",
    "figure_fell": "a number fell",
    "figure_same": "a number stayed the same",
    "still_not_reported": "a number is still not reported",
    "not_comparable": "two numbers that can’t be compared",
    "no_longer_reported": "a number is no longer reported",
    "newly_reported": "a number is newly reported",
    "not_mentioned": "a number is not mentioned",
    "restated": "a number was restated",
}
# Rules of wishes and not of what was done; the list of recommendations shows what they found in full.
WISHES = frozenset({"recommendation_added", "recommendation_dropped"})
# The reason of a rule (behind its colon) that a summary does not say.
_ONLY = "the only number that differs"


def base(rule: str) -> str:
    """A rule's name without its reason: 'figure_fell: inspectors' -> 'figure_fell'."""
    return rule.partition(":")[0]


def rule_words(rule: str) -> str:
    """What a finding rests on, in words; empty where its summary says so already."""
    name, _, reason = rule.partition(": ")
    if reason == _ONLY:
        return f"{_ONLY} between the two sentences"
    return RULES.get(name, words(rule))


def counted_noun(rule: str) -> str:
    """What a number without an indicator counts, as its rule says it: 'Inspectors'; empty where nothing says it."""
    reason = rule.partition(": ")[2]
    return "" if reason == _ONLY else words(reason)


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


def verdict_why(judgement: Judgement) -> str:
    """What decided the verdict, as a sentence that can be checked against the findings below it."""
    said = _why(judgement)
    if on_little(judgement):
        said += f" The verdict rests {ON_LITTLE}: a weight of {number(round(_weight(judgement), 2))} in all."
    return said


def _why(judgement: Judgement) -> str:
    rule = judgement.verdict_rule
    reason = judgement.verdict_reason
    if reason is None or reason.name != "weighed":
        said = words(rule).replace("'", "’").replace("own level says", "own rating says")
        return f"{said}." if " " in said else said
    better, worse = round(reason.progress, 1), round(reason.backsliding, 1)
    ups, downs = (
        sum(finding.verdict is verdict for finding in judgement.findings)
        for verdict in (Verdict.PROGRESS, Verdict.BACKSLIDING)
    )
    for_it, against = counted(ups, "finding"), counted(downs, "finding")
    if not downs or not ups:
        one, none = (for_it, "backsliding") if ups else (against, "progress")
        return f"{one} of {'progress' if ups else 'backsliding'}, none of {none}."
    scale = f"by weight {number(max(better, worse))} to {number(min(better, worse))}"
    if judgement.verdict is Verdict.MIXED:
        return f"{for_it} of progress and {downs} of backsliding, {scale}: too close to call it one or the other."
    if judgement.verdict is Verdict.PROGRESS:
        return f"{for_it} of progress {'outweighs' if ups == 1 else 'outweigh'} {downs} of backsliding, {scale}."
    return f"{against} of backsliding {'outweighs' if downs == 1 else 'outweigh'} {ups} of progress, {scale}."


def used_rules(profile: Profile, judgement: Judgement) -> list[tuple[str, str, str]]:
    """(name, why, weight) of each rule that found something, heaviest first, from the profile."""
    names = {base(finding.rule) for finding in judgement.findings}
    known = [(name, profile.judging.rules[name]) for name in names if name in profile.judging.rules]
    known.sort(key=lambda item: (-item[1].weight, item[0]))
    return [
        (words(_NUMBERS.get(name) or RULES.get(name) or name), rule.why, number(rule.weight)) for name, rule in known
    ]


# Letters of a sentence on each side of its number (range 20 to 80): enough to know what is counted, on one line.
_BESIDE = 40


def about(sentence: Sentence, start: int, end: int) -> str:
    """The words about ``text[start:end]`` of a narrative in its `sentence`, on one line, cut at spaces."""
    text, at, to = sentence.text, start - sentence.start, end - sentence.start
    first, last = max(0, at - _BESIDE), min(len(text), to + _BESIDE)
    first = 0 if first == 0 else text.find(" ", first, at) + 1 or at
    last = last if last == len(text) else max(text.rfind(" ", to, last), to)
    return f"{'… ' if first else ''}{' '.join(text[first:last].split())}{' …' if last < len(text) else ''}"


def around(text: str, value: float | None) -> str:
    """The words about the number `value` in `text`, cut at spaces; the text's start where it is spelled otherwise."""
    folded = " ".join(text.split())
    at = -1
    if value is not None:
        found = re.search(rf"(?<![\d.,]){re.escape(number(value))}(?![\d]|[.,]\d)", folded)
        at = found.start() if found else -1
    start, end = max(0, at - _BESIDE), max(0, at) + 2 * _BESIDE
    if start > 0:
        start = folded.find(" ", start) + 1
    if end < len(folded):
        end = folded.rfind(" ", start, end) if folded.rfind(" ", start, end) > start else end
    return f"{'… ' if start > 0 else ''}{folded[start:end]}{' …' if end < len(folded) else ''}"
