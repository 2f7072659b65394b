"""A corpus: what is a narrative in it, who is who, and what is said when something is not there."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest
from hostile_files import HOSTILE_TABLES
from hypothesis import given, settings
from hypothesis import strategies as st

from diffing.corpus.default import default_corpus
from diffing.corpus.folders import Corpus, country_names
from diffing.corpus.manifest import MARK, Manifest, StoredFile, read_manifest, write_manifest
from diffing.corpus.naming import check_country
from diffing.corpus.table_files import read_table
from diffing.model import DiffingError, slug_of
from diffing.profile import load_profile

TEXT = "The Government of {} increased its efforts. It identified eight victims in 2018."


def fill(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files, by path."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def small(folder: Path, *names: str) -> Path:
    """A corpus of these narratives, by path without ending."""
    return fill(folder, {f"{name}.txt": TEXT.format(name.rpartition("/")[2]) for name in names})


# --- what is in it ---------------------------------------------------------------------------------------------


def test_years_countries_and_narratives(tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2019/norvania", "2020/norvania", "2020/karvelia"))
    assert corpus.years == (2019, 2020)
    assert corpus.countries(2020) == ("karvelia", "norvania")
    assert corpus.earlier(2020) == 2019
    narrative = corpus.narrative("Norvania", 2020)
    assert (narrative.country, narrative.slug, narrative.year) == ("Norvania", "norvania", 2020)
    assert corpus.path_of("norvania", 2020) == corpus.source("norvania", 2020) == tmp_path / "2020" / "norvania.txt"
    content = (tmp_path / "2020" / "norvania.txt").read_bytes()
    assert corpus.checksum("norvania", 2020) == hashlib.sha256(content).hexdigest() == narrative.checksum


def test_other_files_are_no_narratives(tmp_path: Path) -> None:
    small(tmp_path, "2020/norvania", "truth/2020/norvania", "notes/karvelia")
    others = ["README.md", "2020/README.md", "2020/.hidden.txt", "2020/.DS_Store", "2020/map.png", "2020/a.txt.part"]
    fill(tmp_path, dict.fromkeys([*others, "2020/pictures/b.txt", "20/c.txt", "LICENSE.txt", "top.txt"], "x"))
    corpus = Corpus(tmp_path)
    assert (corpus.years, corpus.countries(2020)) == ((2020,), ("norvania",))


@pytest.mark.parametrize("suffix", [".txt", ".TXT", ".md", ".html", ".htm"])
def test_each_kind_of_file_is_read(suffix: str, tmp_path: Path) -> None:
    text = TEXT.format("Norvania")
    html = f"<!DOCTYPE html><html><body><p>{text}</p></body></html>"
    fill(tmp_path, {f"2020/norvania{suffix}": html if "htm" in suffix else text})
    assert "eight victims" in Corpus(tmp_path).narrative("norvania", 2020).text


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl"])
@pytest.mark.parametrize("place", ["file", "top", "year"])
def test_a_table_is_a_corpus_or_a_part_of_one(suffix: str, place: str, tmp_path: Path) -> None:
    rows = [
        {"country": "Norvania", "year": 2020, "text": TEXT.format("Norvania"), "tier": "n/a"},
        {"country": "Isle of Karvelia", "year": 2020, "text": TEXT.format("Karvelia"), "tier": "2"},
        {"country": "Norvania", "year": 2019, "text": TEXT.format("Norvania"), "tier": "007"},
    ]
    if place == "year":
        rows = [{key: value for key, value in row.items() if key != "year"} for row in rows[:2]]
    frame = pl.DataFrame(rows)
    path = tmp_path / "2020" / f"all{suffix}" if place == "year" else tmp_path / f"all{suffix}"
    path.parent.mkdir(exist_ok=True)
    {".csv": frame.write_csv, ".parquet": frame.write_parquet, ".jsonl": frame.write_ndjson}[suffix](path)
    corpus = Corpus(path if place == "file" else tmp_path)
    assert corpus.years == ((2020,) if place == "year" else (2019, 2020))
    assert corpus.countries(2020) == ("isle-of-karvelia", "norvania")
    narrative = corpus.narrative("isle of karvelia", 2020)
    assert (narrative.country, narrative.text) == ("Isle of Karvelia", TEXT.format("Karvelia"))
    assert corpus.path_of("norvania", 2020) == path
    assert corpus.checksum("norvania", 2020) == hashlib.sha256(TEXT.format("Norvania").encode()).hexdigest()


def test_bad_rows_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    rows = (
        "country,year,text\nNorvania,2020,Some text.\n,2020,Nobody.\nKarvelia,2020,\n../evil,2020,X.\nOrdania,soon,X.\n"
    )
    corpus = Corpus(fill(tmp_path, {"all.csv": rows}))
    assert corpus.countries(2020) == ("norvania",)
    said = " ".join(problem.message for problem in corpus.problems)
    for part in ("row 2: no country", "row 3 (Karvelia): no text", "../evil", "row 5 (Ordania): 'soon' is no year"):
        assert part in said


def test_a_file_whose_name_makes_no_slug_is_left_out_and_said(tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2020/norvania", "2020/東", "2020/京"), "tip")
    assert corpus.countries(2020) == ("norvania",)
    assert [problem.year for problem in corpus.problems] == [2020, 2020]


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("norvania.doc", lambda path: path.write_bytes(b"PK"), "save it as .docx"),
        ("norvania.txt", lambda path: path.mkdir(), "a folder, not a narrative"),
        ("norvania.txt", lambda path: path.symlink_to("nowhere.txt"), "no file that can be opened"),
        ("norvania.txt", lambda path: path.symlink_to("norvania.txt"), "no file that can be opened"),
        (os.fsdecode(b"\xff.txt"), lambda path: path.write_text("Police."), "not in UTF-8"),
    ],
    ids=["unknown ending", "folder", "link to nothing", "link to itself", "name of any bytes"],
)
def test_what_stands_in_a_years_folder_and_is_not_read_is_said(
    name: str, make: Callable[[Path], object], says: str, tmp_path: Path
) -> None:
    fill(tmp_path, {"2019/norvania.txt": "Police.", "2020/ardesh.txt": "Police.", "2020/README.md": "About."})
    make(tmp_path / "2020" / name)
    corpus = Corpus(tmp_path)
    assert corpus.countries(2020) == ("ardesh",)
    (problem,) = corpus.problems
    assert says in problem.message
    problem.message.encode()  # any table and any page can hold it


@pytest.mark.parametrize("name", HOSTILE_TABLES)
def test_a_table_that_takes_all_memory_or_ends_its_reader_is_one_bad_file(name: str, tmp_path: Path) -> None:
    """It is named, in a message that fits a screen, and the other narratives of its folder are read."""
    suffix, content, says = HOSTILE_TABLES[name]
    corpus = Corpus(fill(small(tmp_path, "2020/norvania"), {f"2020/odd{suffix}": content()}), "tip")
    assert corpus.countries(2020) == ("norvania",)
    assert corpus.problems
    assert all(f"odd{suffix}" in problem.message and len(problem.message) < 1_000 for problem in corpus.problems)
    assert re.search(says, corpus.problems[-1].message), corpus.problems[-1].message
    assert len(corpus.problems) < 200


def test_a_table_is_read_once_however_many_rows_and_tables_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "country,year,text\n" + "".join(f"Land {n},{{year}},Police left.\n" for n in range(10))
    fill(tmp_path, {f"{year}/all.csv": rows.format(year=year) for year in range(2010, 2022)})
    reads: list[Path] = []
    monkeypatch.setattr("diffing.corpus.finding.read_table", lambda path: reads.append(path) or read_table(path))
    corpus = Corpus(tmp_path, "tip")
    assert all(corpus.narrative(slug, year).text for year in corpus.years for slug in corpus.countries(year))
    assert len(reads) == 12


def test_a_table_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    for name, country in (("t1", "Norvania"), ("t[1]", "Karvelia")):
        frame = pl.DataFrame({"country": [country], "year": [2020], "text": [f"Police of {country} left."]})
        frame.write_parquet(tmp_path / f"{name}.parquet")
    corpus = Corpus(tmp_path, "tip")
    assert corpus.countries(2020) == ("karvelia", "norvania")
    assert corpus.narrative("karvelia", 2020).text == "Police of Karvelia left."


@pytest.mark.parametrize("link", ["2020/passwd.txt", "2020/all.csv", "2021", "all.csv"])
def test_a_link_that_leads_out_of_the_corpus_is_left_out_and_said(link: str, tmp_path: Path) -> None:
    secret = "country,year,text\nKarvelia,2020,My own words.\n"
    outside = fill(tmp_path / "outside", {"own.csv": secret, "2021/own.txt": "My own words."})
    corpus = small(tmp_path / "corpus", "2020/norvania")
    target = outside / "2021" if link == "2021" else outside / "own.csv"
    (corpus / link).symlink_to(target)
    (corpus / "2020" / "ardesh.txt").symlink_to("norvania.txt")  # one that stays inside is read
    found = Corpus(corpus, "tip")
    assert (found.years, found.countries(2020)) == ((2020,), ("ardesh", "norvania"))
    (problem,) = found.problems
    assert "leads out of the corpus" in problem.message
    assert link in problem.message


@pytest.mark.parametrize("name", ["index", "search", "tables", "norvania-side-by-side", "x" * 101, "very " * 30])
def test_a_name_that_no_page_can_have_is_left_out_and_said(name: str, tmp_path: Path) -> None:
    """Programs that save pages call one `index`, which is the name of the year's own page."""
    fill(tmp_path, {f"2020/{name}.txt": TEXT.format("X"), "2020/norvania.txt": TEXT.format("Norvania")})
    corpus = Corpus(tmp_path, "tip")
    assert corpus.countries(2020) == ("norvania",)
    (problem,) = corpus.problems
    assert re.search("a file of the report|shorten it", problem.message)


