"""What stands around every command: its streams, its log, and where the traceback of a mistake of ours is kept."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import tempfile
import traceback
from contextlib import suppress
from typing import Any

import typer

from diffing.model import DiffingError, one_line, printable, written_out

_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
LOG = "%(asctime)s %(name)s: %(message)s"


def open_streams() -> None:
    """Gives each standard stream that was closed a number of its own, and lets none fail over a character.

    Else the next file that is opened would be standard output, and what is printed would go into it.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # which takes the lowest number that is free
            setattr(sys, name, open(number, mode))  # noqa: SIM115  # it is open as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the terminal may not know a character, and a file's name can be any bytes
            stream.reconfigure(errors="backslashreplace")


def check_here() -> None:
    """Raises `DiffingError` where the folder that the user stands in is gone."""
    try:
        os.getcwd()
    except OSError as error:
        raise DiffingError("the folder that you stand in is gone: go to another one (cd)") from error


def flush_output() -> str | None:
    """Why what was printed did not get to its place, or None; nothing is left for Python to complain about."""
    why = None
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            drop(stream.fileno())
        except (OSError, ValueError) as error:
            with suppress(OSError, ValueError):
                drop(stream.fileno())
            if stream is sys.stdout:
                why = getattr(error, "strerror", None) or str(error)
    return why


def drop(number: int) -> None:
    """What is still to come on a stream goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def say(*lines: str) -> None:
    """Prints each of `lines` as one line of standard error, where that can be; no character of it means anything more.

    What is told holds names of files, and these may hold line breaks.
    """
    with suppress(OSError, ValueError):
        sys.stderr.writelines(f"{one_line(line)}\n" for line in lines)
        sys.stderr.flush()


def tell(text: str, *, nl: bool = True, colour: bool = False, data: bool = False) -> None:
    """Prints `text` to standard output; no character of it means anything to a terminal but the colours that we put in.

    `data` goes to a file or another program as it is.
    """
    if not data or sys.stdout.isatty():
        parts = _COLOUR.split(text) if colour else [text]
        text = "".join(part if number % 2 else printable(part) for number, part in enumerate(parts))
    try:
        typer.echo(text, nl=nl)
    except BrokenPipeError:  # the reader has enough, which is no error of the command's
        drop(sys.stdout.fileno())


def as_json(value: Any) -> str:
    """`value` as JSON text in which all that means something to a terminal is written out."""
    return written_out(json.dumps(value, ensure_ascii=False, indent=1))


def log_to_standard_error() -> None:
    """Lets the stages say what they do (`--verbose`)."""
    logging.basicConfig(format=LOG, datefmt="%H:%M:%S")
    logging.getLogger("diffing").setLevel(logging.INFO)


def keep_traceback() -> str:
    """Writes the traceback of the error at hand to a file and returns its path; empty where none can be written."""
    told = traceback.format_exc()
    try:
        handle, path = tempfile.mkstemp(prefix="diffing-error-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{' '.join(map(repr, sys.argv))}\n\n{told}")
    except OSError:
        return ""
    return path
