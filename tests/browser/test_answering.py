"""
Twenty questions answered in each lane against the real server, as three kinds of people do it.

And after them the rest of an answer's life: the receipt checked on a machine without any network,
and a moderator who accepts and cuts what waits for the close.
"""

import json
import re
import shutil
import subprocess
import sys
from functools import cache

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, ROOT, Visitor, follow
from tests.portal.files.samples import png

CALL = "/en/consultations/facial-recognition-due-diligence/"
RESPOND = CALL + "respond/"
REFERENCE = re.compile(r"ECHRI-\d{4}-\d{2}-\d{4,}")
SCRIPT = ROOT / "portal/record/verify.py"


# -- what somebody does on the pages of answering --------------------------------------------------


def asked(page: Page, number: int) -> Locator:
    """One question of a part, with everything that belongs to it."""
    return page.locator(f"#question-{number}")


def write(page: Page, number: int, text: str) -> None:
    asked(page, number).get_by_role("textbox").first.fill(text)


def choose(page: Page, number: int, label: str) -> None:
    question = asked(page, number)
    box = question.get_by_role("checkbox", name=label)
    box.or_(question.get_by_role("radio", name=label)).check()


def for_officials(page: Page, number: int) -> None:
    asked(page, number).locator("summary", has_text="Who may read this").click()
    asked(page, number).get_by_label(f"(question {number})").select_option("officials")


def press(page: Page, button: str) -> None:
    follow(page.get_by_role("main").get_by_role("button", name=button, exact=True))


def heading(page: Page, name: str) -> None:
    """Wait for the page with this heading."""
    expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()


def say_who(page: Page, how: str, speaks_as: str, **typed: str) -> None:
    """From the first page to the end of the page about the person."""
    page.get_by_label(how, exact=True).check()
    press(page, "Begin")
    heading(page, "Who responds")
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)
    page.get_by_label("You speak as").select_option(label=speaks_as)
    page.get_by_label("Language of your response").select_option("en")
    press(page, "Save and continue")
    if speaks_as == "Company":  # which is asked for whom it speaks, and need not say
        heading(page, "Who responds")
        press(page, "Save and continue")


def have_written_down(page: Page) -> None:
    """From the code, past the first part, to the list of tasks."""
    follow(page.get_by_role("button", name="I have written it down"))
    follow(page.get_by_role("link", name="Back to the list, without saving"))
    heading(page, "Your response")


def answer_all(page: Page, mark: str) -> None:
    """
    All twenty questions in their five parts, with a file, from the list of tasks.

    To where it is checked; back to the list, where others could sign too.
    """
    follow(page.get_by_role("link", name="You and biometric analytics"))
    first_part(page)
    scope_part(page, mark)
    delivery_part(page, mark)
    last_parts(page, mark)


def first_part(page: Page) -> None:
    heading(page, "You and biometric analytics")
    choose(page, 1, "Do research on them")
    choose(page, 1, "Other")
    asked(page, 1).get_by_label("In your own words").fill("We teach about them")
    choose(page, 2, "Yes")
    write(page, 3, "40")
    for name, text in (("Day", "3"), ("Month", "11"), ("Year", "2025")):
        asked(page, 4).get_by_label(name, exact=True).fill(text)
    press(page, "Save and continue")


def scope_part(page: Page, mark: str) -> None:
    heading(page, "Scope")
    write(page, 5, f"Models and data sets too, says {mark}. Ask Ms Perez of 4 High Street.")
    for row in ("one person", "many people", "emotions", "voice or gait"):
        cell = re.compile(f"{row}.*: More than the minimum")
        asked(page, 6).get_by_role("radio", name=cell).check()
    write(page, 7, "When the comparison cannot be seen.")
    press(page, "Save and continue")


def delivery_part(page: Page, mark: str) -> None:
    heading(page, "Before delivery")
    write(page, 8, f"Error rates for each group of people, says {mark}.")
    write(page, 9, "Who is compared with whom, and why.")
    for option, place in (("Asking for the purpose", "1"), ("Hearing those", "2")):
        asked(page, 10).get_by_label(re.compile(f"^{option}")).select_option(place)
    choose(page, 11, "Yes")
    write(page, 12, "Nobody would say whom it was for.")
    press(page, "Save and continue")


