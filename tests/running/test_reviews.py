"""Reviews: what a reader said holds for what it was said of, whatever changes in texts, rules and thresholds."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diffing
from diffing.judging import matched, reviewed
from diffing.judging.reviews import latest
from diffing.model import DiffingError, Finding, Review, Rule, Verdict
from diffing.review_cli import _is_of, app
from diffing.running.earlier_report import rows_in
from diffing.running.reviews import MOST_READERS, REVIEW_FILE, Draw, merged, read_reviews, review_lines, score
from diffing.running.sentence_ages import ages_beside
from diffing.running.year import run_year

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
SENTENCES = ("Police found two victims.", "Police found four victims.", "The shelter closed.", "A court sat in May.")


def finding(**given: object) -> Finding:
    told = {
        "country": "Norvania", "old_year": 2019, "new_year": 2020, "section": None, "indicator": None,
        "from_value": None, "to_value": None, "verdict": Verdict.PROGRESS, "rule": Rule.DEED, "strength": 0.5,
        "summary": "Said.", "old_text": SENTENCES[0], "new_text": SENTENCES[1],
    }  # fmt: skip
    return Finding(**(told | given))


def review(of: Finding, mark: str = "rejected", **given: object) -> Review:
    told = {
        "evidence": of.evidence, "task": of.finding, "country": of.country, "old_year": of.old_year,
        "new_year": of.new_year, "mark": mark, "reader": "A", "at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    return Review(**(told | given))


FINDINGS = st.builds(
    finding,
    verdict=st.sampled_from(list(Verdict)),
    rule=st.sampled_from([Rule.DEED, Rule.HARM, Rule.FIGURE_ROSE]),
    old_text=st.sampled_from([None, *SENTENCES]),
    new_text=st.sampled_from([None, *SENTENCES]),
    strength=st.floats(0, 1),
    summary=st.text(max_size=5),
    indicator=st.sampled_from([None, "convictions"]),
    to_value=st.sampled_from([None, 1.0, 2.0]),
)
REVIEWS = st.lists(
    st.builds(
        review,
        FINDINGS,
        mark=st.sampled_from(["accepted", "rejected", "unsure"]),
        reader=st.sampled_from("AB"),
        at=st.sampled_from(["2026-01-01", "2026-01-02"]),
    ),
    max_size=12,
)


@given(st.lists(FINDINGS, max_size=8), REVIEWS)
def test_no_review_is_lost_or_carried_to_another_claim(findings: list[Finding], reviews: list[Review]) -> None:
    found = matched(findings, reviews)
    everywhere = [*found.orphans, *(r for held in (*found.held.values(), *found.anew.values()) for r in held)]
    assert Counter(map(repr, everywhere)) == Counter(map(repr, latest(reviews)))
    for task, held in found.held.items():
        assert {r.task for r in held} == {task}
    by_id = {one.finding: one for one in findings}
    for task, others in found.anew.items():
        assert all(r.task != task and r.evidence == by_id[task].evidence for r in others)
    assert not {r.task for r in found.orphans} & by_id.keys()


@given(FINDINGS, st.floats(0, 1), st.text(max_size=9))
def test_thresholds_and_wordings_keep_a_review_and_what_is_claimed_does_not(
    one: Finding, strength: float, summary: str
) -> None:
    said = review(one)
    again = replace(one, strength=strength, summary=summary, section="protection", old_starts=(7,), new_sentences=(3,))
    assert matched([again], [said]).held == {one.finding: (said,)}
    spaced = replace(one, old_text=one.old_text and one.old_text.replace(" ", "\n  "))
    assert matched([spaced], [said]).held == {one.finding: (said,)}
    turned = replace(one, verdict=next(v for v in Verdict if v is not one.verdict))
    found = matched([turned], [said])
    assert found.held == {}
    assert found.anew == {turned.finding: (said,)}
    edited = replace(one, new_text="Another sentence altogether.")
    assert matched([edited], [said]).orphans == (said,)


def compared() -> diffing.Comparison:
    corpus = diffing.Corpus(SAMPLE)
    return diffing.compare(corpus.narrative("turkmenistan", 2019), corpus.narrative("turkmenistan", 2020))


def test_what_is_rejected_does_not_weigh_and_the_verdict_says_how_many() -> None:
    judgement = compared().judgement
    worse = [f for f in judgement.findings if f.verdict is Verdict.BACKSLIDING]
    assert judgement.verdict is Verdict.BACKSLIDING
    after = reviewed(judgement, [review(f) for f in worse])
    assert after.verdict is not Verdict.BACKSLIDING
    assert f"{len(worse)} findings that a reader rejected do not weigh" in after.verdict_rule
    assert after.verdict_reason is not None
    assert after.verdict_reason.rejected == len(worse)
    assert len(after.findings) == len(judgement.findings), "it stays to be seen"
    assert {f.review for f in after.findings if f.verdict is Verdict.BACKSLIDING} == {"rejected"}


def test_accepting_changes_no_verdict_and_two_readers_who_differ_are_unsure() -> None:
    judgement = compared().judgement
    one = judgement.findings[0]
    assert reviewed(judgement, [review(f, "accepted") for f in judgement.findings]).verdict is judgement.verdict
    two = [review(one, "accepted"), review(one, "rejected", reader="B", note="of another year")]
    after = reviewed(judgement, two)
    assert after.findings[0].review == "unsure"
    assert after.findings[0].note == "of another year (B)"
    assert after.verdict is judgement.verdict


def test_what_was_judged_anew_says_so() -> None:
    judgement = compared().judgement
    one = judgement.findings[0]
    other = replace(review(one, "accepted"), task="0" * 16)
    assert reviewed(judgement, [other]).findings[0].note == "judged anew since it was accepted"


# --- files -------------------------------------------------------------------------------------------------------


@given(REVIEWS, REVIEWS)
def test_merging_keeps_every_line_once(one: list[Review], other: list[Review]) -> None:
    lines = set(review_lines([*one, *other]).splitlines())
    assert sorted(review_lines(merged([one, other])).splitlines()) == sorted(lines)


def test_a_file_is_read_as_it_is_written_with_all_that_others_put_in(tmp_path: Path) -> None:
    said = review(finding(), note="“so”", more={"rule": "deed", "colour": [1, 2]})
    path = tmp_path / "review.jsonl"
    path.write_text(review_lines([said]), "utf-8-sig")
    assert read_reviews(path) == (said,)
    assert json.loads(path.read_text("utf-8-sig"))["colour"] == [1, 2]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 2: no JSON"),
        ("[]", "line 2: a review is an object"),
        pytest.param("[" * 100_000, "line 2: no review: lists in each other without end", id="nested without end"),
        pytest.param(f'{{"x":{"[" * 900}{"]" * 900}}}', "line 2: over 20 lists in each other", id="nested too deep"),
        ('{"task": "x"}', "lacks evidence, country, old_year, new_year, mark"),
        ('{"evidence":"e","task":"t","country":"c","old_year":1,"new_year":2,"mark":"nice"}', "the mark 'nice'"),
        pytest.param(
            '{"evidence":"e","task":"t","country":"c","old_year":1,"new_year":2,"mark":"unsure","reader":"%s"}'
            % ("x" * 201),
            "line 2: the reader's name has over 200 characters: shorten it",
            id="a name without end",
        ),
        ('{"evidence":"e","task":"t","country":"c","old_year":"1","new_year":2,"mark":"unsure"}', "old_year is a year"),
    ],
)
def test_a_line_that_is_no_review_is_named(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "review.jsonl"
    path.write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(DiffingError, match=why):
        read_reviews(path)


def test_reviews_that_are_a_pipe_hold_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "review.jsonl")
    with pytest.raises(DiffingError, match="no file but a pipe"):
        read_reviews(tmp_path / "review.jsonl")


def test_agreement_and_precision() -> None:
    four = [finding(summary=str(n), new_text=f"Sentence {n}.") for n in range(4)]
    marks = (("accepted", "accepted", "rejected", "unsure"), ("accepted", "rejected", "rejected", "unsure"))
    said = [review(f, mark, more={"rule": "deed"}) for f, mark in zip(four, marks[0], strict=True)]
    other = [review(f, mark, reader="B") for f, mark in zip(four, marks[1], strict=True)]
    told = score([*said, *other])
    assert told.marks["A"] == Counter(accepted=2, rejected=1, unsure=1)
    assert told.rules["deed"] == Counter(accepted=2, rejected=1, unsure=1)
    ((one, two, both, alike, kappa),) = told.pairs
    assert (one, two, both, alike) == ("A", "B", 4, 3)
    assert kappa == pytest.approx((0.75 - 0.3125) / (1 - 0.3125))


def test_readers_without_end_are_counted_and_not_compared_each_with_each(tmp_path: Path, capfd) -> None:
    from diffing.cli import run as diffing_run

    lines = [replace(review(finding()), reader=f"{number * 7919:x}") for number in range(MOST_READERS + 1)]
    assert len(score(lines[1:]).pairs) == MOST_READERS * (MOST_READERS - 1) / 2
    told = score(lines)
    assert (len(told.marks), told.pairs, told.alike) == (MOST_READERS + 1, [], [])
    (tmp_path / "many.jsonl").write_text(review_lines(lines), "utf-8")
    assert diffing_run(["review", "score", str(tmp_path / "many.jsonl")]) == 0
    assert "score fewer at a time" in capfd.readouterr().err


def test_a_draw_says_its_seed_and_what_was_left_unread_and_names_alike_are_asked_about() -> None:
    draw = {"seed": "7", "drawn": 4, "of": 120, "filters": "verdict=backsliding"}
    three = [finding(summary=str(n), new_text=f"Sentence {n}.") for n in range(3)]
    said = [review(f, "accepted", reader="Anna Berg", more={"draw": draw}) for f in three]
    others = [review(three[0], "rejected", reader=name) for name in ("anna  berg", "Ana Berg", "Ben")]
    odd = [review(three[1], "unsure", reader="Ben", more={"draw": shape}) for shape in (None, "all", {"seed": 1})]
    told = score([*said, *others, *odd])
    assert told.draws == [Draw("Anna Berg", "7", 4, 120, "verdict=backsliding", read=3)]
    assert told.alike == [("Ana Berg", "Anna Berg"), ("Ana Berg", "anna  berg"), ("Anna Berg", "anna  berg")]


def run(*arguments: str) -> str:
    from typer.testing import CliRunner

    done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_reviews_are_put_to_a_report_stay_beside_it_and_reach_tables_and_pages(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "2020"
    for year in (2019, 2020):
        (corpus / str(year)).mkdir(parents=True)
        for slug in ("turkmenistan", "karvelia"):
            shutil.copy(SAMPLE / str(year) / f"{slug}.txt", corpus / str(year))
    run_year(diffing.Corpus(corpus), 2020, out=out, cache=tmp_path / "cache")
    table = pl.read_parquet(out / "tables" / "findings.parquet")
    wrong = table.filter(pl.col("verdict") == "backsliding", pl.col("country") == "Turkmenistan").to_dicts()
    told = compared().judgement
    lines = review_lines(review(f) for f in told.findings if f.finding in {row["finding"] for row in wrong})
    (tmp_path / "anna.jsonl").write_text(lines + review_lines([review(finding(), country="Quillmar")]), "utf-8")
    assert "By rule" in run("score", str(tmp_path / "anna.jsonl"), "--report", str(out))
    run("merge", str(tmp_path / "anna.jsonl"), str(tmp_path / "anna.jsonl"), "--out", str(tmp_path / "all.jsonl"))
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == len(wrong) + 1
    run("apply", str(tmp_path / "all.jsonl"), "--report", str(out))
    after = pl.read_parquet(out / "tables" / "findings.parquet")
    assert set(after.filter(pl.col("review") == "rejected")["finding"]) == {row["finding"] for row in wrong}
    index = pl.read_parquet(out / "tables" / "index.parquet").filter(pl.col("country") == "Turkmenistan").to_dicts()
    assert index[0]["verdict"] != "backsliding"
    assert index[0]["backsliding"] == 0
    page = (out / "turkmenistan.html").read_text("utf-8")
    assert page.count('class="rejected"') == len(wrong)
    assert "do not weigh" in page
    assert "Reviews without a finding (1)" in (out / "review.html").read_text("utf-8")
    kept = read_reviews(out / "review.jsonl")
    run_year(diffing.Corpus(corpus), 2020, out=out, cache=tmp_path / "cache")
    assert read_reviews(out / "review.jsonl") == kept
    assert set(pl.read_parquet(out / "tables" / "findings.parquet")["review"].drop_nulls()) == {"rejected"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A report on two years of one country."""
    for year in (2019, 2020):
        (tmp_path / "corpus" / str(year)).mkdir(parents=True)
        shutil.copy(SAMPLE / str(year) / "turkmenistan.txt", tmp_path / "corpus" / str(year))
    run_year(diffing.Corpus(tmp_path / "corpus"), 2020, out=tmp_path / "2020", cache=tmp_path / "cache")
    return tmp_path / "2020"


