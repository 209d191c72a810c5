"""The demonstration has guides of three versions, one of which another took the place of."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from knowledge.guides.models import GuidePage
from portal.management.demo.guides import load_guides
from portal.management.demo.people import load_people
from portal.management.demo.versions import load_versions
from portal.management.library.loading import FOLDER
from portal.management.library.loading.control_lists import load_control_lists
from portal.management.library.loading.sources import load_sources

pytestmark = pytest.mark.django_db


def test_two_guides_have_three_versions_and_one_is_superseded(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    call_command("create_site", verbosity=0)
    load_people("a password of the demonstration")
    load_sources(FOLDER)
    load_control_lists(FOLDER)
    load_guides(timezone.now())
    for _again in range(2):
        load_versions(timezone.now())
    for slug in ("end-use-check-checklist", "visiting-an-end-user"):
        assert GuidePage.objects.get(slug=slug).published_versions.count() == 3
        assert client.get(f"/en/guides/{slug}/versions/compare/?from=1&to=3").status_code == 200
    html = client.get("/en/guides/visiting-an-end-user/").content.decode()
    assert "/en/guides/end-use-check-checklist/" in html
    assert "This guide was superseded on" in html
