"""Why publication refuses something; `str()` of each is a sentence for whom it concerns."""

from django.utils.translation import gettext_lazy as _

from consultations.calls.refusals import NotPermitted as NotPermitted
from consultations.calls.refusals import Refused


class NotPublishable(Refused):
    """The response is not one that may be published as it stands."""

    message = _("Only a response that was accepted for publication can be published.")


class NotACut(Refused):
    """What was handed in is not the submitter's text with passages left out."""

    message = _("A redaction only leaves out passages: no word may be changed or added.")
