"""Thirty hostile files among thirty good ones: thirty good pages, thirty named problems, and no process that grows."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from hostile_files import HOSTILE_PAGES, HOSTILE_PDFS, HOSTILE_TABLES

from diffing.corpus import Corpus
from diffing.running.addresses import addresses
from diffing.running.year import run_year

GOOD = 30
MOST_KILOBYTES = 1_000_000  # that all processes of a run may hold at one time
LETTERS = "abcdefghijklmnopqrstuvwxyzABCD"


def held(session: int) -> int:
    """The kilobytes that all processes of a session hold, what they share counted once."""
    kilobytes = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            if os.getsid(int(process.name)) == session:
                told = (process / "smaps_rollup").read_text()
                kilobytes += sum(map(int, re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)))
    return kilobytes


def zipped(name: str, size: int) -> bytes:
    """An archive with one member of so many zeros."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        with archive.open(name, "w") as member:
            for _ in range(size // 1_000_000):
                member.write(bytes(1_000_000))
    return content.getvalue()


ARCHIVES = {"archive.docx": "word/document.xml", "archive.epub": "OEBPS/one.xhtml"}
HOSTILE_TEXTS = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 100,
    "too-large.txt": b"Police left. " * 1_700_000,
    "no-sentence.txt": b"\n\n\n",
    "tag-without-end.html": b"<html><body><p></p><" + b"a" * 1_000_000,
    "fills-the-memory.html": HOSTILE_PAGES["bold that a frame keeps open"](2_000_000).encode(),
    "nothing-in-it.html": b"<html><body></body></html>",
    "no-pdf.pdf": b"%PDF-1.7\nnothing",
}


# What is read and has nothing in it is named by its country.
WITHOUT_SENTENCES = {"tag-without-end.html": "Tag Without End", "nothing-in-it.html": "Nothing In It"}


@pytest.fixture(scope="module")
def corpus(sample, tmp_path_factory) -> tuple[Path, set[str]]:
    """A corpus of good and hostile narratives, and what the problems must name."""
    here = tmp_path_factory.mktemp("hostile")
    corpus, names = here / "corpus", set()
    for year in ("2019", "2020"):
        (corpus / year).mkdir(parents=True)
        for number in range(GOOD):
            shutil.copy(sample / year / "turkmenistan.txt", corpus / year / f"good-{number}.txt")
    hostile = {f"pdf-{number}.pdf": make() for number, make in enumerate(HOSTILE_PDFS.values())}
    hostile |= {f"table-{n}{suffix}": make() for n, (suffix, make, _says) in enumerate(HOSTILE_TABLES.values())}
    hostile |= {name: zipped(member, 300_000_000) for name, member in ARCHIVES.items()}
    for name, content in (hostile | HOSTILE_TEXTS).items():
        (corpus / "2020" / name).write_bytes(content)
        names.add(WITHOUT_SENTENCES.get(name, name))
        if not name.startswith("table"):  # the same country the year before: the pair can't be compared
            (corpus / "2019" / f"{Path(name).stem}.txt").write_text("Police identified eight victims.\n")
    (here / "secret.txt").write_text("My own words.\n")
    (corpus / "2020" / "link.txt").symlink_to(here / "secret.txt")
    (corpus / "2020" / "index.html").write_text("<html><body><p>Police left.</p></body></html>")
    (corpus / "2020" / f"{'long-' * 40}.txt").write_text("Police left.\n")
    (corpus / "2020" / "folder.txt").mkdir()
    os.mkfifo(corpus / "2020" / "pipe.txt")
    return corpus, names | {"link.txt", "index.html", "long-long", "folder.txt", "pipe.txt"}


