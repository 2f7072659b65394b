"""What is true of an edition and of no single country."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionBreak:
    """An edition that broke with the one before: what is silent in it says nothing, and little can be compared.

    `moved` is the share by which the words of the median section moved, `lost` the share of the `countries` that lost
    a whole section, and `sections` the keys of those that most of these lost.
    """

    old_year: int
    new_year: int
    countries: int
    moved: float
    lost: float
    sections: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why it is called broken, in words."""
        said = [f"the words of the median section moved by {self.moved:.0%}"]
        if self.lost:
            said.append(f"{self.lost:.0%} of the countries lost a whole section")
        if self.sections:
            said.append(f"gone are {', '.join(self.sections)}")
        return (
            f"the edition of {self.new_year} broke with that of {self.old_year}: {'; '.join(said)} "
            f"({self.countries} countries)"
        )
