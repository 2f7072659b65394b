"""The network with manners: `robots.txt`, the pause, one deadline for a page, a mirror. Needs the extra packages.

transport = Polite(Manners(pause=2.0))
"""

from __future__ import annotations

import time
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx
import protego

from diffing.corpus.manners import Manners
from diffing.corpus.network import (
    PASSING,
    FetchError,
    PassingError,
    addresses_of,
    body_of,
    next_address,
    retry_after,
    site_of,
)

MAX_PAGE_SECONDS = 120.0
"""Seconds from asking for a page to its last byte, its headers, redirects and their robots.txt included, what is waited
between them left out. Default two minutes: a slow line needs ten seconds; without a limit a server that sends one byte
a minute holds the run for ever."""

ROBOTS_REDIRECTS = 5
"""Redirects followed to a robots.txt. Range 0 to 20; default 5, as RFC 9309 asks; fewer miss what a site forbids."""

ROBOTS_BYTES = 500_000
"""Bytes of a robots.txt that are read. Range 1,000 to 1,000,000; default 500 kB, the least that RFC 9309 asks for."""

ROBOTS_PAIRS = 1_000_000
"""Groups of a robots.txt times its rules, as many as its parser may keep. Range 200,000 to 2,000,000; default a
million, five times the longest seen; that many take a second and 85 MB, and it grows with both."""


class Polite(httpx.BaseTransport):
    """The network with manners: the pause, robots.txt (for redirects too), the mirror, the deadline.

    It lies under the cache, so that what the cache answers waits for nothing.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._site = site_of(httpx, manners)
        self._deadlines = _Deadlines(manners)
        self._networks: dict[str | None, Any] = {}
        self._proxies = getproxies()
        self._robots: dict[str, Any] = {}
        self._pause = manners.pause
        self._free_at = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request, where `robots.txt` lets it be asked; raises `FetchError` where it does not."""
        manners = self._manners
        origin = f"{request.url.scheme}://{request.url.netloc.decode()}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin, request)
        robots = self._robots[origin]
        if not robots.can_fetch(str(request.url), manners.user_agent):
            raise FetchError(f"{request.url}: robots.txt of {origin} asks not to fetch it", "disallowed")
        delay = float(robots.crawl_delay(manners.user_agent) or 0)
        if delay > manners.patience:
            why = f"robots.txt of {origin} asks for {delay:,.0f} s between two pages"
            raise FetchError(f"{request.url}: {why}; {manners.patience:.0f} s are waited at most", "disallowed")
        self._pause = max(manners.pause, delay if delay > 0 else 0.0)
        return self._send(request)

    def begin_page(self) -> None:
        """Says that a page is asked for from now on: for all its tries so much is waited as patience allows."""
        self._deadlines.waited = 0.0

    def begin_try(self) -> None:
        """Says that a page is tried from now on: all that is asked for it shares one deadline."""
        self._deadlines.start(MAX_PAGE_SECONDS)

    def _send(self, request: httpx.Request) -> httpx.Response:
        self._deadlines.wait(self._free_at - time.monotonic())
        try:
            placed = self._at_site(request)
            answer: httpx.Response = self._network(placed).handle_request(placed)
            return answer
        finally:
            self._free_at = time.monotonic() + self._pause

    def _network(self, request: httpx.Request) -> Any:
        """The way to a host: through the proxy that the environment names, or direct."""
        proxy = self._proxies.get(request.url.scheme) or self._proxies.get("all")
        if proxy and proxy_bypass(request.url.host):
            proxy = None
        if proxy not in self._networks:
            self._networks[proxy] = network = httpx.HTTPTransport(proxy=proxy)
            pool = network._pool  # httpx has no other way to say how bytes are read
            pool._network_backend = _Backend(pool._network_backend, self._deadlines)
        return self._networks[proxy]

    def _read_robots(self, origin: str, request: httpx.Request) -> Any:
        first = url = httpx.URL(f"{origin}/robots.txt")
        text = ""
        for _redirect in range(ROBOTS_REDIRECTS + 1):
            ask = httpx.Request("GET", url, headers=request.headers)
            ask.headers["Host"] = url.netloc.decode()
            ask.extensions = {"timeout": request.extensions.get("timeout", {})}
            response = self._send(ask)
            try:
                if response.status_code in PASSING:
                    why = f"robots.txt of {origin} answered {response.status_code}"
                    raise PassingError(why, "busy", retry_after(response))
                if response.status_code == 200:
                    text = body_of(response, ROBOTS_BYTES, cut=True).decode("utf-8-sig", "replace")
            finally:
                response.close()
            if not response.has_redirect_location:
                break
            response.request = ask
            url = next_address(response, first)
        # None (4xx) means that nothing is forbidden.
        lines = [line.lstrip().lower() for line in text.splitlines()]
        agents = sum(line.startswith(("user-agent", "user agent", "useragent")) for line in lines)
        rules = len(lines) - agents
        if agents * rules > ROBOTS_PAIRS:
            why = f"robots.txt of {origin} is too long to be read: {agents:,} agents, {rules:,} other lines"
            raise FetchError(why, "disallowed")
        return protego.Protego.parse(text)

    def close(self) -> None:
        """Closes every way to a host."""
        for network in self._networks.values():
            network.close()

    def _at_site(self, request: httpx.Request) -> httpx.Request:
        site = self._site
        if site is None:
            return request
        url = request.url.copy_with(scheme=site.scheme, host=site.host, port=site.port)
        moved = httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)
        moved.headers["Host"] = site.netloc.decode()
        return moved