def test_another_process_gets_the_same_corpus_and_sees_what_was_added(tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2020/norvania"), "hrr")
    sent = pickle.dumps(corpus)
    assert len(sent) < 1000
    there = pickle.loads(sent)
    assert (there.profile, there.countries(2020)) == (corpus.profile, corpus.countries(2020))
    assert pickle.loads(sent) is there
    small(tmp_path, "2020/karvelia")
    assert pickle.loads(pickle.dumps(Corpus(tmp_path, "hrr"))).countries(2020) == ("karvelia", "norvania")
    own = pickle.loads(pickle.dumps(Corpus(tmp_path, load_profile("dol"))))
    assert (own.profile.name, own.countries(2020)) == ("dol", ("karvelia", "norvania"))


# --- who is who ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "slug", "name"),
    [
        pytest.param("swaziland", "eswatini", "eswatini", "Eswatini", id="renamed"),
        pytest.param("burma", "myanmar", "burma", "Burma", id="two names"),
        pytest.param("burma-myanmar", "burma", "burma", "Burma", id="both names in one"),
        pytest.param("gambia-the", "the-gambia", "gambia", "The Gambia", id="article"),
        pytest.param("korea-north", "north-korea", "north-korea", "North Korea", id="order of words"),
        pytest.param("Côte d'Ivoire", "cote-divoire", "cote-divoire", "Côte d'Ivoire", id="accents"),
        pytest.param("congo-democratic-republic-of-the", "drc", "democratic-republic-of-the-congo",
                     "Democratic Republic of the Congo", id="short"),
        pytest.param("st-lucia", "saint-lucia", "saint-lucia", "Saint Lucia", id="saint"),
        pytest.param("turkey", "turkiye", "turkey", "Turkey", id="turkiye"),
    ],
)  # fmt: skip
def test_one_country_under_two_names(old: str, new: str, slug: str, name: str, tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, f"2018/{old}", f"2019/{new}"))
    assert corpus.countries(2018) == corpus.countries(2019) == (slug,)
    for written in (old, new, slug, name, name.upper()):
        assert corpus.narrative(written, 2018).slug == slug
        assert corpus.narrative(written, 2019).country == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dominica", "dominican-republic"),
        ("niger", "nigeria"),
        ("guinea", "guinea-bissau"),
        ("guinea", "equatorial-guinea"),
        ("republic-of-the-congo", "democratic-republic-of-the-congo"),
        ("sudan", "south-sudan"),
        ("china", "taiwan"),
        ("north-korea", "south-korea"),
        ("samoa", "american-samoa"),
        ("ireland", "northern-ireland"),
    ],
)
def test_two_countries_stay_two(one: str, other: str) -> None:
    names = country_names(load_profile("tip"))
    assert not names.same(one, other)


