"""Findings drawn by lot from held-back pairs and read in both texts: how often each rule was right.

`draws.jsonl`, `draws_by_seed.jsonl`: the pair, rule and verdict, the finding's id, where its sentences begin in both
texts, whether a reader would sign it, and if not why. A wrong row that is said no longer is `mended`, a right one
`gone`; both stay, and count for no rule. `tests/benchmarks/draw_findings.py` draws, `score_draws.py` marks the rows.
"""

import json
from collections import Counter
from pathlib import Path

from diffing.judging.evidence import LEAST_READ, LEAST_TRUST, Evidence
from diffing.model import Rule, Verdict
from diffing.profile import load_profile

HERE = Path(__file__).parent
ROWS = [json.loads(line) for line in (HERE / "draws.jsonl").read_text().splitlines()]
BY_SEED = [json.loads(line) for line in (HERE / "draws_by_seed.jsonl").read_text().splitlines()]
# Drawn from whole human rights reports and their Section 7, those of the years before 2018 held back to the end.
OF_DEEDS = [json.loads(line) for line in (HERE / "draws_of_deeds.jsonl").read_text().splitlines()]


def test_each_row_is_a_claim_of_its_own_and_a_wrong_one_says_why():
    rows = [*ROWS, *BY_SEED]
    assert len({(row["pair"], row["finding"]) for row in rows}) == len(rows) >= 470
    assert [row for row in rows if row["right"] == bool(row.get("why"))] == []


def test_the_profile_says_of_each_rule_what_was_read():
    kept = [row for row in (*ROWS, *BY_SEED, *OF_DEEDS) if not row.get("mended") and not row.get("gone")]
    still = [(row["rule"], row.get("right", row.get("signed"))) for row in kept]
    read, right = Counter(rule for rule, _ in still), Counter(rule for rule, signed in still if signed)
    rules = load_profile("base").judging.rules
    assert {rule: (switch.right, switch.read) for rule, switch in rules.items() if switch.read} == {
        rule: (right[rule], read[rule]) for rule in read
    }


def test_a_rule_that_is_wrong_too_often_has_no_direction_and_weighs_less():
    class Trusted(Evidence):
        def __init__(self, right, read):
            self.counts = right, read

        def switch(self, rule):
            return type("Switch", (), {"right": self.counts[0], "read": self.counts[1], "polarity": 1})

    few, bad, good = Trusted(0, LEAST_READ - 1), Trusted(3, LEAST_READ), Trusted(LEAST_READ, LEAST_READ)
    assert [one.trust(Rule.DEED) for one in (few, bad, good)] == [1.0, 3 / LEAST_READ, 1.0]
    assert bad.trust(Rule.DEED) < LEAST_TRUST
    assert bad.judged(Rule.DEED, Verdict.PROGRESS) is Verdict.UNCLEAR
    assert bad.judged(Rule.DEED, Verdict.NO_CHANGE) is Verdict.NO_CHANGE
    assert few.judged(Rule.DEED, Verdict.PROGRESS) is good.judged(Rule.DEED, Verdict.PROGRESS) is Verdict.PROGRESS
