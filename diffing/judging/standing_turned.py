"""What stands otherwise than it stood: a matter of which the old text tells that it is well and the new one badly.

Both texts have to tell of the matter, in one section, and neither of them both ways. What is told is read by clause
(`language.standing`), so that the words need not be alike: "had no shelter" is answered by "a shelter took in men".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

from diffing.judging.evidence import OVERVIEWS, Evidence, Passage, compare
from diffing.judging.quoting import quoted
from diffing.language.groups import PEOPLE, apart
from diffing.language.standing import Standing, standings
from diffing.language.stems import ONE_MATTER, overlap, overlap_of_shorter, stems
from diffing.model import Finding, Reason, Rule, Verdict

# Of several clauses one answers another from this share of the other's words on. Range 0.1 to 0.5.
SAME_CLAUSE = 0.2

# What answers it from afar, and not in its place, shares so much of its words. Range 0.25 to 0.5.
FROM_AFAR = 0.45

# From this share of its words on what is only done is ended or denied by another clause. Range 0.5 to 0.8.
SAME_THING = 0.6

# From this share of the words that say what they are about on, of so many at least, one sentence is the other in other
# words. Range 0.5 to 0.8, and 4 to 6; of nine findings of such on pairs that nobody had read seven were wrong.
IN_OTHER_WORDS, OF_MANY = 0.6, 5


# From this share of its words on a clause stands in the old sentence as it is, and says nothing of the others.
VERBATIM = 0.8

# So many stems two sentences share at least that stand in few of the old text's. Range 1 to 4.
SHARED = 2
# Of a block of more old sentences none stood in a new one's place. Range 10 to 100, for each is compared with each.
MOST_IN_PLACE = 36
# Of a section in which more old sentences changed only what stood in place is asked. Range 100 to 1,000.
MOST_LOOKED_AT = 300
# A stem says little of a matter from this share of the old sentences on, and from so many. Range 0.03 to 0.2; 2 to 5.
COMMON, OFTEN = 0.05, 4


def turned_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each new sentence whose matter stood otherwise in the old text; those `taken` left out."""
    if not evidence.switch(Rule.TURNED).on:
        return
    for passage, j in evidence.told_now:
        if j not in taken and passage.section not in OVERVIEWS:
            yield from _case_lost(evidence, j) or _turned(evidence, passage, j)


def _case_lost(evidence: Evidence, j: int) -> list[Finding]:
    """The finding that somebody was acquitted whose case the old text tells to have been pursued."""
    pair, said = evidence.pair, evidence.said(j)
    for clause in said.clauses:
        acts = said.known.acts.get(("verb", clause.verb.lemma), ())
        if clause.verb.denied or not clause.verb.finite or all(act.name != "acquit" for act in acts):
            continue
        whom = stems(said.text[clause.patients[0].start : clause.patients[0].end]) if clause.patients else frozenset()
        known = evidence.old_told.sharing(_rare(evidence, whom), 1) & evidence.old_facts
        like = (i for i in known if overlap(whom, evidence.old_told.stems[i]) >= SAME_THING)
        pursued = {i for i in like if _pursues(evidence, i)}
        i, _ = evidence.old_told.nearest(stems(said.text), pursued)
        if i >= 0:
            summary = f"Acquitted, where the {pair.old.year} report tells of the case: “{quoted(said.text)}”."
            reason = Reason(sought="the same case", found=quoted(pair.old.sentences[i].text))
            return evidence.finding(Rule.TURNED, Verdict.BACKSLIDING, summary, old=(i,), new=(j,), reason=reason)
    return []


def _pursues(evidence: Evidence, i: int) -> bool:
    """Whether an old sentence tells that somebody is pursued: investigated, charged, on trial."""
    old = evidence.said(i, newer=False)
    pursued = any(event.effect == "pursue" and event.affirmed for event in old.events)
    return pursued or "trial" in old.words.folded


