"""A consultation opens when it is published at the earliest, and a copy of one has no dates."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from consultations.calls.calendar_file import calendar_of
from consultations.calls.feeds.events import events_of
from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from portal.search.models import Card
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory
from tests.portal.cms.admin_forms import edit_address, filled_in, send

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
AUGUST = datetime(2026, 8, 1, 7, tzinfo=UTC)
SECOND, DAY, WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(weeks=1)
TEXT = [("paragraph", "<p>Indicators are old.</p>")]


def draft(**fields):
    fields = {"opens_at": AUGUST, "closes_at": NOW + 13 * WEEK, "background": TEXT, **fields}
    return ConsultationPageFactory(live=False, slug="signs", **fields)


def publish(page, at, **fields):
    """Publish the draft of a page as it now is; return the page as people find it."""
    with time_machine.travel(at, tick=False):
        page = ConsultationPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()
    return fresh(page)


def fresh(page):
    return ConsultationPage.objects.get(pk=page.pk)


@pytest.mark.parametrize(
    ("planned", "opened"),
    [
        (AUGUST, NOW),
        (NOW - SECOND, NOW),
        (NOW, NOW),
        (NOW + SECOND, NOW + SECOND),
        (NOW + WEEK, NOW + WEEK),
    ],
)
def test_it_opens_as_planned_or_when_published_whichever_is_later(consultations, planned, opened):
    assert publish(draft(opens_at=planned), NOW).opens_at == opened


def test_everything_that_tells_the_opening_tells_the_same(client, consultations):
    page = publish(draft(), NOW)
    with time_machine.travel(NOW, tick=False):
        shown = client.get(page.get_url()).content.decode()
        (event,) = events_of([page], NOW)
        calendar = calendar_of(page, "", NOW).decode()
    assert "30 November 2026, 10:30 (Brussels time)" in shown
    assert "opened 30 November 2026" in shown
    assert "August" not in shown
    assert '"startDate": "2026-11-30T09:30:00+00:00"' in shown
    assert (event.key, event.at) == ("opened", NOW)
    assert Card.objects.get(kind="consultation", key=str(page.pk)).date.date() == NOW.date()
    assert "202608" not in calendar
    with time_machine.travel(NOW - SECOND, tick=False):
        assert fresh(page).phase() is Phase.SCHEDULED
    assert page.phase(NOW) is Phase.OPEN


def test_its_editor_reads_when_it_opened_and_may_not_change_it(client, consultations, editor):
    page = publish(draft(), NOW + 27 * SECOND)
    with time_machine.travel(NOW + DAY, tick=False):
        client.force_login(editor)
        form = filled_in(client, edit_address(page))
        assert form["opens_at"] == "2026-11-30 10:30"
        send(client, page, "", summary="Shorter.")
        send(client, page, "action-submit", opens_at="2026-08-01 09:00", summary="Shortest.")
        kept = fresh(page).get_latest_revision_as_object()
    assert (kept.summary, kept.opens_at) == ("Shorter.", NOW + 27 * SECOND)


def test_published_again_it_keeps_the_day_on_which_it_opened(consultations):
    page = publish(draft(), NOW)
    assert publish(page, NOW + WEEK, summary="Again.").opens_at == NOW


def test_what_was_taken_down_while_open_keeps_its_opening(consultations):
    page = publish(draft(), NOW)
    with time_machine.travel(NOW + DAY, tick=False):
        page.unpublish()
    assert publish(page, NOW + WEEK).opens_at == NOW


def test_what_was_taken_down_before_it_opened_opens_when_it_comes_back(consultations):
    page = publish(draft(opens_at=NOW + 2 * DAY), NOW)
    with time_machine.travel(NOW + DAY, tick=False):
        page.unpublish()
    assert publish(page, NOW + 3 * DAY).opens_at == NOW + 3 * DAY


def test_an_opening_brought_forward_is_not_before_that_was_published(consultations):
    page = publish(draft(opens_at=NOW + 9 * DAY), NOW)
    assert publish(page, NOW + DAY, opens_at=AUGUST).opens_at == NOW + DAY


def test_what_goes_live_by_itself_opens_then(consultations):
    live = NOW + DAY
    page = publish(draft(go_live_at=live), NOW)
    assert not page.live
    with time_machine.travel(live + 120 * SECOND, tick=False):
        call_command("publish_scheduled")
    page = fresh(page)
    assert (page.live, page.opens_at) == (True, live + 120 * SECOND)


def test_what_was_published_before_keeps_its_dates(consultations):
    with time_machine.travel(NOW, tick=False):
        page = ConsultationPageFactory(opens_at=AUGUST, closes_at=NOW + 13 * WEEK)
    assert publish(page, NOW + DAY).opens_at == AUGUST


# Twelve weeks by the clock from the publication, to the end of a minute.
TWELVE = NOW + 12 * WEEK


@pytest.mark.parametrize(
    ("closes_at", "told"),
    [
        (TWELVE, None),
        (TWELVE - 60 * SECOND, "short_notice_reason"),
        (NOW + 60 * SECOND, "short_notice_reason"),
        (NOW, "closes_at"),
    ],
)
def test_twelve_weeks_are_counted_from_the_publication(
    client, consultations, editor, closes_at, told
):
    page = draft(closes_at=closes_at)
    with time_machine.travel(NOW, tick=False):
        page.save_revision()
        client.force_login(editor)
        answer = send(client, page, "action-submit")
        if told is None:
            assert answer.status_code == 302, answer.context["form"].errors
        else:
            assert list(answer.context["form"].errors) == [told]


@pytest.mark.parametrize("way", ["dashboard", "editor"])
def test_what_waited_too_long_for_approval_needs_a_reason(client, consultations, editor, way):
    page = draft(closes_at=TWELVE)
    with time_machine.travel(NOW, tick=False):
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
    with time_machine.travel(NOW + DAY, tick=False):
        client.force_login(UserFactory(role="Editors"))
        if way == "dashboard":
            state = page.current_workflow_task_state
            url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
            answer = client.post(url, {"comment": ""}, follow=True)
            assert "Reason for short notice: It is open for less than" in answer.content.decode()
        else:
            data = {"workflow-action-name": "approve"}
            answer = send(client, page, "action-workflow-action", **data)
            assert list(answer.context["form"].errors) == ["short_notice_reason"]
    assert not fresh(page).live
    assert fresh(page).workflow_in_progress


def test_a_copy_has_no_dates(client, consultations, editor):
    page = ConsultationPageFactory(
        outcome=True, slug="signs", short_notice_reason="A law.", background=TEXT
    )
    page.extensions.create(
        previous_closes_at=page.closes_at - DAY, new_closes_at=page.closes_at, reason="An outage."
    )
    page.save_revision().publish()
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    answer = client.post(
        url,
        {"new_title": "Again", "new_slug": "again", "new_parent_page": consultations.pk},
    )
    assert answer.status_code == 302
    row = ConsultationPage.objects.get(slug="again")
    for copy in (row, row.get_latest_revision_as_object()):
        assert not copy.live
        assert (copy.opens_at, copy.closes_at, copy.docket) == (None, None, None)
        assert (copy.outcome_published_at, copy.outcome_summary) == (None, "")
        assert copy.short_notice_reason == ""
        assert not copy.extensions.exists()
        assert copy.background[0].value.source == TEXT[0][1]
    assert client.get(edit_address(row)).status_code == 200


def test_a_copy_is_always_a_draft(client, consultations):
    page = ConsultationPageFactory(slug="signs")
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = client.get(url).content.decode()
    assert "publish_copies" not in form
    assert 'name="alias"' not in form


@pytest.mark.parametrize("known", [(), ("opens_at",), ("closes_at",)])
def test_a_draft_without_dates_is_in_the_first_phase_alone(consultations, known):
    nothing = {"opens_at": None, "closes_at": None}
    page = draft(**{name: nothing[name] for name in nothing if name not in known})
    assert page.phase(NOW) is Phase.SCHEDULED
    found = [each for each in Phase if ConsultationPage.objects.in_phase(each, NOW).exists()]
    assert found == [Phase.SCHEDULED]


def test_the_docket_is_of_the_year_of_the_opening_once_that_is_said(consultations):
    page = draft(opens_at=None, closes_at=None)
    other = ConsultationPageFactory(live=False, slug="other", opens_at=None, closes_at=None)
    assert (page.docket, other.docket) == (None, None)
    page.opens_at = datetime(2027, 1, 4, tzinfo=UTC)
    page.save()
    assert page.docket.startswith("ECHRI-2027-")
