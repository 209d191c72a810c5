"""An official goes from an empty page to an open consultation; a second person approves it."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.conftest import follow
from tests.browser.test_approving import asked_of

EDITOR, APPROVER = "editor@demo.example", "approver@demo.example"
QUESTIONS = "questionnaire_parts-0-value-questions"
CHOICES = ["Every month", "Every year", "Never"]
# Every kind by the name that editors see, with what it offers.
KINDS: dict[str, dict[str, list[str]]] = {
    "Yes or no": {},
    "Long text": {},
    "Short text": {},
    "One choice": {"options": CHOICES},
    "Many choices": {"options": CHOICES},
    "Scale": {},
    "Ranking": {"options": CHOICES},
    "Matrix": {"rows": ["Checklists", "Case studies"], "options": ["Useful", "Not useful"]},
    "Number": {},
    "Date": {},
    "Files": {},
}
PLACE = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from consultations.calls.models import ConsultationIndexPage
def day(weeks): return f"{timezone.now() + timedelta(weeks=weeks):%Y-%m-%d}"
print(ConsultationIndexPage.objects.get(locale__language_code="en").pk, day(-15), day(11), day(13))
"""


@pytest.fixture(scope="module")
def place(portal):
    """Where consultations are added; a day long ago, one that is too soon, one far enough."""
    return asked_of(portal, ["-c", PLACE]).split()


def appears(what: Locator) -> bool:
    """Say whether something comes within a few seconds."""
    with suppress(TimeoutError):
        what.wait_for(timeout=4_000)
    return what.is_visible()


def insert(page: Page, name: str, kind: str = "") -> str:
    """Add a block at the end of a stream or list; return the name of the new one."""
    count = page.locator(f"[name='{name}-count']")
    number = count.input_value()
    of_list = "./following-sibling::div[1]/button"
    button = count.locator(f"xpath=./following-sibling::div[1]/div/button | {of_list}").last
    button.click()
    if kind:
        option = page.get_by_role("option", name=kind, exact=True)
        if not appears(option):  # pressed before the editor's script was there
            button.click()
        option.click()
    expect(count).not_to_have_value(number)
    return f"{name}-{number}"


def fill(page: Page, name: str, value: str) -> None:
    page.locator(f"[name='{name}']").fill(value)


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=re.compile(f"^{name}"))


def ask(page: Page, kind: str, text: str, **lists: list[str]) -> str:
    """Add a question of a kind; `lists` are what it offers."""
    name = insert(page, QUESTIONS, kind)
    fill(page, f"{name}-value-text", text)
    for part, labels in lists.items():
        of_list = f"{name}-value-{part}"
        for number, label in enumerate(labels):
            if page.locator(f"[name='{of_list}-{number}-value']").count() == 0:
                insert(page, of_list)
            fill(page, f"{of_list}-{number}-value", label)
    return name


def ask_only_where(page: Page, name: str, earlier: str, answer: str) -> None:
    """Have a question depend on the answer to an earlier one, which is chosen by its words."""
    field = page.locator(f"[name='{name}-value-condition-question']")
    panel = field.locator("xpath=ancestor::section[1]")
    panel.locator("[data-panel-toggle]").first.click()
    panel.locator("select[id$='-condition-question-list']").select_option(label=earlier)
    panel.get_by_label(answer, exact=True).check()


def attach(page: Page, title: str) -> None:
    """Add a file to the page, uploaded where it is chosen."""
    page.get_by_role("button", name="Add Document").click()
    page.get_by_role("button", name="Choose a document").click()
    chooser = page.locator(".modal-dialog")
    chooser.get_by_role("tab", name="Upload").click()
    chooser.get_by_label("Title").fill(title)
    content = {"name": "draft.txt", "mimeType": "text/plain", "buffer": b"What we would say."}
    chooser.locator("input[type=file]").set_input_files(content)
    chooser.get_by_role("button", name="Upload").click()
    expect(chooser).to_have_count(0)


