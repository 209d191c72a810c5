"""What stands in sight before anybody scrolls, and how long pages are (design-system.md)."""

import pytest

from tests.browser.conftest import PHONE

CALL = "/en/consultations/human-rights-risk-indicators/"
FACES = "/en/consultations/facial-recognition-due-diligence/"
DESK = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 360, "height": 740}
BOX = "element => { const { top, bottom } = element.getBoundingClientRect(); return [top, bottom] }"


def place(page, selector: str) -> tuple[float, float]:
    """Return where something begins and ends, in pixels from the top of the page."""
    return tuple(page.locator(selector).first.evaluate(BOX))


def test_what_is_open_stands_high_on_the_home_page(someone):
    page = someone(viewport=DESK).visit("/en/")
    assert place(page, ".home-head a")[0] <= 220


@pytest.mark.parametrize("viewport", [DESK, SMALL_PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", [CALL, FACES])
def test_deadline_and_button_lie_in_the_first_screen(someone, path, viewport):
    page = someone(viewport=viewport).visit(path)
    for what in (".until", ".beside__deed .govuk-button"):
        assert place(page, what)[1] <= viewport["height"]


@pytest.mark.parametrize("path", ["respond/", "respond/identity/", "respond/resume/"])
def test_the_heading_of_answering_stands_high_on_a_phone(someone, path):
    page = someone(viewport=SMALL_PHONE).visit(CALL + path)
    assert place(page, "h1")[0] <= 140


@pytest.mark.parametrize("path", ["/en/learning/", "/en/states/"])
def test_learning_and_the_register_are_short(someone, path):
    page = someone(viewport=DESK).visit(path)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3_000


def test_a_comment_is_short(someone):
    """Of 46 words at most, with all that stands around it but the replies."""
    page = someone(viewport=DESK).visit(CALL + "discussion/")
    heights = page.locator(".comment").evaluate_all(
        """all => all.filter(each => {
            const words = each.querySelector(".comment__body")?.textContent.trim().split(/\\s+/);
            return words && words.length >= 36 && words.length <= 46;
        }).map(each => each.getBoundingClientRect().height)"""
    )
    assert heights
    assert max(heights) <= 200


@pytest.mark.parametrize("path", ["/en/", CALL, CALL + "discussion/", "/en/states/"])
def test_without_drawings_nothing_overlaps_or_runs_over(someone, path):
    """Tor Browser's safest level draws no SVG."""
    page = someone(viewport=PHONE).visit(path)
    words = page.locator("main").inner_text().split()
    page.evaluate("document.querySelectorAll('svg').forEach(each => each.remove())")
    assert page.locator("main").inner_text().split() == words
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/en/", CALL, CALL + "respond/"])
def test_without_a_style_sheet_no_drawing_fills_the_page(someone, path):
    page = someone(viewport=DESK).visit(path)
    page.evaluate("document.querySelector('link[rel=stylesheet]').remove()")
    sizes = page.locator("svg").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert max(sizes) <= 250
