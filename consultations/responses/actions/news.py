"""Hearing of an answer by mail: an address, the code that confirms it, and when it is erased."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase, in_phase
from consultations.responses import contacts
from consultations.responses.errors import NewsAreOver, NotPermitted
from consultations.responses.models import Contact, Identity, Response, Status
from consultations.responses.notifications import Kind, tell, tell_received
from consultations.responses.permissions import user_may_answer_for
from portal.notifications import confirmations
from portal.notifications.confirmations import Reachable
from portal.stakeholders.models import Person, User

# An address is erased so long after the deadline at the latest.
KEPT = timedelta(days=730)


def ask_for_news(
    *,
    response: Response,
    by: Person,
    address: str,
    language: str,
    at: datetime | None = None,
) -> bool:
    """
    Have a code sent to an address that is to hear of a response; True where none is needed.

    None is needed for an address that the account in hand has confirmed, unless the answer is
    without a name. Raises NotPermitted and NewsAreOver.
    """
    with transaction.atomic():
        locked = _locked(response, by, at or timezone.now())
        is_nameless = locked.identity == Identity.ANONYMOUS
        if not is_nameless and isinstance(by, User) and by.has_confirmed(address):
            _write_down(locked, Reachable(address, language))
            return True
        confirmations.ask_for_code(
            purpose=contacts.purpose(locked),
            address=address,
            language=language,
            is_neutral=is_nameless,
        )
        return False


def confirm_address(
    *, response: Response, by: Person, code: str, at: datetime | None = None
) -> None:
    """
    Write to an address from now on, which the code proves.

    Raises NotPermitted, NewsAreOver, `confirmations.WrongCode` and `CodeIsOver`.
    """
    with transaction.atomic():
        locked = _locked(response, by, at or timezone.now())
        found = confirmations.confirm(purpose=contacts.purpose(locked), code=code)
        if isinstance(found, Reachable):
            _write_down(locked, found)
    if not isinstance(found, Reachable):
        raise found


def stop_news(*, response: Response, by: Person) -> None:
    """Erase the address that hears of a response, and what waits to be sent. NotPermitted."""
    with transaction.atomic():
        locked = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
        if not user_may_answer_for(by, locked):
            raise NotPermitted
        contacts.forget(locked)


def erase_old_contacts(*, at: datetime) -> int:
    """
    Erase the addresses of answers whose story is told, after a last mail; returns how many.

    That is with the outcome or the end of a consultation, and two years after its deadline.
    """
    over = in_phase(Phase.OUTCOME, at) | in_phase(Phase.CANCELLED, at)
    ended = ConsultationPage.objects.filter(over | Q(closes_at__lte=at - KEPT))
    found = Contact.objects.filter(response__consultation__in=ended)
    count = 0
    for pk in list(found.values_list("response", flat=True)):
        with transaction.atomic():
            response = Response.objects.select_for_update(of=("self",)).get(pk=pk)
            if Contact.objects.filter(response=response).exists():
                tell(response, _why(response, at), at=at)
                contacts.erase(response)
                count += 1
    return count


def are_news_over(response: Response, at: datetime) -> bool:
    """Say whether no address is taken any more, for nothing is told any more."""
    page = response.consultation
    over = page.phase(at) in (Phase.OUTCOME, Phase.CANCELLED) or page.closes_at + KEPT <= at
    return over or response.status == Status.WITHDRAWN


def _why(response: Response, at: datetime) -> Kind:
    phase = response.consultation.phase(at)
    return {Phase.OUTCOME: Kind.OUTCOME, Phase.CANCELLED: Kind.CANCELLED}.get(phase, Kind.LAPSED)


def _locked(response: Response, by: Person, at: datetime) -> Response:
    locked = (
        Response.objects.select_for_update(of=("self",))
        .select_related("consultation")
        .get(pk=response.pk)
    )
    if not user_may_answer_for(by, locked):
        raise NotPermitted
    if are_news_over(locked, at):
        raise NewsAreOver
    return locked


def _write_down(response: Response, to: Reachable) -> None:
    contacts.forget(response)
    Contact.objects.create(response=response, sealed=contacts.pack(to.address, to.language))
    tell_received(response, to)
