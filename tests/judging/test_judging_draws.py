"""Findings drawn by lot from held-back pairs and read in both texts: how often each rule was right.

`draws.jsonl`, `draws_by_seed.jsonl`: the pair, rule and verdict, the finding's id, where its sentences begin in both
texts, whether a reader would sign it, and if not why. A wrong row that is said no longer is `mended`, a right one
`gone`; both stay, and count for no rule. `tests/benchmarks/draw_findings.py` draws, `score_draws.py` marks the rows.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from diffing.judging.strength import LEAST_READ, LEAST_TRUST, judged, readings, trust
from diffing.model import Verdict
from diffing.profile import RuleSwitch, load_profile

HERE = Path(__file__).parent
ROWS = [json.loads(line) for line in (HERE / "draws.jsonl").read_text().splitlines()]
BY_SEED = [json.loads(line) for line in (HERE / "draws_by_seed.jsonl").read_text().splitlines()]
# Read by somebody who wrote no rule, and counted in no share of what is still said.
HELD_BACK = [json.loads(line) for line in (HERE / "draws_held_back.jsonl").read_text().splitlines()]
# The newest: read by two who wrote no rule, and so far counted in no share at all.
NEWEST = [json.loads(line) for line in (HERE / "draw_49001.jsonl").read_text().splitlines()]
# Drawn from whole human rights reports and their Section 7, those of the years before 2018 held back to the end.
OF_DEEDS = [json.loads(line) for line in (HERE / "draws_of_deeds.jsonl").read_text().splitlines()]


def test_each_row_is_a_claim_of_its_own_and_a_wrong_one_says_why():
    rows = [*ROWS, *BY_SEED, *NEWEST]
    assert len({(row["pair"], row["finding"]) for row in rows}) == len(rows) >= 470
    assert [row for row in rows if row["right"] == bool(row.get("why"))] == []


def test_base_says_of_each_rule_what_was_read():
    kept = [row for row in (*ROWS, *BY_SEED, *OF_DEEDS) if not row.get("mended") and not row.get("gone")]
    read = Counter(row["rule"] for row in kept)
    right = Counter(row["rule"] for row in kept if row.get("right", row.get("signed")))
    rules = load_profile("base").judging.rules
    told = [(rule, switch.right, switch.read) for rule, switch in rules.items() if switch.read]
    assert sorted(told) == sorted((rule, right[rule], read[rule]) for rule in read)


@pytest.mark.parametrize("family", ["hrr", "dol"])
def test_a_page_says_of_a_kind_what_was_read_at_first(family):
    rows = [row for row in (*ROWS, *BY_SEED, *HELD_BACK) if row["pair"].startswith(family)]
    rows = [row for row in rows if row["verdict"] in ("progress", "backsliding")]
    read = Counter((row["rule"], row["verdict"]) for row in rows)
    right = Counter((row["rule"], row["verdict"]) for row in rows if row["right"])
    told = readings(load_profile(family).judging.kinds)
    for kind, count in read.items():
        assert told[*kind, ""] == (right[kind], count), kind


def test_a_kind_is_part_of_wider_groups():
    told = readings([("deed services", 20, 22, 0, 0), ("deed", 3, 9, 0, 1)])
    assert told["deed", "progress", "services"] == (20, 22)
    assert told["deed", "progress", ""] == (23, 31)
    assert told["deed", "", ""] == (23, 32)


def test_a_rule_that_is_wrong_too_often_has_no_direction_and_weighs_less():
    few, bad, good = (
        RuleSwitch(right=right, read=read)
        for right, read in ((0, LEAST_READ - 1), (3, LEAST_READ), (LEAST_READ, LEAST_READ))
    )
    assert [trust(rule) for rule in (few, bad, good)] == [1.0, 3 / LEAST_READ, 1.0]
    assert trust(bad) < LEAST_TRUST
    assert judged(bad, Verdict.PROGRESS) is Verdict.UNCLEAR
    assert judged(bad, Verdict.NO_CHANGE) is Verdict.NO_CHANGE
    assert judged(few, Verdict.PROGRESS) is judged(good, Verdict.PROGRESS) is Verdict.PROGRESS
