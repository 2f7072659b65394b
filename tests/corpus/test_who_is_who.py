"""One country under several names, and two that stay two."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_corpora import fill, small

from diffing.corpus.folders import Corpus, country_names
from diffing.model import slug_of
from diffing.profile import load_profile


@pytest.mark.parametrize(
    ("old", "new", "slug", "name"),
    [
        pytest.param("swaziland", "eswatini", "eswatini", "Eswatini", id="renamed"),
        pytest.param("burma", "myanmar", "burma", "Burma", id="two names"),
        pytest.param("burma-myanmar", "burma", "burma", "Burma", id="both names in one"),
        pytest.param("gambia-the", "the-gambia", "gambia", "The Gambia", id="article"),
        pytest.param("korea-north", "north-korea", "north-korea", "North Korea", id="order of words"),
        pytest.param("Côte d'Ivoire", "cote-divoire", "cote-divoire", "Côte d'Ivoire", id="accents"),
        pytest.param("congo-democratic-republic-of-the", "drc", "democratic-republic-of-the-congo",
                     "Democratic Republic of the Congo", id="short"),
        pytest.param("st-lucia", "saint-lucia", "saint-lucia", "Saint Lucia", id="saint"),
        pytest.param("turkey", "turkiye", "turkey", "Turkey", id="turkiye"),
    ],
)  # fmt: skip
def test_one_country_under_two_names(old: str, new: str, slug: str, name: str, tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, f"2018/{old}", f"2019/{new}"))
    assert corpus.countries(2018) == corpus.countries(2019) == (slug,)
    for written in (old, new, slug, name, name.upper()):
        assert corpus.narrative(written, 2018).slug == slug
        assert corpus.narrative(written, 2019).country == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dominica", "dominican-republic"),
        ("niger", "nigeria"),
        ("guinea", "guinea-bissau"),
        ("guinea", "equatorial-guinea"),
        ("republic-of-the-congo", "democratic-republic-of-the-congo"),
        ("sudan", "south-sudan"),
        ("china", "taiwan"),
        ("north-korea", "south-korea"),
        ("samoa", "american-samoa"),
        ("ireland", "northern-ireland"),
    ],
)
def test_two_countries_stay_two(one: str, other: str) -> None:
    names = country_names(load_profile("tip"))
    assert not names.same(one, other)


def test_a_corpus_that_agrees_with_itself_keeps_its_slugs(tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2018/myanmar", "2019/myanmar", "2019/congo-republic-of-the"))
    assert corpus.countries(2019) == ("congo-republic-of-the", "myanmar")
    assert corpus.narrative("Burma", 2018).country == "Burma"


def test_corpus_toml_adds_aliases_and_names(tmp_path: Path) -> None:
    small(tmp_path, "2018/norvania", "2019/new-norvania", "2019/karvelia-isle")
    toml = '[aliases]\n"New Norvania" = ["Norvania"]\n[names]\n"karvelia-isle" = "Karvelia (Isle)"\n'
    fill(tmp_path, {"corpus.toml": f'family = "hrr"\nanything = "else"\n{toml}'})
    corpus = Corpus(tmp_path)
    assert corpus.profile.name == "hrr"
    assert corpus.countries(2018) == ("new-norvania",)
    assert corpus.narrative("karvelia-isle", 2019).country == "Karvelia (Isle)"
    assert Corpus(tmp_path, "dol").profile.name == "dol"  # what the user says goes first


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("bosnia-and-herzegovina", "Bosnia and Herzegovina"),
        ("cote-divoire", "Côte d'Ivoire"),
        ("guinea-bissau", "Guinea-Bissau"),
        ("timor-leste", "Timor-Leste"),
        ("trinidad-and-tobago", "Trinidad and Tobago"),
        ("republic-of-the-congo", "Republic of the Congo"),
        ("the-norvanias", "The Norvanias"),
        ("sao-tome-and-principe", "São Tomé and Príncipe"),
        ("united-states-of-america", "United States of America"),
    ],
)
def test_names_as_people_write_them(slug: str, name: str) -> None:
    assert country_names(load_profile("hrr")).display(slug) == name
    assert slug_of(name) == slug


def test_a_country_is_one_over_all_editions(tmp_path: Path) -> None:
    """Under every name that the editions gave it; its slug is the usual one where they differ."""
    small(tmp_path, "2018/turkey", "2019/turkey-turkiye", "2020/turkiye", "2018/swaziland", "2019/eswatini")
    small(tmp_path, "2018/israel-golan-heights-west-bank-and-gaza", "2019/israel-west-bank-and-gaza", "2020/israel")
    corpus = Corpus(tmp_path)
    assert corpus.countries(2018) == ("eswatini", "israel", "turkey")
    assert corpus.countries(2019) == ("eswatini", "israel", "turkey")
    assert corpus.countries(2020) == ("israel", "turkey")
    assert corpus.narrative("Türkiye", 2019).country == "Turkey"


def test_a_corpus_that_calls_a_country_otherwise_goes_before_the_table(tmp_path: Path) -> None:
    small(tmp_path, "2018/anatolia", "2019/turkey")
    fill(tmp_path, {"corpus.toml": '[aliases]\n"Turkey" = ["Anatolia"]\n[names]\n"turkey" = "Türkiye"\n'})
    corpus = Corpus(tmp_path)
    assert corpus.countries(2018) == corpus.countries(2019) == ("turkey",)
    assert corpus.name("anatolia") == "Türkiye"
    known = corpus.names.territory("anatolia")
    assert known is not None
    assert known.iso3 == "TUR"


@pytest.mark.parametrize("usual", ["Index", "Norvania side by side", "N" * 101, ".."])
def test_a_usual_name_that_no_page_can_have_leaves_the_country_its_own(tmp_path: Path, usual: str) -> None:
    """It ended every run of the corpus, all other countries too."""
    small(tmp_path, "2018/norvania", "2019/north-norvania", "2019/ardesh")
    fill(tmp_path, {"corpus.toml": f'family = "tip"\n[aliases]\n"{usual}" = ["Norvania", "North Norvania"]\n'})
    corpus = Corpus(tmp_path)
    assert corpus.countries(2018) == ("north-norvania",)
    assert corpus.countries(2019) == ("ardesh", "north-norvania")
    assert corpus.narrative("norvania", 2018).year == 2018
