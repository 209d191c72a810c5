"""
Everything that publication does, one function a verb; each in one transaction, with its entry in
the record and its search card. `at` is an aware instant; a refusal is an `errors.Refused`.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Count

from consultations.calls.models import ConsultationPage
from consultations.publication import cards, recording
from consultations.publication.copies import (
    fill,
    is_nameless,
    own_words,
    public_answers,
    with_segments,
)
from consultations.publication.errors import NotACut, NotPermitted, NotPublishable
from consultations.publication.models import AnsweredQuestion, PublicCopy
from consultations.publication.permissions import user_can_publish
from consultations.publication.redaction import checked_segments, is_cut
from consultations.publication.small_cells import groups_told
from consultations.responses.events import tell
from consultations.responses.models import (
    Handling,
    Response,
    ResponseVersion,
    Status,
    StatusEvent,
)
from portal.stakeholders.models import User

SHUFFLE_BITS = 62
PUBLISHABLE = (Handling.PUBLIC, Handling.NAME_WITHHELD)
REPLACED = "replaced"


@transaction.atomic
def prepare_copy(response: Response, *, at: datetime | None = None) -> PublicCopy | None:
    """
    The public copy of an accepted response, made afresh from its newest version.

    What was redacted before is whole again. What is published already is taken off the page first,
    until it is published again. None for a response accepted as confidential, which has no copy.
    Raises NotPublishable where it was not accepted or was erased.
    """
    version = _newest(response)
    if not response.handling or version is None:
        raise NotPublishable
    copy = _locked_copy(response)
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
    fill(copy, response.consultation.questionnaire(), version)
    copy.save()
    return copy


def redactable_text(copy: PublicCopy, question_id: str) -> str:
    """The submitter's own words in an answer, whole: what `redact` holds its segments against."""
    questionnaire = copy.consultation.questionnaire()
    answer = public_answers(questionnaire, copy.version.answers).get(question_id)
    return own_words(questionnaire.find(question_id), answer) if answer else ""


@transaction.atomic
def redact(
    *,
    copy: PublicCopy,
    question_id: str,
    segments: Sequence[Mapping[str, str]],
    by: User,
    at: datetime,
) -> PublicCopy:
    """
    Leave passages out of an answer in the public copy; what was sent stays as it is.

    `segments` are the answer's own words as they were sent, cut (`redaction`): one text alone
    makes it whole again. An answer without words, as a file, can be left out as a whole, by one
    mark alone. What is published is published anew. Raises NotPermitted, NotACut.
    """
    if not user_can_publish(by):
        raise NotPermitted
    copy = _locked_copy(copy.response) or copy
    questionnaire = copy.consultation.questionnaire()
    answer = public_answers(questionnaire, copy.version.answers).get(question_id)
    question = questionnaire.find(question_id)
    if answer is None or question is None:
        raise NotACut
    words = own_words(question, answer)
    if words:
        segments = checked_segments(words, segments)
        changed = with_segments(answer, segments) if is_cut(segments) else answer
    else:
        segments = checked_segments("-", segments) if is_cut(segments) else []
        changed = {"segments": segments} if segments else answer
    copy.answers = {**copy.answers, question_id: changed}
    copy.is_redacted = any("segments" in each for each in copy.answers.values())
    reasons = sorted({each["redacted"] for each in segments if "redacted" in each})
    recording.record_redacted(copy, question.number, reasons, at=at)
    if copy.is_published:
        recording.close_published(copy)
        entry = recording.record_published(copy, follows=copy.record_leaf, at=at)
        copy.record_leaf = entry.leaf
        cards.put_cards([copy], copy.consultation)
        if reasons:
            tell(copy.response, StatusEvent.Kind.REDACTED, at=at)
    copy.save()
    return copy


@transaction.atomic
def publish(*, copies: Sequence[PublicCopy], by: User, at: datetime) -> list[PublicCopy]:
    """
    Put accepted responses before the public, in an order that chance decides.

    Returns them in that order. Nothing is published where one of them cannot be: raises
    NotPermitted, and NotPublishable for one that is not accepted, was changed by its submitter
    since, or is published already.
    """
    if not user_can_publish(by):
        raise NotPermitted
    _lock_consultations(copies)
    ready = [_ready(copy) for copy in sorted(copies, key=lambda each: each.response_id)]
    secrets.SystemRandom().shuffle(ready)
    for copy in ready:
        response = copy.response
        fresh = PublicCopy(response=response)
        fill(fresh, copy.consultation.questionnaire(), copy.version)
        copy.signatories = fresh.signatories  # some may have confirmed since
        copy.shuffle = secrets.randbits(SHUFFLE_BITS)
        copy.published_on, copy.retired_on = at.astimezone(UTC).date(), None
        copy.record_leaf = recording.record_published(copy, at=at).leaf
        copy.save()
        AnsweredQuestion.objects.bulk_create(
            AnsweredQuestion(copy=copy, question=each) for each in copy.answers
        )
        response.status = Status.PUBLISHED
        response.save(update_fields=["status"])
        if copy.is_redacted:
            tell(response, StatusEvent.Kind.REDACTED, at=at)
        tell(response, StatusEvent.Kind.PUBLISHED, at=at)
    for consultation in {copy.consultation for copy in ready}:
        _tell_groups(consultation)
        own = [copy for copy in ready if copy.consultation_id == consultation.pk]
        for copy in own:
            copy.refresh_from_db(fields=["shown_group"])
        cards.put_cards(own, consultation)
    return ready


