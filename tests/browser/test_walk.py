"""
The whole purpose, walked by four people: a visitor reads and finds, a member signs up and comments,
an official answers, an editor publishes a guide with a second person's approval.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, follow

DISCUSSION = "/en/consultations/human-rights-risk-indicators/discussion/"
with_and_without_javascript = pytest.mark.parametrize(
    "javascript", [True, False], ids=["javascript", "no javascript"]
)


@with_and_without_javascript
def test_a_visitor_reads_a_guide_and_finds_another_by_facet_and_by_search(someone, javascript):
    page = someone(javascript=javascript, viewport=PHONE).visit("/")
    expect(page).to_have_url(re.compile(r"/en/$"))
    follow(page.get_by_role("link", name="All guides"))
    expect(page.get_by_role("heading", level=1, name="Good practice")).to_be_visible()

    page.get_by_text("Filters", exact=True).click()
    page.locator("summary", has_text="Type of document").click()
    page.get_by_label("Checklist").check()
    follow(page.get_by_role("button", name="Apply filters"))
    expect(page).to_have_url(re.compile("type=checklist"))
    expect(page.get_by_role("link", name=re.compile("Remove filter.*Checklist"))).to_be_visible()
    title = "End-use checks: before and after delivery"
    follow(page.get_by_role("link", name=title))
    expect(page.get_by_role("heading", level=1)).to_contain_text("End-use checks")

    page.get_by_text("Menu", exact=True).click()
    page.get_by_label("Search this site").fill("watch lists and redress")
    follow(page.get_by_role("search").get_by_role("button", name="Search"))
    follow(page.get_by_role("link", name=re.compile("^Facial recognition and biometric")).first)
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()


def sign_up(visitor: Visitor, name: str, email: str, group: str) -> None:
    """From the invitation under a discussion to the discussion, signed in."""
    page = visitor.page
    follow(page.get_by_role("link", name="create an account"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label(group).check()
    follow(page.get_by_role("button", name="Send me a code"))
    expect(page.get_by_label("Code", exact=True)).to_be_visible()
    page.get_by_label("Code", exact=True).fill(code_from_mail(visitor, email))
    follow(page.get_by_role("button", name="Continue"))


def code_from_mail(visitor: Visitor, email: str) -> str:
    """The newest code sent to an address, as a newcomer reads it at the address the page names."""
    mail = visitor.page.context.new_page()
    newest = mail.get_by_role("article").filter(has_text=f"To {email}").first
    for _look in range(20):  # the server's own thread sends it, within a moment
        mail.goto(visitor.portal.at("/demo/mail/"))
        if newest.count():
            break
        mail.wait_for_timeout(250)
    text = newest.inner_text()
    mail.close()
    return re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{2,})*)\s*$", text, flags=re.MULTILINE)[1]


def write(page: Page, text: str, button: str, *, official: bool = False) -> None:
    page.get_by_label("Your comment", exact=True).fill(text)
    page.get_by_label("Language of your comment").select_option("en")
    if official:
        page.get_by_label(re.compile("official answer", re.IGNORECASE)).check()
    follow(page.get_by_role("button", name=button))
    expect(page.get_by_text("Your comment is published.")).to_be_visible()


@with_and_without_javascript
def test_a_member_signs_up_and_comments_and_an_official_answers(someone, javascript):
    mark = "with" if javascript else "without"
    member = someone(javascript=javascript)
    page = member.visit(DISCUSSION)
    sign_up(member, f"Nadia {mark}", f"nadia-{mark}@people.example", "Civil society organisation")
    expect(page).to_have_url(re.compile(DISCUSSION))
    write(page, f"Name the unit, {mark} exception.", "Publish comment")
    mine = page.get_by_role("article").filter(has_text=f"Name the unit, {mark} exception.")
    expect(mine).to_contain_text("Civil society")

    other = someone(javascript=javascript)
    other.sign_in("member@demo.example")
    page = other.visit(DISCUSSION)
    if page.get_by_role("article").filter(has_text=f"Name the unit, {mark}").count() == 0:
        follow(page.get_by_role("link", name="Next page"))
    theirs = page.get_by_role("article").filter(has_text=f"Name the unit, {mark} exception.")
    follow(theirs.get_by_role("link", name=f"Reply to Nadia {mark}"))
    write(page, f"Agreed, {mark} reserve.", "Publish reply")

    official = someone(javascript=javascript)
    official.sign_in("official@demo.example")
    page = official.visit(f"/en/search/?q=%22Agreed+{mark}+reserve%22")
    follow(page.get_by_role("main").get_by_role("link", name="Comment on").first)
    theirs = page.get_by_role("article").filter(has_text=f"Agreed, {mark} reserve.")
    follow(theirs.get_by_role("link", name="Reply to Mika Member"))
    write(page, f"We shall consider it, {mark} delay.", "Publish reply", official=True)

    page = member.visit(f"/en/search/?q=%22consider+it+{mark}+delay%22")
    follow(page.get_by_role("main").get_by_role("link", name="Comment on").first)
    answer = page.get_by_role("article").filter(has_text=f"We shall consider it, {mark} delay.")
    expect(answer).to_contain_text("Official answer")
    expect(answer).to_contain_text("In reply to Mika Member")


@with_and_without_javascript
def test_a_comment_that_cannot_be_taken_keeps_what_was_typed(someone, javascript):
    member = someone(javascript=javascript)
    member.sign_in("member@demo.example")
    page = member.visit(DISCUSSION)
    typed = "<b>long</b> " * 500
    page.get_by_label("Your comment", exact=True).fill(typed)
    page.get_by_label("Language of your comment").select_option("en")
    follow(page.get_by_role("button", name="Publish comment"))
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("At most 5,000 fit")
    expect(page.get_by_label("Your comment", exact=True)).to_have_value(
        re.compile("^<b>long</b> <b>long</b>")
    )


@with_and_without_javascript
def test_a_moderator_hides_a_comment_with_a_reason_and_replies_stay(someone, javascript):
    mark = "on" if javascript else "off"
    member = someone(javascript=javascript)
    member.sign_in("member@demo.example")
    write(member.visit(DISCUSSION), f"Buy my book, script {mark}.", "Publish comment")
    address = member.page.url

    moderator = someone(javascript=javascript)
    moderator.sign_in("moderator@demo.example")
    page = moderator.page
    page.goto(address)
    spam = page.get_by_role("article").filter(has_text=f"Buy my book, script {mark}.")
    follow(spam.get_by_role("link", name=re.compile("^Hide")))
    follow(page.get_by_role("button", name="Hide this comment"))
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Advertising or spam").check()
    follow(page.get_by_role("button", name="Hide this comment"))
    expect(page.get_by_role("link", name=re.compile("^Show again")).first).to_be_visible()

    visitor = someone(javascript=javascript)
    visitor.page.goto(address)
    expect(visitor.page.get_by_text(f"Buy my book, script {mark}.")).to_have_count(0)
    expect(visitor.page.locator("article:target")).to_contain_text(
        "Hidden by a moderator: Advertising or spam"
    )


def test_an_editor_publishes_a_guide_with_a_second_person_s_approval(someone):
    editor = someone()
    editor.sign_in("editor@demo.example")
    page = editor.visit("/admin/pages/")
    page.goto(editor.portal.at("/admin/reports/guides-due/"))
    expect(
        page.get_by_role("link", name=re.compile("Customs and strategic trade")).first
    ).to_be_visible()

    page.goto(editor.portal.at("/admin/pages/search/?q=Know+your+customer"))
    follow(page.get_by_role("link", name=re.compile("Know your customer")).first)
    page.locator("#id_summary").fill("Red flags as a desk routine, now in plainer words.")
    page.get_by_label("What changed").fill("The summary is in plainer words.")
    page.get_by_role("button", name="Toggle dropdown").or_(
        page.get_by_role("button", name="More actions")
    ).first.click()
    follow(page.get_by_role("button", name=re.compile("^Resubmit to")))  # it was sent back
    expect(page.get_by_text(re.compile("has been submitted"))).to_be_visible()
    visitor = someone()
    address = "/en/guides/know-your-customer-red-flags/"
    assert "now in plainer words" not in visitor.visit(address).content()

    approver = someone()
    approver.sign_in("approver@demo.example")
    page = approver.visit("/admin/")
    follow(page.get_by_role("link", name=re.compile("Know your customer")).first)
    page.get_by_role("button", name="Toggle dropdown").or_(
        page.get_by_role("button", name="More actions")
    ).first.click()
    follow(page.get_by_role("button", name="Approve", exact=True))
    expect(page.get_by_text(re.compile("has been updated")).first).to_be_visible()
    assert "now in plainer words" in visitor.visit(address).content()
