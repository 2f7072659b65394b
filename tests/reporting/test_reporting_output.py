"""Writing OUT: whole or not at all, nobody's folder touched, what dead runs left tidied up."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from diffing.model import DiffingError
from diffing.reporting import OutputError, check_out, last_run, write_page, write_report
from diffing.reporting import swapping as room

TABLE = {"index": pl.DataFrame({"country": ["Norvania"], "lists": [[1, 2]]})}


def pages(text: str = "one") -> list[tuple[str, str]]:
    return [("index", f"<p>{text}"), ("norvania", f"<p>{text}")]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_report_is_pages_tables_and_run_json(tmp_path: Path) -> None:
    out = tmp_path / "reports" / "2020"
    assert write_report(out, iter(pages()), TABLE, {"version": "1"}) == out / "index.html"
    assert names(out) == ["index.html", "norvania.html", "run.json", "tables/index.csv", "tables/index.parquet"]
    assert (out / "tables/index.csv").read_text() == '\ufeffcountry,lists\nNorvania,"[1, 2]"\n'
    assert pl.read_parquet(out / "tables/index.parquet").equals(TABLE["index"])
    run = json.loads((out / "run.json").read_text())
    assert (run["made_by"], run["version"]) == ("diffing", "1")
    assert [path.name for path in out.parent.iterdir()] == ["2020"]


def test_a_second_report_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write_report(tmp_path / "out", [*pages(), ("gone", "x")], TABLE, {})
    write_report(tmp_path / "out", pages("two"), {}, {})
    assert names(tmp_path / "out") == ["index.html", "norvania.html", "run.json"]
    assert (tmp_path / "out/index.html").read_text() == "<p>two"


def test_where_two_folders_cannot_be_exchanged_the_swap_takes_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_exchange", lambda one, other: False)
    write_report(tmp_path / "out", pages(), {}, {})
    write_report(tmp_path / "out", pages("two"), {}, {})
    assert (tmp_path / "out/index.html").read_text() == "<p>two"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_others_put_into_our_folder_is_kept(tmp_path: Path) -> None:
    write_report(tmp_path / "out", pages(), TABLE, {})
    (tmp_path / "out/notes").mkdir()
    (tmp_path / "out/notes/mine.txt").write_text("keep me")
    write_report(tmp_path / "out", pages(), TABLE, {})
    assert (tmp_path / "out/notes/mine.txt").read_text() == "keep me"


@pytest.mark.parametrize("run", [None, "[]", "{", '{"made_by": "another"}'])
def test_a_folder_that_is_not_ours_is_refused_by_name_and_left_alone(tmp_path: Path, run: str | None) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    if run is not None:
        (tmp_path / "run.json").write_text(run)
    before = names(tmp_path)
    for act in (lambda: check_out(tmp_path), lambda: write_report(tmp_path, pages(), {}, {})):
        with pytest.raises(OutputError, match=str(tmp_path)):
            act()
    assert names(tmp_path) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    check_out(tmp_path)
    write_report(tmp_path, pages(), {}, {})
    assert "index.html" in names(tmp_path)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    write_report(tmp_path / "out", pages(), {}, {})
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real/index.html").exists()


@pytest.mark.parametrize("inside", ["file", "file/2020", "file/deep/2020"])
def test_a_file_where_a_folder_should_be_is_an_output_error(tmp_path: Path, inside: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="file"):
        check_out(tmp_path / inside)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["../evil", "a/b", "", ".hidden", "x" * 300, "nul\0"])
def test_a_page_outside_the_report_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError):
        write_report(tmp_path / "out", [("index", "x"), (name, "x")], {}, {})
    assert list(tmp_path.iterdir()) == []


def test_an_error_while_pages_are_made_leaves_the_last_report(tmp_path: Path) -> None:
    write_report(tmp_path / "out", pages(), {}, {})

    def broken() -> Iterator[tuple[str, str]]:
        yield "index", "<p>two"
        raise DiffingError("no")

    with pytest.raises(DiffingError):
        write_report(tmp_path / "out", broken(), {}, {})
    assert (tmp_path / "out/index.html").read_text() == "<p>one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_characters_that_utf8_cannot_hold_do_not_stop_a_report(tmp_path: Path) -> None:
    write_report(tmp_path / "out", [("index", "a\ud800b")], {}, {})
    assert (tmp_path / "out/index.html").read_text() == "a?b"


def test_last_run_says_what_a_report_was_made_from(tmp_path: Path) -> None:
    assert last_run(tmp_path / "out") is None
    write_report(tmp_path / "out", pages(), {}, {"inputs": "abc", "summary": "Two.", "errors": []})
    run = last_run(tmp_path / "out")
    assert run is not None
    assert run["inputs"] == "abc"
    (tmp_path / "out/norvania.html").unlink()
    assert last_run(tmp_path / "out") is None


# --- one page ----------------------------------------------------------------------------------------------------


def test_one_page_is_written_whole(tmp_path: Path) -> None:
    write_page(tmp_path / "new/x.html", "<p>one")
    write_page(tmp_path / "new/x.html", "<p>two")
    assert (tmp_path / "new/x.html").read_text() == "<p>two"
    assert names(tmp_path) == ["new/x.html"]


def test_a_folder_or_a_file_in_the_way_of_a_page_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for path in (tmp_path, tmp_path / "file/x.html"):
        with pytest.raises(OutputError, match=str(path)):
            write_page(path, "x")


# --- killed, full ------------------------------------------------------------------------------------------------

WRITER = textwrap.dedent(
    """
    import sys, polars
    from pathlib import Path
    from diffing.reporting import write_report
    out, times, mark = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    print("ready", flush=True)
    for turn in range(times):
        text = f"<p>{mark}-{turn}" + "x" * 20_000
        pages = [("index", text), *((f"page-{n}", text) for n in range(20))]
        write_report(out, pages, {"index": polars.DataFrame({"turn": [turn]})}, {"turn": turn})
    """
)


def writer(*arguments: object, before: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", before + WRITER, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_run_killed_at_any_moment_leaves_a_whole_report_and_the_next_tidies_up(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(out, pages(), {}, {})
    moments = random.Random(2020)
    for number in range(12):
        with writer(out, 1000, number) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0.0, 0.06))
            process.send_signal(signal.SIGKILL)
        texts = {path.read_text() for path in out.glob("*.html")}
        assert len(texts) == 1, "pages of two runs in one report"
        run = json.loads((out / "run.json").read_text())
        assert all((out / name).is_file() for name in run["files"])
    check_out(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_report_that_was_moved_aside_by_a_killed_run_is_put_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(out, pages(), {}, {})
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    ours = room.room_beside(out)
    dead = ours.with_name(ours.name.replace(f"-{os.getpid()}-", f"-{process.pid}-"))
    ours.rename(dead)
    (dead / room.MARK).write_text(dead.name)
    os.rename(out, dead / room.LAST)
    dead.with_name(f"{dead.name}-empty").mkdir()
    check_out(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / "index.html").read_text() == "<p>one"


def test_the_folder_of_a_run_that_is_alive_is_left_alone(tmp_path: Path) -> None:
    theirs = room.room_beside(tmp_path / "out")
    check_out(tmp_path / "out")
    assert theirs.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_full_disk_is_an_output_error_that_leaves_the_last_report(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(out, pages(), {}, {})
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
    with writer(out, 1, "full", before=limit) as process:
        _, errors = process.communicate(timeout=300)
    assert "OutputError" in errors
    assert str(out) in errors
    assert (out / "index.html").read_text() == "<p>one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