@transaction.atomic
def retire(*, copy: PublicCopy, kind: str, at: datetime) -> PublicCopy | None:
    """
    Take a published response off the page for good: `kind` is "withdrawn" or "removed".

    A page in its place says so. What was withdrawn is erased from the copy; what was removed is
    kept for whoever decides on it again. A copy never published is deleted (the answer is then
    None); one retired already stays as it is. Whoever calls decides on permission and tells the
    submitter why.
    """
    kind = {"withdrawn": Status.WITHDRAWN, "removed": Status.REMOVED}[kind]
    found = _locked_copy(copy.response)
    if found is None or found.published_on is None:
        PublicCopy.objects.filter(response=copy.response).delete()
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
    """What a submitter's withdrawal does here: unpublish, or forget what was prepared."""
    copy = PublicCopy.objects.filter(response=response).first()
    if copy:
        retire(copy=copy, kind="withdrawn", at=at)


@transaction.atomic
def set_disputed(*, copy: PublicCopy, on: bool, at: datetime) -> PublicCopy:
    """Mark a published response as disputed, or take the mark away; it is shown either way."""
    copy.disputed_on = at.astimezone(UTC).date() if on else None
    copy.save(update_fields=["disputed_on"])
    return copy


def _take_off(copy: PublicCopy, reason: str, at: datetime) -> None:
    """Out of the index and the search, with an entry that says so; the copy is not saved."""
    recording.record_unpublished(copy, reason, at=at)
    recording.close_published(copy)
    cards.remove_card(copy)
    copy.answered.all().delete()
    PublicCopy.objects.filter(pk=copy.pk).update(retired_on=at.astimezone(UTC).date())
    copy.shown_group = ""
    _tell_groups(copy.consultation)


def _erase(copy: PublicCopy) -> None:
    copy.display_name = copy.organisation_name = copy.state = copy.shown_group = ""
    copy.signatories, copy.answers, copy.is_redacted = [], {}, False
    copy.submitter_type, copy.group = "undisclosed", "other"


def _tell_groups(consultation: ConsultationPage) -> None:
    """Tell of nameless responses the groups that may be told now, and no others."""
    nameless = PublicCopy.objects.published().of(consultation).nameless()
    counts = dict(nameless.order_by().values_list("group").annotate(count=Count("pk")))
    told = groups_told(counts)
    changed = []
    for copy in nameless.select_related("response"):
        shown = copy.group if copy.group in told else ""
        if shown != copy.shown_group:
            copy.shown_group = shown
            changed.append(copy)
    PublicCopy.objects.bulk_update(changed, ["shown_group"], batch_size=200)
    if changed:
        cards.put_cards(changed, consultation)


def _ready(copy: PublicCopy) -> PublicCopy:
    """The copy as it stands now; raises NotPublishable."""
    found = _held_copy(copy.response)
    if found is None or found.is_published:
        raise NotPublishable
    response = found.response
    if response.status not in (Status.ACCEPTED, Status.REMOVED) or (
        response.handling not in PUBLISHABLE
    ):
        raise NotPublishable
    newest = _newest(response)
    stale = newest is None or newest.pk != found.version_id
    if stale or is_nameless(response, found.version) != found.is_nameless:
        raise NotPublishable
    return found


def _newest(response: Response) -> ResponseVersion | None:
    """The version that counts; None where it was erased."""
    version = response.versions.order_by("-number").first()
    return version if version and version.erased_on is None else None


def _locked_copy(response: Response) -> PublicCopy | None:
    """
    The copy of a response with what it stands on, nobody else changing it meanwhile.

    The consultation before it, since telling groups changes the copies of other responses: nobody
    holds one of those and waits for the other.
    """
    _lock_consultations([response])
    return _held_copy(response)


def _held_copy(response: Response) -> PublicCopy | None:
    return (
        PublicCopy.objects.select_for_update(of=("self", "response"))
        .select_related("response", "consultation", "version")
        .filter(response=response.pk)
        .first()
    )


def _lock_consultations(of: Sequence[PublicCopy | Response]) -> None:
    """
    One publication at a time in a consultation: which groups may be told depends on all.

    Always after the responses. Answers to it come in all the same (`no_key`).
    """
    pks = {each.consultation_id for each in of}
    list(
        ConsultationPage.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=pks)
        .order_by("pk")
        .values_list("pk")
    )
