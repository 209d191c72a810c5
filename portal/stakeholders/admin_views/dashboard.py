"""What administrators see to of people, on the home page of the admin."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.stakeholders.models import User
from portal.stakeholders.permissions import user_can_change_person
from portal.web.dashboard import MOST, Line, WorkPanel


class WithoutFactorPanel(WorkPanel):
    """The staff who have no second factor: what they were given is not in force."""

    name = "without-factor"
    order = 70
    heading = gettext_lazy("Staff without a second factor")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        found = User.objects.staff_without_factor().prefetch_related("groups")
        return [
            Line(str(person), _href(request, person), _told(person))
            for person in found.order_by("name", "pk")[:MOST]
        ]


def _href(request: HttpRequest, person: User) -> str:
    """Return the page of somebody's account, for whoever may open it."""
    if not user_can_change_person(request.user, person):
        return ""
    return reverse("wagtailusers_users:edit", args=[person.pk])


def _told(person: User) -> str:
    given = [group.name for group in person.groups.all()]
    if person.is_superuser:
        given.insert(0, _("everything"))
    return _("Was given: %(roles)s. It counts once they have set up a second factor.") % {
        "roles": ", ".join(given)
    }
