"""The pages in a real Firefox: what a person does in Chromium works there too, and nothing is said on the console."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from firefox import Firefox

pytestmark = pytest.mark.browser
FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
TEXT = "document.querySelector({!r}).textContent"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    pytest.importorskip("websocket")
    if FIREFOX is None:
        pytest.skip("no Firefox: on Debian, apt-get install firefox-esr")
    firefox = Firefox(FIREFOX, tmp_path_factory.mktemp("profile"))
    yield firefox
    firefox.close()


@pytest.fixture
def firefox(started: Firefox) -> Iterator[Firefox]:
    """A Firefox whose pages must be silent."""
    started.logged.clear()
    yield started
    assert started.logged == []


def type_in(firefox: Firefox, selector: str, text: str) -> None:
    firefox.run(f"document.querySelector({selector!r}).focus()")
    firefox.run(f"document.querySelector({selector!r}).select?.()")
    firefox.press(*text)


def test_search_shows_sentences_and_leads_to_them(firefox: Firefox, report: Path) -> None:
    firefox.go((report / "index.html").as_uri())
    type_in(firefox, "#q", "shelter")
    assert re.match(r"\d+ countries", firefox.until(TEXT.format("#hits"), "countr"))
    firefox.press("\ue007")
    firefox.until("location.pathname", "search.html")
    firefox.until(TEXT.format("#hits"), "sentences in")
    assert firefox.run("document.querySelectorAll('#results mark').length") > 5
    firefox.click("#results .hits a")
    firefox.until("location.hash", "#t-")
    assert re.match(r"hit \d+ of \d+", firefox.until(TEXT.format("#hits"), "hit "))
    assert firefox.run("CSS.highlights.has('here')")
    assert firefox.run("!document.querySelector('.cite-here').hidden")


def test_a_country_is_read_by_keys_filtered_and_cited(firefox: Firefox, report: Path) -> None:
    firefox.go((report / "turkmenistan.html").as_uri())
    firefox.press("n", "n")
    first = firefox.run("location.hash")
    assert firefox.run("document.activeElement.hash") == first
    firefox.press("c")
    assert "Compared by diffing" in firefox.run("document.querySelector('#cite textarea').value")
    firefox.press("\ue00c")
    firefox.click("#text p.same")
    assert firefox.run("!document.querySelector('.cite-here').hidden")
    whole = firefox.run("document.querySelector('#text').scrollHeight")
    firefox.run("(() => { const s = document.querySelector('#show'); s.value = 'removed'; "
                "s.dispatchEvent(new Event('change')); })()")  # fmt: skip
    assert firefox.run("document.querySelector('#text').scrollHeight") < whole / 2
    firefox.run("document.querySelector('#one').click()")
    assert firefox.run("document.querySelectorAll('.merged').length") > 5


def test_the_year_is_sorted_and_narrowed(firefox: Firefox, report: Path) -> None:
    firefox.go((report / "index.html").as_uri())
    firefox.run("[...document.querySelectorAll('#table button')].find((b) => b.textContent === 'Edited').click()")
    told = firefox.run("[...document.querySelectorAll('#table tbody tr')].map((r) => Number(r.cells[10].textContent))")
    assert told == sorted(told, reverse=True)
    firefox.run("document.querySelector('#findings .facet .options input').click()")
    assert re.match(r"\d+ of \d+ findings", firefox.run(TEXT.format("#found")))


def test_findings_are_reviewed(firefox: Firefox, report: Path) -> None:
    firefox.go((report / "review.html").as_uri())
    firefox.until("document.querySelectorAll('#list li').length + ' cards'", "60 cards")
    firefox.run("document.querySelector('#random').click()")
    firefox.run("document.activeElement.blur()")
    firefox.press("a", "r", "u")
    assert firefox.run(TEXT.format("#hits")).startswith("3 of 50 read")
    marks = firefox.run("[...document.querySelectorAll('#list li')].slice(0, 3).map((li) => li.className)")
    assert [name in said for name, said in zip(("accepted", "rejected", "unsure"), marks, strict=True)] == [True] * 3
    kept = firefox.run("localStorage.length") and firefox.run(f"localStorage.getItem({json.dumps('diffing-try')})")
    assert kept in ("1", None, 0)  # a browser may keep nothing of a page from disk, and the page says so
