"""Signing together: a list, private links, confirming, declining, changing."""

import json
import re
from datetime import timedelta
from html import unescape
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.moderation import actions as moderation
from consultations.moderation.policy import Reason
from consultations.responses import actions
from consultations.responses.access.codes import hash_code, new_code
from consultations.responses.errors import NotPermitted
from consultations.responses.models import (
    Draft,
    Handling,
    Identity,
    Proof,
    Response,
    Signatory,
    Status,
    StatusEvent,
)
from consultations.responses.signatories.errors import (
    LinkGone,
    NoSignatories,
    NothingToSign,
    NotYourOwn,
    OtherWords,
    PublishedList,
    TooManySignatories,
)
from consultations.responses.signatories.signatures import MOST, at_stake, lost, signed_of
from portal.cms.jinja import day
from portal.notifications.confirmations import NEUTRAL_CODE, CodeIsOver, WrongCode
from portal.notifications.models import Confirmation, Message
from portal.notifications.rendering import render
from portal.stakeholders.models import User
from tests.canaries import every_row
from tests.consultations.moderation.building import put_in_public
from tests.consultations.responses.builders import (
    ACADEMIA,
    CIVIL_SOCIETY,
    COMPANY,
    NOBODY,
    confirm,
    consultation_that_asks,
    draft_to_send,
    mailed_code,
    reachable,
    save,
    sent,
    sign,
)
from tests.consultations.responses.walk import Visitor
from tests.factories import OrganisationFactory, UserFactory

BEN, CHE = ("Ben Okoro", "Riverside Institute"), ("Che Lum", "")
LINK = re.compile(r"http://testserver(/\S+?/sign/\w+/)")


def draft_of(page, **kwargs):
    return draft_to_send(page, identity=Identity.NAMED, details=ACADEMIA, **kwargs)[0]


def invited(draft, *people, by=NOBODY):
    return [each.code for each in actions.add_signatories(draft=draft, by=by, people=people)]


def publish(response, by):
    values = {"by": by, "handling": Handling.PUBLIC, "reason": Reason.WITHIN_RULES}
    moderation.accept(response=Response.objects.get(pk=response.pk), **values)
    put_in_public(Response.objects.get(), by=by)


def numbers(draft=None, response=None):
    page = (draft or response).consultation
    signed = signed_of(draft, response, page.questionnaire())
    return signed.confirmed, signed.waiting


# -- the list --------------------------------------------------------------------------------------


def test_a_link_is_kept_as_a_hash_alone(page):
    draft = draft_of(page)
    code = invited(draft, BEN)[0]
    assert len(code.replace("-", "")) == 20  # of five bits each
    row = Signatory.objects.values().get()
    assert row["token_hash"] == hash_code(code)
    assert code.replace("-", "") not in str(row)
    assert numbers(draft) == (0, 1)


def test_a_list_added_twice_asks_nobody_twice(page):
    draft = draft_of(page)
    assert len(invited(draft, BEN, CHE, BEN)) == 2
    assert invited(draft, ("ben okoro", "RIVERSIDE Institute")) == []


def test_at_most_two_hundred(page):
    draft = draft_of(page)
    invited(draft, *((f"Person {n}", "") for n in range(MOST)))
    with pytest.raises(TooManySignatories):
        invited(draft, ("One Too Many", ""))
    assert Signatory.objects.count() == MOST


def test_without_a_name_nobody_else_signs(page):
    draft, _code = draft_to_send(page)
    with pytest.raises(NoSignatories):
        invited(draft, BEN)


def test_becoming_anonymous_erases_the_signatories(page):
    draft = draft_of(page)
    code = invited(draft, BEN)[0]
    actions.save_identity(
        draft=draft, by=NOBODY, identity=Identity.ANONYMOUS, details=CIVIL_SOCIETY
    )
    assert not Signatory.objects.exists()
    with pytest.raises(LinkGone):
        confirm(page, code)


def test_only_whose_draft_it_is_asks_and_removes(page, member):
    draft = draft_of(page, by=member)
    with pytest.raises(NotPermitted):
        invited(draft, BEN, by=UserFactory())
    invited(draft, BEN, by=member)
    signatory = Signatory.objects.get()
    for verb in (actions.renew_link, actions.remove_signatory):
        with pytest.raises(NotPermitted):
            verb(signatory=signatory, by=UserFactory())
    actions.remove_signatory(signatory=signatory, by=member)
    assert not Signatory.objects.exists()


