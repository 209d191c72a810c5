"""A guide stands under the guides of its language."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

from knowledge.guides.models import GuideIndexPage, GuidePage
from tests.knowledge.factories import GuidePageFactory
from tests.portal.cms.admin_forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def french(site_tree):
    call_command("create_site", languages=["fr"], verbosity=0)
    return GuideIndexPage.objects.get(locale__language_code="fr")


def moved(capsys):
    call_command("move_guides_to_their_language")
    return capsys.readouterr().out


def test_one_that_stands_under_the_english_ones_moves_and_is_found_at_both(client, french, capsys):
    guide = GuidePageFactory(title="Un guide", content_language="fr")
    guide.save_revision()
    GuidePageFactory(title="A guide")
    assert moved(capsys).count("Moved.") == 1
    page = GuidePage.objects.get(pk=guide.pk)
    assert page.get_parent().pk == french.pk
    # What was kept of it before says the same of its language.
    assert page.get_latest_revision_as_object().locale == french.locale
    for language in ("en", "fr"):
        answer = client.get(f"/{language}/guides/{guide.slug}/")
        assert answer.status_code == 200
        assert f"/fr/guides/{guide.slug}/" in answer.content.decode()
        listed = client.get(f"/{language}/guides/").content.decode()
        assert listed.count(">Un guide<") == 1
    assert moved(capsys) == ""


def test_one_whose_language_has_no_guides_stays(french, capsys):
    guide = GuidePageFactory(content_language="pt")
    assert "no list of guides" in moved(capsys)
    assert GuidePage.objects.get(pk=guide.pk).locale.language_code == "en"


def test_one_whose_address_is_taken_stays(french, capsys):
    guide = GuidePageFactory(title="Un guide", content_language="fr")
    twin = GuidePageFactory(title="Un autre", content_language="fr")
    twin.move(french, pos="last-child")
    Page.objects.filter(pk=twin.pk).update(slug=guide.slug, locale=french.locale)
    assert "same address" in moved(capsys)
    assert GuidePage.objects.get(pk=guide.pk).locale.language_code == "en"


def test_the_form_proposes_the_language_and_takes_no_other_tree_s(client, french, editor):
    client.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=["guides", "guidepage", french.pk])
    form = filled_in(client, f"{add}?kind=")
    assert form["content_language"] == "fr"
    answer = client.post(add, form | {"title": "Guide", "content_language": "en"})
    assert "Begin a guide in this language" in answer.content.decode()
    assert not GuidePage.objects.exists()
