"""What is known of a word: its roles in the lists, what it counts and tells, and the one tag that it gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct, field

from diffing.language.inflection import deed_nouns, irregular_forms, noun_forms, verb_forms
from diffing.model.printed_numbers import is_money
from diffing.profile import Indicator

# Which role decides a token's tag where a word has several: the first in this order. Forms that depend on the
# words around ("reports", "shelter") are settled by `tokenize`.
_TAGS: tuple[tuple[str, str], ...] = (
    ("Y", "previous_period two_before three_before each_of_two each_of_three current_period several_years same_period"),
    ("L", "law_marks wage_marks"),
    ("s", "same"),
    ("c", "compared"),
    ("u", "unavailable"),
    ("N", "no"),
    ("t", "negations"),
    ("k", "any"),
    ("z", "nothing"),
    ("d", "number"),
    ("F", "fractions"),
    ("V", "vague"),
    ("Q", "at_least more_than up_to fewer_than approximately"),
    ("i", "including"),
    ("l", "contrast"),
    ("w", "relative_words"),
    ("b", "auxiliaries"),
    ("a", "articles"),
    ("f", "fillers"),
    ("p", "prepositions"),
    ("&", "conjunctions"),
    ("e", "each"),
    ("R", "respectively"),
    ("M", "months"),
    ("O", "ordinals"),
    ("r", "pronouns"),
)
TAGS_BY_ROLE = tuple((role, tag) for tag, roles in _TAGS for role in roles.split())
_ROLES = {role for role, _ in TAGS_BY_ROLE} | {"ages"}
_VERB_LISTS = (
    "reporting", "voices", "changing", "give", "undoing", "opening", "continuing", "closing", "other_verbs",
    "passing", "law_verbs", "holding", "exploiting", "describing", "reflexive", "getting",
)  # fmt: skip
_NOUN_LISTS = (
    "data", "law_nouns", "law_subjects", "durations", "measures", "period_data", "sentencing",
)  # fmt: skip
_ACTORS = ("ngo", "international_organization", "other_voice", "government")
SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(SMALL)},
    **{word: 10 * tens for tens, word in enumerate(_TENS, start=2)},
    **{f"{word}-{SMALL[ones]}": 10 * tens + ones for tens, word in enumerate(_TENS, start=2) for ones in range(1, 10)},
}
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000, "crores": 10_000_000,
}  # fmt: skip


Value = TypeVar("Value")
Rows = tuple[tuple[tuple[str, ...], Value], ...]
"""Phrases that hang on their first word, by their further words: the longest first."""


class Use(Struct, eq=False, gc=False, omit_defaults=True):  # as entries, made by the ten thousand to stay, in no circle
    """What a word does in a sentence that tells deeds."""

    letter: str = ""  # of a small word, what it is; a word without one is of content
    small: Rows[str] = ()  # small words of several words, with their letter
    verb: tuple[str, str] | None = None  # lemma, and form: base, s, past, participle, ing
    phrasal: Rows[tuple[str, str]] = ()  # verbs of several words, with lemma and form
    states: Rows[str] = ()  # behind "be" they say what a verb would
    nouns: Rows[tuple[str, ...]] = ()  # things and people, with the classes of each
    act: str = ""  # the noun of a deed that it is a form of
    deed: bool = False  # whether it may begin what tells a deed
    counted: bool = False  # whether its verb is known only as one by which something is counted
    describes: bool = False  # whether it only describes, whatever it looks like: "degrading"


NO_USE = Use()


class Entry(Struct, gc=False, omit_defaults=True):
    """One word or phrase with all that the lexicon says of it: first of what is counted, then in `use`."""

    roles: frozenset[str] = frozenset()
    noun: str = ""  # lemma, where it can be counted
    unit: str = ""
    kind: str = ""  # the class of the noun: victim, offender, ...
    verb: str = ""  # lemma
    form: str = ""  # base, s, past, ing
    actor: str = ""
    body: str = ""  # normal form: police, courts; "none": the whole government, any NGO
    breakdown: tuple[str, ...] = ()
    currency: str = ""
    value: int | float | None = None  # as it was written: both stay what they are where it is kept
    tag: str = "x"
    nouns: tuple[int, ...] = ()  # indicators that this noun names
    verbs: tuple[int, ...] = ()  # indicators that this verb names
    acts: tuple[int, ...] = ()  # indicators that this noun names with its object: "the rescue of 12 victims"
    splits: tuple[tuple[tuple[str, ...], Entry], ...] = ()  # what may stand behind this verb's object: to trial
    starts: dict[str, list[tuple[tuple[str, ...], Entry]]] | None = None  # phrases, by their second word
    plain: bool = False  # whether it says nothing of what is counted
    use: Use = field(default_factory=lambda: NO_USE)


PLAIN = Entry(plain=True)
"""What the lexicon says of a word that it does not have."""


def longest(rows: Rows[Value], folded: tuple[str, ...], at: int) -> tuple[int, Value] | None:
    """The longest phrase of those that hang on a word that stands there: (how many words, its value)."""
    after = folded[at + 1] if at + 1 < len(folded) else ""
    for rest, value in rows:  # most of them begin with another word
        if not rest or (rest[0] == after and folded[at + 1 : at + 1 + len(rest)] == rest):
            return len(rest) + 1, value
    return None


class Entries(Struct):
    """The entries of a lexicon while it is compiled."""

    irregular: dict[str, tuple[str, str]]
    plurals: dict[str, tuple[str, ...]]
    classes: set[str]  # of nouns
    putting: tuple[str, ...]  # verbs that bring somebody into a state, and those by which somebody comes into it
    coming: tuple[str, ...]
    entries: dict[str, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: dict[str, tuple[str, ...]]) -> Entries:
        """Empty entries, with what `lists` say of irregular forms."""
        irregular = irregular_forms(lists.get("irregular", ()))
        plurals = {line.split()[0]: tuple(line.split()[1:]) for line in lists.get("plurals", ())}
        classes = {key.split(".")[2] for key in lists if key.startswith("noun.")}
        return cls(irregular, plurals, classes, lists.get("putting", ()), lists.get("coming", ()))

    def get(self, word: str) -> Entry:
        """The entry of a word, made where there is none."""
        return self.entries.setdefault(word.lower().replace("’", "'"), Entry())

    def nouns(self, lemmas: Iterable[str]) -> Iterator[tuple[str, Entry]]:
        """Each form of each noun, with its lemma."""
        for lemma in lemmas:
            for form in noun_forms(lemma.lower(), self.plurals):
                yield lemma, self.get(form)

    def verbs(self, lemmas: Iterable[str]) -> Iterator[tuple[str, str, Entry]]:
        """Each form of each verb, with its lemma and which form it is."""
        for lemma in lemmas:
            for form, name in verb_forms(lemma, self.irregular).items():
                yield lemma, name, self.get(form)

    def add_list(self, key: str, words: tuple[str, ...]) -> None:
        """One list of the profile's `[lexicon]`: its key says what its words are."""
        kind, _, name = key.partition(".")
        if kind in ("fractions", "multiples", "currencies"):
            self.add_values(key, words)
        elif kind == "noun":
            _, unit, of = key.split(".")
            for lemma, found in self.nouns(words):
                found.noun, found.unit, found.kind = lemma, unit, of
        elif kind == "body":
            for _, found in self.nouns(words):
                found.body = name
                found.actor = found.actor or ("" if name == "none" else "government")
        elif kind == "breakdown":
            for word in words:
                found = self.get(word)
                found.breakdown = (*found.breakdown, name)
        elif key in _VERB_LISTS or kind == "verbs":
            self.add_verbs(name or key, words, known=kind == "verbs")
        elif key in _NOUN_LISTS or kind == "nouns":
            for _, found in self.nouns(words):
                found.roles |= {name or key}
        elif key in _ACTORS:
            for _, found in self.nouns(words):
                found.actor = found.actor or {"other_voice": "other"}.get(key, key)
        elif kind == "words" or key in _ROLES:
            for word in words:
                self.get(word).roles |= {name or key}

    def add_verbs(self, role: str, lemmas: Iterable[str], known: bool) -> None:
        """A role of verbs; a list of `known` ones makes no verb of a word."""
        for lemma, form, found in self.verbs(lemmas):
            found.roles |= {role}
            if not known:
                found.verb, found.form = lemma, found.form or form

    def add_values(self, key: str, words: Iterable[str]) -> None:
        """Words with a value behind them: "dozen 12", "third 1/3", "lari GEL"."""
        for line in words:
            text, _, value = line.rpartition(" ")
            if key == "currencies":
                for form in noun_forms(text, self.plurals) if text.isascii() and text[-1].isalpha() else (text,):
                    self.get(form).currency = value
                    self.get(form).roles |= {"currency"}
            elif key == "fractions":
                above, _, below = value.partition("/")
                self.get(text).value = int(above) / int(below)
                self.get(text).roles |= {"fractions"}
            else:
                self.get(text).value = float(value)
                self.get(text).roles |= {"number", "multiple"}

    def add_numbers(self) -> None:
        """The words of numbers."""
        for word, value in (*NUMBER_WORDS.items(), *SCALES.items()):
            self.get(word).value = value
            self.get(word).roles |= {"number"}
        for word in SCALES:
            self.get(word).roles |= {"scale"}

    def add_indicator(self, number: int, indicator: Indicator) -> None:
        """The words of an indicator, or of one of its wordings."""
        for lemma, found in self.nouns(indicator.nouns):
            found.nouns = (*found.nouns, number)
            found.noun = found.noun or lemma.lower()
            found.unit = found.unit or indicator.unit
            found.kind = found.kind or "case"
        by_state = [state for state in indicator.states if "prepositions" in self.get(state.split()[0]).roles]
        for lemma in (*indicator.verbs, *(f"{verb} {state}" for state in by_state for verb in self.putting)):
            self.add_deed(number, lemma, False)
        for lemma in (*indicator.subjects, *(f"{verb} {state}" for state in by_state for verb in self.coming)):
            self.add_deed(number, lemma, True)
        for phrase in indicator.states:  # "were on trial" is like "were tried"
            found = self.get(phrase)
            found.verbs = (*found.verbs, number)
            found.verb, found.form = phrase, "past"
        derived = (noun for verb in indicator.verbs if " " not in verb for noun in deed_nouns(verb))
        for _, found in self.nouns((*indicator.acts, *derived)):
            found.acts = (*found.acts, number)
        if is_money(indicator.unit):
            return
        # what only this profile counts is a noun by being named here
        own = [lemma for lemma in indicator.objects if lemma not in self.classes and not lemma.startswith("=")]
        for lemma, found in self.nouns(own):
            if not found.noun:
                found.noun, found.unit = lemma.lower(), indicator.unit

    def add_deed(self, number: int, lemma: str, subject: bool) -> None:
        """A verb that an indicator is named by; of a phrase its first word too: "brought two men to trial"."""
        for form, name in verb_forms(lemma.lower(), self.irregular).items():
            whole = self.get(form)
            if name != "past" and " " not in form and not subject:
                whole.acts = (*whole.acts, number)  # "the capture of", "the sheltering of"
            whole.verbs = (*whole.verbs, number)
            whole.verb, whole.form = lemma.lower(), whole.form or name
            if subject:
                whole.roles |= {"subject"}
            head, _, rest = form.partition(" ")
            if rest:
                found = self.get(head)
                if not found.verb and found.form != "base" and name in ("past", "ing"):
                    found.verb, found.form = lemma.lower().partition(" ")[0], name
                found.splits = (*found.splits, (tuple(rest.split()), whole))

    def take_heads(self) -> None:
        """Phrases are what their last word is: "sex traffickers", "vocational training"."""
        for text, found in self.entries.items():
            last, first = (self.entries.get(word, PLAIN) for word in (text.rpartition(" ")[2], text.partition(" ")[0]))
            if last.plain or found.noun or "prepositions" in first.roles:
                continue  # "from neighboring countries" is no country
            act = bool(found.acts) and " " in text and not found.verb
            if (found.breakdown and last is not found and last.noun) or act:
                found.noun, found.unit, found.kind = last.noun, last.unit, last.kind
                found.roles |= last.roles if act and not found.breakdown else frozenset()


def tag_of(entry: Entry) -> str:
    """The tag of a word by itself; forms that depend on the words around are settled by `tokenize`."""
    for role, tag in TAGS_BY_ROLE:
        if role in entry.roles:
            return tag
    if entry.verb and (entry.form in ("past", "ing") or not (entry.noun or entry.actor or "data" in entry.roles)):
        return "g" if "changing" in entry.roles and not entry.verbs else "v"
    if entry.noun or entry.actor or entry.acts or "data" in entry.roles:
        return "n"
    return "m" if entry.breakdown else "x"
