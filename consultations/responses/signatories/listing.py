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


def sent_back_to(user: User) -> list[SignatureRequest]:
    """Return the drafts that somebody asked to be signed and that were sent back to them."""
    if user.organisation is None:
        return []
    return list(SignatureRequest.objects.sent_back_to(user.pk, user.organisation.pk))


def waiting(user: User) -> list[Waiting]:
    """Say for the page of an account what waits for its signature, or was sent back to it."""
    sent_back = [
        Waiting(
            _("Your draft for %(organisation)s was sent back with a remark: %(consultation)s")
            % {
                "organisation": user.organisation,
                "consultation": each.draft.consultation.in_language().title,
            },
            reverse("responses:organisation:tasks", args=[each.draft.consultation.slug]),
        )
        for each in sent_back_to(user)
    ]
    return sent_back + [
        Waiting(
            _("A response of %(organisation)s waits for your signature: %(consultation)s")
            % {
                "organisation": user.organisation,
                "consultation": each.draft.consultation.in_language().title,
            },
            reverse("responses:organisation:check", args=[each.draft.consultation.slug]),
        )
        for each in to_sign_by(user)
    ]


def _title(asked: SignatureRequest) -> str:
    return asked.draft.consultation.in_language().title


def register() -> None:
    """Put it up on the page of each account."""
    notices.register(waiting)
