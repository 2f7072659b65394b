"""Makes docs/report.png, the README's picture: the top of a sample country's page, in Debian's Chromium.

    python docs/screenshot.py [country]

Needs the development dependencies and a Chromium; says so where there is none.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from diffing.corpus import Corpus
from diffing.running.year import run_year

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "report.png"
WIDTH, HEIGHT = 1180, 900  # CSS pixels: what shows verdict, findings and numbers, readable at a README's 880
LARGEST = 200_000  # bytes: a README should open at once


def main(country: str = "turkmenistan") -> None:
    """Writes the picture of `country`'s page, with the table of numbers below the verdict and the first findings."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("No Chromium, so no picture: on Debian or Ubuntu, apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "2020"
        run_year(Corpus(ROOT / "corpora" / "sample"), 2020, out=out, countries=[country])
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
        page.goto((out / f"{country}.html").as_uri())
        for finding in page.get_by_role("button", name="Read here").all()[1:3]:  # two claims with their sentences
            finding.click()
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURE)
        browser.close()
    size = PICTURE.stat().st_size
    if size > LARGEST:
        sys.exit(f"{PICTURE} has {size:,} bytes, more than {LARGEST:,}: make the picture smaller")
    print(f"{PICTURE.relative_to(ROOT)}: {size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:2])
