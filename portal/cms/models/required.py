"""Pages without which no consultation opens: who runs the portal, what becomes of data."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.models import Page

from portal.languages.lists import in_words


class RequiredPage:
    """A part of page types that say what only those who run a portal can say."""

    # The fields that must be filled in. They are blank in the database, for `create_site`.
    needed_to_publish: ClassVar[tuple[str, ...]] = ()

    def lacking(self) -> list[str]:
        """Return the labels of the fields that are still empty."""
        return [
            self.label_of(name)
            for name in self.needed_to_publish
            if (value := getattr(self, name)) in (None, []) or not str(value).strip()
        ]

    @classmethod
    def label_of(cls, name: str) -> str:
        """Return what the form calls a field."""
        return str(cls._meta.get_field(name).verbose_name)  # type: ignore[attr-defined]

    @property
    def is_complete(self) -> bool:
        return not self.lacking()


@dataclass(frozen=True)
class Lacking:
    """A required page that is not complete, or not published: its title, form and empty fields."""

    title: str
    edit_url: str
    labels: list[str]

    def __str__(self) -> str:
        told = {"page": self.title, "fields": self.missing}
        if not self.labels:
            return gettext("“%(page)s”: it is complete; publish it") % told
        # Translators: a page that is not complete, and a list of its fields that are empty.
        return gettext("“%(page)s”: %(fields)s") % told

    @property
    def missing(self) -> str:
        """Name the empty fields in one line."""
        return in_words(self.labels)


def required_page_types() -> list[type[Any]]:
    """Return the page types without which no consultation opens."""
    return [each for each in apps.get_models() if issubclass(each, RequiredPage)]


def what_is_lacking(locale_id: int) -> list[Lacking]:
    """Return the required pages of a language that are not published complete. A query each."""
    found = []
    for model in required_page_types():
        page = model.objects.filter(locale=locale_id).first()
        if page is None:
            name = capfirst(model._meta.verbose_name)
            labels = [model.label_of(each) for each in model.needed_to_publish]
            found.append(Lacking(name, "", labels))
        elif not page.live or page.lacking():
            found.append(Lacking(page.title, _form_of(page), page.lacking()))
    return found


def _form_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
