"""Series over the years: one value chosen for each year, with its reason, and the others beside it."""

import pytest

from diffing.extracting import extract_narrative
from diffing.judging.trends import series_points
from diffing.pipeline import parse_narrative

NONE = "The government increased its efforts to protect victims."


def points(texts):
    """The points of a country's reports, given as {report year: a sentence of its protection section}."""
    narratives = [
        parse_narrative(f"PROTECTION\n\n{NONE} {text}", country="Norvania", year=year) for year, text in texts.items()
    ]
    return series_points([(narrative, extract_narrative(narrative)[0]) for narrative in narratives])


@pytest.mark.parametrize(
    ("texts", "value", "why"),
    [
        pytest.param({2019: "Police identified 40 victims in 2018."}, 40, "the report of that year", id="one report"),
        pytest.param(
            {2019: "Police identified 40 victims in 2018.", 2020: "Police identified 52 victims in 2018."},
            52,
            "the newest restatement",
            id="restated",
        ),
        pytest.param(
            {2019: "Police identified 40 victims in 2018.", 2020: "Police identified 40 victims in 2018."},
            40,
            "the report of that year",
            id="told again",
        ),
        pytest.param(
            {2019: "Police identified 203 victims in 2018.", 2020: "Police identified about 200 victims in 2018."},
            203,
            "the report of that year, which later ones round",
            id="rounded later",
        ),
        pytest.param(
            {2020: "Police identified 40 victims in 2018."},
            40,
            "the newest report that tells it",
            id="told by a later report alone",
        ),
        pytest.param(
            {2019: "The government did not report how many victims it identified in 2018."},
            None,
            "no report gives a number",
            id="not reported is no number",
        ),
        pytest.param(
            {2019: "Police identified 12 victims in 2018. Nationwide, police identified 40 victims in 2018."},
            40,
            "the national total",
            id="the national total",
        ),
        pytest.param(
            {
                2019: "Police identified 40 victims in 2018.",
                2020: "The government did not report how many victims it identified in 2018.",
            },
            40,
            "the report of that year",
            id="a report that gives none corrects nothing",
        ),
    ],
)
def test_one_value_is_chosen_with_its_reason(texts, value, why):
    of_2018 = [p for p in points(texts) if p.indicator == "victims_identified" and p.year == 2018]
    (chosen,) = (p for p in of_2018 if p.chosen)
    assert (chosen.value, chosen.why) == (value, why)
    assert all(p.why == "" for p in of_2018 if not p.chosen)


def test_every_series_and_year_has_one_chosen_point():
    found = points(
        {
            2018: "Police identified eight victims in 2017 and 12 in 2016.",
            2019: "Police identified 40 victims, compared with nine in 2017; 15 were girls.",
            2020: "Police identified 30 victims in 2019, compared with 40 in 2018 and eight in 2017.",
        }
    )
    keys = {(p.indicator, p.actor, p.unit, p.breakdown, p.body, p.year) for p in found}
    assert len(keys) > 3
    for key in keys:
        assert sum(p.chosen for p in found if (p.indicator, p.actor, p.unit, p.breakdown, p.body, p.year) == key) == 1


def test_each_point_knows_its_sentence():
    (point,) = (p for p in points({2019: "Police identified 40 victims."}) if p.indicator == "victims_identified")
    assert point.sentence == 1
