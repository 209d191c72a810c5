"""An editor cites at a word in the page editor, and a reader follows the number and comes back."""

import re

from playwright.sync_api import expect

GUIDE = "/en/guides/eu-dual-use-regulation/"


def test_an_editor_cites_at_a_word(someone):
    editor = someone()
    editor.sign_in("editor@demo.example")
    page = editor.visit("/admin/pages/")
    page.goto(editor.portal.at("/admin/pages/search/?q=dual-use+regime"))
    page.get_by_role("link", name=re.compile("how a binding dual-use regime")).first.click()
    text = page.locator(".public-DraftEditor-content").first
    text.scroll_into_view_if_needed()
    text.locator("[data-text]").first.dblclick()  # a word
    page.get_by_role("button", name="Cite a source").click()
    window = page.locator(".modal-dialog")
    window.get_by_label("Words").fill("pall mall")
    window.get_by_role("link", name=re.compile("Pall Mall Code")).click()
    window.get_by_label("Where in the source").fill("p. 3")
    window.get_by_role("button", name="Cite").click()
    expect(text).to_contain_text("[pm, p. 3]")
    expect(window).to_be_hidden()


def test_a_reader_follows_a_number_to_the_article_and_back(someone):
    reader = someone(javascript=False)
    page = reader.visit(GUIDE)
    page.get_by_role("link", name="Source 2, Article 15(1)", exact=True).first.click()
    place = page.locator(":target")
    expect(place).to_contain_text("Article 15(1)")
    place.get_by_role("link", name="Back to the sentence").first.click()
    expect(page.locator(":target")).to_have_text("[2]")
