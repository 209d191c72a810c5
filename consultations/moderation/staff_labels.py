"""Words for statuses and identities as staff read them; the models' own address the submitter."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.publication.translations import State
from consultations.responses.models import Identity, Response, Status

STATUS: dict[str, str | Promise] = {
    **{each.value: each.label for each in Status},
    Status.RECEIVED.value: _("To be screened"),
    Status.CLARIFICATION.value: _("Waits for an answer"),
}
IDENTITY: dict[str, str | Promise] = {
    Identity.NAMED.value: _("With a name"),
    Identity.ORGANISATION.value: _("With the organisation's name only"),
    Identity.ANONYMOUS.value: _("Without a name"),
}
TRANSLATION: dict[State, str | Promise] = {
    State.MISSING: _("Not translated yet"),
    State.UNFINISHED: _("Translation not finished"),
    State.CHANGED: _("Changed by its writer since it was translated"),
    State.DONE: _("Translated"),
}


def standing(response: Response) -> str:
    """Return a response's status in words for the staff: "Accepted: Public, name withheld"."""
    status = str(STATUS[response.status])
    if response.status == Status.ACCEPTED and response.handling:
        return f"{status}: {response.get_handling_display()}"
    return status
