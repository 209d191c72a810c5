"""Why an act of screening is refused; each says so in words that the page shows."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotPermitted as NotPermitted
from portal.web.errors import Refused


class SecondPersonNeeded(Refused):
    message = _("The person who proposed the rejection cannot decide on it. Somebody else must.")


class WrongStatus(Refused):
    """The response stands where this act does not apply, perhaps since somebody else acted."""

    message = _("This does not fit the response's status now. Somebody may have acted on it.")


class ActedMeanwhile(Refused):
    """Somebody else acted on the response after the page was opened."""

    def __init__(self, acts: Iterable[Any]) -> None:
        told = [f"{each.by or '–'}: {each.in_words()}" for each in acts]
        super().__init__(
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


class OwnAmongThem(Refused):
    """Refusal of those who would publish their own response, or their organisation's."""

    message = _(
        "Nothing was published. Your own response or your organisation's is among them. Somebody "
        "else must publish them."
    )


class NothingReady(Refused):
    """Nothing that waits for publication could be published now."""

    message = _("Nothing was published. No response is ready to be published now.")
