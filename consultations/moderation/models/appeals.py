"""What authors say against decisions on their responses."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.moderation.models.screening import ScreeningAct
from consultations.moderation.policy import Verb
from consultations.responses.models import Response
from portal.keys import RandomKeyField

MAX_APPEAL = 2_000


class ResponseAppealQuerySet(models.QuerySet["Appeal"]):
    def undecided(self) -> "ResponseAppealQuerySet":
        """Return those that wait for another moderator, by day, the oldest first."""
        return self.filter(decision__isnull=True).order_by("made_on", "pk")


class Appeal(models.Model):
    """
    An author's appeal against a rejection or a removal; it is decided once, by another moderator.

    `against` is the act that rejected it, or the first of those that removed it. `decision` is the
    act that decided it. `text` and `answer` (why it was decided so) are read by its author and the
    staff, and erased when the response is withdrawn. `made_on` is a day, as of all that is told of
    a response.
    """

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="appeals")
    against = models.OneToOneField(ScreeningAct, models.CASCADE, related_name="appeal")
    text = models.TextField(_("appeal"), max_length=MAX_APPEAL, blank=True)
    made_on = models.DateField(_("made"))
    decision = models.OneToOneField(
        ScreeningAct, models.CASCADE, null=True, blank=True, related_name="decided_appeal"
    )
    answer = models.TextField(_("reason for the decision"), max_length=MAX_APPEAL, blank=True)

    objects = ResponseAppealQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["made_on", "pk"]
        verbose_name = _("appeal about a response")
        verbose_name_plural = _("appeals about responses")

    def __str__(self) -> str:
        return f"{self.response_id} · {self.made_on}"

    @property
    def is_open(self) -> bool:
        return self.decision_id is None

    @property
    def is_granted(self) -> bool:
        """Say whether its decision took back what it was against."""
        return self.decision is not None and self.decision.verb == Verb.GRANT_APPEAL
