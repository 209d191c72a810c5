"""Following as people do it: by an address and its code, or with one button; and stopping."""

import re

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from consultations.following import actions
from consultations.following.contacts import reachable
from consultations.following.models import Follow
from consultations.following.news import tell_followers
from consultations.following.unsubscribe_links import stop_address
from portal.notifications.delivery import send_due
from portal.notifications.models import Message
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.following.conftest import DAY
from tests.consultations.following.test_news import LENA, extend, follow, publish
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def here(page) -> str:
    return reverse("follow_consultation", args=[page.slug])


def text(answer) -> str:
    return " ".join(re.sub("<[^>]+>", " ", answer.content.decode()).split())


def ask(client, page, address=LENA) -> str:
    """Ask for a code; returns the address of the page that takes it."""
    answer = client.post(here(page), {"email": address, "language": "en"})
    assert answer.status_code == 302
    send_due()
    return answer["Location"]


def code() -> str:
    return re.search(r"\b(\d{4}-\d{4})\b", mail.outbox[-1].body)[1]


def followers(page) -> list[str]:
    return sorted(reachable(each).address for each in page.follows.all())


def test_the_page_leads_to_it_and_says_all_before_an_address_is_asked_for(page, client):
    assert f'href="{here(page)}"' in client.get(page.url).content.decode()
    answer = client.get(here(page))
    shown = text(answer)
    for said in (
        "its deadline is moved: the old date, the new date, and why;",
        "it closes;",
        "responses are published",
        "its outcome is published, or it is cancelled. That mail is the last.",
        "Following is not responding.",
        "No page shows who follows a consultation or how many do",
        "Your address is erased when you stop, after the last mail, and two years after",
    ):
        assert said in shown
        assert shown.index(said) < shown.index("E-mail address")
    assert reverse("consultation_feed", args=[page.slug]) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_an_address_follows_when_its_code_is_typed_and_not_before(page, client):
    where = ask(client, page)
    assert not Follow.objects.exists()
    assert "Code from the e-mail" in text(client.get(where))
    assert "Warning signs" not in mail.outbox[-1].body
    answer = client.post(where, {"code": code(), "email": LENA}, follow=True)
    assert answer.redirect_chain == [(page.url, 302)]
    assert "You follow this consultation at the address that you confirmed." in text(answer)
    assert followers(page) == [LENA]
    stop = BeautifulSoup(answer.content, "html.parser").find("a", string="Stop following")["href"]
    assert "Stop following" in text(client.get(stop))
    client.post(stop)
    assert not Follow.objects.exists()


def test_a_wrong_code_is_told_beside_it_and_five_end_it(page, client):
    where = ask(client, page)
    wrong = "0000-0000" if code() != "0000-0000" else "1111-1111"
    for _time in range(4):
        answer = client.post(where, {"code": wrong, "email": LENA})
        assert answer.status_code == 422
        assert "This code is not right. Type the newest one:" in text(answer)
    answer = client.post(where, {"code": wrong, "email": LENA})
    assert "The code no longer works." in text(answer)
    assert f'value="{LENA}"' in answer.content.decode()
    assert client.post(where, {"code": code(), "email": LENA}).status_code == 422
    assert not Follow.objects.exists()


def test_a_code_is_of_use_only_where_it_was_asked_for(page, client):
    where = ask(client, page)
    other = ConsultationPageFactory(slug="other")
    for wrong in (here(page), f"{here(page)}?of=x", where.replace("/signs/", "/other/")):
        assert client.post(wrong, {"code": code(), "email": LENA}).status_code == 422
    assert not other.follows.exists()
    assert not page.follows.exists()


def test_an_empty_address_is_told_as_what_it_is(page, client):
    told = text(client.post(here(page), {"email": "", "language": "en"}))
    assert "Enter an e-mail address." in told
    assert "leave mail off" not in told


@pytest.mark.parametrize("typed", ["", "lena", "lena@", "лена@people.example"])
def test_what_is_no_address_is_said_and_kept(page, client, typed):
    answer = client.post(here(page), {"email": typed, "language": "en"})
    assert answer.status_code == 422
    assert "Error:" in text(answer)
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_the_same_address_twice_is_told_once(page, client, told):
    for address in (LENA, LENA.title().replace("People.Example", "people.example")):
        where = ask(client, page, address)
        client.post(where, {"code": code(), "email": address}, follow=True)
    assert page.follows.count() == 1
    extend(page)
    assert len(told()) == 1


def test_a_member_has_one_button_and_a_list_and_no_code(page, told):
    person = UserFactory(email=LENA)
    client = Client()
    client.force_login(person)
    shown = client.get(here(page))
    assert "Mail goes to lena@people.example, the address of your account." in text(shown)
    assert 'type="email"' not in shown.content.decode()
    assert "You follow this consultation" in text(client.post(here(page), follow=True))
    client.post(here(page))
    assert page.follows.count() == 1
    assert page.follows.get().owner == person
    overview = client.get(reverse("account_overview")).content.decode()
    assert reverse("following:index") in overview
    listed = client.get(reverse("following:index"))
    assert "Warning signs" in text(listed)
    assert "days left" in text(listed)
    assert mail.outbox == []
    client.post(reverse("following:index"), {"follow": page.follows.get().pk})
    assert not page.follows.exists()
    client.post(here(page))
    assert "Follow this consultation" in text(client.post(here(page), {"stop": "1"}, follow=True))
    assert not page.follows.exists()


