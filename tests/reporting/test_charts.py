"""Charts for notebooks: pictures that need no script, axes with units, and many countries that stay readable."""

import polars as pl
import pytest

import diffing
from diffing import DiffingError, lab
from diffing.reporting.charts import MOST_NAMED

pytest.importorskip("altair")
pytest.importorskip("vl_convert")


@pytest.fixture(scope="module")
def year():
    return diffing.diff_year("corpora/sample", 2020)


CHARTS = {
    "verdicts": lambda year: lab.verdicts_chart(year.index),
    "indicator of all": lambda year: lab.indicator_chart(year.trends, "victims_identified"),
    "indicator of one": lambda year: lab.indicator_chart(year.trends, "victims_identified", "Turkmenistan"),
    "carried over": lambda year: lab.carried_over_chart(year.sections),
    "heat map": lambda year: lab.heat_map(year.changes),
    "small multiples": lambda year: lab.small_multiples(year.trends, "victims_identified"),
    "years": lambda year: lab.years_heat_map(year.trends, "victims_identified"),
}


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_shows_itself_as_pictures_and_changes_no_renderer(draw, year):
    import altair

    before = altair.renderers.active
    shown = draw(year)._repr_mimebundle_()
    assert {"image/svg+xml", "image/png"} < set(shown)  # what a page, and a notebook that is not trusted, shows
    assert shown["image/svg+xml"].startswith("<svg")
    assert altair.renderers.active == before


def many(countries: int) -> pl.DataFrame:
    """The table `trends` of as many countries, each with another move."""
    rows = [
        {
            "country": f"Land {n:03}", "indicator": "victims_identified", "actor": "government", "unit": "persons",
            "breakdown": None, "year": year, "value": float(n * (year - 2017)), "status": "reported",
            "basis": "stated", "report_year": year + 1, "restated": False,
        }
        for n in range(countries) for year in (2018, 2019)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"breakdown": pl.String})


def test_of_two_hundred_countries_those_that_moved_most_are_named():
    drawn = lab.indicator_chart(many(200), "victims_identified").to_dict()
    domain = str(drawn)
    assert domain.count("'Land 199'") >= 1
    legend = drawn["layer"][0]["encoding"]["color"]["condition"]["scale"]["domain"]
    assert len(legend) == MOST_NAMED
    assert "Land 199" in legend
    assert "Land 000" not in legend


def test_the_bars_say_how_many_countries_they_leave_out(year):
    index = year.index.filter(pl.col("verdict").is_not_null())
    assert "the 3 of" in str(lab.verdicts_chart(index, most=3).to_dict()["title"])
    assert "the 3 of" not in str(lab.verdicts_chart(index).to_dict()["title"])


def test_not_reported_is_never_drawn_as_a_number(year):
    points = year.trends.filter(pl.col("status") == "not_reported", pl.col("indicator").is_not_null())
    indicator = points["indicator"][0]
    cells = lab.years_heat_map(year.trends, indicator).to_dict()
    silent = [row for rows in cells["datasets"].values() for row in rows if row.get("status") == "not_reported"]
    assert silent
    assert all(row["shown"] == "✕" and row["value"] is None for row in silent)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda t: lab.indicator_chart(t, "convictions", "turkmenistan"), "it is called 'Turkmenistan' there"),
        (lambda t: lab.indicator_chart(t, "convictions", "Turkmenia"), "it is called 'Turkmenistan' there"),
        (lambda t: lab.indicator_chart(t, "victims"), "no trend of 'victims'.*there are: .*victims_identified"),
        (lambda t: lab.small_multiples(t, "victims"), "no trend of 'victims'"),
    ],
    ids=["a slug", "a near name", "an indicator", "an indicator of many"],
)
def test_what_a_chart_can_not_show_is_said_with_what_it_can(draw, says, year):
    with pytest.raises(DiffingError, match=says):
        draw(year.trends)
