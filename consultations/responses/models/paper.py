"""What staff typed in for somebody: who entered it, how and when it had come."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.responses.days import day_of
from consultations.responses.models.choices import Channel, Identity, LateReason
from consultations.responses.models.drafts import Draft
from consultations.responses.models.responses import Response
from portal.keys import RandomKeyField


class EntryIsFinal(Exception):  # noqa: N818 - the words of the domain
    """An entry is written once; a wrong one stays, and another answer is entered."""


class PaperEntryQuerySet(models.QuerySet["PaperEntry"]):
    def newest(self) -> "PaperEntryQuerySet":
        """Return all by the day of entry, the newest first, with what a list shows."""
        found = self.select_related("consultation", "response", "draft", "entered_by")
        return found.order_by("-entered_on", "pk")

    def came_in_on(self, draft: Draft) -> date | None:
        """Return the day that what a draft holds came; None for what is written on the portal."""
        return self.filter(draft=draft).values_list("received_on", flat=True).first()

    def sent_as(self, draft: Draft, response: Response) -> int:
        """
        Tie the entry of a draft to what the draft became; returns how many there were.

        Of an answer without a name neither the reason nor a day after the deadline stays beside it.
        """
        values: dict[str, Any] = {"draft": None, "response": response}
        if response.identity == Identity.ANONYMOUS:
            values |= {"reason": "", "received_on": response.received_on, "in_time": True}
        return self.filter(draft=draft).update(**values)


# How long staff may take to type in what came.
DAYS_TO_TYPE = timedelta(days=30)


class PaperEntry(models.Model):
    """
    An answer that staff entered for somebody; rows are only ever added.

    It names the staff, never the submitter. `received_on` is the day on which the answer came, or
    was post-marked; `in_time` is whether that was before the deadline; `reason` is why it is taken
    in after it. `draft` is what staff are typing in, `response` what it became; with neither it was
    erased.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="paper_entries")
    draft = models.OneToOneField(
        Draft, models.SET_NULL, null=True, blank=True, related_name="entry", editable=False
    )
    response = models.OneToOneField(
        Response, models.CASCADE, null=True, blank=True, related_name="entry", editable=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    entered_on = models.DateField(_("entered"))
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    received_on = models.DateField(_("came in"))
    in_time = models.BooleanField(_("in time"))
    reason = models.CharField(_("reason"), max_length=10, choices=LateReason, blank=True)

    objects = PaperEntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("response entered by staff")
        verbose_name_plural = _("responses entered by staff")

    def __str__(self) -> str:
        return f"{self.consultation_id} · {self.entered_on}"

    def typed_in_until(self, page: ConsultationPage) -> date:
        """Return the last day on which what was entered can be sent, whatever the deadline."""
        return max(self.entered_on, day_of(page, page.closes_at)) + DAYS_TO_TYPE

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once; raises EntryIsFinal from then on."""
        if not self._state.adding:
            raise EntryIsFinal
        super().save(*args, **kwargs)
