"""A site that means harm: what it sends is bounded, what it says is not believed, and where it leads is looked at."""

from __future__ import annotations

import gzip
import os
import re
import socket
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path

import pytest
from hostile_files import little_memory
from pytest_httpserver import HTTPServer
from werkzeug import Response

from diffing.corpus import network, polite
from diffing.corpus.fetching import Fetcher
from diffing.corpus.manners import Manners
from diffing.corpus.network import FetchError
from diffing.model import DiffingError

ONCE = {"pause": 0.0, "attempts": 1, "backoff": 0.0}
PAGE = "https://www.example.org/reports/norvania/"


def packed_zeros(millions: int, before: bytes = b"") -> bytes:
    """What gzip makes of so many million zeros, put together from its block of one; the sum at the end is left out."""
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + (packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)) * millions


BOMB = packed_zeros(1_000)


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    return httpserver


def fetched(site: HTTPServer, address: str = PAGE, cache=None, **manners: float) -> bytes:
    with Fetcher(Manners(site=site.url_for(""), **(ONCE | manners)), cache) as fetcher:
        return fetcher.get(address).content


def failure(site: HTTPServer, address: str = PAGE, cache=None, **manners: float) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetched(site, address, cache, **manners)
    return caught.value


ABSENT = [b"HTTP/1.1 404 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"]


@contextmanager
def serving(answer: Callable[[bytes], Iterable[bytes]]) -> Iterator[str]:
    """A server that sends byte by byte what no honest library would: the parts of its answer, a moment apart."""
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            with suppress(OSError):
                line, _ = server.accept()
                with line:
                    asked = line.recv(10_000)
                    for part in answer(asked):
                        if over.is_set():
                            return
                        line.sendall(part)
                        time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()


@pytest.fixture(params=[False, True], ids=["no cache", "cache"])
def cache(request, tmp_path):
    return tmp_path / "pages.db" if request.param else None


def test_a_page_that_is_packed_is_unpacked(site: HTTPServer, cache) -> None:
    site.expect_request("/reports/norvania/").respond_with_data(
        gzip.compress(b"Police left."), headers={"Content-Encoding": "gzip"}
    )
    assert fetched(site, cache=cache) == b"Police left."
    assert fetched(site, cache=cache) == b"Police left."


@pytest.mark.parametrize("packed", ["gzip", "x-gzip", "gzip, gzip", "br", "deflate", "zstd"])
def test_a_page_that_unpacks_without_end_is_refused(site: HTTPServer, cache, packed: str) -> None:
    data = gzip.compress(BOMB) if "," in packed else BOMB
    site.expect_request("/reports/norvania/").respond_with_data(data, headers={"Content-Encoding": packed})
    with little_memory():
        assert re.search("over 20,000,000 bytes|packed as|can't be unpacked", str(failure(site, cache=cache)))


def test_the_body_of_a_redirect_is_not_read(site: HTTPServer, cache) -> None:
    headers = {"Content-Encoding": "gzip", "Location": "/moved/"}
    site.expect_request("/reports/norvania/").respond_with_data(BOMB, status=302, headers=headers)
    site.expect_request("/moved/").respond_with_data("Police left.")
    with little_memory():
        assert fetched(site, cache=cache) == b"Police left."


def test_a_robots_txt_that_unpacks_without_end_is_cut(httpserver: HTTPServer) -> None:
    rules = packed_zeros(500, b"User-agent: *\nDisallow: /reports/\n")
    httpserver.expect_request("/robots.txt").respond_with_data(rules, headers={"Content-Encoding": "gzip"})
    with little_memory():
        assert failure(httpserver).kind == "disallowed"


def test_a_robots_txt_of_agents_times_rules_is_not_parsed(httpserver: HTTPServer) -> None:
    agents = "".join(f"User-agent: a{n}\n" for n in range(2_000))
    rules = "".join(f"Disallow: /{n}\n" for n in range(2_000))
    httpserver.expect_request("/robots.txt").respond_with_data(agents + rules)
    failed = failure(httpserver)
    assert failed.kind == "disallowed"
    assert "too long to be read: 2,000 agents, 2,000 other lines" in str(failed)


def test_a_robots_txt_with_a_byte_order_mark_is_obeyed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("\ufeffUser-agent: *\nDisallow: /reports/\n".encode())
    assert failure(httpserver).kind == "disallowed"


