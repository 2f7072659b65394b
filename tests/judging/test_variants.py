"""Faults by kind: variants of each kind, written before the kind was mended (`variants.jsonl`).

A row has two short texts that differ in one thing. `want` is a verdict and words of the new text for which a finding
must have it; `forbid` a verdict, or several, and words for which none may. A row that is known to fail says why
(`amiss`).
"""

import json
import re
from pathlib import Path

import pytest

import diffing

ROWS = [json.loads(line) for line in (Path(__file__).parent / "variants.jsonl").read_text("utf-8").splitlines()]
HEADINGS = {"hrr": "Section 7. Worker Rights\n\n", "tip": "PROTECTION\n\n", "dol": ""}


def _folded(text):
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def _said(row):
    """The (verdict, words of both sentences) of every finding and change."""
    old, new = (
        text if "RECOMMENDATIONS" in text else HEADINGS[row["family"]] + text for text in (row["old"], row["new"])
    )
    compared = diffing.compare_texts(old, new, old_year=2021, new_year=2022, profile=row["family"])
    for finding in compared.findings.to_dicts():
        yield finding["verdict"], _folded(f"{finding['old_text'] or ''} {finding['new_text'] or ''}")
    for change in compared.changes.to_dicts():
        yield change["verdict"], _folded(f"{change['from_text']} {change['to_text']}")


def passes(row):
    """Whether a row's finding is made, or its forbidden one is not."""
    verdicts, words = row.get("want") or row["forbid"]
    found = {verdict for verdict, text in _said(row) if _folded(words) in text}
    if "want" in row:
        return verdicts in found
    return found.isdisjoint([verdicts] if isinstance(verdicts, str) else verdicts)


def _param(row):
    marks = pytest.mark.xfail(reason=row["amiss"], strict=True) if "amiss" in row else ()
    return pytest.param(row, marks=marks, id=f"{row['kind']}: {row['new'][-40:]}")


@pytest.mark.parametrize("row", [*map(_param, ROWS)])
def test_a_variant_of_a_fault(row):
    assert passes(row)
