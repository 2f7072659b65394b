"""Two figures make a change; exchanging the two ends turns its verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_figures import figure, pair_of

import diffing
from diffing.judging import judge
from diffing.judging.reported_values import Bounds, direction_of
from diffing.judging.strength import turned
from diffing.model import Actor, Basis, Direction, Qualifier, Status
from diffing.reading import parse_narrative

amounts = st.one_of(st.none(), st.integers(0, 60).map(float))
qualifiers = st.sampled_from([q for q in Qualifier if q is not Qualifier.RANGE])
indicators = st.sampled_from(["victims_identified", "hotline_calls", "prosecutions"])


def changes(old_figures, new_figures, **more):
    return judge(pair_of(old_figures, new_figures, **more)).changes


ROWS = {
    "eight to none": ([figure(2018, 8)], [figure(2019, 0)], "down", "backsliding", "figure_fell"),
    "absent without a noun joins any unit": (
        [figure(2018, 1, "prosecutions", unit="cases")],
        [figure(2019, None, "prosecutions")],
        "no_longer_reported",
        "backsliding",
        "no_longer_reported",
    ),
    "reported again as zero": ([figure(2018, None)], [figure(2019, 0)], "newly_reported", "unclear", "newly_reported"),
    "none at all, then some of one kind": (
        [figure(2018, 0)],
        [figure(2019, 27, breakdown="nationality=foreign;sex=male")],
        "up",
        "progress",
        "figure_rose",
    ),
    "still not reported": ([figure(2018, None)], [figure(2019, None)], "same", "no_change", "still_not_reported"),
    "the same": ([figure(2018, 3)], [figure(2019, 3)], "same", "no_change", "figure_same"),
    "polarity zero": (
        [figure(2018, 10, "hotline_calls", unit="calls")],
        [figure(2019, 30, "hotline_calls", unit="calls")],
        "up",
        "unclear",
        "figure_rose",
    ),
    "units differ": (
        [figure(2018, 4, "prosecutions", unit="cases")],
        [figure(2019, 9, "prosecutions", unit="persons")],
        "not_comparable",
        "unclear",
        ("not_comparable", "cases against persons"),
    ),
    "at least against exact": (
        [figure(2018, 20, qualifier=Qualifier.AT_LEAST)],
        [figure(2019, 25)],
        "not_comparable",
        "unclear",
        ("not_comparable", "a lower bound against an exact number"),
    ),
    "at least, and below its floor": (
        [figure(2018, 20, qualifier=Qualifier.AT_LEAST)],
        [figure(2019, 15)],
        "down",
        "backsliding",
        "figure_fell",
    ),
    "both at least": (
        [figure(2018, 20, qualifier=Qualifier.AT_LEAST)],
        [figure(2019, 30, qualifier=Qualifier.AT_LEAST)],
        "up",
        "progress",
        "figure_rose",
    ),
    "ranges apart": (
        [figure(2018, None, low=150, high=180, qualifier=Qualifier.RANGE, status=Status.REPORTED, unit="persons")],
        [figure(2019, None, low=200, high=250, qualifier=Qualifier.RANGE, status=Status.REPORTED, unit="persons")],
        "up",
        "progress",
        "figure_rose",
    ),
    "a range across the other": (
        [figure(2018, None, low=150, high=180, qualifier=Qualifier.RANGE, status=Status.REPORTED, unit="persons")],
        [figure(2019, 170)],
        "not_comparable",
        "unclear",
        ("not_comparable", "a range against an exact number"),
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_two_figures_make_a_change(case):
    old, new, direction, verdict, rule = ROWS[case]
    rule, because = (rule, "") if isinstance(rule, str) else rule
    (change,) = changes(old, new)
    assert (change.direction, change.verdict, change.rule) == (direction, verdict, rule)
    assert change.reason.because == because
    assert (change.from_year, change.to_year, change.from_report, change.to_report) == (2018, 2019, 2019, 2020)
    assert (change.from_text, change.to_text) == ("Old sentence.", "New sentence.")


def test_one_row_from_each_known_year_to_the_next():
    new = [figure(2019, 0), figure(2018, 8), figure(2017, 1), figure(2016, 11)]
    rows = [(c.from_year, c.to_year, c.from_value, c.to_value) for c in changes([figure(2018, 8)], new)]
    assert rows == [(2016, 2017, 11, 1), (2017, 2018, 1, 8), (2018, 2019, 8, 0)]


def test_a_restated_year_has_a_row_of_its_own_and_the_old_figure_stays_the_base():
    restated, change = sorted(
        changes([figure(2018, 146)], [figure(2018, 144), figure(2019, 141)]), key=lambda c: not c.restated
    )
    assert (restated.from_year, restated.to_year, restated.from_value, restated.to_value) == (2018, 2018, 146, 144)
    assert (restated.verdict, restated.from_report, restated.to_report) == ("unclear", 2019, 2020)
    assert (change.from_value, change.to_value, change.from_report) == (146, 141, 2019)


def test_a_streak_neither_restates_nor_overrides_a_stated_figure():
    new = [figure(2019, None), figure(2018, None, basis=Basis.STREAK)]
    (change,) = changes([figure(2018, 4)], new)
    assert (change.from_value, change.direction, change.restated) == (4, "no_longer_reported", False)


def test_an_unnamed_part_is_never_taken_for_the_whole():
    whole, part = figure(2019, 13), figure(2019, 11, figure=1, part_of=0)
    (change,) = changes([figure(2018, 13)], [whole, part])
    assert (change.to_value, change.direction) == (13, "same")


def test_breakdowns_and_actors_are_series_of_their_own():
    old = [figure(2018, 8), figure(2018, 5, breakdown="sex=female", part_of=0, figure=1)]
    new = [figure(2019, 9), figure(2019, 2, breakdown="sex=female", part_of=0, figure=1)]
    assert {(c.breakdown, c.direction) for c in changes(old, new)} == {(None, "up"), ("sex=female", "down")}
    ngo = [figure(2019, 50, actor=Actor.NGO)]
    assert [c.direction for c in changes([figure(2018, 8)], ngo)] == []


def test_silence_is_neither_zero_nor_backsliding():
    (change,) = changes([figure(2018, 8)], [])
    assert (change.to_value, change.to_status, change.verdict) == (None, "not_reported", "unclear")
    assert change.rule == "not_mentioned"


def test_a_number_of_no_sure_year_is_there_and_not_compared():
    (change,) = changes([figure(2018, 8)], [figure(None, 40)])
    assert (change.to_value, change.direction, change.verdict) == (40, "not_comparable", "unclear")
    judged = diffing.compare(
        parse_narrative("PROTECTION\n\nPolice identified eight victims in 2018.", country="Norvania", year=2019),
        parse_narrative("PROTECTION\n\nFrom 2016 to 2019 police identified 40 victims.", country="Norvania", year=2020),
    ).judgement
    (finding,) = judged.findings
    assert finding.summary == "Victims identified: eight in 2018; the 2020 report says 40, but its year is not sure."
    assert (judged.verdict, judged.verdict_reason.name) == ("unclear", "nothing_clear")


def test_figures_without_year_or_indicator_make_no_row_of_a_series():
    assert changes([figure(None, 8)], [figure(2019, 9)]) == ()
    assert changes([figure(2018, 8, None)], [figure(2019, 9, None)]) == ()


def test_periods_are_not_compared_across_kinds():
    old, new = "In the first six months police found 8 victims.", "Police found 4 victims."
    (change,) = changes([figure(2018, 8)], [figure(2019, 4)], old=old, new=new)
    assert (change.direction, change.rule) == ("not_comparable", "not_comparable")
    assert "first six months" in change.reason.because
    (change,) = changes([figure(2018, 8)], [figure(2019, 4)], old=old, new=old.replace("8", "4"))
    assert change.direction == "down"


def test_a_percentage_needs_a_base():
    assert [c.percent for c in changes([figure(2018, 2)], [figure(2019, 4)])] == [None]
    assert [c.percent for c in changes([figure(2018, 20)], [figure(2019, 40)])] == [100.0]


@given(a=amounts, b=amounts, p=qualifiers, q=qualifiers, indicator=indicators)
def test_exchanging_the_ends_of_a_change_turns_its_verdict(a, b, p, q, indicator):
    def told(year, value, qualifier):
        return figure(year, value, indicator, **({"qualifier": qualifier} if value is not None else {}))

    (there,) = changes([told(2018, a, p)], [told(2019, b, q)])
    (back,) = changes([told(2018, b, q)], [told(2019, a, p)])
    assert back.verdict == turned(there.verdict)
    assert (back.delta or 0) == -(there.delta or 0)


@given(low=st.integers(0, 50), more=st.integers(0, 20), other=st.integers(0, 80))
def test_a_number_within_the_others_bounds_is_never_a_direction(low, more, other):
    direction = direction_of(Bounds(low, low + more), Bounds(other, other))
    if low <= other <= low + more:
        assert direction is (Direction.SAME if more == 0 else Direction.NOT_COMPARABLE)
    else:
        assert direction is (Direction.UP if other > low else Direction.DOWN)


# Numbers that no indicator names: two sentences of the years, and what the rows say of them.
BESIDE_EACH_OTHER = [
    ("The ombudsman received 120 petitions from detainees as of August.",
     "The ombudsman had received 95 petitions from detainees as of November.", "120≠95"),
    ("The regulator blocked 310 websites during the year.",
     "As of October the regulator had blocked 480 websites.", "310≠480"),
    ("In the first half of the year, 42 ferries sank on the lake.",
     "In the first nine months of the year, 61 ferries sank on the lake.", "42≠61"),
    ("The border guard deported 900 migrants during the year.",
     "Between January and September the border guard deported 350 migrants.", "900≠350"),
    ("The council closed 14 newspapers during the year.", "Through July the council closed three newspapers.", "14≠3"),
    ("The council held 14 meetings.", "As of July the council held three more meetings.", ""),
    ("The office granted humanitarian status to 160 persons and subsidiary status to 45 persons during the year.",
     "The office granted humanitarian status to 130 persons and subsidiary status to 61 persons during the year.",
     "160>130 45<61"),
    ("The center recorded 105 cases of insults on the internet and 181 cases of graffiti.",
     "The center recorded 74 cases of insults on the internet and 13 cases of graffiti.", "105>74 181>13"),
    ("The registry listed 40 websites as extremist and 25 websites as obscene.",
     "The registry listed 55 websites as extremist and 12 websites as obscene.", "40<55 25>12"),
    ("The mission counted 17 villages without water and 30 villages without power.",
     "The mission counted 21 villages without water and 16 villages without power.", "17<21 30>16"),
    ("The fund paid out grants to 20 farms for seeds and to 35 farms for wells.",
     "The fund paid out grants to 24 farms for seeds and to 31 farms for wells.", "20<24 35>31"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), BESIDE_EACH_OTHER)
def test_numbers_of_one_thing_stand_beside_each_other(old, new, wanted):
    texts = {2018: old, 2019: new}.items()
    head = "Section 2. Respect for Civil Liberties\n\nThe constitution protects speech."
    told = [parse_narrative(f"{head}\n\n{text}", country="Neveria", year=y, profile="hrr") for y, text in texts]
    judged = diffing.compare(*told).judgement
    signs = {Direction.UP: "<", Direction.DOWN: ">", Direction.NOT_COMPARABLE: "≠"}
    said = [f"{c.from_value:.0f}{signs[c.direction]}{c.to_value:.0f}" for c in judged.changes if c.indicator is None]
    assert sorted(said) == sorted(wanted.split())
    assert sum(f.indicator is None and f.rule.on_numbers for f in judged.findings) == len(said)  # none is left out


def test_numbers_of_one_indicator_are_told_apart_by_what_was_given():
    text = "PROTECTION\n\nThe government provided shelter to {} victims and medical care to {}."
    told = [
        parse_narrative(text.format(*numbers), country="Neveria", year=year, profile="tip")
        for year, numbers in ((2018, (40, 22)), (2019, (31, 25)))
    ]
    said = {finding.summary.partition(" from")[0] for finding in diffing.compare(*told).judgement.findings}
    assert said == {"Victims assisted (shelter) fell", "Victims assisted (medical care) rose"}
