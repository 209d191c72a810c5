"""Why the discussion refuses something; `str()` of each is a sentence for whom it concerns."""

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


class DiscussionClosed(Refused):
    """The discussion takes no contributions now: not yet open, past its deadline, or closed."""

    message = _("This discussion is closed. It can be read, but no longer written to.")


class WrongThread(Refused):
    """The comment answered belongs to another discussion, or cannot be answered."""

    message = _("The comment you answer is not part of this discussion.")


class InvalidComment(Refused):
    """The text is empty, too long, or in a language that the portal does not know."""


class TooManyComments(Refused):
    """The person has written very much in a short time."""

    message = _(
        "You have posted several comments in a short time. "
        "Please wait a few minutes, then post this one again."
    )
