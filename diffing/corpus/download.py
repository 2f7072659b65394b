"""Downloads one edition of a family into a corpus: its list of countries, then each country's page.

    outcome = download("tip", 2020, Path("corpora/tip"))
    outcome.stored, outcome.kept, outcome.failed

Every page is written whole or not at all, with its address, date, checksum and licence in ``corpus.toml``, so that a
run stopped at any moment is taken up again by the next: what is there and unchanged is not asked for twice. A page
counts as good when it has its end, enough prose, sections of the family, and the country's name in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diffing.corpus import Corpus
from diffing.corpus.edition_pages import CountryPage, country_list, html_fault, links_named, page_fault, path_of
from diffing.corpus.fetching import Fetcher, Page
from diffing.corpus.manners import Manners
from diffing.corpus.naming import CountryNames, check_country, suggest
from diffing.corpus.network import FetchError
from diffing.corpus.storing import Shelf
from diffing.model import DiffingError, slug_of
from diffing.profile import Edition, Profile, load_profile
from diffing.reading.documents import cut_report, read_document
from diffing.user_cache import pages_of

MIN_LISTED = 2
"""Countries that a list has at least. Range 2 to 100; default 2: a page that links to one country alone is that
country's own. Higher would refuse a small family."""

GIVE_UP_AFTER = 5
"""Countries, or pages with many, in a row that the site refuses, or does not answer for, before the run stops asking.
Range 3 to 20; default 5: fewer gives up on a bad minute, more hammers a site that has said no."""

_GIVES_UP = frozenset({"refused", "busy", "unreachable"})


@dataclass(slots=True)
class Outcome:
    """What a download did, by country: `failed` has the reasons, `notes` what else a user should know."""

    stored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    not_tried: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


Progress = Callable[[int, int, str], None]
"""Called with how many countries are done, how many there are, and a line on what goes on."""


def download(
    family: str | Path | Profile,
    year: int,
    folder: Path,
    *,
    countries: Sequence[str] = (),
    manners: Manners | None = None,
    again: bool = False,
    progress: Progress | None = None,
    told: Callable[[str], None] | None = None,
) -> Outcome:
    """Downloads the edition of `year` into `folder`; of `countries` only, where any are given.

    `again` fetches anew what is there already. Raises `DiffingError` where the profile knows no such edition, the
    list of countries can't be had, a country is not on it, or the folder can't be written.
    """
    profile = load_profile(family)
    edition = edition_of(profile, year)
    shelf = Shelf(folder, family)
    outcome = Outcome()
    step = progress or (lambda done, total, line: None)
    with Fetcher(manners or Manners(), pages_of(folder), told) as fetcher, shelf:
        if edition.combined or edition.parts:
            step(0, 0, f"list of pages: {edition.index}")
            addresses = edition.combined or _parts(fetcher, edition, outcome, again)
            _fetch_combined(fetcher, edition, addresses, shelf, outcome, countries, again, step)
            if outcome.failed and edition.unsure:
                outcome.notes.append(f"of the addresses of {year} the profile says: {edition.unsure}")
            return outcome
        step(0, 0, f"list of countries: {edition.index}")
        pages = _chosen(_country_pages(fetcher, profile, edition, folder, outcome, again), countries, shelf.names)
        refused = 0
        for done, page in enumerate(pages):
            step(done, len(pages), page.name)
            if not again and (reason := shelf.present(year, page.slug)) is not None:
                if reason:
                    outcome.notes.append(f"{page.name}: {reason}")
                outcome.kept.append(page.name)
                continue
            try:
                _fetch_and_store(fetcher, edition, shelf, page, pages, again)
                outcome.stored.append(page.name)
                refused = 0
            except FetchError as error:
                outcome.failed.append((page.name, str(error)))
                shelf.remember_failure(year, page.slug, page.address, str(error))
                refused = refused + 1 if error.kind in _GIVES_UP else 0
            if _given_up(refused, "countries", [left.name for left in pages[done + 1 :]], outcome):
                break
        step(len(pages), len(pages), "")
    if outcome.failed and edition.unsure:
        outcome.notes.append(f"of the addresses of {year} the profile says: {edition.unsure}")
    return outcome


