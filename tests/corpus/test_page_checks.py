"""Lists of an edition and saved pages: which is whole, which is whose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_files import little_memory
from report_site import archive_page, prose, reports_page

from diffing.corpus import Corpus, edition_pages
from diffing.corpus.download import edition_of
from diffing.corpus.edition_pages import country_list, links_named, page_fault
from diffing.corpus.fetching import Page
from diffing.corpus.folders import country_names
from diffing.corpus.identify import title_claim
from diffing.corpus.page_elements import elements
from diffing.model import DiffingError, slug_of
from diffing.profile import Edition, Pattern, load_profile
from diffing.reading.documents import read_document


def test_a_list_keeps_countries_only() -> None:
    profile = load_profile("tip")
    edition = edition_of(profile, 2019)
    page = (
        '<a href="/reports/2019-trafficking-in-persons-report-2/norvania/">Norvania</a>'
        '<a href="https://2017-2021.state.gov/reports/2019-trafficking-in-persons-report-2/karvelia">Karvelia</a>'
        '<a href="/reports/2019-trafficking-in-persons-report-2/norvania/#prosecution">Norvania</a>'
        '<a href="/reports/2019-trafficking-in-persons-report-2/norvania/annex/">Annex</a>'
        '<a href="/reports/2018-trafficking-in-persons-report/norvania/">Norvania</a>'
        '<a href="/reports/2019-trafficking-in-persons-report-2/letter-from-secretary/">Letter from the Secretary</a>'
        '<a href="/reports/2019-trafficking-in-persons-report-2/">Back</a>'
        '<option value="132">Sandoria</option><option value="">Choose</option>'
        '<option value="/reports/2019-trafficking-in-persons-report-2/peru__trashed/">Peru</option>'
        '<a href="/reports/2019-trafficking-in-persons-report-2/north-korea/">Korea, Democratic People\'s Republic</a>'
    )
    found = country_list(page.encode(), edition.index, edition, profile)
    assert [(one.slug, one.address) for one in found] == [
        ("karvelia", "https://www.state.gov/reports/2019-trafficking-in-persons-report-2/karvelia/"),
        ("north-korea", "https://www.state.gov/reports/2019-trafficking-in-persons-report-2/north-korea/"),
        ("norvania", "https://www.state.gov/reports/2019-trafficking-in-persons-report-2/norvania/"),
        ("peru", "https://www.state.gov/reports/2019-trafficking-in-persons-report-2/peru__trashed/"),
    ]


@pytest.mark.real
def test_the_list_in_a_saved_page_is_that_of_the_edition(shared: Path) -> None:
    profile = load_profile("hrr")
    edition = edition_of(profile, 2019)
    html = (shared / "real" / "html" / "hrr-2019-turkmenistan.html").read_bytes()
    corpus = Corpus(shared / "real" / "hrr", "hrr")
    held = {corpus.names.identity(slug) for slug in corpus.countries(2019)}
    listed = {corpus.names.identity(page.slug) for page in country_list(html, edition.index, edition, profile)}
    assert (listed - held, held - listed) == ({("antigua", "barbuda")}, set())


@pytest.mark.real
@pytest.mark.parametrize("year", [2016, 2019, 2022])
def test_the_saved_pages_are_whole_and_half_of_each_is_not(year: int, shared: Path) -> None:
    html = (shared / "real" / "html" / f"hrr-{year}-turkmenistan.html").read_bytes()
    profile = load_profile("hrr")
    assert page_fault(Page("x", html, "text/html"), profile, year, "Turkmenistan") is None
    assert page_fault(Page("x", html, "text/html"), profile, year, "Norvania") is not None
    for share in (0.1, 0.5, 0.9, 0.99):
        assert page_fault(Page("x", html[: int(len(html) * share)], "text/html"), profile, year, "Turkmenistan")


def test_every_cut_of_a_page_is_seen() -> None:
    profile = load_profile("tip")
    for template in (reports_page, archive_page):
        whole = template("Norvania").encode()
        assert page_fault(Page("x", whole, "text/html"), profile, 2020, "Norvania") is None
        end = whole.index(b"</html>")
        for cut in (*range(0, end, 97), end, end + 6):
            assert page_fault(Page("x", whole[:cut], "text/html"), profile, 2020, "Norvania"), cut


def test_a_page_is_another_countrys_only_when_no_name_of_its_own_is_in_it() -> None:
    page = Page("x", reports_page("Eswatini").encode(), "text/html")
    assert page_fault(page, load_profile("tip"), 2018, "Swaziland", aliases=("Eswatini",)) is None
    assert page_fault(page, load_profile("tip"), 2018, "Swaziland") is not None


def test_a_page_with_another_countrys_title_is_anothers_though_it_names_both() -> None:
    page = Page("x", reports_page("Norvania", prose("Norvania") + prose("Karvelia")).encode(), "text/html")
    profile = load_profile("tip")
    assert page_fault(page, profile, 2020, "Norvania", listed=("Karvelia",)) is None
    assert page_fault(page, profile, 2020, "Karvelia", listed=("Norvania",)) == "it is the page of Norvania"


def test_a_country_may_be_called_by_another_of_its_names_in_its_prose() -> None:
    page = Page("https://x.test/", reports_page("Israel").encode(), "text/html")
    profile = load_profile("tip")
    listed = "Israel, West Bank and Gaza"
    names = country_names(profile)
    others = (names.display(slug_of(listed)), *names.others(slug_of(listed)))
    assert page_fault(page, profile, 2020, listed, aliases=others) is None


@pytest.mark.parametrize(
    ("page", "links", "addresses"),
    [
        ("https://x.test/report.php?country={slug}", ["/report.php?country=norvania"], ["report.php?country=norvania"]),
        ("https://x.test/view?id={number}", ["/view?id=12", "/view?page=3", "/other?id=12"], ["view?id=12"]),
        ("https://x.test/2020/{slug}/", ["/2020/norvania/?print=1"], ["2020/norvania/"]),
    ],
)
def test_addresses_with_a_query(page: str, links: list[str], addresses: list[str]) -> None:
    edition = Edition(year=2020, index="https://x.test/", page=page)
    html = "".join(f'<a href="{link}">Norvania</a>' for link in links).encode()
    found = country_list(html, "https://x.test/", edition, load_profile("tip"))
    assert [one.address for one in found] == [f"https://x.test/{address}" for address in addresses]


def test_a_page_below_a_countrys_is_of_a_part_of_it() -> None:
    edition = Edition(year=2019, index="https://x.test/", page="https://x.test/report/{slug}/")
    html = b"""<a href="/report/china/">China</a><a href="/report/china/hong-kong/">Hong Kong</a>
        <a href="/report/china/print/">Print</a><a href="/report/chile/">Chile</a>"""
    found = country_list(html, "https://x.test/", edition, load_profile("hrr"))
    assert [(one.slug, one.address) for one in found] == [
        ("chile", "https://x.test/report/chile/"),
        ("china", "https://x.test/report/china/"),
        ("hong-kong", "https://x.test/report/china/hong-kong/"),
    ]


def test_titles_in_each_other_are_looked_at_as_far_as_a_title_goes():
    page = Page("x", b"<h1><div>x" * 3_000, "text/html")
    fault = page_fault(page, load_profile("tip"), 2020, "Turkmenistan")
    assert fault is not None
    assert len(fault) < 2_000


def test_a_list_of_words_dressed_without_end_fills_no_memory() -> None:
    """Of a page of 82 kB the parser made 1.5 GB, in the run's own process."""
    dressed = "".join(f"<b a={n}>" for n in range(200)) + "<p>x" * 5_000
    page = f'<html><body><a href="/norvania/">Norvania</a><p>{dressed}</html>'.encode()
    with little_memory():
        assert len(elements(page, "a[href]", "https://example.org/")) == 1


