"""What one report alone says: newly said and no longer said are one thing seen from two sides."""

import pytest

import diffing
from diffing.judging.one_sided import what_it_tells
from diffing.language.analysis import analyse
from diffing.model import Rule

HRR = diffing.load_profile("hrr")
TELLING = HRR.judging.telling
COMMON = "Section 2. Respect for Civil Liberties\n\nThe harbor of Vell has three piers. Ferries leave on weekdays. "


def said(old, new):
    judged = diffing.compare_texts(COMMON + old, COMMON + new, old_year=2018, new_year=2019, profile="hrr").judgement
    return judged.said_by_one(Rule.NEWLY_SAID), judged.said_by_one(Rule.NO_LONGER_SAID)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, row in TELLING.items() for text in row.examples])
def test_each_row_tells_its_examples(name, text):
    assert name in what_it_tells(analyse(text, HRR), TELLING)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("In May the assembly repealed the press code.", "Orchards covered the valley floor."),
        ("The supreme court ruled that ministers may be tried.", "A baker in Harth was arrested over flour."),
        ("The elections of mayors were put off in June.", "Several critics claimed that bread was dear."),
        ("On May 3 the two banks of Orn were shut.", "Fishers mend nets on the quay."),
        ("For the first time a woman led the archive.", "Clocks in the north run slow."),
    ],
)
def test_what_weighs_stands_before_what_does_not_on_either_side(first, then):
    newly, gone = said("", f"{then} {first}")
    assert [one.text for one in newly] == [first, then]
    assert not gone
    newly, gone = said(f"{then} {first}", "")
    assert [one.text for one in gone] == [first, then]
    assert not newly


def test_an_edited_sentence_shows_what_is_new_in_it_and_a_lightly_edited_one_does_not_stand_there():
    old = "The tax office of Harth has nine clerks, who work in two rooms. The mill at Orn grinds barley."
    new = (
        "The tax office of Harth has nine clerks, who work in two rooms and carry pistols against highway robbers. "
        "The mill at Orn grinds some barley."
    )
    (one,), gone = said(old, new)
    assert "".join(one.said).strip(" .,") == "and carry pistols against highway robbers"
    assert one.text.startswith("The tax office")
    assert not gone
    newly, (other,) = said(new, old)
    assert (other.said, other.rule) == (one.said, "no_longer_said")
    assert not newly


def test_what_a_finding_of_a_change_shows_is_not_listed_again():
    newly, _ = said("", "In May 2019 the government opened a shelter for women. Gulls nest there.")
    assert [one.text for one in newly] == ["Gulls nest there."]


def test_the_same_said_twice_falls_behind():
    act = "In May the assembly repealed the press code."
    newly, _ = said("", f"{act} Wells were dug. {act.replace('In May', 'In May of the year')} Bridges rust.")
    assert newly[0].text == act
    assert newly[1].weight < newly[0].weight / 2


def test_the_table_has_both_lists_and_the_words_of_each_sentence():
    table = diffing.compare_texts(
        COMMON + "Wells were dug.", COMMON + "Bridges rust.", old_year=2018, new_year=2019, profile="hrr"
    ).one_sided
    assert table.select("rule", "text", "section").rows() == [
        ("newly_said", "Bridges rust.", "section_2"),
        ("no_longer_said", "Wells were dug.", "section_2"),
    ]
    assert table["said"].to_list() == [["Bridges rust."], ["Wells were dug."]]


def summaries(old, new, profile="hrr"):
    told = diffing.compare_texts(COMMON + old, COMMON + new, old_year=2018, new_year=2019, profile=profile).findings
    return told["summary"].to_list()


@pytest.mark.parametrize(
    ("act", "title"),
    [
        ("In May 2019 parliament adopted legislation on the care of orphans and the elderly, and snow fell.",
         "parliament adopted legislation on the care of orphans and the elderly"),
        ("In June 2019 the senate approved amendments to the Press and Broadcasting Law that ended fees; boats sank.",
         "the senate approved amendments to the Press and Broadcasting Law that ended fees"),
        ("In July 2019 the government opened a shelter for women who fled their homes, but it had no heating.",
         "the government opened a shelter for women who fled their homes"),
    ],
)  # fmt: skip
def test_a_title_quotes_an_act_with_what_it_is_on(act, title):
    assert any(f"“{title}”" in summary for summary in summaries("", act))


def test_a_number_with_a_bare_noun_is_named_by_its_sentence():
    (summary,) = summaries(
        "In 2018 the union said that 44 percent of bakeries closed on Sundays.",
        "In 2019 the union said that 30 percent of bakeries closed on Sundays.",
    )
    assert "of bakeries closed on Sundays" in summary
    assert not summary.startswith("Bakeries")


def test_a_number_that_hardly_moved_is_about_the_same():
    (summary,) = summaries("In 2018 there were 1,900 kiosks in Vell.", "In 2019 there were 1,899 kiosks in Vell.")
    assert "about the same: 1,900 in 2018 and 1,899 in 2019" in summary
