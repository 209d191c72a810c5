"""Entries of control lists, as readers find them; and guides that are about one that changed."""

import csv
from datetime import date
from io import StringIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from knowledge.control_lists.models import EntryVersion, ListEntry
from knowledge.control_lists.registry import tell_changed
from knowledge.guides.models import GuideEntry, GuidePage
from portal.search.models import Card
from portal.stakeholders.roles import EDITOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory, ListEntryFactory, SourceFactory

pytestmark = pytest.mark.django_db


def main(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser").main


def numbers(page) -> list[str]:
    return [each.get_text() for each in page.select("tbody th")]


def about(entry, **fields):
    guide = GuidePageFactory(**fields)
    guide.entries = [GuideEntry(entry=entry)]
    guide.save_revision().publish(skip_permission_checks=True)
    return GuidePage.objects.get(pk=guide.pk)


def add_version(entry, day):
    EntryVersion.objects.create(entry=entry, applies_from=day, changed="Two notes are new.")
    tell_changed(ListEntry.objects.get(pk=entry.pk))


def typed(entry) -> dict[str, str]:
    version = entry.versions.get()
    return {
        "number": entry.number,
        "title": entry.title,
        "about": "",
        "language": "en",
        "wassenaar": "",
        "eccn": "",
        "other_codes-count": "0",
        "versions-TOTAL_FORMS": "2",
        "versions-INITIAL_FORMS": "1",
        "versions-MIN_NUM_FORMS": "0",
        "versions-MAX_NUM_FORMS": "1000",
        "versions-0-id": str(version.pk),
        "versions-0-applies_from": "2025-11-15",
        "versions-0-changed": version.changed,
        "versions-0-source": "",
        "versions-0-DELETE": "",
        "versions-1-id": "",
        "versions-1-applies_from": "2026-05-01",
        "versions-1-changed": "What is new.",
        "versions-1-source": "",
        "versions-1-DELETE": "",
    }


class TestFinding:
    @pytest.mark.parametrize("code", ["4.A.5", "4A005", "eccn+4a005", "4A005.x"])
    def test_an_entry_is_found_by_any_of_its_numbers(self, client, site_tree, code):
        ListEntryFactory(number="4A005", wassenaar="4.A.5")
        ListEntryFactory(number="5A001.f")
        assert numbers(main(client, f"/en/control-lists/?number={code}")) == ["4A005"]

    def test_a_number_of_another_list_finds_it_too(self, client, site_tree):
        ListEntryFactory(
            number="5A001.f",
            other_codes=[("code", {"list": "Malaysia", "code": "MY-77"})],
        )
        assert numbers(main(client, "/en/control-lists/?number=my-77")) == ["5A001.f"]

    def test_a_wider_number_finds_its_parts(self, client, site_tree):
        ListEntryFactory(number="5A001.f")
        ListEntryFactory(number="5A001.j")
        assert numbers(main(client, "/en/control-lists/?number=5.A.1")) == ["5A001.f", "5A001.j"]

    def test_a_number_that_is_not_there_says_where_to_look(self, client, site_tree):
        ListEntryFactory(number="5A001.f")
        page = main(client, "/en/control-lists/?number=9Z999")
        assert "No entry with this number" in page.get_text()
        assert "Look in the list itself." in page.get_text()

    def test_its_queries_do_not_grow(self, client, site_tree, django_assert_max_num_queries):
        ListEntryFactory.create_batch(2)
        client.get("/en/control-lists/")
        with CaptureQueriesContext(connection) as few:
            client.get("/en/control-lists/")
        ListEntryFactory.create_batch(10)
        with django_assert_max_num_queries(len(few)):
            client.get("/en/control-lists/")

    def test_the_concordance_is_a_table(self, client, site_tree):
        ListEntryFactory(number="4A005", wassenaar="4.A.5", title="=cmd()")
        answer = client.get("/en/control-lists/concordance.csv")
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[1][:2] == ["4A005", "4.A.5"]
        assert rows[1][4] == "'=cmd()"
        assert rows[1][5] == "2025-11-15"


class TestWatching:
    def test_a_guide_says_which_entries_it_is_about(self, client, site_tree):
        guide = about(ListEntryFactory(number="5A001.f"))
        link = main(client, guide.url).select_one('a[href="/en/control-lists/5a001-f/"]')
        assert link.get_text() == "5A001.f"

    def test_an_entry_lists_the_guides_about_it(self, client, site_tree):
        guide = about(ListEntryFactory(number="5A001.f"))
        GuidePageFactory()
        page = main(client, "/en/control-lists/5a001-f/")
        assert [each["href"] for each in page.select(".teasers a")] == [guide.url]

    def test_a_guide_is_found_by_each_number_of_its_entries(self, site_tree):
        guide = about(ListEntryFactory(number="4A005", wassenaar="4.A.5"))
        body = Card.objects.get(kind="guide", key=str(guide.pk)).body
        assert "4A005" in body
        assert "4.A.5" in body

    @time_machine.travel("2026-06-01 12:00Z", tick=False)
    def test_a_changed_entry_makes_every_guide_that_cites_it_due(self, client, site_tree):
        entry = ListEntryFactory(number="4A005")
        guide = about(entry, reviewed_on=date(2026, 1, 1), review_due=date(2027, 1, 1))
        other = GuidePageFactory(reviewed_on=date(2026, 1, 1), review_due=date(2027, 1, 1))
        add_version(entry, date(2026, 5, 1))
        assert GuidePage.objects.get(pk=guide.pk).review_due == date(2026, 5, 1)
        assert GuidePage.objects.get(pk=other.pk).review_due == date(2027, 1, 1)
        told = main(client, guide.url).get_text()
        assert "4A005 changed on 1 May 2026, after this guide was last reviewed." in told
        assert "Not reviewed since the entry changed" in main(client, entry.get_absolute_url()).text

    @time_machine.travel("2026-06-01 12:00Z", tick=False)
    def test_publishing_what_was_saved_before_does_not_take_the_day_back(self, site_tree):
        entry = ListEntryFactory(number="4A005")
        guide = about(entry, reviewed_on=date(2026, 1, 1), review_due=date(2027, 1, 1))
        guide.title = "A draft in work"
        draft = guide.save_revision()
        add_version(entry, date(2026, 5, 1))
        draft.refresh_from_db()
        draft.publish(skip_permission_checks=True)
        kept = GuidePage.objects.get(pk=guide.pk)
        assert (kept.title, kept.review_due) == ("A draft in work", date(2026, 5, 1))

    @time_machine.travel("2026-06-01 12:00Z", tick=False)
    def test_what_was_reviewed_since_or_is_due_before_stays(self, site_tree):
        entry = ListEntryFactory(number="4A005")
        since = about(entry, reviewed_on=date(2026, 5, 2), review_due=date(2027, 1, 1))
        before = about(entry, reviewed_on=date(2026, 1, 1), review_due=date(2026, 3, 1))
        add_version(entry, date(2026, 5, 1))
        assert GuidePage.objects.get(pk=since.pk).review_due == date(2027, 1, 1)
        assert GuidePage.objects.get(pk=before.pk).review_due == date(2026, 3, 1)

    @time_machine.travel("2026-06-01 12:00Z", tick=False)
    def test_a_version_to_come_is_told_as_one(self, client, site_tree):
        entry = ListEntryFactory(number="4A005")
        guide = about(entry, reviewed_on=date(2026, 1, 1), review_due=date(2027, 1, 1))
        add_version(entry, date(2026, 12, 1))
        assert GuidePage.objects.get(pk=guide.pk).review_due == date(2026, 12, 1)
        assert "has changed" not in main(client, guide.url).get_text()
        assert "From 1 December 2026" in main(client, entry.get_absolute_url()).get_text()


class TestKeeping:
    @pytest.mark.parametrize("number", ["4.A.5", "4a005", "4A5"])
    def test_a_number_that_is_there_in_another_spelling_is_refused(self, site_tree, number):
        ListEntryFactory(number="4A005")
        with pytest.raises(ValidationError) as told:
            ListEntry(number=number, title="Again").full_clean()
        assert "There is an entry with this number: 4A005." in str(told.value)

    @pytest.mark.parametrize("number", ["", "lasers", "8517.62"])
    def test_what_is_no_number_of_an_entry_is_refused_at_its_field(self, site_tree, number):
        with pytest.raises(ValidationError) as told:
            ListEntry(number=number, title="Lasers").full_clean()
        assert "number" in told.value.message_dict

    def test_an_entry_that_a_guide_is_about_stays(self, site_tree):
        entry = ListEntryFactory(number="4A005")
        about(entry)
        with pytest.raises(ProtectedError):
            entry.delete()

    def test_a_source_says_which_entries_stand_in_it(self, client, site_tree):
        source = SourceFactory()
        entry = ListEntryFactory(number="4A005")
        entry.versions.update(source=source)
        page = main(client, source.get_absolute_url())
        assert page.select_one('.teasers a[href="/en/control-lists/4a005/"]')

    def test_a_version_that_an_editor_adds_makes_guides_due(self, client, site_tree, settings):
        settings.STAFF_MFA_REQUIRED = False
        entry = ListEntryFactory(number="4A005")
        guide = about(entry, reviewed_on=date(2026, 1, 1), review_due=date(2027, 1, 1))
        client.force_login(UserFactory(role=EDITOR))
        client.post(f"/admin/snippets/control_lists/listentry/edit/{entry.pk}/", typed(entry))
        assert entry.versions.count() == 2
        assert GuidePage.objects.get(pk=guide.pk).review_due == date(2026, 5, 1)

    def test_two_versions_of_a_day_are_told_and_nothing_is_kept(self, client, site_tree, settings):
        settings.STAFF_MFA_REQUIRED = False
        entry = ListEntryFactory(number="4A005")
        client.force_login(UserFactory(role=EDITOR))
        sent = {**typed(entry), "versions-1-applies_from": "2025-11-15"}
        answer = client.post(f"/admin/snippets/control_lists/listentry/edit/{entry.pk}/", sent)
        assert answer.status_code == 200
        assert "What is new" in answer.content.decode()
        assert entry.versions.count() == 1
