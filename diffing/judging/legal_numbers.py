"""Numbers that the law or practice sets: an age, days of leave or of compulsory work, a minimum wage.

They are no figures of the year, but a linked sentence in which one of them moved says that something got better or
worse. What the number is of decides which way; two sentences are compared unit by unit.

>>> sorted(quantities("They work two days a month, and 12 hours on Sunday.").items())
[('day', [2.0]), ('hour', [12.0])]
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from diffing.judging.comparable import period_in
from diffing.judging.doubts import hardly
from diffing.judging.evidence import Evidence, Passage, compare, whole_clause
from diffing.judging.likeness import overlap, stems
from diffing.language.event_times import years_in
from diffing.language.word_lists import any_of
from diffing.model import Direction, Doubt, Finding, Reason, Rule

# Two sentences set one term only where they share this much of the shorter's words. Range 0.4 to 0.8.
ONE_TERM = 0.5

# A wage that fell to less than one part of so many is paid in another money. Range 10 to 1,000.
REDENOMINATED = 100

_SPELLED = {
    word: float(number)
    for number, words in (
        (1, "one"), (2, "two"), (3, "three"), (4, "four"), (5, "five"), (6, "six"), (7, "seven"), (8, "eight"),
        (9, "nine"), (10, "ten"), (11, "eleven"), (12, "twelve"), (15, "fifteen"), (20, "twenty"), (30, "thirty"),
        (40, "forty"), (60, "sixty"), (90, "ninety"),
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = r"(?P<n>\d[\d,]*+(?:\.\d+)?|" + "|".join(_SPELLED) + r")"
_TIMED = re.compile(
    rf"(?<!first )(?<!last )(?<!past )\b{_NUMBER}[- ](?:\w+ )?(?P<unit>hour|day|week|month|year)s?\b"
    r"(?!-old| old| of age)",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"\b(?:ages?(?: of)?|younger than|under|older than|over) {_NUMBER}\b"
    r"(?! percent| (?:hour|day|week|month|year)s?\b(?! of age| old))"
    rf"|\b(?P<m>\d+)(?:[- ]year[- ]olds?| years old| years of age)\b",
    re.IGNORECASE,
)
# A sum in the country's money: before its worth in dollars ("60,000 francs per month ($110)", "16.50 ($10.75)"), or by
# its sign ("NZ$16.50").
_LOCAL = re.compile(
    r"(?<![\d,.$])(?P<n>\d[\d,]*(?:\.\d+)?) (?P<scale>(?:thousand|million|billion) )?"
    r"(?:(?:[A-Za-z]+ ){0,6}\((?:about |approximately |roughly |some |US|U\.S\. )?\$"
    r"|\(\$[\d,.]+(?: million)?\) [A-Za-z])"
    r"|(?:(?<=[A-Z]\$)|(?<=[€£¥]))(?P<signed>\d[\d,]*(?:\.\d+)?)(?P<scaled> (?:thousand|million|billion))?"
)
_SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PERCENT = re.compile(r"(?<![\d,.])(?P<n>\d[\d,]*(?:\.\d+)?)[- ]percent\b")
# What stands in brackets is another sum's worth: it moves with the rate of exchange.
_WORTH = re.compile(r"\([^()]*\$[^()]*\)")
_DOLLARS = re.compile(r"(?<![A-Za-z])\$ ?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<scale> (?:thousand|million|billion))?")
_OPEN = re.compile(r"(?<!no )(?<!not )\bmore than (?=\d)", re.IGNORECASE)
# For how long a sum is paid; two sums are compared only for one length.
_FOR = re.compile(
    r"\b(?:an?|per|each|every|/) ?((?:(?:two|three|four|six)-)?(?:hour|day|week|month|year|quarter))\b"
    r"|\b(hour|dai|week|month|annual|year)ly\b",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(r"\btimes (?:the|their|his|a) (?:\w+ ){0,2}(?:wages?|salar(?:y|ies)|pay)\b", re.IGNORECASE)
_OF_POVERTY = re.compile(r"\b(?:poverty|subsistence)\b[^.;]{0,60}\d", re.IGNORECASE)
# Where one term ends and the next begins.
_PART = re.compile(r"[,;] (?:and )?|\band\b|\bbut\b|\bwith\b")
_LACKS = re.compile(r"\bnot\b|\bno\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d|\b(?:" + "|".join(_SPELLED) + r")\b", re.IGNORECASE)


def quantities(text: str, money: bool = False) -> dict[str, list[float]]:
    """The numbers of a text by what they measure: hours, days, ages ('age'), and amounts if `money`."""
    found: dict[str, list[float]] = {}
    for match in _TIMED.finditer(text):
        found.setdefault(match["unit"].lower(), []).append(_value(match["n"]))
    for match in _AGED.finditer(text):
        found.setdefault("age", []).append(_value(match["n"] or match["m"]))
    for match in _PERCENT.finditer(text):
        found.setdefault("percent", []).append(_value(match["n"]))
    for unit, pattern, of in (("local", _LOCAL, text), ("dollars", _DOLLARS, _WORTH.sub("", text))) if money else ():
        for match in pattern.finditer(of):
            told = match.groupdict()
            scale = (told["scale"] or told.get("scaled") or "").strip()
            found.setdefault(unit, []).append(_value(told["n"] or told["signed"]) * _SCALES[scale])
    return found


def moved(old: list[float], new: list[float]) -> Direction | None:
    """Where numbers of one measure went, all of them; None where some rose and some fell."""
    if len(old) != len(new) and old[0] == new[0]:
        return None  # one was left out or added, the first stands
    ends = (min(old), max(old)), (min(new), max(new))
    if ends[0] == ends[1]:
        return Direction.SAME
    if ends[1][0] >= ends[0][0] and ends[1][1] >= ends[0][1]:
        return Direction.UP
    if ends[1][0] <= ends[0][0] and ends[1][1] <= ends[0][1]:
        return Direction.DOWN
    return None


def term_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each pair of sentences in which a number that the law or practice sets moved.

    Of the new sentences `taken` a comparison is a finding already.
    """
    words = evidence.judging.words
    more, less = words.get("terms_more", ()), words.get("terms_less", ())
    if not more or not less:
        return
    for passage in (*evidence.passages, *evidence.replaced):
        if passage.old_text is None or passage.new_text is None or evidence.is_recommendation(passage.section):
            continue
        if (
            passage.is_label
            or any(j in taken for j in passage.new)
            or not any(_DIGIT.search(run) for run in (*passage.added, *passage.removed))
        ):
            continue
        if not _one_term(passage) or "half" in passage.new_text + passage.old_text:
            continue
        for old_text, new_text in _parts(passage.old_text, passage.new_text, (more, less)):
            for lists, sign in ((more, 1), (less, -1)):
                old_topic, new_topic = any_of(lists).search(old_text), any_of(lists).search(new_text)
                if old_topic and new_topic:
                    yield from _judged(evidence, passage, (old_text, new_text), new_topic[0], sign)
                    break


