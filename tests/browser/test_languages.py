"""
People who read the portal in another language do in it what others do in English.

What is pressed is found by the catalogue, so a label that nobody translated is not found. On every
page on the way the words are looked at: in Arabic and Russian none is in Latin letters but names.
"""

import re

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor, follow

RISKS = "human-rights-risk-indicators"
# What is written in Latin letters in every language.
NAMES = re.compile(
    r"Code in Practice|ECHRI(-[\w-]*\d)?|TLP:\w+|UTC|PDF|CSV|TBX|JSON( Lines)?|Atom|RSS|DOCX?|ODT"
    r"|PNG|JPEG|WebP|Tor( Browser)?|Safest|iPhone|iPad|Android|Lockdown|Apple|SHA-?256|IP|ID"
    r"|verify\.py|[\w.-]+\.(jsonl?|txt|example)|[a-z]+@[\w.]+|https?://\S+|127\.0\.0\.1\S*"
    r"|\b[A-Z0-9]{4,}(-[A-Z0-9]+)+\b"
)
WORDS = """language => {
    const APART = "code, bdi, script, style, noscript, input, textarea, [translate=no]"
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
    for (let node; (node = walk.nextNode());) {
        const of = node.parentElement
        const apart = "code, bdi, script, style, noscript, input, textarea, [translate=no]"
        if (of.closest(apart)) continue
        if (of.closest('[lang]').lang !== language) continue
        if (of.checkVisibility && !of.checkVisibility()) continue
        const words = node.textContent.trim()
        if (/[A-Za-z]{2,}/.test(words)) found.push(words)
    }
    return found
}"""


class Reader:
    """A visitor without script, on a phone, who reads one language and sees each page in it."""

    def __init__(self, visitor: Visitor, language: str) -> None:
        self.visitor, self.language, self.page = visitor, language, visitor.page

    def said(self, message: str, **values: str) -> str:
        """What the portal says in the reader's language, by the English of it."""
        with override(self.language):
            told = gettext(message)
        assert told != message or not values, f"not translated: {message}"
        return told % values if values else told

    def look(self) -> None:
        """Every word of the page is in the reader's language, or says in which it is."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        way = "rtl" if self.language == "ar" else "ltr"
        expect(self.page.locator("html")).to_have_attribute("dir", way)
        too_wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not too_wide, self.page.url
        if self.language in ("ar", "ru"):
            found = self.page.evaluate(WORDS, self.language)
            left = [each for each in found if re.search("[A-Za-z]{2,}", NAMES.sub("", each))]
            assert left == [], self.page.url

    def go(self, way: Locator) -> None:
        follow(way)
        self.look()

    def open(self, path: str) -> None:
        self.visitor.visit(path)
        self.look()

    def link(self, message: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=self.said(message)).first

    def button(self, message: str) -> Locator:
        named = {"name": self.said(message), "exact": True}
        return self.page.get_by_role("main").get_by_role("button", **named)


def fill_in(page: Page, words: str) -> None:
    """Answer every question of a part, whatever it asks."""
    for question in page.locator("[id^=question-]").all():
        names = {each.get_attribute("name") for each in question.locator("[type=radio]").all()}
        for name in names:
            question.locator(f"[type=radio][name='{name}']").first.check()
        for box in question.locator("[type=checkbox]").all()[:1]:
            box.check()
        for field in question.locator("textarea, input[type=text]").all():
            if field.is_visible() and not field.input_value():
                field.fill("12" if field.get_attribute("inputmode") else words)


@pytest.fixture
def reader(someone):
    def begin(language: str) -> Reader:
        return Reader(someone(javascript=False, viewport=PHONE), language)

    return begin


def test_in_arabic_from_the_first_page_to_a_receipt_and_its_verification(reader):
    one = reader("ar")
    page = one.page
    one.visitor.visit("/")
    page.locator(".language-menu summary").click()
    one.go(page.locator(".languages [lang=ar]"))
    one.go(page.get_by_role("main").locator(f"a[href$='/ar/consultations/{RISKS}/']").first)
    one.go(one.link("Respond to this consultation"))
    page.get_by_label(one.said("Without any name"), exact=True).check()
    one.go(one.button("Begin"))
    page.get_by_label(one.said("You speak as")).select_option("civil-society")
    page.get_by_label(one.said("Language of your response")).select_option("ar")
    one.go(one.button("Save and continue"))
    code = page.locator(".code__value").inner_text()
    one.go(page.get_by_role("button", name=one.said("I have written it down")))
    for _part in range(12):
        if not page.locator("[id^=question-]").count():
            break
        fill_in(page, "نطلب نشر القائمة كاملة.")
        one.go(one.button("Save and continue"))
    sending = (
        page.get_by_role("main")
        .locator("form")
        .get_by_role("button", name=one.said("Send"), exact=True)
    )
    if not sending.count():
        named = {"name": one.said("Check and send"), "exact": True}
        main = page.get_by_role("main")
        one.go(main.get_by_role("button", **named).or_(main.get_by_role("link", **named)).first)
    page.get_by_label(one.said("I have read what happens with my response")).check()
    one.go(one.button("Send"))
    heading = one.said("We have received your response")
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    assert page.locator(".code__value").inner_text() == code
    one.open("/record/verify/?lang=ar")
    page.get_by_role("main").locator("textarea").first.fill(code)
    one.go(page.get_by_role("main").locator("form button[type=submit]").last)
    expect(page.get_by_role("main")).to_contain_text(re.compile("ECHRI-"))
