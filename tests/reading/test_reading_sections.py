"""Sections: by headings in every form, by cues and order where they are lost."""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

import pytest

import diffing
from diffing import Narrative
from diffing.profile import SectionRule, load_profile
from diffing.reading import parse_narrative
from diffing.reading.layout import rules_of
from diffing.reading.sequence import SectionModel

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from learn_words import learning_half
from strip_headings import right_without_headings

FAMILIES = ("tip", "hrr", "dol")


def read(text: str, profile: str = "tip") -> Narrative:
    return parse_narrative(text, country="Ruritania", year=2020, profile=profile)


def outline(narrative: Narrative) -> list[tuple[str, int]]:
    """(key, number of sentences) of each section."""
    return [(section.key, len(section.sentences)) for section in narrative]


def headings(narrative: Narrative) -> list[str]:
    return [heading.text for section in narrative for heading in section.headings]


# --- the profiles' headings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_each_heading_pattern_opens_its_section_and_no_counterexample_does(family):
    profile = load_profile(family)
    rules = rules_of(profile)
    for rule in profile.sections:
        for pattern in rule.headings:
            for example in pattern.examples:
                for printed in (example, example.upper(), f"## {example}", f"**{example}**", f"{example}:"):
                    assert rules.heading(printed) == (rule.key, len(printed)), printed
            for example in pattern.not_examples:
                found = rules.heading(example)
                assert found is None or found[0] != rule.key, example


