"""The documentation is executed: snippets run, commands exist, links lead somewhere."""

import json
import re
import subprocess
import sys

import pytest
from places import ROOT

from diffing.extracting import extract_figures
from diffing.profile import load_profile

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
HOW = (ROOT / "docs" / "how-it-works.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "how-it-works.md", ROOT / "CHANGELOG.md"]


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch, capsys, sample):
    (tmp_path / "corpora").mkdir()
    (tmp_path / "corpora" / "sample").symlink_to(sample)
    monkeypatch.chdir(tmp_path)
    compared, followed = blocks(README, "python")
    exec(compile(followed, "README.md", "exec"), {"diffing": __import__("diffing")})
    assert capsys.readouterr().out == "17\n"
    exec(compile(compared, "README.md", "exec"), {})
    assert "backsliding" in capsys.readouterr().out
    assert (tmp_path / "turkmenistan.html").stat().st_size > 10_000


@pytest.mark.parametrize("page", ["how-it-works.md", "corpora.md"])
def test_the_pages_print_what_stands_there(page, monkeypatch, capsys):
    """Each snippet, run after those before it, prints the block of text that follows it."""
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / page).read_text("utf-8")
    snippets = re.findall(r"^```python\n(.*?)^```\n\n^```text\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(snippets) == len(blocks(text, "python")) >= 4
    names = {}
    for code, printed in snippets:
        exec(compile(code, f"docs/{page}", "exec"), names)
        assert capsys.readouterr().out == printed


def test_how_it_works_names_every_module_of_the_house():
    house = HOW.partition("## The house")[2].partition("## Tricky cases")[0]
    there = {path.name + "/" * path.is_dir() for path in (ROOT / "diffing").iterdir() if not path.name.startswith("_")}
    assert {name for name in there if name != "py.typed" and f"`{name}`" not in house} == set()


def test_the_glossary_has_the_words_of_the_values():
    """What a user meets in tables and code: the types that pass between rooms, and the columns that need a word."""
    words = HOW.partition("## Words")[2].partition("## The house")[0].lower()
    for word in ("narrative", "section", "sentence", "span", "link", "word edit", "figure", "pair", "row", "change"):
        assert re.search(rf"^\| [^|]*\b{word}\b", words, re.MULTILINE), word


def test_the_indicator_of_contributing_is_added_from_the_profile_alone(tmp_path):
    """Nouns, verbs, unit, polarity and examples in a profile of one's own, and nothing else."""
    text = CONTRIBUTING.partition("<!-- profile -->")[2]
    path = tmp_path / "press.toml"
    path.write_text(blocks(text, "toml")[0])
    indicator = load_profile(path).indicator("journalists_arrested")
    sentence = re.search(r"<!-- sentence: (.*?) -->", CONTRIBUTING)[1]
    (figure,) = extract_figures(sentence, report_year=2020, profile=path)
    assert (figure.indicator, figure.value, figure.year, figure.unit) == (indicator.name, 3, 2019, "persons")
    for example in indicator.examples:
        assert indicator.name in {f.indicator for f in extract_figures(example, 2020, path)}
    for example in indicator.not_examples:
        assert indicator.name not in {f.indicator for f in extract_figures(example, 2020, path)}
    assert indicator.name not in {f.indicator for f in extract_figures(sentence, 2020, "tip")}


@pytest.mark.parametrize("command", ["diff", "compare", "figures", "trend", "corpus"])
def test_every_command_is_in_the_readme_and_has_help(command):
    assert f"diffing {command}" in README
    done = subprocess.run([sys.executable, "-m", "diffing", command, "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_every_target_that_the_docs_name_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {name for page in PAGES for name in re.findall(r"make ([a-z][a-z-]*)", page.read_text("utf-8"))}
    targets = {name for line in re.findall(r"^([a-z][a-z -]*):", makefile, re.MULTILINE) for name in line.split()}
    words = {"it", "sure", "a", "others", "the", "one"}  # "make sure" is no target
    assert named - targets - words == set()


def test_every_file_of_python_that_the_docs_name_is_there():
    there = {path.name for folder in ("diffing", "tests", "docs") for path in (ROOT / folder).rglob("*.py")}
    named = set(re.findall(r"\b(\w+\.py)\b", CONTRIBUTING + HOW))
    assert named <= there


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?://|mailto:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_data_dictionary_is_current():
    sys.path.insert(0, str(ROOT / "docs"))
    from data_dictionary import PLACE, SCHEMA, dictionary, schema_text

    assert PLACE.read_text("utf-8") == dictionary(), "say: .venv/bin/python docs/data_dictionary.py"
    assert SCHEMA.read_text("utf-8") == schema_text(), "say: .venv/bin/python docs/data_dictionary.py"


def test_the_json_of_a_comparison_is_what_its_schema_says(sample):
    jsonschema = pytest.importorskip("jsonschema")
    import diffing

    schema = json.loads((ROOT / "docs" / "comparison.schema.json").read_text("utf-8"))
    corpus = diffing.Corpus(sample)
    told = diffing.compare(corpus.narrative("turkmenistan", 2019), corpus.narrative("turkmenistan", 2020)).to_json()
    jsonschema.validate(json.loads(told), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(told) | {"findings": [{"verdict": "better"}]}, schema)


def test_every_column_says_what_it_means_there_and_in_parquet(tmp_path, sample):
    import polars as pl

    import diffing
    from diffing.reporting import write_report

    assert all(len(meaning) > 5 for meaning in diffing.describe()["meaning"])
    table = diffing.diff_year(diffing.Corpus(sample), 2020, countries=["norvania"]).changes
    write_report(tmp_path / "out", [], {"changes": table}, {"version": "1", "profile": "tip"})
    told = pl.read_parquet_metadata(tmp_path / "out" / "tables" / "changes.parquet")
    assert set(json.loads(told["diffing.columns"])) == set(table.columns)
    assert json.loads(told["diffing.signature"])["profile"] == "tip"


@pytest.mark.slow
def test_the_site_is_built_and_no_link_of_it_is_dead(tmp_path):
    pytest.importorskip("sphinx")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "docs", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "identified" in (tmp_path / "site" / "readme.html").read_text("utf-8")


RECIPES = blocks((ROOT / "docs" / "recipes.md").read_text("utf-8"), "python")


def test_every_recipe_runs_and_takes_at_most_three_lines(tmp_path, monkeypatch, sample):
    pytest.importorskip("altair")
    pytest.importorskip("pandas")
    (tmp_path / "corpora").mkdir()
    (tmp_path / "corpora" / "sample").symlink_to(sample)
    monkeypatch.chdir(tmp_path)
    names = {}
    for number, code in enumerate(RECIPES):
        lines = [line for line in code.splitlines() if line.strip() and not line.startswith(("import ", "from "))]
        assert number == 0 or len(lines) <= 3, code
        exec(compile(code, f"docs/recipes.md, block {number}", "exec"), names)
    assert len(RECIPES) > 20


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")))
def test_the_page_of_a_notebook_shows_each_of_its_cells(name):
    page = (ROOT / "docs" / "notebooks" / f"{name}.md").read_text("utf-8")
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    sources = ["".join(cell["source"]).strip() for cell in cells]
    assert [source for source in sources if source and source not in page] == [], "say: make docs"
    assert all((ROOT / "docs" / "notebooks" / picture).is_file() for picture in re.findall(r"\]\((\S+\.png)\)", page))