def _given_up(refused: int, what: str, left: Sequence[str], outcome: Outcome) -> bool:
    """Whether so many in a row were refused that the site is left in peace, which is then said."""
    if refused < GIVE_UP_AFTER:
        return False
    outcome.not_tried = list(left)
    outcome.notes.append(
        f"stopped after {refused} {what} in a row that the site refused; try again tomorrow with the same command: it "
        "goes on from here"
    )
    return True


def edition_of(profile: Profile, year: int) -> Edition:
    """The edition of `year`. Raises `DiffingError` naming those that the profile knows."""
    for edition in profile.editions:
        if edition.year == year:
            return edition
    known = ", ".join(str(edition.year) for edition in sorted(profile.editions, key=lambda e: e.year) if edition.year)
    instead = f"`diffing corpus import PATH --family {profile.name} --year {year}` takes files that you have"
    raise DiffingError(
        f"profile {profile.name} knows no address of the edition of {year} "
        f"({f'it knows {known}' if known else 'it knows none'}); {instead}"
    )


def _country_pages(
    fetcher: Fetcher, profile: Profile, edition: Edition, folder: Path, outcome: Outcome, again: bool
) -> tuple[CountryPage, ...]:
    def faults(page: Page) -> str | None:
        if fault := html_fault(page):
            return fault
        try:
            listed = len(country_list(page.content, edition.index, edition, profile))
        except DiffingError as error:
            return str(error)
        return "no countries are listed in it" if listed < MIN_LISTED else None

    refusals = []
    for address in (edition.index, *edition.lists):
        try:
            _asked, page = _first(fetcher, address, edition, faults, again)
            return country_list(page.content, edition.index, edition, profile)
        except FetchError as error:
            refusals.append(error)
            if error.kind == "unreachable":
                break
    pages = _known_from_other_years(profile, edition, folder)
    if not pages:
        offline = refusals[0].kind == "unreachable"
        hint = "Is this machine online? Behind a proxy, set HTTPS_PROXY. " if offline else ""
        raise DiffingError(
            f"the list of countries of {profile.name} {edition.year} can't be had:\n  {refusals[0]}\n{hint}Try again "
            "later, or give a mirror with --site; `diffing corpus import` takes files that you have"
        ) from refusals[0]
    outcome.notes.append(
        f"the list of countries can't be had: those of the corpus's other years are taken\n  {refusals[0]}"
    )
    return pages


def _known_from_other_years(profile: Profile, edition: Edition, folder: Path) -> tuple[CountryPage, ...]:
    """The countries of the corpus's other years at this edition's addresses, where an address needs no number."""
    if "{slug}" not in edition.page:
        return ()
    try:
        corpus = Corpus(folder, profile)
    except DiffingError:
        return ()
    slugs = sorted({slug for year in corpus.years if year != edition.year for slug in corpus.countries(year)})
    return tuple(CountryPage(corpus.name(slug), slug, edition.page.replace("{slug}", slug)) for slug in slugs)


def _chosen(pages: tuple[CountryPage, ...], countries: Sequence[str], names: CountryNames) -> tuple[CountryPage, ...]:
    if not countries:
        return pages
    chosen = []
    for country in countries:
        slug = check_country(country)
        match = next((page for page in pages if names.same(page.slug, slug)), None)
        if match is None:
            near = suggest(country, {page.name: page.name for page in pages})
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise DiffingError(f"no country {country!r} in this edition's list{hint}")
        chosen.append(match)
    return tuple(dict.fromkeys(chosen))


def _fetch_and_store(
    fetcher: Fetcher, edition: Edition, shelf: Shelf, page: CountryPage, pages: Sequence[CountryPage], again: bool
) -> None:
    try:
        check_country(page.slug)
    except DiffingError as error:
        raise FetchError(str(error), "broken") from error
    shelf.target(edition.year, page.slug, ".html")  # a place outside the corpus is refused unasked
    aliases = (page.slug, shelf.names.display(page.slug), *shelf.names.others(page.slug))
    listed = [other.name for other in pages if not shelf.names.same(other.slug, page.slug)]

    def faults(sent: Page) -> str | None:
        return page_fault(sent, shelf.profile, edition.year, page.name, aliases=aliases, listed=listed)

    asked, found = _first(fetcher, page.address, edition, faults, again)
    shelf.put(
        edition.year,
        page.slug,
        ".pdf" if found.content.startswith(b"%PDF-") else ".html",
        found.content,
        country=page.name,
        address=asked,
        licence=shelf.profile.licence,
    )


