"""Downloads from a server on this machine: every template, every failure, and nothing broken ever stored as good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from download_site import COUNTRIES, INDEX, OWN, Site, cut_off, files_in, half, status
from report_site import NOT_FOUND, archive_index, archive_page, prose, reports_page
from werkzeug import Response

from diffing.corpus import Corpus
from diffing.corpus import download as downloads
from diffing.corpus.checking import check_corpus
from diffing.corpus.download import download, edition_of
from diffing.corpus.fetching import Fetcher, FetchError
from diffing.corpus.manifest import read_manifest
from diffing.corpus.manners import Manners
from diffing.corpus_cli import app
from diffing.model import DiffingError
from diffing.profile import load_profile


def test_an_edition_is_stored_whole_with_its_origin(site: Site, manners: Manners, tmp_path: Path) -> None:
    folder = tmp_path / "tip"
    outcome = download("tip", 2020, folder, manners=manners)
    assert outcome.stored == ["Afghanistan", "Cote d'Ivoire", "Turkmenistan"]
    assert not outcome.failed
    stored = read_manifest(folder).files
    assert {name: entry.sha256 for name, entry in stored.items()} == files_in(folder)
    entry = stored["2020/turkmenistan.html"]
    assert entry.address == f"{OWN}{INDEX}turkmenistan/"
    assert (entry.country, entry.licence) == ("Turkmenistan", load_profile("tip").licence)
    corpus = Corpus(folder)
    assert (corpus.profile.name, corpus.countries(2020)) == ("tip", ("afghanistan", "cote-divoire", "turkmenistan"))
    narrative = corpus.narrative("Ivory Coast", 2020)
    assert {"prosecution", "protection", "prevention", "profile"} <= {section.key for section in narrative.sections}


def test_the_site_is_asked_politely(
    site: Site, manners: Manners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diffing.corpus import polite

    pauses: list[float] = []
    monkeypatch.setattr(polite.time, "sleep", pauses.append)
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 90\n")
    download("tip", 2020, tmp_path, manners=Manners(pause=60, attempts=1, site=manners.site))
    assert site.asked == ["/robots.txt", INDEX, *(f"{INDEX}{slug}/" for slug in COUNTRIES)]
    first, after_robots, *later = pauses
    assert first == 0
    assert 50 < after_robots <= 60  # the pause; less what the answer took
    assert all(80 < pause <= 90 for pause in later)  # robots.txt asks for a longer one
    assert all(agent.startswith("Mozilla/5.0") for agent in site.user_agents)


def test_a_second_run_asks_for_nothing_that_is_there(site: Site, manners: Manners, tmp_path: Path) -> None:
    download("tip", 2020, tmp_path, manners=manners)
    before, content = len(site.asked), files_in(tmp_path)
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert (outcome.stored, len(outcome.kept)) == ([], 3)
    assert site.asked[before:] == []  # the list of countries comes from the cache
    assert files_in(tmp_path) == content


@pytest.mark.parametrize("kind", ["link", "database", "pipe"])
def test_what_a_corpus_calls_its_cache_is_let_be(site: Site, manners: Manners, tmp_path: Path, kind: str) -> None:
    """The corpus that is filled may be a stranger's: a link, a database with triggers, a pipe that nobody fills."""
    corpus, mine = tmp_path / "corpus", tmp_path / "mine"
    (corpus / ".cache").mkdir(parents=True)
    mine.mkdir()
    with closing(sqlite3.connect(mine / "own.db")) as database:
        database.executescript("CREATE TABLE mine (a); CREATE TABLE entries (a);")
    before = (mine / "own.db").read_bytes()
    if kind == "link":
        (corpus / ".cache").rmdir()
        (corpus / ".cache").symlink_to(mine)
    elif kind == "database":
        (corpus / ".cache" / "pages.db").symlink_to(mine / "own.db")
    else:
        os.mkfifo(corpus / ".cache" / ".gitignore")
    assert len(download("tip", 2020, corpus, manners=manners).stored) == 3
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == {"own.db": before}


def test_again_asks_the_site_anew(site: Site, manners: Manners, tmp_path: Path) -> None:
    download("tip", 2020, tmp_path, manners=manners)
    site.page(f"{INDEX}turkmenistan/", reports_page("Turkmenistan").replace("14 cases", "15 cases"))
    outcome = download("tip", 2020, tmp_path, manners=manners, countries=["Turkmenistan"], again=True)
    assert outcome.stored == ["Turkmenistan"]
    assert b"15 cases" in (tmp_path / "2020" / "turkmenistan.html").read_bytes()


