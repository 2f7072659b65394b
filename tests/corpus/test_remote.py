"""A corpus at an address: copied once, brought up to date, and never out of its folder."""

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
