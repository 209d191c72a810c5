"""Editors type times as clocks in the consultation's own zone show them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from consultations.calls import zones
from consultations.calls.actions import extend_consultation
from consultations.calls.models import ConsultationPage, Extension
from portal.search.models import Card
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def typed(**changed):
    """The edit form of a consultation as an editor fills it in."""
    data = {
        "title": "Risk indicators",
        "slug": "risk-indicators",
        "summary": "What should count as a warning sign?",
        "host": changed.pop("host", None) or OrganisationFactory().pk,
        "timezone": "Europe/Brussels",
        "opens_at": "2027-01-04 09:00",
        "closes_at": "2027-04-30 23:59",
        "short_notice_reason": "",
        "decided_already": "Nothing.",
        "can_change": "The list of indicators.",
        "who_decides": "The licensing office, in June 2027.",
        "background": streamfield([("paragraph", rich_text("<p>Indicators are old.</p>"))]),
        "questionnaire_parts": streamfield([]),
        "grace_hours": "0",
        "code_months": "12",
        "anonymous_allowed": "on",
        "privacy_note": "",
        "postal_address": "",
        "documents": inline_formset([]),
        "discussion_enabled": "on",
        "outcome_text": streamfield([]),
        "dispositions": streamfield([]),
        "outcome_summary": "",
        "cancel_reason": "",
        "comments": inline_formset([]),
    }
    return nested_form_data({**data, **changed})


@pytest.fixture
def admin_client(client, db):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def form_for(page, data):
    handler = ConsultationPage.get_edit_handler()
    user = UserFactory(is_superuser=True)
    return handler.get_form_class()(data, instance=page, for_user=user)


def draft(index, **fields):
    page = ConsultationPage(**fields)
    page.set_url_path(index)
    return page


@pytest.mark.parametrize(
    ("zone", "opens_at", "closes_at"),
    [
        (
            "Europe/Brussels",
            datetime(2027, 1, 4, 8, 0, tzinfo=UTC),
            datetime(2027, 4, 30, 22, 0, tzinfo=UTC),
        ),
        (
            "America/St_Johns",
            datetime(2027, 1, 4, 12, 30, tzinfo=UTC),
            datetime(2027, 5, 1, 2, 30, tzinfo=UTC),
        ),
        (
            "Asia/Kathmandu",
            datetime(2027, 1, 4, 3, 15, tzinfo=UTC),
            datetime(2027, 4, 30, 18, 15, tzinfo=UTC),
        ),
    ],
)
@pytest.mark.parametrize("editors_own_zone", ["UTC", "Asia/Tokyo"])
def test_typed_times_are_read_in_the_consultations_zone(
    consultations, zone, opens_at, closes_at, editors_own_zone
):
    with timezone.override(editors_own_zone):  # as the admin does for an editor's account
        form = form_for(draft(consultations), typed(timezone=zone))
        assert form.is_valid(), form.errors
    assert (form.instance.opens_at, form.instance.closes_at) == (opens_at, closes_at)


@pytest.mark.parametrize(
    ("said", "zone"),
    [("brussels", "Europe/Brussels"), ("america/new york", "America/New_York"), ("utc", "UTC")],
)
def test_a_zone_is_found_by_its_town(consultations, said, zone):
    form = form_for(draft(consultations), typed(timezone=said))
    assert form.is_valid(), form.errors
    assert form.instance.timezone == zone
    assert f'<option value="{zone}">' in str(form["timezone"])


def test_what_is_no_zone_is_kept_and_said_where_it_was_typed(consultations):
    form = form_for(draft(consultations), typed(timezone="Brusels"))
    assert "“Brusels” is not a time zone we know" in form.errors["timezone"][0]
    assert set(form.errors) == {"timezone"}
    assert 'value="Brusels"' in str(form["timezone"])


def test_the_consulting_body_is_found_by_its_name(client, consultations):
    client.force_login(UserFactory(role="Editors"))
    OrganisationFactory(name="Ministère de l'Économie")
    other = OrganisationFactory(name="Port Authority")
    chooser = reverse("organisation_chooser:choose")
    everybody = client.get(chooser).json()["html"]
    form = form_for(draft(consultations), None)
    assert chooser in str(form["host"])
    assert "Ministère" in everybody
    assert other.name in everybody
    found = client.get(reverse("organisation_chooser:choose_results"), {"q": "économie"})
    assert "Ministère" in found.content.decode()
    assert other.name not in found.content.decode()


def test_the_form_shows_what_was_typed(consultations):
    page = ConsultationPageFactory(
        timezone="Asia/Kathmandu",
        opens_at=zones.instant(datetime.fromisoformat("2027-01-04 09:00"), "Asia/Kathmandu"),
        closes_at=zones.end_of_minute(datetime.fromisoformat("2027-04-30 23:59"), "Asia/Kathmandu"),
    )
    form = form_for(page, None)
    assert 'value="2027-01-04 09:00"' in str(form["opens_at"])
    assert 'value="2027-04-30 23:59"' in str(form["closes_at"])


@pytest.mark.parametrize(
    ("field", "value"), [("opens_at", "2027-03-28 02:30"), ("closes_at", "2027-10-31 02:30")]
)
def test_a_time_that_does_not_exist_or_exists_twice_is_told_beside_its_field(
    consultations, field, value
):
    data = typed(closes_at="2027-12-01 23:59") if field == "opens_at" else typed()
    form = form_for(draft(consultations), {**data, field: value})
    assert not form.is_valid()
    assert "Europe/Brussels" in form.errors[field][0]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closes_at": "2027-02-01 23:59"}, "short_notice_reason"),
        ({"closes_at": "2027-01-03 23:59"}, "closes_at"),
        ({"cancelled_at": "2027-02-01 12:00"}, "cancel_reason"),
        (
            {"outcome_published_at": "2027-03-01 12:00", "outcome_summary": "All."},
            "outcome_published_at",
        ),
        ({"outcome_published_at": "2027-08-01 12:00"}, "outcome_summary"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(consultations, changed, field):
    form = form_for(draft(consultations), typed(**changed))
    assert not form.is_valid()
    assert field in form.errors


def test_what_has_no_name_is_not_published_while_it_is_open(consultations):
    both = form_for(draft(consultations), typed(publishes_while_open="on"))
    assert not both.is_valid()
    assert "takes responses without a name" in str(both.errors["publishes_while_open"])
    one = typed(publishes_while_open="on", anonymous_allowed="")
    assert form_for(draft(consultations), one).is_valid()


def test_a_term_that_the_vocabulary_lacks_is_told_beside_its_field(consultations):
    form = form_for(draft(consultations), {**typed(), "commitments": ["world-peace"]})
    assert not form.is_valid()
    assert "world-peace" in form.errors["commitments"][0]


def test_twelve_weeks_by_the_clock_are_enough_across_summer_time(consultations):
    data = typed(opens_at="2027-02-01 00:00", closes_at="2027-04-25 23:59")
    form = form_for(draft(consultations), data)
    assert form.is_valid(), form.errors


def test_an_announced_deadline_is_not_moved_by_editing(consultations):
    page = ConsultationPageFactory()
    zone = ZoneInfo(page.timezone)
    local = {
        "timezone": page.timezone,
        "host": page.host_id,
        "opens_at": f"{page.opens_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "closes_at": f"{page.closes_at.astimezone(zone) + timedelta(days=9):%Y-%m-%d %H:%M}",
    }
    form = form_for(page, typed(**local))
    assert not form.is_valid()
    assert "Extend the deadline" in form.errors["closes_at"][0]


def test_an_extension_is_published_with_its_reason(consultations, editor, client):
    page = ConsultationPageFactory()
    before, later = page.closes_at, page.closes_at + timedelta(weeks=2)
    extend_consultation(consultation=page, by=editor, closes_at=later, reason="An outage.")
    page = ConsultationPage.objects.get(pk=page.pk)
    assert (page.closes_at, page.live) == (later, True)
    extension = Extension.objects.get()
    assert (extension.previous_closes_at, extension.new_closes_at) == (before, later)
    assert "An outage." in client.get(page.get_url()).content.decode()
    assert Card.objects.filter(kind="consultation", key=str(page.pk)).exists()


def test_an_extension_leaves_a_draft_its_text_and_the_draft_keeps_the_time(consultations, editor):
    page = ConsultationPageFactory()
    page.summary = "A better summary."
    old_draft = page.save_revision()
    later = page.closes_at + timedelta(weeks=2)
    extend_consultation(consultation=page, by=editor, closes_at=later, reason="An outage.")
    page = ConsultationPage.objects.get(pk=page.pk)
    assert page.summary != "A better summary."
    assert page.get_latest_revision_as_object().summary == "A better summary."
    old_draft.publish()
    page = ConsultationPage.objects.get(pk=page.pk)
    assert (page.summary, page.closes_at) == ("A better summary.", later)


@pytest.mark.parametrize(
    ("trait", "shift", "reason"),
    [
        ("open", timedelta(0), "Why not."),
        ("open", timedelta(days=-1), "Why not."),
        ("open", timedelta(days=1), "  "),
        ("closed", timedelta(weeks=4), "Too late."),
        ("cancelled", timedelta(weeks=4), "Too late."),
    ],
)
def test_an_extension_only_lengthens_what_runs_and_gives_a_reason(
    consultations, editor, trait, shift, reason
):
    page = ConsultationPageFactory(**({} if trait == "open" else {trait: True}))
    with pytest.raises(ValidationError):
        extend_consultation(
            consultation=page, by=editor, closes_at=page.closes_at + shift, reason=reason
        )
    assert not Extension.objects.exists()


def test_members_and_moderators_do_not_extend(consultations, member, moderator):
    page = ConsultationPageFactory()
    for user in (member, moderator):
        with pytest.raises(PermissionDenied):
            extend_consultation(
                consultation=page,
                by=user,
                closes_at=page.closes_at + timedelta(days=1),
                reason="Because.",
            )


def test_an_editor_extends_in_the_admin(consultations, editor, client):
    page = ConsultationPageFactory(timezone="America/St_Johns")
    client.force_login(editor)
    url = reverse("extend_consultation", args=[page.pk])
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code in (200, 302)
    assert client.get(url).status_code == 200
    local = zones.wall_time(page.closes_at + timedelta(days=7), page.timezone)
    wrong = client.post(url, {"closes_at": "2020-01-01 00:00", "reason": "Typing."})
    assert wrong.status_code == 200
    assert "Typing." in wrong.content.decode()
    right = client.post(url, {"closes_at": f"{local:%Y-%m-%d} 23:59", "reason": "An outage."})
    assert right.status_code == 302
    page = ConsultationPage.objects.get(pk=page.pk)
    shown = zones.wall_time(page.deadline, page.timezone)
    assert f"{shown:%H:%M:%S}" == "23:59:59"


def test_the_extension_has_its_calendar(consultations, editor, client):
    page = ConsultationPageFactory()
    client.force_login(editor)
    shown = client.get(reverse("extend_consultation", args=[page.pk])).content.decode()
    assert "wagtailadmin/js/date-time-chooser" in shown


def test_a_consultation_is_made_through_the_admin(consultations, admin_client):
    url = reverse("wagtailadmin_pages:add", args=["calls", "consultationpage", consultations.pk])
    response = admin_client.get(url)
    assert response.status_code == 200
    response = admin_client.post(url, {**typed(), "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    page = ConsultationPage.objects.get(slug="risk-indicators")
    with time_machine.travel(page.opens_at, tick=False):
        assert admin_client.get(page.get_url()).status_code == 200


def test_an_address_in_arabic_letters_is_refused_beside_its_field():
    page = ConsultationPageFactory(slug="risk-indicators")
    form = form_for(page, typed(title="مؤشرات الخطر", slug="مؤشرات-الخطر"))
    assert not form.is_valid()
    assert "slug" in form.errors
    assert "slug" not in form_for(page, typed(title="مؤشرات الخطر")).errors
