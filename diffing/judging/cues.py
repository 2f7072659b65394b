"""Words by which the new narrative says better or worse: acts of law, movements, deeds and harms.

A cue says which way the noun that it governs moved. It counts only in words that the new narrative adds, in a clause
that neither denies it nor wishes for it, and where the old narrative does not tell the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from diffing.judging.clauses import STEM, Clause, clauses, denials_in, denied, overlap, ruled, stems, wished, words_in
from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.governs import PASSIVE, any_of, done_by, governed
from diffing.judging.pursued import BESIDE, OF_PEOPLE, accused_otherwise, done, pursued, told_of_others
from diffing.model import Finding, Rule, Verdict
from diffing.profile import Cue

# Characters of a clause in which cues are looked for; the longest real sentence has 1,900. Range 2,000 to 20,000,
# default 4,000: what is longer is no clause, and each cue would look back and forth over all of it.
LONGEST_CLAUSE = 4_000

# From this share of a clause's words on, a sentence of the old narrative tells the same. Range 0.5 to 0.9; lower
# loses news about an old subject, higher takes a retold deed for a new one.
RETOLD = 0.65

# From this share of a deed's words on the sentence that it is linked to tells it too. Range 0.6 to 0.9.
STOOD = 0.7

# Of such a sentence only a denial within so many words counts. Range 2 to 5.
AT_HAND = 3

# From this share on the old sentence tells it in the same words, whatever stands before them. Range 0.9 to 1.
WORD_FOR_WORD = 0.95

# From this share of their words on two findings of one rule are one event told twice. Range 0.5 to 0.9.
SAME_EVENT = 0.6


# How many words from the cue on tell an event from another. Range 6 to 14; fewer join two plans, more part one plan
# that is told twice.
CORE = 9

# From where one deed of a clause ends to where the next one's verb begins, in characters. Range 5 to 20.
AT_ONCE = 12

# How far behind an act what it takes or ties may stand, in characters. Range 60 to 150; farther reads its reasons.
CURBED = 140

# What is told a year late and is news all the same: counts and what is published come late, acts are told again.
LATE = frozenset({"movement", "disclosure"})

# How many words of the clause a summary quotes.
QUOTED = 16

_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?![-–]\d)")
_PLAN_YEARS = re.compile(
    r"\b(?:19|20)\d\d ?[-–] ?(?:19|20)?\d\d\b|\b(?:19|20)\d\d (?:law|act|plan|decree|constitution)\b"
    r"|\bsince (?:\w+ )?(?:19|20)\d\d\b"
)


# What a pattern holds literally, at the beginning of a word; words too common to tell anything are left out.
_LITERAL = re.compile(r"(?<![a-z\\])[a-z]{3,}|(?<=\\b)[a-z]{3,}")
_COMMON = frozenset("ing was were been the and for that with not they had did from into".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Said:
    """A cue in a clause with what it governs: the verdict, and the words that say so."""

    cue: Cue
    verdict: Verdict
    words: str
    core: frozenset[str]  # the stems of the cue and what stands next to it, to know the event again

    @property
    def rule(self) -> Rule:
        """The rule that the cue counts under."""
        assert self.cue.rule is not None
        return self.cue.rule


# Before a participle that only describes: "an increased risk", "fearing increased abuse".
_DESCRIBED = re.compile(
    r"\b(?:an?|the|of|to|at|with|by|for|from|fearing|due|despite|through|including|in|on|under|their|its|any|no|and|or|this|these|those)\s*$|^\W*$|,\s*$",
    re.IGNORECASE,
)
# "The convicted defendants": no deed, a name for people.
_THE = re.compile(
    r"\b(?:the|these|those|all|of|an?|newly|previously|using|its|their|new|recently|\d[\d,]*|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|many|some|several|dozens of)\s+$",
    re.IGNORECASE,
)
# An earlier deed in the same list: "trained judges, expanded courses, and increased inspections".
_DEED = re.compile(r"\b(?!need|unpaid|indeed)[a-z]{3,}ed\b")
# Before a gerund that tells an aim, a plan or a difficulty, and no deed.
_AIMED = re.compile(
    r"\b(?:will|would|should|must|focus\w*|aim\w*|reject\w*|proposals?|progress (?:in|on|towards?)|seek\w*|sought|"
    r"intend\w*|designed|demand\w*|urg\w+|call\w* (?:for|on)|recommend\w*|tasked|responsible|mandated?|commit\w+|"
    r"difficult\w*|challeng\w*|obstacles?|barriers?|delays?|importance of|hope\w*|interested in|considered|"
    r"considering|discuss\w*|planned|(?:plans|planning) to)\b[^.;]{0,140}$",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"\b[Ii]n (?:previous|prior|past|earlier) years\b")
_PERFECT = re.compile(r"\b(?:has|have)(?: \w+ly| also)? $")
_EARLIER = re.compile(r"^[^.;,]{0,40}\b(?:in|over|during) (?:previous|prior|past|earlier) years\b")
# "Although a law was passed, ...": what is conceded.
_CONCEDED = re.compile(r"\W{0,3}(?:while|although|though|even though|despite)\b", re.IGNORECASE)
_TAKEN_BACK = re.compile(r"\b(?:concerns?|criticiz\w+|shortages?|insufficient\w*|inadequate\w*|worse\w*|problems?)\b")
_WILL = re.compile(r"\b(?:will|would)\s+$")
# A verb that has an object: "and increased the number of inspectors".
_TAKES = re.compile(r"\s+(?:the|its|their|his|a|an|number|funding|labor|child|penalties)\b")
# Where one deed of a clause ends and the next begins.
_AND = re.compile(r",? and (?=(?:also |the |it )?[a-z]{3,}ed\b|the )|, (?=(?:also )?(?!including)[a-z]{3,}ed\b)")
_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d|"
    r"during the (?:year|reporting period)|this year|the new|a new)\b"
)


class CueIndex:
    """Which cues a word may belong to: most sentences hold no word of any and are done with at once."""

    def __init__(self, cues: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        self.literals = [heads or tuple(set(_LITERAL.findall(pattern.lower())) - _COMMON) for pattern, heads in cues]
        self.known: dict[str, frozenset[int]] = {}

    def places(self, text: str) -> list[tuple[int, frozenset[int]]]:
        """Where in a text words of cues begin, each with the numbers of the cues that it may belong to."""
        known = self.known
        found = []
        for match in words_in(text.lower()):
            cues = known.get(match[0])
            if cues is None:
                cues = known[match[0]] = frozenset(
                    number for number, literals in enumerate(self.literals) if match[0].startswith(literals)
                )
            if cues:
                found.append((match.start(), cues))
        return found


@lru_cache(maxsize=16)
def cue_index(cues: tuple[tuple[str, tuple[str, ...]], ...]) -> CueIndex:
    """The index of a profile's cues, (pattern, heads) each, kept for all its pairs."""
    return CueIndex(cues)


