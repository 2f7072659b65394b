"""The words of a profile, made ready for tagging: every inflected form of every lemma, with all its roles.

>>> from diffing.profile import load_profile
>>> words = lexicon(load_profile("tip")).words
>>> words["victims"].unit, words["prosecuted"].verb, words["prosecuted"].form
('persons', 'prosecute', 'past')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from diffing.language.inflection import noun_forms, phrase_forms, verb_forms
from diffing.profile import Indicator, Modifier, Profile

_MONEY_UNIT_LENGTH = 3  # ISO currencies are the only units in three capitals
MANY_PROFILES = 16  # compiled lexicons kept at a time; one costs some 2 MB, so a test that makes hundreds is safe
# Which role decides a token's tag where a word has several: the first in this order. Forms that depend on the
# words around ("reports", "shelter") are settled by `tokens.tag`.
TAGS: tuple[tuple[str, str], ...] = (
    ("previous_period", "Y"),
    ("two_before", "Y"),
    ("three_before", "Y"),
    ("each_of_two", "Y"),
    ("each_of_three", "Y"),
    ("current_period", "Y"),
    ("several_years", "Y"),
    ("same_period", "Y"),
    ("law_marks", "L"),
    ("wage_marks", "L"),
    ("same", "s"),
    ("compared", "c"),
    ("unavailable", "u"),
    ("no", "N"),
    ("negations", "t"),
    ("any", "k"),
    ("nothing", "z"),
    ("number", "d"),
    ("fractions", "F"),
    ("vague", "V"),
    ("at_least", "Q"),
    ("more_than", "Q"),
    ("up_to", "Q"),
    ("fewer_than", "Q"),
    ("approximately", "Q"),
    ("including", "i"),
    ("contrast", "l"),
    ("relative_words", "w"),
    ("auxiliaries", "b"),
    ("articles", "a"),
    ("fillers", "f"),
    ("prepositions", "p"),
    ("conjunctions", "&"),
    ("each", "e"),
    ("respectively", "R"),
    ("months", "M"),
    ("ordinals", "O"),
    ("pronouns", "r"),
)
_VERB_LISTS = (
    "reporting", "voices", "changing", "give", "undoing", "opening", "continuing", "closing", "other_verbs",
    "passing", "law_verbs", "holding", "exploiting", "describing", "reflexive", "getting",
)  # fmt: skip
_NOUN_LISTS = (
    "services", "data", "law_nouns", "law_subjects", "durations", "measures", "period_data",
    "sentencing",
)  # fmt: skip
_ACTORS = ("ngo", "international_organization", "other_voice", "government")
_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000, "crores": 10_000_000,
}  # fmt: skip
_compiled: dict[int, tuple[Profile, Lexicon]] = {}
# A digit that is more than a year, a day behind its month, or the number of a section.
_DIGIT = re.compile(
    r"(?=\d)(?<!\d)(?!(?:19|20)\d\d(?!\w|[,.]\d))"
    r"(?<!ection )(?<!ary )(?<!rch )(?<!ril )(?<!May )(?<!une )(?<!uly )(?<!ust )(?<!ber )\d"
)
_BLANK = str.maketrans(dict.fromkeys('.,;:()[]!?/"“”–—', " ") | {"’": "'"})
_ZEROS = frozenset(("no", "none", "nobody"))
_NEGATIONS = frozenset((
    "not", "never", "neither", "nor", "cannot", "unable", "without", "lack", "lacks", "lacked",
    "fail", "fails", "failing", "failed", "declined", "refused", "didn't", "hasn't", "haven't",
    "wasn't", "weren't", "unknown", "unclear", "unavailable", "unreported", "uncertain",
    "unspecified", "undisclosed", "undetermined",
))  # fmt: skip
_ASKED = frozenset((
    "any", "much", "case", "anyone", "anybody", "single", "number", "numbers", "many", "data", "statistics",
    "statistic", "figures", "fund", "allocate",
))  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One word or phrase with all that the lexicon says of it."""

    roles: set[str] = field(default_factory=set)
    noun: str = ""  # lemma, where it can be counted
    unit: str = ""
    kind: str = ""  # the class of the noun: victim, offender, ...
    verb: str = ""  # lemma
    form: str = ""  # base, s, past, ing
    actor: str = ""
    body: str = ""  # normal form: police, courts; "none": the whole government, any NGO
    breakdown: tuple[str, ...] = ()
    currency: str = ""
    value: float | None = None
    tag: str = "x"
    nouns: tuple[int, ...] = ()  # indicators that this noun names
    verbs: tuple[int, ...] = ()  # indicators that this verb names
    acts: tuple[int, ...] = ()  # indicators that this noun names with its object: "the rescue of 12 victims"
    splits: tuple[tuple[tuple[str, ...], Entry], ...] = ()  # what may stand behind this verb's object: to trial
    starts: dict[str, list[tuple[tuple[str, ...], Entry]]] | None = None  # phrases, by their second word


