"""Fetches pages politely, and whole: one at a time, with a pause, within robots.txt, again after a failure that passes.

    with Fetcher(Manners(pause=2.0), cache=folder / "pages.db") as fetcher:
        page = fetcher.get("https://www.example.org/reports/2020/norvania/", looks_whole)

What comes back was answered with 200, has as many bytes as announced, and `looks_whole` found nothing wrong with it;
anything else is a `FetchError` that says which of these failed. Needs the extra ``download``.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

from diffing.model import DiffingError, OutputError

if TYPE_CHECKING:
    import httpx

MAX_PAGE_BYTES = 20_000_000
"""Bytes a page may have when unpacked. Default 20 MB, forty times the longest country page seen; a higher limit only
lets a stranger's server fill the memory."""

MAX_PAGE_SECONDS = 120.0
"""Seconds from the first byte of a page to its last. Default two minutes: a slow line needs ten seconds; without a
limit a server that sends one byte a minute holds the run for ever."""

CACHE_SECONDS = 7 * 24 * 3600
"""How long a page in the cache answers for the site. Default a week: published reports rarely change, and a run that
is taken up again the next day must not ask twice. `--again` asks anew."""

CONNECT_TRIES = 2
"""Tries where no connection comes about. Range 1 to 5; default 2: mostly the machine is offline, and a user who waits
a minute to be told so is not served."""

ROBOTS_REDIRECTS = 5
"""Redirects followed to a robots.txt. Range 0 to 20; default 5, as RFC 9309 asks; fewer miss what a site forbids."""

ROBOTS_BYTES = 500_000
"""Bytes of a robots.txt that are read. Range 1,000 to 1,000,000; default 500 kB, the least that RFC 9309 asks for."""

_BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) diffing/0.1"
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


@dataclass(frozen=True, slots=True)
class Manners:
    """How a site is asked. All times in seconds.

    `pause` lies between two requests to the network (robots.txt can ask for a longer one); a failure that passes is
    tried `attempts` times in all, first after `backoff` and each time after twice as long, or after what the site
    says in Retry-After, unless that is longer than `patience`. `site` takes the place of every address's scheme and
    host: a mirror. The user agent begins like a browser's because state.gov answers 403 to any other.
    """

    pause: float = 2.0
    attempts: int = 5
    backoff: float = 2.0
    patience: float = 300.0
    timeout: float = 30.0
    site: str | None = None
    user_agent: str = _BROWSER


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was sent: `address` is where it was found in the end, after redirects."""

    address: str
    content: bytes
    content_type: str
    cached: bool = False


class FetchError(DiffingError):
    """A page that could not be had whole. `kind`: missing, refused, disallowed, broken, busy or unreachable."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class _Passing(Exception):
    """A failure that may pass: tried again."""

    def __init__(self, why: str, kind: str, after: float | None = None, most: int = 1000) -> None:
        super().__init__(why)
        self.kind = kind
        self.after = after
        self.most = most  # tries, for a failure that rarely passes


