"""
Takes the handbook's pictures from a running demonstration: `make run` in one terminal, then

    .venv/bin/python docs/handbook/make_pictures.py http://127.0.0.1:8000

Names after the address take these pictures alone. Needs what `make test` installs, and a Chromium
(CHROMIUM= names another than the first found). Nothing is sent, so the demonstration stays as it
was, but for what its list says of which responses their moderator has opened.
"""

import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

PICTURES = Path(__file__).with_name("pictures")
PASSWORD = "code-in-practice"  # noqa: S105 -- printed by `make run` for everybody
COLOURS = 128
LARGEST = 60_000
SELECT_TWO_WORDS = """(field, nth) => {
  const words = [...field.value.matchAll(/\\S+/g)];
  field.focus();
  field.setSelectionRange(words[nth].index, words[nth + 1].index + words[nth + 1][0].length);
}"""
# Where a page of the admin begins beside its menu, and how wide it is.
LEFT, WIDTH = 200, 1080

Take = Callable[[Page], Locator | dict[str, float]]
TAKEN: list[tuple[str, str, Take]] = []


def picture(name: str, by: str) -> Callable[[Take], Take]:
    """Note a function that leads to a picture and returns what is on it: an element or a part."""

    def note(take: Take) -> Take:
        TAKEN.append((name, by, take))
        return take

    return note


def top(height: float, y: float = 0) -> dict[str, float]:
    """Return the part of the page beside the menu, as high as is said."""
    return {"x": LEFT, "y": y, "width": WIDTH, "height": height}


def around(*elements: Locator) -> dict[str, float]:
    """Return the part of the page in which these elements are; all of them must be in view."""
    boxes = [box for each in elements if (box := each.bounding_box())]
    upper = min(box["y"] for box in boxes) - 12
    lower = max(box["y"] + box["height"] for box in boxes) + 12
    return top(lower - upper, upper)


def edit(page: Page, kind: str, title: str) -> None:
    """Open a page of the site in its editor, from the list of all pages of its kind."""
    page.goto(f"/admin/pages/usage/{kind}/")
    page.get_by_role("link", name=title).first.click()
    page.locator(".w-tabs").wait_for()


def open_response(page: Page, status: str, words: str = "") -> None:
    """Open the first response of a status in which these words stand."""
    page.goto("/admin/responses/")
    page.locator(".listing-counts").get_by_role("link", name=status, exact=True).click()
    page.locator(".listing-row", has_text=words).first.get_by_role("heading").click()
    page.locator(".desk-bar").wait_for()


@picture("ask-tabs", by="editor")
def tabs(page: Page) -> dict[str, float]:
    edit(page, "calls/consultationpage", "Human rights risk indicators")
    return top(460)


@picture("ask-condition", by="editor")
def condition(page: Page) -> dict[str, float]:
    page.set_viewport_size({"width": 1280, "height": 6000})
    edit(page, "calls/consultationpage", "Facial recognition")
    page.get_by_role("tab", name="Questions").click()
    said = page.locator(".condition-said", has_text=re.compile(r"\w")).first
    question, block = (said.locator(f"xpath=ancestor::section[{up}]") for up in (2, 1))
    for closed in (question, block):
        toggle = closed.locator("[data-panel-toggle]").first
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
    block.get_by_role("checkbox").first.wait_for()
    return around(block)


@picture("screen-response", by="moderator")
def screening(page: Page) -> dict[str, float]:
    page.set_viewport_size({"width": 1280, "height": 760})
    open_response(page, "To be screened", "Facial recognition")
    return top(760)


@picture("screen-second", by="second")
def second_person(page: Page) -> dict[str, float]:
    page.goto("/admin/responses/second/")
    return top(240)


@picture("redact-form", by="moderator")
def redacting(page: Page) -> dict[str, float]:
    """Two marks, which are not kept: the form is not sent."""
    open_response(page, "Accepted", "English")
    long_answer = page.locator(".screening-answer").filter(has=page.locator("p", has_text=". "))
    long_answer.get_by_role("link", name="Leave passages out").first.click()
    field = page.get_by_label("Text of the public copy")
    for nth, reason in ((4, "personal data"), (9, "security")):
        field.evaluate(SELECT_TWO_WORDS, nth)
        page.get_by_role("button", name=reason).click()
    return top(560)


@picture("redact-translate", by="moderator")
def translating(page: Page) -> dict[str, float]:
    open_response(page, "Accepted", "Only in translation")
    page.get_by_role("link", name="Translate").first.click()
    page.get_by_label("Language of the translation").wait_for()
    return top(620)


