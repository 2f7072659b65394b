"""Aligning sentences: readable cases in `alignments/`, and what holds for all texts."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diffing.aligning import align_sentences, candidates
from diffing.aligning.chains import Bead, heaviest_beads, heaviest_run
from diffing.aligning.similarity import Texts
from diffing.model import Link

CASES = sorted((Path(__file__).parent / "alignments").glob("*.txt"))


def read_case(path: Path) -> tuple[list[tuple[str | None, str]], list[tuple[str | None, str]], str]:
    _, old, new, links = re.split(r"^--- \w+\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)

    def lines(part: str) -> list[tuple[str | None, str]]:
        found = [re.fullmatch(r"(?:\[(\w+)\] )?(.*)", line) for line in part.splitlines() if line]
        return [(match[1], match[2].replace("\\t", "\t")) for match in found if match]

    return lines(old), lines(new), links


def written(links: list[Link]) -> str:
    """The links as the cases write them: by the first old sentence, counting from 1."""
    lines = []
    for link in sorted(links, key=lambda link: link.old):
        left, right = (" ".join(str(n + 1) for n in side) for side in (link.old, link.new))
        lines.append(f"{left} - {right}{' moved' if link.moved else ''}\n")
    return "".join(lines)


def align(old: list[tuple[str | None, str]], new: list[tuple[str | None, str]]) -> list[Link]:
    sections = {
        name: [key for key, _ in side]
        for name, side in (("old_sections", old), ("new_sections", new))
        if any(key for key, _ in side)
    }
    return align_sentences([text for _, text in old], [text for _, text in new], **sections)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    old, new, links = read_case(path)
    assert written(align(old, new)) == links


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_with_its_sides_swapped(path: Path) -> None:
    old, new, _ = read_case(path)
    there, back = align(old, new), align(new, old)
    assert sorted((link.new, link.old, link.similarity, link.moved) for link in there) == [
        (link.old, link.new, link.similarity, link.moved) for link in sorted(back, key=lambda link: link.old)
    ]


# Texts that are like each other: few words, so that sentences repeat, split, merge and move by themselves.
WORDS = st.sampled_from(
    [
        "court",
        "police",
        "12",
        "nine",
        "victims",
        "of",
        "the",
        "convicted",
        "in",
        "2018",
        "no",
        "שלום",
        "é́",
        "\ud800",
        "…",
    ]
)
SENTENCES = st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=14)
KEYS = st.sampled_from(["prosecution", "protection"])


@given(SENTENCES)
def test_a_text_aligned_with_itself_is_the_identity(sentences: list[str]) -> None:
    assert align_sentences(sentences, sentences) == [Link((n,), (n,), 1.0) for n in range(len(sentences))]


@given(SENTENCES, SENTENCES)
def test_links_are_in_range_and_take_no_sentence_twice(old: list[str], new: list[str]) -> None:
    links = align_sentences(old, new)
    for taken, sentences in (
        ([i for link in links for i in link.old], old),
        ([j for link in links for j in link.new], new),
    ):
        assert len(taken) == len(set(taken))
        assert all(0 <= n < len(sentences) for n in taken)
    for link in links:
        assert link.old == tuple(sorted(link.old))
        assert link.new == tuple(sorted(link.new))
        assert min(len(link.old), len(link.new)) == 1
        assert 0 <= link.similarity <= 1
        if link.similarity == 1 and len(link.old) == len(link.new) == 1 and old[link.old[0]] == new[link.new[0]]:
            continue
        assert " ".join(old[link.old[0]].split()) != " ".join(new[link.new[0]].split())
    assert links == sorted(links, key=lambda link: link.new)


@given(SENTENCES, SENTENCES, st.data())
def test_swapping_the_sides_swaps_the_links(old: list[str], new: list[str], data: st.DataObject) -> None:
    old_sections = data.draw(st.lists(KEYS, min_size=len(old), max_size=len(old)))
    new_sections = data.draw(st.lists(KEYS, min_size=len(new), max_size=len(new)))
    there = align_sentences(old, new, old_sections=old_sections, new_sections=new_sections)
    back = align_sentences(new, old, old_sections=new_sections, new_sections=old_sections)
    assert {(x.old, x.new, x.similarity, x.moved) for x in there} == {
        (x.new, x.old, x.similarity, x.moved) for x in back
    }


@given(st.lists(st.text(max_size=30), max_size=8), st.lists(st.text(max_size=30), max_size=8))
@settings(max_examples=200)
def test_any_unicode_is_aligned(old: list[str], new: list[str]) -> None:
    assert align_sentences(old, new) == align_sentences(old, new)


def test_sections_must_be_as_many_as_the_sentences() -> None:
    with pytest.raises(ValueError, match="old_sections: 1 keys for 2 sentences"):
        align_sentences(["a", "b"], ["a"], old_sections=["x"], new_sections=["x"])


def test_empty_sides() -> None:
    assert align_sentences([], ["One."]) == align_sentences(["One."], []) == align_sentences([], []) == []


def test_a_thousand_equal_sentences_and_one_more() -> None:
    links = align_sentences(["None."] * 1000, ["None."] * 1001)
    assert len(links) == 1000
    assert not any(link.moved for link in links)


def test_a_sentence_of_a_hundred_thousand_characters() -> None:
    long = "The inspectors visited farms and mills " * 2600
    (link,) = align_sentences([long], [long + "in May"])
    assert (link.old, link.new, link.moved) == ((0,), (0,), False)
    assert 0.99 < link.similarity < 1


def test_a_long_text_finds_what_a_narrative_finds() -> None:
    """Above the size where every pair is compared, moves, edits, new and gone sentences are found all the same."""
    random = Random(7)
    words = [f"{a}{b}{c}" for a in "bdfglm" for b in "aeiou" for c in ("n", "r", "st", "lk")]
    old = [" ".join(random.choices(words, k=14)) + f" {n % 9}." for n in range(1500)]
    new: list[str] = []
    truth: set[tuple[int, int]] = set()
    for n, sentence in enumerate(old):
        if n % 10 == 4:
            continue
        if n % 2:
            sentence = sentence.replace(sentence.split()[3], "zuzu").replace(f" {n % 9}.", f" {n}.")
        truth.add((n, len(new)))
        new.append(sentence)
        if n % 15 == 7:
            new.append(" ".join(random.choices(words, k=14)))
    moved = new[700:703]
    new[700:703] = []
    new[100:100] = moved
    order = {j: (j - 700 + 100 if 700 <= j < 703 else j + 3 if 100 <= j < 700 else j) for _, j in truth}
    truth = {(i, order[j]) for i, j in truth}
    links = align_sentences(old, new)
    found = {(i, j) for link in links for i in link.old for j in link.new}
    assert len(found & truth) >= 0.995 * len(truth)
    assert len(found - truth) <= 0.005 * len(truth)
    assert sorted(j for link in links if link.moved for j in link.new) == [
        j for j in (100, 101, 102) if j in {b for _, b in truth}
    ]


def test_a_lone_sentence_that_moved_and_was_reworded_is_known_by_a_rare_word() -> None:
    random = Random(3)
    words = [f"{a}{b}{c}" for a in "bdfglm" for b in "aeiou" for c in ("n", "r", "st", "lk")]
    rest = [" ".join(random.choices(words, k=12)) + "." for _ in range(60)]
    old, new = (
        "The statutes also limit who may serve on the board of a pilots' lodge, including barring strangers from it.",
        "The statutes limit who may sit on the board of a lodge, and strangers, for example, are barred.",
    )
    links = align_sentences([*rest[:50], old, *rest[50:]], [*rest[:5], new, *rest[5:]])
    assert [(link.old, link.new) for link in links if link.moved] == [((50,), (5,))]
    assert len(links) == 61


def test_cosines_of_stretches_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(5)
    words = [a + b for a in "bdfglm" for b in ("an", "er", "ist", "olk", "u")]
    old, new = ([" ".join(random.choices(words, k=9)) for _ in range(size)] for size in (90, 70))
    texts = Texts(old, new)
    whole = candidates.likely_pairs(texts, range(len(old)), range(len(new)))
    monkeypatch.setattr(candidates, "AT_ONCE", 700)
    stretches = candidates.likely_pairs(texts, range(len(old)), range(len(new)))
    assert len(whole) > 500
    assert stretches == whole


# --- chains ----------------------------------------------------------------------------------------------------

PAIRS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from([0.5, 1.0, 2.0])),
    unique_by=lambda p: p[:2],
    max_size=9,
)


def heaviest_by_trying_all(pairs: list[tuple[int, int, float]]) -> float:
    best = 0.0
    for mask in range(1 << len(pairs)):
        chosen = sorted(pair for n, pair in enumerate(pairs) if mask >> n & 1)
        if all(a[1] <= b[1] for a, b in pairwise(chosen)):
            best = max(best, sum(pair[2] for pair in chosen))
    return best


@given(PAIRS)
def test_the_heaviest_run_is_the_heaviest(pairs: list[tuple[int, int, float]]) -> None:
    run = [pairs[n] for n in heaviest_run(pairs)]
    assert sum(pair[2] for pair in run) == heaviest_by_trying_all(pairs)
    run.sort()
    assert all(a[1] <= b[1] for a, b in pairwise(run))


def test_beads_that_follow_each_other_keep_their_weight() -> None:
    beads = [Bead(0, 0, 0, 0, 1.0), Bead(1, 1, 1, 2, 1.0), Bead(2, 2, 3, 3, 1.0), Bead(2, 2, 5, 5, 1.4)]
    assert heaviest_beads(beads, 0.5) == beads[:3]
    assert heaviest_beads(beads, 0.3) == [*beads[:2], beads[3]]


def test_very_long_texts_are_compared_about_the_same_place(monkeypatch):
    """Beyond a limit of cosines the time would grow with the square of a text's length."""
    names = ["".join(chr(97 + number * step % 23) for step in (3, 5, 7, 11)) for number in range(60)]
    old = [f"Officials of {name} trained {name}ian police officers in 2018." for name in names]
    new = [sentence.replace("2018", "2019").replace("trained", "taught") for sentence in old]
    whole = align_sentences(old, new)
    monkeypatch.setattr("diffing.aligning.candidates.MOST_COSINES", 600)
    monkeypatch.setattr("diffing.aligning.candidates.STRETCH", 5)
    assert align_sentences(old, new) == whole
    far = align_sentences(old, [*new[30:], *new[:30]])
    assert len(far) < len(whole)  # what moved over half of the text is out of reach
