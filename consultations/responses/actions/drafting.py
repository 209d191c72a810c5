"""Beginning a draft, writing in it, and giving it up."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from consultations.calls.models import ConsultationPage
from consultations.questionnaires.parts import Part
from consultations.responses.access.codes import hash_code, new_code
from consultations.responses.actions.locking import writable
from consultations.responses.answers.mapping import files_in, fingerprint, fingerprint_of
from consultations.responses.answers.notes import without_notes
from consultations.responses.days import day_of
from consultations.responses.errors import (
    AnonymityNotOffered,
    AnotherDraft,
    AnswersClosed,
    ChangedByColleague,
    ChangedMeanwhile,
    NamelessElsewhere,
    NotPermitted,
)
from consultations.responses.files.sent import answers_now
from consultations.responses.late_tokens import use_token
from consultations.responses.models import Channel, Draft, Identity, LateToken, SignatureRequest
from consultations.responses.permissions import (
    is_open,
    may_be_let_in,
    nameless_may_begin,
    user_may_write,
)
from portal.files.actions import erase as erase_files
from portal.stakeholders.models import Organisation, Person, User

# A draft that was not sent is erased so many days after the deadline, as the start page promises.
KEPT_DAYS = 90


class Begun(NamedTuple):
    """A draft, and the code that reopens it: told now and never again; "" where it has none."""

    draft: Draft
    code: str


def begin_draft(
    *,
    consultation: ConsultationPage,
    by: Person,
    identity: str,
    details: Mapping[str, Any],
    channel: str = Channel.PORTAL,
    late_token: LateToken | None = None,
    is_entered: bool = False,
    for_organisation: bool = False,
    at: datetime | None = None,
) -> Begun:
    """
    Begin an answer: in the account of who is signed in, else under a new code.

    An anonymous draft belongs to no account, whoever begins it. `for_organisation` makes one that
    the people of the person's organisation share; it bears the organisation's name. `details` are
    as `Draft.details`. After the deadline `late_token` lets one in, without a tie to the draft, or
    `is_entered`, where staff type in what came on paper. Raises AnswersClosed, TokenExpired,
    TokenUsed; AnonymityNotOffered, NamelessElsewhere; NotPermitted for who has no organisation;
    AnotherDraft where the account or the organisation has one here.
    """
    at = at or timezone.now()
    organisation = _organisation_of(by, identity) if for_organisation else None
    account = by if isinstance(by, User) and identity != Identity.ANONYMOUS else None
    code = "" if account else new_code()
    with transaction.atomic():
        page = ConsultationPage.objects.get(pk=consultation.pk)
        _require_offered(page, identity)
        if identity == Identity.ANONYMOUS and not is_entered:
            _require_read()
        in_time = is_open(page, at)
        if not in_time and late_token is not None:
            use_token(late_token, page, at)
        elif not in_time and not (is_entered and may_be_let_in(page, at)):
            raise AnswersClosed
        draft = Draft(
            consultation=page,
            identity=identity,
            account=None if organisation else account,
            organisation=organisation,
            code_hash=hash_code(code) if code else None,
            channel=channel,
            begun_in_time=in_time,
            let_in_late=late_token is not None and not in_time,
            details=_named(details, organisation),
            touched_on=day_of(page, at),
        )
        try:
            with transaction.atomic():
                draft.save()
        except IntegrityError:
            raise AnotherDraft from None
    return Begun(draft, code)


def save_identity(
    *,
    draft: Draft,
    by: Person,
    identity: str,
    details: Mapping[str, Any],
    at: datetime | None = None,
) -> Begun:
    """
    Say anew who answers. Choosing to be anonymous takes the draft out of the account, or out of the
    organisation, at once.

    It then gets a code, which is returned, and has no signatories. A draft that has a code keeps
    it, and never enters an account again. One that revises a response keeps the identity of that.
    Raises AnswersClosed, AnonymityNotOffered, NamelessElsewhere, NotPermitted, DraftGone.
    """
    with transaction.atomic():
        draft, page = writable(draft, by, at or timezone.now())
        if draft.is_revision:
            identity = draft.identity
        _require_offered(page, identity)
        if identity == Identity.ANONYMOUS != draft.identity:
            _require_read()
        code = ""
        draft.identity = identity
        if identity == Identity.ANONYMOUS:
            draft.account = draft.organisation = None
            draft.signatories.all().delete()
            # It names who asked for a signature, and holds what was written: no tie may stay.
            SignatureRequest.objects.filter(draft=draft).delete()
            if draft.code_hash is None:
                code = new_code()
                draft.code_hash = hash_code(code)
        draft.details = {**draft.details, **_named(details, draft.organisation)}
        _save(draft)
    return Begun(draft, code)


def save_part(
    *,
    draft: Draft,
    by: Person,
    part: Part,
    answers: Mapping[str, Mapping[str, Any] | None],
    seen: str | None = None,
    at: datetime | None = None,
) -> Draft:
    """
    Put answers of one part into a draft: by question, each an answer or None where it was cleared.

    `seen` is the `mapping.fingerprint` of the part that the form was filled in from; None saves
    over whatever is stored. Files that are no longer among the answers are erased. Raises
    ChangedMeanwhile where the part was changed since, and nothing is saved; AnswersClosed,
    NotPermitted, DraftGone.
    """
    with transaction.atomic():
        draft, page = writable(draft, by, at or timezone.now())
        questionnaire = page.questionnaire()
        whole = next((each for each in questionnaire.parts if each.id == part.id), part)
        mine = {each.id for each in whole.questions}
        after = {**draft.answers, **{key: each for key, each in answers.items() if key in mine}}
        after = {key: dict(each) for key, each in after.items() if each is not None}
        details = without_notes(draft.details, mine.intersection(answers))
        if after == draft.answers and details == draft.details:
            return draft
        if seen is not None and seen != fingerprint(whole, draft.answers):
            raise ChangedByColleague if draft.organisation_id else ChangedMeanwhile
        gone = files_in(questionnaire, draft.answers) - files_in(questionnaire, after)
        draft.answers, draft.details = after, details
        _save(draft)
        erase_unsent(draft, gone)
    return draft


def save_confidentiality(
    *,
    draft: Draft,
    by: Person,
    confidentiality: Mapping[str, str],
    public_versions: Mapping[str, str],
    seen: str | None = None,
    at: datetime | None = None,
) -> Draft:
    """
    Say why answers are for officials only, and what the public reads instead of each.

    `confidentiality` holds `justification` and `legal_basis`; `public_versions` a text for each
    question. `seen` is `confidential_fingerprint` of what the form was filled in from. Raises as
    `save_part`.
    """
    with transaction.atomic():
        draft, _page = writable(draft, by, at or timezone.now())
        if seen is not None and seen != confidential_fingerprint(draft):
            raise ChangedByColleague if draft.organisation_id else ChangedMeanwhile
        for key, text in public_versions.items():
            if key in draft.answers:
                draft.answers[key]["public_version"] = text
        draft.details = {**draft.details, "confidentiality": dict(confidentiality)}
        _save(draft)
    return draft


def confidential_fingerprint(draft: Draft) -> str:
    """Return in short what a form about confidentiality was filled in from."""
    texts = {key: each.get("public_version", "") for key, each in draft.answers.items()}
    return fingerprint_of([draft.details.get("confidentiality", {}), texts])


def discard_draft(*, draft: Draft, by: Person) -> None:
    """
    Erase a draft, its files and its unsent signatures; allowed after the deadline too.

    A response that it revises stays as it was sent. A draft that is gone already stays gone. Raises
    NotPermitted.
    """
    with transaction.atomic():
        found = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
        if found is None:
            return
        if not user_may_write(by, found):
            raise NotPermitted
        erase_draft(found)


def erase_old_drafts(*, untouched_since: date) -> int:
    """
    Erase drafts that can no longer be sent and that nobody has touched since a day.

    That is: last changed before `untouched_since`, in a consultation whose deadline was before it
    too. Returns how many there were.
    """
    old = Draft.objects.filter(
        touched_on__lt=untouched_since, consultation__closes_at__date__lt=untouched_since
    )
    count = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            draft = old.select_for_update(of=("self",)).filter(pk=pk).first()
            if draft is not None:
                erase_draft(draft)
                count += 1
    return count


def erase_draft(draft: Draft) -> None:
    """Erase a draft that is locked, with its files; inside the caller's transaction."""
    files = files_in(draft.consultation.questionnaire(), draft.answers)
    draft.signatories.filter(response=None).delete()
    erase_unsent(draft, files)
    draft.delete()


