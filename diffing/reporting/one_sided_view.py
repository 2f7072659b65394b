"""What one report alone says, newly said and no longer said, as a page lists it: what weighs most first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from diffing.model import Judgement, OneSided, Op, Rule, WordEdit
from diffing.profile import Profile
from diffing.reporting import wording
from diffing.reporting.marked_words import clean, merged
from diffing.reporting.refs import Ref, Refs

# So many stand open on a page or on a terminal; the rest is folded, or counted (range 5 to 20: what is read at once).
SHOWN = 10

# So many of all countries stand open on a year's page (range 10 to 50).
OF_A_YEAR = 20

# A sentence that is folded shows so many words of what it says (range 5 to 16): what is in it, on half a line.
FIRST_WORDS = 6
# So many are folded by their first words; of the others a page says how many there are (range 20 to 200), for each
# weighs on it.
FOLDED = 40

# What weighs less is folded, however few there are (range 0 to 0.4): it tells little that anyone looks for.
LEAST_OPEN = 0.2

TITLES = {Rule.NEWLY_SAID: "Newly said", Rule.NO_LONGER_SAID: "No longer said"}
_NOTES = {
    Rule.NEWLY_SAID: "Said by the new report alone and judged by no finding. It may have been so before.",
    Rule.NO_LONGER_SAID: "Said by the old report alone: neither that it ended nor that it goes on.",
}
_ORDER = "What weighs most stands first: acts of law, bodies, rulings, elections, bans, firsts, harms, numbers."


class OneSidedView(Struct, frozen=True):
    """One of the two lists: its first rows stand open, the `rest` is folded, each by its first words.

    `more` are so many behind them.
    """

    id: str
    title: str
    note: str
    first: Sequence[SaidRow]
    rest: Sequence[Ref]
    more: int = 0


class SaidRow(Struct, frozen=True):
    """What one sentence says, what it tells that weighs, and where it stands."""

    said: Markup
    tells: str
    ref: Ref
    country: str = ""


def one_sided_views(judgement: Judgement, refs: Refs) -> list[OneSidedView]:
    """Both lists of a country, those that are empty left out."""

    def ref(one: OneSided, label: str) -> Ref:
        year = refs.new_year if one.rule is Rule.NEWLY_SAID else refs.old_year
        return refs.sentence(year, one.sentence, label)

    views = []
    for rule, some in lists(judgement):
        count = opened(some)
        first = [
            SaidRow(merged(marked(one)), tells(one), ref(one, wording.section_title(refs.profile, one.section)))
            for one in some[:count]
        ]
        rest = [ref(one, _begins(one)) for one in some[count : count + FOLDED]]
        more = len(some) - len(first) - len(rest)
        views.append(OneSidedView(anchor(rule), f"{TITLES[rule]} ({len(some):,})", note(rule), first, rest, more))
    return views


def opened(some: Sequence[OneSided]) -> int:
    """How many of a list stand open."""
    return sum(one.weight >= LEAST_OPEN for one in some[:SHOWN])


def year_views(said: Sequence[tuple[str, OneSided]], profile: Profile) -> list[OneSidedView]:
    """Both lists of a year, from what weighs most in each country with the slug of its page."""
    views = []
    for rule in TITLES:
        some = [(one, f"{slug}.html#{anchor(rule)}") for slug, one in said if one.rule is rule]
        rows = [
            SaidRow(
                merged(marked(one)),
                tells(one),
                Ref(href, wording.section_title(profile, one.section)),
                clean(one.country),
            )
            for one, href in some[:OF_A_YEAR]
        ]
        rest = [Ref(href, f"{clean(one.country)}: {_begins(one)}") for one, href in some[OF_A_YEAR:]]
        if rows:
            told = f"What weighs most in each country. {_NOTES[rule]}"
            views.append(OneSidedView(anchor(rule), f"{TITLES[rule]} ({len(some):,})", told, rows, rest))
    return views


def _begins(one: OneSided) -> str:
    """The first words of what a sentence says, of an edited one those of the longest run that the other lacks."""
    words = max(one.said, key=len).strip(" ,;:").split()
    return clean(f"{' '.join(words[:FIRST_WORDS])}{' …' if len(words) > FIRST_WORDS else ''}")


def lists(judgement: Judgement) -> Iterable[tuple[Rule, Sequence[OneSided]]]:
    """What is newly said, then what is no longer said; a list that is empty is left out."""
    both = ((rule, judgement.said_by_one(rule)) for rule in TITLES)
    return ((rule, some) for rule, some in both if some)


def note(rule: Rule) -> str:
    """What a list holds and in which order."""
    return f"{_NOTES[rule]} {_ORDER}" if rule is Rule.NEWLY_SAID else _NOTES[rule]


def anchor(rule: Rule) -> str:
    """The id of a list on a country's page."""
    return rule.value.replace("_", "-")


def marked(one: OneSided) -> list[WordEdit]:
    """The words of a sentence; those of an edited one that the other report does not tell are marked as edits."""
    if one.said == (one.text,):
        return [WordEdit(Op.EQUAL, one.text)]
    op = Op.ADDED if one.rule is Rule.NEWLY_SAID else Op.REMOVED
    parts, rest = [], one.text
    for run in one.said:
        before, _, rest = rest.partition(run)
        parts += [WordEdit(Op.EQUAL, before), WordEdit(op, run)]
    return [part for part in (*parts, WordEdit(Op.EQUAL, rest)) if part.text]


def tells(one: OneSided) -> str:
    """What a sentence tells that weighs, as tags: 'act of law, dated'."""
    return ", ".join(one.tells)
