"""The phrases of a sentence: noun phrases, verb groups, and the small words between them.

A phrase is a stretch of words, `first` to `last`, both in it. Which of two things a form is ("detained", "reports") is
settled by the words around it.

>>> from diffing.profile import load_profile
>>> from diffing.language.lexicon import lexicon
>>> from diffing.language.words import words_of
>>> text = "The ministry closed the only shelter."
>>> known = lexicon(load_profile("hrr"))
>>> [(p.kind, text[p.start : p.end]) for p in phrases(words_of(text, known), known)]
[('noun', 'The ministry'), ('verb', 'closed'), ('noun', 'the only shelter'), ('.', '.')]
"""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import Any

from diffing.language.auxiliaries import BEFORE_VERB, HAVE, Auxiliaries, auxiliaries_at
from diffing.language.constituents import Phrase
from diffing.language.entries import longest
from diffing.language.lexicon import Lexicon
from diffing.language.word_kinds import kinds_of, looks_plural
from diffing.language.words import Words

PAST = frozenset(("past", "participle"))
# What stands behind "did" and is no verb.
_NO_DEEDS = frozenset(("so", "nothing", "little", "much", "more", "less", "well", "likewise", "otherwise", "both"))
# The kinds of words at which a verb group with an auxiliary may begin, and those at which a noun phrase may.
_HELPING = frozenset("AMNTL_V")
_NAMING = frozenset('DW#Y$%Q"')
# Words before which a bare form is a verb: somebody who does it.
_THEY = frozenset(("they", "we", "i", "you", "it", "he", "she", "who", "which", "that"))
_SAME_FORMS = frozenset(("broadcast", "put", "set", "cut", "shut", "let", "hit", "spread", "run", "become", "come"))
_DESCRIBING = ("ly", "orary", "ful", "ous", "able", "ible", "less")
# Before a form within a noun phrase: words that name something, and those of which none does.
_CONTENT, _DESCRIBED = frozenset("W#Y"), frozenset('D_#L"')
# Words of one noun phrase, and of a noun of the tables. Ranges 30 to 200, 6 to 20; the longest noun has 6
# ("international committee of the red cross"). Without them one word over and over takes time with its number's square.
MOST_WORDS, LONGEST_NOUN = 60, 8
YEAR_DIGITS = 4
# Behind the words of a noun phrase: what may belong to it, or be its verb.
_GOING_ON = frozenset('#Y$%LV"')