def test_a_new_link_kills_the_old_one_and_asks_again(page):
    """Else a lead could keep a name, and take its bearer the link by which to take it back."""
    draft = draft_of(page)
    old = invited(draft, BEN)[0]
    confirm(page, old)
    new = actions.renew_link(signatory=Signatory.objects.get(), by=NOBODY).code
    with pytest.raises(LinkGone):
        confirm(page, old)
    assert numbers(draft) == (0, 1)
    assert confirm(page, new)


def test_a_link_of_another_consultation_leads_nowhere(page):
    code = invited(draft_of(page), BEN)[0]
    with pytest.raises(LinkGone):
        confirm(consultation_that_asks(), code)


# -- confirming ------------------------------------------------------------------------------------


def test_what_is_changed_is_confirmed_anew(page):
    draft = draft_of(page)
    code = invited(draft, BEN)[0]
    confirm(page, code)
    assert numbers(draft) == (1, 0)
    draft = save(draft, 2, {"view": "Something else."})
    assert numbers(draft) == (0, 1)
    confirm(page, code)
    assert numbers(draft) == (1, 0)


def test_changed_back_it_is_confirmed_again(page):
    draft = draft_of(page, view="First.")
    confirm(page, invited(draft, BEN)[0])
    draft = save(draft, 2, {"view": "Second."})
    draft = save(draft, 2, {"view": "First."})
    assert numbers(draft) == (1, 0)


def test_another_name_above_it_is_confirmed_anew(page):
    draft = draft_of(page)
    confirm(page, invited(draft, BEN)[0])
    draft, _ = actions.save_identity(
        draft=draft, by=NOBODY, identity=Identity.NAMED, details={**ACADEMIA, "name": "Eve"}
    )
    assert numbers(draft) == (0, 1)


def test_what_was_read_is_what_is_signed(page):
    draft = draft_of(page)
    code = invited(draft, BEN)[0]
    seen = actions.to_sign(consultation=page, code=code, at=timezone.now()).text.digest
    what = {"consultation": page, "code": code, "seen": seen, "is_withheld": False}
    actions.ask_to_confirm(**what, address="ben@people.example", language="en")
    save(draft, 2, {"view": "Something else."})
    with pytest.raises(OtherWords):
        actions.confirm_signature(**what, typed=mailed_code())
    with pytest.raises(OtherWords):
        actions.ask_to_confirm(**what, address="ben@people.example", language="en")
    assert Signatory.objects.get().confirmed_on is None


def test_sent_as_it_was_confirmed_the_confirmation_stands(page):
    draft = draft_of(page)
    ben, che = invited(draft, BEN, CHE)
    confirm(page, ben)
    response = actions.submit_draft(draft=draft, by=NOBODY)
    assert numbers(response=response) == (1, 1)
    confirm(page, che)
    assert numbers(response=response) == (2, 0)
    assert Response.objects.count() == 1, "it counts as one"


def test_sent_otherwise_than_it_was_confirmed_nobody_has_confirmed(page):
    draft = draft_of(page)
    code = invited(draft, BEN)[0]
    confirm(page, code)
    draft = save(draft, 2, {"view": "Something else."})
    response = actions.submit_draft(draft=draft, by=NOBODY)
    assert Signatory.objects.get().confirmed_on is None
    confirm(page, code)
    assert numbers(response=response) == (1, 0)


def test_a_new_version_is_confirmed_anew_and_until_then_the_old_one_stands(page):
    draft = draft_of(page)
    ben = invited(draft, BEN)[0]
    confirm(page, ben)
    response = actions.submit_draft(draft=draft, by=NOBODY)
    Response.objects.update(code_hash="a" * 64)
    response.refresh_from_db()
    revision = actions.begin_revision(response=response, by=NOBODY)
    revision = save(revision, 2, {"view": "Something else."})
    assert numbers(response=response) == (1, 0)
    che = invited(revision, CHE, BEN)
    assert len(che) == 1, "Ben is on the list of what was sent"
    confirm(page, che[0])
    actions.submit_draft(draft=revision, by=NOBODY)
    response = Response.objects.get()
    assert numbers(response=response) == (1, 1)
    assert Signatory.objects.get(confirmed_on__isnull=False).name == "Che Lum"


def test_an_unchanged_new_version_asks_nobody_again(page):
    draft = draft_of(page)
    confirm(page, invited(draft, BEN)[0])
    response = actions.submit_draft(draft=draft, by=NOBODY)
    Response.objects.update(code_hash="a" * 64)
    response.refresh_from_db()
    revision = actions.begin_revision(response=response, by=NOBODY)
    actions.submit_draft(draft=revision, by=NOBODY)
    assert numbers(response=response) == (1, 0)


