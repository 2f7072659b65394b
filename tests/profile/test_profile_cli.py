"""A profile of one's own: its examples tried at load, begun from two texts, sections by their number."""

from __future__ import annotations

from pathlib import Path

import pytest

import diffing
from diffing.cli import run
from diffing.profile import ProfileError, load_profile
from diffing.reading import parse_narrative
from diffing.reading.proposing import proposed
from diffing.running.example_trials import _TRIALS, check_tried, faults_of

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
GOOD = 'extends = "tip"\nname = "mine"\n'
INDICATOR = (
    '[[indicators]]\nname = "penguins"\ntitle = "Penguins"\nunit = "items"\npolarity = 1\nnouns = ["penguin"]\n'
    'examples = ["{}"]\nnot_examples = ["{}"]\n'
)

FRAME = (
    '[[nouns]]\nname = "houses"\nworth = "protection"\nwords = ["penguin house"]\n[[frames]]\nname = "houses"\n'
    'title = "Houses"\npredicates = ["establish"]\nobjects = ["houses"]\nexamples = ["{}"]\n'
)

PROFILES = {  # a profile -> what of it fails
    "nothing": (GOOD, ()),
    "an indicator": (GOOD + INDICATOR.format("The zoo bought 12 penguins.", "The zoo bought 12 seals."), ()),
    "its example": (GOOD + INDICATOR.format("The zoo bought 12 seals.", "None."), ("indicators.penguins", "12 seals")),
    "its counter-example": (
        GOOD + INDICATOR.format("The zoo bought 12 penguins.", "It sold 3 penguins."),
        ("counter-example", "It sold 3 penguins."),
    ),
    "a frame": (GOOD + FRAME.format("The state opened a penguin house."), ()),
    "a frame's example": (GOOD + FRAME.format("The state closed a penguin house."), ("frames.houses", "not tell it")),
    "a predicate's counter-example": (
        GOOD + '[[predicates]]\nname = "establish"\nnot_examples = ["The state opened a shelter."]\n',
        ("predicates.establish", "opened a shelter"),
    ),
    "a class of nouns": (
        GOOD + '[[nouns]]\nname = "zoos"\nworth = "right"\nwords = ["zoo"]\nexamples = ["The farm closed."]\n',
        ("nouns.zoos", "The farm closed."),
    ),
    "a modifier's reach": (
        GOOD + '[[modifiers]]\nname = "dream"\nwords = ["dreamt of"]\nwhen_affirmed = "planned"\n'
        'examples = ["It dreamt of [opening] two shelters."]\n',
        ("modifiers.dream", "opening two shelters"),
    ),
    "a heading": (
        GOOD + '[[sections]]\nkey = "protection"\n[[sections.headings]]\npattern = "shelter"\nexamples = ["Help"]\n',
        ("headings", "'shelter' does not match its example", "Help"),
    ),
    "a heading's counter-example": (
        GOOD + '[[sections]]\nkey = "protection"\n[[sections.headings]]\npattern = "help.*"\nexamples = ["Help"]\n'
        'not_examples = ["Helping"]\n',
        ("matches its counter-example", "Helping"),
    ),
}


