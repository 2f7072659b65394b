"""The review page in a real Chromium: what a reader marks is what the file says, under the name of who read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser


def drawn(page, many: int) -> None:
    page.wait_for_selector("#list li")
    page.fill("#draw", str(many))
    page.get_by_role("button", name=f"Draw {many} at random").click()


def saved(page, button: str, to: Path) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(to)
    return [json.loads(line) for line in to.read_text("utf-8").splitlines()]


def test_the_first_key_after_a_draw_marks_the_first_card(tab, report: Path) -> None:
    page = tab(report / "review.html").page
    drawn(page, 4)
    cards = page.locator("#list li")
    expect(cards.nth(0)).to_have_class(re.compile(r"\bcurrent\b"))
    for key in "aru":
        page.keyboard.press(key)
    for n, mark in enumerate(("accepted", "rejected", "unsure")):
        expect(cards.nth(n)).to_have_class(re.compile(rf"\b{mark}\b"))
    expect(cards.nth(3)).to_have_class(re.compile(r"\bcurrent\b"))
    page.fill("#seed", "2")
    page.locator("#seed").press("Enter")  # leaves the field: the keys mark again
    page.locator("#list li:not(.accepted, .rejected, .unsure)").first.wait_for()
    before = page.locator("#list li.accepted").count()
    first = page.locator("#list li:not(.accepted, .rejected, .unsure)").first
    expect(first).to_have_class(re.compile(r"\bcurrent\b"))
    page.keyboard.press("a")
    assert page.locator("#list li.accepted").count() == before + 1


def test_a_name_given_after_marking_is_in_the_file(tab, report: Path, tmp_path: Path) -> None:
    page = tab(report / "review.html", accept_downloads=True).page
    drawn(page, 3)
    for key in "aar":
        page.keyboard.press(key)
    page.get_by_role("button", name="Save review.jsonl").click()
    assert page.inner_text("#warning") == "No reader’s name: the file will not say who read."
    page.reload()
    page.wait_for_selector("#list li.rejected")
    assert page.inner_text("#hits") == "3 of 3 read"
    page.fill("#reader", "Anna")
    page.locator("#reader").press("Enter")
    assert page.inner_text("#hits") == "3 of 3 read", "the marks are still this reader's"
    assert page.locator("#list li [aria-pressed=true]").count() == 3
    lines = saved(page, "Save review.jsonl", tmp_path / "review.jsonl")
    assert [line["mark"] for line in lines] == ["accepted", "accepted", "rejected"]
    assert [line["reader"] for line in lines] == ["Anna"] * 3
    assert all("here" not in line for line in lines)
    page.reload()
    page.wait_for_selector("#list li.rejected")
    assert page.inner_text("#hits") == "3 of 3 read"
    assert page.input_value("#reader") == "Anna"


def test_a_nameless_file_of_another_reader_takes_no_name(tab, report: Path, tmp_path: Path) -> None:
    page = tab(report / "review.html", accept_downloads=True).page
    drawn(page, 2)
    for key in "ar":
        page.keyboard.press(key)
    page.get_by_role("button", name="Save review.jsonl").click()
    saved(page, "Save anyway", tmp_path / "nameless.jsonl")

    other = tab(report / "review.html", at="?draw=2", accept_downloads=True).page
    other.wait_for_selector("#list li")
    other.fill("#reader", "Ben")
    other.locator("#reader").press("Enter")
    other.set_input_files("#load", tmp_path / "nameless.jsonl")
    expect(other.locator("#list li .others").first).to_contain_text("no name: accepted")
    assert other.inner_text("#hits").startswith("2 reviews read")
    for key in "uu":
        other.keyboard.press(key)
    lines = saved(other, "Save review.jsonl", tmp_path / "both.jsonl")
    assert sorted((line["reader"], line["mark"]) for line in lines) == [
        ("", "accepted"),
        ("", "rejected"),
        ("Ben", "unsure"),
        ("Ben", "unsure"),
    ]


def test_counts_and_buttons_say_what_is_drawn_and_nothing_empty_is_saved(tab, report: Path) -> None:
    page = tab(report / "review.html").page
    page.wait_for_selector("#list li")
    every = page.inner_text("#found").split(" ")[0]
    assert page.inner_text("#random") == "Draw 50 at random"
    drawn(page, 20)
    assert page.inner_text("#random") == "Draw 20 at random"
    assert page.inner_text("#found") == f"20 drawn of {every} findings, seed 1"
    assert page.locator("#list li").count() == 20
    saves: list[object] = []
    page.on("download", lambda download: saves.append(download))
    page.get_by_role("button", name="Save review.jsonl").click()
    assert page.inner_text("#warning") == "Nothing is marked yet: no file was written."
    page.keyboard.press("a")
    assert page.locator("#warning").is_hidden()
    page.get_by_role("button", name="Save review.jsonl").click()
    assert page.inner_text("#warning").endswith("19 of 20 drawn findings have no mark.")
    assert saves == []


def test_no_card_says_how_often_its_rule_was_right(tab, report: Path) -> None:
    page = tab(report / "review.html").page
    page.wait_for_selector("#list li")
    assert not re.search(r"this rule: \d+ of \d+ right", page.inner_text("#list"))


def test_a_mistyped_name_is_asked_about_and_known_ones_are_offered(tab, report: Path, tmp_path: Path) -> None:
    page = tab(report / "review.html", accept_downloads=True).page
    drawn(page, 2)
    page.fill("#reader", "Anna Berg")
    page.locator("#reader").press("Enter")
    page.keyboard.press("a")
    page.keyboard.press("r")
    saved(page, "Save review.jsonl", tmp_path / "review.jsonl")
    other = tab(report / "review.html").page
    drawn(other, 2)
    other.set_input_files("#load", tmp_path / "review.jsonl")
    other.fill("#reader", "Ana berg")
    other.locator("#reader").press("Enter")
    other.keyboard.press("a")
    other.keyboard.press("a")
    other.get_by_role("button", name="Save review.jsonl").click()
    assert other.inner_text("#warning") == "Is “Ana berg” the reader “Anna Berg”? Then write the name alike."
    other.locator("#reader").focus()
    assert "Anna Berg" in other.locator("#readers option").evaluate_all("all => all.map(o => o.value)")


@pytest.mark.parametrize("name", ["review.html", "search.html"])
def test_style_and_script_weigh_at_most_45_kb(report: Path, name: str) -> None:
    parts = re.findall(r"<(style|script)>(.*?)</\1>", (report / name).read_text("utf-8"), re.DOTALL)
    assert sum(len(inside.encode()) for _, inside in parts) <= 45_000