FORMS = {
    "capitals": "PROSECUTION\n\nThe government convicted two.",
    "title case": "Prosecution\n\nThe government convicted two.",
    "small": "Prosecution\nThe government convicted two.",
    "markdown": "## Prosecution\n\nThe government convicted two.",
    "bold": "**Prosecution**\n\nThe government convicted two.",
    "numbered": "II. PROSECUTION\n\nThe government convicted two.",
    "run in, capitals": "PROSECUTION The government convicted two.",
    "run in, colon": "Prosecution: The government convicted two.",
    "run in, dash": "Prosecution — The government convicted two.",
    "run in, full stop": "Prosecution. The government convicted two.",
    "run in, title case": "Prosecution The government convicted two.",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_heading_in_every_form(form):
    narrative = read("Protection\n\nPolice identified six victims.\n\n" + FORMS[form])
    assert outline(narrative) == [("protection", 1), ("prosecution", 1)]
    assert narrative.sections[1].sentences[0].text == "The government convicted two."


NO_HEADINGS = {
    "a sentence that begins with the word": "Protection of victims remained weak in the country.",
    "the word inside a wrapped line": "The government made few efforts toward\nprotection\nof victims that it found.",
    "in a sentence of the law": "Section 3 of the law provides protection to all victims in the country.",
}


@pytest.mark.parametrize("case", NO_HEADINGS)
def test_prose_is_no_heading(case):
    narrative = read("PROSECUTION\n\nCourts convicted two.\n\n" + NO_HEADINGS[case])
    assert outline(narrative) == [("prosecution", 2)]


def test_a_human_rights_report_has_sections_subsections_and_subheadings():
    narrative = read(
        "Executive Summary\n\nIt is a republic.\n\nSection 1.\n\nRespect for the Integrity of the Person\n\n"
        "a. Disappearance\n\nThere were no reports.\n\nb. Torture\n\nPolice beat detainees.\n\nPrison Conditions\n\n"
        "Cells were crowded.\n\nSection 7. Worker Rights\n\na. Freedom of Association\n\nUnions are free.",
        "hrr",
    )
    assert outline(narrative) == [
        ("summary", 1),
        ("section_1", 0),
        ("section_1.a", 1),
        ("section_1.b", 2),
        ("section_7", 0),
        ("section_7.a", 1),
    ]
    assert narrative.sections[3].headings[1].text == "Prison Conditions"


def test_every_letter_and_numeral_of_a_subsection_is_its_own():
    lines = [f"{letter}. Cases of Another Kind\n\nThere was one." for letter in ("a", "h", "i", "j", "k", "xii")]
    narrative = read("Section 1. Respect for the Person\n\n" + "\n\n".join(lines), "hrr")
    keys = ["section_1", *(f"section_1.{letter}" for letter in ("a", "h", "i", "j", "k", "xii"))]
    assert [section.key for section in narrative] == keys
    assert all(len(section.sentences) == 1 for section in narrative.sections[1:])


def test_a_subsection_heading_printed_twice_opens_one_section():
    narrative = read("Section 2.\n\nc. Faith\n\nc. Faith\n\nIt is free.\n\nd. Movement\n\nIt is free too.", "hrr")
    assert outline(narrative) == [("section_2", 0), ("section_2.c", 1), ("section_2.d", 1)]


def test_a_sentence_knows_how_it_stands_on_its_page():
    narrative = read(
        "Enforcement\n\nLabor Inspectors: 21\n\nInspectors said this: few came.\n\n- They lack cars.\n\n"
        "Suggested Government Actions\n\n- Hire inspectors; train them.",
        "dol",
    )
    assert [(s.text, s.kind) for s in narrative.sentences] == [
        ("Labor Inspectors: 21", "label"),
        ("Inspectors said this: few came.", "prose"),
        ("They lack cars.", "item"),
        ("Hire inspectors; train them.", "item"),
    ]


def test_labels_and_a_subheading_that_is_elsewhere_a_heading():
    narrative = read(
        "Ruritania\n\nAssessment: Moderate Advancement\n\nIn 2020 it made a moderate advancement in efforts.\n\n"
        "Enforcement\n\nLabor Inspectors: 21\nLabor Inspections: Unknown\n\nSuggested Government Actions\n\n"
        "Legal Framework\n\n- Raise the minimum age.\n\nEnforcement\n\n- Hire inspectors; train them.",
        "dol",
    )
    assert outline(narrative) == [("assessment", 1), ("overview", 1), ("enforcement", 2), ("actions", 2)]
    assert [s.text for s in narrative.sections[2].sentences] == ["Labor Inspectors: 21", "Labor Inspections: Unknown"]
    assert headings(narrative)[-2:] == ["Legal Framework", "Enforcement"]


# --- the shapes of the trafficking report -------------------------------------------------------------------------

OVERVIEW = (
    "The Government of Ruritania does not fully meet the minimum standards but is making efforts to do so; "
    "therefore Ruritania remained on Tier 2."
)
PROFILE_OLD = "Ruritania is a source, transit, and destination country for men subjected to forced labor."
PROFILE = "As reported over the past five years, traffickers exploit Ruritanian women abroad."
LAW = "The government increased law enforcement efforts. Courts convicted two traffickers."
CARE = "The government maintained protection efforts. Police identified six victims."
PLANS = "The government decreased efforts to prevent trafficking. It adopted a national action plan."
WISHES = {
    "joined by semicolons": "Train police to find victims; increase funding for shelters; and ratify the protocol.",
    "joined by bullets": "Train police to find victims. • Increase funding for shelters. • Ratify the protocol.",
    "run together": "Train police to find victims.Increase funding for shelters.Ratify the protocol.",
    "bullets": "• Train police to find victims.\n• Increase funding for shelters.\n• Ratify the protocol.",
    "hyphens": "- Train police to find victims\n- Increase funding for shelters\n- Ratify the protocol",
    "numbers": "1. Train police to find victims.\n2. Increase funding for shelters.\n3. Ratify the protocol.",
    "paragraphs": "Train police to find victims.\n\nIncrease funding for shelters.\n\nRatify the protocol.",
}


@pytest.mark.parametrize("joined", WISHES)
@pytest.mark.parametrize("heading", ["RECOMMENDATIONS FOR RURITANIA\n\n", "PRIORITIZED RECOMMENDATIONS: ", ""])
def test_recommendations_are_one_sentence_each(joined, heading):
    parts = [OVERVIEW, heading + WISHES[joined], "PROSECUTION", LAW, "PROTECTION", CARE, "PREVENTION", PLANS]
    narrative = read("\n\n".join([*parts, "TRAFFICKING PROFILE", PROFILE]))
    assert outline(narrative) == [
        ("overview", 1),
        ("recommendations", 3),
        ("prosecution", 2),
        ("protection", 2),
        ("prevention", 2),
        ("profile", 1),
    ]
    wishes = [sentence.text.removeprefix("and ").lower().strip(".") for sentence in narrative.sections[1].sentences]
    assert wishes == ["train police to find victims", "increase funding for shelters", "ratify the protocol"]


def test_until_2016_the_profile_stands_first():
    narrative = read(
        f"RURITANIA: Tier 2\n\n{PROFILE_OLD}\n\n{OVERVIEW}\n\nRECOMMENDATIONS FOR RURITANIA:\n\n"
        f"{WISHES['joined by semicolons']}\n\nPROSECUTION\n\n{LAW}\n\nPROTECTION\n\n{CARE}\n\nPREVENTION\n\n{PLANS}"
    )
    assert [section.key for section in narrative] == [
        "profile",
        "overview",
        "recommendations",
        "prosecution",
        "protection",
        "prevention",
    ]
    assert headings(narrative)[0] == "RURITANIA: Tier 2"


def test_all_headings_lost():
    narrative = read("\n\n".join([OVERVIEW, WISHES["run together"], LAW, CARE, PLANS, PROFILE]))
    assert [section.key for section in narrative] == [rule.key for rule in narrative.profile.sections]
    assert "no section heading" in narrative.problems[0].message


def test_a_key_comes_twice_where_the_text_goes_back():
    narrative = read(f"PROTECTION\n\n{CARE}\n\nPREVENTION\n\n{PLANS}\n\nPROTECTION\n\nPolice found one more victim.")
    assert outline(narrative) == [("protection", 2), ("prevention", 2), ("protection", 1)]


def test_frame_lines_are_dropped_and_shown():
    narrative = read(
        "Skip to content\n\nHome > Reports > Ruritania\n\nRURITANIA\n\nPROSECUTION\n\nCourts convicted two.\n\n"
        "U.S. Department of State\n\nThirty Years of Elections"
    )
    assert outline(narrative) == [("prosecution", 1)]
    assert [span.text for span in narrative.dropped] == [
        "Skip to content",
        "Home > Reports > Ruritania",
        "U.S. Department of State",
        "Thirty Years of Elections",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "Home\n\nSkip to content\n\nPrivacy Policy", "PROSECUTION"])
