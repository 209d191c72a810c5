"""
The script on a page of questions: reveals, counts, saves by itself, leads out; axe on every kind.

The page is drawn here and served to the browser without a server, so that what the server says to
the script can be chosen.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.template import engines
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from consultations.questionnaires.schema import Condition, Limit
from consultations.questionnaires.types import TYPES
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_pages import faults, too_wide
from tests.portal.cms.component_samples import part_form, question_of

BUILT = Path(__file__).resolve().parents[2] / "portal/static/portal"
ADDRESS = "http://questions.example/part/1/"
OUT = "http://elsewhere.example/weather/"

SHELL = """{% extends "layouts/page.html" %}
{% from "components/autosave.html" import autosave %}
{% from "components/code.html" import code %}
{% from "components/error_summary.html" import error_summary %}
{% from "components/exit_page.html" import exit_page %}
{% from "components/question.html" import question %}
{% from "components/task_list.html" import task_list %}
{% block title %}Questions{% endblock %}
{% block way_out %}{{ exit_page(out) }}{% endblock %}
{% block content %}
{{ error_summary(form) }}
<h1>Questions</h1>
<form method="post" novalidate data-autosave>
<input type="hidden" name="seen" value="0" data-autosave-state>
{% for each in form.questions %}{{ question(form, each) }}{% endfor %}
{{ autosave() }}
<button class="govuk-button" name="to" value="next">Save</button>
</form>
{{ code("7QK4-9XWT-2MHB-V6ZD-3RPC", "Your code") }}
{{ task_list([{"text": "Send", "href": None, "status": "Not yet", "tone": "wait"},
              {"text": "Who you are", "href": "/who/", "status": "Done", "tone": "done"}]) }}
{% endblock %}"""

QUESTIONS = [
    question_of("one-choice"),
    question_of("yes-no", condition=Condition("one-choice", frozenset(["b"])), text="Why those?"),
    question_of("short-text", condition=Condition("yes-no", frozenset(["yes"])), limit=Limit(3)),
    question_of("long-text", limit=Limit(10, "characters")),
]


@dataclass
class Server:
    """Serves the page, notes what the script sends, and answers as it is told."""

    html: str = ""
    sent: list[dict[str, list[str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[Route], None] = lambda route: route.fulfill(status=204)

    def handle(self, route: Route) -> None:
        request = route.request
        name = request.url.rpartition("/")[2].split("?")[0]
        if request.url == OUT:
            route.fulfill(body="<title>Weather</title>", content_type="text/html")
        elif request.method == "POST":
            self.sent.append(parse_qs(request.post_data or "", keep_blank_values=True))
            self.headers.append(request.headers)
            if "x-autosave" in request.headers:
                self.answer(route)
            else:
                route.fulfill(body="<title>Saved</title>", content_type="text/html")
        elif name in ("portal.css", "portal.js", "favicon.svg"):
            route.fulfill(path=str(BUILT / name))
        elif request.url == ADDRESS:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body="<title>Weather</title>", content_type="text/html")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def opened(chromium, server):
    """`opened(form)` shows the form in a browser whose clock stands still until it is moved."""
    contexts = []

    def open_page(form, *, language="en", javascript=True, viewport=WIDE) -> Page:
        direction = "rtl" if language == "ar" else "ltr"
        with translation.override(language):
            server.html = (
                engines["jinja2"]
                .from_string(SHELL)
                .render(
                    {
                        "form": form,
                        "out": OUT,
                        "is_confidential": True,
                        "language_code": language,
                        "text_direction": direction,
                    }
                )
            )
        context = chromium.new_context(java_script_enabled=javascript, viewport=viewport)
        contexts.append(context)
        context.route("**/*", server.handle)
        page = context.new_page()
        page.clock.install()
        page.goto(ADDRESS)
        return page

    yield open_page
    for context in contexts:
        context.close()


def status(page: Page):
    return page.locator("[data-autosave-status]")


def pause(page: Page) -> None:
    """Lets the quiet seconds pass after which the script saves."""
    page.clock.run_for(3100)


# -- reveal --------------------------------------------------------------------------------------


def test_questions_appear_as_they_apply_and_go_with_what_they_depend_on(opened):
    page = opened(part_form(*QUESTIONS))
    second, third = page.locator("#question-yesno"), page.locator("#question-shorttext")
    expect(second).to_be_hidden()
    page.get_by_label("Case studies").check()
    expect(second).to_be_visible()
    expect(third).to_be_hidden()
    page.get_by_label("Yes", exact=True).check()
    expect(third).to_be_visible()
    page.get_by_label("Training").check()
    expect(second).to_be_hidden()
    expect(third).to_be_hidden()


def test_without_script_all_are_there_and_say_when_they_apply(opened):
    page = opened(part_form(*QUESTIONS), javascript=False)
    expect(page.locator("#question-yesno")).to_contain_text(
        "Answer only if you chose “Case studies” in question onechoice."
    )
    expect(page.get_by_label("In your own words")).to_be_visible()
    expect(status(page)).to_have_text("Use the button to save this page before you leave it.")


def test_a_text_beside_a_choice_that_is_not_made_is_not_sent(opened, server):
    page = opened(part_form(question_of("many-choices")))
    page.get_by_label("Other").check()
    page.get_by_label("In your own words").fill("A secret")
    page.get_by_label("Other").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title("Saved")
    assert "q-many-choices-other" not in server.sent[0]


# -- count ---------------------------------------------------------------------------------------


def test_the_count_is_the_server_s_count(opened):
    page = opened(part_form(question_of("long-text", limit=Limit(10, "characters"))))
    shown = page.locator(".govuk-character-count__status")
    expect(shown).to_have_text("You have 10 characters remaining")
    page.locator("textarea").fill("  e\u0301𝒜\n")
    expect(shown).to_have_text("You have 8 characters remaining")
    page.locator("textarea").fill("eleven sign")
    expect(shown).to_have_text("You have 1 character too many")
    assert page.locator("[aria-live=polite]").count() == 1


# -- saves itself ----------------------------------------------------------------------------------


def test_it_saves_after_a_pause_and_keeps_the_focus(opened, server):
    server.answer = lambda route: route.fulfill(
        status=204, headers={"X-Form-State": str(len(server.sent))}
    )
    page = opened(part_form(*QUESTIONS, question_of("file")))
    page.locator("textarea").press_sequentially("One")
    assert server.sent == []
    pause(page)
    expect(status(page)).to_contain_text("Saved at")
    assert server.headers[0]["x-autosave"] == "1"
    assert server.sent[0]["q-long-text"] == ["One"]
    assert server.sent[0]["seen"] == ["0"]
    assert not any("file" in name and name[0] == "q" for name in server.sent[0])
    assert page.evaluate("document.activeElement.name") == "q-long-text"
    page.locator("textarea").press_sequentially(" two")
    pause(page)
    expect(page.locator("[data-autosave-state]")).to_have_value("2")
    assert server.sent[1]["seen"] == ["1"], "its own saving is not taken for another's"
    pause(page)
    assert len(server.sent) == 2, "what is saved is not sent again"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (403, "Not saved: this form can no longer be changed here."),
        (409, "Not saved: these answers were changed in another window."),
        (422, "Not saved: an answer has to be corrected first."),
        (500, "Not saved: the portal did not take it."),
    ],
)
def test_it_says_why_it_was_not_saved(opened, server, code, said):
    server.answer = lambda route: route.fulfill(status=code, body="<h1>No</h1>")
    page = opened(part_form(*QUESTIONS))
    page.locator("textarea").press_sequentially("One")
    pause(page)
    expect(status(page)).to_contain_text(said)


def test_the_server_s_own_reason_is_shown_as_text(opened, server):
    server.answer = lambda route: route.fulfill(
        status=403, body="It closed at noon. <b>", content_type="text/plain"
    )
    page = opened(part_form(*QUESTIONS))
    page.locator("textarea").press_sequentially("One")
    pause(page)
    expect(status(page)).to_have_text("Not saved: It closed at noon. <b>")


def test_without_a_connection_it_says_so_and_saves_later(opened, server):
    server.answer = lambda route: route.abort()
    page = opened(part_form(*QUESTIONS))
    page.locator("textarea").press_sequentially("One")
    pause(page)
    expect(status(page)).to_contain_text("there is no connection")
    expect(page.locator("textarea")).to_have_value("One")
    server.answer = lambda route: route.fulfill(status=204)
    page.locator("textarea").press_sequentially(" two")
    pause(page)
    expect(status(page)).to_contain_text("Saved at")


def test_what_is_left_unsaved_goes_when_the_page_is_hidden(opened, server):
    page = opened(part_form(*QUESTIONS))
    page.locator("textarea").press_sequentially("One")
    page.evaluate(
        """() => {
            Object.defineProperty(document, "visibilityState", { value: "hidden" });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(status(page)).to_contain_text("Saved at")
    assert server.sent[0]["q-long-text"] == ["One"]


def test_the_button_waits_for_what_is_under_way(opened, server):
    held: list[Route] = []
    server.answer = held.append
    page = opened(part_form(*QUESTIONS))
    page.locator("textarea").press_sequentially("One")
    pause(page)
    page.get_by_role("button", name="Save").click()
    assert len(server.sent) == 1
    held[0].fulfill(status=204, headers={"X-Form-State": "7"})
    expect(page).to_have_title("Saved")
    assert server.sent[1]["seen"] == ["7"]
    assert server.sent[1]["to"] == ["next"]


# -- the way out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False])
def test_the_way_out_stays_in_sight_and_leads_out(opened, javascript):
    page = opened(part_form(*QUESTIONS), javascript=javascript, viewport=PHONE)
    page.locator("form[data-autosave] button").scroll_into_view_if_needed()
    way_out = page.get_by_role("button", name="Exit this page")
    expect(way_out).to_be_in_viewport()
    way_out.click()
    expect(page).to_have_title("Weather")


def test_shift_three_times_leads_out(opened):
    page = opened(part_form(*QUESTIONS))
    for _press in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_title("Weather")


# -- every kind ------------------------------------------------------------------------------------


def in_every_kind(state: str):
    """A form of every kind of question; in error, each has one."""
    questions = [question_of(kind) for kind in TYPES]
    if state == "empty":
        return part_form(*questions)
    form = part_form(*questions, data=QueryDict())
    for question in questions:
        form.add_error(f"q-{question.id}", "This is not right.")
        form.add_error(f"v-{question.id}", "Nor is this.")
    return form


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("state", ["empty", "in-error"])
def test_axe_finds_nothing_in_any_kind(opened, state, language, viewport):
    page = opened(in_every_kind(state), language=language, viewport=viewport)
    assert faults(page) == []
    assert not too_wide(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert not too_wide(page)


def test_the_way_out_covers_nothing_that_the_error_summary_leads_to(opened):
    page = opened(in_every_kind("in-error"), viewport=PHONE)
    page.locator(".govuk-error-summary a").nth(6).click()
    legend = page.locator("fieldset:has(:focus) legend, label[for]:has(+ :focus)").first
    top = legend.bounding_box()["y"]
    bar = page.locator(".exit-page").bounding_box()
    assert top >= bar["y"] + bar["height"]
