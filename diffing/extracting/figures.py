"""Every figure of a sentence, and of a narrative."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from diffing.extracting.context import Context, Place
from diffing.extracting.find.actors import tell_bodies_apart
from diffing.extracting.labels import label_figures
from diffing.extracting.sentence import Parsed, read_sentence
from diffing.language.lexicon import lexicon
from diffing.model import DiffingError, Figure, Narrative, Problem, Refused, Severity, Stage, whole_year
from diffing.profile import Profile, load_profile

# Figures of one narrative; the fullest real ones have some hundreds, a company's yearly report of 400 pages some
# thousands. Range 5,000 to 50,000, default 20,000 (4 s); what stands behind them is left out with a warning.
MOST_FIGURES = 20_000


@lru_cache(maxsize=8)
def _named(name: str) -> Profile:
    return load_profile(name)


def _profile(profile: str | Path | Profile) -> Profile:
    if isinstance(profile, Profile):
        return profile
    return _named(profile) if isinstance(profile, str) and not profile.endswith(".toml") else load_profile(profile)


def extract_figures(
    text: str, report_year: int, profile: str | Path | Profile = "tip", before: str = ""
) -> list[Figure]:
    """The figures of one sentence; offsets are into `text`; `before` is the sentence before it.

    A `part_of` below zero counts back into the figures of `before`: -1 is its last one.

    Never raises for any text; a profile that can't be read raises `diffing.profile.ProfileError`.
    """
    return tell_bodies_apart(_parsed(text, report_year, profile, before).figures)


def refused_numbers(
    text: str, report_year: int, profile: str | Path | Profile = "tip", before: str = ""
) -> list[Refused]:
    """The numbers of one sentence that are no figures, each with why; as `extract_figures`."""
    return _parsed(text, report_year, profile, before).refused


def _parsed(text: str, report_year: int, profile: str | Path | Profile, before: str) -> Parsed:
    if not isinstance(text, str) or not isinstance(before, str):
        raise DiffingError(f"extract_figures takes one sentence, not a {type(text).__name__}")
    report_year = whole_year(report_year)
    rules = _profile(profile)
    words, reporting = lexicon(rules), rules.reporting_period(report_year)
    labelled = label_figures(text, words, reporting)
    if labelled:
        return Parsed(labelled)
    context = Context()
    if before:
        context.renumber(len(read_sentence(before, words, reporting, context).figures))
    return read_sentence(text, words, reporting, context)


def extract_narrative(narrative: Narrative) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    """All figures of a narrative, numbered by start, then by year downwards, and what looks wrong about them."""
    profile = narrative.profile
    words = lexicon(profile)
    reporting = profile.reporting_period(narrative.year)
    figures: list[Figure] = []
    problems: list[Problem] = []
    context = Context()
    index = 0
    full = False
    for section in narrative.sections:
        wishes = profile.wishes(section.key)
        for sentence in section.sentences:
            number, index = index, index + 1
            if wishes or full:
                continue
            place = Place(len(figures), number, sentence.start, narrative.country, narrative.year, section.key)
            labelled = label_figures(sentence.text, words, reporting, place)
            parsed = Parsed(labelled) if labelled else read_sentence(sentence.text, words, reporting, context, place)
            figures += parsed.figures
            problems.extend(
                Problem(narrative.country, narrative.year, Stage.EXTRACT, Severity.WARNING, warning)
                for warning in parsed.warnings
            )
            if len(figures) > MOST_FIGURES:
                full = True
                message = f"over {MOST_FIGURES:,} figures: those behind sentence {number + 1} are left out"
                problems.append(Problem(narrative.country, narrative.year, Stage.EXTRACT, Severity.WARNING, message))
    return tuple(tell_bodies_apart(figures)), tuple(problems)
