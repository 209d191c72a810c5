"""The portal's own sentences come with an update; what editors wrote stays theirs."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from portal.cms.models import PrivacyPage, StandardPage
from portal.management.page_text import body
from portal.search.engines import get_engine
from portal.search.query import SearchQuery
from tests.portal.cms.admin_forms import edit_address

upgrade = import_module("portal.cms.migrations.0007_keep_only_what_editors_wrote")
pytestmark = pytest.mark.django_db

# As `create_site` wrote it before the portal's sentences had templates.
FORMER = [
    {"heading": "Reading", "body": "You need no account to read."},
    {"heading": "Who decides", "body": "Moderators decide, and so may the administrators."},
]
SHIPPED = frozenset(
    upgrade.fingerprint(text) for each in FORMER for text in (each["heading"], each["body"])
)


@pytest.fixture
def as_before(site_tree, monkeypatch, tmp_path):
    """An installed site: the page on privacy is a page of text with what was shipped then."""
    known = tmp_path / "shipped"
    known.write_text("\n".join(SHIPPED))
    monkeypatch.setattr(upgrade, "SHIPPED", known)
    upgrade.back_to_standard_pages(apps, None)
    page = StandardPage.objects.get(slug="privacy")
    page.body = body(sections=FORMER)
    page.save_revision().publish()
    return page


def run(page):
    upgrade.keep_what_editors_wrote(apps, None)
    ContentType.objects.clear_cache()
    return PrivacyPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("address", ["/en/about/moderation/", "/en/take-part/", "/en/about/"])
def test_a_page_has_its_sections_in_its_contents(client, site_tree, address):
    html = client.get(address).content.decode()
    if address == "/en/about/":
        return
    assert '<nav class="contents' in html


def test_the_search_finds_the_portals_own_sentences(site_tree):
    page = site_tree.take_part
    page.save_revision().publish()
    hits = get_engine().search(SearchQuery('"in which you think best"')).hits
    assert [hit.url for hit in hits] == ["/en/take-part/"]


def test_what_was_shipped_goes_and_the_page_gets_its_type(client, as_before):
    page = run(as_before)
    assert list(page.body) == []
    assert not StandardPage.objects.filter(pk=page.pk).exists()
    html = client.get("/en/about/privacy/").content.decode()
    assert html.count("You need no account to read.") == 1
    assert page.get_latest_revision_as_object().title == page.title


def test_what_an_editor_wrote_stays_under_its_heading(client, as_before):
    as_before.body = body(
        sections=[
            {"heading": "Reading", "body": "You need no account to read.\n\nAsk Ada at the desk."},
            {"heading": "Our archive", "body": "Two floors below."},
        ]
    )
    as_before.save_revision().publish()
    html = str(run(as_before).body)
    assert "You need no account" not in html
    for kept in ("Reading", "Ask Ada at the desk.", "Our archive", "Two floors below."):
        assert kept in html


def test_it_knows_a_paragraph_that_went_through_the_editors_form(as_before):
    typed = [
        {"type": "paragraph", "value": '<p data-block-key="a1">You  need no account to read.</p>'},
        {"type": "paragraph", "value": "<ul><li>You need no account to read.</li></ul>"},
    ]
    assert upgrade.without_shipped(typed, SHIPPED) == []


def test_a_draft_that_waits_is_kept_less_what_was_shipped(as_before, author):
    as_before.title = "What we keep"
    as_before.body = body(sections=[*FORMER, {"heading": "New", "body": "Not approved yet."}])
    as_before.save_revision(user=author)
    page = run(as_before)
    draft = page.get_latest_revision_as_object()
    assert isinstance(draft, PrivacyPage)
    assert draft.title == "What we keep"
    assert "Not approved yet." in str(draft.body)
    assert "You need no account" not in str(draft.body)
    assert "Not approved yet." not in str(page.body)


def test_history_and_references_follow_the_page(as_before):
    page = run(as_before)
    after = ContentType.objects.get_for_model(PrivacyPage)
    assert Page.objects.get(pk=page.pk).content_type == after
    for model in (Revision, ReferenceIndex):
        rows = model.objects.filter(object_id=str(page.pk), base_content_type__model="page")
        assert set(rows.values_list("content_type", flat=True)) <= {after.pk}
    entries = PageLogEntry.objects.filter(page_id=page.pk)
    assert set(entries.values_list("content_type", flat=True)) <= {after.pk}


def test_an_editor_opens_it_afterwards(client, as_before, superuser):
    page = run(as_before)
    client.force_login(superuser)
    html = client.get(edit_address(page)).content.decode()
    assert 'name="controller"' in html


def test_a_second_run_and_the_way_back_lose_nothing(as_before):
    as_before.body = body(sections=[{"heading": "Our archive", "body": "Two floors below."}])
    as_before.save_revision().publish()
    run(as_before)
    upgrade.keep_what_editors_wrote(apps, None)
    upgrade.back_to_standard_pages(apps, None)
    page = StandardPage.objects.get(slug="privacy")
    assert "Two floors below." in str(page.body)
    connection.check_constraints()


def test_every_sentence_that_was_ever_shipped_is_known():
    """The list that the upgrade reads has what the last version before it wrote."""
    known = frozenset(upgrade.SHIPPED.read_text().split())
    for text in (
        "Your choices",
        "You need no account to read. The pages load nothing from third parties: no fonts, no "
        "statistics, no pictures from elsewhere. The application does not store your IP address "
        "or the name of your browser (the user agent), in its database or in its own logs.",
        "Backups keep what was erased until the backups are replaced.",
    ):
        assert upgrade.fingerprint(text) in known
    assert json.dumps(sorted(known))
