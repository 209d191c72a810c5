"""The least that a consultation stands on; quicker to make than the whole site."""

import pytest
from wagtail.models import Locale, Page, Site

from consultations.calls.models import ConsultationIndexPage
from portal.cms.models import HomePage


@pytest.fixture
def consultations(db):
    """The list of consultations under a home page, at its real address."""
    locale, _ = Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home", slug="en", locale=locale))
    index = home.add_child(
        instance=ConsultationIndexPage(title="Consultations", slug="consultations", locale=locale)
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return index
