"""Organisations, states, and the names that are kept for them."""

from collections.abc import Collection
from typing import ClassVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP_OF_SUBMITTER, REGION, SUBMITTER_TYPE

# Every page of search results asks this.
NAMES = "SELECT iso2, name FROM stakeholders_state WHERE iso2 IN ({})"


class StateManager(models.Manager["State"]):
    def names_of(self, codes: Collection[str]) -> dict[str, str]:
        """Names by ISO 3166 alpha-2 code, of those codes that a state has; one plain statement."""
        if not codes:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(NAMES.format(", ".join(["%s"] * len(codes))), list(codes))
            return dict(cursor.fetchall())


class State(models.Model):
    """
    A state and where it stands with the Code.

    A state that has not endorsed is a "Summit invitee", never a "refusal": being invited says
    nothing of attending or deciding. Loaded by `load_states` from `portal/stakeholders/data/`.
    """

    class CodeStatus(models.TextChoices):
        SUBSCRIBING = "subscribing", _("Subscribing State")
        INVITED = "invited", _("Summit invitee")

    iso2 = models.CharField(_("code"), max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    region = TermField(REGION, blank=True)
    code_status = models.CharField(_("status"), max_length=12, choices=CodeStatus)
    endorsed_on = models.DateField(_("endorsement date"), null=True, blank=True)
    date_precision = models.CharField(_("what the date means"), max_length=200, blank=True)
    summit_2021 = models.CharField(_("Summit for Democracy 2021"), max_length=60, blank=True)
    summit_2023 = models.CharField(_("Summit for Democracy 2023"), max_length=60, blank=True)
    initiative_role = models.CharField(_("role in the Initiative"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = StateManager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("state")
        verbose_name_plural = _("states")

    def __str__(self) -> str:
        return self.name

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

    name = models.CharField(_("name"), max_length=200, unique=True)
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
        _("words"),
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
