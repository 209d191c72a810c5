"""What makes a guide trusted: who else reviewed it, and which states used it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from knowledge.guides.models.guide import GuidePage
from knowledge.sources.addresses import host_of
from knowledge.sources.models import ON_THE_WEB, Source
from portal.stakeholders.models import State

# Nothing that a guide tells of was used before there were export controls of this kind.
FIRST_YEAR = 1949


class InstitutionReview(Orderable):
    """An institution that reviewed the guide, on a day, and perhaps what it said."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="institution_reviews")
    institution = models.CharField(
        _("institution"),
        max_length=200,
        help_text=_("A body and never a person, by its full name."),
    )
    reviewed_on = models.DateField(_("day of its review"))
    address = models.URLField(
        _("address of what it said"), max_length=500, blank=True, validators=[ON_THE_WEB]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("review by an institution")
        verbose_name_plural = _("reviews by institutions")

    def __str__(self) -> str:
        return f"{self.institution}, {self.reviewed_on:%Y-%m-%d}"

    def clean(self) -> None:
        super().clean()
        if self.reviewed_on and self.reviewed_on > timezone.localdate():
            raise ValidationError({"reviewed_on": _("This day is still to come.")})


class StateUse(Orderable):
    """A state that used the guide: in which year, what for, and where anyone can read that."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="state_uses")
    state = models.ForeignKey(
        State, models.PROTECT, related_name="+", verbose_name=_("state or territory")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    what = models.CharField(
        _("what for"),
        max_length=300,
        help_text=_("One sentence, e.g. “Its customs service trains new officers with it.”"),
    )
    address = models.URLField(
        _("address where this is said"),
        max_length=500,
        blank=True,
        validators=[ON_THE_WEB],
        help_text=_("A claim about a state needs an address or a source."),
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("use by a state")
        verbose_name_plural = _("uses by states")

    def __str__(self) -> str:
        return f"{self.state_id}, {self.year}: {self.what}"

    @property
    def borne_out_by(self) -> tuple[str, str]:
        """Return where the claim can be read: (its name, its address in words of a link)."""
        if self.address:
            return host_of(self.address), self.address
        return (self.source.name, self.source.get_absolute_url()) if self.source else ("", "")

    def clean(self) -> None:
        super().clean()
        found: dict[str, Any] = {}
        if self.year is not None and not FIRST_YEAR <= self.year <= timezone.localdate().year:
            found["year"] = __("Type a year between %(first)d and %(latest)d.") % {
                "first": FIRST_YEAR,
                "latest": timezone.localdate().year,
            }
        if not self.address and self.source_id is None:
            found["address"] = _("Give an address where anyone can read this, or choose a source.")
        if found:
            raise ValidationError(found)
