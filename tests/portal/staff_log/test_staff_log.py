"""The log of staff: what is in it, what never is, who reads it and for how long it is kept."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.staff_log.models import StaffEvent, What
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory
from tests.staff import current_code, set_up_factor, use_factor

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"
ADDRESS, AGENT = "203.0.113.77", "CanaryBrowser/6.6"


def browser():
    return Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT)


def with_password(**fields):
    person = UserFactory(**fields)
    person.set_password(PASSWORD)
    person.save()
    return person


def lines():
    return [(e.person, e.what, e.detail) for e in StaffEvent.objects.order_by("pk")]


def sign_in(client, person, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def test_how_staff_came_in_and_what_was_wrong_before(logged):
    person = with_password(role=roles.EDITOR, name="Edda")
    secret = set_up_factor(person)
    client = browser()
    sign_in(client, person, "wrong")
    sign_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    client.post(reverse("account_logout"))
    assert lines() == [
        (person, What.WRONG_PASSWORD, ""),
        (person, What.WRONG_FACTOR, "totp"),
        (person, What.SIGNED_IN, "password, totp"),
        (person, What.SIGNED_OUT, ""),
    ]
    written = logged()
    told = [json.loads(line) for line in written.splitlines()]
    ours = [line for line in told if line["logger"] == "portal.staff"]
    assert [(line["person"], line["what"]) for line in ours] == [
        (person.pk, what) for _person, what, _detail in lines()
    ]
    for trace in (ADDRESS, AGENT, person.email):
        assert trace not in written
        assert trace not in str(list(StaffEvent.objects.values()))


def test_a_wrong_code_from_an_e_mail_is_in_it():
    person = UserFactory(role=roles.MODERATOR)
    client = browser()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    assert lines() == [(person, What.WRONG_CODE, "")]


def test_what_is_refused_to_staff_is_in_it(settings):
    settings.STAFF_MFA_REQUIRED = True
    person = UserFactory(role=roles.ANALYST)
    set_up_factor(person)
    client = browser()
    client.force_login(person)
    client.get("/admin/reports/?q=secret")
    use_factor(client)
    client.get("/admin/reports/staff/?q=secret")
    assert lines() == [
        (person, What.UNPROVED, ""),
        (person, What.REFUSED, "GET /admin/reports/staff/"),
    ]


def test_of_members_and_visitors_there_is_nothing(site_tree):
    page = ConsultationPageFactory()
    comment = comment_on(page)
    member = with_password()
    secret = set_up_factor(member)
    client = browser()
    sign_in(client, member, "wrong")
    client.post(reverse("account_login"), {"login": "nobody@people.example", "password": "x"})
    sign_in(client, member)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    client.post(f"/en/consultations/{page.slug}/discussion/hide/{comment.pk}/", {"reason": "abuse"})
    client.get("/admin/")
    client.post(reverse("account_logout"))
    assert lines() == []


def test_nor_of_staff_where_people_answer(site_tree):
    page = ConsultationPageFactory(questionnaire=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(role=roles.MODERATOR))
    answer = client.post(f"/en/consultations/{page.slug}/responses/ECHRI-1/dispute/", {})
    assert answer.status_code in (403, 404)
    client.post("/record/verify/", {})
    assert lines() == []


def test_who_changed_whose_account_without_the_names_of_members():
    keeper = UserFactory(role=roles.ADMINISTRATOR)
    client = browser()
    client.force_login(keeper)
    for person in (UserFactory(name="Mika", role=roles.EDITOR), UserFactory(name="Nobody's")):
        data = {"email": person.email, "name": person.name, "submitter_type": "academia"}
        data["groups"] = [group.pk for group in person.groups.all()]
        client.post(
            reverse("wagtailusers_users:edit", args=[person.pk]), {**data, "is_active": "on"}
        )
        client.post(reverse("end_sessions_of", args=[person.pk]))
    assert lines() == [
        (keeper, What.ACCOUNT_CHANGED, "Mika, Editors"),
        (keeper, What.SESSIONS_ENDED, "Mika"),
        (keeper, What.ACCOUNT_CHANGED, "a member"),
        (keeper, What.SESSIONS_ENDED, "a member"),
    ]


def test_nobody_fills_it_by_failing_as_somebody_else():
    person = with_password(role=roles.EDITOR)
    from portal.staff_log.actions import note

    with time_machine.travel("2026-11-24 09:00:00Z", tick=False) as clock:
        for _ in range(150):
            note(person, What.WRONG_PASSWORD)
        note(person, What.SIGNED_IN)
        assert StaffEvent.objects.count() == 101
        clock.shift(timedelta(hours=1))
        note(person, What.WRONG_PASSWORD)
        assert StaffEvent.objects.count() == 102


def test_it_is_kept_as_long_as_is_said_and_stays_when_an_account_goes(settings):
    settings.STAFF_LOG_DAYS = 30
    person = UserFactory(role=roles.EDITOR, name="Edda")
    for days in (29, 31):
        StaffEvent.objects.create(
            person=person, name="Edda", what=What.SIGNED_IN, at=timezone.now() - timedelta(days)
        )
    person.delete()
    call_command("erase_old_staff_log")
    [left] = StaffEvent.objects.all()
    assert (left.person, left.name) == (None, "Edda")


def test_administrators_read_it_in_the_admin():
    person = UserFactory(role=roles.EDITOR, name="Edda <b>")
    StaffEvent.objects.create(
        person=person, name=person.name, what=What.REFUSED, detail="GET /x/", at=timezone.now()
    )
    for role, status in ((roles.ADMINISTRATOR, 200), (roles.MODERATOR, 302), (roles.EDITOR, 302)):
        client = Client()
        client.force_login(UserFactory(role=role))
        answer = client.get(reverse("staff_log"))
        assert answer.status_code == status, role
        if status == 200:
            page = answer.content.decode()
            assert "Edda &lt;b&gt;" in page
            assert "GET /x/" in page
            assert "erased after 365 days" in page
            found = client.get(reverse("staff_log_results"), {"what": "signed-in"})
            assert "Edda" not in found.content.decode()
