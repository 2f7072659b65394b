"""What is kept of a profile is what is made of it; what is damaged in the cache is made again."""

import shutil

import msgspec
import pytest

from diffing.language import lexicon as lexicons
from diffing.profile import Profile, load_profile
from diffing.profile.kept import kept
from diffing.profile.loading import _of_ours
from diffing.store import Store
from diffing.user_cache import all_caches


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return all_caches() / "profiles"


def loaded(name: str) -> tuple[bytes, bytes]:
    """A profile of ours and the words of its lexicon, as a new process loads them."""
    _of_ours.cache_clear()
    profile = load_profile(name)
    known = lexicons._compile(profile)
    rows = [sorted(getattr(known, field).items()) for field in ("acts", "ways", "modifiers")]
    standing = {head: sorted(rows.items()) for head, rows in known.standing.items()}
    sets = {field: getattr(known, field) for field in ("numbers", "single", "counted", "denied", "deeds", "denying")}
    told = known.words, rows, standing, sets
    return msgspec.msgpack.encode(profile), msgspec.msgpack.encode(told, order="deterministic")


@pytest.mark.parametrize("name", ["tip", "hrr", "dol"])
def test_what_is_kept_is_what_is_made(cache, name):
    made = loaded(name)
    assert sorted(path.parent.name for path in cache.glob("*/*")) == ["compiled", "profile"]
    assert loaded(name) == made


@pytest.mark.parametrize("damage", ["cut", "nonsense", "another's", "a folder"])
def test_what_is_damaged_is_made_again(cache, damage):
    other, made = loaded("dol"), loaded("tip")
    assert other != made
    for path in cache.glob("*/*"):
        if damage == "cut":
            path.write_bytes(path.read_bytes()[:-9])
        elif damage == "nonsense":
            Store(cache).put(path.relative_to(cache).as_posix(), b"\x93\x01\x02nonsense")
        elif damage == "another's":
            shutil.copy(next(one for one in path.parent.iterdir() if one != path), path)
        else:
            path.unlink()
            path.mkdir()
    assert loaded("tip") == made


def test_without_a_cache_all_is_made(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert loaded("tip") == loaded("tip")


def test_other_sources_and_other_code_are_made_anew(cache, monkeypatch):
    made = [kept(Profile, source, lambda: load_profile("tip")) for source in (b"one", b"other")]
    monkeypatch.setattr("diffing.profile.kept._made_with", lambda: "another version")
    made.append(kept(Profile, b"one", lambda: load_profile("dol")))
    assert [profile.name for profile in made] == ["tip", "tip", "dol"]
