"""Aligning against people: what was reached on the gold data may not be lost without being noticed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from diffing.aligning import align_sentences

pytestmark = pytest.mark.real


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


# half a point below what tests/benchmarks/aligning.md says: all links, those whose sentences differ
@pytest.mark.parametrize(
    ("name", "every", "differing"), [("yearly", 95.5, 93.1), ("argrewrite", 97.0, 93.9), ("aesop", 65.4, 65.5)]
)
def test_links_as_people_made_them(shared: Path, name: str, every: float, differing: float) -> None:
    score = module(shared / "align" / "score.py")
    rows = [json.loads(line) for line in (shared / "align" / f"{name}-dev.jsonl").read_text().splitlines() if line]
    predicted = {
        row["id"]: [[i, j] for link in align_sentences(row["old"], row["new"]) for i in link.old for j in link.new]
        for row in rows
    }
    result = score.score(rows, predicted)
    assert result["all"]["F1"] >= every
    assert result["non_identical"]["F1"] >= differing


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_every_made_move_is_found_and_no_other(shared: Path, seed: int) -> None:
    old, new, truth = module(shared / "bench" / "pairs.py").build(150, seed)
    links = align_sentences(old, new)
    moved = {(i, j) for link in links if link.moved for i in link.old for j in link.new}
    assert moved == {(row["old"], row["new"]) for row in truth if row["op"] == "move"}
