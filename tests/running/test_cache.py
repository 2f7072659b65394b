"""The cache: what is kept comes back the same, and what is broken is made again."""

import dataclasses

import pytest

import diffing
from diffing.profile import load_profile
from diffing.running.cache import Store, code_digest, digest, pack_pair, profile_digest, unpack_pair


@pytest.fixture(scope="module")
def pair(sample):
    corpus = diffing.Corpus(sample)
    earlier, old, new = (corpus.narrative("turkmenistan", year) for year in (2018, 2019, 2020))
    return diffing.compare(old, new, earlier=[earlier]).pair


def test_a_pair_comes_back_the_same(pair):
    assert unpack_pair(pack_pair(pair), pair.new.profile) == pair


@pytest.mark.parametrize("broken", [b"", b"\xc1", b"not a pair", b"\x90"])
def test_what_is_no_pair_is_none(pair, broken):
    assert unpack_pair(broken, pair.new.profile) is None


def test_half_a_pair_is_none(pair):
    assert unpack_pair(pack_pair(pair)[:-100], pair.new.profile) is None


def test_a_store_gives_back_what_it_was_given(tmp_path):
    store = Store(tmp_path / "cache")
    assert store.get("pages/a") is None
    store.put("pages/a", b"text")
    assert store.get("pages/a") == b"text"
    assert store.has("pages/a")


def test_a_broken_entry_is_nothing(tmp_path):
    store = Store(tmp_path)
    store.put("a", b"text" * 1000)
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes()[:-5])
    assert store.get("a") is None


def test_pruning_leaves_what_was_used(tmp_path):
    store = Store(tmp_path)
    for name in ("pages/a", "pages/b"):
        store.put(name, b"text")
    (tmp_path / "pages" / "c.77.part").write_bytes(b"left by a killed run")
    store.prune(["pages/b"])
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["b"]


def test_a_store_that_cannot_write_costs_nothing_but_time(tmp_path):
    (tmp_path / "file").write_text("a file where the folder should be")
    store = Store(tmp_path / "file")
    store.put("pages/a", b"text")
    assert store.get("pages/a") is None


def test_digests_tell_parts_apart():
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest("a")


def test_a_judging_key_leaves_the_rest_of_a_profile_as_it_was():
    tip = load_profile("tip")
    other = _replaced(tip, period_offset=0)
    assert profile_digest(tip, judging=True) == profile_digest(other, judging=True)
    assert profile_digest(tip, judging=False) != profile_digest(other, judging=False)
    judged = _replaced(tip, judging=type(tip.judging)())
    assert profile_digest(tip, judging=False) == profile_digest(judged, judging=False)


def test_each_room_has_its_own_code_digest():
    assert code_digest("aligning") != code_digest("judging")


def _replaced(profile, **keys):
    import msgspec

    return msgspec.structs.replace(profile, **keys)


def test_pairs_are_values(pair):
    assert dataclasses.replace(pair) == pair
