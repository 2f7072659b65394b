"""The network with manners and a guard: robots.txt, the pause, a deadline, and no way into one's own network.

    transport = polite_transport(httpx, protego, manners)

It lies under the cache, so that what the cache answers waits for nothing. A stranger's server says what it likes: how
long a page takes from its first word to its last, how much it unpacks to and where it leads are decided here.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
import zlib
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

from diffing.model import DiffingError

if TYPE_CHECKING:
    import httpx

    from diffing.corpus.fetching import Manners

MAX_PAGE_BYTES = 20_000_000
"""Bytes a page may have, as sent and when unpacked. Default 20 MB, forty times the longest country page seen; a higher
limit only lets a stranger's server fill the memory."""

MAX_PAGE_SECONDS = 120.0
"""Seconds from asking for a page to its last byte, its headers included. Default two minutes: a slow line needs ten
seconds; without a limit a server that sends one byte a minute holds the run for ever."""

ROBOTS_REDIRECTS = 5
"""Redirects followed to a robots.txt. Range 0 to 20; default 5, as RFC 9309 asks; fewer miss what a site forbids."""

ROBOTS_BYTES = 500_000
"""Bytes of a robots.txt that are read. Range 1,000 to 1,000,000; default 500 kB, the least that RFC 9309 asks for."""

LONGEST_ADDRESS = 2_000
"""Characters of an address. Range 500 to 10,000; the longest of a report's page has 120."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
PIECE = 65_536  # bytes that are unpacked at a time


class FetchError(DiffingError):
    """A page that could not be had whole. `kind`: missing, refused, disallowed, broken, busy or unreachable."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class PassingError(Exception):
    """A failure that may pass: tried again."""

    def __init__(self, why: str, kind: str, after: float | None = None, most: int = 1000) -> None:
        super().__init__(why)
        self.kind = kind
        self.after = after
        self.most = most  # tries, for a failure that rarely passes


# --- what is sent ------------------------------------------------------------------------------------------------


def body_of(response: httpx.Response, most: int, *, cut: bool = False) -> bytes:
    """The body, unpacked, with at most `most` bytes: one that has more is cut short, or refused.

    Raises `FetchError` for one that is too long or packed in another way than gzip or deflate, once.
    """
    announced = response.headers.get("content-length", "")
    if re.fullmatch(r"[0-9]{1,18}", announced) and int(announced) > most and not cut:
        raise FetchError(f"{response.url}: {int(announced):,} bytes are announced, too many", "broken")
    packed = response.headers.get("content-encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"{response.url}: packed as {packed[:40]!r}, which was not asked for", "broken")
    chunks: list[bytes] = []
    size = 0
    for chunk in _unpacked(response.iter_raw(PIECE), packed, most):
        size += len(chunk)
        chunks.append(chunk)
        if size > most:
            if cut:
                break
            raise FetchError(f"{response.url}: over {most:,} bytes", "broken")
    return b"".join(chunks)[:most]


def _unpacked(sent: Iterable[bytes], packed: str, most: int) -> Iterator[bytes]:
    """What was sent, unpacked piece by piece: no piece is larger than asked for, whatever it was packed from."""
    if packed in ("", "identity"):
        yield from sent
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | (16 if "gzip" in packed else 0))
    try:
        for chunk in sent:
            yield unpacker.decompress(chunk, PIECE)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, PIECE)
        yield unpacker.flush(PIECE)
    except zlib.error as error:
        raise PassingError(f"no whole answer: it can't be unpacked ({error})", "broken") from error
    if not unpacker.eof:
        raise PassingError("no whole answer: its end is missing", "broken")


def retry_after(response: httpx.Response) -> float | None:
    """The seconds after which the site asks to come back, or None where it says nothing that can be read."""
    said = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


# --- where it leads ----------------------------------------------------------------------------------------------