def _turned(evidence: Evidence, passage: Passage, j: int) -> Iterator[Finding]:
    said = evidence.said(j)
    told = standings(said)
    now = [one for one in told if not one.earlier]
    if not now or said.no_reports:
        return
    answers: dict[bool, tuple[float, int, set[int]]] = {}  # whether it stands otherwise: the nearest that does, and not
    rare = _matter(evidence, _rare(evidence, stems(said.text)))
    block, came = evidence.block_of(passage)
    in_place = set(zip(block, came, strict=True)) if len(block) == len(came) else ()  # of as many, each by its number
    for i in _answering(evidence, passage, rare):
        if _counted(evidence, i, j) or (i not in passage.old and _count_apart(evidence, i, j)):
            continue  # asked first, for how things stand takes a hundred times as long to read
        old = evidence.said(i, newer=False)
        before = [one for one in standings(old) if not one.earlier]
        if not before:
            continue
        ways = [{one.sign for one in side if not one.plain} for side in (before, now)]
        alike = old.may_deny == said.may_deny and (not all(ways) or bool(ways[0] & ways[1]))
        if alike and not stems(said.text) - stems(old.text):
            continue  # nothing is told that was not
        words = _matter(evidence, _rare(evidence, stems(old.text)))
        near = i in block and overlap_of_shorter(*(_matter(evidence, stems(one.text)) for one in (old, said)))
        joined = i in passage.old or (i, j) in in_place or near >= SAME_THING
        share, signs = _against(evidence, before, now, words, rare, joined)
        ways_told = [[one.sign for one in side if not one.plain] for side in (before, now)]
        turned = bool(signs) and not (joined and ways_told[0] and ways_told[0] == ways_told[1])
        if share > answers.get(turned, (-1.0,))[0]:
            answers[turned] = share, i, signs
    best, still = answers.get(True), answers.get(False)
    signs = _by_itself(told)
    if best is None or (still is not None and still[0] > best[0]):
        if not signs or evidence.old_told.nearest(stems(said.text))[1] >= VERBATIM:
            return
        before_it = passage.old or _lacked(evidence, passage, signs) or evidence.replaced_by(passage, stems(said.text))
    else:
        before_it, signs = (best[1],), signs or best[2]
    yield from evidence.finding(
        Rule.TURNED,
        Verdict.MIXED if len(signs) > 1 else compare(0, next(iter(signs))),
        f"Told otherwise now: “{quoted(said.text)}”.",
        old=before_it,
        new=(j,),
        reason=Reason(sought="the same matter", found=quoted(evidence.text_of(before_it, True) or "")),
    )


def _lacked(evidence: Evidence, passage: Passage, signs: set[int]) -> tuple[int, ...]:
    """The old sentence, changed or gone, that denied in a clause what is done for the first time now."""
    if signs != {1}:
        return ()
    words = stems(passage.new_text)
    matter, best = _matter(evidence, words), (ONE_MATTER, -1)
    for i in sorted(evidence.old_told.sharing(words, SHARED) & evidence.changed_facts[passage.section]):
        told = standings(evidence.said(i, newer=False))
        of = [_matter(evidence, _rare(evidence, stems(one.words.partition(";")[0]))) for one in told if one.denied]
        best = max([best, *((overlap(one, matter), i) for one in of if one & matter)], key=lambda one: one[0])
    return best[1:] if best[1] >= 0 else ()


def _by_itself(told: Iterable[Standing]) -> set[int]:
    """The signs of the clauses that say themselves that things stood otherwise: "for the first time"."""
    before = {one.sign for one in told if one.earlier and one.changed}
    stands = [one for one in told if not one.earlier]
    now = {one.sign for one in stands if not one.plain} or {one.sign for one in stands}
    changed = [one for one in told if one.changed and not one.earlier]
    changed = [one for one in changed if not one.plain] or changed
    return {one.sign for one in changed} or (now if len(now) == 1 and before == {-sign for sign in now} else set())


def _counted(evidence: Evidence, i: int, j: int) -> bool:
    """Whether two sentences count one thing, and not the same number of it: then the numbers decide."""
    old, new = evidence.old_counts.get(i, set()), evidence.new_counts.get(j, set())
    none = any(value == 0 for _, value in (*old, *new))
    return old != new and not none and not {name for name, _ in old}.isdisjoint(name for name, _ in new)


def _count_apart(evidence: Evidence, i: int, j: int) -> bool:
    """Whether two sentences count, and no one thing: "identified 14 victims", "cut the grant to 350,000"."""
    sides = evidence.old_counts.get(i, ()), evidence.new_counts.get(j, ())
    old, new = ({name for name, value in of if value} for of in sides)  # what is none may be the matter itself
    return bool(old and new) and old.isdisjoint(new)


@lru_cache(maxsize=8)
def _names(lines: tuple[str, ...]) -> dict[str, str]:
    """Each stem of the names of one thing, with the first of them."""
    return {stem: min(stems(line)) for line in lines for stem in stems(line)}


