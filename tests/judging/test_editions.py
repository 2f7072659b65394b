"""Editions that break: told from many countries at once, never from one."""

import pytest

from diffing.corpus import Corpus
from diffing.judging import SectionSizes, edition_break, section_sizes
from diffing.pipeline import align, parse_narrative

GOES_ON = SectionSizes((("overview", 200), ("protection", 400)), (("overview", 210), ("protection", 420)))
CUT = SectionSizes((("overview", 200), ("protection", 400)), (("overview", 90), ("protection", 200)))
LOST = SectionSizes((("overview", 200), ("protection", 400)), (("overview", 200),))
LITTLE_LOST = SectionSizes((("overview", 200), ("profile", 19)), (("overview", 200),))
EMPTY = SectionSizes((), ())


@pytest.mark.parametrize(
    ("sizes", "breaks"),
    [
        pytest.param([GOES_ON] * 6, False, id="as ever"),
        pytest.param([CUT] * 6, True, id="cut to half"),
        pytest.param([CUT] * 5, False, id="five countries can't tell"),
        pytest.param([*[CUT] * 3, *[GOES_ON] * 4], False, id="some countries' news"),
        pytest.param([*[LOST] * 2, *[GOES_ON] * 4], True, id="a section gone in a third"),
        pytest.param([LOST, *[GOES_ON] * 5], False, id="a section gone in one of six"),
        pytest.param([LITTLE_LOST] * 6, False, id="a section of a few words gone"),
        pytest.param([EMPTY] * 6, False, id="nothing in them"),
    ],
)
def test_when_an_edition_breaks(sizes, breaks):
    assert (edition_break(sizes, 2019, 2020) is not None) is breaks


def test_why_is_said_with_the_sections_that_are_gone():
    broken = edition_break([LOST] * 6, 2019, 2020)
    assert broken.sections == ("protection",)
    assert broken.reason == (
        "the edition of 2020 broke with that of 2019: the words of the median section moved by 50%; 100% of the "
        "countries lost a whole section; gone are protection (6 countries)"
    )


def test_subsections_count_with_their_section():
    old = parse_narrative(
        "Section 7. Worker Rights\n\na. Unions\n\nUnions are free.", country="X", year=2019, profile="hrr"
    )
    pair = align(
        old, parse_narrative("Section 7. Worker Rights\n\nUnions are free.", country="X", year=2020, profile="hrr")
    )
    assert section_sizes(pair) == SectionSizes((("section_7", 3),), (("section_7", 3),))


@pytest.mark.real
@pytest.mark.parametrize(
    ("corpus", "year", "breaks"),
    [("hrr-break", 2024, True), ("hrr-sec7", 2020, False), ("dol-child-labor", 2020, False)],
)
def test_real_editions(shared, corpus, year, breaks):
    from diffing.running.editions import diff_year

    corpus = Corpus(shared / "real" / corpus, {"hrr": "hrr", "dol": "dol"}[corpus[:3]])
    countries = corpus.countries(year)[:12]
    problems = diff_year(corpus, year, countries=countries).problems.filter(country="")
    assert [row["stage"] for row in problems.to_dicts()] == ["judge"] * breaks