class Fetcher:
    """One polite client; a context manager. `cache` is the file of its cache on disk, None for none.

    `told` is called with a line whenever a page is tried again. Raises `DiffingError` where the extra is missing.
    """

    def __init__(self, manners: Manners, cache: Path | None = None, told: Callable[[str], None] | None = None) -> None:
        httpx, hishel, cached_transport, protego, _stamina = _libraries()
        self._manners = manners
        self._told = told or (lambda line: None)
        self._polite = _polite_transport(httpx, protego, manners)
        self._storage: Any = None
        transport = self._polite
        if cache is not None:
            try:
                cache.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(f"{cache.parent}: can't be made: {error.strerror}") from error
            self._storage = hishel.SqliteStorage(database_path=cache, default_ttl=CACHE_SECONDS)
            transport = cached_transport(next_transport=self._polite, storage=self._storage)
        self._client = httpx.Client(
            transport=transport,
            follow_redirects=True,
            timeout=manners.timeout,
            headers={"User-Agent": manners.user_agent, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"},
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(
        self, address: str, faults: Callable[[Page], str | None] = lambda page: None, *, again: bool = False
    ) -> Page:
        """The page at `address`, when `faults` (what is wrong with it, or None) finds it whole.

        `again` asks the site even where the cache knows the page. Raises `FetchError`.
        """
        _httpx, _hishel, _cached, _protego, stamina = _libraries()
        manners, tries = self._manners, 0
        if again:
            self._forget(address)

        def worth_another(error: Exception) -> bool | float:
            nonlocal tries
            if not isinstance(error, _Passing):
                return False
            tries += 1
            if tries >= min(manners.attempts, error.most) or (error.after or 0) > manners.patience:
                return False
            wait = error.after if error.after is not None else manners.backoff * 2 ** (tries - 1)
            wait += random.uniform(0, manners.backoff / 4)  # so that two users do not come back together
            self._told(f"{address}: {error}; again in {wait:.0f} s")
            return wait

        try:
            for attempt in stamina.retry_context(on=worth_another, attempts=None, timeout=None):
                with attempt:
                    return self._once(address, faults)
        except _Passing as error:
            asked = f", and asks to come back in {error.after:.0f} s" if error.after is not None else ""
            raise FetchError(f"{address}: {error} ({tries} tries{asked})", error.kind) from error
        raise AssertionError("unreachable: the loop returns or raises")

    def _once(self, address: str, faults: Callable[[Page], str | None]) -> Page:
        httpx, *_ = _libraries()
        try:
            with self._client.stream("GET", address, extensions={"caching": {"key": address}}) as response:
                self._check_status(address, response)
                body = _body(response)
                cached = bool(getattr(response.extensions.get("caching"), "from_cache", False))
                page = Page(str(response.url), body, response.headers.get("content-type", ""), cached)
        except httpx.TooManyRedirects as error:
            raise FetchError(f"{address}: redirected in a circle", "broken") from error
        except httpx.ConnectError as error:
            raise _Passing(f"no connection ({error})", "unreachable", most=CONNECT_TRIES) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            why = str(error) or type(error).__name__
            kind = "broken" if isinstance(error, httpx.RemoteProtocolError) else "unreachable"
            raise _Passing(f"no whole answer: {why}", kind) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise FetchError(f"{address}: no address that can be fetched: {error}", "broken") from error
        fault = faults(page)
        if fault is not None:
            self._forget(address)
            raise _Passing(f"not stored: {fault}", "broken")
        return page

    def _check_status(self, address: str, response: httpx.Response) -> None:
        status = response.status_code
        if status in _PASSING:
            raise _Passing(f"the site answered {status}", "busy", _retry_after(response))
        if status in (404, 410):
            raise FetchError(f"{address}: not there ({status})", "missing")
        if status != 200:
            raise FetchError(f"{address}: the site refused it ({status})", "refused")

    def _forget(self, address: str) -> None:
        if self._storage is not None:
            for entry in self._storage.get_entries(address):
                self._storage.remove_entry(entry.id)


def _body(response: httpx.Response) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > MAX_PAGE_BYTES:
        raise FetchError(f"{response.url}: {int(announced):,} bytes are announced, too many", "broken")
    chunks, size, begun = [], 0, time.monotonic()
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > MAX_PAGE_BYTES:
            raise FetchError(f"{response.url}: over {MAX_PAGE_BYTES:,} bytes", "broken")
        if time.monotonic() - begun > MAX_PAGE_SECONDS:
            raise _Passing(f"not all there after {MAX_PAGE_SECONDS:.0f} s", "unreachable")
        chunks.append(chunk)
    return b"".join(chunks)


def _beginning(response: httpx.Response, most: int) -> bytes:
    begun = b""
    for chunk in response.iter_bytes():
        begun += chunk
        if len(begun) >= most:
            break
    return begun[:most]


def _retry_after(response: httpx.Response) -> float | None:
    said = response.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _polite_transport(httpx: Any, protego: Any, manners: Manners) -> Any:
    """The network with manners: the pause, robots.txt (for redirects too), the mirror.

    It lies under the cache, so that what the cache answers waits for nothing.
    """
    site = httpx.URL(manners.site) if manners.site else None

    class Polite(httpx.BaseTransport):  # type: ignore[misc]  # a base that is imported only when needed
        def __init__(self) -> None:
            self._networks: dict[str | None, Any] = {}
            self._proxies = getproxies()
            self._robots: dict[str, Any] = {}
            self._pause = manners.pause
            self._free_at = 0.0

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            origin = f"{request.url.scheme}://{request.url.netloc.decode()}"
            if origin not in self._robots:
                self._robots[origin] = self._read_robots(origin, request)
            robots = self._robots[origin]
            if not robots.can_fetch(str(request.url), manners.user_agent):
                raise FetchError(f"{request.url}: robots.txt of {origin} asks not to fetch it", "disallowed")
            self._pause = max(manners.pause, float(robots.crawl_delay(manners.user_agent) or 0))
            return self._send(request)

        def _send(self, request: httpx.Request) -> httpx.Response:
            time.sleep(max(0.0, self._free_at - time.monotonic()))
            try:
                placed = _at_site(request)
                return self._network(placed).handle_request(placed)
            finally:
                self._free_at = time.monotonic() + self._pause

        def _network(self, request: httpx.Request) -> Any:
            """The way to a host: through the proxy that the environment names, or direct."""
            proxy = self._proxies.get(request.url.scheme) or self._proxies.get("all")
            if proxy and proxy_bypass(request.url.host):
                proxy = None
            if proxy not in self._networks:
                self._networks[proxy] = httpx.HTTPTransport(proxy=proxy)
            return self._networks[proxy]

        def _read_robots(self, origin: str, request: httpx.Request) -> Any:
            url, text = httpx.URL(f"{origin}/robots.txt"), ""
            for _redirect in range(ROBOTS_REDIRECTS + 1):
                ask = httpx.Request("GET", url, headers=request.headers)
                ask.headers["Host"] = url.netloc.decode()
                ask.extensions = {"timeout": request.extensions.get("timeout", {})}
                response = self._send(ask)
                try:
                    if response.status_code in _PASSING:
                        why = f"robots.txt of {origin} answered {response.status_code}"
                        raise _Passing(why, "busy", _retry_after(response))
                    if response.status_code == 200:
                        text = _beginning(response, ROBOTS_BYTES).decode("utf-8", "replace")
                finally:
                    response.close()
                if not response.has_redirect_location:
                    break
                url = url.join(response.headers["location"])
            # None (4xx) means that nothing is forbidden.
            return protego.Protego.parse(text)

        def close(self) -> None:
            for network in self._networks.values():
                network.close()

    def _at_site(request: Any) -> Any:
        if site is None:
            return request
        url = request.url.copy_with(scheme=site.scheme, host=site.host, port=site.port)
        moved = httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)
        moved.headers["Host"] = site.netloc.decode()
        return moved

    return Polite()


def _libraries() -> tuple[Any, Any, Any, Any, Any]:
    """httpx, hishel, its transport, protego, stamina: imported here, since only downloads need them."""
    try:
        import hishel
        import httpx
        import protego
        import stamina
        from hishel.httpx import CacheTransport
    except ImportError as error:
        raise DiffingError(
            f"downloading needs the extra packages ({error.name} is missing): use `make corpus FAMILY=tip YEAR=2020`, "
            "or pip install '.[download]' in the project's folder"
        ) from error
    for name in ("stamina", "httpx"):  # their log lines are for programs that set up logging; a user has `told`
        if not logging.getLogger(name).handlers:
            logging.getLogger(name).addHandler(logging.NullHandler())
    return httpx, hishel, CacheTransport, protego, stamina
