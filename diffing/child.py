"""Work that a stranger's file could turn against us, done in a process of its own.

    text = run_apart("diffing.reading.pdf:read_pages", data, 10.0, seconds=12, megabytes=1_500, what="norvania.pdf")

The process has little memory and time, writes no file, sees no folder of the user's among its packages, and gives
back nothing but plain data. Where it ends otherwise, that is a `DiffingError` about the file, and the run goes on.
It serves the next file too, as long as each is read to its end; it ends when nobody is left to ask it.

`at_most` limits the time of what is done in this process: all patterns of ours take linear time and a user's are tried
at load; it ends what is left, a pattern whose time grows with the square of a text, or a text that nobody thought of.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import IO, Any

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
# Bytes of an answer, where the caller names no other number. Range 10 million to any; default 100 million: the 20
# million characters that a page may have, in whatever script. Who asks holds it twice, as bytes and as values.
MOST_ANSWERED = 100_000_000
# Megabytes that a process may still hold after its work and serve again. Range 80 to 1,000; our programs take 60, and
# what it holds counts against the next file.
STILL_HELD = 100

_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from diffing.child import serve; serve()"
_DONE, _REFUSED, _FAILED = "done", "refused", "failed"
_PACKAGES = Path(__file__).resolve().parents[1]
_LENGTH = 8  # bytes before an order or an answer, which say how long it is


# CPU seconds that reading and aligning one country, or judging and printing it, may take. Range 10 to 10,000; the
# longest real pair takes two, and one of 20 MB a minute.
SECONDS_A_COUNTRY = 300.0


# CPU seconds after which a limit that somebody went on behind is said again. Range 0.01 to 1; higher, a country of many
# narratives that can't be read within it goes on for longer.
SAID_AGAIN = 0.1


class TooLongError(DiffingError):
    """What was done for one country took longer than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises `TooLongError` after so many CPU seconds of this process, even inside a pattern's match.

    Whoever catches it inside gains nothing: it is raised again, and once more at the end. Where the system has no such
    clock, or in a thread that is not the first, there is no limit; within another limit that one goes on.
    """
    known = hasattr(signal, "setitimer") and current_thread() is main_thread()
    if not known or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return

    why = f"took more than {seconds:.0f} s: cut the text; or, with a profile of your own, simplify its patterns"
    over = rung = False

    def ring(_number: int, _frame: FrameType | None) -> None:
        nonlocal rung
        rung = True
        if not over:
            raise TooLongError(why)

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, SAID_AGAIN)
    try:
        yield
        if rung:
            raise TooLongError(why)
    finally:
        over = True
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def run_apart(work: str, *arguments: Any, seconds: float, megabytes: int, what: str, most: int = MOST_ANSWERED) -> Any:
    """What the function `work` (``module:name``) gives for `arguments`, all of them plain data (bytes, texts, lists).

    Raises `DiffingError` naming `what` where it raises one, takes over `seconds` of CPU or `megabytes` of memory, gives
    over `most` bytes, or ends its process.
    """
    order = msgspec.msgpack.encode((work, arguments, seconds, megabytes, most))
    process = _asked(order)
    kind, value = _FAILED, ""
    try:
        answer, why = _answer(process, seconds, megabytes, most)
        if why is None and answer is None:
            with suppress(subprocess.TimeoutExpired):  # one that goes on is ended below
                process.wait(1)
            over_time = process.returncode == -getattr(signal, "SIGXCPU", 0)
            why = _too_long(seconds) if over_time else "it ends the program that reads it: damaged, or made to do so"
        if why is None:
            with suppress(msgspec.MsgspecError, RecursionError):
                kind, value = msgspec.msgpack.decode(answer or b"", type=tuple[str, Any])
            why = f"it can't be read: {value or 'no answer'}"
    finally:
        if kind == _FAILED or _held(process.pid) > STILL_HELD:
            _end(process)
        else:
            _idle.append(process)
    if kind == _DONE:
        return value
    raise DiffingError(str(value) if kind == _REFUSED else f"{what}: {why}")


_idle: list[subprocess.Popen[bytes]] = []  # those that wait for work; one taken out is nobody else's
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # they answer to the parent


def _asked(order: bytes) -> subprocess.Popen[bytes]:
    """A process that has this order: one that waits, or a new one."""
    while _idle:
        process = _idle.pop()
        with suppress(OSError):
            if process.poll() is None:  # somebody may have ended it meanwhile
                _send(_stream(process.stdin), order)
                return process
        _end(process)
    command = [sys.executable, "-I", "-c", _START, json.dumps(package_places())]
    threads = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS"), "1")
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | threads
    )
    with suppress(OSError):  # what ends before it reads has no answer, which is said below
        _send(_stream(process.stdin), order)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            _stream(stream).close()


@atexit.register
def _end_all() -> None:
    while _idle:
        _end(_idle.pop())


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # each is a pipe
    return stream


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_LENGTH, "little"))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes], most: int = sys.maxsize) -> bytes | None:
    """What the other side sent; None where it ended before all of it was there, or sends more than it may."""
    start = stream.read(_LENGTH)
    length = int.from_bytes(start, "little")
    if len(start) < _LENGTH or length > most:
        return None
    data = stream.read(length)
    return data if len(data) == length else None


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


def _answer(
    process: subprocess.Popen[bytes], seconds: float, megabytes: int, most: int
) -> tuple[bytes | None, str | None]:
    """What the process sends (None where it ended, or sends too much), or why it is to be ended."""
    deadline = time.monotonic() + max(5.0, PATIENCE * seconds)
    got: list[bytes | None] = []
    waiting = Thread(target=lambda: got.append(_received(_stream(process.stdout), most)), daemon=True)
    waiting.start()
    while True:
        waiting.join(LOOK_EVERY)
        if not waiting.is_alive():
            return got[0], None
        if _held(process.pid) > megabytes:
            return None, f"reading it takes over {megabytes:,} MB of memory: cut it, or save it anew"
        if time.monotonic() > deadline:
            return None, _too_long(seconds)


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
    """The process's side: orders from standard input, an answer to each on standard output, until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit_files()
    while (order := _received(sys.stdin.buffer)) is not None:
        order_type = tuple[str, list[Any], float, int, int]
        work, arguments, seconds, megabytes, most = msgspec.msgpack.decode(order, type=order_type)
        _limit(seconds, megabytes)
        _send(answers, _done(work, arguments, megabytes, most))
    os._exit(0)  # a library's threads have nothing more to say