class _Reader:
    """Reads the phrases of one text from left to right."""

    def __init__(self, words: Words, known: Lexicon) -> None:
        self.words, self.folded = words, words.folded
        self.kinds, self.forms, self.long = kinds_of(words.known, words.folded)
        # the kinds as one text, in which what may be a verb is a V
        self.shape = "".join(["V" if form else kind for kind, form in zip(self.kinds, self.forms, strict=True)])
        self.listed, self.behind_nouns = known.listed, known.listed("behind_nouns")
        self.found: list[Phrase] = []

    def read(self) -> list[Phrase]:
        at, count = 0, len(self.folded)
        while at < count:
            kind, behind = self.kinds[at], 0
            if self.shape[at] in _HELPING:
                behind = self._verb_group(at)
            if not behind and kind in _NAMING:
                behind = self._noun_phrase(at)
            at = behind or self._small(at)
        return self.found

    def _small(self, at: int) -> int:
        kind, last = self.kinds[at], at + self.long.get(at, 1) - 1
        if kind != '"':
            self._add(kind if kind != "W" else "noun", at, last, last)
        return last + 1

    def _add(self, kind: str, first: int, last: int, head: int) -> None:
        starts, end = self.words.starts, self.words.end(last)
        self.found.append(Phrase(kind, first, last, starts[first], end, head, self.folded[first : last + 1]))

    def _add_verb(self, first: int, last: int, head: int, **more: Any) -> None:
        start, held = self.words.starts[first], self.folded[first : last + 1]
        self.found.append(Phrase("verb", first, last, start, self.words.end(last), head, held, **more))

    # --- verbs

    def _verb_group(self, at: int) -> int:
        """A verb group that begins at a word: the word behind it, or 0."""
        if self.kinds[at] not in BEFORE_VERB:  # most words
            return self._finish_bare(at, at) if self._bare(at) else 0
        group = auxiliaries_at(self.kinds, self.folded, at)
        if not group.begun:
            # a verb without an auxiliary, behind an adverb or a negation as like as not: "reportedly closed"
            bare = at < (k := group.end) < len(self.kinds) and self._bare(k)
            return self._finish_bare(at, k, denied=self.kinds[at] == "N") if bare else 0
        state = self._state(group)
        if state is not None:
            first, (length, lemma) = state
            self._add_verb(
                at, first + length - 1, head=first, lemma=lemma, form="state", past=group.past,
                denied=group.denied and first == group.end, finite=not group.to, infinitive=group.to, copula=True,
            )  # fmt: skip
            return first + length
        return self._helped(at, group)

    def _state(self, group: Auxiliaries) -> tuple[int, tuple[int, str]] | None:
        """The phrase behind "be" that says what a verb would: "out of service", "not operational"."""
        for first in (group.end, group.end - 1) if group.be else ():
            if first < len(self.folded) and (found := longest(self.words.known[first].use.states, self.folded, first)):
                return first, found
        return None

    def _helped(self, at: int, group: Auxiliaries) -> int:
        k, kinds, words = group.end, self.kinds, self.folded
        found = self.forms[k] if k < len(words) else None
        may_act = k < len(words) and kinds[k] == "W" and words[k] not in _NO_DEEDS
        if found is None and may_act and (group.have or kinds[k + 1 : k + 2] == ["D"] if group.to else group.bare):
            found = words[k], "base"  # "did not cooperate", "had to wait", "failed to lift the": whatever stands there
        if found is not None and self._fits(found[1], group, k):
            lemma, form = found
            last, lemma = self._phrasal(k, lemma)
            self._add_verb(
                at, last, head=k, lemma=lemma, form=form, passive=group.be and form in PAST,
                perfect=group.have, past=group.past, denied=group.denied,
                finite=not group.to or self._has_to(at, k), infinitive=group.to and not self._has_to(at, k),
                ing=group.be and form == "ing",
            )  # fmt: skip
            return last + 1
        if group.to and not group.be and not group.have:
            return 0  # "to shelters"
        while k - 1 > at and kinds[k - 1] in "LD":
            k -= 1
        last, lemma = self._phrasal(k - 1, "be" if group.be else "have" if group.have else "do")  # "did away with"
        self._add_verb(
            at, last, head=k - 1, lemma=lemma, form="aux" if last < k else "past" if group.past else "base",
            past=group.past, denied=group.denied, finite=not group.to, infinitive=group.to, copula=group.be,
        )  # fmt: skip
        return last + 1

    def _has_to(self, first: int, behind: int) -> bool:
        """Whether the words before a verb say what somebody had to do; not "to have done"."""
        words = self.folded[first:behind]
        return not HAVE.isdisjoint(words[: words.index("to")])

    def _fits(self, form: str, group: Auxiliaries, at: int) -> bool:
        """Whether a form may stand behind the auxiliaries before it."""
        if self.kinds[at] not in "WL_P":
            return False
        if group.be:  # not "were believed to be trafficking victims"
            return form in PAST or (form == "ing" and not self._in_noun(at, at))
        if group.have:
            return form in PAST or group.to
        return form == "base" or self.folded[at] in _SAME_FORMS

    def _bare(self, at: int) -> bool:
        """Whether a word without an auxiliary is a verb of the sentence."""
        form = self.forms[at]
        if form is None or self.kinds[at] != "W" or (at and self.words.printed[at][0].isupper()):
            return False  # "Water Service Limited"
        if self._in_noun(max(0, at - 2) if form[1] == "ing" else at, at):
            return False  # "forced labor", "working conditions", "memorandum of understanding"
        before = self.found[-1] if self.found else None
        following = self.kinds[at + 1] if at + 1 < len(self.kinds) else "."
        if form[1] in PAST:
            return self._bare_past(at, before, following)
        if form[1] == "ing":
            return self._bare_ing(at, before, following)
        return before is not None and self._bare_present(at, form[1], before, following)

    def _bare_past(self, at: int, before: Phrase | None, following: str) -> bool:
        if before is None:
            return following in "PSLT."  # "Asked about", but "Dismissed workers"
        if before.kind in ("noun", "Q", "R", "B", ")"):
            return True
        if before.kind in ("C", ",", ";", "S", "L"):
            ended = before.kind == "L" and self.found[-2:-1] and self.found[-2].kind == "verb"
            return not (ended and following == "W") and self._continues(following)  # "ended newly passed rules"
        described = before.form in PAST and before.first == before.head and before.lemma not in self.listed("staying")
        if described and following == "W":  # "of the 14 convicted received terms"
            described = [part.kind for part in self.found[-3:-1]] == ["P", "noun"]
        # "the cases that police opened led to charges", not "adopted written rules"
        return before.kind == "verb" and (before.copula or described)

    def _bare_ing(self, at: int, before: Phrase | None, following: str) -> bool:
        if before is None:  # but "Screening revealed"
            return not self._is_past(at + 1) and (following in "D#W" if self._is_noun(at) else following not in "A")
        named = self.kinds[at - 1] in "#PT" and self.words.known[at].use.verb is None
        if not named and before.kind == "verb" and self._is_noun(at):
            named = before.lemma not in self.listed("taking_place") and before.lemma not in self.listed("saying")
        if named and following == "W":
            return False  # "14 logging camps", "published trafficking data", but "began training officers"
        if before.kind in ("noun", "Q"):
            return before.kind == "noun" and following in "DW#B" and (following in "D#" or not self._is_noun(at))
        return before.kind in ("verb", *"P,SCTL(") and (following in "D#WQ" or not self._is_noun(at))

    def _bare_present(self, at: int, form: str, before: Phrase, following: str) -> bool:
        if before.kind == "Q" and self.folded[before.last] in _THEY:
            return True
        if before.kind in "RB":
            return following not in "AM" and not (looks_plural(self.folded[at]) and self._is_past(at + 1))
        if before.kind == "verb":
            return form == "base" and before.lemma in self.listed("helping")  # "helped repatriate"
        clear = following in "D#Q" or (following == "W" and not self._is_noun(at))
        aside = sum(a.kind in ",C" and b.kind in "RB" for a, b in pairwise(self.found))
        told = sum(part.kind == "verb" and not part.passive for part in self.found)
        many = bool(aside) and looks_plural(self.folded[self.found[0].head])  # "The rules, which it made, allow"
        if before.kind in (",", "L") and told <= aside and (form == "s" or many) and self._waits():
            return not self._is_noun(at)  # "The law, however, authorizes", "The law, passed in May, authorizes"
        if before.kind == "C" or (before.kind == "," and form == "base" and clear):  # "not assist men, train judges"
            bare = [p.form for p in self.found[-6:] if p.kind == "verb"][-1:] == ["base"]  # "to open and run"
            return bare if form == "base" else self._after_present(at)
        if before.kind not in ("noun", "Q") or (self.words.known[at].use.act and following not in "D#QB"):
            return False
        return (self._third_person if form == "s" else self._plain_form)(at, before, following)

    def _third_person(self, at: int, before: Phrase, following: str) -> bool:
        if following == "P" and self.folded[at + 1] == "of":
            return False  # "the worst forms of"
        last = before.last
        if self.folded[last].endswith(_DESCRIBING) or (before.first == last and self._is_past(last)):
            return False  # "monthly costs", "unlawful acts", "revised totals"
        clear = following in "D#QTBL" or not self._is_noun(at)
        return following in "D#QTPBLW" and not looks_plural(self.folded[before.head]) and clear

    def _plain_form(self, at: int, before: Phrase, following: str) -> bool:
        if not looks_plural(self.folded[before.head]) or self.folded[before.head].endswith("'s"):
            return False  # "the committee's budget"
        if following == "W":
            return not self._is_noun(at) and (self.forms[at + 1] or ("", ""))[1] != "past"
        return following in "D#QTBP" and not (self._is_noun(at) and following == "P")

    def _in_noun(self, first: int, at: int) -> bool:
        """Whether a word belongs to a noun of the tables that is of several words."""
        for k in range(max(first, at - LONGEST_NOUN), at + 1):
            word = self.words.known[k]
            if word.long_noun and (found := longest(word.use.nouns, self.folded, k)) and found[0] > max(1, at - k):
                return True
        return False

    def _after_present(self, at: int) -> bool:
        """Whether the last verb stands in the present and this one goes on: "prohibits night work and provides"."""
        verbs = [part for part in self.found if part.kind == "verb" and part.finite]
        return bool(verbs) and verbs[-1].form in ("s", "base", "aux") and not self._is_noun(at)

    def _is_noun(self, at: int) -> bool:
        named = longest((use := self.words.known[at].use).nouns, self.folded, at)
        return bool(use.act or (named and named[1]))

    def _continues(self, following: str) -> bool:
        """Whether a participle behind a comma or "and" tells one more deed, and does not describe what follows."""
        verbs = [p for p in self.found if p.finite or p.form in PAST]
        if not verbs:
            # "In May, detained journalists ..." describes; "When arrested, he ..." tells nothing
            return following in "P.," or (self.found[-1].kind == "," and self._waits())
        return following in 'D#PTLQSB.,;:CMA("' or verbs[-1].form in PAST or verbs[-1].form == "ing"

    def _waits(self) -> bool:
        """Whether a subject stands before the comma: "the ministry, with the police, carried out"."""
        return any(
            part.kind == "noun" and not (k and self.found[k - 1].kind in "PT") and self.kinds[part.head] not in "Y#"
            for k, part in enumerate(self.found)
        )

    def _finish_bare(self, at: int, head: int, denied: bool = False) -> int:
        lemma, form = self.forms[head] or ("", "")
        last, lemma = self._phrasal(head, lemma)
        past, ing = form in PAST, form == "ing"
        passive = past and self._without_object(last) and bool(self.found) and self.found[-1].kind != "Q"
        told = {"passive": passive, "past": past, "denied": denied, "finite": not ing, "ing": ing}
        self._add_verb(at, last, head, lemma=lemma, form=form, **told)
        return last + 1

    def _phrasal(self, head: int, lemma: str) -> tuple[int, str]:
        """Where a verb of several words ends that begins with a head, and its lemma: "shut down"."""
        found = longest(self.words.known[head].use.phrasal, self.folded, head)
        end = head + found[0] if found else head  # "referred to care", where "to care facilities" goes on
        goes_on = found and self.kinds[end - 2] in "PT" and self.kinds[end - 1 : end + 1] == ["W", "W"]
        return (head, lemma) if not found or goes_on else (end - 1, found[1][0])

    def _without_object(self, head: int) -> bool:
        """Whether nothing stands behind a participle that it could act on; settled by the clause later on."""
        behind = self.kinds[head + 1 : head + 3]  # "30 referred the year before"
        return behind == ["D", "Y"] or not behind or behind[0] in "P.,;:SCTMAR)("

    # --- nouns

    def _noun_phrase(self, at: int) -> int:
        """A noun phrase that begins at a word: the word behind it, or 0."""
        shape = self.shape[at : at + MOST_WORDS]
        behind = (words := shape.removeprefix("D")).lstrip("W")
        k = at + len(shape) - len(behind)
        if len(words) > len(behind) and behind[:1] not in _GOING_ON and self.folded[k - 1] not in self.behind_nouns:
            self._add("noun", at, k - 1, k - 1)
            return k  # most of them: nothing is to be settled
        kinds, forms, k, begun = self.kinds, self.forms, at, False
        limit = min(len(kinds), at + MOST_WORDS)
        while k < limit:
            kind = kinds[k]
            if kind in "W#Y$%":
                if begun and self._begins_relative(k):
                    break
                if begun and (kind != "W" or forms[k] is not None or self._dated(k, at)) and self._ends(k, at):
                    break
                begun = True
            elif kind == "D":
                if begun and kinds[k - 1] not in "D_":
                    break
                begun = True
                k += self.long.get(k, 1) - 1
            elif kind == "L":
                if not (self._describes(k) or self.folded[k] == "."):
                    break
            elif kind != '"' or k + 1 == len(kinds) or kinds[k + 1] not in "DW#":
                break
            k += 1
        while k > at and kinds[k - 1] == '"':
            k -= 1
        head = k - 1
        while head >= at and (kinds[head] != "W" or (head > at and self.folded[head] in self.behind_nouns)):
            head -= 1  # "Decree No. 823", "officials complicit in"
        if not any(kind in "#YDW" for kind in kinds[at:k]):
            return 0
        self._add("noun", at, k - 1, head if head >= at else k - 1)
        return k

    def _begins_relative(self, at: int) -> bool:
        """Whether a word is the subject of a clause that describes the noun before it: "acts traffickers forced"."""
        if self.forms[at] is not None or self.kinds[at - 1] != "W" or not self._is_past(at + 1):
            return False  # most words
        return all(w.endswith("s") and not w.endswith(("ss", "'s", "’s")) for w in self.folded[at - 1 : at + 1])

    def _is_past(self, at: int) -> bool:
        return at < len(self.forms) and (self.forms[at] or ("", ""))[1] in PAST

    def _ends(self, at: int, first: int) -> bool:
        """Whether a noun phrase ends before a word of content, a number or a time."""
        if self.forms[at] is not None and self._starts_verb(at, first):
            return True
        kind = self.kinds[at]
        if kind == "#" and self.kinds[at - 1] == "W" and self.words.printed[at - 1].islower():
            return self.kinds[at + 1 : at + 2] == ["W"]  # "referred to care 17 victims"
        return self._dated(at, first) and (kind == "W" or (kind == "#" and not self.folded[at][0].isdigit()))

    def _dated(self, at: int, first: int) -> bool:
        """Whether a date ends before a word, "in May 2019"; not "the May 2019 decree"."""
        before = self.kinds[at - 1]
        if before != "#" or at - first > 2:
            return before == "Y"
        year = at - first == 1 and self._is_year(first) and self.found[-1:] and self.found[-1].words == ("in",)
        return self.kinds[first] == "Y" or bool(year)  # "in 2018 police"

    def _is_year(self, at: int) -> bool:
        return self.folded[at][:2] in ("19", "20") and len(self.folded[at]) == YEAR_DIGITS

    def _describes(self, at: int) -> bool:
        """Whether an adverb in a noun phrase goes with a participle in it: "the newly adopted law", "its only line"."""
        owned = self.folded[at - 1].endswith("'s")
        return at + 2 < len(self.kinds) and (owned or self.kinds[at - 1] in "D#_") and self.kinds[at + 1] == "W"

    def _has_object(self, at: int) -> bool:
        """Whether what stands behind a form is none of several: "39 accepted help", not "39 arrested men"."""
        behind = takewhile(lambda k: self.kinds[k] == "W" and not self._is_past(k), range(at + 1, len(self.kinds)))
        words = [self.folded[k] for k in behind]
        if "getting" in self.words.known[at].entry.roles and self.kinds[at + 1 : at + 2] == ["W"]:
            return True  # "four received suspended sentences"
        return bool(words) and not any(map(looks_plural, words))

    def _starts_verb(self, at: int, first: int) -> bool:
        """Whether a word within a noun phrase is the verb behind it instead."""
        form = self.forms[at] or ("", "")
        if self._in_noun(first, at):
            return False  # "exit permits"
        before, following = self.kinds[first:at], "".join(self.kinds[at + 1 : at + 2]) or "."
        content = not _CONTENT.isdisjoint(before)
        several = self.kinds[at - 1] == "#" and self.folded[at - 1] != "one"
        opening = next((k for k in range(first, at) if self.kinds[k] not in "D_"), first)
        counted = self.kinds[opening] == "#" and self.folded[opening] != "one" and not self._is_year(opening)
        if form[1] in PAST:
            if _DESCRIBED.issuperset(before) and not self._is_year(at - 1):
                # "three arrested men"; "an NGO each identified six", "those arrested", "30 convicted in May"
                told = "#" in before or any(self.long.get(n, 1) > 1 for n in range(first, at))
                phrasal = longest(self.words.known[at].use.phrasal, self.folded, at)
                told = told and bool(following in "PD.,;" or phrasal or (several and self._has_object(at)))
                of = [part.kind for part in self.found[-2:]] == ["noun", "P"] and at - first == 1
                ends = {"each": following == "#", "those": following not in "W#", "these": of}
                return ends.get(self.folded[at - 1], False) or told  # "two of these received funds"
            return content
        if not content or (counted and (form[1] == "s" or (several and form[1] == "ing" and not self._has_object(at)))):
            return False  # "12,400 calls", "21 crossing points"
        self.found.append(Phrase("noun", first, at - 1, 0, 0, at - 1))
        bare = self._bare(at)
        self.found.pop()
        return bare


def phrases(words: Words, known: Lexicon) -> list[Phrase]:
    """The phrases of a text, in order; quotation marks stand in none."""
    found = _Reader(words, known).read()
    for noun, prep, tail in zip(found, found[1:], found[2:], strict=False):
        if noun.kind == "noun" and prep.kind in ("P", "T") and tail.kind == "noun":
            noun.tail = " ".join(prep.words), tail
    return found
