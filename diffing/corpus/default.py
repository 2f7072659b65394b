"""The corpus that a command takes where the user names none."""

from __future__ import annotations

from pathlib import Path

from diffing.corpus.folders import Corpus
from diffing.model import DiffingError


def default_corpus(root: str | Path, year: int | None) -> tuple[Path, str]:
    """The corpus to take where the user names none, and why it is that one.

    It is ``<root>/tip`` when that holds `year` and the year before, else ``<root>/sample``. Raises `DiffingError`
    where neither is there: an installed package has no corpus of its own.
    """
    own, sample = Path(root) / "tip", Path(root) / "sample"
    shipped = "the sample that ships with the project"
    if not own.exists() and not sample.exists():
        raise DiffingError(
            f"no corpus here: neither {own} nor {sample} is there. Say --corpus FOLDER, with your texts as "
            "FOLDER/YEAR/COUNTRY.txt; or fetch one with `diffing corpus download --family tip --year YEAR`; or run "
            "this in a clone of the project, which has the sample"
        )
    if not own.exists():
        return sample, shipped
    try:
        years = Corpus(own).years
    except DiffingError as error:
        return sample, f"{shipped}, since your own can't be used: {error}"
    missing = () if year is None else tuple(y for y in (year - 1, year) if y not in years)
    if missing:
        return sample, f"{shipped}; {own} does not hold {' and '.join(map(str, missing))}"
    return own, f"your own, with {', '.join(map(str, years))}"
