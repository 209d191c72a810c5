"""A guide kept true: started, changed, checked, found still true, ended; and used by a reader."""

import json
import re
from urllib.parse import quote

import rispy
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, follow

EDITOR, APPROVER = "editor@demo.example", "approver@demo.example"
GUIDE = "/en/guides/reading-a-licensing-policy/"
TITLE = "Reading a licensing policy"


def editing(staff, title=TITLE):
    """Open a guide in the editor, from the search for its title."""
    page = staff.visit(f"/admin/pages/search/?q={quote(title)}")
    follow(page.get_by_role("link", name=re.compile(title)).first)
    page.wait_for_load_state("networkidle")
    return page


def press_in_footer(page, name):
    """Press one of the buttons that the small arrow beside “Save draft” opens."""
    button = page.locator("footer").get_by_role("button", name=name)
    if not button.is_visible():
        page.locator("footer").get_by_role("button", name="More actions").click()
    follow(button)


def test_an_editor_starts_each_kind_of_guide_from_its_parts(someone):
    editor = someone()
    editor.sign_in(EDITOR)
    page = editor.visit("/admin/pages/usage/guides/guideindexpage/")
    follow(page.get_by_role("link", name="Good practice").first)
    address = re.sub(r"pages/(\d+).*", r"pages/add/guides/guidepage/\1/", page.url)
    page.goto(address)
    kinds = page.locator("main .listing a")
    addresses = [kind.get_attribute("href") for kind in kinds.all()]
    assert len(addresses) > 8
    for kind in addresses[:-1]:
        page.goto(address + kind)
        expect(page.locator(".w-tabs")).to_be_visible()
        assert "✎" in page.locator("#panel-child-text-body-content").inner_html(), kind
    page.goto(address + addresses[-1])
    expect(page.locator("#id_title")).to_be_empty()


def test_a_guide_is_changed_compared_and_found_still_true(someone):
    editor, approver, reader = someone(), someone(), someone(javascript=False, viewport=PHONE)
    editor.sign_in(EDITOR)
    approver.sign_in(APPROVER)

    page = editing(editor)
    summary = page.locator("#id_summary")
    summary.fill(summary.input_value() + " Read it first.")
    press_in_footer(page, re.compile("^Submit to"))
    expect(page.get_by_text("Say what changed since the version that readers have")).to_be_visible()
    page.get_by_label("What changed").fill("The summary says when to read it.")
    press_in_footer(page, re.compile("^Submit to"))

    page = editing(approver)
    press_in_footer(page, re.compile("^Approve$"))

    page = reader.visit(GUIDE)
    follow(page.get_by_role("link", name="Version 2"))
    expect(page.get_by_text("The summary says when to read it.")).to_be_visible()
    follow(page.get_by_role("link", name="See what changed").first)
    expect(page.locator("ins", has_text="Read it first.")).to_be_visible()

    page = editor.visit(f"/admin/pages/search/?q={quote(TITLE)}")
    found = page.get_by_role("link", name=re.compile(TITLE)).first.get_attribute("href")
    number = re.search(r"pages/(\d+)/", found)[1]
    page = editor.visit(f"/admin/guides/{number}/still-true/")
    page.get_by_label("I read it against its sources and it is still true").check()
    page.get_by_label("Note").fill("Compared with the consolidated text.")
    follow(page.get_by_role("button", name="Ask a second person"))
    page = approver.visit("/admin/")
    follow(page.get_by_role("link", name=re.compile(TITLE)).first)
    expect(page.get_by_text("Compared with the consolidated text.")).to_be_visible()
    follow(page.get_by_role("button", name="Confirm", exact=True))
    expect(reader.visit(GUIDE).get_by_role("link", name="Version 2")).to_be_visible()