@dataclass(slots=True)
class Lexicon:
    """What tagging looks up: words (a phrase hangs on its first one), and the indicators by number.

    A sentence without a digit, a word of `numbers` or `single` ("a trafficker"), words of `zeros` and `counted`, or
    words of `negations` and `denied`, can hold no figure.
    """

    words: dict[str, Entry]
    indicators: tuple[Indicator, ...]  # those of the profile, then one more for each of their other wordings
    own: int  # how many are the profile's
    units: dict[str, str]  # of each indicator
    unbound: frozenset[str]  # sums of money that any object may get: "compensated 12 victims"
    labels: dict[str, Indicator]
    sections: dict[str, tuple[str, ...]]  # of indicators that are told of in some sections only
    numbers: frozenset[str]
    single: frozenset[str]
    zeros: frozenset[str]
    counted: frozenset[str]
    negations: frozenset[str]
    denied: frozenset[str]
    modifiers: dict[str, list[tuple[tuple[str, ...], Modifier]]]  # what opens a scope, by its first word, longest first

    def told_in(self, indicator: str | None, section: str | None) -> bool:
        """Whether a section tells of an indicator; a text by itself may tell of any."""
        sections = self.sections.get(indicator or "")
        return sections is None or section is None or section.partition(".")[0] in sections

    def may_hold_figure(self, text: str) -> bool:
        """Whether a look at the words alone leaves room for a figure; passes over most sentences at no cost."""
        if _DIGIT.search(text):
            return True
        words = text.lower().translate(_BLANK).split()
        if not self.numbers.isdisjoint(words):
            return True
        if not self.single.isdisjoint(words):
            return True
        if not self.zeros.isdisjoint(words) and not self.counted.isdisjoint(words):
            return True
        return not self.negations.isdisjoint(words) and not self.denied.isdisjoint(words)


def lexicon(profile: Profile) -> Lexicon:
    """The lexicon of `profile`, compiled once."""
    known = _compiled.get(id(profile))
    if known is None:
        while len(_compiled) >= MANY_PROFILES:
            del _compiled[next(iter(_compiled))]
        known = _compiled[id(profile)] = (profile, _compile(profile))
    return known[1]