def test_after_the_deadline_what_was_not_sent_is_not_signed(page):
    code = invited(draft_of(page), BEN)[0]
    with pytest.raises(NothingToSign):
        confirm(page, code, at=page.closes_at)


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.REJECTED])
def test_what_is_withdrawn_or_rejected_is_not_signed(page, status):
    draft = draft_of(page)
    code = invited(draft, BEN)[0]
    actions.submit_draft(draft=draft, by=NOBODY)
    Response.objects.update(status=status)
    with pytest.raises(NothingToSign):
        confirm(page, code)
    actions.decline_signature(consultation=page, code=code)
    assert not Signatory.objects.exists()


def test_after_sending_links_are_made_anew_and_nobody_is_taken_off(page, member):
    draft = draft_of(page, by=member)
    old = invited(draft, BEN, by=member)[0]
    actions.submit_draft(draft=draft, by=member)
    signatory = Signatory.objects.get()
    with pytest.raises(NotPermitted):
        actions.renew_link(signatory=signatory, by=UserFactory())
    new = actions.renew_link(signatory=signatory, by=member).code
    with pytest.raises(LinkGone):
        confirm(page, old)
    assert confirm(page, new)
    with pytest.raises(NotPermitted):
        actions.remove_signatory(signatory=signatory, by=member)


# -- by a way of their own -------------------------------------------------------------------------


def ask(page, code, address, *, is_withheld=False):
    seen = actions.to_sign(consultation=page, code=code, at=timezone.now()).text.digest
    what = {"consultation": page, "code": code, "seen": seen, "is_withheld": is_withheld}
    actions.ask_to_confirm(**what, address=address, language="en")
    return what


def test_all_links_in_one_hand_confirm_nobody(lead):
    """One browser confirmed three, and the public page called them a professor and a company."""
    for link in links(add(lead, listed="Ben Okoro\nChe Lum\nFay Orr")):
        seen = re.search(r'name="seen" value="(\w+)"', lead.client.get(link).content.decode())[1]
        for answer in ("confirm", "code", "organisation", "address", ""):
            typed = {"seen": seen, "naming": "named", "answer": answer, "code": "12345678"}
            assert lead.client.post(link, typed).status_code in (403, 422), answer
    assert not Signatory.objects.exclude(confirmed_on=None).exists()
    assert not Message.objects.exists()


def test_one_mailbox_confirms_one_however_it_is_spelt(page):
    ben, che, _fay = invited(draft_of(page), BEN, CHE, ("Fay Orr", ""))
    confirm(page, ben, "one@people.example")
    for spelt in ("one@people.example", "o.n.e+2@people.example", "ONE@PEOPLE.example"):
        with pytest.raises(NotYourOwn):
            confirm(page, che, spelt)
    assert Signatory.objects.exclude(confirmed_on=None).get().name == "Ben Okoro"
    assert not Confirmation.objects.exists(), "the address is erased all the same"
    confirm(page, che, "two@people.example")
    confirm(page, ben, "one@people.example")  # again from the same, after a change or not


def test_one_mailbox_confirms_one_of_what_was_sent_and_of_its_change(page):
    draft = draft_of(page)
    ben = invited(draft, BEN)[0]
    confirm(page, ben, "one@people.example")
    response = actions.submit_draft(draft=draft, by=NOBODY)
    Response.objects.update(code_hash="a" * 64)
    response.refresh_from_db()
    revision = actions.begin_revision(response=response, by=NOBODY)
    che = invited(revision, CHE)[0]
    with pytest.raises(NotYourOwn):
        confirm(page, che, "one@people.example")
    confirm(page, che, "two@people.example")
    with pytest.raises(NotYourOwn):
        confirm(page, ben, "two@people.example")


def test_one_mailbox_confirms_one_of_each_response(page):
    for _time in range(2):
        confirm(page, invited(draft_of(page), BEN)[0], "one@people.example")
    rows = Signatory.objects.values_list("mailbox_hash", flat=True)
    assert len(set(rows)) == 2, "no hash says that it is the same mailbox"


def test_the_addresses_of_the_lead_confirm_nobody(page, member):
    code = invited(draft_of(page, by=member), BEN, by=member)[0]
    for address in (member.email, member.email.upper()):
        with pytest.raises(NotYourOwn):
            confirm(page, code, address)
    response = actions.submit_draft(draft=Draft.objects.get(), by=member)
    reachable(response, "news.of.it@people.example")
    with pytest.raises(NotYourOwn):
        confirm(page, code, "newsofit@people.example")
    assert not Signatory.objects.exclude(confirmed_on=None).exists()