class _Deadlines:
    """The time by which all of a page must be there: each reading from the network gets what is left of it.

    A limit of each reading alone is none for a server that sends a byte a minute.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._end = float("inf")
        self.waited = 0.0  # for one page, beyond the user's own pauses

    def start(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def wait(self, seconds: float) -> None:
        """Waits out of politeness, which is not the site's fault; raises `FetchError` where that is too much."""
        seconds = max(0.0, seconds)
        self.waited += max(0.0, seconds - self._manners.pause)
        if self.waited > self._manners.patience:
            raise FetchError(
                f"its sites' robots.txt ask for {self.waited:,.0f} s between its redirects and tries; "
                f"{self._manners.patience:.0f} s are waited at most",
                "disallowed",
            )
        time.sleep(seconds)
        self._end += seconds

    def left(self, timeout: float | None) -> float:
        """The seconds that one reading may take; raises where there are none."""
        rest = self._end - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout(f"not all there after {MAX_PAGE_SECONDS:.0f} s")
        return rest if timeout is None else min(rest, timeout)


class _Stream(httpcore.NetworkStream):  # type: ignore[misc]  # httpcore is not looked into
    """A connection within the deadline."""

    def __init__(self, inner: Any, deadlines: _Deadlines) -> None:
        self._inner, self._deadlines = inner, deadlines

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read: bytes = self._inner.read(max_bytes, self._deadlines.left(timeout))
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadlines.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, *given: Any, timeout: float | None = None, **named: Any) -> _Stream:
        inner = self._inner.start_tls(*given, timeout=self._deadlines.left(timeout), **named)
        return _Stream(inner, self._deadlines)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):  # type: ignore[misc]
    """Opens connections within the deadline."""

    def __init__(self, inner: Any, deadlines: _Deadlines) -> None:
        self._inner, self._deadlines = inner, deadlines

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **named: Any) -> _Stream:
        """A connection to the first of a host's addresses that answers: a name may have thousands that do not."""
        try:
            addresses = addresses_of(host, self._deadlines.left(timeout))
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            left = self._deadlines.left(timeout)
            try:
                return _Stream(self._inner.connect_tcp(address, port, timeout=left, **named), self._deadlines)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def connect_unix_socket(self, *given: Any, **named: Any) -> _Stream:
        return _Stream(self._inner.connect_unix_socket(*given, **named), self._deadlines)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
