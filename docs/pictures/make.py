"""
Takes the README's pictures from a running portal: `make run` in one terminal, then

    .venv/bin/python docs/pictures/make.py http://127.0.0.1:8000

Needs what `make test` installs, and a Chromium (CHROMIUM= names another than the first found).
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = {
    "home": "/en/",
    "discussion": "/en/consultations/human-rights-risk-indicators/discussion/",
}


def main(base: str) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 960})
        for name, path in PICTURES.items():
            page.goto(base.rstrip("/") + path)
            page.screenshot(path=Path(__file__).with_name(f"{name}.png"))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
