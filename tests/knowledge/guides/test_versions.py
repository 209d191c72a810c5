"""Versions of guides: each text that went live is kept as it was, numbered, and in the record."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from knowledge.guides.models import GuideDocument, GuidePage, GuideVersion
from knowledge.guides.versions.content import digest_of
from knowledge.guides.versions.record_audit import check_versions
from portal.record.models import Entry
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db


def publish(guide, **fields):
    """Publish a change of a guide, as an approved revision is; returns it as it is kept."""
    guide = GuidePage.objects.get(pk=guide.pk)
    for name, value in fields.items():
        setattr(guide, name, value)
    guide.save_revision().publish(skip_permission_checks=True)
    return GuidePage.objects.get(pk=guide.pk)


def paragraph(text):
    return json.dumps([{"type": "paragraph", "value": f"<p>{text}</p>"}])


@pytest.fixture
def guide(site_tree):
    SourceFactory(key="e1", title="Regulation 821", short_name="The Regulation")
    made = GuidePageFactory(
        title="End users", slug="end-users", text=f"<p>Ask{cite('e1', 'Art. 5')}.</p>"
    )
    call_command("begin_guide_versions", verbosity=0)
    return made


@pytest.fixture
def three(guide):
    """A guide of three versions."""
    publish(guide, body=paragraph("Ask who uses it."), change_note="Shorter")
    return publish(
        guide,
        body=paragraph("Ask who really uses it."),
        change_note="A word",
        is_minor_change=True,
    )


def soup(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return BeautifulSoup(response.content.decode(), "html.parser")


def text(element):
    return " ".join(element.get_text().split())


def test_each_live_guide_has_a_first_version_and_only_one(guide):
    GuidePageFactory(title="Draft", live=False)
    call_command("begin_guide_versions", verbosity=0)
    assert [(v.guide_id, v.number, v.note) for v in GuideVersion.objects.all()] == [
        (guide.pk, 1, "")
    ]


def test_publishing_makes_the_next_version_and_the_same_content_none(guide):
    publish(guide, change_note="Nothing")
    assert guide.published_versions.count() == 1
    publish(guide, summary="Another summary.", change_note=" A new summary ")
    assert [(v.number, v.note) for v in guide.published_versions.all()] == [
        (2, "A new summary"),
        (1, ""),
    ]


def test_the_first_publication_of_a_guide_is_version_1(site_tree):
    draft = GuidePageFactory(live=False)
    publish(draft)
    assert [v.number for v in draft.published_versions.all()] == [1]


def test_what_is_scheduled_becomes_a_version_when_it_goes_live(guide):
    later = timezone.now() + timedelta(days=1)
    publish(guide, title="Later", change_note="New title", go_live_at=later)
    assert guide.published_versions.count() == 1
    with time_machine.travel(later + timedelta(hours=1)):
        call_command("publish_scheduled", verbosity=0)
        version = guide.published_versions.first()
        assert (version.number, version.content["title"]) == (2, "Later")
        assert version.published_at >= later


def test_a_version_falls_with_its_publication(guide):
    with transaction.atomic():
        publish(guide, summary="Else", change_note="Else")
        transaction.set_rollback(True)
    assert guide.published_versions.count() == 1
    assert Entry.objects.filter(kind="guide.version").count() == 1


def test_a_version_stays_as_it_was(client, guide):
    SourceFactory._meta.model.objects.filter(key="e1").update(title="Renamed regulation")
    publish(guide, title="New title", body=paragraph("New words."), change_note="All new")
    page = soup(client, "/en/guides/end-users/versions/1/")
    assert text(page.h1) == "End users"
    assert "Regulation 821" in text(page.main)
    assert "Renamed" not in text(page.main)
    assert "New words" not in text(page.main)
    assert page.select_one("sup.cited")


def test_a_version_shows_every_kind_of_block_as_the_guide_does(client, guide):
    block = guide.body.stream_block
    body = [
        {"type": name, "value": kind.get_prep_value(kind.normalize(kind.get_preview_value()))}
        for name, kind in block.child_blocks.items()
        if name not in ("figure", "download")  # these show what the library has
    ]
    kept = publish(guide, body=json.dumps(body, cls=DjangoJSONEncoder), change_note="Every block")
    page, version = (soup(client, path) for path in (kept.url, f"{kept.url}versions/2/"))
    assert len(body) > 12
    assert text(version.select_one(".guide__body")) == text(page.select_one(".guide__body"))


def test_a_version_says_which_one_it_is_and_which_is_current(client, three):
    page = soup(client, "/en/guides/end-users/versions/2/")
    assert "This is version 2, published on" in text(page.main)
    assert page.find("a", string="Version 3 is current.")["href"] == three.url
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    newest = soup(client, "/en/guides/end-users/versions/3/")
    assert "It is current." in text(newest.main)


def test_the_list_has_each_version_with_day_note_and_size(client, three):
    items = [
        text(li) for li in soup(client, "/en/guides/end-users/versions/").select(".versions > li")
    ]
    assert items[0].startswith("Version 3 (current)")
    assert "Minor: A word" in items[0]
    assert "1 word added" in items[0]
    assert "Shorter" in items[1]
    assert "First version" in items[2]


def test_the_list_costs_the_same_for_many_versions(client, guide, django_assert_num_queries):
    path = "/en/guides/end-users/versions/"
    client.get(path)
    with CaptureQueriesContext(connection) as once:
        client.get(path)
    for n in range(5):
        publish(guide, summary=f"Summary {n}", change_note=f"Note {n}")
    with django_assert_num_queries(len(once)):
        client.get(path)


def test_anybody_can_check_the_digest_by_the_file_and_the_record(client, three):
    version = three.published_versions.get(number=2)
    file = client.get("/en/guides/end-users/versions/2.json")
    assert sha256(file.content).hexdigest() == version.digest == digest_of(version.content)
    assert version.digest in soup(client, "/en/guides/end-users/versions/2/").get_text()
    entry = Entry.objects.get(leaf=version.record_leaf)
    assert entry.public
    stated = {k: v for k, v in entry.statement.items() if k != "day"}
    assert stated == {
        "kind": "guide.version",
        "guide": "end-users",
        "language": "en",
        "version": 2,
        "sha256": version.digest,
    }


def test_the_audit_finds_a_version_that_was_changed(three):
    assert list(check_versions(iter(()))) == []
    version = three.published_versions.get(number=1)
    version.content["title"] = "Forged"
    version.save()
    assert len(list(check_versions(iter(())))) == 1
    version.digest = digest_of(version.content)
    version.save()
    assert ["is not what was entered" in f.text for f in check_versions(iter(()))] == [True]


def test_a_file_that_was_replaced_is_named_and_not_offered(client, site_tree):
    document = get_document_model()(title="Form", file=ContentFile(b"one", name="form.txt"))
    document._set_document_file_metadata()
    document.save()
    guide = GuidePageFactory(slug="with-file")
    GuideDocument.objects.create(guide=guide, document=document, title="The form")
    call_command("begin_guide_versions", verbosity=0)
    path = "/en/guides/with-file/versions/1/"
    assert soup(client, path).find("a", href=document.url)
    document.file_hash = "0" * 40
    document.save()
    page = soup(client, path)
    assert not page.find("a", href=document.url)
    assert "this file was changed or removed since" in text(page.main)


def test_the_page_of_a_guide_leads_to_its_versions_and_what_changed(client, three):
    page = soup(client, three.url)
    assert "Version 3" in [text(li) for li in page.select(".guide__status > li")]
    assert page.select_one('.guide__status a[href="/en/guides/end-users/versions/"]')
    notes = [text(li) for li in page.select(".guide__about .versions > li")]
    assert "Minor: A word" in notes[0]
    assert "Shorter" in notes[1]
    assert page.select_one('.versions a[href$="versions/compare/?from=1&to=2"]')
    cited = text(page.select_one(".response__citation"))
    assert "version 3 of" in cited


def test_versions_of_a_draft_a_restricted_or_no_guide_are_not_found(client, site_tree, three):
    draft = GuidePageFactory(live=False, slug="draft")
    for path in ("versions/", "versions/1/", "versions/1.json", "versions/compare/?from=1&to=1"):
        assert client.get(f"/en/guides/{draft.slug}/{path}").status_code == 404
        assert client.get(f"/en/guides/none/{path}").status_code == 404
    PageViewRestriction.objects.create(page=three, restriction_type="login")
    for path in ("versions/", "versions/1/", "versions/1.json", "versions/compare/?from=1&to=2"):
        assert client.get(f"/en/guides/end-users/{path}").status_code == 404


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999", "x", "-1"])
def test_a_version_that_is_not_there_is_not_found(client, three, number):
    assert client.get(f"/en/guides/end-users/versions/{number}/").status_code == 404


def test_the_feed_of_guides_carries_the_notes(client, three):
    response = client.get("/feeds/guides/")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = response.content.decode()
    assert "Minor: A word" in feed
    assert "Shorter" in feed
    three.unpublish()
    assert "Shorter" not in client.get("/feeds/guides/").content.decode()