def test_more_countries_than_there_are_is_no_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_pages, "MOST_LISTED", 3)
    profile = load_profile("tip")
    edition = edition_of(profile, 2019)
    names = ("ardesh", "belmora", "corvia", "dorne")
    links = "".join(f'<a href="/reports/2019-trafficking-in-persons-report-2/{name}/">{name}</a>' for name in names)
    with pytest.raises(DiffingError, match="links to over 3 countries"):
        country_list(links.encode(), edition.index, edition, profile)


BAD_LINKS = ("http://[::1", "http://[x]/", "https://a℀b/", "//[")


@pytest.mark.parametrize("bad", BAD_LINKS)
def test_a_link_that_is_no_address_is_passed_over(bad: str) -> None:
    profile = load_profile("tip")
    edition = edition_of(profile, 2019)
    good = "/reports/2019-trafficking-in-persons-report-2/norvania/"
    page = f'<a href="{bad}">Sandoria</a><option value="{bad}">Sandoria</option><a href="{good}">Norvania</a>'.encode()
    assert [one.slug for one in country_list(page, edition.index, edition, profile)] == ["norvania"]
    named = Pattern("^[NS]", examples=("Norvania",))
    assert links_named(page, edition.index, named) == (f"https://www.state.gov{good}",)


@pytest.mark.parametrize("bad", [*BAD_LINKS, "http://%5B::1/"])
def test_an_address_that_a_page_says_of_itself_and_is_none_says_nothing(bad: str) -> None:
    page = f"<link rel=canonical href='{bad}'><title>Norway - 2020 Report</title><p>Police freed nine men.</p>"
    claim = title_claim(read_document(page.encode(), "html", profile=load_profile("tip")))
    assert (claim.country, claim.year) == ("Norway", 2020)