def cue_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """Findings of all cues, in the order of the new text; an event told twice is one finding.

    Of the new sentences `taken` a comparison is a finding already: no movement or deed is read from them again.
    """
    pair = evidence.pair
    index = cue_index(tuple([(cue.pattern, cue.heads) for cue in evidence.judging.cues]))
    kept: list[tuple[Finding, frozenset[str]]] = []
    for passage in evidence.passages:
        if passage.new_text is None or evidence.is_recommendation(passage.section) or passage.is_label:
            continue
        if passage.section in evidence.judging.background:
            continue
        compared = any(j in taken for j in passage.new)
        for said in said_in(evidence, passage, index):
            if compared and said.cue.rule in ("movement", "deed"):
                continue
            words = said.core
            place = None
            for number, (other, others) in enumerate(kept):
                if other.rule == said.cue.rule and (
                    max(overlap(words, others), overlap(others, words)) >= SAME_EVENT
                    or other.new_sentences == passage.new
                ):
                    place = number
                    break
            if place is not None and not evidence.is_overview(kept[place][0].section):
                continue
            old = passage.old or _answer(evidence, passage, said)
            for finding in evidence.finding(
                said.rule,
                said.verdict,
                f"New in the {pair.new.year} report: “{said.words}”.",
                old=old,
                new=passage.new,
            ):
                if place is None:
                    kept.append((finding, words))
                else:  # the overview's telling gives way to the section's own
                    kept[place] = (finding, words)
    yield from (finding for finding, _ in kept)


