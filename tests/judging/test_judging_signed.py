"""A hundred findings drawn at random from pairs not looked at before, each read against both texts.

`judging/signed.jsonl`: the pair, rule and verdict, where the evidence stands (offsets into both texts), whether a
reader would sign it, and if not why; `gone` says why a signed one is claimed no more: by the rules on incidents and
dates it is only listed. `tests/benchmarks/judging.md` tells how they were drawn.
"""

import json
from pathlib import Path

import pytest

import diffing

ROWS = [json.loads(line) for line in (Path(__file__).parent / "signed.jsonl").read_text().splitlines()]


def test_nine_in_ten_are_signed_and_the_others_say_why():
    assert len(ROWS) == 100
    assert sum(row["signed"] for row in ROWS) >= 90
    assert all(row["signed"] != bool(row.get("why")) for row in ROWS)
    assert len({json.dumps(row, sort_keys=True) for row in ROWS}) == 100


@pytest.mark.real
def test_what_was_signed_is_still_said(shared):
    """Of the signed findings nearly all are still said, and none with the opposite verdict."""
    kept, turned, signed = 0, [], [row for row in ROWS if row["signed"] and not row.get("gone")]
    opposite = {"progress": "backsliding", "backsliding": "progress"}
    for pair in sorted({row["id"] for row in signed}):
        family, slug, years = pair.split("/")
        profile = "dol" if family.startswith("dol") else "hrr"
        comparison = diffing.compare(
            *(
                diffing.read_narrative(
                    shared / "real" / family / year / f"{slug}.txt", country=slug, year=int(year), profile=profile
                )
                for year in years.split("-")
            )
        )
        said = {}
        for finding in comparison.judgement.findings:
            old, new = comparison.old.sentences, comparison.new.sentences
            places = {("old", old[i].start) for i in finding.old_sentences}
            places |= {("new", new[j].start) for j in finding.new_sentences}
            for place in places:
                said.setdefault((place, finding.rule), set()).add(finding.verdict.value)
        for row in (row for row in signed if row["id"] == pair):
            side = "new" if row["new"] else "old"
            verdicts = said.get(((side, row[side][0][0]), row["rule"]), set())
            kept += row["verdict"] in verdicts
            if opposite.get(row["verdict"]) in verdicts and row["verdict"] not in verdicts:
                turned.append(row)
    assert turned == []
    assert kept >= 0.9 * len(signed)
