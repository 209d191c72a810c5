"""What staff do with organisations."""

from datetime import date

from django.core.exceptions import PermissionDenied

from portal.stakeholders.models import Organisation, User
from portal.stakeholders.permissions import user_can_verify_organisation


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
