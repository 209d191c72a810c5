"""Every public page, whole and in error: no fault that axe knows, no sideways scroll, small."""

import os
import re
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import PHONE, WIDE, follow

GUIDE = "wco-strategic-trade-enforcement"
CALL = "/en/consultations/human-rights-risk-indicators/"
FACES = "/en/consultations/facial-recognition-due-diligence/"
ENDED = "/en/consultations/capacity-building-priorities/"
PUBLIC = [
    "/en/",
    "/en/about/",
    "/en/about/privacy/",
    "/en/before-you-answer/",
    "/en/about/moderation/",
    "/en/code/",
    "/en/code/licensing/",
    "/en/consultations/",
    "/en/consultations/?commitment=unheard-of",
    CALL,
    "/en/consultations/facial-recognition-due-diligence/",
    "/en/consultations/capacity-building-priorities/",
    CALL + "discussion/",
    CALL + "discussion/?order=newest&group=industry",
    "/en/consultations/capacity-building-priorities/discussion/",
    "/en/take-part/",
    "/en/take-part/organisations/",
    "/en/resume/",
    FACES + "form/",
    FACES + "responses/rules/",
    FACES + "respond/",
    FACES + "respond/identity/",
    FACES + "respond/resume/",
    FACES + "respond/upload/",
    FACES + "respond/late/",
    ENDED + "responses/",
    ENDED + "responses/?order=name&group=industry",
    ENDED + "responses/?group=unheard-of",
    ENDED + "responses/?question=1",
    ENDED + "respond/",
    ENDED + "respond/late/",
    "/en/screening-policy/",
    "/record/",
    "/record/0/",
    "/record/verify/",
    "/en/guides/",
    "/en/guides/?type=checklist&language=en&level=1",
    "/en/guides/?type=unheard-of",
    "/en/guides/?q=xyzzy",
    f"/en/guides/{GUIDE}/",
    "/en/learning/",
    "/en/learning/?stage=licensing&level=0",
    "/en/self-assessment/",
    "/en/self-assessment/company/",
    "/en/states/",
    "/en/states/dk/",
    "/en/states/in/",
    "/en/glossary/?field=rights",
    "/en/glossary/?q=xyzzy",
    "/en/search/",
    "/en/search/?q=end-use+checks",
    "/en/search/?q=xyzzy",
    "/en/accounts/login/",
    "/en/accounts/signup/",
    "/en/accounts/password/reset/",
    "/demo/mail/",
    "/en/no-such-page/",
    "/en/guides/?page=999",
]
# The longest words, another alphabet, and one from right to left, with an editor's English amid it.
IN_OTHER_LANGUAGES = [
    f"/{language}{path[3:]}"
    for language, paths in {
        "fr": [CALL + "discussion/", FACES + "respond/identity/", "/en/search/?q=end-use+checks"],
        "ru": ["/en/", "/en/learning/", "/en/states/", "/en/accounts/signup/"],
        "ar": ["/en/", CALL, f"/en/guides/{GUIDE}/", "/en/about/", "/en/search/"],
    }.items()
    for path in paths
]
PRIVATE = [
    "/en/accounts/",
    "/en/accounts/profile/",
    "/en/accounts/responses/",
    "/en/accounts/email/",
    "/en/accounts/password/set/",
    "/en/accounts/2fa/",
    "/en/accounts/2fa/totp/activate/",
    "/en/accounts/2fa/webauthn/",
    "/en/accounts/sessions/",
    "/en/accounts/logout/",
    CALL + "discussion/",
]


AXE = Axe().axe_script
FAULTS = """asked => axe.run(asked).then(found => found.violations.flatMap(
    each => each.nodes.map(node => `${each.id}: ${node.html.slice(0, 200)}`)
))"""
# A desk, a phone, and the narrowest screen that WCAG asks for.
WIDTHS = (1280, 360, 320)
# What axe finds otherwise where the same page is laid out from right to left.
LAID_OUT = ("color-contrast", "scrollable-region-focusable", "target-size")
EVERYWHERE = "AXE_EVERYWHERE" in os.environ
ALL = {"resultTypes": ["violations"]}
OF_LAYOUT = {**ALL, "runOnly": {"type": "rule", "values": LAID_OUT}}
OF_COLOUR = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def faults(page) -> list[str]:
    """
    What axe finds on a phone, at a desk and in the dark, and what is too wide, a line each.

    Contrast is what axe spends its time on. So each page is asked for all rules twice: on a phone
    as it is written, at a desk the other way. `make test-faults` asks at every width both ways.
    """
    found, size = [], page.viewport_size
    written = page.evaluate("document.documentElement.dir")
    other = "ltr" if written == "rtl" else "rtl"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": size["height"]})
        for direction in ("ltr", "rtl"):
            # From its top: what stays in view may lie over what is scrolled below it.
            page.evaluate("to => { document.documentElement.dir = to; scrollTo(0, 0) }", direction)
            is_asked_all = (width, direction) in ((360, written), (1280, other))
            if is_asked_all or EVERYWHERE:
                asked = ALL if is_asked_all or direction == written else OF_LAYOUT
                found += [f"{width} {direction} {each}" for each in axe_s(page, asked)]
            found += [f"{width} {direction}: too wide"] if too_wide(page) else []
    page.evaluate("to => document.documentElement.dir = to", written)
    page.emulate_media(color_scheme="dark")
    found += [f"dark {each}" for each in axe_s(page, OF_COLOUR)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size)
    return found


