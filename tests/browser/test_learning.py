"""From the learning page to a paper, and a pack that is read offline: a phone, no script."""

import io
import re
import subprocess
import sys
import tomllib
import zipfile
from urllib.parse import urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from portal.management.library.loading import FOLDER
from tests.browser.conftest import PHONE, follow

PATH = "first-ten-weeks"
LANGUAGES = ("en", "fr", "ar")
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def quizzes(language: str) -> list[list[list[tuple[str, bool]]]]:
    """Of each module its questions, of each question its options and whether they are right."""
    read = [
        tomllib.loads((FOLDER / "paths" / f"{PATH}.{x}.toml").read_text()) for x in ("en", language)
    ]
    return [
        [
            [
                (theirs["text"], "right" in ours)
                for ours, theirs in zip(question["options"], said["options"], strict=True)
            ]
            for question, said in zip(module["question"], told["question"], strict=True)
        ]
        for module, told in zip(read[0]["module"], read[1]["module"], strict=True)
    ]


def answer(page: Page, questions: list[list[tuple[str, bool]]], *, rightly: bool) -> None:
    for number, options in enumerate(questions):
        text = next(text for text, is_right in options if is_right is rightly)
        group = page.locator("main fieldset").nth(number)
        group.get_by_label(text, exact=True).check()
    follow(page.locator("main button[name=sent]"))


def fetched(page: Page) -> bytes:
    """The file that a page waits for, once it is there."""
    link = page.locator("main .download a")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_learning_page_through_each_quiz_to_a_paper(someone, language):
    visitor = someone(javascript=False, viewport=PHONE)
    page = visitor.visit(f"/{language}/learning/")
    assert page.evaluate("document.documentElement.scrollHeight") <= 6_000
    follow(page.locator(f"main a[href$='/learning/{PATH}/']").first)
    modules = quizzes(language)
    follow(page.locator("main ol.path a[href*='/modules/']").first)
    answer(page, modules[0], rightly=False)
    expect(page.locator("main ol.marked li")).to_have_count(len(modules[0]))
    for number, questions in enumerate(modules, 1):
        answer(page, questions, rightly=True)
        if number < len(modules):
            follow(page.locator("main form.carry button.govuk-button"))
    follow(page.locator("main form.carry button.govuk-button"))
    page.locator("main input[name=name]").fill("Amina Testperson")
    follow(page.locator("main form button.govuk-button"))
    paper = pypdfium2.PdfDocument(fetched(page))
    text = "".join(each.get_textpage().get_text_bounded() for each in paper)
    assert "Amina" in text
    number = NUMBER.search(text)  # as it stands by itself: in the address a line may end
    assert number, text
    shown = visitor.visit(f"/{language}/learning/certificates/{number[0]}/")
    expect(shown.locator("main ol > li")).to_have_count(len(modules))
    assert "Amina" not in shown.content()
    assert page.context.cookies() == []


def test_progress_in_a_file_is_taken_up_again(someone, tmp_path):
    page = someone(javascript=False, viewport=PHONE).visit(f"/en/learning/{PATH}/")
    follow(page.locator("main ol.path a[href*='/modules/']").first)
    answer(page, quizzes("en")[0], rightly=True)
    follow(page.get_by_role("button", name="Back to the path"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it in a file").click()
    kept = tmp_path / "progress.json"
    kept.write_bytes(download.value.path().read_bytes())
    again = someone(javascript=False, viewport=PHONE).visit(f"/en/learning/{PATH}/")
    again.get_by_text("Load a file that you saved").click()
    again.set_input_files("main input[type=file]", kept)
    follow(again.get_by_role("button", name="Load the file"))
    expect(again.locator("main")).to_contain_text("1 of 8 modules")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_is_made_verified_and_read_from_disk_without_a_network(
    someone, chromium, portal, language, tmp_path
):
    portal.manage("pack_guides")
    visitor = someone(javascript=False, viewport=PHONE)
    page = visitor.visit(f"/{language}/guides/take-along/?guide={language}/what-a-catch-all-is")
    follow(page.locator("main form[method=post] button.govuk-button").last)
    with zipfile.ZipFile(io.BytesIO(fetched(page))) as pack:
        pack.extractall(tmp_path)
    top = next(tmp_path.rglob("manifest.json")).parent
    key = tmp_path / "key.pem"
    key.write_bytes(
        page.request.get(visitor.portal.at("/en/guides/take-along/public-key.pem")).body()
    )
    said = subprocess.run(
        [sys.executable, "verify.py", key], cwd=top, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr
    page = chromium.new_context(viewport=PHONE, offline=True).new_page()
    page.goto((top / "index.html").as_uri())
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    page.locator("a[href$='.html']").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert urlsplit(page.url).scheme == "file"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
