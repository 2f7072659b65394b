"""What a number takes from another: parts, comparisons, phrases, bodies. The rows of relations.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diffing.extracting import extract_figures
from diffing.model import Actor, Basis, Figure

ROW = re.compile(r"^(?:\[(?P<before>[^\]]+)\] )?(?P<text>[^#\[\n][^\n]*) -> (?P<wanted>[^\n]*)$", re.MULTILINE)
ROWS = [row.groupdict() for row in ROW.finditer((Path(__file__).parent / "relations.txt").read_text("utf-8"))]


def told(figure: Figure) -> str:
    value = "NR" if figure.value is None else f"{figure.value:.15g}"
    said = [figure.indicator or "?", str(figure.year), value, figure.breakdown or ""]
    said.append("part" if figure.part_of is not None else "")
    said.append("" if figure.actor is Actor.GOVERNMENT else figure.actor)
    said.append(f"by:{figure.body.replace(' ', '_')}" if figure.body else "")
    return " ".join(filter(None, said))


def test_there_are_rows() -> None:
    assert len(ROWS) > 150


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_relation(row: dict[str, str | None]) -> None:
    figures = extract_figures(row["text"] or "", 2021, before=row["before"] or "")
    found = [told(f) for f in figures if f.basis not in (Basis.STREAK, Basis.IMPLIED)]
    assert "; ".join(found) == row["wanted"]
