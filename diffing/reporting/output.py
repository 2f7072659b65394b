"""Writing OUT: pages, tables and ``run.json``, in a folder beside it that takes its place in one step.

A run killed at any moment leaves a whole report, the last or the new one; what it leaves behind is tidied up by the
next. A folder that is not ours is refused by name, and what others have put into ours is carried over.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from diffing.model import OutputError, Problem
from diffing.plain_files import mode_for
from diffing.reporting.swapping import (
    MADE_BY,
    NEW,
    RUN_FILE,
    check_place,
    is_whole,
    remove,
    room_beside,
    run_of,
    take_place,
    target_of,
    tidy,
)

if TYPE_CHECKING:
    import polars as pl

_PAGE_NAME = re.compile(r"[^\W_][\w.()' -]*", re.UNICODE)


def check_out(out: Path) -> None:
    """Raises `OutputError` where a report can't be written to `out`, before any work is done.

    `out` may be missing, empty, or hold an earlier report of ours. What a killed run left beside it is tidied up.
    """
    out = Path(out)
    target = target_of(out)
    parent = target.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        tidy(target)
        check_place(out, target)
        remove(room_beside(target))
    except OSError as error:
        raise _unwritable(out, error) from error


def last_run(out: Path) -> dict[str, Any] | None:
    """What ``run.json`` says of the report in `out`; None where there is none of ours, or a file is not as written."""
    target = target_of(Path(out))
    run = run_of(target)
    if run is None or not is_whole(target, run):
        return None
    try:  # what the next run says again
        msgspec.convert(run, _Said)
    except msgspec.ValidationError:
        return None
    return run


class _Said(msgspec.Struct):
    inputs: str
    summary: str
    errors: tuple[Problem, ...]


def write_report(
    out: Path,
    pages: Iterable[tuple[str, str]],
    tables: Mapping[str, pl.DataFrame],
    run: Mapping[str, Any],
    *,
    files: Mapping[str, bytes] | None = None,
    kept: Callable[[], Mapping[str, bytes]] = dict,
) -> Path:
    """Writes a report to `out` and returns the path of its ``index.html``.

    `pages` are (name without ``.html``, HTML) and are taken one at a time; `tables` go to
    ``tables/<name>.parquet`` and ``.csv``; `run` to ``run.json``; `files` are others of ours, by name, and `kept` gives
    those of readers, which later runs carry over: it is asked last, for
    readers write meanwhile. Raises `OutputError` with nothing of `out` changed.
    """
    from diffing.tables import csv_parts

    out = Path(out)
    check_out(out)
    target = target_of(out)
    room: Path | None = None
    try:
        room = room_beside(target)
        new = room / NEW
        new.mkdir()
        written = dict(_write(new, f"{_page_name(name)}.html", [_encoded(page)]) for name, page in pages)
        for name, table in tables.items():
            written |= [_write_parquet(new, f"tables/{name}.parquet", table, _about(name, run))]
            written |= [_write(new, f"tables/{name}.csv", _for_spreadsheets(csv_parts(table)))]
        written |= [_write(new, name, [data]) for name, data in (files or {}).items()]
        about = {"made_by": MADE_BY, **run, "files": dict(sorted(written.items()))}
        told = json.dumps(about, indent=1, ensure_ascii=False, default=str) + "\n"
        _write(new, RUN_FILE, [told.encode("utf-8", "backslashreplace")])  # which is how JSON writes such characters
        for name, data in kept().items():
            _write(new, name, [data])
        take_place(room, target)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        if room is not None:
            remove(room)
    return out / "index.html"


def _for_spreadsheets(parts: Iterable[str]) -> Iterator[bytes]:
    """A CSV file with the mark by which Excel knows that it is UTF-8."""
    return (part.encode() for part in chain(["\ufeff"], parts))


def _about(name: str, run: Mapping[str, Any]) -> dict[str, str]:
    """What a Parquet file says of itself: what each column means, and how the table was made."""
    from diffing.columns import COLUMNS

    meanings = {column.name: column.meaning for column in COLUMNS.get(name, ())}
    made = {key: run[key] for key in ("version", "profile", "profile_checksum", "thresholds") if key in run}
    told = {"diffing.columns": meanings, "diffing.signature": made}
    return {"diffing.table": name} | {k: json.dumps(v, ensure_ascii=False, default=str) for k, v in told.items()}


def write_page(path: Path, page: str | bytes) -> None:
    """Writes one page (a text, or a document's bytes) to a file, whole or not at all; raises `OutputError`.

    Where a link stands, the file that it leads to is written, as a shell would.
    """
    path = Path(path)
    if os.path.isdir(path):  # a Path raises for a name that is too long
        raise OutputError(f"{path} is a folder: give --out the name of a file")
    if os.path.exists(path) and not path.is_file():  # a device or a pipe can't be replaced
        try:
            path.write_bytes(_encoded(page))
        except OSError as error:
            raise _unwritable(path, error) from error
        return
    draft: str | None = None
    path = target_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(_encoded(page))
        os.chmod(draft, mode_for(path))
        os.replace(draft, path)
        draft = None
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if draft is not None:
            Path(draft).unlink(missing_ok=True)


def _encoded(page: str | bytes) -> bytes:
    return page if isinstance(page, bytes) else page.encode("utf-8", "replace")


def _page_name(name: str) -> str:
    bare = name.removesuffix(".html")
    if not _PAGE_NAME.fullmatch(bare) or len(bare.encode()) > 200:
        raise OutputError(f"no page can be named {name!r}: a slug of letters, digits and hyphens is needed")
    return bare


def _write(folder: Path, name: str, parts: Iterable[bytes]) -> tuple[str, str]:
    """Writes a file of the report; its name, and the SHA-256 (hex) by which it is known again."""
    path, digest = folder / name, hashlib.sha256()
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        for part in parts:
            digest.update(part)
            file.write(part)
    return name, digest.hexdigest()


def _write_parquet(folder: Path, name: str, table: pl.DataFrame, about: dict[str, str]) -> tuple[str, str]:
    """The same of a table, which is never whole in memory as a file."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb+") as file:
        table.write_parquet(file, metadata=about)
        file.seek(0)
        return name, hashlib.file_digest(file, "sha256").hexdigest()


_ADVICE = {
    errno.ENOSPC: "the disk is full: free some space, or give another --out",
    errno.EDQUOT: "your share of the disk is used up: free some space, or give another --out",
    errno.EFBIG: "a file grew over the limit that is set for this process",
    errno.EACCES: "you may not write there: give another --out",
    errno.EPERM: "you may not write there: give another --out",
    errno.EROFS: "the disk is read-only: give another --out",
    errno.ENOTDIR: "a file stands where a folder should be: give another --out",
    errno.EEXIST: "a file stands where a folder should be: give another --out",
    errno.ENAMETOOLONG: "the name is too long: give another --out",
}


def _unwritable(out: Path, error: OSError) -> OutputError:
    advice = _ADVICE.get(error.errno or 0, error.strerror or str(error))
    return OutputError(f"{out}: the report could not be written: {advice}")