def test_what_a_reader_saves_in_a_report_while_a_run_makes_it_anew_is_kept(small: Path) -> None:
    mine, theirs, corpus = review(finding()), review(finding(), reader="B"), small.parent / "corpus"
    (small / REVIEW_FILE).write_text(review_lines([mine]), "utf-8")

    def progress(_steps: int) -> AbstractContextManager[Any]:
        (small / REVIEW_FILE).write_text(review_lines([mine, theirs]), "utf-8")
        return nullcontext(lambda _country: None)

    run_year(diffing.Corpus(corpus), 2020, out=small, cache=small.parent / "cache", progress=progress)
    assert read_reviews(small / REVIEW_FILE) == (mine, theirs)


def test_reviews_that_are_put_to_one_report_at_once_wait_for_each_other(small: Path) -> None:
    runs = []
    for name in "ABC":
        file = small.with_name(f"{name}.jsonl")
        file.write_text(review_lines([review(finding(), reader=name)]), "utf-8")
        asked = [sys.executable, "-m", "diffing", "review", "apply", str(file), "--report", str(small)]
        runs.append(subprocess.Popen(asked, stdout=subprocess.DEVNULL))
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert {one.reader for one in read_reviews(small / REVIEW_FILE)} == {*"ABC"}
    page = (small / "review.html").read_text("utf-8")
    assert "Reviews without a finding (3)" in page