def test_a_corpus_that_agrees_with_itself_keeps_its_slugs(tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2018/myanmar", "2019/myanmar", "2019/congo-republic-of-the"))
    assert corpus.countries(2019) == ("congo-republic-of-the", "myanmar")
    assert corpus.narrative("Burma", 2018).country == "Burma"


def test_corpus_toml_adds_aliases_and_names(tmp_path: Path) -> None:
    small(tmp_path, "2018/norvania", "2019/new-norvania", "2019/karvelia-isle")
    toml = '[aliases]\n"New Norvania" = ["Norvania"]\n[names]\n"karvelia-isle" = "Karvelia (Isle)"\n'
    fill(tmp_path, {"corpus.toml": f'family = "hrr"\nanything = "else"\n{toml}'})
    corpus = Corpus(tmp_path)
    assert corpus.profile.name == "hrr"
    assert corpus.countries(2018) == ("new-norvania",)
    assert corpus.narrative("karvelia-isle", 2019).country == "Karvelia (Isle)"
    assert Corpus(tmp_path, "dol").profile.name == "dol"  # what the user says goes first


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("bosnia-and-herzegovina", "Bosnia and Herzegovina"),
        ("cote-divoire", "Côte d'Ivoire"),
        ("guinea-bissau", "Guinea-Bissau"),
        ("timor-leste", "Timor-Leste"),
        ("trinidad-and-tobago", "Trinidad and Tobago"),
        ("republic-of-the-congo", "Republic of the Congo"),
        ("the-norvanias", "The Norvanias"),
        ("sao-tome-and-principe", "São Tomé and Príncipe"),
        ("united-states-of-america", "United States of America"),
    ],
)
def test_names_as_people_write_them(slug: str, name: str) -> None:
    assert country_names(load_profile("hrr")).display(slug) == name
    assert slug_of(name) == slug


