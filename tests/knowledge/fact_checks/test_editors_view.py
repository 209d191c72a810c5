"""Rounds in the admin: opened, asked, watched, settled, closed; and who may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.fact_checks.actions import answering, asking
from knowledge.fact_checks.errors import TooManyMails
from knowledge.fact_checks.models import Expert, FactCheck, Verdict
from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.knowledge.fact_checks.building import asked, mails, opened
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor, client):
    client.force_login(editor)
    return client


@pytest.fixture
def guide(site_tree):
    return GuidePageFactory()


def typed(**fields):
    later = timezone.now().date() + timedelta(days=10)
    said = {
        "title": "Round one",
        "deadline": later.isoformat(),
        "brief": "The dates.",
        "contact": "desk@staff.example",
        "name": "Dr Ito",
        "affiliation": "Institute",
        "email": "ito@people.example",
        "language": "en",
    }
    return {**said, **fields}


def said(section, kind="correct", wrong=""):
    return {"section": section, "kind": kind, "wrong": wrong, "evidence": "", "evidence_url": ""}


def sends(expert, *answers, may_be_named=False):
    return answering.send(expert=expert, answers=answers, may_be_named=may_be_named)


def test_the_guide_s_edit_page_leads_to_it(desk, guide):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).content.decode()
    assert reverse("open_fact_check", args=[guide.pk]) in page


def test_a_round_is_opened_with_its_first_expert_and_the_mail_goes(desk, guide):
    answer = desk.post(reverse("open_fact_check", args=[guide.pk]), typed())
    check = FactCheck.objects.get()
    assert answer.url == reverse("fact_check", args=[check.pk])
    assert [mail.to for mail in mails()] == [["ito@people.example"]]
    assert check.digest
    assert [each["title"] for each in check.sections] == ["", "What it says", "How to use it"]
    page = desk.get(answer.url).content.decode()
    assert "Nothing yet" in page
    listed = desk.get(reverse("fact_checks")).content.decode()
    assert "Round one" in listed


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"deadline": "2020-01-01"}, "Choose a day in the future."),
        ({"deadline": "never"}, "Enter a valid date."),
        ({"email": "none"}, "Enter a valid email address."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"brief": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(desk, guide, wrong, told):
    answer = desk.post(reverse("open_fact_check", args=[guide.pk]), typed(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "Round one" in page
    assert not FactCheck.objects.exists()
    assert not mails()


def test_today_is_no_deadline(desk, guide):
    today = timezone.now().date().isoformat()
    answer = desk.post(reverse("open_fact_check", args=[guide.pk]), typed(deadline=today))
    assert answer.status_code == 422


def test_one_more_expert_is_asked_but_nobody_twice(desk, guide):
    check = opened(guide)
    asked(check)
    address = reverse("ask_fact_expert", args=[check.pk])
    new = {name: value for name, value in typed().items() if name != "title"}
    assert desk.post(address, {**new, "email": "ITO@people.example"}).status_code == 409
    assert desk.post(address, {**new, "email": "ana@people.example"}).status_code == 302
    assert check.experts.count() == 2


def test_the_verdicts_of_all_stand_side_by_side_and_what_is_only_saved_does_not(desk, guide):
    check = opened(guide)
    one, other = asked(check), asked(check, "Ana Ruiz", email="ana@people.example")
    sends(one, said(0, "incorrect", "It was 2022."), said(1), said(2))
    answering.save(expert=other, answers=[said(0, "incorrect", "Unsent words")], may_be_named=False)
    page = desk.get(reverse("fact_check", args=[check.pk])).content.decode()
    assert "It was 2022." in page
    assert "1 finding to settle." in page
    assert "Saved, not sent" in page
    assert "Unsent words" not in page


def test_a_finding_is_settled_with_a_reason_where_nothing_changes(desk, guide):
    check = opened(guide)
    sends(asked(check), said(0, "incorrect", "It was 2022."))
    verdict = Verdict.objects.get()
    address = reverse("settle_finding", args=[check.pk, verdict.pk])
    assert "It was 2022." in desk.get(address).content.decode()
    answer = desk.post(address, {"outcome": "kept", "because": ""})
    assert answer.status_code == 422
    assert "Say why the text is not changed." in answer.content.decode()
    assert desk.post(address, {"outcome": "kept", "because": "It was 2021."}).status_code == 302
    verdict.refresh_from_db()
    assert (verdict.outcome, verdict.because) == ("kept", "It was 2021.")
    page = desk.get(reverse("fact_check", args=[check.pk])).content.decode()
    assert "0 findings to settle." in page


def test_only_what_was_sent_as_incorrect_is_settled(desk, guide):
    check = opened(guide)
    expert = asked(check)
    answering.save(expert=expert, answers=[said(0, "incorrect", "No")], may_be_named=False)
    verdict = Verdict.objects.get()
    address = reverse("settle_finding", args=[check.pk, verdict.pk])
    assert desk.get(address, follow=True).status_code == 404
    other = opened(guide)
    address = reverse("settle_finding", args=[other.pk, verdict.pk])
    assert desk.get(address, follow=True).status_code == 404


def test_buttons_send_anew_revoke_and_close(desk, guide):
    check = opened(guide)
    expert = asked(check)
    address = reverse("fact_check", args=[check.pk])
    desk.post(address, {"act": "again", "expert": expert.pk})
    assert Expert.objects.get().link_hash != expert.link_hash
    desk.post(address, {"act": "revoke", "expert": expert.pk})
    assert Expert.objects.get().state == Expert.State.REVOKED
    desk.post(address, {"act": "close"})
    assert FactCheck.objects.get().closed_on
    desk.post(address, {"act": "again", "expert": expert.pk})
    assert "This round is closed." in desk.get(address).content.decode()
    assert not mails(), "what waited was taken back"


@pytest.mark.parametrize("expert", ["", "x", "9" * 30, "-1", "７"])
def test_a_button_about_nobody_is_not_found(desk, guide, expert):
    check = opened(guide)
    asked(check)
    address = reverse("fact_check", args=[check.pk])
    posted = {"act": "revoke", "expert": expert}
    assert desk.post(address, posted, follow=True).status_code == 404
    assert Expert.objects.get().revoked_on is None


def test_getting_a_page_changes_nothing(desk, guide):
    check = opened(guide)
    asked(check)
    desk.get(reverse("fact_check", args=[check.pk]), {"act": "close"})
    assert FactCheck.objects.get().closed_on is None


def test_the_deadline_only_moves_on(desk, guide):
    check = opened(guide)
    address = reverse("extend_fact_check", args=[check.pk])
    same = desk.post(address, {"deadline": check.deadline.isoformat()})
    assert same.status_code == 422
    assert "The new deadline must come after the old one." in same.content.decode()
    later = check.deadline + timedelta(days=1)
    assert desk.post(address, {"deadline": later.isoformat()}).status_code == 302
    assert FactCheck.objects.get().deadline == later


@pytest.mark.usefixtures("one_minute")
def test_one_editor_writes_to_so_many_strangers_a_day(guide):
    check = opened(guide)
    for number in range(50):
        asked(check, email=f"x{number}@people.example")
    with pytest.raises(TooManyMails):
        asked(check, email="one-more@people.example")
    assert check.experts.count() == 50


MEANT = {roles.EDITOR, roles.ADMINISTRATOR}


@pytest.mark.parametrize("role", roles.ROLES)
def test_another_role_is_refused(guide, role):
    check = opened(guide)
    expert = asked(check)
    browser = Client()
    browser.force_login(UserFactory(role=role))
    for address in (
        reverse("fact_checks"),
        reverse("fact_check", args=[check.pk]),
        reverse("open_fact_check", args=[guide.pk]),
        reverse("ask_fact_expert", args=[check.pk]),
        reverse("extend_fact_check", args=[check.pk]),
    ):
        assert (browser.get(address).status_code == 200) == (role in MEANT), address
    browser.post(reverse("fact_check", args=[check.pk]), {"act": "revoke", "expert": expert.pk})
    assert (Expert.objects.get().revoked_on is not None) == (role in MEANT)


def test_who_may_not_is_told_of_no_round(guide):
    browser = Client()
    browser.force_login(UserFactory(role=roles.MODERATOR))
    there = browser.get(reverse("fact_check", args=[opened(guide).pk]))
    nowhere = browser.get(reverse("fact_check", args=[987654]))
    assert there.status_code == nowhere.status_code


def test_the_number_of_queries_does_not_grow_with_experts(
    desk, guide, django_assert_max_num_queries
):
    check = opened(guide)
    for number in range(6):
        expert = asked(check, f"Expert {number}", email=f"x{number}@people.example")
        sends(expert, said(0, "incorrect", "No"), said(1), said(2))
    address = reverse("fact_check", args=[check.pk])
    desk.get(address)
    with django_assert_max_num_queries(30) as few:
        desk.get(address)
    for number in range(6, 12):
        expert = asked(check, f"Expert {number}", email=f"x{number}@people.example")
        sends(expert, said(0, "incorrect", "No"))
    with django_assert_max_num_queries(len(few)):
        desk.get(address)


def test_the_version_is_that_of_the_publication(guide, editor):
    assert opened(guide).version == 1
    guide.summary = "Another."
    guide.save_revision()
    assert opened(guide).version == 1, "nothing was published by a revision yet"
    guide.save_revision().publish(skip_permission_checks=True)
    guide.refresh_from_db()
    guide.summary = "A third."
    guide.save_revision()
    assert opened(guide).version == 2


def test_asking_somebody_is_for_whoever_may(guide):
    check = opened(guide)
    check.opened_by.groups.clear()
    check.opened_by.refresh_from_db()
    with pytest.raises(asking.NotPermitted):
        asked(FactCheck.objects.get())


def test_a_guide_without_a_text_is_not_sent_to_anybody(desk, site_tree):
    empty = GuidePageFactory(summary="", sections=(), limits="", live=False)
    answer = desk.post(reverse("open_fact_check", args=[empty.pk]), typed())
    assert answer.status_code == 409
    assert "This guide has no text yet." in answer.content.decode()
    assert not mails()
