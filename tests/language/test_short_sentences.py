"""A sentence of a few words, as a table's cell or a list's item is, is read whatever its words are."""

from functools import cache
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diffing
from diffing.extracting import extract_figures
from diffing.language.analysis import analyse
from diffing.language.lexicon import lexicon
from diffing.profile import load_profile
from diffing.reporting.explain import explain_sentence

FAMILIES = ("tip", "hrr", "dol")
ENDS = ("", ".", ",", ":", "?", ")")
MORE = ("8", "2019", "$4", "15%", "—", "“", "(", "the", "of", "and", "to", "not", "than", "x")


@cache
def words_of(family: str) -> list[str]:
    """All words of a family's lexicon in every form, and all of its phrases."""
    known = lexicon(load_profile(family))
    begun = ((first, entry.starts.values()) for first, entry in known.words.items() if entry.starts)
    phrases = {" ".join((first, *rest)) for first, lists in begun for found in lists for rest, _ in found}
    return sorted({*known.words, *known.irregular, *phrases, *MORE})


def read(sentence: str, family: str) -> None:
    """Every layer of a sentence, each as its own caller asks for it."""
    figures = extract_figures(sentence, report_year=2020, profile=family)
    assert explain_sentence(analyse(sentence, load_profile(family)), figures)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_word_alone_is_read(family: str) -> None:
    for word in words_of(family):
        read(word, family)


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_few_words_of_the_lexicon_are_read(family: str, data: st.DataObject) -> None:
    word = st.sampled_from(words_of(family))
    said = " ".join(data.draw(st.lists(word, min_size=1, max_size=3)))
    for shown in (said, said.capitalize()):
        for end in ENDS:
            read(shown + end, family)


@pytest.mark.parametrize("family", FAMILIES)
def test_lists_of_single_words_are_compared(family: str) -> None:
    """All words of the lexicon as items of lists, the old ones beside those that follow them."""
    words = words_of(family)
    items = [f"• {word.capitalize()}" for word in islice(words, 0, None, 20)]
    old, new = ("PROTECTION\n\n" + "\n\n".join(part) for part in (items[:-1], items[1:]))
    assert diffing.compare_texts(old, new, country="X", old_year=2019, new_year=2020, profile=family).index.height == 1