def _parts(old: str, new: str, lists: tuple[tuple[str, ...], tuple[str, ...]]) -> list[tuple[str, str]]:
    """The two sentences, cut where each names several terms: hours are compared with hours, leave with leave.

    Parts answer each other by the term that they name; where one sentence names one term, the two answer whole.
    """
    sides = [[part for part in _PART.split(text) if any(any_of(words).search(part) for words in lists)]
             for text in (old, new)]  # fmt: skip
    if min(len(side) for side in sides) < 2:
        return [(old, new)]
    found = []
    for part in sides[1]:
        topics = [match[0].lower() for words in lists if (match := any_of(words).search(part))]
        others = [p for p in sides[0] if any(topic in p.lower() for topic in topics)]
        if len(others) == 1:
            found.append((others[0], part))
    return found


def _one_term(passage: Passage) -> bool:
    old, new = stems(passage.old_text or ""), stems(passage.new_text or "")
    return overlap(*((old, new) if len(old) <= len(new) else (new, old))) >= ONE_TERM


def _judged(evidence: Evidence, passage: Passage, texts: tuple[str, str], topic: str, sign: int) -> list[Finding]:
    topic = topic.lower()
    if any(_MULTIPLE.search(text) for text in texts):
        return []  # "40 times the minimum wage" is a fine
    if sign > 0 and all("average" in text for text in texts):
        return []  # an average is no rule
    if len({_OPEN.search(text) is not None for text in texts}) == 2:
        return []  # "more than 40" may be what the other text tells exactly
    gap = any(word in topic for word in ("percent", "gap", "less", "lower"))
    money = not gap and ("wage" in topic or "salar" in topic)
    if money and all(_OF_POVERTY.search(text) for text in texts):
        return []  # the number is the line's, which the wage is compared with
    old, new = (quantities(text, money) for text in texts)
    units = [unit for unit in old if unit in new]
    if money:
        if not _one_length(*texts):
            return []
        units = ["local"] if "local" in units else ["dollars"] if "dollars" in units else []
        if any(max(old[unit]) == max(new[unit]) or max(old[unit]) > REDENOMINATED * max(new[unit]) for unit in units):
            return []  # raised to it last year, and paid this year; or another money
    elif gap:
        if (
            "percent" in units and len(new["percent"]) == len(old["percent"]) + 1 and " from " in texts[1]
        ):  # "3.2 percent, down from 4.1 percent"
            new["percent"] = [value for value in new["percent"] if value not in old["percent"]]
        units = ["percent"] if "percent" in units and len(old["percent"]) == len(new["percent"]) else []
    elif "age" in units and ("age" in topic or "allow" in topic):
        lacks = _LACKS.search(texts[1]) is not None  # ages that the law does not reach
        units = ["age"] if len(old["age"]) == len(new["age"]) and not lacks else []
    else:
        units = [unit for unit in units if unit != "percent"] if _one_length(*texts) else []
    went = {unit: moved(old[unit], new[unit]) for unit in units}
    changed = [unit for unit in units if went[unit] is not Direction.SAME]
    if len(changed) != 1 or (direction := went[changed[0]]) is None:
        return []
    unit = changed[0]
    told_again = Doubt.UNLIKE if _of_one_year((passage.old_text or "", passage.new_text or "")) else None
    verdict = compare(0, 1 if direction is Direction.UP else -1, sign)
    verb = "Higher" if direction is Direction.UP else "Lower"
    return evidence.finding(
        Rule.TERM,
        verdict,
        f"{verb} than the year before, {_shown(old[unit])} then and {_shown(new[unit])} now: "
        f"“{whole_clause(passage.new_text or '', (passage.new_text or '').find(texts[1]))}”.",
        old=passage.old,
        new=passage.new,
        doubt=_doubt(evidence, passage, old[unit], new[unit])
        if gap or unit in ("hour", "year", "month")
        else told_again,
        reason=Reason(words=topic, sought=f"the same term, in {unit}s", found=_shown(old[unit])),
    )


