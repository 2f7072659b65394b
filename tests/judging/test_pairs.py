"""Whole pairs of invented trafficking narratives with their gold (`pairs/`), written before the program was asked.

A finding of the gold is found when one of ours has its verdict and holds the first words of its sentences; of ours
those are signed that agree with an entry of the gold. The pairs of `HELD_BACK` are only scored: what is missed or wrong
in them is not looked at. The floors are what is reached; they only rise.
"""

import json
import re
from pathlib import Path

import pytest

import diffing

FOLDER = Path(__file__).parent / "pairs"
HELD_BACK = (
    *("anevai", "jaraguia", "lorvaine", "melandau", "morvania", "norrevia", "qaraston", "qirshan", "san_evaristo"),
    *("tamassar",),
)
FLOORS = {  # gold found, ours signed
    "anevai": (18, 21), "bandouma": (21, 29), "bastrane": (21, 26), "belhazar": (28, 35), "bhansal": (34, 42),
    "coruva": (33, 38), "corvanne": (23, 28), "ilvetia": (24, 26), "jaraguia": (19, 26), "karevia": (34, 41),
    "kerenza": (25, 34), "khamsara": (28, 42), "lorvaine": (25, 29), "maravia": (29, 40), "marovenia": (30, 38),
    "melandau": (28, 36),
    "mezrane": (28, 38), "morvania": (24, 33), "mukwezi": (33, 42), "ostrava_coast": (24, 29), "qaraston": (23, 24),
    "qirshan": (23, 32), "quellmar": (25, 31), "rukamba": (30, 36), "tamassar": (19, 23), "tambarca": (27, 35),
    "toskava": (32, 41), "qasaril": (22, 25), "san_evaristo": (23, 25), "norrevia": (24, 32),
}  # fmt: skip
# Pairs in which a trap is claimed, and the share that is signed where it is under nine in ten.
TRAPPED = frozenset((
    "anevai", "bandouma", "coruva", "jaraguia", "lorvaine", "melandau", "morvania", "mukwezi", "qasaril", "qirshan",
    "san_evaristo", "tamassar",
))  # fmt: skip
SIGNED = {
    "anevai": 0.77,
    "bandouma": 0.87,
    "qasaril": 0.78,
    "san_evaristo": 0.86,
    "qaraston": 0.82,
    "qirshan": 0.84,
    "tamassar": 0.79,
}
# Recommendations that are linked otherwise than the gold says.
UNFOLLOWED = {"bhansal": 2, "coruva": 1, "jaraguia": 1, "melandau": 3, "mukwezi": 2, "rukamba": 1}
DIRECTED = ("progress", "backsliding", "mixed")


def _folded(text):
    return " " + " ".join(re.findall(r"[^\W_]+", (text or "").lower())) + " "


def _says(row, ours, side):
    return any(_folded(words) in ours[side] for words in [row[side], *row.get(f"or_{side}", [])])


def _agree(row, ours):
    """Whether ours has the row's verdict and its words on each side that both name, one at least."""
    if row["verdict"] != ours["verdict"] or ("values" in row and tuple(row["values"]) != ours["values"]):
        return False
    both = [_says(row, ours, side) for side in ("old", "new") if row[side] and ours[side].strip()]
    return bool(both) and all(both)


def _holds(row, ours):
    """Whether ours has the row's verdict and its words on every side that the row names."""
    return row["verdict"] == ours["verdict"] and all(_says(row, ours, s) for s in ("old", "new") if row[s])


@pytest.fixture(scope="module", params=sorted(FLOORS))
def judged(request):
    folder = FOLDER / request.param
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    old, new = (
        diffing.read_narrative(
            folder / f"{side}.txt", country=gold["country"], year=gold[f"{side}_year"], profile="tip"
        )
        for side in ("old", "new")
    )
    comparison = diffing.compare(old, new)
    ours = [
        {
            "verdict": finding["verdict"],
            "old": _folded(finding["old_text"]),
            "new": _folded(finding["new_text"]),
            "values": (finding["from_value"], finding["to_value"]),
        }
        for finding in comparison.findings.to_dicts()
        if finding["verdict"] in DIRECTED
    ]
    return request.param, gold, comparison, ours


def test_the_important_findings_are_found(judged):
    name, gold, _, ours = judged
    wanted = [row for row in gold["findings"] if row["verdict"] in DIRECTED]
    assert sum(any(_holds(row, one) for one in ours) for row in wanted) >= FLOORS[name][0]


def test_what_is_said_is_signed(judged):
    name, gold, _, ours = judged
    signed = [one for one in ours if any(_agree(row, one) for row in (*gold["findings"], *gold["also"]))]
    assert len(signed) >= FLOORS[name][1]
    assert len(signed) >= SIGNED.get(name, 0.9) * len(ours)


def test_no_trap_is_claimed(judged):
    name, gold, _, ours = judged
    claimed = []
    for trap in gold["not_findings"]:
        for one in ours:
            here = _agree({**trap, "verdict": one["verdict"]}, one)
            asked = trap["old"] is not None and trap["new"] is None and not _says(trap, one, "old")
            signed = any(_agree(row, one) for row in (*gold["findings"], *gold["also"]))
            if here and not asked and not signed:
                claimed.append(trap["why"])
    assert (claimed == []) is (name not in TRAPPED), claimed


def test_recommendations_are_followed(judged):
    name, gold, comparison, _ = judged
    rows = comparison.recommendations.to_dicts()
    missed = [
        want
        for want in gold["recommendations"]
        if not any(
            row["op"] == want["op"]
            and all(_folded(want[side]) in _folded(row[f"{side}_text"]) for side in ("old", "new") if want[side])
            for row in rows
        )
    ]
    assert len(missed) == UNFOLLOWED.get(name, 0), missed