def is_own_network(host: str) -> bool:
    """Whether a host is this machine or one of a network of one's own, by its name or by any of its addresses."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa")):
        return True
    try:
        return not _is_public(name)
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False  # it can't be reached at all, which is said when it is tried
    return any(not _is_public(str(place[4][0])) for place in found)


def _is_public(address: str) -> bool:
    place = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address) and place.ipv4_mapped is not None:
        place = place.ipv4_mapped
    return place.is_global and not place.is_multicast


def next_address(response: httpx.Response, first: httpx.URL) -> httpx.URL:
    """Where a redirect leads, asked for on behalf of `first`.

    Raises `FetchError` where that is no page of the web, gives up the encryption, or leads from a public host into
    somebody's own network.
    """
    try:
        url = response.url.join(response.headers["location"])
        host = url.host
    except Exception as error:  # what it is made of is the site's to say
        raise FetchError(f"{first}: redirected to no address that can be fetched", "broken") from error
    if url.scheme not in ("http", "https") or not host or len(str(url)) > LONGEST_ADDRESS:
        raise FetchError(f"{first}: redirected to {str(url)[:100]!r}, no page of the web", "broken")
    if response.url.scheme == "https" and url.scheme == "http":
        raise FetchError(f"{first}: redirected from https to http, which anybody on the way can change", "broken")
    if host != first.host and is_own_network(host) and not is_own_network(first.host):
        raise FetchError(f"{first}: redirected into a network that is not public ({host[:100]})", "broken")
    return url.copy_with(fragment=None)


class _Deadlines:
    """The time by which all of a page must be there: each reading from the network gets what is left of it.

    A limit of each reading alone is none for a server that sends a byte a minute.
    """

    def __init__(self) -> None:
        self._end = float("inf")

    def start(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def over(self, backend: Any) -> Any:
        """A backend of httpcore as `backend`, within the deadline."""
        import httpcore

        def left(timeout: float | None) -> float:
            rest = self._end - time.monotonic()
            if rest <= 0:
                raise httpcore.ReadTimeout(f"not all there after {MAX_PAGE_SECONDS:.0f} s")
            return rest if timeout is None else min(rest, timeout)

        class Stream(httpcore.NetworkStream):  # type: ignore[misc]  # httpcore comes with the extra packages
            def __init__(self, inner: Any) -> None:
                self._inner = inner

            def read(self, max_bytes: int, timeout: float | None = None) -> Any:
                return self._inner.read(max_bytes, left(timeout))

            def write(self, buffer: bytes, timeout: float | None = None) -> None:
                self._inner.write(buffer, left(timeout))

            def close(self) -> None:
                self._inner.close()

            def start_tls(self, *given: Any, timeout: float | None = None, **named: Any) -> Any:
                return Stream(self._inner.start_tls(*given, timeout=left(timeout), **named))

            def get_extra_info(self, info: str) -> Any:
                return self._inner.get_extra_info(info)

        class Backend(httpcore.NetworkBackend):  # type: ignore[misc]
            def connect_tcp(self, host: str, port: int, timeout: float | None = None, **named: Any) -> Any:
                return Stream(backend.connect_tcp(host, port, timeout=left(timeout), **named))

            def connect_unix_socket(self, *given: Any, **named: Any) -> Any:
                return Stream(backend.connect_unix_socket(*given, **named))

            def sleep(self, seconds: float) -> None:
                time.sleep(seconds)

        return Backend()


def site_of(httpx: Any, manners: Manners) -> Any:
    """The mirror that takes the place of every host, or None; raises `DiffingError` where it is no address."""
    if not manners.site:
        return None
    try:
        url = httpx.URL(manners.site)
        right = url.scheme in ("http", "https") and bool(url.host)
    except Exception as error:
        raise DiffingError(f"--site {manners.site}: no address: give it as https://host[:port]") from error
    if not right:
        raise DiffingError(f"--site {manners.site}: no address: give it as https://host[:port]")
    return url


def polite_transport(httpx: Any, protego: Any, manners: Manners) -> Any:
    """The network with manners: the pause, robots.txt (for redirects too), the mirror, the deadline."""
    site = site_of(httpx, manners)
    deadlines = _Deadlines()

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
            delay = float(robots.crawl_delay(manners.user_agent) or 0)
            if delay > manners.patience:
                why = f"robots.txt of {origin} asks for {delay:,.0f} s between two pages"
                raise FetchError(f"{request.url}: {why}; {manners.patience:.0f} s are waited at most", "disallowed")
            self._pause = max(manners.pause, delay if delay > 0 else 0.0)
            return self._send(request)

        def _send(self, request: httpx.Request) -> httpx.Response:
            time.sleep(max(0.0, self._free_at - time.monotonic()))
            deadlines.start(MAX_PAGE_SECONDS)
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
                self._networks[proxy] = network = httpx.HTTPTransport(proxy=proxy)
                pool = network._pool  # httpx has no other way to say how bytes are read
                pool._network_backend = deadlines.over(pool._network_backend)
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