def test_a_country_is_one_over_all_editions(tmp_path: Path) -> None:
    """Under every name that the editions gave it; its slug is the usual one where they differ."""
    small(tmp_path, "2018/turkey", "2019/turkey-turkiye", "2020/turkiye", "2018/swaziland", "2019/eswatini")
    small(tmp_path, "2018/israel-golan-heights-west-bank-and-gaza", "2019/israel-west-bank-and-gaza", "2020/israel")
    corpus = Corpus(tmp_path)
    assert corpus.countries(2018) == ("eswatini", "israel", "turkey")
    assert corpus.countries(2019) == ("eswatini", "israel", "turkey")
    assert corpus.countries(2020) == ("israel", "turkey")
    assert corpus.narrative("Türkiye", 2019).country == "Turkey"


def test_a_corpus_that_calls_a_country_otherwise_goes_before_the_table(tmp_path: Path) -> None:
    small(tmp_path, "2018/anatolia", "2019/turkey")
    fill(tmp_path, {"corpus.toml": '[aliases]\n"Turkey" = ["Anatolia"]\n[names]\n"turkey" = "Türkiye"\n'})
    corpus = Corpus(tmp_path)
    assert corpus.countries(2018) == corpus.countries(2019) == ("turkey",)
    assert corpus.name("anatolia") == "Türkiye"
    assert corpus.names.territory("anatolia").iso3 == "TUR"  # type: ignore[union-attr]


