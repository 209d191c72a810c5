"""
What was sent: the response, and its versions, which nobody changes.

What a person wrote stands apart from who they are. An anonymous response holds no account and no
address, its dates are days, and its code is kept only as a hash (docs/decisions/0013-answering.md).
"""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.responses.models.choices import Channel, Handling, Identity, Status
from consultations.responses.models.findable import names_to_find, words_to_find
from portal.keys import RandomKeyField
from portal.stakeholders.models import Organisation
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP, LANGUAGE, SUBMITTER_TYPE


class ResponseQuerySet(models.QuerySet["Response"]):
    def of_code(self, consultation_id: int, code_hash: str) -> "ResponseQuerySet":
        """Return the response of one consultation that a code opens."""
        return self.filter(consultation_id=consultation_id, code_hash=code_hash)

    def of_readable(self, code_hash: str) -> "ResponseQuerySet":
        """Find the response that a code opens in any consultation that everybody may read."""
        asking = ConsultationPage.objects.readable().filter(asks_questions=True)
        found = self.filter(code_hash=code_hash, consultation__in=asking.values("pk"))
        return found.select_related("consultation")

    def of_account(self, user_id: int) -> "ResponseQuerySet":
        """Return what somebody sent for themself while signed in, by day, the newest first."""
        mine = self.filter(account_id=user_id, organisation=None)
        return mine.select_related("consultation").order_by("-received_on", "reference")

    def of_organisation(self, organisation_id: int) -> "ResponseQuerySet":
        """Return what was sent in an organisation's name, by day, the newest first."""
        found = self.filter(organisation_id=organisation_id)
        return found.select_related("consultation").order_by("-received_on", "reference")


