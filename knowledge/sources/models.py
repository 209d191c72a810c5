"""The library of sources: what guides rest on, each document once."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.fields import StreamField

from knowledge.sources import registry
from knowledge.sources.addresses import host_of, refuse_mirrors, same_address
from knowledge.sources.blocks import VersionBlock
from knowledge.sources.kinds import Kind
from knowledge.sources.queries import STRIKES, SourceLinkQuerySet, SourceQuerySet
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import LANGUAGE

# Printed documents that somebody may cite; the year after the present for what is announced.
FIRST_YEAR = 1500
ON_THE_WEB = URLValidator(schemes=["http", "https"])
OF_KEYS = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Use small letters a to z, digits and single hyphens, such as “eu-2021-821”."),
)


class Titled(NamedTuple):
    """
    A source in one language: its title there, and where it can be read.

    `silent` is the address that should be the first and does not answer since `silent_since`.
    """

    title: str
    address: str
    language: str
    silent: str = ""
    silent_since: date | None = None

    @property
    def host(self) -> str:
        return host_of(self.address)

    @property
    def silent_host(self) -> str:
        return host_of(self.silent)


class Source(models.Model):
    """A document that guides rest on: what it is, whom it binds, and where it can be read."""

    key = models.CharField(
        pgettext_lazy("what names a source", "key"),
        max_length=60,
        unique=True,
        validators=[OF_KEYS],
        help_text=_("Stands in the address of its page, and stays once the source is cited."),
    )
    title = models.CharField(
        _("title"), max_length=400, help_text=_("As the document names itself.")
    )
    short_name = models.CharField(
        _("short name"),
        max_length=120,
        blank=True,
        help_text=_("As people call it, e.g. “EU Dual-Use Regulation”."),
    )
    language = TermField(
        LANGUAGE,
        default="en",
        help_text=_("The language of the title, and of what is written here about it."),
    )
    issuer = models.CharField(
        _("issuer"),
        max_length=200,
        blank=True,
        help_text=_("The body, court or author whose document it is."),
    )
    kind = models.CharField(
        pgettext_lazy("of a thing", "kind"), max_length=20, choices=Kind.choices
    )
    binds = models.CharField(
        _("whom it binds"),
        max_length=300,
        blank=True,
        help_text=_("In plain words, e.g. “Member States of the EU, since 9 September 2021”."),
    )
    dated = models.CharField(
        _("date"),
        max_length=60,
        blank=True,
        help_text=_("As exact as the document is: “2018” or “20 May 2021”."),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.CharField(
        pgettext_lazy("of a document", "number"),
        max_length=120,
        blank=True,
        help_text=_("As the issuer counts it, e.g. “A/HRC/17/31”."),
    )
    address = models.URLField(
        _("address"),
        max_length=500,
        blank=True,
        validators=[ON_THE_WEB, refuse_mirrors],
        help_text=_("At the issuer, or in a library or a web archive."),
    )
    archive_address = models.URLField(
        _("address in an archive"),
        max_length=500,
        blank=True,
        validators=[ON_THE_WEB, refuse_mirrors],
        help_text=_("Where the same text stays should the first address be moved."),
    )
    versions = StreamField(
        [("version", VersionBlock())],
        verbose_name=_("language versions"),
        blank=True,
        help_text=_("Readers of these languages are led to them."),
    )
    read_on = models.DateField(
        # Translators: the day on which somebody read a source.
        _("read on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last read it at the address."),
    )
    status_note = models.CharField(
        _("status"),
        max_length=300,
        blank=True,
        help_text=_("If it is no longer in force, or was changed: what, and since when."),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("replaced by"),
    )

    objects = SourceQuerySet.as_manager()

    # Which of its addresses do not answer, and since when: see `queries.with_silent_links`.
    silent_since: Mapping[str, date] = MappingProxyType({})

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering: ClassVar = ["title", "key"]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.short_name or self.title

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])

    def titled_in(self, language: str) -> Titled:
        """Return the version in a language, or else the first one."""
        first = self._told(Titled(self.title, self.address or self.archive_address, self.language))
        for version in self.versions:
            if version.value["language"] == language != self.language:
                title, address = version.value["title"], version.value["address"]
                there = Titled(title or self.title, address, language if title else self.language)
                return self._told(there)
        return first

    def _told(self, titled: Titled) -> Titled:
        """Say that an address does not answer; of the first one the archive's stands instead."""
        since = self.silent_since.get(titled.address)
        if since is None:
            return titled
        told = titled._replace(silent=titled.address, silent_since=since)
        kept = self.archive_address
        is_better = titled.address == self.address and kept and kept not in self.silent_since
        return told._replace(address=kept) if is_better else told

    def clean(self) -> None:
        """Raise ValidationError, by field, for what cannot be so."""
        found = {
            "key": self._fault_of_key(),
            "year": self._fault_of_year(),
            "read_on": self._fault_of_day(),
            "successor": self._fault_of_successor(),
            **self._faults_of_addresses(),
        }
        if faults := {name: told for name, told in found.items() if told}:
            raise ValidationError(faults)

    def _fault_of_key(self) -> Any:
        if self.pk is None:
            return None
        before = Source.objects.filter(pk=self.pk).first()
        if before is None or before.key == self.key or not registry.is_cited(before):
            return None
        return _("It is cited as “%(key)s”: its key stays.") % {"key": before.key}

    def _fault_of_year(self) -> Any:
        latest = timezone.localdate().year + 1
        if self.year is None or FIRST_YEAR <= self.year <= latest:
            return None
        return _("Type a year between %(first)d and %(latest)d, with four digits.") % {
            "first": FIRST_YEAR,
            "latest": latest,
        }

    def _fault_of_day(self) -> Any:
        is_to_come = self.read_on and self.read_on > timezone.localdate()
        return _("This day is still to come.") if is_to_come else None

    def _fault_of_successor(self) -> Any:
        """Follow what replaced it: nothing is replaced by itself, directly or in a ring."""
        later = self.successor
        for _step in range(100):
            if later is None:
                return None
            if later.pk == self.pk:
                break
            later = later.successor
        return _("A source cannot be replaced by itself.")

    def _faults_of_addresses(self) -> dict[str, Any]:
        others: dict[str, str] = {}
        for other in Source.objects.exclude(pk=self.pk):
            others |= {same_address(each): other.key for each in other.addresses()}
        found = self._faults_of_versions()
        for field, addresses in self._addresses_by_field().items():
            for each in addresses:
                if (key := others.get(same_address(each))) and field not in found:
                    told = {"address": each, "key": key}
                    found[field] = _("The source “%(key)s” has this address: %(address)s") % told
        return found

    def _faults_of_versions(self) -> dict[str, Any]:
        try:
            for each in self.versions:
                refuse_mirrors(each.value["address"])
        except ValidationError as error:
            return {"versions": error}
        return {}

    def _addresses_by_field(self) -> dict[str, list[str]]:
        return {
            "address": [self.address] if self.address else [],
            "archive_address": [self.archive_address] if self.archive_address else [],
            "versions": [each.value["address"] for each in self.versions],
        }

    def addresses(self) -> list[str]:
        """Return each address at which it can be read, the first one first."""
        return [each for some in self._addresses_by_field().values() for each in some if each]


class SourceLink(models.Model):
    """
    An address of a source, and how it answered when it was asked last, by the day.

    `failures` counts checks in a row without the right answer, the first of them on
    `failing_since`. After three an address counts as silent, and readers are told.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="links")
    address = models.URLField(_("address"), max_length=500)
    checked_on = models.DateField(pgettext_lazy("a link", "checked"), null=True)
    failures = models.PositiveSmallIntegerField(_("checks without an answer"), default=0)
    failing_since = models.DateField(_("did not answer since"), null=True)
    moved_to = models.URLField(_("moved to"), max_length=2000, blank=True)

    objects = SourceLinkQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link of a source")
        verbose_name_plural = _("links of sources")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "address"], name="an_address_once_a_source")
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_silent(self) -> bool:
        return self.failures >= STRIKES
