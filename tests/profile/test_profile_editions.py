"""Sections of an edition: what an edition has otherwise stands under its year, and a topic that moved keeps its key."""

import pytest

from diffing.pipeline import parse_narrative
from diffing.profile import ProfileError, load_profile
from diffing.running.cache import profile_digest

OWN = """
extends = "tip"
name = "mine"

[[editions]]
since = 2024

[[editions.sections]]
key = "overview"

[[editions.sections]]
key = "protection"
headings = ["Care for victims"]
"""
TEXT = "Overview\n\nThe government acted.\n\nCare for victims\n\nPolice identified eight victims in the capital.\n"


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "mine.toml").write_text(OWN)
    return tmp_path / "mine.toml"


def keys(profile, year, text=TEXT):
    return [section.key for section in parse_narrative(text, country="Norvania", year=year, profile=profile).sections]


def test_an_edition_is_read_by_its_own_sections_and_those_before_by_the_profiles(mine):
    assert keys(mine, 2024) == ["overview", "protection"]
    assert keys(mine, 2025) == ["overview", "protection"]


def test_no_narrative_gets_a_section_that_its_edition_does_not_have(mine):
    text = TEXT + "\nPREVENTION\n\nThe government held campaigns to prevent trafficking.\n"
    assert "prevention" in keys(mine, 2023, text)
    assert "prevention" not in keys(mine, 2024, text)


def test_what_a_section_leaves_out_it_has_from_the_profiles(mine):
    profile = load_profile(mine)
    overview, protection = profile.of_edition(2024).sections
    assert overview == load_profile("tip").section("overview")
    assert protection.title == load_profile("tip").section("protection").title
    assert [heading.pattern for heading in protection.headings] == ["Care\\ for\\ victims"]
    assert profile.of_edition(2024) is profile.of_edition(2025)
    assert profile.of_edition(2023) is profile


def test_an_edition_that_says_nothing_is_an_error_by_file_and_key(mine):
    mine.write_text('extends = "tip"\nname = "mine"\n[[editions]]\nsince = 2024\n')
    with pytest.raises(ProfileError, match="key editions: give year, index and page, or since and sections"):
        load_profile(mine)


def test_what_is_kept_knows_the_sections_of_editions(mine):
    before = profile_digest(load_profile(mine), judging=False)
    mine.write_text(OWN.replace("2024", "2022"))
    assert profile_digest(load_profile(mine), judging=False) != before


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("a. Freedom of the Press", "section_2"),
        ("b. Worker Rights", "section_7"),
        ("c. Disappearance and Abduction", "section_1"),
        ("b. Protection of Children", "section_6"),
        ("c. Protection to Refugees", "section_2"),
    ],
)
def test_a_topic_that_moved_keeps_its_key(heading, key):
    text = f"Executive Summary\n\nLittle changed.\n\nSection 2.\n\nLiberty\n\n{heading}\n\nThe law stood as it was.\n"
    found = parse_narrative(text, country="Norvania", year=2024, profile="hrr")
    assert found.sections[-1].key == key
    assert heading in [span.text for span in found.sections[-1].headings]


@pytest.mark.real
def test_the_real_edition_that_broke_has_its_sections(shared):
    from diffing.corpus import Corpus

    corpus = Corpus(shared / "real" / "hrr-break", "hrr")
    for country in corpus.countries(2024):
        found = {section.key for section in corpus.narrative(country, 2024).sections}
        assert found == {"summary", "section_1", "section_2", "section_6", "section_7"}, country