def test_those_of_the_organisation_that_leads_confirm_nobody(page):
    works = OrganisationFactory(name="Lens Works", submitter_type="company")
    writer, signer = UserFactory(organisation=works), UserFactory(organisation=works)
    draft = actions.begin_draft(
        consultation=page,
        by=writer,
        identity=Identity.ORGANISATION,
        details=COMPANY,
        for_organisation=True,
    ).draft
    code = invited(draft, BEN, by=writer)[0]
    for person in (writer, signer):
        with pytest.raises(NotYourOwn):
            confirm(page, code, person.email)


def test_whose_address_it_is_is_told_to_nobody_without_its_code(page, member):
    """Whoever has a link, the lead too, learns of no address whether it is known here."""
    ben, che = invited(draft_of(page, by=member), BEN, CHE, by=member)
    confirm(page, ben, "ben@people.example")
    for address in ("ben@people.example", member.email, "new@people.example"):
        what = ask(page, che, address)
        with pytest.raises(WrongCode):
            actions.confirm_signature(**what, typed="00000000")
        mailed_code()


def test_no_page_shows_the_address_that_was_typed(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    page = Client().get(link).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    typed = {"seen": seen, "naming": "withheld", "answer": "address", "email": "ben@people.example"}
    here = Client().post(link, typed).url.partition("#")[0]
    shown = lead.client.get(here).content.decode()
    assert "Code from the e-mail" in shown
    assert "ben@people" not in shown
    assert re.search(r'value="withheld"[^>]*checked', shown)
    assert "Your own e-mail address" in lead.client.get(f"{link}?another=yes").content.decode()


def test_what_is_kept_of_an_address_and_until_when(page, moderator):
    draft = draft_of(page)
    confirm(page, invited(draft, BEN)[0], "ben@people.example")
    kept = str(every_row())
    assert "ben@people" not in kept
    assert not Confirmation.objects.exists()
    row = Signatory.objects.get()
    assert len(row.mailbox_hash) == 64
    assert set(row.signed_parts) == {"", "exporter", "view"}
    response = actions.submit_draft(draft=draft, by=NOBODY)
    publish(response, moderator)
    row.refresh_from_db()
    assert (row.mailbox_hash, row.signed_parts) == ("", {})
    assert row.confirmed_on


def test_of_what_is_never_published_it_is_erased_with_the_outcome(page):
    draft = draft_of(page)
    confirm(page, invited(draft, BEN)[0])
    actions.submit_draft(draft=draft, by=NOBODY)
    assert actions.erase_old_proofs(at=timezone.now()) == 0
    late = page.closes_at + timedelta(days=730)
    assert actions.erase_old_proofs(at=late) == 1
    row = Signatory.objects.get()
    assert (row.mailbox_hash, row.signed_parts) == ("", {})
    with pytest.raises(PublishedList):
        confirm(page, actions.renew_link(signatory=row, by=NOBODY).code, at=late)


def test_a_wrong_code_is_counted_and_after_five_none_counts(page):
    what = ask(page, invited(draft_of(page), BEN)[0], "ben@people.example")
    right = mailed_code()
    for _time in range(4):
        with pytest.raises(WrongCode):
            actions.confirm_signature(**what, typed="00000000")
    for typed in ("00000000", right):
        with pytest.raises(CodeIsOver):
            actions.confirm_signature(**what, typed=typed)
    assert Signatory.objects.get().confirmed_on is None


def test_a_code_for_one_confirms_no_other(page):
    ben, che = invited(draft_of(page), BEN, CHE)
    ask(page, ben, "ben@people.example")
    code = mailed_code()
    what = ask(page, che, "che@people.example")
    with pytest.raises(WrongCode):
        actions.confirm_signature(**what, typed=code)


def test_the_mail_names_nothing_where_the_name_is_withheld(page):
    code = invited(draft_of(page), BEN)[0]
    ask(page, code, "ben@people.example", is_withheld=True)
    assert Message.objects.get().kind == NEUTRAL_CODE
    told = render(Message.objects.get())
    for trace in ("Code in Practice", page.title, "Ben", "http", "sign"):
        assert trace not in told.subject + told.body
    Message.objects.all().delete()
    ask(page, code, "ben@people.example")
    told = render(Message.objects.get())
    assert page.title not in told.subject + told.body
    assert "Ben" not in told.subject + told.body


def test_the_mail_with_the_code_says_that_it_signs_and_that_nobody_else_may_have_it(page):
    ask(page, invited(draft_of(page), BEN)[0], "ben@people.example")
    told = " ".join(render(Message.objects.get()).body.split())
    assert "This code confirms that you sign it with your name" in told
    assert "Give it to nobody, also not to the people who sent you the link." in told
    assert "news" not in told


# Who is signed in at a link of “Ben Okoro, Riverside Institute”, and whether they may confirm
# for the institute; the lead has written the answer in their account.
MAY_CONFIRM = {
    "signs for it": True,
    "is of it": False,
    "signs for another": False,
    "said to sign, of none": False,
    "signed it before, inactive": False,
    "lead": False,
    "superuser": False,
    "anonymous": False,
}


@pytest.mark.parametrize("who", MAY_CONFIRM)
def test_who_may_confirm_for_an_organisation(page, member, who):
    institute = OrganisationFactory(name="Riverside INSTITUTE", submitter_type="academia")
    ours = {"organisation": institute, "signs_for_organisation": True}
    if who == "lead":
        User.objects.filter(pk=member.pk).update(**ours)
        member.refresh_from_db()
    person = {
        "signs for it": lambda: UserFactory(**ours),
        "is of it": lambda: UserFactory(organisation=institute),
        "signs for another": lambda: UserFactory(
            organisation=OrganisationFactory(), signs_for_organisation=True
        ),
        "said to sign, of none": lambda: UserFactory(signs_for_organisation=True),
        "signed it before, inactive": lambda: UserFactory(**ours, is_active=False),
        "lead": lambda: member,
        "superuser": lambda: UserFactory(is_superuser=True),
        "anonymous": lambda: NOBODY,
    }[who]()
    code = invited(draft_of(page, by=member), BEN, by=member)[0]
    seen = actions.to_sign(consultation=page, code=code, at=timezone.now()).text.digest
    what = {"consultation": page, "code": code, "seen": seen, "is_withheld": False, "by": person}
    if MAY_CONFIRM[who]:
        assert actions.confirm_for_organisation(**what).confirmed_by == Proof.ORGANISATION
    else:
        with pytest.raises(NotPermitted):
            actions.confirm_for_organisation(**what)
    assert bool(Signatory.objects.get().confirmed_on) is MAY_CONFIRM[who]


def test_an_organisation_confirms_one_and_only_where_it_is_named(lead):
    institute = OrganisationFactory(name="Riverside Institute", submitter_type="academia")
    signer = Client()
    signer.force_login(UserFactory(organisation=institute, signs_for_organisation=True))
    listed = "Ben Okoro, Riverside Institute\nCem Ay, Riverside Institute\nChe Lum"
    ben, cem, che = links(add(lead, listed=listed))

    def press(link):
        shown = signer.get(link).content.decode()
        seen = re.search(r'name="seen" value="(\w+)"', shown).group(1)
        typed = {"seen": seen, "naming": "named", "answer": "organisation", "email": "half"}
        return shown, signer.post(link, typed)

    shown, answer = press(ben)
    assert "Confirm for Riverside Institute" in shown
    assert answer.url == ben
    _shown, answer = press(cem)
    assert answer.status_code == 409
    assert "has confirmed another signatory" in answer.content.decode()
    assert 'value="half"' in answer.content.decode()
    shown, answer = press(che)
    assert "Confirm for" not in shown
    assert answer.status_code == 403
    assert "from the organisation's account" in unescape(lead.text("signatories"))
    assert Signatory.objects.exclude(confirmed_on=None).count() == 1


def test_somebody_with_the_link_of_another_uses_up_their_own_address(page):
    """They can put a name under it once, and its bearer takes it back by the same link."""
    ben, che = invited(draft_of(page), BEN, CHE)
    confirm(page, che, "ben@people.example")  # Ben, with Che's link
    with pytest.raises(NotYourOwn):
        confirm(page, ben, "ben@people.example")
    actions.decline_signature(consultation=page, code=che)
    confirm(page, ben, "ben@people.example")
    assert [each.name for each in Signatory.objects.exclude(confirmed_on=None)] == ["Ben Okoro"]


# Of what was sent: may one confirm, and may one take the name back.
UNTIL = {
    "received": (True, True),
    "clarification": (True, True),
    "accepted": (True, True),
    "published": (False, True),
    "removed": (False, True),
    "received, published before": (False, True),
    "rejected": (False, True),
    "withdrawn": (False, True),
}


@pytest.mark.parametrize("state", UNTIL)
def test_until_when_one_confirms_and_takes_back(page, state):
    draft = draft_of(page)
    code = invited(draft, BEN)[0]
    response = actions.submit_draft(draft=draft, by=NOBODY)
    status = state.partition(",")[0]
    if status != state or status in ("published", "removed"):
        event = {"kind": StatusEvent.Kind.PUBLISHED, "on": response.received_on}
        StatusEvent.objects.create(response=response, **event)
    Response.objects.update(status=status)
    may_confirm, may_take_back = UNTIL[state]
    if may_confirm:
        confirm(page, code)
    else:
        with pytest.raises((NothingToSign, PublishedList)):
            confirm(page, code)
    assert Signatory.objects.filter(confirmed_on__isnull=False).exists() is may_confirm
    actions.decline_signature(consultation=page, code=code)
    assert Signatory.objects.exists() is not may_take_back


def test_who_confirmed_by_the_link_alone_is_asked_again(page):
    draft = draft_of(page)
    confirm(page, invited(draft, BEN)[0])
    name = "consultations.responses.migrations.0011_signatories_confirm_by_a_way_of_their_own"
    import_module(name).ask_again(apps, None)
    row = Signatory.objects.get()
    assert (row.confirmed_on, row.signed_digest) == (None, "")
    assert numbers(draft) == (0, 1)


def test_how_to_sign_has_to_be_chosen_and_what_is_wrong_is_said(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    page = Client().get(link).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    for typed, told in (
        ({"email": "ben@people.example"}, "Choose whether your name is published."),
        ({"naming": "named", "email": ""}, "Enter an e-mail address of your own."),
        ({"naming": "named", "email": "ben@"}, "Enter an e-mail address like"),
        ({"naming": "x", "email": "ben\0@people.example"}, "Error:"),
        ({"naming": "named", "answer": "code", "code": "12"}, "The code has 8 digits"),
    ):
        answer = Client().post(link, {"seen": seen, "answer": "address", **typed})
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert typed.get("email", "").rpartition("\0")[2] in answer.content.decode()
    assert not Message.objects.exists()


# -- the pages -------------------------------------------------------------------------------------


@pytest.fixture
def lead(page):
    visitor = Visitor(page)
    visitor.begin("named", name="Ada Vrba")
    visitor.answer_all()
    return visitor


def add(lead, **data):
    return lead.send("signatories", data)


def links(answer):
    return LINK.findall(answer.content.decode())


def test_the_links_are_shown_once_and_can_be_kept_as_a_file(lead):
    answer = add(lead, name="Ben Okoro", organisation_name="Riverside Institute")
    page = answer.content.decode()
    link = links(answer)[0]
    assert "Ben Okoro, Riverside Institute" in page
    assert link not in lead.text("signatories")
    code = re.search(r'name="code" value="([^"]+)"', page).group(1)
    text = lead.client.post(lead.at("links_text"), {"code": [code, new_code()]})
    assert text["Content-Disposition"] == 'attachment; filename="links.txt"'
    assert text.content.decode().count("http://") == 1
    assert link in text.content.decode()
    assert "Ben Okoro, Riverside Institute" in text.content.decode()


def test_a_list_is_pasted(lead):
    listed = "Ben Okoro, Riverside Institute\n\nChe Lum\nضحى, معهد\nFay\tLens; Works\n"
    answer = add(lead, listed=listed)
    assert len(links(answer)) == 4
    people = set(Signatory.objects.values_list("name", "organisation_name"))
    assert people == {BEN, CHE, ("ضحى", "معهد"), ("Fay", "Lens; Works")}
    assert "0 confirmed, 4 waiting" in lead.text("tasks")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Enter a name, or paste a list."),
        ({"organisation_name": "Lens Works"}, "Enter the name of the person who signs."),
        ({"name": "x" * 201}, "at most 200"),
        ({"listed": "Ben\n, Lens Works"}, "Line 2 has no name."),
        ({"listed": "x" * 201}, "Line 1 is too long"),
        ({"listed": "\n".join(", a" for _ in range(8))}, "And 3 more lines."),
        ({"listed": "\n".join(f"P{n}" for n in range(201))}, "at most 200 signatories"),
    ],
)
def test_a_wrong_list_is_told_where_and_kept_as_typed(lead, data, told):
    answer = add(lead, **data)
    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert told in page
    assert "Error:" in page
    for typed in data.values():
        assert typed.split("\n")[0] in page
    assert not Signatory.objects.exists()


