"""What waits for somebody's signature, as their account lists it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.responses.models import SignatureRequest
from portal.stakeholders.models import User
from portal.stakeholders.permissions import user_can_sign_for
from portal.web import notices
from portal.web.notices import Waiting


def to_sign_by(user: User) -> list[SignatureRequest]:
    """Return the requests for the signature of somebody, who signs for their organisation."""
    organisation = user.organisation
    if organisation is None or not user_can_sign_for(user, organisation.pk):
        return []
    return list(SignatureRequest.objects.waiting_for(organisation.pk))


def waiting(user: User) -> list[Waiting]:
    """Say for the page of an account what waits for its signature."""
    return [
        Waiting(
            _("A response of %(organisation)s waits for your signature: %(consultation)s")
            % {"organisation": user.organisation, "consultation": each.draft.consultation.title},
            reverse("responses:organisation:check", args=[each.draft.consultation.slug]),
        )
        for each in to_sign_by(user)
    ]


def register() -> None:
    """Put it up on the page of each account."""
    notices.register(waiting)