def test_a_member_and_their_address_are_one(page, client):
    person = UserFactory(email=LENA)
    follow(page)
    actions.follow_as_member(page=page, by=person, language="en")
    assert [each.owner for each in page.follows.all()] == [person]
    where = ask(client, page)
    client.post(where, {"code": code(), "email": LENA})
    assert [each.owner for each in page.follows.all()] == [person]


def test_without_a_confirmed_address_a_member_types_one(page):
    client = Client()
    client.force_login(UserFactory(email="new@people.example", verified=False))
    assert "E-mail address" in text(client.get(here(page)))
    where = ask(client, page)
    client.post(where, {"code": code(), "email": LENA})
    assert followers(page) == [LENA]


def test_nobody_stops_what_others_follow(page):
    follow(page)
    person = UserFactory()
    client = Client()
    client.force_login(person)
    for pk in (page.follows.get().pk, "9" * 30, "²", "", "x"):
        assert client.post(reverse("following:index"), {"follow": pk}).status_code == 302
    client.post(here(page), {"stop": "1"})
    assert followers(page) == [LENA]
    for token in ("", "x", str(page.follows.get().pk), f"{page.follows.get().pk}:x"):
        address = f"{reverse('following:stop')}?of={token}"
        assert Client().post(address).status_code == 404


def test_a_page_asks_first_and_one_click_stops_it(page, told):
    follow(page)
    follow(page, "other@people.example")
    extend(page)
    body = next(body for to, _subject, body in told() if to == LENA)
    link = re.search(r"https://portal\.example(/en/accounts/follow/stop/\S+)", body)[1]
    shown = Client().get(link)
    assert "Stop following" in text(shown)
    assert "Warning signs" not in text(shown)
    assert LENA in followers(page)
    answer = Client(enforce_csrf_checks=True).post(link)
    assert "You do not follow this consultation any more" in text(answer)
    assert followers(page) == ["other@people.example"]
    assert "You do not follow this consultation any more" in text(Client().get(link))
    extend(page)
    assert [to for to, *_ in told()] == ["other@people.example"]


def test_a_mail_program_does_it_by_itself(page, told):
    follow(page)
    extend(page)
    told()
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("https://portal.example")
    data = {"List-Unsubscribe": "One-Click"}
    assert Client(enforce_csrf_checks=True).post(address, data).status_code == 200
    assert not Follow.objects.exists()


def test_what_waits_goes_with_it(page, clock):
    row = follow(page)
    extend(page)
    tell_followers(at=timezone.now())
    assert Message.objects.count() == 1
    Client().post(stop_address(row.pk))
    assert not Message.objects.exists()


@pytest.mark.parametrize("end", ["cancelled_at", "outcome_published_at"])
def test_what_is_over_cannot_be_followed(page, client, clock, end):
    where = ask(client, page)
    clock.move_to(page.closes_at + DAY)
    publish(
        page, **{end: timezone.now()}, cancel_reason="Withdrawn.", outcome_summary="Two were added."
    )
    assert "Follow this consultation" not in text(client.get(page.url))
    assert "It can no longer be followed" in text(client.get(here(page)))
    for at, data in ((here(page), {"email": LENA, "language": "en"}), (where, {"code": code()})):
        answer = client.post(at, data)
        assert answer.status_code == 409
        assert "This consultation can no longer be followed" in text(answer)
    client.force_login(UserFactory())
    assert client.post(here(page)).status_code == 409
    assert not Follow.objects.exists()


def test_a_draft_is_followed_by_nobody(page, client):
    draft = ConsultationPageFactory(slug="draft", live=False)
    client.force_login(UserFactory())
    for browser in (client, Client()):
        answer = browser.post(here(draft), {"email": LENA, "language": "en"})
        assert answer.status_code == 404
    assert not Follow.objects.exists()
    send_due()
    assert mail.outbox == []


def test_rows_hold_a_sealed_address_and_no_time(page, client):
    where = ask(client, page)
    client.post(where, {"code": code(), "email": LENA})
    row = Follow.objects.values().get()
    assert set(row) == {"id", "consultation_id", "owner_id", "sealed"}
    assert b"lena" not in bytes(row["sealed"])
    assert Follow._meta.default_permissions == ()
    assert not ReferenceIndex.model_is_indexable(Follow)
    related = {each.related_model for each in Follow._meta.get_fields() if each.is_relation}
    assert all(each._meta.app_label != "responses" for each in related)
    labels = {model._meta.label for model in apps.get_models()}
    assert "following.Follow" in labels


def test_nothing_of_it_is_logged(page, client, logged):
    where = ask(client, page)
    client.get(where)
    client.post(where, {"code": code(), "email": LENA})
    client.get(stop_address(Follow.objects.get().pk))
    assert "follow" not in logged()
