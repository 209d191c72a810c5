"""The handbook in the admin: every page seen, every picture there, no fault that axe knows."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.handbook.pages import handbook

AXE = Axe().axe_script
FAULTS = """() => axe.run('main').then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target}`)))"""
UNSEEN = "() => [...document.images].filter(each => !each.naturalWidth).map(each => each.src)"
TOO_WIDE = "() => document.documentElement.scrollWidth > window.innerWidth"


@pytest.mark.parametrize("slug", ["", *handbook()])
def test_a_page_has_its_pictures_and_no_faults(someone, slug):
    person = someone()
    person.sign_in("moderator@demo.example")
    page = person.visit(f"/admin/handbook/{slug}/" if slug else "/admin/handbook/")
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE)
    assert page.evaluate(FAULTS) == []
    assert page.evaluate(UNSEEN) == []
    assert not page.evaluate(TOO_WIDE)


def test_from_the_job_to_its_page_and_on_to_another(someone):
    person = someone()
    person.sign_in("moderator@demo.example")
    page = person.visit("/admin/responses/")
    page.get_by_role("link", name="How to do this").click()
    page.get_by_role("heading", name="Screen responses and comments", level=1).wait_for()
    page.get_by_role("link", name="publish responses and answer", exact=True).click()
    page.get_by_role("heading", name="Publish responses and answer", level=1).wait_for()