@pytest.mark.parametrize(
    ("first", "what"),
    [
        pytest.param(status(429, Retry_After="0"), "429 with Retry-After", id="429"),
        pytest.param(status(503), "503", id="503"),
        pytest.param(status(500), "500", id="500"),
        pytest.param(cut_off(reports_page("Turkmenistan")), "a cut connection", id="cut"),
        pytest.param(lambda: Response(half(reports_page("Turkmenistan")), content_type="text/html"), "half", id="half"),
        pytest.param(lambda: Response("", content_type="text/html"), "nothing", id="empty"),
        pytest.param(lambda: Response(NOT_FOUND, content_type="text/html"), "a soft 404", id="soft-404"),
    ],
)
def test_a_failure_that_passes_is_tried_again(
    first: Callable[[], Response], what: str, site: Site, manners: Manners, tmp_path: Path
) -> None:
    whole = reports_page("Turkmenistan")
    site.page(f"{INDEX}turkmenistan/", first, whole)
    told: list[str] = []
    outcome = download("tip", 2020, tmp_path, manners=manners, countries=["turkmenistan"], told=told.append)
    assert outcome.stored == ["Turkmenistan"], what
    assert site.count(f"{INDEX}turkmenistan/") == 2
    assert len(told) == 1
    assert (tmp_path / "2020" / "turkmenistan.html").read_text() == whole


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        pytest.param(status(403), "refused it (403)", id="403"),
        pytest.param(status(404), "not there (404)", id="404"),
        pytest.param(status(503), "answered 503", id="503"),
        pytest.param(status(429, Retry_After="3600"), "asks to come back in 3600 s", id="429-for-an-hour"),
        pytest.param(cut_off(reports_page("Turkmenistan")), "no whole answer", id="cut"),
        pytest.param(lambda: Response(half(reports_page("Turkmenistan"))), "half a page", id="half"),
        pytest.param(lambda: Response(NOT_FOUND), "no narrative", id="soft-404"),
        pytest.param(lambda: Response(reports_page("Norvania")), "never names Turkmenistan", id="another-country"),
        pytest.param(lambda: Response("Access denied."), "no HTML", id="no-html"),
        pytest.param(lambda: Response(b"\x89PNG\r\n\x1a\n" + b"\0" * 999), "no HTML", id="binary"),
    ],
)
def test_what_stays_broken_is_never_stored(
    answer: Callable[[], Response], says: str, site: Site, manners: Manners, tmp_path: Path
) -> None:
    site.page(f"{INDEX}turkmenistan/", answer)
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert outcome.stored == ["Afghanistan", "Cote d'Ivoire"]  # the others go on
    [(name, why)] = outcome.failed
    assert name == "Turkmenistan"
    assert says in why
    assert "2020/turkmenistan.html" not in {**files_in(tmp_path), **read_manifest(tmp_path).files}
    site.page(f"{INDEX}turkmenistan/", reports_page("Turkmenistan"))
    assert download("tip", 2020, tmp_path, manners=manners).stored == ["Turkmenistan"]  # nor kept in the cache


def test_a_mirror_is_asked_when_the_site_refuses(site: Site, manners: Manners, tmp_path: Path) -> None:
    site.page(f"{INDEX}turkmenistan/", status(403))
    archived = "/web/20210101id_/https://www.state.gov/reports/2020-trafficking-in-persons-report/turkmenistan/"
    site.page(archived, reports_page("Turkmenistan"))
    outcome = download("tip", 2020, tmp_path, manners=manners, countries=["turkmenistan"])
    assert outcome.stored == ["Turkmenistan"]
    address = read_manifest(tmp_path).files["2020/turkmenistan.html"].address
    assert address == f"https://web.archive.org{archived}"


def test_the_list_comes_from_a_mirror_and_its_pages_from_the_site(site: Site, manners: Manners, tmp_path: Path) -> None:
    listed = {f"https://web.archive.org/web/2021id_/{OWN}{INDEX}{slug}/": name for slug, name in COUNTRIES.items()}
    site.page(INDEX, status(404))
    site.page(f"/web/20210101id_/{OWN}{INDEX}", reports_page("The report", "<p>List.</p>", listed))
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert len(outcome.stored) == 3
    assert {entry.address for entry in read_manifest(tmp_path).files.values()} == {
        f"{OWN}{INDEX}{slug}/" for slug in COUNTRIES
    }


def test_a_countrys_page_serves_as_list_where_the_index_has_none(site: Site, manners: Manners, tmp_path: Path) -> None:
    listed = {f"{OWN}{INDEX}{slug}/": name for slug, name in COUNTRIES.items()}
    site.page(INDEX, reports_page("The report", "<p>Choose a country: this list needs a script.</p>"))
    site.page(f"{INDEX}afghanistan/", reports_page("Afghanistan", countries=listed))
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert (outcome.stored, outcome.notes) == (["Afghanistan", "Cote d'Ivoire", "Turkmenistan"], [])


