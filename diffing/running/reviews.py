"""Files of reviews, ``review.jsonl``: read, put together, counted, written. A line that can't be read is an error.

{"evidence": "…", "task": "…", "country": "Ardesh", "old_year": 2019, "new_year": 2020, "mark": "rejected",
 "note": "of another year", "reader": "A", "at": "2026-11-27T20:00:00Z", "version": "0.1.0"}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from diffing.judging import latest
from diffing.model import DiffingError, Review, written_out
from diffing.model.reviews import ACCEPTED, MARKS, REJECTED
from diffing.plain_files import file_bytes

REVIEW_FILE = "review.jsonl"
MOST_BYTES, LONGEST_LINE, LONGEST_NAME = 50_000_000, 100_000, 200
"""Bytes of a file of reviews, characters of one, and of its reader's name. Ranges a million to any, 10,000 to a
million, 50 to 1,000; defaults 50 million, a hundred readers of a year; 100,000: a note has some hundred; and 200: each
two names are compared letter by letter."""

DEEPEST = 20
"""Lists and objects in each other in what a line holds besides. Range 5 to 100; default 20; ours has one. What can just
be read can't be written again: that starts from deeper in the program."""

_KEYS = ("evidence", "task", "country", "old_year", "new_year", "mark", "note", "reader", "at", "version")
_NEEDED = ("evidence", "task", "country", "old_year", "new_year", "mark")


