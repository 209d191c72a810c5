"""Organisations, states, and the names that are kept for them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.stakeholders.countries import name_of
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP_OF_SUBMITTER, REGION, SUBMITTER_TYPE


class State(models.Model):
    """
    A state or territory, and what public sources say of it and the Code.

    The register is those with the one status there is; of every other it is only known that it is
    not on that list, which says nothing of its policy. An invitation to a Summit is a dated fact,
    empty where unknown, and no status. Loaded by `load_states` from `portal/stakeholders/data/`.
    """

    class CodeStatus(models.TextChoices):
        # Translators: as in the glossary.
        SUBSCRIBING = "subscribing", _("Subscribing State")

    class Invitation(models.TextChoices):
        # Translators: a state, to subscribe to the Code; it is not known to have done so.
        INVITED = "invited", _("Invited")
        HOST = "host", _("Host, alone or with others")

    iso2 = models.CharField(_("code"), max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, unique=True)
    region = TermField(REGION, blank=True)
    code_status = models.CharField(_("status"), max_length=12, choices=CodeStatus, blank=True)
    endorsed_on = models.DateField(_("endorsement date"), null=True, blank=True)
    date_precision = models.CharField(_("what the date means"), max_length=200, blank=True)
    endorsement_source = models.CharField(
        _("source of the endorsement"),
        max_length=300,
        blank=True,
        help_text=_("What anybody can read it in: the issuer, the title and the date."),
    )
    endorsement_url = models.URLField(
        _("address of that source"),
        max_length=500,
        blank=True,
        help_text=_("The issuer's or an archive's, once somebody has opened it; no copy."),
    )
    summit_2021 = models.CharField(
        _("Summit for Democracy 2021"), max_length=60, choices=Invitation, blank=True
    )
    summit_2023 = models.CharField(
        _("Summit for Democracy 2023"), max_length=60, choices=Invitation, blank=True
    )
    summit_2024 = models.CharField(
        _("Summit for Democracy 2024"), max_length=60, choices=Invitation, blank=True
    )
    initiative_role = models.CharField(_("role in the Initiative"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering: ClassVar = ["iso2"]
        verbose_name = _("state")
        verbose_name_plural = _("states")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(code_status="subscribing") | ~models.Q(endorsement_source=""),
                name="state_subscribing_has_source",
                violation_error_message=_("An endorsement needs its source."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the state's name in the active language."""
        return name_of(self.iso2)

    @property
    def is_subscribing(self) -> bool:
        return self.code_status == self.CodeStatus.SUBSCRIBING


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def official(self) -> "OrganisationQuerySet":
        """Governments and bodies of theirs, which nobody else may claim to be."""
        official = [kind for kind, group in GROUP_OF_SUBMITTER.items() if group == "government"]
        return self.filter(submitter_type__in=official)


class Organisation(models.Model):  # type: ignore[django-manager-missing]  # a wing relates to it
    """A body that people speak for. `verified_on` is set once it answered from its own domain."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=200, unique=True)
    submitter_type = TermField(SUBMITTER_TYPE)
    state = models.ForeignKey(
        State, models.SET_NULL, null=True, blank=True, verbose_name=_("state")
    )
    website = models.URLField(_("website"), blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None

    @property
    def is_official(self) -> bool:
        """Say whether it is a government or a body of several."""
        return GROUP_OF_SUBMITTER[self.submitter_type] == "government"


class ReservedName(models.Model):
    """Words that no name may have but that of whom they are kept for (`names.py`)."""

    class Kind(models.TextChoices):
        PORTAL = "portal", _("The portal and its staff")
        OFFICIAL = "official", _("Official bodies that were verified")

    words = models.CharField(
        pgettext_lazy("a name that is kept for somebody", "words"),
        max_length=100,
        unique=True,
        help_text=_(
            "They are found in a name in capitals or small letters, with or without accents, and "
            "in letters that look like them. Words of eight letters or more are found within "
            "longer words too."
        ),
    )
    kind = models.CharField(_("kept for"), max_length=8, choices=Kind)

    class Meta:
        ordering: ClassVar = ["words"]
        verbose_name = _("reserved name")
        verbose_name_plural = _("reserved names")

    def __str__(self) -> str:
        return self.words
