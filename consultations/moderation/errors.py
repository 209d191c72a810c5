"""Why an act of screening is refused; each says so in words that the page shows."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotPermitted as NotPermitted
from portal.web.errors import NotRight, Refused


class SecondPersonNeeded(Refused):
    message = _("The person who proposed this cannot decide on it. Somebody else must.")


class WrongStatus(Refused):
    """The response stands where this act does not apply, perhaps since somebody else acted."""

    message = _("This does not fit the response's status now. Somebody may have acted on it.")


class ActedMeanwhile(Refused):
    """Somebody else acted on the response after the page was opened."""

    def __init__(self, acts: Iterable[Any]) -> None:
        told = [f"{each.by or '–'}: {each.in_words()}" for each in acts]
        super().__init__(
            # Translators: acts is who did what: “Ana Ruiz: Accepted: Public”.
            _(
                "Nothing was done. After you opened this page, somebody else acted on the "
                "response: %(acts)s. Look at it as it is now, and press again if you still want to."
            )
            % {"acts": "; ".join(told)}
        )


class NobodyToAsk(Refused):
    """No code, account or organisation opens the response to anybody as its writer any more."""

    message = _(
        "Nobody can be asked about this response any more, so the question was not sent. Decide on "
        "the basis of what is there."
    )


class NewVersion(Refused):
    message = _("A new version came in while you were reading. Read it first.")


class InvalidAct(Refused):
    """A reason, a handling or a text is missing or not one of those offered."""

    message = _("Choose a reason that fits.")


class ReasonDoesNotGo(InvalidAct):
    """The reason for accepting says another way of publishing than the one chosen."""

    def __init__(self, reason: str | Promise, handling: str | Promise) -> None:
        super().__init__(
            # Translators: both are chosen in a form: a reason, and how a response is accepted.
            _("The reason “%(reason)s” goes with “%(handling)s”. Choose two that go together.")
            % {"reason": reason, "handling": handling}
        )


class NothingToUndo(Refused):
    message = _("This can no longer be undone.")


class PublishedTogether(Refused):
    """Some of what could be published now would be left behind."""

    message = _(
        "Nothing was published. In this consultation all accepted responses are published "
        "together. Go to “Publish together”."
    )


class InterestDeclared(NotPermitted):
    """Refusal of those who declared an interest in the consultation."""

    message = _(
        "You declared an interest in this consultation, so somebody else must decide. Nothing was "
        "changed."
    )


class OwnAmongThem(Refused):
    """Refusal of those who would publish their own response, or their organisation's."""

    message = _(
        "Nothing was published. Your own response or your organisation's is among them. Somebody "
        "else must publish them."
    )


class NothingReady(Refused):
    """Nothing that waits for publication could be published now."""

    message = _("Nothing was published. No response is ready to be published now.")


class NotTakenUp(Refused):
    """Removing takes two: one takes the report up, another upholds it."""

    message = _(
        "Removing a response takes two people. Take up the report first. Then somebody else "
        "decides that it is right."
    )


class AppealWaits(Refused):
    """Refusal to go past an appeal."""

    message = _(
        "Its author has appealed. Decide on the appeal instead. Somebody decides who took no part "
        "in what it is about."
    )


class NotForYou(Refused):
    """Refusal of those who decided what an appeal is about."""

    message = _("You took part in the decision. Another moderator decides on the appeal.")
    status_code = 403


class AlreadyAppealed(Refused):
    """Refusal of a second appeal against one decision."""

    message = _("You have appealed already. You can appeal once against each decision.")


class NothingToAppeal(Refused):
    """Refusal where the decision was taken back, or was made anew."""

    message = _("There is no decision to appeal against any more.")


class AppealDecided(Refused):
    message = _("Somebody else has decided on this appeal.")


class InvalidAppeal(NotRight):
    """The words of an appeal, or of the answer to it, are missing or too long."""

    message = _("Say why.")


class NotOpen(Refused):
    """Refusal where the response of an appeal is open no more, or is not this person's."""

    message = _(
        "Your response is not open in this browser any more, so nothing was sent. Open it again in "
        "another tab, then send this form again. What you typed is still in it."
    )
    status_code = 403
