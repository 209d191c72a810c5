"""The round of the demonstration: one expert has sent and is named, one has saved."""

import pytest
from django.utils import timezone

from knowledge.fact_checks.models import Expert, FactCheck
from knowledge.guides.models import GuidePage
from portal.management.demo.content import read
from portal.management.demo.fact_checks import load_fact_checks
from portal.stakeholders.roles import EDITOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


def test_one_expert_is_named_on_the_guide_and_another_has_saved(site_tree, client):
    slug = read("fact_checks.toml")["round"]["guide"]
    guide = GuidePageFactory(slug=slug)
    UserFactory(email="editor@demo.example", role=EDITOR)
    for _time in range(2):
        load_fact_checks(timezone.now())
    assert FactCheck.objects.count() == 1
    states = {each.name: each.state for each in Expert.objects.all()}
    assert states == {"Noor Haddad": "sent", "Luc Marchetti": "saved"}
    page = client.get(GuidePage.objects.get(pk=guide.pk).url).content.decode()
    assert "Facts checked by Noor Haddad" in page
