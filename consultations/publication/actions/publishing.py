"""The public copy: made, put before the public, taken down."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from consultations.publication import cards, recording
from consultations.publication.actions.locking import lock_consultations, locked_copy, newest_of
from consultations.publication.actions.readiness import ready_to_publish, require_company
from consultations.publication.actions.small_cells import tell_cells
from consultations.publication.copies import fill
from consultations.publication.errors import NotPermitted, NotPublishable
from consultations.publication.models import AnsweredQuestion, PublicCopy
from consultations.publication.permissions import user_can_publish
from consultations.publication.translations import answers_to_publish, still_translated
from consultations.responses.actions import close_list
from consultations.responses.models import Handling, Response, Status, StatusEvent
from consultations.responses.notifications import tell
from portal.stakeholders.models import User

SHUFFLE_BITS = 62
REPLACED = "replaced"


@transaction.atomic
def prepare_copy(response: Response, *, at: datetime | None = None) -> PublicCopy | None:
    """
    Make the public copy of an accepted response afresh from its newest version.

    What was redacted before is whole again; translations stay, and count where the text is as it
    was. What is published already is taken off the page first,
    until it is published again. None for a response accepted as confidential, which has no copy.
    Raises NotPublishable where it was not accepted or was erased.
    """
    version = newest_of(response)
    if not response.handling or version is None:
        raise NotPublishable
    copy = locked_copy(response)
    if copy and copy.is_published:
        _take_off(copy, REPLACED, at or datetime.now(UTC))
    if response.handling == Handling.CONFIDENTIAL:
        if copy:
            copy.delete()
        return None
    copy = copy or PublicCopy(response=response)
    copy.response = response
    copy.consultation = response.consultation
    copy.published_on = copy.retired_on = copy.disputed_on = None
    copy.record_leaf = ""
    questionnaire = response.consultation.questionnaire()
    fill(copy, questionnaire, version)
    copy.translations = still_translated(copy, questionnaire)
    copy.save()
    return copy


@transaction.atomic
def publish(*, copies: Sequence[PublicCopy], by: User, at: datetime) -> list[PublicCopy]:
    """
    Put accepted responses before the public, in an order that chance decides.

    Returns them in that order. Nothing is published where one of them cannot be: raises
    NotPermitted, and NotPublishable for one that is not accepted, was changed by its submitter
    since, is published already, or is published only in translation and has none of every text;
    TooEarly before its consultation has closed, HeldBack for one without a name that would stand
    alone. From then on the answers of such a copy are the translation.
    """
    if not user_can_publish(by, *(copy.consultation_id for copy in copies)):
        raise NotPermitted
    lock_consultations(copies)
    ready = [
        ready_to_publish(copy, at) for copy in sorted(copies, key=lambda each: each.response_id)
    ]
    require_company(ready, at)
    secrets.SystemRandom().shuffle(ready)
    for copy in ready:
        response = copy.response
        questionnaire = copy.consultation.questionnaire()
        fresh = PublicCopy(response=response)
        fill(fresh, questionnaire, copy.version)
        copy.answers = answers_to_publish(copy, questionnaire)
        copy.is_redacted = any("segments" in each for each in copy.answers.values())
        if not (response.translation_only and copy.translations):
            copy.translations, copy.translated_into = {}, ""
        copy.signatories = fresh.signatories  # some may have confirmed since
        copy.signatories_withheld = fresh.signatories_withheld
        copy.signatories_waiting = fresh.signatories_waiting
        close_list(response)
        copy.shown_group, copy.shown_language = fresh.shown_group, fresh.shown_language
        copy.entry_has_language = False
        copy.shuffle = secrets.randbits(SHUFFLE_BITS)
        copy.published_on, copy.retired_on = at.astimezone(UTC).date(), None
        _put_before_the_public(copy, at)
        if copy.is_redacted:
            tell(response, StatusEvent.Kind.REDACTED, at=at)
        tell(response, StatusEvent.Kind.PUBLISHED, at=at)
    for consultation in {copy.consultation for copy in ready}:
        _make_findable([each for each in ready if each.consultation_id == consultation.pk])
    return ready


@transaction.atomic
def put_back(*, copy: PublicCopy, at: datetime) -> PublicCopy:
    """
    Publish again what staff removed: at its address, in its place of the order, with its first day.

    It is an undoing: what was public beside others comes back among those that are left, so nothing
    is asked of how many there are. The record gets a new entry, and the old one stays closed.
    Whoever calls decides on permission and tells the submitter. Raises NotPublishable unless the
    response was published and then removed.
    """
    found = locked_copy(copy.response)
    if found is None or found.published_on is None or found.retired_on is None:
        raise NotPublishable
    if found.response.status != Status.REMOVED:
        raise NotPublishable
    found.retired_on = None
    if not found.is_nameless:
        found.shown_group, found.shown_language = found.group, found.language
    found.entry_has_language = False
    _put_before_the_public(found, at)
    _make_findable([found])
    return found


@transaction.atomic
def retire(*, copy: PublicCopy, kind: str, at: datetime) -> PublicCopy | None:
    """
    Take a published response off the page: `kind` is "withdrawn" or "removed".

    A page in its place says so. What was withdrawn is erased from the copy; what was removed is
    kept, and can be put back (`put_back`). A copy never published is deleted (the answer is then
    None), unless it was translated and may be accepted again; one retired already stays as it is.
    Whoever calls decides on permission and tells the submitter why.
    """
    kind = {"withdrawn": Status.WITHDRAWN, "removed": Status.REMOVED}[kind]
    found = locked_copy(copy.response)
    if found is None or found.published_on is None:
        if found and (kind == Status.WITHDRAWN or not found.translations):
            found.delete()
        return None
    was_published = found.is_published
    if was_published:
        _take_off(found, kind.value, at)
        found.retired_on = at.astimezone(UTC).date()
    if kind == Status.WITHDRAWN:
        _erase(found)
    found.save()
    found.response.status = kind
    found.response.save(update_fields=["status"])
    return found


def withdrawn(response: Response, at: datetime) -> None:
    """Do what a submitter's withdrawal does here: unpublish, or forget what was prepared."""
    copy = PublicCopy.objects.filter(response=response).first()
    if copy:
        retire(copy=copy, kind="withdrawn", at=at)


