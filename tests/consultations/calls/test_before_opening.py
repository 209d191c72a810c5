"""What is said before a consultation opens, and on which days those asked are away."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.calls.models import Election
from portal.stakeholders import roles
from portal.stakeholders.models import State
from portal.taxonomy.holidays import days_off
from tests.consultations.calls.test_forms import form_for, typed
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SUBSCRIBING = [
    *("US", "AL", "AU", "BG", "CA", "CR", "HR", "CZ", "DK", "EC", "EE", "FI", "FR"),
    *("DE", "JP", "XK", "LV", "NL", "NZ", "MK", "NO", "KR", "SK", "ES", "GB"),
]
NEEDED = ("decided_already", "can_change", "who_decides")


@pytest.fixture
def page(consultations):
    """Open from the middle of November to the middle of January."""
    return ConsultationPageFactory(
        opens_at=datetime(2026, 11, 16, 9, tzinfo=UTC),
        closes_at=datetime(2027, 1, 15, 23, tzinfo=UTC),  # midnight in its zone
        asked_states=["DE", "FR"],
        short_notice_reason="A law enters into force in March.",
    )


@pytest.mark.parametrize("missing", NEEDED)
def test_it_is_not_submitted_before_it_says_what_is_open_and_who_decides(consultations, missing):
    page = ConsultationPageFactory.build()
    form = form_for(page, typed(**{missing: " "}))
    assert list(form.errors) == [missing]
    assert page.required_to_open[missing] in form.errors[missing]


def test_a_draft_is_saved_without(consultations):
    form = form_for(ConsultationPageFactory.build(), typed(**dict.fromkeys(NEEDED, "")))
    form.defer_required_fields()
    assert form.is_valid(), form.errors


def test_a_page_says_what_it_still_needs(page):
    page.decided_already = page.can_change = "Nothing."
    page.who_decides = " "
    assert set(NEEDED) & set(page.missing(timezone.now())) == {"who_decides"}


def test_readers_are_told_what_a_response_can_change(page, client):
    page.decided_already = ""
    page.can_change = "The list of indicators.\n\nTheir order."
    page.who_decides = "The licensing office, in June."
    page.save_revision().publish()
    text = client.get(page.url).content.decode()
    start = text.index("What a response can change")
    told = text[start : text.index("</section>", start)]
    assert "<p>The list of indicators.</p><p>Their order.</p>" in told
    assert "Who decides, and when" in told
    assert "What is decided already" not in told


@pytest.mark.parametrize("code", SUBSCRIBING)
def test_the_library_knows_the_holidays_of_every_subscribing_state(code):
    assert days_off([code], date(2027, 1, 1), date(2027, 12, 31))


def test_days_are_told_once_with_those_who_are_away():
    found = days_off(["DE", "FR", "ZZ"], date(2026, 12, 25), date(2026, 12, 26))
    assert [(each.day.day, each.countries) for each in found] == [(25, ("DE", "FR")), (26, ("DE",))]
    assert found[0].name == "Christmas Day"


def test_elections_count_from_the_first_day_to_the_last_of_those_asked(page):
    germany, japan = (
        State.objects.get_or_create(iso2=c, iso3=i)[0] for c, i in (("DE", "DEU"), ("JP", "JPN"))
    )
    for state, day in (
        (germany, date(2026, 11, 15)),
        (germany, date(2026, 11, 16)),
        (germany, date(2027, 1, 15)),
        (germany, date(2027, 1, 16)),
        (japan, date(2026, 12, 1)),
    ):
        Election.objects.create(state=state, on=day, name="Parliament")
    assert [each.on for each in page.elections()] == [date(2026, 11, 16), date(2027, 1, 15)]


def test_editors_are_warned_in_the_editor_and_may_go_on(page, client):
    germany = State.objects.get_or_create(iso2="DE", iso3="DEU")[0]
    Election.objects.create(state=germany, on=date(2026, 12, 6), name="Parliament")
    client.force_login(UserFactory(role=roles.EDITOR))
    text = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "runs over days on which those asked are away" in text
    assert "Sunday, 6 December 2026: Germany, Parliament" in text
    assert "Friday, 25 December 2026 (Christmas Day" in text
    page.refresh_from_db()
    page.save_revision().publish()  # nothing is refused


def test_elections_are_entered_by_editors(consultations, client):
    state = State.objects.get_or_create(iso2="DE", iso3="DEU")[0]
    client.force_login(UserFactory(role=roles.EDITOR))
    typed_in = {"state": state.pk, "on": "2027-03-14", "name": "Parliament", "source": ""}
    assert client.post("/admin/elections/new/", typed_in).status_code == 302
    assert Election.objects.get().on == date(2027, 3, 14)
    client.force_login(UserFactory(role=roles.ANALYST))
    assert client.get("/admin/elections/").status_code in (302, 403)