@picture("answer-publish", by="moderator")
def publishing(page: Page) -> dict[str, float]:
    page.goto("/admin/responses/publish/")
    return top(510)


@picture("answer-remove", by="moderator")
def removing(page: Page) -> Locator:
    page.set_viewport_size({"width": 1280, "height": 1300})
    open_response(page, "Published", "English")
    page.locator("summary", has_text="Remove from publication").click()
    return page.locator(".desk-act[open] form")


@picture("guide-review", by="editor")
def review(page: Page) -> dict[str, float]:
    edit(page, "guides/guidepage", "Giving reasons for a refusal")
    page.get_by_role("tab", name="Source and review").click()
    return top(490)


@picture("guide-approve", by="approver")
def approving(page: Page) -> dict[str, float]:
    page.goto("/admin/")
    page.get_by_role("link", name="The Wassenaar best-practice").first.click()
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve", exact=True).wait_for()
    return {"x": LEFT, "y": 740, "width": 480, "height": 260}


@picture("keep-due", by="editor")
def due(page: Page) -> dict[str, float]:
    page.goto("/admin/reports/guides-due/")
    return top(260)


@picture("keep-notes", by="editor")
def notes(page: Page) -> Locator:
    edit(page, "guides/guidepage", "End-use checks")
    heading = page.get_by_role("heading", name="Change note", exact=True)
    return page.locator("section.w-panel", has=heading).last


@picture("keep-still-true", by="editor")
def still_true(page: Page) -> dict[str, float]:
    page.goto("/admin/reports/guides-due/")
    page.locator("tbody").get_by_role("link").first.click()
    page.get_by_role("button", name="Ask a second person").wait_for()
    return top(720)


@picture("take-down", by="editor")
def take_down(page: Page) -> dict[str, float]:
    edit(page, "guides/guidepage", "End-use checks")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Ask to unpublish").first.click()
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    return top(720)


@picture("guide-files", by="editor")
def files(page: Page) -> dict[str, float]:
    edit(page, "guides/guidepage", "Giving reasons for a refusal")
    page.get_by_role("tab", name="Sources and files").click()
    return top(620)


@picture("access-people", by="admin")
def people(page: Page) -> dict[str, float]:
    page.goto("/admin/users/")
    return top(600)


@picture("access-clearances", by="admin")
def clearances(page: Page) -> dict[str, float]:
    page.goto("/admin/clearances/")
    return top(700)


@picture("translate-text", by="editor")
def translating_a_consultation(page: Page) -> dict[str, float]:
    edit(page, "calls/consultationpage", "Human rights risk indicators")
    page.goto(f"/admin/consultations/{re.findall('[0-9]+', page.url)[-1]}/texts/fr/")
    return top(620)


@picture("translations-table", by="editor")
def translations(page: Page) -> dict[str, float]:
    page.goto("/admin/reports/translations/")
    return top(640)


@picture("translations-text", by="editor")
def text_in_french(page: Page) -> dict[str, float]:
    page.goto("/admin/reports/translations/fr/before_you_answer/")
    return top(940)


@picture("translate-beside", by="editor")
def beside(page: Page) -> dict[str, float]:
    page.goto("/admin/reports/page-translations/")
    page.get_by_role("link", name="Contacto").first.click()
    page.locator(".texts").wait_for()
    return top(560)


def sign_in(browser: Browser, base: str, name: str) -> BrowserContext:
    """Return a browser in which one of the demonstration's people is signed in."""
    context = browser.new_context(base_url=base, viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.goto("/en/accounts/login/")
    page.get_by_label("E-mail address").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Your account", exact=True).wait_for()
    page.close()
    return context


def keep(name: str, taken: bytes) -> None:
    """Write a picture in few colours, so that the repository stays small."""
    file = PICTURES / f"{name}.png"
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS).save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        sys.exit(f"{file.name} has {file.stat().st_size} bytes: show less on it.")


def main(base: str, *names: str) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        wanted = [each for each in TAKEN if not names or each[0] in names]
        signed_in = {by: sign_in(browser, base, by) for by in {by for _name, by, _take in wanted}}
        for name, by, take in wanted:
            page = signed_in[by].new_page()
            shown = take(page)
            page.wait_for_timeout(600)  # the editor draws itself
            is_part = isinstance(shown, dict)
            keep(name, page.screenshot(clip=shown) if is_part else shown.screenshot())
            page.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
