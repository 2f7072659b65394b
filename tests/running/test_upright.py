"""Staying upright: a run killed, starved or robbed of a file leaves a whole report, and the next one completes."""

import ctypes
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from diffing.cli import main
from diffing.corpus import Corpus
from diffing.profile import ProfileError
from diffing.running.engine import FEWEST_FOR_PROCESSES, each
from diffing.running.year import run_year
from diffing.user_cache import cache_of

KILLS = 50
HERE = os.pathsep.join(
    [str(Path(__file__).parent), str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
)


@pytest.fixture
def corpus(sample, tmp_path):
    for year in ("2019", "2020"):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        for slug in ("turkmenistan", "norvania", "karvelia", "ardesh", "drovia"):
            shutil.copy(next((sample / year).glob(f"{slug}.*")), tmp_path / "corpus" / year)
    (tmp_path / "corpus" / "corpus.toml").write_text('family = "tip"\n')
    return tmp_path / "corpus"


def command(corpus, out, *more):
    run = [sys.executable, "-m", "diffing", "diff", "--year", "2020"]
    return [*run, "--corpus", str(corpus), "--out", str(out), "--jobs", "1", *more]


def is_whole(out):
    """Whether every file that ``run.json`` names is there, and every page ends as a page does."""
    listed = json.loads((out / "run.json").read_bytes())["files"]
    pages = [(out / name).read_text("utf-8") for name in listed if name.endswith(".html")]
    return all((out / name).is_file() for name in listed) and all(p.rstrip().endswith("</html>") for p in pages)


def test_killed_at_any_moment_the_last_report_is_whole_and_the_next_run_completes(corpus, tmp_path):
    out = tmp_path / "out"
    path = corpus / "2020" / "norvania.txt"
    text = path.read_text("utf-8")
    for other in corpus.glob("*/[adk]*"):  # of two countries a run has every moment that one of five has
        other.unlink()
    # Each run is the whole command in a process of its own, forked from one that has imported all it needs already.
    runs = get_context("forkserver")
    runs.set_forkserver_preload(["__main__", "diffing.cli", "diffing.running.year", "polars", "jinja2", "text_to_num"])

    def started(number):
        path.write_text(f"{text}\n\nPolice arrested {number} traffickers.\n", "utf-8")
        shutil.rmtree(cache_of(corpus), ignore_errors=True)
        run = runs.Process(target=main, args=(command(corpus, out)[3:],))
        run.start()
        return run

    assert finished(started(1)) == 0  # starts the process from which the others are forked
    start = time.perf_counter()
    assert finished(started(2)) == 0
    takes = time.perf_counter() - start
    draw = random.Random(7)
    codes = []
    for number in range(KILLS):
        run = started(number + 3)
        time.sleep(draw.uniform(0, takes))
        run.kill()
        codes.append(finished(run))
        assert is_whole(out)
    assert codes.count(-signal.SIGKILL) > KILLS / 4  # some were done before
    assert finished(started(KILLS + 3)) == 0
    assert is_whole(out)
    assert f"arrested {KILLS + 3} traffickers" in (out / "norvania.html").read_text("utf-8")
    assert left_beside(out) == []


def finished(run):
    run.join()
    return run.exitcode


def left_beside(out):
    """What a run left beside its report."""
    return [path.name for path in out.parent.glob(f".{out.name}*")]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_an_interrupted_run_ends_with_its_processes_and_keeps_what_is_finished(corpus, tmp_path, told, jobs):
    run = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, *command(corpus, tmp_path / "out", "--jobs", jobs)[3:]],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=os.environ | {"PYTHONPATH": HERE},
    )  # fmt: skip
    kept = cache_of(corpus) / "links"
    wait_for(lambda: kept.is_dir() and any(kept.iterdir()))
    # as a terminal does it, and as `kill` does
    os.killpg(run.pid, told) if told is signal.SIGINT else run.send_signal(told)
    _, said = run.communicate(timeout=300)  # its processes hold these pipes too
    assert run.returncode == 130
    assert said.decode().split("\n")[0] == "Interrupted. What was finished is kept for the next run."
    assert b"Traceback" not in said
    assert any(kept.iterdir())
    assert not (tmp_path / "out").exists()
    assert left_beside(tmp_path / "out") == []


def interrupts_held(_: int) -> bool:
    """Whether this process is reached by no interrupt."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_an_interrupt_reaches_the_run_and_not_its_processes():
    assert all(each(interrupts_held, range(FEWEST_FOR_PROCESSES), jobs=2))
    assert not interrupts_held(0)


# The command line, with processes for the few countries of a test, in which Norvania takes for ever.
ENDLESS = """
import sys, time
import diffing.corpus
import diffing.running.engine
from diffing.cli import main
from test_upright import EndlessCorpus

