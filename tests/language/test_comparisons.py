"""What a sentence itself compares with the time before: each row is a sentence and what is read in it."""

import pytest

from diffing.language.comparisons import comparisons, contrasted, is_first
from diffing.language.list_items import items
from diffing.profile import load_profile

ROWS = [
    (
        "Courts convicted fewer pimps and more traffickers.",
        [(-1, "convictions", "pimps"), (1, "convictions", "traffickers")],
    ),
    ("Fewer suspects were put on trial.", [(-1, "prosecutions", "suspects")]),
    ("The state took fewer traffickers to court.", [(-1, "prosecutions", "traffickers")]),
    ("Police opened a smaller number of investigations.", [(-1, "investigations", "investigations")]),
    ("Agencies sheltered many more victims.", [(1, "victims_assisted", "victims")]),
    ("Prosecutors won far fewer convictions.", [(-1, "convictions", "convictions")]),
    (
        "The police investigated, and courts tried and convicted, fewer traffickers.",
        [(-1, "convictions", "traffickers"), (-1, "prosecutions", "traffickers")],
    ),
    ("The unit did not identify more victims.", []),
    ("The cabinet plans to train more inspectors.", []),
    ("The police identified no more than 12 victims.", []),
    ("The police identified more than 12 victims.", []),
    ("Two more victims came forward.", []),
    ("Charities housed more victims than the ministry did.", []),
]


@pytest.mark.parametrize(("text", "read"), ROWS, ids=[text for text, _ in ROWS])
def test_a_sentence_compares(text, read):
    told = [(one.way, one.indicator, one.noun) for one in comparisons(text, load_profile("tip"))]
    assert [one for one in told if one[1]] == read


def test_years_contrasts_and_first_times():
    profile = load_profile("tip")
    assert contrasted("While it tried more, it convicted fewer.", profile)
    assert not contrasted("It tried and convicted fewer.", profile)
    assert is_first("For the first time, a court paid a victim.", profile)
    assert not is_first("The first shelter closed.", profile)


def test_the_items_of_a_list():
    assert items("opening a shelter; and training judges, prosecutors, and police.") == (
        "opening a shelter",
        "training judges, prosecutors, and police",
    )
