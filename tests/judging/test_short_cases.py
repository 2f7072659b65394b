"""Short cases: a sentence or two of each year, and what is said of them or must not be.

A row wants a verdict of the finding that holds some words, or forbids verdicts of it. Where we are still wrong the row
says so by `amiss`.
"""

import json
import re
from pathlib import Path

import pytest

import diffing

CASES = [json.loads(line) for line in (Path(__file__).parent / "short_cases.jsonl").open(encoding="utf-8")]


def folded(text):
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def narrative(row, side):
    """The text of one year: under the row's heading, or as it stands where it has headings of its own."""
    text = row[side]
    if "RECOMMENDATIONS" in text and "\n" in text:
        return text
    heading = row.get("section", "PROTECTION")
    if heading == "OVERVIEW":
        return text or "Norvania is a country."
    return f"{heading}\n\n{text or 'The country has a coast.'}"


def is_right(row):
    old, new = narrative(row, "old"), narrative(row, "new")
    comparison = diffing.compare_texts(old, new, old_year=2021, new_year=2022, profile=row["family"])
    told = [(f["verdict"], f["old_text"], f["new_text"]) for f in comparison.findings.to_dicts()]
    told += [(c["verdict"], c["from_text"], c["to_text"]) for c in comparison.changes.to_dicts()]
    verdicts, words = row.get("want") or row["forbid"]
    verdicts = [verdicts] if isinstance(verdicts, str) else verdicts
    said = {verdict for verdict, *texts in told if folded(words) in folded(" ".join(text or "" for text in texts))}
    if {"progress", "backsliding"} <= said:
        said.add("mixed")
    return bool(said & set(verdicts)) == ("want" in row)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, marks=[pytest.mark.xfail(strict=True, reason=row["amiss"])] if "amiss" in row else [])
        for row in CASES
    ],
    ids=[f"{number} {row['kind']}" for number, row in enumerate(CASES)],
)
def test_what_is_said_of_a_short_case(row):
    assert is_right(row)
