"""Why an act of screening is refused; each says so in words that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818  # the name of what happened
    """What was asked is not done, and nothing has changed."""

    message: Any = _("This cannot be done.")

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or self.message)

    def __str__(self) -> str:
        return str(self.args[0])


class NotPermitted(Refused):
    message = _("You are not allowed to do this.")


class SecondPersonNeeded(Refused):
    message = _("Whoever proposed the rejection cannot decide on it. Somebody else must.")


class WrongStatus(Refused):
    """The response stands where this act does not apply, perhaps since somebody else acted."""

    message = _("This does not fit where the response stands now. Somebody may have acted on it.")


class NewVersion(Refused):
    message = _("A new version came in while you were reading. Read it first.")


class InvalidAct(Refused):
    """A reason, a handling or a text is missing or not one of those offered."""

    message = _("Choose a reason that fits.")


class NothingToUndo(Refused):
    message = _("This can no longer be undone.")
