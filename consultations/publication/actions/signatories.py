"""A signatory's name, taken off what is or will be published."""

from datetime import datetime

from django.db import transaction

from consultations.publication.actions.locking import locked_copy
from consultations.publication.actions.republication import enter_anew
from consultations.publication.models import PublicCopy
from consultations.responses.models import Response, Signatory


@transaction.atomic
def name_taken_back(response: Response, signatory: Signatory, at: datetime) -> None:
    """
    Take a signatory out of the public copy, from the list or from a number.

    What is published is published anew at once: its page, its downloads, its card in the search,
    and its entry in the record. Whoever calls holds the response.
    """
    copy = locked_copy(response)
    if copy is None or not _take_out(copy, signatory):
        return
    if copy.is_published:
        enter_anew(copy, at=at)
    copy.save()


def _take_out(copy: PublicCopy, signatory: Signatory) -> bool:
    """Change a copy, which is not saved; return whether there was anything to take out."""
    who = (signatory.name, signatory.organisation_name)
    left = [each for each in copy.signatories if (each["name"], each["organisation"]) != who]
    if len(left) < len(copy.signatories):
        copy.signatories = left
    elif signatory.confirmed_on and signatory.name_withheld and copy.signatories_withheld:
        copy.signatories_withheld -= 1
    elif copy.signatories_waiting:
        copy.signatories_waiting -= 1
    else:
        return False
    return True
