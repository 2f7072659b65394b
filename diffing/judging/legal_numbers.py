"""Numbers that the law or practice sets: an age, days of leave or of compulsory work, a minimum wage.

They are no figures of the year, but a linked sentence in which one of them moved says that something got better or
worse. What the number is of decides which way; two sentences are compared unit by unit.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from diffing.judging.comparable_figures import bodies_of, other_bodies, period_in
from diffing.judging.doubts import hardly
from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.quoting import whole_clause
from diffing.language.entries import NUMBER_WORDS
from diffing.language.event_times import years_in
from diffing.language.numbers.measures import measures, paid_for, terms_of
from diffing.language.stems import overlap_of_shorter, stems
from diffing.language.word_lists import first_of
from diffing.language.words import plain_words
from diffing.model import Direction, Doubt, Finding, Reason, Rule, Verdict

# Two sentences set one term only where they share this much of the shorter's words. Range 0.4 to 0.8.
ONE_TERM = 0.5

# A wage that fell to less than one part of so many is paid in another money. Range 10 to 1,000.
REDENOMINATED = 100

# Two shares of which one is "approximately" so much are as good as one up to so many points. Range 0.5 to 2.
ROUGH = 1

# A number of more characters than these is one of its own: "149,775" stands for one sum. Range 3 to 6.
SHORT = 4


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


def legal_number_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each pair of sentences in which a number that the law or practice sets moved.

    Of the new sentences `taken` a comparison is a finding already.
    """
    words = evidence.judging.words
    more, less = words.get("terms_more", ()), words.get("terms_less", ())
    if not more or not less:
        return
    for passage in evidence.fresh(taken):
        runs = (*passage.added, *passage.removed)
        if not any(_counts(word) for run in runs for word in plain_words(run)):
            continue
        if not any(all(first_of(words, text) for text in passage.texts) for words in (more, less)):
            continue  # most of the others
        if overlap_of_shorter(*map(stems, passage.texts)) < ONE_TERM or any("half" in text for text in passage.texts):
            continue
        for old_text, new_text in _parts(*passage.texts, (more, less)):
            for lists, sign in ((more, 1), (less, -1)):
                old_topic, new_topic = first_of(lists, old_text), first_of(lists, new_text)
                if old_topic and new_topic:
                    yield from _judged(evidence, passage, (old_text, new_text), new_topic[0], sign)
                    break


def _parts(old: str, new: str, lists: tuple[tuple[str, ...], tuple[str, ...]]) -> list[tuple[str, str]]:
    """The two sentences, cut where each names several terms: hours are compared with hours, leave with leave.

    Parts answer each other by the term that they name; where one sentence names one term, the two answer whole.
    """
    sides = [[part for part in terms_of(text) if any(first_of(words, part) for words in lists)] for text in (old, new)]
    if min(len(side) for side in sides) < 2:
        return [(old, new)]
    found = []
    for part in sides[1]:
        topics = [match[0].lower() for words in lists if (match := first_of(words, part))]
        others = [p for p in sides[0] if any(topic in p.lower() for topic in topics)]
        if len(others) == 1:
            found.append((others[0], part))
    return found


