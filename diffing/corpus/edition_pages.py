"""The pages of an edition: which countries a list names, and whether a page is the whole narrative of its country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from diffing.corpus.fetching import Page
from diffing.corpus.page_elements import elements, joined
from diffing.model import DiffingError, slug_of
from diffing.profile import Edition, Pattern, Profile
from diffing.profile.territories import territory
from diffing.reading.documents import read_document
from diffing.reading.narratives import to_narrative

MIN_PROSE = 1500
"""Characters of sentences that a country's page has at least. Range 200 to 5,000; default 1,500: the shortest of the
388 human rights reports at hand has 18,000, a page that says "moved" or "access denied" under 600. Higher could lose
the special cases of the trafficking report, which are short and of which none was at hand."""

MIN_SECTIONS = 2
"""Sections of the family that a country's page shows at least. Range 1 to 4; default 2: a list of countries or a front
page has none or one; the saved pages have all. Higher could lose special cases, which leave sections out."""

_TAIL = 8192  # bytes in which a page's last tags stand; caches add a comment or two after them


@dataclass(frozen=True, slots=True)
class CountryPage:
    """One country of an edition's list, and the address of its page."""

    name: str
    slug: str
    address: str


MOST_LISTED = 1_000
"""Countries that one edition's page may link to. Range 300 to 5,000; default 1,000, five times all that there are."""

MOST_PARTS = 30
"""Pages with many countries each that an edition's index may link to. Range 10 to 100; default 30, more than there are
letters. Each is asked for."""


def country_list(html: bytes, address: str, edition: Edition, profile: Profile) -> tuple[CountryPage, ...]:
    """The countries that an edition's page links to, in links and in drop-down lists, by slug.

    A link is a country's when its address has the form of `edition.page`, on any host (copies of the page link to the
    host that they were copied from), and its text is no title among the profile's `not_countries`; a page below a
    country's is one where its name is a territory's (``/china/hong-kong/``). Raises `DiffingError` for too many.
    """
    pattern = _address_pattern(edition)
    found: dict[str, CountryPage] = {}
    for tag, told, text in elements(html, "a[href], option[value]", address):
        value = told.strip()
        if tag == "option" and not re.match(r"https?:|/", value):
            continue  # a number that some other list counts by
        leads_to = joined(address, value)
        match = pattern.search(place_of(leads_to, query="?" in edition.page)) if leads_to else None
        if not match:
            continue
        name = " ".join(text.split())
        place = match.groupdict().get("slug")
        if place is not None and "/" in place:  # a page below a country's, of a part of it: .../china/hong-kong/
            place = place.rpartition("/")[2]
            if territory(place) is None:
                continue
        slug = _slug(name, place)
        if slug == slug_of("") or any(rule.regex.search(name) for rule in profile.not_countries):
            continue
        found.setdefault(slug, CountryPage(name, slug, _own_address(edition, match)))
        if len(found) > MOST_LISTED:
            raise DiffingError(f"{address}: links to over {MOST_LISTED:,} countries: no edition's page")
    return tuple(sorted(found.values(), key=lambda page: page.slug))


def links_named(html: bytes, address: str, named: Pattern) -> tuple[str, ...]:
    """The addresses of the links of a page whose text is as `named`, each once, in the page's order.

    Raises `DiffingError` for more than an edition can have parts.
    """
    links = elements(html, "a[href]", address)
    found = (joined(address, href) for _, href, text in links if named.regex.search(" ".join(text.split())))
    addresses = tuple(dict.fromkeys(leads_to.partition("#")[0] for leads_to in found if leads_to))
    if len(addresses) > MOST_PARTS:
        raise DiffingError(f"{address}: links to over {MOST_PARTS} parts: no edition's index")
    return addresses


def page_fault(
    page: Page, profile: Profile, year: int, name: str, *, aliases: Sequence[str] = (), listed: Sequence[str] = ()
) -> str | None:
    """What is wrong with a country's page, or None: half a page, no narrative, another country's.

    `aliases` are the country's other names, `listed` the names of the edition's other countries.
    """
    paper = page.content.startswith(b"%PDF-")
    fault = None if paper else html_fault(page)
    if fault:
        return fault
    own = {slug_of(known) for known in (name, *aliases)}
    others = {slug_of(other): other for other in listed}
    try:
        for title in () if paper else _titles(page.content, page.address):
            if slug_of(title) in others and slug_of(title) not in own:
                return f"it is the page of {others[slug_of(title)]}"
        document = read_document(page.content, "pdf" if paper else "html", profile=profile, source=page.address)
        narrative = to_narrative(document, name, year, profile)
    except DiffingError as error:
        return f"it can't be read: {error}"
    sentences = narrative.sentences
    prose = sum(sentence.end - sentence.start for sentence in sentences)
    sections = {section.key.partition(".")[0] for section in narrative.sections if section.sentences}
    if prose < MIN_PROSE:
        return f"it has no narrative in it ({prose:,} characters of prose)"
    if len(sections) < MIN_SECTIONS:
        return f"no sections of {profile.name} are in it"
    text = f"-{slug_of(' '.join(sentence.text for sentence in sentences))}-"
    if not any(f"-{known}-" in text for known in own):
        return f"it never names {name}: another page was sent"
    return None


def _titles(html: bytes, address: str) -> Iterator[str]:
    return (text.partition(" - ")[0].strip() for _, _, text in elements(html, "title, h1", address))


def html_fault(page: Page) -> str | None:
    """What is wrong with a page as HTML, or None: empty, something else, its end missing."""
    if not page.content.strip():
        return "it is empty"
    start, tail = page.content[:2048].lower(), page.content[-_TAIL:].lower()
    if b"<html" not in start and b"<!doctype" not in start and b"<body" not in start:
        return "it is no HTML page"
    if not re.search(rb"</html\s*>", tail):
        return "its end is missing: half a page"
    return None


def place_of(address: str, *, query: bool) -> str:
    """The path of an address, with its query (``report.php?id=12``) where an edition's pages are told by that."""
    asked = urlsplit(address).query
    return f"{path_of(address)}?{asked}" if query and asked else path_of(address)


def path_of(address: str) -> str:
    """The path of an address, whatever its host; of an archived copy, that of the page it copies."""
    path = urlsplit(address).path
    copied = re.search(r"/web/\d+[a-z_]*/(https?:/+[^/]+)(/.*)", path)
    return copied[2] if copied else path


def _slug(name: str, in_address: str | None) -> str:
    """The country's slug: the one in the address, less what the site adds there (``peru__trashed``, ``peru-2``)."""
    by_name = slug_of(name)
    if in_address is None or slug_of(in_address).startswith(f"{by_name}-"):
        return by_name
    return slug_of(in_address)


def _own_address(edition: Edition, match: re.Match[str]) -> str:
    """A country's page at the edition's own host, wherever the list that links to it was found."""
    address = edition.page
    for name, value in match.groupdict().items():
        address = address.replace(f"{{{name}}}", value)
    return address


def _address_pattern(edition: Edition) -> re.Pattern[str]:
    page = urlsplit(edition.page)
    pattern = re.escape(page.path.rstrip("/") + (f"?{page.query}" if page.query else ""))
    pattern = pattern.replace(r"\{slug\}", r"(?P<slug>[^/?#&]+(?:/[^/?#&]+)?)").replace(
        r"\{number\}", r"(?P<number>\d+)"
    )
    return re.compile(f"^{pattern}/?$", re.IGNORECASE)
