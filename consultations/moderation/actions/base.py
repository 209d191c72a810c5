"""What every act of screening begins and ends with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consultations.calls.permissions import user_has_interest
from consultations.moderation.errors import (
    ActedMeanwhile,
    InterestDeclared,
    InvalidAct,
    NewVersion,
    NotPermitted,
    WrongStatus,
)
from consultations.moderation.models import ScreeningAct
from consultations.moderation.permissions import user_can_screen
from consultations.moderation.policy import FOR_LATE, Reason, Verb, explain
from consultations.moderation.recording import entered_before, statement_of
from consultations.publication.models import PublicCopy
from consultations.responses.days import day_of
from consultations.responses.models import Response, ResponseVersion, StatusEvent
from consultations.responses.notifications import tell
from portal.record.actions import append
from portal.stakeholders.models import User


@dataclass(frozen=True)
class Acting:
    """A response locked for one act: its newest version, who acts, and when."""

    response: Response
    version: ResponseVersion
    by: User
    at: datetime

    @property
    def day(self) -> date:
        """Return the day in the consultation's zone."""
        return day_of(self.response.consultation, self.at)

    def set_status(self, status: str, handling: str | None = None) -> None:
        """Set the response's status; `handling` stays as it is where None is given."""
        self.response.status = status
        if handling is not None:
            self.response.handling = handling
        self.response.save(update_fields=["status", "handling"])

    def write(
        self, verb: Verb, *, kind: str = "", public: bool = False, **fields: Any
    ) -> ScreeningAct:
        """
        Write the act down; with `kind`, in the record too, by its codes and never by its note.

        An entry that is not `public` is a leaf that nobody can read: what is decided of a response
        that the public does not see stays between its submitter and the staff.
        """
        act = ScreeningAct(
            response=self.response,
            version=self.version.number,
            verb=verb,
            by=self.by,
            on=self.day,
            **fields,
        )
        if kind:
            statement = statement_of(self.response, act)
            if not public and (before := entered_before(self.response)):
                statement["follows"] = before
            act.record_leaf = append(kind=kind, statement=statement, public=public, at=self.at).leaf
        act.save()
        return act

    def require_fit(self, reason: Reason) -> None:
        """Raise InvalidAct for a reason of late responses if this one is not marked as late."""
        if reason in FOR_LATE and not self.response.is_late:
            raise InvalidAct(_("This response is not marked as late. Choose another reason."))

    def tell(self, kind: StatusEvent.Kind, text: str = "") -> None:
        tell(self.response, kind, text, at=self.at)

    def in_its_language(self) -> translation.override:
        """Speak the language of the response, where the portal does, else its consultation's."""
        language = self.version.language
        if language not in dict(settings.LANGUAGES):
            language = self.response.consultation.locale.language_code
        return translation.override(language)

    def explain(self, reason: Reason) -> str:
        """Return the reason in the language of the response."""
        with self.in_its_language():
            return explain(reason)


def begin(
    response: Response,
    *,
    by: User,
    at: datetime | None,
    statuses: Collection[str] | None = None,
    version: int | None = None,
) -> Acting:
    """
    Lock a response for an act, inside the caller's transaction.

    Raises NotPermitted, or InterestDeclared, which is one; WrongStatus unless it stands in one of
    `statuses` (None: any), NewVersion.
    """
    locked = (
        Response.objects.select_for_update(of=("self",))
        .select_related("consultation__locale")
        .get(pk=response.pk)
    )
    if not user_can_screen(by, locked):
        has_interest = user_has_interest(by, locked.consultation_id)
        raise InterestDeclared if has_interest else NotPermitted
    newest = locked.versions.order_by("-number").first()
    if newest is None or (statuses is not None and locked.status not in statuses):
        raise WrongStatus
    if version is not None and version != newest.number:
        raise NewVersion
    return Acting(locked, newest, by, at or timezone.now())


def require_seen(*, response: Response, by: User, number: int | None) -> None:
    """
    Raise ActedMeanwhile where somebody else acted after the act of this number.

    For callers inside a transaction, before they act: the response stays locked. `number` is that
    of the last act that the page showed; None asks nothing.
    """
    if number is None:
        return
    Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    later = ScreeningAct.objects.filter(response=response, number__gt=number)
    others = list(later.exclude(by=by).select_related("by", "undoes").order_by("number"))
    if others:
        raise ActedMeanwhile(others)


def one_of(reason: str, reasons: Collection[Reason]) -> Reason:
    """Return the reason as a code of the policy. Raises InvalidAct if not one of `reasons`."""
    if reason not in reasons:
        raise InvalidAct
    return Reason(reason)


def last_in_force(acting: Acting, *verbs: Verb) -> ScreeningAct | None:
    """Return the latest act of these kinds on the newest version that stands."""
    acts = ScreeningAct.objects.in_force().filter(response=acting.response)
    return acts.filter(version=acting.version.number, verb__in=verbs).last()


def open_proposal(acting: Acting) -> ScreeningAct | None:
    """Return the proposal to reject that waits for a second person."""
    acts = ScreeningAct.objects.filter(response=acting.response)
    return acts.open_proposal(acting.version.number)


def copy_of(acting: Acting) -> PublicCopy:
    """Return the public copy, which publication locks in turn. Raises WrongStatus without one."""
    copy = (
        PublicCopy.objects.select_related("response__consultation", "version")
        .filter(response=acting.response)
        .first()
    )
    if copy is None:
        raise WrongStatus
    return copy
