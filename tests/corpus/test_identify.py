"""Of which country, year and family a file is, and what is said where its title, its name and its folders differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_corpus import fill

from diffing import Corpus, compare
from diffing.cli import run
from diffing.corpus.checking import check_corpus
from diffing.corpus.identify import Claim, identified, path_claims, title_claim
from diffing.corpus.naming import CountryNames
from diffing.model import DiffingError
from diffing.profile import load_profile
from diffing.reading import parse_narrative
from diffing.reading.documents import read_document
from diffing.reading.families import family_of

TIP = load_profile("tip")
SAME = CountryNames({}, {}).same

PATHS = {  # path -> country, year
    "2020_Turkmenistan.txt": ("Turkmenistan", 2020),
    "St. Orrin (2020).html": ("St. Orrin", 2020),
    "2020/norvania.txt": ("norvania", 2020),
    "norvania/2020.txt": ("norvania", 2020),
    "norvania/2020-final.docx": ("norvania", 2020),
    "TIP Report 2020/norvania.txt": ("norvania", 2020),
    "2020 Trafficking in Persons Report/norvania.txt": ("norvania", 2020),
    "www.example.org/reports/2020-trafficking-in-persons-report/jordan/index.html": ("jordan", 2020),
    "2009-2017.example.org/countries/2016/jordan.htm": ("jordan", 2016),
    "hrr-2019-turkmenistan.html": ("turkmenistan", 2019),
    "tip2020-ardesh.txt": ("ardesh", 2020),
    "2020 Trafficking in Persons Report - Turkmenistan.pdf": ("Turkmenistan", 2020),
    "Turkmenistan - United States Department of State.html": ("Turkmenistan", None),
    "Pellam and the Tarn, 2019.html": ("Pellam and the Tarn", 2019),
    "2019 - Isla Verena.docx": ("Isla Verena", 2019),
    "2018/Guinea-Bissau.txt": ("Guinea-Bissau", 2018),
    "2018/ghana__trashed.html": ("ghana", 2018),
    "TIP_2020_Austria_final_v2.txt": ("Austria", 2020),
    "2020_06_papua_new_guinea.txt": ("papua new guinea", 2020),
    "june-2020-tip-report-hungary.txt": ("hungary", 2020),
    "between chad and niger 2020.txt": ("between chad and niger", 2020),
    "old.txt": (None, None),
    "new text.md": (None, None),
    "2017-2020/258877.htm": (None, None),
}


@pytest.mark.parametrize("path", PATHS)
def test_what_a_place_says(path: str) -> None:
    nothing = Claim("its title", None, None)
    assert identified(nothing, path_claims(Path(path), TIP), SAME, None, None) == PATHS[path]


def page(title: str, address: str = "") -> bytes:
    return (
        f"<html><head><title>{title}</title><link rel='canonical' href='{address}'></head>"
        f"<body><main><p>The Government of Norvania identified eight victims.</p></main></body></html>"
    ).encode()


REPORTS = "https://www.example.org/reports"
TITLES = {  # title and address of a page -> country, year, whether the country is sure
    ("Egypt - Department", f"{REPORTS}/2019-trafficking-in-persons-report/egypt/"): ("Egypt", 2019, True),
    ("2020 Trafficking in Persons Report: Norvania", ""): ("Norvania", 2020, False),
    ("Norvania - Department", f"{REPORTS}/2020-report/norvania/"): ("Norvania", 2020, True),
    ("Ghana - Department", f"{REPORTS}/2018-report/ghana__trashed/"): ("Ghana", 2018, True),
    ("China (Includes Tibet) - Department", ""): ("China (Includes Tibet)", None, True),
    ("Reports of 2018 and 2019", ""): (None, None, False),
}


@pytest.mark.parametrize("named", TITLES)
def test_what_a_page_says_of_itself(named: tuple[str, str]) -> None:
    country, year, sure = TITLES[named]
    claim = title_claim(read_document(page(*named), "html"), TIP)
    assert (claim.year, claim.sure) == (year, sure)
    assert country is None or claim.country == country


TEXTS = {
    "TURKMENISTAN: Tier 3\n\nThe government did nothing.": ("Turkmenistan", None),
    "2020 Trafficking in Persons Report\n\nTurkmenistan\n\nThe government did nothing.": ("Turkmenistan", 2020),
    "The Government of Turkmenistan did nothing.\n\nEgypt": (None, None),
    "PROSECUTION\n\nIt arrested two.": (None, None),
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_text_says_of_itself(text: str) -> None:
    claim = title_claim(read_document(text.encode(), "text"), TIP)
    assert (claim.country, claim.year) == TEXTS[text]


def test_a_page_that_is_anothers_is_an_error_that_names_all_three(tmp_path: Path) -> None:
    fill(tmp_path, {"corpus.toml": 'family = "tip"\n', "2020/norvania.txt": "It arrested two."})
    (tmp_path / "2020" / "turkmenistan.html").write_bytes(page("Egypt - Department", f"{REPORTS}/2019-report/egypt/"))
    corpus = Corpus(tmp_path)
    told = "title says Egypt 2019, its name says turkmenistan, its folder says 2020"
    with pytest.raises(DiffingError, match=told):
        corpus.narrative("turkmenistan", 2020)
    report = check_corpus(tmp_path)
    assert [told in note.message for note in report.errors] == [True]
    assert "Nothing is wrong" not in report.to_text()


def test_a_page_under_its_old_name_or_with_its_parts_is_its_own(tmp_path: Path) -> None:
    fill(tmp_path, {"corpus.toml": 'family = "tip"\n', "2020/norvania.txt": "It arrested two."})
    for slug, title in (
        ("swaziland", "Eswatini"),
        ("hong-kong", "China (Includes Hong Kong and Macau)"),
        ("ghana__trashed", "Ghana"),
        ("drovia", "Page 3"),
    ):
        (tmp_path / "2020" / f"{slug}.html").write_bytes(page(title))
        assert Corpus(tmp_path).narrative(slug, 2020).sentences


# --- compare -----------------------------------------------------------------------------------------------------

OLD = "PROSECUTION\n\nPolice arrested eight traffickers in 2018."
NEW = "PROSECUTION\n\nPolice arrested two traffickers in 2019."
HUMAN_RIGHTS = "Section 1.\n\na. Disappearance\n\nThere were none.\n\nb. Torture\n\nThe law prohibits such acts."


def test_two_countries_are_not_compared() -> None:
    old = parse_narrative(OLD, country="Egypt", year=2019, profile="tip")
    new = parse_narrative(NEW, country="Jordan", year=2020, profile="tip")
    with pytest.raises(DiffingError, match=r"two countries: Egypt 2019 and Jordan 2020"):
        compare(old, new)
    again = parse_narrative(NEW, country="Arab Republic of Egypt", year=2020, profile="tip")
    assert compare(old, again).country == "Arab Republic of Egypt"


def test_two_families_are_not_compared() -> None:
    old = parse_narrative(OLD, country="Egypt", year=2019, profile="tip")
    new = parse_narrative(HUMAN_RIGHTS, country="Egypt", year=2020, profile="hrr")
    with pytest.raises(DiffingError, match=r"two families of reports: Egypt 2019 was read as tip, Egypt 2020 as hrr"):
        compare(old, new)


FILES = {  # two files with what is in them, options -> exit code, what is said
    "two countries": (("2019/egypt.txt", OLD), ("2020/jordan.txt", NEW), (), 2, ("Egypt", "Jordan", "two countries")),
    "two invented ones": (("2019/ardesh.txt", OLD), ("2020/drovia.txt", NEW), (), 2, ("Ardesh", "Drovia")),
    "one under two names": (("2019/swaziland.txt", OLD), ("2020/eswatini.txt", NEW), (), 0, ()),
    "two, said to be one": (("2019/ardesh.txt", OLD), ("2020/drovia.txt", NEW), ("--country", "Ardesh"), 0, ()),
    "two families": (("2019/egypt.txt", OLD), ("2020/egypt.txt", HUMAN_RIGHTS), (), 2, ("tip", "hrr")),
    "names that say nothing": (
        ("first.txt", OLD), ("second.txt", NEW), ("--old-year", "2019", "--new-year", "2020"), 0, (),
    ),
    "no family": (("2019/egypt.txt", "Hello."), ("2020/egypt.txt", "Bye."), (), 2, ("--profile", "tip")),
    "the family is said": (("2019/egypt.txt", OLD), ("2020/egypt.txt", NEW), (), 0, ("read as tip",)),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_compare_takes_two_narratives_of_one_country_and_family(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (old, old_text), (new, new_text), options, code, said = FILES[case]
    fill(tmp_path, {old: old_text, new: new_text})
    assert run(["compare", str(tmp_path / old), str(tmp_path / new), *options]) == code
    told = capsys.readouterr().err
    assert all(word in told for word in said), told


# --- families ----------------------------------------------------------------------------------------------------

FAMILIES = {
    "Ruritania remained on Tier 2. Courts convicted two traffickers.": "tip",
    OLD: "tip",
    HUMAN_RIGHTS: "hrr",
    "Significant human rights issues included arbitrary arrest. There was impunity.": "hrr",
    "Assessment: Moderate Advancement\n\nIn 2020 it made a moderate advancement.": "dol",
    "Children perform dangerous tasks. It ended none of the worst forms of child labor.": "dol",
    "Revenue fell by 4 percent, and the risk factors stay as they were.": None,
    "": None,
}


@pytest.mark.parametrize("text", FAMILIES)
def test_a_text_shows_its_family_or_none(text: str) -> None:
    assert family_of([text]).name == FAMILIES[text]


def test_a_corpus_is_read_as_what_it_is_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path, {f"c/{year}/norvania.txt": HUMAN_RIGHTS for year in (2019, 2020)})
    assert run(["diff", "--year", "2020", "--corpus", str(tmp_path / "c"), "--out", str(tmp_path / "out")]) == 0
    assert "read as hrr, which its texts show" in capsys.readouterr().err
    assert Corpus(tmp_path / "c").profile.name == "hrr"
    assert any("read as hrr" in problem.message for problem in Corpus(tmp_path / "c").problems)


def test_a_corpus_that_shows_no_family_asks_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path, {f"c/{year}/norvania.txt": "Revenue fell by 4 percent." for year in (2019, 2020)})
    assert run(["diff", "--year", "2020", "--corpus", str(tmp_path / "c"), "--out", str(tmp_path / "out")]) == 2
    assert "say --profile" in capsys.readouterr().err
    assert Corpus(tmp_path / "c").countries(2020) == ("norvania",)  # its files can be listed all the same


@pytest.mark.real
@pytest.mark.parametrize(
    ("folder", "family"), [("hrr", "hrr"), ("hrr-break", "hrr"), ("hrr-sec7", "hrr"), ("dol-child-labor", "dol"),
                           ("factbook-tip", "tip"), ("tip", "tip")],
)  # fmt: skip
def test_real_texts_show_their_family(folder: str, family: str, shared: Path) -> None:
    paths = sorted((shared / "real" / folder).glob("*/*.txt"))[::9]
    assert {family_of([path.read_text("utf-8")]).name for path in paths} == {family}
