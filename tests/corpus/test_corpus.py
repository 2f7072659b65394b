"""A corpus: what is a narrative in it, who is who, and what is said when something is not there."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_corpora import TEXT, fill, small

from diffing.corpus.default import default_corpus
from diffing.corpus.folders import Corpus
from diffing.corpus.manifest import MARK, Manifest, StoredFile, read_manifest, write_manifest
from diffing.corpus.naming import check_country
from diffing.model import DiffingError
from diffing.profile import load_profile

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


def test_a_file_that_becomes_another_thing_after_it_was_listed_is_not_read(tmp_path):
    for year in (2019, 2020):
        (tmp_path / "c" / f"{year}").mkdir(parents=True)
        for name in ("norvania", "sudania"):
            (tmp_path / "c" / f"{year}" / f"{name}.txt").write_text("Police left.")
    (tmp_path / "secret.txt").write_text("A secret.")
    corpus = Corpus(tmp_path / "c", "tip")
    for name in ("norvania", "sudania"):
        (tmp_path / "c" / "2020" / f"{name}.txt").unlink()
    (tmp_path / "c" / "2020" / "norvania.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(tmp_path / "c" / "2020" / "sudania.txt")
    for name, said in (("norvania", "a link that leads out"), ("sudania", "a pipe")):
        with pytest.raises(DiffingError, match=said):
            corpus.narrative(name, 2020)


def test_of_many_that_claim_to_be_one_narrative_some_are_named(tmp_path):
    rows = ["Norvania,2020,Police left.\n"] * 900
    (tmp_path / "t.csv").write_text("country,year,text\nNorvania,2019,Police came.\n" + "".join(rows))
    with pytest.raises(DiffingError, match=r"900 narratives .* and 897 more; keep one") as caught:
        Corpus(tmp_path / "t.csv", "tip").narrative("norvania", 2020)
    assert len(str(caught.value)) < 1_000