def last_parts(page: Page, mark: str) -> None:
    heading(page, "Watch lists and intermediaries")
    write(page, 13, f"A day on which an entry ends, says {mark}.")
    choose(page, 14, "4")
    write(page, 15, "By contracts that hand the questions on.")
    press(page, "Save and continue")
    heading(page, "A realistic minimum")
    choose(page, 16, "Yes, with stricter rules")
    write(page, 17, "One page, asked each time.")
    write(page, 18, "12.5")
    write(page, 19, "Before you look")
    asked(page, 20).locator("input[type=file]").set_input_files(
        {"name": "telling-name.png", "mimeType": "image/png", "buffer": picture()}
    )
    press(page, "Save and continue")


@cache
def picture() -> bytes:
    """A small picture that names its author."""
    return png()


def to_check(page: Page) -> Locator:
    """The way from the list of tasks to sending: a button once all is done, a link before."""
    by_name = {"name": "Check and send", "exact": True}
    return page.get_by_role("button", **by_name).or_(page.get_by_role("link", **by_name))


def send(page: Page, button: str = "Send") -> str:
    """From the list of tasks, or from where the answer is checked, to its reference."""
    if to_check(page).count():
        follow(to_check(page))
    heading(page, "Check your response")
    page.get_by_label("I have read what happens with my response").check()
    press(page, button)
    heading(page, "We have received your response")
    return REFERENCE.search(page.get_by_role("main").inner_text())[0]


def code_shown(page: Page) -> str:
    return page.locator(".code__value").inner_text()


def begin_without_a_name(visitor: Visitor) -> str:
    """A new answer of civil society, nameless, at its list of tasks; returns the code."""
    page = visitor.visit(RESPOND)
    say_who(page, "Without any name", "Civil society organisation")
    heading(page, "Write down your code")
    code = code_shown(page)
    have_written_down(page)
    return code


def go_on_with(visitor: Visitor, code: str) -> Page:
    """As on another machine: nothing is left in the browser but what was written down."""
    visitor.page.context.clear_cookies()
    page = visitor.visit(RESPOND + "resume/")
    page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    press(page, "Go on")
    return page


# -- three lanes -----------------------------------------------------------------------------------


def until_checked(page: Page, line: Locator) -> None:
    """Open the page again, as it says, until the file is checked."""
    for _time in range(40):
        if line.count():
            return
        page.wait_for_timeout(500)
        page.reload()


def test_civil_society_answers_without_a_name_and_without_an_account(someone):
    visitor = someone()
    code = begin_without_a_name(visitor)
    page = visitor.page
    follow(page.get_by_role("link", name="You and biometric analytics"))
    first_part(page)
    scope_part(page, "civil society")
    heading(page, "Before delivery")
    write(page, 8, "Not to be lost with the session.")
    press(page, "Save and return to the list")
    heading(page, "Your response")

    # R8: the session is lost in the middle, and the draft is not.
    page = go_on_with(visitor, code)
    heading(page, "Your response")
    follow(page.get_by_role("link", name="Before delivery"))
    expect(asked(page, 8).get_by_role("textbox").first).to_have_value(
        "Not to be lost with the session."
    )
    delivery_part(page, "civil society")
    last_parts(page, "civil society")
    heading(page, "Check your response")
    main = page.get_by_role("main")
    until_checked(page, main.get_by_text("Attachment 1 (PNG"))
    for line in ("We teach about them", "3 November 2025", "civil society", "Attachment 1 (PNG"):
        expect(main.get_by_text(line).first).to_be_visible()
    expect(main.get_by_text("telling-name")).to_have_count(0)
    reference = send(page)
    assert code_shown(page) == code
    page.emulate_media(media="print")
    for hidden in (page.get_by_role("heading"), page.get_by_text("Code in Practice")):
        assert not any(each.is_visible() for each in hidden.all())
    assert code_shown(page) == code
    page.emulate_media(media="screen")

    page = go_on_with(visitor, code)
    heading(page, "Status of your response")
    expect(page.get_by_text(reference).first).to_be_visible()
    press(page, "Change this response")
    follow(page.get_by_role("link", name="Scope"))
    write(page, 7, "When nobody says that there is a comparison.")
    press(page, "Save and return to the list")
    assert send(page) == reference
    page = go_on_with(visitor, code)
    heading(page, "Status of your response")
    expect(page.locator("dl").first).to_contain_text(re.compile(r"Version\s*2"))

    follow(page.get_by_role("link", name="Withdraw this response"))
    page.get_by_label("Yes, withdraw this response").check()
    press(page, "Withdraw")
    heading(page, "Status of your response")
    expect(page.get_by_text("Everything that you wrote is erased.")).to_be_visible()
    expect(page.get_by_text("We teach about them")).to_have_count(0)


