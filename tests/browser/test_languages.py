"""
People who read the portal in another language do in it what others do in English.

What is pressed is found by the catalogue, so a label that nobody translated is not found. On every
page on the way the words are looked at: in Arabic and Russian none is in Latin letters but names.
"""

import re

import pytest
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor, follow

DECLARATION = "I have read what happens with my response, and I may give it in this form."
RISKS = "human-rights-risk-indicators"
# What is written in Latin letters in every language.
NAMES = re.compile(
    r"\u2068[^\u2069]*\u2069"  # names of people between marks that isolate them
    r"|Code in Practice|Freedom Online Coalition|EU|ECHRI(-[\w-]*\d)?|TLP:\w+|UTC|SHA-?256|IP|ID"
    r"|PDF|CSV|TBX|JSON( Lines)?|Atom|RSS|Word|Excel|OpenDocument|\.?(docx?|odt|ods|xlsx)"
    r"|PNG|JPEG|WebP|Tor( Browser)?|Safest|iPhone|iPad|Android|Lockdown|Apple"
    r"|catch-all"  # the field's own word, beside the Arabic one
    r"|verify\.py|[\w.-]+\.(jsonl?|txt|example)|[a-z]+@[\w.]+|https?://\S+|127\.0\.0\.1\S*"
    r"|\b[A-Z0-9]{4,}(-[A-Z0-9]+)+\b"
)
# Words that no English sentence lacks and no other language has.
ENGLISH = re.compile(r"\b(the|and|with|your|this|that|from|you|are|is)\b", re.IGNORECASE)
LATIN = re.compile(r"[A-Za-z][A-Za-z ]*[A-Za-z]")
WORDS = """language => {
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

    def said(self, message: str, context: str = "") -> str:
        """What the portal says in the reader's language, by the English of it."""
        with override(self.language):
            return pgettext(context, message) if context else gettext(message)

    def look(self) -> None:
        """Every word of the page is in the reader's language, or says in which it is."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        way = "rtl" if self.language == "ar" else "ltr"
        expect(self.page.locator("html")).to_have_attribute("dir", way)
        too_wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not too_wide, self.page.url
        other = LATIN if self.language in ("ar", "ru") else ENGLISH
        found = [NAMES.sub("", words) for words in self.page.evaluate(WORDS, self.language)]
        left = [run for words in found for run in other.findall(words)]
        assert not left, f"{self.page.url}: {left}"

    def go(self, way: Locator) -> None:
        follow(way)
        self.look()

    def open(self, path: str) -> None:
        self.visitor.visit(path)
        self.look()

    def link(self, message: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=self.said(message)).first

    def field(self, message: str) -> Locator:
        return self.page.get_by_label(self.said(message), exact=True)

    def menu(self) -> Locator:
        """What the menu of a phone shows, once it is opened."""
        self.page.locator(".site-menu summary").click()
        return self.page.locator(".site-header")

    def sign_in(self, email: str) -> None:
        """From the page that asks for it."""
        self.field("E-mail address").fill(email)
        self.page.locator("#id_password").fill(self.visitor.portal.password)
        self.go(self.button("Sign in"))

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
        if question.locator("[type=radio], [type=checkbox]").count():
            continue  # what can be written there belongs to "Other"
        for field in question.locator("textarea, input[type=text]").all():
            if field.is_visible() and not field.input_value():
                field.fill("12" if field.get_attribute("inputmode") else words)


@pytest.fixture
def reader(someone):
    def begin(locale: str) -> Reader:
        visitor = someone(javascript=False, viewport=PHONE, locale=locale)
        return Reader(visitor, locale.partition("-")[0])

    return begin


def test_in_arabic_from_the_first_page_to_a_receipt_and_its_verification(reader):
    one = reader("ar")
    page = one.page
    one.open("/")
    one.go(page.get_by_role("main").locator(f"a[href$='/ar/consultations/{RISKS}/']").first)
    one.go(one.button("Respond to this consultation").first)
    one.field("Without any name").check()
    one.go(one.button("Begin"))
    one.field("You speak as").select_option("civil-society")
    one.field("Language of your response").select_option("ar")
    one.go(one.button("Save and continue"))
    code = page.locator(".code__value").inner_text()
    one.go(one.button("I have written it down"))
    while page.locator("[id^=question-]").count():
        fill_in(page, "نطلب نشر القائمة كاملة.")
        one.go(one.button("Save and continue"))
    page.get_by_label(one.said(DECLARATION)).check()
    one.go(one.button("Send"))
    heading = one.said("We have received your response")
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    assert page.locator(".code__value").inner_text() == code
    one.go(one.link("Enter the code to see the status of your response"))
    one.field("Your code").fill(code)
    one.go(page.get_by_role("main").locator("form button[type=submit]").last)
    one.go(one.link("What to keep, and how to get a proof"))
    one.go(one.link("If you need a proof, see first what it tells to anybody who finds it"))
    page.locator(
        "summary", has_text=one.said("I have understood this, and I want the files")
    ).click()
    with page.expect_download() as receipt:
        one.link("Receipt (JSON)").click()
    one.open("/record/verify/?lang=ar")
    page.locator("#id_file").set_input_files(receipt.value.path())
    one.go(one.button("Verify"))
    # The record shows a day once it has ended: today's receipt is a promise that is not due yet.
    found = one.said("%(subject)s is not shown in the record yet.").split("%(subject)s")
    expect(page.get_by_role("heading", name=max(found, key=len).strip())).to_be_visible()


def test_in_french_through_guides_and_learning_to_a_saved_search(reader):
    one = reader("fr-SN")
    page = one.page
    one.open("/")
    one.go(one.link("All guides"))
    # What there is in French comes first, the rest says in which language it is.
    first = page.get_by_role("main").locator(".teaser__title a").first
    title = first.inner_text()
    one.go(first)
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    one.go(one.menu().locator("a[href='/fr/learning/']"))
    page.get_by_role("main").get_by_role("combobox").first.select_option(index=1)
    one.go(one.button("Show what fits"))
    one.menu().get_by_role("searchbox").fill("utilisation finale")
    follow(page.get_by_role("search").get_by_role("button").first)
    one.open(page.url.removeprefix(one.visitor.portal.base) + "&kind=guide")
    found = page.get_by_role("main").get_by_role("heading", level=3)
    expect(found.filter(has_text=re.compile("utilisation finale", re.I)).first).to_be_visible()
    one.go(one.link("By e-mail: save this search"))
    one.sign_in("member@demo.example")
    one.field("Name").fill("Contrôles après la livraison")
    one.go(one.button("Save this search"))
    expect(page.get_by_role("link", name="Contrôles après la livraison").first).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ru", "Опубликуйте перечень до начала консультации."),
        ("es-CO", "Publiquen la lista antes de consultar."),
    ],
)
def test_through_a_discussion_which_is_one_in_every_language(reader, locale, words):
    one = reader(locale)
    page = one.page
    one.open(f"/{one.language}/consultations/")
    one.go(page.get_by_role("main").locator(f"a[href$='/{RISKS}/']").first)
    one.go(one.button("Join the discussion").first)
    one.go(page.get_by_role("main").locator("a[href*='/accounts/login/']").first)
    one.sign_in("member@demo.example")
    one.field("Your comment").fill(words)
    one.field("Language of your comment").select_option(one.language)
    one.go(one.button("Publish comment"))
    expect(page.get_by_text(one.said("Your comment is published."))).to_be_visible()
    other = reader("en-GB").page
    other.goto(page.url.replace(f"/{one.language}/", "/en/"))
    theirs = other.get_by_role("article").filter(has_text=words)
    expect(theirs.locator(f"[lang={one.language}]").first).to_contain_text(words)