def axe_s(page, asked) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):  # one page is asked more than once
        page.evaluate(AXE)
    return page.evaluate(FAULTS, asked)


def too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def longer(page) -> None:
    """Every text two fifths longer and with accents, as it may be in a language still to come."""
    page.evaluate(
        """() => {
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = []
            for (let node; (node = walk.nextNode());)
                if (!node.parentElement.closest("script, style, svg, code")) all.push(node)
            for (const node of all) {
                const words = node.data.trim()
                const more = words.slice(0, Math.ceil(words.length * 0.4))
                if (words) node.data = node.data.replace(/[aeo]/g, "é") + " " + more
            }
        }"""
    )


def twice_as_large(page) -> None:
    """Set the text at 200 %, as somebody does who reads with difficulty, on a phone of 360 px."""
    page.set_viewport_size({"width": 360, "height": 700})
    page.evaluate("document.documentElement.style.fontSize = '200%'")


@pytest.mark.parametrize("path", [*PUBLIC, *IN_OTHER_LANGUAGES, "/record/?lang=ar"])
def test_public_page(someone, path):
    visitor = someone(viewport=PHONE)
    requests: list[str] = []
    visitor.page.on("request", lambda request: requests.append(request.url))
    page = visitor.visit(path)
    assert faults(page) == []
    assert len(requests) <= 6
    twice_as_large(page)
    assert not too_wide(page)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "desk"])
def test_nothing_is_too_wide_in_a_language_that_needs_more_room(someone, size):
    visitor = someone(viewport=size)
    for path in PUBLIC:
        page = visitor.visit(path)
        longer(page)
        for direction in ("ltr", "rtl"):
            page.evaluate("to => { document.documentElement.dir = to }", direction)
            assert not too_wide(page), f"{path} {direction}"


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize("path", ["/en/", FACES, FACES + "respond/"])
def test_a_first_view_is_light(someone, path, language):
    """On a slow phone that has seen nothing of the portal: all that comes, as it comes."""
    visitor = someone(viewport=PHONE)
    sizes: list[int] = []

    def count(request) -> None:
        size = request.sizes()
        sizes.append(size["responseHeadersSize"] + size["responseBodySize"])

    visitor.page.on("requestfinished", count)
    visitor.visit(f"/{language}{path[3:]}").wait_for_load_state("networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) <= 50_000


def test_paper_tells_where_it_came_from_and_folds_nothing(someone):
    page = someone(viewport=PHONE).visit(CALL)
    printed = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    first, last = (" ".join(each.extract_text().split()) for each in (printed[0], printed[-1]))
    assert page.locator("link[rel=canonical]").get_attribute("href") in last
    assert "printed on" in last
    assert f"1 / {len(printed)}" in first
    whole = " ".join(each.extract_text() for each in printed)
    assert "I study licensing" in " ".join(whole.split()), "a choice that a screen folds"
    assert "Menu" not in whole


@pytest.mark.parametrize("path", PRIVATE)
def test_a_member_s_page(someone, path):
    visitor = someone(viewport=PHONE)
    visitor.sign_in("member@demo.example")
    assert faults(visitor.visit(path)) == []


def test_a_moderator_s_pages(someone):
    visitor = someone(viewport=PHONE)
    visitor.sign_in("moderator@demo.example")
    page = visitor.visit(CALL + "discussion/")
    assert faults(page) == []
    follow(page.get_by_role("link", name=re.compile("^Hide")).first)
    expect(page.get_by_role("button", name="Hide this comment")).to_be_visible()
    assert faults(page) == []
    follow(page.get_by_role("button", name="Hide this comment"))
    expect(page).to_have_title(re.compile("^Error: "))
    assert faults(page) == []


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/en/accounts/signup/", "Send me a code"),
        ("/en/accounts/login/", "Sign in"),
        ("/en/accounts/password/reset/", None),
    ],
)
def test_an_empty_form_says_what_is_missing(someone, path, button):
    page = someone(viewport=PHONE).visit(path)
    form = page.get_by_role("main").locator("form")
    named = {"name": button, "exact": True} if button else {}
    follow(form.get_by_role("button", **named).first)
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_assessment_from_its_first_page_to_its_result(someone, language):
    page = someone(viewport=PHONE).visit(f"/{language}/self-assessment/")
    follow(page.locator('button[value="go-1"]'))
    assert faults(page) == []
    page.locator('input[type="radio"][value="unknown"]').first.check()
    follow(page.locator('main button[value="result"]'))
    expect(page.locator("table.tally")).to_be_visible()
    assert faults(page) == []


def test_a_comment_s_errors(someone):
    visitor = someone(viewport=PHONE)
    visitor.sign_in("member@demo.example")
    page = visitor.visit(CALL + "discussion/")
    follow(page.get_by_role("button", name="Publish comment"))
    expect(page).to_have_title(re.compile("^Error: "))
    assert faults(page) == []


def test_the_keyboard_alone_reaches_the_main_text(someone):
    page = someone().visit("/en/guides/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.evaluate("e => e === document.activeElement")
    assert skip.bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
