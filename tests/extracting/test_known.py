"""A sentence that leans on nothing is read once; what is kept of it must be what reading it again would give."""

from __future__ import annotations

from copy import copy

import pytest

from diffing.extracting import extract_narrative
from diffing.pipeline import parse_narrative
from diffing.profile import load_profile

# One paragraph for each way in which a sentence may depend on its place, its period or the one before it.
TEXTS = {
    "counts for itself": "Police identified 40 victims. Courts convicted nine traffickers.",
    "a whole and its parts": "Police identified 40 victims, including 12 girls; nine of them were sheltered.",
    "leans on what is known": "Police identified 40 victims. Of these, 12 were girls.",
    "leans over one that counts nothing": "Police identified 40 victims. The law is old. They included 12 girls.",
    "parts told one after the other": "Police identified 40 victims. Twelve were girls. Nine were boys.",
    "counts back": "Police identified 40 victims, compared with 31 in the previous year.",
    "names a year": "Police identified 40 victims in 2018, and 12 traffickers were convicted in 2017.",
    "a streak": "For the third consecutive year, the government did not convict any traffickers.",
    "the sentence before compared": "Police identified 40 victims. This compared with 31 during the previous period.",
}


@pytest.mark.parametrize("case", TEXTS)
@pytest.mark.parametrize("year", [2019, 2022])
def test_what_is_known_reads_as_for_the_first_time(case, year):
    known, fresh = copy(load_profile("tip")), copy(load_profile("tip"))
    assert known is not fresh
    # met before: in another place, for another period, and behind other numbers
    told = "Officials trained 200 officers. " + TEXTS[case]
    extract_narrative(parse_narrative(told, country="Norvania", year=2020, profile=known))
    texts = f"Courts tried three officials. {TEXTS[case]} {TEXTS[case]}"
    again = extract_narrative(parse_narrative(texts, country="Ostria", year=year, profile=known))
    first = extract_narrative(parse_narrative(texts, country="Ostria", year=year, profile=fresh))
    assert again == first
    assert again[0], "a text without figures shows nothing"
