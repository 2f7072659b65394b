"""Which of the drawn findings are still said, and how often each rule is right; marks the lists and the profile.

    .venv/bin/python tests/benchmarks/score_draws.py [--write]

A wrong row that is said no longer is `mended`, a right one `gone`; neither counts for its rule, nor do those held back.
`--write` marks the rows in `tests/judging/draws*.jsonl`, puts `right` and `read` of each rule into
`diffing/profile/data/base.toml`, and into each family's profile what was read of each kind at first (`kinds`). Printed
too is what would be left of each draw by readers who wrote no rule, had kinds been silent of which under `SILENT` of
what was read before were right.
"""

from __future__ import annotations

import argparse
import json
import re
import textwrap
from collections import Counter
from functools import cache
from pathlib import Path

from draw_findings import DIRECTED, FAMILIES, LISTS, compared

BASE = Path(__file__).parents[2] / "diffing" / "profile" / "data" / "base.toml"
INDENT = "    "
# What fewer rows than this are of is not told apart; a kind's share is drawn to its rule's as if so many more of that
# were read, and a wrong row that is mended counts so much. Ranges 2 to 8, 4 to 16, 0 to 1: at 0 a kind is as good as
# its own mending makes it look.
LEAST_OF, DRAWN_TO, MENDED = 5, 8, 0.5
SILENT = (2 / 3, 0.75, 0.8)
# Drawn before their kinds were mended, and read by who wrote no rule.
OUTSIDERS = ("99173", "41002", "42001", "42002", "43001", "44001", "45001", "46001", "47001", "48001")
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


def kinds_of(rows: list[Row]) -> list[list[object]]:
    """What was read of each rule and of what its findings were: progress (right, read), then backsliding."""
    counts = Counter((row["rule"], row["verdict"], row.get("of")) for row in rows)
    found: dict[str, list[int]] = {}
    for row in (row for row in rows if row["verdict"] in DIRECTED):
        stands = row.get("of") and counts[row["rule"], row["verdict"], row["of"]] >= LEAST_OF
        told = found.setdefault(f"{row['rule']} {row['of']}" if stands else str(row["rule"]), [0] * 4)
        way = 2 * DIRECTED.index(str(row["verdict"]))
        told[way], told[way + 1] = told[way] + bool(row["right"]), told[way + 1] + 1
    return [[kind, *counted] for kind, counted in sorted(found.items())]


def foretold(rows: list[Row], draw: str) -> list[tuple[float, bool]]:
    """How far the kind of each row of a draw was to be trusted by what was drawn before, and whether it was right."""
    later = OUTSIDERS[OUTSIDERS.index(draw) :]
    right, read, several = Counter(), Counter(), Counter()
    before = [row for row in rows if row.get("draw") not in later]
    several.update((row["rule"], row["verdict"], row.get("of")) for row in before)

    def groups(row: Row) -> list[tuple[object, ...]]:
        of = row.get("of") if several[row["rule"], row["verdict"], row.get("of")] >= LEAST_OF else None
        kind = (row["rule"], row["verdict"], of)
        return [kind[:size] for size in range(4)]

    for row in before:
        for group in groups(row):
            right[group] += bool(row["right"])
            read[group] += MENDED if row.get("mended") else 1
    found = []
    for row in (row for row in rows if row.get("draw") == draw):
        share = 0.0
        for group in groups(row):
            drawn_to = DRAWN_TO if group else 0
            share = (right[group] + drawn_to * share) / (read[group] + drawn_to or 1)
        found.append((share, bool(row["right"])))
    return found


def main() -> None:
    """Prints the shares, and writes them where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    right, read, first, now = Counter(), Counter(), Counter(), Counter()
    drawn: dict[str, list[Row]] = {}
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
            if "old" in row and key[2] in FAMILIES:
                drawn.setdefault(FAMILIES[key[2]], []).append(row)
            if "held_back" not in path.stem:
                read[row["rule"]] += still
                right[row["rule"]] += still and signed
        if asked.write:
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    for key in sorted({key for key, _ in first}):
        shares = [f"{c[key, True]} of {c[key, True] + c[key, False]}" for c in (first, now)]
        print(" ".join(key).ljust(50), "first look", shares[0], "| still said", shares[1])
    for rule, count in read.most_common():
        print(f"{rule}: {right[rule]} of {count}")
    for family, draw in ((family, draw) for family in drawn for draw in OUTSIDERS):
        told = foretold(drawn[family], draw)
        left = [[signed for trusted, signed in told if trusted >= least] for least in (0, *SILENT)]
        print(family, draw, "|", " | ".join(f"{sum(those)} of {len(those)}" for those in left))
    if asked.write:
        text = BASE.read_text()
        for rule, count in read.items():
            told = rf"right = {right[rule]}, read = {count}"
            text = re.sub(rf"(?m)^({rule} = .*?)right = \d+, read = \d+", rf"\g<1>{told}", text)
        BASE.write_text(text)
        for family, rows in drawn.items():
            path = BASE.with_name(f"{family}.toml")
            whole = ", ".join(json.dumps(row).replace(" ", "\0") for row in kinds_of(rows))  # no row is cut in two
            told = textwrap.fill(f"kinds = [{whole}]", 120, subsequent_indent=INDENT).replace("\0", " ")
            path.write_text(re.sub(r"(?m)^kinds = \[.*(?:\n    .*)*\]$", told, path.read_text()))


if __name__ == "__main__":
    main()
