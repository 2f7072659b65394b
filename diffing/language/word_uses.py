"""What each word does in a sentence that tells deeds, added to the entries of the lexicon.

>>> from diffing.language.lexicon import lexicon
>>> from diffing.profile import load_profile
>>> known = lexicon(load_profile("hrr"))
>>> known.use("adopted").verb, known.use("to").letter
(('adopt', 'past'), 'T')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from diffing.language.entries import NO_USE, Entry, Rows, Use, Value
from diffing.language.inflection import noun_forms, verb_forms
from diffing.profile import Indicator, Nouns, Predicate, Profile

# What a small word is, one letter each; a word that stands in none of the lists is of content.
LETTERS = {
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
    "no_adverbs": "W",
}

# Lists of verbs that tell no predicate of their own.
_VERBS = ("verbs", "safeguarding", "deeds", "misdeeds", "speaking", "showing", "telling", "restoring")

Acts = dict[tuple[str, str], list[int]]
"""What predicates a lemma tells, as their places in the profile, by how it is told.

"verb": it governs an object; "alone": its subject is what it happens to; "noun"; "state".
"""


StandingVerbs = dict[str, dict[tuple[tuple[str, ...], str], list[str]]]
"""The effects of verbs that say only how things stand: by their first word, then by the rest of them and the way."""


def folded(word: str) -> str:
    """A word as the tables have it: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


class Uses(Struct):
    """The uses of words while they are added to `entries`."""

    entries: dict[str, Entry]
    irregular: dict[str, tuple[str, str]]
    plurals: dict[str, tuple[str, ...]]
    acts: Acts = field(default_factory=dict)
    standing: StandingVerbs = field(default_factory=dict)

    def add(self, profile: Profile, indicators: Sequence[Indicator]) -> None:
        """All words of a profile; what its indicators count are deeds too."""
        for name, letter in LETTERS.items():
            for word in profile.grammar.get(name, ()):
                self._add_small(folded(word), letter)
        for month in profile.lexicon.get("months", ()):
            self._add_small(folded(month), LETTERS["times"])
        self.of("to").letter = "T"
        for lemma in (*self.irregular, *(verb for name in _VERBS for verb in profile.grammar.get(name, ()))):
            self._add_verb(folded(lemma))
        for word in profile.grammar.get("bad", ()):
            self.of(folded(word)).describes = True
        for place, predicate in enumerate(profile.predicates):
            if predicate.standing:
                self._add_standing(predicate)
            else:
                self._add_predicate(place, predicate)
        self._add_nouns(profile.nouns)
        self._add_counted(indicators)
        for entry in self.entries.values():
            use = entry.use
            if use is not NO_USE:
                use.small, use.phrasal = _longest_first(use.small), _longest_first(use.phrasal)
                use.states, use.nouns = _longest_first(use.states), _longest_first(use.nouns)
                lemmas = [lemma for _, (lemma, _) in use.phrasal] + ([use.verb[0]] if use.verb else [])
                told = any((way, lemma) in self.acts for lemma in lemmas for way in ("verb", "alone"))
                use.deed = told or bool(use.act or use.states)

    def of(self, word: str) -> Use:
        """The use of a word, made where there is none."""
        entry = self.entries.setdefault(word, Entry(plain=True))
        if entry.use is NO_USE:
            entry.use = Use()
        return entry.use

    def _add_small(self, word: str, letter: str) -> None:
        head, _, rest = word.partition(" ")
        use = self.of(head)
        if rest:
            use.small = _with(use.small, rest, letter)
        else:
            use.letter = use.letter or letter

    def _add_counted(self, indicators: Sequence[Indicator]) -> None:
        """What is counted is a deed too, also where no predicate tells what it does."""
        lemmas = [entry.verb for entry in self.entries.values() if entry.verb]
        lemmas += [lemma for row in indicators for lemma in (*row.verbs, *row.subjects)]
        for lemma in lemmas:
            if " the " not in lemma:  # "suspend the sentence of": its object is read by itself
                self._add_verb(folded(lemma), counted=True)
        for state in (state for row in indicators for state in row.states):
            self._add_state(folded(state))
        for noun in (noun for row in indicators for noun in (*row.nouns, *row.acts)):
            for head, _, rest in (form.partition(" ") for form in noun_forms(folded(noun), self.plurals)):
                if rest:  # "hotline calls" calls nobody
                    self.of(head).nouns = _with(self.of(head).nouns, rest, ())

    def _add_verb(self, lemma: str, counted: bool = False) -> None:
        head, _, rest = lemma.partition(" ")
        for form, name in verb_forms(head, self.irregular).items():
            if head in self.irregular and form == self.irregular[head][1] != self.irregular[head][0]:
                name = "participle"
            use = self.of(form)
            if rest:
                use.phrasal = _with(use.phrasal, rest, (lemma, name))
            if use.verb is None:
                use.verb, use.counted = (head, name), counted

    def _add_predicate(self, place: int, predicate: Predicate) -> None:
        for way, lemmas in (("verb", predicate.verbs), ("alone", predicate.alone)):
            for lemma in lemmas:
                self._add_verb(folded(lemma))
                self.acts.setdefault((way, folded(lemma)), []).append(place)
        for noun in predicate.nouns:
            self.acts.setdefault(("noun", noun), []).append(place)
            for form in noun_forms(noun, self.plurals):
                self.of(folded(form)).act = noun
        for state in predicate.states:
            self.acts.setdefault(("state", state), []).append(place)
            self._add_state(folded(state))

    def _add_state(self, state: str) -> None:
        head, _, rest = state.partition(" ")
        use = self.of(head)
        use.states = _with(use.states, rest, state)

    def _add_standing(self, predicate: Predicate) -> None:
        """What says only how things stand: of its phrases the first word alone is a verb."""
        for way, lemmas in (("verb", predicate.verbs), ("alone", predicate.alone)):
            for lemma in map(folded, lemmas):
                head, _, rest = lemma.partition(" ")
                if head not in self.entries or self.of(head).verb is None:
                    self._add_verb(head)
                self.standing.setdefault(head, {}).setdefault((tuple(rest.split()), way), []).append(predicate.effect)

    def _add_nouns(self, rows: Iterable[Nouns]) -> None:
        classes: dict[str, list[str]] = {}
        for row in rows:
            for word in row.words:
                for form in noun_forms(folded(word), self.plurals):
                    kept = classes.setdefault(form, [])
                    if row.name not in kept:
                        kept.append(row.name)
        for form, names in classes.items():
            head, _, rest = form.partition(" ")
            use = self.of(head)
            use.nouns = _with(use.nouns, rest, tuple(names))


def _with(rows: Rows[Value], rest: str, value: Value) -> Rows[Value]:
    row = (tuple(rest.split()), value)
    return rows if row in rows else (*rows, row)


def _longest_first(rows: Rows[Value]) -> Rows[Value]:
    return tuple(sorted(rows, key=lambda row: -len(row[0]))) if len(rows) > 1 else rows
