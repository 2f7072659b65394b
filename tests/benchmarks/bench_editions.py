"""What many editions cost: a history, a year of it, and one edition more.

    python tests/benchmarks/bench_editions.py [--corpus DIR --profile NAME] [COUNTRIESxSENTENCESxEDITIONS ...]

A line a corpus: CPU seconds of a history from nothing; of the same with an edition added to the others; of the newest
year's report with all kept, and with nothing kept; megabytes at most. Made corpora are those of `made_editions`.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from made_editions import made_editions

DEFAULT = ("20x100x2", "20x100x5", "20x100x10", "20x100x25")
SECTIONS = ("PROSECUTION", "PROTECTION", "PREVENTION")
LAST = 2025


def make_corpus(folder: Path, countries: int, sentences: int, editions: int) -> None:
    """A corpus of made editions up to `LAST`, in three sections."""
    for number in range(countries):
        made = made_editions(editions=editions, sentences=sentences, seed=number)
        for year, edition in enumerate(made, LAST - editions + 1):
            third = -(-len(edition) // len(SECTIONS))
            parts = [
                f"{title}\n\n{' '.join(one.text for one in edition[at * third : (at + 1) * third])}"
                for at, title in enumerate(SECTIONS)
            ]
            (folder / str(year)).mkdir(parents=True, exist_ok=True)
            (folder / str(year) / f"land-{number}.txt").write_text("\n\n".join(parts) + "\n")


def spent(work: object) -> float:
    """CPU seconds of this process for a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(name: str, corpus: Path, profile: str, folder: Path) -> str:
    """One line of the table."""
    from diffing.corpus import Corpus
    from diffing.running.history import run_history
    from diffing.running.year import run_year

    years = Corpus(corpus, profile).years
    fewer, kept, empty = folder / "fewer", folder / "kept", folder / "empty"
    shutil.copytree(corpus, fewer)
    shutil.rmtree(fewer / str(years[-1]))
    whole = spent(lambda: run_history(Corpus(corpus, profile), out=folder / "history", cache=folder / "one"))
    before = 0.0
    if len(years) > 2:
        before = spent(lambda: run_history(Corpus(fewer, profile), out=folder / "before", cache=kept))
    more = spent(lambda: run_history(Corpus(corpus, profile), out=folder / "more", cache=kept))
    year = spent(lambda: run_year(Corpus(corpus, profile), years[-1], out=folder / "year", cache=kept))
    alone = spent(lambda: run_year(Corpus(corpus, profile), years[-1], out=folder / "alone", cache=empty))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    countries = len(Corpus(corpus, profile).countries(years[-1]))
    cells = f"{whole:.1f} | {more if before else whole:.1f} | {year:.1f} | {alone:.1f} | {memory:.0f}"
    return f"| {name} | {countries} | {len(years)} | {cells} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--profile", default="tip")
    wanted = parser.parse_args()
    print("| corpus | countries | editions | history | one edition more | a year, kept | a year, nothing kept | MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    if wanted.corpus:
        with tempfile.TemporaryDirectory() as name:
            print(measured(wanted.corpus.name, wanted.corpus, wanted.profile, Path(name)), flush=True)
    for shape in wanted.shapes or (() if wanted.corpus else DEFAULT):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_corpus(folder / "corpus", *map(int, shape.split("x")))
            (folder / "corpus" / "corpus.toml").write_text('family = "tip"\n')
            print(measured(shape, folder / "corpus", "tip", folder), flush=True)


if __name__ == "__main__":
    main()
