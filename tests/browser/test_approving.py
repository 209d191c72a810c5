"""A second person approves each kind of page by the button of the page editor, and it is live."""

import json
import re
import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT, follow

APPROVER = "approver@demo.example"


def asked_of(portal, code):
    """What Python prints that is run in the portal's environment."""
    ran = subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=portal.environment, check=True, capture_output=True
    )
    return ran.stdout.decode().splitlines()[-1]


@pytest.fixture(scope="module")
def waiting(portal):
    return json.loads(asked_of(portal, ["-m", "tests.browser.waiting_pages"]))


def test_each_kind_of_page_is_approved_in_its_editor(someone, portal, waiting):
    approver = someone()
    approver.sign_in(APPROVER)
    assert len(waiting) > 8
    for each in waiting:
        page = approver.visit(f"/admin/pages/{each['page']}/edit/")
        page.wait_for_load_state("networkidle")
        button = page.locator("[data-workflow-action-name='approve']").first
        if not button.is_visible():
            page.get_by_role("button", name=re.compile("More actions")).last.click()
        if button.get_attribute("data-workflow-action-modal-url"):  # shows what is in its files
            button.click()
            button = page.locator(".modal-dialog").get_by_role("button", name="Approve")
        follow(button)
    newest = asked_of(
        portal,
        [
            "-c",
            "import django, json; django.setup(); from wagtail.models import Page;"
            "print(json.dumps({p.pk: [p.live_revision_id, p.latest_revision_id, p.live]"
            " for p in Page.objects.all()}))",
        ],
    )
    kept = json.loads(newest)
    wrong = [
        each["type"]
        for each in waiting
        if kept[str(each["page"])] != [each["revision"], each["revision"], True]
    ]
    assert wrong == [], "approving kept something else, or published nothing"
