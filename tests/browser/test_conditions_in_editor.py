"""An editor chooses by its words on which question another depends, and moves them about."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, follow

KEPT = (
    "import django, json; django.setup();"
    "from consultations.calls.models import ConsultationPage;"
    "page = ConsultationPage.objects.get(pk={page}).get_latest_revision_as_object();"
    "asked = page.questionnaire(); print(json.dumps("
    "[[q.text, q.condition and asked.find(q.condition.question).text] for q in asked.questions]))"
)


def asked_of(portal, *code):
    """What Python prints last that is run in the portal's environment."""
    ran = subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=portal.environment, check=True, capture_output=True
    )
    return ran.stdout.decode().splitlines()[-1]


@pytest.fixture(scope="module")
def draft(portal):
    return asked_of(portal, "-m", "tests.browser.draft_with_conditions")


class Questions:
    """The questions of the draft's section, as the editor's page shows them."""

    def __init__(self, page):
        self.page = page

    def one(self, text):
        """The block of the question with these words."""
        mark = self.page.evaluate(
            """(text) => [...document.querySelectorAll("textarea[name$='-value-text']")]
               .find((each) => each.value === text).name.replace(/-value-text$/, "")""",
            text,
        )
        return (
            self.page.locator("[data-streamfield-child]")
            .filter(has=self.page.locator(f"input[name='{mark}-id']"))
            .last
        )

    def unfold(self, text):
        block = self.one(text)
        whole = block.locator("[data-panel-toggle]").first
        if whole.get_attribute("aria-expanded") != "true":
            whole.click()
        has = self.page.locator("input[name$='-condition-question']")
        fold = block.locator("section.w-panel", has=has).last.locator("[data-panel-toggle]")
        if fold.get_attribute("aria-expanded") != "true":
            fold.click()
        return block

    def insert_in_front(self, kind, text):
        self.page.locator("[data-streamfield-child] [data-streamfield-child]").first.locator(
            "xpath=preceding::button[contains(@class, 'c-sf-add-button')][1]"
        ).click()
        self.page.get_by_role("option", name=re.compile(kind)).first.click()
        self.page.locator("textarea[name$='-value-text']").first.fill(text)


def test_a_condition_stays_with_the_question_that_was_chosen(someone, portal, draft):
    editor = someone()
    editor.sign_in("editor@demo.example")
    page = editor.visit(f"/admin/pages/{draft}/edit/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("tab", name="Questions").click()
    questions = Questions(page)
    said = "Shown when “Do you export?” is “Yes”."
    expect(questions.one("Since when?").locator(".condition-said")).to_have_text(said)

    questions.insert_in_front("Yes or no", "Are you a company?")
    block = questions.unfold("Since when?")
    expect(block.locator(".condition-said")).to_have_text(said)
    chosen = block.locator("select[id$='-condition-question-list']")
    expect(chosen.locator("option:checked")).to_have_text("2. Do you export?")

    # A question that is not saved yet is offered too, and its answers are ticked.
    inner = questions.unfold("Do you export?")
    inner.locator("select[id$='-condition-question-list']").select_option(
        label="1. Are you a company?"
    )
    expect(inner.locator(".condition-said")).to_have_text("Choose at least one answer.")
    inner.get_by_label("No", exact=True).check()
    expect(inner.locator(".condition-said")).to_have_text(
        "Shown when “Are you a company?” is “No”."
    )
    follow(page.get_by_role("button", name="Save draft"))
    kept = json.loads(asked_of(portal, "-c", KEPT.format(page=draft)))
    assert kept == [
        ["Are you a company?", None],
        ["Do you export?", "Are you a company?"],
        ["Since when?", "Do you export?"],
    ]


def test_a_question_that_is_deleted_is_named_where_it_is_missed(someone, portal, draft):
    editor = someone()
    editor.sign_in("editor@demo.example")
    page = editor.visit(f"/admin/pages/{draft}/edit/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("tab", name="Questions").click()
    questions = Questions(page)
    questions.one("Do you export?").get_by_role("button", name="Delete").first.click()
    block = questions.unfold("Since when?")
    chosen = block.locator("select[id$='-condition-question-list']")
    expect(chosen.locator("option:checked")).to_have_text(
        "Do you export? (not before this any more)"
    )
    follow(page.get_by_role("button", name="Save draft"))
    page.get_by_role("button", name="Go to the first error").click()
    expect(
        page.get_by_text("“Do you export?” is not in the questionnaire any more.")
    ).to_be_visible()
