"""Entries of control lists: what they cover, how each list numbers them, and their versions."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.fields import StreamField

from knowledge.control_lists.codes import NUMBER, key_of, same_code
from knowledge.control_lists.queries import ListEntryQuerySet
from knowledge.sources.models import Source
from portal.taxonomy.fields import TermField, TermsField
from portal.taxonomy.vocabularies import LANGUAGE, TECHNOLOGY


class CodeBlock(blocks.StructBlock):
    """The same thing in one more list."""

    list = blocks.CharBlock(
        label=_("List"), max_length=120, help_text=_("Whose list, e.g. “Malaysia, Annex”.")
    )
    code = blocks.CharBlock(label=pgettext_lazy("of a list", "Number"), max_length=40)

    class Meta:
        icon = "link"
        label = _("Number in another list")


class ListEntry(ClusterableModel):
    """One entry of a control list, with its numbers in other lists."""

    number = models.CharField(
        pgettext_lazy("of a list", "number"),
        max_length=40,
        unique=True,
        help_text=_("As the list of the European Union writes it, e.g. “5A001.f”."),
    )
    key = models.SlugField(max_length=40, unique=True, editable=False)
    title = models.CharField(
        _("what it covers"), max_length=200, help_text=_("In plain words, in a line.")
    )
    about = models.TextField(
        _("in more words"),
        blank=True,
        max_length=1200,
        help_text=_("What falls under it and what does not, in our own words."),
    )
    language = TermField(LANGUAGE, default="en", help_text=_("The language of these words."))
    wassenaar = models.CharField(
        _("number in the Wassenaar list"),
        max_length=40,
        blank=True,
        help_text=_("E.g. “5.A.1.f”. Leave it empty where nobody looked it up."),
    )
    eccn = models.CharField(
        _("number in the list of the United States (ECCN)"), max_length=40, blank=True
    )
    other_codes = StreamField(
        [("code", CodeBlock())], verbose_name=_("numbers in other lists"), blank=True
    )
    technologies = TermsField(TECHNOLOGY)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("control-list entry")
        verbose_name_plural = _("control-list entries")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = key_of(self.number)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("control_list_entry", args=[self.key])

    def clean(self) -> None:
        """Raise ValidationError for a number of another form, or one that another entry has."""
        super().clean()
        if not NUMBER.fullmatch(self.number.casefold().strip()):
            raise ValidationError(
                {"number": _("Write the number as the list does, such as “4A005” or “5A001.f”.")}
            )
        code = same_code(self.number)
        others = ListEntry.objects.exclude(pk=self.pk).values_list("number", flat=True)
        for other in others:
            if same_code(other) == code:
                told = _("There is an entry with this number: %(number)s.") % {"number": other}
                raise ValidationError({"number": told})

    @property
    def codes(self) -> list[str]:
        """Return its number in each list, its own first, each once."""
        further = [each.value["code"] for each in self.other_codes]
        return list(dict.fromkeys(filter(None, [self.number, self.wassenaar, self.eccn, *further])))

    def concordance(self) -> list[tuple[str, str]]:
        """Return (list, number) for each list that has it."""
        rows = [
            (_("European Union, Annex I of Regulation (EU) 2021/821"), self.number),
            (_("Wassenaar list"), self.wassenaar),
            (_("United States, Commerce Control List (ECCN)"), self.eccn),
        ]
        rows += [(each.value["list"], each.value["code"]) for each in self.other_codes]
        return [(str(name), code) for name, code in rows if code]

    def changed_since(self, day: date | None, today: date) -> "EntryVersion | None":
        """Return the newest version that applies by today and did not on `day`; None if none."""
        for version in self.versions.all():
            if version.applies_from <= today and (day is None or version.applies_from > day):
                return version
        return None


class EntryVersion(models.Model):
    """A dated text of an entry: from when it applies, what changed, and where it stands."""

    entry = ParentalKey(ListEntry, on_delete=models.CASCADE, related_name="versions")
    applies_from = models.DateField(_("applies from"))
    changed = models.CharField(
        _("what changed"),
        max_length=400,
        help_text=_("What a reader must know who relied on the text before."),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", verbose_name=_("source"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("version of an entry")
        verbose_name_plural = _("versions of an entry")
        ordering: ClassVar = ["-applies_from", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "applies_from"],
                name="one_text_a_day",
                violation_error_message=_("There is a version of this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.applies_from:%Y-%m-%d}: {self.changed}"
