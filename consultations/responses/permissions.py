"""
Who may do what with an answer, and until when.

Whoever holds the code of a draft or a response is its owner; views have seen the code before they
come here. So these predicates ask only of what belongs to an account or to an organisation.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.db.models import Max

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.responses import expiry
from consultations.responses.days import day_of
from consultations.responses.models import (
    Channel,
    Draft,
    Identity,
    LateToken,
    PaperEntry,
    Response,
    Signatory,
    Status,
)
from portal.proofreading.reviews import Reviews, all_reviews, is_original, is_read
from portal.stakeholders.models import Person
from portal.stakeholders.permissions import user_can_sign_for, user_speaks_for
from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR

CHANGEABLE = frozenset({Status.RECEIVED, Status.CLARIFICATION, Status.ACCEPTED})
# What nobody but its author and the staff has seen.
UNPUBLISHED = CHANGEABLE | {Status.REJECTED}


class Timing(Enum):
    """Relation of an answer to the deadline at an instant."""

    IN_TIME = "in time"
    GRACE = "in grace"  # counts as in time: it was begun before the deadline
    ON_PAPER = "on paper"  # counts as in time: it came before the deadline, and is typed in now
    LATE = "late"  # let in by a late token, or typed in by staff
    CLOSED = "closed"

    @property
    def is_taken(self) -> bool:
        return self is not Timing.CLOSED


def is_open(page: ConsultationPage, at: datetime) -> bool:
    """Say whether answers may be begun at an aware instant: published, in time to the second."""
    return page.live and page.phase(at) is Phase.OPEN


def nameless_may_begin(language: str, reviews: Callable[[], Reviews] = all_reviews) -> bool:
    """
    Say whether answers without a name are begun in a language: its texts on risk have been read.

    Those that were begun are gone on with in any. A demonstration takes no real ones.
    """
    return settings.DEMO or is_original(language) or is_read(language, reviews())


def is_in_grace(page: ConsultationPage, at: datetime) -> bool:
    """Say whether drafts begun in time are still taken; exclusive, as the deadline is."""
    grace = timedelta(hours=page.grace_hours)
    return page.live and page.phase(at) is Phase.CLOSED and at < page.closes_at + grace


def may_be_let_in(page: ConsultationPage, at: datetime) -> bool:
    """Say whether the deadline has passed, and answers may be let in all the same."""
    return page.live and page.phase(at) in (Phase.CLOSED, Phase.OUTCOME)


def token_holds(token: LateToken | None, page: ConsultationPage, at: datetime) -> bool:
    """Say whether a token is of this consultation and neither over nor revoked at an instant."""
    return (
        token is not None
        and token.consultation_id == page.pk
        and token.revoked_on is None
        and at < token.expires_at
        and may_be_let_in(page, at)
    )


def late_until(page: ConsultationPage, at: datetime) -> datetime | None:
    """
    Return until when answers let in by late tokens may be sent: while any holds; else None.

    Which one let a draft in is not kept, so the last of them counts for all.
    """
    if not may_be_let_in(page, at):
        return None
    tokens = LateToken.objects.filter(consultation=page.pk).holding(at)
    return tokens.aggregate(last=Max("expires_at"))["last"]


def timing_of(draft: Draft, page: ConsultationPage, at: datetime) -> Timing:
    """Return how a draft stands to its consultation's deadline, whose row is read afresh."""
    if is_open(page, at):
        return Timing.IN_TIME
    if draft.begun_in_time and is_in_grace(page, at):
        return Timing.GRACE
    if draft.let_in_late and late_until(page, at) is not None:
        return Timing.LATE
    if draft.channel != Channel.PORTAL and may_be_let_in(page, at):
        entry = PaperEntry.objects.filter(draft=draft).first()
        if entry is not None and day_of(page, at) <= entry.typed_in_until(page):
            return Timing.ON_PAPER if entry.in_time else Timing.LATE
    return Timing.CLOSED


def user_may_write(user: Person, draft: Draft) -> bool:
    """Say whether this person is of its organisation; else has begun it; else may hold its code."""
    if draft.organisation_id is not None:
        return user_speaks_for(user, draft.organisation_id)
    return draft.account_id is None or _is_account(user, draft.account_id)


def user_may_send(user: Person, draft: Draft) -> bool:
    """Say whether this person may write in it; an organisation's, only who signs for it."""
    if draft.organisation_id is not None:
        return user_can_sign_for(user, draft.organisation_id)
    return user_may_write(user, draft)


def user_may_follow(user: Person, response: Response) -> bool:
    """Say whether this person is of its organisation; else has sent it; else may hold its code."""
    if response.organisation_id is not None:
        return user_speaks_for(user, response.organisation_id)
    if response.account_id is None:
        return response.code_hash is not None
    return _is_account(user, response.account_id)


def user_may_answer_for(user: Person, response: Response) -> bool:
    """Say whether this person may follow it; an organisation's, only who signs for it."""
    if response.organisation_id is not None:
        return user_can_sign_for(user, response.organisation_id)
    return user_may_follow(user, response)


def user_may_change(user: Person, response: Response, page: ConsultationPage, at: datetime) -> bool:
    """Say whether this person answers for it, before the deadline and before it is published."""
    mine = user_may_answer_for(user, response)
    return mine and response.status in CHANGEABLE and is_open(page, at)


def user_may_choose_publication(user: Person, response: Response) -> bool:
    """Say whether this person answers for it, which has no name and is not published yet."""
    unnamed = response.identity == Identity.ANONYMOUS
    return unnamed and user_may_answer_for(user, response) and response.status in CHANGEABLE


def user_may_withdraw(user: Person, response: Response) -> bool:
    """Say whether this person answers for it, at any time."""
    return user_may_answer_for(user, response)


def user_may_cut_tie(user: Person, response: Response) -> bool:
    """Say whether this person answers for one without a name; other words name their writer."""
    return response.identity == Identity.ANONYMOUS and user_may_answer_for(user, response)


def user_leads(user: Person, answer: Draft | Response) -> bool:
    """Say whether it is this person's account, or their organisation, that writes an answer."""
    if answer.organisation_id is not None and user_speaks_for(user, answer.organisation_id):
        return True
    return answer.account_id is not None and _is_account(user, answer.account_id)


def user_may_confirm_for(
    user: Person, signatory: Signatory, answer: Draft | Response | None
) -> bool:
    """Say whether this person signs for the organisation of a signatory, and not for the lead."""
    if answer is None or not user.is_authenticated or user.organisation is None:
        return False
    same = user.organisation.name.casefold() == signatory.organisation_name.casefold()
    return same and user_can_sign_for(user, user.organisation.pk) and not user_leads(user, answer)


def can_be_asked(response: Response, at: datetime) -> bool:
    """Say whether anybody opens it as their own at an aware instant, to read and answer."""
    if response.account_id is not None or response.organisation_id is not None:
        return True
    return response.code_hash is not None and not expiry.have_ended(response.consultation, at)


def user_can_enter_answers(user: Person) -> bool:
    """Say whether this person, a moderator or administrator, types in post and e-mail."""
    return bool(user.is_authenticated and user.has_role(MODERATOR, ADMINISTRATOR))


def user_can_give_late_tokens(user: Person) -> bool:
    """Say whether this person lets single answers in after the deadline: the same."""
    return user_can_enter_answers(user)


def _is_account(user: Person, account_id: int) -> bool:
    return bool(user.is_authenticated and user.is_active and user.pk == account_id)
