"""The staff's queues in the real admin: choosing, acting, coming back; no fault axe knows."""

from playwright.sync_api import expect

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
    expect(page).to_have_url(lambda url: url.endswith("/admin/responses/?identity=named"))


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
