"""A site to download from, and the manners of a test, which does not wait."""

from __future__ import annotations

import pytest
from download_site import COUNTRIES, INDEX, OWN, Site
from pytest_httpserver import HTTPServer
from report_site import reports_page

from diffing.corpus.manners import Manners


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    site = Site(httpserver)
    listed = {f"{OWN}{INDEX}{slug}/": name for slug, name in COUNTRIES.items()}
    listed |= {f"{OWN}{INDEX}introduction/": "Introduction", f"{OWN}/elsewhere/": "Elsewhere"}
    site.page(INDEX, reports_page("2020 Trafficking in Persons Report", "<p>The list.</p>", listed))
    for slug, name in COUNTRIES.items():
        site.page(f"{INDEX}{slug}/", reports_page(name))
    return site


@pytest.fixture
def manners(site: Site) -> Manners:
    return Manners(pause=0, attempts=3, backoff=0.01, patience=2, timeout=5, site=site.address)
