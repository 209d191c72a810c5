"""Why something is refused that somebody asked for; every room adds reasons of its own."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 - the words of the domain
    """
    Refusal of what was asked: it is not done, and nothing has changed.

    `str()` of it is a sentence for whom it concerns, translated when it is shown. `status_code` is
    the HTTP status of the page that says it. `field` is the field of a form that it is about.
    """

    message = _("This cannot be done.")
    status_code = 409
    field = ""

    def __init__(self, message: object = None, *, field: str = "") -> None:
        super().__init__(message or self.message)
        self.field = field or self.field

    def __str__(self) -> str:
        return str(self.args[0])


class NotPermitted(Refused, PermissionDenied):
    """The person may not do this, whenever it is."""

    message = _("You are not allowed to do this.")
    status_code = 403


class NotRight(Refused):
    """Refusal of what was typed: it is not right, or something is missing."""

    status_code = 422


class TooMuch(Refused):
    """More came than is taken for now."""

    status_code = 429
