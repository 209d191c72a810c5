"""What a submitter does after sending: answering a question, withdrawing."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consultations.responses import contacts, hooks
from consultations.responses.actions.drafting import erase_draft
from consultations.responses.actions.leaving_out import erase_sent_files
from consultations.responses.answers.mapping import files_in
from consultations.responses.days import day_of
from consultations.responses.errors import AlreadyAnswered, CannotChange, NotPermitted
from consultations.responses.models import (
    Clarification,
    Draft,
    Response,
    Signatory,
    Status,
    StatusEvent,
)
from consultations.responses.notifications import tell
from consultations.responses.permissions import user_may_answer_for, user_may_withdraw
from portal.files.actions import erase as erase_files
from portal.notifications.actions import take_back
from portal.record.actions import append
from portal.record.actions import erase as erase_entries
from portal.stakeholders.models import Person

# Copies of what was once published may exist: the record goes on saying what it was.
ONCE_PUBLIC = frozenset({Status.PUBLISHED, Status.REMOVED})


def answer_clarification(
    *, clarification: Clarification, by: Person, answer: str, at: datetime | None = None
) -> Clarification:
    """
    Answer a question of the screening staff; `answer` is plain text of at most 5,000 characters.

    With no question left open, the response goes back to where it is screened. Raises NotPermitted,
    AlreadyAnswered, CannotChange where it was withdrawn meanwhile.
    """
    at = at or timezone.now()
    with transaction.atomic():
        response = _locked(clarification.response)
        if not user_may_answer_for(by, response):
            raise NotPermitted
        found = Clarification.objects.select_for_update().filter(pk=clarification.pk).first()
        if found is None or response.status == Status.WITHDRAWN:
            raise CannotChange
        if found.answered_on is not None:
            raise AlreadyAnswered
        found.answer = answer
        found.answered_on = day_of(response.consultation, at)
        found.save()
        more = response.clarifications.filter(answered_on=None).exists()
        if response.status == Status.CLARIFICATION and not more:
            response.status = Status.RECEIVED
            response.save(update_fields=["status"])
        tell(response, StatusEvent.Kind.CLARIFICATION_ANSWERED, at=at)
        return found


def withdraw_response(*, response: Response, by: Person, at: datetime | None = None) -> Response:
    """
    Take a response back, whenever it is.

    Before it was published everything written is erased: the content of all versions, files,
    signatories, questions and answers, texts of its events; the record keeps a tombstone. After
    that the public copy is retired and the rest stays. The address for news is erased in either
    case, with what waits for it; answered under a name, after a last message. Withdrawn twice, it
    stays as it is. Raises NotPermitted.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = _locked(response)
        if not user_may_withdraw(by, locked):
            raise NotPermitted
        if locked.status == Status.WITHDRAWN:
            return locked
        was_public = locked.status in ONCE_PUBLIC
        drafts = Draft.objects.select_for_update(of=("self",)).filter(response=locked)
        for draft in drafts.select_related("consultation"):
            erase_draft(draft)
        hooks.run(locked, at)
        leaves = [] if was_public else _erase_content(locked, at)
        if not was_public:
            locked.translation_only = locked.even_if_alone = False
        locked.status = Status.WITHDRAWN
        locked.save(update_fields=["status", "translation_only", "even_if_alone"])
        take_back(contacts.about(locked))
        tell(locked, StatusEvent.Kind.WITHDRAWN, at=at)
        contacts.erase(locked)
        _enter(locked, was_public, leaves, at)
        return locked


def _locked(response: Response) -> Response:
    return (
        Response.objects.select_for_update(of=("self",))
        .select_related("consultation")
        .get(pk=response.pk)
    )


def _erase_content(response: Response, at: datetime) -> list[str]:
    """Erase what was written; the leaves of the entries that state it are returned."""
    questionnaire = response.consultation.questionnaire()
    files: set[str] = set()
    for answers in response.versions.values_list("answers", flat=True):
        files |= files_in(questionnaire, answers)
    response.versions.erase(day_of(response.consultation, at))
    Signatory.objects.filter(response=response).delete()
    response.clarifications.all().delete()
    response.events.update(text="")
    if files:
        erase_files(files)
    of_versions = response.versions.values_list("record_leaf", flat=True)
    return [*filter(None, of_versions), *erase_sent_files(response)]


def _enter(response: Response, was_public: bool, leaves: list[str], at: datetime) -> None:
    statement = {
        "reference": response.reference,
        "consultation": response.consultation.docket,
    }
    if was_public:
        append(kind="response.withdrawn", statement=statement, public=True, at=at)
    else:
        erase_entries(
            leaves,
            at=at,
            statement={**statement, "because": "withdrawn by its submitter"},
        )