def more(page: Page, action: str) -> Locator:
    """Open what stands beside the button that saves; return one of its actions."""
    button = page.get_by_role("button", name=re.compile(action)).last
    if not button.is_visible():
        page.get_by_role("button", name=re.compile("More actions|Toggle dropdown")).last.click()
    return button


def test_an_official_asks_the_public_and_a_second_person_approves(someone, place):
    index, long_ago, too_soon, ahead = place
    official = someone()
    official.sign_in(EDITOR)
    page = official.visit(f"/admin/pages/add/calls/consultationpage/{index}/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("textbox", name="Title").fill("What we should publish")
    follow(page.get_by_role("button", name="Save draft"))
    expect(page).to_have_url(re.compile(r"/edit/"))  # kept with a title alone
    page.wait_for_load_state("networkidle")
    address = page.url

    tab(page, "Questions").click()
    section = insert(page, "questionnaire_parts")
    fill(page, f"{section}-value-title", "Your practice")
    names = [ask(page, kind, f"A question of {kind}?", **lists) for kind, lists in KINDS.items()]
    ask_only_where(page, names[1], "1. A question of Yes or no?", "Yes")

    tab(page, "Documents").click()
    attach(page, "The draft in full")

    tab(page, "Dates and people").click()
    page.get_by_label("Time zone").fill("Brussels")
    page.get_by_role("textbox", name="Opens").fill(f"{long_ago} 09:00")
    page.get_by_label("Deadline").fill(f"{too_soon} 23:59")
    page.keyboard.press("Escape")
    follow(page.get_by_role("button", name="Save draft"))
    page.wait_for_load_state("networkidle")
    page.goto(address)  # what the page kept by itself in between is not from another window
    page.wait_for_load_state("networkidle")
    follow(more(page, "Submit to"))
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("could not be", exact=False).first).to_be_visible()
    tab(page, "Dates and people").click()
    expect(page.get_by_text("It is open for less than 12 weeks", exact=False)).to_be_visible()
    page.get_by_label("Deadline").fill(f"{ahead} 23:59")
    page.keyboard.press("Escape")
    for field in ("decided_already", "can_change", "who_decides"):
        expect(page.locator(f"[name={field}]")).to_have_attribute("aria-invalid", "true")
        fill(page, field, "What the guide says of publication; officials, in May.")

    tab(page, "About").click()
    for field in ("Summary", "Consulting body", "Background"):
        panel = page.locator("section.w-panel").filter(has=page.get_by_role("heading", name=field))
        expect(panel.get_by_text(re.compile("required|Fill this in")).first).to_be_visible()
    page.get_by_role("textbox", name="Summary").fill("What should officials publish, and when?")
    page.get_by_role("button", name="Choose an organisation").click()
    chooser = page.locator(".modal-dialog")
    chooser.get_by_label("Name").fill("secretariat")
    expect(chooser.locator("tbody tr")).to_have_count(1)
    chooser.get_by_role("link", name=re.compile("Secretariat")).click()
    expect(chooser).to_have_count(0)
    text = insert(page, "background", "Text")
    page.locator(f"[name='{text}-value']").locator("xpath=..").get_by_role("textbox").click()
    page.keyboard.type("Little is published today.")
    expect(page.locator(f"[name='{text}-value']")).to_have_value(re.compile("published today"))
    follow(more(page, "Submit to"))
    expect(page.get_by_text(re.compile("has been submitted"))).to_be_visible()

    approver = someone()
    approver.sign_in(APPROVER)
    page = approver.page
    page.goto(address)
    page.wait_for_load_state("networkidle")
    more(page, "Approve").click()
    follow(page.locator(".modal-dialog").get_by_role("button", name="Approve"))

    page = someone().visit("/en/consultations/what-we-should-publish/")
    expect(page.get_by_text("Open", exact=True).first).to_be_visible()
    for kind in KINDS:
        expect(page.get_by_text(f"A question of {kind}?").first).to_be_visible()
    expect(page.get_by_text(re.compile("Only (where|if)", re.I)).first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("The draft in full")).first).to_be_visible()
    assert long_ago.lstrip("0") not in page.content(), "it did not open before it was published"
