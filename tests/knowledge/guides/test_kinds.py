"""A guide starts from its kind, and is not submitted without what its kind needs."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.users.models import UserProfile

from knowledge.guides import kinds
from knowledge.guides.blocks import GuideBodyBlock
from knowledge.guides.kinds.starters import PEN, hints_in
from knowledge.guides.models import GuidePage
from portal.stakeholders.roles import EDITOR
from portal.taxonomy.vocabularies import DOCUMENT_TYPE
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.portal.cms.admin_forms import filled_in, send

pytestmark = pytest.mark.django_db
KEYS = [term.key for term in DOCUMENT_TYPE.terms]
BLOCK = GuideBodyBlock()


@pytest.fixture
def editor(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    user = UserFactory(role=EDITOR)
    client.force_login(user)
    return user


def add_address(site_tree):
    return reverse("wagtailadmin_pages:add", args=["guides", "guidepage", site_tree.guides.pk])


def test_every_type_of_document_is_a_kind():
    assert list(kinds.KINDS) == KEYS


class TestChoosing:
    def test_the_kinds_come_before_the_form_with_what_each_is_for(self, client, site_tree, editor):
        page = client.get(add_address(site_tree)).content.decode()
        assert "data-edit-form" not in page
        for choice in kinds.choices():
            assert f'href="?kind={choice.key}"' in page
            assert str(choice.label) in page
            assert str(choice.purpose) in page
        assert 'href="?kind="' in page

    def test_an_unknown_kind_leads_to_the_choice(self, client, site_tree, editor):
        answer = client.get(add_address(site_tree), {"kind": "moon"})
        assert answer.status_code == 200
        assert "data-edit-form" not in answer.content.decode()

    def test_where_one_came_from_is_kept_if_it_is_ours(self, client, site_tree, editor):
        address = add_address(site_tree)
        assert (
            "next=/admin/pages/" in client.get(address, {"next": "/admin/pages/"}).content.decode()
        )
        assert "evil" not in client.get(address, {"next": "https://evil.example/"}).content.decode()

    def test_no_other_page_is_asked_for_its_kind(self, client, site_tree, editor):
        address = reverse(
            "wagtailadmin_pages:add", args=["cms", "standardpage", site_tree.about.pk]
        )
        answer = client.get(address)
        assert answer.status_code != 200 or "?kind=" not in answer.content.decode()

    def test_who_may_not_write_guides_meets_neither(self, client, site_tree):
        client.force_login(UserFactory())
        for query in ({}, {"kind": "checklist"}):
            assert client.get(add_address(site_tree), query).status_code in (302, 403)


def test_what_readers_have_is_not_held_against_mending_it(site_tree):
    guide = GuidePageFactory(document_type="checklist", limits="")
    assert "body" not in guide.missing(timezone.now())
    guide.document_type = "training"
    assert "Exercise" in guide.missing(timezone.now())["body"], "of another kind it needs its parts"


def test_a_part_that_readers_have_is_not_taken_out(site_tree):
    guide = GuidePageFactory(document_type="guidance")
    del guide.body[-1]
    assert "What this does not settle" in guide.missing(timezone.now())["body"]


@pytest.mark.parametrize("key", KEYS)
class TestStarting:
    def test_the_form_opens_with_the_blocks_and_the_type(self, client, site_tree, editor, key):
        form = filled_in(client, f"{add_address(site_tree)}?kind={key}")
        assert form["document_type"] == key
        assert "u270e" in str(form)  # the pen, as the editor of rich text is given it

    def test_what_it_starts_from_is_kept_as_a_draft_and_not_submitted(
        self, client, site_tree, editor, key
    ):
        address = add_address(site_tree)
        form = filled_in(client, f"{address}?kind={key}") | {"title": "Started", "slug": "started"}
        answer = client.post(address, form)
        assert answer.status_code == 302, answer.context["form"].errors
        draft = GuidePage.objects.get(slug="started").get_latest_revision_as_object()
        assert PEN in str(draft.body.get_prep_value())
        assert any("is a hint" in each for each in [draft.missing(timezone.now())["body"]])

    def test_it_holds_what_its_kind_needs(self, site_tree, key):
        raw = BLOCK.normalize(kinds.starter(key)).get_prep_value()
        told = kinds.lacking(raw, key)
        assert len(told) == 1
        assert PEN in told[0]

    def test_every_text_of_it_is_a_hint_but_headings(self, site_tree, key):
        for kind, value in kinds.starter(key):
            assert kind == "heading" or next(hints_in(value))


def test_a_hint_that_is_left_is_told_at_the_field(client, site_tree, editor):
    guide = GuidePageFactory(live=False, text="<p>✎ Say who uses it.</p>")
    guide.save_revision()
    answer = send(client, guide, "action-submit")
    assert answer.status_code == 200
    assert "“✎ Say who uses it.” is a hint" in str(answer.context["form"].errors["body"])
    assert "Say who uses it." in answer.content.decode()  # what was typed is kept


def test_the_starter_is_in_the_language_of_the_tree(client, site_tree, editor, monkeypatch):
    asked = []
    monkeypatch.setattr(kinds, "starter", lambda key: asked.append(get_language()) or [])
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "fr"
    profile.save()
    client.get(add_address(site_tree), {"kind": "law"})
    assert asked == ["en"]


@pytest.mark.parametrize(
    ("key", "there", "told"),
    [
        ("law", [], 0),
        ("report", [], 0),
        ("guidance", [], 1),
        ("guidance", ["not_settled"], 0),
        ("best-practice", ["paragraph"], 1),
        ("checklist", ["not_settled"], 1),
        ("checklist", ["checklist"], 1),
        ("checklist", ["checklist", "not_settled"], 0),
        ("template", ["not_settled"], 1),
        ("template", ["document", "not_settled"], 0),
        ("template", ["model_text", "not_settled"], 0),
        ("case-study", ["paragraph"], 1),
        ("case-study", ["case"], 0),
        ("training", [], 2),
        ("training", ["exercise"], 1),
        ("training", ["exercise", "outcomes"], 0),
        ("", [], 0),
        ("moon", [], 0),
    ],
)
def test_what_a_kind_is_not_submitted_without(key, there, told):
    raw = [{"type": each, "value": ""} for each in there]
    assert len(kinds.lacking(raw, key)) == told


def test_what_is_missing_is_told_at_the_text_and_a_draft_may_lack_it(client, site_tree, editor):
    guide = GuidePageFactory(live=False, document_type="checklist", limits="")
    guide.save_revision()
    assert send(client, guide, "").status_code == 302
    told = str(send(client, guide, "action-submit").context["form"].errors["body"])
    assert "Add a block “Checklist”" in told
    assert "What this does not settle" in told


def test_an_empty_text_is_told_once(site_tree):
    guide = GuidePageFactory(live=False, document_type="checklist")
    guide.body = []
    told = guide.missing(timezone.now())["body"]
    assert told == "Fill this in. The page is not published without it."
