"""How right and how fast aligning is: the table of `make bench-align`.

Needs the gold data beside the project (../shared); says so and stops where it is missing. Four parts:

1. Three sets aligned by people, scored by ../shared/align/score.py, and the moves of the yearly pairs; twelve more
   yearly pairs that we read ourselves.
2. Made pairs with the truth of every edit and move (../shared/bench/pairs.py) at three sizes: links and moves found
   and false, characters painted over the least possible, CPU and memory.
3. Real narratives changed by us, one kind of change at a time, so that the truth is known.
4. CPU of real pairs of narratives, with their word edits.

How the evidence was fitted and what it gives on data held back: fit_evidence.py beside this file.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from rapidfuzz.distance import LCSseq

from diffing import read_narrative
from diffing.aligning import align_sentences, word_edits
from diffing.model import Link, Op

SHARED = Path(__file__).parents[3] / "shared"
SETS = ("yearly", "argrewrite", "aesop")
SIZES = ((150, range(1, 11)), (500, range(1, 4)), (5000, range(1, 2)))


def module(path: Path) -> ModuleType:
    """The Python file at `path`, imported."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def pairs_of(links: Sequence[Link], moved: bool = False) -> set[tuple[int, int]]:
    """The single links (old, new), or only those that moved."""
    return {(i, j) for link in links if link.moved or not moved for i in link.old for j in link.new}