@pytest.mark.parametrize("case", PROFILES)
def test_a_profiles_own_examples_are_tried(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, said = PROFILES[case]
    path = tmp_path / "mine.toml"
    path.write_text(text)
    assert run(["profile", "check", str(path)]) == (2 if said else 0)
    told = capsys.readouterr()
    assert all(word in told.err for word in said), told.err
    assert ("every example holds" in told.out) is not bool(said)
    old = tmp_path / "norvania.txt"
    old.write_text("PROSECUTION\n\nCourts convicted two traffickers.")
    assert run(["figures", str(old), "--year", "2020", "--profile", str(path)]) == (2 if said else 0)
    err = capsys.readouterr().err
    assert all(word in err for word in said), err


def test_ours_hold_and_are_not_tried_again_at_load(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tip", "hrr", "dol"):
        assert faults_of(load_profile(name)) == []
    monkeypatch.setattr("diffing.running.example_trials.faults_of", lambda profile: 1 / 0)
    check_tried(load_profile("tip"))


def test_a_profile_is_tried_once_for_what_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr("diffing.running.example_trials.faults_of", lambda profile: calls.append(profile.name) or [])
    for _ in range(3):
        check_tried(load_profile({"extends": "tip", "name": "once"}))
    assert calls == ["once"]


CHAPTERS = 'extends = "base"\nname = "report"\n[[sections]]\nkey = "chapter_{number}"\ntitle = "Chapter {number}"\n'


def test_sections_are_told_by_their_number_by_one_rule(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text(CHAPTERS + 'numbers = 35\nheadings = ["Chapter {number}"]\n')
    profile = load_profile(str(path))
    assert [rule.key for rule in profile.sections][:2] == ["chapter_1", "chapter_2"]
    assert (len(profile.sections), profile.sections[22].title) == (35, "Chapter 23")
    text = "\n\n".join(
        f"{heading}\n\nThe country is at stage {n}."
        for n, heading in enumerate(("Chapter 2", "CHAPTER 12: Food safety", "Chapter 23 – Judiciary"))
    )
    narrative = parse_narrative(text, country="Norvania", year=2020, profile=profile)
    assert [section.key for section in narrative] == ["chapter_2", "chapter_12", "chapter_23"]
    assert faults_of(profile) == []
    path.write_text(CHAPTERS + "numbers = 0\n")
    with pytest.raises(ProfileError, match=r"report\.toml: key sections\.numbers"):
        load_profile(str(path))


# --- a family made in ten minutes --------------------------------------------------------------------------------

ENLARGEMENT = (
    "Norvania report {year}\n\nChapter 5: Public procurement\n\nNorvania is {five} prepared in this area. {some} "
    "progress was made. The authority decided {cases} complaints.\n\nChapter 23: Judiciary\n\nNorvania has "
    "{judges} level of preparation. Courts closed {cases} complaints. There was {some} progress.\n\n"
    "Cluster overview\n\nThe region is {five} prepared."
)
RISKS = (
    "Part I\n\nItem 1A. Risk Factors\n\nWe depend on {n} suppliers and {m} warehouses.\n\nItem 3. Legal Proceedings\n\n"
    "We are party to {n} lawsuits, {m} lawsuits of them abroad.\n\nItem 7. Outlook\n\nDemand fell."
)

MADE = {
    "an enlargement report": (
        ENLARGEMENT.format(year=2019, five="moderately", some="some", cases=12, judges="some"),
        ENLARGEMENT.format(year=2020, five="well", some="limited", cases=15, judges="good"),
        ('key = "chapter_{number}"', "numbers = 23", "moderately prepared", "limited progress", "complaint"),
        ["chapter_5", "chapter_23", "cluster_overview"],
    ),
    "risk factors": (
        RISKS.format(n=3, m=2),
        RISKS.format(n=4, m=5),
        ("lawsuit", 'key = "item_{number}"'),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MADE)
def test_a_profile_is_begun_from_two_texts(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, words, keys = MADE[case]
    (tmp_path / "old.txt").write_text(old)
    (tmp_path / "new.txt").write_text(new)
    target = tmp_path / "begun.toml"
    command = ["profile", "new", str(tmp_path / "old.txt"), str(tmp_path / "new.txt"), "--name", "begun"]
    assert run([*command, "--out", str(target)]) == 0
    text = target.read_text()
    assert [word for word in words if word not in text] == []
    assert run(["profile", "check", str(target)]) == 0
    narrative = parse_narrative(new, country="Norvania", year=2020, profile=str(target))
    if keys:
        assert [section.key for section in narrative if section.sentences] == keys
    assert run([*command, "--out", str(target)]) == 2  # nothing of a user's is written over
    assert "is there already" in capsys.readouterr().err


def test_what_is_proposed_is_a_profile_whatever_the_texts_are() -> None:
    for old, new in (("", ""), ('He said "no\\"', "No."), ("A\n\nB\n\nC", "A\n\nB\n\nC")):
        text = proposed(old, new, name="x")
        assert 'extends = "base"' in text


@pytest.mark.parametrize("kind", ["predicates", "nouns"])
def test_what_ours_say_of_deeds_and_things_holds(kind: str) -> None:
    """Frames, modifiers and indicators are tried in the rooms that read them."""
    profile = load_profile("hrr")
    assert [fault for row in getattr(profile, kind) for fault in _TRIALS[kind](profile, row)] == []


CALLS = {
    "compare_texts": lambda profile: diffing.compare_texts("Police left.", "Police came.", profile=profile),
    "diff_year": lambda profile: diffing.diff_year(diffing.Corpus(SAMPLE, profile), 2020, countries=["turkmenistan"]),
    "history": lambda profile: diffing.history(diffing.Corpus(SAMPLE, profile), countries=["turkmenistan"]),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_call_tries_a_users_profile_too(call: str) -> None:
    boats = {"name": "boats", "title": "Boats", "unit": "items", "polarity": 1, "nouns": ["boat"]}
    wrong = load_profile({"extends": "tip", "name": "wrong", "indicators": [{**boats, "examples": ["It rained."]}]})
    with pytest.raises(ProfileError, match=r"indicators\.boats"):
        CALLS[call](wrong)
