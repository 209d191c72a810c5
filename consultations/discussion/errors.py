"""Why the discussion refuses something; `str()` of each is a sentence for whom it concerns."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotPermitted as NotPermitted
from portal.web.errors import NotRight, Refused, TooMuch


class DiscussionClosed(Refused):
    """The discussion takes no contributions now: not yet open, past its deadline, or closed."""

    message = _("This discussion is closed. You can read it, but no longer write in it.")


class ChangedMeanwhile(Refused):
    """The author changed the comment elsewhere after this form was opened."""

    message = _(
        "You changed this comment in another window or on another device after you opened this "
        "form. What is published now is shown below. What you typed is still in the form. Publish "
        "it again to replace what is published with it."
    )


class AlreadyRemoved(Refused):
    """The comment was removed by its author: nothing of it is left to act on."""

    message = _("This comment has been removed by its author. Nothing of it is left.")


class HiddenMeanwhile(Refused):
    """A moderator hid the comment that its author changes."""

    message = _("A moderator has hidden this comment. You cannot change it while it is hidden.")


class AlreadyHidden(Refused):
    """Refusal to hide what is hidden: the reason of who was first stands."""

    message = _("This is hidden already, so nothing was changed.")


class ActedMeanwhile(Refused):
    """Refusal to do what somebody else has done since a moderator opened the page."""

    def __init__(self, acts: Iterable[Any]) -> None:
        told = [
            f"{each.moderator or '–'}: {each.get_verb_display()} · {each.get_reason_display()}"
            for each in acts
        ]
        super().__init__(
            # Translators: acts is who did what, as in “Ana Ruiz: Hidden · Off topic”.
            _("Nothing was done, because it is done already. %(acts)s") % {"acts": "; ".join(told)}
        )


class ChangedForModerator(Refused):
    """Its author changed the comment after a moderator opened it."""

    message = _(
        "Nothing was done. Its author changed the comment after you opened this page. Read it as "
        "it is now, and press again if you still want to."
    )


class AlreadyPublished(Refused):
    """Refusal of the same words by the same author in the same place."""

    def __init__(self, address: str) -> None:
        super().__init__(
            format_html(
                '{} <a class="link" href="{}">{}</a>',
                _("You have published this comment already."),
                address,
                _("Go to your comment"),
            )
        )


class AppealWaits(Refused):
    """Refusal to go past an appeal: a moderator other than the one who hid it decides."""

    message = _(
        "Its author has appealed. A moderator who did not hide it decides on the appeal, under "
        "“Appeals” in the staff area."
    )


class AlreadyAppealed(Refused):
    """Refusal of a second appeal against one hiding."""

    message = _("You have appealed already. You can appeal once against each decision.")


class NothingToAppeal(Refused):
    """Refusal of an appeal where the text is shown again, or was hidden anew."""

    message = _("This is not hidden any more, or was hidden again for another reason.")


class AppealDecided(Refused):
    """Refusal of a second decision: another moderator was faster."""

    message = _("This appeal has been decided already.")


class NotForYou(NotPermitted):
    """Refusal to those who hid a text, or wrote it, to decide on the appeal."""

    message = _("Somebody else must decide: neither the moderator who hid it nor its author.")


class InvalidAppeal(NotRight):
    """Refusal of an appeal, or a decision, that says nothing or too much."""

    field = "text"


class NotYours(NotPermitted):
    """Somebody else's comment: its author alone removes it."""

    message = _("Only its author can remove a comment.")


class SignedOut(NotPermitted):
    """The session was lost while somebody wrote."""

    message = _(
        "You have been signed out. Your text is kept below. Sign in in another tab, come back here "
        "and send it again."
    )


class WrongThread(Refused):
    """The comment answered belongs to another discussion."""

    message = _("The comment that you reply to is not part of this discussion.")


class ParentRemoved(Refused):
    """The comment answered was removed by its author, perhaps while somebody wrote the answer."""

    message = _(
        "The comment that you reply to has been removed by its author. You can no longer reply "
        "to it."
    )


class ParentHidden(Refused):
    """The comment answered was hidden by a moderator, perhaps while somebody wrote the answer."""

    message = _(
        "A moderator has hidden the comment that you reply to. You cannot reply to it while it is "
        "hidden."
    )


class InvalidComment(NotRight):
    """The text is empty, too long, or in a language that the portal does not know."""

    field = "body"


class TooManyComments(TooMuch):
    """The person has written very much in a short time."""

    message = _(
        "You have posted several comments in a short time. "
        "Please wait a few minutes, then post this one again."
    )
