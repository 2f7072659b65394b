"""What stands otherwise than it stood: a matter of which the old text tells that it is well and the new one badly.

Both texts have to tell of the matter, in one section, and neither of them both ways. What is told is read by clause
(`language.standing`), so that the words need not be alike: "had no shelter" is answered by "a shelter took in men".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from operator import attrgetter

from diffing.judging.evidence import Evidence, Passage, compare, quoted
from diffing.language.analysis import Analysis, analyse
from diffing.language.standing import Standing, standings
from diffing.language.stems import ONE_MATTER, overlap, overlap_of_shorter, stems
from diffing.model import Finding, Reason, Rule, Verdict

# Of several clauses one answers another from this share of the other's words on. Range 0.1 to 0.5.
SAME_CLAUSE = 0.2

# What answers it from afar, and not in its place, shares so much of its words. Range 0.25 to 0.5.
FROM_AFAR = 0.45

# From this share of its words on what is only done is ended or denied by another clause. Range 0.5 to 0.8.
SAME_THING = 0.6

# From this share of its words on a clause stands in the old sentence as it is, and says nothing of the others.
VERBATIM = 0.8

# So many stems two sentences share at least that stand in few of the old text's. Range 1 to 4.
SHARED = 2
# Of a block of more old sentences none stood in a new one's place. Range 10 to 100, for each is compared with each.
MOST_IN_PLACE = 36
# A stem says little of a matter from this share of the old sentences on, and from so many. Range 0.03 to 0.2; 2 to 5.
COMMON, OFTEN = 0.05, 4


def turned_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each new sentence whose matter stood otherwise in the old text; those `taken` left out."""
    if not evidence.switch(Rule.TURNED).on:
        return
    for passage in evidence.passages:
        if passage.new_text is None or evidence.tells_no_deed(passage) or evidence.is_overview(passage.section):
            continue
        for j in passage.new:
            if j not in taken:
                yield from _turned(evidence, passage, j)


def _turned(evidence: Evidence, passage: Passage, j: int) -> Iterator[Finding]:
    pair = evidence.pair
    said = analyse(pair.new.sentences[j].text, pair.new.profile)
    told = standings(said)
    now = [one for one in told if not one.earlier]
    if not now or said.no_reports:
        return
    best: tuple[float, int, set[int]] | None = None
    rare = _rare(evidence, stems(said.text))
    for i in _answering(evidence, passage, rare):
        if _counted(evidence, i, j):
            continue  # asked first, for how things stand takes a hundred times as long to read
        old = analyse(pair.old.sentences[i].text, pair.old.profile)
        before = [one for one in standings(old) if not one.earlier]
        if not before:
            continue
        here = passage.block is not None and evidence.blocks[passage.block] == ((i,), (j,))
        ways = [{one.sign for one in side if not one.plain} for side in (before, now)]
        alike = old.may_deny == said.may_deny and (not all(ways) or bool(ways[0] & ways[1]))
        if alike and not stems(said.text) - stems(old.text):
            continue  # nothing is told that was not
        words = _rare(evidence, stems(old.text))
        share, signs = _against(before, now, words, rare, here or i in passage.old)
        if signs and (best is None or share > best[0]):
            best = share, i, signs
    signs = _by_itself(told)
    if best is None:
        before_it = passage.old or lack_met(evidence, passage, j)
        sure = {one.sign for one in now if not one.plain}
        signs = signs or (sure if before_it and not passage.old and len(sure) == 1 else set())
        if not signs or evidence.old_told.nearest(stems(said.text))[1] >= VERBATIM:
            return
        before_it = before_it or evidence.replaced_by(passage, stems(said.text)) or _never(evidence, passage, said)
    else:
        before_it, signs = (best[1],), signs or best[2]
    verdict = Verdict.MIXED if len(signs) > 1 else compare(0, next(iter(signs)))
    yield from evidence.finding(
        Rule.TURNED,
        verdict,
        f"Told otherwise now: “{quoted(pair.new.sentences[j].text)}”.",
        old=before_it,
        new=(j,),
        reason=Reason(sought="the same matter", found=quoted(evidence.text_of(before_it, True) or "")),
    )


def lack_met(evidence: Evidence, passage: Passage, j: int) -> tuple[int, ...]:
    """The old sentence of the section whose lack a new one meets, or what it says is lacking: a thing by its names."""
    pair = evidence.pair
    said = analyse(pair.new.sentences[j].text, pair.new.profile)
    now, words = [one for one in standings(said) if not one.earlier], stems(said.text)
    told = [group for group in map(stems, pair.new.profile.grammar.get("one_thing", ())) if group & words]
    found: list[tuple[float, int]] = []
    for i in evidence.changed_facts(passage.section) if told else ():
        old = analyse(pair.old.sentences[i].text, pair.old.profile)
        others = stems(old.text)
        if old.may_deny == said.may_deny or _counted(evidence, i, j):
            continue
        before = [one for one in standings(old) if not one.earlier]
        lacking, having = (before, now) if old.may_deny else (now, before)
        for group in told:
            lacked = [one for one in lacking if one.denied and group & stems(one.words)]
            had = any(not one.denied and group & stems(one.words) for one in having)
            shared = (words & others) - group
            things = [stems(one.about) & group for one in lacked]
            named = any(0 < max(map(evidence.old_told.count, thing), default=0) < OFTEN - 1 for thing in things)
            if lacked and had and (shared if named else _rare(evidence, shared)):
                found.append((overlap_of_shorter(words, others), -i))
    return (-max(found)[1],) if found else ()


