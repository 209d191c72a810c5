"""Why something is refused that somebody asked for; the rooms above add reasons of their own."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 - the words of the domain
    """
    A refusal: what was asked is not done, and nothing has changed.

    `str()` of it is a sentence for whom it concerns, translated when it is shown.
    """

    message = _("This cannot be done.")

    def __init__(self, message: object = None) -> None:
        super().__init__(message or self.message)

    def __str__(self) -> str:
        return str(self.args[0])


class NotPermitted(Refused):
    """The person may not do this, whenever it is."""

    message = _("You are not allowed to do this.")
