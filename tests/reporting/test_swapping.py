"""What stands in OUT and is not ours is there after the next run, whatever it is; what can't be replaced is refused."""

import errno
import hashlib
import json
import os
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from diffing.model import DiffingError, OutputError
from diffing.reporting import check_out, last_run, swapping, write_report
from diffing.reporting.swapping import MARK, room_beside

TABLE = {"index": pl.DataFrame({"country": ["Norvania"]})}
SAID = {"inputs": "ab", "summary": "Two countries.", "errors": []}


def written(out: Path, **more: object) -> Path:
    return write_report(out, [("index", "<p>"), ("norvania", "<p>")], TABLE, SAID | more)


def test_what_others_put_into_a_report_survives_whatever_it_is(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    written(out)
    elsewhere.mkdir()
    (elsewhere / "own.txt").write_text("mine")
    (out / "empty").mkdir(mode=0o700)
    (out / "deep" / "deeper").mkdir(parents=True)
    (out / "deep" / "notes.txt").write_text("notes")
    (out / "tables" / "mine.ods").write_text("mine")
    (out / "link-to-folder").symlink_to(elsewhere)
    (out / "link-to-nothing").symlink_to("nowhere")
    (out / "deep" / "link-to-file").symlink_to(elsewhere / "own.txt")
    os.mkfifo(out / "pipe")
    written(out)
    assert stat.S_IMODE((out / "empty").stat().st_mode) == 0o700
    assert (out / "deep" / "deeper").is_dir()
    assert (out / "deep" / "notes.txt").read_text() == "notes"
    assert (out / "tables" / "mine.ods").read_text() == "mine"
    assert (out / "link-to-folder").readlink() == elsewhere
    assert (out / "link-to-nothing").is_symlink()
    assert (out / "deep" / "link-to-file").is_symlink()
    assert (out / "pipe").is_fifo()
    assert (elsewhere / "own.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["tables", "review.jsonl", "index.html"])
@pytest.mark.parametrize("kind", ["link to a file", "link to a folder", "link to nothing", "pipe"])
def test_what_is_no_file_under_a_name_of_ours_is_kept_beside(tmp_path: Path, name: str, kind: str) -> None:
    out, mine = tmp_path / "out", tmp_path / "mine"
    written(out)
    if name == "tables":
        (out / "tables").rename(tmp_path / "moved")
    else:
        (out / name).unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(out / name)
    else:
        if kind == "link to a folder":
            mine.mkdir()
        elif kind == "link to a file":
            mine.write_text("mine")
        (out / name).symlink_to(mine)
    told = partial(dict, {"review.jsonl": b"{}"}) if name == "review.jsonl" else dict
    write_report(out, [("index", "<p>")], TABLE, SAID, kept=told)
    kept = (out / name).with_stem(f"{Path(name).stem}.kept")
    assert kept.is_fifo() if kind == "pipe" else kept.readlink() == mine
    assert not (out / name).is_symlink()
    assert not mine.is_file() or mine.read_text() == "mine"


def test_what_others_wrote_into_a_page_of_ours_is_kept_beside_the_new_one(tmp_path: Path, caplog) -> None:
    out = tmp_path / "out"
    written(out)
    (out / "norvania.html").write_text("<p>my notes")
    (out / "sudania.html").write_text("my own page")  # of a country that comes in
    (out / "tables" / "index.csv").write_text("my numbers")
    assert last_run(out) is None
    for _ in range(2):
        write_report(out, [(name, "<p>") for name in ("index", "norvania", "sudania")], TABLE, SAID)
        assert last_run(out) is not None
        assert (out / "norvania.kept.html").read_text() == "<p>my notes"
        assert (out / "sudania.kept.html").read_text() == "my own page"
        assert (out / "tables" / "index.kept.csv").read_text() == "my numbers"
        assert len(list(out.rglob("*.kept*"))) == 3
    assert "norvania.html is not as a run wrote it: it is kept as norvania.kept.html" in caplog.text


def test_a_page_of_ours_that_is_no_more_goes(tmp_path: Path) -> None:
    written(tmp_path / "out")
    write_report(tmp_path / "out", [("index", "<p>")], {}, SAID)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["index.html", "run.json"]


def test_the_mode_of_a_folder_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o750)
    out.chmod(0o750)
    for _ in range(2):
        written(out)
        assert stat.S_IMODE(out.stat().st_mode) == 0o750


@pytest.mark.parametrize("earlier", [False, True], ids=["", "names alone, as earlier versions wrote"])
def test_files_that_a_foreign_run_json_calls_ours_are_kept(tmp_path: Path, earlier: bool) -> None:
    out = tmp_path / "out"
    written(out)
    mine = [out / name for name in ("thesis.docx", "notes.html", "notes.md", "tables/notes.csv")]
    for path in (*mine, tmp_path / "elsewhere.txt"):
        path.write_text("years of work")
    told = json.loads((out / "run.json").read_text())
    told["files"] |= dict.fromkeys([str(path.relative_to(out)) for path in mine], told["files"]["index.html"])
    told["files"] |= {"../elsewhere.txt": "", "/etc/hosts": 3, "x" * 5_000: None, "a\0": []}
    told["files"] = list(told["files"]) if earlier else told["files"]
    (out / "run.json").write_text(json.dumps(told))
    assert last_run(out) is None
    written(out)
    assert [path.read_text() for path in (*mine, tmp_path / "elsewhere.txt")] == ["years of work"] * 5


def test_folders_in_each_other_without_end_are_refused_and_leave_nothing(tmp_path: Path, monkeypatch) -> None:
    written(tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")
    for _ in range(1_200):
        os.mkdir("d")
        os.chdir("d")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="folders in each other"):
        written(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    subprocess.run(["rm", "-rf", str(tmp_path / "out")], check=True)  # pytest gives up on it


def test_a_folder_beside_out_with_a_number_that_no_process_has_is_let_be(tmp_path: Path) -> None:
    ours = room_beside(tmp_path / "out")
    beside = ours.rename(ours.with_name(ours.name.replace(f"-{os.getpid()}-", f"-{10**30}-")))
    (beside / MARK).write_text(beside.name)
    written(tmp_path / "out")
    assert beside.is_dir()


@pytest.mark.parametrize("mark", [None, "another's", "folder"])
def test_a_folder_that_is_only_called_like_a_leftover_of_ours_is_nobodys_to_delete(tmp_path, mark):
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    ours = room_beside(tmp_path / "out")
    theirs = ours.with_name(ours.name.replace(f"-{os.getpid()}-", f"-{gone.pid}-"))
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("mine")
    if mark == "folder":
        (theirs / MARK).mkdir()
    elif mark:
        (theirs / MARK).write_text(mark)
    written(tmp_path / "out")
    assert (theirs / "thesis.txt").read_text() == "mine"


def test_a_link_called_like_a_leftover_of_ours_is_not_followed(tmp_path):
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    ours = room_beside(tmp_path / "out")
    (tmp_path / "kept").mkdir()
    link = ours.with_name(ours.name.replace(f"-{os.getpid()}-", f"-{gone.pid}-"))
    (tmp_path / "kept" / MARK).write_text(link.name)
    link.symlink_to(tmp_path / "kept")
    written(tmp_path / "out")
    assert (tmp_path / "kept" / MARK).exists()


@pytest.mark.parametrize(
    "told",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"made_by": "other", "files": []}',
        '{"made_by": "diffing"}',
        '{"made_by": "diffing", "files": 3}',
        '{"made_by": "diffing", "files": [3]}',
        "[" * 100_000,
        "\xff",
    ],
)
def test_a_foreign_or_damaged_run_json_is_not_ours(tmp_path: Path, told: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "run.json").write_text(told, "latin-1")
    assert last_run(out) is None
    with pytest.raises(OutputError, match="no report of ours"):
        written(out)
    assert (out / "run.json").read_text("latin-1") == told


