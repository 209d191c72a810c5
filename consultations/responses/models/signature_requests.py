"""An organisation's draft before those who sign for it: asked for, or sent back with a remark."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.responses.models.drafts import Draft
from portal.keys import RandomKeyField


class SignatureRequestQuerySet(models.QuerySet["SignatureRequest"]):
    def waiting_for(self, organisation_id: int) -> "SignatureRequestQuerySet":
        """Return what waits for the signature of an organisation, by day, the oldest first."""
        found = self.filter(draft__organisation_id=organisation_id, asked_on__isnull=False)
        return found.select_related("draft__consultation", "asked_by").order_by("asked_on", "pk")

    def sent_back_to(self, person_id: int, organisation_id: int) -> "SignatureRequestQuerySet":
        """Return what somebody of an organisation asked to be signed and was sent back, by day."""
        found = self.filter(
            draft__organisation_id=organisation_id,
            asked_by_id=person_id,
            asked_on=None,
            sent_back_on__isnull=False,
        )
        return found.select_related("draft__consultation").order_by("sent_back_on", "pk")


class SignatureRequest(models.Model):
    """
    Request, among an organisation's people, to sign its draft; or the remark that sent it back.

    `asked_on` is the day on which `asked_by` asked for the signature; empty once it was sent back
    with a `remark`. `seen` is the draft as it was then (`identity`, `details`, `answers`), to
    compare with, `times_sent_back` how often that was done. It goes with the draft: sent, erased,
    or taken out of the organisation.
    """

    id = RandomKeyField()
    draft = models.OneToOneField(Draft, models.CASCADE, related_name="signature_request")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField(null=True, blank=True)
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_back_on = models.DateField(null=True, blank=True)
    times_sent_back = models.PositiveIntegerField(default=0)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    seen = models.JSONField(default=dict, blank=True, editable=False)

    objects = SignatureRequestQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request for a signature")
        verbose_name_plural = _("requests for a signature")

    def __str__(self) -> str:
        return str(self.draft_id)