def test_two_experts_check_facts_and_readers_learn_who(someone):
    editor = someone()
    editor.sign_in(EDITOR)
    page = editing(editor, "Who else touches it")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    follow(page.get_by_role("link", name="Have facts checked"))
    page.get_by_label("Title of the round").fill("Before the review")
    page.get_by_label("Deadline").fill("2031-01-15")
    page.get_by_label("What to look at").fill("Are the dates right?")
    page.get_by_label("Whom experts write to").fill("desk@demo.example")
    name_expert(page, "Amina Bello", "first")
    follow(page.get_by_role("button", name="Have facts checked"))
    follow(page.get_by_role("link", name="Ask one more expert"))
    name_expert(page, "Ines Duarte", "second")
    follow(page.get_by_role("button", name="Ask", exact=False).last)
    round_of_checks = page.url
    editor.portal.manage("send_notifications")

    for who, verdict in (("first", "Correct"), ("second", "Incorrect")):
        expert = someone(javascript=False, viewport=PHONE)
        page = expert.visit("/demo/mail/")
        mail = page.locator("article, section, li, pre", has_text=f"{who}@experts.example").last
        link = re.search(r"http\S+/fact-check/\S+", mail.inner_text())[0]
        page.goto(link)
        assert not expert.page.context.cookies()
        for section in page.locator("form fieldset", has_text="your verdict").all():
            section.get_by_label(verdict, exact=True).check()
        if verdict == "Incorrect":
            for wrong in page.get_by_label(re.compile("what is wrong")).all():
                wrong.fill("The year is another.")
        page.get_by_label(re.compile("with my name and affiliation")).check()
        follow(page.get_by_role("button", name="Send the check"))
        expect(page.get_by_text("You sent this check")).to_be_visible()

    editor.page.goto(round_of_checks)
    expect(editor.page.get_by_text("The year is another.").first).to_be_visible()
    reader = someone(javascript=False)
    page = reader.visit("/en/guides/who-else-touches-it/")
    expect(page.get_by_text("Facts checked by Amina Bello")).to_be_attached()
    assert "Ines Duarte" not in page.content()


def name_expert(page, name, mailbox):
    page.get_by_label("Name of the expert").fill(name)
    page.get_by_label("Affiliation").fill("Institute (invented)")
    page.get_by_label("E-mail address").fill(f"{mailbox}@experts.example")
    page.get_by_label("Language of the mail and of the page").select_option("en")


def test_a_guide_gives_way_to_another_by_two_people(someone):
    editor, approver, reader = someone(), someone(), someone(javascript=False)
    editor.sign_in(EDITOR)
    approver.sign_in(APPROVER)
    page = editing(editor, "Brokers: people who never see")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    follow(page.get_by_role("link", name="Ask to unpublish"))
    page.get_by_label(re.compile("Superseded")).check()
    successor = page.get_by_label("What takes its place")
    option = successor.locator("option", has_text="Three ministries, one table").first
    successor.select_option(value=option.get_attribute("value"))
    page.get_by_label("Why should it be unpublished?").fill("The outline has all of it.")
    follow(page.get_by_role("button", name="Ask", exact=True))

    page = approver.visit("/admin/")
    follow(page.get_by_role("link", name=re.compile("Brokers: people who never see")).first)
    page.get_by_label(re.compile("Unpublish the page now")).check()
    follow(page.locator("main").get_by_role("button").last)

    page = reader.visit("/en/guides/brokers-who-never-see-the-goods/")
    expect(page.get_by_text("The outline has all of it.")).to_be_visible()
    follow(page.get_by_role("link", name=re.compile("Three ministries, one table")).first)
    page = reader.visit("/en/guides/")
    assert "Brokers: people who never see" not in page.content()


def test_a_reader_takes_a_guide_along_and_says_what_is_missing(someone, portal):
    portal.manage("make_guide_files")
    reader = someone(javascript=False, viewport=PHONE)
    page = reader.visit(GUIDE)
    page.locator(".guide__about summary").first.click()
    with page.expect_download() as taken:
        page.locator("#guide-take-along ~ * a, a[href$='.pdf']").first.click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")

    with page.expect_download() as taken:
        page.locator("a[href$='/sources/reference.ris']").click()
    entries = rispy.loads(taken.value.path().read_text(encoding="utf-8-sig"))
    assert any("2021/821" in json.dumps(entry) for entry in entries)

    form = page.locator("section", has=page.locator("#guide-useful"))
    form.get_by_label("No", exact=True).check()
    form.get_by_label("What is missing?").fill("A table of deadlines.")
    follow(form.get_by_role("button", name="Send"))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert not page.context.cookies()

    editor = someone()
    editor.sign_in(EDITOR)
    page = editor.visit("/admin/feedback/")
    expect(page.get_by_text("A table of deadlines.").first).to_be_visible()
