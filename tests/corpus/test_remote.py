"""A corpus at an address: copied once, brought up to date, and never out of its folder."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from diffing.corpus import Corpus, remote
from diffing.corpus.remote import local_copy
from diffing.model import DiffingError

fsspec = pytest.importorskip("fsspec", reason="no fsspec: pip install '.[scale]'")
pytest.importorskip("aiohttp", reason="no aiohttp: pip install '.[scale]'")


@pytest.fixture
def place(tmp_path, monkeypatch, sample):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for year in ("2019", "2020"):
        (tmp_path / "there" / year).mkdir(parents=True)
        shutil.copy(sample / year / "turkmenistan.txt", tmp_path / "there" / year)
    return tmp_path / "there"


def test_a_corpus_at_an_address_is_that_of_the_folder(place):
    there, here = Corpus(f"file://{place}"), Corpus(place)
    assert there.years == here.years
    assert there.narrative("turkmenistan", 2020).text == here.narrative("turkmenistan", 2020).text


def test_a_copy_is_brought_up_to_date(place):
    first, _ = local_copy(f"file://{place}")
    (place / "2020" / "turkmenistan.txt").write_text("The government did nothing in 2019.")
    (place / "2020" / "norvania.txt").write_text("The government did much in 2019.")
    (place / "2019" / "turkmenistan.txt").unlink()
    again, _ = local_copy(f"file://{place}")
    assert first == again
    files = {path.relative_to(again).as_posix() for path in again.rglob("*.txt")}
    assert files == {"2020/turkmenistan.txt", "2020/norvania.txt"}
    assert (again / "2020" / "turkmenistan.txt").read_text() == "The government did nothing in 2019."


def test_an_address_without_a_corpus_is_named(tmp_path):
    for address in (f"file://{tmp_path}/nowhere", "nosuch://bucket/corpus"):
        with pytest.raises(DiffingError, match=address.partition("://")[0]):
            Corpus(address)


@pytest.mark.parametrize("name", ["bucket/../../cron.txt", "bucket/2020/../../cron.txt", "/etc/cron.txt", "cron.txt"])
def test_a_name_that_leads_out_is_left_out_and_said_and_the_others_are_taken(tmp_path, monkeypatch, name):
    class Hostile:
        def find(self, root, **_):
            plain = {"size": 1, "type": "file"}
            return {name: plain, "bucket/../..": plain, "bucket/2020/norvania.txt": plain}

        def get_file(self, name, to, **_):
            Path(to).write_text("x")

    monkeypatch.setattr("fsspec.core.url_to_fs", lambda address, **_: (Hostile(), "bucket"))
    copy, failed = local_copy("s3://bucket", Path(tmp_path / "copy"))
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["norvania.txt"]
    assert (copy / "2020" / "norvania.txt").exists()
    assert list(failed.values()) == [f"s3://bucket: the name {name!r} leads out of the folder; left out"]


@pytest.mark.parametrize("name", ["../../mine.txt", "/{there}", "2020/../../mine.txt", "."])
def test_a_listing_of_the_address_deletes_no_file(place, tmp_path, name):
    """Earlier versions kept their listing in the copy, where a file of the address could take its place."""
    copy, _ = local_copy(f"file://{place}")
    mine = [tmp_path / "mine.txt", copy.parent / "mine.txt", copy.parents[1] / "mine.txt"]
    for path in mine:
        path.write_text("mine")
    listed = json.dumps({name.format(there=mine[0]): "1 2", "2020/turkmenistan.txt": "0 0"})
    (place / ".diffing-copy.json").write_text(listed)
    (copy.with_name(f"{copy.name}.listing.json")).write_text(listed)
    for _ in range(2):
        assert local_copy(f"file://{place}") == (copy, {})
    assert all(path.read_text() == "mine" for path in mine)
    assert not (copy / ".diffing-copy.json").exists()


def test_a_link_in_a_copy_is_not_followed(place, tmp_path):
    (copy, _), mine = local_copy(f"file://{place}"), tmp_path / "mine" / "turkmenistan.txt"
    shutil.rmtree(copy / "2020")
    mine.parent.mkdir()
    mine.write_text("mine")
    (copy / "2020").symlink_to(mine.parent)
    with pytest.raises(DiffingError, match="a link in the copy"):
        local_copy(f"file://{place}")
    (place / "2020" / "turkmenistan.txt").unlink()
    local_copy(f"file://{place}")
    assert mine.read_text() == "mine"


class Bucket:
    """A place in which each narrative comes as told: a text, None for what is not there, or without end."""

    def __init__(self, **files: str | None) -> None:
        self.files, self.sent = files, 0

    def find(self, root, **_):
        return {f"bucket/2020/{name}.txt": {"type": "file", "size": None} for name in self.files}

    def get_file(self, name, path, callback=None):
        text = self.files[Path(name).stem]
        if text is None:
            raise FileNotFoundError(name)
        Path(path).write_text(text)
        while text == "endless" and self.sent < 1_000:
            self.sent += 1
            if callback:
                callback.relative_update(1_000_000)


def test_a_file_that_cannot_be_had_is_one_problem_and_the_others_go_on(place, monkeypatch):
    bucket = Bucket(ardesh="Police left.", karvelia=None, norvania="endless", quillmar="Police came.")
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda address: (bucket, "bucket"))
    corpus = Corpus("s3://bucket", "tip")
    assert corpus.countries(2020) == ("ardesh", "quillmar")
    assert [(problem.year, problem.severity.value) for problem in corpus.problems] == [(2020, "error")] * 2
    assert "karvelia.txt can't be fetched" in corpus.problems[0].message
    assert "20 MB" in corpus.problems[1].message
    assert bucket.sent == 21
    assert not [path for path in corpus.path.rglob("*") if path.suffix == ".diffing-part"]


@pytest.mark.parametrize(
    ("told", "read"),
    [({}, "changed"), ({"etag": "a"}, "left"), ({"mtime": 7.5}, "left"), ({"LastModified": "1 May"}, "left")],
)
def test_files_of_which_no_version_is_told_are_fetched_each_time(place, monkeypatch, told, read):
    """A plain web server tells neither size nor time: a copy of it once stayed as it was for ever."""
    bucket = Bucket(norvania="Police left.")
    monkeypatch.setattr(
        bucket, "find", lambda root, **_: {"bucket/2020/norvania.txt": {"type": "file", "size": None, **told}}
    )
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda address: (bucket, "bucket"))
    local_copy("s3://bucket")
    bucket.files["norvania"] = "Police changed."
    copy, _ = local_copy("s3://bucket")
    assert read in (copy / "2020" / "norvania.txt").read_text()


@pytest.mark.parametrize("limit", ["MOST_IN_A_ROW", "MOST_COPIED", "MOST_FILES"])
def test_an_address_without_end_is_given_up(place, monkeypatch, limit):
    monkeypatch.setattr(remote, limit, 2)
    gone = None if limit == "MOST_IN_A_ROW" else "Police left."
    bucket = Bucket(ardesh=gone, karvelia=gone, quillmar=gone)
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda address: (bucket, "bucket"))
    with pytest.raises(DiffingError, match=r"karvelia\.txt can't be fetched|more than a corpus may have"):
        local_copy("s3://bucket")


def test_the_list_of_a_web_address_is_read_in_a_limited_process(httpserver, monkeypatch, place):
    """It is read whole before it is looked at, and may be without end."""
    httpserver.expect_request("/").respond_with_data('<a href="2020/">2020</a>', content_type="text/html")
    httpserver.expect_request(re.compile("/2020/?$")).respond_with_data(
        '<a href="norvania.txt">N</a>', content_type="text/html"
    )
    httpserver.expect_request("/2020/norvania.txt").respond_with_data("Police left.", content_type="text/plain")
    assert Corpus(httpserver.url_for("/"), "tip").countries(2020) == ("norvania",)

    def endless(request):
        return Response(("<p>Nothing.</p>" * 100_000 for _ in range(2_000)), content_type="text/html")

    httpserver.expect_request(re.compile("/more/?$")).respond_with_handler(endless)
    with pytest.raises(DiffingError, match="MB of memory"):
        local_copy(httpserver.url_for("/more/"))


def test_a_web_address_is_followed_to_the_years_folders_alone(httpserver, place):
    """Each folder names another one, and an address that is a file has no list: it once ended with a KeyError."""
    httpserver.expect_request(re.compile("/years(/2020)+/?$")).respond_with_data(
        "<a href='2020/'>more</a> <a href='norvania.txt'>n</a> <a href='%1b.txt'>odd</a>", content_type="text/html"
    )
    httpserver.expect_request(re.compile("/years/?$")).respond_with_data(
        "<a href='2020/'>y</a>", content_type="text/html"
    )
    httpserver.expect_request(re.compile(".*txt$")).respond_with_data("Police left.", content_type="text/plain")
    folder, _ = local_copy(httpserver.url_for("/years/"))
    assert sorted(path.name for path in folder.rglob("*.txt")) == ["%1b.txt", "norvania.txt"]
    with pytest.raises(DiffingError, match="nothing is there"):
        local_copy(httpserver.url_for("/years/2020/norvania.txt"))


@pytest.mark.parametrize("listed", ["", "[]", "3", '{"a": 3}', "[" * 100_000])
def test_a_damaged_listing_is_made_again(place, listed):
    copy, _ = local_copy(f"file://{place}")
    (copy.with_name(f"{copy.name}.listing.json")).write_text(listed)
    assert Corpus(f"file://{place}").years == (2019, 2020)


@pytest.mark.parametrize("kind", ["a pipe", "without end", "a folder"])
def test_what_stands_in_the_place_of_a_listing_ends_and_holds_up_nothing(place, kind):
    copy, _ = local_copy(f"file://{place}")
    listing = copy.with_name(f"{copy.name}.listing.json")
    listing.unlink()
    if kind == "a pipe":
        os.mkfifo(listing)
    elif kind == "a folder":
        listing.mkdir()
    else:
        with listing.open("wb") as file:
            file.truncate(1 << 42)
    for _ in range(2):
        assert Corpus(f"file://{place}").years == (2019, 2020)


def test_a_link_at_an_address_is_its_file_of_the_corpus_or_said(place, tmp_path):
    (tmp_path / "mine.txt").write_text("The government did nothing in 2019.")
    year = place / "2020"
    (year / "norvania.txt").symlink_to(tmp_path / "mine.txt")
    (year / "ardesh.txt").symlink_to("turkmenistan.txt")
    (year / "velkania.txt").symlink_to("nowhere.txt")
    (place / "2018").symlink_to("2019")
    (place / "notes").symlink_to(tmp_path)
    there = Corpus(f"file://{place}")
    assert there.countries(2020) == ("ardesh", "turkmenistan")
    said = [problem.message for problem in there.problems if "is a link to no file" in problem.message]
    assert [message.split(": ")[1].split(" ")[0] for message in said] == [
        "2018", "2020/norvania.txt", "2020/velkania.txt",
    ]  # fmt: skip
    (year / "turkmenistan.txt").write_text("The government did much in 2019.")
    assert Corpus(f"file://{place}", "tip").narrative("ardesh", 2020).text == "The government did much in 2019."


def test_what_a_corpus_does_not_read_is_not_fetched(place):
    for name in ("2020/film.mp4", "deep/er/2020/norvania.txt", "2020/.hidden.txt", "polars.py"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("x")
    copy, _ = local_copy(f"file://{place}")
    assert sorted(path.name for path in copy.rglob("*") if path.is_file()) == ["turkmenistan.txt"] * 2


def test_a_file_larger_than_any_may_be_is_not_fetched(place, monkeypatch):
    monkeypatch.setattr(remote, "MAX_BYTES", 10)
    with pytest.raises(DiffingError, match=r"turkmenistan\.txt can't be fetched: it has over"):
        Corpus(f"file://{place}")


def test_a_web_address_leads_to_no_other_server(httpserver, monkeypatch, place):
    monkeypatch.setenv("NO_PROXY", "*")
    with HTTPServer() as other:
        other.expect_request("/norvania.txt").respond_with_data("A secret.", content_type="text/plain")
        httpserver.expect_request(re.compile("/2020/?$")).respond_with_data(
            "<a href='/2020/norvania.txt'>n</a> <a href='/2020/sudania.txt'>s</a>", content_type="text/html"
        )
        httpserver.expect_request("/").respond_with_data('<a href="2020/">2020</a>', content_type="text/html")
        to = {"Location": other.url_for("/norvania.txt")}
        httpserver.expect_request("/2020/norvania.txt").respond_with_data("", status=302, headers=to)
        to = {"Location": httpserver.url_for("/moved.txt")}
        httpserver.expect_request("/2020/sudania.txt").respond_with_data("", status=301, headers=to)
        httpserver.expect_request("/moved.txt").respond_with_data("Police left.", content_type="text/plain")
        folder, failed = local_copy(httpserver.url_for("/"))
        assert [path.name for path in folder.rglob("*.txt")] == ["sudania.txt"]
        ((name, why),) = failed.items()
        assert (name.name, "is another server" in why, other.log) == ("norvania.txt", True, [])


def test_a_web_address_that_takes_longer_than_all_may_is_given_up(httpserver, monkeypatch, place):
    monkeypatch.setenv("NO_PROXY", "*")
    httpserver.expect_request("/").respond_with_data('<a href="a.txt">a</a>', content_type="text/html")
    monkeypatch.setattr(remote, "MOST_SECONDS", -1)
    with pytest.raises(DiffingError, match="was not copied in"):
        local_copy(httpserver.url_for("/"))
