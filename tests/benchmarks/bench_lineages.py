"""How right lineages are over many editions, and what they cost beside aligning.

    python tests/benchmarks/bench_lineages.py [EDITIONS SENTENCES SEEDS]

Whether origin and `same_since` are right, and the share of sentences that are claimed to be older than they are: of the
last edition, and of all editions but the first.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from made_editions import Made, made_editions

from diffing.aligning import Edition, align_sentences, trace_lineages
from diffing.model import Lineage


def editions_of(made: Sequence[Sequence[Made]]) -> tuple[list[Edition], float]:
    """The editions with the links between them, and the seconds that aligning took."""
    texts = [[one.text for one in edition] for edition in made]
    start = time.process_time()
    links = [[], *(align_sentences(old, new) for old, new in pairwise(texts))]
    spent = time.process_time() - start
    return [Edition(year, text, link) for year, (text, link) in enumerate(zip(texts, links, strict=True))], spent


def rightness(made: Sequence[Sequence[Made]], traced: Sequence[Sequence[Lineage]]) -> dict[str, float]:
    """Shares of the sentences of the last edition, and of all editions but the first."""

    def shares(pairs: list[tuple[Made, Lineage]], which: str) -> dict[str, float]:
        count = len(pairs)
        return {
            f"{which} origin right": sum(a.origin == b.origin for a, b in pairs) / count,
            f"{which} same_since right": sum(a.same_since == b.same_since for a, b in pairs) / count,
            f"{which} claimed older": sum(b.origin < a.origin for a, b in pairs) / count,
            f"{which} same_since older": sum(b.same_since < a.same_since for a, b in pairs) / count,
        }

    both = [list(zip(one, other, strict=True)) for one, other in zip(made, traced, strict=True)]
    return shares(both[-1], "last:") | shares([pair for edition in both[1:] for pair in edition], "all:")


def main() -> None:
    """Prints the shares for some seeds, and the seconds of aligning and of tracing."""
    count, size, seeds = (int(n) for n in (*sys.argv[1:4], *("25", "340", "3")[len(sys.argv) - 1 :]))
    for seed in range(seeds):
        made = made_editions(editions=count, sentences=size, seed=seed)
        editions, aligning = editions_of(made)
        start = time.process_time()
        traced = trace_lineages(editions)
        tracing = time.process_time() - start
        told = ", ".join(f"{name} {share:.2%}" for name, share in rightness(made, traced).items())
        print(f"seed {seed}: {told}; aligning {aligning:.2f} s, tracing {tracing:.2f} s")


if __name__ == "__main__":
    main()
