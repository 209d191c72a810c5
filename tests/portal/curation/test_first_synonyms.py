"""A new portal knows the field's terms under their other names; then it is the editors' to say."""

import pytest
from django.core.management import call_command

from portal.curation.actions import save_synonyms
from portal.curation.forms import SynonymGroupForm
from portal.curation.models import SynonymGroup

pytestmark = pytest.mark.django_db


def test_a_new_portal_has_groups_such_as_an_editor_could_have_written():
    call_command("create_site", verbosity=0)
    groups = list(SynonymGroup.objects.values_list("words", flat=True))
    assert any("export licence" in words.splitlines() for words in groups)
    SynonymGroup.objects.all().delete()
    for words in groups:
        form = SynonymGroupForm({"words": words})
        assert form.is_valid(), form.errors
        form.save()


def test_what_editors_have_taken_away_does_not_come_back():
    save_synonyms(SynonymGroup(), ["due diligence", "vigilance"])
    call_command("create_site", verbosity=0)
    assert [str(group) for group in SynonymGroup.objects.all()] == ["due diligence, vigilance"]
