"""What the name of a host may lead to: thousands of addresses, none, one's own network, another one each time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import httpcore
import httpx
import pytest

from diffing.corpus import network, polite
from diffing.corpus.manners import Manners
from diffing.corpus.network import FetchError, is_own_network


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("8.8.8.8", False),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("fe80::1%eth0", True),
        ("64:ff9b::10.0.0.1", True),
        ("64:ff9b::8.8.8.8", False),
        ("2002:7f00:1::", True),
        ("fec0::1", True),
        ("64:ff9b:1::7f00:1", True),
        ("::127.0.0.1", True),
        ("::ffff:0:127.0.0.1", True),
        ("2001:4860:4860::8888", False),
    ],
)
def test_what_is_ones_own_network(host: str, own: bool) -> None:
    assert is_own_network(host) is own


def test_a_host_is_looked_up_as_it_is_asked(monkeypatch) -> None:
    """A name of other letters is written in two ways, of which the resolver knows the older one."""
    known = {"xn--fa-hia.example": "127.0.0.1"}

    def found(name: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (known.get(name.encode("idna").decode(), "93.184.216.34"), 0))]

    monkeypatch.setattr(network.socket, "getaddrinfo", found)
    request = httpx.Request("GET", "http://public.example/")
    answer = httpx.Response(302, headers={"location": "http://xn--fa-hia.example/"}, request=request)
    with pytest.raises(FetchError, match="a network that is not public"):
        network.next_address(answer, request.url)


def names(monkeypatch, *answers: Sequence[str]) -> None:
    """From now on all names mean these addresses, asked for the first time, the second, ..., the last for ever."""
    left = [list(answer) for answer in answers]

    def found(name: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (each, 0)) for each in (left.pop(0) if len(left) > 1 else left[0])]

    monkeypatch.setattr(network.socket, "getaddrinfo", found)
    monkeypatch.setattr(network, "_known_public", set())


def connected(monkeypatch, connect: Callable[[str, float], None], host: str = "many.example") -> list[str]:
    """The addresses at which a host is asked, where `connect` says what each does in so many seconds."""
    asked: list[str] = []

    class Inner:
        def connect_tcp(self, address: str, port: int, timeout: float) -> None:
            asked.append(address)
            connect(address, timeout)

    deadlines = polite._Deadlines(Manners())
    deadlines.start(0.5)
    with suppress(httpcore.TimeoutException, httpcore.ConnectError):
        polite._Backend(Inner(), deadlines).connect_tcp(host, 80, timeout=0.2)
    return asked


def silent(address: str, seconds: float) -> None:
    time.sleep(seconds)
    raise httpcore.ConnectTimeout("nobody answers")


def test_a_host_with_thousands_of_addresses_is_left_at_the_deadline(monkeypatch) -> None:
    """Each is asked for as long as one may take, and all of them together are not."""
    names(monkeypatch, [f"93.184.{n // 250}.{1 + n % 250}" for n in range(4_000)])
    assert len(connected(monkeypatch, silent)) <= 4


def test_of_a_hosts_addresses_the_first_that_answers_is_taken(monkeypatch) -> None:
    def second(address: str, seconds: float) -> None:
        if not address.endswith(".2"):
            raise httpcore.ConnectError("refused")

    names(monkeypatch, ["93.184.216.1", "93.184.216.2", "93.184.216.3"])
    assert connected(monkeypatch, second) == ["93.184.216.1", "93.184.216.2"]


def test_a_name_that_is_looked_up_without_end_is_left_at_the_deadline(monkeypatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: over.wait(30) and [])
    began = time.monotonic()
    assert connected(monkeypatch, silent) == []
    assert time.monotonic() - began < 5
    over.set()


def led(to: str, host: str) -> None:
    request = httpx.Request("GET", f"http://{host}/")
    network.next_address(httpx.Response(302, headers={"location": to}, request=request), request.url)


def test_a_name_that_was_public_when_looked_at_leads_to_no_other_address_when_asked(monkeypatch) -> None:
    names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    led("http://turns.example/", "public.example")
    assert connected(monkeypatch, silent, "turns.example") == []


def test_a_name_that_was_asked_in_public_leads_to_no_other_address_later(monkeypatch) -> None:
    """No redirect to another name is needed: the second page of the same host is enough."""
    names(monkeypatch, ["93.184.216.34"], ["10.0.0.1"])
    assert set(connected(monkeypatch, silent)) == {"93.184.216.34"}
    assert connected(monkeypatch, silent) == []


def test_a_host_with_public_addresses_and_own_ones_is_a_public_one(monkeypatch) -> None:
    names(monkeypatch, ["127.0.0.1", "93.184.216.34"])
    with pytest.raises(FetchError, match="a network that is not public"):
        led("http://192.168.1.1/", "both.example")
    assert set(connected(monkeypatch, silent, "both.example")) == {"93.184.216.34"}


def test_a_host_of_ones_own_network_is_asked_and_may_lead_within_it(monkeypatch) -> None:
    names(monkeypatch, ["10.0.0.1"])
    led("http://192.168.1.1/", "ministry.example")
    assert set(connected(monkeypatch, silent, "ministry.example")) == {"10.0.0.1"}
