"""No code from the folder that a user stands in is run, and no process outlives the one that it works for."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from diffing import child
from diffing.child import TooLongError, at_most, package_places, run_apart
from diffing.model import DiffingError
from diffing.running.engine import FEWEST_FOR_PROCESSES

DIFFING = Path(sys.executable).with_name("diffing")
# Modules that our processes, or the packages that start them, import: of the standard library and of others.
PLANTED = ("polars", "threading", "json", "joblib", "msgspec", "pypdfium2", "numpy", "signal", "struct", "random")
PLANT = "import os\nopen(os.path.join(os.path.dirname(__file__), 'RAN'), 'a').write(__name__ + ' ')\n"


@pytest.fixture
def planted(tmp_path):
    """A folder with a corpus large enough for several processes, a table, a PDF, and modules of a stranger's."""
    from hostile_files import good_pdf

    here = tmp_path / "here"
    for year in ("2019", "2020"):
        place = here / "corpus" / year
        place.mkdir(parents=True)
        for number in range(FEWEST_FOR_PROCESSES + 1):
            country = place / f"country-{'abcdefghijklmnopqrstuvwxyz'[number]}.txt"
            country.write_text(f"PROTECTION\n\nThe government identified eight victims in {int(year) - 1}.\n")
        (place / "report.pdf").write_bytes(good_pdf())
        (place / "more.csv").write_text("country,text\nNorvania,Police identified eight victims.\n")
    for name in PLANTED:
        (here / f"{name}.py").write_text(PLANT)
    return here


@pytest.mark.parametrize("command", [[str(DIFFING)], [sys.executable, "-m", "diffing"]], ids=["diffing", "python -m"])
def test_a_module_in_the_working_folder_is_not_run(planted, command):
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONSAFEPATH", "PYTHONPATH")}
    if command[0] == sys.executable:  # Python itself looks there for what it starts with
        for name in ("threading", "json", "signal", "struct", "random"):
            (planted / f"{name}.py").unlink()
    run = [*command, "diff", "--year", "2020", "--corpus", "corpus", "--out", "out", "--jobs", "2"]
    done = subprocess.run(run, cwd=planted, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    ran = planted / "RAN"
    assert not ran.exists(), ran.read_text()


def test_a_child_sees_our_packages_and_not_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), "sub", *sys.path])
    assert package_places() == [place for place in sys.path[3:] if os.path.isabs(place)]


def test_a_child_that_is_ended_or_takes_too_much_is_an_error_that_names_the_file():
    for work, arguments, told in (
        ("os:abort", [], "ends the program"),
        ("time:sleep", [60], "took more than"),
        ("builtins:list", [1], "can't be read: TypeError"),
        ("builtins:bytearray", [2_000_000_000], "of memory|ends the program"),
    ):
        with pytest.raises(DiffingError, match=f"odd.pdf: .*({told})"):
            run_apart(work, *arguments, seconds=0.1, megabytes=300, what="odd.pdf")


def test_what_a_child_answers_is_bounded_by_bytes_and_not_by_its_memory_alone(monkeypatch):
    """The one who asks holds the answer: it reads no more of it than it said, whatever the child says of its length."""

    def asked(size: int) -> bytes:
        return run_apart("builtins:bytes", size, seconds=5, megabytes=300, what="odd.pdf", most=1_000_000)

    assert len(asked(900_000)) == 900_000
    with pytest.raises(DiffingError, match=r"odd.pdf: it can't be read: what is in it has over 1 MB: cut it"):
        asked(1_100_000)
    long = io.BytesIO((1_100_000).to_bytes(8, "little") + bytes(1_100_000))
    assert child._received(long, 1_000_000) is None
    assert long.tell() == 8


def test_a_limit_of_time_within_another_leaves_that_one_on():
    @at_most(0.2)
    def without_end():
        with at_most(100):
            pass
        while True:
            re.match("(a|aa)+$", "a" * 40 + "b")

    with pytest.raises(TooLongError, match="took more than"):
        without_end()


def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_limit_of_time_that_is_caught_is_raised_again():
    caught = []

    @at_most(0.2)
    def goes_on():
        while len(caught) < 3:
            try:
                spin(20)
                pytest.fail("there is no limit any more")
            except DiffingError as error:
                caught.append(error)

    with pytest.raises(TooLongError, match="took more than"):
        goes_on()


def test_nothing_that_was_made_behind_a_limit_of_time_is_taken_for_whole():
    @at_most(0.2)
    def goes_on():
        with suppress(DiffingError):
            spin(20)

    with pytest.raises(TooLongError, match="took more than"):
        goes_on()
    spin(0.3)  # and it is over outside


def test_a_limit_of_time_that_was_not_met_says_nothing():
    with at_most(20):
        spin(0.01)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_a_child_serves_until_a_file_ends_it():
    def asked(work, *arguments):
        return run_apart(work, *arguments, seconds=5, megabytes=300, what="odd.pdf")

    first = asked("os:getpid")
    assert first != os.getpid()
    assert asked("os:getpid") == first
    with pytest.raises(DiffingError):
        asked("builtins:list", 1)
    second = asked("os:getpid")
    assert second != first
    assert not alive(first)
    assert asked("builtins:print", "no answer of ours") is None
    os.kill(second, signal.SIGKILL)  # as a system short of memory does, while it waits
    while alive(second):
        time.sleep(0.01)
    assert asked("os:getpid") not in (first, second)


def test_a_child_ends_with_the_one_that_it_works_for():
    ask = 'from diffing.child import run_apart; run_apart("os:getpid", seconds=5, megabytes=300, what="x")'
    end = f"{ask}; import os, signal; print(os.getpid(), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    told = f"print({ask.partition('; ')[2]}, flush=True)"
    run = subprocess.run([sys.executable, "-c", f"{ask}; {told}; {end}"], capture_output=True, text=True, timeout=300)
    child = int(run.stdout.split()[0])
    deadline = time.monotonic() + 120
    while alive(child):
        assert time.monotonic() < deadline, "it is still there"
        time.sleep(0.2)


def test_a_child_writes_no_file(tmp_path):
    with pytest.raises(DiffingError):
        run_apart("shutil:copyfile", __file__, str(tmp_path / "copy"), seconds=2, megabytes=300, what="odd.pdf")
    assert not (tmp_path / "copy").exists() or not (tmp_path / "copy").stat().st_size


SLEEP = """
import os, sys, time
from diffing.running.engine import each
if __name__ == "__main__":
    print(os.getpid(), flush=True)
    for _ in each(time.sleep, [0.5] * 4 + [300] * 40, jobs=2):
        print("one", flush=True)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the system lists no processes")
def test_processes_end_within_seconds_of_the_death_of_the_one_they_work_for(tmp_path):
    script = tmp_path / "sleep.py"
    script.write_text(SLEEP)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as run:
        assert int(run.stdout.readline()) == run.pid
        assert run.stdout.readline() == "one\n"
        workers = children(run.pid)
        assert len(workers) >= 2
        os.kill(run.pid, signal.SIGKILL)
    deadline = time.monotonic() + 120
    while left := [pid for pid in workers if alive(pid)]:
        assert time.monotonic() < deadline, f"{left} are still there"
        time.sleep(0.2)


def children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat[1]) == parent:
                found.append(int(entry.name))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
