"""What is read in sentences of each kind: the rows of kinds.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diffing.extracting import extract_figures
from diffing.model import Basis, Figure, Status

TEXT = (Path(__file__).parent / "kinds.txt").read_text("utf-8")
ROWS = re.findall(r"^([^#\n][^\n]*) -> ([^\n]*)$", TEXT, flags=re.MULTILINE)


def told(figure: Figure) -> tuple[str, str, str]:
    value = "NR" if figure.status is Status.NOT_REPORTED else "?" if figure.value is None else f"{figure.value:.15g}"
    return figure.indicator or "?", str(figure.year), value


def agree(said: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(want in ("?", is_) for is_, want in zip(said, wanted, strict=True))


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[text for text, _ in ROWS])
def test_kind(text: str, wanted: str) -> None:
    rows = [] if wanted == "nothing" else [tuple(row.split()) for row in wanted.split("; ")]
    figures = extract_figures(text, 2022)
    found = sorted(told(f) for f in figures if f.basis not in (Basis.STREAK, Basis.IMPLIED))
    left = list(found)
    for row in rows:
        match = next((f for f in left if agree(f, row)), None)
        assert match is not None, (row, found)
        left.remove(match)
    assert left == [], found
