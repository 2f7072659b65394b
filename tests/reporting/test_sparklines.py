"""Amounts in words, and the lines of numbers over the years."""

from __future__ import annotations

import re
from dataclasses import replace

import display_pair as made
import pytest

from diffing.model import (
    Status,
    TrendPoint,
)
from diffing.reporting import wording
from diffing.reporting.sparklines import Dot, dots, sparkline


@pytest.mark.parametrize(
    ("value", "status", "noun", "unit", "said"),
    [
        (8.0, "reported", "victim", "persons", "eight victims"),
        (1.0, "reported", "victim", "persons", "one victim"),
        (0.0, "reported", "victim", "persons", "none"),
        (1234.0, "reported", "case", "cases", "1,234 cases"),
        (2.5, "reported", "case", "cases", "2.5 cases"),
        (75.0, "reported", "", "percent", "75 percent"),
        (0.0, "reported", "", "percent", "0 percent"),
        (26000.0, "reported", "", "USD", "$26,000"),
        (500.0, "reported", "", "EUR", "500 EUR"),
        (None, "reported", "victim", "persons", "no exact number"),
        (None, "not_reported", "victim", "persons", "not reported"),
        (3.0, "reported", "facility", "facilities", "three facilities"),
    ],
)
def test_amounts(value: float | None, status: str, noun: str, unit: str, said: str) -> None:
    assert wording.amount(value, status, noun, unit) == said


@pytest.mark.parametrize(
    ("value", "bounds", "said"),
    [
        (25.0, ("at_least", 25.0, None), "at least 25 cases"),
        (1.0, ("more_than", 1.0, None), "more than one case"),
        (None, ("range", 150.0, 180.0), "between 150 and 180 cases"),
        (None, ("range", 7.2, 7.2), "7.2 cases"),
        (None, ("range", 7.201, 7.204), "about 7.2 cases"),
        (None, ("approximately", None, None), "no exact number"),
        (40.0, ("exact", None, None), "40 cases"),
    ],
)
def test_an_amount_says_how_sure_it_is(value: float | None, bounds: tuple, said: str) -> None:
    assert wording.amount(value, "reported", "case", "cases", bounds) == said


def point(year: int, value: float | None, report: int, restated: bool = False) -> TrendPoint:
    status = Status.REPORTED if value is not None else Status.NOT_REPORTED
    base = made.judgement().trends[0]
    return replace(base, year=year, value=value, status=status, report_year=report, restated=restated)


def test_the_newest_number_of_a_year_makes_its_dot() -> None:
    series = dots([point(2018, 8, 2019), point(2018, 9, 2020, True), point(2017, 3, 2018), point(2017, None, 2020)])
    assert series == (Dot(2017, 3, Status.REPORTED), Dot(2018, 9, Status.REPORTED, True))


def test_a_sparkline_says_every_year_and_leaves_a_gap_where_nothing_was_reported() -> None:
    text = sparkline("Victims <x>", dots([point(2016, 5, 2018), point(2017, None, 2018), point(2018, 0, 2020)]))
    assert "Victims &lt;x&gt;: 2016: 5; 2017: not reported; 2018: 0" in text
    assert text.count("<circle") == 2
    assert text.count('class="nr"') == 1
    assert [path for path in re.findall(r'<path d="([^"]*)"', text) if "L" in path] == []
    assert len(text) < 700


def test_one_year_makes_no_sparkline() -> None:
    assert sparkline("x", dots([point(2016, 5, 2018)])) == ""
