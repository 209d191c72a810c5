"""The link from a consultation's page to the responses published so far."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.calls.sections import Section, register
from consultations.publication.models import PublicCopy

KEY = "responses"


def href(page: ConsultationPage) -> str:
    """The index's address; "" until something is published."""
    published = PublicCopy.objects.published().of(page)
    return reverse("publication:index", args=[page.slug]) if published.exists() else ""


def count(page: ConsultationPage) -> int:
    """How many responses everybody may read."""
    return PublicCopy.objects.published().of(page).count()


def register_section() -> None:
    """Put the link up."""
    register(Section(KEY, _("Responses"), href, count))
