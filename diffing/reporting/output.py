"""Writing OUT: pages, tables and ``run.json``, in a folder beside it that takes its place in one step.

A run killed at any moment leaves a whole report, the last or the new one; what it leaves behind is tidied up by the
next. A folder that is not ours is refused by name, and what others have put into ours is carried over.
"""

from __future__ import annotations

import ctypes
import errno
import io
import json
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from diffing.columns import COLUMNS
from diffing.model import OutputError
from diffing.tables import csv_parts

MADE_BY = "diffing"
RUN_FILE = "run.json"
_PAGE_NAME = re.compile(r"[^\W_][\w.()' -]*", re.UNICODE)
_RENAME_EXCHANGE = 2  # of renameat2(2)
_RENAME_SWAP = 2  # of macOS's renamex_np(2)


def check_out(out: Path) -> None:
    """Raises `OutputError` where a report can't be written to `out`, before any work is done.

    `out` may be missing, empty, or hold an earlier report of ours. What a killed run left beside it is tidied up.
    """
    out = Path(out)
    target = _target(out)
    parent = target.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _tidy(target)
        if target.exists() or target.is_symlink():
            if not target.is_dir():
                raise OutputError(f"{out} is a file, not a folder: give another --out, or move the file away")
            if next(target.iterdir(), None) is not None and _run_of(target) is None:
                raise OutputError(
                    f"{out} is not empty and holds no report of ours (no {RUN_FILE}): nothing was written; "
                    "give another --out, or an empty folder"
                )
        probe = tempfile.mkdtemp(prefix=_prefix(target), dir=parent)
        os.rmdir(probe)
    except OSError as error:
        raise _unwritable(out, error) from error


def last_run(out: Path) -> dict[str, Any] | None:
    """What ``run.json`` says of the report in `out`, or None where there is none of ours or a file of it is gone."""
    target = _target(Path(out))
    run = _run_of(target)
    if run is None or not all((target / str(name)).is_file() for name in run.get("files", ())):
        return None
    return run


def write_report(
    out: Path, pages: Iterable[tuple[str, str]], tables: Mapping[str, pl.DataFrame], run: Mapping[str, Any]
) -> Path:
    """Writes a report to `out` and returns the path of its ``index.html``.

    `pages` are (name without ``.html``, HTML) and are taken one at a time; `tables` go to
    ``tables/<name>.parquet`` and ``.csv``; `run` to ``run.json``. Raises `OutputError` with nothing of `out` changed.
    """
    out = Path(out)
    check_out(out)
    target = _target(out)
    new: Path | None = None
    try:
        new = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        written = [_write(new, f"{_page_name(name)}.html", [_encoded(page)]) for name, page in pages]
        for name, table in tables.items():
            parquet = io.BytesIO()
            table.write_parquet(parquet, metadata=_about(name, run))
            written.append(_write(new, f"tables/{name}.parquet", [parquet.getbuffer()]))
            written.append(_write(new, f"tables/{name}.csv", (part.encode() for part in csv_parts(table))))
        about = {"made_by": MADE_BY, **run, "files": sorted(written)}
        told = json.dumps(about, indent=1, ensure_ascii=False, default=str) + "\n"
        _write(new, RUN_FILE, [told.encode("utf-8", "backslashreplace")])  # which is how JSON writes such characters
        _carry_over(target, new)
        os.chmod(new, 0o777 & ~_umask())  # mkdtemp makes it private; a report is as readable as its place
        _swap(new, target)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        if new is not None:
            shutil.rmtree(new, ignore_errors=True)
    return out / "index.html"


def _about(name: str, run: Mapping[str, Any]) -> dict[str, str]:
    """What a Parquet file says of itself: what each column means, and how the table was made."""
    meanings = {column.name: column.meaning for column in COLUMNS.get(name, ())}
    made = {key: run[key] for key in ("version", "profile", "profile_checksum", "thresholds") if key in run}
    told = {"diffing.columns": meanings, "diffing.signature": made}
    return {"diffing.table": name} | {k: json.dumps(v, ensure_ascii=False, default=str) for k, v in told.items()}


def write_page(path: Path, page: str) -> None:
    """Writes one page (or a text) to a file of its own, whole or not at all; raises `OutputError`."""
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(_encoded(page))
        os.chmod(draft, 0o666 & ~_umask())
        os.replace(draft, path)
        draft = None
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if draft is not None:
            Path(draft).unlink(missing_ok=True)


def _encoded(page: str) -> bytes:
    return page.encode("utf-8", "replace")


def _page_name(name: str) -> str:
    bare = name.removesuffix(".html")
    if not _PAGE_NAME.fullmatch(bare) or len(bare.encode()) > 200:
        raise OutputError(f"no page can be named {name!r}: a slug of letters, digits and hyphens is needed")
    return bare


def _write(folder: Path, name: str, parts: Iterable[bytes | memoryview]) -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.writelines(parts)
    return name


def _target(out: Path) -> Path:
    """The folder that is swapped: what `out` points at where it is a link."""
    try:
        return out.resolve() if os.path.islink(out) else out.absolute()
    except (OSError, RuntimeError) as error:
        raise OutputError(f"{out}: the link leads nowhere: {error}") from error


def _prefix(target: Path) -> str:
    """Names of temporary folders say whose they are, so that only those of dead runs are tidied up."""
    return f".{target.name}.{MADE_BY}-{_host()}-{os.getpid()}-"


def _host() -> str:
    return re.sub(r"\W", "", socket.gethostname()) or "host"


def _tidy(target: Path) -> None:
    """Removes the temporary folders that dead runs on this machine left beside `target`.

    Where the swap takes two steps and was cut between them, the last report is put back first.
    """
    pattern = re.compile(rf"\.{re.escape(target.name)}\.{MADE_BY}-{_host()}-(\d+)-.*")
    for left in sorted(target.parent.iterdir()):
        match = pattern.fullmatch(left.name)
        if match is None or _alive(int(match[1])):
            continue
        if left.name.endswith("-last") and not target.exists() and _run_of(left) is not None:
            os.rename(left, target)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _run_of(folder: Path) -> dict[str, Any] | None:
    try:
        data = json.loads((folder / RUN_FILE).read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and data.get("made_by") == MADE_BY else None


def _carry_over(target: Path, new: Path) -> None:
    """Copies what others have put into an earlier report, so that the swap deletes nobody's file."""
    run = _run_of(target)
    if run is None:
        return
    ours = {RUN_FILE, *map(str, run.get("files", ()))}
    for folder, _, names in os.walk(target):
        for name in names:
            path = Path(folder) / name
            inside = path.relative_to(target)
            if inside.as_posix() in ours or (new / inside).exists():
                continue
            (new / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, new / inside, follow_symlinks=False)


def _swap(new: Path, target: Path) -> None:
    """Puts `new` in the place of `target`; what was there is at `new` afterwards, or gone."""
    if not target.exists():
        os.rename(new, target)
    elif not _exchange(new, target):
        last = new.with_name(f"{new.name}-last")
        os.rename(target, last)
        os.rename(new, target)
        shutil.rmtree(last, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step, where the system can; False where it can't."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        paths = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            result = libc.renamex_np(*paths, ctypes.c_uint(_RENAME_SWAP))
        else:
            here = ctypes.c_int(-100)  # AT_FDCWD
            result = libc.renameat2(here, paths[0], here, paths[1], ctypes.c_uint(_RENAME_EXCHANGE))
    except (AttributeError, OSError, TypeError):
        return False
    return bool(result == 0)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
