"""Taking out all that the portal keeps about a person, in one file."""

import json
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, PageLogEntry

from portal.sessions.models import Session
from portal.staff_log.actions import name_for_log, note
from portal.staff_log.models import StaffEvent, What
from portal.stakeholders import departures
from portal.stakeholders.actions.errors import NotPermitted
from portal.stakeholders.departures import Kept
from portal.stakeholders.models import FactorReset, Invitation, User
from portal.stakeholders.notifications import tell_everywhere
from portal.stakeholders.permissions import user_can_export_person

NAME = "account.json"
IN_MEMORY = 10_000_000  # bytes; what is more lies in a file without a name until it is sent


def export_own(*, person: User) -> IO[bytes]:
    """Return a ZIP file with all that is kept about a person, for themself: see `_packed`."""
    return _packed(person, for_owner=True)


@transaction.atomic
def export_person(*, person: User, by: User, reason: str) -> IO[bytes]:
    """
    Return the same for an administrator whom the person has asked, and tell the person.

    What no page shows to an administrator is not in it. The log of staff keeps the reason, which
    says how the person asked. Raises NotPermitted.
    """
    if not user_can_export_person(by, person):
        raise NotPermitted
    note(by, What.ACCOUNT_EXPORTED, f"{name_for_log(person)}: {reason}")
    tell_everywhere(
        person,
        _("a copy was made of what is kept about you"),
        _(
            "An administrator of the portal has made a file with what is kept about your account. "
            "The reason that they gave:\n\n%(reason)s\n\nUnpublished responses, drafts, saved "
            "searches and what you follow are not in it. You get everything yourself under “Your "
            "account”. If you did not ask for this, write to the people who run the portal."
        )
        % {"reason": reason},
    )
    return _packed(person, for_owner=False)


def _packed(person: User, *, for_owner: bool) -> IO[bytes]:
    """
    Return a ZIP file, at its beginning: `account.json`, and the person's files in `files/`.

    Secrets are in neither: no hash of a password, no key of a factor, of a session or of a link.
    """
    file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    rooms = [_account(person), *departures.kept(person, for_owner=for_owner)]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(NAME, _as_json(rooms, for_owner))
        for room in rooms:
            for name, read in room.files.items():
                packed.writestr(f"files/{name}", read())
    file.seek(0)
    return file


def _as_json(rooms: Iterable[Kept], for_owner: bool) -> str:
    about: dict[str, Any] = {
        "portal": settings.BASE_URL,
        "made_on": timezone.now().date(),
        "made_for": "owner" if for_owner else "administrator",
    }
    rows = {key: value for room in rooms for key, value in room.rows.items()}
    return json.dumps({**about, **rows}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _account(person: User) -> Kept:
    """Return what is kept of the account itself."""
    acts = ("timestamp", "action", "label")
    invitation = Invitation.objects.to(person.email).listed().first()
    reset = FactorReset.objects.filter(person=person).first()
    return Kept(
        {
            "account": {
                "email": person.email,
                "name": person.name,
                "submitter_type": person.submitter_type,
                "stated_organisation": person.affiliation,
                "organisation": person.organisation and person.organisation.name,
                "signs_for_organisation": person.signs_for_organisation,
                "delegate_of": person.state and person.state.iso2,
                "roles": sorted(person.groups.values_list("name", flat=True)),
                "is_superuser": person.is_superuser,
                "is_open": person.is_active,
                "has_password": person.has_usable_password(),
                "made": person.date_joined,
                "last_signed_in": person.last_login,
            },
            "addresses": list(
                EmailAddress.objects.filter(user=person).values("email", "verified", "primary")
            ),
            "second_factors": list(
                Authenticator.objects.filter(user=person).values(
                    "type", "created_at", "last_used_at"
                )
            ),
            "sessions": list(Session.objects.of(person).values("name", "begun_on", "used_on")),
            "invitation": invitation and {"reason": invitation.reason, "sent": invitation.sent_on},
            "reset_of_factors": reset and {"reason": reset.reason, "asked": reset.asked_on},
            "log_of_staff": list(
                StaffEvent.objects.filter(person=person).values("at", "what", "detail", "name")
            ),
            "acts_in_the_admin": [
                row
                for log in (PageLogEntry, ModelLogEntry)
                for row in log.objects.filter(user_id=person.pk).values(*acts)
            ],
        }
    )
