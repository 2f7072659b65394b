"""How changes are worded: sentences that a person would write."""

from __future__ import annotations

from diffing.judging.doubts import hardly
from diffing.judging.reported_values import YEAR_UNSURE, Joined
from diffing.language.word_lists import holds_any, pieces
from diffing.model import Change, Direction, Doubt, Figure, Rule, Status, Verdict, breakdown_words
from diffing.model.printed_numbers import BY_ACTOR, bounded
from diffing.profile import Profile

_ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# How many words before and behind a number say what it counts, where no indicator does; "…" is one of the first.
# Ranges 4 to 12; more quote the sentence, which stands beside it anyway.
BEFORE, BEHIND = 8, 8
_COUNTED = frozenset({"cases", "sessions", "calls", "inspections", "facilities"})


def amount(figure: Figure, unit: str | None) -> str:
    """A figure's number with how sure the report is of it: ``at least 25``, ``between 150 and 180``."""
    return bounded(figure.value, unit, (figure.qualifier, figure.low, figure.high)) or f"“{figure.text}”"


def name_of(change: Change, profile: Profile) -> str:
    """What a change counts, as the start of a sentence: ``Victims identified by NGOs (female)``."""
    indicator = profile.indicator(change.indicator)
    title = indicator.title if indicator else (change.indicator or "A number").replace("_", " ").capitalize()
    by = "" if " by " in title else BY_ACTOR.get(change.actor, "")
    if by and (indicator is None or indicator.polarity < 0):
        by = f", as {by.removeprefix('by ')} counted them"  # those who count the dead are not those who kill
    elif by:
        by = f" {by}"
    noun = change.noun.removeprefix(title.lower()).strip()  # "Prisoners (prisoners in pretrial detention)"
    said = ", ".join(filter(None, (breakdown_words(change.breakdown), noun)))
    part = f" ({said})" if said else ""
    return f"{title}{by}{part}"


def change_summary(joined: Joined, profile: Profile) -> str:
    """One sentence that says a change: ``Victims identified fell from eight in 2018 to none in 2019.``"""
    change = joined.change
    name = name_of(change, profile)
    if not change.indicator and joined.new and not _says_what(change.noun, profile):
        name = _told_of(change, joined.new)
    elif change.noun and not change.indicator:
        less = change.noun.startswith(("less", "percent less"))
        name = "How much less women earn" if less else change.noun[0].upper() + change.noun[1:]
    was = amount(joined.old, change.unit)
    now = amount(joined.new, change.unit) if joined.new else "nothing"
    unit = "" if change.noun else _unit(change, change.from_value)
    old = f"{was}{unit} in {change.from_year}"
    new = f"{now} in {change.to_year}"
    counted = name.partition(" (")[0].partition(" by ")[0].split()
    were = "were" if any(word.endswith("s") and not word.endswith("ss") for word in counted) else "was"
    if change.restated:
        was, now = (
            a if status is Status.REPORTED else "no number"
            for a, status in ((was, change.from_status), (now, change.to_status))
        )
        return (
            f"{name} for {change.to_year}: the {change.to_report} report says {now}, "
            f"the {change.from_report} report said {was}."
        )
    if change.rule is Rule.NOT_MENTIONED:
        return f"{name}: {old}; the {change.to_report} report does not mention a number."
    if change.reason.because == YEAR_UNSURE:
        return f"{name}: {old}; the {change.to_report} report says {now}, but its year is not sure."
    match change.direction:
        case Direction.UP | Direction.DOWN if _about_the_same(change):
            return f"{name} {were} about the same: {old} and {new}."
        case Direction.UP | Direction.DOWN:
            verb, more = ("rose", "more") if change.direction is Direction.UP else ("fell", "less")
            share = f", {abs(change.percent or 0.0):.0f} percent {more}" if _telling(change) else ""
            return f"{name} {verb} from {old} to {new}{share}."
        case Direction.SAME if change.to_status is Status.NOT_REPORTED:
            if 2 <= joined.silent < len(_ORDINALS):
                return f"{name} {were} not reported for the {_ORDINALS[joined.silent]} year in a row, {change.to_year}."
            return f"{name} {were} not reported for {change.to_year}, as for {change.from_year}."
        case Direction.SAME:
            return f"{name} stayed the same: {old} and {new}."
        case Direction.NO_LONGER_REPORTED:
            return f"{name} {were} no longer reported: {old}, no number for {change.to_year}."
        case Direction.NEWLY_REPORTED:
            return f"{name} {were} reported where no number was for {change.from_year}: {new}."
    return f"{name}: {old} and {new} can't be compared ({change.reason.because})."


def _about_the_same(change: Change) -> bool:
    """Whether a number that claims no direction hardly moved: nobody asks why it did."""
    told = change.verdict is Verdict.UNCLEAR and change.from_value is not None and change.to_value is not None
    return told and (change.reason.doubt is Doubt.HARDLY or hardly(change.from_value or 0, change.to_value or 0))


def _says_what(noun: str, profile: Profile) -> bool:
    """Whether a noun says what is counted: a harm, an effort, or whatever is narrowed; "factories" alone does not."""
    known = profile.judging.words
    return " " in noun or holds_any((*known.get("efforts", ()), *known.get("harms", ())), noun)


def _told_of(change: Change, figure: Figure) -> str:
    """The words about a number that no indicator names, "…" in its place: ``“the court heard … cases”``."""
    start = figure.start - (change.to_start or 0)
    before, behind = change.to_text[:start], change.to_text[start + len(figure.text) :]
    last = pieces(f"{before}…")[-1].text.split()[-BEFORE:]
    first = pieces(f"…{behind}")[0].text.removeprefix("…").split()[:BEHIND]
    return f"“{' '.join([*last, *first]).strip(' ,;:.')}”"


def _unit(change: Change, value: float | None) -> str:
    """The unit behind a count where the indicator's name does not say it."""
    if change.unit not in _COUNTED or not value:
        return ""
    unit = change.unit
    if (change.indicator or "").find(unit.rstrip("s")) >= 0:
        return ""
    singular = "facility" if unit == "facilities" else unit.removesuffix("s")
    return f" {singular if value == 1 else unit}"


def _telling(change: Change) -> bool:
    """Whether a percentage says something: it has a base, and rounds to neither nothing nor everything."""
    return change.percent is not None and 1 <= round(abs(change.percent)) <= 300 and bool(change.to_value)
