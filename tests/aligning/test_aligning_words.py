"""Word edits: rows of two texts and what is shown, and what holds for all texts."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from diff_match_patch import diff_match_patch
from hypothesis import given
from hypothesis import strategies as st

from diffing.aligning import word_edits
from diffing.aligning.words import common_runs
from diffing.model import Op, WordEdit

MARKS = {Op.EQUAL: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "[+{}+]"}


def shown(edits: tuple[WordEdit, ...]) -> str:
    return "".join(MARKS[edit.op].format(edit.text) for edit in edits)


CASES = [
    # what it shows, old, new, edits
    ("nothing", "", "", ""),
    ("equal", "Same words.", "Same words.", "Same words."),
    ("all new", "", "Two words", "[+Two words+]"),
    ("a number beside its noun", "fined five mills", "fined 12 mills", "fined [-five-][+12+] mills"),
    ("no fragment of a number", "1,250,000 calls", "1,260,000 calls", "[-1,250,000-][+1,260,000+] calls"),
    ("money is one token", "paid $3.1 million to", "paid $4 million to", "paid [-$3.1 million-][+$4 million+] to"),
    ("a span of years", "plan for 2018-2022.", "plan for 2019-2023.", "plan for [-2018-2022-][+2019-2023+]."),
    ("a share", "rose by 7.5% in", "rose by 17.5% in", "rose by [-7.5%-][+17.5%+] in"),
    ("an ordinal", "the 5th plan", "the 6th plan", "the [-5th-][+6th+] plan"),
    ("a negation", "did report cases", "did not report cases", "did [+not +]report cases"),
    ("a negation that came", "no longer report it", "report it", "[-no longer -]report it"),
    ("no fragment of a word", "unreported cases", "reported cases", "[-unreported-][+reported+] cases"),
    ("a compound word", "anti-slavery law", "anti-corruption law", "[-anti-slavery-][+anti-corruption+] law"),
    ("an abbreviation", "the U.S. envoy", "the U.N. envoy", "the [-U.S.-][+U.N.+] envoy"),
    ("a comma alone", "men and women", "men, and women", "men[+,+] and women"),
    ("a full stop and a word", "It ended.", "It ended early.", "It ended[+ early+]."),
    ("white space is no edit", "one\n  two", "one two", "one two"),
    ("white space that went", "one two", "onetwo", "[-one two-][+onetwo+]"),
    (
        "a kept word lost between longer edits is shown as replaced",
        "prosecutors questioned dozens of the accused",
        "an inspector visited every one of numerous plantations",
        "[-prosecutors questioned dozens of the accused-][+an inspector visited every one of numerous plantations+]",
    ),
    (
        "kept words that are longer stay",
        "Nine officials attended training on screening of seamen.",
        "Twelve judges attended training on interviewing of girls.",
        "[-Nine officials-][+Twelve judges+] attended training on [-screening of seamen-][+interviewing of girls+].",
    ),
]

# runs of four words and more that both texts have at one place, between long edits
KEPT = [
    (
        "In a long opening that nobody kept, the head of the unit said nothing whatever.",
        "It was made public that the head of the unit had been dismissed in the spring of last year by decree.",
        "the head of the unit",
    ),
    (
        "Observers from eleven embassies complained that the $3.1 million fund remained unspent throughout.",
        "According to the auditors of the court, the $3.1 million fund was moved into another ministry's budget.",
        "the $3.1 million fund",
    ),
]


@pytest.mark.parametrize(("old", "new", "kept"), KEPT)
def test_four_words_that_both_have_are_kept(old: str, new: str, kept: str) -> None:
    assert any(kept in edit.text for edit in word_edits(old, new) if edit.op is Op.EQUAL)


WORD = st.sampled_from(["the", "a", "court", "of", "in", "jailed", "12", "nine", "officials", "spring", ",", "and"])


@given(st.lists(WORD, max_size=40), st.lists(WORD, max_size=40))
def test_no_four_words_are_struck_out_and_put_in_at_one_place(old: list[str], new: list[str]) -> None:
    edits = word_edits(" ".join(old), " ".join(new))
    for one, other in pairwise(edits):
        if (one.op, other.op) == (Op.REMOVED, Op.ADDED):
            struck, put_in = one.text.split(), other.text.split()
            runs = {tuple(struck[n : n + 4]) for n in range(len(struck) - 3)}
            twice = runs & {tuple(put_in[n : n + 4]) for n in range(len(put_in) - 3)}
            assert not [run for run in twice if "," not in run]


@pytest.mark.parametrize(("old", "new", "edits"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_case(old: str, new: str, edits: str) -> None:
    assert shown(word_edits(old, new)) == edits


TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet="ab1 2,.$-é\n%’", max_size=40))


def fold(text: str) -> str:
    return " ".join(text.split())


@given(TEXTS, TEXTS)
def test_both_texts_can_be_rebuilt(old: str, new: str) -> None:
    edits = word_edits(old, new)
    assert "".join(edit.text for edit in edits if edit.op is not Op.REMOVED) == new
    assert fold("".join(edit.text for edit in edits if edit.op is not Op.ADDED)) == fold(old)


@given(TEXTS, TEXTS)
def test_edits_are_whole_and_in_order(old: str, new: str) -> None:
    edits = word_edits(old, new)
    assert all(edit.text for edit in edits)
    for one, other in pairwise(edits):
        assert one.op is not other.op
        assert (one.op, other.op) != (Op.ADDED, Op.REMOVED)


@given(TEXTS)
def test_a_text_and_itself_have_no_edit(text: str) -> None:
    assert [edit.op for edit in word_edits(text, text)] == ([Op.EQUAL] if text else [])


@given(TEXTS, TEXTS)
def test_no_edit_tears_a_word_or_a_number(old: str, new: str) -> None:
    for side, unwanted in ((new, Op.REMOVED), (old, Op.ADDED)):
        at = 0
        text = "".join(edit.text for edit in word_edits(old, new) if edit.op is not unwanted)
        cuts = set()
        for edit in word_edits(old, new):
            if edit.op is not unwanted:
                at += len(edit.text)
                cuts.add(at)
        for match in re.finditer(r"[^\W\d_]+|\d+(?:[.,]\d+)*", text):
            torn = [cut for cut in cuts if match.start() < cut < match.end()]
            assert not torn, (side, match[0])


def test_two_sentences_of_a_hundred_thousand_characters() -> None:
    old, new = "a b " * 25_000, "b c " * 25_000
    edits = word_edits(old, new)
    assert "".join(edit.text for edit in edits if edit.op is not Op.REMOVED) == new


@given(st.lists(st.sampled_from("abcde"), max_size=25), st.lists(st.sampled_from("abcde"), max_size=25))
def test_as_many_words_are_kept_as_by_diff_match_patch_without_a_time_limit(old: list[str], new: list[str]) -> None:
    """Its diff is minimal when nothing stops it; one character for a word is its word mode."""
    reference = diff_match_patch()
    reference.Diff_Timeout = 0
    kept = sum(len(run) for op, run in reference.diff_main("".join(old), "".join(new), False) if op == 0)
    assert sum(size for _, _, size in common_runs(old, new)) == kept