def erase_unsent(draft: Draft, files: set[str]) -> None:
    """Erase stored files, but for those that a version already sent holds."""
    if draft.response is not None and files:
        questionnaire = draft.consultation.questionnaire()
        for sent in draft.response.versions.all():
            files = files - files_in(questionnaire, sent.answers)
            files = files - files_in(questionnaire, answers_now(sent))
    if files:
        erase_files(files)


def _organisation_of(by: Person, identity: str) -> Organisation:
    """Return the organisation for which somebody can begin an answer; raises NotPermitted."""
    if not isinstance(by, User) or by.organisation is None or not by.is_active:
        raise NotPermitted
    if identity == Identity.ANONYMOUS:
        raise NotPermitted
    return by.organisation


def _named(details: Mapping[str, Any], organisation: Organisation | None) -> dict[str, Any]:
    """Return details with the organisation's own name where the answer is the organisation's."""
    return {**details, **({"organisation_name": organisation.name} if organisation else {})}


def _require_offered(page: ConsultationPage, identity: str) -> None:
    if identity == Identity.ANONYMOUS and not page.anonymous_allowed:
        raise AnonymityNotOffered


def _require_read() -> None:
    """Raise NamelessElsewhere where who answers has read advice that no native reader has."""
    if not nameless_may_begin(get_language() or settings.LANGUAGE_CODE):
        raise NamelessElsewhere


def _save(draft: Draft) -> None:
    draft.revision += 1
    draft.save()
