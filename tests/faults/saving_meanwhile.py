"""The page editor saves a draft by itself, and is not done when its author presses "Save draft"."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait

from django.db import connection, connections
from django.test import Client
from wagtail.models import Page

from portal.cms.admin_views import PageEditView
from portal.stakeholders.roles import EDITOR
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory
from tests.locks import somebody_waits
from tests.portal.cms.admin_forms import edit_address, filled_in

LONG = 60  # seconds, after which a test has failed
SOON = 5  # seconds, in which whoever need not wait is done


def save_while_it_is_saved_by_itself(monkeypatch):
    """What its author pressed the button for is what stands in the end."""
    page, author, browser = ConsultationPageFactory(live=False), UserFactory(role=EDITOR), Client()
    browser.force_login(author)
    data = filled_in(browser, edit_address(page))
    saving, go_on, save = threading.Event(), threading.Event(), PageEditView.save_action

    def save_slowly(view):
        if view.expects_json_response:
            saving.set()
            assert go_on.wait(LONG)
        return save(view)

    def send(title, **headers):
        try:
            sent = data | {"title": title}
            return browser.post(edit_address(page), sent, headers=headers).status_code
        finally:
            connections.close_all()

    monkeypatch.setattr(PageEditView, "save_action", save_slowly)
    with ThreadPoolExecutor(2) as threads:
        by_itself = threads.submit(send, "As it is typed", accept="application/json")
        assert saving.wait(LONG)
        pressed = threads.submit(send, "As it was typed")
        _let_wait(pressed)
        go_on.set()
        assert (by_itself.result(LONG), pressed.result(LONG)) == (200, 302)
    kept = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert kept.title == "As it was typed"


def _let_wait(pressed):
    """Until who pressed the button waits, or is done."""
    if connection.vendor != "postgresql":
        wait([pressed], SOON)
        return
    while not pressed.done() and not somebody_waits():
        pass