def test_without_a_list_the_countries_of_other_years_are_taken(site: Site, manners: Manners, tmp_path: Path) -> None:
    site.page(INDEX, status(404))
    site.page(f"{INDEX}afghanistan/", status(404))
    with pytest.raises(DiffingError, match="list of countries of tip 2020 can't be had"):
        download("tip", 2020, tmp_path, manners=manners)
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "turkmenistan.txt").write_text("The Government of Turkmenistan did what it did.")
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert outcome.stored == ["Turkmenistan"]
    assert "other years" in outcome.notes[0]


@pytest.mark.parametrize("place", ["/robots.txt", "/moved/robots.txt"])
def test_robots_txt_is_heeded_and_no_mirror_asked_instead(
    place: str, site: Site, manners: Manners, tmp_path: Path
) -> None:
    site.page("/robots.txt", status(301, Location="/moved/robots.txt"))
    site.page(place, f"User-agent: *\nDisallow: {INDEX}turkmenistan/\n")
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert outcome.stored == ["Afghanistan", "Cote d'Ivoire"]
    assert "robots.txt" in outcome.failed[0][1]
    assert not any("turkmenistan" in path for path in site.asked)


def test_robots_txt_that_answers_503_forbids_until_it_is_there(site: Site, manners: Manners, tmp_path: Path) -> None:
    site.page("/robots.txt", status(503))
    with pytest.raises(DiffingError, match=r"robots\.txt"):
        download("tip", 2020, tmp_path, manners=manners)
    assert set(site.asked) == {"/robots.txt"}


def test_a_site_that_refuses_everyone_is_left_in_peace(
    site: Site, manners: Manners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "GIVE_UP_AFTER", 2)
    for slug in COUNTRIES:
        site.page(f"{INDEX}{slug}/", status(403))
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert [name for name, _why in outcome.failed] == ["Afghanistan", "Cote d'Ivoire"]
    assert outcome.not_tried == ["Turkmenistan"]
    assert "same command" in outcome.notes[-1]


