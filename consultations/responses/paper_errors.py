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


class CodesEndSoon(Refused):
    """The codes of the consultation have ended, or end before an answer could be typed in."""

    message = _(
        "The codes of this consultation end before this answer could be typed in and sent. First "
        "have codes open answers for more months: edit the consultation, under “Taking part”."
    )


class TokenExpired(Refused):
    """The token lets nothing in now."""

    message = _("This token lets no answer in: not yet, or no longer. Ask who gave it to you.")


class TokenTooLong(Refused):
    """The token would be valid for longer than any is."""

    message = _("A token is valid for a year at most.")


class TokenUsed(Refused):
    """As many answers as it lets in were begun with it."""

    message = _(
        "As many answers as this token lets in were begun with it already. If one of them is "
        "yours, go on with it: its own code opens it."
    )


class EventNeeded(Refused):
    """A reason that hit many, without a word on what it was."""

    message = _("Say what happened, and where.")


class NamesNobody(Refused):
    """A text beside a reason that is one person's, or its announcement."""

    message = _(
        "Beside a reason of one person nothing is written down or announced: it could tell who "
        "it is."
    )
