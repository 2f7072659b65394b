"""Learns the word weights of a profile's sections from narratives that have their headings, and writes them as data.

    .venv/bin/python tests/benchmarks/learn_words.py ../shared/real/hrr hrr > /tmp/hrr.toml
    mv /tmp/hrr.toml diffing/profile/data/words/hrr.toml

The words that tell the sections' paragraphs apart best (mutual information) get a weight in each section by softmax
regression: what a paragraph that has the word gains, in nats, rounded to quarters. Only words of many countries are
taken, so no names, and no sentences. Learnt on every second country by slug; `bench_reading.py` measures on the
others.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from diffing import read_narrative
from diffing.profile import load_profile

# The words kept. More make a larger file and were not better on the countries held back.
WORDS = 300
# A word must stand in so many paragraphs, and in narratives of so many countries.
PARAGRAPHS, COUNTRIES = 25, 15
# Against weights that only the learning half bears out; steps of the descent, which settles long before.
DECAY, STEPS, RATE = 3e-4, 250, 0.05


def learning_half(folder: Path) -> set[str]:
    """The slugs that are learnt from: every second one; the others are held back."""
    return set(sorted({path.stem for path in folder.glob("*/*.txt")})[::2])


def paragraphs(folder: Path, profile_name: str, slugs: set[str]) -> list[tuple[str, str, str]]:
    """(slug, top section key, text) of each paragraph of the narratives."""
    profile = load_profile(profile_name)
    found = []
    for path in sorted(folder.glob("*/*.txt")):
        if path.stem not in slugs:
            continue
        narrative = read_narrative(path, path.stem, int(path.parent.name), profile)
        for section in narrative:
            key = section.key.partition(".")[0]
            block: list[str] = []
            last = None
            for sentence in section.sentences:
                if last is not None and "\n\n" in narrative.text[last : sentence.start]:
                    found.append((path.stem, key, " ".join(block)))
                    block = []
                block.append(sentence.text)
                last = sentence.end
            if block:
                found.append((path.stem, key, " ".join(block)))
    return found


def learn(rows: list[tuple[str, str, str]], keys: list[str]) -> dict[str, dict[str, float]]:
    """The weight of each kept word in each section."""
    texts = [set(re.findall(r"[a-z]+", text.lower())) for _slug, _key, text in rows]
    countries: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for (slug, _key, _text), words in zip(rows, texts, strict=True):
        count.update(words)
        for word in words:
            countries[word].add(slug)
    vocabulary = sorted(
        word for word in count if count[word] >= PARAGRAPHS and len(countries[word]) >= COUNTRIES and len(word) > 2
    )
    truth = np.array([keys.index(key) for _slug, key, _text in rows])
    having = _having(texts, vocabulary)
    gain = _mutual_information(having, truth, len(keys))
    vocabulary = sorted(vocabulary[place] for place in np.argsort(-gain, kind="stable")[:WORDS])
    weights = _softmax_weights(_having(texts, vocabulary), truth, len(keys))
    return {
        key: {word: round(4 * float(weights[row, column])) / 4 for row, word in enumerate(vocabulary)}
        for column, key in enumerate(keys)
    }


def _having(texts: list[set[str]], vocabulary: list[str]) -> np.ndarray:
    """A row a text, a column a word: 1 where the text has it."""
    place = {word: number for number, word in enumerate(vocabulary)}
    table = np.zeros((len(texts), len(vocabulary)), np.float32)
    for row, words in enumerate(texts):
        table[row, [place[word] for word in words if word in place]] = 1
    return table


def _mutual_information(having: np.ndarray, truth: np.ndarray, sections: int) -> np.ndarray:
    one_hot = np.eye(sections, dtype=np.float32)[truth]
    joint = having.T @ one_hot / len(truth)
    word, section = joint.sum(1, keepdims=True), one_hot.mean(0)
    gain = np.zeros(having.shape[1])
    for part, whole in ((joint, word), (section - joint, 1 - word)):
        with np.errstate(divide="ignore", invalid="ignore"):
            gain += np.nan_to_num(part * np.log(part / (whole * section))).sum(1)
    return gain


def _softmax_weights(having: np.ndarray, truth: np.ndarray, sections: int) -> np.ndarray:
    """Weights by descent (Adam), from zero: the same on every machine but for rounding."""
    one_hot = np.eye(sections, dtype=np.float32)[truth]
    features = np.hstack([having, np.ones((len(having), 1), np.float32)])
    weights = np.zeros((features.shape[1], sections), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = features @ weights
        odds = np.exp(scores - scores.max(1, keepdims=True))
        slope = features.T @ (odds / odds.sum(1, keepdims=True) - one_hot) / len(truth) + DECAY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights[:-1]


def main(folder: str, profile: str) -> None:
    keys = [rule.key for rule in load_profile(profile).sections]
    weights = learn(paragraphs(Path(folder), profile, learning_half(Path(folder))), keys)
    print(
        f"# Word weights of the sections of {profile}, written by tests/benchmarks/learn_words.py: learnt, not edited."
    )
    print("# Each row: what a paragraph with one of the words gains in the section (nats), then the words.")
    print('extends = "base"')
    for key in keys:
        rows = []
        groups: dict[float, list[str]] = defaultdict(list)
        for word, weight in weights[key].items():
            groups[weight].append(word)
        for weight in sorted(groups, reverse=True):
            if weight:
                words = textwrap.wrap(" ".join(sorted(groups[weight])), 112)
                rows += [f'[{weight}, "{line}"]' for line in words]
        print(f'\n[[sections]]\nkey = "{key}"\nwords = [\n  {filled(rows)}]')


def filled(rows: list[str]) -> str:
    """The rows, as many on a line as fit."""
    said, column = "", 2
    for row in rows:
        apart = ",\n  " if column + len(row) > 117 else ", "
        column = len(row) + (2 if "\n" in apart else column + 2)
        said += apart * bool(said) + row
    return said


if __name__ == "__main__":
    main(*sys.argv[1:])
