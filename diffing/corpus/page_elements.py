"""The links and titles of a page as a stranger's site sent it, read where that can be ended.

elements(page, "a[href]", "https://...")  ->  [("a", "/reports/2020/norvania/", "Norvania"), ...]
"""

from __future__ import annotations

from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from diffing.child import run_apart
from diffing.reading.html import MEGABYTES, MEGABYTES_FOR_EACH, SECONDS, SHORT, flattened

MOST_NAME, MOST_INNER = 500, 40
"""Characters of a name or a title, and elements in the element that holds it, that are looked at. Ranges 200 to 5,000,
10 to 1,000; the longest real title has 120 characters in two elements. Higher lets a page of links in each other,
each of which holds the rest of the page, hold up a download."""

MOST_FOUND = 100_000
"""Elements of a page that are looked at. Range 10,000 to a million; the longest list of a report has 1,500 links."""

Element = tuple[str, str, str]
"""Tag, what it leads to (empty for a title), text."""


def elements(html: bytes, selector: str, address: str) -> list[Element]:
    """The elements of a page that a selector finds; raises `DiffingError` by `address` where that takes too much."""
    if len(html) <= SHORT:
        return elements_here(html, selector)
    work, megabytes = (
        "diffing.corpus.page_elements:elements_here",
        int(MEGABYTES + MEGABYTES_FOR_EACH * len(html) / 1e6),
    )
    found: list[Any] = run_apart(work, html, selector, seconds=SECONDS, megabytes=megabytes, what=address)
    return [(tag, told, text) for tag, told, text in found]


def elements_here(html: bytes, selector: str) -> list[Element]:
    """As `elements`, in this process."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(flattened(html.decode("utf-8", "replace")))
    found = islice(tree.css(selector), MOST_FOUND)
    return [(n.tag or "", n.attributes.get("href") or n.attributes.get("value") or "", _text(n)) for n in found]


def joined(address: str, link: str) -> str | None:
    """Where a link of the page at `address` leads, or None where that is no address (``http://[::1``)."""
    try:
        leads_to = urljoin(address, link)
        urlsplit(leads_to)
    except ValueError:
        return None
    return leads_to


def _text(node: Any) -> str:
    """The text in an element as far as a name can be long; elements in each other without end took for ever."""
    found: list[str] = []
    for inner in islice(node.traverse(include_text=True), MOST_INNER):
        if inner.tag == "-text":
            found.append(inner.text(deep=False) or "")
            if sum(map(len, found)) > MOST_NAME:
                break
    return "".join(found)