def said_in(evidence: Evidence, passage: Passage, index: CueIndex) -> Iterator[Said]:
    """The cues of a passage that count."""
    text = passage.new_text
    if text is None or not (places := index.places(text)):
        return
    cues = evidence.judging.cues
    known = stems(passage.old_text) if passage.old_text else frozenset()
    if known and stems(text) <= known and denials_in(text) == denials_in(passage.old_text or ""):
        return  # not a word of content is new
    starts = [start for start, _ in places]
    for clause in clauses(text):
        first, last = (bisect_left(starts, clause.start + n) for n in (0, len(clause.text)))
        here = places[first:last]
        year = newest_year(clause) if here else 0
        if not here or len(clause.text) > LONGEST_CLAUSE or 0 < year < evidence.period - 1:
            continue
        old = 0 < year < evidence.period
        for part in _events(clause.text):
            first, last = (bisect_left(starts, clause.start + n) for n in part)
            numbers = frozenset().union(*[may for _, may in places[first:last]])
            for cue in [cues[number] for number in sorted(numbers)]:
                if cue.rule is None or not evidence.switch(cue.rule).on or (old and cue.rule not in LATE):
                    continue
                said = _said(evidence, clause, part, cue, known, passage)
                if said is not None and not _told_before(evidence, said):
                    yield said
                    break


