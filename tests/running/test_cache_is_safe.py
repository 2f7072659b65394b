"""The cache: what is damaged is made again, what is not ours is never deleted, and links are not followed."""

import os
import random
import shutil
import zlib
from pathlib import Path

import pytest

from diffing import store, user_cache
from diffing.corpus import Corpus
from diffing.corpus.remote import local_copy
from diffing.running import cache
from diffing.running.cache import code_digest
from diffing.running.year import run_year
from diffing.store import Store, packed, unpacked
from diffing.user_cache import cache_of

NAME = "pages/" + "ab" * 32


@pytest.fixture
def corpus(sample, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for year in ("2019", "2020"):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        shutil.copy(sample / year / "turkmenistan.txt", tmp_path / "corpus" / year)
    return Corpus(tmp_path / "corpus", "tip")


def kept_files(corpus):
    return sorted(path for path in cache_of(corpus.path).rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "damage", ["cut", "one byte", "empty", "another", "folder", "nonsense", "pipe", "huge", "device"]
)
def test_what_is_damaged_in_the_cache_is_made_again(corpus, tmp_path, damage):
    run_year(corpus, 2020, out=tmp_path / "first")
    draw = random.Random(damage)
    files = kept_files(corpus)
    assert len(files) > 3
    for number, path in enumerate(files):
        data = bytearray(path.read_bytes())
        if damage == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif damage == "one byte":
            data[draw.randrange(len(data))] ^= 1 + draw.randrange(255)
            path.write_bytes(data)
        elif damage == "empty":
            path.write_bytes(b"")
        elif damage == "another":
            shutil.copy(files[number - 1], path)
        elif damage == "folder":
            path.unlink()
            path.mkdir()
        elif damage == "pipe":
            path.unlink()
            os.mkfifo(path)
        elif damage == "huge":
            os.truncate(path, 10**12)  # which takes no disk
        elif damage == "device":
            path.unlink()
            path.symlink_to("/dev/zero")
        else:
            Store(cache_of(corpus.path)).put(
                path.relative_to(cache_of(corpus.path)).as_posix(), b"\x93\x01\x02nonsense"
            )
    run_year(corpus, 2020, out=tmp_path / "second")
    for name in ("index.html", "turkmenistan.html"):
        assert (tmp_path / "second" / name).read_text() == (tmp_path / "first" / name).read_text()


def test_only_what_is_ours_is_deleted_and_no_link_is_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "pages").mkdir(parents=True)
    mine = elsewhere / NAME
    mine.write_text("mine")
    (tmp_path / "linked").symlink_to(elsewhere)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pages").symlink_to(elsewhere / "pages")
    own = Store(tmp_path / "own")
    own.put(NAME, b"x")
    (tmp_path / "own" / "thesis.docx").write_text("mine")
    (tmp_path / "own" / "pages" / "notes.txt").write_text("mine")
    (tmp_path / "own" / "pages" / ("cd" * 32)).symlink_to(mine)
    for folder in ("linked", "inner", "own"):
        store = Store(tmp_path / folder)
        store.prune(0)
        store.clear()
    assert mine.read_text() == "mine"
    assert (tmp_path / "own" / "thesis.docx").exists()
    assert (tmp_path / "own" / "pages" / "notes.txt").exists()
    assert not (tmp_path / "own" / NAME).exists()


def test_a_cache_of_ours_alone_is_gone_when_it_is_cleared(tmp_path):
    store = Store(tmp_path / "own")
    store.put(NAME, b"x")
    assert store.clear() > 0
    assert not (tmp_path / "own").exists()


def test_another_version_of_a_package_is_another_key(monkeypatch):
    before = code_digest("aligning")
    for kept in (cache.made_with, cache.code_digest):
        kept.cache_clear()
    monkeypatch.setattr(cache, "version", lambda name: "99")
    try:
        assert "99" in cache.made_with()
        assert code_digest("aligning") != before
    finally:
        for kept in (cache.made_with, cache.code_digest):
            kept.cache_clear()


def test_a_file_changed_while_it_is_read_is_said_and_not_kept(corpus, tmp_path, monkeypatch):
    path = corpus.path_of("turkmenistan", 2020)
    text = path.read_bytes()
    narrative = Corpus.narrative

    def changed(self: Corpus, country: str, year: int):
        if year == 2020:
            path.write_bytes(text + b"\n\nPolice arrested 7,177 traffickers.\n")
        return narrative(self, country, year)

    with monkeypatch.context() as patched:
        patched.setattr(Corpus, "narrative", changed)
        (error,) = run_year(corpus, 2020, out=tmp_path / "out").errors
    assert "changed while the run went on" in error.message
    path.write_bytes(text)
    assert run_year(Corpus(corpus.path, "tip"), 2020, out=tmp_path / "out").errors == ()
    assert "7177" not in (tmp_path / "out" / "tables" / "figures.csv").read_text()


def test_a_run_needs_no_cache(corpus, tmp_path, monkeypatch):
    Path(tmp_path / "cache").write_text("a file where the cache should be")
    assert run_year(corpus, 2020, out=tmp_path / "out").errors == ()


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can make a folder another user's")
@pytest.mark.parametrize("kind", ["another user's", "open to all", "a link"])
def test_where_there_is_no_home_nobody_else_can_put_results_into_the_cache(kind, tmp_path, monkeypatch):
    pytest.importorskip("fsspec", reason="no fsspec: pip install '.[scale]'")

    def no_home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(user_cache, "_of_this_user", user_cache._of_this_user.__wrapped__)
    ours = user_cache.all_caches()
    assert tmp_path in ours.parents
    place = ours.parents[1]
    if kind == "a link":
        place.rmdir()
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    elif kind == "open to all":
        place.chmod(0o777)
    else:
        os.chown(place, 12345, -1)
    assert place not in user_cache.all_caches().parents
    copy, _ = local_copy(f"file://{Path(__file__).parents[2]}/corpora/sample")
    assert place not in copy.parents
    assert tmp_path in copy.parents


def test_what_unpacks_without_end_is_damaged(monkeypatch):
    kept = packed("a", b"0" * 10_000)
    assert unpacked("a", kept) == b"0" * 10_000
    monkeypatch.setattr(store, "MOST_UNPACKED", 5_000)
    with pytest.raises(zlib.error, match="over the limit"):
        unpacked("a", kept)
