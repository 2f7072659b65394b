"""One deed in many wordings (`ways_to_say.txt`): which way the finding goes that each gives, or that it gives none."""

from pathlib import Path

import pytest

import diffing

LINES = (Path(__file__).parent / "ways_to_say.txt").read_text("utf-8").splitlines()
ROWS = [line for line in LINES if line and not line.startswith("#")]
VERDICTS = {"+": {"progress"}, "-": {"backsliding"}, "0": set()}
STANDING = {
    "PROSECUTION": "The 2009 law criminalized trafficking.",
    "PROTECTION": "Victims spoke several languages.",
    "PREVENTION": "The country has long borders.",
}


def _narrative(section="", sentence=""):
    told = (f"{name}\n\n{said}{f' {sentence}' if name == section else ''}" for name, said in STANDING.items())
    return "NORVANIA: Tier 2\n\n" + "\n\n".join(told) + "\n"


def _param(row):
    marks = pytest.mark.xfail(strict=True, reason="not read yet") if row.startswith("~") else ()
    return pytest.param(row.removeprefix("~"), marks=marks, id=row[:60])


@pytest.mark.parametrize("row", [_param(row) for row in ROWS])
def test_a_way_to_say_it(row):
    head, sentence = (part.strip() for part in row.split("|"))
    sign, section = head.split()
    compared = diffing.compare_texts(
        _narrative(), _narrative(section, sentence), old_year=2018, new_year=2019, profile="tip"
    )
    directed = ("progress", "backsliding", "mixed")
    told = {f["verdict"] for f in compared.findings.to_dicts() if f["new_text"] == sentence} & {*directed}
    assert told == VERDICTS[sign]


# --- both poles of a matter, each in many wordings (`dimensions.txt`) ---------------------------------------------


def dimensions():
    """Each matter: its section, how many of its changes are told and of its controls claimed, its sentences by sign."""
    found = []
    for line in (Path(__file__).parent / "dimensions.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            name, section, told, claimed = (part.strip() for part in line.removeprefix("## ").split("|"))
            found.append((name, section, int(told.split()[1]), int(claimed.split()[1]), {"+": [], "-": [], "0": []}))
        elif line and not line.startswith("#"):
            found[-1][4][line[0]].append(line[2:])
    return found


def claimed_of(section, old, new):
    """The verdicts on a sentence in the place of another."""
    old_text, new_text = (_narrative(section, sentence) for sentence in (old, new))
    compared = diffing.compare_texts(old_text, new_text, old_year=2018, new_year=2019, profile="tip")
    return {f["verdict"] for f in compared.findings.to_dicts() if f["new_text"] == new} - {"unclear", "no_change"}


def crossed(olds, news):
    """Each old sentence with a new one in another wording."""
    return [(old, news[(at + 2) % len(news)]) for at, old in enumerate(olds[:6]) if old != news[(at + 2) % len(news)]]


@pytest.mark.parametrize(("name", "section", "told", "claimed", "said"), dimensions(), ids=lambda one: str(one)[:40])
def test_a_matter_that_stands_otherwise_in_other_words(name, section, told, claimed, said):
    right = sum(
        claimed_of(section, old, new) == VERDICTS[after]
        for before, after in ("-+", "+-")
        for old, new in crossed(said[before], said[after])
    )
    wrong = sum(
        bool(claimed_of(section, old, new))
        for before, after in ("--", "++", "-0")
        for old, new in crossed(said[before], said[after])
    )
    assert (right >= told, wrong <= claimed) == (True, True), (right, wrong)