def _parts(fetcher: Fetcher, edition: Edition, outcome: Outcome, again: bool) -> tuple[str, ...]:
    """The addresses of the pages with many countries each that an edition's index links to.

    One that leads where no redirect may lead is never asked for: it has failed.
    """
    if edition.parts is None:
        return ()
    named = edition.parts

    def faults(page: Page) -> str | None:
        try:
            found = html_fault(page) or links_named(page.content, edition.index, named)
        except DiffingError as error:
            return str(error)
        return found if isinstance(found, str) else None if found else "no parts are linked"

    try:
        _asked, page = _first(fetcher, edition.index, edition, faults, again)
    except FetchError as error:
        raise DiffingError(
            f"the list of the parts of {edition.year} can't be had:\n  {error}\nTry again later, or give a mirror with "
            "--site; `diffing corpus import` takes files that you have"
        ) from error
    addresses = []
    for address in links_named(page.content, edition.index, named):
        try:
            fetcher.check_link(edition.index, address)
            addresses.append(address)
        except FetchError as error:
            outcome.failed.append((address, str(error)))
    return tuple(addresses)


def _fetch_combined(
    fetcher: Fetcher,
    edition: Edition,
    addresses: Sequence[str],
    shelf: Shelf,
    outcome: Outcome,
    countries: Sequence[str],
    again: bool,
    step: Progress,
) -> None:
    """Fetches the pages that hold many countries each, and stores each country's part as a text."""
    wanted = [check_country(country) for country in countries]
    refused = 0
    for done, address in enumerate(addresses):
        step(done, len(addresses), address)
        try:
            asked, page = _first(fetcher, address, edition, html_fault, again)
            document = read_document(page.content, "html", profile=shelf.profile, source=address)
            parts = cut_report(document, shelf.profile)
        except (FetchError, DiffingError) as error:
            outcome.failed.append((address, str(error)))
            refused = refused + 1 if isinstance(error, FetchError) and error.kind in _GIVES_UP else 0
            if _given_up(refused, "pages", addresses[done + 1 :], outcome):
                break
            continue
        refused = 0
        if not parts:
            outcome.failed.append((address, "no country's name stands over a part of it: is this the page?"))
        for name, text in parts:
            slug = slug_of(name)
            if wanted and not any(shelf.names.same(slug, one) for one in wanted):
                continue
            reason = None if again else shelf.present(edition.year, slug)
            if reason is not None:
                outcome.notes += [f"{name}: {reason}"] if reason else []
                outcome.kept.append(name)
                continue
            content = text.encode("utf-8", "replace")
            licence = shelf.profile.licence
            shelf.put(edition.year, slug, ".txt", content, country=name, address=asked, licence=licence)
            outcome.stored.append(name)
    step(len(addresses), len(addresses), "")


def _first(
    fetcher: Fetcher, address: str, edition: Edition, faults: Callable[[Page], str | None], again: bool
) -> tuple[str, Page]:
    """The page from its own address, else from the first mirror that has it whole; and the address that was asked.

    What robots.txt asks not to fetch is not fetched from a mirror either: the wish is about the page.
    """
    tried: list[FetchError] = []
    for place in (address, *(_mirror(mirror, address) for mirror in edition.mirrors)):
        try:
            return place, fetcher.get(place, faults, again=again)
        except FetchError as error:
            tried.append(error)
            if error.kind == "disallowed" and place == address:
                break
    if len(tried) == 1:
        raise tried[0]
    raise FetchError("; ".join(str(error) for error in tried), tried[0].kind) from tried[0]


def _mirror(mirror: str, address: str) -> str:
    return mirror.replace("{address}", address).replace("{path}", path_of(address).lstrip("/"))


__all__ = ["Outcome", "download", "edition_of"]
