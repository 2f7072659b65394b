"""Editions whose index links to pages with many countries each: where these lead is looked at, and they are few."""

from __future__ import annotations

from pathlib import Path

import pytest
from download_site import Site, status
from report_site import prose

from diffing.corpus import download as downloads
from diffing.corpus.download import download
from diffing.corpus.edition_pages import MOST_PARTS
from diffing.corpus.manners import Manners
from diffing.model import DiffingError

INDEX = "/j/tip/rls/tiprpt/2009/index.htm"
PART = "/j/tip/rls/tiprpt/2009/a.htm"


def listing(*links: str) -> str:
    named = "".join(f'<a href="{link}">Countries A Through C</a>' for link in links)
    return f"<!doctype html><html><body>{named}</body></html>"


def part(*names: str) -> str:
    countries = "".join(f"<p><b>{name.upper()} (Tier 2)</b></p>{prose(name)}" for name in names)
    return f"<!doctype html><html><body><div id='centerblock'><h2>Narratives: A</h2>{countries}</div></body></html>"


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:9200/_all",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/",
        "https://printer.local/",
        "http://2009-2017.state.gov/a.htm",
        "file:///etc/passwd",
        "ftp://2009-2017.state.gov/a.htm",
        f"https://2009-2017.state.gov/{'a' * 5_000}.htm",
    ],
)
def test_a_part_that_leads_where_no_redirect_may_is_not_asked_for(
    link: str, site: Site, manners: Manners, tmp_path: Path
) -> None:
    site.page(INDEX, listing(link, PART))
    site.page(PART, part("Albania", "Angola"))
    outcome = download("tip", 2009, tmp_path, manners=manners)
    assert outcome.stored == ["Albania", "Angola"]
    ((where, why),) = outcome.failed
    assert where == link
    assert INDEX in why
    assert set(site.asked) == {"/robots.txt", INDEX, PART}


def test_an_index_that_links_to_more_parts_than_there_can_be_is_refused(
    site: Site, manners: Manners, tmp_path: Path
) -> None:
    site.page(INDEX, listing(*(f"/{number}.htm" for number in range(MOST_PARTS + 1))))
    with pytest.raises(DiffingError, match=f"links to over {MOST_PARTS} parts"):
        download("tip", 2009, tmp_path, manners=manners)
    assert not [path for path in site.asked if path.startswith("/1")]


def test_a_site_that_refuses_every_part_is_left_in_peace(
    site: Site, manners: Manners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "GIVE_UP_AFTER", 2)
    parts = [f"/{number}.htm" for number in range(5)]
    site.page(INDEX, listing(*parts))
    site.page(parts[1], part("Albania", "Angola"))
    for path in (parts[0], *parts[2:]):
        site.page(path, status(403))
    outcome = download("tip", 2009, tmp_path, manners=manners)
    assert outcome.stored == ["Albania", "Angola"]
    assert [Path(where).name for where, _why in outcome.failed] == ["0.htm", "2.htm", "3.htm"]
    assert [Path(where).name for where in outcome.not_tried] == ["4.htm"]
    assert "2 pages in a row" in outcome.notes[0]
