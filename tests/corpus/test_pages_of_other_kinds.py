"""Pages with many countries, and countries in PDF."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from download_site import INDEX, OWN, Site
from report_site import PARAGRAPHS, pdf, prose
from werkzeug import Response

from diffing.corpus import Corpus
from diffing.corpus.download import download
from diffing.corpus.manners import Manners
from diffing.model import DiffingError
from diffing.profile import load_profile


def test_many_countries_on_one_page(site: Site, manners: Manners, tmp_path: Path) -> None:
    parts = "".join(f"<h2>{name.upper()}</h2>{prose(name)}" for name in ("Albania", "Belize", "Chile"))
    site.page(
        "/2005/a-c.htm", f"<!DOCTYPE html><html><body><main><h1>Countries A to C</h1>{parts}</main></body></html>"
    )
    edition = {"year": 2005, "index": f"{OWN}/2005/", "page": f"{OWN}/2005/", "combined": [f"{OWN}/2005/a-c.htm"]}
    profile = load_profile({"extends": "tip", "name": "tip", "editions": [edition]})
    outcome = download(profile, 2005, tmp_path, manners=manners)
    assert (outcome.stored, outcome.failed) == (["Albania", "Belize", "Chile"], [])
    corpus = Corpus(tmp_path, "tip")
    assert corpus.countries(2005) == ("albania", "belize", "chile")
    assert {section.key for section in corpus.narrative("belize", 2005)} >= {"prosecution", "protection", "prevention"}
    assert corpus.narratives(2005)["source_url"].to_list() == [f"{OWN}/2005/a-c.htm"] * 3
    assert download(profile, 2005, tmp_path, manners=manners).kept == ["Albania", "Belize", "Chile"]


def test_pages_with_many_countries_are_found_by_what_their_links_are_called(
    site: Site, manners: Manners, tmp_path: Path
) -> None:
    place = "/j/tip/rls/tiprpt/2009/"
    links = '<a href="1.htm">Country Narratives -- Countries A Through C</a><a href="2.htm#top">Countries D to K</a>'
    site.page(f"{place}index.htm", f'<!DOCTYPE html><html><body>{links}<a href="3.htm">Introduction</a></body></html>')
    for number, names in enumerate((("Albania", "Belize"), ("Denmark", "Egypt")), 1):
        parts = "".join(f"<p><b>{name.upper()} (Tier 2)</b></p>{prose(name)}" for name in names)
        site.page(f"{place}{number}.htm", f"<!DOCTYPE html><html><body><main>{parts}</main></body></html>")
    outcome = download("tip", 2009, tmp_path, manners=manners)
    assert (outcome.stored, outcome.failed) == (["Albania", "Belize", "Denmark", "Egypt"], [])
    assert download("tip", 2009, tmp_path / "one", countries=("egypt",), manners=manners).stored == ["Egypt"]
    with pytest.raises(DiffingError, match="the list of the parts of 2010 can't be had"):
        download("tip", 2010, tmp_path, manners=manners)


def test_a_country_in_pdf(site: Site, manners: Manners, tmp_path: Path) -> None:
    lines: list[str] = []
    for heading, text in PARAGRAPHS.items():
        told = text.format(name="Turkmenistan").replace(" • ", " ")
        lines += [heading, "", *textwrap.wrap(told, 90), ""]
    site.page(f"{INDEX}turkmenistan/", lambda: Response(pdf([lines]), content_type="application/pdf"))
    assert "Turkmenistan" in download("tip", 2020, tmp_path, manners=manners).stored
    assert (tmp_path / "2020" / "turkmenistan.pdf").is_file()
