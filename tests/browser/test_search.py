"""Searching: by keyboard, without JavaScript, with suggestions, in Arabic, and finding nothing."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, follow
from tests.browser.test_pages import faults, too_wide

ARABIC = "المراقبة"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
NARROWEST = {"width": 320, "height": 700}
PAGES = {
    "results": "/en/search/?q=surveillance",
    "filters": "/en/search/?q=licensing&kind=guide&stage=licensing&sort=newest",
    "second page": "/en/search/?page=2",
    "nothing found": "/en/search/?q=quantum+foam",
    "nothing found with filters": "/en/search/?q=licensing&kind=state&year=2026",
    "signs alone": "/en/search/?q=%22%22",
    "Arabic": f"/en/search/?q={quote(ARABIC)}",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("size", [WIDE, PHONE, NARROWEST], ids=["1280", "360", "320"])
def test_no_fault_and_no_sideways_scroll(someone, path, size):
    page = someone(viewport=size).visit(path)
    assert faults(page) == []
    assert not too_wide(page)
    # Everything that folds, unfolded.
    page.evaluate("document.querySelectorAll('main details').forEach(e => { e.open = true })")
    assert faults(page) == []
    assert not too_wide(page)


def test_on_a_phone_results_come_before_the_filters_are_opened(someone):
    page = someone(viewport=PHONE, javascript=False).visit(PAGES["results"])
    first = page.locator(".teaser").first.bounding_box()
    assert first["y"] < 2 * PHONE["height"]
    expect(page.get_by_role("checkbox", name="Guides")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name="Guides").check()
    follow(page.get_by_role("button", name="Apply filters"))
    expect(page).to_have_url(re.compile("kind=guide"))
    follow(page.get_by_role("link", name=re.compile("Remove filter.*Guides")))
    expect(page).not_to_have_url(re.compile("kind=guide"))


def test_in_arabic_results_are_marked_and_run_from_right_to_left(someone):
    page = someone().visit(PAGES["Arabic"])
    box = page.get_by_label("Words to search for")
    assert box.evaluate("e => getComputedStyle(e).direction") == "rtl"
    title = page.locator("h3[lang=ar]").first
    assert title.evaluate("e => getComputedStyle(e).direction") == "rtl"
    expect(title.locator("xpath=..").locator(".teaser__kind")).to_contain_text("العربية")
    expect(page.locator("[lang=ar] mark").first).to_be_visible()


def test_an_arabic_excerpt_that_begins_in_latin_letters_runs_from_right_to_left(someone):
    page = someone().visit("/en/search/?language=ar")
    excerpts = page.locator(".teaser__summary[lang=ar]")
    assert excerpts.count() > 1
    assert any(re.match("[A-Za-z]", text) for text in excerpts.all_text_contents())
    assert {each.evaluate("e => getComputedStyle(e).direction") for each in excerpts.all()} == {
        "rtl"
    }


@pytest.mark.parametrize("javascript", [True, False])
def test_whoever_filters_by_keyboard_goes_on_at_the_results(someone, javascript):
    page = someone(javascript=javascript).visit("/en/search/?q=licensing")
    page.get_by_role("checkbox", name="Guides").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Apply filters").press("Enter")
    expect(page.get_by_role("heading", name=re.compile(r"\d results for"))).to_be_in_viewport()
    page.keyboard.press("Tab")
    chip = page.get_by_role("link", name=re.compile("Remove filter.*Guides"))
    expect(chip).to_be_focused()
    with page.expect_navigation():
        chip.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Newest first")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_filters_can_be_skipped(someone, javascript):
    page = someone(javascript=javascript).visit("/en/search/?q=licensing")
    page.get_by_text("Search more exactly").focus()
    before = page.get_by_role("form", name="Filters").bounding_box()
    page.keyboard.press("Tab")
    assert page.get_by_role("form", name="Filters").bounding_box() == before
    skip = page.get_by_role("link", name="Skip to the results")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    skip.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Newest first")).to_be_focused()


def test_three_hundred_words_do_not_push_the_results_away(someone):
    words = quote(" ".join(["surveillance", "licensing", "journalists"] * 100))
    page = someone(viewport=PHONE).visit(f"/en/search/?q={words}")
    heading = page.get_by_role("heading", name=re.compile(r"\d results for"))
    assert heading.bounding_box()["height"] < PHONE["height"] / 2
    assert len(page.title()) < 120
    expect(page.get_by_text("A search takes at most 16 words.")).to_be_visible()


def test_paper_says_by_what_was_filtered_and_holds_no_controls(someone):
    page = someone().visit("/en/search/?q=licensing&kind=guide")
    page.emulate_media(media="print")
    expect(page.locator(".chips__chip")).to_be_visible()
    for control in ("Clear all", "Apply filters", "Search more exactly", "By Atom feed"):
        expect(page.get_by_text(control)).to_be_hidden()
    expect(page.locator(".teaser").first).to_be_visible()


def open_menu(page):
    """In a narrow window the search is in the menu; the keyboard opens it, without script."""
    menu = page.locator(".site-menu summary")
    menu.focus()
    menu.press("Enter")


def test_from_nothing_found_on_without_javascript(someone):
    page = someone(javascript=False, viewport=PHONE).visit("/en/guides/")
    open_menu(page)
    box = page.get_by_role("searchbox", name="Search this site")
    box.fill('"quantum licensing"')
    box.press("Enter")
    expect(page).to_have_title(re.compile(r"^\"quantum licensing\" \(0 results\)"))
    follow(page.get_by_role("link", name="Find what has any one of these words"))
    expect(
        page.get_by_role("heading", name=re.compile("results for quantum OR licensing"))
    ).to_be_visible()
    expect(page.locator(".teaser").first).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_suggestions_by_keyboard_alone(someone, size):
    page = someone(viewport=size).visit("/en/guides/")
    if size is PHONE:
        open_menu(page)
    else:  # axe looks at narrower windows too, in which the box would go
        page.locator(".site-menu").evaluate("menu => { menu.open = true }")
    box = page.get_by_role("combobox", name="Search this site")
    options = page.get_by_role("option")
    box.press_sequentially("surv")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="Suggestions")).to_contain_text(
        f"Suggestions: {options.count()}."
    )
    assert faults(page) == []
    assert not too_wide(page)
    if size is PHONE:
        assert all(option.bounding_box()["height"] >= 44 for option in options.all())

    expect(box).not_to_have_attribute("aria-activedescendant", re.compile(".+"))
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")  # past the last entry is the text itself, then the first
    expect(options.last).to_have_attribute("aria-selected", "false")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))

    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("surv")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    title = options.first.locator("span").first.text_content()
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_suggestions_by_pointer(someone):
    page = someone().visit("/en/")
    page.get_by_role("combobox", name="Search guides").press_sequentially("facial")
    option = page.get_by_role("option").first
    title = option.locator("span").first.text_content()
    option.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_enter_searches_for_what_was_typed_whatever_is_suggested(someone):
    page = someone().visit("/en/search/")
    box = page.get_by_role("combobox", name="Words to search for")
    box.press_sequentially("surveillance")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=surveillance$"))


def test_one_letter_asks_nothing_and_quick_typing_asks_once(someone):
    visitor = someone()
    # The page's clock stands still but for our own steps, however slow the machine types.
    visitor.page.clock.install(time=NOW)
    page = visitor.visit("/en/guides/")
    page.clock.pause_at(NOW + timedelta(hours=1))
    asked = []
    page.on(
        "request",
        lambda request: asked.append(request.url) if "suggestions" in request.url else None,
    )
    box = page.get_by_role("combobox", name="Search this site")
    box.press_sequentially("s")
    page.clock.run_for(400)
    box.press_sequentially("urveillance")
    assert asked == []
    page.clock.run_for(400)
    expect(page.get_by_role("option").first).to_be_visible()
    assert [url.partition("?")[2] for url in asked] == ["q=surveillance"]


def test_suggestions_move_nothing_and_go_with_the_focus(someone):
    page = someone().visit("/en/guides/")
    heading = page.get_by_role("heading", level=1)
    before = heading.bounding_box()
    box = page.get_by_role("combobox", name="Search this site")
    box.press_sequentially("surv")
    expect(page.get_by_role("option").first).to_be_visible()
    assert heading.bounding_box() == before
    box.press("Tab")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.get_by_role("search").first.get_by_role("button", name="Search")).to_be_focused()


def test_suggestions_stand_under_their_box_from_right_to_left(someone):
    page = someone(viewport=PHONE).visit("/en/guides/")
    open_menu(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    box = page.get_by_role("combobox", name="Search this site")
    box.press_sequentially("surv")
    popup = page.get_by_role("listbox")
    expect(popup).to_be_visible()
    form, shown = page.get_by_role("search").first.bounding_box(), popup.bounding_box()
    assert abs(form["x"] - shown["x"]) <= 1
    assert abs(form["width"] - shown["width"]) <= 2
    assert not too_wide(page)


def test_a_failing_answer_leaves_the_form_as_it_is(someone):
    page = someone().visit("/en/guides/")
    page.route("**/search/suggestions/**", lambda route: route.fulfill(status=429, body="no"))
    box = page.get_by_role("combobox", name="Search this site")
    with page.expect_response("**/search/suggestions/**"):
        box.press_sequentially("surv")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press("Enter")
    expect(page).to_have_url(re.compile("q=surv$"))


def test_hearing_of_what_is_new_begins_at_the_results(someone):
    visitor = someone(javascript=False)
    page = visitor.visit("/en/search/?q=surveillance&kind=guide")
    follow(page.get_by_role("link", name="By e-mail: save this search"))
    page.get_by_label("E-mail address").fill("member@demo.example")
    page.get_by_label("Password").fill(visitor.portal.password)
    follow(page.get_by_role("button", name="Sign in", exact=True))
    expect(page.get_by_label("Name")).to_have_value(re.compile("surveillance"))


def test_the_page_is_light(someone):
    visitor = someone(viewport=PHONE)
    answers = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.visit(PAGES["results"])
    visitor.page.wait_for_load_state("networkidle")
    assert len(answers) <= 6
    # As a proxy sends them.
    assert sum(len(gzip.compress(answer.body())) for answer in answers) <= 50 * 1024
