"""Figures of no known indicator: two sentences that are one but for a number, or that count the same noun.

The noun behind a number ("deaths", "inspectors") says whether more is better, where the profile lists it among its
efforts or harms; else the change is shown and its verdict is unclear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from diffing.judging.changes import Join
from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.told import Joined, Told
from diffing.language.analysis import analyse
from diffing.language.standing import standings
from diffing.language.stems import STEM, overlap, stems
from diffing.language.word_lists import first_of
from diffing.model import Direction, Doubt, Event, Figure, Reality, Reason, Rule, Verdict

# How far behind a number its noun may stand, in characters. Range 15 to 60; farther reads the noun of another number.
NOUN = 30

# Two sentences count one deed where each shares this much of its words with the other. Range 0.5 to 0.9.
ONE_TELLING = 0.6

# Why two numbers without a noun are one count.
ONLY = "the only number that differs between the two sentences"

# What a noun is said to be is another count: "13 deaths were suicides" does not count deaths.
_SAID_TO_BE = re.compile(
    r"\s{1,3}(?:was|were|had been) (?:\w+ly )?(?:suicides?|homicides?|accident\w*|due to|caused by|attribut\w+|"
    r"the result of|of)\b"
)
# What narrows a count, kept with its noun where both reports say it: "accidents in the services sector".
_NARROWED = re.compile(
    r"\s{1,3}(?:in|among|at|of|by|involving|to|per) (?:the |its |their )?[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,2}",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?: (?:in|of|by|for|the|its|their|during|through|while|and|or|to|at|with|from|committed|related|due|as|per))"
    r"{1,4}$"
)
_TIME = re.compile(r"\b(?:19|20)\d\d\b|\b(?:years?|months?|quarter|period|half|end|total|country|reported)\b")

# Past these words a noun is not what the number counts: "739 times in domestic violence situations".
# Rules of events whose number counts who suffered.
_HARMING = (Rule.HARM, Rule.LAW_UNDONE)
_PAST = re.compile(r"[,;.]| (?:in|by|for|from|with|at|on|to|who|that|which|were|was|had|during)\b")

_MOVED = (Direction.UP, Direction.DOWN)


def counted_changes(evidence: Evidence) -> Iterator[Joined]:
    """The changes of figures without an indicator, passage by passage."""
    join = Join(evidence)
    olds, news = _by_sentence(join.pair.old_figures), _by_sentence(join.pair.new_figures)
    if not news:
        return
    for passage in evidence.passages:
        if passage.new_text is None or evidence.is_recommendation(passage.section):
            continue
        new = [f for j in passage.new for f in news.get(j, ()) if _plain(f)]
        if not new:
            continue
        old = [f for i in passage.old for f in olds.get(i, ()) if _plain(f)]
        found = list(_same_noun(join, old, new)) or list(_same_deed(join, passage, old, new))
        if not found and len(passage.old) == len(passage.new) == 1:
            found = list(_only_number(join, passage, old, new))
        for a, b, noun, sign in found:
            told, now = Told(a, a.report_year or join.pair.old.year, False), Told(b, join.pair.new.year, True)
            if a in new:
                told = Told(a, join.pair.new.year, True)
            direction, rule, _ = join.comparable.direction(told, now, join.comparable.incomparable(told, now))
            if direction not in _MOVED:
                continue
            sign = sign or _standing(evidence, passage, (a, b))
            verdict = compare(0, 1 if direction is Direction.UP else -1, sign) if sign else Verdict.UNCLEAR
            reason = Reason(words=noun) if noun else Reason(because=ONLY)
            key = (None, b.actor, b.breakdown, b.body)
            verdict = evidence.judged(rule, verdict)
            # "17 law enforcement agencies" count no enforcement, "received 24 referrals" no effort
            said = join.comparable.sentence_of(now)
            behind = said.text[b.end - said.start :].lstrip().lower()
            came = "receiv" in said.text[: b.start - said.start].lower()
            doubt = Doubt.WORTH if sign > 0 and (came or not behind.startswith(noun)) else None
            yield join.change(key, b.unit, told, now, direction, verdict, rule, reason, noun=noun, doubt=doubt)


def _standing(evidence: Evidence, passage: Passage, counts: tuple[Figure, Figure]) -> int:
    """How things stand by what both sentences of a passage count, where all of their clauses say one thing of it."""
    signs: set[int] = set()
    sides = (evidence.pair.old, passage.old), (evidence.pair.new, passage.new)
    for (side, at), figure in zip(sides, counts, strict=True):
        told = [one for i in at for one in standings(analyse(side.sentences[i].text, side.profile))]
        told = [one for one in told if not one.earlier]
        of_it = [figure.text in one.about != one.words and not one.denied for one in told]
        signs |= {one.sign if counted else 0 for one, counted in zip(told, of_it, strict=True)} or {0}
    return signs.pop() if len(signs) == 1 and evidence.switch(Rule.TURNED).on else 0


def _by_sentence(figures: Sequence[Figure]) -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.indicator is None:
            found[figure.sentence].append(figure)
    return found


def _plain(figure: Figure) -> bool:
    """Whether a figure is a count of its own: amounts of money are of one case each."""
    money = figure.unit is not None and len(figure.unit) == 3 and figure.unit.isupper()
    return figure.value is not None and figure.year is not None and figure.part_of is None and not money


def _same_noun(join: Join, old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[tuple[Figure, Figure, str, int]]:
    """Pairs of figures of one noun and unit, the new narrative's newest with the one of the year before it."""
    by_noun: dict[tuple[str, str | None, bool], list[tuple[Figure, bool, str, int, str]]] = defaultdict(list)
    for figures, newer in ((old, False), (new, True)):
        for figure in figures:
            if named := _noun(join.evidence, figure, newer):
                added = join.comparable.is_addition(
                    figure, newer
                )  # "25 additional inspectors" are not all that there are
                by_noun[named[0].split()[0][:STEM], figure.unit, added].append((figure, newer, *named))
    for told in by_noun.values():
        years = {t[0].year or 0 for t in told if t[1]}
        if not years:
            continue
        latest = [t for t in told if t[1] and t[0].year == max(years)]
        earlier = [t for t in told if (t[0].year or 0) < max(years)]
        if len(latest) != 1 or not earlier:
            continue
        before = max(t[0].year or 0 for t in earlier)
        told_before = [t for t in earlier if t[0].year == before]
        told_before = [t for t in told_before if t[1]] or told_before  # in one sentence the two are compared by it
        if len(told_before) == 1 and told_before[0][0].value != latest[0][0].value:
            narrowed = told_before[0][4], latest[0][4]
            if all(narrowed) and not stems(narrowed[0]) & stems(narrowed[1]):
                continue  # "20 deaths in prisons", "30 deaths in mines"
            noun = latest[0][2] + (latest[0][4] if narrowed[0] == narrowed[1] else "")
            yield told_before[0][0], latest[0][0], noun, latest[0][3]


