"""Each of the staff comes from the admin's home page to their first job in two clicks."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import follow

AXE = Axe().axe_script
# Of what is ours: Wagtail's own frame around it is Wagtail's.
FAULTS_OF_MAIN = """() => axe.run('.w-dashboard').then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target}`)))"""
# Who: the panel, the line or link in it, and what the page is that it leads to.
FIRST_JOBS = {
    "approver": (
        "reviews",
        None,
        "button:has-text('Approve'), [data-workflow-action-name=approve]",
    ),
    "editor": ("sent-back", None, "form#page-edit-form, [data-edit-form]"),
    "moderator": ("responses", "Go to the responses", ".listing-row"),
    "second": ("comments", re.compile("appeal"), "table.listing"),
    "analyst": ("analysis", re.compile("Human rights risk"), ".listing-row"),
    "official": ("to-answer", None, "textarea[name=body]"),
    "clearer": ("clearances", None, "form"),
    "admin": ("without-factor", None, "form"),
}


@pytest.mark.parametrize("who", FIRST_JOBS)
def test_the_first_job_is_two_clicks_away(someone, who):
    panel, text, there = FIRST_JOBS[who]
    person = someone()
    person.sign_in(f"{who}@demo.example")
    page = person.visit("/admin/")
    links = page.locator(f"#{panel}-section").get_by_role("link")
    link = links.filter(has_text=text) if text else page.locator(f"#{panel}-section td a")
    follow(link.first)
    expect(page.locator(there).first).to_be_attached()


@pytest.mark.parametrize("who", FIRST_JOBS)
def test_the_home_page_has_no_errors_of_access(someone, who):
    person = someone()
    person.sign_in(f"{who}@demo.example")
    page = person.visit("/admin/")
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE)
    assert page.evaluate(FAULTS_OF_MAIN) == []


def test_a_delegate_comes_in_as_a_member(someone, portal):
    person = someone()
    person.sign_in("delegate@demo.example")
    assert person.page.request.get(portal.at("/admin/")).status == 403