def test_reviews_in_a_report_that_are_a_link_are_not_read_and_stay(tmp_path: Path, small: Path) -> None:
    """Whose file that is, and whether the next reader's marks should go into it, is not ours to say."""
    mine, shared = (tmp_path / f"{name}.jsonl" for name in ("mine", "shared"))
    for file in (mine, shared):
        file.write_text(review_lines([review(finding())]), "utf-8")
    (small / REVIEW_FILE).symlink_to(shared)
    again = ["diff", "--corpus", str(tmp_path / "corpus"), "--year", "2020", "--out", str(small)]
    for arguments in (again, ["review", "apply", str(mine), "--report", str(small)]):
        run = subprocess.run([sys.executable, "-m", "diffing", *arguments], capture_output=True, text=True)
        assert run.returncode == 2
        assert "review.jsonl: a link, which is not followed" in run.stderr
    assert (small / REVIEW_FILE).readlink() == shared
    assert shared.read_text("utf-8") == review_lines([review(finding())])


def test_a_report_that_is_damaged_or_a_strangers_is_said_to_be_none_of_ours(tmp_path: Path) -> None:
    from diffing.cli import run as diffing_run

    corpus, out, mine = tmp_path / "corpus", tmp_path / "2020", tmp_path / "review.jsonl"
    for year in (2019, 2020):
        (corpus / str(year)).mkdir(parents=True)
        shutil.copy(SAMPLE / str(year) / "turkmenistan.txt", corpus / str(year))
    run_year(diffing.Corpus(corpus), 2020, out=out, cache=tmp_path / "cache")
    mine.write_text(review_lines([review(finding())]), "utf-8")
    whole = json.loads((out / "run.json").read_text("utf-8"))
    for odd in (
        {"years": "x"},
        {"years": [2019]},
        {"corpus": 5},
        {"corpus": "a\0"},
        {"corpus": "\ud800"},
        {"corpus": "x" * 5_000},
        {"countries_asked": [1]},
        {"profile": None},
    ):
        (out / "run.json").write_text(json.dumps(whole | odd), "utf-8")
        assert diffing_run(["review", "apply", str(mine), "--report", str(out)]) == 2
    private = shutil.copytree(corpus, tmp_path / "private")
    (private / "2020" / "turkmenistan.txt").write_text("Police of my own.")
    (out / "run.json").write_text(json.dumps(whole | {"corpus": str(private)}), "utf-8")
    assert diffing_run(["review", "apply", str(mine), "--report", str(out)]) == 2
    assert "of my own" not in (out / "turkmenistan.html").read_text("utf-8")
    (out / "tables" / "findings.parquet").write_bytes(b"PAR1 nothing PAR1")
    assert diffing_run(["review", "score", str(mine), "--report", str(out)]) == 2
    pl.DataFrame({"finding": [1], "rule": [[2]]}).write_parquet(out / "tables" / "findings.parquet")
    assert diffing_run(["review", "score", str(mine), "--report", str(out)]) == 2


