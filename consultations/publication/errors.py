"""Why publication refuses something; `str()` of each is a sentence for whom it concerns."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 - the words of the domain
    """The base of all refusals; `message` is translated when it is shown."""

    message = _("This cannot be done.")

    def __init__(self, message: object = None) -> None:
        super().__init__(message or self.message)

    def __str__(self) -> str:
        return str(self.args[0])


class NotPermitted(Refused):
    """The person may not do this, whenever it is."""

    message = _("You are not allowed to do this.")


class NotPublishable(Refused):
    """The response is not one that may be published as it stands."""

    message = _("Only a response that was accepted for publication can be published.")


class NotACut(Refused):
    """What was handed in is not the submitter's text with passages left out."""

    message = _("A redaction only leaves out passages: no word may be changed or added.")