class Response(models.Model):
    """
    One answer as the portal keeps it; what was written is in its versions.

    `code_hash` is the SHA-256 of the code that reopens it; None where none does, or none any more.
    `account` is set only where somebody signed in answers under their own or their organisation's
    name. `organisation` is set where its people wrote it together and `account`, who may sign for
    it, sent it. `received_on` is the day in the consultation's zone. Without a name it is never
    marked as late, and no day of its coming in is later than that of the deadline. `submission_key`
    is that of the draft sent last: sent twice, it makes one response, and one version.
    `translation_only`: without a name, the words are published only in a translation by the
    portal's people, and files not at all; it stands as it was chosen last, and changes no more once
    it was published. `even_if_alone`: without a name, it may be published where fewer than five
    such responses are public with it; chosen and kept in the same way. `newest_number` and
    `newest_on` are the number and day of the newest version, 0 and None before there is one.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="responses")
    reference = models.CharField(_("reference"), max_length=32, unique=True)
    code_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - unique
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
    translation_only = models.BooleanField(_("only in translation"), default=False)
    even_if_alone = models.BooleanField(_("published even if alone"), default=False)
    received_on = models.DateField(_("received"))
    newest_number = models.PositiveSmallIntegerField(default=0, editable=False)
    newest_on = models.DateField(null=True, editable=False)
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ResponseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(identity=Identity.ANONYMOUS)
                | Q(account__isnull=True, organisation__isnull=True),
                name="anonymous_response_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(identity=Identity.ANONYMOUS) | Q(is_late=False),
                name="anonymous_response_is_not_marked_late",
            ),
            models.CheckConstraint(
                condition=Q(identity=Identity.ANONYMOUS) | Q(translation_only=False),
                name="translation_only_is_for_the_anonymous",
            ),
            models.CheckConstraint(
                condition=Q(identity=Identity.ANONYMOUS) | Q(even_if_alone=False),
                name="even_if_alone_is_for_the_anonymous",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["consultation", "status"], name="response_by_status"),
            # The order of the staff's queue.
            models.Index(fields=["newest_on", "reference"], name="response_by_day"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def number(self) -> str:
        """Return the last part of the reference, by which an anonymous response is called."""
        return self.reference.rpartition("-")[2]

    def is_of_verified(self, organisation_name: str) -> bool:
        """Say whether it came from a verified organisation that has the name that it states."""
        organisation = self.organisation
        return (
            organisation is not None
            and organisation.is_verified
            and organisation.name == organisation_name
        )

    def get_absolute_url(self) -> str:
        """Return the permanent address, which is cited: short, without language."""
        return reverse("response_permalink", args=[self.reference])


class ImmutableVersion(Exception):  # noqa: N818 - the words of the domain
    """Error of changing what was sent: a correction is another version, a redaction a copy."""


class ResponseVersionQuerySet(models.QuerySet["ResponseVersion"]):
    def update(self, **kwargs: Any) -> int:
        """Refuse, always: see ImmutableVersion."""
        raise ImmutableVersion

    def erase(self, on: date) -> int:
        """
        Take out all that was written, and the salt: the digest stays and fits nothing any more.

        `on` is the day, in the consultation's zone. Versions already erased keep their day.
        """
        return super(ResponseVersionQuerySet, self.filter(erased_on=None)).update(
            name="",
            organisation_name="",
            submitter_type="undisclosed",
            group="other",
            state="",
            language="en",
            translation_only=False,
            represents={},
            answers={},
            confidentiality={},
            files={},
            salt=None,
            findable_words="",
            findable_names="",
            erased_on=on,
        )

    def keep_as_entered(self, version: "ResponseVersion") -> None:
        """Keep the salt, digest and leaf that a version has in hand; its words stay as they are."""
        super(ResponseVersionQuerySet, self.filter(pk=version.pk)).update(
            salt=version.salt,
            content_digest=version.content_digest,
            record_leaf=version.record_leaf,
        )


class ResponseVersion(models.Model):
    """
    Version as sent, once and for all: a later edit is another, a redaction a public copy.

    `answers` maps a question's id to `{"value": …, "visibility": "public"|"officials",
    "public_version": text}` (shapes of values: `questionnaires.schema`). `confidentiality`
    holds `justification` and `legal_basis` where an answer is for officials only. `files` holds the
    SHA-256 of each file that the answers name. `content_digest` is SHA-256 over `salt` and the
    canonical JSON of `content()`; `record_leaf` is the leaf of the entry that states it, and shares
    the salt. `represents` has `on_behalf_of` and `register_number`, "" for what was not stated; it
    is empty where nobody was asked. `translation_only` is what was chosen when it was sent.
    `findable_words` and `findable_names` are what staff may find it by (`words_to_find`,
    `names_to_find`).

    Withdrawn before publication, all that was written is erased; the digest stays. Where its writer
    cuts the tie to it, the words stay, and are entered anew under a salt that nobody was given.
    """

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    identity = models.CharField(_("identity"), max_length=12, choices=Identity)
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    submitter_type = TermField(SUBMITTER_TYPE, default="undisclosed")
    group = TermField(GROUP, default="other")
    state = models.CharField(_("state"), max_length=2, blank=True)
    language = TermField(LANGUAGE, default="en")
    translation_only = models.BooleanField(_("only in translation"), default=False)
    represents = models.JSONField(_("on whose behalf"), default=dict, editable=False)
    answers = models.JSONField(_("answers"), default=dict)
    confidentiality = models.JSONField(_("confidentiality"), default=dict)
    files = models.JSONField(default=dict, editable=False)
    salt = models.BinaryField(null=True, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)
    findable_words = models.TextField(blank=True, editable=False)
    findable_names = models.TextField(blank=True, editable=False)
    submitted_on = models.DateField(_("sent"))
    erased_on = models.DateField(_("erased"), null=True, blank=True)

    objects = ResponseVersionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "number"], name="one_version_a_number")
        ]
        indexes: ClassVar = [
            # Names are read from here alone: the rows are long.
            models.Index(fields=["response", "number", "findable_names"], name="version_names")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Write it once, as the newest of its response; raises ImmutableVersion from then on.

        What it may be found by is written with it, so that nothing else can differ from it.
        """
        if not self._state.adding:
            raise ImmutableVersion
        self.findable_words = words_to_find(self.answers)
        named = self.identity != Identity.ANONYMOUS
        self.findable_names = names_to_find(self.name, self.organisation_name) if named else ""
        super().save(*args, **kwargs)
        self.response.newest_number, self.response.newest_on = self.number, self.submitted_on
        self.response.save(update_fields=["newest_number", "newest_on"])

    def content(self) -> dict[str, Any]:
        """
        Return what the digest covers: everything that the submitter stated.

        `translation_only` is there only where it was chosen, and `represents` only where it was
        asked, so that older receipts hold.
        """
        return {
            "identity": self.identity,
            "name": self.name,
            "organisation_name": self.organisation_name,
            "submitter_type": self.submitter_type,
            "state": self.state,
            "language": self.language,
            "answers": self.answers,
            "confidentiality": self.confidentiality,
            "files": self.files,
            **({"translation_only": True} if self.translation_only else {}),
            **({"represents": self.represents} if self.represents else {}),
        }
