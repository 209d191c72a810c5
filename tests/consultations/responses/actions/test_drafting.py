"""Beginning a draft, writing in it, giving it up."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.responses import actions
from consultations.responses.access.codes import hash_code
from consultations.responses.answers.mapping import fingerprint
from consultations.responses.errors import (
    AnonymityNotOffered,
    AnotherDraft,
    AnswersClosed,
    ChangedMeanwhile,
    DraftGone,
    NotPermitted,
)
from consultations.responses.models import Draft, Identity
from portal.files.models import StoredFile
from tests.consultations.responses.builders import (
    ACADEMIA,
    NOBODY,
    begun,
    consultation_that_asks,
    draft_to_send,
    part_of,
    save,
)
from tests.factories import UserFactory


def test_without_an_account_a_draft_gets_a_code_that_is_kept_as_a_hash(page):
    draft, code = begun(page)
    assert draft.code_hash == hash_code(code)
    assert code.replace("-", "") not in str(Draft.objects.values().get())


def test_signed_in_and_named_it_lives_in_the_account(page, member):
    draft, code = begun(page, identity=Identity.NAMED, details=ACADEMIA, by=member)
    assert (draft.account, draft.code_hash, code) == (member, None, "")


def test_signed_in_and_anonymous_it_has_nothing_to_do_with_the_account(page, member):
    draft, code = begun(page, by=member)
    assert draft.account is None
    assert code


def test_choosing_to_be_anonymous_leaves_the_account_at_once(page, member):
    draft, _ = begun(page, identity=Identity.NAMED, details=ACADEMIA, by=member)
    draft, code = actions.save_identity(
        draft=draft, by=member, identity=Identity.ANONYMOUS, details={"name": ""}
    )
    draft.refresh_from_db()
    assert draft.account is None
    assert draft.code_hash == hash_code(code)
    assert "Vrba" not in str(Draft.objects.values().get())
    again, more = actions.save_identity(
        draft=draft, by=member, identity=Identity.NAMED, details=ACADEMIA
    )
    assert again.account is None, "it never goes back"
    assert more == ""


def test_the_database_holds_no_anonymous_draft_of_an_account(page, member):
    draft, _ = begun(page)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(account=member)


def test_anonymity_may_not_be_offered(consultations):
    page = consultation_that_asks(anonymous_allowed=False)
    with pytest.raises(AnonymityNotOffered):
        begun(page)


def test_an_account_writes_one_answer_at_a_time(page, member):
    begun(page, identity=Identity.NAMED, details=ACADEMIA, by=member)
    with pytest.raises(AnotherDraft):
        begun(page, identity=Identity.NAMED, details=ACADEMIA, by=member)


@pytest.mark.parametrize("trait", ["scheduled", "closed", "outcome", "cancelled"])
def test_it_begins_only_while_answers_are_taken(consultations, trait):
    page = consultation_that_asks(**{trait: True})
    with pytest.raises(AnswersClosed):
        begun(page)


def test_a_part_is_saved_and_cleared_by_question(page):
    draft, _ = begun(page)
    draft = save(draft, 2, {"view": "Who uses it."})
    draft = save(draft, 1, {"exporter": True})
    assert set(draft.answers) == {"view", "exporter"}
    draft = save(draft, 2, {"view": None})
    assert set(draft.answers) == {"exporter"}
    assert draft.revision == 3


def test_answers_to_other_parts_are_not_let_in(page):
    draft, _ = begun(page)
    assert save(draft, 1, {"view": "Smuggled."}).answers == {}


def test_what_was_changed_meanwhile_is_not_overwritten(page):
    draft, _ = begun(page)
    seen = fingerprint(part_of(page, 2), draft.answers)
    save(draft, 2, {"view": "From the other window."}, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        save(draft, 2, {"view": "From this one."}, seen=seen)
    draft.refresh_from_db()
    assert draft.answers["view"]["value"] == "From the other window."


def test_another_part_saved_meanwhile_is_no_conflict(page):
    draft, _ = begun(page)
    seen = fingerprint(part_of(page, 2), draft.answers)
    save(draft, 1, {"exporter": True})
    assert save(draft, 2, {"view": "Mine."}, seen=seen).answers["view"]["value"] == "Mine."


def test_the_same_text_saved_twice_is_no_conflict(page):
    draft, _ = begun(page)
    seen = fingerprint(part_of(page, 2), draft.answers)
    for _time in range(2):
        save(draft, 2, {"view": {"value": "Mine.", "visibility": "public"}}, seen=seen)


def test_only_its_owner_writes_in_an_accounts_draft(page, member):
    draft, _ = begun(page, identity=Identity.NAMED, details=ACADEMIA, by=member)
    for stranger in (NOBODY, UserFactory()):
        with pytest.raises(NotPermitted):
            save(draft, 1, {"exporter": True}, by=stranger)
        with pytest.raises(NotPermitted):
            actions.discard_draft(draft=draft, by=stranger)


def test_nothing_is_saved_after_the_deadline(page):
    draft, _ = begun(page)
    with pytest.raises(AnswersClosed):
        save(draft, 1, {"exporter": True}, at=page.closes_at)


def test_a_discarded_draft_is_gone_and_stays_gone(page):
    draft, _ = draft_to_send(page)
    for _time in range(2):
        actions.discard_draft(draft=draft, by=NOBODY)
    assert not Draft.objects.exists()
    with pytest.raises(DraftGone):
        save(draft, 1, {"exporter": True})


@pytest.fixture
def stored(db):
    return StoredFile.objects.create(
        kind="pdf", size=1, sha256="0" * 64, state="clean", stored_on=timezone.now().date()
    )


def test_files_that_an_answer_lets_go_of_are_erased(consultations, stored):
    page = consultation_that_asks(questionnaire=True)
    draft, _ = begun(page)
    draft = save(draft, 3, {"evidence": [str(stored.pk)]})
    assert StoredFile.objects.exists()
    save(draft, 3, {"evidence": None})
    assert not StoredFile.objects.exists()


def test_files_go_with_their_draft(consultations, stored):
    page = consultation_that_asks(questionnaire=True)
    draft, _ = begun(page)
    draft = save(draft, 3, {"evidence": [str(stored.pk)]})
    actions.discard_draft(draft=draft, by=NOBODY)
    assert not StoredFile.objects.exists()


def test_old_drafts_are_erased_ninety_days_after_the_deadline(consultations, capsys):
    now = timezone.now()
    page = consultation_that_asks()
    draft_to_send(page, at=now)
    for days, left in ((89, 1), (91, 0)):
        closed = now - timedelta(days=days)
        type(page).objects.filter(pk=page.pk).update(
            opens_at=closed - timedelta(weeks=13), closes_at=closed
        )
        Draft.objects.update(touched_on=closed.date())
        call_command("erase_old_drafts")
        assert Draft.objects.count() == left


def test_a_draft_of_an_open_consultation_is_kept_however_old(page):
    begun(page)
    Draft.objects.update(touched_on=page.opens_at.date() - timedelta(days=400))
    call_command("erase_old_drafts")
    assert Draft.objects.exists()
