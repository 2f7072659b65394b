"""Many editions of one made narrative, with the truth of every sentence: since when it stands, and in these words.

From one edition to the next a sentence stays, is edited, moves, is split, is joined with its neighbour or goes; what
went may come back years later, in its words or edited. Sentences are put together from few words, as a form is filled
in, so that many are alike: that is what makes it hard to know one again.

>>> editions = made_editions(editions=3, sentences=10, seed=1)
>>> [len(edition) for edition in editions]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

WHO = (
    "The ministry of labor", "Border guards", "The anti-trafficking council", "District courts", "The ombudsman",
    "Two charities", "The social welfare office", "Prosecutors", "Labor inspectors", "The national police",
    "Consular staff", "The parliament", "Village chiefs", "Teachers", "The port authority", "A regional task force",
)  # fmt: skip
DID = (
    "opened", "closed", "inspected", "trained", "warned", "housed", "fined", "interviewed", "sheltered", "monitored",
    "charged", "released", "counselled", "registered", "sued", "paid",
)  # fmt: skip
WHOM = (
    "suspected recruiters", "fishing crews", "domestic workers", "children who beg", "brick makers", "migrant women",
    "farm hands", "hotel owners", "returning citizens", "orphanage directors", "garment workers", "truck drivers",
    "quarry workers", "street vendors", "foreign students", "camp residents",
)  # fmt: skip
WHERE = (
    "in the northern valleys", "along the coast", "at the main airport", "in the capital", "near the mines",
    "in border towns", "on remote islands", "in three prefectures", "at bus stations", "around the free zone",
    "in the refugee camps", "on cotton farms",
)  # fmt: skip
HOW = (
    "with money from a foreign donor", "although no budget was set aside", "under a decree that had expired",
    "without telling the families", "after a complaint by a newspaper", "as the action plan had foreseen",
    "but kept no record of it", "together with a neighboring state", "for lack of interpreters",
    "despite a ruling of the supreme court", "through a mobile team", "while other regions saw nothing of it",
)  # fmt: skip
NUMBERS = ("two", "three", "five", "eight", "11", "14", "26", "40", "75", "130", "310", "1,200")
OTHERS = {
    "opened": "set up", "closed": "shut", "warned": "cautioned", "suspected": "alleged", "workers": "laborers",
    "main": "central", "remote": "outlying", "money": "funds", "complaint": "report", "record": "register",
    "trained": "instructed", "foreign": "external", "families": "relatives", "regions": "districts",
}  # fmt: skip

# What befalls a sentence from one edition to the next.
BEFALLS = {"stays": 0.725, "edited": 0.2, "moved": 0.02, "split": 0.01, "merged": 0.005, "gone": 0.04}
ADDED = 0.04  # new sentences, of those that the first edition has
RETURNS, RETURNS_EDITED = 0.4, 0.4  # of those gone; of those that return
LONGEST_AWAY = 6  # editions


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence of one edition with its truth."""

    text: str
    origin: int  # the edition in which it first stood in some form, counted from 0
    same_since: int  # the edition since which it stands in these words without a gap


def sentence(r: Random) -> str:
    """A sentence of about 20 words."""
    text = f"{r.choice(WHO)} {r.choice(DID)} {r.choice(NUMBERS)} {r.choice(WHOM)} {r.choice(WHERE)}"
    if r.random() < 0.75:
        text += f" and {r.choice(DID)} {r.choice(NUMBERS)} {r.choice(WHOM)} {r.choice(WHERE)}"
    return f"{text}, {r.choice(HOW)}."


def edit(r: Random, text: str) -> str:
    """`text` with a number, a word or both exchanged, or a word more."""
    words = text.rstrip(".").split(" ")
    done = 0
    for at, word in enumerate(words):
        bare = word.rstrip(",")
        if bare in NUMBERS and r.random() < 0.6:
            words[at] = word.replace(bare, r.choice([n for n in NUMBERS if n != bare]))
            done += 1
        elif bare in OTHERS and r.random() < 0.5:
            words[at] = word.replace(bare, OTHERS[bare])
            done += 1
    if not done or r.random() < 0.2:
        words.insert(r.randrange(3, len(words)), r.choice(("again", "reportedly", "only", "formally", "once more")))
    return " ".join(words) + "."


def halves(text: str) -> tuple[str, str] | None:
    """The two sentences that a sentence of two statements is split into."""
    first, comma, second = text.partition(" and ")
    return (f"{first}.", f"They also {second}") if comma else None


def made_editions(
    *,
    editions: int,
    sentences: int,
    seed: int,
    sentence: Callable[[Random], str] = sentence,
    edit: Callable[[Random, str], str] = edit,
) -> list[list[Made]]:
    """`editions` lists of about `sentences` sentences each; the same for the same `seed`."""
    r = Random(seed)
    now = [Made(text, 0, 0) for text in _distinct(r, sentence, sentences)]
    away: list[tuple[int, Made]] = []
    made = [now]
    for edition in range(1, editions):
        then = _next(r, edition, now, away, edit)
        new = _distinct(r, sentence, round(ADDED * sentences))
        back = [one for due, one in away if due == edition]
        away = [(due, one) for due, one in away if due != edition]
        known = {one.text for one in then}
        for one in (*back, *(Made(text, edition, edition) for text in new)):
            if one.text not in known:
                known.add(one.text)
                text = edit(r, one.text) if one in back and r.random() < RETURNS_EDITED else one.text
                then.insert(r.randrange(len(then) + 1), replace(one, text=text, same_since=edition))
        made.append(then)
        now = then
    return made


def _next(
    r: Random, edition: int, now: list[Made], away: list[tuple[int, Made]], edit: Callable[[Random, str], str]
) -> list[Made]:
    """What the next edition keeps of `now`; what goes and is to return is put into `away`."""
    kept: list[Made] = []
    moved: list[Made] = []
    skip = False
    for at, one in enumerate(now):
        if skip:
            skip = False
            continue
        (what,) = r.choices(list(BEFALLS), BEFALLS.values())
        parts = halves(one.text)
        if what == "gone":
            if r.random() < RETURNS:
                away.append((edition + r.randint(1, LONGEST_AWAY), one))
        elif what == "moved":
            moved.append(one)
        elif what == "split" and parts:
            kept += [Made(part, one.origin, edition) for part in parts]
        elif what == "stays":
            kept.append(one)
        elif what == "merged" and at + 1 < len(now):
            other = now[at + 1]
            joined = f"{one.text.rstrip('.')}; {other.text[0].lower()}{other.text[1:]}"
            kept.append(Made(joined, min(one.origin, other.origin), edition))
            skip = True
        else:
            text = edit(r, one.text)
            kept.append(one if text == one.text else replace(one, text=text, same_since=edition))
    for one in moved:
        kept.insert(r.randrange(len(kept) + 1), one)
    return kept


def _distinct(r: Random, sentence: Callable[[Random], str], count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[sentence(r)] = None
    return list(found)