def test_the_name_of_whoever_sends_it_is_refused_and_the_list_kept(lead):
    answer = add(lead, listed="Ben Okoro\nada VRBA, Riverside Institute")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "stands above the list already" in shown
    assert "ada VRBA, Riverside Institute" in shown
    assert not Signatory.objects.exists()


def test_a_lead_whose_browser_lost_the_draft_keeps_the_list(lead):
    lead.client.cookies.clear()
    answer = lead.client.post(lead.at("signatories"), {"listed": "Ben Okoro"})
    assert answer.status_code == 403
    assert "Ben Okoro" in answer.content.decode()


def test_forged_forms_do_nothing(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    pk = Signatory.objects.get().pk
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = lead.client.cookies
    for address in (
        lead.at("signatories"),
        lead.at("renew_link", pk),
        lead.at("remove_signatory", pk),
        lead.at("links_text"),
        link,
    ):
        answer = strict.post(address, {"name": "Eve", "answer": "decline"})
        assert answer.status_code in (302, 403)
    assert Signatory.objects.get().name == "Ben Okoro"


def test_following_the_link_confirms_nothing_and_the_button_does(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    ben = Client()
    for _time in range(2):
        page = ben.get(link)
        assert page["Referrer-Policy"] == "strict-origin"
        assert "no-store" in page["Cache-Control"]
    ben.head(link)
    assert Signatory.objects.get().confirmed_on is None
    page = ben.get(link).content.decode()
    assert "Ask who will use it." in page
    assert "Ada Vrba" in page
    assert "Do you sign it?" in page
    assert re.search(r"<title>(.*?)</title>", page, re.S).group(1).count("sign/") == 0
    assert sign(ben, link).url == link
    assert Signatory.objects.get().confirmed_on
    assert "You have confirmed" in ben.get(link).content.decode()
    assert "1 confirmed, 0 waiting" in lead.text("tasks")


def test_a_change_is_told_on_the_link_and_to_the_lead(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    ben = Client()
    page = ben.get(link).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    sign(ben, link)
    lead.answer_all("Something else.")
    assert "0 confirmed, 1 waiting" in lead.text("tasks")
    assert "asked again" in lead.text("signatories")
    shown = ben.get(link).content.decode()
    assert "The response was changed" in shown
    assert "The answer to question 2 was changed:" in shown
    assert "The answer to question 1" not in shown
    assert "Ask who will use it." not in shown, "no word that was taken out is kept"
    stale = {"seen": seen, "naming": "named", "answer": "address", "email": "ben@people.example"}
    answer = ben.post(link, stale)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Something else." in page
    assert "Read it again, then confirm." in page
    assert "ben@people.example" in page
    assert seen not in page


def test_who_gives_it_and_what_is_new_or_gone_is_told(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    sign(Client(), link)
    lead.begin("named", name="Eve Vrba")
    lead.send("part", {"q-exporter": "yes"}, 1)
    lead.send("part", {"q-view": "", "q-detail": "Cameras."}, 2)
    shown = Client().get(link).content.decode()
    assert "The name of the people who give the response was changed." in shown
    for told in ("1 was changed", "2 was taken out", "3 is new"):
        assert f"The answer to question {told}:" in shown


def test_declining_erases_the_name_and_the_link(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    answer = Client().post(link, {"answer": "decline"})
    assert "Your name is erased" in answer.content.decode()
    assert not Signatory.objects.exists()
    for method in ("get", "post"):
        gone = getattr(Client(), method)(link)
        assert gone.status_code == 404
        assert "does not work" in gone.content.decode()


def test_before_publication_the_others_are_a_number(lead):
    first, _second, third = links(add(lead, listed="Ben Okoro\nChe Lum\nFay Orr"))
    sign(Client(), first)
    page = Client().get(third).content.decode()
    assert "Ben Okoro" not in page
    assert "Che Lum" not in page
    assert "2 others are asked. So far 1 of them have confirmed." in page


def test_a_change_says_whom_it_asks_again_before_it_is_saved(lead):
    people = links(add(lead, listed="Ben Okoro\nChe Lum\nFay Orr"))
    note = "Saving a change here asks"
    for page in (("part", 2), ("identity",)):
        assert note not in lead.text(*page)
    for number, link in enumerate(people[:2]):
        sign(Client(), link, f"p{number}@people.example")
    for page in (("part", 2), ("identity",)):
        assert f"{note} 2 people again who have confirmed." in lead.text(*page)
    assert "confirmed another text" not in lead.text("check")
    lead.answer_all("Something else.")
    assert note not in lead.text("part", 2), "nothing is left to lose"
    check = lead.text("check")
    assert "2 people confirmed another text and are asked again" in check
    lost = check[check.index("2 people confirmed another text") :]
    assert "Ben Okoro" in lost
    assert "Che Lum" in lost
    assert "Fay Orr" not in lost


def test_a_change_of_what_was_sent_says_the_same_before_it_is_sent(page):
    draft = draft_of(page)
    confirm(page, invited(draft, BEN)[0])
    response = actions.submit_draft(draft=draft, by=NOBODY)
    assert at_stake(None, page.questionnaire()) == 0
    Response.objects.update(code_hash="a" * 64)
    response.refresh_from_db()
    revision = actions.begin_revision(response=response, by=NOBODY)
    assert at_stake(revision, page.questionnaire()) == 1
    assert lost(revision, page.questionnaire()) == []
    revision = save(revision, 2, {"view": "Something else."})
    assert at_stake(revision, page.questionnaire()) == 0
    assert [each.name for each in lost(revision, page.questionnaire())] == ["Ben Okoro"]


def test_numbers_stand_on_check_receipt_and_status(lead):
    add(lead, name="Ben Okoro")
    for name in ("tasks", "check"):
        assert "0 confirmed, 1 waiting" in lead.text(name)
    lead.submit()
    sent = lead.text("sent")
    assert "0 confirmed, 1 waiting" in sent
    assert f"<dd>{day(timezone.now() + timedelta(days=1))}</dd>" in " ".join(sent.split())
    lead.come_back()
    for name in ("status", "signatories"):
        assert "0 confirmed, 1 waiting" in lead.text(name)
    page = lead.text("signatories")
    assert "Add signatories" not in page
    assert "Take off the list" not in page
    refused = lead.client.post(lead.at("signatories"), {"name": "Fay Orr"})
    assert refused.status_code == 403
    pk = Signatory.objects.get().pk
    renewed = lead.client.post(lead.at("renew_link", pk))
    assert Client().get(links(renewed)[0]).status_code == 200


def test_an_accounts_list_is_found_by_its_reference(page, member):
    response = actions.submit_draft(draft=(draft := draft_of(page, by=member)), by=member)
    Signatory.objects.create(response=response, name="Ben Okoro", token_hash="b")
    assert draft.pk
    account = Visitor(page)
    account.client.force_login(member)
    query = f"?of={response.reference}"
    assert "Ben Okoro" in account.text("signatories", query=query)
    renewed = account.client.post(
        account.at("renew_link", Signatory.objects.get().pk) + query
    ).content.decode()
    assert LINK.search(renewed)
    stranger = Visitor(page)
    stranger.client.force_login(UserFactory())
    assert stranger.see("signatories", query=query).status_code == 302
    pk = Signatory.objects.get().pk
    assert stranger.client.post(stranger.at("renew_link", pk)).status_code == 404


def test_the_anonymous_are_not_offered_signatories(page):
    visitor = Visitor(page)
    visitor.begin()
    assert "Signatories" not in visitor.text("tasks")
    assert "cannot have signatories" in visitor.text("signatories")


def test_a_link_after_the_deadline_offers_to_erase_the_name(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    with time_machine.travel(lead.page.closes_at + timedelta(seconds=1)):
        page = Client().get(link)
        assert page.status_code == 410
        assert "Erase my name" in page.content.decode()
        typed = {"answer": "address", "naming": "named", "email": "ben@people.example"}
        assert Client().post(link, typed).status_code == 410
        assert Client().post(link, {"answer": "decline"}).status_code == 200
    assert not Signatory.objects.exists()


@pytest.mark.parametrize("token", ["x", "0" * 20, "ü" * 20, "%00", "a" * 5000])
def test_a_made_up_link_leads_nowhere(page, token):
    answer = Client().get(reverse("responses:sign", args=[page.slug, token]))
    assert answer.status_code == 404


def test_queries_do_not_grow_with_the_list(lead, django_assert_max_num_queries):
    addresses = [lead.at(name) for name in ("tasks", "check", "signatories")]
    link = links(add(lead, listed="\n".join(f"Person {n}" for n in range(MOST))))[0]
    for address in (*addresses, link):
        with django_assert_max_num_queries(12):
            assert lead.client.get(address).status_code == 200


def test_withdrawing_erases_the_list(page):
    response, _code = sent(page, identity=Identity.NAMED, details=ACADEMIA)
    Signatory.objects.create(response=response, name="Ben Okoro", token_hash="b")
    actions.withdraw_response(response=response, by=NOBODY)
    assert not Signatory.objects.exists()


def test_the_record_says_nothing_of_signatories(page):
    from portal.record.models import Entry

    draft = draft_of(page)
    confirm(page, invited(draft, BEN, CHE)[0])
    actions.submit_draft(draft=draft, by=NOBODY)
    stated = json.dumps(list(Entry.objects.values_list("text", flat=True)), default=str)
    assert "Okoro" not in stated
    assert "Che" not in stated
