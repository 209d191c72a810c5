"""An answer being written, and those who sign it together."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.responses.models.choices import (
    ON_BEHALF,
    Channel,
    Identity,
    Proof,
    is_asked_on_behalf,
)
from consultations.responses.models.numbered import Numbered
from consultations.responses.models.responses import Response
from portal.keys import RandomKeyField
from portal.stakeholders.models import Organisation


class DraftQuerySet(models.QuerySet["Draft"]):
    def of_code(self, consultation_id: int, code_hash: str) -> "DraftQuerySet":
        """Return the draft of one consultation that a code opens."""
        return self.filter(consultation_id=consultation_id, code_hash=code_hash)

    def of_readable(self, code_hash: str) -> "DraftQuerySet":
        """Find the draft that a code opens in any consultation that everybody may read."""
        asking = ConsultationPage.objects.readable().filter(asks_questions=True)
        found = self.filter(code_hash=code_hash, consultation__in=asking.values("pk"))
        return found.select_related("consultation")

    def of_account(self, user_id: int) -> "DraftQuerySet":
        """Return what somebody writes while signed in, by day of last change, the newest first."""
        found = self.filter(account_id=user_id)
        return found.select_related("consultation").order_by("-touched_on", "pk")

    def of_organisation(self, organisation_id: int) -> "DraftQuerySet":
        """Return what an organisation's people write together, in the same order."""
        found = self.filter(organisation_id=organisation_id)
        return found.select_related("consultation").order_by("-touched_on", "pk")


class Draft(models.Model):
    """
    An answer being written, kept until it is sent.

    Reopened by its code (`code_hash`), from the account that began it, or, where `organisation` is
    set, by that organisation's people, who share it and of whom none owns it. `details` holds
    `name`, `organisation_name`, `submitter_type`, `state`, `language` and `translation_only` as
    `ResponseVersion` has them, `on_behalf_of` and `register_number` as its `represents` has them,
    and `confidentiality`.
    `response` is set where it revises an answer already sent; its code is then the response's.
    `begun_in_time` is all that is kept of when it was begun; `let_in_late`, that a late token let
    it in, and not which.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="drafts")
    response = models.OneToOneField(
        Response, models.CASCADE, null=True, blank=True, related_name="draft"
    )
    code_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - unique
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    identity = models.CharField(_("identity"), max_length=12, choices=Identity)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.PORTAL)
    begun_in_time = models.BooleanField(default=True)
    let_in_late = models.BooleanField(default=False)
    details = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    touched_on = models.DateField(_("last changed"))

    objects = DraftQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft response")
        verbose_name_plural = _("draft responses")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(identity=Identity.ANONYMOUS)
                | Q(account__isnull=True, organisation__isnull=True),
                name="anonymous_draft_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=True) | Q(organisation__isnull=True),
                name="shared_draft_is_nobodys_own",
            ),
            models.UniqueConstraint(
                fields=["consultation", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_draft_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["consultation", "account"],
                condition=Q(account__isnull=False),
                name="one_draft_an_account",
            ),
        ]

    def __str__(self) -> str:
        return _("Draft response to %(consultation)s") % {"consultation": self.consultation}

    @property
    def translation_only(self) -> bool:
        """Say whether it is published only in translation; never where it has a name."""
        return self.identity == Identity.ANONYMOUS and bool(self.details.get("translation_only"))

    @property
    def represents(self) -> dict[str, str]:
        """Return on whose behalf it speaks, "" for what is not stated; {} where it is not asked."""
        details = self.details
        speaks_as = details.get("submitter_type", "")
        if not is_asked_on_behalf(self.consultation.asks_on_behalf, self.identity, speaks_as):
            return {}
        return {name: details.get(name, "") for name in ON_BEHALF}

    @property
    def is_revision(self) -> bool:
        """Say whether it changes an answer that was sent before."""
        return self.response_id is not None


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def of_answer(self, *, draft: int | None, response: int | None) -> "SignatoryQuerySet":
        """Return those of a draft and of what was sent before it, by keys; None for neither."""
        mine = Q(pk__in=[])
        if draft is not None:
            mine |= Q(draft=draft)
        if response is not None:
            mine |= Q(response=response)
        return self.filter(mine)

    def of_code(self, consultation_id: int, code_hash: str) -> "SignatoryQuerySet":
        """Return the signatory, of one consultation, whom a private link was made for."""
        here = Q(draft__consultation_id=consultation_id)
        return self.filter(
            here | Q(response__consultation_id=consultation_id), token_hash=code_hash
        )


class Signatory(Numbered):
    """
    One of those who sign together; named in public only once they confirmed (`confirmed_by`).

    `number` is the place on the list of one answer.

    Belongs to a draft, and from the moment that it is sent to the response. The link holds a code
    of which `token_hash` is the SHA-256. The lead has all links, so that a link alone confirms
    nothing. `signed_digest` is `signatures.digest` of what was signed: other words are not
    confirmed, and `confirmed_on` is emptied when they are sent. `signed_parts` has a keyed hash of
    each answer that was signed, by question, to say later which changed. `mailbox_hash` is of the
    address that confirmed (`signatures`); both are erased when the list closes. `name_withheld` is
    the signatory's own choice: counted in public, and named nowhere there.
    """

    id = RandomKeyField()
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
    confirmed_by = models.CharField(max_length=12, choices=Proof, blank=True, editable=False)
    name_withheld = models.BooleanField(_("name withheld"), default=False)
    signed_digest = models.CharField(max_length=64, blank=True, editable=False)
    signed_parts = models.JSONField(default=dict, blank=True, editable=False)
    mailbox_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = SignatoryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta(Numbered.Meta):
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | ~Q(confirmed_by=""),
                name="signatory_confirmed_in_some_way",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def others(self) -> models.QuerySet["Signatory"]:
        """Return all on the same list: of what was sent, and of the draft to take its place."""
        response = self.draft.response_id if self.draft else self.response_id
        mine = Q(draft=self.draft_id) if self.draft_id else Q(pk__in=[])
        if response is not None:
            mine |= Q(response=response) | Q(draft__response=response)
        return Signatory.objects.filter(mine)
