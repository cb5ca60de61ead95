"""Take the pictures of ``docs/web.md`` and the README: the sample articles in a browser.

    python benchmarks/pictures.py

Needs Chromium, which a system's packages bring (``apt install chromium``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
QUOTES = str(Path(sys.executable).with_name("quotes"))
PAGES = {"quote": "/quotes/9", "search": "/search?q=deal", "review": "/review"}
WINDOW = {"width": 1100, "height": 800}


def take(database: Path, browser: str) -> None:
    """Write a picture of every page."""
    environment = os.environ | {"QUOTES_DB": str(database)}
    ingest = [QUOTES, "--quiet", "ingest", "seeds/articles"]
    subprocess.run(ingest, cwd=ROOT, env=environment, check=True)
    with subprocess.Popen(
        [QUOTES, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            with sync_playwright() as playwright:
                page = playwright.chromium.launch(executable_path=browser).new_page(viewport=WINDOW)
                page.goto(address)
                for name, path in PAGES.items():
                    page.goto(address.partition("/?")[0] + path)
                    page.screenshot(path=ROOT / f"docs/web-{name}.png")
        finally:
            server.terminate()


def main() -> None:
    """Take the pictures of a new database."""
    browser = shutil.which("chromium")
    if browser is None:
        raise SystemExit("chromium is not installed: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        take(Path(folder) / "quotes.db", browser)


if __name__ == "__main__":
    main()
