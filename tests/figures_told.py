"""A figure as a row of the tests' tables."""

from __future__ import annotations

from diffing.model import Figure, Status

NR = "not reported"


def told(figure: Figure) -> tuple[str | None, int | None, float | str | None]:
    """A figure as a row of the tables below: indicator, year, value; parts and derived ones are asked for apart."""
    return figure.indicator, figure.year, NR if figure.status is Status.NOT_REPORTED else figure.value
