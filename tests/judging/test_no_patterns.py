"""Deeds are read by their analysis: no regular expression over a sentence, no long list of words, in these files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import diffing

PACKAGE = Path(diffing.__file__).parent
READ_BY_ANALYSIS = [
    *(PACKAGE / "judging" / name for name in ("events.py", "news.py", "contrasts.py")),
    *(
        PACKAGE / "language" / f"{name}.py"
        for name in (
            "analysis",
            "clauses",
            "directions",
            "events",
            "kinds",
            "meaning",
            "phrases",
            "things",
            "times_of",
            "uses",
        )
    ),
]
# What still has them, and why.
EXCEPTIONS = {
    "patterns.py": "a profile's lists of words as patterns, until ladders, terms and recommendations ask for events",
    "likeness.py": "words and endings of stems, which are cut and not read",
    "quantifiers.py": "which word of a ladder was exchanged; the ladder's words are patterns of the profile",
    "evidence.py": "the place of a clause that a summary quotes",
}
MOST_WORDS = 5


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", READ_BY_ANALYSIS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_regular_expression(path):
    imported = {alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.Import) for alias in node.names}
    assert "re" not in imported


@pytest.mark.parametrize("name", ["events.py", "news.py", "contrasts.py"])
def test_no_list_of_words(name):
    for node in ast.walk(tree(PACKAGE / "judging" / name)):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            words = [e for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
            known = [e for e in words if e.value in CLASSES or "_" in e.value]
            assert len(words) - len(known) <= MOST_WORDS or is_columns(words), ast.unparse(node)


CLASSES = {row.name for row in diffing.load_profile("hrr").nouns}


def is_columns(words: list[ast.Constant]) -> bool:
    """Whether a list names columns of a table and no words of a text."""
    from diffing.model import ToldEvent

    return all(word.value in ToldEvent.__dataclass_fields__ for word in words) or all(
        word.value in ("main", "reported", "gerund", "conceded", "noun", "infinitive") for word in words
    )


def test_the_exceptions_are_there():
    assert all((PACKAGE / "judging" / name).is_file() for name in EXCEPTIONS)
