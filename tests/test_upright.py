"""Staying upright: a run killed, starved or robbed of a file leaves a whole report, and the next one completes."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest

from diffing.profile import ProfileError
from diffing.reading import Corpus
from diffing.year import run_year

KILLS = int(os.environ.get("DIFFING_KILLS", "12"))  # `make fuzz` asks for fifty


@pytest.fixture
def corpus(sample, tmp_path):
    for year in ("2019", "2020"):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        for slug in ("turkmenistan", "norvania", "karvelia", "ardesh", "drovia"):
            shutil.copy(next((sample / year).glob(f"{slug}.*")), tmp_path / "corpus" / year)
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
    start = time.perf_counter()
    subprocess.run(command(corpus, out), check=True, capture_output=True)
    takes = time.perf_counter() - start
    draw = random.Random(7)
    path = corpus / "2020" / "norvania.txt"
    text = path.read_text("utf-8")
    for number in range(KILLS):
        path.write_text(f"{text}\n\nPolice arrested {number + 2} traffickers.\n", "utf-8")
        shutil.rmtree(tmp_path / ".out.cache", ignore_errors=True)
        run = subprocess.Popen(command(corpus, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.3, 1.05) * takes)  # before 0.3 of a run nothing but imports has happened
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert is_whole(out)
    subprocess.run(command(corpus, out), check=True, capture_output=True)
    assert is_whole(out)
    assert f"arrested {KILLS + 1} traffickers" in (out / "norvania.html").read_text("utf-8")
    left = [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".out") and entry.name != ".out.cache"]
    assert left == []


def test_an_interrupted_run_ends_soon_and_keeps_what_is_finished(corpus, tmp_path):
    run = subprocess.Popen(command(corpus, tmp_path / "out"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    kept = tmp_path / ".out.cache" / "pairs"
    deadline = time.monotonic() + 60
    while not (kept.is_dir() and any(kept.iterdir())) and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=30)
    if run.returncode == 0:
        pytest.skip("the run was done before it could be interrupted")
    assert run.returncode == 130
    assert b"Traceback" not in told
    assert any(kept.iterdir())
    assert not (tmp_path / "out").exists()


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
    monkeypatch.setattr("diffing.engine.FEWEST_FOR_PROCESSES", 1)
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
    monkeypatch.setattr("diffing.engine.FEWEST_FOR_PROCESSES", 1)
    profile = tmp_path / "mine.toml"
    profile.write_text('extends = "tip"\n')
    opened = Corpus(corpus, profile)
    profile.write_text('extends = "tip"\ntitle = "Another"\n')
    with pytest.raises(ProfileError, match="run it again"):
        run_year(opened, 2020, out=tmp_path / "out", jobs=2)
    assert not (tmp_path / "out").exists()
