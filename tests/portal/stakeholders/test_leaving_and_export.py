"""What is kept about a person goes with them, or is handed over to them; who else may do either."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from consultations.following.actions import follow_as_member
from consultations.moderation import actions as moderation
from consultations.responses.models import Draft, Identity, Response
from portal.files.actions import take_in
from portal.notifications.delivery import send_due
from portal.record import audit
from portal.sessions.models import Session
from portal.staff_log.models import StaffEvent
from portal.stakeholders import actions, roles
from portal.stakeholders.actions.errors import LastAdministrator, NotPermitted
from portal.stakeholders.models import User
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.moderation.building import screener
from tests.consultations.responses.builders import ACADEMIA, consultation_that_asks, sent
from tests.consultations.responses.filed import WORDS, draft_with
from tests.factories import UserFactory
from tests.portal.saved_searches.factories import saved
from tests.staff import prove_again, set_up_factor

pytestmark = pytest.mark.django_db

REASON = "They wrote to us on Monday."


@pytest.fixture
def page(site_tree, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return consultation_that_asks()


@pytest.fixture
def administrator():
    return UserFactory(name="Ada Admin", role=roles.ADMINISTRATOR)


@pytest.fixture
def person(page):
    """A member who has done everything that a member can do."""
    member = UserFactory(name="Mona Member", email="mona@people.example")
    set_up_factor(member)
    file = take_in(SimpleUploadedFile("a.txt", WORDS))
    details = {"identity": Identity.NAMED, "details": ACADEMIA}
    other = ConsultationPageFactory(questionnaire=True, contact_email="desk@ministry.example")
    sent(page, by=member, view="What I have sent.", **details)
    draft_with(other, file, by=member, **details)
    comment_on(page, author=member, body="What I have said.", at=timezone.now())
    saved(member, name="What I look for")
    follow_as_member(page=page, by=member, language="en")
    return member


def taken(response):
    return io.BytesIO(b"".join(response.streaming_content))


def own_export(client, person):
    client.force_login(person)
    prove_again(client)
    response = client.post(reverse("account_export"))
    assert response["Content-Disposition"] == 'attachment; filename="account.zip"'
    return taken(response)


def test_another_program_reads_the_file(client, person, tmp_path):
    file = tmp_path / "account.zip"
    file.write_bytes(own_export(client, person).getvalue())
    subprocess.run([sys.executable, "-m", "zipfile", "-e", file, tmp_path / "out"], check=True)
    read = subprocess.run(
        [sys.executable, "-m", "json.tool", tmp_path / "out" / "account.json"],
        check=True,
        capture_output=True,
    )
    kept = json.loads(read.stdout)
    assert kept["account"]["email"] == "mona@people.example"
    assert kept["comments"][0]["text"] == "What I have said."
    assert "What I have sent." in json.dumps(kept["responses"])
    assert kept["saved_searches"][0]["name"] == "What I look for"
    assert kept["followed_consultations"]
    assert kept["second_factors"][0]["type"] == "totp"
    assert len(kept["sessions"]) == 1
    (attached,) = (tmp_path / "out" / "files").iterdir()
    assert WORDS in attached.read_bytes()
    assert attached.stem in json.dumps(kept["drafts"])


def test_no_secret_is_in_it(client, person):
    file = zipfile.ZipFile(own_export(client, person))
    text = file.read("account.json").decode()
    for secret in (person.password, *Session.objects.values_list("pk", flat=True)):
        assert secret not in text
    assert "secret" not in text
    assert "author_seal" not in text


def test_it_asks_for_proof_first(client, person):
    client.force_login(person)
    for send in (client.get, client.post):
        answer = send(reverse("account_export"))
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url


def test_an_administrator_gets_nothing_that_no_page_shows(client, person, administrator):
    client.force_login(administrator)
    page = reverse("export_person", args=[person.pk])
    assert client.post(page, {"reason": ""}).status_code == 422
    file = zipfile.ZipFile(taken(client.post(page, {"reason": REASON})))
    text = file.read("account.json").decode()
    assert "What I have said." in text
    for hidden in ("What I have sent.", "What I look for"):
        assert hidden not in text
    assert json.loads(text)["followed_consultations"] == []
    assert json.loads(text)["drafts"][0].keys() == {"consultation", "changed"}
    assert file.namelist() == ["account.json"]
    send_due()
    told = [each.body for each in mail.outbox if each.to == [person.email]]
    assert REASON in told[0]
    line = StaffEvent.objects.get(what="account-exported")
    assert line.detail == f"a member: {REASON}"


def test_an_account_deleted_takes_along_what_is_only_its_owners(client, person):
    client.force_login(person)
    prove_again(client)
    page = client.get(reverse("account_delete")).content.decode()
    for said in (
        "It happens at once",
        "Responses that you have begun and not sent are erased.",
        "Responses that you have sent stay as you sent them",
        "Your saved searches are erased",
        "You no longer follow any consultation",
    ):
        assert said in page
    client.post(reverse("account_delete"), {"comments": "keep"})
    assert not User.objects.filter(pk=person.pk).exists()
    assert not Draft.objects.exists()
    assert not Session.objects.filter(person=person.pk).exists()
    assert Response.objects.get().account is None
    assert Response.objects.get().versions.get().name == ACADEMIA["name"]
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is User:
                assert not model.objects.filter(**{field.name: person.pk}).exists(), model
    assert list(audit.findings()) == []


def test_staff_delete_in_two_steps_with_a_reason_that_the_person_reads(
    client, person, administrator
):
    client.force_login(administrator)
    page = f"/admin/users/delete/{person.pk}/"
    assert client.post(page, {"reason": ""}).status_code == 422
    assert "Yes, delete it" not in client.get(page).content.decode()
    asked = client.post(page, {"reason": REASON}).content.decode()
    assert "Yes, delete it" in asked
    assert REASON in asked
    assert User.objects.filter(pk=person.pk).exists()
    client.post(page, {"reason": REASON, "step": "confirm"})
    assert not User.objects.filter(pk=person.pk).exists()
    send_due()
    (told,) = [each for each in mail.outbox if each.to == ["mona@people.example"]]
    assert REASON in told.body
    assert StaffEvent.objects.get(what="account-deleted").detail == f"a member: {REASON}"
    assert list(audit.findings()) == []


def test_the_last_administrator_stays(client, administrator):
    superuser = UserFactory(is_superuser=True)
    actions.delete_person(person=administrator, by=superuser, reason="x")
    administrator = UserFactory(role=roles.ADMINISTRATOR)
    User.objects.filter(pk=superuser.pk).update(is_active=False)
    with pytest.raises(LastAdministrator):
        actions.keep_an_administrator(but=administrator)
    client.force_login(administrator)
    prove_again(client)
    assert client.post(reverse("account_delete")).status_code == 403
    data = {"email": administrator.email, "name": "N", "submitter_type": "academia"}
    page = client.post(f"/admin/users/edit/{administrator.pk}/", {**data, "groups": []})
    assert "This is the last administrator" in page.content.decode()
    assert administrator.groups.exists()
    User.objects.filter(pk=superuser.pk).update(is_active=True)
    assert client.post(f"/admin/users/edit/{administrator.pk}/", data).status_code == 302
    assert not administrator.groups.exists()


def test_administrators_are_not_all_shut_out_at_once(client, administrator):
    other, member = UserFactory(role=roles.ADMINISTRATOR), UserFactory()
    client.force_login(administrator)
    bulk, shut = "/admin/bulk/stakeholders/user/set_active_state/", {"mark_as_active": "False"}
    client.post(f"{bulk}?id=all&next=/admin/users/", shut)
    assert User.objects.filter(is_active=True).count() == 3
    client.post(f"{bulk}?id={administrator.pk}&id={other.pk}&id={member.pk}", shut)
    assert list(User.objects.administrators()) == [administrator]


def test_what_staff_have_begun_waits_for_others_and_it_is_said(client, page, administrator):
    moderator = screener()
    response, _code = sent(page, identity=Identity.NAMED, details=ACADEMIA)
    moderation.propose_rejection(
        response=response, by=moderator, reason="off-topic", note="Not about this."
    )
    client.force_login(administrator)
    said = client.get(f"/admin/users/delete/{moderator.pk}/").content.decode()
    assert "1 proposal to reject a response stays." in said


@pytest.mark.parametrize(
    ("role", "may"), [(None, False), *((role, role == roles.ADMINISTRATOR) for role in roles.ROLES)]
)
def test_who_may_delete_and_export_others(role, may):
    somebody, other = UserFactory(role=role), UserFactory()
    superuser = UserFactory(is_superuser=True)
    for person, allowed in ((other, may), (superuser, False), (somebody, False)):
        for act in (actions.delete_person, actions.export_person):
            if not allowed:
                with pytest.raises(NotPermitted):
                    act(person=person, by=somebody, reason="x")
    if may:
        assert actions.export_person(person=other, by=somebody, reason="x")
        actions.delete_person(person=other, by=somebody, reason="x")
        assert not User.objects.filter(pk=other.pk).exists()


# Every tie of a row to an account, and where its owner finds it in the file.
TIES = {
    "account.EmailAddress.user": "addresses",
    "mfa.Authenticator.user": "second_factors",
    "portal_sessions.Session.person": "sessions",
    "staff_log.StaffEvent.person": "log_of_staff",
    "saved_searches.SavedSearch.owner": "saved_searches",
    "learning.KeptProgress.owner": "learning_progress",
    "following.Follow.owner": "followed_consultations",
    "fact_checks.FactCheck.opened_by": "fact_checks_opened",
    "discussion.Comment.author": "comments",
    "discussion.ModerationAct.moderator": "acts_on_comments",
    "responses.Draft.account": "drafts",
    "responses.Response.account": "responses",
    "responses.SignatureRequest.asked_by": "asked_to_sign",
    "responses.SignatureRequest.sent_back_by": "sent_back",
    "responses.LateToken.issued_by": "let_in_late",
    "responses.PaperEntry.entered_by": "entered_from_paper",
    "moderation.ScreeningAct.by": "acts_on_responses",
    "moderation.ConfidentialView.by": "confidential_answers_opened",
    "moderation.Clearance.person": "clearances",
    "moderation.Clearance.proposed_by": "clearances_of_others",
    "moderation.Clearance.given_by": "clearances_of_others",
    "moderation.Clearance.ended_by": "clearances_of_others",
    "calls.Corrigendum.by": "corrigenda",
    "calls.Interest.person": "interests",
    "calls.ConsultationText.written_by": "texts_in_other_languages",
    "calls.ConsultationText.submitted_by": "texts_in_other_languages",
    "calls.ConsultationText.approved_by": "texts_in_other_languages",
    "cms.UnpublishRequest.asked_by": "asked_to_unpublish",
    "cms.UnpublishRequest.decided_by": "decided_to_unpublish",
    "guides.StillTrue.asked_by": "found_guides_true",
    "guides.StillTrue.decided_by": "decided_on_guides",
    "cms.DocumentChange.proposed_by": "proposed_for_documents",
    "cms.DocumentChange.decided_by": "decided_for_documents",
    "discussion.ReadMark.person": "comments_read_up_to",
    "moderation.Opened.by": "responses_opened",
    "proofreading.Review.entered_by": "translations_read",
    "stakeholders.FactorReset.person": "reset_of_factors",
}
NOT_IN_IT = {
    "stakeholders.Invitation.invited_by": "about somebody else, whose address it holds",
    "stakeholders.FactorReset.asked_by": "about somebody else; the log of staff says it",
    "stakeholders.User_groups.user": "among “account” as “roles”",
    "stakeholders.User_user_permissions.user": "not used",
    "admin.LogEntry.user": "not used",
}
# Wagtail's own rows name who did what to a page: `acts_in_the_admin` has the log of it.
OF_WAGTAIL = {"wagtailcore", "wagtailadmin", "wagtailusers", "wagtaildocs", "wagtailimages"}


def test_each_tie_to_an_account_is_in_the_file_or_it_is_said_why_not(client, person):
    kept = json.loads(zipfile.ZipFile(own_export(client, person)).read("account.json"))
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in OF_WAGTAIL or issubclass(model, Page):
            continue
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model is User:
                found.add(f"{model._meta.label}.{field.name}")
    assert found - set(TIES) - set(NOT_IN_IT) == set()
    assert set(TIES) <= found
    assert set(TIES.values()) <= set(kept)
    assert kept["portal"] == settings.BASE_URL
