"""Several numbers of one series in two sentences: which answers which, by the words that stand beside each.

"trained 150 police officers and 40 prosecutors" answers "trained 90 police officers and 55 prosecutors" number by
number: the officers with the officers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from diffing.judging.comparable_figures import Comparable
from diffing.judging.reported_values import Told
from diffing.language.stems import likeness, stems

# How many words before and behind a number say what it counts. Range 2 to 5; fewer leave two sums alike, more read the
# next number's words.
WORDS_BEFORE = 3
WORDS_BEHIND = 5

# How many prepositions with their nouns say what a number counts. Range 1 to 3; more say where and when.
MOST_PARTS = 2

_PARTS = (["P", "noun"], ["T", "noun"])  # a preposition with its noun; "to" has a kind of its own
_QUOTES = str.maketrans(dict.fromkeys('“”"'))
_STOPS = frozenset(("and", "but", "while", "compared"))
_MARKS = frozenset(",;.()")
_TO_WHOM = (("to",), ("for",))


def beside_each_other(comparable: Comparable, together: Sequence[tuple[Told, Told]]) -> list[tuple[Told, Told]]:
    """The pairs whose numbers stand beside the same words.

    Each number stands in one pair at most, and every new one in one: else none is sure, and there are no pairs.
    """
    words = {id(told): _words_beside(comparable, told) for pair in together for told in pair}
    shares = [likeness(words[id(old)], words[id(new)]) for old, new in together]
    of_one: dict[int, list[float]] = defaultdict(list)
    for pair, alike in zip(together, shares, strict=True):
        for told in pair:
            of_one[id(told)].append(alike)
    likest = {key: max(all_of_it) for key, all_of_it in of_one.items()}
    only = {key for key, all_of_it in of_one.items() if all_of_it.count(likest[key]) == 1}
    best = [
        (old, new)
        for (old, new), alike in zip(together, shares, strict=True)
        if alike > 0 and all(id(told) in only and likest[id(told)] == alike for told in (old, new))
    ]
    every_new = len({id(new) for _, new in best}) == len({id(new) for _, new in together})
    return best if every_new and len(best) > 1 else []


def one_to_one(together: Sequence[tuple[Told, Told]]) -> bool:
    """Whether there are several pairs and each number stands in one of them."""
    olds, news = {id(old) for old, _ in together}, {id(new) for _, new in together}
    return len(together) > 1 and len(olds) == len(news) == len(together)


def counted(comparable: Comparable, told: Told) -> str:
    """What a number counts, in whole phrases: "police officers", "inspectors of mines".

    Where the indicator says that itself, what they were given: "shelter to 40 victims and medical care to 22".
    """
    sentence, profile = comparable.sentence_of(told), comparable.pair.new.profile
    end = told.figure.end - sentence.start
    phrases = comparable.said(told).phrases
    at = next((n for n, phrase in enumerate(phrases) if phrase.end >= end), len(phrases))
    said = [sentence.text[end : phrases[at].end]] if at < len(phrases) else []
    indicator = profile.indicator(told.figure.indicator)
    known = indicator is not None and stems(" ".join(said)) <= stems(" ".join(indicator.objects))
    if known and at > 1 and phrases[at - 2].kind == "noun" and phrases[at - 1].words in _TO_WHOM:
        return sentence.text[phrases[at - 2].start : phrases[at - 2].end]
    for _ in range(MOST_PARTS):
        kinds = [phrase.kind for phrase in phrases[at + 1 : at + 3]]
        if kinds not in _PARTS or phrases[at + 2].words[0][0].isdigit():
            break
        said.append(sentence.text[phrases[at + 1].start : phrases[at + 2].end])
        at += 2
    return " ".join(said).translate(_QUOTES).strip(" )").removeprefix("of ")


def _words_beside(comparable: Comparable, told: Told) -> frozenset[str]:
    """The stems of the words that stand right before and behind a number, up to a mark or another number."""
    sentence = comparable.sentence_of(told)
    words = comparable.said(told).words
    first, last = (words.behind(at - sentence.start) for at in (told.figure.start, told.figure.end))
    before = words.folded[max(0, first - WORDS_BEFORE) : first][::-1]
    behind = words.folded[last + (words.folded[last : last + 1] == (")",)) :][:WORDS_BEHIND]
    near = (*takewhile(_is_word, before), *takewhile(lambda word: _is_word(word) and word not in _STOPS, behind))
    return stems(" ".join(near))


def _is_word(word: str) -> bool:
    return word not in _MARKS and not word[0].isdigit()


def likeness_beside(comparable: Comparable, old: Told, new: Told) -> float:
    """How much of the words that stand beside two numbers are the same, 0 to 1."""
    return likeness(_words_beside(comparable, old), _words_beside(comparable, new))
