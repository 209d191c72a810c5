"""
Answers to a consultation: drafts, what was sent, and what happened to it.

What a person wrote stands apart from who they are. An anonymous response holds no account and no
address, its dates are days, and its code is kept only as a hash (docs/decisions/0006-privacy.md).
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from portal.stakeholders.models import Organisation
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP, LANGUAGE, SUBMITTER_TYPE


class Identity(models.TextChoices):
    """How the public sees who answers."""

    NAMED = "named", _("With my name")
    ORGANISATION = "organisation", _("With my organisation's name only")
    ANONYMOUS = "anonymous", _("Without any name")


class Channel(models.TextChoices):
    """How an answer came in."""

    PORTAL = "portal", _("On the portal")
    OFFLINE_FORM = "offline-form", _("Offline form, uploaded")
    POST = "post", _("By post")
    EMAIL = "email", _("By e-mail")


class Status(models.TextChoices):
    RECEIVED = "received", _("Received")
    CLARIFICATION = "clarification", _("A question is waiting for you")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Not accepted")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed from publication")


class Handling(models.TextChoices):
    """What an accepted response is published as."""

    PUBLIC = "public", _("Public")
    NAME_WITHHELD = "name-withheld", _("Public, name withheld")
    CONFIDENTIAL = "confidential", _("Confidential")


class LateToken(models.Model):
    """Lets one answer in after the deadline; given by staff, with the reason, and used once."""

    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="late_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=500)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("given"))
    expires_at = models.DateTimeField(_("valid until"))
    used_on = models.DateField(_("used"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-issued_at"]
        verbose_name = _("late token")
        verbose_name_plural = _("late tokens")

    def __str__(self) -> str:
        return f"{self.consultation} · {self.issued_at:%Y-%m-%d}"


class Response(models.Model):
    """
    One answer as the portal keeps it; what was written is in its versions.

    `code_hash` is the SHA-256 of the code that reopens it. `account` is set only where somebody
    signed in answers under their own or their organisation's name. `received_on` is the day in the
    consultation's zone. `submission_key` comes from the draft: sent twice, it makes one response.
    """

    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="responses")
    reference = models.CharField(_("reference"), max_length=32, unique=True)
    code_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    identity = models.CharField(_("identity"), max_length=12, choices=Identity)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel, default=Channel.PORTAL)
    status = models.CharField(_("status"), max_length=13, choices=Status, default=Status.RECEIVED)
    handling = models.CharField(_("handling"), max_length=13, choices=Handling, blank=True)
    is_late = models.BooleanField(_("late"), default=False)
    received_on = models.DateField(_("received"))
    submission_key = models.UUIDField(unique=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(identity=Identity.ANONYMOUS)
                | Q(account__isnull=True, organisation__isnull=True),
                name="anonymous_response_names_nobody",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["consultation", "status"], name="response_by_status")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def number(self) -> str:
        """The last part of the reference: what an anonymous response is called by."""
        return self.reference.rpartition("-")[2]

    def get_absolute_url(self) -> str:
        """The permanent address, which is cited: short, without language."""
        return reverse("response_permalink", args=[self.reference])


class ResponseVersion(models.Model):
    """
    What was sent, once and for all: a later edit is another version, a redaction a public copy.

    `answers` maps a question's id to `{"value": …, "visibility": "public"|"officials",
    "public_version": text}` (shapes of values: `calls.questionnaire`). `confidentiality` holds
    `justification` and `legal_basis` where an answer is for officials only. `content_digest` is
    SHA-256 over `salt` and the canonical JSON of `content()`; `record_index` the leaf that says so.
    Withdrawn before publication, all that was written is erased; the digest stays.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    submitter_type = TermField(SUBMITTER_TYPE, default="undisclosed")
    group = TermField(GROUP, default="other")
    state = models.CharField(_("state"), max_length=2, blank=True)
    language = TermField(LANGUAGE, default="en")
    answers = models.JSONField(_("answers"), default=dict)
    confidentiality = models.JSONField(_("confidentiality"), default=dict)
    salt = models.BinaryField(null=True, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    record_index = models.PositiveBigIntegerField(null=True, editable=False)
    submitted_on = models.DateField(_("sent"))
    erased_on = models.DateField(_("erased"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.number}"

    def content(self) -> dict[str, Any]:
        """What the digest covers: everything that the submitter stated."""
        return {
            "name": self.name,
            "organisation_name": self.organisation_name,
            "submitter_type": self.submitter_type,
            "state": self.state,
            "language": self.language,
            "answers": self.answers,
            "confidentiality": self.confidentiality,
        }


class Draft(models.Model):
    """
    An answer being written, kept until it is sent.

    Reopened by its code (`code_hash`), or from the account that began it; shared by an
    organisation's people where `organisation` is set. `details` holds what `ResponseVersion` has
    beside the answers, and `identity`. `response` is set where it revises an answer already sent.
    `begun_in_time` is all that is kept of when it was begun.
    """

    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="drafts")
    response = models.OneToOneField(
        Response, models.CASCADE, null=True, blank=True, related_name="draft"
    )
    code_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.PORTAL)
    late_token = models.OneToOneField(LateToken, models.PROTECT, null=True, blank=True)
    begun_in_time = models.BooleanField(default=True)
    details = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    sealed_contact = models.BinaryField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=0)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    touched_on = models.DateField(_("last changed"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft response")
        verbose_name_plural = _("draft responses")

    def __str__(self) -> str:
        return _("Draft response to %(consultation)s") % {"consultation": self.consultation}


class Contact(models.Model):
    """Where somebody wants to hear of their response: sealed, and apart from the response."""

    response = models.OneToOneField(Response, models.CASCADE, related_name="contact")
    sealed = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return str(self.response_id)


class Signatory(models.Model):
    """
    One of those who sign together. Confirms by a private link; until then never published.

    Belongs to a draft, and from the moment that it is sent to the response.
    """

    draft = models.ForeignKey(
        Draft, models.SET_NULL, null=True, blank=True, related_name="signatories"
    )
    response = models.ForeignKey(
        Response, models.CASCADE, null=True, blank=True, related_name="signatories"
    )
    name = models.CharField(_("name"), max_length=200)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self) -> str:
        return self.name


class Clarification(models.Model):
    """A question of the screening staff to a submitter, and the answer."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="clarifications")
    question = models.TextField(_("question"), max_length=2000)
    asked_on = models.DateField(_("asked"))
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")

    def __str__(self) -> str:
        return f"{self.response_id} · {self.asked_on}"


class StatusEvent(models.Model):
    """What happened to a response, as its submitter reads it; rows are only ever added."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        NEW_VERSION = "new-version", _("New version received")
        CLARIFICATION_ASKED = "clarification-asked", _("We have a question")
        CLARIFICATION_ANSWERED = "clarification-answered", _("You answered our question")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Not accepted")
        REDACTED = "redacted", _("Passages left out of the public copy")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMOVED = "removed", _("Removed from publication")

    response = models.ForeignKey(Response, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=22, choices=Kind)
    text = models.TextField(blank=True)
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.response_id} · {self.kind}"
