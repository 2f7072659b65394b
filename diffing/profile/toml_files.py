"""A TOML file that may be a stranger's: a file and no pipe, of some megabytes at most, and nested as people nest.

>>> parsed_toml('family = "tip"', "corpus.toml")
{'family': 'tip'}
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from diffing.child import run_apart
from diffing.model import DiffingError

MOST_BYTES = 5_000_000
"""Bytes of one file. Range 2 million to 50 million; default 5 million: what is written of each of 10,000 narratives
takes 2. Higher lets one file take the memory."""

SHORT = 500_000
"""Characters of a file up to which it is read in this process, which takes a second. Range 10,000 to a million."""

MOST_PARTS = 50
"""Parts of a key (``judging.rules.x`` has three). Range 10 to 100; ours have five. The parser's memory and time grow
with their square: 20,000 take 2 GB."""

SECONDS, MEGABYTES = 20.0, 500
"""What reading any longer file may take, in a process of its own. Ranges 5 to 100, 100 to 2,000."""

# An open string ends with its line, so that nothing is looked at more than twice.
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\[^\n])*+"?|'[^'\n]*+'?)"""
_NEXT_PART = rf"[ \t]*+\.[ \t]*+{_PART}"
_TOKENS = re.compile(
    r"""#[^\n]*+|\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}+|\Z)?|'{3}(?:[^']|'(?!''))*+(?:'{3,5}+|\Z)?"""
    rf"""|(?P<long>{_PART}(?:{_NEXT_PART}){{{MOST_PARTS}}})|{_PART}(?:{_NEXT_PART})*+|[^\w"'#-]++""",
    re.DOTALL,
)


def parsed_toml(text: str, what: str) -> dict[str, Any]:
    """The values of a TOML text; raises `DiffingError` naming `what`."""
    if key := next((token for token in _TOKENS.finditer(text) if token.lastgroup), None):
        line = text.count("\n", 0, key.start()) + 1
        raise DiffingError(f"{what}: line {line}: a key of over {MOST_PARTS} parts: {key[0][:40]}...: make it shorter")
    if len(text) > SHORT:
        work = "diffing.profile.toml_files:parse_here"
        told: dict[str, Any] = run_apart(work, text, what, seconds=SECONDS, megabytes=MEGABYTES, what=what)
        return told
    return parse_here(text, what)


def parse_here(text: str, what: str) -> dict[str, Any]:
    """As `parsed_toml`, in this process."""
    try:
        return tomllib.loads(text)
    except ValueError as error:  # `TOMLDecodeError`, and a whole number of too many digits
        raise DiffingError(f"{what}: no valid TOML: {error}") from error
    except RecursionError as error:
        raise DiffingError(f"{what}: no valid TOML: tables or lists in each other without end") from error