def _doubt(evidence: Evidence, passage: Passage, old: list[float], new: list[float]) -> Doubt | None:
    """Why a gap, hours or years that moved may be measured otherwise, be as good as the same, or be a penalty."""
    penalties = evidence.pair.new.profile.grammar["penalties"]
    if any(word in (passage.new_text or "").lower() for word in (*penalties, "imprison")):
        return Doubt.WORTH
    if f"from {_shown(old[:1])} to {_shown(new[-1:])}" in (passage.new_text or ""):
        return None  # the report itself says from where
    if hardly(max(old), max(new)):
        return Doubt.HARDLY
    texts = (passage.old_text or "", passage.new_text or "")
    of = [period_in(text, evidence.judging.periods) for text in texts]
    if of[0] != of[1] or _of_one_year(texts):
        return Doubt.UNLIKE  # two quarters, or one survey told twice
    return Doubt.REWORDED if len(set(old)) != len(set(new)) else evidence.reworded(Rule.TERM, passage.old, passage.new)


def _of_one_year(texts: tuple[str, str]) -> bool:
    """Whether two sentences name the same years, or the new one says itself that nothing moved."""
    years = [set(years_in(text)) for text in texts]
    return (bool(years[0]) and years[0] == years[1]) or "unchanged" in texts[1]


def _one_length(old: str, new: str) -> bool:
    """Whether the hours or days are of one length of time: 50 a month is no 130 a quarter."""
    lengths = [
        {match[1].lower() if match[1] else match[2][:3].lower() for match in _FOR.finditer(text)} for text in (old, new)
    ]
    lengths = [{length if "-" in length else length[:3] for length in side} for side in lengths]
    return not all(lengths) or bool(lengths[0] & lengths[1])


def _shown(values: list[float]) -> str:
    return " and ".join(f"{value:,.10g}" for value in dict.fromkeys(values))


def _value(text: str) -> float:
    return _SPELLED.get(text.lower()) or float(text.replace(",", ""))
