"""Draws findings of progress and backsliding by lot, to be read in both texts.

    .venv/bin/python tests/benchmarks/draw_findings.py SEED [--of hrr] [--count 40] [--held-back] [--rows FILE]

Pairs come in the order of the seed, of each at most `TO_A_PAIR` findings, none of whose sentences stand in an earlier
list of `tests/judging`. Printed is what a reader needs: the finding, its texts, and the old sentences that are most
like the new ones. `--rows` writes the rows of a list, `right` still open, to be filled in by reading.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import diffing
from diffing.judging.likeness import ByWords
from diffing.language.stems import stems

HERE = Path(__file__).parent
LISTS = sorted((HERE.parent / "judging").glob("draws*.jsonl"))
REAL = HERE.parents[2] / "shared" / "real"
FAMILIES = {"hrr": "hrr", "hrr-sec7": "hrr", "dol-child-labor": "dol"}
# Read by nobody but for the last draw of a session.
HELD_BACK = {"hrr/2017-2018", "hrr-sec7/2016-2017"}
# Every third country is read whole to find kinds of misreading, and never drawn from.
MENDED = 3
TO_A_PAIR = 2
DIRECTED = ("progress", "backsliding")
# So many old sentences are shown beside a finding.
LIKEST = 3


def pairs(family: str, held_back: bool) -> list[str]:
    """The pairs of a family, as `family/country/old-new`."""
    years = sorted(folder.name for folder in (REAL / family).iterdir())
    found = []
    for old, new in pairwise(years):
        if int(new) - int(old) != 1 or (f"{family}/{old}-{new}" in HELD_BACK) is not held_back:
            continue
        slugs = {path.stem for path in (REAL / family / old).glob("*.txt")}
        slugs &= {path.stem for path in (REAL / family / new).glob("*.txt")}
        found += [f"{family}/{slug}/{old}-{new}" for n, slug in enumerate(sorted(slugs)) if held_back or n % MENDED]
    return found


def compared(pair: str) -> diffing.Comparison:
    """The comparison of a pair, as `family/country/old-new`."""
    family, slug, years = pair.split("/")
    return diffing.compare(
        *(
            diffing.read_narrative(
                REAL / family / year / f"{slug}.txt", country=slug, year=int(year), profile=FAMILIES[family]
            )
            for year in years.split("-")
        )
    )


def known() -> tuple[set[str], set[tuple[str, str, int]], set[tuple[str, str, str]]]:
    """What earlier lists hold: findings, places (pair, side, offset), and where only those are known, sections."""
    findings, places, sections = set(), set(), set()
    for path in LISTS:
        for row in map(json.loads, path.read_text().splitlines()):
            pair = row.get("pair") or row["id"]
            findings.add(row.get("finding", ""))
            places |= {(pair, side, start) for side in ("old", "new") for start in row.get(side, ())}
            if "old" not in row:
                sections.add((pair, row["rule"], row["section"]))
    return findings, places, sections


def drawn(seed: int, family: str, count: int, held_back: bool) -> Iterator[tuple[str, diffing.Comparison, object]]:
    """So many findings by lot."""
    lot = random.Random(f"{seed} {family}")
    findings, places, sections = known()
    among = pairs(family, held_back)
    lot.shuffle(among)
    for pair in among:
        comparison = compared(pair)
        fresh = [
            f
            for f in comparison.judgement.findings
            if f.verdict in DIRECTED
            and f.finding not in findings
            and (pair, f.rule.value, f.section) not in sections
            and not any((pair, "old", at) in places for at in f.old_starts)
            and not any((pair, "new", at) in places for at in f.new_starts)
        ]
        for finding in lot.sample(fresh, min(TO_A_PAIR, len(fresh), count)):
            count -= 1
            yield pair, comparison, finding
        if not count:
            return


def main() -> None:
    """Prints a draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--of", choices=FAMILIES, action="append")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--held-back", action="store_true")
    parser.add_argument("--rows", type=Path)
    asked = parser.parse_args()
    rows = []
    for family in asked.of or FAMILIES:
        for number, (pair, comparison, finding) in enumerate(drawn(asked.seed, family, asked.count, asked.held_back)):
            rows.append({
                "draw": f"{asked.seed}", "pair": pair, "rule": finding.rule.value, "verdict": finding.verdict.value,
                "of": finding.reason.of, "finding": finding.finding, "old": finding.old_starts,
                "new": finding.new_starts, "right": None,
            })  # fmt: skip
            print(f"\n[{family} {number}] {pair} {finding.section} {finding.rule} {finding.verdict} {finding.strength}")
            print(f"  says: {finding.summary}\n  OLD: {finding.old_text}\n  NEW: {finding.new_text}")
            sentences = [sentence.text for sentence in comparison.old.sentences]
            shares = ByWords(sentences).shares(stems(finding.new_text or ""))
            for index in sorted(shares, key=shares.__getitem__, reverse=True)[:LIKEST]:
                if index not in finding.old_sentences:
                    print(f"  like {shares[index]:.2f}: {sentences[index]}")
    if asked.rows:
        asked.rows.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


if __name__ == "__main__":
    main()
