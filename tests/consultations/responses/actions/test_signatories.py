"""Signing together: a list, private links, confirming, declining, changing."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.access.codes import hash_code, new_code
from consultations.responses.errors import (
    LinkGone,
    NoSignatories,
    NothingToSign,
    NotPermitted,
    OtherWords,
    TooManySignatories,
)
from consultations.responses.models import Identity, Response, Signatory, Status
from consultations.responses.signatories.signatures import MOST, signed_of
from portal.cms.jinja import day
from tests.consultations.responses.builders import (
    ACADEMIA,
    CIVIL_SOCIETY,
    NOBODY,
    consultation_that_asks,
    draft_to_send,
    save,
    sent,
)
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory

BEN, CHE = ("Ben Okoro", "Riverside Institute"), ("Che Lum", "")
LINK = re.compile(r"http://testserver(/\S+?/sign/\w+/)")


def draft_of(page, **kwargs):
    return draft_to_send(page, identity=Identity.NAMED, details=ACADEMIA, **kwargs)[0]


def invited(draft, *people, by=NOBODY):
    return [each.code for each in actions.add_signatories(draft=draft, by=by, people=people)]


def confirm(page, code, at=None):
    at = at or timezone.now()
    seen = actions.to_sign(consultation=page, code=code, at=at).text.digest
    return actions.confirm_signature(consultation=page, code=code, seen=seen, at=at)


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


def test_a_new_link_kills_the_old_one_and_keeps_what_was_confirmed(page):
    draft = draft_of(page)
    old = invited(draft, BEN)[0]
    confirm(page, old)
    new = actions.renew_link(signatory=Signatory.objects.get(), by=NOBODY).code
    with pytest.raises(LinkGone):
        confirm(page, old)
    assert numbers(draft) == (1, 0)
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
    save(draft, 2, {"view": "Something else."})
    with pytest.raises(OtherWords):
        actions.confirm_signature(consultation=page, code=code, seen=seen)
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
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    assert ben.post(link, {"seen": seen, "answer": "confirm"}).url == link
    assert Signatory.objects.get().confirmed_on
    assert "You have confirmed" in ben.get(link).content.decode()
    assert "1 confirmed, 0 waiting" in lead.text("tasks")


def test_a_change_is_told_on_the_link_and_to_the_lead(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    ben = Client()
    seen = re.search(r'name="seen" value="(\w+)"', ben.get(link).content.decode()).group(1)
    ben.post(link, {"seen": seen, "answer": "confirm"})
    lead.answer_all("Something else.")
    assert "0 confirmed, 1 waiting" in lead.text("tasks")
    assert "asked again" in lead.text("signatories")
    assert "The response was changed" in ben.get(link).content.decode()
    stale = ben.post(link, {"seen": seen, "answer": "confirm"})
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "Something else." in page
    assert "Read it again, then confirm." in page
    assert seen not in page


def test_declining_erases_the_name_and_the_link(lead):
    link = links(add(lead, name="Ben Okoro"))[0]
    answer = Client().post(link, {"answer": "decline"})
    assert "Your name is erased" in answer.content.decode()
    assert not Signatory.objects.exists()
    for method in ("get", "post"):
        gone = getattr(Client(), method)(link)
        assert gone.status_code == 404
        assert "does not work" in gone.content.decode()


def test_who_has_not_confirmed_is_a_number_to_the_others(lead):
    first, _second, third = links(add(lead, listed="Ben Okoro\nChe Lum\nFay Orr"))
    client = Client()
    seen = re.search(r'name="seen" value="(\w+)"', client.get(first).content.decode()).group(1)
    client.post(first, {"seen": seen, "answer": "confirm"})
    page = client.get(third).content.decode()
    assert "Ben Okoro" in page
    assert "Che Lum" not in page
    assert "1 other is asked" in page


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
        assert Client().post(link, {"answer": "confirm"}).status_code == 410
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