def _done(work: str, arguments: list[Any], megabytes: int, most: int) -> bytes:
    """The answer to one order."""
    module, _, name = work.partition(":")
    answer: tuple[str, Any]
    try:
        told = msgspec.msgpack.encode((_DONE, getattr(import_module(module), name)(*arguments)))
        if len(told) <= most:
            return told
        answer = (_FAILED, f"what is in it has over {most / 1e6:,.0f} MB: cut it")
    except DiffingError as error:
        answer = (_REFUSED, str(error))
    except MemoryError:
        answer = (_FAILED, f"it takes over {megabytes:,} MB of memory")
    except BaseException as error:  # a panic inside a library is no Exception
        answer = (_FAILED, f"{type(error).__name__}: {error}".partition("\n")[0][:300])  # polars adds its plan
    return msgspec.msgpack.encode(answer)


def _limit_files() -> None:
    """No file is written, and none is found by its name alone."""
    for kind in () if resource is None else (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (0, 0))
    with suppress(OSError):
        os.chdir("/")


def _limit(seconds: float, megabytes: int) -> None:
    """Sets what the next order may take: the seconds beyond those already spent, and the memory."""
    if resource is None:
        return
    spent = int(time.process_time() + seconds) + 1
    for kind, most in ((resource.RLIMIT_CPU, spent), (resource.RLIMIT_AS, (megabytes + RESERVED) * 1_000_000)):
        with suppress(OSError, ValueError):  # some systems have no such limit
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
