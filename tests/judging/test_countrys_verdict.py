"""The verdict of a country: what its findings weigh together."""

import pytest

from diffing.judging.verdicts import country_verdict
from diffing.model import Finding, Verdict

P, B, N, U = Verdict.PROGRESS, Verdict.BACKSLIDING, Verdict.NO_CHANGE, Verdict.UNCLEAR


def finding(verdict, strength, indicator=None):
    return Finding(
        country="Norvania",
        old_year=2019,
        new_year=2020,
        section=None,
        indicator=indicator,
        from_value=None,
        to_value=None,
        verdict=verdict,
        rule="figure_rose",
        strength=strength,
        summary="",
        old_text=None,
        new_text="x",
    )


COUNTRIES = {
    "nothing": ([], "no_change"),
    "all stands": ([(N, 1.0)], "no_change"),
    "only unclear": ([(U, 0.1)], "unclear"),
    "better": ([(P, 1.0), (B, 0.2)], "progress"),
    "worse": ([(P, 0.2), (B, 1.0)], "backsliding"),
    "both": ([(P, 1.0), (B, 0.9)], "mixed"),
    "a trifle": ([(P, 0.1)], "no_change"),
}


@pytest.mark.parametrize("case", COUNTRIES)
def test_the_countrys_verdict(case):
    found, verdict = COUNTRIES[case]
    assert country_verdict([finding(*f) for f in found])[0] == verdict


def test_many_small_things_weigh_no_more_than_one_act():
    small = [finding(P, 0.2) for _ in range(9)]
    assert country_verdict([*small, finding(B, 0.8), finding(B, 0.8)])[0] is Verdict.BACKSLIDING
    assert country_verdict(small)[0] is Verdict.PROGRESS


def test_twins_weigh_once():
    twins = [finding(P, 0.5, "a"), finding(P, 0.5, "b"), finding(B, 0.6)]
    assert country_verdict(twins)[0] is Verdict.MIXED
    assert country_verdict([*twins, finding(P, 0.6)], [("a", "b")])[1].startswith("progress weighs 1.1")