def test_a_narrative_without_a_sentence_says_so(text):
    narrative = read(text)
    assert not narrative.sentences
    assert "no sentence" in narrative.problems[0].message


def test_one_paragraph_is_read_and_noted():
    narrative = read(CARE)
    assert outline(narrative) == [("protection", 2)]
    assert "one paragraph" in narrative.problems[0].message


def test_sample_narratives_without_headings():
    """At least 250 of the sample's 260 paragraphs keep their section when every heading is taken out."""
    sample = Path(__file__).parents[2] / "corpora" / "sample"
    profile = load_profile("tip")
    right = total = 0
    for path in sorted(sample.glob("20*/*.*")):
        one, all_ = right_without_headings(diffing.read_narrative(path, path.stem, 2020, profile))
        right, total = right + one, total + all_
    assert total > 200
    assert right / total > 0.96


# --- real reports -------------------------------------------------------------------------------------------------


@pytest.mark.real
def test_the_seed_narrative_has_its_nine_paragraphs_in_their_sections(shared):
    narrative = diffing.read_narrative(shared / "real/tip/2020/turkmenistan.txt", "Turkmenistan", 2020)
    paragraphs = []
    for section in narrative:
        last = None
        for sentence in section.sentences:
            if last is None or "\n\n" in narrative.text[last : sentence.start]:
                paragraphs.append(section.key)
            last = sentence.end
    assert paragraphs == [
        "overview", "recommendations", "prosecution", "prosecution", "protection", "protection", "prevention",
        "prevention", "profile",
    ]  # fmt: skip
    assert len(narrative.sections[1].sentences) == 10
    dropped = [span.text for span in narrative.dropped]
    assert dropped[0].startswith("An official website")
    assert dropped[-1].startswith("The Lessons of 1989")


@pytest.mark.real
def test_every_human_rights_report_has_sections_1_to_7(shared):
    profile = load_profile("hrr")
    wanted = {rule.key for rule in profile.sections}
    missing = []
    for path in sorted((shared / "real/hrr").glob("*/*.txt"))[::7]:
        narrative = diffing.read_narrative(path, path.stem, int(path.parent.name), profile)
        if lacking := wanted - {section.key.partition(".")[0] for section in narrative}:
            missing.append((path.parent.name, path.stem, sorted(lacking)))
    assert missing == []


def test_words_weigh_the_same_in_any_order():
    """Between sections that are equally likely the last digit of a sum once decided, and with it the seed of hashes."""
    words = ["".join(letters) for letters in product("abcdefghijklmn", repeat=2)]
    weights = tuple((place % 37 / 10 - 1.7, word) for place, word in enumerate(words))
    model = SectionModel([SectionRule(key="text", title="Text", words=weights)])
    assert model.scores(" ".join(words), [0]) == model.scores(" ".join(reversed(words)), [0])


@pytest.mark.real
def test_human_rights_reports_without_headings(shared):
    """Of countries that the word weights were not learnt from; every tenth of them (all in bench_reading.py)."""
    folder = shared / "real/hrr"
    profile = load_profile("hrr")
    learnt = learning_half(folder)
    held_back = [path for path in sorted((folder / "2020").glob("*.txt")) if path.stem not in learnt][::10]
    right = total = 0
    for path in held_back:
        one, all_ = right_without_headings(diffing.read_narrative(path, path.stem, 2020, profile))
        right, total = right + one, total + all_
    assert right / total >= 0.95