def _compile(profile: Profile) -> Lexicon:
    lists = profile.lexicon
    entries: dict[str, Entry] = {}

    def entry(word: str) -> Entry:
        return entries.setdefault(word.lower().replace("’", "'"), Entry())

    irregular = {a: (b, c) for a, b, c in (line.split() for line in lists.get("irregular", ()))}
    plurals = {line.split()[0]: tuple(line.split()[1:]) for line in lists.get("plurals", ())}
    roles = {role for role, _ in TAGS}
    for key, words in lists.items():
        if key in ("fractions", "multiples", "currencies"):
            _add_values(key, words, entry, plurals)
        elif key.startswith("noun."):
            _, unit, kind = key.split(".")
            for lemma in words:
                for form in noun_forms(lemma, plurals):
                    found = entry(form)
                    found.noun, found.unit, found.kind = lemma, unit, kind
        elif key.startswith("body."):
            for lemma in words:
                for form in noun_forms(lemma, plurals):
                    found = entry(form)
                    found.body = key.removeprefix("body.")
                    found.actor = found.actor or ("" if found.body == "none" else "government")
        elif key.startswith("breakdown."):
            for word in words:
                found = entry(word)
                found.breakdown = (*found.breakdown, key.removeprefix("breakdown."))
        elif key in _VERB_LISTS:
            for lemma in words:
                for form, name in verb_forms(lemma, irregular).items():
                    found = entry(form)
                    found.roles.add(key)
                    found.verb, found.form = lemma, found.form or name
        elif key in _NOUN_LISTS:
            for lemma in words:
                for form in noun_forms(lemma, plurals):
                    entry(form).roles.add(key)
        elif key in _ACTORS:
            for lemma in words:
                for form in noun_forms(lemma, plurals):
                    found = entry(form)
                    found.actor = found.actor or {"other_voice": "other"}.get(key, key)
        elif key in roles or key == "ages":
            for word in words:
                entry(word).roles.add(key)
    entry("no").roles.add("no")
    for word in ("and", "or", "&"):
        entry(word).roles.add("conjunctions")
    for word in ("each", "apiece"):
        entry(word).roles.add("each")
    entry("respectively").roles.add("respectively")
    _add_numbers(entry)
    indicators = (*profile.indicators, *_wordings(profile.indicators))
    classes = {key.split(".")[2] for key in lists if key.startswith("noun.")}
    for number, indicator in enumerate(indicators):
        _add_indicator(number, indicator, entry, irregular, plurals, classes)
    for text, found in entries.items():
        last = entries.get(text.rpartition(" ")[2])
        if found.breakdown and not found.noun and last is not None and last is not found and last.noun:
            found.noun, found.unit, found.kind = last.noun, last.unit, last.kind  # "sex traffickers"
        elif found.acts and " " in text and not found.noun and not found.verb and last is not None:
            found.noun, found.unit, found.kind = last.noun, last.unit, last.kind  # "vocational training"
            found.roles |= last.roles
    for found in entries.values():
        found.tag = _tag(found)
    singles = {text: found for text, found in entries.items() if " " not in text}
    for text in sorted(entries, key=len, reverse=True):
        head, *rest = text.split()
        if rest:
            first = singles.setdefault(head, Entry())
            if first.starts is None:
                first.starts = {}
            first.starts.setdefault(rest[0], []).append((tuple(rest), entries[text]))
    return Lexicon(
        words=singles,
        indicators=indicators,
        own=len(profile.indicators),
        units={i.name: i.unit for i in profile.indicators},
        unbound=frozenset(i.name for i in profile.indicators if is_money(i.unit) and i.verbs and not i.objects),
        labels={i.label.lower(): i for i in profile.indicators if i.label},
        sections={i.name: i.sections for i in profile.indicators if i.sections},
        numbers=frozenset(_number_words(singles)),
        single=frozenset(
            text for text, found in singles.items() if found.kind in ("offender", "victim") and text == found.noun
        ),
        zeros=_ZEROS,
        counted=_ASKED.union(text for text, found in singles.items() if _may_be_zero(found)),
        negations=_NEGATIONS,
        denied=_ASKED.union(text for text, found in singles.items() if _may_be_denied(found)),
        modifiers=_openers(profile.modifiers, irregular),
    )


def _add_values(key: str, words: Iterable[str], entry, plurals) -> None:  # type: ignore[no-untyped-def]
    for line in words:
        text, _, value = line.rpartition(" ")
        if key == "currencies":
            for form in noun_forms(text, plurals) if text.isascii() and text[-1].isalpha() else (text,):
                entry(form).currency = value
                entry(form).roles.add("currency")
        elif key == "fractions":
            above, _, below = value.partition("/")
            entry(text).value = int(above) / int(below)
            entry(text).roles.add("fractions")
        else:
            entry(text).value = float(value)
            entry(text).roles |= {"number", "multiple"}


def _add_numbers(entry) -> None:  # type: ignore[no-untyped-def]
    for value, word in enumerate(_SMALL):
        entry(word).value = value
    for tens, word in enumerate(_TENS, start=2):
        entry(word).value = tens * 10
        for ones, small in enumerate(_SMALL[1:10], start=1):
            entry(f"{word}-{small}").value = tens * 10 + ones
    for word, value in SCALES.items():
        entry(word).value = value
        entry(word).roles.add("scale")
    for word in (*_SMALL, *_TENS, *SCALES, *(f"{t}-{s}" for t in _TENS for s in _SMALL[1:10])):
        entry(word).roles.add("number")


