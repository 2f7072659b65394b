"""Fetches pages politely, and whole: one at a time, with a pause, within robots.txt, again after a failure that passes.

    with Fetcher(Manners(pause=2.0), cache=pages_of(folder)) as fetcher:
        page = fetcher.get("https://www.example.org/reports/2020/norvania/", looks_whole)

What comes back was answered with 200, has as many bytes as announced, and `looks_whole` found nothing wrong with it;
anything else is a `FetchError` that says which of these failed. Needs the extra ``download``.
"""

from __future__ import annotations

import logging
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from diffing.corpus.manners import Manners
from diffing.corpus.network import (
    MAX_PAGE_BYTES,
    PASSING,
    FetchError,
    PassingError,
    address_led_to,
    body_of,
    next_address,
    retry_after,
)
from diffing.model import DiffingError

if TYPE_CHECKING:
    import httpx

CACHE_SECONDS = 7 * 24 * 3600
"""How long a page in the cache answers for the site. Default a week: published reports rarely change, and a run that
is taken up again the next day must not ask twice. `--again` asks anew."""

MOST_REDIRECTS = 10
"""Redirects followed to a page. Range 1 to 20; a page that moved has two."""

CONNECT_TRIES = 2
"""Tries where no connection comes about. Range 1 to 5; default 2: mostly the machine is offline, and a user who waits
a minute to be told so is not served."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was sent: `address` is where it was found in the end, after redirects."""

    address: str
    content: bytes
    content_type: str
    cached: bool = False


