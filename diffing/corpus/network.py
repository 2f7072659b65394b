"""What a site says and sends is bounded, and where it leads is looked at.

A stranger's server says what it likes: how much a page unpacks to and where it leads are decided here; how long it may
take, and what `robots.txt` asks, in `polite`.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from diffing.corpus.manners import Manners
from diffing.model import DiffingError

if TYPE_CHECKING:
    import httpx

MAX_PAGE_BYTES = 20_000_000
"""Bytes a page may have, as sent and when unpacked. Default 20 MB, forty times the longest country page seen; a higher
limit only lets a stranger's server fill the memory."""

LONGEST_ADDRESS = 2_000
"""Characters of an address. Range 500 to 10,000; the longest of a report's page has 120."""

LOOKING_SECONDS = 10.0
"""Seconds in which a name that a page leads to must be found. Range 5 to 30; one that takes longer is asked in vain."""

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
            if unpacker.eof:
                return  # what is sent behind the end is nothing, and may have none
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


# Addresses of the older kind within those of the newer: as a gateway writes them, and as one once did.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# A gateway of one's own, and what was one's own network once.
_OWN = tuple(map(ipaddress.IPv6Network, ("64:ff9b:1::/48", "fec0::/10")))


# Names that mean public addresses, as was found or said before: they lead into no network of one's own from then on.
_known_public: set[str] = set()


def is_own_network(host: str) -> bool:
    """Whether a host is this machine or one of a network of one's own, by its name or by any of its addresses."""
    name = _name(host)
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa")):
        return True
    if name in _known_public:
        return False
    with suppress(ValueError):
        return not _is_public(name)
    try:
        return not all(map(_is_public, addresses_of(name, LOOKING_SECONDS)))
    except (OSError, UnicodeError):
        return False  # it can't be reached at all, which is said when it is tried


def addresses_of(host: str, seconds: float) -> list[str]:
    """The addresses of a host, those that may be asked; raises `OSError` where there are none in so many seconds.

    Of a name that means public addresses too, or once did, only these: who owns it may say another each time.
    """
    name = _name(host)
    found = _looked_up(name, seconds)
    public = [address for address in found if _is_public(address)]
    if not public and name not in _known_public:
        return found
    if not public:
        raise OSError(f"{name[:100]} was public and leads into a network that is not")
    _known_public.add(name)
    return public


def _looked_up(name: str, seconds: float) -> list[str]:
    """What the resolver says, which has no limit of time of its own: left where it is when the time is over."""
    told: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look() -> None:
        try:
            found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
            told.put(list(dict.fromkeys(str(place[4][0]) for place in found)))
        except Exception as error:  # which is raised where it is waited for
            told.put(error)

    threading.Thread(target=look, daemon=True).start()
    try:
        found = told.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise TimeoutError(f"{name[:100]} was not found in {seconds:.0f} s") from None
    if isinstance(found, Exception):
        raise found
    return found


def _name(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _is_public(address: str) -> bool:
    place = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address):
        if any(place in network for network in _OWN):
            return False
        within = any(place in network for network in _TRANSLATED)
        translated = ipaddress.IPv4Address(int(place) & 0xFFFFFFFF) if within else None
        place = place.ipv4_mapped or place.sixtofour or translated or place
    return place.is_global and not place.is_multicast


def next_address(response: httpx.Response, first: httpx.URL) -> httpx.URL:
    """Where a redirect leads, asked for on behalf of `first`; raises `FetchError` as `address_led_to` does."""
    return address_led_to(response.headers["location"], response.url, first, "redirected")


def address_led_to(said: str, source: httpx.URL, first: httpx.URL, how: str) -> httpx.URL:
    """Where the page `source`, asked for on behalf of `first`, leads by what is said in it; `how` is for messages.

    Raises `FetchError` where that is no page of the web, gives up the encryption, or leads from a public host into
    somebody's own network.
    """
    try:
        url = source.join(said)
        host, before = (one.raw_host.decode("ascii") for one in (url, first))  # as they are asked: "faß.de" is another
    except Exception as error:  # what it is made of is the site's to say
        raise FetchError(f"{first}: {how} to no address that can be fetched", "broken") from error
    if url.scheme not in ("http", "https") or not host or len(str(url)) > LONGEST_ADDRESS:
        raise FetchError(f"{first}: {how} to {str(url)[:100]!r}, no page of the web", "broken")
    if source.scheme == "https" and url.scheme == "http":
        raise FetchError(f"{first}: {how} from https to http, which anybody on the way can change", "broken")
    if host != before and is_own_network(host):
        if not is_own_network(before):
            raise FetchError(f"{first}: {how} into a network that is not public ({host[:100]})", "broken")
    elif host != before:
        _known_public.add(_name(host))  # whatever its name says when it is asked
    return url.copy_with(fragment=None)


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
