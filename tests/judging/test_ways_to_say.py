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
