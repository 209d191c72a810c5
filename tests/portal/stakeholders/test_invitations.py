"""An invitation by mail: what it says, who can accept it, and how it ends."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from portal.notifications.delivery import send_due
from portal.staff_log.models import StaffEvent
from portal.stakeholders import actions, roles
from portal.stakeholders.actions.errors import (
    InvitationIsOver,
    InvitedAlready,
    NotPermitted,
    SentToday,
    TooManyInvitations,
)
from portal.stakeholders.models import Invitation, User
from tests.codes import CODE, codes_in
from tests.factories import OrganisationFactory, UserFactory
from tests.staff import current_code, set_up_factor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ADDRESS = "ines@people.example"
PROFILE = {"name": "Ines", "submitter_type": "academia", "affiliation": ""}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def administrator():
    return UserFactory(name="Ada Admin", role=roles.ADMINISTRATOR)


def editors():
    return Group.objects.filter(name=roles.EDITOR)


def invite(by, email=ADDRESS, **changes):
    offer = {"roles": editors(), "reason": "To write our guides.", **changes}
    return actions.invite(email=email, by=by, **offer)


def newest(to=ADDRESS):
    """The newest mail to an address."""
    send_due()
    return [each for each in mail.outbox if to in each.to][-1]


def link_in(message):
    return re.search(r"https?://[^/]+(/\S*invitation/\S+)", message.body)[1]


def code_in(message):
    return codes_in(message.body)[0]


def prove(client, link):
    """Ask for the code on the page, and type it."""
    client.post(link, {"action": "send"})
    send_due()
    return client.post(link, {"code": code_in(mail.outbox[-1])})


def main(response):
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_the_mail_says_who_invites_to_what_and_what_for(administrator):
    works = OrganisationFactory(name="Works")
    invite(administrator, organisation=works)
    message = newest()
    assert message.subject == "Ada Admin invites you to Code in Practice"
    for said in ("To write our guides.", "Editors", "Works", "7 December 2026", "works once"):
        assert said in message.body


def test_a_stranger_makes_an_account_and_accepts(administrator, client):
    invite(administrator)
    link = link_in(newest())
    assert "To write our guides." in main(client.get(link))
    assert not User.objects.filter(email=ADDRESS).exists()
    assert prove(client, link).url == link
    assert "Make your account" in main(client.get(link))
    client.post(link, PROFILE)
    person = User.objects.get(email=ADDRESS)
    assert not person.groups.exists(), "a role before it was accepted"
    assert "Accept" in main(client.get(link))
    answer = client.post(link, {"action": "accept"}, follow=True)
    person = User.objects.get(email=ADDRESS)
    assert list(person.groups.values_list("name", flat=True)) == [roles.EDITOR]
    assert person.has_confirmed(ADDRESS)
    assert not person.has_usable_password()
    assert answer.request["PATH_INFO"] in (reverse("mfa_index"), reverse("wagtailadmin_home"))


def test_a_new_account_of_an_address_with_capitals_can_sign_in(administrator, client):
    invite(administrator, email="Ines.I@people.example")
    link = link_in(newest("Ines.I@people.example"))
    prove(client, link)
    assert client.post(link, PROFILE).url == link
    assert "Accept" in main(client.get(link))


def test_an_invitation_works_once(administrator, client):
    invite(administrator)
    link = link_in(newest())
    prove(client, link)
    client.post(link, PROFILE)
    client.post(link, {"action": "accept"})
    for browser in (client, Client()):
        answer = browser.get(link)
        assert answer.status_code == 410
        assert "no longer works" in main(answer)
    assert not Invitation.objects.exists()


def test_an_account_is_offered_the_role_and_no_second_account_is_made(administrator, client):
    person = UserFactory(email=ADDRESS, role=roles.ANALYST)
    invite(administrator, email="Ines@people.example")
    link = link_in(newest("Ines@people.example"))
    assert prove(client, link).url == link
    assert "Accept" in main(client.get(link))
    client.post(link, {"action": "accept"})
    assert User.objects.filter(email__iexact=ADDRESS).count() == 1
    held = set(User.objects.get(pk=person.pk).groups.values_list("name", flat=True))
    assert held == {roles.EDITOR, roles.ANALYST}


def test_whoever_has_a_factor_uses_it_before_they_accept(administrator, client):
    secret = set_up_factor(UserFactory(email=ADDRESS))
    invite(administrator)
    link = link_in(newest())
    assert prove(client, link).url == reverse("mfa_authenticate")
    assert "Accept" not in main(client.get(link))
    assert client.post(reverse("mfa_authenticate"), {"code": current_code(secret)}).url == link
    client.post(link, {"action": "accept"})
    assert User.objects.get(email=ADDRESS).groups.exists()


def test_the_page_does_not_tell_whether_the_mailbox_has_an_account(administrator):
    UserFactory(email="has@people.example")
    seen = []
    for address in ("has@people.example", "hasnot@people.example"):
        invite(administrator, email=address)
        link, browser = link_in(newest(address)), Client()
        pages = [browser.get(link), browser.post(link, {"action": "send"}), browser.get(link)]
        pages.append(browser.post(link, {"code": "AAAA-AAAA"}))
        bodies = [main(page) if page.content else "" for page in pages]
        told = [re.sub(r'value="\w{32,}"|by=[^"]+', "", body) for body in bodies]
        seen.append(([page.status_code for page in pages], told))
        assert address not in str(told), "the address, to whoever has only the link"
        body = re.sub(r"by=\S+", "", newest(address).body)
        seen[-1] += (CODE.sub("", body),)
    assert seen[0] == seen[1]


def test_a_link_that_was_passed_on_is_of_no_use_in_another_mailbox(administrator, client):
    other = UserFactory(email="other@people.example")
    invite(administrator)
    link = link_in(newest())
    client.force_login(other)
    for answer in (client.get(link), client.post(link, {"action": "accept"})):
        assert answer.status_code == 403
        assert "another account" in main(answer)
    assert not other.groups.exists()
    with pytest.raises(NotPermitted):
        actions.accept(invitation=Invitation.objects.get(), by=other)
    # The code goes to the invited mailbox, whoever asks for it.
    Client().post(link, {"action": "send"})
    assert newest().to == [ADDRESS]


def test_opening_the_link_does_nothing(administrator):
    invite(administrator)
    link = link_in(newest())
    for _again in range(3):
        assert Client().get(link).status_code == 200
    assert len(mail.outbox) == 1
    assert Invitation.objects.exists()


def test_a_code_is_of_use_in_the_browser_that_asked_for_it(administrator, client):
    invite(administrator)
    link = link_in(newest())
    client.post(link, {"action": "send"})
    code, other = code_in(newest()), Client()
    other.post(link, {"action": "send"})
    assert other.post(link, {"code": code}).status_code == 422
    assert client.post(link, {"code": "AAAA-AAAA"}).status_code == 422
    assert client.post(link, {"code": code}).status_code == 302


def test_three_wrong_codes_end_it_and_send_nothing_by_themselves(administrator, client):
    invite(administrator)
    link = link_in(newest())
    client.post(link, {"action": "send"})
    code = code_in(newest())
    for _wrong in range(3):
        assert client.post(link, {"code": "AAAA-AAAA"}).status_code == 422
    mails = len(mail.outbox)
    told = client.post(link, {"code": code}, follow=True)
    assert "This code no longer works." in told.content.decode()
    send_due()
    assert len(mail.outbox) == mails
    assert prove(client, link).status_code == 302


def test_it_ends_after_seven_days_and_then_it_can_be_sent_again(administrator, client, clock):
    made = invite(administrator)
    link = link_in(newest())
    clock.move_to(NOON + 7 * DAY - timedelta(minutes=1))
    assert client.get(link).status_code == 200
    clock.move_to(NOON + 7 * DAY)
    assert client.get(link).status_code == 410
    actions.send_again(invitation=made, by=administrator)
    assert client.get(link).status_code == 410, "the old link works beside the new one"
    assert client.get(link_in(newest())).status_code == 200


@pytest.mark.parametrize("ending", ["taken back", "no administrator", "locked", "forged"])
def test_a_link_that_counts_no_more(administrator, client, ending):
    made = invite(administrator)
    link = link_in(newest())
    if ending == "taken back":
        actions.take_back(invitation=made, by=administrator)
    elif ending == "no administrator":
        administrator.groups.clear()
    elif ending == "locked":
        User.objects.filter(pk=administrator.pk).update(is_active=False)
    else:
        link = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert client.get(link).status_code == 410
    if ending != "forged":
        person = UserFactory(email=ADDRESS)
        with pytest.raises(InvitationIsOver):
            actions.accept(invitation=made, by=person)


def test_declining_changes_nothing_and_is_the_end_of_it(administrator, client):
    person = UserFactory(email=ADDRESS)
    invite(administrator)
    link = link_in(newest())
    client.force_login(person)
    assert client.post(link, {"action": "decline"}).status_code == 302
    assert not person.groups.exists()
    assert not Invitation.objects.exists()


def test_a_password_set_before_the_mailbox_was_proved_opens_nothing(administrator, client):
    squatter = UserFactory(email=ADDRESS, verified=False)
    squatter.set_password("squatter-squatter")
    squatter.save()
    invite(administrator)
    prove(client, link_in(newest()))
    assert not User.objects.get(email=ADDRESS).has_usable_password()


def test_mail_is_bounded(administrator, clock):
    made = invite(administrator)
    with pytest.raises(SentToday):
        actions.send_again(invitation=made, by=administrator)
    with pytest.raises(InvitedAlready):
        invite(administrator, email=ADDRESS.upper())
    for number in range(49):
        invite(administrator, email=f"p{number}@people.example")
    with pytest.raises(TooManyInvitations):
        invite(administrator, email="one.more@people.example")
    # Taken back and made anew, again and again: one mailbox gets no more than two a day.
    send_due()
    clock.move_to(NOON + DAY)
    mail.outbox.clear()
    for spelt in ("many@people.example", "m.any@people.example", "many+x@people.example"):
        invite(administrator, email=spelt)
        send_due()
    assert len(mail.outbox) == 2


def test_codes_asked_for_by_link_are_bounded(administrator):
    invite(administrator)
    link = link_in(newest())
    mail.outbox.clear()
    for number in range(12):
        Client(REMOTE_ADDR=f"198.51.100.{number + 1}").post(link, {"action": "send"})
    send_due()
    assert len(mail.outbox) <= 5


def test_the_log_of_staff_has_it_without_the_address(administrator):
    made = invite(administrator)
    person = UserFactory(email=ADDRESS)
    actions.accept(invitation=made, by=person)
    lines = [f"{each.what} {each.detail}" for each in StaffEvent.objects.order_by("pk")]
    assert lines == [
        "invited Editors",
        f"account-changed invitation accepted: {person.name}, Editors",
    ]


@pytest.mark.parametrize(
    ("role", "may"), [(None, False), *((role, role == roles.ADMINISTRATOR) for role in roles.ROLES)]
)
def test_who_may_invite(role, may):
    person = UserFactory(role=role)
    if may:
        assert invite(person)
        return
    with pytest.raises(NotPermitted):
        invite(person)
    assert not mail.outbox


def test_an_administrator_offers_nothing_to_a_superusers_account(administrator):
    UserFactory(email=ADDRESS, is_superuser=True)
    with pytest.raises(NotPermitted):
        invite(administrator)


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(client, administrator):
    client.force_login(administrator)
    page = client.post(reverse("invite"), {"email": ADDRESS, "reason": "To help."})
    assert page.status_code == 422
    assert "Choose a role, an organisation or a state" in page.content.decode()
    assert ADDRESS in page.content.decode()
    assert client.post(reverse("invite"), {"email": "x", "reason": ""}).status_code == 422


def test_the_list_sends_again_and_takes_back(client, administrator, clock):
    made = invite(administrator)
    client.force_login(administrator)
    here = reverse("invitations")
    assert ADDRESS in client.get(here).content.decode()
    told = client.post(here, {"invitation": made.pk, "act": "again"}, follow=True)
    assert "It was sent today already" in told.content.decode()
    clock.move_to(NOON + DAY)
    client.force_login(administrator)
    told = client.post(here, {"invitation": made.pk, "act": "again"}, follow=True)
    assert "on its way again" in told.content.decode()
    client.post(here, {"invitation": made.pk, "act": "take-back"})
    assert not Invitation.objects.exists()
    for gone in (made.pk, "x"):
        answer = client.post(here, {"invitation": gone, "act": "again"}, follow=True)
        assert answer.status_code == 404


def test_one_that_is_over_is_erased_after_a_month(client, administrator, clock):
    invite(administrator)
    clock.move_to(NOON + 36 * DAY)
    client.force_login(administrator)
    assert "Over" in client.get(reverse("invitations")).content.decode()
    call_command("erase_old_invitations", verbosity=0)
    assert Invitation.objects.exists()
    clock.move_to(NOON + 38 * DAY)
    call_command("erase_old_invitations", verbosity=0)
    assert not Invitation.objects.exists()
