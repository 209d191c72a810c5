"""Every page of an answer's life, right and in error: no fault that axe knows, none too wide."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, follow
from tests.browser.test_answering import (
    RESPOND,
    answer_all,
    asked,
    begin_without_a_name,
    for_officials,
    go_on_with,
    have_written_down,
    heading,
    press,
    send,
    write,
)
from tests.browser.test_pages import faults
from tests.browser.test_walk import code_from_mail

ENDED = "/en/consultations/capacity-building-priorities/responses/"


def good(page: Page) -> None:
    """Fails unless the page that is shown has no fault, at any width, in either direction."""
    assert faults(page) == [], page.url


def wrong(page: Page, button: str) -> None:
    """Press a button that cannot be obeyed: the page says so, and has no other fault."""
    press(page, button)
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_be_visible()
    good(page)


@pytest.mark.parametrize(
    ("path", "button"),
    [
        (RESPOND + "identity/", "Continue"),
        (RESPOND + "resume/", "Go on"),
        (RESPOND + "upload/", "Read the form"),
        ("/en/consultations/capacity-building-priorities/respond/late/", "Continue"),
        ("/record/verify/", "Verify"),
    ],
)
def test_an_empty_form_says_what_is_missing(someone, path, button):
    page = someone(viewport=PHONE).visit(path)
    wrong(page, button)


def test_writing(someone):
    visitor = someone(viewport=PHONE)
    begin_without_a_name(visitor)
    page = visitor.page
    good(page)
    for name in ("code/", "identity/", "discard/", "part/1/"):
        good(visitor.visit(RESPOND + name))
    page.get_by_label("Yes").first.check()
    write(page, 3, "half")
    asked(page, 4).get_by_label("Day", exact=True).fill("99")
    wrong(page, "Save and continue")
    for number in (2, 3, 4, 5):
        good(visitor.visit(f"{RESPOND}part/{number}/"))
    write(page, 19, "x" * 61)
    asked(page, 20).locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"MZ, not a picture"}
    )
    for_officials(page, 17)
    write(page, 17, "A secret.")
    wrong(page, "Save and continue")
    good(visitor.visit(RESPOND + "check/"))
    good(visitor.visit(RESPOND + "confidentiality/"))
    wrong(page, "Save and continue")
    visitor.visit(RESPOND + "discard/")
    wrong(page, "Erase")


def test_signing_together(someone):
    visitor = someone(viewport=PHONE)
    page = visitor.visit(RESPOND)
    wrong(page, "Begin")
    page.get_by_label("With my name", exact=True).check()
    press(page, "Continue")
    good(page)
    wrong(page, "Save and continue")
    page.get_by_label("Your name").fill("Ada Vrba")
    page.get_by_label("You speak as").select_option(label="Academia")
    page.get_by_label("Language of your response").select_option("en")
    press(page, "Save and continue")
    have_written_down(page)
    answer_all(page, "two of us")
    good(visitor.visit(RESPOND + "signatories/"))
    wrong(page, "Add, and make their links")
    page.get_by_label("Name", exact=True).fill("Nils Berg")
    press(page, "Add, and make their links")
    shown = page.get_by_text(re.compile("/respond/sign/[0-9a-z]+/")).first
    link = re.search(r"/en/\S+/sign/\w+/", shown.inner_text())[0]
    good(page)
    signatory = someone(viewport=PHONE)
    good(signatory.visit(link))
    wrong(signatory.page, "Send me a code")
    signatory.page.get_by_label("With my name: it is published").check()
    signatory.page.get_by_label("Your own e-mail address").fill("nils@people.example")
    press(signatory.page, "Send me a code")
    good(signatory.page)
    signatory.page.get_by_label("Code from the e-mail").fill(
        code_from_mail(signatory, "nils@people.example")
    )
    press(signatory.page, "Confirm: I sign this response")
    expect(signatory.page.get_by_text("You have confirmed")).to_be_visible()
    good(signatory.page)
    assert signatory.page.goto(visitor.portal.at(link[:-9] + "xxxxxxxx/")).status == 404
    good(signatory.page)


def test_hearing_of_an_answer_by_mail(someone):
    visitor = someone(viewport=PHONE)
    code = begin_without_a_name(visitor)
    answer_all(visitor.page, "somebody")
    send(visitor.page)
    page = go_on_with(visitor, code)
    follow(page.get_by_role("link", name="Get news about your response by e-mail"))
    good(page)
    wrong(page, "Send me a code")
    page.get_by_label("E-mail address").fill("somebody@people.example")
    page.get_by_label("I have read what a mail tells others").check()
    press(page, "Send me a code")
    good(page)
    wrong(page, "Confirm the address")
    page.get_by_label("Code from the e-mail").fill(
        code_from_mail(visitor, "somebody@people.example")
    )
    press(page, "Confirm the address")
    expect(page.get_by_text("Mail is on")).to_be_visible()
    good(page)
    press(page, "Turn mail off and erase my address")
    expect(page.get_by_text("Mail is off")).to_be_visible()


def test_after_sending(someone):
    visitor = someone(viewport=PHONE)
    code = begin_without_a_name(visitor)
    page = visitor.page
    answer_all(page, "whoever")
    visitor.visit(RESPOND + "check/")
    good(page)
    press(page, "Send")
    expect(page).to_have_title(re.compile("^Error: "))
    good(page)
    reference = send(page)
    good(page)
    page = go_on_with(visitor, code)
    good(page)
    good(visitor.visit(RESPOND + "withdraw/"))
    wrong(page, "Withdraw")

    moderator = someone()
    moderator.sign_in("moderator@demo.example")
    staff = moderator.visit(f"/admin/responses/{reference}/")
    staff.locator("summary", has_text="Ask for clarification").click()
    staff.get_by_label("Your question").fill("Which group of people?")
    follow(staff.get_by_role("button", name="Propose the question"))
    expect(staff.get_by_text(f"{reference} · Proposed a question")).to_be_visible()
    somebody_else = someone()
    somebody_else.sign_in("second@demo.example")
    second = somebody_else.visit(f"/admin/responses/{reference}/")
    second.locator("summary", has_text=re.compile("^Send the question")).click()
    follow(second.get_by_role("button", name="Send the question"))
    staff.goto(moderator.portal.at(f"/admin/responses/{reference}/"))
    good(visitor.visit(RESPOND + "status/"))
    wrong(page, "Send your response")

    follow(staff.get_by_role("button", name="Accept: Public"))
    page = go_on_with(visitor, code)
    heading(page, "Status of your response")
    press(page, "Publish mine even if it is the only one without a name")
    expect(page.get_by_text("It may be published even then.")).to_be_visible()
    good(page)
    visitor.visit(RESPOND + "withdraw/")
    good(page)
    page.get_by_label("Yes, withdraw this response").check()
    press(page, "Withdraw")
    heading(page, "Status of your response")
    good(page)
    assert page.goto(visitor.portal.at(f"/r/{reference}")).status == 404


def test_published_responses(someone):
    visitor = someone(viewport=PHONE)
    page = visitor.visit(ENDED)
    found = visitor.page.request.get(visitor.portal.at(ENDED + "export.json")).json()
    cut = next(each for each in listed(found) if "[left out:" in str(each))
    visitor.visit(f"/r/{cut['reference']}")
    expect(page.locator("mark.redaction").first).to_be_visible()
    good(page)
    follow(page.get_by_role("link", name="Report that this was falsely sent in your name"))
    good(page)
    wrong(page, "Send the report")
    page.get_by_label("What is wrong?").fill("I never wrote this.")
    press(page, "Send the report")
    expect(page).to_have_url(re.compile("/dispute/sent/"))
    good(page)


def listed(exported: object) -> list[dict]:
    return exported["responses"] if isinstance(exported, dict) else exported


def test_the_pages_of_those_who_screen(someone):
    """Ours of the admin: Wagtail's own parts are Wagtail's."""
    visitor = someone(viewport=WIDE)
    visitor.sign_in("moderator@demo.example")
    page = visitor.visit("/admin/responses/")
    ours(page, "#listing-results")
    page.goto(visitor.portal.at("/admin/responses/?status=accepted"))
    follow(page.locator("#listing-results .listing-row h2 a").first)
    ours(page, ".screening-page")
    # An answer without words has another form: it is left out whole.
    cuts = page.get_by_role("link", name=re.compile("^Leave passages out"))
    for address in [each.get_attribute("href") for each in cuts.all()]:
        page.goto(visitor.portal.at(address))
        if page.get_by_label("Text of the public copy").count():
            break
    ours(page, ".screening-alone")
    page.get_by_label("Text of the public copy").fill("Quite another text.")
    follow(page.get_by_role("button", name="Change the public copy"))
    ours(page, ".screening-alone")
    page.goto(visitor.portal.at("/admin/answers/"))
    ours(page, "main")
    page.goto(visitor.portal.at("/admin/responses/publish/"))
    ours(page, ".screening-alone")
    # Nothing was ticked, so this leads back, with a message in Wagtail's own colours.
    page.goto(visitor.portal.at("/admin/responses/several/accept/"))
    ours(page, "#listing-results")


def ours(page: Page, part: str) -> None:
    expect(page.locator(part).first).to_be_visible()
    found = Axe().run(page, context=part).response["violations"]
    assert [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]] == []
