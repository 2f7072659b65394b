"""A year on a cluster: a dask scheduler and two workers as real processes, one of them killed in the middle."""

import contextlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from diffing.corpus import Corpus
from diffing.model import DiffingError
from diffing.running import year_pages
from diffing.running.history import run_history
from diffing.running.year import run_year

distributed = pytest.importorskip("distributed", reason="no dask: pip install '.[scale]'")


NO_DISK = """
import diffing.store

def _nothing_is_there(store, *given):
    if store.folder.name != "profiles":  # which a worker keeps for itself
        raise AssertionError("a worker looked into the cache of the machine that runs the report")

for _name in ("get", "get_packed", "put", "put_packed", "has"):
    setattr(diffing.store.Store, _name, _nothing_is_there)
"""


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers, which share no disk with us but the corpus."""
    processes = []
    (tmp_path / "no_disk.py").write_text(NO_DISK)

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path,
        )  # fmt: skip
        processes.append(process)
        return process

    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    for line in scheduler.stdout:
        found = re.search(r"Scheduler at:\s*(tcp://\S+)", line)
        if found:
            break
    address = found[1]
    threading.Thread(target=lambda: [None for _ in scheduler.stdout], daemon=True).start()
    workers = [
        start(
            "dask_worker",
            address,
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--host",
            "127.0.0.1",
            "--preload",
            str(tmp_path / "no_disk.py"),
        )
        for _ in range(2)
    ]
    for worker in workers:
        threading.Thread(target=lambda out=worker.stdout: [None for _ in out], daemon=True).start()
    yield address, workers
    for process in processes:
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()


def files_of(out):
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    files.pop("run.json")  # it tells the seconds
    return files


def test_a_cluster_gives_the_same_bytes_and_outlives_a_worker(sample, tmp_path, cluster, monkeypatch):
    shutil.copytree(sample, tmp_path / "corpus")
    corpus = Corpus(tmp_path / "corpus")
    run_year(corpus, 2020, out=tmp_path / "local", cache=tmp_path / "cache_here")
    address, workers = cluster

    def kill_one():
        deadline = time.monotonic() + 300
        while not list((tmp_path / "cache_there").glob("links/*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        workers[0].send_signal(signal.SIGKILL)

    def made_here(*given):
        raise AssertionError("what a worker made was made again here")

    monkeypatch.setattr(Corpus, "narrative", made_here)
    monkeypatch.setattr(year_pages, "make", made_here)
    killer = threading.Thread(target=kill_one)
    killer.start()
    run = run_year(corpus, 2020, out=tmp_path / "there", scheduler=address, cache=tmp_path / "cache_there")
    killer.join()
    assert workers[0].wait(120) == -signal.SIGKILL
    assert run.errors == ()
    assert files_of(tmp_path / "there") == files_of(tmp_path / "local")
    kept = {path.name for path in (tmp_path / "cache_there").rglob("*") if path.is_file()}
    assert kept == {path.name for path in (tmp_path / "cache_here").rglob("*") if path.is_file()}
    workers[1].kill()  # and what is in the cache needs no worker again
    shutil.rmtree(tmp_path / "there")
    assert (
        run_year(corpus, 2020, out=tmp_path / "there", scheduler=address, cache=tmp_path / "cache_there").errors == ()
    )
    assert files_of(tmp_path / "there") == files_of(tmp_path / "local")


def test_a_history_on_a_cluster_gives_the_same_bytes(sample, tmp_path, cluster):
    corpus = Corpus(sample)
    address, _ = cluster
    run_history(corpus, out=tmp_path / "local", cache=tmp_path / "cache_here")
    run_history(corpus, out=tmp_path / "there", scheduler=address, cache=tmp_path / "cache_there")
    assert files_of(tmp_path / "there") == files_of(tmp_path / "local")
    kept = {path.name for path in (tmp_path / "cache_there").rglob("*") if path.is_file()}
    assert kept == {path.name for path in (tmp_path / "cache_here").rglob("*") if path.is_file()}


def test_a_scheduler_that_does_not_answer_is_named(sample, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # what is kept needs nobody to make it
    with pytest.raises(DiffingError, match=r"127\.0\.0\.1:9"):
        run_year(Corpus(sample), 2020, out=tmp_path / "out", scheduler="tcp://127.0.0.1:9")
