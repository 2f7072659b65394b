"""The rows of deeds and things of a profile, compiled: every form of every word, looked up by its first one.

>>> from diffing.profile import load_profile
>>> known = vocabulary(load_profile("hrr"))
>>> known.verbs["adopted"], known.kinds["to"]
(('adopt', 'past'), 'T')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from diffing.language.inflection import noun_forms, phrase_forms, verb_forms
from diffing.profile import Frame, Modifier, Nouns, Predicate, Profile

# What a small word is, one letter each; a word that stands in none of the lists is of content.
KINDS = {
    "determiners": "D",
    "prepositions": "P",
    "auxiliaries": "A",
    "modals": "M",
    "negations": "N",
    "relatives": "R",
    "subordinators": "S",
    "conjunctions": "C",
    "pronouns": "Q",
    "adverbs": "L",
    "times": "Y",
    "numbers": "#",
}

# Lists of verbs that tell no predicate of their own.
_VERBS = ("verbs", "safeguarding", "deeds", "misdeeds", "speaking", "showing", "telling", "restoring")

# So many compiled vocabularies are kept at a time, as of the lexicon.
MANY_PROFILES = 16

Phrases = dict[str, list[tuple[tuple[str, ...], object]]]
Opener = tuple[tuple[str, ...], Modifier]
_compiled: dict[int, tuple[Profile, Vocabulary]] = {}


@dataclass(slots=True)
class Vocabulary:
    """What the layers look up. Phrases hang on their first word, the longest first.

    `verbs` gives the lemma and the form (base, s, past, ing) of a verb's first word; `phrasal` the rest of verbs of
    several words with the lemma; `acts` what predicates a lemma tells, by how it is told: "verb" (it governs an
    object), "alone" (its subject is what it happens to), "noun", "state".
    """

    kinds: dict[str, str]
    small: Phrases  # small words of several words, with their kind
    verbs: dict[str, tuple[str, str]]
    phrasal: Phrases
    acts: dict[tuple[str, str], tuple[Predicate, ...]]
    act_nouns: dict[str, str]  # every form of the nouns that tell a deed, with the lemma
    states: Phrases
    nouns: Phrases  # things and people, with the classes of each
    modifiers: dict[str, list[Opener]]
    measures: frozenset[str]
    classes: dict[str, Nouns]
    frames: dict[str, tuple[Frame, ...]]  # by predicate
    order: dict[str, int]  # of the frames, by name: the first that fits counts
    words: dict[str, frozenset[str]]  # the other lists of the grammar
    deeds: frozenset[str] = field(default=frozenset())  # first words of all that tells a deed: none, no event

    def longest(self, table: Phrases, words: Sequence[str], at: int) -> tuple[int, object] | None:
        """The longest phrase of a table that stands at a word: (how many words, its value)."""
        for rest, value in table.get(words[at], ()):
            last = at + len(rest)
            if last < len(words) and all(words[at + k + 1] == word for k, word in enumerate(rest)):
                return len(rest) + 1, value
        return None


def vocabulary(profile: Profile) -> Vocabulary:
    """The vocabulary of a profile, compiled once."""
    known = _compiled.get(id(profile))
    if known is None:
        while len(_compiled) >= MANY_PROFILES:
            del _compiled[next(iter(_compiled))]
        known = _compiled[id(profile)] = (profile, _compile(profile))
    return known[1]


def folded(word: str) -> str:
    """A word as the tables have it: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


def _hang(table: Phrases, phrase: str, value: object) -> None:
    first, *rest = phrase.split()
    entry = (tuple(rest), value)
    row = table.setdefault(first, [])
    if entry not in row:
        row.append(entry)


def _sorted(table: Phrases) -> Phrases:
    for row in table.values():
        row.sort(key=lambda item: -len(item[0]))
    return table


