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
from conftest import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab on a copy of the notebooks and the sample."""
    pytest.importorskip("jupyterlab")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(ROOT / "corpora" / "sample", tmp_path / "corpora" / "sample")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
            *("--IdentityProvider.token=", "--ServerApp.password=", "--allow-root", "--LabApp.news_url=None"),
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ],
        cwd=tmp_path, env={**os.environ, **home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/api/status", timeout=5) as answer:
                json.load(answer)
                break
        except OSError:
            time.sleep(0.2)
    else:
        pytest.fail("JupyterLab did not start")
    yield address
    server.terminate()
    server.wait(20)


def test_the_first_notebook_runs_and_shows_the_change_table(lab):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("no browser: on Debian or Ubuntu, sudo apt-get install chromium")
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 1200})
        strangers: list[str] = []
        page.on("request", lambda request: None if lab in request.url else strangers.append(request.url))
        page.goto(f"{lab}/lab/tree/notebooks/01_first_look.ipynb?reset", wait_until="domcontentloaded")
        page.locator(".jp-RenderedMarkdown h1", has_text="A first look").wait_for(timeout=90_000)
        page.locator(".jp-Notebook").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        shown = page.locator(".jp-OutputArea-output", has_text="Victims identified fell here")
        shown.filter(has_text="Turkmenistan").wait_for(timeout=120_000)
        table = shown.text_content() or ""
        page.locator(".jp-RenderedSVG").first.wait_for(state="attached", timeout=60_000)
        page.locator(".jp-Cell").last.scroll_into_view_if_needed()
        page.locator(".widget-dropdown").first.wait_for(state="attached", timeout=120_000)  # the last cell's menus
        browser.close()
    assert "Turkmenistan" in table
    assert "8 in 2018" in table
    assert "none in 2019" in table
    assert [url for url in strangers if url.startswith("http")] == []
