"""Nothing is lost of what others write into a report while a run makes it anew, and two runs wait for each other."""

import errno
import json
import os
import time
from pathlib import Path
from threading import Thread

import polars as pl
import pytest

from diffing.model import OutputError
from diffing.reporting import alone_at, last_run, swapping, write_report

TABLE = {"index": pl.DataFrame({"country": ["Norvania"]})}
SAID = {"inputs": "ab", "summary": "Two countries.", "errors": []}


def written(out: Path, **more: object) -> Path:
    return write_report(out, [("index", "<p>"), ("norvania", "<p>")], TABLE, SAID | more)


def test_who_writes_a_report_waits_for_another_though_the_folder_is_exchanged_meanwhile(tmp_path: Path, caplog) -> None:
    out, done = tmp_path / "out", []
    written(out)

    def another(name: str) -> None:
        with alone_at(out):
            done.append(name)
            written(out, by=name)

    others = [Thread(target=another, args=(name,)) for name in "ab"]
    with alone_at(out):
        for other in others:
            other.start()
        while caplog.text.count("another run is writing it") < 2:
            time.sleep(0.01)
        assert done == []
        written(out)
    for other in others:
        other.join(300)
    assert sorted(done) == ["a", "b"]
    assert json.loads((out / "run.json").read_text())["by"] == done[-1]


@pytest.mark.parametrize("what", ["nothing", "file", "pipe"])
def test_where_no_report_is_nobody_waits(tmp_path: Path, what: str) -> None:
    if what != "nothing":
        (os.mkfifo if what == "pipe" else Path.touch)(tmp_path / "out")
    with alone_at(tmp_path / "out"), alone_at(tmp_path / "out"):
        pass


@pytest.fixture
def late(tmp_path: Path, monkeypatch) -> Path:
    """A report into which others put things in the moment before another takes its place."""
    out = tmp_path / "out"
    written(out)
    (out / "early.txt").write_text("mine")
    (out / "review.jsonl").write_text("{}")
    plain = swapping._swap

    def swap(new: Path, target: Path) -> Path | None:
        (target / "late.txt").write_text("mine")
        (target / "deep").mkdir()
        (target / "deep" / "late.txt").write_text("mine")
        (target / "early.txt").write_text("mine, and more")
        (target / "norvania.html").write_text("<p>my notes")
        (target / "review.jsonl").write_text("{} and more")
        return plain(new, target)

    monkeypatch.setattr(swapping, "_swap", swap)
    return out


@pytest.mark.parametrize("steps", [1, 2])
def test_what_others_put_into_a_report_in_the_moment_before_the_swap_is_carried_over(late, monkeypatch, steps) -> None:
    if steps == 2:
        monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    write_report(late, [("index", "<p>"), ("norvania", "<p>")], TABLE, SAID, kept=lambda: {"review.jsonl": b"{}"})
    assert {path.name: path.read_text() for path in late.rglob("*") if path.suffix in (".txt", ".jsonl")} == {
        "late.txt": "mine", "early.txt": "mine, and more", "review.jsonl": "{}", "review.kept.jsonl": "{} and more",
    }  # fmt: skip
    assert (late / "deep" / "late.txt").read_text() == "mine"
    assert (late / "norvania.kept.html").read_text() == "<p>my notes"
    assert (late / "norvania.html").read_text() == "<p>"
    assert last_run(late) is not None
    assert [path.name for path in late.parent.iterdir()] == ["out"]


def test_the_last_report_stays_where_what_came_late_can_not_be_carried_over(late, monkeypatch) -> None:
    plain = swapping._same

    def same(old: Path, new: Path) -> None:
        if new.name == "late.txt":
            raise OSError(errno.ENOSPC, "No space left on device")
        plain(old, new)

    with monkeypatch.context() as full:
        full.setattr(swapping, "_same", same)
        with pytest.raises(OutputError, match=r"the report is written, but not all .* could be kept"):
            written(late)
    written(late)
    assert [path.read_text() for path in late.parent.glob(".out*/new/late.txt")] == ["mine"]
