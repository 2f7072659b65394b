"""How many and how often: "many employers" where "some employers" stood, "rarely" where "often" did.

The profile's lists `amounts`, `frequencies` and `spread` are ladders, the least first; the words of one line are one
step, for editors exchange them freely ("many", "most"). Words of two ladders are never compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.ladders import named
from diffing.judging.quoting import quoted
from diffing.language.event_times import day_of
from diffing.language.standing import standings
from diffing.language.stems import overlap, stems
from diffing.language.word_lists import any_of, pieces
from diffing.model import Doubt, Finding, Op, Rule, Verdict

# Two sentences say one thing but for how much of it only where they share this much of their words. Range 0.5 to 0.9.
ALL_BUT_AMOUNT = 0.6

# So many words behind the one that was exchanged tell whether it is of the same thing. Range 3 to 8.
BEHIND = 5

# How far behind a denial what it denies may stand, in characters. Range 20 to 60.
DENIED = 40

# From so many exchanges of one word for another on, the edition chose a softer or harsher word. Range 3 to 6.
HABIT = 4

# From this line of `frequencies` on something is done often. Range 1 to 3.
OFTEN = 2

_LISTS = ("amounts", "none_or_few", "frequencies", "meetings", "hours", "spread")


class Exchange(Struct, frozen=True):
    """One word of a ladder in the place of another: `way` is 1 for more and -1 for less."""

    old: str
    new: str
    way: int
    spread: bool  # how widespread something is: the word may stand behind it


def exchange(ladders: Sequence[tuple[str, ...]], added: Sequence[str], removed: Sequence[str]) -> Exchange | None:
    """The one word of a ladder that was exchanged, or None where there is none or several.

    >>> exchange([("few|hardly any", "some|a few", "many|most")], ["Many"], ["hardly any"])
    Exchange(old='hardly any', new='many', way=1, spread=True)
    """
    found = []
    of_any = _steps(("|".join(line for lines in ladders for line in lines),))
    if not all(any(named(of_any, run) for run in runs) for runs in (removed, added)):
        return None  # most edits
    for lines in ladders:
        old, new = (
            [(n, run[a:b].lower()) for run in runs for n, a, b in named(_steps(lines), run)]
            for runs in (removed, added)
        )
        if old and new and (len(old) > 1 or len(new) > 1):
            return None
        if old and new and (way := new[0][0] - old[0][0]):
            found.append(Exchange(old[0][1], new[0][1], 1 if way > 0 else -1, lines is ladders[-1]))
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=64)
def _steps(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns of the steps of a ladder."""
    return tuple(rf"(?i)\b(?<!the )(?:{line})\b(?! \w+ly\b)" for line in lines)


def _not_always(passage: Passage, nearly: Sequence[str]) -> Exchange | None:
    """The exchange of "did not always enforce it" for "did not enforce it", or the reverse: one word of `nearly`, with
    an adverb behind it at most, that stands behind "not" and is all that differs."""
    gone, came = ("".join(run).strip().lower() for run in (passage.removed, passage.added))
    run, text = (gone, passage.old_text) if gone else (came, passage.new_text)
    first, *more = run.split() or [""]
    adverb = not more or (len(more) == 1 and more[0].endswith("ly"))
    if (gone and came) or first not in nearly or not adverb or f"not {run}" not in text.lower():
        return None
    return Exchange(f"not {run}", "not", -1, False) if gone else Exchange("not", f"not {run}", 1, False)


def _put_in(passage: Passage, often: tuple[str, ...]) -> Exchange | None:
    """The exchange of "rights were violated" for "were routinely violated": a word of `often` is all that came."""
    came = "".join(passage.added).strip().lower()
    if any(passage.removed) or " " in came or not often or not any_of(often).fullmatch(came):
        return None
    return Exchange("", came, 1, False)


