"""How the deeds that are news are told."""

import pytest

import diffing
from diffing.judging import events
from diffing.judging.events import Events
from diffing.judging.evidence import Evidence


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


def test_of_very_many_deeds_of_one_kind_those_that_share_the_rarest_words_are_compared(monkeypatch):
    """All with all takes the square of a text's length."""
    monkeypatch.setattr(events, "MOST_COMPARED", 5)
    old, new = (" ".join(f"Police freed {n * 7} men in {n} raids." for n in range(2, last)) for last in (42, 52))
    pair = diffing.compare_texts(old, new, profile="tip", old_year=2019, new_year=2020).pair
    looked, plain = [], Events._likeness
    monkeypatch.setattr(Events, "_likeness", lambda *given: looked.append(given) or plain(*given))
    of_both = Events(Evidence(pair))
    told = [one for deeds in of_both.new.values() for one in deeds]
    assert len(told) == 50
    likes = [of_both.like(one) for one in told]
    assert [like.event.text for like in likes[:40]] == [one.event.text for one in told[:40]]
    assert all(likes[40:])  # the class of people is the like
    assert len(looked) <= 5 * len(told)