def f1(found: set[Any], true: set[Any]) -> float:
    """F1 in percent; 100 where both are empty."""
    return 200 * len(found & true) / (len(found) + len(true)) if found or true else 100.0


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints rows under their heads, numbers to two places."""
    text = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[n]) for row in text) for n in range(len(head))]
    for n, row in enumerate(text):
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([row[0].ljust(widths[0]), *rest]) if first else "")
        if n == 0:
            print("  ".join("-" * width for width in widths))
    print()


def scored(score: ModuleType, rows: Sequence[dict[str, Any]]) -> tuple[list[object], float | None]:
    """One line of the first table for `rows` of one set, and the F1 of its moved links where the set says them."""
    predicted, found, true = {}, set(), set()
    for row in rows:
        links = align_sentences(row["old"], row["new"])
        predicted[row["id"]] = [list(pair) for pair in sorted(pairs_of(links))]
        found |= {(row["id"], *pair) for pair in pairs_of(links, moved=True)}
        if "moved" in row:
            true |= {(row["id"], *pair) for pair, moved in zip(row["links"], row["moved"], strict=True) if moved}
    result = score.score(rows, predicted)
    others = [
        [int(part) for part in value.split("/")] for kind, value in result["recall_by_type"].items() if kind != "1-1"
    ]
    got, there = (sum(part) for part in zip(*others, strict=True)) if others else (0, 0)
    moves = f1(found, true) if any("moved" in row for row in rows) else None
    line = [
        result["all"]["F1"],
        result["non_identical"]["F1"],
        result["added"]["F1"],
        result["deleted"]["F1"],
        f"{got}/{there}",
        "" if moves is None else moves,
    ]
    return line, moves


def sentences(folder: str, year: int, country: str) -> list[str]:
    """The sentences of a narrative of ../shared/real."""
    path = SHARED / "real" / folder / str(year) / f"{country}.txt"
    profile = "dol" if folder.startswith("dol") else "hrr"
    return [sentence.text for sentence in read_narrative(path, country, year, profile).sentences]


def read_by_us() -> list[dict[str, Any]]:
    """The pairs of read_links.jsonl beside this file, in the form of the gold data.

    It holds links by the places of the sentences, and no sentence: pairs that are cut otherwise since are left out,
    and said to be.
    """
    rows = []
    for line in (Path(__file__).parent / "read_links.jsonl").read_text().splitlines():
        row = json.loads(line)
        sides = [sentences("hrr-sec7", year, row["country"]) for year in (2018, 2019)]
        if [zlib.crc32("\n".join(side).encode()) for side in sides] != row["sentences"]:
            print(f"{row['country']}: its sentences are cut otherwise than when they were read; left out")
            continue
        links = [(*map(int, link.removesuffix("m").split("-")), link.endswith("m")) for link in row["links"].split()]
        rows.append(
            {
                "id": row["country"],
                "old": sides[0],
                "new": sides[1],
                "links": [link[:2] for link in links],
                "moved": [link[2] for link in links],
            }
        )
    return rows


def people() -> None:
    """The first table: sets aligned by people."""
    score = module(SHARED / "align" / "score.py")
    rows = []
    for name in SETS:
        gold = score.load(SHARED / "align" / f"{name}-dev.jsonl")
        rows.append([name, len(gold), *scored(score, gold)[0]])
    own = read_by_us()
    rows.append(["yearly, read by us", len(own), *scored(score, own)[0]])
    table(["aligned by people", "pairs", "all F1", "non-identical", "added", "deleted", "not 1-1", "moved F1"], rows)


def least_painted(old: str, new: str) -> int:
    """Letters outside a longest common run of words: the least that must be painted in a true pair."""
    one, other = old.split(), new.split()
    letters = sum(map(len, one)) + sum(map(len, other))
    for block in LCSseq.editops(one, other).as_matching_blocks():
        letters -= 2 * sum(map(len, one[block.a : block.a + block.size]))
    return letters


def letters(text: str) -> int:
    """Characters that are not white space."""
    return sum(map(len, text.split()))


def made(size: int, seeds: Sequence[int]) -> list[object]:
    """One line of the second table."""
    pairs = module(SHARED / "bench" / "pairs.py")
    true_links = found_links = right = moves = moves_found = moves_false = 0
    painted = least = 0
    cpu: list[float] = []
    words: list[float] = []
    for seed in seeds:
        old, new, truth = pairs.build(size, seed)
        start = time.process_time()
        links = align_sentences(old, new)
        middle = time.process_time()
        edits = [
            word_edits(" ".join(old[i] for i in link.old), " ".join(new[j] for j in link.new))
            for link in links
            if link.similarity < 1
        ]
        cpu.append(middle - start)
        words.append(time.process_time() - middle)
        true = {(x["old"], x["new"]) for x in truth if x["op"] in ("same", "edit", "move")}
        moved = {(x["old"], x["new"]) for x in truth if x["op"] == "move"}
        found, found_moved = pairs_of(links), pairs_of(links, moved=True)
        true_links += len(true)
        found_links += len(found)
        right += len(true & found)
        moves += len(moved)
        moves_found += len(moved & found_moved)
        moves_false += len(found_moved - moved)
        painted += sum(letters(edit.text) for pair in edits for edit in pair if edit.op is not Op.EQUAL)
        for side, sentences in ((0, old), (1, new)):
            linked = {pair[side] for pair in found}
            answered = {pair[side] for pair in true}
            painted += sum(letters(text) for n, text in enumerate(sentences) if n not in linked)
            least += sum(letters(text) for n, text in enumerate(sentences) if n not in answered)
        least += sum(least_painted(old[i], new[j]) for i, j in true)
    return [
        f"made, {size} sentences",
        len(seeds),
        100 * right / found_links,
        100 * right / true_links,
        f"{moves_found}/{moves}",
        moves_false,
        f"{painted / least:.3f}",
        1000 * sorted(cpu)[len(cpu) // 2],
        1000 * sorted(words)[len(words) // 2],
    ]


def memory(size: int) -> int:
    """The peak of a fresh process that aligns one made pair of `size`, in megabytes."""
    script = (
        "import importlib.util, re, sys\n"
        "spec = importlib.util.spec_from_file_location('pairs', sys.argv[1])\n"
        "pairs = importlib.util.module_from_spec(spec); spec.loader.exec_module(pairs)\n"
        "from diffing.aligning import align_sentences, word_edits\n"
        "old, new, _ = pairs.build(int(sys.argv[2]), 1)\n"
        "[word_edits(old[x.old[0]], new[x.new[0]]) for x in align_sentences(old, new)]\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024)\n"
    )
    command = [sys.executable, "-c", script, str(SHARED / "bench" / "pairs.py"), str(size)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


# --- real narratives, changed -----------------------------------------------------------------------------------

Changed = tuple[list[str], set[tuple[int, int]], set[tuple[int, int]]]  # new sentences, true links, moved ones


def narratives() -> list[list[str]]:
    """Real sentences: the old side of the yearly pairs."""
    score = module(SHARED / "align" / "score.py")
    return [row["old"] for row in score.load(SHARED / "align" / "yearly-dev.jsonl")]


def split(old: Sequence[str], random: random.Random) -> Changed:
    """Every fourth sentence cut in two at a comma or an "and" near its middle."""
    new: list[str] = []
    true = set()
    for i, text in enumerate(old):
        cuts = [m.start() for m in re.finditer(r", | and |; ", text) if 0.25 < m.start() / len(text) < 0.75]
        if i % 4 == 0 and cuts and len(text) > 80:
            cut = min(cuts, key=lambda at: abs(at - len(text) / 2))
            rest = re.sub(r"^(, |; | and )(and |but )?", "", text[cut:])
            true |= {(i, len(new)), (i, len(new) + 1)}
            new += [text[:cut] + ".", rest[0].upper() + rest[1:]]
        else:
            true.add((i, len(new)))
            new.append(text)
    return new, true, set()


def merged(old: Sequence[str], random: random.Random) -> Changed:
    """Every fifth sentence joined to the next."""
    new: list[str] = []
    true = set()
    i = 0
    while i < len(old):
        if i % 5 == 0 and i + 1 < len(old):
            true |= {(i, len(new)), (i + 1, len(new))}
            new.append(f"{old[i][:-1]}, and {old[i + 1][0].lower()}{old[i + 1][1:]}")
            i += 2
        else:
            true.add((i, len(new)))
            new.append(old[i])
            i += 1
    return new, true, set()


def moved_to(old: Sequence[str], first: int, last: int, place: int) -> Changed:
    """Sentences `first` to `last` (exclusive) put before the old sentence `place`."""
    order = [i for i in range(len(old)) if not first <= i < last]
    at = order.index(place) if place < len(old) else len(order)
    order[at:at] = range(first, last)
    return (
        [old[i] for i in order],
        {(i, j) for j, i in enumerate(order)},
        {(i, j) for j, i in enumerate(order) if first <= i < last},
    )


def paragraph(old: Sequence[str], random: random.Random) -> Changed:
    """Four sentences moved at least eight places away."""
    first = random.randrange(len(old) // 2, len(old) - 4)
    return moved_to(old, first, first + 4, random.randrange(0, first - 8))


def section(old: Sequence[str], random: random.Random) -> Changed:
    """The second fifth of the narrative moved to its end."""
    return moved_to(old, len(old) // 5, 2 * len(old) // 5, len(old))


def figures(old: Sequence[str], random: random.Random) -> Changed:
    """Every number another one."""
    new = [re.sub(r"\d+", lambda match: str(random.randrange(1, 10 ** len(match[0]))), text) for text in old]
    return new, {(i, i) for i in range(len(old))}, set()


def reworded(old: Sequence[str], random: random.Random) -> Changed:
    """Three in ten words of every other sentence left out or doubled by the word after next."""
    new = []
    for i, text in enumerate(old):
        words = text.split()
        if i % 2:
            for _ in range(len(words) * 3 // 10):
                at = random.randrange(len(words))
                if random.random() < 0.5:
                    del words[at]
                else:
                    words[at] = random.choice(words)
        new.append(" ".join(words))
    return new, {(i, i) for i in range(len(old))}, set()


KINDS: tuple[Callable[[Sequence[str], random.Random], Changed], ...] = (
    split,
    merged,
    paragraph,
    section,
    figures,
    reworded,
)


def changed() -> None:
    """The third table."""
    rows = []
    for kind in KINDS:
        true: set[Any] = set()
        found: set[Any] = set()
        true_moved: set[Any] = set()
        found_moved: set[Any] = set()
        for n, old in enumerate(narratives()):
            new, links, moves = kind(old, random.Random(n))
            answer = align_sentences(old, new)
            true |= {(n, *pair) for pair in links}
            true_moved |= {(n, *pair) for pair in moves}
            found |= {(n, *pair) for pair in pairs_of(answer)}
            found_moved |= {(n, *pair) for pair in pairs_of(answer, moved=True)}
        rows.append(
            [
                kind.__name__.replace("_", " "),
                100 * len(found & true) / len(found),
                100 * len(found & true) / len(true),
                f"{len(found_moved & true_moved)}/{len(true_moved)}",
                len(found_moved - true_moved),
            ]
        )
    table(["real narratives, changed", "P", "R", "moves found", "false"], rows)


def real_speed() -> None:
    """The fourth table: consecutive narratives, each pair's best of three, with word edits."""
    rows = []
    for folder, countries in (("hrr-sec7", ("thailand", "haiti")), ("dol-child-labor", ("ecuador", "india"))):
        for country in countries:
            if not (SHARED / "real" / folder / "2019" / f"{country}.txt").is_file():
                continue
            old, new = (sentences(folder, year, country) for year in (2018, 2019))
            best = []
            for _ in range(3):
                start = time.process_time()
                links = align_sentences(old, new)
                middle = time.process_time()
                for link in links:
                    if link.similarity < 1:
                        word_edits(" ".join(old[i] for i in link.old), " ".join(new[j] for j in link.new))
                best.append((middle - start, time.process_time() - middle))
            align, words = min(best)
            rows.append([f"{folder}/{country}", len(old), len(new), 1000 * align, 1000 * words])
    table(["real pair", "old", "new", "align ms", "words ms"], rows)


def main() -> None:
    """Prints the tables."""
    if not (SHARED / "align").is_dir():
        raise SystemExit(f"no gold data: {SHARED}/align is missing")
    people()
    rows = [[*made(size, seeds), memory(size)] for size, seeds in SIZES]
    table(["", "pairs", "link P", "link R", "moves found", "false", "painted", "align ms", "words ms", "MB"], rows)
    changed()
    real_speed()


if __name__ == "__main__":
    main()
