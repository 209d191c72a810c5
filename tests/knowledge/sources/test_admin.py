"""Who keeps the library, and how an editor cites."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex

from knowledge.guides.models import GuidePage
from knowledge.sources.models import Source
from portal.search.models import Card
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR, MODERATOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Regulation",
    "short_name": "",
    "key": "E1",
    "language": "en",
    "kind": "law",
    "issuer": "European Union",
    "dated": "20 May 2021",
    "year": "2021",
    "number": "",
    "binds": "",
    "address": "https://law.example/e1",
    "archive_address": "",
    "read_on": "",
    "status_note": "",
    "successor": "",
    "versions-count": "1",
    "versions-0-deleted": "",
    "versions-0-order": "0",
    "versions-0-type": "version",
    "versions-0-id": "",
    "versions-0-value-language": "fr",
    "versions-0-value-address": "https://law.example/fr",
    "versions-0-value-title": "Règlement",
}


@pytest.fixture
def as_role(settings, site_tree):
    settings.STAFF_MFA_REQUIRED = False

    def signed_in(role):
        client = Client()
        client.force_login(UserFactory(role=role))
        return client

    return signed_in


def url(name, *args):
    return reverse(f"wagtailsnippets_sources_source:{name}", args=args)


@pytest.mark.parametrize("role", [EDITOR, ADMINISTRATOR])
def test_editors_and_administrators_keep_the_library_with_its_history(as_role, role):
    client = as_role(role)
    answer = client.post(url("add"), TYPED)
    assert answer.status_code == 302, answer.context["form"].errors
    source = Source.objects.get(key="e1")
    assert source.titled_in("fr").title == "Règlement"
    client.post(url("edit", source.pk), {**TYPED, "binds": "Exporters", "versions-count": "0"})
    source.refresh_from_db()
    assert source.binds == "Exporters"
    told = ModelLogEntry.objects.filter(object_id=str(source.pk)).values_list("action", flat=True)
    assert sorted(told) == ["wagtail.create", "wagtail.edit"]
    assert client.get(url("history", source.pk)).status_code == 200
    assert "Regulation" in client.get(url("list"), {"q": "regul", "kind": "law"}).content.decode()
    assert "Regulation" not in client.get(url("list_results"), {"kind": "tool"}).content.decode()


def test_nobody_else_does(as_role):
    client = as_role(MODERATOR)
    assert client.post(url("add"), TYPED).status_code == 302
    assert not Source.objects.exists()


def test_what_is_wrong_is_said_at_its_field(as_role):
    SourceFactory(address="https://law.example/e1", key="other")
    wrong = {**TYPED, "year": "21", "archive_address": "https://scribd.com/x"}
    errors = as_role(EDITOR).post(url("add"), wrong).context["form"].errors
    assert set(errors) == {"address", "archive_address", "year"}


def test_a_cited_source_is_not_deleted(as_role):
    client, source, free = as_role(EDITOR), SourceFactory(key="e1"), SourceFactory()
    GuidePageFactory(text=f"<p>A{cite('e1')}</p>")
    for each in (source, free):
        client.post(url("delete", each.pk))
    assert list(Source.objects.all()) == [source]


def test_a_source_that_replaced_another_is_not_deleted(as_role):
    newer = SourceFactory()
    SourceFactory(successor=newer)
    as_role(EDITOR).post(url("delete", newer.pk))
    assert Source.objects.count() == 2


def test_the_admin_tells_where_a_source_is_used(site_tree):
    source, listed = SourceFactory(key="e1"), SourceFactory()
    guide = GuidePageFactory(text=f"<p>A{cite('e1')}</p>", further=[listed])
    ReferenceIndex.create_or_update_for_object(GuidePage.objects.get(pk=guide.pk))
    assert ReferenceIndex.get_references_to(source).count() == 1
    assert ReferenceIndex.get_references_to(listed).count() == 1


def test_a_guide_is_found_by_the_new_name_of_its_source(as_role):
    client = as_role(EDITOR)
    client.post(url("add"), TYPED)
    guide = GuidePageFactory(text=f"<p>A{cite('e1')}</p>")
    source = Source.objects.get()
    client.post(url("edit", source.pk), {**TYPED, "title": "Xyzzy", "versions-count": "0"})
    assert "Xyzzy" in Card.objects.get(kind="guide", key=str(guide.pk)).body


def test_an_editor_chooses_a_source_and_then_the_place(as_role):
    client = as_role(EDITOR)
    source = SourceFactory(key="e1", title="Regulation on cameras")
    SourceFactory(title="Handbook")
    listed = client.get(reverse("cite_chooser:choose_results"), {"q": "camera"}).content.decode()
    assert "Regulation on cameras" in listed
    assert "Handbook" not in listed
    chosen = client.get(reverse("cite_chooser:chosen", args=[source.pk]), follow=True).json()
    assert chosen["step"] == "place"
    assert "Regulation on cameras" in chosen["html"]
    place = reverse("cite_place", args=["e1"])
    assert client.post(place, {"pinpoint": "Art. {5}"}).json()["step"] == "place"
    assert client.post(place, {"pinpoint": "Art. 5(1)"}).json() == {
        "step": "cited",
        "result": {"source": "e1", "pinpoint": "Art. 5(1)", "title": "[e1, Art. 5(1)]"},
    }
    again = client.get(place, {"pinpoint": "Art. 5(1)"}).json()
    assert 'value="Art. 5(1)"' in again["html"]


def test_nobody_outside_the_admin_is_shown_the_choice(client, site_tree):
    SourceFactory(key="e1")
    for name in (reverse("cite_chooser:choose"), reverse("cite_place", args=["e1"])):
        assert client.get(name).status_code == 302


def test_the_form_of_a_guide_lets_one_cite(as_role):
    guide = GuidePageFactory(live=False)
    form = as_role(EDITOR).get(reverse("wagtailadmin_pages:edit", args=[guide.pk]))
    html = form.content.decode()
    assert "sources/cite.js" in html
    assert "CITE" in html


@pytest.mark.parametrize("kind", ["law", "guidance", "best-practice"])
def test_a_guide_that_tells_what_to_do_is_not_submitted_without_the_places(site_tree, kind):
    SourceFactory(key="e1")
    guide = GuidePageFactory(live=False, document_type=kind, text=f"<p>A{cite('e1')}</p>")
    assert guide.missing(timezone.now()) == {
        "body": "Say where in “e1” the text rests: an article, a page, a principle."
    }


def test_a_checklist_may_cite_a_whole_document(site_tree):
    SourceFactory(key="e1")
    guide = GuidePageFactory(live=False, document_type="checklist", text=f"<p>A{cite('e1')}</p>")
    assert "e1" not in guide.missing(timezone.now())["body"]


def test_an_editor_is_told_at_the_text_when_it_is_submitted(as_role):
    SourceFactory(key="e1")
    client = as_role(EDITOR)
    guide = GuidePageFactory(live=False, document_type="law")
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    form = client.get(edit).context["form"]
    data = {
        name: form[name].value()
        for name in form.fields
        if name not in ("body", "further_sources", "comments") and form[name].value() is not None
    }
    kept = {"entityMap": {}, "blocks": []}
    kept["blocks"].append(
        {
            "key": "a",
            "type": "unstyled",
            "depth": 0,
            "text": "It binds.[e1]",
            "inlineStyleRanges": [],
            "entityRanges": [{"key": 0, "offset": 9, "length": 4}],
        }
    )
    kept["entityMap"]["0"] = {"type": "CITE", "mutability": "IMMUTABLE", "data": {"source": "e1"}}
    data |= {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "paragraph",
        "body-0-id": "",
        "body-0-value": json.dumps(kept),
        "further_sources-count": "0",
        **{f"{each}-TOTAL_FORMS": "0" for each in ("changes", "documents", "comments")},
        **{f"{each}-INITIAL_FORMS": "0" for each in ("changes", "documents", "comments")},
        "action-submit": "1",
    }
    answer = client.post(edit, data)
    assert answer.status_code == 200
    assert answer.context["form"].errors == {
        "body": ["Say where in “e1” the text rests: an article, a page, a principle."]
    }