@pytest.mark.parametrize("gone", ["inputs", "summary", "errors"])
def test_a_run_json_of_ours_that_lacks_something_is_made_again(tmp_path: Path, gone: str) -> None:
    out = tmp_path / "out"
    written(out)
    assert last_run(out) is not None
    told = json.loads((out / "run.json").read_text())
    told[gone] = 3
    (out / "run.json").write_text(json.dumps(told))
    assert last_run(out) is None
    written(out)


def test_a_pipe_for_a_run_json_does_not_block(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    os.mkfifo(out / "run.json")
    assert last_run(out) is None
    with pytest.raises(OutputError, match="no report of ours"):
        written(out)


def test_a_place_where_a_disk_is_mounted_is_refused_before_the_work(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == tmp_path)
    with pytest.raises(OutputError, match="disk is mounted"):
        written(tmp_path)


@pytest.mark.parametrize("inside", ["", "below"])
def test_the_folder_that_one_stands_in_is_refused(tmp_path: Path, monkeypatch, inside: str) -> None:
    (tmp_path / "out" / inside).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "out" / inside)
    with pytest.raises(DiffingError, match="you stand in it"):
        written(tmp_path / "out")


def said_to_have(out: Path, files: dict[str, object]) -> None:
    run = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps(run | {"files": run["files"] | files}))


def test_what_a_run_json_names_is_read_up_to_a_limit(tmp_path: Path, monkeypatch) -> None:
    """A file of no content can have terabytes, and travels in an archive of some bytes."""
    out = tmp_path / "out"
    written(out)
    with (out / "notes.bin").open("wb") as file:
        file.truncate(10**13)
    said_to_have(out, {"notes.bin": "0" * 64})
    monkeypatch.setattr(swapping, "_PART", 1_000)  # it would take hours
    written(out)
    assert (out / "notes.bin").stat().st_size == 10**13