@transaction.atomic
def set_disputed(*, copy: PublicCopy, on: bool, at: datetime) -> PublicCopy:
    """Mark a published response as disputed, or take the mark away; it is shown either way."""
    copy.disputed_on = at.astimezone(UTC).date() if on else None
    copy.save(update_fields=["disputed_on"])
    return copy


def _put_before_the_public(copy: PublicCopy, at: datetime) -> None:
    """Save a copy that is published from now on, with its entry and what it is counted by."""
    copy.record_leaf = recording.record_published(copy, at=at).leaf
    copy.save()
    AnsweredQuestion.objects.bulk_create(
        AnsweredQuestion(copy=copy, question=each) for each in copy.answers
    )
    copy.response.status = Status.PUBLISHED
    copy.response.save(update_fields=["status"])


def _make_findable(copies: Sequence[PublicCopy]) -> None:
    """Tell groups and languages anew, and write the cards of copies of one consultation."""
    consultation = copies[0].consultation
    tell_cells(consultation)
    for copy in copies:
        copy.refresh_from_db(fields=["shown_group", "shown_language"])
    cards.put_cards(copies, consultation)


def _take_off(copy: PublicCopy, reason: str, at: datetime) -> None:
    """Take it out of the index and the search, with an entry on that; the copy is not saved."""
    recording.record_unpublished(copy, reason, at=at)
    recording.close_published(copy)
    cards.remove_card(copy)
    copy.answered.all().delete()
    PublicCopy.objects.filter(pk=copy.pk).update(retired_on=at.astimezone(UTC).date())
    copy.shown_group = copy.shown_language = ""
    tell_cells(copy.consultation)


def _erase(copy: PublicCopy) -> None:
    copy.display_name = copy.organisation_name = copy.state = ""
    copy.shown_group = copy.shown_language = ""
    copy.signatories, copy.answers, copy.is_redacted = [], {}, False
    copy.signatories_withheld = copy.signatories_waiting = 0
    copy.translations, copy.translated_into = {}, ""
    copy.represents = {}
    copy.submitter_type, copy.group, copy.language = "undisclosed", "other", "en"