def test_the_narratives_that_a_report_names_are_each_read_once(monkeypatch) -> None:
    """A stranger's may name one of 20 MB in a hundred thousand ways."""
    corpus, read = diffing.Corpus(SAMPLE), []
    of_norvania = corpus.checksum("norvania", 2020)
    monkeypatch.setattr(corpus, "checksum", lambda *which: read.append(which) or of_norvania)
    assert _is_of(corpus, {"2020/norvania": of_norvania})
    assert read == [("norvania", 2020)]
    for odd in ("02020/norvania", " 2020/norvania", "2020/Norvania", "2020/norvania ", "2020", "", "x/norvania"):
        assert not _is_of(corpus, {"2020/norvania": of_norvania, odd: of_norvania})
    assert len(read) == 1
    assert not _is_of(corpus, {})


def test_a_table_of_a_report_that_lacks_columns_says_which(tmp_path: Path) -> None:
    """It once said the whole plan of the query."""
    table = tmp_path / "findings.parquet"
    pl.DataFrame({"claim": ["a"], "rule": ["b"], "year": ["x"]}).write_parquet(table)
    with pytest.raises(DiffingError, match=r"findings\.parquet: no table of a report of ours: it has no finding$"):
        rows_in(table, ("finding", "rule"), tuple[str, str])
    with pytest.raises(DiffingError, match=r"findings\.parquet: it can't be read: [^\n]+$"):
        rows_in(table, ("rule",), tuple[str], {"year": 2020})


