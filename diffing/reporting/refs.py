"""How a page shows a verdict, and how a claim leads to the sentences that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from diffing.model import Finding, Pair, Verdict
from diffing.reporting import wording
from diffing.reporting.country_text_view import TextView


class Chip(Struct, frozen=True):
    """A verdict as a page shows it: a sign, a word and a class for its colour."""

    css: str
    sign: str
    word: str


def chip(verdict: Verdict | str, on_little: bool = False) -> Chip:
    """The sign, word and class of a verdict; one that rests `on_little` is drawn as an outline."""
    known = Verdict(verdict)
    css = known.value.replace("_", "-") + (" little" if on_little else "")
    return Chip(css, wording.SIGNS[known], wording.VERDICTS[known])


class Ref(Struct, frozen=True):
    """A link to a sentence: where it leads within the page (None where it is not on it) and what it says.

    `year` is the report that it stands in.
    """

    href: str | None
    label: str
    year: int | None = None


class Refs:
    """Links from a claim to its sentences on the page."""

    def __init__(self, pair: Pair, text: TextView) -> None:
        self.old_year, self.new_year = pair.old.year, pair.new.year
        self.old, self.new = text.old_ids, text.new_ids
        self.profile = pair.new.profile
        self.titles = {block.key: block.title for block in text.blocks}

    def section(self, key: str | None) -> str:
        """A section's title as the page's text has it, which for a subsection is its printed heading."""
        return self.titles.get(key) or wording.section_title(self.profile, key) if key else ""

    def sentence(self, year: int, index: int | None, label: str) -> Ref:
        """A link to sentence `index` of the report of `year`; no link where that report is not on the page."""
        ids = self.old if year == self.old_year else self.new if year == self.new_year else {}
        name = None if index is None else ids.get(index)
        return Ref(f"#{name}" if name else None, label, year)

    def evidence(self, finding: Finding) -> list[Ref]:
        """The links of a finding, one for each place that its sentences stand at."""
        return self.places((self.old_year, finding.old_sentences), (self.new_year, finding.new_sentences))

    def places(self, *told: tuple[int, Sequence[int | None]]) -> list[Ref]:
        """Links to sentences, as (year of the report, indices): one for each place, called by its years."""
        found: dict[str | None, Ref] = {}
        for year, indices in told:
            for index in indices:
                ref = self.sentence(year, index, str(year))
                known = found.get(ref.href)
                if known is None:
                    found[ref.href] = ref
                elif known.label != ref.label:  # one row shows both sentences
                    found[ref.href] = Ref(ref.href, f"{self.old_year} and {self.new_year}")
        return list(found.values())
