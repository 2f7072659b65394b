"""One run at a time writes a report: the others wait, and say so."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

if sys.platform != "win32":
    import fcntl

_P = ParamSpec("_P")
_T = TypeVar("_T")

_log = logging.getLogger(__name__)


@contextmanager
def alone_at(out: Path) -> Iterator[None]:
    """Holds the report in `out`, so that another run waits, as this one does for another that holds it.

    The folder itself is locked, and again where another took its place; there is no lock where none can be had.
    """
    if sys.platform == "win32":  # two runs at once are the user's to avoid there
        yield
        return
    held = None
    try:
        with suppress(OSError):
            while held is None or not os.path.samestat(os.fstat(held), os.stat(out)):
                if held is not None:
                    os.close(held)
                    held = None
                held = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    _log.warning("%s: another run is writing it: this one waits until it is done", out)
                    fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        if held is not None:
            with suppress(OSError):
                fcntl.flock(held, fcntl.LOCK_UN)  # a process begun meanwhile may have it open too
            os.close(held)


def one_at_a_time(work: Callable[_P, _T]) -> Callable[_P, _T]:
    """Lets a function that writes a report to its keyword `out` do so alone."""

    @wraps(work)
    def alone(*arguments: _P.args, **asked: _P.kwargs) -> _T:
        with alone_at(Path(str(asked.get("out")))):
            return work(*arguments, **asked)

    return alone
