"""What the acts of this room hold while they change something, in one order."""

from collections.abc import Sequence

from consultations.calls.models import ConsultationPage
from consultations.publication.models import PublicCopy
from consultations.responses.models import Response, ResponseVersion


def newest_of(response: Response) -> ResponseVersion | None:
    """Return the version that counts; None where it was erased."""
    version = response.versions.order_by("-number").first()
    return version if version and version.erased_on is None else None


def locked_copy(response: Response) -> PublicCopy | None:
    """
    Return the copy of a response with what it stands on, nobody else changing it meanwhile.

    The consultation before it, since telling groups changes the copies of other responses: nobody
    holds one of those and waits for the other.
    """
    lock_consultations([response])
    return held_copy(response)


def held_copy(response: Response) -> PublicCopy | None:
    """Return the same where the consultation is locked already."""
    return (
        PublicCopy.objects.select_for_update(of=("self", "response"))
        .select_related("response", "consultation", "version")
        .filter(response=response.pk)
        .first()
    )


def lock_consultations(of: Sequence[PublicCopy | Response]) -> None:
    """
    Lock them for one publication at a time: which groups may be told depends on all.

    Always after the responses. Answers to it come in all the same (`no_key`).
    """
    pks = {each.consultation_id for each in of}
    list(
        ConsultationPage.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=pks)
        .order_by("pk")
        .values_list("pk")
    )
