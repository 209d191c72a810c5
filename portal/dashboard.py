"""What goes wrong in the house itself, on the home page of the admin."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale

from consultations.calls.models import ConsultationPage
from portal.cms.models.before_you_answer import BeforeYouAnswerPage
from portal.health import LATE_SECONDS
from portal.notifications.delivery import backlog
from portal.search.elastic.lag import condition
from portal.stakeholders.models import Person
from portal.stakeholders.roles import ADMINISTRATOR
from portal.web.dashboard import Line, WorkPanel


def user_looks_after_the_house(user: Person) -> bool:
    """Say whether this is an administrator."""
    return bool(user.is_authenticated and user.has_role(ADMINISTRATOR))


class FaultsPanel(WorkPanel):
    """Faults of the portal: for whoever operates it, where only they can mend them."""

    name = "faults"
    order = 5
    heading = gettext_lazy("The portal itself")
    empty = gettext_lazy("Mail and search work, and consultations can open.")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        return [*_about_consultations(), *_about_mail(), *_about_search()]


def _about_consultations() -> Iterator[Line]:
    locale = Locale.get_default()
    if obstacle := ConsultationPage.obstacle_to_publishing(locale.pk):
        page = BeforeYouAnswerPage.objects.filter(locale=locale).first()
        href = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
        yield Line(_("No consultation can open."), href, obstacle)


def _about_mail() -> Iterator[Line]:
    left = backlog()
    if stuck := left["failed"] + left["unknown"]:
        told = ngettext("%(n)d message was not sent.", "%(n)d messages were not sent.", stuck)
        yield Line(told % {"n": stuck}, "", _("Ask whoever operates the portal to look at it."))


def _about_search() -> Iterator[Line]:
    found = condition()
    if found["failed"] or found["lag_seconds"] > LATE_SECONDS:
        told = _("Changes wait for the search: %(n)d.") % {"n": found["waiting"] + found["failed"]}
        yield Line(told, "", _("Ask whoever operates the portal to look at it."))
