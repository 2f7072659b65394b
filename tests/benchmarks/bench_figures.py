"""How well and how fast figures are extracted: scores on gold sentences, label lines, speed, agreement of reports.

Usage: python tests/benchmarks/bench_figures.py [--disagreements N]

Reads ../shared beside the project (skips, saying so, what is missing there) and tests/extracting/figures. The scores
are those of ../shared/figures/score.py and score_tip.py, and of ../shared/score_faults.py, kind by kind. What is marked
as held back was not read while the extractor was written; tip-dev.jsonl is parted by a hash of each row's id.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import io
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from diffing.extracting import extract_figures, extract_narrative
from diffing.model import Basis, Figure, Status
from diffing.profile import Profile, load_profile
from diffing.reading import read_narrative

REPO = Path(__file__).parents[2]
SHARED = REPO.parent / "shared"
OWN = REPO / "tests" / "extracting" / "figures"
ALIKE = 0.4  # 0 to 1; below, sentences of other things are compared; above, rewritten ones are missed
FAMILIES = {"hrr": "hrr", "hrr-sec7": "hrr", "dol-child-labor": "dol", "factbook-tip": "tip", "tip": "tip"}


def scorer(path: str = "figures/score.py") -> Any:
    spec = importlib.util.spec_from_file_location(Path(path).stem, SHARED / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(name: str, lines: list[str], module: Any) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
        file.flush()
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            module.main(file.name, False)
    print(f"{name:34} " + told.getvalue().strip().replace("\n", f"\n{'':35}"))


def scores() -> None:
    module = scorer()
    read = lambda path: path.read_text(encoding="utf-8").splitlines()  # noqa: E731
    score("dev.jsonl (made)", read(SHARED / "figures" / "dev.jsonl"), module)
    real = [line for line in read(SHARED / "figures" / "real-dev.jsonl") if line.strip()]
    even = [line for line in real if int(json.loads(line)["id"][1:]) % 2 == 0]
    score("real-dev.jsonl, even (developed)", even, module)
    score("real-dev.jsonl, odd (held back)", [line for line in real if line not in even], module)
    score("own-dev.jsonl (no `before`)", read(OWN / "own-dev.jsonl"), module)
    score("own-hard.jsonl", read(OWN / "own-hard.jsonl"), module)
    score("own-varied.jsonl", read(OWN / "own-varied.jsonl"), module)
    score("own-varied-held.jsonl (held back)", read(OWN / "own-varied-held.jsonl"), module)
    score("own-held.jsonl (held back)", read(OWN / "own-held.jsonl"), module)
    score("own-fresh.jsonl (held back)", read(OWN / "own-fresh.jsonl"), module)
    score("own-second.jsonl", read(OWN / "own-second.jsonl"), module)
    score("own-second-held.jsonl (held back)", read(OWN / "own-second-held.jsonl"), module)
    score("own-third.jsonl", read(OWN / "own-third.jsonl"), module)


def tip_scores() -> None:
    module = scorer("figures/score_tip.py")
    rows = [line for line in (SHARED / "figures" / "tip-dev.jsonl").read_text("utf-8").splitlines() if line.strip()]
    even = [row for row in rows if hashlib.sha256(json.loads(row)["id"].encode()).hexdigest()[0] in "02468ace"]
    score("tip-dev.jsonl, all", rows, module)
    score("tip-dev.jsonl, even (developed)", even, module)
    score("tip-dev.jsonl, odd (held back)", [row for row in rows if row not in even], module)
    unseen = (OWN / "unseen-tip.jsonl").read_text("utf-8").splitlines()
    ours = [row for row in unseen if json.loads(row)["id"][-1] in "ace"]
    score("unseen-tip.jsonl (developed)", ours, module)
    score("unseen-tip.jsonl (held back)", [row for row in unseen if row not in ours], module)


def faults() -> None:
    """Single faults: how many sentences of each kind are read without one."""
    module = scorer("score_faults.py")
    rows = [json.loads(line) for line in (SHARED / "figures" / "faults.jsonl").read_text("utf-8").splitlines() if line]
    kinds = Counter(row["kind"] for row in rows)
    right = Counter(row["kind"] for row in rows if not module.figure_faults(row))
    print(f"{'faults.jsonl':34} {right.total()} of {len(rows)} sentences right, {len(kinds)} kinds; not all right:")
    for kind, count in kinds.items():
        if right[kind] < count:
            print(f"    {right[kind]} of {count}  {kind}")


def label_lines() -> None:
    profile = load_profile("dol")
    labels = {indicator.label for indicator in profile.indicators}
    right = total = 0
    for path in sorted((SHARED / "real" / "dol-child-labor").glob("*/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label, colon, value = line.partition(": ")
            if not colon or label not in labels:
                continue
            total += 1
            figures = extract_figures(line, int(path.parent.name), profile)
            digits = any(c.isdigit() for c in value)
            right += len(figures) == 1 and (figures[0].status is Status.REPORTED) == digits
    print(f"{'label lines of dol, 2018-2020':34} {right} of {total} give exactly one figure, number or none")


def reports() -> dict[tuple[str, str, int], tuple[tuple[str, ...], tuple[Figure, ...]]]:
    """All narratives of ../shared/real with their figures; prints the speed."""
    found = {}
    sentences = 0
    seconds = 0.0
    for family, name in FAMILIES.items():
        profile: Profile = load_profile(name)
        for path in sorted((SHARED / "real" / family).glob("*/*.txt")):
            year = int(path.parent.name)
            narrative = read_narrative(path, country=path.stem, year=year, profile=profile)
            start = time.process_time()
            figures, _ = extract_narrative(narrative)
            seconds += time.process_time() - start
            texts = tuple(sentence.text for sentence in narrative.sentences)
            sentences += len(texts)
            found[family, path.stem, year] = texts, figures
    total = sum(len(figures) for _, figures in found.values())
    print(
        f"{'speed on ../shared/real':34} {sentences:,} sentences of {len(found):,} narratives in {seconds:.1f} s of "
        f"CPU: {sentences / max(seconds, 1e-9):,.0f} a second; {total:,} figures"
    )
    return found


def _words(text: str) -> set[str]:
    return {word.strip(".,;:()").lower() for word in text.split() if not any(c.isdigit() for c in word)}


def _alike(a: set[str], b: set[str]) -> float:
    return len(a & b) / max(1, len(a | b))


def agreement(found: dict[tuple[str, str, int], tuple[tuple[str, ...], tuple[Figure, ...]]], show: int) -> None:
    """Each report's figures for the year before against that year's own report, where they tell of the same thing.

    They do where the two sentences share at least `ALIKE` of their words: a report holds many figures of one
    indicator (complaints to this body and to that), and only the words around them tell them apart.
    """
    counts: Counter[str] = Counter()
    listed: list[str] = []
    for (family, slug, year), (texts, figures) in found.items():
        older = found.get((family, slug, year - 1))
        if older is None:
            continue
        told: dict[Any, list[Figure]] = {}
        for figure in older[1]:
            if figure.part_of is None and figure.indicator and figure.basis is not Basis.STREAK:
                told.setdefault(
                    (figure.indicator, figure.actor, figure.unit, figure.breakdown, figure.year), []
                ).append(figure)
        own_year = {f.year for f in figures if f.basis is Basis.REPORTING_PERIOD}
        for figure in figures:
            stated = figure.basis in (Basis.STATED, Basis.RELATIVE) and figure.year not in own_year
            if not stated or figure.part_of is not None or not figure.indicator or figure.year is None:
                continue
            same = told.get((figure.indicator, figure.actor, figure.unit, figure.breakdown, figure.year), [])
            words = _words(texts[figure.sentence])
            same = [f for f in same if _alike(words, _words(older[0][f.sentence])) >= ALIKE]
            if not same:
                continue
            agrees = any((f.value, f.status) == (figure.value, figure.status) for f in same)
            counts["agree" if agrees else "differ"] += 1
            if not agrees:
                before = older[0][same[0].sentence]
                listed.append(
                    f"- {family}/{slug} {figure.indicator} {figure.year}: {year - 1} says {[f.value for f in same]}, "
                    f"{year} says {figure.value}\n    old: {before[:300]}\n    new: {texts[figure.sentence][:300]}"
                )
    total = counts.total()
    share = 100 * counts["agree"] / max(total, 1)
    print(f"{'reports on each other':34} {counts['agree']} of {total} figures told again agree ({share:.0f} %)")
    for line in listed[:show]:
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--disagreements", type=int, default=0, metavar="N", help="list N figures that differ")
    arguments = parser.parse_args()
    if not (SHARED / "real").is_dir():
        raise SystemExit(f"no gold data and real texts: {SHARED} is missing")
    scores()
    tip_scores()
    faults()
    label_lines()
    agreement(reports(), arguments.disagreements)


if __name__ == "__main__":
    main()
