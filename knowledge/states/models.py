"""What readers tell of a state: public sources, for staff to open."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.keys import RandomKeyField
from portal.stakeholders.models import State


class SourceTip(models.Model):
    """
    A public source that a reader named on the page of a state; staff delete it once it is read.

    Nothing is kept of who told it, and of when only the day. It changes nothing in the register.
    """

    id = RandomKeyField()
    state = models.ForeignKey(State, models.CASCADE, related_name="+", verbose_name=_("state"))
    source = models.URLField(_("address of the source"), max_length=500)
    text = models.TextField(_("what it says"), max_length=1000, blank=True)
    told_on = models.DateField(_("told on"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["told_on", "pk"]
        verbose_name = _("source told by a reader")
        verbose_name_plural = _("sources told by readers")

    def __str__(self) -> str:
        return f"{self.state.iso2} · {self.told_on}"
