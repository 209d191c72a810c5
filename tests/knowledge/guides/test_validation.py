"""A guide without an owner, a source, a jurisdiction or a review cannot be submitted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.stakeholders.roles import EDITOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "field",
    ["unit", "source_title", "jurisdiction", "review_due", "reviewed_on", "document_type"],
)
def test_a_missing_fact_is_an_error_by_its_field(site_tree, field):
    guide = GuidePageFactory(live=False)
    setattr(guide, field, None if field.startswith(("review", "unit")) else "")
    with pytest.raises(ValidationError) as error:
        guide.full_clean()
    assert set(error.value.message_dict) == {field}


@pytest.mark.parametrize("due", [date(2026, 3, 1), date(2026, 2, 1)])
def test_the_next_review_comes_after_the_last(site_tree, due):
    guide = GuidePageFactory(live=False, reviewed_on=date(2026, 3, 1), review_due=due)
    with pytest.raises(ValidationError) as error:
        guide.full_clean()
    assert error.value.message_dict == {
        "review_due": ["The next review must come after the last one."]
    }


def test_an_unknown_term_is_an_error_by_its_field(site_tree):
    guide = GuidePageFactory(live=False)
    guide.stages = ["licensing", "moon"]
    with pytest.raises(ValidationError) as error:
        guide.full_clean()
    assert list(error.value.message_dict) == ["stages"]


def test_a_new_guide_is_given_its_address_as_its_title_is_typed(client, site_tree, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(UserFactory(role=EDITOR))
    index = GuidePageFactory(live=False).get_parent()
    add = reverse("wagtailadmin_pages:add", args=["guides", "guidepage", index.pk])
    form = client.get(f"{add}?kind=")
    title = form.content.decode().partition('name="title"')[2].partition(">")[0]
    assert "w-sync" in title
