"""How many of the figures of our own sentences are found (README.md of the folder `figures` beside this file)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from diffing.extracting import extract_figures
from diffing.model import Figure

FOLDER = Path(__file__).parent / "figures"
KEYS = ("actor", "unit", "qualifier", "breakdown")

# Least shares that must hold, as measured at the end of the last change to the extractor, rounded down. Raise them
# when it gets better. `never` is the most numbers that may be taken for figures though they are none.
FLOORS: dict[str, dict[str, float]] = {
    "own-dev": {"f1": 0.99, "indicator": 0.99, "keys": 0.99, "parts": 0.99, "never": 0},
    "own-hard": {"f1": 0.99, "indicator": 0.96, "keys": 0.95, "parts": 0.99, "never": 0},
    "own-held": {"f1": 0.99, "indicator": 0.9, "keys": 0.95, "parts": 0.99, "never": 0},
    "own-fresh": {"f1": 0.94, "indicator": 0.9, "keys": 0.83, "parts": 0.99, "never": 0},
    "own-varied": {"f1": 0.99, "indicator": 0.99, "keys": 0.99, "parts": 0.99, "never": 0},
    "own-varied-held": {"f1": 0.97, "indicator": 0.97, "keys": 0.99, "parts": 0.99, "never": 0},
    "own-second": {"f1": 0.99, "indicator": 0.99, "keys": 0.99, "parts": 0.99, "never": 0},
    "own-second-held": {"f1": 0.97, "indicator": 0.91, "keys": 0.99, "parts": 0.99, "never": 0},
    "own-parts": {"f1": 0.99, "indicator": 0.99, "keys": 0.99, "parts": 0.99, "never": 0},
    "own-parts-held": {"f1": 0.98, "indicator": 0.96, "keys": 0.96, "parts": 0.98, "never": 0},
    "unseen-tip": {"f1": 0.97, "indicator": 0.97, "keys": 0.97, "parts": 0.98, "never": 3},
    "own-fourth": {"f1": 0.97, "indicator": 0.9, "keys": 0.96, "parts": 0.99, "never": 1},
    "own-third": {"f1": 0.99, "indicator": 0.96, "keys": 0.99, "parts": 0.99, "never": 0},
}

Key = tuple[int | None, float | None, str]


@dataclass
class Score:
    """Counts over a file; a share is 0 to 1, and 1 where there is nothing to count."""

    found: int = 0
    wrong: int = 0
    missed: int = 0
    never: int = 0
    keys: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, 2 * self.found + self.wrong + self.missed)

    def share(self, *names: str) -> float:
        right = sum(self.keys[name][True] for name in names)
        total = sum(self.keys[name].total() for name in names)
        return right / total if total else 1.0

    def __str__(self) -> str:
        precision = self.found / max(1, self.found + self.wrong)
        recall = self.found / max(1, self.found + self.missed)
        names = ("indicator", *KEYS, "parts")
        shares = ", ".join(f"{name} {100 * self.share(name):.1f}" for name in names)
        return (
            f"precision {100 * precision:.1f}, recall {100 * recall:.1f}, F1 {100 * self.f1:.1f}, "
            f"never {self.never}, {shares}"
        )


def figure_key(year: int | None, value: float | None, status: str) -> Key:
    return year, None if value is None else round(value, 4), status


def likeness(figure: Figure, fact: dict[str, Any]) -> int:
    """How many of the fact's other keys the figure agrees with: decides which of two equal facts it answers."""
    agrees = [key in fact and bool(getattr(figure, key) == fact[key]) for key in KEYS]
    return sum(agrees) + len(KEYS) * int(figure.indicator == fact["indicator"])


def score_case(case: dict[str, Any], score: Score) -> None:
    wanted: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for fact in case["facts"]:
        wanted[figure_key(fact["year"], fact["value"], fact["status"])].append(fact)
    parts = {part["value"]: part["breakdown"] for part in case.get("parts", [])}
    optional, never = set(case["optional"]), set(case["never"])
    figures = extract_figures(
        case["text"], report_year=case["report_year"], profile="tip", before=case.get("before", "")
    )
    for figure in figures:
        if figure.part_of is not None and figure.value in parts:
            score.keys["parts"][figure.breakdown == parts[figure.value]] += 1
        if figure.basis in ("streak", "implied"):
            continue
        facts = wanted.get(figure_key(figure.year, figure.value, figure.status))
        if facts:
            fact = max(facts, key=lambda fact: likeness(figure, fact))
            facts.remove(fact)
            score.found += 1
            if fact["indicator"] is not None:
                score.keys["indicator"][figure.indicator == fact["indicator"]] += 1
            if "part" in fact:
                score.keys["parts"][fact["part"] == (figure.part_of is not None)] += 1
            for key in KEYS:
                if key in fact:
                    score.keys[key][getattr(figure, key) == fact[key]] += 1
            continue
        numbers = {number for number in (figure.value, figure.low, figure.high) if number is not None}
        score.never += bool(numbers & never)
        range_only = figure.value is None and figure.status == "reported"
        if figure.part_of is None and not numbers & optional and not range_only:
            score.wrong += 1
    score.missed += sum(map(len, wanted.values()))


def read_cases(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", FLOORS)
def test_gold_figures_are_found(name: str) -> None:
    score = Score()
    for case in read_cases(name):
        score_case(case, score)
    floors = FLOORS[name]
    assert score.f1 >= floors["f1"], score
    assert score.share("indicator") >= floors["indicator"], score
    assert score.share(*KEYS) >= floors["keys"], score
    assert score.share("parts") >= floors["parts"], score
    assert score.never <= floors["never"], score


def test_gold_rows_are_well_formed() -> None:
    cases = [case for name in FLOORS for case in read_cases(name)]
    assert len({case["id"] for case in cases}) == len({case["text"] for case in cases}) == len(cases)
    for case in cases:
        assert case["text"] == " ".join(case["text"].split()), case["id"]
        for fact in case["facts"]:
            assert (fact["value"] is None) == (fact["status"] == "not_reported"), case["id"]
            assert fact["value"] not in case["never"], case["id"]