def _judged(evidence: Evidence, passage: Passage, texts: tuple[str, str], topic: str, sign: int) -> list[Finding]:
    topic = topic.lower()
    if any(evidence.first("wage_multiples", text) for text in texts):
        return []  # "40 times the minimum wage" is a fine
    if sign > 0 and all("average" in text for text in texts):
        return []  # an average is no rule
    if len({_is_open(text) for text in texts}) == 2:
        return []  # "more than 40" may be what the other text tells exactly
    gap = any(word in topic for word in ("percent", "gap", "less", "lower", "rate"))
    money = not gap and ("wage" in topic or "salar" in topic)
    if money and all(evidence.first("poverty_lines", text) for text in texts):
        return []  # the number is the line's, which the wage is compared with
    old, new = (measures(text, money) for text in texts)
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
        lacks = not {"not", "no"}.isdisjoint(plain_words(texts[1]))  # ages that the law does not reach
        also = "hour" in units and moved(old["hour"], new["hour"]) is not Direction.SAME  # older, and for longer
        units = ["age"] if len(old["age"]) == len(new["age"]) and not (lacks or also) else []
    else:
        units = [unit for unit in units if unit not in ("percent", "age")] if _one_length(*texts) else []
    went = {unit: moved(old[unit], new[unit]) for unit in units}
    changed = [unit for unit in units if went[unit] is not Direction.SAME]
    if len(changed) != 1 or (direction := went[changed[0]]) is None:
        return []
    unit = changed[0]
    verdict = compare(0, 1 if direction is Direction.UP else -1, sign)
    doubt = None if gap else _set_again(evidence, passage, _shown([max(new[unit])]), verdict)
    if gap or unit in ("hour", "year", "month"):
        doubt = doubt or _doubt(evidence, passage, old[unit], new[unit])
    verb = "Higher" if direction is Direction.UP else "Lower"
    return evidence.finding(
        Rule.TERM,
        verdict,
        f"{verb} than the year before, {_shown(old[unit])} then and {_shown(new[unit])} now: "
        f"“{whole_clause(passage.new_text, passage.new_text.find(texts[1]))}”.",
        old=passage.old,
        new=passage.new,
        doubt=doubt,
        reason=Reason(words=topic, sought=f"the same term, in {unit}s", found=_shown(old[unit]), of="gap" * gap),
    )


def _doubt(evidence: Evidence, passage: Passage, old: list[float], new: list[float]) -> Doubt | None:
    """Why a gap, hours or years that moved may be measured otherwise, be as good as the same, or be a penalty."""
    penalties = evidence.pair.new.profile.grammar["penalties"]
    if any(word in passage.new_text.lower() for word in (*penalties, "imprison")):
        return Doubt.WORTH
    if f"from {_shown(old[:1])} to {_shown(new[-1:])}" in passage.new_text:
        return None  # the report itself says from where
    rough = any(how in text for text in passage.texts for how in ("approximately", "about"))
    if hardly(max(old), max(new)) or (rough and abs(max(old) - max(new)) <= ROUGH):
        return Doubt.HARDLY
    if other_bodies(*map(bodies_of, map(evidence.read, passage.texts))):
        return Doubt.UNLIKE
    of = [period_in(text, evidence.judging.periods) for text in passage.texts]
    if of[0] != of[1] or _of_one_year(passage.texts):
        return Doubt.UNLIKE  # two quarters, or one survey told twice
    return Doubt.REWORDED if len(set(old)) != len(set(new)) else evidence.reworded(Rule.TERM, passage.old, passage.new)


def _set_again(evidence: Evidence, passage: Passage, shown: str, verdict: Verdict) -> Doubt | None:
    """Why a wage or an age may be told anew and not set anew: one `shown` in the old text, or less without an act."""
    if _of_one_year(passage.texts):
        return Doubt.UNLIKE
    acts = "set_anew" in evidence.judging.words and verdict is Verdict.BACKSLIDING
    if acts and not evidence.first("set_anew", passage.new_text):
        return Doubt.REWORDED
    others = (sentence.text for i, sentence in enumerate(evidence.pair.old.sentences) if i not in passage.old)
    known = len(shown) > SHORT and any(f" {shown} " in text for text in others)
    return Doubt.ALIKE if known else None


def _of_one_year(texts: tuple[str, str]) -> bool:
    """Whether two sentences name the same years, or the new one says itself that nothing moved."""
    years = [set(years_in(text)) for text in texts]
    return (bool(years[0]) and years[0] == years[1]) or "unchanged" in texts[1]


def _is_open(text: str) -> bool:
    """Whether a text says "more than" of a number."""
    words = ["", *plain_words(text)]
    return any(
        (one, two) == ("more", "than") and three[0].isdigit() and before not in ("no", "not")
        for before, one, two, three in zip(words, words[1:], words[2:], words[3:], strict=False)
    )


def _counts(word: str) -> bool:
    return word in NUMBER_WORDS or any(map(str.isdigit, word))


def _one_length(old: str, new: str) -> bool:
    """Whether the hours or days are of one length of time: 50 a month is no 130 a quarter."""
    lengths = paid_for(old), paid_for(new)
    return not all(lengths) or bool(lengths[0] & lengths[1])


def _shown(values: list[float]) -> str:
    return " and ".join(f"{value:,.10g}" for value in dict.fromkeys(values))
