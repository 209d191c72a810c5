"""Where a state and a company stand: answered twice, compared, taken along; a phone, no script."""

import io
import zipfile

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, follow
from tests.browser.test_learning import fetched

LANGUAGES = ("en", "fr", "ar")


def press(page: Page, act: str) -> None:
    follow(page.locator(f'main button[name="act"][value="{act}"]').first)


def answer_part(page: Page, *answers: str) -> None:
    """Choose these answers, one a statement, in the part that is shown."""
    for number, answer in enumerate(answers):
        page.locator("main fieldset").nth(number).locator(f'input[value="{answer}"]').check()


def opened(page: Page, act: str) -> bytes:
    """The file that a button of the result makes in a new window."""
    with page.expect_popup() as popup:
        page.locator(f'main button[name="act"][value="{act}"]').click()
    file = fetched(popup.value)
    popup.value.close()
    return file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_answers_twice_compares_and_takes_a_plan_along(someone, language, tmp_path):
    visitor = someone(javascript=False, viewport=PHONE)
    page = visitor.visit(f"/{language}/self-assessment/")
    press(page, "go-1")
    answer_part(page, "yes", "no", "unknown")
    press(page, "go-2")
    answer_part(page, "yes", "yes")
    press(page, "result")
    expect(page.locator("main svg").first).to_be_visible()
    with page.expect_download() as download:
        page.locator('main button[value="file"]').click()
    kept = tmp_path / "kept.json"
    kept.write_bytes(download.value.path().read_bytes())
    pdf = pypdfium2.PdfDocument(opened(page, "pdf"))
    assert len(pdf) >= 1
    plan = zipfile.ZipFile(io.BytesIO(opened(page, "plan")))
    assert "word/document.xml" in plan.namelist()

    again = someone(javascript=False, viewport=PHONE).visit(f"/{language}/self-assessment/")
    again.set_input_files("main input[type=file]", kept)
    form = again.locator("main form").filter(has=again.locator("input[type=file]"))
    follow(form.locator("button").last)
    expect(again.locator('main fieldset input[value="yes"]').first).to_be_checked()
    answer_part(again, "yes", "yes", "yes")
    press(again, "result")
    again.set_input_files("main input[type=file]", kept)
    press(again, "compare")
    expect(again.locator("main table.tally thead th")).to_have_count(4)
    assert page.context.cookies() == []
    assert again.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_company_checks_itself(someone, language):
    page = someone(javascript=False, viewport=PHONE).visit(f"/{language}/self-assessment/company/")
    press(page, "go-1")
    answer_part(page, "yes", "partly", "no")
    press(page, "result")
    expect(page.locator("main ol.measure > li")).to_have_count(2)
    assert pypdfium2.PdfDocument(opened(page, "pdf"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.context.cookies() == []
