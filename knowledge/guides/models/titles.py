"""A guide's title and summary in languages that its text is not there in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from portal.cms.models.base import Crumb

LONGEST_SUMMARY = 300


@dataclass(frozen=True)
class Heading:
    """A title and a summary, both in one language."""

    title: str
    summary: str
    language: str


class HeadedInLanguages:
    """The part of a guide that knows its title and summary in other languages."""

    content_language: str
    title: str
    summary: str

    @property
    def own_heading(self) -> Heading:
        """Return what the guide says of itself in the language of its text."""
        return Heading(self.title, self.summary, self.content_language)

    def headings(self) -> Mapping[str, Heading]:
        """Return it by language, but for its own; no query where the guide's query brought it."""
        found = [
            Heading(each.title, each.summary, each.language)
            for each in self.rows("titles")  # type: ignore[attr-defined]
        ]
        # A draft's row may still be empty.
        return {
            each.language: each
            for each in found
            if each.title and each.language != self.content_language
        }

    def breadcrumbs(self) -> list[Crumb]:
        """Return the way to this, which ends with the title for the reader."""
        *above, own = super().breadcrumbs()  # type: ignore[misc]
        return [*above, {**own, "text": self.heading.title, "language": self.heading.language}]

    @property
    def heading(self) -> Heading:
        """Return title and summary for the reader, or else the guide's own."""
        reader = get_language() or ""
        if reader == self.content_language:
            return self.own_heading
        return self.headings().get(reader, self.own_heading)


def languages_of_titles() -> list[tuple[Any, Any]]:
    """Return the languages that the portal is read in."""
    return list(settings.LANGUAGES)


class TitleInLanguage(Orderable):
    """The title and the summary of a guide in one language that its text is not there in."""

    guide = ParentalKey("guides.GuidePage", on_delete=models.CASCADE, related_name="titles")
    language = models.CharField(_("language"), max_length=12, choices=languages_of_titles)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(
        _("summary"), max_length=LONGEST_SUMMARY, validators=[MaxLengthValidator(LONGEST_SUMMARY)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("title in another language")
        verbose_name_plural = _("titles in other languages")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guide", "language"],
                name="a_title_once_a_language",
                violation_error_message=_("This language is there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"
