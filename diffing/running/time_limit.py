"""A limit of time for one country: what takes longer is a problem of that country, and the others go on.

>>> with at_most(120, "Norvania"):
...     pair = pair_of(piece)

All patterns of ours take linear time and a user's are tried at load; this ends what is left: a pattern whose time grows
with the square of a text, or a text that nobody thought of.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from diffing.model import DiffingError

# CPU seconds that reading and aligning one country, or judging and printing it, may take. Range 10 to 10,000; the
# longest real pair takes two, and one of 20 MB a minute.
SECONDS_A_COUNTRY = 300.0


class TooLongError(DiffingError):
    """What was done for one country took longer than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises `TooLongError` after so many CPU seconds of this process, even inside a pattern's match.

    Where the system has no such clock, or in a thread that is not the first, there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError(
            f"took more than {seconds:.0f} s: cut the text; or, with a profile of your own, simplify its patterns"
        )

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