def _events(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a clause that tell one deed each: "adopted a law, hired inspectors, and trained judges"."""
    start = 0
    for match in _AND.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _told_before(evidence: Evidence, said: Said) -> bool:
    """Whether an old sentence tells the same deed: most of its words, and the cue itself, neither denied nor wished."""
    index, share = evidence.old_told.nearest(said.core)
    if share < RETOLD:
        return False
    text = evidence.pair.old.sentences[index].text
    if said.cue.rule == "unfulfilled":
        return denied(text, len(text))
    return _affirmed(said.cue, text) or (
        share >= WORD_FOR_WORD
        and any(not denied(text[: match.start()], AT_HAND) for match in said.cue.regex.finditer(text))
    )


def _affirmed(cue: Cue, text: str) -> bool:
    """Whether a text holds the cue, neither denied nor wished: "had not approved a plan" is no earlier approval."""
    return any(
        not denied(text[: match.start()]) and not wished(text[: match.start()]) for match in cue.regex.finditer(text)
    )


def _stood(words: str, text: str) -> bool:
    """Whether the old text says the same word in any form, neither denied nor wished."""
    stem = re.escape(words.split()[0][:STEM])
    return any(
        not denied(text[: match.start()]) and not wished(text[: match.start()])
        for match in re.finditer(rf"\b{stem}", text, re.IGNORECASE)
    )


def _said(
    evidence: Evidence, clause: Clause, part: tuple[int, int], cue: Cue, known: frozenset[str], passage: Passage
) -> Said | None:
    whole, (begin, end) = clause.text, part
    text = whole[:end]
    told_before = (passage.new_text or "")[max(0, clause.start - 200) : clause.start]
    for match in cue.regex.finditer(whole, begin):
        if match.start() >= end:
            break
        before, after = text[: match.start()], whole[match.end() :]
        at_once = begin > 0 and before.rstrip().endswith((",", " and")) and match.start() - begin <= AT_ONCE
        if not _is_event(cue, match[0], before, after, begin if at_once else 0):
            continue
        # the second deed of a clause has the doer of the first
        chained = at_once or match[0].endswith("ing")
        if not done_by(evidence, cue, chained, before if chained and begin else told_before + before, after):
            continue
        if cue.dated and not _DATED.search(passage.new_text or ""):
            continue
        if cue.rule == "law_act" and _PERFECT.search(before) and not _DATED.search(passage.new_text or ""):
            continue  # "the country has ratified all conventions", whenever that was
        sign, noun, reach = governed(evidence, cue, before, after)
        if not sign:
            continue
        start = match.start() if reach >= 0 else match.start() + reach
        core = stems(" ".join(whole[start:].split()[:CORE]))
        if known and _stood(match[0], passage.old_text or ""):
            if not (stems(match[0]) | stems(noun)) - known:
                continue
            if cue.rule in OF_PEOPLE and overlap(core, known) >= STOOD:
                continue  # "members of those parties and others were arrested", of whom some were before
        if cue.rule == "unfulfilled" and denied(passage.old_text or "", len(passage.old_text or "")):
            continue
        if cue.rule in OF_PEOPLE and accused_otherwise(evidence, cue, after):
            continue
        verdict = compare(0, cue.polarity * sign) if cue.polarity else Verdict.UNCLEAR
        if verdict is Verdict.PROGRESS and cue.rule == "law_act":
            verdict = _curbed(evidence, after)
        elif verdict is Verdict.PROGRESS and cue.rule == "deed" and "offenders" in cue.objects:
            beside = before[max(0, len(before) + reach - BESIDE) :].rpartition(",")[2] if reach < 0 else ""
            verdict = pursued(evidence, passage, noun, beside, after)
        elif verdict is Verdict.PROGRESS and cue.rule == "deed":
            verdict = done(evidence, passage, match[0], noun, before, after)
        if verdict is Verdict.PROGRESS and not begin and _CONCEDED.match(whole):
            # "while a law was passed, no one enforced it"; "few were trained, despite an increase in funding"
            main = told_before.rpartition(". ")[2] + after
            if denied(main, len(main)) or _TAKEN_BACK.search(main):
                verdict = Verdict.MIXED
        return Said(cue, verdict, quoted(whole[start:]), core)
    return None


def _is_event(cue: Cue, words: str, before: str, after: str, begin: int) -> bool:
    """Whether a cue's words tell what happened: no wish, denial, rule of law, or participle that only describes.

    What is denied before `begin`, where the clause's second deed begins, is another deed.
    """
    if cue.rule in OF_PEOPLE and told_of_others(cue, words, before):
        return False
    if (words.endswith("ing") or words.startswith(("a", "A"))) and not words.endswith("ed") and _AIMED.search(before):
        return False
    if cue.rule == "movement" and (_EARLIER.search(after) or _FORMERLY.search(before)):
        return False
    if words.startswith("no longer"):
        before = _WILL.sub("", before)  # what was ordered is in the future
    if (
        wished(before)
        or denied(before if PASSIVE.search(before) else before[begin:])
        or ruled(before)
        or before.endswith(("-", " who "))
    ):
        return False
    if not words.endswith("ed"):
        return True
    if cue.rule in ("deed", "harm") and " " not in words and not before.strip():
        return False  # "Dismissed workers needed help": no deed, a name for people
    if cue.rule in ("deed", "harm", "law_act", "law_undone") and _THE.search(before):
        return False
    describes = cue.where == "both" and cue.rule == "movement" and _DESCRIBED.search(before) is not None
    if not describes or _TAKES.match(after) is not None:
        return True
    return before.rstrip().endswith((",", " and")) and _DEED.search(before[-120:]) is not None


def _curbed(evidence: Evidence, after: str) -> Verdict:
    """What an act that is better by default is, by what it does: it may take rights, or only look as if it might."""
    words = evidence.judging.words
    after = after[:CURBED].partition(" due to ")[0]
    if (hindrances := words.get("hindrances")) and any_of(hindrances).search(after):
        return Verdict.BACKSLIDING
    if (curbs := words.get("curbs")) and any_of(curbs).search(after):
        return Verdict.UNCLEAR
    if (purposes := words.get("purposes")) and any_of(purposes).search(after) is None:
        return Verdict.UNCLEAR
    return Verdict.PROGRESS


def _answer(evidence: Evidence, passage: Passage, said: Said) -> tuple[int, ...]:
    """The old sentence, changed or gone, that an added one may replace, as evidence beside it."""
    silence = evidence.judging.words.get("silence")
    if said.cue.rule == "disclosure" and silence:
        among = [i for p in evidence.passages if p.section == passage.section for i in p.old]
        return tuple(i for i in among if any_of(silence).search(evidence.pair.old.sentences[i].text))[:1]
    return evidence.replaced_by(passage, said.core)


def is_old(clause: Clause, period: int) -> bool:
    """Whether the clause dates itself before the reporting period."""
    return 0 < newest_year(clause) < period


def newest_year(clause: Clause) -> int:
    """The newest year in which the clause says that something was; 0 where it names none."""
    if _YEAR.search(clause.text) is None:
        return 0
    return max((int(y) for y in _YEAR.findall(_PLAN_YEARS.sub(" ", clause.text))), default=0)


def quoted(text: str) -> str:
    """The first words of a text, for a summary."""
    words = text.split()
    clip = " ".join(words[:QUOTED]).rstrip(" ,;:.")
    return clip + (" …" if len(words) > QUOTED else "")