def _openers(
    modifiers: tuple[Modifier, ...], irregular: dict[str, tuple[str, str]]
) -> dict[str, list[tuple[tuple[str, ...], Modifier]]]:
    index: dict[str, list[tuple[tuple[str, ...], Modifier]]] = {}
    for modifier in (row for row in modifiers if row.of == "all"):
        for phrase in dict.fromkeys(phrase_forms(modifier.words, modifier.verbs, irregular)):
            index.setdefault(phrase[0], []).append((phrase, modifier))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


def _wordings(indicators: tuple[Indicator, ...]) -> Iterable[Indicator]:
    """Each wording as an indicator with the words of that wording alone."""
    for indicator in indicators:
        for wording in indicator.wordings:
            yield msgspec.structs.replace(
                indicator,
                nouns=(),
                verbs=wording.verbs,
                acts=wording.acts,
                subjects=wording.subjects,
                states=wording.states,
                objects=wording.objects,
            )


def _add_indicator(number: int, indicator: Indicator, entry, irregular, plurals, classes) -> None:  # type: ignore[no-untyped-def]
    for lemma in indicator.nouns:
        for form in noun_forms(lemma.lower(), plurals):
            found = entry(form)
            found.nouns = (*found.nouns, number)
            found.noun = found.noun or lemma.lower()
            found.unit = found.unit or indicator.unit
            found.kind = found.kind or "case"
    for lemma in (*indicator.verbs, *indicator.subjects):
        for form, name in verb_forms(lemma.lower(), irregular).items():
            found = entry(form)
            found.verbs = (*found.verbs, number)
            found.verb, found.form = lemma.lower(), found.form or name
            if lemma in indicator.subjects:
                found.roles.add("subject")
            head, _, rest = form.partition(" ")
            if rest:  # "brought seven defendants to trial"
                found = entry(head)
                if not found.verb and found.form != "base" and name in ("past", "ing"):
                    found.verb, found.form = lemma.lower().partition(" ")[0], name
                found.splits = (*found.splits, (tuple(rest.split()), entry(form)))
    for phrase in indicator.states:  # "were on trial" is like "were tried"
        found = entry(phrase)
        found.verbs = (*found.verbs, number)
        found.verb, found.form = phrase, "past"
    for lemma in indicator.acts:
        for form in noun_forms(lemma.lower(), plurals):
            found = entry(form)
            found.acts = (*found.acts, number)
    if is_money(indicator.unit):
        return
    for lemma in indicator.objects:  # what only this profile counts is a noun by being named here
        if lemma in classes or lemma.startswith("="):
            continue
        for form in noun_forms(lemma.lower(), plurals):
            found = entry(form)
            if not found.noun:
                found.noun, found.unit = lemma.lower(), indicator.unit


def is_money(unit: str) -> bool:
    """Whether a unit is a currency."""
    return len(unit) == _MONEY_UNIT_LENGTH and unit.isupper()


def _tag(entry: Entry) -> str:
    for role, tag in TAGS:
        if role in entry.roles:
            return tag
    if entry.verb and (entry.form in ("past", "ing") or not (entry.noun or entry.actor or "data" in entry.roles)):
        return "g" if "changing" in entry.roles and not entry.verbs else "v"
    if entry.noun or entry.actor or entry.acts or "data" in entry.roles:
        return "n"
    return "m" if entry.breakdown else "x"


def _number_words(words: dict[str, Entry]) -> Iterable[str]:
    for text, found in words.items():
        if {"number", "vague", "fractions"} & found.roles and text not in ("second", "third"):
            yield text
    yield from ("single", "scores", "hundreds", "thousands", "dozens", "millions")


def _may_be_zero(entry: Entry) -> bool:
    return bool(entry.nouns or entry.verbs or entry.unit in ("persons", "cases", "calls", "inspections"))


def _may_be_denied(entry: Entry) -> bool:
    return bool(entry.nouns) or entry.kind in ("victim", "offender")
