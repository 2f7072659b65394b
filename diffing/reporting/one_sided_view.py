"""What one report alone says, newly said and no longer said, as a page lists it: what weighs most first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from diffing.model import Judgement, OneSided, Op, Rule, WordEdit
from diffing.profile import Profile
from diffing.reporting import phrases
from diffing.reporting.marks import clean, merged
from diffing.reporting.refs import Ref, Refs

# So many stand open on a page or on a terminal; the rest is folded, or counted (range 5 to 20: what is read at once).
SHOWN = 10

# So many of all countries stand open on a year's page (range 10 to 50).
OF_A_YEAR = 20

TITLES = {Rule.NEWLY_SAID: "Newly said", Rule.NO_LONGER_SAID: "No longer said"}
_NOTES = {
    Rule.NEWLY_SAID: "Said by the new report alone and judged by no finding. It may have been so before.",
    Rule.NO_LONGER_SAID: "Said by the old report alone: neither that it ended nor that it goes on.",
}
_ORDER = "What weighs most stands first: acts of law, bodies, rulings, elections, bans, firsts, harms, numbers."


class OneSidedView(Struct, frozen=True):
    """One of the two lists: its first rows stand open, the `rest` is folded."""

    id: str
    title: str
    note: str
    first: Sequence[SaidRow]
    rest: Sequence[SaidRow]


class SaidRow(Struct, frozen=True):
    """What one sentence says, its section, what it tells that weighs, and where it stands."""

    said: Markup
    section: str
    tells: str
    ref: Ref
    country: str = ""


def one_sided_views(judgement: Judgement, refs: Refs) -> list[OneSidedView]:
    """Both lists of a country, those that are empty left out."""
    views = []
    for rule, some in lists(judgement):
        year = refs.new_year if rule is Rule.NEWLY_SAID else refs.old_year
        rows = [
            SaidRow(
                merged(marked(one)), refs.section(one.section), tells(one), refs.sentence(year, one.sentence, str(year))
            )
            for one in some
        ]
        views.append(
            OneSidedView(anchor(rule), f"{TITLES[rule]} ({len(rows):,})", note(rule), rows[:SHOWN], rows[SHOWN:])
        )
    return views


def year_views(said: Sequence[tuple[str, OneSided]], profile: Profile) -> list[OneSidedView]:
    """Both lists of a year, from what weighs most in each country with the slug of its page."""
    views = []
    for rule in TITLES:
        rows = [
            SaidRow(
                merged(marked(one)),
                phrases.section_title(profile, one.section),
                tells(one),
                Ref(f"{slug}.html#{anchor(rule)}", "on its page"),
                clean(one.country),
            )
            for slug, one in said
            if one.rule is rule
        ]
        if rows:
            told = f"What weighs most in each country. {_NOTES[rule]}"
            views.append(
                OneSidedView(anchor(rule), f"{TITLES[rule]} ({len(rows):,})", told, rows[:OF_A_YEAR], rows[OF_A_YEAR:])
            )
    return views


def lists(judgement: Judgement) -> Iterable[tuple[Rule, Sequence[OneSided]]]:
    """What is newly said, then what is no longer said; a list that is empty is left out."""
    both = ((rule, judgement.said_by_one(rule)) for rule in TITLES)
    return ((rule, some) for rule, some in both if some)


def note(rule: Rule) -> str:
    """What a list holds and in which order."""
    return f"{_NOTES[rule]} {_ORDER}"


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
    """What a sentence tells that weighs, in words."""
    return phrases.listed(one.tells)