def _compile(profile: Profile) -> Vocabulary:
    irregular = {a: (b, c) for a, b, c in (line.split() for line in profile.lexicon.get("irregular", ()))}
    irregular |= {a: (b, c) for a, b, c in (line.split() for line in profile.grammar.get("irregular", ()))}
    plurals = {line.split()[0]: tuple(line.split()[1:]) for line in profile.lexicon.get("plurals", ())}
    kinds: dict[str, str] = {}
    small: Phrases = {}
    for name, kind in KINDS.items():
        for word in profile.grammar.get(name, ()):
            if " " in word:
                _hang(small, folded(word), kind)
            else:
                kinds.setdefault(folded(word), kind)
    kinds["to"] = "T"
    verbs: dict[str, tuple[str, str]] = {}
    phrasal: Phrases = {}
    for lemma in (verb for name in _VERBS for verb in profile.grammar.get(name, ())):
        _add_verb(lemma, irregular, verbs, phrasal)
    acts: dict[tuple[str, str], list[Predicate]] = {}
    act_nouns: dict[str, str] = {}
    states: Phrases = {}
    for predicate in profile.predicates:
        for way, lemmas in (("verb", predicate.verbs), ("alone", predicate.alone)):
            for lemma in lemmas:
                _add_verb(lemma, irregular, verbs, phrasal)
                acts.setdefault((way, folded(lemma)), []).append(predicate)
        for noun in predicate.nouns:
            acts.setdefault(("noun", noun), []).append(predicate)
            for form in noun_forms(noun, plurals):
                act_nouns[folded(form)] = noun
        for state in predicate.states:
            acts.setdefault(("state", state), []).append(predicate)
            _hang(states, folded(state), state)
    frames: dict[str, list[Frame]] = {}
    for frame in profile.frames:
        for name in frame.predicates:
            frames.setdefault(name, []).append(frame)
    return Vocabulary(
        kinds=kinds,
        small=_sorted(small),
        verbs=verbs,
        phrasal=_sorted(phrasal),
        acts={key: tuple(row) for key, row in acts.items()},
        act_nouns=act_nouns,
        states=_sorted(states),
        nouns=_noun_table(profile, plurals),
        modifiers=_modifier_table(profile, irregular),
        measures=frozenset(form for word in profile.grammar.get("measures", ()) for form in noun_forms(word, plurals)),
        classes={row.name: row for row in profile.nouns},
        frames={name: tuple(row) for name, row in frames.items()},
        order={frame.name: number for number, frame in enumerate(profile.frames)},
        words={
            name: frozenset(map(folded, words))
            for name, words in profile.grammar.items()
            if name not in KINDS and name not in ("verbs", "measures", "irregular")
        },
        deeds=frozenset(
            form for form, (lemma, _) in verbs.items() if ("verb", lemma) in acts or ("alone", lemma) in acts
        )
        | frozenset(_first_words(phrasal, acts))
        | frozenset(act_nouns)
        | frozenset(states),
    )


def _first_words(phrasal: Phrases, acts: dict[tuple[str, str], list[Predicate]]) -> Iterable[str]:
    for form, row in phrasal.items():
        lemmas = [value[0] for _, value in row]  # type: ignore[index]
        if any(("verb", lemma) in acts or ("alone", lemma) in acts for lemma in lemmas):
            yield form


def _add_verb(
    lemma: str, irregular: dict[str, tuple[str, str]], verbs: dict[str, tuple[str, str]], phrasal: Phrases
) -> None:
    lemma = folded(lemma)
    head, _, rest = lemma.partition(" ")
    for form, name in verb_forms(head, irregular).items():
        if head in irregular and form == irregular[head][1] != irregular[head][0]:
            name = "participle"
        if rest:
            _hang(phrasal, f"{form} {rest}", (lemma, name))
            verbs.setdefault(form, (head, name))
        elif form not in verbs or verbs[form][0] not in (form, lemma):
            verbs[form] = (lemma, name)


def _noun_table(profile: Profile, plurals: dict[str, tuple[str, ...]]) -> Phrases:
    classes: dict[str, list[str]] = {}
    for row in profile.nouns:
        for word in row.words:
            for form in noun_forms(folded(word), plurals):
                kept = classes.setdefault(form, [])
                if row.name not in kept:
                    kept.append(row.name)
    table: Phrases = {}
    for form, names in classes.items():
        _hang(table, form, tuple(names))
    return _sorted(table)


def _modifier_table(profile: Profile, irregular: dict[str, tuple[str, str]]) -> dict[str, list[Opener]]:
    """What opens a scope, by its first word, the longest first."""
    table: dict[str, list[Opener]] = {}
    for row in profile.modifiers:
        for phrase in phrase_forms(map(folded, row.words), map(folded, row.verbs), irregular):
            table.setdefault(phrase[0], []).append((phrase, row))
    for openers in table.values():
        openers.sort(key=lambda item: -len(item[0]))
    return table
