"""How well changes are judged: against the pairs judged by reading, the sample's truth, and the clock.

    python tests/benchmarks/bench_judging.py [--errors] [--held-back] [GOLD.jsonl]

Prints the sample's findings and what was signed of the lists drawn by lot; then, by the scorers beside the project, the
pairs judged by reading (those tuned on, those held back), the whole invented pairs, the faults by kind with their
variants; what became of the changes that a reader of ten whole pairs calls important; and the CPU milliseconds that
judging takes. What the figures mean and how they came about is told in `judging.md`.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import time
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from draw_findings import compared as compare_pair

import diffing
from diffing.judging import judge
from diffing.pipeline import align

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
JUDGING = HERE.parent / "judging"
SAMPLE = HERE.parents[1] / "corpora" / "sample"

# Pairs of dev.jsonl whose misses no rule was written for; the texts of Qatar's were read (see judging.md).
HELD_BACK = (
    "dol-child-labor/kazakhstan/2018-2019",
    "dol-child-labor/thailand/2019-2020",
    "hrr-sec7/qatar/2019-2020",
)

FOUND, SHOWN, LISTED, IN_DIFF = "found with direction", "shown", "listed as newly said", "only in the diff"
compared = cache(compare_pair)


def script(path: Path):
    """A script that is no part of the package, as a module."""
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(path: Path, errors: bool, held_back: bool) -> None:
    score = script(SHARED / "judging" / "score.py")
    rows = path.read_text(encoding="utf-8").splitlines()
    parts = {
        "tuned on": [row for row in rows if json.loads(row)["id"] not in HELD_BACK],
        "held back": [row for row in rows if json.loads(row)["id"] in HELD_BACK],
    }
    for name, part in parts.items():
        if not part:
            continue
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.write("\n".join(part))
            file.flush()
            print(f"{name}, {len(part)} pairs: ", end="", flush=True)
            score.main(file.name, [str(SHARED / "real")], errors and (name == "tuned on" or held_back))


def sample(errors: bool) -> None:
    """The sample's findings: found where one of ours with that verdict quotes the sentence of one side or both."""
    corpus = diffing.Corpus(SAMPLE)
    found = total = false = neutral = right = pairs = 0
    for path in sorted((SAMPLE / "truth").glob("*.toml")):
        truth = tomllib.loads(path.read_text(encoding="utf-8"))
        old, new = (corpus.narrative(truth["country"], truth[year]) for year in ("old_year", "new_year"))
        comparison = diffing.compare(old, new)
        ours = [
            (f.old_text or "", f.new_text or "", f.verdict.value, f.indicator) for f in comparison.judgement.findings
        ]
        pairs += 1
        right += comparison.verdict.value == truth["verdict"]
        if errors and comparison.verdict.value != truth["verdict"]:
            rule = comparison.judgement.verdict_rule
            print("  ", truth["country"], comparison.verdict.value, "want", truth["verdict"], "|", rule)
        for wanted in truth["findings"]:
            a, b, indicator = wanted.get("old") or "", wanted.get("new") or "", wanted.get("indicator")
            named = indicator not in (None, "effort", "stated_tier")
            said = {
                verdict
                for old_text, new_text, verdict, of in ours
                if a in old_text and b in new_text and (not named or of == indicator)
            }
            moved = wanted["verdict"] in ("progress", "backsliding", "mixed")
            wrong = wanted["verdict"] not in said if moved else bool(said & {"progress", "backsliding"})
            total, found = total + moved, found + (moved and not wrong)
            neutral, false = neutral + (not moved), false + (not moved and wrong)
            if errors and wrong:
                print("  ", truth["country"], wanted["verdict"], "ours", sorted(said), indicator, "|", a, "->", b)
    print(f"sample: recall {found}/{total}, false verdicts {false}/{neutral}, overall {right}/{pairs}")


def whole_pairs(errors: bool) -> None:
    """Whole pairs of invented trafficking narratives: ours, then those beside the project."""
    score = script(SHARED / "judging" / "score_pairs.py")
    for folder in (JUDGING / "pairs", SHARED / "judging" / "tip_pairs"):
        print(f"{folder.name}:")
        score.main(folder, errors)


def faults(errors: bool) -> None:
    """Single faults by kind: those beside the project, and variants of their kinds."""
    script(SHARED / "score_faults.py").main(None, errors, None)
    variants = script(JUDGING / "test_variants.py")
    failed = [row for row in variants.ROWS if not variants.passes(row)]
    print(f"variants: {len(variants.ROWS) - len(failed)}/{len(variants.ROWS)}")


