"""Figures of no known indicator: two sentences that are one but for a number, or that count the same noun.

The noun behind a number ("deaths", "inspectors") says whether more is better, where the profile lists it among its
efforts or harms; else the change is shown and its verdict is unclear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from diffing.judging.changes import Join
from diffing.judging.comparable_figures import ADDITION, Comparable
from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.reported_values import Joined, Key, Told
from diffing.judging.several_numbers import likeness_beside
from diffing.language.analysis import Analysis
from diffing.language.standing import standings
from diffing.language.stems import STEM, overlap, overlap_of_shorter, stems
from diffing.model import Actor, Direction, Doubt, Figure, Pair, Reason, Rule, Verdict
from diffing.model.printed_numbers import is_money

# How far behind a number its noun may stand, in characters. Range 15 to 60; farther reads the noun of another number.
NOUN = 30

# Two sentences that answer each other count one deed where one shares this much of its words with the other. Range 0.4
# to 0.9; lower joins what two deeds of a long sentence count.
ONE_TELLING = 0.5

# So many numbers that answer one alike are told apart by the words beside them. Range 4 to 20; more slow long lists.
MOST_RIVALS = 8
# Counts of one passage in both reports: more are a table without lines, in which nothing answers. Range 40 to 200; each
# is held against each, and 1,300 in 8 kB took a second.
MOST_TOLD = 80
# Why two numbers without a noun are one count.
ONLY = "the only number that differs between the two sentences"

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

# Rules of events whose number counts who suffered.
_HARMING = (Rule.HARM, Rule.LAW_UNDONE)
# Past these words a noun is not what the number counts: "739 times in domestic violence situations".
_PAST = re.compile(r"[,;.]| (?:in|by|for|from|with|at|on|to|who|that|which|were|was|had|during)\b")

_WAYS = {Direction.UP: 1, Direction.DOWN: -1}
# Whose deeds are not the state's own.
_OTHERS = ("civil", "international")


def counted_changes(evidence: Evidence) -> Iterator[Joined]:
    """The changes of figures without an indicator, passage by passage."""
    join = Join(evidence)
    olds, news = (_by_sentence(join.pair, newer) for newer in (False, True))
    if not news:
        return
    for passage in evidence.passages:
        if not passage.new or evidence.is_recommendation(passage.section):
            continue
        told = [
            _Count(one, stems(" ".join(one.figure.reason.words)), *_noun(join.comparable, one))
            for of, at in ((olds, passage.old), (news, passage.new))
            for sentence in at
            for one in of.get(sentence, ())
        ]
        found = list(_pairs(join, passage, told))
        if not found and len(passage.old) == len(passage.new) == 1:
            found = list(_only_number(passage, told))
        for before, after, noun, sign in found:
            b, then, now = after.figure, before.told, after.told
            apart = join.comparable.incomparable(then, now)
            direction, rule, why = join.comparable.direction(then, now, apart)
            # a number of a part of a year is shown beside the other, without a direction
            if why and (apart in (None, ADDITION) or not join.comparable.answer(then, now)):
                continue
            if not sign and not evidence.tells_no_deed(passage):
                signs = {_worth(join.comparable, one) for one in (then, now)} - {0}
                sign = signs.pop() if len(signs) == 1 else 0
            verdict = Verdict.UNCLEAR if why or not sign else compare(0, _WAYS[direction], sign)
            reason = Reason(words=noun, because=why or ("" if noun else ONLY))
            key = Key(None, b.actor, None if noun else b.breakdown, b.body, b.unit)  # the noun says of whom
            verdict = evidence.judged(rule, verdict)
            # "17 law enforcement agencies" count no enforcement, "received 24 referrals" no effort
            said, at = join.comparable.sentence_of(now).text, join.comparable.place(now)
            behind, came = said[at + b.end - b.start :].lstrip().lower(), "receiv" in said[:at].lower()
            doubt = Doubt.WORTH if sign > 0 and (came or not behind.startswith(noun)) else None
            yield join.change(key, then, now, direction, verdict, rule, reason, noun=noun, doubt=doubt)


def _worth(comparable: Comparable, told: Told) -> int:
    """What more is worth of what a figure counts, by the deed that it counts the people or things of; 0 if unknown.

    Else by how things stand in its clause, where it is the state's; a plain deed is worth its doing.
    """
    figure, said, at = told.figure, comparable.said(told), comparable.place(told)
    for event in said.events:
        if event.start <= at < event.end and event.value == figure.value and event.direction:
            if event.rule == Rule.LAW_ACT:
                continue  # more resolutions are no better law
            done = event.took_place and event.by_the_state and event.comparison is None
            return event.direction if done and not (event.alleged or event.charged or event.example) else 0
    if not comparable.evidence.switch(Rule.TURNED).on or figure.actor is not Actor.GOVERNMENT or figure.unit is None:
        return 0  # that a council meets five times is worth nothing
    others = [part for part in said.phrases if any(thing.name in _OTHERS for thing in said.things_of(part))]
    number = set(said.text[at : at + figure.end - figure.start].split())
    stands = [one for one in standings(said) if number <= {word.strip(",.;:()") for word in one.words.split()}]
    stands = [one for one in stands if not any(said.text[other.start : other.end] in one.words for other in others)]
    for inmost in sorted(stands, key=lambda one: len(one.words))[:1]:
        covers = figure.part_of is not None and figure.unit == "items"  # "reached nine of the 20 districts"
        deed = covers or inmost.verb in comparable.pair.new.profile.grammar["deeds"]
        came = inmost.verb == "receive" and figure.unit != "percent"  # complaints: more trust, or more harm
        if not (came or inmost.earlier or inmost.denied) and (deed or not inmost.plain):
            return inmost.sign * _level(said, at, inmost.verb)
    return 0


def _level(said: Analysis, at: int, verb: str) -> int:
    """-1 where what is counted fell to the number: "fell to 36" is bad for what more of is good; else 1."""
    k = said.words.behind(at)
    fell = any(verb == word.entry.verb and "downward" in word.entry.roles for word in said.words.known[:k])
    return -1 if fell and said.words.folded[k - 1] in ("to", "from") else 1


def _by_sentence(pair: Pair, newer: bool) -> dict[int, list[Told]]:
    """The figures of each sentence that are counts without an indicator: amounts of money are of one case each."""
    found: dict[int, list[Told]] = defaultdict(list)
    for figure in pair.new_figures if newer else pair.old_figures:
        counts = figure.indicator is None and figure.value is not None and figure.year is not None
        if counts and not is_money(figure.unit or ""):
            found[figure.sentence].append(Told(figure, figure.report_year or pair.old.year, newer))
    return found


class _Count(Struct):
    """A figure of a passage with what it counts: the noun of efforts or harms, its sign, what narrows it."""

    told: Told
    words: frozenset[str]  # the stems that name it and its deed
    noun: str = ""
    sign: int = 0
    narrowed: str = ""

    @property
    def figure(self) -> Figure:
        return self.told.figure

    @property
    def newer(self) -> bool:
        return self.told.newer

    @property
    def year(self) -> int:
        return self.figure.year or 0

    def like(self, other: _Count, one_telling: bool) -> float:
        """How surely two counts are of one thing: by their noun, else by the words that name both and their deed."""
        if self.figure.unit != other.figure.unit:
            return 0.0
        whole = self.figure.part_of is None and other.figure.part_of is None
        if whole and self.noun and self.noun.split()[0][:STEM] == (other.noun or " ").split(" ")[0][:STEM]:
            apart = self.narrowed and other.narrowed and not stems(self.narrowed) & stems(other.narrowed)
            return 0.0 if apart else 2.0  # "20 deaths in prisons", "30 deaths in mines"
        return overlap(self.words, other.words) if one_telling and self.newer != other.newer else 0.0


def _pairs(join: Join, passage: Passage, told: Sequence[_Count]) -> Iterator[tuple[_Count, _Count, str, int]]:
    """Pairs of counts of one thing, each of the newest year with the newest before it: totals, and no incidents.

    The noun says whether more is better, or the deed ("deported 15 migrants", "revoked the licenses of six agencies"),
    or how things stand by the clauses that count both.
    """
    if len(told) > MOST_TOLD:
        return
    latest = [count for count in told if count.newer]
    sides = map(_but_numbers, passage.texts)
    one_telling = bool(passage.old and latest) and overlap_of_shorter(*sides) >= ONE_TELLING
    own = {(part.figure.part_of, bool(part.words - whole.words)) for part in latest for whole in latest
           if part.figure.part_of == whole.figure.figure}  # fmt: skip
    taken: set[int] = set()  # where they stand in `told`
    some = _some_of(join)  # "310 of 880 municipalities": what is compared is the 310
    for now in sorted(latest, key=lambda count: count.figure.part_of is not None):
        if (True, now.figure.figure) in some or (now.figure.figure, True) in own or (now.figure.part_of, False) in own:
            continue  # "of 900 laborers, 210 received certificates": the part has a deed of its own
        if any(now.like(other, False) and other.year >= now.year for other in latest if other is not now):
            continue
        likes = {n: now.like(c, one_telling) for n, c in enumerate(told) if c.year < now.year and n not in taken}
        best = max(((like, told[n].year) for n, like in likes.items() if like), default=None)
        ways = [n for n, like in likes.items() if (like, told[n].year) == best]
        ways = [n for n in ways if told[n].newer and told[n].noun] or ways
        if 1 < len(ways) <= MOST_RIVALS:
            beside = [likeness_beside(join.comparable, told[n].told, now.told) for n in ways]
            ways = [n for n, like in zip(ways, beside, strict=True) if like == max(beside) > 0]
        ways = [n for n in ways if told[n].figure.part_of is None] or ways
        if len(ways) != 1:
            continue
        before = told[ways[0]]
        taken.add(ways[0])
        named = some.get((before.newer, before.figure.figure))
        before = next((c for c in told if c.figure is named), before)
        if before.figure.value == now.figure.value:  # "four of the eleven regions", then "all eleven"
            was, part = (
                [c for c in told if (c.newer, c.figure.part_of) == (whole.newer, whole.figure.figure)]
                for whole in (before, now)
            )
            before = was[0] if len(was) == 1 and not part else before
        if before.figure.value == now.figure.value:
            continue
        if now.noun and before.noun:
            yield before, now, now.noun + (now.narrowed if before.narrowed == now.narrowed else ""), now.sign
        else:
            yield before, now, " ".join(now.figure.reason.words[-1:]), 0


def _some_of(join: Join) -> dict[tuple[bool, int], Figure]:
    """The numbers that only say of how many another is, by the side and their own number, each with that other."""
    found: dict[tuple[bool, int], Figure] = {}
    for newer, figures in ((False, join.pair.old_figures), (True, join.pair.new_figures)):
        starts = {figure.figure: figure.start for figure in figures}
        of = (f for f in figures if f.part_of is not None and f.start < starts.get(f.part_of, 0))
        found |= {(newer, figure.part_of): figure for figure in of if figure.part_of is not None}
    return found


def _noun(comparable: Comparable, told: Told) -> tuple[str, int, str] | tuple[()]:
    """The first noun of the profile's efforts or harms behind a number in its sentence, its sign, what narrows it."""
    figure, said, start = told.figure, comparable.said(told), comparable.place(told)
    end = start + figure.end - figure.start
    rest = said.text[end:]
    behind = _PAST.split(rest[:NOUN], maxsplit=1)[0]
    best: tuple[int, str, int] | None = None
    for name, sign in (("detected", 0), ("efforts", 1), ("harms", -1)):
        match = comparable.evidence.first(name, behind)
        if match and said.describes(end + match.end() - 1):
            match = None  # "17 arrest warrants" are no arrests
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), match[0].lower(), sign)
    if best is None:
        return ()
    before_it = behind[: best[0]]
    if " and " in before_it or (figure.unit == "percent" and " of " in before_it):
        return ()  # "81 judges and prosecutors", "43 percent of prosecutors failed"
    narrows = _NARROWED.match(rest, best[0] + len(best[1]))
    narrowed = _ENDS.sub("", narrows[0]) if narrows and not _TIME.search(narrows[0]) else ""
    # "dismissed 60,000 officers" counts a harm to them, whatever they are
    harm = best[2] and any(e.rule in _HARMING and e.start < start and end <= e.end for e in said.events)
    return best[1], 0 if harm else best[2], narrowed


def _only_number(passage: Passage, told: Sequence[_Count]) -> Iterator[tuple[_Count, _Count, str, int]]:
    """The one pair of figures that is all in which two sentences differ."""
    old, new = ([c for c in told if c.newer is side] for side in (False, True))
    one = len(old) == len(new) and len(passage.added) == len(passage.removed) == 1
    pairs = [(a, b) for a, b in zip(old, new, strict=True) if a.figure.text != b.figure.text] if one else []
    for a, b in pairs if len(pairs) == 1 else ():
        if a.figure.unit == b.figure.unit and a.figure.value != b.figure.value and a.year < b.year:
            yield a, b, "", 0


def _but_numbers(text: str) -> frozenset[str]:
    """The stems of a text's words: two that count one thing differ in their numbers."""
    return frozenset(stem for stem in stems(text) if not stem[0].isdigit())
