"""The cache: what is kept comes back the same, and what is broken is made again."""

import dataclasses
import os

import pytest

import diffing
from diffing import pipeline
from diffing.corpus import Corpus
from diffing.model import DiffingError
from diffing.profile import load_profile
from diffing.running.cache import Carried, code_digest, profile_digest
from diffing.running.editions import Editions
from diffing.running.packing import (
    pack_figures,
    pack_links,
    pack_narrative,
    unpack_figures,
    unpack_links,
    unpack_narrative,
)
from diffing.store import Store, digest
from diffing.user_cache import cache_of

A, B, C = "a" * 64, "b" * 64, "c" * 64  # as what is kept is named


@pytest.fixture(scope="module")
def pair(sample):
    corpus = diffing.Corpus(sample)
    old, new = (corpus.narrative("turkmenistan", year) for year in (2019, 2020))
    return pipeline.align(old, new)


def test_a_narrative_and_its_figures_come_back_the_same(pair):
    extracted = pipeline.extract_alone(pair.new)
    assert unpack_narrative(pack_narrative(pair.new), pair.new.profile) == pair.new
    assert unpack_figures(pack_figures(extracted), pair.new) == extracted


def test_a_pair_comes_back_the_same(pair):
    assert unpack_links(pack_links(pair), pair.old, pair.new) == pair


@pytest.mark.parametrize("broken", [b"", b"\xc1", b"nothing of the kind", b"\x90"])
def test_what_is_nothing_of_the_kind_is_none(pair, broken):
    assert unpack_links(broken, pair.old, pair.new) is None
    assert unpack_narrative(broken, pair.new.profile) is None
    assert unpack_figures(broken, pair.new) is None


def test_half_of_it_is_none(pair):
    assert unpack_links(pack_links(pair)[:-100], pair.old, pair.new) is None
    assert unpack_narrative(pack_narrative(pair.new)[:-100], pair.new.profile) is None
    assert unpack_figures(pack_figures(pipeline.extract_alone(pair.new))[:-100], pair.new) is None


def test_each_narrative_is_read_once_whatever_is_asked(sample, tmp_path, monkeypatch):
    corpus, store, read = Corpus(sample), Store(tmp_path), []
    real = Corpus.narrative
    monkeypatch.setattr(Corpus, "narrative", lambda self, slug, year: read.append(year) or real(self, slug, year))
    aligned = []
    real_align = pipeline.align
    monkeypatch.setattr(pipeline, "align", lambda *pair: aligned.append(pair) or real_align(*pair))

    years = Editions(corpus, "norvania", store).years[-3:]
    for old, new in ((years[0], years[1]), (years[1], years[2]), (years[0], years[2])):
        Editions(corpus, "norvania", store).pair(old, new)
    assert sorted(read) == sorted(set(read))
    assert len(aligned) == 3
    again = Editions(corpus, "norvania", store).pair(years[1], years[2])
    assert len(aligned) == 3
    assert again == Editions(corpus, "norvania", Carried({})).pair(years[1], years[2])


def test_a_narrative_that_changes_while_it_is_read_is_said_and_not_kept_as_what_it_was(sample, tmp_path):
    corpus, store = Corpus(sample), Store(tmp_path)
    editions = Editions(corpus, "norvania", store, {2020: "0" * 64})
    with pytest.raises(DiffingError, match="changed while the run went on"):
        editions.extracted(2020)
    assert not store.has(*editions.names(2020))


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


def test_pruning_takes_what_was_not_used_for_longest(tmp_path):
    store = Store(tmp_path)
    for age, name in enumerate((f"pages/{A}", f"pages/{B}", f"links/{C}")):
        store.put(name, b"text")
        os.utime(tmp_path / name, (1_000_000 + age, 1_000_000 + age))
    assert store.get(f"pages/{A}") == b"text"  # which is use
    store.prune(most=store.size())
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3
    store.prune(most=store.size() - 1)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [A, C]


def test_pruning_takes_what_a_killed_run_left_but_not_what_another_writes_just_now(tmp_path):
    store = Store(tmp_path)
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in (f"{A}.77.part", f"{B}.78.part"):
        (pages / name).write_bytes(b"half a page")
    os.utime(pages / f"{A}.77.part", (1_000_000, 1_000_000))
    store.prune()
    assert [path.name for path in pages.iterdir()] == [f"{B}.78.part"]


def test_a_cache_has_a_size_and_can_be_cleared(tmp_path):
    store = Store(tmp_path / "cache")
    assert (store.size(), store.clear()) == (0, 0)
    store.put(f"pages/{A}", b"text")
    size = store.size()
    assert size > 0
    assert store.clear() == size
    assert not (tmp_path / "cache").exists()


def test_each_corpus_has_a_cache_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    one, other = (cache_of(tmp_path / name / "tip") for name in ("one", "other"))
    assert one != other
    assert one == cache_of(tmp_path / "one" / ".." / "one" / "tip")
    assert one.is_relative_to(tmp_path / "cache" / "diffing")
    assert one.name.startswith("tip-")


def test_what_is_carried_comes_back_to_be_kept(tmp_path):
    store = Store(tmp_path)
    store.put("pages/a", b"text")
    carried = Carried({"pages/a": store.get_packed("pages/a"), "pages/broken": b"broken"})
    carried.put("pages/b", b"more")
    assert [carried.get(f"pages/{name}") for name in ("a", "b", "c", "broken")] == [b"text", b"more", None, None]
    assert set(carried.made) == {"pages/b"}
    store.put_packed("pages/b", carried.made["pages/b"])
    assert store.get("pages/b") == b"more"


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
