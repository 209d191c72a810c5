"""What becomes of somebody's answers when their account is deleted."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from consultations.responses import contacts
from consultations.responses.actions.drafting import erase_draft
from consultations.responses.answers.mapping import files_in
from consultations.responses.files.sent import answers_now
from consultations.responses.models import (
    Draft,
    LateToken,
    PaperEntry,
    Response,
    ResponseVersion,
    SignatureRequest,
)
from portal.files import storage
from portal.files.models import StoredFile
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have answers told of, and mail about them ended, with each account."""
    register(Leaving(told=_told, leave=_leave, kept=_kept))


def _told(user: User) -> list[str]:
    sentences = []
    if Draft.objects.filter(account=user).exists():
        sentences.append(_("Responses that you have begun and not sent are erased."))
    if Response.objects.filter(account=user).exists():
        sentences.append(
            _(
                "Responses that you have sent stay as you sent them, with the name that you gave "
                "there. Without the account nobody can follow, change or withdraw them. So first "
                "withdraw those that should not stay. Mail about them ends."
            )
        )
    return sentences


def _leave(user: User, at: datetime, erase: bool) -> None:
    drafts = Draft.objects.select_for_update(of=("self",)).filter(account=user)
    for draft in drafts.select_related("consultation"):
        erase_draft(draft)
    for response in Response.objects.filter(account=user):
        contacts.forget(response)


def _kept(user: User, for_owner: bool) -> Kept:
    """
    Return drafts and responses; for an administrator only that there are some, and to what.

    What was written is for its writer, for those who screen it, and for those who are cleared.
    """
    drafts = Draft.objects.filter(account=user).select_related("consultation")
    responses = Response.objects.filter(account=user).select_related("consultation")
    responses = responses.prefetch_related("versions__sent_files").order_by("reference")
    asked, sent_back = (
        SignatureRequest.objects.filter(**{by: user}).select_related("draft__consultation")
        for by in ("asked_by", "sent_back_by")
    )
    rows = {
        "drafts": [_draft(each, for_owner) for each in drafts],
        "responses": [_response(each, for_owner) for each in responses],
        "asked_to_sign": [[each.draft.consultation.docket, each.asked_on] for each in asked],
        "sent_back": [
            [each.draft.consultation.docket, each.sent_back_on, each.remark] for each in sent_back
        ],
        "let_in_late": list(
            LateToken.objects.filter(issued_by=user).values(
                "consultation__docket", "reason", "issued_at"
            )
        ),
        "entered_from_paper": list(
            PaperEntry.objects.filter(entered_by=user).values("consultation__docket", "entered_on")
        ),
    }
    return Kept(rows, _files([*drafts, *_versions(responses)]) if for_owner else {})


def _draft(draft: Draft, for_owner: bool) -> dict[str, Any]:
    about = {"consultation": draft.consultation.docket, "changed": draft.touched_on}
    return {**about, "details": draft.details, "answers": draft.answers} if for_owner else about


def _response(response: Response, for_owner: bool) -> dict[str, Any]:
    about = {
        "reference": response.reference,
        "consultation": response.consultation.docket,
        "status": response.status,
        "received": response.received_on,
    }
    if not for_owner:
        return about
    contact = contacts.readable(response)
    return {
        **about,
        "address_for_news": contact.address if contact else None,
        "versions": [
            {"salt": bytes(each.salt or b"").hex(), "content": each.content()}
            for each in response.versions.all()
        ],
    }


def _versions(responses: Iterable[Response]) -> list[ResponseVersion]:
    return [version for response in responses for version in response.versions.all()]


def _files(written: Iterable[Draft | ResponseVersion]) -> dict[str, Callable[[], bytes]]:
    """Return the files that drafts and versions name, by the id under which they name them."""
    wanted: set[str] = set()
    for each in written:
        if isinstance(each, Draft):
            wanted |= files_in(each.consultation.questionnaire(), each.answers)
        else:
            questionnaire = each.response.consultation.questionnaire()
            wanted |= {*each.files, *files_in(questionnaire, answers_now(each))}
    stored = StoredFile.objects.ready().filter(pk__in=wanted)
    return {f"{each.pk}.{each.extension}": partial(storage.read, each) for each in stored}
