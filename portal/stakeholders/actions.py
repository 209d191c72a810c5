"""What is done with people, organisations and states: one verb, one function."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from portal.sessions.actions import end_sessions
from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders import departures
from portal.stakeholders.models import Organisation, State, User
from portal.stakeholders.names import checked_name, reserved_from
from portal.stakeholders.notifications import NOTICE, tell_of_account
from portal.stakeholders.permissions import user_can_verify_organisation
from portal.stakeholders.states_file import COLUMNS, Fault, StatesFileError, read_states

STATES_FILE = Path(__file__).parent / "data" / "states.csv"


@dataclass(frozen=True)
class LoadReport:
    """Counts of the states that a load made, changed and left as they were."""

    created: int
    updated: int
    unchanged: int


def load_states(file: Path = STATES_FILE) -> LoadReport:
    """
    Bring the states in line with a CSV file (see `states_file`): rows are matched by `iso2`.

    Loading the same file again changes nothing. A state that the file lacks is left alone, and so
    is one whose endorsement staff have recorded and the file does not know.
    Raises StatesFileError with all faults, having changed nothing, and OSError for no such file.
    """
    rows = read_states(Path(file))
    wanted = [state for _line, state in rows]
    fields = [field for field in COLUMNS.values() if field != "iso2"]
    with transaction.atomic():
        present = {state.iso2: state for state in State.objects.all()}
        _refuse_taken_codes(rows, present)
        created = [state for state in wanted if state.iso2 not in present]
        updated = []
        for state in wanted:
            stored = present.get(state.iso2)
            if stored and stored.is_subscribing and not state.is_subscribing:
                continue
            if stored and any(getattr(stored, f) != getattr(state, f) for f in fields):
                state.pk = stored.pk
                updated.append(state)
        State.objects.bulk_create(created)
        State.objects.bulk_update(updated, fields)
    return LoadReport(len(created), len(updated), len(wanted) - len(created) - len(updated))


def _refuse_taken_codes(rows: list[tuple[int, State]], present: dict[str, State]) -> None:
    """Refuse a three-letter code that belongs to another state: the file cannot give it away."""
    holder = {state.iso3: state.iso2 for state in present.values()}
    faults = [
        Fault(
            line,
            "iso3",
            _("%(code)s belongs to %(holder)s already.")
            % {
                "code": state.iso3,
                "holder": holder[state.iso3],
            },
        )
        for line, state in rows
        if holder.get(state.iso3, state.iso2) != state.iso2
    ]
    if faults:
        raise StatesFileError(faults)


def verify_organisation(*, organisation: Organisation, by: User, on: date) -> Organisation:
    """
    Record that `organisation` answered from its own domain on the day `on`.

    An organisation verified before keeps its first date. Raises PermissionDenied unless `by` may.
    """
    if not user_can_verify_organisation(by):
        raise PermissionDenied
    if organisation.verified_on is None:
        organisation.verified_on = on
        organisation.save(update_fields=["verified_on"])
    return organisation


def update_profile(*, user: User, name: str, submitter_type: str, affiliation: str) -> User:
    """
    Keep what a person says of themself: a name, a key of SUBMITTER_TYPE, and an organisation.

    The stated organisation stays unverified; the verified one is staff's to set. What was said
    before stays under the profile of then. Raises ValidationError for a name that may not be
    (`names.py`).
    """
    reserved = reserved_from(user)
    user.name = checked_name(name, reserved)
    user.submitter_type = submitter_type
    user.affiliation = checked_name(affiliation, reserved)
    user.save(update_fields=["name", "submitter_type", "affiliation"])
    return user


@transaction.atomic
def change_address_by_staff(*, user: User, email: str) -> User:
    """
    Replace a person's e-mail address with one that staff entered; `user` is saved.

    Codes go to the new address alone from now on, and it counts as verified once one is used. All
    the person's sessions end: whoever came in by the old address is out.
    """
    user.email = email
    user.save()
    end_sessions(user)
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    return user


@transaction.atomic
def delete_account(*, user: User, erase: bool, at: datetime | None = None) -> None:
    """
    Delete an account and all that only its owner sees; every room does its part (`departures.py`).

    What they wrote for everybody to read is erased with `erase`, and stays without their name
    otherwise. Whoever calls has asked who may.
    """
    departures.leave(user, at or timezone.now(), erase=erase)
    # The admin's log of what staff did with the account has its name in each line.
    ModelLogEntry.objects.for_instance(user).update(label="")
    user.delete()


@transaction.atomic
def remove_second_factors(*, user: User) -> int:
    """
    Remove all second factors and recovery codes of an account, and return how many there were.

    Its sessions end, its owner is told by mail, and of staff the log has a line: whoever reads
    the account's mail can set up another factor.
    """
    removed = Authenticator.objects.filter(user=user).delete()[0]
    end_sessions(user)
    note(user, What.FACTOR_REMOVED, "by an operator")
    tell_of_account(
        to=user.email,
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("your two-step sign-in was removed"),
        text=_(
            "The people who run the portal have removed two-step sign-in from your account. They "
            "were told that you had lost it. Sign in and set it up again.\n\nIf you did not ask "
            "for this, write to them at once."
        ),
        kind=NOTICE,
    )
    return removed
