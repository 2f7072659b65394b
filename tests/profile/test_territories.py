"""Countries under all their names: one row of the table each, and no name of two."""

from __future__ import annotations

from collections import Counter

import pytest

from diffing.model import slug_of
from diffing.profile.territories import territories, territory, words_of

NAMES = [  # (name as printed or as a slug, its code, its usual name)
    ("Turkey (Türkiye)", "TUR", "Turkey"),
    ("Türkiye", "TUR", "Turkey"),
    ("turkey-turkiye", "TUR", "Turkey"),
    ("Republic of North Macedonia", "MKD", "North Macedonia"),
    ("Macedonia, Former Yugoslav Republic of", "MKD", "North Macedonia"),
    ("Eswatini (Swaziland)", "SWZ", "Eswatini"),
    ("eswatini-formerly-swaziland", None, None),  # not a form that is known: no guess
    ("Bolivia (Plurinational State of)", "BOL", "Bolivia"),
    ("Plurinational State of Bolivia", "BOL", "Bolivia"),
    ("China (Includes Tibet, Hong Kong, and Macau)", "CHN", "China"),
    ("China (includes Hong Kong, Macau, and Tibet)", "CHN", "China"),
    ("china-includes-tibet-xinjiang-hong-kong-and-macau", "CHN", "China"),
    ("Israel, West Bank and Gaza", "ISR", "Israel"),
    ("Israel, Golan Heights, West Bank, and Gaza", "ISR", "Israel"),
    ("Israel and The Occupied Territories", "ISR", "Israel"),
    ("Israel", "ISR", "Israel"),
    ("west-bank-and-the-gaza-strip", "PSE", "West Bank and Gaza"),
    ("The Gambia", "GMB", "The Gambia"),
    ("gambia", "GMB", "The Gambia"),
    ("Gambia, The", "GMB", "The Gambia"),
    ("United Arab Emirates", "ARE", "United Arab Emirates"),
    ("United Kingdom", "GBR", "United Kingdom"),
    ("United States", "USA", "United States of America"),
    ("Kingdom of Norway", "NOR", "Norway"),
    ("Venezuela (Bolivarian Republic of)", "VEN", "Venezuela"),
    ("Islamic Republic of Mauritania", "MRT", "Mauritania"),
    ("Democratic Socialist Republic of Sri Lanka", "LKA", "Sri Lanka"),
    ("Co-operative Republic of Guyana", None, None),
    ("Burma (Myanmar)", "MMR", "Burma"),
    ("Cabo Verde (Cape Verde)", "CPV", "Cabo Verde"),
    ("Czechia (Czech Republic)", "CZE", "Czech Republic"),
    ("Congo, Democratic Republic of the", "COD", "Democratic Republic of the Congo"),
    ("Congo, Dem. Rep.", "COD", "Democratic Republic of the Congo"),
    ("congo-republic-of-the", "COG", "Republic of the Congo"),
    ("Korea, Democratic People's Republic of", "PRK", "North Korea"),
    ("Korea, Republic of", "KOR", "South Korea"),
    ("Republic of Korea", "KOR", "South Korea"),
    ("Micronesia (Federated States of)", "FSM", "Micronesia"),
    ("Taiwan", "TWN", "Taiwan"),
    ("Republic of China", "TWN", "Taiwan"),
    ("Hong Kong", "HKG", "Hong Kong"),
    ("China (Hong Kong)", "HKG", "Hong Kong"),
    ("Tibet", None, "Tibet"),
    ("Kosovo", None, "Kosovo"),
    ("Western Sahara", "ESH", "Western Sahara"),
    ("ghana__trashed", "GHA", "Ghana"),
    ("malaysia-2", "MYS", "Malaysia"),
    ("St. Vincent and the Grenadines", "VCT", "Saint Vincent and the Grenadines"),
    ("Côte d’Ivoire", "CIV", "Côte d'Ivoire"),
    ("Guinea-Bissau", "GNB", "Guinea-Bissau"),
    ("Guinea", "GIN", "Guinea"),
    ("Equatorial Guinea", "GNQ", "Equatorial Guinea"),
    ("Papua New Guinea", "PNG", "Papua New Guinea"),
    ("Niger", "NER", "Niger"),
    ("Dominican Republic", "DOM", "Dominican Republic"),
    ("Dominica", "DMA", "Dominica"),
    ("Bosnia & Herzegovina", "BIH", "Bosnia and Herzegovina"),
    ("TKM", "TKM", "Turkmenistan"),
    ("Norvania", None, None),
    ("Republic", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("name", "iso3", "usual"), NAMES)
def test_one_country_under_all_its_names(name: str, iso3: str | None, usual: str | None) -> None:
    found = territory(name)
    assert (found and found.iso3, found and found.name) == (iso3, usual)


def test_every_name_is_of_one_territory() -> None:
    for known in territories():
        for name in (known.name, *known.others, known.slug):
            assert territory(name) is known, name
    assert not [
        words for words, n in Counter(words_of(slug_of(known.name)) for known in territories()).items() if n > 1
    ]


def test_every_row_is_whole() -> None:
    codes = [known.iso3 for known in territories() if known.iso3]
    assert len(codes) == len(set(codes)) == 249
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert {known.region for known in territories()} == {
        "Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania",
    }  # fmt: skip
    assert all(known.parent is None or known.parent in codes for known in territories())
    assert [known.name for known in territories() if not known.iso3] == [
        "Area Administered by Turkish Cypriots", "Crimea", "Kosovo", "Tibet", "Xinjiang",
    ]  # fmt: skip


def test_a_part_of_a_country_knows_whose_report_tells_it() -> None:
    assert [territory(name).parent for name in ("Tibet", "Hong Kong", "Western Sahara", "Aruba")] == [
        "CHN", "CHN", "MAR", "NLD",
    ]  # fmt: skip