@pytest.mark.parametrize(
    "name",
    [
        "{out}/index.html",
        "../elsewhere.html",
        "tables/../index.html",
        "./index.html",
        "link.html",
        "linked/index.html",
        "circle",
        "x" * 5_000,
        "x/" * 3_000,
        "a\0b",
        "\ud800",
        "",
        ".",
        "tables",
        "pipe",
    ],
)
def test_a_name_in_a_run_json_that_is_none_of_a_file_in_the_report_is_never_opened(tmp_path, monkeypatch, name):
    out = tmp_path / "out"
    written(out)
    (tmp_path / "elsewhere.html").write_text("<p>")
    (out / "link.html").symlink_to("index.html")
    (out / "linked").symlink_to(tmp_path / "out")
    (out / "circle").symlink_to("circle")
    os.mkfifo(out / "pipe")
    run = json.loads((out / "run.json").read_text())
    said_to_have(out, {name.format(out=out): run["files"]["index.html"]})
    opened = []
    plain = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *a, **b: opened.append(path) or plain(path, *a, **b))
    assert last_run(out) is None
    opened.remove(out / "run.json")
    assert {path.relative_to(out).as_posix() for path in opened} <= run["files"].keys()
    assert len(set(opened)) == len(opened)
    written(out)
    assert (out / "link.html").readlink() == Path("index.html")


def test_a_file_that_never_ends_is_read_as_far_as_the_system_says_it_goes(tmp_path: Path, monkeypatch) -> None:
    """As some below /proc, which have no size and go on for ever."""
    (tmp_path / "endless").write_text("abc")
    endless = Path("/dev/zero").open("rb")  # noqa: SIM115 (what opens it closes it)
    monkeypatch.setattr(Path, "open", lambda *_: endless)
    assert swapping._Look(tmp_path).is_as_written("endless", hashlib.sha256(bytes(3)).hexdigest())


def test_a_folder_that_can_not_be_read_is_refused_before_the_work_and_stays(tmp_path: Path, monkeypatch) -> None:
    out = tmp_path / "out"
    written(out)
    (out / "private").mkdir()
    (out / "private" / "notes.txt").write_text("secret")
    plain = os.scandir

    def scandir(path: object) -> object:
        if Path(os.fsdecode(path)).name == "private":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return plain(path)

    with monkeypatch.context() as closed:
        closed.setattr("os.scandir", scandir)
        with pytest.raises(OutputError, match="private: can't be read"):
            check_out(out)
        with pytest.raises(OutputError, match="private: can't be read"):
            written(out)
    assert (out / "private" / "notes.txt").read_text() == "secret"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_into_which_nothing_can_be_put_is_refused_by_name_before_the_work(tmp_path, monkeypatch) -> None:
    out, plain = tmp_path / "out", os.access
    written(out)
    (out / "private").mkdir()
    monkeypatch.setattr("os.access", lambda path, mode: Path(path).name != "private" and plain(path, mode))
    with pytest.raises(OutputError, match="private: nothing can be put into it"):
        check_out(out)


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch) -> Path:
    """A folder in a report of which the system says that a disk is mounted there."""
    place = tmp_path / "out" / "my disk"
    written(tmp_path / "out")
    place.mkdir()
    (place / "photo.jpg").write_text("mine")
    said = str(place).replace(" ", "\\040")
    (tmp_path / "mounts").write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n99 22 8:1 /home {said} rw - ext4 x rw\n")
    monkeypatch.setattr(swapping, "MOUNTS", tmp_path / "mounts")
    return place


def test_a_report_in_which_a_disk_is_mounted_is_refused_before_the_work(tmp_path: Path, mounted: Path) -> None:
    with pytest.raises(OutputError, match="my disk: a disk is mounted there"):
        check_out(tmp_path / "out")
    assert (mounted / "photo.jpg").read_text() == "mine"


def test_what_is_mounted_in_a_leftover_is_not_deleted_and_its_mark_stays(tmp_path, mounted, monkeypatch, caplog):
    room = room_beside(tmp_path / "out")
    (tmp_path / "out").rename(room / swapping.NEW)
    told = (tmp_path / "mounts").read_text().replace(str(tmp_path / "out"), str(room / swapping.NEW))
    (tmp_path / "mounts").write_text(told)
    swapping.remove(room)
    assert (room / swapping.NEW / mounted.name / "photo.jpg").read_text() == "mine"
    assert (room / MARK).exists()
    assert "could not be removed whole" in caplog.text


def test_a_part_of_the_same_disk_that_is_mounted_in_a_report_is_seen(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "out" / "home").mkdir(parents=True)
    look = "from pathlib import Path; from diffing.reporting.swapping import _mounts; print(_mounts(Path('out')))"
    steps = f'mount --bind home out/home && exec "{sys.executable}" -c "{look}"'
    done = subprocess.run(["unshare", "-rm", "sh", "-c", steps], cwd=tmp_path, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    assert done.stdout.strip() == repr([str(tmp_path / "out" / "home")])
