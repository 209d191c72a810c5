"""Why answering is refused; `str()` of each is a sentence for whom it concerns."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from consultations.questionnaires.parts import Part
from consultations.questionnaires.types import Question
from portal.web.errors import NotPermitted as NotPermitted
from portal.web.errors import NotRight, Refused


class AnswersClosed(Refused):
    """No answers are taken now: not yet open, past the deadline, cancelled."""

    message = _(
        "The deadline has passed, so nothing can be saved or sent any more. "
        "You can copy what you have written."
    )


class AnonymityNotOffered(NotRight):
    """The consultation takes no answers without a name."""

    message = _("This consultation does not take responses without a name.")


class NamelessElsewhere(NotRight):
    """The advice for who gives no name was not checked in the language in which they read it."""

    message = _(
        "In this language we cannot take responses without a name yet: no native reader has "
        "checked the texts about risk. Choose another language for this page, or another way to "
        "respond."
    )


class AnotherDraft(Refused):
    """The account has a draft in this consultation already."""

    message = _("You have begun another response here. Send or delete it first.")


class ChangedMeanwhile(Refused):
    """Refusal of a form that was filled in from something older than what is stored."""

    message = _(
        "This was changed in another window or on another device after you opened it, so yours is "
        "not saved. What you typed is still in the form. Save again to replace the stored text "
        "with yours."
    )


class ChangedByColleague(ChangedMeanwhile):
    """The same of a draft that an organisation's people write together."""

    message = _(
        "Somebody of your organisation, or you in another window, changed this after you opened "
        "it, so yours is not saved. What you typed is still in the form. Save again to replace the "
        "stored text with yours."
    )


class Incomplete(NotRight):
    """Something that must be there is not; `missing` are the required questions without answer."""

    message = _("Your response is not complete yet.")

    def __init__(self, missing: Sequence[tuple[Part, Question]] = ()) -> None:
        super().__init__()
        self.missing = missing


class NotesOpen(NotRight):
    """Some of the form that the draft was begun from was not understood, and not looked at yet."""

    message = _("First read what could not be taken from your form.")


class DraftGone(Refused):
    """The draft was sent or deleted meanwhile."""

    message = _("This draft no longer exists: it was sent or deleted.")


class DraftLost(NotPermitted):
    """The browser has lost the draft while somebody was writing."""

    message = _(
        "This browser no longer holds your draft. What you typed is still below. In another tab "
        "enter your code, or sign in. If the draft is there, come back here and save again. If it "
        "was sent meanwhile, copy what you typed, then press “Change this response” on its status "
        "page."
    )


class SentMeanwhile(NotPermitted):
    """There is a response and no draft: it was sent, or deleted, while somebody was writing."""

    def __init__(self, status_page: str) -> None:
        super().__init__(
            format_html(
                '{} <a class="link" href="{}">{}</a>',
                _(
                    "This draft was sent or deleted meanwhile, from another tab or device. What "
                    "you typed is still below, to copy. To change what was sent, open its status "
                    "page and press “Change this response”."
                ),
                status_page,
                _("Status of your response"),
            )
        )


class NothingOpened(NotRight):
    """No draft and no response of the consultation has the code that was typed."""

    message = _(
        "This code opens nothing in this consultation. Check it against what you wrote down, and "
        "check that you responded to this consultation."
    )


class CannotChange(Refused):
    """The response is past the point where its submitter can change it."""

    message = _("This response can no longer be changed.")


class AlreadyAnswered(Refused):
    """The question of the screening staff has its answer."""

    message = _("This question has been answered already.")


class NewsAreOver(Refused):
    """No address is taken any more: the answer was withdrawn, or its consultation is over."""

    message = _(
        "We send no news about this response by e-mail any more: it was withdrawn, or its "
        "consultation has ended."
    )


class NobodySigns(Refused):
    """No person of the organisation may sign for it."""

    message = _("Nobody may sign for your organisation yet.")


class NobodyReachable(Refused):
    """None of those who sign has confirmed an address."""

    message = _(
        "Nobody who signs for your organisation has confirmed an e-mail address here, so nobody "
        "was told. Tell them yourself that the draft is ready."
    )


class NotAsked(Refused):
    """Refusal to send back a draft for which nobody asks the signature, or no longer."""

    message = _("Nobody waits for your signature now: the draft was sent back, or was not ready.")


class NoSuchFile(Refused):
    """The file is not, or no longer, among the answers, or readers have nothing of it anyhow."""

    message = _("This file is no longer part of your response.")


class PublishedAlready(Refused):
    """Readers have the file already. `contact` is the consultation's address, "" for none."""

    def __init__(self, contact: str = "") -> None:
        super().__init__(
            _(
                "Your response is published, so you can no longer leave anything out of it here. "
                "Write to %(contact)s and say which passage of which file should go."
            )
            % {"contact": contact}
            if contact
            else _(
                "Your response is published, so you can no longer leave anything out of it here. "
                "Write to the portal (the address is under “Contact”) and say which passage of "
                "which file should go."
            )
        )


class TooLateToAttach(Refused):
    """The days in which another file may be attached have passed."""

    message = _("The time in which you could attach another file has passed.")


# What came on paper, as a file, or late.


class AnotherConsultation(Refused):
    """The form was made for another consultation."""

    def __init__(self, docket: str) -> None:
        super().__init__(
            _("This form belongs to another consultation: %(docket)s.") % {"docket": docket}
        )


class Unreadable(Refused):
    """Refusal of what is no form that can be read; the message says what to do."""


class ReasonNeeded(Refused):
    """Entered after the deadline without a word on why."""

    message = _("The deadline has passed. Say why this response is still taken in.")
    field = "reason"


class NotYetOpen(Refused):
    """It came before anything was asked."""

    message = _("That day is before the consultation opened.")
    field = "received_on"


class CameLater(Refused):
    """It came on a day that is still to come."""

    message = _("That day is in the future.")
    field = "received_on"


class NoLateAnswers(Refused):
    """The consultation takes no answers at all any more."""

    message = _("This consultation takes no responses: it was cancelled or is not published.")


class CodesEndSoon(Refused):
    """The codes of the consultation have ended, or end before an answer could be typed in."""

    message = _(
        "The codes of this consultation end before this response could be typed in and sent. First "
        "let codes open responses for more months: edit the consultation, under “Taking part”."
    )


class TokenExpired(Refused):
    """The token lets nothing in now."""

    message = _(
        "This token lets no response in: it is not valid yet, or no longer valid. Ask the person "
        "who gave it to you."
    )
    field = "expires_at"


class TokenTooLong(Refused):
    """The token would be valid for longer than any is."""

    message = _("A token is valid for a year at most.")
    field = "expires_at"


class TokenUsed(Refused):
    """As many answers as it lets in were begun with it."""

    message = _(
        "As many responses as this token lets in were already begun with it. If one of them is "
        "yours, go on with it: its own code opens it."
    )


class EventNeeded(Refused):
    """A reason that hit many, without a word on what it was."""

    message = _("Say what happened, and where.")
    field = "event"


class NamesNobody(Refused):
    """A text beside a reason that is one person's, or its announcement."""

    message = _(
        "If the reason concerns one person, leave this empty and do not announce it: it could tell "
        "who the person is."
    )
    field = "event"