@pytest.mark.parametrize("delay", ["9000", "1e300", "inf"])
def test_a_site_that_asks_for_more_patience_than_there_is_is_given_up(httpserver: HTTPServer, delay: str) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data(f"User-agent: *\nCrawl-delay: {delay}\n")
    httpserver.expect_request("/reports/norvania/").respond_with_data("Police left.")
    if delay == "9000":
        assert "between two pages" in str(failure(httpserver))
    else:  # whatever is made of it, nobody waits
        with suppress(FetchError):
            assert fetched(httpserver) == b"Police left."


def test_what_is_waited_for_one_page_is_bounded_in_all(httpserver: HTTPServer, monkeypatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(polite.time, "sleep", slept.append)
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nCrawl-delay: 100\n")
    for n in range(9):
        place = {"Location": f"/reports/{n + 1}/"}
        httpserver.expect_request(f"/reports/{n}/").respond_with_data("", status=302, headers=place)
    httpserver.expect_request("/reports/9/").respond_with_data("Police left.")
    said = failure(httpserver, "https://www.example.org/reports/0/", attempts=5)
    assert "300 s are waited at most" in str(said)
    assert sum(slept) <= 300


def test_what_a_site_asks_to_come_back_after_is_bounded_in_all(site: HTTPServer, monkeypatch) -> None:
    site.expect_request("/reports/norvania/").respond_with_data("", status=503, headers={"Retry-After": "1"})
    said = failure(site, attempts=9, patience=2.5)
    assert "(3 tries" in str(said)


@pytest.mark.parametrize("said", ["²", "-5", "9" * 400, "Fri, 31 Dec 99999 23:59:59 GMT", "soon", "1e9", ""])
def test_an_odd_retry_after_is_a_failure_of_that_page(site: HTTPServer, said: str) -> None:
    headers = {"Retry-After": said.encode().decode("latin-1")}
    site.expect_request("/reports/norvania/").respond_with_data("", status=503, headers=headers)
    assert failure(site).kind == "busy"


@pytest.mark.parametrize("announced", ["²", "99999999999999999999", "-1", "x"])
def test_an_odd_length_is_no_other_error(site: HTTPServer, announced: str) -> None:
    site.expect_request("/reports/norvania/").respond_with_data(
        "Police left.", headers={"Content-Length": announced.encode().decode("latin-1")}
    )
    with suppress(FetchError):
        fetched(site)


@pytest.mark.parametrize(
    "to",
    [
        "http://www.example.org/reports/norvania/",
        "http://127.0.0.1/",
        "https://127.0.0.1:8443/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[2002:7f00:1::]/",
        "https://localhost/",
        "https://printer.local/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://192.168.0.1/",
        "file:///etc/passwd",
        "ftp://www.example.org/",
        "javascript:alert(1)",
        "//[",
        "https://www.example.org:99999/",
        "https://" + "a" * 300 + "/",
        "https://xn--\udcff/",
        "/" + "a" * 5_000,
        "",
    ],
)
def test_a_redirect_that_leads_where_it_should_not_is_refused(to: str) -> None:
    answer = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: %s\r\n\r\n"
    with (
        serving(
            lambda asked: ABSENT if b"robots.txt" in asked else [answer % to.encode("utf-8", "surrogateescape")]
        ) as address,
        Fetcher(Manners(site=address, **ONCE)) as fetcher,
        pytest.raises(FetchError) as caught,
    ):
        fetcher.get(PAGE)
    assert caught.value.kind in ("broken", "refused", "unreachable")
    assert PAGE in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["http://[::1", "https://www.example.org:99999/", "https://a..b/", "nosuch://x/", "https:///", "\x00", "x"],
)
def test_an_odd_address_is_an_error_of_that_page(address: str) -> None:
    with Fetcher(Manners(**ONCE)) as fetcher, pytest.raises(FetchError):
        fetcher.get(address)


@pytest.mark.parametrize("site", ["http://[::1", "x", "ftp://x", "https://", "http://a:port"])
def test_an_odd_mirror_is_refused_by_its_option(site: str) -> None:
    with pytest.raises(DiffingError, match="--site"):
        Fetcher(Manners(site=site))


DRIPS: dict[str, Callable[[int], bytes]] = {
    "status line": lambda n: b"H",
    "headers": lambda n: b"HTTP/1.1 200 OK\r\n" if n == 0 else b"X-%d: 1\r\n" % n,
    "body": lambda n: b"HTTP/1.1 200 OK\r\n\r\n" if n == 0 else b"x",
}