def test_a_damaged_history_beside_a_report_is_none(tmp_path: Path) -> None:
    (tmp_path / "history" / "tables").mkdir(parents=True)
    table = tmp_path / "history" / "tables" / "lineages.parquet"

    def known(content: bytes) -> dict[str, Any]:
        """What is taken from a history with such a table, whose ``run.json`` says that it is as it was written."""
        table.write_bytes(content)
        files = {"tables/lineages.parquet": hashlib.sha256(content).hexdigest()}
        said = {"made_by": "diffing", "files": files, "inputs": "", "summary": "", "errors": []}
        (tmp_path / "history" / "run.json").write_text(json.dumps(said))
        return ages_beside(tmp_path / "2020", 2020)

    def parquet(**rows: list[Any]) -> bytes:
        pl.DataFrame(rows).write_parquet(file := BytesIO())
        return file.getvalue()

    rows = {"country": ["X"], "year": [2020], "sentence": [0], "hash": ["a"], "origin": [2016], "same_since": [2018]}
    assert known(parquet(**rows))["X"][0].origin == 2016
    assert known(parquet(**rows | {"origin": [None]})) == {}
    assert known(b"PAR1 nothing PAR1") == {}
    known(parquet(**rows))
    table.write_bytes(parquet(**rows | {"origin": [2017]}))  # which no run wrote
    assert ages_beside(tmp_path / "2020", 2020) == {}


def test_a_review_longer_than_any_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "review.jsonl").write_text('{"x": [' + "[]," * 50_000 + "1]}")
    with pytest.raises(DiffingError, match="line 1: over 100,000 characters"):
        read_reviews(tmp_path / "review.jsonl")
