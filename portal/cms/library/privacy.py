"""Who may see a picture: those who may see what is in its collection, and who keep it."""

from django.http import HttpRequest, HttpResponse
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.images.models import AbstractImage
from wagtail.images.permissions import permission_policy

from portal.cms.group_restrictions import require_powers_in_force
from portal.stakeholders.models import Person


def refusal(picture: AbstractImage, request: HttpRequest) -> HttpResponse | None:
    """
    Return what keeps this request from a picture: the sign-in or the collection's password.

    None where nothing does. Asked at each request, as for documents, so that moving a picture or
    restricting its collection counts at once.
    """
    require_powers_in_force(picture.collection.get_view_restrictions(), request)
    way_in = check_view_restrictions(picture, request)
    if way_in is None or _keeps(request.user, picture):
        return None
    return way_in


def _keeps(user: Person, picture: AbstractImage) -> bool:
    """Say whether this person works with what is in the picture's collection, here and now."""
    verbs = ["change", "choose"]
    return (
        user.is_authenticated
        and user.is_in_force
        and permission_policy.user_has_any_permission_for_instance(user, verbs, picture)
    )
