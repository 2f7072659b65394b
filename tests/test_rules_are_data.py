"""Words are data: no long list of words, and no regular expression over a sentence, in extracting and judging; and
data are read by people: not more lines of it, nor longer ones, than somebody reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import diffing
from diffing.profile import PROFILES

PACKAGE = Path(diffing.__file__).parent
ROOMS = ("extracting", "judging")
MOST_WORDS = 5

MOST_LINES, LONGEST_LINE = 4_000, 120  # of all profiles and words together, examples included

# The files that still hold longer lists of words: how many, and why. The numbers only fall.
LISTS = {
    "extracting/stretches.py": (1, "which words of comparison compare only with a number close behind them"),
    "judging/change_wording.py": (1, "the names of small numbers: wording, which is written and not read"),
}
# The files that still ask sentences by patterns, and why. The list only gets shorter.
PATTERNS = {
    "extracting/labels.py": "a label line is cut at its colon: it is no sentence",
    "judging/figures_without_indicator.py": "nouns and deeds that two numbers share",
    "judging/quantifiers.py": "which word of a ladder was exchanged",
}
# The same of what reads a sentence by its layers in `language`: none of these has a pattern.
BY_LAYERS = (
    "analysis", "auxiliaries", "clauses", "constituents", "directions", "event_times", "events", "meaning",
    "noun_classes", "phrases", "scopes", "word_kinds", "word_uses",
)  # fmt: skip


def files() -> list[Path]:
    return [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def lists_of_words(path: Path) -> Iterator[list[str]]:
    """The literals of a file that list more words of a text than may stand in one."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict):
            said = node.keys if isinstance(node, ast.Dict) else node.elts
            words = [e.value for e in said if isinstance(e, ast.Constant) and isinstance(e.value, str)]
            words = [word for word in words if is_word(word)]
            if len(words) > MOST_WORDS and not NAMES.issuperset(words):
                yield words


def is_word(text: str) -> bool:
    return text == text.lower() and text.replace(" ", "").replace("-", "").replace("'", "").isalpha()


def has_patterns(path: Path) -> bool:
    imported = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Import)]
    return "re" in {alias.name for node in imported for alias in node.names}


# What is no word of a text: columns of tables, kinds of clauses, classes of nouns.
NAMES = {
    *(column for columns in diffing.tables.SCHEMAS.values() for column in columns),
    *("main", "reported", "gerund", "conceded", "noun", "infinitive", "reduced", "relative"),
    *(row.name for row in diffing.load_profile("hrr").nouns),
}


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_no_list_of_words(path):
    found = list(lists_of_words(path))
    known, _ = LISTS.get(name_of(path), (0, ""))
    assert len(found) == known, f"{found}: more belong into a profile's data; fewer: lower the number here"


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_no_pattern(path):
    assert has_patterns(path) == (name_of(path) in PATTERNS), "a sentence is asked by its analysis"


@pytest.mark.parametrize("name", BY_LAYERS)
def test_the_layers_of_a_sentence_have_no_pattern(name):
    assert not has_patterns(PACKAGE / "language" / f"{name}.py")


def test_the_exceptions_are_files_with_reasons():
    names = set(map(name_of, files()))
    assert {*LISTS, *PATTERNS} <= names
    assert all(reason for _, reason in LISTS.values())
    assert all(PATTERNS.values())


def test_the_data_can_be_read():
    lines = {path: path.read_text("utf-8").splitlines() for path in sorted(PROFILES.rglob("*.toml"))}
    assert sum(map(len, lines.values())) <= MOST_LINES
    assert not [(path.name, line) for path, told in lines.items() for line in told if len(line) > LONGEST_LINE]