def short_cases() -> None:
    """The short cases that rules were tuned on, and those that nobody read: wanted told, forbidden left."""
    cases = script(JUDGING / "test_short_cases.py")
    held = [json.loads(line) for line in (HERE / "short_cases_held.jsonl").open(encoding="utf-8")]
    for name, rows in (("read", cases.CASES), ("held back", held)):
        told = {kind: [cases.is_right(row) for row in rows if kind in row] for kind in ("want", "forbid")}
        print(f"short cases, {name}:", ", ".join(f"{kind} {sum(of)}/{len(of)}" for kind, of in told.items()))


def draws() -> None:
    """What was signed of the findings drawn by lot and read, list by list."""
    for path in sorted(JUDGING.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        marks = [mark for row in rows if isinstance(mark := row.get("signed", row.get("right")), bool)]
        if marks:
            print(f"{path.name}: {sum(marks)}/{len(marks)} signed")


def important(errors: bool) -> None:
    """What became of the changes that an outside reader of whole pairs calls important, family by family."""
    rows = [json.loads(line) for line in (JUDGING / "important_changes.jsonl").open(encoding="utf-8")]
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        told, held = what_became_of(row), "held back" if row.get("held") else "open"
        family = row["pair"].partition("/")[0]
        counts[held, family, told] += 1
        counts[held, "all", told] += 1
        if errors and told != FOUND and "held" not in row:
            print("  ", told, row["id"], row["direction"], row["kind"])
    for held, family in dict.fromkeys(key[:2] for key in sorted(counts)):
        said = ", ".join(f"{told} {counts[held, family, told]}" for told in (FOUND, SHOWN, LISTED, IN_DIFF))
        print(f"important changes, {held}, {family}: {said}")


def what_became_of(row: dict) -> str:
    """Whether a finding holds the row's new sentence (its old one, where it has none) and goes its way.

    Where the reader says mixed or unclear any finding does. Shown: a finding of another way, an incident or a change of
    a number holds it; listed: it stands among what one report alone says.
    """
    judged = compared(row["pair"]).judgement
    side = "new" if row["new"] else "old"
    findings = [f for f in judged.findings if set(row[side]) & set(getattr(f, f"{side}_starts"))]
    if any(row["direction"] in (f.verdict.value, "mixed", "unclear") for f in findings):
        return FOUND
    narrative = getattr(compared(row["pair"]), side)
    sentences = {number for number, sentence in enumerate(narrative.sentences) if sentence.start in row[side]}
    incidents = {e.sentence for e in judged.events if e.incident and e.report_year == narrative.year}
    ends = (("from", c) if side == "old" else ("to", c) for c in judged.changes)
    numbers = {getattr(c, f"{end}_sentence") for end, c in ends if getattr(c, f"{end}_report") == narrative.year}
    if findings or sentences & (incidents | numbers):
        return SHOWN
    return LISTED if any(one.start in row[side] for one in judged.one_sided) else IN_DIFF


def clock(pairs: int = 20) -> None:
    """CPU milliseconds of judging one pair of narratives of about 150 sentences."""
    texts = sorted((SHARED / "real" / "hrr-sec7" / "2019").glob("*.txt"))
    made = []
    for path in texts:
        new = SHARED / "real" / "hrr-sec7" / "2020" / path.name
        if new.exists():
            narratives = [
                diffing.read_narrative(p, country=path.stem, year=y, profile="hrr")
                for p, y in ((path, 2019), (new, 2020))
            ]
            if 120 <= len(narratives[1].sentences) <= 180:
                made.append(align(*narratives))
        if len(made) == pairs:
            break
    for pair in made[:2]:
        judge(pair)
    seconds = []
    for pair in made:
        start = time.process_time()
        judge(pair)
        seconds.append(time.process_time() - start)
    if seconds:
        seconds.sort()
        changed = sum(op.value != "equal" for pair in made for op in pair.ops) / len(made)
        print(
            f"judging, {len(made)} pairs of 120 to 180 sentences ({changed:.0f} changed links each): "
            f"median {1000 * seconds[len(seconds) // 2]:.1f} ms, worst {1000 * seconds[-1]:.1f} ms CPU"
        )


def main(arguments: list[str]) -> None:
    errors, held_back = "--errors" in arguments, "--held-back" in arguments
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    sample(errors)
    short_cases()
    draws()
    if not (SHARED / "judging").is_dir():
        print(f"no judged pairs: {SHARED}/judging is missing")
        return
    important(errors)
    gold(paths[0] if paths else SHARED / "judging" / "dev.jsonl", errors, held_back)
    whole_pairs(errors and held_back)
    faults(errors)
    clock()


if __name__ == "__main__":
    main(sys.argv[1:])
