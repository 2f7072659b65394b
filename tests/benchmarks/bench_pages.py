"""How fast pages are made and opened, and how heavy they are, on real pairs of `../shared/real/hrr`.

    .venv/bin/python tests/benchmarks/bench_pages.py [pairs]

`pairs` countries (default 12, evenly spread over all by size) are compared; only the making of the page is timed, in
CPU milliseconds, the best of three. Opening is from the start of navigation to the end of DOMContentLoaded in headless
Chromium, the median of five, for the page nearest to 500 sentences and for the heaviest.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from diffing import pipeline
from diffing.corpus import Corpus
from diffing.reporting import country_page
from diffing.running.signature import signature_of

HRR = Path(__file__).parents[3] / "shared" / "real" / "hrr"
YEARS = 2019, 2020
ALLOWED = 1.5  # times the texts, beside 10 MB for the whole year of 193 pages
SPARE = 10_000_000 / 193


def main(pairs: int = 12) -> None:
    """Prints a line for each country and the times of opening."""
    corpus = Corpus(HRR, "hrr")
    shared = sorted(set(corpus.countries(YEARS[0])) & set(corpus.countries(YEARS[1])))
    by_size = sorted(shared, key=lambda slug: (HRR / "2020" / f"{slug}.txt").stat().st_size)
    chosen = [by_size[n * (len(by_size) - 1) // max(1, pairs - 1)] for n in range(pairs)]
    print(f"{'country':34} {'sentences':>10} {'CPU ms':>8} {'page kB':>8} {'texts kB':>9} {'of allowed':>10}")
    spent, pages = 0.0, []
    with tempfile.TemporaryDirectory() as folder:
        for slug in chosen:
            old, new = (corpus.narrative(slug, year) for year in YEARS)
            comparison = pipeline.compare(old, new)
            signature = signature_of(corpus.profile, comparison.signature.checksums)
            pair, judgement = comparison.pair, comparison.judgement
            best, page = float("inf"), ""
            for _ in range(3):
                start = time.process_time()
                page = country_page(pair, judgement, signature, index_href="index.html")
                best = min(best, 1000 * (time.process_time() - start))
            spent += best
            weight = len(page.encode("utf-8", "replace"))
            texts = len(old.text.encode()) + len(new.text.encode())
            count = len(old.sentences) + len(new.sentences)
            share = weight / (ALLOWED * texts + SPARE)
            print(f"{slug:34} {count:10,} {best:8.1f} {weight / 1000:8.0f} {texts / 1000:9.0f} {share:10.0%}")
            path = Path(folder) / f"{slug}.html"
            path.write_text(page, "utf-8")
            pages.append((len(new.sentences), path))
        print(f"{'mean':34} {'':10} {spent / len(chosen):8.1f}")
        _open([min(pages, key=lambda page: abs(page[0] - 500)), max(pages)])


def _open(pages: list[tuple[int, Path]]) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("No Chromium: opening is not timed")
        return
    from playwright.sync_api import sync_playwright

    took = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for sentences, path in pages:
            times = []
            for _ in range(5):
                page = browser.new_page(viewport={"width": 1300, "height": 900})
                page.goto(path.as_uri())
                times.append(page.evaluate(took))
                page.close()
            print(f"opening {path.stem} ({sentences} new sentences): {statistics.median(times):.0f} ms")
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
