"""What a stranger's archive or ``corpus.toml`` can be made of: each is named, the rest goes on, nothing is filled."""

import bz2
import os
import struct
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from diffing.corpus import Corpus, checking, checking_files, gathering
from diffing.corpus.gathering import MOST_PACKED, gathered
from diffing.corpus.importing import import_paths
from diffing.corpus.manifest import read_manifest
from diffing.model import DiffingError, OutputError
from diffing.profile import ProfileError, load_profile, loading

TEXT = "Police identified eight victims in 2019. Courts convicted none.\n"
GOOD = {"2020/norvania.txt": TEXT, "2020/ardesh.txt": f"{TEXT}More were tried.\n"}


def archive(path: Path, *members: tuple[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return path


def small_but_unpacks_to(size: int) -> bytes:
    """An archive of one member that says it has a hundred bytes, and unpacks all at once."""
    packer = bz2.BZ2Compressor()
    packed = b"".join([*(packer.compress(bytes(10_000_000)) for _ in range(size // 10_000_000)), packer.flush()])
    name = b"2020/bomb.txt"
    about = (0, 12, 0, 0x21, 0, len(packed), 100, len(name), 0)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 46, *about) + name
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 46, 46, *about, 0, 0, 0, 0, 0) + name
    body = local + packed + central
    return body + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local) + len(packed), 0)


def with_a_wrong_checksum(path: Path) -> Path:
    archive(path, *GOOD.items(), ("2020/damaged.txt", TEXT))
    data = bytearray(path.read_bytes())
    at = data.rindex(b"2020/damaged.txt", 0, data.index(b"PK\x01\x02")) + len("2020/damaged.txt")
    data[at] ^= 0xFF
    path.write_bytes(data)
    return path


BAD_MEMBERS = {
    "a name too long for a file": ((f"2020/{'x' * 300}.txt", TEXT), "too long"),
    "a name used twice": (("2020/norvania.txt", "Others left.\n"), "another file of the archive has this name"),
    "a folder that is a file": (("2020/norvania.txt/b.txt", TEXT), "can't be unpacked"),
    "a name that leads out": (("../../norvania.txt", TEXT), "leads out"),
    "a name from the root": (("/2020/norvania.txt", TEXT), "leads out"),
    "a name in folders without end": (("2020/" + "a/" * gathering.DEEPEST + "b.txt", TEXT), "in over 12 folders"),
}


@pytest.mark.parametrize("name", BAD_MEMBERS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_bad_member_of_an_archive_is_named_and_the_others_are_taken(name, tmp_path):
    member, told = BAD_MEMBERS[name]
    done = import_paths([archive(tmp_path / "a.zip", *GOOD.items(), member)], "tip", tmp_path / "corpus")
    assert done.by_year == {2020: 2}
    ((where, why),) = done.failed
    assert member[0] in where
    assert told in why
    assert (tmp_path / "corpus" / "2020" / "norvania.txt").read_text() == TEXT


def test_a_damaged_member_is_named_and_the_others_are_taken(tmp_path):
    done = import_paths([with_a_wrong_checksum(tmp_path / "a.zip")], "tip", tmp_path / "corpus")
    assert done.by_year == {2020: 2}
    ((where, why),) = done.failed
    assert where.endswith("2020/damaged.txt")
    assert "can't be unpacked" in why


def test_a_member_that_unpacks_at_once_is_not_unpacked(tmp_path):
    (tmp_path / "a.zip").write_bytes(small_but_unpacks_to(100_000_000))
    done = import_paths([tmp_path / "a.zip"], "tip", tmp_path / "corpus")
    ((_, why),) = done.failed
    assert "packed in a way that is not read" in why


@pytest.mark.parametrize("packed", ["side by side", "in each other"])
def test_the_folders_of_archives_count_as_what_they_unpack_to(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(gathering, "MOST_FILES", 50)
    files = [(f"{n}/" + "a/" * 10 + "b.css", "") for n in range(3)]
    small = [archive(tmp_path / f"{n}.zip", *files) for n in range(2)]
    many = archive(tmp_path / "many.zip", *((f"{n}/" + "a/" * 10 + "b.css", "") for n in range(5)))
    if packed == "in each other":
        small = [archive(tmp_path / "both.zip", *((one.name, one.read_bytes()) for one in small))]
    with gathered([many]) as found:
        assert "unpacks to more than an import may have" in found.failed[0][1]
        assert not list(Path(found._unpacked.name).glob("*/*"))
    with gathered([many, *small]) as found:
        assert found.failed.pop(0)[0] == str(many)  # and takes nothing of what the others may have
        ((where, why),) = found.failed
        assert where.endswith("1.zip")
        assert "unpacks to more than an import may have" in why
        assert len(list(Path(found._unpacked.name).rglob("*"))) <= 51  # and the mark


@pytest.mark.parametrize("depth", [MOST_PACKED - 1, 40])
def test_archives_in_archives_end(depth, tmp_path):
    content = archive(tmp_path / "a.zip", *GOOD.items()).read_bytes()
    for _ in range(depth):
        outer = BytesIO()
        with zipfile.ZipFile(outer, "w") as packed:
            packed.writestr("a.zip", content)  # of the same name, as one that holds itself
        content = outer.getvalue()
    (tmp_path / "b.zip").write_bytes(content)
    done = import_paths([tmp_path / "b.zip"], "tip", tmp_path / "corpus")
    if depth < MOST_PACKED:
        assert (done.by_year, done.failed) == ({2020: 2}, [])
    else:
        ((_, why),) = done.failed
        assert "unpacks to more than an import may have" in why


def test_links_of_a_folder_to_itself_end_and_each_file_is_taken_once(tmp_path):
    year = tmp_path / "saved" / "2020"
    year.mkdir(parents=True)
    (year / "norvania.txt").write_text(TEXT)
    for n in range(8):
        (tmp_path / "saved" / f"a{n}").symlink_to(".")
        (year / f"up{n}").symlink_to("..")
    done = import_paths([tmp_path / "saved"], "tip", tmp_path / "corpus")
    assert (done.by_year, done.failed) == ({2020: 1}, [])


ODD_TOML = {
    "a key of quoted parts": ('"\u2028".' * 20_000 + "a = 1", "line 1: a key of over 50 parts"),
    "parts with quotes in them": (
        "x = 1\n{'\"'." + '"\\"" . ' * 60 + "a = 1}",
        "line 2: a key of over 50 parts",
    ),
    "a heading": ("[ a" + " . 'b'" * 60 + "]", "line 1: a key of over 50 parts"),
    "lists without end": ("x = " + "[" * 100_000, "without end"),
    "tables without end": ("x = " + "{a=" * 3_000 + "1" + "}" * 3_000, "without end"),
    "a key of too many parts": ("a." * 400_000 + "a = 1", "line 1: a key of over 50 parts"),
    "too long": ("# " + "x" * 5_000_001, "over the limit of 5,000,000 bytes"),
}


@pytest.mark.parametrize("name", ODD_TOML)
def test_an_odd_toml_is_an_error_that_names_it(name, tmp_path):
    content, told = ODD_TOML[name]
    for file in ("corpus.toml", "own.toml"):
        (tmp_path / file).write_text(content)
    with pytest.raises(DiffingError, match=rf"corpus\.toml: .*{told}"):
        read_manifest(tmp_path)
    with pytest.raises(ProfileError, match=rf"own\.toml: .*{told}"):
        load_profile(tmp_path / "own.toml")


def test_a_profile_of_tables_in_each_other_is_an_error_that_names_it(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "tip"\n' + ".".join(["a"] * 2_000) + " = 1\n")
    with pytest.raises(ProfileError, match=r"own\.toml: "):
        load_profile(tmp_path / "own.toml")


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_corpus_toml_that_is_no_file_holds_nobody_up(kind, tmp_path):
    place = tmp_path / "2020" / "norvania.txt"
    place.parent.mkdir()
    place.write_text(TEXT)
    if kind == "pipe":
        os.mkfifo(tmp_path / "corpus.toml")
    else:
        (tmp_path / "corpus.toml").symlink_to("/dev/zero")
    with pytest.raises(DiffingError, match=r"no file but a pipe or a device|a link that leads out"):
        Corpus(tmp_path)
    (tmp_path / "own.toml").symlink_to("/dev/zero")
    with pytest.raises(ProfileError, match=r"no file but a pipe or a device|no profile"):
        load_profile(tmp_path / "own.toml")


SECRET = 'extends = "tip"\nname = "secret"\ntitle = "SECRET TITLE"\n'


@pytest.mark.parametrize("way", ["a path", "a way up", "a link", "extends", "corpus.toml"])
def test_a_profile_outside_of_the_corpus_is_not_read(way, tmp_path):
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret.toml").write_text(SECRET)
    corpus = tmp_path / "corpus"
    (corpus / "2020").mkdir(parents=True)
    (corpus / "2020" / "norvania.txt").write_text(TEXT)
    named = {"a path": str(tmp_path / "private" / "secret.toml"), "a way up": "../private/secret.toml"}
    (corpus / "corpus.toml").write_text(f'profile = "{named.get(way, "own.toml")}"\n')
    if way == "extends":
        (corpus / "own.toml").write_text('extends = "../private/secret.toml"\nname = "own"\n')
    elif way == "a link":
        (corpus / "own.toml").symlink_to(tmp_path / "private" / "secret.toml")
    elif way == "corpus.toml":
        (corpus / "corpus.toml").unlink()
        (corpus / "corpus.toml").symlink_to(tmp_path / "private" / "secret.toml")
    with pytest.raises(DiffingError, match=r"lie in the corpus|leads out of the corpus"):
        Corpus(corpus)


@pytest.mark.parametrize("extended", [False, True])
def test_an_import_takes_the_profile_into_the_corpus(extended, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text(SECRET)
    if extended:
        mine, below = tmp_path / "above.toml", mine
        mine.write_text(f'extends = "{below.name}"\nname = "above"\n')
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "norvania.txt").write_text(TEXT)
    corpus = tmp_path / "corpus"
    import_paths([tmp_path / "2020"], mine, corpus)
    assert (corpus / mine.name).read_bytes() == mine.read_bytes()
    assert Corpus(corpus).profile.title == "SECRET TITLE"


def test_an_import_writes_its_profile_over_no_other_file(tmp_path):
    mine, corpus = tmp_path / "mine.toml", tmp_path / "corpus"
    mine.write_text(SECRET)
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "norvania.txt").write_text(TEXT)
    corpus.mkdir()
    (corpus / "mine.toml").write_text("of somebody else")
    with pytest.raises(DiffingError, match="another file than the profile"):
        import_paths([tmp_path / "2020"], mine, corpus)
    assert (corpus / "mine.toml").read_text() == "of somebody else"


ROWS = {"country": ["Norvania", "Ardesh"], "year": [2019, 2020], "text": [TEXT, TEXT]}
ODD_FRAMES = {
    "lists for texts": (ROWS | {"text": [["a"], ["b"]]}, "no text"),
    "lists for years": (ROWS | {"year": [[2019], [2020]]}, "no year"),
    "bytes for texts": (ROWS | {"text": [TEXT.encode()] * 2}, "no text"),
    "no number for a year": (ROWS | {"year": [float("nan"), float("inf")]}, "no year"),
    "paths for countries": (ROWS | {"country": ["../../etc", "a/b"]}, "could lead outside"),
}


@pytest.mark.parametrize("name", ODD_FRAMES)
def test_a_data_frame_of_odd_values_is_an_error_that_says_which(name):
    values, told = ODD_FRAMES[name]
    with pytest.raises(DiffingError, match=told):
        Corpus(pl.DataFrame(values), profile="tip")


def test_of_two_columns_the_one_of_the_very_name_is_taken():
    frame = pl.DataFrame({"Country": ["Xanadu", "Utopia"], **ROWS})
    assert Corpus(frame, profile="tip").countries() == ("ardesh", "norvania")
    assert Corpus(frame.lazy(), profile="tip").countries() == ("ardesh", "norvania")


def test_a_data_frame_with_two_columns_of_one_name_is_refused():
    pandas = pytest.importorskip("pandas")
    twice = pandas.DataFrame([["A", "B", 2019, TEXT]], columns=["country", "country", "year", "text"])
    with pytest.raises(DiffingError, match="several columns country"):
        Corpus(twice, profile="tip")
    missing = pandas.DataFrame(ROWS | {"year": [2019, pandas.NA]})
    assert Corpus(missing, profile="tip").countries() == ("norvania",)


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_lock_of_a_strangers_is_neither_waited_for_nor_followed(kind, tmp_path):
    corpus, outside = tmp_path / "corpus", tmp_path / "outside"
    corpus.mkdir()
    if kind == "pipe":
        os.mkfifo(corpus / ".lock")
    else:
        (corpus / ".lock").symlink_to(outside)
    narrative = tmp_path / "2020-norvania.txt"
    narrative.write_text(TEXT)
    with pytest.raises(OutputError, match="can't be written"):
        import_paths([narrative], "tip", corpus)
    assert not outside.exists()


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nothing"])
def test_what_is_no_file_in_the_place_of_a_narrative_is_let_be(kind, tmp_path):
    place = tmp_path / "corpus" / "2020" / "norvania.txt"
    place.parent.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("nothing")
    before = place.lstat().st_ino
    for name in ("norvania", "ardesh"):
        (tmp_path / f"2020-{name}.txt").write_text(TEXT)
    done = import_paths(sorted(tmp_path.glob("*.txt")), "tip", tmp_path / "corpus")
    assert done.stored == [(2020, "ardesh")]
    assert "norvania.txt: no file but" in done.failed[0][1]
    assert place.lstat().st_ino == before


def test_an_import_follows_no_link_out_of_what_was_given(tmp_path):
    given = tmp_path / "given"
    for year in ("2019", "2020"):
        (given / year).mkdir(parents=True)
        (given / year / "norvania.txt").write_text(TEXT)
    (tmp_path / "key.txt").write_text("My own words are here. They are nobody's.\n")
    (given / "2020" / "ardesh.txt").symlink_to(tmp_path / "key.txt")
    (given / "2018").symlink_to(tmp_path / "2018")
    (tmp_path / "2018").mkdir()
    (tmp_path / "2018" / "ardesh.txt").write_text("My own words, too. They are nobody's.\n")
    (given / "2020" / "belmora.txt").symlink_to(given / "2019" / "norvania.txt")
    done = import_paths([given], "tip", tmp_path / "corpus")
    assert sorted(done.stored) == [(2019, "norvania"), (2020, "belmora"), (2020, "norvania")]
    assert [Path(where).name for where, why in done.failed if "leads out" in why] == ["2018", "ardesh.txt"]


def test_what_a_killed_import_has_unpacked_is_removed_by_one_a_week_later_and_nothing_else(tmp_path, monkeypatch):
    shared, mine = tmp_path / "tmp", tmp_path / "mine"
    monkeypatch.setattr("tempfile.tempdir", str(shared))
    for name in ("diffing-import-killed", "diffing-import-at-work", "diffing-import-mine", "other"):
        (shared / name / "1").mkdir(parents=True)
        (shared / name / "1" / "norvania.txt").write_text(TEXT)
    for name in ("diffing-import-killed", "diffing-import-at-work", "other"):
        (shared / name / gathering.MARK).touch()
    mine.mkdir()
    (mine / gathering.MARK).touch()
    (shared / "diffing-import-link").symlink_to(mine)
    for folder in (*shared.iterdir(), mine):
        if folder.name != "diffing-import-at-work":
            os.utime(folder, (0, 0), follow_symlinks=False)
    with gathered([archive(tmp_path / "a.zip", *GOOD.items())]) as found:
        assert len(found.files) == 2
    left = {path.name for path in shared.iterdir()}
    assert left == {"diffing-import-at-work", "diffing-import-mine", "diffing-import-link", "other"}
    assert (mine / gathering.MARK).exists()


def test_an_archive_with_a_list_without_end_is_not_read(tmp_path, monkeypatch):
    """The list is read whole, ten times its bytes, before anything of it can be looked at."""
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(100):
            archive.writestr(f"2020/norvania-{number}.txt", "Police left.")
    monkeypatch.setattr(gathering, "MOST_LISTED", 1_000)
    with gathered([tmp_path / "many.zip"]) as found:
        assert (found.files, len(found.failed)) == ([], 1)
    assert "list of files" in found.failed[0][1]


@pytest.mark.parametrize("place", ["checking", "importing"])
def test_a_pattern_that_takes_for_ever_is_one_file_for_a_check_and_an_import(tmp_path, monkeypatch, place):
    """Some pass the trial at load: their time grows with the square, or is met by no text that is made for them."""
    monkeypatch.setattr(loading, "_try_patterns", lambda *_: None)
    monkeypatch.setattr(import_module(f"diffing.corpus.{place}"), "SECONDS_A_COUNTRY", 0.5)
    corpus = tmp_path / "corpus"
    (corpus / "2020").mkdir(parents=True)
    (corpus / "own.toml").write_text(
        'extends = "tip"\nname = "own"\n[[reading.frame]]\npattern = "(?:a|aa)+#"\nexamples = []\n'
    )
    (corpus / "corpus.toml").write_text('profile = "own.toml"\n')
    (corpus / "2020" / "ardesh.txt").write_text(f"\n\n{'a' * 60}\n\nPolice freed 3 men.\n")
    (corpus / "2020" / "norvania.txt").write_text("Police freed 3 men.\n")
    if place == "checking":
        told = [note.message for note in checking.check_corpus(corpus).errors]
    else:
        family, other = corpus / "own.toml", tmp_path / "other"
        done = import_paths([corpus / "2020"], family, other)
        assert done.stored == [(2020, "norvania")]
        told = [why for _, why in done.failed]
    assert len(told) == 1
    assert "took more than" in told[0]


def test_a_corpus_toml_that_names_any_file_has_none_opened_but_those_of_the_corpus_each_once(tmp_path, monkeypatch):
    """A check compares what it names; 60 bytes of it can name 20 MB, and again by another way to the same file."""
    corpus = tmp_path / "corpus"
    (corpus / "2020").mkdir(parents=True)
    (corpus / "2020" / "norvania.txt").write_text(TEXT)
    (tmp_path / "mine.txt").write_text(TEXT)
    (corpus / "2020" / "link.txt").symlink_to("norvania.txt")
    names = ["2020/norvania.txt", "2020/./norvania.txt", "2020//norvania.txt", "2019/../2020/norvania.txt", "2020",
             "../mine.txt", str(tmp_path / "mine.txt"), "2020/link.txt", "2020/a\\u0000b", "x" * 5_000]  # fmt: skip
    told = "".join(f'[files."{name}"]\nsha256 = "00"\ndate = "2020-01-01"\n' for name in names)
    (corpus / "corpus.toml").write_text(f'family = "tip"\n{told}')
    opened = []
    monkeypatch.setattr(checking_files, "checksum_of", lambda path: opened.append(path.relative_to(corpus).as_posix()))
    checking.check_corpus(corpus)
    assert opened == ["2020/norvania.txt"]