def _matter(evidence: Evidence, words: frozenset[str]) -> frozenset[str]:
    """Stems, those of one thing's names alike: of "refuge" and "shelter" one is the other."""
    names = _names(tuple(evidence.pair.new.profile.grammar.get("one_thing", ())))
    return frozenset(names.get(word, word) for word in words)


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
    changed = evidence.changed_facts[passage.section]
    block, _ = evidence.block_of(passage)
    here = block if len(block) <= MOST_IN_PLACE else ()
    if len(changed) > MOST_LOOKED_AT:
        return sorted(changed.intersection(here))
    told = evidence.old_told.stems
    like = {i for i in changed if len(_matter(evidence, _rare(evidence, told[i])) & rare) >= SHARED}
    return sorted(like.union(here) & changed)


def _against(
    evidence: Evidence,
    before: list[Standing],
    now: list[Standing],
    old: frozenset[str],
    new: frozenset[str],
    joined: bool,
) -> tuple[float, set[int]]:
    """How much two sentences of one matter share (-1: they are of two), and the signs of the new one's clauses that
    stand against the old one's.

    Each clause is held against the one of the other side that shares most words with it; `joined` sentences answer
    each other by their place.
    """
    share = overlap_of_shorter(old, new)
    told, about = (
        [_matter(evidence, stems(" ".join(map(of, side)))) for side in (before, now)]
        for of in (attrgetter("words"), attrgetter("about"))
    )
    one_thing = about[0] & told[1] or about[1] & told[0] or len(told[0] & told[1]) >= SHARED
    if not (joined and one_thing) and (len(old & new) < SHARED or (not joined and share < ONE_MATTER)):
        return -1.0, set()
    reworded = share >= IN_OTHER_WORDS and len(old & new) >= OF_MANY
    signs, turned, still = set(), 0.0, 0.0
    undone = {(one.verb, one.sign) for one in before if one.denied}
    kept = {one.about for one in now if one.denied and (one.verb, one.sign) in undone}
    for one in now:
        if one.about in kept or one.same:
            continue  # "had not adopted them", "still had not adopted or put into use"
        words = _matter(evidence, stems(one.words))
        near = [(overlap(_matter(evidence, stems(other.words)), words), other) for other in before]
        opposed = [(much, other) for much, other in near if _opposed(evidence, other, one)]
        against = max((much for much, other in opposed if not reworded or _shown(other, one)), default=-1.0)
        alike = (much for much, other in near if other.sign == one.sign and (one.plain or not other.plain))
        along = max(alike, default=-1.0)
        if SAME_CLAUSE <= along < VERBATIM and not one.plain:
            still = max(still, along)  # it stands so still
        least = FROM_AFAR if not joined else SAME_CLAUSE if one.plain or len(now) > 1 else 0
        if against >= least and against > 2 * along:
            signs.add(one.sign)
            turned = max(turned, against)
    return share, signs if turned > still or not still else set()


def _shown(old: Standing, new: Standing) -> bool:
    """Whether it is told that they stand against each other, and not only read off two nouns of different worth."""
    by = {old.by, new.by}
    ended = "end" in by and len(by) > 1
    return old.denied or new.denied or ended or by == {"praise"} or not by.isdisjoint(("duty", "itself"))


def _opposed(evidence: Evidence, old: Standing, new: Standing) -> bool:
    """Whether two clauses of one matter stand against each other.

    What is only done says nothing against what is bad by itself, but much against its own denial, or its end. What a
    rule says and what is done are two things, and so are the deeds of the state and of others, and what two groups get.
    """
    others = bool(new.outsider) and not stems(new.outsider) & stems(old.words)
    if old.sign == new.sign or (old.law is not new.law and old.verb != new.verb) or others:
        return False
    by = (*PEOPLE, "body") if old.verb == new.verb else PEOPLE
    if apart(old.words, new.words, evidence.pair.new.profile, by):
        return False
    if not old.plain and not new.plain:
        return True
    if old.plain and new.plain:
        words = [_matter(evidence, stems(one.words)) for one in (old, new)]
        if old.denied != new.denied and overlap_of_shorter(*words) >= SAME_THING:
            return True  # "kept the lists of", "gave up the lists of"
        return bool(stems(old.verb) & words[1] or stems(new.verb) & words[0])
    return old.plain or old.denied != new.denied