diffing.running.engine.FEWEST_FOR_PROCESSES = 1
diffing.corpus.Corpus = EndlessCorpus
main(sys.argv[1:])
"""


class EndlessCorpus(Corpus):
    """A corpus in which Norvania is never read to its end."""

    def narrative(self, country, year):
        if country == "norvania":
            time.sleep(3_600)
        return super().narrative(country, year)


def wait_for(done):
    deadline = time.monotonic() + 300
    while not done():
        assert time.monotonic() < deadline, "nothing happened for five minutes"
        time.sleep(0.005)


def test_two_runs_at_once_into_one_place_leave_a_whole_report(corpus, tmp_path):
    run_year(Corpus(corpus), 2020, out=tmp_path / "alone")
    runs = [
        subprocess.Popen(command(corpus, tmp_path / "out"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(run.communicate(timeout=300)[1], run.returncode) for run in runs] == [(b"", 0)] * 3
    assert is_whole(tmp_path / "out")
    assert pages_of(tmp_path / "out") == pages_of(tmp_path / "alone")
    assert left_beside(tmp_path / "out") == []
    assert run_year(Corpus(corpus), 2020, out=tmp_path / "out").summary.endswith("nothing was written.")


def pages_of(out):
    return {path.name: path.read_bytes() for path in out.glob("*.html")}


def test_a_full_disk_is_told_and_leaves_the_last_report(corpus, tmp_path):
    out = tmp_path / "out"
    run_year(Corpus(corpus), 2020, out=out)
    page = (out / "norvania.html").read_bytes()
    (corpus / "2020" / "norvania.txt").write_text("The Government of Norvania did nothing.\n")

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run(command(corpus, out), capture_output=True, text=True, preexec_fn=small_files)
    assert done.returncode == 3, done.stderr
    assert str(out) in done.stderr
    assert "Traceback" not in done.stderr
    assert (out / "norvania.html").read_bytes() == page
    assert is_whole(out)


def no_exceptions_for_root():
    """From here on file permissions hold for root as well (PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and _READ_SEARCH)."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions hold for root only where capabilities can be dropped")
def test_an_unwritable_place_is_told_and_nothing_is_written(corpus, tmp_path):
    place = tmp_path / "place"
    place.mkdir(mode=0o500)
    run = subprocess.run(
        command(corpus, place / "out"), capture_output=True, text=True, preexec_fn=no_exceptions_for_root
    )
    assert run.returncode == 3, run.stderr
    assert run.stderr == (
        f"error: {place / 'out'}: the report could not be written: you may not write there: give another --out\n"
    )
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="permissions hold for root only where capabilities can be dropped")
def test_an_unreadable_narrative_is_an_error_row(corpus, tmp_path):
    (corpus / "2020" / "norvania.txt").chmod(0)
    run = subprocess.run(
        command(corpus, tmp_path / "out"), capture_output=True, text=True, preexec_fn=no_exceptions_for_root
    )
    assert run.returncode == 1, run.stderr
    assert "norvania.txt: can't be read: Permission denied" in run.stderr
    assert (tmp_path / "out" / "karvelia.html").is_file()


def test_a_file_that_vanishes_while_read_is_an_error_row(corpus, tmp_path, monkeypatch):
    real = Corpus.checksum

    def vanishing(self, country, year):
        value = real(self, country, year)
        if country == "norvania" and year == 2020:
            (corpus / "2020" / "norvania.txt").unlink()
        return value

    monkeypatch.setattr(Corpus, "checksum", vanishing)
    run = run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert [problem.country for problem in run.errors] == ["Norvania"]
    assert "norvania.txt" in run.errors[0].message
    assert (tmp_path / "out" / "karvelia.html").is_file()


def test_a_worker_that_dies_takes_only_its_narrative_along(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("diffing.running.engine.FEWEST_FOR_PROCESSES", 1)
    run = run_year(_DeadlyCorpus(corpus), 2020, out=tmp_path / "out", jobs=2)
    assert [problem.country for problem in run.errors] == ["Norvania"]
    assert "killed" in run.errors[0].message
    assert (tmp_path / "out" / "turkmenistan.html").is_file()
    assert (tmp_path / "out" / "ardesh.html").is_file()


class _DeadlyCorpus(Corpus):
    """A corpus that kills the other process which reads Norvania from it, as the system does when memory is out."""

    def __init__(self, path, owner=0):
        super().__init__(path)
        self.owner = owner or os.getpid()

    def __reduce_ex__(self, protocol):
        return _DeadlyCorpus, (str(self.path), self.owner)

    def narrative(self, country, year):
        if country == "norvania" and os.getpid() != self.owner:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().narrative(country, year)


def test_a_profile_edited_in_the_middle_is_read_once(corpus, tmp_path):
    profile = tmp_path / "mine.toml"
    profile.write_text('extends = "tip"\n')
    opened = Corpus(corpus, profile)
    profile.write_text("not TOML [")
    assert run_year(opened, 2020, out=tmp_path / "out").errors == ()


def test_processes_that_find_the_profile_edited_say_so(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("diffing.running.engine.FEWEST_FOR_PROCESSES", 1)
    profile = tmp_path / "mine.toml"
    profile.write_text('extends = "tip"\n')
    opened = Corpus(corpus, profile)
    profile.write_text('extends = "tip"\ntitle = "Another"\n')
    with pytest.raises(ProfileError, match="run it again"):
        run_year(opened, 2020, out=tmp_path / "out", jobs=2)
    assert not (tmp_path / "out").exists()
