"""The editors' bar and the page editor's previews run under the policies that their pages have."""

import re

from playwright.sync_api import expect

EDITOR = "editor@demo.example"


def signed_in(someone):
    editor = someone()
    editor.sign_in(EDITOR)
    editor.page.get_by_role("link", name="Your account", exact=True).wait_for()
    return editor


def test_an_editor_checks_a_page_where_it_stands(someone):
    """The public page keeps its strict policy; `someone` fails the test on any breach of it."""
    editor = signed_in(someone)
    page = editor.visit("/en/about/")
    bar = page.locator("wagtail-userbar")
    bar.get_by_role("button", name="View Wagtail quick actions").click()
    bar.get_by_role("menuitem", name=re.compile("Checks")).click()
    expect(bar.get_by_role("dialog")).to_contain_text(re.compile(r"Issues found\s*0"))


def test_a_visitor_sees_no_bar(someone):
    page = someone().visit("/en/about/")
    assert page.locator("wagtail-userbar").count() == 0


def test_an_editor_sees_the_page_beside_the_form(someone):
    editor = signed_in(someone)
    page = editor.visit("/en/about/")
    bar = page.locator("wagtail-userbar")
    bar.get_by_role("button", name="View Wagtail quick actions").click()
    bar.get_by_role("menuitem", name="Edit this page").click()
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("iframe[title='Preview'][src*='preview']")
    frame.get_by_role("heading", level=1, name="About this portal").wait_for()