def read_reviews(path: Path) -> tuple[Review, ...]:
    """The reviews of a file. Raises `DiffingError` with the line that is none and why."""
    try:
        text = file_bytes(Path(path), MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise DiffingError(f"{path}: can't be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DiffingError(f"{path}: is not in UTF-8: save it as the review page did") from error
    lines = enumerate(text.split("\n"), 1)
    return tuple(_review(line, f"{path}, line {number}") for number, line in lines if line.strip())


def _review(line: str, where: str) -> Review:
    if len(line) > LONGEST_LINE:
        raise DiffingError(f"{where}: over {LONGEST_LINE:,} characters, more than a review may have")
    try:
        told = json.loads(line)
    except RecursionError as error:
        raise DiffingError(f"{where}: no review: lists in each other without end") from error
    except ValueError as error:
        raise DiffingError(f"{where}: no JSON: {error}; a review is one line in braces") from error
    if not isinstance(told, dict):
        raise DiffingError(f"{where}: a review is an object in braces, not {type(told).__name__}")
    if _is_deep(told):
        raise DiffingError(f"{where}: over {DEEPEST} lists in each other, more than a review may have")
    missing = [key for key in _NEEDED if key not in told]
    if missing:
        raise DiffingError(f"{where}: lacks {', '.join(missing)}")
    if told["mark"] not in MARKS:
        raise DiffingError(f"{where}: the mark {told['mark']!r} is none of {', '.join(MARKS)}")
    for key in ("old_year", "new_year"):
        if not isinstance(told[key], int):
            raise DiffingError(f"{where}: {key} is a year, not {told[key]!r}")
    known: dict[str, Any] = {key: told[key] if key.endswith("year") else str(told.get(key) or "") for key in _KEYS}
    if len(known["reader"]) > LONGEST_NAME:
        raise DiffingError(f"{where}: the reader's name has over {LONGEST_NAME} characters: shorten it")
    return Review(**known, more={key: value for key, value in told.items() if key not in _KEYS})


def _is_deep(told: Any) -> bool:
    """Whether a value holds over `DEEPEST` lists or objects in each other."""
    level = [told]
    for _ in range(DEEPEST + 1):
        inside = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [value for values in inside for value in values]
    return bool(level)


def review_lines(reviews: Iterable[Review]) -> str:
    """The reviews as the lines of a file, every key that they came with."""
    lines = []
    for review in reviews:
        told = {key: getattr(review, key) for key in _KEYS} | review.more
        lines.append(written_out(json.dumps(told, ensure_ascii=False)))
    return "".join(f"{line}\n" for line in lines)


def merged(files: Iterable[Sequence[Review]]) -> tuple[Review, ...]:
    """All reviews of several files, by time and reader; one that stands in several files once. Nothing is dropped."""
    seen: dict[str, Review] = {}
    for reviews in files:
        for review in reviews:
            seen.setdefault(review_lines([review]), review)
    return tuple(sorted(seen.values(), key=lambda r: (r.at, r.reader, r.task)))


def with_those_in(folder: Path, reviews: Sequence[Review]) -> Sequence[Review]:
    """`reviews` and those that lie in a report; raises `DiffingError` for a link, which may lead to anybody's file."""
    file = folder / REVIEW_FILE
    if file.is_symlink():
        raise DiffingError(f"{file}: a link, which is not followed: put there what it leads to, or move it away")
    return merged([read_reviews(file), reviews]) if file.is_file() else reviews


def of_countries(reviews: Iterable[Review]) -> dict[str, tuple[Review, ...]]:
    """The reviews by the country that they are of."""
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.country, []).append(review)
    return {country: tuple(of) for country, of in found.items()}


@dataclass(frozen=True, slots=True)
class Score:
    """What a file of reviews says: marks by reader and rule, and how far two readers agree."""

    marks: dict[str, Counter[str]]  # reader -> mark -> how many
    rules: dict[str, Counter[str]]  # rule -> mark -> how many; "" where the file does not say the rule
    pairs: list[tuple[str, str, int, int, float | None]]  # two readers, claims both read, how many alike, kappa;
    # none, as of names that are alike, where there are over MOST_READERS
    draws: list[Draw]
    alike: list[tuple[str, str]]  # names that may be one reader's, one of them mistyped


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw at random of the review page: by whom, with which seed, how many of how many, and how many were read.

    `filters` are those of the page's address, "" where all findings were drawn from.
    """

    reader: str
    seed: str
    drawn: int
    of: int
    filters: str
    read: int


def precision(marks: Counter[str]) -> float | None:
    """The share of accepted among those accepted or rejected; None where there are none."""
    judged = marks[ACCEPTED] + marks[REJECTED]
    return marks[ACCEPTED] / judged if judged else None


def score(reviews: Iterable[Review], rules: dict[str, str] | None = None) -> Score:
    """The newest word of each reader on each claim, counted; `rules` are those of the claims, by task."""
    newest = latest(reviews)
    by_reader: dict[str, dict[str, str]] = {}
    marks: dict[str, Counter[str]] = {}
    of_rule: dict[str, Counter[str]] = {}
    for review in newest:
        by_reader.setdefault(review.reader, {})[review.task] = review.mark
        marks.setdefault(review.reader, Counter())[review.mark] += 1
        rule = (rules or {}).get(review.task) or str(review.more.get("rule") or "")
        of_rule.setdefault(rule, Counter())[review.mark] += 1
    pairs = []
    few = sorted(marks) if len(marks) <= MOST_READERS else []
    for one, other in combinations(few, 2):
        both = sorted(by_reader[one].keys() & by_reader[other].keys())
        if both:
            said = [(by_reader[one][task], by_reader[other][task]) for task in both]
            pairs.append((one, other, len(both), sum(a == b for a, b in said), _kappa(said)))
    return Score(marks, of_rule, pairs, _draws(newest), _alike(few))


def _draws(reviews: Iterable[Review]) -> list[Draw]:
    """The draws that the reviews say they were read in; a line of another shape says none."""
    read: Counter[tuple[str, str, int, int, str]] = Counter()
    for review in reviews:
        match review.more.get("draw"):
            case {"seed": seed, "drawn": int(drawn), "of": int(of), **more}:
                read[review.reader, str(seed), drawn, of, str(more.get("filters", ""))] += 1
    return [Draw(*draw, read=count) for draw, count in sorted(read.items())]


MOST_READERS = 100
"""Readers of whom each two are compared. Range 20 to 300; default 100, more than any team of coders. The time grows
with the square: 9,000 made-up names in a file of a megabyte take minutes."""

# How alike (0 to 100, letters in order) two readers' names must be to be asked about: range 70 to 95. Lower asks of
# Anna and Hanno, higher misses a letter too many in a short name.
ALIKE = 80


def _alike(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of names that differ by little: by case, accents, spaces or a letter."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.utils import default_process

    pairs = ((one, other) for one, other in combinations(filter(None, names), 2))
    return [pair for pair in pairs if ratio(*pair, processor=default_process, score_cutoff=ALIKE)]


def _kappa(said: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readers; None where both always say the same one thing, so that chance explains it."""
    from nltk.metrics.agreement import AnnotationTask

    if len({mark for pair in said for mark in pair}) < 2:
        return None
    rows: list[tuple[Any, ...]] = []
    for number, (one, other) in enumerate(said):
        rows += [("one", number, one), ("other", number, other)]
    return float(AnnotationTask(data=rows).kappa())
