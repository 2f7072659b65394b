"""Where much of a text is gone or new no verdict is given; what is no longer said is listed and has no direction."""

import diffing
from diffing.judging.withheld import ON_SILENCE
from diffing.model import EditionBreak, Rule

PARAGRAPH = (
    "Police detained {n} people in the town of Harth in May, and lawyers said that officers beat some of them. "
    "The prison of Harth held {n} more inmates than it was built for, and guards locked them in for most of the day. "
    "A court heard the case of the teacher from Vell, who had asked for {n} new desks, and put it off twice. "
    "Roads to the north were closed by snow for {n} days, and the ferry ran once a week. "
)
HEADINGS = {
    1: "Section 1. Respect for the Integrity of the Person, Including Freedom from",
    2: "Section 2. Respect for Civil Liberties, Including",
    3: "Section 3. Freedom to Participate in the Political Process",
}


def text(sections):
    return "\n\n".join(f"{HEADINGS[n]}\n\n{''.join(PARAGRAPH.format(n=100 * n + k) for k in range(much))}"
                       for n, much in sections.items())  # fmt: skip


def compared(old, new, broken=None):
    pair = diffing.pipeline.extract(
        diffing.pipeline.align(
            diffing.parse_narrative(text(old), country="Norvania", year=2018, profile="hrr"),
            diffing.parse_narrative(text(new), country="Norvania", year=2019, profile="hrr"),
        )
    )
    return diffing.pipeline.judge_pair(pair, None, broken)


def test_most_of_a_text_gone_or_new_or_whole_sections_gone_withhold_the_verdict():
    for old, new, words in (
        ({1: 8}, {1: 3}, "most of the text is gone (the 2018 text has"),
        ({1: 3}, {1: 8}, "most of the text is new (the 2018 text has"),
        ({1: 4, 2: 4, 3: 4}, {1: 4, 2: 4}, "whole sections are gone"),
    ):
        judged = compared(old, new)
        assert judged.verdict == "unclear"
        assert words in judged.withheld
        assert judged.withheld in judged.verdict_rule
        assert judged.verdict_reason.name == "withheld"
        assert not any(finding.rule in ON_SILENCE for finding in judged.findings)


def test_a_text_that_goes_on_keeps_its_verdict_unless_its_edition_broke():
    assert compared({1: 4, 2: 4}, {1: 4, 2: 3}).withheld == ""
    broken = EditionBreak(old_year=2018, new_year=2019, countries=9, moved=0.6, lost=0.3, sections=("section_3",))
    judged = compared({1: 4, 2: 4}, {1: 4, 2: 3}, broken)
    assert judged.withheld == broken.reason
    assert judged.verdict == "unclear"


def test_what_is_no_longer_said_is_ranked_by_what_it_tells():
    judged = compared({1: 8}, {1: 7})
    gone = judged.said_by_one(Rule.NO_LONGER_SAID)
    assert [one.weight for one in gone] == sorted((one.weight for one in gone), reverse=True)
    assert {one.rule for one in gone} == {"no_longer_said"}
    assert all(judged.verdict != "progress" and one.text for one in gone)
    assert compared({1: 4, 2: 4}, {1: 4, 2: 4}).said_by_one(Rule.NO_LONGER_SAID) == ()


def test_what_the_new_text_tells_in_other_words_is_not_gone():
    old = "PROTECTION\n\nA charity ran the clinic. Two nurses visited the islands. The port has a harbor master."
    new = (
        "PROTECTION\n\nThe port has a harbor master. Among the many bodies that the minister praised in a letter to "
        "parliament, for their patience and for what they saved the state in a lean year, was a charity without funds "
        "of its own, whose volunteers ran, by day and by night, the only clinic for miles."
    )
    gone = diffing.compare_texts(old, new, old_year=2021, new_year=2022, profile="tip").judgement.said_by_one(
        Rule.NO_LONGER_SAID
    )
    assert [one.text for one in gone] == ["Two nurses visited the islands."]
