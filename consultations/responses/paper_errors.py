"""Why what came on paper, or late, is refused."""

from django.utils.translation import gettext_lazy as _

from consultations.responses.errors import Refused


class AnotherConsultation(Refused):
    """The form was made for another consultation."""

    def __init__(self, docket: str) -> None:
        super().__init__(
            _("This form belongs to another consultation: %(docket)s.") % {"docket": docket}
        )


class Unreadable(Refused):
    """What was sent is no form that can be read; the message says what to do."""


class ReasonNeeded(Refused):
    """Entered after the deadline without a word on why."""

    message = _("The deadline has passed. Say why this answer is still taken in.")


class NotYetOpen(Refused):
    """It came before anything was asked."""

    message = _("That day is before the consultation opened.")


class CameLater(Refused):
    """It came on a day that is still to come."""

    message = _("That day is still to come.")


class NoLateAnswers(Refused):
    """The consultation takes no answers at all any more."""

    message = _("This consultation takes no answers: it was cancelled or is not published.")


class TokenExpired(Refused):
    """The token lets nothing in now."""

    message = _("This token lets no answer in: not yet, or no longer. Ask who gave it to you.")


class TokenTooLong(Refused):
    """The token would be valid for longer than any is."""

    message = _("A token is valid for a year at most.")


class TokenTaken(Refused):
    """Another draft was begun with it."""

    message = _(
        "An answer was begun with this token already. Go on with that one: its own code opens it."
    )


class TokenUsed(Refused):
    """An answer was sent with it."""

    message = _("An answer was sent with this token already.")