# --- what is not there -----------------------------------------------------------------------------------------


def test_a_missing_or_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DiffingError, match=r"nothing.*no such corpus.*corpus import"):
        Corpus(tmp_path / "nothing")
    with pytest.raises(DiffingError, match=r"no narratives in it.*<corpus>/<year>/<country>"):
        Corpus(tmp_path)
    small(tmp_path, "tip/2020/norvania")
    with pytest.raises(DiffingError, match=r"folder of one year: give the corpus, .*tip"):
        Corpus(tmp_path / "tip" / "2020")
    with pytest.raises(DiffingError, match="a file, no corpus"):
        Corpus(tmp_path / "tip" / "2020" / "norvania.txt")


def test_a_year_that_is_not_there_lists_those_that_are(tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2018/norvania", "2020/norvania"))
    for call in (corpus.countries, corpus.sources, corpus.earlier, lambda year: corpus.narrative("norvania", year)):
        with pytest.raises(DiffingError, match=r"no year 2019.*2018, 2020"):
            call(2019)
    with pytest.raises(DiffingError, match=r"holds no earlier year.*2018"):
        corpus.earlier(2018)
    with pytest.raises(DiffingError, match="2020 is not before 2018"):
        corpus.earlier(2018, since=2020)


@pytest.mark.parametrize(
    ("given", "near"),
    [("Turkmenstan", "turkmenistan"), ("Ivory Cost", "cote-divoire"), ("guinea bisau", "guinea-bissau")],
)
def test_an_unknown_country_is_answered_with_near_ones(given: str, near: str, tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2020/turkmenistan", "2020/cote-divoire", "2020/guinea-bissau", "2020/peru"))
    with pytest.raises(DiffingError, match=f"no country '{given}'; did you mean {near}"):
        corpus.narrative(given, 2020)


def test_a_country_that_is_in_another_year_only_is_said(tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2019/norvania", "2020/karvelia"))
    with pytest.raises(DiffingError, match=r"no narrative of Norvania for 2020.*2019"):
        corpus.narrative("norvania", 2020)


@pytest.mark.parametrize("other", ["2020/turkiye.txt", "2020/turkey.html", "2020/Turkey.md"])
def test_two_files_for_one_country_name_both_and_the_rest_goes_on(other: str, tmp_path: Path) -> None:
    small(tmp_path, "2020/turkey", "2020/norvania")
    corpus = Corpus(fill(tmp_path, {other: TEXT}))
    assert corpus.countries(2020) == ("norvania", "turkey")
    with pytest.raises(DiffingError, match=r"2 narratives of Turkey for 2020: .* and .*; keep one"):
        corpus.narrative("turkey", 2020)
    with pytest.raises(DiffingError, match="2 narratives"):
        corpus.checksum("turkey", 2020)
    assert corpus.narrative("norvania", 2020).sentences


@pytest.mark.parametrize(
    "given", ["../2019/norvania", "..", "/etc/passwd", "norvania/../../x", "a\\b", "", " ", "nor\0vania", "."]
)
def test_a_name_that_could_be_a_path_is_refused(given: str, tmp_path: Path) -> None:
    corpus = Corpus(small(tmp_path, "2020/norvania"))
    with pytest.raises(DiffingError, match=r"no name of a country|is empty"):
        corpus.narrative(given, 2020)


@given(st.text(max_size=40))
def test_every_name_is_a_plain_slug_or_refused(name: str) -> None:
    try:
        slug = check_country(name)
    except DiffingError:
        return
    assert slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""
    assert slug


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "norvania", id="binary"),
        pytest.param(b"x" * 20_000_001, "over the limit", id="20 MB"),
    ],
)
def test_a_file_that_cannot_be_a_narrative_is_named(content: bytes, says: str, tmp_path: Path) -> None:
    corpus = Corpus(fill(tmp_path, {"2020/norvania.txt": content}))
    with pytest.raises(DiffingError, match=says):
        corpus.narrative("norvania", 2020)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("all.csv", "country,words\nNorvania,x\n", r"all\.csv: no column text \(there are: country, words\)"),
        ("all.csv", "country,text\nNorvania,x\n", "no column year"),
        ("all.parquet", "no parquet", "no valid parquet table"),
        ("all.jsonl", "{broken", "no valid jsonl table"),
        ("all.csv", "country,year,text\n,2020,x\n", "no usable narrative.*row 1: no country"),
        ("corpus.toml", "family = ", r"corpus\.toml: no valid TOML"),
        ("corpus.toml", "family = 3", r"corpus\.toml: key family"),
        ("corpus.toml", 'family = "nosuch"', r"corpus\.toml: key family: no profile 'nosuch'"),
        ("corpus.toml", 'family = "english"', r"corpus\.toml: key family: no profile 'english'"),
        ("corpus.toml", 'family = ""', r"corpus\.toml: key family: no profile ''"),
        ("corpus.toml", 'profile = "words/deeds"', r"corpus\.toml: key profile: no profile"),
        ("corpus.toml", 'profile = "corpus.toml"', r"corpus\.toml: key profile: .*key extends"),
        ("corpus.toml", 'aliases = ["x"]', r"corpus\.toml: key aliases"),
    ],
)
def test_bad_tables_and_manifests_name_the_file(name: str, content: str, says: str, tmp_path: Path) -> None:
    fill(tmp_path, {name: content})
    with pytest.raises(DiffingError, match=says):
        Corpus(tmp_path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_as_spreadsheets_write_it(separator: str, encoding: str, tmp_path: Path) -> None:
    lines = ["Country {}Year{} text", 'Côte d’Ivoire{}2020{}"It opened 2 shelters, and the ""plan"" was adopted."']
    table = "\r\n".join(line.format(separator, separator) for line in lines)
    (tmp_path / "all.csv").write_bytes(table.encode(encoding))
    corpus = Corpus(tmp_path, "tip")
    assert corpus.narrative("cote-divoire", 2020).text == 'It opened 2 shelters, and the "plan" was adopted.'
    assert bool(corpus.problems) == (encoding == "cp1252")  # read, but look at it


def test_a_table_that_unpacks_to_more_than_it_may_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pl.DataFrame({"country": "Norvania", "year": 2020, "text": ["x" * 1000] * 1000})
    frame.write_parquet(tmp_path / "all.parquet")
    monkeypatch.setattr("diffing.corpus.table_files.MAX_TABLE_BYTES", 100_000)
    assert (tmp_path / "all.parquet").stat().st_size < 100_000
    with pytest.raises(DiffingError, match=r"1 MB when unpacked"):
        Corpus(tmp_path)


def test_json_lines_with_odd_rows(tmp_path: Path) -> None:
    rows = [{"country": "Norvania", "year": "2020", "text": "Some text."}, {"country": None, "year": 2020, "text": "x"}]
    corpus = Corpus(fill(tmp_path, {"all.jsonl": "\n".join(json.dumps(row) for row in rows)}))
    assert corpus.countries(2020) == ("norvania",)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([".csv", ".parquet", ".jsonl"]), st.binary(max_size=300), st.booleans())