def test_academia_answers_with_a_name_and_proves_it_without_a_network(someone, tmp_path):
    visitor = someone()
    visitor.sign_in("member@demo.example")
    page = visitor.visit(RESPOND)
    say_who(page, "With my name", "Academia", Your_name="Mika Member")
    heading(page, "Your response")
    answer_all(page, "academia")
    reference = send(page)
    page.emulate_media(media="print")
    expect(page.locator("svg.segno")).to_be_visible()
    page.emulate_media(media="screen")
    receipt, answers = tmp_path / "receipt.json", tmp_path / "answers.json"
    for link, path in (("Receipt (JSON)", receipt), ("Your answers as the receipt", answers)):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        download.value.save_as(path)
    page.goto(visitor.portal.at("/en/accounts/responses/"))
    expect(page.get_by_role("main")).to_contain_text(reference)

    export = tmp_path / "export"
    visitor.portal.manage("export_record", str(export))
    early = verified(str(export), "--receipt", str(receipt))
    assert early.returncode == 3, early.stdout + early.stderr
    visitor.portal.tomorrow("publish_roots")
    visitor.portal.manage("export_record", str(export))
    whole = verified(str(export), "--receipt", str(receipt), "--answers", str(answers))
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert "to the letter" in whole.stdout

    altered = tmp_path / "altered.json"
    altered.write_text(one_character_off(receipt.read_text()))
    refused = verified("--receipt", str(altered))
    assert refused.returncode == 1
    assert "does not hold" in refused.stdout

    someone_else = someone(javascript=False)
    for path, words in (
        (receipt, "complete and unchanged."),
        (altered, "does not match the record"),
    ):
        page = someone_else.visit("/record/verify/")
        page.get_by_label("Or paste the receipt").fill(path.read_text())
        follow(page.get_by_role("button", name="Verify"))
        expect(page.get_by_role("heading", name=words)).to_be_visible()
        page.goto(visitor.portal.at("/record/verify/"))
        page.get_by_label("Choose the file of your receipt").set_input_files(path)
        follow(page.get_by_role("button", name="Verify"))
        expect(page.get_by_role("heading", name=words)).to_be_visible()


