"""The main job on real reports: every country of a year, and the seed narrative against the sample's year before."""

import re

import polars as pl
import pytest

import diffing
from diffing.corpus import Corpus
from diffing.running.engine import cores
from diffing.running.year import run_year

pytestmark = pytest.mark.real

# Of a family: its profile, how many pairs it has, and who is in one year only. Section 7 of the same reports by itself
# shows what a fourth of its countries show.
YEARS = {
    "hrr": ("hrr", 1, 193, ["Antigua and Barbuda", "Western Sahara"]),
    "hrr-sec7": ("hrr", 4, 48, ["Antigua and Barbuda"]),
    "dol-child-labor": ("dol", 1, 131, []),
}


@pytest.mark.parametrize("family", YEARS)
def test_a_year_of_real_reports_is_compared_without_an_error(shared, tmp_path, family):
    profile, every, pairs, alone = YEARS[family]
    corpus = Corpus(shared / "real" / family, profile)
    some = sorted({*corpus.countries(2019), *corpus.countries(2020)})[1::every] if every > 1 else None
    run = run_year(corpus, 2020, out=tmp_path / "out", countries=some, jobs=cores())
    assert run.errors == ()
    index = pl.read_parquet(tmp_path / "out" / "tables" / "index.parquet")
    assert index["verdict"].drop_nulls().len() == pairs
    assert index.filter(pl.col("verdict").is_null())["country"].to_list() == alone
    of_all = {"index", "review", "search"}
    assert len({page.stem for page in (tmp_path / "out").glob("*.html")} - of_all) == pairs


@pytest.fixture(scope="module")
def turkmenistan(shared, sample):
    """The seed narrative of 2020 against the sample's of 2019."""
    seed = shared / "real" / "tip" / "2020" / "turkmenistan.txt"
    old = Corpus(sample).narrative("turkmenistan", 2019)
    return diffing.compare(old, diffing.read_narrative(seed, country="Turkmenistan", year=2020, profile="tip"))


def test_the_seed_narrative_is_compared_without_an_error(turkmenistan):
    assert "error" not in turkmenistan.problems["severity"].to_list()


def test_eight_victims_became_none(turkmenistan):
    """Backsliding, with the two sentences that show it, in the table and on the page."""
    change = turkmenistan.changes.filter(
        pl.col("indicator") == "victims_identified",
        pl.col("from_year") == 2018,
        pl.col("to_year") == 2019,
        pl.col("breakdown").is_null(),
    ).to_dicts()
    assert [(row["from_value"], row["to_value"], row["verdict"]) for row in change] == [(8.0, 0.0, "backsliding")]
    assert "eight" in change[0]["from_text"]
    assert "did not identify any victims in 2019" in change[0]["to_text"]
    page = re.sub(r"<[^>]*>", "", turkmenistan.to_html())
    for shown in ("eight victims in 2018", "none in 2019", change[0]["from_text"], change[0]["to_text"]):
        assert shown in page


@pytest.mark.parametrize(
    ("indicator", "years", "values", "direction"),
    [
        ("prosecutions", (2018, 2019), (1, None), "no_longer_reported"),
        ("convictions", (2018, 2019), (None, None), "same"),
        ("citizenship_granted", (2018, 2019), (735, 863), "up"),
        ("hotline_calls", (2018, 2019), (7010, 8132), "up"),
    ],
)
def test_what_somebody_who_knows_both_reports_would_say(turkmenistan, indicator, years, values, direction):
    rows = turkmenistan.changes.filter(
        pl.col("indicator") == indicator, pl.col("breakdown").is_null(), ~pl.col("restated")
    )
    rows = rows.filter(pl.col("from_year") == years[0], pl.col("to_year") == years[1]).to_dicts()
    told = [(row["from_value"], row["to_value"], row["direction"]) for row in rows]
    assert told, f"nothing is said of {indicator}"
    (before, after, way) = told[0]
    assert (before and round(before, -1) if indicator == "hotline_calls" else before, after, way) == (
        *values,
        direction,
    )


@pytest.mark.parametrize("words", ["plan", "committee", "procedures"])
def test_law_and_practice_are_told(turkmenistan, words):
    """The plan approved, the committee established, the procedures still not adopted."""
    assert turkmenistan.findings["summary"].str.contains(words).any()
