"""The staff's queues in the real admin: choosing, acting, coming back; no fault axe knows."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import follow
from tests.browser.test_pages import AXE

MODERATOR = "moderator@demo.example"
FAULTS = """where => axe.run(where, {resultTypes: ["violations"]}).then(found =>
    found.violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.html}`)))"""


def signed_in(someone):
    moderator = someone()
    moderator.sign_in(MODERATOR)
    moderator.page.get_by_role("link", name="Your account", exact=True).wait_for()
    return moderator


def faults(page, where):
    page.evaluate(AXE)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*page.evaluate(FAULTS, where), *(["too wide"] if wide else [])]


def test_a_moderator_chooses_all_on_the_page_and_comes_back_to_the_filters(someone):
    moderator = signed_in(someone)
    page = moderator.visit("/admin/responses/?identity=named")
    assert faults(page, "#listing-results") == []
    page.get_by_label("on this page").check()
    rows = page.locator(".listing-row__choose input[type=checkbox]")
    assert all(box.is_checked() for box in rows.all())
    page.get_by_role("button", name="Accept the chosen").first.click()
    expect(page.get_by_text("is chosen").or_(page.get_by_text("are chosen")).first).to_be_visible()
    assert faults(page, ".screening-alone") == []
    page.get_by_role("link", name="go back").first.click()
    expect(page).to_have_url(re.compile(r"/admin/responses/\?identity=named$"))


def test_a_moderator_reads_whole_comments_and_marks_them_as_read(someone):
    moderator = signed_in(someone)
    page = moderator.visit("/admin/comments/?state=shown")
    assert faults(page, "#listing-results") == []
    page.get_by_role("link", name="Hide").first.click()
    expect(page.get_by_text("1 comment is chosen.")).to_be_visible()
    assert faults(page, ".listing-alone") == []
    page.get_by_role("link", name="No, go back").click()
    page.get_by_role("button", name="Mark all up to here as read").click()
    expect(page.get_by_role("button", name="Mark all up to here as read")).to_have_count(0)


def test_an_analyst_finds_an_answer_by_its_words_a_name_and_a_note(someone):
    moderator = signed_in(someone)
    page = moderator.visit("/admin/responses/?status=received&identity=named")
    follow(page.locator(".listing-row h2 a").first)
    reference = page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    page.locator(".desk[data-ready]").wait_for()
    page.keyboard.press("n")
    open_act = page.locator(".desk-act[open]")
    open_act.get_by_label("Private note").fill("Compare with the Lisbon case.")
    follow(open_act.get_by_role("button").first)

    analyst = someone()
    analyst.sign_in("analyst@demo.example")
    found = analyst.visit(f"/admin/responses/?q={reference}")
    name = found.locator(".listing-row__what bdi").first.inner_text()
    longest = max(found.locator(".listing-row__text dd").all_inner_texts(), key=len)
    words = " ".join(longest.split()[:3])
    for wanted in ("lisbon CASE", name.upper(), words):
        found = analyst.visit("/admin/responses/")
        found.get_by_placeholder("Search").first.fill(wanted)
        expect(found).to_have_url(re.compile("[?&]q="))
        expect(found.locator(".listing-row").filter(has_text=reference)).to_be_visible()
        if wanted != words:
            expect(found.locator(".listing-row")).to_have_count(1)
    expect(found.get_by_role("button", name="Accept the chosen")).to_have_count(0)
