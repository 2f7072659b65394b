"""A corpus at an address: copied once, brought up to date, and never out of its folder."""

import json
import shutil
from pathlib import Path

import pytest

from diffing.corpus import Corpus
from diffing.corpus.remote import local_copy
from diffing.model import DiffingError

fsspec = pytest.importorskip("fsspec", reason="no fsspec: pip install '.[scale]'")


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
    first = local_copy(f"file://{place}")
    (place / "2020" / "turkmenistan.txt").write_text("The government did nothing in 2019.")
    (place / "2020" / "norvania.txt").write_text("The government did much in 2019.")
    (place / "2019" / "turkmenistan.txt").unlink()
    again = local_copy(f"file://{place}")
    assert first == again
    files = {path.relative_to(again).as_posix() for path in again.rglob("*.txt")}
    assert files == {"2020/turkmenistan.txt", "2020/norvania.txt"}
    assert (again / "2020" / "turkmenistan.txt").read_text() == "The government did nothing in 2019."


def test_an_address_without_a_corpus_is_named(tmp_path):
    for address in (f"file://{tmp_path}/nowhere", "nosuch://bucket/corpus"):
        with pytest.raises(DiffingError, match=address.partition("://")[0]):
            Corpus(address)


def test_a_name_that_leads_out_is_refused(tmp_path, monkeypatch):
    class Hostile:
        def find(self, root, detail):
            return {"bucket/../../etc/cron": {"type": "file", "size": 1}}

    monkeypatch.setattr("fsspec.core.url_to_fs", lambda address: (Hostile(), "bucket"))
    with pytest.raises(DiffingError, match="leads out"):
        local_copy("s3://bucket", Path(tmp_path))


@pytest.mark.parametrize("name", ["../../mine.txt", "/{there}", "2020/../../mine.txt", "."])
def test_a_listing_of_the_address_deletes_no_file(place, tmp_path, name):
    """Earlier versions kept their listing in the copy, where a file of the address could take its place."""
    copy = local_copy(f"file://{place}")
    mine = [tmp_path / "mine.txt", copy.parent / "mine.txt", copy.parents[1] / "mine.txt"]
    for path in mine:
        path.write_text("mine")
    listed = json.dumps({name.format(there=mine[0]): "1 2", "2020/turkmenistan.txt": "0 0"})
    (place / ".diffing-copy.json").write_text(listed)
    (copy.with_name(f"{copy.name}.listing.json")).write_text(listed)
    for _ in range(2):
        assert local_copy(f"file://{place}") == copy
    assert all(path.read_text() == "mine" for path in mine)
    assert not (copy / ".diffing-copy.json").exists()


def test_a_link_in_a_copy_is_not_followed(place, tmp_path):
    copy, mine = local_copy(f"file://{place}"), tmp_path / "mine" / "turkmenistan.txt"
    shutil.rmtree(copy / "2020")
    mine.parent.mkdir()
    mine.write_text("mine")
    (copy / "2020").symlink_to(mine.parent)
    with pytest.raises(DiffingError, match="a link in the copy"):
        local_copy(f"file://{place}")
    (place / "2020" / "turkmenistan.txt").unlink()
    local_copy(f"file://{place}")
    assert mine.read_text() == "mine"


def test_an_address_that_sends_more_than_it_said_is_stopped(place, monkeypatch):
    monkeypatch.setattr("diffing.corpus.remote.MAX_TABLE_BYTES", 10_000)
    sent = []

    class Endless:
        def find(self, root, detail):
            return {"bucket/2020/norvania.txt": {"type": "file", "size": None}}

        def get_file(self, name, path, callback=None):
            while len(sent) < 1_000:
                sent.append(name)
                if callback:
                    callback.relative_update(1_000)

    monkeypatch.setattr("fsspec.core.url_to_fs", lambda address: (Endless(), "bucket"))
    with pytest.raises(DiffingError, match=r"norvania\.txt can't be fetched.*more than a file may have"):
        local_copy("s3://bucket", place)
    assert len(sent) == 11


@pytest.mark.parametrize("listed", ["", "[]", "3", '{"a": 3}', "[" * 100_000])
def test_a_damaged_listing_is_made_again(place, listed):
    copy = local_copy(f"file://{place}")
    (copy.with_name(f"{copy.name}.listing.json")).write_text(listed)
    assert Corpus(f"file://{place}").years == (2019, 2020)


def test_what_a_corpus_does_not_read_is_not_fetched(place):
    for name in ("2020/film.mp4", "deep/er/2020/norvania.txt", "2020/.hidden.txt", "polars.py"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("x")
    copy = local_copy(f"file://{place}")
    assert sorted(path.name for path in copy.rglob("*") if path.is_file()) == ["turkmenistan.txt"] * 2


def test_a_file_larger_than_any_may_be_is_not_fetched(place, monkeypatch):
    monkeypatch.setattr("diffing.corpus.remote.MAX_TABLE_BYTES", 10)
    with pytest.raises(DiffingError, match=r"turkmenistan\.txt has"):
        local_copy(f"file://{place}")