def _noun(evidence: Evidence, figure: Figure, newer: bool) -> tuple[str, int, str] | None:
    """The first noun of the profile's efforts or harms behind a number in its sentence, its sign, what narrows it."""
    narrative = evidence.pair.new if newer else evidence.pair.old
    sentence = narrative.sentences[figure.sentence]
    said = analyse(sentence.text, narrative.profile)
    rest = sentence.text[figure.end - sentence.start :]
    behind = _PAST.split(rest[:NOUN], maxsplit=1)[0]
    best: tuple[int, str, int] | None = None
    for name, sign in (("detected", 0), ("efforts", 1), ("harms", -1)):
        match = first_of(evidence.judging.words.get(name, ()), behind)
        if match and said.describes(figure.end - sentence.start + match.end() - 1):
            match = None  # "17 arrest warrants" are no arrests
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), match[0].lower(), sign)
    if best is None or _SAID_TO_BE.match(rest, best[0] + len(best[1])):
        return None
    before_it = behind[: best[0]]
    if " and " in before_it or (figure.unit == "percent" and " of " in before_it):
        return None  # "81 judges and prosecutors", "43 percent of prosecutors failed"
    narrows = _NARROWED.match(rest, best[0] + len(best[1]))
    narrowed = _ENDS.sub("", narrows[0]) if narrows and not _TIME.search(narrows[0]) else ""
    if best[2]:
        # "dismissed 60,000 officers" counts a harm to them, whatever they are
        start, end = figure.start - sentence.start, figure.end - sentence.start
        if any(event.rule in _HARMING and event.start < start and end <= event.end for event in said.events):
            return best[1], 0, narrowed
    return best[1], best[2], narrowed


def _same_deed(
    join: Join, passage: Passage, old: Sequence[Figure], new: Sequence[Figure]
) -> Iterator[tuple[Figure, Figure, str, int]]:
    """Pairs of figures of those to whom one deed was done, in sentences that are mostly one: totals, and no incidents.

    The deed says whether more is better: "deported 15 migrants", "revoked the licenses of six agencies".
    """
    if len(passage.old) != 1 or len(passage.new) != 1:
        return
    words = stems(passage.old_text or ""), stems(passage.new_text or "")
    if min(overlap(words[0], words[1]), overlap(words[1], words[0])) < ONE_TELLING:
        return
    told_before, told_now = (
        [(figure, event) for figure in figures if (event := _deed(join.evidence, figure, newer)) is not None]
        for figures, newer in ((old, False), (new, True))
    )
    for before, deed in told_before:
        same = [
            figure
            for figure, event in told_now
            if (event.frame, event.object_class, event.direction) == (deed.frame, deed.object_class, deed.direction)
            and figure.unit == before.unit
            and (before.year or 0) < (figure.year or 0)
        ]
        if len(same) == 1 and same[0].value != before.value:
            named = (deed.object or "").partition(before.text)[2].strip()
            yield before, same[0], named or deed.object_class, deed.direction


def _deed(evidence: Evidence, figure: Figure, newer: bool) -> Event | None:
    """The deed, done and affirmed, that a figure counts the people or things of."""
    narrative = evidence.pair.new if newer else evidence.pair.old
    sentence = narrative.sentences[figure.sentence]
    at = figure.start - sentence.start
    for event in analyse(sentence.text, narrative.profile).events:
        if event.rule == Rule.LAW_ACT:
            continue  # more resolutions are no better law
        if event.start <= at < event.end and event.value == figure.value and event.direction:
            done = event.reality is Reality.DONE and event.polarity == "affirmed" and event.comparison is None
            own = event.doer == "state" or event.doer_basis == "assumed"  # what a charity does is no state's effort
            return event if done and own and not event.alleged and not event.charged else None
    return None


def _only_number(
    join: Join, passage: Passage, old: Sequence[Figure], new: Sequence[Figure]
) -> Iterator[tuple[Figure, Figure, str, int]]:
    """The one pair of figures that is all in which two sentences differ."""
    if len(old) != len(new) or len(passage.added) != 1 or len(passage.removed) != 1:
        return
    pairs = [(a, b) for a, b in zip(old, new, strict=True) if a.text != b.text]
    if len(pairs) != 1:
        return
    a, b = pairs[0]
    if a.unit == b.unit and a.value != b.value and (a.year or 0) < (b.year or 0):
        yield a, b, "", 0
