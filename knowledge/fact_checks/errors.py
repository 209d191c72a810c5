"""Why something about a fact check is not done."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotPermitted as NotPermitted
from portal.web.errors import NotRight, Refused, TooMuch


class NotAfterToday(NotRight):
    """The deadline is not a day to come."""

    message = _("Choose a day in the future.")
    field = "deadline"


class NothingToCheck(Refused):
    """The guide has no text yet."""

    message = _("This guide has no text yet. Write and save it first.")


class NotLater(NotRight):
    """The new deadline is not after the old one."""

    message = _("The new deadline must come after the old one.")
    field = "deadline"


class RoundIsClosed(Refused):
    """The round has been closed meanwhile."""

    message = _("This round is closed.")


class InvitedAlready(Refused):
    """The address is invited to this round already."""

    message = _("This address is invited to this round already.")
    field = "email"


class LinkIsOver(Refused):
    """The private link is revoked, or its time has passed."""

    message = _("This link no longer works.")
    status_code = 410


class SentAlready(Refused):
    """The expert has sent their check."""

    message = _("You have sent your check already. It cannot be changed any more.")


class SentBySomebody(Refused):
    """The expert has sent their check, so a new link would be of no use."""

    message = _("This expert has sent the check already.")


class TooManyMails(TooMuch):
    """The person has had more mails sent to experts today than one day takes."""

    message = _("Too many mails to experts today. Go on tomorrow.")


class NotAFinding(Refused):
    """Nothing is said to be wrong there, or the expert has not sent it."""

    message = _("Nothing was reported there.")
