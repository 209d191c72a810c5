"""Which page may stand under which, at which address, and how many there are."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page, get_page_models

from portal.cms.checks import approval_cannot_be_passed_by, parents_deny_publishing
from portal.cms.models import BasePage, CodePage, CommitmentPage, HomePage, StandardPage
from portal.taxonomy.vocabularies import COMMITMENT

CHILDREN = {
    "HomePage": {
        "StandardPage",
        "CodePage",
        "GuideIndexPage",
        "LearningPage",
        "ConsultationIndexPage",
    },
    "StandardPage": {"StandardPage"},
    "CodePage": {"CommitmentPage"},
    "CommitmentPage": set(),
}


@pytest.mark.parametrize("parent", [HomePage, StandardPage, CodePage, CommitmentPage])
def test_what_may_stand_under_it(parent):
    children = {model.__name__ for model in parent.creatable_subpage_models()}
    assert children == CHILDREN[parent.__name__]


def test_only_a_home_page_stands_at_the_root():
    assert {model.__name__ for model in Page.creatable_subpage_models()} == {"HomePage"}


def test_every_page_type_says_where_it_may_stand():
    unlimited = [
        model.__name__
        for model in get_page_models()
        if model is not Page and (model.parent_page_types is None or model.subpage_types is None)
    ]
    assert unlimited == []


def test_every_page_type_is_ours():
    assert all(issubclass(model, BasePage) for model in get_page_models() if model is not Page)


def test_one_home_page_for_each_language(site_tree):
    root = site_tree.en.get_parent()
    assert not HomePage.can_create_at(root)
    with pytest.raises(ValidationError, match="has a home page already"):
        root.add_child(instance=HomePage(title="Another", locale=site_tree.en.locale))

    french = Locale.objects.create(language_code="fr")
    assert HomePage.can_create_at(root)
    home = root.add_child(instance=HomePage(title="Accueil", slug="typed", locale=french))
    assert home.slug == "fr"
    assert not HomePage.can_create_at(root)


def test_the_code_has_one_page_at_its_address(site_tree):
    assert not CodePage.can_create_at(site_tree.en)
    site_tree.code.slug = "moved"
    site_tree.code.save()
    assert site_tree.code.slug == "code"


def test_a_commitment_has_its_key_as_address(site_tree):
    assert {page.slug for page in site_tree.code.get_children()} == set(COMMITMENT.keys)


def test_a_commitment_has_one_page(site_tree):
    with pytest.raises(ValidationError, match="has a page already"):
        site_tree.code.add_child(
            instance=CommitmentPage(title="Again", slug="again", commitment="licensing")
        )


def test_an_editor_who_makes_it_again_is_told_so_beside_the_field(client, site_tree, author):
    client.force_login(author)
    address = reverse("wagtailadmin_pages:add", args=["cms", "commitmentpage", site_tree.code.pk])
    comments = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    data = {"title": "Again", "commitment": "licensing", "body-count": 0, **comments}
    for action in ({}, {"action-submit": "1"}):
        response = client.post(address, data | action)
        assert response.status_code == 200
        assert b"This commitment has a page already." in response.content


def test_the_commitment_of_a_page_is_chosen_once(site_tree):
    CommitmentPage.objects.get(commitment="capacity").delete()
    page = CommitmentPage.objects.get(commitment="licensing")
    page.commitment = "capacity"
    with pytest.raises(ValidationError, match="cannot change"):
        page.save()


def test_editors_do_not_see_the_slug_of_a_fixed_address(client, site_tree, administrator):
    client.force_login(administrator)
    for page, shown in ((site_tree.privacy, False), (site_tree.moderation, True)):
        html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
        assert (b'name="slug"' in html) is shown


def test_search_engines_read_the_summary_unless_told_otherwise(db):
    page = StandardPage(title="Privacy", summary="What is stored.")
    assert page.meta_description == "What is stored."
    page.search_description = "Privacy at this portal."
    assert page.meta_description == "Privacy at this portal."


def test_the_rules_hold_for_every_page_type():
    assert parents_deny_publishing(None) == []


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("WAGTAIL_FINISH_WORKFLOW_ACTION", "wagtail.workflows.publish_workflow_state", "cms.E002"),
        ("WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False, "cms.E003"),
    ],
)
def test_settings_that_would_let_one_person_publish_stop_the_start(settings, setting, value, error):
    assert approval_cannot_be_passed_by(None) == []
    setattr(settings, setting, value)
    assert [message.id for message in approval_cannot_be_passed_by(None)] == [error]
