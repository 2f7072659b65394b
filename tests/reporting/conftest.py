"""Pages open in a real Chromium; each of them must be silent and ask for nothing but itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import display_pair as made
import pytest

from diffing.corpus import Corpus
from diffing.reporting import country_page, write_report
from diffing.running.year import run_year

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 120_000  # milliseconds: a busy machine is no defect
SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A Chromium for all tests of pages; skips, saying so, where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium: on Debian or Ubuntu, apt-get install chromium")
    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the sample corpus."""
    out = tmp_path_factory.mktemp("sample") / "2020"
    run_year(Corpus(SAMPLE), 2020, out=out)
    return out


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the pair that has every case of display."""
    out = tmp_path_factory.mktemp("odd") / "out"
    page = country_page(made.pair(), made.judgement(), made.SIGNATURE, index_href="index.html")
    write_report(out, [("index", page)], {}, {})
    return out / "index.html"


class Tab:
    """A page that is open, with what it logged and asked for."""

    def __init__(self, page) -> None:
        self.page = page
        self.logged: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.logged.append(message.text))
        page.on("pageerror", lambda error: self.logged.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def visible(self, selector: str) -> int:
        return int(
            self.page.evaluate(
                "s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length", selector
            )
        )


@pytest.fixture
def tab(browser, request):
    """Opens pages; every one of them must be silent and ask for nothing but itself."""
    tabs = []

    def opened(path: Path, at: str = "", width: int = 1200, height: int = 800, **more):
        more = {"reduced_motion": "reduce"} | more
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        context.set_default_timeout(PATIENCE)
        tab = Tab(context.new_page())
        tab.page.goto(f"{path.as_uri()}{at}")
        tabs.append((context, tab))
        return tab

    yield opened
    for context, tab in tabs:
        context.close()
        assert tab.logged == []
        assert [url for url in tab.asked if not url.startswith(("file:", "data:"))] == []
