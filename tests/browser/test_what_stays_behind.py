"""What a real browser holds of a nameless answer: in its files, its history, behind Back."""

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.test_answering import (
    RESPOND,
    answer_all,
    begin_without_a_name,
    code_shown,
    heading,
    press,
    send,
)

AWAY = "https://weather.com/"


@pytest.fixture
def leaver(chromium: Browser, portal):
    """`leaver(javascript=False)`: a browser on a phone that may be led to another site."""
    contexts: list[BrowserContext] = []

    def open_browser(*, javascript: bool = True) -> Page:
        context = chromium.new_context(
            java_script_enabled=javascript, viewport=PHONE, locale="en-GB", base_url=portal.base
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.portal = portal  # type: ignore[attr-defined] - as a Visitor's
        return page

    yield open_browser
    for context in contexts:
        context.close()


def begun(page: Page) -> str:
    """A nameless answer, begun on a page of `leaver`; returns its code."""
    page.goto(RESPOND + "identity/")
    page.get_by_label("Without any name", exact=True).check()
    press(page, "Continue")
    page.get_by_label("You speak as").select_option(label="Academia")
    page.get_by_label("Language of your response").select_option("en")
    press(page, "Save and continue")
    return code_shown(page)


def exit_page(page: Page) -> None:
    """Press the button; the other site is not reached from here, and that is a page too."""
    page.get_by_role("button", name="Exit this page").click(no_wait_after=True)
    wait_until_away(page)


def wait_until_away(page: Page) -> None:
    for _attempt in range(100):
        if page.url.startswith("chrome-error:"):
            page.wait_for_load_state()
            return
        page.wait_for_timeout(50)
    pytest.fail(f"still at {page.url}")


# -- leaving ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False])
def test_after_leaving_back_shows_nothing_and_the_browser_holds_nothing(leaver, javascript):
    page = leaver(javascript=javascript)
    code = begun(page)
    page.goto(RESPOND + "part/1/")
    page.goto(RESPOND + "code/")
    expect(page.get_by_text(code)).to_be_visible()
    exit_page(page)
    assert page.context.cookies() == []
    for _step in range(3):
        page.go_back()
        assert page.url.endswith("/resume/") or page.url.endswith("/identity/")
        assert code not in page.content()
    assert "handle-en" not in [each["name"] for each in page.context.cookies()]


def test_where_it_leads_is_another_site_that_learns_nothing_of_this_one(leaver):
    page = leaver()
    begun(page)
    asked = []
    page.on("request", lambda request: asked.append(request))
    exit_page(page)
    (away,) = [request for request in asked if request.url == AWAY]
    assert away.method == "GET"
    assert "referer" not in away.all_headers()


def test_the_way_out_is_the_first_thing_that_the_keyboard_meets(leaver):
    page = leaver(javascript=False)
    page.goto(RESPOND)
    way_out = page.get_by_role("button", name="Exit this page")
    expect(way_out).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(way_out).to_be_focused()
    page.keyboard.press("Enter")
    wait_until_away(page)


def test_the_page_is_covered_whatever_the_answer_is(leaver):
    page = leaver()
    begun(page)
    page.route("**/exit/", lambda route: route.fulfill(status=204))  # which changes no page
    page.get_by_role("button", name="Exit this page").click(no_wait_after=True)
    expect(page.locator(".exit-page-cover")).to_be_visible()


# -- sending ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False])
def test_after_sending_reload_and_back_show_nothing(someone, javascript):
    visitor = someone(javascript=javascript, viewport=PHONE)
    code = begin_without_a_name(visitor)
    page = visitor.page
    answer_all(page, "once")
    reference = send(page)
    assert code_shown(page) == code
    assert "handle-en" not in [each["name"] for each in page.context.cookies()]
    for again in (page.reload, page.go_back, page.go_back):
        again()
        heading(page, "Go on with your code")
        assert code not in page.content()
        assert reference not in page.content()


def test_pressed_twice_the_receipt_is_shown(someone):
    visitor = someone(javascript=False)
    code = begin_without_a_name(visitor)
    page = visitor.page
    answer_all(page, "twice")
    page.get_by_label("I have read what happens with my response").check()
    page.get_by_role("main").get_by_role("button", name="Send", exact=True).dblclick(
        no_wait_after=True
    )
    heading(page, "We have received your response")
    assert code_shown(page) == code


# -- the profile -----------------------------------------------------------------------------------


class Profile:
    """A folder of Chromium's, set to open again what was open when it was closed."""

    def __init__(self, folder: Path, chromium: Browser, executable: str) -> None:
        self.folder, self.chromium, self.executable = folder, chromium, executable
        (folder / "Default").mkdir(parents=True)
        (folder / "Default" / "Preferences").write_text(
            json.dumps({"session": {"restore_on_startup": 1}})
        )

    def open(self) -> BrowserContext:
        return self.chromium.browser_type.launch_persistent_context(
            str(self.folder),
            executable_path=self.executable,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run"],
            locale="en-GB",
        )

    def files_with(self, *words: str) -> list[str]:
        """Files that hold one of the words, in either of the encodings that Chromium uses."""
        wanted = {
            form.encode(encoding)
            for word in words
            for form in (word, word.lower(), word.upper())
            for encoding in ("utf-8", "utf-16-le")
        }
        return [
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file() and any(each in path.read_bytes() for each in wanted)
        ]


@pytest.fixture
def profile(tmp_path, chromium):
    import os
    import shutil

    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if named == "playwright":
        named = chromium.browser_type.executable_path
    return Profile(tmp_path / "profile", chromium, named)


def one_off(code: str) -> str:
    """A code with another last character."""
    return code[:-1] + ("2" if code[-1] != "2" else "3")


def test_the_code_is_in_no_file_of_a_profile_that_opens_again_what_was_open(profile, portal):
    context = profile.open()
    page = context.pages[0]
    page.goto(portal.at(RESPOND + "identity/"))
    page.get_by_label("Without any name", exact=True).check()
    press(page, "Continue")
    page.get_by_label("You speak as").select_option(label="Academia")
    page.get_by_label("Language of your response").select_option("en")
    press(page, "Save and continue")
    code = code_shown(page)
    wrong, typing = context.new_page(), context.new_page()
    for each, typed in ((wrong, one_off(code)), (typing, code)):
        each.goto(portal.at(RESPOND + "resume/"))
        each.get_by_label("Your code").fill(typed)
    press(wrong, "Go on")
    expect(wrong.get_by_role("alert")).to_contain_text(
        "This code opens nothing in this consultation"
    )
    expect(wrong.get_by_label("Your code")).to_have_value(one_off(code))
    time.sleep(3)  # Chromium writes the state of its windows down from time to time
    context.close()

    plain = code.replace("-", "")
    assert profile.files_with("/respond/resume/") != [], "it wrote down what was open"
    assert profile.files_with(code, plain, one_off(code), one_off(plain)) == []
    # The same with what Chromium has put under a key of its own: cookies, the fields of forms.
    context = profile.open()
    held = {each["name"]: each["value"] for each in context.cookies()}
    assert "handle-en" in held, "it brings session cookies back"
    assert all(plain not in value.upper().replace("-", "") for value in held.values())
    for again in context.pages:
        fields = again.locator("input, textarea").evaluate_all("all => all.map(e => e.value)")
        assert plain not in "".join(fields).upper().replace("-", "")
    context.close()


def test_the_history_says_nothing_but_where_somebody_was(someone):
    visitor = someone()
    begin_without_a_name(visitor)
    page = visitor.page
    for name in ("", "tasks/", "part/1/", "check/"):
        visitor.visit(RESPOND + name)
        assert page.title() in ("Form", "Form, page 1")
        assert page.evaluate("history.state") is None
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
