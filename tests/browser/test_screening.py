"""A moderator works through responses and comments by keys alone, and by mouse without scripts."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Visitor, follow
from tests.browser.test_answer_pages import ours
from tests.browser.test_pages import too_wide

MODERATOR = "moderator@demo.example"
ADVERTISING, SPAM = "5", "6"  # where they stand among the reasons: of a comment, of a response


@pytest.fixture(scope="module")
def waiting(portal):
    """The numbers of twelve responses and eight comments of a consultation that has closed."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.browser.waiting_responses"],
        cwd=ROOT,
        env=portal.environment,
        check=True,
        capture_output=True,
    )
    return json.loads(ran.stdout.decode().splitlines()[-1])


class Keyboard:
    """Keys pressed one by one, counted; a page that has just come waits for none yet."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> int:
        """Press these, the last of which leads to another page; returns how many they were."""
        self.page.locator(".desk[data-ready]").wait_for()
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        with self.page.expect_navigation():
            self.page.keyboard.press(keys[-1])
        self.presses += len(keys)
        return len(keys)


def done(page: Page):
    return page.locator(".desk-done")


def read(page: Page):
    """The reference or number of what is on the page."""
    return page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def desk_of(visitor: Visitor, waiting) -> Page:
    visitor.sign_in(MODERATOR)
    queue = f"?queue=consultation%3D{waiting['docket']}"
    return visitor.visit(f"/admin/responses/{waiting['responses'][0]}/{queue}")


def test_twenty_are_screened_and_published_by_keys_and_the_wrong_one_is_undone(someone, waiting):
    page = desk_of(someone(), waiting)
    keys = Keyboard(page)
    most = 0
    for number, reference in enumerate(waiting["responses"], 1):
        assert read(page) == reference, "the next one opens by itself"
        expect(page.get_by_text(f"Answer {number} of twelve.")).to_be_visible()
        if number == 4:
            most = max(most, keys.press("r", SPAM, "Enter"))
            expect(done(page)).to_contain_text(f"{reference} · Proposed rejection · Advertising")
            # That was the wrong one.
            assert keys.press("u") == 1
            assert read(page) == reference
            expect(done(page)).to_contain_text("Taken back: Proposed rejection")
        most = max(most, keys.press("a"))
        expect(done(page)).to_contain_text(f"{reference} · Accepted: Public")
    assert page.url.split("?")[0].endswith("/responses/end/")
    expect(page.get_by_text("Twenty to screen: 12")).to_be_visible()
    keys.press("t")
    button = page.get_by_role("button", name=re.compile("^Publish 12 responses together"))
    keys.press(button.get_attribute("data-key"))
    expect(page.get_by_text("12 responses published.")).to_be_visible()
    # Three for the wrong one, one to undo it, one each, two for all.
    assert keys.presses == 3 + 1 + 12 + 2
    assert most <= 3

    page.goto(page.url.split("/admin/")[0] + f"/admin/comments/{waiting['comments'][0]}/")
    keys = Keyboard(page)
    for number, comment in zip(range(8, 0, -1), waiting["comments"], strict=True):
        assert read(page) == str(comment)
        expect(page.get_by_text(f"Comment {number} of eight.")).to_be_visible()
        if number == 5:
            assert keys.press("h", ADVERTISING, "Enter") == 3
            expect(done(page)).to_contain_text(f"Comment {comment} · Hidden · Advertising or spam")
            assert keys.press("u") == 1
            expect(done(page)).to_contain_text(f"Comment {comment} · Restored")
        keys.press("j")
    assert keys.presses == 3 + 1 + 8


def test_keys_do_nothing_in_a_field_and_can_be_turned_off(someone, waiting):
    visitor = someone()
    visitor.sign_in(MODERATOR)
    page = visitor.visit("/admin/responses/?status=received&proposal=no")
    follow(page.locator(".listing-row h2 a").first)
    here = page.url
    page.locator(".desk[data-ready]").wait_for()
    page.keyboard.press("n")
    note = page.locator(".desk-act[open]").get_by_label("Private note")
    expect(note).to_be_focused()
    page.keyboard.type("a quick jar, undone?")
    expect(note).to_have_value("a quick jar, undone?")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_text("Each button shows the key that presses it.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label("Use single keys in this browser").uncheck()
    page.keyboard.press("Escape")
    for key in "ajloqr?":
        page.keyboard.press(key)
    assert page.url == here
    expect(page.locator(".desk-act[open]")).to_have_count(0)
    page.reload()
    page.locator(".desk[data-ready]").wait_for()
    page.keyboard.press("j")
    assert page.url == here, "the browser remembers"
    page.locator("summary", has_text="Keys").click()
    page.get_by_label("Use single keys in this browser").check()
    page.keyboard.press("Escape")
    Keyboard(page).press("j")
    assert page.url != here


def test_everything_works_by_mouse_without_scripts(someone, portal):
    visitor = someone(javascript=False)
    visitor.sign_in(MODERATOR)
    page = visitor.visit("/admin/responses/?status=received&proposal=no")
    address = page.locator(".listing-row h2 a").first.get_attribute("href")
    page.goto(portal.at(address))
    reference = read(page)
    expect(page.locator("summary", has_text="Propose to reject")).to_be_in_viewport()
    page.locator("summary", has_text="Propose to reject").click()
    page.get_by_label("Contains no answer").check()
    follow(page.get_by_role("button", name="Propose", exact=True))
    expect(done(page)).to_contain_text(f"{reference} · Proposed rejection · Contains no answer")
    follow(page.get_by_role("button", name="Undo"))
    assert read(page) == reference
    expect(done(page)).to_contain_text("Taken back")


def test_a_passage_is_marked_by_a_key_and_a_wrong_mark_is_pointed_at(someone, waiting, portal):
    visitor = someone()
    visitor.sign_in(MODERATOR)
    page = visitor.visit("/admin/responses/?status=accepted")
    follow(page.locator(".listing-row h2 a").first)
    cuts = page.get_by_role("link", name=re.compile("^Leave passages out"))
    for address in [each.get_attribute("href") for each in cuts.all()]:
        page.goto(portal.at(address))
        if page.get_by_label("Text of the public copy").count():
            break
    words = page.get_by_label("Text of the public copy")
    sent = words.input_value()
    words.evaluate("(e, to) => { e.focus(); e.setSelectionRange(0, to) }", sent.index(" ") + 1)
    page.keyboard.press("3")
    expect(words).to_have_value("[[security]]" + sent[sent.index(" ") :])
    page.keyboard.press("Control+z")
    expect(words).to_have_value(sent)
    words.fill("[[secruity]]" + sent[sent.index(" ") :])
    follow(page.get_by_role("button", name="Change the public copy"))
    expect(page.get_by_text("Line 1: “[[secruity]]” is not a mark.")).to_be_visible()
    expect(words).to_be_focused()
    selected = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert words.evaluate(selected) == "[[secruity]]"
    good(page, ".screening-alone")


def good(page: Page, part: str) -> None:
    """Axe finds nothing in our part of the page, on a desk and on a phone, and all of it fits."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        ours(page, part)
        assert not too_wide(page), width


def test_axe_finds_nothing_on_the_desk(someone, waiting):
    visitor = someone()
    visitor.sign_in(MODERATOR)
    page = visitor.visit("/admin/responses/?status=received&proposal=no")
    follow(page.locator(".listing-row h2 a").first)
    page.locator(".desk[data-ready]").wait_for()
    for key in "roqn?":
        page.keyboard.press(key)
        good(page, ".desk")
        page.keyboard.press("Escape")
    keys = Keyboard(page)
    keys.press("r", SPAM, "Enter")
    good(page, ".desk")
    keys.press("u")
    page = visitor.visit(f"/admin/comments/{waiting['comments'][2]}/")
    page.locator(".desk[data-ready]").wait_for()
    page.keyboard.press("h")
    good(page, ".desk")
    good(visitor.visit("/admin/responses/end/"), ".desk")
