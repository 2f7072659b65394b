"""Figures of single sentences: each row says what it shows, in our own words; and what must hold for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures_told import NR, told

from diffing.extracting import extract_figures
from diffing.model import Actor, Basis, Figure, Qualifier, Status
from diffing.profile import load_profile


def wholes(text: str, report_year: int = 2020, profile: str = "tip", before: str = "") -> list[object]:
    figures = extract_figures(text, report_year, profile, before)
    return sorted(
        (told(f) for f in figures if f.part_of is None and f.basis not in (Basis.STREAK, Basis.IMPLIED)), key=str
    )


INVESTIGATIONS, PROSECUTIONS, CONVICTIONS = "investigations", "prosecutions", "convictions"
IDENTIFIED, REFERRED, ASSISTED = "victims_identified", "victims_referred", "victims_assisted"

SENTENCES = [
    # years
    ("the reporting period where no year is named", "Police opened 31 investigations.", [(INVESTIGATIONS, 2019, 31)]),
    ("a year behind its number", "Police opened 31 investigations in 2018.", [(INVESTIGATIONS, 2018, 31)]),
    ("a year before its clause", "In 2017, police opened 31 investigations.", [(INVESTIGATIONS, 2017, 31)]),
    (
        "a chain of years",
        "Courts convicted nine traffickers in 2019, compared with four in 2018, one in 2017, and six each in 2016 and 2015.",  # noqa: E501
        [(CONVICTIONS, y, v) for y, v in ((2019, 9), (2018, 4), (2017, 1), (2016, 6), (2015, 6))]
    ),
    (
        "twelve months over two years",
        "From April 2019 to March 2020, courts convicted 18 traffickers, compared with 12 in fiscal year 2018-2019.",
        [(CONVICTIONS, 2019, 18), (CONVICTIONS, 2018, 12)]
    ),
    (
        "twelve months that begin before the reporting period",
        "From April 2018 to March 2019, courts convicted 18 traffickers.",
        [(CONVICTIONS, None, 18)]
    ),
    (
        "respectively, of one list behind another",
        "Police arrested 71 men in 2018 and 66 in 2019, resulting in 12 and nine convictions, respectively.",
        [("arrests", 2018, 71), ("arrests", 2019, 66), (CONVICTIONS, 2018, 12), (CONVICTIONS, 2019, 9)]
    ),
    (
        "respectively",
        "The ministry identified 14 and 22 victims in 2018 and 2019, respectively.",
        [(IDENTIFIED, 2018, 14), (IDENTIFIED, 2019, 22)]
    ),
    (
        "from one year to another",
        "The number of identified victims fell from 40 in 2018 to 35 in 2019.",
        [(IDENTIFIED, 2018, 40), (IDENTIFIED, 2019, 35)]
    ),
    (
        "years in parentheses",
        "Police made 12 arrests (15 in 2018; 2017: 20 arrests).",
        [("arrests", 2019, 12), ("arrests", 2018, 15), ("arrests", 2017, 20)]
    ),
    (
        "the previous year counts back from the year that is named",
        "Police made 12 arrests in 2018, compared with 15 the previous year.",
        [("arrests", 2018, 12), ("arrests", 2017, 15)]
    ),
    (
        "each of the two preceding years",
        "Police made 12 arrests, compared with 15 in each of the two preceding years.",
        [("arrests", 2019, 12), ("arrests", 2018, 15), ("arrests", 2017, 15)]
    ),
    (
        "the same number once more",
        "Courts issued seven convictions, the same number as in 2018.",
        [(CONVICTIONS, 2019, 7), (CONVICTIONS, 2018, 7)]
    ),
    (
        "a total over several years has no year",
        "Between 2015 and 2018, courts issued 44 convictions.",
        [(CONVICTIONS, None, 44)]
    ),
    (
        "a comparison without a year has none",
        "Courts issued seven convictions, up from three.",
        [(CONVICTIONS, 2019, 7), (CONVICTIONS, None, 3)]
    ),
    (
        "a comparison of two actors is of one year",
        "NGOs identified 31 victims, compared with the government's eight.",
        [(IDENTIFIED, 2019, 31), (IDENTIFIED, 2019, 8)]
    ),
    ("a year that names a law dates nothing", "Under the 2016 law, police made 12 arrests.", [("arrests", 2019, 12)]),
    (
        "a year that dates another event",
        "Courts issued seven convictions under the law that was amended in 2013.",
        [(CONVICTIONS, 2019, 7)]
    ),
    (
        "a new head after a comparison",
        "Police made 12 arrests, up from nine in 2018, and identified 30 victims.",
        [("arrests", 2019, 12), ("arrests", 2018, 9), (IDENTIFIED, 2019, 30)]
    ),
    # absences
    ("no number is zero", "The government identified no victims.", [(IDENTIFIED, 2019, 0)]),
    ("any, denied", "The government did not convict any traffickers.", [(CONVICTIONS, 2019, 0)]),
    ("not a single", "Not a single victim was identified in 2018.", [(IDENTIFIED, 2018, 0)]),
    ("not reported is never zero", "The government did not report the number of prosecutions.", [(PROSECUTIONS, 2019, NR)]),  # noqa: E501
    (
        "not reported, two things",
        "The government provided no data on prosecutions or convictions.",
        [(CONVICTIONS, 2019, NR), (PROSECUTIONS, 2019, NR)]
    ),
    (
        "not reported, told by gerunds",
        "Officials did not report prosecuting or convicting any offenders.",
        [(CONVICTIONS, 2019, NR), (PROSECUTIONS, 2019, NR)]
    ),
    (
        "three verbs denied",
        "Authorities did not investigate, prosecute, or convict any suspects.",
        [(CONVICTIONS, 2019, 0), (INVESTIGATIONS, 2019, 0), (PROSECUTIONS, 2019, 0)]
    ),
    ("unknown", "It was unclear how many victims received assistance.", [(ASSISTED, 2019, NR)]),
    ("none, compared", "Courts convicted two traffickers, compared with none in 2018.", [(CONVICTIONS, 2019, 2), (CONVICTIONS, 2018, 0)]),  # noqa: E501
    ("a denied way of doing it is no count", "Police did not consistently identify victims.", []),
    ("a rule is no count", "The law does not provide any penalties for such offenses.", []),
    ("whether is no count", "The government did not indicate whether victims received help.", []),
    # what is counted
    ("a verb and its object", "The shelter housed 18 victims.", [(ASSISTED, 2019, 18)]),
    ("a noun that acts", "The police reported the conviction of two traffickers.", [(CONVICTIONS, 2019, 2)]),
    ("an article that counts", "The government convicted a trafficker.", [(CONVICTIONS, 2019, 1)]),
    (
        "two verbs with one number",
        "The government prosecuted and convicted three traffickers.",
        [(CONVICTIONS, 2019, 3), (PROSECUTIONS, 2019, 3)]
    ),
    (
        "a number without its noun",
        "Officials investigated five, prosecuted four, and convicted one.",
        [(CONVICTIONS, 2019, 1), (INVESTIGATIONS, 2019, 5), (PROSECUTIONS, 2019, 4)]
    ),
    (
        "officials who are complicit",
        "The government prosecuted two police officers for complicity.",
        [("complicit_officials_prosecuted", 2019, 2)]
    ),
    ("unsure of the indicator", "The zoo bought 12 penguins.", [(None, 2019, 12)]),
    ("undone is not done", "An appeals court overturned two convictions.", [(None, 2019, 2)]),
    # numbers
    ("words", "The academy trained one hundred and twelve officers.", [("officials_trained", 2019, 112)]),
    ("millions", "The government allocated 4.1 million dollars to shelters.", [("funding", 2019, 4_100_000)]),
    ("money with its conversion", "The government spent 90,000 pesos ($4,700) on shelters.", [("funding", 2019, 4700)]),
    ("dozens", "Police arrested two dozen suspects.", [("arrests", 2019, 24)]),
    ("a number without a value", "Scores of victims received assistance.", [(ASSISTED, 2019, None)]),
    # no figures
    ("penalties laid down by law", "Article 12 prescribed penalties of five to 10 years' imprisonment and fines of up to $900.", []),  # noqa: E501
    ("ages", "The law covers children younger than 16 and women over 40.", []),
    ("dates, articles, tiers", "On May 3, 2019, decree 44 kept the country on Tier 2 under section 8.", []),
    ("plan years", "The government adopted its 2018-2022 plan.", []),
    ("wages", "The minimum wage was 900 pesos ($50) a month.", []),
    ("a source is no count", "One NGO said that one cannot rely on such reports.", []),
    ("a duty is no deed", "Employers must provide 12 beds.", [])
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES])
def test_sentence(text: str, expected: list[object]) -> None:
    assert wholes(text) == sorted(expected, key=str)


def one(text: str, profile: str = "tip") -> Figure:
    figures = [f for f in extract_figures(text, 2020, profile) if f.part_of is None]
    assert len(figures) == 1, figures
    return figures[0]


@pytest.mark.parametrize(
    ("text", "qualifier", "value", "low", "high"),
    [
        ("Police identified at least 200 victims.", Qualifier.AT_LEAST, 200, 200, None),
        ("Police identified more than 200 victims.", Qualifier.MORE_THAN, 200, 200, None),
        ("Police identified fewer than 40 victims.", Qualifier.FEWER_THAN, 40, None, 40),
        ("Police identified as many as 40 victims.", Qualifier.UP_TO, 40, None, 40),
        ("Police identified approximately 40 victims.", Qualifier.APPROXIMATELY, 40, None, None),
        ("Police identified between 200 and 250 victims.", Qualifier.RANGE, None, 200, 250),
        ("Police identified 200 to 250 victims.", Qualifier.RANGE, None, 200, 250),
        ("Police identified 200 victims.", Qualifier.EXACT, 200, None, None),
    ],
)
def test_how_sure_a_number_is(
    text: str, qualifier: Qualifier, value: float | None, low: float | None, high: float | None
) -> None:
    figure = one(text)
    assert (figure.qualifier, figure.value, figure.low, figure.high) == (qualifier, value, low, high)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Police identified 12 victims.", "persons"),
        ("Police investigated 12 cases.", "cases"),
        ("The academy held 12 workshops.", "sessions"),
        ("The hotline received 12 calls.", "calls"),
        ("Inspectors conducted 12 inspections.", "inspections"),
        ("The government operated 12 shelters.", "facilities"),
        ("The ministry issued 12 licenses.", "items"),
        ("Some 12 percent of workers joined unions.", "percent"),
        ("The government spent 12 million lari on shelters.", "GEL"),
        ("The government spent $12 million on shelters.", "USD"),
    ],
)
def test_unit(text: str, unit: str) -> None:
    assert one(text).unit == unit


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Police identified 12 victims.", Actor.GOVERNMENT),
        ("An NGO assisted 12 victims.", Actor.NGO),
        ("An international organization assisted 12 victims.", Actor.INTERNATIONAL_ORGANIZATION),
        ("Media reported 12 victims had died.", Actor.OTHER),
        ("The shelter received 12 victims from NGOs.", Actor.GOVERNMENT),
        ("In 2019, 12 victims were assisted by an NGO.", Actor.NGO),
        ("The government, in cooperation with NGOs, assisted 12 victims.", Actor.GOVERNMENT),
        ("An estimated 12 children begged in the streets.", Actor.OTHER),
        ("Police and NGOs identified 12 victims.", Actor.GOVERNMENT),
        ("A foreign donor funded two shelters.", Actor.OTHER),
        ("The labor union assisted 12 workers.", Actor.NGO),
        ("Media reported that the ministry said it rescued 12 victims.", Actor.GOVERNMENT),
    ],
)
def test_actor(text: str, actor: Actor) -> None:
    assert one(text).actor == actor


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        (
            "Police identified 24 victims, including 12 women and five boys.",
            24,
            {12: "sex=female", 5: "age=child;sex=male"},
        ),
        (
            "Police investigated 12 cases (nine for sex trafficking and three for labor trafficking).",
            12,
            {9: "exploitation=sex", 3: "exploitation=labor"},
        ),
        ("Of the 30 victims, 21 were girls.", 30, {21: "age=child;sex=female"}),
        ("Police identified 13 victims, six of whom were children.", 13, {6: None}),
        ("Eleven of the 13 shelters closed.", 13, {11: None}),
        ("Police identified eight victims: five women and three men.", 8, {5: "sex=female", 3: "sex=male"}),
        ("Police identified eight victims, five women and three men.", 8, {5: "sex=female", 3: "sex=male"}),
        ("Police identified eight victims; five were female and three male.", 8, {5: "sex=female", 3: "sex=male"}),
    ],
)
def test_parts(text: str, whole: float, parts: dict[float, str | None]) -> None:
    figures = extract_figures(text, 2020)
    head = next(f for f in figures if f.part_of is None)
    assert head.value == whole
    found = {f.value: f.breakdown for f in figures if f.part_of == head.figure}
    assert found.keys() == parts.keys()
    for value, breakdown in parts.items():
        assert breakdown is None or found[value] == breakdown


def test_streaks_are_marked_and_yield_to_what_is_stated() -> None:
    text = "For the third consecutive year, the government did not report any convictions, compared with two in 2017."
    rows = {(f.year, f.basis): f.status for f in extract_figures(text, 2020)}
    assert rows == {
        (2019, Basis.REPORTING_PERIOD): Status.NOT_REPORTED,
        (2018, Basis.STREAK): Status.NOT_REPORTED,
        (2017, Basis.STATED): Status.REPORTED,
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The hotline received 8,132 calls, a 16 percent increase compared with 2018.", 7010),
        ("The hotline received 90 calls, a 10 percent decrease from 2018.", 100),
        ("The unit had 17 officers, two fewer than in 2018.", 19),
        ("Convictions doubled from the previous year to 12.", 6),
        ("Arrests more than tripled, to 36, from 2018.", 12),
    ],
)
def test_a_change_implies_the_year_before(text: str, value: float) -> None:
    implied = [f for f in extract_figures(text, 2020) if f.basis is Basis.IMPLIED]
    assert [(f.year, f.value) for f in implied] == [(2018, value)]


def test_a_doubling_from_no_year_implies_a_number_of_none() -> None:
    figures = extract_figures("The number of convictions doubled to 12.", 2020)
    assert [(f.year, f.value, f.basis) for f in figures] == [
        (None, 6, Basis.IMPLIED),
        (2019, 12, Basis.REPORTING_PERIOD),
    ]


def test_each_of_several_has_the_number() -> None:
    figures = extract_figures("In 2018 police and an NGO each identified four victims.", 2020)
    assert [(f.year, f.value, f.actor) for f in figures] == [(2018, 4, Actor.GOVERNMENT), (2018, 4, Actor.NGO)]


def test_a_stated_number_needs_no_implied_one() -> None:
    text = "Authorities prosecuted 15 defendants, a 25 percent decrease from 20 defendants in 2018."
    assert not [f for f in extract_figures(text, 2020) if f.basis is Basis.IMPLIED]


def test_sentences_imposed_are_ranges_of_years() -> None:
    figures = extract_figures("Courts imposed sentences ranging from 18 months' to nine years' imprisonment.", 2020)
    assert [(f.indicator, f.value, f.low, f.high, f.unit) for f in figures] == [
        ("sentence_years", None, 1.5, 9.0, "years")
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Of these, 12 were children.", {12: -1}),
        ("Of the victims, 30 were women and 14 were men.", {30: -1, 14: -1}),
        ("Of the cases, 30 were for sex trafficking.", {30: -2}),
        ("Of the 44 victims, 12 were children.", {44: None, 12: 0}),
        ("Police opened 12 cases.", {12: None}),
    ],
)
def test_a_part_of_what_the_sentence_before_counts(text: str, parts: dict[float, int | None]) -> None:
    before = "Police investigated 60 cases and identified 44 victims."
    assert {f.value: f.part_of for f in extract_figures(text, 2020, before=before)} == parts


def test_a_sentence_leans_on_the_one_before() -> None:
    before = "The unit initiated three investigations, continued five from previous periods, and closed two others."
    text = "This compared with initiating one investigation and continuing eight during the previous reporting period."
    figures = extract_figures(text, 2020, before=before)
    assert [(f.indicator, f.year, f.value, f.breakdown) for f in figures] == [
        ("investigations", 2018, 1, "stage=initiated"),
        ("investigations", 2018, 8, "stage=continued"),
    ]


def test_confirmed_and_potential_victims_are_apart() -> None:
    text = (
        "The government identified two confirmed and 40 potential victims, compared with 61 potential victims in 2018."
    )
    rows = [(f.year, f.value, f.breakdown) for f in extract_figures(text, 2020)]
    assert rows == [(2019, 2, "status=confirmed"), (2019, 40, "status=potential"), (2018, 61, "status=potential")]


@pytest.mark.parametrize("name", ["tip", "hrr", "dol"])
def test_indicators_match_their_examples(name: str) -> None:
    profile = load_profile(name)
    for indicator in profile.indicators:
        assert indicator.examples, indicator.name
        for example in indicator.examples:
            assert indicator.name in [f.indicator for f in extract_figures(example, 2020, profile)], example
        for example in indicator.not_examples:
            assert indicator.name not in [f.indicator for f in extract_figures(example, 2020, profile)], example


def test_an_indicator_is_added_in_a_profile_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "zoo.toml"
    path.write_text(
        'extends = "tip"\nname = "zoo"\n[[indicators]]\nname = "penguins"\ntitle = "Penguins"\nunit = "items"\n'
        'polarity = 1\nnouns = ["penguin"]\nverbs = ["waddle"]\nexamples = ["The zoo bought 12 penguins."]\n'
    )
    profile = load_profile(path)
    for example in profile.indicators[-1].examples:
        assert [f.indicator for f in extract_figures(example, 2020, profile)] == ["penguins"]
    assert [told(f) for f in extract_figures("The zoo reported no penguins in 2018.", 2020, str(path))] == [
        ("penguins", 2018, 0)
    ]


# --- what holds for any text ----------------------------------------------------------------------------------


def test_where_counted_persons_are_is_no_object_of_theirs(tmp_path):
    path = tmp_path / "filings.toml"
    path.write_text(
        'extends = "base"\nname = "filings"\n[[indicators]]\nname = "employees"\ntitle = "Employees"\n'
        'unit = "persons"\npolarity = 0\nwhy = "Size."\nnouns = ["employee"]\n'
        'examples = ["The firm had 40 employees."]\n'
    )
    found = extract_figures("The firm had 4,210 employees in 12 countries.", 2020, path)
    assert [(figure.value, figure.indicator) for figure in found] == [(4210, "employees"), (12, None)]