@pytest.mark.parametrize("when", ["before the entry", "between entry and file", "while a page is sent"])
def test_a_run_that_is_killed_is_taken_up_again(
    when: str, site: Site, manners: Manners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diffing.corpus import storing

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if when == "before the entry":
            patch.setattr(storing, "write_manifest", killed)
        elif when == "between entry and file":
            patch.setattr(storing, "write_whole", killed)
        else:
            patch.setattr(downloads, "page_fault", killed)
        with pytest.raises(KeyboardInterrupt):
            download("tip", 2020, tmp_path, manners=manners)
    assert files_in(tmp_path) == {}
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert (len(outcome.stored), outcome.failed) == (3, [])
    assert {name: entry.sha256 for name, entry in read_manifest(tmp_path).files.items()} == files_in(tmp_path)


def test_what_is_the_users_own_or_changed_is_let_be(site: Site, manners: Manners, tmp_path: Path) -> None:
    (tmp_path / "2020").mkdir()
    own = tmp_path / "2020" / "ivory-coast.txt"
    own.write_text("My own notes on the country.")
    download("tip", 2020, tmp_path, manners=manners)
    changed = tmp_path / "2020" / "turkmenistan.html"
    changed.write_text(reports_page("Turkmenistan") + "<!-- my remark -->")
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert (outcome.stored, len(outcome.kept)) == ([], 3)
    assert any("is your own" in note for note in outcome.notes)
    assert any("changed since" in note for note in outcome.notes)
    assert own.read_text() == "My own notes on the country."
    assert not (tmp_path / "2020" / "cote-divoire.html").exists()


def test_the_older_archive_tells_by_its_list_whose_page_is_whose(site: Site, manners: Manners, tmp_path: Path) -> None:
    folder = "/j/tip/rls/tiprpt/countries/2016/"
    site.page(f"{folder}index.htm", archive_index({"Turkmenistan": 258883, "Tier Placements": 258696, "Burma": 258730}))
    site.page(f"{folder}258883.htm", archive_page("Turkmenistan"))
    site.page(f"{folder}258730.htm", archive_page("Burma"))
    outcome = download("tip", 2016, tmp_path, manners=manners)
    assert (outcome.stored, outcome.failed) == (["Burma", "Turkmenistan"], [])
    assert Corpus(tmp_path).countries(2016) == ("burma", "turkmenistan")


def test_no_name_in_a_list_leads_outside_the_corpus(site: Site, manners: Manners, tmp_path: Path) -> None:
    folder = "/j/tip/rls/tiprpt/countries/2016/"
    names = ["../../Norvania", "/etc/passwd", "..", "C:\\Norvania", "Norvania" * 60]
    site.page(f"{folder}index.htm", archive_index({name: number for number, name in enumerate(names, 1)}))
    for number, name in enumerate(names, 1):
        site.page(f"{folder}{number}.htm", archive_page(name))
    corpus = tmp_path / "inner" / "corpus"
    outcome = download("tip", 2016, corpus, manners=manners)
    assert len(outcome.stored) == len(names) - 2  # ".." names nothing, and no country has a name of 480 letters
    assert ["no name of a country" in why for _name, why in outcome.failed] == [True]
    assert {path.name for path in tmp_path.iterdir()} == {"inner"}
    assert {path.name for path in (tmp_path / "inner").iterdir()} == {"corpus"}
    assert all(len(Path(name).parts) == 2 for name in files_in(corpus))


def test_a_year_folder_that_leads_elsewhere_is_not_written_through(
    site: Site, manners: Manners, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "2020").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DiffingError, match="outside the corpus"):
        download("tip", 2020, tmp_path / "corpus", manners=manners)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_page_that_is_too_large_is_refused(
    site: Site, manners: Manners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diffing.corpus.fetching.MAX_PAGE_BYTES", 1000)
    with Fetcher(manners) as fetcher, pytest.raises(FetchError, match=r"too many|over 1,000"):
        fetcher.get(f"{OWN}{INDEX}turkmenistan/")


def test_a_redirect_is_followed_but_not_to_another_page(site: Site, manners: Manners, tmp_path: Path) -> None:
    site.page(f"{INDEX}turkmenistan/", status(301, Location="/moved/turkmenistan/"))
    site.page("/moved/turkmenistan/", reports_page("Turkmenistan"))
    site.page(f"{INDEX}afghanistan/", status(302, Location=INDEX))  # what some sites do instead of 404
    site.page(f"{INDEX}cote-divoire/", status(302, Location=f"{INDEX}cote-divoire/"))
    outcome = download("tip", 2020, tmp_path, manners=manners)
    assert outcome.stored == ["Turkmenistan"]
    assert read_manifest(tmp_path).files["2020/turkmenistan.html"].address == f"{OWN}{INDEX}turkmenistan/"
    assert {name for name, _why in outcome.failed} == {"Afghanistan", "Cote d'Ivoire"}


def test_a_country_that_is_not_listed_is_named_with_near_ones(site: Site, manners: Manners, tmp_path: Path) -> None:
    with pytest.raises(DiffingError, match="did you mean Turkmenistan"):
        download("tip", 2020, tmp_path, manners=manners, countries=["Turkmenstan"])
    with pytest.raises(DiffingError, match="no name of a country"):
        download("tip", 2020, tmp_path, manners=manners, countries=["../turkmenistan"])


def test_editions_that_no_profile_knows_are_said() -> None:
    with pytest.raises(DiffingError, match=r"it knows 2001, .*2024.*corpus import"):
        edition_of(load_profile("tip"), 1999)
    with pytest.raises(DiffingError, match="it knows none"):
        edition_of(load_profile("dol"), 2020)


def test_the_command_says_what_it_did(site: Site, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    site.page(f"{INDEX}turkmenistan/", status(404))
    asked = ["download", "--year", "2020", "--into", str(tmp_path), "--site", site.address, "--pause", "0"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 1
    assert "2 stored, 0 there already, 1 failed" in result.stdout
    assert "Turkmenistan" in result.stderr
    assert prose("Turkmenistan")  # the page that would have been sent


# --- what failed, who is who, and pages of other kinds -------------------------------------------------------------


def test_what_failed_is_remembered_listed_and_tried_again(site: Site, manners: Manners, tmp_path: Path) -> None:
    site.page(f"{INDEX}turkmenistan/", status(403), status(403), status(403), reports_page("Turkmenistan"))
    assert "Turkmenistan" in dict(download("tip", 2020, tmp_path, manners=manners).failed)
    remembered = read_manifest(tmp_path).failed["2020/turkmenistan"]
    assert remembered.address == f"{OWN}{INDEX}turkmenistan/"
    assert "403" in remembered.why
    site.page(f"{INDEX}turkmenistan/", reports_page("Turkmenistan"))
    assert "Turkmenistan" in download("tip", 2020, tmp_path, manners=manners).stored
    assert "2020/turkmenistan" not in read_manifest(tmp_path).failed


def test_check_lists_what_could_not_be_fetched(tmp_path: Path) -> None:
    text = "The Government of Norvania increased its efforts. Courts convicted two traffickers."
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "norvania.txt").write_text(text)
    failed = (
        '[failed."2020/egypt"]\naddress = "https://x.test/egypt/"\ndate = "2026-01-02"\nwhy = "the site refused it"\n'
    )
    (tmp_path / "corpus.toml").write_text(f'family = "tip"\n{failed}')
    said = check_corpus(tmp_path, read=False).to_text()
    assert "1 could not be fetched: 2020/egypt (2026-01-02: the site refused it)" in said
