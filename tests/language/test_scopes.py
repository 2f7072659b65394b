"""Every modifier of a profile is tried both ways: what its words reach stands in brackets in its examples."""

from __future__ import annotations

import pytest

from diffing.language.lexicon import lexicon
from diffing.language.scopes import read_scopes
from diffing.language.words import tokens_of
from diffing.profile import Modifier, load_profile

PROFILE = load_profile("tip")
ROWS = [(m, text) for m in PROFILE.modifiers if m.of == "all" for text in m.examples]
NOT_ROWS = [(m, text) for m in PROFILE.modifiers if m.of == "all" for text in m.not_examples]


def reached(text: str, modifier: Modifier) -> list[str]:
    words = lexicon(PROFILE)
    scopes = read_scopes(tokens_of(text, words), words.numbers_modifiers)
    return [text[s.start : s.end] for s in scopes if s.modifier is modifier]


def test_every_row_has_examples() -> None:
    assert not [m.name for m in PROFILE.modifiers if m.of == "all" and not (m.examples and m.not_examples)]


@pytest.mark.parametrize(("modifier", "example"), ROWS, ids=[f"{m.name}: {text}" for m, text in ROWS])
def test_reach(modifier: Modifier, example: str) -> None:
    before, _, rest = example.partition("[")
    inside, _, after = rest.partition("]")
    assert reached(before + inside + after, modifier) == [inside]


@pytest.mark.parametrize(("modifier", "text"), NOT_ROWS, ids=[f"{m.name}: {text}" for m, text in NOT_ROWS])
def test_no_reach(modifier: Modifier, text: str) -> None:
    assert reached(text, modifier) == []
