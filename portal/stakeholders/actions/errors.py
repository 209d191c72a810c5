"""Why something about people is refused."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotPermitted, Refused, TooMuch

__all__ = [
    "InvitationIsOver",
    "InvitedAlready",
    "LastAdministrator",
    "NotPermitted",
    "NothingToReset",
    "Refused",
    "SentToday",
    "TooManyInvitations",
    "WaitsAlready",
]


class InvitedAlready(Refused):
    """An invitation to this address waits."""

    message = _(
        "An invitation to this address waits already. Send it again from the list of invitations, "
        "or take it back first."
    )
    field = "email"


class SentToday(TooMuch):
    """The mail went out on the same day."""

    message = _(
        "It was sent today already. Tell the person to look among their unwanted mail; you can "
        "send it again tomorrow."
    )


class TooManyInvitations(TooMuch):
    """One person invites at most so many people a day."""

    message = _("You have sent 50 invitations today. Go on tomorrow.")


class InvitationIsOver(Refused):
    """It was used or taken back, is older than seven days, or who made it invites nobody now."""

    message = _(
        "This invitation no longer works. It was used or taken back, or it is older than 7 days. "
        "Ask the person who invited you for a new one."
    )
    status_code = 410


class LastAdministrator(Refused):
    """Somebody must be left who can give roles."""

    message = _(
        "This is the last administrator with an open account. Make somebody else an administrator "
        "first: without one, nobody could give roles, and nobody could undo this."
    )


class NothingToReset(Refused):
    """The account has no second factor."""

    message = _(
        "This account has no second factor. The person can sign in by e-mail and set one up."
    )


class WaitsAlready(Refused):
    """Somebody has asked before."""

    message = _("Somebody has asked for this already. It waits for another administrator.")