def quantifier_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each pair of sentences that differ in how many or how often, and hardly else.

    Where nobody can tell which way that is, the words that differ are shown with the sentences, and no finding.
    """
    words = evidence.judging.words
    ladders = [words.get(name, ()) for name in _LISTS]
    told: list[tuple[Passage, Exchange, str, int]] = []
    for passage in evidence.fresh(taken):
        if passage.op is not Op.EDITED:
            continue
        moved = exchange(ladders, passage.added, passage.removed) or _not_always(passage, words.get("nearly", ()))
        moved = moved or _put_in(passage, words.get("frequencies", ())[OFTEN:])
        if moved is None:
            continue
        said = _clause_of(passage, moved.new)
        sign = _sign(evidence, said, moved)
        if not moved.old and sign > 0:
            continue  # "generally respected" for "respected" is a word of care
        if sign and _one_thing(evidence, passage, moved):
            told.append((passage, moved, said, sign))
    habit = Counter((moved.old, moved.new) for _, moved, _, _ in told)
    for passage, moved, said, sign in told:
        often = habit[moved.old, moved.new]
        also = f" So it is in {often} sentences: the report may only have changed its word." if often >= HABIT else ""
        yield from evidence.finding(
            Rule.QUANTIFIER,
            Verdict.UNCLEAR if also else compare(0, moved.way * sign),
            f"“{moved.new}” now, where the {evidence.pair.old.year} report said "
            f"{f'“{moved.old}”' if moved.old else 'it without'}: “{quoted(said)}”.{also}",
            old=passage.old,
            new=passage.new,
            doubt=Doubt.CASE if day_of(evidence.read(passage.new_text).words) else None,
        )


def _clause_of(passage: Passage, word: str) -> str:
    pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
    return next((c.text.lstrip(" ,;") for c in pieces(passage.new_text) if pattern.search(c.text)), "")


def _one_thing(evidence: Evidence, passage: Passage, moved: Exchange) -> bool:
    """Whether two sentences say and deny the same but for the one word, and right behind it the same thing."""
    denials = any_of(evidence.judging.words.get("said_denied", ("not",)))
    texts, rests = [], []
    for text, word in zip(passage.texts, (moved.old, moved.new), strict=True):
        head, *tail = re.split(rf"\b{word}\b", text, maxsplit=1, flags=re.IGNORECASE) if word else (text,)
        texts.append(" ".join((head, *tail)))
        rests.append(tail[0] if tail else "")
    if any(len(denials.findall(pair[0])) != len(denials.findall(pair[1])) for pair in (texts, rests)):
        return False
    behind = [stems(" ".join(rest.split()[:BEHIND])) for rest in rests]
    old, new = map(stems, texts)
    same = moved.spread or bool(behind[0] & behind[1]) or not (behind[0] and behind[1])
    return same and min(overlap(old, new), overlap(new, old)) >= ALL_BUT_AMOUNT


def _sign(evidence: Evidence, said: str, moved: Exchange) -> int:
    """Whether more of what a clause says is better (1), worse (-1), or nobody can tell (0): its first such word."""
    words = evidence.judging.words
    rest, head = said, ""
    if _of_those(evidence, said, moved.new):
        return 0  # "instances of forced labor, most of which abroad": how many of a harm are of one kind
    if not moved.spread:
        head, *tail = re.split(rf"\b{moved.new}\b", said, maxsplit=1, flags=re.IGNORECASE)
        if (forbids := words.get("forbids")) and any_of(forbids).search(head[-20:]):
            return 1  # "prohibits most forms of abuse"
        rest = tail[0].replace(", such as", " such as").partition(",")[0] if tail else ""
        if sign := _by_verb(evidence, said, moved.new):
            return sign
    denials = any_of(words.get("said_denied", ("not",)))
    sign, at = _worth(evidence, rest)
    if (denial := denials.search(rest)) and denial.start() < at:
        return 0 if _worth(evidence, rest[denial.end() : denial.end() + DENIED])[0] < 0 else -1
    if not sign and not moved.spread and not denials.search(head):
        sign, _ = _worth(evidence, head.rpartition(" and ")[2])  # "had access to a shelter in one of four"
    if not sign and not moved.spread and evidence.switch(Rule.TURNED).on:
        how = {one.sign for one in standings(evidence.read(f"{head} {rest}")) if not one.plain}
        return how.pop() if len(how) == 1 else 0
    return sign


def _worth(evidence: Evidence, text: str) -> tuple[int, int]:
    """Whether the first thing of worth in a text is good (1), bad (-1) or there is none (0), and where it stands."""
    good, bad = (evidence.where(text, *names) for names in (("said_good", "efforts"), ("said_bad", "harms")))
    return (good < bad) - (bad < good), min(good, bad)


def _of_those(evidence: Evidence, said: str, word: str) -> bool:
    """Whether the word says how many of those just named: "most of which", "many of them"."""
    parts = evidence.read(said).phrases
    return any(
        one.words[-1] == word and of.words == ("of",) and whole.kind in ("R", "Q")
        for one, of, whole in zip(parts, parts[1:], parts[2:], strict=False)
    )


def _by_verb(evidence: Evidence, said: str, word: str) -> int:
    """Which way more of a clause's verb is, where the word stands with a verb of the profile's lists; else 0.

    To uphold, apply or look into something is better; to thwart, withhold or doubt it is worse.
    """
    profile = evidence.pair.new.profile
    analysis = evidence.read(said)
    at = re.search(rf"\b{word}\b", said, re.IGNORECASE)
    if at is None or not analysis.clauses:
        return 0
    clause = next((c for c in analysis.clauses if c.verb.end > at.end()), analysis.clauses[-1])
    for event in analysis.events:
        if event.start <= at.start() < event.end and event.affirmed and event.direction:
            if event.predicate == "detain":
                continue  # who is held for whatever long
            return event.direction
    upholding, thwarting = (clause.verb.lemma in profile.grammar.get(name, ()) for name in ("upholding", "thwarting"))
    return upholding - thwarting
