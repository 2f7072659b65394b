"""Which of the drawn findings are still said, and how often each rule is right; marks the lists and the profile.

    .venv/bin/python tests/benchmarks/score_draws.py [--write]

A wrong row that is said no longer is `mended`, a right one `gone`; neither counts for its rule, nor do those held back.
`--write` marks the rows in `tests/judging/draws*.jsonl` and puts `right` and `read` of each rule into
`diffing/profile/data/base.toml`, and into each family's profile its own (`shares`), and what readers who wrote no rule
said at first, mended or not (`first_looks`).
"""

from __future__ import annotations

import argparse
import json
import re
import textwrap
from collections import Counter
from functools import cache
from pathlib import Path

from draw_findings import FAMILIES, LISTS, compared

BASE = Path(__file__).parents[2] / "diffing" / "profile" / "data" / "base.toml"
INDENT = "    "
# Drawn before their kinds were mended, and read by who wrote no rule: what a page may say of a rule.
OUTSIDERS = ("99173", "41002", "42001", "42002", "43001", "44001", "45001", "46001", "47001")
Row = dict[str, object]


@cache
def said(pair: str) -> frozenset[tuple[object, ...]]:
    """What is said of a pair: (rule, verdict, a new or old place) and (rule, verdict, section) of each finding."""
    found = set()
    for finding in compared(pair).judgement.findings:
        named = (finding.rule.value, finding.verdict.value)
        places = [("new", at) for at in finding.new_starts] or [("old", at) for at in finding.old_starts]
        found |= {(*named, *place) for place in places} | {(*named, finding.section)}
    return frozenset(found)


def still_said(row: Row) -> bool:
    """Whether a row is still said; where its place is not known, whether its section has such a finding."""
    pair = str(row.get("pair") or row["id"])
    if pair.split("/")[0] not in FAMILIES:
        return not row.get("mended")  # an invented pair, read by its gold
    named = (row["rule"], row["verdict"])
    if "old" not in row:
        return not row.get("mended") and (*named, row["section"]) in said(pair)
    places = [("new", at) for at in row["new"]] or [("old", at) for at in row["old"]]
    return any((*named, *place) in said(pair) for place in places)


def main() -> None:
    """Prints the shares, and writes them where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    right, read, first, now, looks = Counter(), Counter(), Counter(), Counter(), Counter()
    for path in LISTS:
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        for row in rows:
            signed = bool(row.get("right", row.get("signed")))
            still = still_said(row)
            for name in ("mended", "gone"):
                row.pop(name, None)
            if not still:
                row["gone" if signed else "mended"] = True
            key = (path.stem, row.get("draw", ""), str(row.get("pair") or row["id"]).split("/")[0])
            first[key, signed] += 1
            now[key, signed] += still
            if row.get("draw") in OUTSIDERS:
                looks[FAMILIES[key[2]], row["rule"], signed] += 1
            for family in ("", FAMILIES.get(key[2], "invented")) if "held_back" not in path.stem else ():
                read[row["rule"], family] += still
                right[row["rule"], family] += still and signed
        if asked.write:
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    for key in sorted({key for key, _ in first}):
        shares = [f"{c[key, True]} of {c[key, True] + c[key, False]}" for c in (first, now)]
        print(" ".join(key).ljust(50), "first look", shares[0], "| still said", shares[1])
    for (rule, family), count in read.most_common():
        print(f"{rule} {family}: {right[rule, family]} of {count}")
    if asked.write:
        text = BASE.read_text()
        for (rule, family), count in read.items():
            if not family:
                told = rf"right = {right[rule, family]}, read = {count}"
                text = re.sub(rf"(?m)^({rule} = .*?)right = \d+, read = \d+", rf"\g<1>{told}", text)
        BASE.write_text(text)
        for family in set(FAMILIES.values()):
            path = BASE.with_name(f"{family}.toml")
            shares = [[rule, right[rule, of], count] for (rule, of), count in read.items() if of == family and count]
            rules = {rule for of, rule, _ in looks if of == family}
            seen = {rule: [looks[family, rule, signed] for signed in (True, False)] for rule in rules}
            for name, rows in ("shares", shares), ("first_looks", [[rule, a, a + b] for rule, (a, b) in seen.items()]):
                whole = ", ".join(json.dumps(row).replace(" ", "\0") for row in sorted(rows))  # no row is cut in two
                told = textwrap.fill(f"{name} = [{whole}]", 119, subsequent_indent=INDENT).replace("\0", " ")
                path.write_text(re.sub(rf"(?m)^{name} = \[.*(?:\n    .*)*\]$", told, path.read_text()))


if __name__ == "__main__":
    main()