def verified(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The script by itself: no packages of ours, no environment, and no network where it can be."""
    command = [sys.executable, "-I", str(SCRIPT), *arguments]
    alone = ["unshare", "-rn"]
    if shutil.which("unshare") and not subprocess.run([*alone, "true"], check=False).returncode:
        command = [*alone, *command]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd="/")


def one_character_off(text: str) -> str:
    """The receipt with another last character of what it says was written."""
    receipt = json.loads(text)
    digest = receipt["statement"]["content_digest"]
    receipt["statement"]["content_digest"] = digest[:-1] + ("0" if digest[-1] != "0" else "1")
    return json.dumps(receipt)


def test_a_company_keeps_two_answers_for_officials(someone):
    visitor = someone()
    page = visitor.visit(RESPOND)
    say_who(page, "With my organisation's name only", "Company", Your_organisation="Lens Works")
    heading(page, "Write down your code")
    have_written_down(page)
    answer_all(page, "the company")
    follow(page.get_by_role("link", name="Before delivery"))
    for number in (8, 12):
        for_officials(page, number)
    press(page, "Save and return to the list")
    follow(to_check(page))
    left = page.get_by_role("region", name="Before you can send it")
    expect(left).to_contain_text("Give a public version, a justification and a ground")
    expect(page.get_by_role("button", name="Send", exact=True)).to_have_count(0)

    follow(left.get_by_role("link"))
    heading(page, "Answers for officials only")
    expect(page.get_by_text("but cannot promise to follow it")).to_be_visible()
    page.get_by_label("Why must these answers stay").fill("A competitor could tell our buyers.")
    page.get_by_label("Public version of your answer to question 8").fill("We test each group.")
    press(page, "Save and continue")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("Choose a ground.")
    expect(page.get_by_role("alert")).to_contain_text("answer to question 12")
    expect(page.get_by_label("Public version of your answer to question 8")).to_have_value(
        "We test each group."
    )
    page.get_by_role("radio").first.check()
    page.get_by_label("Public version of your answer to question 12").fill("A refusal to say.")
    press(page, "Save and continue")
    heading(page, "Check your response")
    expect(page.get_by_role("main")).to_contain_text("A competitor could tell our buyers.")
    expect(
        page.get_by_text("cannot guarantee confidentiality")
        .or_(page.get_by_text("cannot promise"))
        .first
    ).to_be_visible()
    assert REFERENCE.fullmatch(send(page))


def test_everything_works_without_javascript(someone):
    visitor = someone(javascript=False, viewport=PHONE)
    code = begin_without_a_name(visitor)
    page = visitor.page
    follow(to_check(page))
    expect(page.get_by_role("region", name="Before you can send it")).to_contain_text(
        "Answer question 5"
    )
    follow(page.get_by_role("link", name=re.compile("^Answer question 5")))
    write(page, 5, "word " * 401)
    press(page, "Save and return to checking")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("1 word too long")
    expect(asked(page, 5).get_by_role("textbox").first).to_have_value(re.compile("^word word"))
    write(page, 5, "Short enough.")
    press(page, "Save and return to checking")
    follow(page.get_by_role("link", name="Back to the list"))
    answer_all(page, "no script")
    reference = send(page)
    page = go_on_with(visitor, code)
    heading(page, "Status of your response")
    expect(page.get_by_text(reference).first).to_be_visible()


# -- by keyboard alone -----------------------------------------------------------------------------


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted control has the focus."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    pytest.fail(f"Tab does not lead to {wanted}")


def test_a_part_is_filled_in_by_keyboard_alone(someone):
    visitor = someone()
    begin_without_a_name(visitor)
    page = visitor.page
    tab_to(page, page.get_by_role("link", name="You and biometric analytics"))
    page.keyboard.press("Enter")
    heading(page, "You and biometric analytics")
    tab_to(page, asked(page, 1).get_by_label("Do research on them"))
    page.keyboard.press("Space")
    tab_to(page, asked(page, 1).get_by_label("Other"))
    page.keyboard.press("Space")
    tab_to(page, asked(page, 1).get_by_label("In your own words"))
    page.keyboard.type("We teach about them")
    tab_to(page, asked(page, 2).get_by_label("Yes"))
    page.keyboard.press("Space")
    tab_to(page, asked(page, 3).get_by_role("textbox"))
    page.keyboard.type("40")
    for name, text in (("Day", "3"), ("Month", "11"), ("Year", "2025")):
        tab_to(page, asked(page, 4).get_by_label(name, exact=True))
        page.keyboard.type(text)
    tab_to(page, page.get_by_role("button", name="Save and continue"))
    page.keyboard.press("Enter")
    heading(page, "Scope")
    page.go_back()
    expect(asked(page, 4).get_by_label("Year", exact=True)).to_have_value("2025")
    expect(asked(page, 1).get_by_label("In your own words")).to_have_value("We teach about them")


# -- afterwards ------------------------------------------------------------------------------------


def test_a_moderator_accepts_and_cuts_and_nothing_is_published_before_the_close(someone):
    visitor = someone()
    begin_without_a_name(visitor)
    answer_all(visitor.page, "nobody")
    reference = send(visitor.page)

    moderator = someone()
    moderator.sign_in("moderator@demo.example")
    page = moderator.visit(f"/admin/responses/?q={reference}")
    follow(page.get_by_role("link", name=reference))
    follow(page.get_by_role("button", name="Accept: Public"))
    expect(page.get_by_text(f"{reference} · Accepted: Public")).to_be_visible()
    follow(page.get_by_role("link", name=reference))
    follow(page.get_by_role("link", name=re.compile("Leave passages out ?: answer 5")))
    words = page.get_by_label("Text of the public copy")
    words.fill(words.input_value().replace("Ms Perez of 4 High Street", "[[personal-data]]"))
    follow(page.get_by_role("button", name="Change the public copy"))
    expect(page.get_by_text("The public copy was changed.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    follow(page.get_by_role("link", name="See it as its readers do"))
    main = page.get_by_role("main")
    expect(main.locator("mark")).to_have_text("[[personal-data]]")
    expect(main).not_to_contain_text("Perez")
    page = moderator.visit("/admin/responses/publish/")
    expect(page.get_by_text("wait for the close").first).to_be_visible()
    reader = someone(javascript=False)
    assert reader.page.goto(reader.portal.at(f"/r/{reference}")).status == 404
