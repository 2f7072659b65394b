"""All that is looked up of a profile, compiled once: words in every form, openers of scopes, indicators, frames.

>>> from diffing.profile import load_profile
>>> words = lexicon(load_profile("tip")).words
>>> words["victims"].unit, words["prosecuted"].verb, words["prosecuted"].form
('persons', 'prosecute', 'past')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct, field

from diffing.language.entries import PLAIN, Entries, Entry, Use, tag_of
from diffing.language.inflection import irregular_forms, noun_forms, phrase_forms
from diffing.language.word_kinds import Seen
from diffing.language.word_uses import Acts, StandingVerbs, Uses, folded
from diffing.model.printed_numbers import is_money
from diffing.profile import Frame, Indicator, Modifier, Nouns, Predicate, Profile
from diffing.profile.kept import kept

MANY_PROFILES = 16  # compiled lexicons kept at a time; one costs some 2 MB, so a test that makes hundreds is safe
_compiled: dict[int, tuple[Profile, Lexicon]] = {}
# A digit that is more than a year, a day behind its month, or the number of a section.
_DIGIT = re.compile(
    r"(?=\d)(?<!\d)(?!(?:19|20)\d\d(?!\w|[,.]\d))"
    r"(?<!ection )(?<!ary )(?<!rch )(?<!ril )(?<!May )(?<!une )(?<!uly )(?<!ust )(?<!ber )\d"
)
_BLANK = str.maketrans(dict.fromkeys('.,;:()[]!?/"“”–—', " ") | {"’": "'"})
_DENIED = frozenset(("denied", "no_longer"))  # the kinds of scopes in which a verb is denied
_ZEROS = frozenset(("no", "none", "nobody"))


Openers = dict[str, list[tuple[tuple[str, ...], Modifier]]]
"""What opens a scope, by its first word, the longest first."""


class Kept(dict[Any, Any]):
    """What was read of texts, which have so many characters together."""

    characters = 0

    def at_most(self, characters: int) -> None:
        """Forgets all where the texts have so many characters or more."""
        if self.characters >= characters:
            self.clear()
            self.characters = 0


class Compiled(Struct):
    """What of a lexicon takes long to find, as data, which is kept from run to run.

    A sentence without a digit, a word of `numbers` or `single` ("a trafficker"), words of `zeros` and `counted`, or
    words of `negations` and `denied`, can hold no figure.
    """

    words: dict[str, Entry]  # a phrase hangs on its first word
    irregular: dict[str, tuple[str, str]]
    places: Acts  # of the predicates in the profile
    standing: StandingVerbs
    numbers: frozenset[str]
    single: frozenset[str]
    counted: frozenset[str]
    denied: frozenset[str]
    measures: frozenset[str]
    deeds: frozenset[str]  # words that may begin what tells a deed
    denying: frozenset[str]  # words without one of which, or a "n't", no verb of a sentence is denied


class Lexicon(Compiled, eq=False, weakref=True):
    """What the layers look up: words, indicators by number, predicates, frames."""

    seen: Seen  # the same by words as printed, with what else is true of each wherever it stands
    indicators: tuple[Indicator, ...]  # those of the profile, then one more for each of their other wordings
    own: int  # how many are the profile's
    units: dict[str, str]  # of each indicator
    unbound: frozenset[str]  # sums of money that any object may get: "compensated 12 victims"
    untold: dict[str, str]  # the indicator that counts a class of nouns where no deed is told: "the 12 victims"
    counting: frozenset[str]  # verbs whose object is counted
    labels: dict[str, Indicator]
    sections: dict[str, tuple[str, ...]]  # of indicators that are told of in some sections only
    zeros: frozenset[str]
    negations: frozenset[str]
    modifiers: Openers  # of the scopes of deeds
    numbers_modifiers: Openers  # those of them under which numbers stand
    acts: dict[tuple[str, str], tuple[Predicate, ...]]  # see `uses.Acts`
    ways: dict[str, tuple[tuple[str, tuple[Predicate, ...]], ...]]  # the same of verbs and states, by lemma
    classes: dict[str, Nouns]
    frames: dict[str, tuple[Frame, ...]]  # by predicate
    order: dict[str, int]  # of the frames, by name: the first that fits counts
    lists: dict[str, frozenset[str]]  # the other lists of the grammar
    analyses: Kept = field(default_factory=Kept)  # what was read of each distinct text
    figures: Kept = field(default_factory=Kept)

    def use(self, word: str) -> Use:
        """What a word does in a sentence that tells deeds."""
        return self.words.get(word, PLAIN).use

    def listed(self, name: str) -> frozenset[str]:
        """One of the lists of the grammar."""
        return self.lists.get(name, frozenset())

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


def _words(profile: Profile) -> Compiled:
    words = Entries.of(profile.lexicon)
    for key, listed in profile.lexicon.items():
        words.add_list(key, listed)
    words.add_numbers()
    indicators = _indicators(profile)
    for number, indicator in enumerate(indicators):
        words.add_indicator(number, indicator)
    words.take_heads()
    for found in words.entries.values():
        found.tag = tag_of(found)
    singles = _by_first_word(words.entries)
    asked = frozenset(map(folded, profile.grammar.get("asked_for", ())))
    irregular = words.irregular | irregular_forms(profile.grammar.get("irregular", ()))
    uses = Uses(singles, irregular, words.plurals)
    uses.add(profile, indicators)
    measures = (noun_forms(word, words.plurals) for word in profile.grammar.get("measures", ()))
    return Compiled(
        words=singles,
        irregular=irregular,
        places=uses.acts,
        standing=uses.standing,
        numbers=frozenset(_number_words(singles)),
        single=frozenset(w for w, found in singles.items() if w == found.noun and found.kind in ("offender", "victim")),
        counted=asked.union(text for text, found in singles.items() if _may_be_zero(found)),
        denied=asked.union(text for text, found in singles.items() if _may_be_denied(found)),
        measures=frozenset(form for forms in measures for form in forms),
        deeds=frozenset(word for word, found in singles.items() if found.use.deed),
        denying=_denying(singles, _openers(profile.modifiers, irregular), profile.grammar),
    )


def _compile(profile: Profile) -> Lexicon:
    rows = profile.lexicon, profile.grammar, profile.nouns, profile.predicates, profile.modifiers, profile.indicators
    found = kept(Compiled, msgspec.msgpack.encode(rows), partial(_words, profile))
    lists = {name: frozenset(map(folded, listed)) for name, listed in profile.grammar.items()}
    lists["behind_nouns"] = lists.get("behind_nouns", frozenset()) | {"no"}  # "Decree No. 823"
    acts = {key: tuple(profile.predicates[place] for place in places) for key, places in found.places.items()}
    ways = {
        lemma: tuple((way, acts[way, lemma]) for way in ("verb", "alone", "state") if (way, lemma) in acts)
        for _, lemma in acts
    }
    indicators, frames = _indicators(profile), dict[str, list[Frame]]()
    for frame in profile.frames:
        for name in frame.predicates:
            frames.setdefault(name, []).append(frame)
    return Lexicon(
        **{name: getattr(found, name) for name in found.__struct_fields__},
        seen=Seen(found.words, lists.get("no_verbs", frozenset())),
        indicators=indicators,
        own=len(profile.indicators),
        units={i.name: i.unit for i in profile.indicators},
        unbound=frozenset(i.name for i in profile.indicators if is_money(i.unit) and i.verbs and not i.objects),
        untold={kind: i.name for i in profile.indicators for kind in i.untold},
        counting=frozenset(folded(verb) for i in _indicators(profile) for verb in i.verbs)
        - lists.get("saying", frozenset()),
        labels={i.label.lower(): i for i in profile.indicators if i.label},
        sections={i.name: i.sections for i in profile.indicators if i.sections},
        zeros=_ZEROS,
        negations=lists.get("denying_figures", frozenset()),
        modifiers=_openers(profile.modifiers, found.irregular),
        numbers_modifiers=_openers([row for row in profile.modifiers if row.of == "all"], found.irregular),
        acts=acts,
        ways=ways,
        classes={row.name: row for row in profile.nouns},
        frames={name: tuple(row) for name, row in frames.items()},
        order={frame.name: number for number, frame in enumerate(profile.frames)},
        lists=lists,
    )


def _by_first_word(entries: dict[str, Entry]) -> dict[str, Entry]:
    """The single words; a phrase hangs on its first one, longer ones first."""
    singles = {text: found for text, found in entries.items() if " " not in text}
    for text in sorted(entries, key=len, reverse=True):
        head, *rest = text.split()
        if rest:
            first = singles.setdefault(head, Entry())
            if first.starts is None:
                first.starts = {}
            first.starts.setdefault(rest[0], []).append((tuple(rest), entries[text]))
    return singles


def _openers(modifiers: Iterable[Modifier], irregular: dict[str, tuple[str, str]]) -> Openers:
    index: Openers = {}
    for row in modifiers:
        for phrase in phrase_forms(map(folded, row.words), map(folded, row.verbs), irregular):
            index.setdefault(phrase[0], []).append((phrase, row))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


def _denying(words: dict[str, Entry], openers: Openers, lists: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found = {"no", "none", "neither", *map(folded, lists.get("hardly", ()))}
    stopping = {*map(folded, lists.get("stopping", ()))}
    for word, entry in words.items():
        use = entry.use
        if "N" in (use.letter, *(letter for _, letter in use.small)) or (use.verb and use.verb[0] in stopping):
            found.add(word)
    for word, rows in openers.items():
        if any(row.when_affirmed in _DENIED for _, row in rows):  # what denies by being denied needs a "not"
            found.add(word)
    return frozenset(found)


def _indicators(profile: Profile) -> tuple[Indicator, ...]:
    """Those of the profile, then each wording as an indicator with the words of that wording alone."""
    wordings = (
        msgspec.structs.replace(indicator, nouns=(), **msgspec.structs.asdict(wording))
        for indicator in profile.indicators
        for wording in indicator.wordings
    )
    return *profile.indicators, *wordings


def _number_words(words: dict[str, Entry]) -> Iterable[str]:
    for text, found in words.items():
        if {"number", "vague", "fractions"} & found.roles and text not in ("second", "third"):
            yield text
    yield from ("single", "scores", "hundreds", "thousands", "dozens", "millions")


def _may_be_zero(entry: Entry) -> bool:
    return bool(entry.nouns or entry.verbs or entry.unit in ("persons", "cases", "calls", "inspections"))


def _may_be_denied(entry: Entry) -> bool:
    return bool(entry.nouns) or entry.kind in ("victim", "offender")
