"""
Takes the README's pictures from a running demonstration: `make run` in one terminal, then

    .venv/bin/python docs/pictures/make.py http://127.0.0.1:8000

Needs what `make test` installs, and a Chromium (CHROMIUM= names another than the first found).
The draft that one of them shows is erased again.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CONSULTATIONS = "/en/consultations/"


def home(page: Page) -> None:
    page.goto("/en/")


def discussion(page: Page) -> None:
    page.goto(CONSULTATIONS + "human-rights-risk-indicators/discussion/")


def answering(page: Page) -> None:
    """The list of what there is to answer, of somebody without a name, after one part."""
    page.goto(CONSULTATIONS + "human-rights-risk-indicators/respond/identity/")
    page.get_by_label("Without any name", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("You speak as").select_option(label="Civil society organisation")
    page.get_by_label("Language of your response").select_option("en")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="I have written it down").click()
    page.locator("#question-1").get_by_role("radio").nth(3).check()
    page.locator("#question-2").get_by_role("textbox").fill("Whom the unit answers to.")
    page.get_by_role("button", name="Save and return to the list").click()
    page.get_by_role("heading", name="Your response").wait_for()


def forget_draft(page: Page) -> None:
    """Erase what `answering` has begun."""
    page.get_by_role("link", name="Erase this draft").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase").click()


def response(page: Page) -> None:
    """A published response, down to the passage that was left out."""
    page.set_viewport_size({"width": 1280, "height": 1360})
    page.goto(CONSULTATIONS + "capacity-building-priorities/responses/")
    page.locator(".teaser", has_text="passages left out").first.get_by_role("link").first.click()
    page.get_by_role("heading", name="Cite this response").wait_for()


def main(base: str) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 960}, base_url=base)
        for picture in (home, discussion, answering, response):
            picture(page)
            page.screenshot(path=Path(__file__).with_name(f"{picture.__name__}.png"))
            if picture is answering:
                forget_draft(page)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
