"""The sample corpus against its truth, measure by measure; with --errors, what is wrong; with a slug, that country."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sample_truth import AIMS, SAMPLE, Scores, score, truths  # the tests are no package

import diffing


def main(arguments: list[str]) -> None:
    """Prints the table."""
    chosen = [a for a in arguments if not a.startswith("--")]
    corpus, scores = diffing.Corpus(SAMPLE), Scores()
    for truth in truths():
        if not chosen or truth["country"] in chosen:
            score(corpus, truth, scores)
    if "--errors" in arguments:
        print("\n".join(scores.misses))
    print(f"{'measure':24}{'precision':>10}{'recall':>10}{'F1':>8}{'aim':>8}   right/said/wanted")
    for name, s in scores.measures.items():
        shares = "".join(f"{100 * share:{width}.1f}" for share, width in ((s.precision, 10), (s.recall, 10), (s.f1, 8)))
        print(f"{name:24}{shares}{100 * AIMS[name]:8.0f}   {s.right}/{s.said}/{s.wanted}")


if __name__ == "__main__":
    main(sys.argv[1:])
