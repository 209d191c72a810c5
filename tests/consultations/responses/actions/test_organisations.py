"""An organisation's answer: one draft for its people, sent by who signs for it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.errors import (
    AnotherDraft,
    ChangedMeanwhile,
    Incomplete,
    NobodyReachable,
    NobodySigns,
    NotAsked,
    NotPermitted,
)
from consultations.responses.models import (
    Clarification,
    Draft,
    Identity,
    Response,
    SignatureRequest,
    Status,
)
from consultations.responses.permissions import (
    user_may_answer_for,
    user_may_change,
    user_may_follow,
    user_may_send,
    user_may_withdraw,
    user_may_write,
)
from consultations.responses.signatories.notifications import SENT_BACK, TO_SIGN
from consultations.responses.views.following import mine
from portal.notifications.models import Message
from portal.notifications.rendering import render
from portal.stakeholders.models import User
from tests.consultations.responses.builders import COMPANY, consultation_that_asks, save
from tests.consultations.responses.walk import Visitor
from tests.factories import OrganisationFactory, UserFactory


@pytest.fixture
def works(db):
    return OrganisationFactory(name="Lens Works", submitter_type="company")


@pytest.fixture
def writer(works):
    return UserFactory(name="Wanda Writer", organisation=works)


@pytest.fixture
def signer(works):
    return UserFactory(name="Sid Signer", organisation=works, signs_for_organisation=True)


def shared_draft(page, by, *, full=True):
    draft = actions.begin_draft(
        consultation=page,
        by=by,
        identity=Identity.ORGANISATION,
        details={**COMPANY, "organisation_name": "Something else"},
        for_organisation=True,
    ).draft
    if full:
        draft = save(draft, 1, {"exporter": False}, by=by)
        draft = save(draft, 2, {"view": "Ask who will use it."}, by=by)
    return draft


def at_a_browser(page, person):
    visitor = Visitor(page)
    if person is not None:
        visitor.client.force_login(person)
    return visitor


def address(page, name, *args):
    return reverse(f"responses:organisation:{name}", args=[page.slug, *args])


# -- the draft -------------------------------------------------------------------------------------


def test_it_is_the_organisations_under_its_own_name_and_nobodys_alone(page, writer, works):
    draft = shared_draft(page, writer)
    assert (draft.account, draft.organisation, draft.code_hash) == (None, works, None)
    assert draft.details["organisation_name"] == "Lens Works"


def test_its_people_share_one(page, writer, signer):
    draft = shared_draft(page, writer)
    save(draft, 2, {"view": "By another hand."}, by=signer)
    assert Draft.objects.get().answers["view"]["value"] == "By another hand."
    with pytest.raises(AnotherDraft):
        shared_draft(page, signer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(
            consultation=page,
            organisation=draft.organisation,
            identity=Identity.NAMED,
            touched_on=draft.touched_on,
        )
    assert shared_draft(consultation_that_asks(), signer)


def test_one_writes_ones_own_answer_beside_it(page, writer):
    shared_draft(page, writer)
    own = actions.begin_draft(
        consultation=page, by=writer, identity=Identity.NAMED, details={**COMPANY, "name": "W"}
    ).draft
    assert (own.account, own.organisation) == (writer, None)


@pytest.mark.parametrize("identity", Identity.values)
def test_who_has_no_organisation_begins_none(page, member, identity):
    for person in (member, AnonymousUser()):
        with pytest.raises(NotPermitted):
            actions.begin_draft(
                consultation=page,
                by=person,
                identity=identity,
                details=COMPANY,
                for_organisation=True,
            )


def test_two_at_once_do_not_write_over_each_other(page, writer, signer):
    from consultations.responses.answers.mapping import fingerprint
    from tests.consultations.responses.builders import part_of

    draft = shared_draft(page, writer)
    seen = fingerprint(part_of(page, 2), draft.answers)
    save(draft, 2, {"view": "First."}, by=writer, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="Somebody of your organisation, or you in another"):
        save(draft, 2, {"view": "Second."}, by=signer, seen=seen)


def test_leaving_the_organisation_ends_it_at_once(page, writer, works):
    draft = shared_draft(page, writer)
    visitor = at_a_browser(page, writer)
    assert visitor.client.get(address(page, "tasks")).status_code == 200
    User.objects.filter(pk=writer.pk).update(organisation=None)
    writer.refresh_from_db()
    with pytest.raises(NotPermitted):
        save(draft, 2, {"view": "After all."}, by=writer)
    assert visitor.client.get(address(page, "tasks")).status_code == 404
    assert "Lens Works" not in visitor.client.get(visitor.at("start")).content.decode()
    kept = visitor.client.post(address(page, "part", 2), {"q-view": "Typed meanwhile."})
    assert kept.status_code == 403
    assert "Typed meanwhile." in kept.content.decode()


def test_an_account_deleted_takes_no_shared_draft_along(page, writer):
    shared_draft(page, writer)
    writer.delete()
    assert Draft.objects.exists()


def test_without_any_name_it_leaves_the_organisation(page, writer, signer):
    draft = shared_draft(page, writer)
    actions.add_signatories(draft=draft, by=writer, people=[("Ben Okoro", "")])
    draft, code = actions.save_identity(
        draft=draft,
        by=writer,
        identity=Identity.ANONYMOUS,
        details={**COMPANY, "organisation_name": ""},
    )
    assert code
    row = Draft.objects.values().get()
    assert (row["account_id"], row["organisation_id"]) == (None, None)
    assert "Lens Works" not in str(row)
    assert not draft.signatories.exists()


# -- who may what ----------------------------------------------------------------------------------

#               write  send   follow answer
MAY = {
    "member": (True, False, True, False),
    "approver": (True, True, True, True),
    "of another": (False, False, False, False),
    "outsider": (False, False, False, False),
    "inactive": (False, False, False, False),
    "superuser": (False, False, False, False),
    "anonymous": (False, False, False, False),
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_what(page, works, writer, signer, who):
    other = OrganisationFactory()
    person = {
        "member": lambda: writer,
        "approver": lambda: signer,
        "of another": lambda: UserFactory(organisation=other, signs_for_organisation=True),
        "outsider": lambda: UserFactory(signs_for_organisation=True),
        "inactive": lambda: UserFactory(
            organisation=works, signs_for_organisation=True, is_active=False
        ),
        "superuser": lambda: UserFactory(is_superuser=True),
        "anonymous": AnonymousUser,
    }[who]()
    draft = shared_draft(page, writer)
    write, send, follow, answer = MAY[who]
    assert user_may_write(person, draft) is write
    assert user_may_send(person, draft) is send
    response = actions.submit_draft(draft=draft, by=signer)
    assert user_may_follow(person, response) is follow
    for may in (user_may_answer_for, user_may_withdraw):
        assert may(person, response) is answer
    assert user_may_change(person, response, page, page.opens_at) is answer


# Beginning one for one's own organisation is anybody's who has one.
PAGES = {
    "draft": ("tasks", "part", "check", "signatories", "discard"),
    "sent": ("status", "sent", "receipt_file", "answers_file", "answers_text"),
}


@pytest.mark.parametrize("who", ["member", "approver", "of another", "outsider", "anonymous"])
def test_who_sees_and_does_what(page, works, writer, signer, who):
    person = {
        "member": lambda: UserFactory(organisation=works),
        "approver": lambda: signer,
        "of another": lambda: UserFactory(
            organisation=OrganisationFactory(), signs_for_organisation=True
        ),
        "outsider": UserFactory,
        "anonymous": lambda: None,
    }[who]()
    browser = at_a_browser(page, person).client
    draft = shared_draft(page, writer)
    inside, signs = who in ("member", "approver"), who == "approver"
    for name in PAGES["draft"]:
        answer = browser.get(address(page, name, *([1] if name == "part" else [])))
        assert (answer.status_code == 200) is inside, name
        assert inside or b"Ask who" not in answer.content
    data = {"declared": "on", "revision": draft.revision}
    answer = browser.post(address(page, "check"), data)
    assert Response.objects.exists() is signs, answer
    response = Response.objects.first() or actions.submit_draft(draft=draft, by=signer)
    for name in PAGES["sent"]:
        for query in ("", f"?of={response.reference}"):
            answer = browser.get(address(page, name) + query)
            assert (answer.status_code == 200) is inside, name
    question = Clarification.objects.create(
        response=response, question="Which year?", asked_on=response.received_on
    )
    browser.post(address(page, "clarification", question.pk), {"answer": "2025."})
    question.refresh_from_db()
    assert bool(question.answer) is signs
    browser.post(address(page, "revise"))
    assert Draft.objects.exists() is signs
    browser.post(address(page, "withdraw"), {"sure": "on"})
    response.refresh_from_db()
    assert (response.status == Status.WITHDRAWN) is signs


def test_ones_own_pages_show_nothing_of_the_organisations_and_the_other_way_round(page, writer):
    shared_draft(page, writer)
    visitor = at_a_browser(page, writer)
    assert visitor.see("tasks").status_code == 302
    visitor.begin("named", name="Wanda Writer")
    visitor.send("part", {"q-view": "My own view."}, 2)
    assert "My own view." not in visitor.client.get(address(page, "check")).content.decode()
    assert "Ask who" not in visitor.text("check")


# -- signing ---------------------------------------------------------------------------------------


def test_who_signs_sends_it_under_their_account(page, writer, signer, works):
    draft = shared_draft(page, writer)
    with pytest.raises(NotPermitted):
        actions.submit_draft(draft=draft, by=writer)
    response = actions.submit_draft(draft=draft, by=signer)
    assert (response.account, response.organisation) == (signer, works)
    assert response.versions.get().organisation_name == "Lens Works"
    assert not Response.objects.of_account(signer.pk).exists(), "it is not their own"


def test_a_change_is_signed_anew_by_whoever_signs_then(page, writer, signer, works):
    response = actions.submit_draft(draft=shared_draft(page, writer), by=signer)
    with pytest.raises(Exception, match="no longer be changed"):
        actions.begin_revision(response=response, by=writer)
    revision = actions.begin_revision(response=response, by=signer)
    save(revision, 2, {"view": "Second."}, by=writer)
    second = UserFactory(organisation=works, signs_for_organisation=True)
    assert actions.submit_draft(draft=revision, by=second) == response
    response.refresh_from_db()
    assert response.account == second
    assert response.versions.count() == 2


def test_those_who_sign_are_told_once_a_day(page, writer, signer):
    draft = shared_draft(page, writer)
    before = Draft.objects.values().get()
    for _time in range(2):
        assert list(actions.ask_to_sign(draft=draft, by=writer, language="fr")) == [signer]
    message = Message.objects.get()
    assert {**Draft.objects.values().get(), "touched_on": None} == {**before, "touched_on": None}
    mail = render(message)
    assert mail.to == [signer.email]
    assert f"/fr/consultations/{page.slug}/respond/organisation/check/" in mail.body
    assert "Lens Works" in mail.body
    assert re.search(r"\d\d:\d\d \(heure locale\s: Bruxelles\), \d+ jours restants", mail.body)
    assert "Ask who will use it." not in mail.subject + mail.body
    draft = save(draft, 2, {"view": "Better."}, by=writer)
    actions.ask_to_sign(draft=draft, by=writer, language="en")
    assert Message.objects.count() == 1
    tomorrow = timezone.now() + timedelta(days=1)
    actions.ask_to_sign(draft=draft, by=writer, language="en", at=tomorrow)
    assert Message.objects.count() == 2


def test_who_signs_and_has_confirmed_no_address_is_not_written_to(page, writer, signer):
    draft = shared_draft(page, writer)
    signer.emailaddress_set.update(verified=False)
    with pytest.raises(NobodyReachable):
        actions.ask_to_sign(draft=draft, by=writer, language="en")
    assert not Message.objects.exists()
    answer = at_a_browser(page, writer).client.post(address(page, "ask"), follow=True)
    assert "Tell them yourself" in answer.content.decode()


def test_what_is_not_complete_is_not_signed_and_nobody_strange_asks(page, writer, signer, member):
    draft = shared_draft(page, writer, full=False)
    with pytest.raises(Incomplete):
        actions.ask_to_sign(draft=draft, by=writer, language="en")
    with pytest.raises(NotPermitted):
        actions.ask_to_sign(draft=draft, by=member, language="en")
    assert not Message.objects.exists()


def test_where_nobody_signs_it_is_said_whom_to_ask(page, writer):
    page.contact_email = "consultations@host.example"
    page.save()
    draft = shared_draft(page, writer)
    with pytest.raises(NobodySigns):
        actions.ask_to_sign(draft=draft, by=writer, language="en")
    shown = at_a_browser(page, writer).client.get(address(page, "check")).content.decode()
    assert "Nobody may sign for Lens Works yet" in shown
    assert "mailto:consultations@host.example" in shown
    assert 'name="declared"' not in shown


def test_the_whole_walk(page, writer, signer):
    visitor = at_a_browser(page, writer)
    assert address(page, "identity") in visitor.text("start")
    form = visitor.client.get(address(page, "identity")).content.decode()
    assert "You respond for:" in form
    assert 'name="organisation_name"' not in form
    assert 'value="anonymous"' not in form
    begun = visitor.client.post(
        address(page, "identity"),
        {"identity": "organisation", "submitter_type": "company", "language": "en"},
    )
    assert begun.url == address(page, "tasks")
    assert visitor.client.post(address(page, "part", 1), {"q-exporter": "no"}).url == address(
        page, "part", 2
    )
    visitor.client.post(address(page, "part", 2), {"q-view": "Ask who will use it."})
    check = visitor.client.get(address(page, "check")).content.decode()
    assert "Ready for the signature of Sid Signer" in check
    assert 'name="declared"' not in check
    asked = visitor.client.post(address(page, "ask"), follow=True).content.decode()
    assert "We tell Sid Signer" in asked
    theirs = at_a_browser(page, signer)
    account = theirs.client.get(address(page, "check")).content.decode()
    assert "Sign and send for Lens Works" in account
    revision = re.search(r'name="revision" value="(\d+)"', account).group(1)
    sent = theirs.client.post(
        address(page, "check"), {"declared": "on", "revision": revision}, follow=True
    ).content.decode()
    reference = Response.objects.get().reference
    assert reference in sent
    assert "All people of Lens Works" in sent
    status = visitor.client.get(address(page, "status") + f"?of={reference}").content.decode()
    assert reference in status
    assert "Withdraw this response" not in status
    assert "The people who sign for your organisation" in status
    refused = visitor.client.get(address(page, "withdraw"), follow=True).content.decode()
    assert "You are not allowed to do this." in refused


# -- sending back ----------------------------------------------------------------------------------


@pytest.fixture
def asked(page, writer, signer):
    """A draft for which the writer has asked the signature."""
    draft = shared_draft(page, writer)
    actions.ask_to_sign(draft=draft, by=writer, language="en")
    Message.objects.all().delete()
    return draft


def back(draft, by, remark="Shorter, please.", **kwargs):
    return actions.send_back(draft=draft, by=by, remark=remark, language="fr", **kwargs)


#  who may send back a draft for which a signature is asked
MAY_SEND_BACK = {
    "approver": True,
    "member": False,
    "of another": False,
    "outsider": False,
    "superuser": False,
    "anonymous": False,
}


@pytest.mark.parametrize("who", MAY_SEND_BACK)
def test_who_may_send_back(asked, page, writer, signer, who):
    person = {
        "approver": lambda: signer,
        "member": lambda: writer,
        "of another": lambda: UserFactory(
            organisation=OrganisationFactory(), signs_for_organisation=True
        ),
        "outsider": lambda: UserFactory(signs_for_organisation=True),
        "superuser": lambda: UserFactory(is_superuser=True),
        "anonymous": AnonymousUser,
    }[who]()
    if MAY_SEND_BACK[who]:
        assert back(asked, person) == writer
    else:
        with pytest.raises(NotPermitted):
            back(asked, person)
    assert bool(SignatureRequest.objects.get().remark) is MAY_SEND_BACK[who]


def test_the_drafter_is_told_once_a_day_and_no_word_of_the_remark(asked, page, writer, signer):
    for _time in range(2):
        assert back(asked, signer) == writer
        actions.ask_to_sign(draft=asked, by=writer, language="en")
    (message,) = Message.objects.filter(kind=SENT_BACK)
    mail = render(message)
    assert mail.to == [writer.email]
    assert f"/fr/consultations/{page.slug}/respond/organisation/check/" in mail.body
    assert "Shorter" not in mail.subject + mail.body
    assert "Ask who" not in mail.subject + mail.body
    back(asked, signer, at=timezone.now() + timedelta(days=1))
    assert Message.objects.filter(kind=SENT_BACK).count() == 2


def test_asked_again_after_a_sending_back_those_who_sign_are_told_again(asked, writer, signer):
    for told in (1, 2):
        back(asked, signer)
        for _time in range(2):
            actions.ask_to_sign(draft=asked, by=writer, language="en")
        assert Message.objects.filter(kind=TO_SIGN).count() == told


@pytest.mark.parametrize("lost", ["address", "organisation"])
def test_who_cannot_be_told_is_not_and_the_remark_stands(asked, writer, signer, lost):
    if lost == "address":
        writer.emailaddress_set.update(verified=False)
    else:
        User.objects.filter(pk=writer.pk).update(organisation=None)
    assert back(asked, signer) is None
    assert not Message.objects.exists()
    assert SignatureRequest.objects.get().remark == "Shorter, please."


def test_erasing_a_shared_draft_says_whose_it_is(page, writer, asked):
    shown = at_a_browser(page, writer).client.get(address(page, "discard")).content.decode()
    assert "This is the draft of all people of your organisation." in shown


def test_nothing_is_sent_back_twice_or_unasked(page, writer, signer, asked):
    back(asked, signer)
    with pytest.raises(NotAsked):
        back(asked, signer)
    other = consultation_that_asks()
    with pytest.raises(NotAsked):
        back(shared_draft(other, writer), signer)


def test_sent_back_changed_and_asked_for_again(asked, page, writer, signer):
    theirs, ours = at_a_browser(page, signer).client, at_a_browser(page, writer).client
    check, tasks = address(page, "check"), address(page, "tasks")
    account, mine = reverse("account_overview"), reverse("account_responses")
    for listing in (account, mine):
        shown = theirs.get(listing).content.decode()
        assert f'href="{check}"' in shown
        assert f'href="{check}"' not in ours.get(listing).content.decode()
    assert "Wanda Writer asked for your signature" in theirs.get(check).content.decode()
    assert address(page, "send_back") not in ours.get(check).content.decode()
    empty = theirs.post(address(page, "send_back"), {"remark": ""})
    assert empty.status_code == 422
    sent_back = theirs.post(address(page, "send_back"), {"remark": "Shorter!"}, follow=True)
    assert "We tell Wanda Writer by e-mail" in sent_back.content.decode()
    assert f'href="{check}"' not in theirs.get(account).content.decode()
    for where in (check, tasks):
        shown = ours.get(where).content.decode()
        assert "Sid Signer sent this draft back" in shown
        assert "Shorter!" in shown
    for listing, said in ((account, "was sent back with a remark"), (mine, "Sent back to you")):
        shown = ours.get(listing).content.decode()
        assert said in shown
        assert f'href="{tasks}"' in shown
        assert said not in theirs.get(listing).content.decode()
    assert "Nothing was changed." in theirs.get(check).content.decode()
    ours.post(address(page, "part", 2), {"q-view": "Ask."})
    ours.post(address(page, "ask"))
    shown = theirs.get(check).content.decode()
    compared = shown[shown.index("What was changed since it was sent back") :]
    compared = " ".join(compared[: compared.index("</section>")].split())
    assert "2. What should weigh most?" in compared
    assert "Ask who will use it." in compared[: compared.index("Now:")]
    assert "Ask who" not in compared[compared.index("Now:") :]
    assert "1. Do you export" not in compared
    assert f'href="{check}"' in theirs.get(account).content.decode()
    assert "was sent back with a remark" not in ours.get(account).content.decode()
    actions.submit_draft(draft=Draft.objects.get(), by=signer)
    assert not SignatureRequest.objects.exists()


def test_a_remark_typed_too_late_is_shown_again(asked, page, signer):
    theirs = at_a_browser(page, signer).client
    back(asked, signer)
    late = theirs.post(address(page, "send_back"), {"remark": "And shorter."})
    assert late.status_code == 409
    actions.submit_draft(draft=asked, by=signer)
    gone = theirs.post(address(page, "send_back"), {"remark": "And shorter."})
    assert gone.status_code == 409
    for answer in (late, gone):
        assert "And shorter." in answer.content.decode()


def test_a_change_of_what_was_sent_is_compared_with_it(page, writer, signer):
    response = actions.submit_draft(draft=shared_draft(page, writer), by=signer)
    revision = actions.begin_revision(response=response, by=signer)
    check = address(page, "check")
    theirs = at_a_browser(page, signer).client
    assert "Nothing was changed." in theirs.get(check).content.decode()
    save(revision, 1, {"exporter": True}, by=writer)
    secret = {"value": "Ask all.", "visibility": "officials", "public_version": "Ask."}
    save(revision, 2, {"view": secret, "detail": "Lenses."}, by=writer)
    shown = theirs.get(check).content.decode()
    compared = shown[shown.index("What was changed since it was sent on") :]
    compared = compared[: compared.index("</section>")]
    for told in ("Ask who will use it.", "Ask all.", "Officials only. The public reads: Ask."):
        assert told in compared
    assert "Lenses." in compared
    assert "Not provided" in compared


def test_taken_out_of_the_organisation_nothing_is_left_of_who_asked(asked, signer, writer):
    back(asked, signer)
    actions.save_identity(
        draft=asked,
        by=writer,
        identity=Identity.ANONYMOUS,
        details={**COMPANY, "organisation_name": ""},
    )
    assert not SignatureRequest.objects.exists()


def test_how_an_organisation_responds_is_told_where_it_begins(site_tree, writer, client):
    page = consultation_that_asks()
    told = "/en/take-part/organisations/"
    visitor = at_a_browser(page, writer)
    assert told in visitor.text("start")
    assert told in visitor.client.get(address(page, "identity")).content.decode()
    stranger = Visitor(page)
    assert told in stranger.text("start")
    chosen = stranger.client.post(
        stranger.at("identity"), {"identity": "organisation"}, follow=True
    )
    assert told in chosen.content.decode()
    shown = client.get(told).content.decode()
    for word in ("How an organisation gets its account", "verified", "send the draft back"):
        assert word in shown


def test_leaving_the_organisation_by_choosing_no_name_is_warned_of(page, writer):
    shared_draft(page, writer)
    visitor = at_a_browser(page, writer)
    form = visitor.client.get(address(page, "identity")).content.decode()
    assert "your colleagues can no longer open it" in form
    answer = visitor.client.post(
        address(page, "identity"),
        {"identity": "anonymous", "submitter_type": "company", "language": "en"},
    )
    assert answer.url == visitor.at("code")
    shown = visitor.text("code")
    assert "nobody there finds it" in shown
    assert visitor.see("tasks").status_code == 200
    assert visitor.client.get(address(page, "tasks")).url == visitor.at("start")


def test_the_accounts_list_holds_what_the_organisation_writes_and_has_sent(
    page, writer, signer, rf, member
):
    sent = actions.submit_draft(draft=shared_draft(page, writer), by=signer)
    second = consultation_that_asks()
    shared_draft(second, signer)

    def listed(person):
        request = rf.get("/")
        request.user, request.session = person, {}
        return mine(request).content.decode()

    for person in (writer, signer):
        shown = listed(person)
        assert f"{address(page, 'status')}?of={sent.reference}" in shown
        assert address(second, "tasks") in shown
        assert "Drafts of Lens Works" in shown
        assert shown.count(sent.reference) == 2, "once, in its address and in words"
    assert sent.reference not in listed(member)


def test_signed_out_one_is_led_to_the_door_and_back(page):
    answer = at_a_browser(page, None).client.get(address(page, "tasks"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url
    assert address(page, "tasks") in answer.url


def test_queries_do_not_grow_with_the_people(page, works, writer, django_assert_max_num_queries):
    shared_draft(page, writer)
    for _number in range(30):
        UserFactory(organisation=works, signs_for_organisation=True)
    browser = at_a_browser(page, writer).client
    for name in ("tasks", "check"):
        with django_assert_max_num_queries(16):
            assert browser.get(address(page, name)).status_code == 200
