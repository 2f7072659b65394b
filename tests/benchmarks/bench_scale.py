"""Many countries, long narratives, many years: what a run takes, on made corpora.

    python tests/benchmarks/bench_scale.py [COUNTRIESxSENTENCESxYEARS ...] [--jobs 2]

By default 250x60x2 1000x60x2, then 20x500x2, 20x500x4, 20x500x8, then 1x3000x2, 1x6000x2, 1x12000x2. The
sentences are those of the sample, drawn with other numbers in them; from one year to the next one in five has
another number and one in ten is gone. For each: seconds by the clock, CPU seconds, the memory of the process that
puts the report together, the disk that pages, tables and cache take, and the size of the index.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample" / "2020"
DEFAULT = ["250x60x2", "1000x60x2", "20x500x2", "20x500x4", "20x500x8", "1x3000x2", "1x6000x2", "1x12000x2"]
LAST = 2020


def sample_sentences() -> list[str]:
    """The sentences of the sample's last year."""
    from diffing.corpus import Corpus

    corpus = Corpus(SAMPLE.parent)
    return [s.text for slug in corpus.countries(LAST) for s in corpus.narrative(slug, LAST).sentences]


def renumbered(sentence: str, draw: random.Random) -> str:
    """`sentence` with another last digit in each of its numbers."""
    return re.sub(r"\d\b", lambda _: str(draw.randrange(10)), sentence)


def make_corpus(folder: Path, countries: int, sentences: int, years: int) -> None:
    """Writes a corpus of made narratives."""
    pool = sample_sentences()
    for country in range(countries):
        draw = random.Random(country)
        told = [renumbered(draw.choice(pool), draw) for _ in range(sentences)]
        for year in range(LAST - years + 1, LAST + 1):
            for place, sentence in enumerate(told):
                if draw.random() < 0.2:
                    told[place] = renumbered(sentence, draw)
            kept = [sentence for sentence in told if draw.random() > 0.1]
            paragraphs = [" ".join(kept[start : start + 6]) for start in range(0, len(kept), 6)]
            path = folder / str(year) / f"country-{country}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n\n".join(paragraphs), "utf-8")


def measure(shape: str, jobs: int) -> str:
    """A line of the table for a corpus of this shape."""
    countries, sentences, years = map(int, shape.split("x"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_corpus(folder / "corpus", countries, sentences, years)
        command = [sys.executable, __file__, "--work", str(folder / "corpus"), str(folder / "out"), str(jobs)]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        wall = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"{shape}: {done.stderr}")
        memory = float(done.stdout.splitlines()[-1])
        spent = json.loads((folder / "out" / "run.json").read_text())["seconds"]
        cpu = sum(seconds for stage, seconds in spent.items() if stage != "run by the clock")
        most = max((seconds, stage) for stage, seconds in spent.items() if stage != "run by the clock")[1]
        sizes = [
            sum(p.stat().st_size for p in (folder / place).rglob(what) if p.is_file()) / 1e6
            for place, what in (("corpus", "*"), ("out", "*.html"), ("out/tables", "*"), ("cache", "*"))
        ]
        index = (folder / "out" / "index.html").stat().st_size / 1e6
    told = " | ".join(f"{size:6.1f}" for size in sizes)
    return f"| {shape:12} | {wall:6.1f} | {cpu:6.1f} | {memory:5.0f} | {told} | {index:5.2f} | {most}"


def work(corpus: str, out: str, jobs: str) -> None:
    """One run, in the process made for it; prints its peak memory in MB."""
    import resource

    from diffing.corpus import Corpus
    from diffing.running.year import run_year

    run_year(Corpus(corpus, "tip"), LAST, out=Path(out), jobs=int(jobs), cache=Path(out).parent / "cache")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Prints a line for each shape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", default=DEFAULT)
    parser.add_argument("--jobs", type=int, default=2)
    wanted = parser.parse_args()
    print("| corpus       | wall s |  CPU s |    MB |  texts |  pages | tables |  cache | index | most of it in")
    for shape in wanted.shapes:
        print(measure(shape, wanted.jobs), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:])
    else:
        main()
