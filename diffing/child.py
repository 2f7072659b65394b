"""Work that a stranger's file could turn against us, done in a process of its own.

    text = run_apart("diffing.reading.pdf:read_pages", data, 10.0, seconds=12, megabytes=1_500, what="norvania.pdf")

The process has little memory and time, writes no file, sees no folder of the user's among its packages, and gives
back nothing but plain data. Where it ends otherwise, that is a `DiffingError` about the file, and the run goes on.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import msgspec

from diffing.model import DiffingError

try:
    import resource
except ImportError:  # Windows: the time is limited there, and the memory by the system alone
    resource = None  # type: ignore[assignment]

# Seconds between two looks at how much memory the process holds. Range 0.005 to 0.1; at most 5 GB are filled in a
# second, so that 0.02 lets 100 MB too much through.
LOOK_EVERY = 0.02
# Seconds by the clock for each second of work that is allowed: others use the processors too.
PATIENCE = 10.0
# What the process may reserve, in megabytes, beyond what it may hold: its programs, stacks and reserves.
RESERVED = 4_000

_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from diffing.child import serve; serve()"
_DONE, _REFUSED, _FAILED = "done", "refused", "failed"
_PACKAGES = Path(__file__).resolve().parents[1]


def run_apart(work: str, *arguments: Any, seconds: float, megabytes: int, what: str) -> Any:
    """What the function `work` (``module:name``) gives for `arguments`, all of them plain data (bytes, texts, lists).

    Raises `DiffingError` naming `what` where it raises one, takes over `seconds` of CPU or `megabytes` of memory, or
    ends its process.
    """
    with TemporaryFile() as order:  # a pipe would have to be filled while the process is watched
        order.write(msgspec.msgpack.encode((work, arguments, seconds, megabytes)))
        order.seek(0)
        command = [sys.executable, "-I", "-c", _START, json.dumps(package_places())]
        threads = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS"), "1")
        with subprocess.Popen(
            command, stdin=order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | threads
        ) as process:
            try:
                answer, why = _answer(process, seconds, megabytes)
            finally:
                process.kill()
    if why is None and process.returncode:
        over_time = process.returncode == -getattr(signal, "SIGXCPU", 0)
        why = _too_long(seconds) if over_time else "it ends the program that reads it: it is damaged, or made to do so"
    if why is None:
        try:
            kind, value = msgspec.msgpack.decode(answer, type=tuple[str, Any])
        except msgspec.MsgspecError:
            kind, value = _FAILED, "no answer"
        if kind == _DONE:
            return value
        if kind == _REFUSED:
            raise DiffingError(str(value))
        why = f"it can't be read: {value}"
    raise DiffingError(f"{what}: {why}")


def package_places() -> list[str]:
    """Where this process finds its packages, without the folder that the user happens to stand in."""
    here = Path.cwd() if _still_there() else None
    places = []
    for place in sys.path:
        if not os.path.isabs(place):
            continue
        if here is not None and Path(place) == here and here.resolve() != _PACKAGES:
            continue
        places.append(place)
    return places


def _still_there() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _answer(process: subprocess.Popen[bytes], seconds: float, megabytes: int) -> tuple[bytes, str | None]:
    """What the process prints, or why it was ended."""
    deadline = time.monotonic() + max(5.0, PATIENCE * seconds)
    while True:
        try:
            return process.communicate(timeout=LOOK_EVERY)[0], None
        except subprocess.TimeoutExpired:
            if _held(process.pid) > megabytes:
                return b"", f"reading it takes over {megabytes:,} MB of memory: cut it, or save it anew"
            if time.monotonic() > deadline:
                return b"", _too_long(seconds)


def _too_long(seconds: float) -> str:
    return f"reading took more than {seconds:.0f} s: cut it, or save it anew"


def _held(pid: int) -> float:
    """The megabytes that a process holds, 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as told:
            return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0


def serve() -> None:
    """The process's side: one order from standard input, its answer to standard output."""
    work, arguments, seconds, megabytes = msgspec.msgpack.decode(
        sys.stdin.buffer.read(), type=tuple[str, list[Any], float, int]
    )
    _limit(seconds, megabytes)
    module, _, name = work.partition(":")
    answer: tuple[str, Any]
    try:
        answer = (_DONE, getattr(import_module(module), name)(*arguments))
    except DiffingError as error:
        answer = (_REFUSED, str(error))
    except MemoryError:
        answer = (_FAILED, f"it takes over {megabytes:,} MB of memory")
    except BaseException as error:  # a panic inside a library is no Exception
        answer = (_FAILED, f"{type(error).__name__}: {error}"[:300])
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
    sys.stdout.buffer.flush()
    os._exit(0)  # a library's threads have nothing more to say


def _limit(seconds: float, megabytes: int) -> None:
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_AS, (megabytes + RESERVED) * 1_000_000),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # some systems have no such limit
            resource.setrlimit(kind, (most, most))
    with suppress(OSError):
        os.chdir("/")
