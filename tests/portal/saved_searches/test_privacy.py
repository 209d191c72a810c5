"""What somebody looks for is nobody else's to see."""

import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import ReferenceIndex

from portal.saved_searches.models import SavedSearch
from portal.settings.logging import configure_logging
from tests.factories import UserFactory
from tests.portal.saved_searches.factories import saved

pytestmark = pytest.mark.django_db

SOUGHT = "soughtcanary"


def test_no_staff_page_shows_it(member):
    kept = saved(member, f"q={SOUGHT}", name="Namecanary")
    browser = Client()
    browser.force_login(UserFactory(is_superuser=True, is_staff=True))
    for address in (
        "/admin/",
        f"/admin/users/edit/{member.pk}/",
        f"/admin/users/history/{member.pk}/",
        f"/admin/users/delete/{member.pk}/",
        f"/admin/users/usage/{member.pk}/",
        "/admin/reports/site-history/",
        "/admin/search/?q=canary",
    ):
        page = browser.get(address, follow=True).content.decode().lower()
        for word in (SOUGHT, "namecanary"):
            assert word not in page, address
    assert SavedSearch not in admin.site._registry
    assert not Permission.objects.filter(content_type__model="savedsearch").exists()
    assert not ReferenceIndex.model_is_indexable(SavedSearch)
    assert str(kept) == f"saved search {kept.pk}"


def test_it_goes_with_the_account(member):
    saved(member)
    member.delete()
    assert SavedSearch.objects.count() == 0


def test_no_log_line_holds_it(member, capsys):
    root = logging.getLogger()
    kept = root.handlers[:]
    configure_logging(level="INFO", renderer="json")
    try:
        browser = Client(raise_request_exception=False)
        query = {"query": f"q={SOUGHT}", "name": SOUGHT, "frequency": "daily", "language": "en"}
        browser.get("/feeds/search/", {"q": SOUGHT})
        browser.get("/feeds/search/", {"q": SOUGHT, "commitment": SOUGHT})
        browser.get("/feeds/search/", {"lang": SOUGHT})
        browser.post("/en/accounts/searches/save/", query)
        browser.force_login(member)
        browser.get("/en/accounts/searches/save/", query)
        browser.post("/en/accounts/searches/save/", {**query, "frequency": SOUGHT})
        browser.post("/en/accounts/searches/save/", query)
        browser.get("/en/accounts/searches/stop/", {"of": SOUGHT})
    finally:
        root.handlers[:] = kept
    written = capsys.readouterr().err
    assert "/feeds/search/" in written
    assert "/en/accounts/searches/save/" in written
    assert SavedSearch.objects.filter(name=SOUGHT).exists()
    assert SOUGHT not in written


def test_reading_a_feed_leaves_nothing_and_looks_at_nobody(
    member, client, django_assert_num_queries
):
    client.force_login(member)
    before = {model: model.objects.count() for model in apps.get_models()}
    signed_in = client.get("/feeds/search/", {"q": SOUGHT})
    assert signed_in.content == Client().get("/feeds/search/", {"q": SOUGHT}).content
    assert "Cookie" not in signed_in.get("Vary", "")
    assert not signed_in.cookies
    assert {model: model.objects.count() for model in apps.get_models()} == before