def _by_itself(told: Iterable[Standing]) -> set[int]:
    """The signs of the clauses that say themselves that things stood otherwise: "for the first time"."""
    before = {one.sign for one in told if one.earlier and one.changed}
    stands = [one for one in told if not one.earlier]
    now = {one.sign for one in stands if not one.plain} or {one.sign for one in stands}
    changed = [one for one in told if one.changed and not one.earlier]
    changed = [one for one in changed if not one.plain] or changed
    return {one.sign for one in changed} or (now if len(now) == 1 and before == {-sign for sign in now} else set())


def _never(evidence: Evidence, passage: Passage, said: Analysis) -> tuple[int, ...]:
    """The old sentence of the section that counts none of what a sentence's verbs name: "has never prosecuted"."""
    indicators = said.known.indicators
    names = {indicators[number].name for word in said.words.known for number in word.entry.verbs}
    sections = evidence.pair.old.sentence_sections
    none = (i for i, told in evidence.old_counts.items() if sections[i] == passage.section)
    return next(((i,) for i in none if any((name, 0.0) in evidence.old_counts[i] for name in names)), ())


def _counted(evidence: Evidence, i: int, j: int) -> bool:
    """Whether two sentences count one thing, and not the same number of it: then the numbers decide."""
    old, new = evidence.old_counts.get(i, set()), evidence.new_counts.get(j, set())
    return old != new and not {name for name, _ in old}.isdisjoint(name for name, _ in new)


def _rare(evidence: Evidence, words: frozenset[str]) -> frozenset[str]:
    """The stems that say what a sentence is about: those that stand in few sentences of the old text."""
    told = evidence.old_told
    most = max(OFTEN, COMMON * len(told.stems))
    return frozenset(word for word in words if told.count(word) < most)


def _answering(evidence: Evidence, passage: Passage, rare: frozenset[str]) -> list[int]:
    """The old sentences that a passage may answer: those that it is linked to, else what changed in its section.

    Of that, what stood in its place, or shares the words that say what it is about.
    """
    if passage.old:
        return sorted(evidence.old_facts.intersection(passage.old))
    here = evidence.blocks[passage.block][0] if passage.block is not None else ()
    like = evidence.old_told.sharing(rare, SHARED).union(here if len(here) <= MOST_IN_PLACE else ())
    return sorted(like & evidence.changed_facts(passage.section))


def _against(
    before: list[Standing], now: list[Standing], old: frozenset[str], new: frozenset[str], joined: bool
) -> tuple[float, set[int]]:
    """How much the two sentences share, and the signs of the new clauses that only stand against the old ones.

    Each clause is held against the one of the other side that shares most words with it; `joined` sentences answer
    each other by their place.
    """
    share = overlap_of_shorter(old, new)
    about, told = (
        frozenset.intersection(*(frozenset[str]().union(*(stems(of(one)) for one in side)) for side in (before, now)))
        for of in (attrgetter("about"), attrgetter("words"))
    )
    if len(old & new) < SHARED and not (joined and (about or len(told) >= SHARED)):
        return 0.0, set()
    if not joined and share < ONE_MATTER:
        return 0.0, set()
    signs, turned, still = set(), 0.0, 0.0
    undone = {(one.verb, one.sign) for one in before if one.denied}
    kept = {one.about for one in now if one.denied and (one.verb, one.sign) in undone}
    for one in now:
        if one.about in kept:
            continue  # "had not adopted them", "still had not adopted or put into use"
        words = stems(one.words)
        against = max((overlap(stems(other.words), words) for other in before if _opposed(other, one)), default=-1.0)
        along = max((overlap(stems(other.words), words) for other in before if other.sign == one.sign), default=-1.0)
        if SAME_CLAUSE <= along < VERBATIM and not one.plain:
            still = max(still, along)  # it stands so still
        least = FROM_AFAR if not joined else SAME_CLAUSE if one.plain or len(now) > 1 else 0
        if against >= least and against > 2 * along:
            signs.add(one.sign)
            turned = max(turned, against)
    return share, signs if turned > still or not still else set()


def _opposed(old: Standing, new: Standing) -> bool:
    """Whether two clauses of one matter stand against each other.

    What is only done says nothing against what is bad by itself, but much against its own denial, or its end.
    """
    if old.sign == new.sign:
        return False
    if not old.plain and not new.plain:
        return True
    if old.plain and new.plain:
        if old.denied != new.denied and overlap_of_shorter(stems(old.words), stems(new.words)) >= SAME_THING:
            return True  # "kept the lists of", "gave up the lists of"
        lacked = [stems(a.about) & stems(b.words) for a, b in ((old, new), (new, old)) if a.verb in ("have", "be")]
        return any(lacked) or bool(stems(old.verb) & stems(new.words) or stems(new.verb) & stems(old.words))
    return old.plain or old.denied != new.denied
