"""A guide stands under the guides of its language."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from knowledge.guides.models import GuideIndexPage, GuidePage
from tests.knowledge.factories import GuidePageFactory

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
    twin = GuidePage(**{**vars_of(guide), "locale": french.locale})
    french.add_child(instance=twin)
    assert "same address" in moved(capsys)
    assert GuidePage.objects.get(pk=guide.pk).locale.language_code == "en"


def vars_of(guide):
    names = ("title", "slug", "content_language", "document_type", "level", "owner_unit")
    return {name: getattr(guide, name) for name in (*names, "jurisdiction", "source_title")}


def test_the_form_proposes_the_language_and_takes_no_other_tree_s(client, french, editor):
    client.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=["guides", "guidepage", french.pk])
    html = client.get(add).content.decode()
    assert '<option value="fr" selected>' in html
    typed = {"title": "Guide", "slug": "guide", "content_language": "en"}
    answer = client.post(add, typed)
    assert "Begin a guide in this language" in answer.content.decode()
    assert not GuidePage.objects.exists()
