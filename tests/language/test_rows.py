"""Each dimension has a file of rows, text -> what is read in it: to understand the dimension, read its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from diffing.language.lexicon import lexicon
from diffing.language.numbers import Quantity, dead_citations, fold_numerals, fold_quantities
from diffing.language.times import Period, fold_periods
from diffing.language.words import Token, tokens_of
from diffing.model import Qualifier
from diffing.profile import load_profile

HERE = Path(__file__).parent
SIGNS = {
    Qualifier.AT_LEAST: ">=", Qualifier.MORE_THAN: ">", Qualifier.UP_TO: "<=", Qualifier.FEWER_THAN: "<",
    Qualifier.APPROXIMATELY: "~"
}  # fmt: skip


def rows(name: str) -> list[tuple[str, str]]:
    """The rows of a file; a text may go over several lines."""
    text = re.sub(r"^#.*\n", "", (HERE / name).read_text("utf-8"), flags=re.MULTILINE)
    found = re.findall(r"^(\S[^\n]*?(?:-\n[^\n]*?)?) -> ([^\n]*)$", text, flags=re.MULTILINE)
    assert len(found) == text.count(" -> ")
    return found


def folded(text: str) -> list[Token]:
    return fold_quantities(fold_periods(fold_numerals(dead_citations(tokens_of(text, lexicon(load_profile("tip")))))))


def quantities(text: str) -> Iterator[str]:
    for token in folded(text):
        if token.tag == "q":
            assert isinstance(token.value, Quantity)
            yield _quantity(token.value)


def _quantity(q: Quantity) -> str:
    value = "?" if q.value is None else f"{q.value:.15g}"
    if q.value is None and q.low is not None and q.high is not None:
        value = f"{q.low:.15g}" if q.low == q.high else f"{q.low:.15g}..{q.high:.15g}"
    return f"{SIGNS.get(q.qualifier, '')}{value} {q.unit or ''}".strip()


def periods(text: str) -> Iterator[str]:
    for token in folded(text):
        if token.tag == "y":
            assert isinstance(token.value, Period)
            yield _period(token.value)


def _period(p: Period) -> str:
    if p.since:
        return "since"
    if p.between:
        return "-".join(map(str, p.between))
    years = ",".join(map(str, p.years)) or ",".join(f"-{n}" for n in p.back)
    return years or ("=" if p.same else "+0" if p.current else "?")


@pytest.mark.parametrize(("text", "read"), rows("times.txt"), ids=[text for text, _ in rows("times.txt")])
def test_times(text: str, read: str) -> None:
    assert "; ".join(periods(text)) == ("" if read == "nothing" else read)


@pytest.mark.parametrize(("text", "read"), rows("numbers.txt"), ids=[text for text, _ in rows("numbers.txt")])
def test_numbers(text: str, read: str) -> None:
    assert "; ".join(quantities(text)) == ("" if read == "nothing" else read)