def test_thirty_hostile_files_among_thirty_good_ones(corpus, tmp_path):
    folder, names = corpus
    assert len(names) >= 30
    out = tmp_path / "out"
    arguments = ["--corpus", str(folder), "--profile", "tip", "--jobs", "2", "--out", str(out)]
    run = subprocess.Popen(
        [sys.executable, "-P", "-m", "diffing", "diff", "--year", "2020", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        start_new_session=True,
    )
    with ThreadPoolExecutor(1) as pool:
        reading, most = pool.submit(run.stderr.read), 0
        while run.poll() is None:
            most = max(most, held(run.pid))
            time.sleep(0.1)
        said = reading.result().decode()
    assert run.returncode == 1, said
    assert "Traceback" not in said
    assert "mistake in diffing" not in said
    assert {path.name for path in out.glob("good-*.html")} == {f"good-{number}.html" for number in range(GOOD)}
    problems = pl.read_csv(out / "tables" / "problems.csv")
    messages = "\n".join((*problems["message"], *problems["country"].drop_nulls()))
    assert {name for name in names if name not in messages} == set()
    everything = "".join(page.read_text("utf-8") for page in out.glob("*.html"))
    assert "My own words" not in everything
    assert most < MOST_KILOBYTES, f"{most / 1e3:,.0f} MB"


ODD_NAMES = {
    "a command of the terminal": "dre\x1b[31mlia",
    "a line of its own": "drelia\nerror: all is well",
    "turned around": "dre\u202elia",
    "a tabulator": "dre\tlia",
}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_the_name_of_a_file_stays_in_its_line_and_means_nothing_to_a_terminal(name, sample, tmp_path):
    for year in ("2019", "2020"):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        shutil.copy(sample / year / "turkmenistan.txt", tmp_path / "corpus" / year / f"{name}.txt")
    (tmp_path / "corpus" / "2020" / f"empty {name}.txt").write_text("")
    shutil.copy(sample / "2019" / "turkmenistan.txt", tmp_path / "corpus" / "2019" / f"empty {name}.txt")
    run_year(Corpus(tmp_path / "corpus", "tip"), 2020, out=tmp_path / "out")
    tables = [
        (tmp_path / "out" / "tables" / f"{table}.csv").read_text("utf-8-sig") for table in ("problems", "narratives")
    ]
    assert [len(table.splitlines()) for table in tables] == [3, 3]  # a line for the columns, then one for each row
    for line in "\n".join(tables).splitlines():
        assert line.isprintable(), ascii(line)


def test_an_address_in_corpus_toml_means_nothing_to_a_page_or_a_citation(sample, tmp_path):
    """Marks of direction, controls, line breaks, and what ends an entry of BibTeX or a link of Markdown."""
    for year in ("2019", "2020"):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        shutil.copy(sample / year / "turkmenistan.txt", tmp_path / "corpus" / year)
    address = "https://x.example/a?b=1#c\u202eevil\u0085\x1b[31m},\n}\n@misc{evil, title={\\input{x}}) "
    entry = f'[files."2020/turkmenistan.txt"]\nsha256 = "x"\ndate = ""\naddress = {json.dumps(address)}\n'
    other = '[files."2019/turkmenistan.txt"]\nsha256 = "x"\ndate = ""\naddress = "javascript:alert(1)"\n'
    (tmp_path / "corpus" / "corpus.toml").write_text(f'family = "tip"\n{entry}{other}')
    corpus = Corpus(tmp_path / "corpus")
    old, new = addresses(corpus, "turkmenistan", (2019, 2020))
    assert old is None
    assert re.fullmatch(r"https://x\.example/a\?b=1#c[\w%\[,@=/]*", new or "", re.ASCII)
    run_year(corpus, 2020, out=tmp_path / "out", cache=tmp_path / "cache")
    everything = "".join(page.read_text("utf-8") for page in (tmp_path / "out").glob("*.html"))
    assert "x.example" in everything
    assert not re.search(r"[\u202e\x85\x1b]|javascript:alert", everything)


def test_a_name_in_corpus_toml_that_is_longer_than_any_is_cut_everywhere_alike(sample, tmp_path):
    for year in ("2019", "2020"):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        shutil.copy(sample / year / "norvania.txt", tmp_path / "corpus" / year)
    (tmp_path / "corpus" / "corpus.toml").write_text(f'[names]\nnorvania = "{"N" * 250}"\n')
    run = run_year(Corpus(tmp_path / "corpus", "tip"), 2020, out=tmp_path / "out")
    assert not run.errors
    assert f">{'N' * 200}<" in (tmp_path / "out" / "index.html").read_text("utf-8")
