"""The links from a consultation's page to answering it, and to what became of an answer."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.calls.tabs import Section, register
from consultations.responses.permissions import is_in_grace, is_open


def href(page: ConsultationPage) -> str:
    """Return where to answer; "" while nothing is asked or answers are not taken."""
    at = timezone.now()
    if not page.asks_questions or not (is_open(page, at) or is_in_grace(page, at)):
        return ""
    return reverse("responses:start", args=[page.slug])


def following_href(page: ConsultationPage) -> str:
    """Return where to see one's own answer once none is taken any more; "" until then."""
    if not page.asks_questions or page.phase() is Phase.SCHEDULED or href(page):
        return ""
    return reverse("responses:status", args=[page.slug])


def register_sections() -> None:
    """Put the links up."""
    invitation = _("Respond to this consultation")
    register(
        # Translators: a verb, beside others in one line, on a phone: short.
        Section("respond", _("Respond"), href, lambda page: None, invitation=invitation, order=10)
    )
    register(Section("follow", _("Your response"), following_href, lambda page: None, order=10))
