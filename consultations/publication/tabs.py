"""The link from a consultation's page to the published responses."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.calls.tabs import Section, register
from consultations.publication.models import PublicCopy

KEY = "responses"


def href(page: ConsultationPage) -> str:
    """Return the index's address; "" where nothing is asked and before the consultation opens."""
    if not page.asks_questions or page.phase() is Phase.SCHEDULED:
        return ""
    return reverse("publication:index", args=[page.slug])


def count(page: ConsultationPage) -> int:
    """Count the responses that everybody may read."""
    return PublicCopy.objects.published().of(page).count()


def register_section() -> None:
    """Put the link up."""
    # Translators: beside others in one line, on a phone: short.
    register(Section(KEY, _("Responses"), href, count, order=20))