def test_no_bytes_make_a_table_raise_anything_else(suffix: str, content: bytes, begun: bool) -> None:
    start = {".csv": b"country,year,text\n", ".parquet": b"PAR1", ".jsonl": b'{"country": "X", "year": 2020, "text": '}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"all{suffix}"
        path.write_bytes(start[suffix] * begun + content + b"PAR1" * (suffix == ".parquet"))
        said = str(path)
        try:
            corpus = Corpus(path)
            assert all(corpus.narrative(slug, year).text for year in corpus.years for slug in corpus.countries(year))
        except DiffingError as error:
            said = str(error)
        assert str(path) in said


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_bytes_make_corpus_toml_raise_anything_else(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus.toml").write_bytes(content)
        said = "corpus.toml"
        try:
            read_manifest(Path(folder))
        except DiffingError as error:
            said = str(error)
        assert "corpus.toml" in said


# --- the corpus taken where none is named ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "taken", "why"),
    [
        ((), "sample", "sample that ships"),
        ((2020,), "sample", "does not hold 2019"),
        ((2018, 2019), "sample", "does not hold 2020"),
        ((2019, 2020), "tip", "your own, with 2019, 2020"),
    ],
)
def test_the_corpus_of_make_diff(own: tuple[int, ...], taken: str, why: str, tmp_path: Path) -> None:
    small(tmp_path, "sample/2019/norvania", "sample/2020/norvania", *(f"tip/{year}/norvania" for year in own))
    path, said = default_corpus(tmp_path, 2020)
    assert (path, why in said) == (tmp_path / taken, True)


