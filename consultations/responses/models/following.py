"""What happens to a response after it is sent, as its submitter reads it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.responses.models.numbered import Numbered, one_a_number
from consultations.responses.models.responses import Response
from portal.keys import RandomKeyField


class Clarification(Numbered):
    """A question of the screening staff to a submitter, and the answer."""

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="clarifications")
    question = models.TextField(_("question"), max_length=2000)
    asked_on = models.DateField(_("asked"))
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta(Numbered.Meta):
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        constraints: ClassVar = [one_a_number("one_question_a_number")]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.asked_on}"


class StatusEvent(Numbered):
    """Event in a response's life, as its submitter reads it; rows are only ever added."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        NEW_VERSION = "new-version", _("New version received")
        CLARIFICATION_ASKED = "clarification-asked", _("We have a question")
        CLARIFICATION_ANSWERED = "clarification-answered", _("You answered our question")
        FILE_ADDED = "file-added", _("A file that was still being checked was added")
        FILE_NOT_TAKEN = "file-not-taken", _("A file could not be taken. You can attach another")
        LEFT_OUT = "left-out", _("You changed what is left out of a file")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Not accepted")
        REOPENED = "reopened", _("Being checked again")
        REDACTED = "redacted", _("Passages left out of the public copy")
        TRANSLATION_CHOSEN = "translation-chosen", _("You chose: only a translation is published")
        OWN_WORDS_CHOSEN = "own-words-chosen", _("You chose: your own words are published")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMOVED = "removed", _("Removed from publication")
        RESTORED = "restored", _("Published again")
        APPEALED = "appealed", _("You appealed")
        APPEAL_GRANTED = "appeal-granted", _("Your appeal was granted")
        APPEAL_REFUSED = "appeal-refused", _("Your appeal was not granted")
        DISPUTED = (
            "disputed",
            _("Somebody says that it was falsely sent in their name. A moderator looks into it"),
        )
        DISPUTE_ENDED = (
            "dispute-ended",
            _("The moderators did not agree with the report of a false name. It stays published"),
        )
        OUTCOME = "outcome", _("The outcome is published, and your e-mail address is erased")
        CANCELLED = (
            "cancelled",
            _("The consultation was cancelled, and your e-mail address is erased"),
        )
        LAPSED = (
            "lapsed",
            _("Two years have passed since the deadline, and your e-mail address is erased"),
        )

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=22, choices=Kind)
    text = models.TextField(blank=True)
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta(Numbered.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [one_a_number("one_event_a_number")]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.kind}"


class Contact(models.Model):
    """
    Address at which somebody hears of their response: confirmed, sealed, apart from it.

    It is erased when they stop it or withdraw, with the outcome, and two years after the deadline.
    """

    id = RandomKeyField()
    response = models.OneToOneField(Response, models.CASCADE, related_name="contact")
    sealed = models.BinaryField()  # contacts.pack(address, language)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return str(self.response_id)
