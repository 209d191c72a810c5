"""What a real Chromium keeps of what was typed, when it is closed: nothing without a name."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Portal, follow
from tests.browser.test_answering import RESPOND, press, write

NAME = "Telling Name"
WORDS = "Telling words"


@pytest.fixture
def kept(chromium: Browser, tmp_path: Path):
    """A browser with a profile, and what that profile would fill in again once it is closed."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    browser = chromium.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=None if named == "playwright" else named,
        ignore_default_args=["--headless"],
        args=["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"],
    )

    def remembered() -> set[str]:
        browser.close()
        return {
            value
            for database in tmp_path.rglob("Web Data")
            for (value,) in sqlite3.connect(database).execute("SELECT value FROM autofill")
        }

    yield browser.new_page(), remembered
    browser.close()


def begin(page: Page, portal: Portal, how: str) -> None:
    page.goto(portal.at(RESPOND + "identity/"))
    page.get_by_label(how, exact=True).check()
    press(page, "Continue")
    page.get_by_label("You speak as").select_option(label="Academia")
    page.get_by_label("Language of your response").select_option("en")


def test_a_name_that_is_published_is_remembered(kept, portal):
    """So the next test does not hold for want of a memory."""
    page, remembered = kept
    begin(page, portal, "With my name")
    page.get_by_label("Your name").press_sequentially(NAME)
    press(page, "Save and continue")
    follow(page.get_by_role("button", name="I have written it down"))
    assert NAME in remembered()


def test_without_a_name_nothing_is_remembered(kept, portal):
    page, remembered = kept
    begin(page, portal, "Without any name")
    press(page, "Save and continue")
    code = page.locator(".code__value").inner_text()
    page.goto(portal.at(RESPOND + "part/1/"))
    page.locator("#question-1").get_by_label("Other").check()
    page.locator("#question-1").get_by_label("In your own words").press_sequentially(WORDS)
    press(page, "Save and continue")
    page.goto(portal.at(RESPOND + "part/5/"))
    write(page, 19, WORDS)
    press(page, "Save and continue")
    page.context.clear_cookies()
    page.goto(portal.at(RESPOND + "resume/"))
    page.get_by_label("Your code").press_sequentially(code)
    press(page, "Go on")
    assert page.url.endswith("/tasks/")
    assert remembered() == set()