class Fetcher:
    """One polite client; a context manager. `cache` is the file of its cache on disk, None for none.

    `told` is called with a line whenever a page is tried again. Raises `DiffingError` where the extra is missing.
    """

    def __init__(self, manners: Manners, cache: Path | None = None, told: Callable[[str], None] | None = None) -> None:
        _httpx, hishel, cached_transport, _stamina = _libraries()
        self._manners = manners
        self._told = told or (lambda line: None)
        from diffing.corpus.polite import Polite

        self._polite = Polite(manners)
        self._storage: Any = None
        self._cache = cache or Path()
        transport = self._polite
        if cache is not None:
            try:
                cache.parent.mkdir(parents=True, exist_ok=True)
                _check_files(cache)
                database = sqlite3.connect(cache, check_same_thread=False, isolation_level=None)
                storage = hishel.SqliteStorage(connection=database, default_ttl=CACHE_SECONDS)
                storage.get_entries("")  # which looks into it
            except (OSError, sqlite3.Error, RuntimeError) as error:  # the last is of another version
                self._told(f"{cache} can't be used, so every page is asked for: {error}")
            else:
                self._storage = storage
                transport = cached_transport(next_transport=self._polite, storage=storage)
        self._client = self._client_of(transport)

    def _client_of(self, transport: Any) -> Any:
        httpx, *_ = _libraries()
        return httpx.Client(
            transport=transport,
            follow_redirects=False,
            timeout=self._manners.timeout,
            headers={
                "User-Agent": self._manners.user_agent,
                "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
                "Accept-Encoding": "gzip",
            },
        )

    def _leave_cache(self, error: Exception) -> None:
        """Asks for every page from now on; a cache that is damaged is made again by the next run."""
        self._told(f"{self._cache} can't be used, so every page is asked for: {error}")
        with suppress(Exception):  # whatever is wrong with it
            self._storage.close()
        self._storage, self._client = None, self._client_of(self._polite)
        if not isinstance(error, sqlite3.OperationalError):  # as of a full disk
            for file in _files_of(self._cache):
                with suppress(OSError):
                    file.unlink()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        if self._storage is not None:
            self._storage.close()

    def get(
        self, address: str, faults: Callable[[Page], str | None] = lambda page: None, *, again: bool = False
    ) -> Page:
        """The page at `address`, when `faults` (what is wrong with it, or None) finds it whole.

        `again` asks the site even where the cache knows the page. Raises `FetchError`.
        """
        _httpx, _hishel, _cached, stamina = _libraries()
        manners, tries, asked_for = self._manners, 0, 0.0
        self._polite.begin_page()
        if again:
            self._forget(address)

        def worth_another(error: Exception) -> bool | float:
            nonlocal tries, asked_for
            if not isinstance(error, PassingError):
                return False
            tries, asked_for = tries + 1, asked_for + (error.after or 0)
            if tries >= min(manners.attempts, error.most) or asked_for > manners.patience:
                return False
            wait = error.after if error.after is not None else manners.backoff * 2 ** (tries - 1)
            wait += random.uniform(0, manners.backoff / 4)  # so that two users do not come back together
            self._told(f"{address}: {error}; again in {wait:.0f} s")
            return wait

        try:
            for attempt in stamina.retry_context(on=worth_another, attempts=None, timeout=None):
                with attempt:
                    return self._once(address, faults)
        except PassingError as error:
            asked = f", and asks to come back in {error.after:.0f} s" if error.after is not None else ""
            raise FetchError(f"{address}: {error} ({tries} tries{asked})", error.kind) from error
        raise AssertionError("unreachable: the loop returns or raises")

    def check_link(self, page: str, link: str) -> None:
        """Raises `FetchError` where a link of the page at `page` leads where no redirect may lead."""
        httpx, *_ = _libraries()
        try:
            url = httpx.URL(page)
        except httpx.InvalidURL as error:
            raise FetchError(f"{page}: no address that can be fetched: {error}", "broken") from error
        address_led_to(link, url, url, "a link leads")

    def _once(self, address: str, faults: Callable[[Page], str | None]) -> Page:
        httpx, *_ = _libraries()
        try:
            url = first = httpx.URL(address)
            asked: list[str] = []
            self._polite.begin_try()
            for _hop in range(MOST_REDIRECTS + 1):
                asked.append(str(url))
                with self._client.stream("GET", url, extensions={"caching": {"key": str(url)}}) as response:
                    if response.has_redirect_location:  # its body is not read
                        url = next_address(response, first)
                        continue
                    self._check_status(address, response)
                    body = body_of(response, MAX_PAGE_BYTES)
                    cached = bool(getattr(response.extensions.get("caching"), "from_cache", False))
                    page = Page(str(response.url), body, response.headers.get("content-type", ""), cached)
                    break
            else:
                raise FetchError(f"{address}: redirected in a circle", "broken")
        except httpx.ConnectError as error:
            raise PassingError(f"no connection ({error})", "unreachable", most=CONNECT_TRIES) from error
        except httpx.UnsupportedProtocol as error:
            raise FetchError(f"{address}: no address that can be fetched: {error}", "broken") from error
        except httpx.TransportError as error:
            why = str(error) or type(error).__name__
            kind = "broken" if isinstance(error, httpx.RemoteProtocolError) else "unreachable"
            raise PassingError(f"no whole answer: {why}", kind) from error
        except (httpx.InvalidURL, ValueError, OverflowError) as error:  # an odd host or port
            raise FetchError(f"{address}: no address that can be fetched: {error}", "broken") from error
        except (PassingError, DiffingError):
            raise
        except Exception as error:  # what a damaged cache raises is nobody's to foresee
            if self._storage is None:
                raise
            self._leave_cache(error)
            return self._once(address, faults)
        fault = faults(page)
        if fault is not None:
            for one in asked:
                self._forget(one)
            raise PassingError(f"not stored: {fault}", "broken")
        return page

    def _check_status(self, address: str, response: httpx.Response) -> None:
        status = response.status_code
        if status in PASSING:
            raise PassingError(f"the site answered {status}", "busy", retry_after(response))
        if status in (404, 410):
            raise FetchError(f"{address}: not there ({status})", "missing")
        if status != 200:
            raise FetchError(f"{address}: the site refused it ({status})", "refused")

    def _forget(self, address: str) -> None:
        if self._storage is None:
            return
        try:
            for entry in self._storage.get_entries(address):
                self._storage.remove_entry(entry.id)
        except Exception as error:  # as above
            self._leave_cache(error)


def _files_of(cache: Path) -> list[Path]:
    """The files that SQLite makes of a cache."""
    return [cache.with_name(f"{cache.name}{end}") for end in ("", "-journal", "-wal", "-shm")]


def _check_files(cache: Path) -> None:
    """Raises `OSError` where something else stands for one of a cache's files: SQLite waits for a pipe for ever."""
    for file in _files_of(cache):
        if os.path.lexists(file) and not file.is_file():
            raise OSError(f"{file.name} is no file")


def _libraries() -> tuple[Any, Any, Any, Any]:
    """httpx, hishel, its transport, stamina: imported here, since only downloads need them."""
    try:
        import hishel
        import httpx
        import protego  # noqa: F401  # which `polite` takes
        import stamina
        from hishel.httpx import CacheTransport
    except ImportError as error:
        raise DiffingError(
            f"downloading needs the extra packages ({error.name} is missing): use `make corpus FAMILY=tip YEAR=2020`, "
            "or pip install '.[download]' in the project's folder"
        ) from error
    for name in (
        "stamina",
        "httpx",
        "hishel",
    ):  # their log lines are for programs that set up logging; a user has `told`
        if not logging.getLogger(name).handlers:
            logging.getLogger(name).addHandler(logging.NullHandler())
    return httpx, hishel, CacheTransport, stamina