def test_the_corpus_of_make_diff_when_ones_own_is_broken(tmp_path: Path) -> None:
    small(tmp_path, "sample/2019/norvania", "tip/2019/norvania", "tip/2020/norvania")
    fill(tmp_path, {"tip/corpus.toml": "family = "})
    path, said = default_corpus(tmp_path, 2020)
    assert path == tmp_path / "sample"
    assert "corpus.toml: no valid TOML" in said


# --- corpus.toml -----------------------------------------------------------------------------------------------


def test_what_a_user_wrote_in_corpus_toml_is_kept(tmp_path: Path) -> None:
    mine = '# my corpus\nfamily = "tip"   # the main one\n[names]\n"x" = "Île de \\"X\\""\n'
    fill(tmp_path, {"corpus.toml": mine})
    manifest = read_manifest(tmp_path)
    for country in ("Norvania", 'a "b" \\ \x7f 東'):
        entry = StoredFile(sha256="0", date="2020-01-01", country=country)
        manifest.files[f"2020/{country}.txt"] = entry
        write_manifest(tmp_path, manifest)
    text = (tmp_path / "corpus.toml").read_text()
    assert text.startswith(mine)
    assert text.count(MARK) == 1
    assert read_manifest(tmp_path) == manifest


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), max_size=9), st.text(st.characters(codec="utf-8"), max_size=9)
    )
)
def test_any_entry_is_read_back_as_written(entries: dict[str, str]) -> None:
    files = {name: StoredFile(sha256="0", date="d", country=country) for name, country in entries.items()}
    with tempfile.TemporaryDirectory() as folder:
        write_manifest(Path(folder), Manifest(files=files))
        assert read_manifest(Path(folder)).files == files


# --- the real ones ---------------------------------------------------------------------------------------------


@pytest.mark.real
@pytest.mark.parametrize(
    ("folder", "counts"),
    [
        ("hrr", (195, 195, 194, 194)),
        ("hrr-sec7", (195, 195, 195, 194, 194)),
        ("dol-child-labor", (140, 135, 132, 131, 131, 131)),
        ("factbook-tip", (65, 65, 67, 67, 65)),
        ("tip", (1,)),
    ],
)
def test_the_real_corpora_are_listed_whole(folder: str, counts: tuple[int, ...], shared: Path) -> None:
    corpus = Corpus(shared / "real" / folder, "hrr")
    assert tuple(len(corpus.countries(year)) for year in corpus.years) == counts
    assert tuple(len(corpus.sources(year)) for year in corpus.years) == counts
    for year in corpus.years:
        for source in corpus.sources(year):
            assert corpus.path_of(source.slug, year) == source.path
