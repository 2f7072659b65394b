"""JupyterLab as a user has it: started on the loopback address, a notebook opened in a browser and run to its end."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from places import ROOT

pytestmark = pytest.mark.browser


NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
# What a notebook must have shown by its end.
ANSWERS = {"01_first_look": "none in 2019"}
# Sums of money in what a cell shows: in the first cell as HTML of nobody's, which JupyterLab takes for a formula.
SUMS = [
    "from IPython.display import HTML\nHTML('<p>$900,000, down to $700,000</p>')",
    """import diffing
from diffing import lab
old, new = "It spent $900,000 on shelters in 2018, after $1.2 million.", "It spent $700,000 on shelters in 2019."
comparison = diffing.compare_texts(old, new)
comparison""",
    "lab.long_table(comparison.sentences)",
    "comparison.show(comparison.judgement.findings[0])",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on a copy of the notebooks and the sample."""
    pytest.importorskip("jupyterlab")
    place = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", place / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(ROOT / "corpora" / "sample", place / "corpora" / "sample")
    (place / "notebooks" / "sums.ipynb").write_text(json.dumps(notebook(SUMS)))
    settings = place / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"windowingMode": "none"}))  # cells out of sight are drawn too
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = {name: str(place / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    home["JUPYTERLAB_SETTINGS_DIR"] = str(place / "settings")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
            *("--IdentityProvider.token=", "--ServerApp.password=", "--allow-root", "--LabApp.news_url=None"),
            *("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--expose-app-in-browser"),
        ],
        cwd=place, env={**os.environ, **home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/api/status", timeout=30) as answer:
                json.load(answer)
                break
        except OSError:
            time.sleep(0.2)
    else:
        pytest.fail("JupyterLab did not start")
    yield address
    server.terminate()
    server.wait(120)


def notebook(cells):
    """A notebook of these code cells below a heading."""
    heading = {"cell_type": "markdown", "id": "heading", "metadata": {}, "source": "# Sums"}
    code = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": cell}
        for n, cell in enumerate(cells)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": [heading, *code], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def run_all(page, lab, name):
    """Opens a notebook, runs all its cells and waits until the kernel has nothing left to do."""
    page.goto(f"{lab}/lab/tree/notebooks/{name}.ipynb?reset", wait_until="domcontentloaded")
    page.locator(".jp-RenderedMarkdown h1").first.wait_for(timeout=240_000)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(state="attached", timeout=240_000)
    page.locator(".jp-Notebook").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(p => /\\d/.test(p.textContent))",
        timeout=480_000,
    )
    page.wait_for_timeout(1_000)  # for what draws itself


def wear(page, theme):
    """Puts JupyterLab into one of its themes, as its menu does."""
    page.evaluate(
        "name => jupyterapp.commands.execute('apputils:change-theme', { theme: name })", f"JupyterLab {theme}"
    )
    page.locator(f"body[data-jp-theme-name='JupyterLab {theme}']").wait_for(state="attached", timeout=120_000)
    page.wait_for_timeout(1_000)  # colors that fade into each other


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_output_of_a_notebook_is_readable_in_either_theme(lab, browser, name):
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    errors: list[str] = []
    strangers: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: None if lab in request.url else strangers.append(request.url))
    run_all(page, lab, name)
    cells = page.locator(".jp-Notebook .jp-Cell")
    shown = cells.locator(".jp-OutputArea-output").count()
    pale, grounds = {}, set()
    for theme in ("Light", "Dark"):
        wear(page, theme)
        pale[theme] = cells.evaluate_all(f"cells => cells.flatMap({CONTRAST})")
        grounds.add(cells.first.evaluate("() => getComputedStyle(document.body).backgroundColor"))
    text = page.locator(".jp-Notebook").first.text_content() or ""
    page.close()
    assert shown, "the notebook shows something"
    assert ANSWERS.get(name, "") in text
    assert pale == {"Light": [], "Dark": []}, "text with a contrast under 4.5 to 1"
    assert len(grounds) == 2, "the theme has changed"
    assert errors == []
    assert [url for url in strangers if url.startswith("http")] == []


def test_a_sum_of_money_is_no_formula(lab, browser):
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    run_all(page, lab, "sums")
    page.locator("mjx-container").first.wait_for(state="attached", timeout=120_000)  # that of the first cell
    page.wait_for_timeout(1_000)
    formulas = [page.locator(".jp-Cell").nth(n + 1).locator("mjx-container").count() for n in range(len(SUMS))]
    page.close()
    assert formulas == [1, 0, 0, 0]


CONTRAST = """cell => {
  const linear = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const parsed = c => c.match(/[\\d.]+/g).map(Number).concat(1).slice(0, 4);
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
  const ground = element => {
    const layers = [];
    for (let n = element; n; n = n.parentElement) layers.push(parsed(getComputedStyle(n).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const pale = [];
  for (const output of cell.querySelectorAll(".jp-OutputArea-output")) {
    const walk = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
    for (let text; (text = walk.nextNode());) {
      const e = text.parentElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
      if (!text.textContent.trim() || e.closest("style,script,noscript,svg") || !e.checkVisibility()) continue;
      if (box.width < 2 || box.height < 2 || style.visibility === "hidden") continue;
      const below = ground(e), a = light(over(parsed(style.color), below)), b = light(below);
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) pale.push([ratio.toFixed(2), text.textContent.trim().slice(0, 40), e.tagName]);
    }
  }
  return pale;
}"""


def test_pale_text_is_found(browser):
    page = browser.new_page()
    page.set_content(
        "<div class=jp-Cell><div class=jp-OutputArea-output style='background:#111'>"
        "<p style='color:#fff'>White.</p><p style='color:#333'>Grey.</p></div></div>"
    )
    pale = page.locator(".jp-Cell").evaluate_all(f"cells => cells.flatMap({CONTRAST})")
    page.close()
    assert [(text, tag) for _, text, tag in pale] == [("Grey.", "P")]
