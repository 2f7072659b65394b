"""Where the work of a run is done: here, in several processes, or on a cluster; the results are the same.

Each piece of work is a call of one function with one argument, and pieces are independent. They come back in the
order in which they were given.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from diffing.model import DiffingError

Item = TypeVar("Item")
Result = TypeVar("Result")

# A pool of processes takes about 0.4 s to start and import us; fewer pieces than this are done sooner without one.
FEWEST_FOR_PROCESSES = 24

# Seconds between two looks of a process whether the one that it works for is still there. Range 0.1 to 10.
LOOK_EVERY = 1.0


# New objects after which circles that nobody holds are looked for, in processes of our own. Range 700 (Python's own,
# which costs a sixth of a year: it walks over all that is kept of every sentence) to 500,000, default 300,000: the
# circles of a pair are 6,000 objects, half a megabyte.
GARBAGE_AFTER = 300_000


def collect_seldom() -> None:
    """Has this process look for garbage seldom; for those that do our work alone, never for a user's own."""
    gc.set_threshold(GARBAGE_AFTER, 20, 20)


Progress = Callable[[int], AbstractContextManager[Callable[[str], None]]]
"""Given how many steps there are, what to call after each with the country's name."""


@contextmanager
def silent(total: int) -> Iterator[Callable[[str], None]]:
    """No progress is shown of `total` steps; each step is a call with the country's name."""
    yield lambda country: None


class WorkerLostError(DiffingError):
    """A process that worked for us was killed, by the system (no memory left) or by somebody."""


def each(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int = 1,
    scheduler: str | None = None,
    load: Callable[[Item], Item] | None = None,
) -> Iterator[Result | WorkerLostError]:
    """`work` of each of `items`, in their order; a piece whose process was killed comes back as the error.

    `jobs` processes on this machine, or on the cluster of the dask scheduler at `scheduler`, whose machines need not
    share a disk with this one: what a piece needs from here is put into it by `load`, just before it is sent.
    Raises `DiffingError` where the scheduler does not answer.
    """
    if scheduler is not None:
        yield from _on_cluster(work, items, scheduler, load or (lambda item: item))
    elif jobs == 1 or len(items) < FEWEST_FOR_PROCESSES:
        yield from map(work, items)
    else:
        yield from _in_processes(work, items, jobs)


def _in_processes(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[Result | WorkerLostError]:
    with _from_our_packages():
        yield from _pooled(_Watching(work), items, jobs)


@contextmanager
def _from_our_packages() -> Iterator[None]:
    """Processes started meanwhile take no package from the folder that the user happens to stand in.

    A `json.py` or `polars.py` beside a stranger's corpus would be run by them as if it were ours.
    """
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


_watched: set[int] = set()  # the processes that this one works for


@dataclass(frozen=True)
class _Watching(Generic[Item, Result]):
    """`work` in a process that ends soon after the one that it works for, however that ended."""

    work: Callable[[Item], Result]
    employer: int = field(default_factory=os.getpid)

    def __call__(self, item: Item) -> Result:
        if self.employer != os.getpid() and self.employer not in _watched and hasattr(os, "getppid"):
            _watched.add(self.employer)
            collect_seldom()
            if pool := sys.modules.get("joblib.externals.loky.process_executor"):
                # without psutil it looks for garbage in all that is kept, each second: a seventh of a year
                vars(pool)["_MEMORY_LEAK_CHECK_DELAY"] = float("inf")
            threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
        return self.work(item)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(1)


def _pooled(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result | WorkerLostError]:
    from concurrent.futures.process import BrokenProcessPool

    from joblib import Parallel, delayed

    done = 0
    try:
        parallel = Parallel(n_jobs=jobs, backend="loky", return_as="generator", batch_size=1, pre_dispatch="2*n_jobs")
        with _interrupts_held():
            results = parallel(delayed(work)(item) for item in items)
        for result in results:
            yield result
            done += 1
    except BrokenProcessPool:
        # Which piece killed its process is not known: the rest goes on with each in a process of its own.
        for item in items[done:]:
            yield _alone(work, item)


def end_processes() -> None:
    """Ends the processes that wait for more work, where there are any: what follows may need their memory."""
    loky = sys.modules.get("joblib.externals.loky")
    if loky is not None:
        loky.get_reusable_executor().shutdown()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started meanwhile are reached by no interrupt: who started them ends them, and says it once.

    A terminal interrupts all processes at once, and one that is about to start would answer with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # there is none on Windows
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # as it starts, it lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _alone(work: Callable[[Item], Result], item: Item) -> Result | WorkerLostError:
    """`work` of one item in a process of its own, which may be killed without taking anything along."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return WorkerLostError("its process was killed: there may be too little memory for this narrative")


def _on_cluster(
    work: Callable[[Item], Result], items: Sequence[Item], scheduler: str, load: Callable[[Item], Item]
) -> Iterator[Result | WorkerLostError]:
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise DiffingError("--engine dask needs dask: pip install '.[scale]' in the project's folder") from error
    from joblib import Parallel, delayed, parallel_config

    try:
        client = Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise DiffingError(f"no dask scheduler answers at {scheduler}: {error}") from error
    with client, parallel_config(backend="dask", client=client, wait_for_workers_timeout=60):
        done = 0
        try:
            parallel = Parallel(batch_size=1, return_as="generator")
            for result in parallel(delayed(work)(load(item)) for item in items):
                yield result
                done += 1
        except KilledWorker:  # a piece that ended one worker after another: the rest goes on, each by itself
            for item in items[done:]:
                try:
                    yield client.submit(work, load(item), pure=False).result()
                except KilledWorker:
                    yield WorkerLostError("the workers that took it were killed: too little memory for this narrative?")


def cores() -> int:
    """The number of processes that this machine can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
