"""Odd arguments, odd streams and odd places: the documented exit code, a reason, and nothing that a terminal obeys."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import diffing
from diffing.cli import run
from diffing.model import OutputError, plain_name, printable
from diffing.reporting import write_page

ROOT = Path(diffing.__file__).parents[1]
SAMPLE = ROOT / "corpora" / "sample"
NOT_FOR_A_TERMINAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def command(*arguments: str, shell: str = "", **more) -> subprocess.CompletedProcess:
    line = [sys.executable, "-m", "diffing", *arguments]
    if shell:  # what the shell does with the streams
        line = ["/bin/sh", "-c", f'"$@" {shell}', "sh", *line]
    return subprocess.run(line, capture_output=True, timeout=300, **({"cwd": ROOT} | more))


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "--year", "0"],
        ["diff", "--year", "-2020"],
        ["diff", "--year", "99999999999999999999"],
        ["diff", "--year", "2020", "--jobs", "99999"],
        ["corpus", "download", "--year", "2020", "--pause", "inf"],
        ["corpus", "download", "--year", "2020", "--pause", "nan"],
        ["corpus", "download", "--year", "2020", "--pause", "-1"],
        ["corpus", "download", "--year", "2020", "--attempts", "0"],
        ["corpus", "download", "--year", "2020", "--site", "http://[::1"],
        ["corpus", "download", "--year", "2020", "--site", "nowhere"],
        ["diff", "--year", "2020", "--out", "."],
        ["compare", "a\x1b[31m.txt", "b.txt"],
        ["profile", "new", str(SAMPLE / "2019" / "turkmenistan.txt"), "b.txt", "--name", "../x"],
        ["profile", "new", str(SAMPLE / "2019" / "turkmenistan.txt"), "b.txt", "--name", 'a"b\nc'],
        ["compare", str(SAMPLE / "2019" / "turkmenistan.txt"), str(SAMPLE / "2019" / "turkmenistan.txt")],
        ["figures", str(SAMPLE / "2019" / "turkmenistan.txt"), "--year", "0"],
        ["trend", "\x1b]0;title\x07", "--corpus", str(SAMPLE)],
    ],
    ids=lambda arguments: " ".join(arguments)[-40:].encode("unicode_escape").decode(),
)
def test_a_limit_of_an_argument_is_said_and_ends_with_2(arguments, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    if "diff" in arguments:
        arguments = [*arguments, "--corpus", str(SAMPLE)]
    assert run(arguments) == 2
    said = capfd.readouterr()
    assert said.err.strip()
    assert not NOT_FOR_A_TERMINAL.search(said.err + said.out), said.err


SHOWN = {
    "trend": ["trend", "turkmenistan", "--corpus", str(SAMPLE)],
    "compare": ["compare", *(str(SAMPLE / year / "turkmenistan.txt") for year in ("2019", "2020")), "--profile", "tip"],
}


@pytest.mark.parametrize("columns", ["0", "-1", "1", "99999999999", "wide", ""])
@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_an_odd_width_of_the_terminal_is_no_error(columns, shown, monkeypatch, capfd):
    monkeypatch.setenv("COLUMNS", columns)
    assert run(shown) == 0, capfd.readouterr().err


def test_an_odd_width_is_no_error_of_the_start_either():
    done = command(*SHOWN["trend"], env=os.environ | {"COLUMNS": "wide"})
    assert done.returncode == 0, done.stderr


def test_a_folder_that_is_gone_is_said(tmp_path):
    gone = tmp_path / "gone"
    script = f"mkdir {gone} && cd {gone} && rmdir {gone} && exec {sys.executable} -P -m diffing indicators"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    assert "is gone" in done.stderr


@pytest.mark.parametrize(
    ("shell", "code"), [(">&-", 3), (">/dev/full", 3), ("2>&-", 0), ("2>/dev/full", 0), ("<&-", 0), ("<&- >&- 2>&-", 3)]
)
def test_a_closed_or_full_stream_gives_its_exit_code(shell, code):
    done = command("indicators", shell=shell)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("indicators",), ("cache", "size"), ("corpus", "list", "corpora/sample")])
def test_a_reader_who_has_enough_is_no_error(arguments):
    process = subprocess.Popen([sys.executable, "-P", "-m", "diffing", *arguments], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(300) == 0


@pytest.mark.parametrize("shell", ["2>&-", "2>/dev/full"])
def test_an_error_that_nobody_can_read_keeps_its_exit_code(shell):
    assert command("figures", "nowhere.txt", shell=shell).returncode == 2


def test_what_is_opened_after_a_closed_stream_is_not_written_to(tmp_path):
    """The next file that a process opens takes the number of the stream that is closed."""
    texts = [tmp_path / name for name in ("n-2019.txt", "n-2020.txt")]
    for path in texts:
        path.write_text("Police identified eight victims.\n")
    done = command("compare", *map(str, texts), "--profile", "tip", shell="<&- >&- 2>&-")
    assert done.returncode == 3
    assert [path.read_text() for path in texts] == ["Police identified eight victims.\n"] * 2


def test_a_name_in_any_bytes_is_imported_or_named_and_the_manifest_is_written(tmp_path, capfd):
    for name in (b"norvania-2020.txt", b"\xff-2020.txt", b"karvelia\xfe-2020.txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path / "in"), name))).parent.mkdir(exist_ok=True)
        with open(os.path.join(os.fsencode(tmp_path / "in"), name), "w") as file:
            file.write("Police identified eight victims in 2019.\n")
    run(["corpus", "import", str(tmp_path / "in"), "--family", "tip", "--into", str(tmp_path / "corpus")])
    assert "norvania" in (tmp_path / "corpus" / "corpus.toml").read_text("utf-8")
    stored = {path.name for path in (tmp_path / "corpus" / "2020").iterdir()}
    said = capfd.readouterr().err
    assert "norvania.txt" in stored
    assert ("karvelia.txt" in stored) or "karvelia" in said
    assert "\\udcff" in said or "\\xff" in said or len(stored) == 3


def test_names_that_mean_something_to_a_terminal_or_a_page_reach_neither(tmp_path, capfd):
    evil = "Norvania\x1b[31m\u202eevil\x07\u2066"
    table = "country,year,text\n" + "".join(
        f'"{name}",{year},The government identified {year - 2010} victims in {year - 1}.\n'
        for year in (2019, 2020)
        for name in (evil, "Karvelia", "Ardesh")
    )
    (tmp_path / "all.csv").write_text(table + "\x1b[31mX,soon,Y\n", "utf-8")
    corpus = str(tmp_path / "all.csv")
    code = run(["diff", "--year", "2020", "--corpus", corpus, "--profile", "tip", "--out", str(tmp_path / "out")])
    assert code in (0, 1)
    for arguments in (["corpus", "list", corpus], ["corpus", "check", corpus, "--profile", "tip"]):
        run(arguments)
    said = capfd.readouterr()
    assert "Norvania" in said.out
    assert not NOT_FOR_A_TERMINAL.search(said.out + said.err)
    pages = list((tmp_path / "out").glob("*.html"))
    assert len(pages) >= 4
    for page in pages:
        assert not re.search("[\x1b\x07\u202e\u2066]", page.read_text("utf-8")), page.name


ODD = "\x1b]0;title\x07\x1b[8mX\x9b31mY\u202eZ\u2066W\x7f"


def odd_files(place: Path) -> None:
    """A profile, a file of reviews and two narratives that say things to a terminal."""

    def toml(text: str) -> str:
        return json.dumps(text)  # every such character as \\u....

    indicator = {"name": f"i{ODD}", "title": f"I{ODD}", "unit": "persons", "examples": [f"Police zapped {ODD} eight."]}
    lines = [f'extends = "tip"\nname = "odd"\ntitle = {toml("T" + ODD)}\n[[indicators]]\npolarity = 1\nverbs = ["zap"]']
    lines += [f"{key} = {toml(value)}" for key, value in indicator.items() if isinstance(value, str)]
    lines += [f"examples = [{toml(indicator['examples'][0])}]"]
    (place / "odd.toml").write_text("\n".join(lines).replace("\x7f", "\\u007f"), "utf-8")
    claim = {"evidence": ODD, "country": ODD, "old_year": 2019, "new_year": 2020, "mark": "accepted", "rule": ODD}
    reviews = [claim | {"task": task, "reader": f"{who}{ODD}", "note": ODD} for task in "ab" for who in ("A", "B")]
    (place / "odd.jsonl").write_text("\n".join(map(json.dumps, reviews)), "utf-8")
    for year in (2019, 2020):
        text = (SAMPLE / str(year) / "turkmenistan.txt").read_text("utf-8")
        (place / f"{year}.txt").write_text(text.replace("Turkmenistan", f"Turk{ODD}", 3), "utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["indicators", "--profile", "odd.toml"],
        ["profile", "check", "odd.toml"],
        ["review", "score", "odd.jsonl"],
        ["review", "merge", "odd.jsonl"],
        ["explain", f"Police identified {ODD} eight victims."],
        ["explain", "2020.txt"],
        ["figures", "2020.txt", "--year", "2020", "--format", "json"],
        ["figures", "2020.txt", "--year", "2020"],
        ["compare", "2019.txt", "2020.txt", "--country", f"T{ODD}", "--profile", "tip"],
        ["compare", "2019.txt", "2020.txt", "--country", f"T{ODD}", "--profile", "tip", "--format", "md"],
        ["compare", "2019.txt", "2020.txt", "--country", f"T{ODD}", "--profile", "tip", "--format", "json"],
        ["profile", "new", "2019.txt", "2020.txt", "--name", "ours"],
        ["figures", f"--{ODD}"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40].encode("unicode_escape").decode(),
)
def test_what_files_say_to_a_terminal_is_not_printed(arguments, tmp_path, monkeypatch, capfd):
    odd_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(arguments) in (0, 2)
    said = capfd.readouterr()
    assert said.out or said.err
    found = NOT_FOR_A_TERMINAL.search(said.out + said.err)
    assert not found, (said.out + said.err)[max(0, found.start() - 60) : found.end() + 20]


def test_everything_is_printed_at_one_place():
    for path in (ROOT / "diffing").glob("*cli*.py"):
        if path.name != "cli_streams.py":
            assert not re.search(
                r"typer\.(secho|echo)|(?<![\w.])print\(|sys\.std(out|err)\.write", path.read_text("utf-8")
            ), path


def test_a_comparison_becomes_no_narrative_of_the_corpus(tmp_path, capfd):
    """Written over another one, or beside them, or through a link; anywhere else it is written."""
    corpus = tmp_path / "corpus"
    for year in ("2019", "2020"):
        (corpus / year).mkdir(parents=True)
        for name in ("norvania", "karvelia"):
            (corpus / year / f"{name}.txt").write_text("PROTECTION\n\nPolice identified eight victims.\n")
    (corpus / "corpus.toml").write_text('family = "tip"\n')
    files = [f"{corpus}/2019/norvania.txt", f"{corpus}/2020/norvania.txt"]
    other = corpus / "2020" / "karvelia.txt"
    before = other.read_bytes()
    (tmp_path / "link.html").symlink_to(corpus / "2021" / "norvania.html")
    (tmp_path / "folder").symlink_to(corpus / "2020")
    names = ("folder/karvelia.txt", "folder/new.html", "link.html")
    for out in (str(other), f"{corpus}/2021/norvania.html", *(f"{tmp_path}/{name}" for name in names)):
        assert run(["compare", *files, "--out", out]) == 2, out
        assert re.search("there a corpus keeps its narratives of 202[01]", capfd.readouterr().err), out
    assert other.read_bytes() == before
    assert not (corpus / "2021").exists()
    (tmp_path / "2020").mkdir()
    for out in (f"{corpus}/page.html", f"{corpus}/2020/page.json", f"{tmp_path}/2020/page.html"):
        run(["compare", *files, "--out", out])
        assert Path(out).exists(), capfd.readouterr().err


def test_a_page_is_written_through_a_link_which_stays_one(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "page.html").write_text("old")
    for name, to in (("link.html", "shared/page.html"), ("new.html", "shared/new.html")):
        (tmp_path / name).symlink_to(to)
        write_page(tmp_path / name, "new")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / to).read_text() == "new"
    (tmp_path / "circle.html").symlink_to("circle.html")
    with pytest.raises(OutputError, match="leads nowhere"):
        write_page(tmp_path / "circle.html", "new")


def test_a_narrative_is_never_written_over_by_its_comparison(tmp_path, capfd):
    old, new = (tmp_path / f"{year}.txt" for year in (2019, 2020))
    for file in (old, new):
        file.write_text((SAMPLE / file.stem / "turkmenistan.txt").read_text("utf-8"), "utf-8")
    own = tmp_path / "own.toml"
    own.write_text('extends = "tip"\nname = "own"\n', "utf-8")
    for lost, profile in ((old, "tip"), (own, str(own))):
        before = lost.read_bytes()
        assert run(["compare", str(old), str(new), "--country", "X", "--profile", profile, "--out", str(lost)]) == 2
        assert "would be lost" in capfd.readouterr().err
        assert lost.read_bytes() == before


def test_what_is_printed_says_what_it_left_out():
    assert printable("a\x1b[31m\tb\nc\u202e\udcff") == "a\\x1b[31m\\tb\nc\\u202e\\udcff"
    assert plain_name(" Norvania\x1b[31m\n\u202e of  the North ") == "Norvania [31m of the North"


def test_a_run_that_compares_nothing_ends_with_1_and_says_why(tmp_path, capfd):
    for name in ("2019/norvania.txt", "2020/karvelia.txt"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True)
        path.write_text("The government identified eight victims.\n")
    arguments = ["--corpus", str(tmp_path / "corpus"), "--profile", "tip", "--out", str(tmp_path / "out")]
    for _ in range(2):
        assert run(["diff", "--year", "2020", *arguments]) == 1
        assert "nothing was compared: no country is in both 2019 and 2020" in capfd.readouterr().err


def test_a_mistake_of_ours_keeps_its_traceback_in_a_file_that_is_named(monkeypatch, capfd):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("diffing.profile.load_profile", broken)
    assert run(["indicators"]) == 4
    said = capfd.readouterr().err
    path = Path(re.search(r"\S+diffing-error-\S+\.txt", said)[0])
    assert "ZeroDivisionError: nobody foresaw this" in path.read_text()
    assert "Traceback" in path.read_text()
    path.unlink()


def test_verbose_says_the_stages(tmp_path, capfd, caplog):
    before = logging.getLogger("diffing").level
    arguments = ["--year", "2020", "--corpus", str(SAMPLE), "--country", "turkmenistan", "--out", str(tmp_path / "out")]
    try:
        assert run(["--verbose", "diff", *arguments]) == 0
    finally:
        logging.getLogger("diffing").setLevel(before)
    for stage in ("reading and aligning 1 countries", "judging and printing 1", "writing"):
        assert stage in caplog.text


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "a\nerror: mine\x1b[2J.txt", "b.txt"],
        ["figures", "a\nerror: mine.txt"],
        ["corpus", "import", "a\nerror: mine", "--family", "tip", "--into", "c"],
        ["corpus", "check", "a\nerror: mine"],
        ["diff", "--year", "2020", "--corpus", "a\nerror: mine"],
        ["diff", "--year", "2020", "--profile", "a\nerror: mine.toml"],
        ["history", "--reviews", "a\nerror: mine"],
        ["error\nerror: mine"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_line_break_in_an_argument_begins_no_line_of_ours(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(arguments)
    assert not re.search(r"^error: mine", capsys.readouterr().err, re.MULTILINE)


def test_a_line_break_in_a_files_name_begins_no_line_of_an_imports(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in" / "2020"
    folder.mkdir(parents=True)
    for name in ("a\nnote: mine.xyz", "b\nerror: mine.txt", "norvania\nerror: mine.txt"):
        (folder / name).write_text("Police left." if "norvania" in name else "")
    (tmp_path / "in" / "c\nnote: mine.txt").symlink_to("/etc/hosts")
    assert run(["corpus", "import", "in", "--family", "tip", "--into", "c"])
    told = capsys.readouterr()
    assert "mine" in told.err
    assert not re.search(r"^(?:note|error): mine", told.err + told.out, re.MULTILINE)
