"""Since when a sentence stands: small editions by hand, and many made ones whose truth is known."""

import sys
from itertools import pairwise
from pathlib import Path

import pytest

from diffing.aligning import Edition, align_sentences, trace_lineages
from diffing.aligning.returned_sentences import words_hash

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from bench_lineages import editions_of, rightness
from made_editions import made_editions

POLICE = "Police in the harbor district identified eight victims of forced labor in 2016."
POLICE_LATER = "Police in the harbor district identified 12 victims of forced labor in 2017."
SHELTER = "The only shelter for women stayed closed for want of money."
COURT = "The high court heard no case under the new statute."
ROAD = "Inspectors seldom visit the brick kilns along the northern road."
LONG = "The ministry trained 40 prosecutors and it printed a handbook for consular staff abroad."
HALVES = ("The ministry trained 40 prosecutors.", "It printed a handbook for consular staff abroad.")
FILLERS = [f"Paragraph {word} of the annual survey stands as ever." for word in ("one", "two", "three", "four")]


def told(*editions, broken=()):
    """(origin, same_since, via) of each sentence of the last of `editions`, which are of 2016 and after."""
    return [(row.origin, row.same_since, row.via) for row in rows(*editions, broken=broken)[-1]]


def rows(*editions, broken=()):
    linked = [[], *(align_sentences(old, new) for old, new in pairwise(editions))]
    return trace_lineages(
        Edition(year, text, links, year in broken)
        for year, (text, links) in enumerate(zip(editions, linked, strict=True), 2016)
    )


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        pytest.param([[SHELTER]], [(2016, 2016, None)], id="one edition"),
        pytest.param([[SHELTER], [SHELTER], [SHELTER]], [(2016, 2016, "equal")], id="unchanged"),
        pytest.param([[SHELTER], [SHELTER.upper()]], [(2016, 2016, "equal")], id="the same words in capitals"),
        pytest.param([[POLICE], [POLICE_LATER]], [(2016, 2017, "edited")], id="a number is a word"),
        pytest.param([[POLICE], [POLICE_LATER], [POLICE]], [(2016, 2018, "edited")], id="edited back"),
        pytest.param([FILLERS, [*FILLERS, COURT]], [*[(2016, 2016, "equal")] * 4, (2017, 2017, None)], id="new"),
        pytest.param(
            [[SHELTER, *FILLERS], FILLERS, [SHELTER, *FILLERS]],
            [(2016, 2018, "returned"), *[(2016, 2016, "equal")] * 4],
            id="gone and back",
        ),
        pytest.param(
            [[POLICE, *FILLERS], FILLERS, FILLERS, [POLICE_LATER, *FILLERS]],
            [(2016, 2019, "returned"), *[(2016, 2016, "equal")] * 4],
            id="gone and back with another number",
        ),
        pytest.param(
            [
                [*FILLERS, "Police did not enforce the law."],
                FILLERS,
                [*FILLERS, "Police did not fully enforce the law."],
            ],
            [*[(2016, 2016, "equal")] * 4, (2018, 2018, None)],
            id="a few words are nobody's in particular",
        ),
        pytest.param(
            [[POLICE, *FILLERS], [POLICE_LATER, *FILLERS], FILLERS, [POLICE, *FILLERS]],
            [(2016, 2019, "returned"), *[(2016, 2016, "equal")] * 4],
            id="back in words of before its last ones",
        ),
        pytest.param(
            [[SHELTER, COURT, *FILLERS], [COURT, *FILLERS, SHELTER]],
            [(2016, 2016, "equal")] * 6,
            id="moved",
        ),
        pytest.param(
            [[*FILLERS, LONG], [*FILLERS, *HALVES]],
            [*[(2016, 2016, "equal")] * 4, (2016, 2017, "split"), (2016, 2017, "split")],
            id="split",
        ),
        pytest.param(
            [[SHELTER, *FILLERS], [SHELTER, SHELTER, *FILLERS]],
            [(2017, 2017, None), (2016, 2016, "equal"), *[(2016, 2016, "equal")] * 4],
            id="a copy is new: the lineage is taken",
        ),
        pytest.param([[SHELTER], [], [SHELTER]], [(2016, 2018, "returned")], id="an edition without a sentence"),
        pytest.param([[], [SHELTER]], [(2017, 2017, None)], id="a first edition without a sentence"),
    ],
)
def test_since_when_a_sentence_stands(editions, expected):
    assert told(*editions) == expected


def test_a_split_gives_its_second_half_a_lineage_with_a_parent():
    before, after = rows([*FILLERS, LONG], [*FILLERS, *HALVES])

    whole, first, second = before[-1], after[-2], after[-1]
    assert first.lineage == whole.lineage
    assert second.lineage != whole.lineage
    assert second.parents == (whole.lineage,)


def test_a_merge_takes_the_oldest_and_keeps_the_other_as_parent():
    first, second, third = rows([*FILLERS, HALVES[1]], [*FILLERS, *HALVES], [*FILLERS, LONG])

    assert (third[-1].lineage, third[-1].origin, third[-1].via) == (first[-1].lineage, 2016, "merged")
    assert third[-1].parents == (second[-2].lineage,)


def test_across_a_broken_edition_only_the_same_words_go_on():
    last = rows([POLICE, SHELTER, *FILLERS], [POLICE_LATER, SHELTER, *FILLERS], broken=(2017,))[-1]

    assert [(row.origin, row.via) for row in last[:2]] == [(2017, None), (2016, "equal")]
    assert all(row.broken for row in last)


def test_behind_a_broken_edition_lineages_go_on_as_ever():
    last = rows([POLICE], [ROAD], [ROAD], broken=(2017,))[-1]

    assert [(row.origin, row.broken) for row in last] == [(2017, False)]


def test_the_weakest_link_is_kept_on_the_way():
    first, second, third = rows([POLICE, *FILLERS], [POLICE_LATER, *FILLERS], [POLICE_LATER, *FILLERS])

    assert first[0].weakest == 1.0
    assert 0.5 < second[0].weakest < 1.0
    assert third[0].weakest == second[0].weakest


def test_a_lineage_stands_once_in_an_edition():
    made = made_editions(editions=8, sentences=60, seed=4)
    for edition in trace_lineages(editions_of(made)[0]):
        assert len({row.lineage for row in edition}) == len(edition)
        assert [row.sentence for row in edition] == list(range(len(edition)))
        assert all(row.origin <= row.same_since <= row.year for row in edition)
        assert all((row.via is None) == (row.origin == row.year) for row in edition)


def test_what_comes_later_changes_nothing_of_what_was():
    editions = editions_of(made_editions(editions=8, sentences=60, seed=5))[0]

    assert trace_lineages(editions)[:5] == trace_lineages(editions[:5])


def test_editions_come_oldest_first():
    with pytest.raises(ValueError, match="oldest first: 2016 comes after 2017"):
        trace_lineages([Edition(2017, [COURT]), Edition(2016, [COURT])])


def test_a_sentence_without_words_has_a_hash_of_its_own():
    assert words_hash("---") != words_hash("***")
    assert words_hash("It’s 1,200 kilns.") == words_hash("it's 1,200 KILNS")


@pytest.mark.parametrize("seed", [0, 1])
def test_twenty_five_editions_are_traced_to_their_origins(seed):
    made = made_editions(editions=25, sentences=340, seed=seed)
    shares = rightness(made, trace_lineages(editions_of(made)[0]))

    assert shares["last: origin right"] >= 0.97
    assert shares["last: same_since right"] == 1.0
    assert shares["last: claimed older"] <= 0.01
    assert shares["all: origin right"] >= 0.97
