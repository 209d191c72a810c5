"""A form that fails stands at an address that opens: nobody is asked to send it again for that."""

import pytest
from django.core.cache import caches
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.addresses import EXAMPLES, every_address
from tests.test_access import House
from tests.test_access_to_answers import Answers

pytestmark = pytest.mark.django_db
# What is wrong in each form: a line where there should be none, and a choice that is not offered.
WRONG = dict.fromkeys(("reason", "identity", "language", "submitter_type", "to"), "no-such-choice")
# Wagtail's own, whose errors we do not write.
WAGTAILS = ("wagtail.", "taggit.", "django.")


def opened_again(browser, path):
    """What an address shows that has answered a form by itself; nothing of it stays."""
    with transaction.atomic():
        for each in ("default", "pages"):
            caches[each].clear()
        opened = browser.get(path) if is_page(browser.post(path, WRONG)) else None
        transaction.set_rollback(True)
    return opened


def is_page(answer):
    """Say whether a page came back at the address itself, and not a way to another."""
    kind = answer.get("Content-Type", "")
    return answer.status_code in (200, 400, 409, 422) and kind.startswith("text/html")


def closed_addresses(roles, addresses):
    """Those that answer a form with a page of their own, and open to nobody who asks for them."""
    found = set()
    for browser in roles:
        for path in addresses:
            opened = opened_again(browser, path)
            if opened is not None and opened.status_code in (403, 404, 405):
                found.add(path)
    return found


def test_pages_of_answers(site_tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answers = Answers()
    found = set()
    for role in ("holder", "owner", "signer", "cleared"):
        for page in (answers.writing, answers.sent):
            # Whoever left an organisation is told so by the form that they send, and by no page.
            mine = {
                path
                for path in answers.addresses.values()
                if answers.page_of(path) == page
                and (role == "signer" or "/organisation/" not in path)
            }
            found |= closed_addresses([answers.browser(role, page)], mine)
    assert found == set()


def test_all_other_pages(site_tree):
    house = House()
    paths = set()
    for example, _view in every_address():
        path = example.replace(f"/{EXAMPLES['slug']}/", f"/{house.consultation.slug}/")
        path = path.replace("/7/", f"/{house.shown.pk}/")
        try:
            view = resolve(path).func
        except Resolver404:
            continue
        if not getattr(view, "__module__", "").startswith(WAGTAILS):
            paths.add(path)
    roles = [house.browser(role) for role in ("anonymous", "member", "superuser")]
    assert closed_addresses(roles, sorted(paths)) == set()
