"""How the deeds that are news are told."""

import pytest

import diffing


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("In May a new labor law took effect.", "“a new labor law took effect”"),
        ("In May the ministry of labor opened two shelters.", "“the ministry … opened two shelters”"),
        (
            "In May, according to the union (UNF), the largest of all, conditions improved.",
            "the largest of all, conditions improved”",
        ),
        ("In May, two shelters were opened by the ministry.", "opened by the ministry”"),
    ],
)
def test_a_deed_is_quoted_with_its_subject_where_that_stands_near(new, said):
    compared = diffing.compare_texts("The union met.", new, profile="hrr", old_year=2019, new_year=2020)
    assert any(said in summary for summary in compared.findings["summary"]), compared.findings["summary"].to_list()