@pytest.mark.parametrize("what", DRIPS)
@pytest.mark.parametrize("of", ["robots.txt", "page"])
def test_a_site_that_answers_drop_by_drop_is_left_at_the_deadline(what: str, of: str, monkeypatch) -> None:
    """Each drop comes in time; all of them together do not."""
    monkeypatch.setattr(polite, "MAX_PAGE_SECONDS", 0.5)
    drops = (DRIPS[what](number) for number in range(200))
    with (
        serving(lambda asked: ABSENT if of == "page" and b"robots.txt" in asked else drops) as address,
        Fetcher(Manners(site=address, **ONCE)) as fetcher,
        pytest.raises(FetchError) as caught,
    ):
        fetcher.get(PAGE)
    assert re.search("not all there|timed out", str(caught.value))


def test_the_deadline_of_a_page_is_that_of_its_redirects_and_robots_txt_together(monkeypatch) -> None:
    monkeypatch.setattr(polite, "MAX_PAGE_SECONDS", 0.5)
    asked: list[bytes] = []

    def answer(request: bytes) -> Iterator[bytes]:
        asked.append(request)
        time.sleep(0.2)
        if b"robots.txt" in request:
            yield from ABSENT
            return
        yield b"HTTP/1.1 302 x\r\nLocation: /%d\r\nContent-Length: 0\r\n\r\n" % len(asked)

    with (
        serving(answer) as address,
        Fetcher(Manners(site=address, **ONCE)) as fetcher,
        pytest.raises(FetchError, match=r"not all there|timed out"),
    ):
        fetcher.get(PAGE)
    assert len(asked) <= 4  # ten redirects may be followed


def test_a_circle_of_redirects_ends(site: HTTPServer) -> None:
    site.expect_request(re.compile("/reports/.*")).respond_with_handler(
        lambda request: Response("", 302, {"Location": f"{request.path}x"})
    )
    assert "in a circle" in str(failure(site))


@pytest.mark.parametrize("kind", ["another version", "no database", "a folder", "no place", "a pipe beside it"])
def test_a_cache_that_cannot_be_used_is_let_be_and_said(site: HTTPServer, tmp_path: Path, kind: str, capfd) -> None:
    site.expect_request("/reports/norvania/").respond_with_data(b"Police left.")
    cache = tmp_path / "pages.db"
    if kind == "another version":
        with closing(sqlite3.connect(cache)) as database:
            database.execute("CREATE TABLE entries (mine)")
    elif kind == "no database":
        cache.write_bytes(b"\x1b]0;mine\x07" * 1_000)
    elif kind == "a folder":
        cache.mkdir()
    elif kind == "a pipe beside it":  # SQLite would wait for it, and no signal ends that
        cache.touch()
        os.mkfifo(tmp_path / "pages.db-journal")
    else:
        (tmp_path / "file").write_text("mine")
        cache = tmp_path / "file" / "pages.db"
    told: list[str] = []
    with Fetcher(Manners(site=site.url_for(""), **ONCE), cache, told.append) as fetcher:
        assert fetcher.get(PAGE).content == b"Police left."
    assert told == [] if kind == "no database" else "can't be used" in told[0]
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("damage", ["DELETE FROM streams", "UPDATE streams SET chunk_data = 'abc'"])
def test_what_is_damaged_in_the_cache_of_pages_is_asked_for_and_made_again(site: HTTPServer, tmp_path, damage) -> None:
    site.expect_request("/reports/norvania/").respond_with_data(b"Police left.")
    cache = tmp_path / "pages.db"
    assert fetched(site, cache=cache) == b"Police left."
    with closing(sqlite3.connect(cache, isolation_level=None)) as database:
        database.execute(damage)
    told: list[str] = []
    for _ in range(2):
        with Fetcher(Manners(site=site.url_for(""), **ONCE), cache, told.append) as fetcher:
            assert fetcher.get(PAGE).content == b"Police left."
            assert fetcher.get(PAGE, again=True).content == b"Police left."
    assert ["can't be used" in line for line in told] == [True]


def test_what_is_sent_behind_the_end_of_a_packed_page_is_not_waited_for() -> None:
    packed = gzip.compress(b"Police left.")
    endless = iter(lambda: b"x" * 1_000, None)
    assert b"".join(network._unpacked(chain([packed], endless), "gzip", 1_000)) == b"Police left."
