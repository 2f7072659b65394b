"""What the page of a year says of all countries."""

from __future__ import annotations

import re
from pathlib import Path

import display_pair as made
import pytest
from page_elements import Page, country, year

import diffing
from diffing import reporting
from diffing.model import (
    Rule,
)
from diffing.profile import load_profile
from diffing.reporting.year_charts import dot_chart

CORPUS = diffing.Corpus(Path(__file__).parents[2] / "corpora" / "sample")


def test_the_years_page_names_who_moved_most_and_leads_to_the_tables() -> None:
    index = tuple(row | {"stated_verdict": "backsliding", "old_stated": "Tier 1", "new_stated": "Tier 2"} if row["slug"]
                  else row for row in made.year().index)  # fmt: skip
    text = year(index=index, tables=("findings", "index"), trends=made.judgement().trends, profile=load_profile("tip"))
    page = Page(text)
    assert "Rating fell (1). Tier 1 → Tier 2: Norvania." in page.words
    assert "Most backsliding Norvania ▼ 1 ▲ 1 Victims identified fell from eight" in page.words.replace("\xa0", " ")
    assert "Victims identified: 2016: 5; 2017: not reported; 2018: 8 (restated); 2019: 0" in page.words
    assert {"tables/findings.csv", "tables/index.parquet"} <= {attrs.get("href") for attrs in page.all("a")}
    assert "tables/changes.csv" not in text


def test_a_verdict_that_rests_on_little_is_an_outline_and_counted_apart() -> None:
    rows = tuple(row | {"on_little": bool(row["slug"])} for row in made.year().index)
    words = Page(year(index=rows)).words
    assert "1 ▼ backsliding 1 on little evidence" in words
    assert "Norvania ▼ Backsliding on little evidence" in words
    assert 'class="chip backsliding little"' in year(index=rows)
    assert "on little evidence" not in year()


def test_dots_stand_abreast_where_most_countries_stand_at_one_place() -> None:
    rows = [{"country": str(n), "progress": n % 3, "backsliding": n % 2} for n in range(193)]
    drawn = str(dot_chart(rows))
    assert drawn.count("<circle") == 193
    assert len(set(re.findall(r'cx="(\S+)" cy="(\S+)"', drawn))) == 193
    assert float(re.findall(r'viewBox="\S+ \S+ \S+ (\d+)"', drawn)[0]) < 260


@pytest.mark.parametrize(
    "said",
    [
        "1 ▼ backsliding",
        "2 numbers went up, 1 down; 1 are no longer reported",
        "Sandoria new in 2020",
        "Quillmar only in 2019",
        "All findings (1)",
        "Backsliding: Victims identified fell from eight in 2018 to none in 2019.",
        "phrase TIP Report report 12 (80%)",
        "error, Ardesh: ardesh.txt: the file is empty",
    ],
)
def test_the_years_page_says(said: str) -> None:
    assert said.casefold() in Page(year()).words.casefold()


def test_the_years_page_leads_to_each_finding() -> None:
    assert f'href="norvania.html#{reporting.finding_anchor(made.finding())}"' in year()


def test_a_year_without_countries_makes_a_page() -> None:
    assert "0 countries compared" in Page(year(index=(), findings=(), problems=(), editorial=None)).words


def test_a_page_leads_to_its_neighbours_whatever_they_are_called() -> None:
    page = reporting.with_neighbours(country(), ("a b", "<b>Arstotzka</b>"), ("zubrowka", "Zubrowka"))
    assert '<a rel="prev" href="a%20b.html">← &lt;b&gt;Arstotzka&lt;/b&gt;</a>' in page
    assert '<a rel="next" href="zubrowka.html">Zubrowka →</a>' in page
    assert "<a rel=" not in reporting.with_neighbours(country(), None, None)


def test_the_year_says_where_each_number_went_over_all_countries() -> None:
    def found(
        rule: Rule, said: str, country: str, indicator: str | None = "convictions", to: float = 4.0
    ) -> reporting.YearFinding:
        one = made.finding(
            country=country, indicator=indicator, rule=rule, summary=f"Convictions {said}.", from_value=8.0, to_value=to
        )
        return reporting.YearFinding(one, country.lower(), f"f-{country}")

    findings = (
        found(Rule.FIGURE_ROSE, "rose from one to two", "Drovia"),
        found(Rule.NOT_COMPARABLE, "can't be compared", "Ulmoria"),
        found(Rule.FIGURE_FELL, "fell from two to one", "Ardesh"),
        found(Rule.FIGURE_FELL, "fell from eight to one", "Tessandria", to=1.0),
        found(Rule.MOVEMENT, "are told in words", "Karvelia", None),
    )
    source = year(findings=findings, profile=CORPUS.profile)
    numbers = Page(source).words.partition("a gap one not mentioned. ")[2].partition(" All findings")[0]
    assert numbers == (
        "Convictions 2 fell · 1 rose · 1 not comparable Tessandria: fell from eight to one. "
        "Ardesh: fell from two to one. Drovia: rose from one to two. Ulmoria: can't be compared."
    )
    assert '<a href="ardesh.html#f-Ardesh"' in source
