"""What the public sees of an accepted response: a copy of its own, which redaction may shorten."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.publication.queries import PublicCopyQuerySet
from consultations.responses.models import Response, ResponseVersion
from portal.keys import RandomKeyField
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP, LANGUAGE, SUBMITTER_TYPE


class PublicCopy(models.Model):
    """
    A response as it is or will be published.

    `answers` maps a question's id to `{"value": …}` for what is shown as sent, or to `{"segments":
    [{"text": …} | {"redacted": reason code}, …]}` for a text with passages left out (beside a
    `value` where they are a choice's own words); answers for officials only stand with their public
    version and `"confidential": true`. Of a file of which its author left passages out stands the
    text that is left, and its SHA-256 (hex) by its id in `texts`.

    `signatories` are those who confirmed and are named: `name`, `organisation`, and `confirmed_by`
    (`Proof`), which copies from before that was asked for do not have. Of the others there are two
    numbers.

    `display_name` is what it is called by: a person's name, or an organisation's where only that is
    public; empty for a response without a name, which has no organisation, no signatories, no
    state and no submitter type either. `shown_group` and `shown_language` are what the public is
    told of `group` and `language`: empty where too few without a name share them (`small_cells`).
    `entry_has_language` is set where a copy without a name was entered in the record when entries
    of such copies still covered the language. `shuffle` orders the index, so that no order tells
    when something came in. `record_leaf` is the leaf of the entry that says what was published.
    `retired_on` is set when it was withdrawn or removed after publication; what was
    withdrawn is then empty.

    `represents` is as `ResponseVersion` has it, and empty without a name.

    Where only a translation is published, `translations` holds it (`translations`) and
    `translated_into` its language, which is not the writer's own. `answers` stays the original
    until it is published, and is the translation from then on.
    """

    id = RandomKeyField()
    response = models.OneToOneField(Response, models.CASCADE, related_name="public_copy")
    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="public_copies")
    version = models.ForeignKey(ResponseVersion, models.CASCADE, related_name="+")
    display_name = models.CharField(_("name"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    signatories = models.JSONField(_("signatories"), default=list)
    signatories_withheld = models.PositiveSmallIntegerField(default=0, editable=False)
    signatories_waiting = models.PositiveSmallIntegerField(default=0, editable=False)
    submitter_type = TermField(SUBMITTER_TYPE, default="undisclosed")
    represents = models.JSONField(_("on whose behalf"), default=dict, editable=False)
    group = TermField(GROUP, default="other")
    shown_group = TermField(GROUP, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    language = TermField(LANGUAGE, default="en")
    shown_language = TermField(LANGUAGE, blank=True)
    entry_has_language = models.BooleanField(default=False, editable=False)
    answers = models.JSONField(_("answers"), default=dict)
    translations = models.JSONField(_("translations"), default=dict)
    translated_into = TermField(LANGUAGE, blank=True)
    is_redacted = models.BooleanField(_("redacted"), default=False)
    published_on = models.DateField(_("published"), null=True, blank=True)
    retired_on = models.DateField(_("retired"), null=True, blank=True)
    disputed_on = models.DateField(_("disputed"), null=True, blank=True)
    shuffle = models.PositiveBigIntegerField(default=0, editable=False)
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)

    objects = PublicCopyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("public copy")
        verbose_name_plural = _("public copies")
        indexes: ClassVar = [
            models.Index(fields=["consultation", "shuffle", "id"], name="public_copy_order"),
            models.Index(fields=["consultation", "display_name"], name="public_copy_by_name"),
        ]

    def __str__(self) -> str:
        return str(self.response)

    @property
    def is_published(self) -> bool:
        """Say whether everybody may read it now."""
        return self.published_on is not None and self.retired_on is None

    @property
    def is_nameless(self) -> bool:
        return not self.display_name

    @property
    def is_late(self) -> bool | None:
        """Say whether it came in after the deadline; None without a name, where nobody is told."""
        return None if self.is_nameless else self.response.is_late

    @property
    def title(self) -> str:
        """Return what it is called by: a name, or "Response 0042"."""
        return self.display_name or _now("Response %(number)s") % {"number": self.response.number}

    @property
    def text_language(self) -> str:
        """Return the language of the words as the public reads them; "" where it is not told."""
        return self.translated_into or self.shown_language

    @property
    def is_verified(self) -> bool:
        """Say whether the organisation named is one that answered from its own domain."""
        return self.response.is_of_verified(self.organisation_name)

    def content(self) -> dict[str, Any]:
        """
        Return what the record's digest covers: all that was published, as it was written.

        Without a name not the language: what may be told of that changes with other responses.
        `translated_into` only where it is a translation, `represents` only where it was asked, and
        numbers of signatories only where there are any, so that older entries hold.
        """
        has_language = not self.is_nameless or self.entry_has_language
        return {
            "reference": self.response.reference,
            "name": self.display_name,
            "organisation": self.organisation_name,
            "signatories": self.signatories,
            **{key: number for key, number in self.unnamed_signatories().items() if number},
            "submitter_type": "" if self.is_nameless else self.submitter_type,
            "state": self.state,
            "language": self.language if has_language else "",
            "answers": self.answers,
            **({"translated_into": self.translated_into} if self.translated_into else {}),
            **({"represents": self.represents} if self.represents else {}),
        }

    def unnamed_signatories(self) -> dict[str, int]:
        """Return how many sign without being named, and how many were asked and did not confirm."""
        return {
            "signatories_withheld": self.signatories_withheld,
            "signatories_waiting": self.signatories_waiting,
        }

    def get_absolute_url(self) -> str:
        """Return the permanent address, which is cited."""
        return self.response.get_absolute_url()


class AnsweredQuestion(models.Model):
    """A question that a published copy answers: what the index narrows and counts by."""

    id = RandomKeyField()
    copy = models.ForeignKey(PublicCopy, models.CASCADE, related_name="answered")
    question = models.CharField(max_length=36)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answered question")
        verbose_name_plural = _("answered questions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["copy", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} · {self.question}"
